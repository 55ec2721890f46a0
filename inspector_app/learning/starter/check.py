"""Quick looks at a starter model while it learns; figures that count come from `evaluate`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from inspector_app.learning.starter.dense import cell_middles
from inspector_app.learning.starter.lessons import Lessons, Mix
from inspector_app.learning.starter.net import StarterNet, best_cell
from inspector_app.learning.starter.scene import DEFECTS

_BATCHES = 6


def dense_check(net: StarterNet, lessons: Lessons, batches: int = _BATCHES) -> dict[str, Any]:
    """How sure the tower's head is of a defect in good and in defective parts, and of its place.

    Returns:
        `good` and `defective`: mean of the surest cell's probability of a defect; `overlap`: mean
        IoU of the box which the surest cell tells with the nearest true one; `kind`: share of
        parts with one defect whose kind is right; `n`.
    """
    import torch

    good: list[float] = []
    bad: list[float] = []
    overlaps: list[float] = []
    kinds: list[bool] = []
    mix = Mix(parts=1.0, labels=0.0, hardness=0.5, tokens=0)
    for number in range(batches):
        batch = lessons.batch(number, mix)
        rows, columns = batch.grid[1] // 2, batch.grid[2] // 2
        with torch.inference_mode(), torch.autocast(net.device, torch.bfloat16):
            tokens = net.look(batch).float()
        head = net.heads["tower"]
        with torch.inference_mode():
            chances = head["label"](tokens).softmax(-1)[..., 1 : 1 + len(DEFECTS)].cpu().numpy()
            edges = head["edges"](tokens).cpu().numpy()
        middles = cell_middles(rows, columns)
        for each in range(len(tokens)):
            scores = chances[each].sum(-1)
            truth = batch.targets["label"][each]
            if not (truth > 0).any():
                good.append(float(scores.max()))
                continue
            bad.append(float(scores.max()))
            box = best_cell(scores, edges[each], middles, np.array((columns, rows)))
            boxes = np.unique(batch.targets["box"][each][truth > 0], axis=0)
            overlaps.append(max(_iou(box, one) for one in boxes))
            labels = set(truth[truth > 0].tolist())
            if len(labels) == 1:
                best = chances[each][int(scores.argmax())].argmax() + 1
                kinds.append(bool(best in labels))
    return {
        "good": _mean(good),
        "defective": _mean(bad),
        "overlap": _mean(overlaps),
        "kind": _mean(kinds),
        "n": len(good) + len(bad),
    }


def _mean(values: Sequence[float]) -> float:
    return round(float(np.mean(values)), 3) if values else 0.0


def _iou(one: np.ndarray, other: np.ndarray) -> float:
    low, high = np.maximum(one[:2], other[:2]), np.minimum(one[2:], other[2:])
    common = float(np.prod(np.clip(high - low, 0, None)))
    areas = [float(np.prod(np.clip(box[2:] - box[:2], 0, None))) for box in (one, other)]
    return common / max(1e-9, sum(areas) - common)
