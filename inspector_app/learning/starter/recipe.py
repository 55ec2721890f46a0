"""Trains the starter model from nothing on rendered pictures, in four stages.

    python -m inspector_app.learning.starter.recipe --out DIR [--minutes N] [--model large]

1. "dense": the vision tower alone learns what is where in each 28-pixel cell. A language model on a
   tower that sees nothing learns nothing; this stage goes on until its head separates good parts
   from defective ones (printed as `good` and `defective`).
2. "places": the lower half of the language model on top learns where in the picture each cell and
   the corners of its thing are, which a tower with relative positions cannot know. No word is read.
3. "read": the whole language model learns to answer, the tower at a fifth of the rate.
4. "whole": everything at one rate, in every way of asking.

Running the same command again goes on where it was stopped: DIR/last.pt is written every few
minutes and holds weights, averages, optimiser and the number of the next batch; a batch follows
from seed and number alone. Several processes share the work: `torchrun --nproc_per_node 2 -m ...`.
Progress is one JSON object a line on the standard output; `export` makes a model of it.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from inspector_app.learning.starter import samples
from inspector_app.learning.starter.lessons import Batch, Lessons, Mix
from inspector_app.learning.starter.net import LARGE, SIZES, Reach, StarterNet, make
from inspector_app.learning.starter.texts import corpus

CHECK_SEED = 600_000_000  # pictures of the checks: never learned from, not the test's either
SAMPLE_PARTS = 3400


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the recipe.

    Attributes:
        name: Of the stage.
        pictures: How many it learns from.
        mix: What they show.
        rate: Highest learning rate, of matrices (Muon); half of it for the rest (AdamW).
        tower: Share of that rate for the tower.
        reach: How much of the model learns.
    """

    name: str
    pictures: int
    mix: Mix
    rate: float
    tower: float = 1.0
    reach: Reach = "whole"


def stages(scale: float) -> tuple[Stage, ...]:
    """The stages; `scale` multiplies their lengths."""
    dense = Mix(hardness=0.35, tokens=0)
    return (
        Stage("dense", int(70_000 * scale), dense, 4e-3, reach="tower"),
        Stage("places", int(90_000 * scale), Mix(hardness=0.45, tokens=0), 2e-3, reach="places"),
        Stage("read", int(60_000 * scale), Mix(hardness=0.45), 2e-3, tower=0.2),
        Stage("whole", int(140_000 * scale), Mix(hardness=0.5, tokens=200, ways=True), 1.5e-3),
    )


class Run:
    """A run that can be stopped at any time and taken up again.

    Args:
        out: Folder of the run.
        large: The larger model.
        size: Pictures in a batch, all processes together.
        scale: Of the stages' lengths.
        seed: Of weights and pictures.
        workers: Processes that render; 0 renders between the steps.
        device: "cpu" or "cuda".
    """

    def __init__(
        self,
        out: Path,
        *,
        large: bool,
        size: int,
        scale: float,
        seed: int,
        workers: int,
        device: str,
    ) -> None:
        self.out, self.seed, self.device = out, seed, device
        self.rank, self.world = _join(device)
        self.size = size // self.world
        self.stages = stages(scale)
        base = out / "base"
        if self.rank == 0 and not (base / "config.json").exists():
            make(base, LARGE if large else SIZES, corpus(seed), seed)
        parts = out / "samples.npz"
        if self.rank == 0 and not parts.exists():
            samples.write(parts, SAMPLE_PARTS, max(1, workers))
        _wait(self.world)
        self.lessons = Lessons(base, parts, seed * 1000 + self.rank, self.size)
        self.checks = Lessons(base, None, CHECK_SEED, 32)
        self.net = StarterNet(base, device)
        self.net.order_numbers()
        self.average = {k: v.clone() for k, v in self.net.state()["model"].items()}
        self.stage = self.done = self.number = 0  # stage, its pictures, batches of the whole run
        self.seconds = 0.0
        self.pool = ProcessPoolExecutor(workers, initializer=_quiet) if workers else None
        self.ahead: dict[int, Future[Batch]] = {}
        self._optimisers()

    def _optimisers(self) -> None:
        import torch

        plan = self.stages[self.stage]
        parts = self.net.parameters(plan.reach)
        matrices, others = [], []
        embedding = self.net.text.embed_tokens.weight
        for part, weights in parts.items():
            share = plan.tower if part == "tower" else 1.0
            flat = [w for w in weights if w.dim() == 2 and w is not embedding and part != "heads"]
            chosen = {id(w) for w in flat}
            rest = [w for w in weights if id(w) not in chosen]
            matrices.append({"params": flat, "share": share, "lr": 0.0})
            others.append({"params": rest, "share": share, "lr": 0.0})
        matrices = [group for group in matrices if group["params"]]
        self.muon = torch.optim.Muon(
            matrices, lr=plan.rate, weight_decay=0.01, adjust_lr_fn="match_rms_adamw"
        )
        self.adam = torch.optim.AdamW(others, lr=plan.rate, betas=(0.9, 0.98), weight_decay=0.01)

    def _rates(self, share: float) -> None:
        """Up at once, then level, then down over the last third of a stage."""
        plan = self.stages[self.stage]
        level = min(1.0, self.done / 2000)
        if share > 0.67:
            level *= max(0.02, (1 - share) / 0.33)
        for group in self.muon.param_groups:
            group["lr"] = plan.rate * level * group["share"]
        for group in self.adam.param_groups:
            group["lr"] = plan.rate * level * group["share"] / 2

    def batch(self, number: int) -> Batch:
        """The batch of a number; some beyond it are begun when there are processes to render."""
        mix = self.stages[self.stage].mix
        if self.pool is None:
            return self.lessons.batch(number, mix)
        for each in range(number, number + 24):
            if each not in self.ahead:
                self.ahead[each] = self.pool.submit(_made, self.lessons, each, mix)
        return self.ahead.pop(number).result()

    def step(self) -> dict[str, float]:
        """Learns from the next batch; returns its losses."""
        import torch

        plan = self.stages[self.stage]
        self._rates(self.done / plan.pictures)
        losses = self.net.losses(self.batch(self.number), plan.reach)
        total = sum(losses.values())
        self.muon.zero_grad(set_to_none=True)
        self.adam.zero_grad(set_to_none=True)
        total.backward()  # type: ignore[union-attr]  # a tensor
        weights = [
            w for g in (*self.muon.param_groups, *self.adam.param_groups) for w in g["params"]
        ]
        _shared(weights, self.world)
        torch.nn.utils.clip_grad_norm_([w for w in weights if w.grad is not None], 1.0)
        self.muon.step()
        self.adam.step()
        self.number += 1
        self.done += self.size * self.world
        self._follow()
        return {name: float(value.detach()) for name, value in losses.items()}

    def _follow(self) -> None:
        import torch

        keep = min(0.998, (1 + self.number) / (10 + self.number))
        with torch.no_grad():
            for name, value in self.net.model.state_dict().items():
                ours = self.average[name]
                if ours.dtype.is_floating_point:
                    ours.lerp_(value, 1 - keep)

    def train(self, minutes: float) -> Iterator[dict[str, Any]]:
        """Learns until the stages are over or the time is; yields what to print."""
        started = saved = told = time.monotonic()
        sums: dict[str, list[float]] = {}
        while self.stage < len(self.stages):
            plan = self.stages[self.stage]
            if self.done >= plan.pictures:
                self.stage, self.done = self.stage + 1, 0
                yield {"stage_ended": plan.name, **self.check()}
                if self.stage < len(self.stages):
                    self._optimisers()
                    self.ahead.clear()
                self.save()
                continue
            for name, value in self.step().items():
                sums.setdefault(name, []).append(value)
            now = time.monotonic()
            if now - told > 60:
                told = now
                yield {
                    "stage": plan.name,
                    "pictures": self.done,
                    "minutes": round((self.seconds + now - started) / 60, 1),
                    "losses": {name: round(float(np.mean(v)), 4) for name, v in sums.items()},
                }
                sums.clear()
            if now - saved > 300:
                self.seconds += now - started
                started = saved = now
                self.save()
                yield {"stage": plan.name, "pictures": self.done, **self.check()}
            if _agreed(self.seconds + now - started > minutes * 60, self.world):
                break
        self.seconds += time.monotonic() - started
        self.save()

    def check(self) -> dict[str, Any]:
        """How well the tower separates and places, on pictures that were not learned from."""
        from inspector_app.learning.starter.check import dense_check

        return dense_check(self.net, self.checks)

    def save(self) -> None:
        """Writes the checkpoint, whole or not at all."""
        import torch

        if self.rank:
            return
        state = {
            **self.net.state(),
            "average": self.average,
            "muon": self.muon.state_dict(),
            "adam": self.adam.state_dict(),
            "stage": self.stage,
            "done": self.done,
            "number": self.number,
            "seconds": self.seconds,
        }
        part = self.out / "last.pt.part"
        torch.save(state, part)
        os.replace(part, self.out / "last.pt")

    def resume(self) -> None:
        """Takes up the run in the folder, if there is one."""
        import torch

        path = self.out / "last.pt"
        if not path.exists():
            return
        state = torch.load(path, weights_only=True, map_location=self.device)
        self.net.set_state(state)
        self.average = state["average"]
        self.stage, self.done, self.number = state["stage"], state["done"], state["number"]
        self.seconds = state["seconds"]
        if self.stage < len(self.stages):
            self._optimisers()
            if self.done:
                self.muon.load_state_dict(state["muon"])
                self.adam.load_state_dict(state["adam"])


def _made(lessons: Lessons, number: int, mix: Mix) -> Batch:
    return lessons.batch(number, mix)


def _quiet() -> None:
    import cv2

    cv2.setNumThreads(1)


def _join(device: str) -> tuple[int, int]:
    import torch

    world = int(os.environ.get("WORLD_SIZE", "1"))
    if world > 1:
        torch.distributed.init_process_group("nccl" if device == "cuda" else "gloo")
        return torch.distributed.get_rank(), world
    return 0, 1


def _wait(world: int) -> None:
    import torch

    if world > 1:
        torch.distributed.barrier()


def _agreed(over: bool, world: int) -> bool:
    """Whether any process wants to stop: all have to after the same step."""
    import torch

    if world == 1:
        return over
    flag = torch.tensor(float(over))
    torch.distributed.all_reduce(flag, torch.distributed.ReduceOp.MAX)
    return bool(flag)


def _shared(weights: list[Any], world: int) -> None:
    """Averages the gradients of all processes, in one message."""
    import torch

    if world == 1:
        return
    grads = [w.grad if w.grad is not None else torch.zeros_like(w) for w in weights]
    flat = torch.cat([g.flatten() for g in grads])
    torch.distributed.all_reduce(flat)
    flat /= world
    for weight, part in zip(weights, flat.split([w.numel() for w in weights]), strict=True):
        weight.grad = part.view_as(weight)


def main(arguments: list[str] | None = None) -> int:
    """Runs the recipe."""
    import torch

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=600.0)
    parser.add_argument("--model", choices=("small", "large"), default="small")
    parser.add_argument("--size", type=int, default=32, help="pictures in a batch")
    parser.add_argument("--scale", type=float, default=1.0, help="of the stages' lengths")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=0, help="processes that render")
    parser.add_argument("--threads", type=int, default=1)
    chosen = parser.parse_args(arguments)
    torch.set_num_threads(chosen.threads)
    _quiet()
    device = "cuda" if torch.cuda.is_available() else "cpu"
    chosen.out.mkdir(parents=True, exist_ok=True)
    run = Run(
        chosen.out,
        large=chosen.model == "large",
        size=chosen.size,
        scale=chosen.scale,
        seed=chosen.seed,
        workers=chosen.workers,
        device=device,
    )
    run.resume()
    for told in run.train(chosen.minutes):
        if run.rank == 0:
            sys.stdout.write(json.dumps(told) + "\n")
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
