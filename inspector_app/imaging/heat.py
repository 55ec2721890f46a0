"""Heat maps: from an expert's array, and onto a picture."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from inspector_app.domain.heat import MAX_SIDE, HeatMap
from inspector_app.imaging.colormap import inferno


def heat_from_array(array: NDArray[np.float32], low: float, high: float) -> HeatMap:
    """Packs an expert's map into the form that travels and is stored.

    Args:
        array: float32 `[h, w]` of scores over the whole image. What is not a number counts as
            `low`. Longer than `MAX_SIDE`, it is averaged smaller.
        low: Score of cell value 0; what is lower is shown as that.
        high: Score of cell value 255; likewise.

    Raises:
        ValueError: The array is empty or not `[h, w]`, or the limits are no finite numbers or the
            wrong way round.
    """
    if array.ndim != 2 or array.size == 0:
        raise ValueError(f"a heat map needs an array [h, w], got shape {array.shape}")
    if not np.isfinite([low, high]).all() or high < low:
        raise ValueError(f"a heat map needs finite limits low <= high, got {low} and {high}")
    clean = np.nan_to_num(array.astype(np.float32), nan=low, posinf=high, neginf=low)
    height, width = clean.shape
    if max(width, height) > MAX_SIDE:
        scale = MAX_SIDE / max(width, height)
        size = (max(1, round(width * scale)), max(1, round(height * scale)))
        clean = np.asarray(Image.fromarray(clean).resize(size, Image.Resampling.BOX))
        height, width = clean.shape
    # A flat map (high == low) is all cold, not a division by zero.
    unit = (clean.astype(np.float64) - low) / (high - low) if high > low else np.zeros_like(clean)
    cells = np.clip(unit * 255.0 + 0.5, 0.0, 255.0).astype(np.uint8)
    return HeatMap(width, height, cells.tobytes(), float(low), float(high))


def lay_heat(
    pixels: NDArray[np.uint8], heat: HeatMap, opacity: float, limit: float | None, line: int
) -> NDArray[np.uint8]:
    """Lays a heat map over a picture.

    The lower half of the range fades out: the part stays visible where nothing is wrong with it.

    Args:
        pixels: uint8 `[h, w, 3]`.
        heat: The map; it is stretched over the whole picture.
        opacity: 0 (nothing of the map) to 1, for its upper half.
        limit: Score at which a contour is drawn, None for none.
        line: Width of the contour in pixels.

    Returns:
        uint8 `[h, w, 3]`, a new array.
    """
    height, width = pixels.shape[:2]
    small = np.frombuffer(heat.cells, np.uint8).reshape(heat.height, heat.width)
    cells = np.asarray(Image.fromarray(small).resize((width, height), Image.Resampling.BILINEAR))
    strength = np.minimum(np.arange(256) / 128.0, 1.0) * min(1.0, max(0.0, opacity))
    weight = np.round(strength * 256).astype(np.uint16)[cells][:, :, np.newaxis]
    mixed = inferno()[cells] * weight + pixels * (256 - weight)
    out = (mixed >> 8).astype(np.uint8)
    if limit is not None and heat.high > heat.low:
        level = (limit - heat.low) / (heat.high - heat.low) * 255.0
        _draw_contour(out, cells > level, line)
    return out


def _draw_contour(out: NDArray[np.uint8], above: NDArray[np.bool_], line: int) -> None:
    inner, outer = above, above
    for _ in range(line):
        inner, outer = _shrunk(inner), ~_shrunk(~outer)
    # White inside, black outside: one of the two stands out on any picture.
    out[outer & ~above] = 0
    out[above & ~inner] = 255


def _shrunk(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    # The picture's edge is no contour: beyond it the mask goes on as it is.
    wide = np.pad(mask, 1, mode="edge")
    return mask & wide[:-2, 1:-1] & wide[2:, 1:-1] & wide[1:-1, :-2] & wide[1:-1, 2:]
