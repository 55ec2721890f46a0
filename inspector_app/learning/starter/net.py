"""The starter model while it learns: a small Qwen2-VL with dense heads beside it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal

import numpy as np

from inspector_app.learning.answer_logits import IGNORED
from inspector_app.learning.checkpoints import Sizes, make_checkpoint
from inspector_app.learning.starter.dense import cell_middles, dense_losses, heads
from inspector_app.learning.starter.lessons import Batch

# How much of the model learns: the vision tower; the lower half of the language model too, which
# tells where in the picture things are; all of it, which answers.
Reach = Literal["tower", "places", "whole"]
# Of the multimodal rotary positions the last third, with the lowest frequencies, tells columns
# apart. With the base of the released models (1e6) the columns of a picture of 7 x 7 tokens differ
# by next to nothing, and a model this small never learns where something is.
_THETA = 100.0
SIZES = Sizes(
    hidden=256,
    layers=4,
    heads=4,
    kv_heads=2,
    intermediate=704,
    vocabulary=4096,
    vision_width=192,
    vision_depth=6,
    vision_heads=4,
    theta=_THETA,
    digits=3,
)
# A GPU takes this one: wider and deeper, still under the size that ships.
LARGE = Sizes(
    hidden=320,
    layers=7,
    heads=5,
    kv_heads=1,
    intermediate=896,
    vocabulary=4096,
    vision_width=256,
    vision_depth=8,
    vision_heads=4,
    theta=_THETA,
    digits=3,
)
_SPREAD = 7.0  # thousandths of a side: how far off a coordinate may be and still be nearly right


def numerals() -> list[str]:
    """What must be one piece: every run of up to three digits."""
    return [f"{n:0{digits}d}" for digits in (1, 2, 3) for n in range(10**digits)]


def make(folder: Path, sizes: Sizes, texts: Iterable[str], seed: int) -> Path:
    """Writes the untrained model.

    Args:
        folder: Where.
        sizes: Of the model.
        texts: What the tokenizer learns its pieces from.
        seed: Of the weights.
    """

    def lines() -> Iterable[str]:
        yield from texts
        for _ in range(400):  # often enough to be learned before any word
            yield " ".join(numerals())

    return make_checkpoint(folder, "qwen2_vl", sizes, seed=seed, texts=lines())


class StarterNet:
    """Network, dense heads and losses.

    Args:
        folder: A checkpoint of `make`.
        device: "cpu" or "cuda".
    """

    def __init__(self, folder: Path, device: str = "cpu") -> None:
        import torch
        import transformers

        transformers.logging.set_verbosity_error()
        self.device = device
        model: Any = transformers.AutoModelForImageTextToText.from_pretrained(
            folder, dtype=torch.float32, attn_implementation="sdpa"
        )
        self.model: Any = model.to(device)
        tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
        self.tower: Any = self.model.model.visual
        self.text: Any = self.model.model.language_model
        width = self.model.config.text_config.hidden_size
        torch.manual_seed(1)
        self.heads: Any = torch.nn.ModuleDict(
            {
                "tower": heads(width),
                "text": heads(width),
                "corners": torch.nn.Linear(width, 4 * width),
                "middle": torch.nn.Linear(width, 2 * width),
            }
        ).to(device)
        self.numbers = torch.tensor(
            [tokenizer.convert_tokens_to_ids(str(n)) for n in range(1000)], device=device
        )
        self.values = torch.full((self.model.config.text_config.vocab_size,), -1, device=device)
        self.values[self.numbers] = torch.arange(1000, device=device)
        self.box_start = tokenizer.convert_tokens_to_ids("<|box_start|>")
        self.box_end = tokenizer.convert_tokens_to_ids("<|box_end|>")
        near = torch.arange(1000.0, device=device)
        spread = torch.exp(-(((near[:, None] - near[None]) / _SPREAD) ** 2) / 2)
        self.near = spread / spread.sum(1, keepdim=True)

    def order_numbers(self) -> None:
        """Gives neighbouring numbers like embeddings, so that what is learned of one helps all."""
        import torch

        weight = self.text.embed_tokens.weight
        spread = float(weight.detach()[self.numbers].std())
        with torch.no_grad():
            at = torch.arange(1000.0) / 1000
            waves = [at * 2 - 1]
            for power in range(7):
                waves += [torch.sin(torch.pi * at * 2**power), torch.cos(torch.pi * at * 2**power)]
            mixing = torch.randn(len(waves), weight.shape[1], generator=torch.manual_seed(5))
            smooth = torch.stack(waves, 1) @ mixing
            smooth = smooth / smooth.std() * spread
            weight[self.numbers] = 0.9 * smooth.to(weight.device) + 0.3 * weight[self.numbers]

    def look(self, batch: Batch) -> Any:
        """Runs the tower: tokens `[b, n, hidden]`."""
        import torch

        patches = torch.from_numpy(batch.patches).to(self.device)
        count = len(batch.ids)
        grid = torch.tensor([batch.grid] * count, device=self.device)
        out = self.tower(patches, grid_thw=grid)
        merged = out.pooler_output if hasattr(out, "pooler_output") else out
        return merged.view(count, -1, merged.shape[-1])

    def losses(self, batch: Batch, reach: Reach) -> dict[str, Any]:
        """Losses of a batch by name.

        Args:
            batch: What to learn from.
            reach: How much of the model learns.
        """
        import torch

        rows, columns = batch.grid[1] // 2, batch.grid[2] // 2
        targets = {
            name: torch.from_numpy(value).to(self.device) for name, value in batch.targets.items()
        }
        bfloat = torch.autocast(self.device, torch.bfloat16)
        with bfloat:
            tokens = self.look(batch)
        found = dense_losses(self.heads["tower"], tokens, targets, rows, columns)
        if reach == "tower":
            return found
        first, last = batch.image
        with bfloat:
            # Nothing after the picture is needed where it is not asked about.
            hidden, early = self.read(batch, tokens, last if reach == "places" else None)
        share = 1.0 if reach == "places" else 0.5
        found = {f"tower_{name}": value * share for name, value in found.items()}
        cells = early[:, first:last].float()
        inner = dense_losses(self.heads["text"], cells, targets, rows, columns)
        found |= {f"text_{name}": value * 0.3 for name, value in inner.items()}
        mine = targets["label"] > 0
        middles = torch.from_numpy(cell_middles(rows, columns)).to(self.device)
        middles = middles.expand(len(cells), -1, -1)
        found["middles"] = self._numbers("middle", cells.flatten(0, 1), middles.flatten(0, 1)) * 0.2
        if bool(mine.any()):
            found["corners"] = self._numbers("corners", cells[mine], targets["box"][mine]) * 0.5
        if reach == "whole":
            found["words"], found["places"] = self._answers(batch, hidden)
        return found

    def read(self, batch: Batch, tokens: Any, end: int | None = None) -> tuple[Any, Any]:
        """Runs the language model.

        Args:
            batch: Words and positions.
            tokens: Of the pictures, `[b, n, hidden]`.
            end: Stops at this token, and after the lower half of the layers; None runs it all.

        Returns:
            States after the last layer, normed (None if stopped), and those after the lower half,
            `[b, T, hidden]`.
        """
        import torch

        ids = torch.from_numpy(batch.ids[:, :end]).to(self.device)
        put = self.text.embed_tokens(ids)
        first, last = batch.image
        hidden = torch.cat((put[:, :first], tokens.to(put.dtype), put[:, last:]), 1)
        positions = torch.from_numpy(batch.positions[..., :end]).to(self.device).permute(1, 0, 2)
        parts = torch.from_numpy(batch.parts[:, :end]).to(self.device)
        seen = (parts[:, None, :] == 0) | (parts[:, None, :] == parts[:, :, None])
        length = ids.shape[1]
        seen &= torch.ones(length, length, dtype=torch.bool, device=self.device).tril()
        seen |= torch.eye(length, dtype=torch.bool, device=self.device)  # padding sees itself
        turned = self.text.rotary_emb(hidden, positions)
        early = hidden
        for number, layer in enumerate(self.text.layers, 1):
            hidden = layer(hidden, attention_mask=seen[:, None], position_embeddings=turned)
            if number == self.half:
                early = hidden
                if end is not None:
                    return None, early
        return self.text.norm(hidden), early

    @property
    def half(self) -> int:
        """Layers of the lower half of the language model."""
        return (len(self.text.layers) + 1) // 2

    def _numbers(self, head: str, states: Any, wanted: Any) -> Any:
        """Loss of coordinates that states tell in the numbers that answers are made of.

        Args:
            head: One of the heads whose width is a multiple of the model's.
            states: `[n, hidden]`.
            wanted: `[n, k]`, fractions of the picture.
        """
        asked = self.heads[head](states).view(len(states), wanted.shape[1], -1)
        scores = asked @ self.text.embed_tokens.weight[self.numbers].float().T
        values = (wanted * 1000).round().long().clamp(0, 999)
        return -(scores.log_softmax(-1) * self.near[values]).sum(-1).mean()

    def _answers(self, batch: Batch, hidden: Any) -> tuple[Any, Any]:
        """Losses of words and of coordinates, per token."""
        import torch
        from torch.nn import functional

        labels = torch.from_numpy(batch.labels).to(self.device)
        inside = _inside(labels, self.box_start, self.box_end)
        wanted, place = (
            labels[:, 1:],
            inside[:, 1:] & (self.values[labels[:, 1:].clamp(min=0)] >= 0),
        )
        learned = wanted != IGNORED
        states, wanted, place = hidden[:, :-1][learned], wanted[learned], place[learned]
        with torch.autocast(self.device, torch.bfloat16):
            scores = self.model.lm_head(states)
        scores = scores.float()
        words = functional.cross_entropy(scores[~place], wanted[~place])
        if not bool(place.any()):
            return words, words * 0
        logs = scores[place].log_softmax(-1)[:, self.numbers]
        return words, -(logs * self.near[self.values[wanted[place]]]).sum(-1).mean()

    def parameters(self, reach: Reach) -> dict[str, list[Any]]:
        """Weights that learn, by part."""
        parts = {"tower": list(self.tower.parameters()), "heads": list(self.heads.parameters())}
        if reach == "places":
            lower = [p for layer in self.text.layers[: self.half] for p in layer.parameters()]
            parts["text"] = [self.text.embed_tokens.weight, *lower]
        elif reach == "whole":
            parts["text"] = list(self.text.parameters())
        return parts

    def state(self) -> dict[str, Any]:
        """Everything that a run has learned."""
        return {"model": self.model.state_dict(), "heads": self.heads.state_dict()}

    def set_state(self, state: dict[str, Any]) -> None:
        """Takes over what `state` gave."""
        self.model.load_state_dict(state["model"])
        self.heads.load_state_dict(state["heads"])


def _inside(labels: Any, start: int, end: int) -> Any:
    """Which places lie between the marks of a box."""
    opened = (labels == start).cumsum(1)
    closed = (labels == end).cumsum(1)
    return opened > closed


def best_cell(
    scores: np.ndarray, edges: np.ndarray, middles: np.ndarray, scale: np.ndarray
) -> np.ndarray:
    """The box that the surest cell tells, in fractions; for the check of the dense stage.

    Args:
        scores: `[n]`, how sure each cell is of a thing.
        edges: `[n, 4]`, distances in cells.
        middles: `[n, 2]` in fractions.
        scale: Columns, rows.
    """
    which = int(scores.argmax())
    left, up, right, down = edges[which] / np.concatenate((scale, scale))
    x, y = middles[which]
    return np.array((x - left, y - up, x + right, y + down))
