"""Trains the recogniser of Vietnamese lines on rendered lines.

    python -m inspector_app.learning.line_recipe --out DIR [--minutes N] [--resume]

Fonts: `line_fonts` names the packages; set INSPECTOR_LINE_FONTS to the folder where npm installed
`@expo-google-fonts/*`. Progress is one JSON object a line on the standard output. DIR/last.pt is
written every few minutes and holds everything that `--resume` needs; DIR/best.pt holds the averaged
weights with the fewest wrong letters on the val fonts. The learning rate rises and falls once over
the minutes asked for; resumed with more minutes, it goes on at the rate that the longer run has.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from rapidfuzz.distance import Levenshtein

from inspector_app.domain.errors import EngineError
from inspector_app.experts.line_charset import CHARSET
from inspector_app.experts.line_input import prepare
from inspector_app.learning.line_batches import Batch, Batches, collate, generator
from inspector_app.learning.line_fonts import find_fonts, missing_families
from inspector_app.learning.line_net import NetSizes, build
from inspector_app.learning.line_render import LEVELS, writable
from inspector_app.learning.line_texts import corpus, training_text

_CORPUS = Path("../shared/data/vivqa_x_text/manifest.jsonl")


@dataclass(frozen=True, slots=True)
class LineRecipe:
    """What a run does.

    Attributes:
        minutes: Of training, without the time for checks.
        rate: Highest learning rate.
        size: Lines in a batch.
        seed: Of weights and lines.
        save_minutes: Between checkpoints, each with a check on the val fonts.
        average: Share of the running average of weights that one step leaves.
        half: Whether the network runs in bfloat16 where that is sound.
        corpus: Manifest with sentences; not needed.
    """

    minutes: float = 40.0
    rate: float = 2.5e-3
    size: int = 32
    seed: int = 0
    save_minutes: float = 4.0
    average: float = 0.998
    half: bool = True
    corpus: str = str(_CORPUS)


class LineTraining:
    """A run that can be stopped after any batch and taken up again.

    Args:
        recipe: What to do.
        out: Folder of the checkpoints.
        sizes: Of the network.

    Raises:
        EngineError: No font of the train split is installed.
    """

    def __init__(self, recipe: LineRecipe, out: Path, sizes: NetSizes | None = None) -> None:
        import torch

        fonts = find_fonts("train")
        if not fonts:
            raise EngineError(
                "There is no font to render lines with.",
                "Install some of: " + ", ".join(missing_families()),
            )
        torch.manual_seed(recipe.seed)
        self.recipe = recipe
        self.out = out
        self.sizes = sizes or NetSizes()
        self.net = build(self.sizes).to(memory_format=torch.channels_last)
        self.average = build(self.sizes)
        self.average.load_state_dict(self.net.state_dict())
        decayed = [p for p in self.net.parameters() if p.dim() > 1]
        others = [p for p in self.net.parameters() if p.dim() <= 1]
        groups = [{"params": decayed}, {"params": others, "weight_decay": 0.0}]
        self.steps = torch.optim.AdamW(groups, lr=recipe.rate, weight_decay=0.02, betas=(0.9, 0.98))
        self.batches = Batches(fonts, corpus(Path(recipe.corpus)), recipe.seed, recipe.size)
        self.number = 0
        self.seconds = 0.0
        self.best = 9.0

    def step(self, share: float) -> float:
        """Learns from the next batch; returns its loss per letter.

        Args:
            share: How much of the run is over, 0..1.
        """
        import torch

        for group in self.steps.param_groups:
            group["lr"] = self.recipe.rate * one_cycle(share)
        given = self.batches.get(self.number)
        self.net.train()
        loss = self._loss(given)
        self.steps.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.net.parameters(), 2.0)
        self.steps.step()
        self.number += 1
        self._follow()
        return float(loss.detach())

    def _loss(self, given: Batch) -> Any:
        import torch

        pictures = torch.from_numpy(given.pictures).to(memory_format=torch.channels_last)
        with torch.autocast("cpu", torch.bfloat16, enabled=self.recipe.half):
            scores = self.net(pictures)
        logs = scores.float().log_softmax(1).permute(2, 0, 1)
        frames = torch.from_numpy((given.widths + 3) // 4).clamp(max=logs.shape[0])
        losses = torch.nn.functional.ctc_loss(
            logs,
            torch.from_numpy(given.labels),
            frames,
            torch.from_numpy(given.lengths),
            reduction="none",
            zero_infinity=True,
        )
        return losses.sum() / float(given.lengths.sum())

    def _follow(self) -> None:
        """Moves the average towards the weights; faster in the beginning."""
        import torch

        keep = min(self.recipe.average, (1 + self.number) / (10 + self.number))
        with torch.no_grad():
            ours, theirs = self.average.state_dict(), self.net.state_dict()
            for name, value in ours.items():
                if value.dtype.is_floating_point:
                    value.lerp_(theirs[name], 1 - keep)
                else:
                    value.copy_(theirs[name])

    def save(self) -> None:
        """Writes the checkpoint that `resume` reads."""
        _save(
            {
                "recipe": asdict(self.recipe),
                "sizes": asdict(self.sizes),
                "charset": CHARSET,
                "net": self.net.state_dict(),
                "average": self.average.state_dict(),
                "steps": self.steps.state_dict(),
                "number": self.number,
                "seconds": self.seconds,
                "best": self.best,
            },
            self.out / "last.pt",
        )

    def resume(self) -> None:
        """Takes up the run whose checkpoint is in the folder.

        Raises:
            EngineError: It was written with another charset.
        """
        import torch

        state = torch.load(self.out / "last.pt", weights_only=True)
        if state["charset"] != CHARSET:
            raise EngineError("The checkpoint was trained with other letters.", "Start anew.")
        self.net.load_state_dict(state["net"])
        self.average.load_state_dict(state["average"])
        self.steps.load_state_dict(state["steps"])
        self.number, self.seconds = state["number"], state["seconds"]
        self.best = state["best"]

    def check(self, lines: Sequence[Batch]) -> dict[str, float]:
        """Wrong letters of the averaged weights on given lines."""
        import torch

        self.average.eval()
        wrong = letters = 0
        for given in lines:
            with torch.inference_mode():
                best = self.average(torch.from_numpy(given.pictures)).argmax(1).numpy()
            for row, width, text in zip(best, given.widths, given.texts, strict=True):
                wrong += Levenshtein.distance(greedy(row[: (width + 3) // 4]), text)
                letters += len(text)
        return {"cer": wrong / max(1, letters), "letters": letters}


def run(training: LineTraining) -> Iterator[dict[str, Any]]:
    """Trains until the minutes are over; yields what is to be told."""
    recipe = training.recipe
    total = recipe.minutes * 60
    val = {level: val_lines(level, 160) for level in LEVELS}
    last = saved = time.monotonic()
    mean = 0.0
    while training.seconds < total:
        loss = training.step(training.seconds / total)
        now = time.monotonic()
        training.seconds += now - last
        last = now
        mean = loss if training.number == 1 else 0.98 * mean + 0.02 * loss
        if training.number % 50 == 0:
            yield {
                "batch": training.number,
                "minutes": round(training.seconds / 60, 2),
                "loss": round(mean, 4),
                "rate": training.steps.param_groups[0]["lr"],
            }
        if now - saved > recipe.save_minutes * 60 or training.seconds >= total:
            found = {level: training.check(lines)["cer"] for level, lines in val.items()}
            cer = sum(found.values()) / len(found)
            if cer < training.best:
                training.best = cer
                _save(
                    {
                        "net": training.average.state_dict(),
                        "sizes": asdict(training.sizes),
                        "charset": CHARSET,
                        "number": training.number,
                        "minutes": training.seconds / 60,
                        "val": found,
                    },
                    training.out / "best.pt",
                )
            training.save()
            yield {"batch": training.number, "val_cer": {k: round(v, 4) for k, v in found.items()}}
            last = saved = time.monotonic()


def val_lines(level: str, count: int, size: int = 20) -> list[Batch]:
    """Lines in fonts and with seeds that training does not have, in batches by width."""
    fonts = find_fonts("val")
    lines: list[tuple[Any, str]] = []
    for at in range(count if fonts else 0):
        rng = generator("val", at)
        font = fonts[int(rng.integers(len(fonts)))]
        text = " ".join(writable(training_text(rng), font).split()) or "đ"
        lines.append((prepare(LEVELS[level](text, font, rng)), text))
    lines.sort(key=lambda line: line[0].shape[1])
    return [collate(lines[at : at + size]) for at in range(0, len(lines), size)]


def one_cycle(share: float) -> float:
    """Share of the highest rate: up over the first eighth, then down along a cosine."""
    if share < 0.125:
        return 0.04 + 0.96 * share / 0.125
    return 0.005 + 0.995 * 0.5 * (1 + float(np.cos(np.pi * min(1.0, (share - 0.125) / 0.875))))


def greedy(classes: Sequence[int] | np.ndarray[Any, Any]) -> str:
    """The text of the best class of each column."""
    made, before = [], 0
    for found in classes:
        if found != before and found:
            made.append(CHARSET[int(found) - 1])
        before = found
    return "".join(made)


def _save(state: dict[str, Any], path: Path) -> None:
    import torch

    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    torch.save(state, part)
    os.replace(part, path)


def main() -> int:
    """Trains from the command line."""
    import torch

    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=40.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--size", type=int, default=32)
    parser.add_argument("--corpus", default=str(_CORPUS))
    parser.add_argument("--resume", action="store_true")
    given = parser.parse_args()
    torch.set_num_threads(1)
    recipe = LineRecipe(
        minutes=given.minutes, seed=given.seed, size=given.size, corpus=given.corpus
    )
    training = LineTraining(recipe, given.out)
    if given.resume:
        training.resume()
    start = {"missing_fonts": missing_families(), "sentences": len(corpus(Path(recipe.corpus)))}
    sys.stdout.write(json.dumps(start, ensure_ascii=False) + "\n")
    for told in run(training):
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
