"""The starter model while it learns: a small Qwen2-VL with dense heads beside it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from inspector_app.learning.answer_logits import IGNORED
from inspector_app.learning.checkpoints import Sizes, make_checkpoint
from inspector_app.learning.starter.dense import dense_losses, heads
from inspector_app.learning.starter.lessons import Batch

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

    def losses(self, batch: Batch, *, text: bool) -> dict[str, Any]:
        """Losses of a batch by name.

        Args:
            batch: What to learn from.
            text: Whether the language model reads and answers; else the tower alone learns.
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
        if not text:
            return found
        with bfloat:
            hidden, early = self.read(batch, tokens)
        found = {f"tower_{name}": value * 0.5 for name, value in found.items()}
        first, last = batch.image
        cells = early[:, first:last]
        inner = dense_losses(self.heads["text"], cells, targets, rows, columns)
        found |= {f"text_{name}": value * 0.3 for name, value in inner.items()}
        found["corners"] = self._corners(cells, targets) * 0.5
        found["words"], found["places"] = self._answers(batch, hidden)
        return found

    def read(self, batch: Batch, tokens: Any) -> tuple[Any, Any]:
        """Runs the language model: states of its last and its middle layer, `[b, T, hidden]`."""
        import torch

        ids = torch.from_numpy(batch.ids).to(self.device)
        put = self.text.embed_tokens(ids)
        first, last = batch.image
        put = torch.cat((put[:, :first], tokens.to(put.dtype), put[:, last:]), 1)
        positions = torch.from_numpy(batch.positions).to(self.device).permute(1, 0, 2)
        parts = torch.from_numpy(batch.parts).to(self.device)
        seen = (parts[:, None, :] == 0) | (parts[:, None, :] == parts[:, :, None])
        length = ids.shape[1]
        seen &= torch.ones(length, length, dtype=torch.bool, device=self.device).tril()
        seen |= torch.eye(length, dtype=torch.bool, device=self.device)  # padding sees itself
        out = self.text(
            inputs_embeds=put,
            position_ids=positions,
            attention_mask={"full_attention": seen[:, None]},
            use_cache=False,
            output_hidden_states=True,
        )
        depth = len(self.text.layers)
        return out.last_hidden_state, out.hidden_states[(depth + 1) // 2]

    def _corners(self, cells: Any, targets: dict[str, Any]) -> Any:
        """Each cell of a thing tells its box in the numbers that answers are made of."""
        mine = targets["label"] > 0
        if not bool(mine.any()):
            return cells.sum() * 0
        width = cells.shape[-1]
        asked = self.heads["corners"](cells[mine].float()).view(-1, 4, width)
        scores = asked @ self.text.embed_tokens.weight[self.numbers].float().T
        wanted = (targets["box"][mine] * 1000).round().long().clamp(0, 999)
        return -(scores.log_softmax(-1) * self.near[wanted]).sum(-1).mean()

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

    def parameters(self) -> dict[str, list[Any]]:
        """Weights that can learn, by part."""
        tower = [p for p in self.tower.parameters() if p.requires_grad]
        text = [p for p in self.text.parameters() if p.requires_grad]
        return {"tower": tower, "text": text, "heads": list(self.heads.parameters())}

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
