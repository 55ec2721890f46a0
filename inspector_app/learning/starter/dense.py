"""What each token of the vision tower should know of its cell: targets of the dense stages.

A cell is the 28 x 28 pixels of one merged token. Boxes are told twice: as distances from the cell's
middle (all that a tower with relative positions can know) and in fractions of the picture (what the
language model has to say).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inspector_app.learning.starter.scene import COLOURS, DEFECTS, SHAPES, Scene

CELL = 28
LABELS = ("", *DEFECTS, *SHAPES)
COLOUR_NAMES = ("", *COLOURS)
LETTERS = "\0ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/.:"
_SEEN = 8  # pixels of a thing in a cell that make it the cell's


@dataclass(frozen=True, slots=True)
class Dense:
    """Targets of one picture; n cells, row by row.

    Attributes:
        label: int64 `[n]`, index into `LABELS`; -1 where it is not to be learned.
        box: float32 `[n, 4]`, x1, y1, x2, y2 in fractions; meaningless where label is 0 or -1.
        middle: float32 `[n]`, 1 where the middle of a thing lies.
        colour: int64 `[n]`, index into `COLOUR_NAMES`; -1 where there is no coloured thing.
        letters: int64 `[n, 2]`, index into `LETTERS`, of the left and the right half of the cell;
            -1 where it is not to be learned.
    """

    label: NDArray[np.int64]
    box: NDArray[np.float32]
    middle: NDArray[np.float32]
    colour: NDArray[np.int64]
    letters: NDArray[np.int64]


def dense(scene: Scene) -> Dense:
    """Works the targets of a picture out; its sides are multiples of `CELL`."""
    height, width = scene.pixels.shape[:2]
    rows, columns = height // CELL, width // CELL
    label = np.zeros((rows, columns), np.int64)
    colour = np.full((rows, columns), -1, np.int64)
    box = np.zeros((rows, columns, 4), np.float32)
    middle = np.zeros((rows, columns), np.float32)
    most = np.zeros((rows, columns), np.int64)
    for thing in scene.things:
        cover = thing.mask.reshape(rows, CELL, columns, CELL).sum((1, 3))
        x1, y1, x2, y2 = thing.box
        least = min(_SEEN, max(1, int(0.3 * thing.area)))
        mine = (cover >= least) & (cover > most)
        unsure = (cover > 0) & (cover < least) & (label == 0)
        most = np.maximum(most, cover)
        label[mine] = LABELS.index(thing.label)
        label[unsure] = -1
        box[mine] = (x1 / width, y1 / height, x2 / width, y2 / height)
        middle[int((y1 + y2) / 2) // CELL, int((x1 + x2) / 2) // CELL] = 1
        if thing.colour:
            colour[mine] = COLOUR_NAMES.index(thing.colour)
    letters = np.zeros((rows, columns, 2), np.int64)
    if scene.kind != "label":  # so that the many cells without text do not outweigh the others
        letters[:] = -1
    for letter in scene.letters:
        row, half = int(letter.y) // CELL, int(letter.x) // (CELL // 2)
        if 0 <= row < rows and 0 <= half < 2 * columns:
            letters[row, half // 2, half % 2] = max(0, LETTERS.find(letter.text))
    return Dense(
        label.ravel(), box.reshape(-1, 4), middle.ravel(), colour.ravel(), letters.reshape(-1, 2)
    )


def cell_middles(rows: int, columns: int) -> NDArray[np.float32]:
    """Middle of each cell, x and y in fractions, `[n, 2]`."""
    y, x = np.mgrid[0:rows, 0:columns]
    return np.stack(((x.ravel() + 0.5) / columns, (y.ravel() + 0.5) / rows), 1).astype(np.float32)


def heads(width: int) -> Any:
    """Linear heads on tokens of a width: what the dense stages learn by."""
    import torch

    return torch.nn.ModuleDict(
        {
            "label": torch.nn.Linear(width, len(LABELS)),
            "edges": torch.nn.Linear(width, 4),
            "middle": torch.nn.Linear(width, 1),
            "colour": torch.nn.Linear(width, len(COLOUR_NAMES)),
            "letters": torch.nn.Linear(width, 2 * len(LETTERS)),
        }
    )


def dense_losses(head: Any, tokens: Any, targets: dict[str, Any], rows: int, columns: int) -> Any:
    """Losses of the heads, by name.

    Args:
        head: Of `heads`.
        tokens: `[b, n, width]`.
        targets: Fields of `Dense`, stacked.
        rows: Of cells.
        columns: Likewise.
    """
    import torch
    from torch.nn import functional

    tokens = tokens.float()
    label = targets["label"]
    share = torch.ones(len(LABELS), device=tokens.device)
    share[0] = 0.4  # most cells show nothing
    losses = {
        "label": functional.cross_entropy(
            head["label"](tokens).flatten(0, 1), label.flatten(), weight=share, ignore_index=-1
        )
    }
    mine = label > 0
    scale = torch.tensor([columns, rows, columns, rows], device=tokens.device)
    if bool(mine.any()):
        middles = torch.from_numpy(cell_middles(rows, columns)).to(tokens.device)
        middles = middles.expand(len(tokens), -1, -1)[mine]
        edges = head["edges"](tokens[mine])  # distances in cells, outwards
        box = targets["box"][mine]
        wanted = torch.cat((middles - box[:, :2], box[:, 2:] - middles), 1) * scale
        losses["edges"] = functional.smooth_l1_loss(edges, wanted, beta=0.25)
        losses["overlap"] = 1 - _overlap(edges, wanted).mean()
    middle = head["middle"](tokens).squeeze(-1)
    losses["middle"] = functional.binary_cross_entropy_with_logits(middle, targets["middle"]) * 3
    if bool((targets["colour"] > 0).any()):
        losses["colour"] = 0.5 * functional.cross_entropy(
            head["colour"](tokens).flatten(0, 1), targets["colour"].flatten(), ignore_index=-1
        )
    if bool((targets["letters"] >= 0).any()):
        letters = head["letters"](tokens).reshape(-1, len(LETTERS))
        losses["letters"] = functional.cross_entropy(
            letters, targets["letters"].flatten(), ignore_index=-1
        )
    return losses


def _overlap(edges: Any, wanted: Any) -> Any:
    """IoU of boxes given by distances from the same point."""
    import torch

    inner = torch.minimum(edges, wanted)
    wide = (inner[:, 0] + inner[:, 2]).clamp(min=0)
    high = (inner[:, 1] + inner[:, 3]).clamp(min=0)

    def area(d: Any) -> Any:
        return (d[:, 0] + d[:, 2]).clamp(min=1e-3) * (d[:, 1] + d[:, 3]).clamp(min=1e-3)

    common = wide * high
    return common / (area(edges) + area(wanted) - common).clamp(min=1e-6)
