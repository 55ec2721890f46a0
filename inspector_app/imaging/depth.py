"""How values of more than eight bits are shown.

Cameras of 10, 12 or 14 bits save into files of 16. Shown as 16 bits such an image would be black,
and stretched to its own darkest and brightest value every image of a lot would look different. So
one of four scales is chosen, and within it a value always has the same grey:

1. the depth that the file states (TIFF: BitsPerSample or MaxSampleValue), if its values fit in;
2. else the smallest of 10, 12, 14, 16 bits that holds the largest value of the whole image.

Images of one camera have a highlight or a bright background in them and so come out alike; only
one that uses less than a quarter of the camera's range without saying so is shown brighter. The
rule looks at nothing but the file, so it gives the same picture today and tomorrow, alone and in
a lot. The values themselves are kept beside what is shown.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

DEPTHS = (10, 12, 14, 16)


def depth_for(highest: int, stated: int | None = None) -> int:
    """Returns the number of bits that values are shown on.

    Args:
        highest: The largest value of the whole image, 0..65535.
        stated: The bits that the file says it uses, if it does.
    """
    if stated is not None and 8 < stated <= 16 and highest < 1 << stated:
        return stated
    return next(depth for depth in DEPTHS if highest < 1 << depth)


def shown(values: NDArray[np.uint16], depth: int) -> NDArray[np.uint8]:
    """Returns 16-bit values as 8-bit greys: 0 is black, `2 ** depth - 1` is white.

    Args:
        values: Values of any shape.
        depth: Bits, from `depth_for`.
    """
    # A table of all 65,536 answers: exact, and no wide intermediate array for large images.
    top = (1 << depth) - 1
    table = np.minimum(np.arange(65536, dtype=np.float64) * 255.0 / top + 0.5, 255.0)
    return table.astype(np.uint8)[values]


def shown_wide(values: NDArray[np.float32] | NDArray[np.int32]) -> NDArray[np.uint8]:
    """Returns 32-bit values as 8-bit greys.

    The range is told from the values: 0..1 and 0..255 are shown as they are meant, up to 65535 as
    16-bit values are, everything else from its smallest to its largest. What is not a number, or
    not finite, is black.

    Args:
        values: float32 or int32 of any shape.
    """
    finite = np.isfinite(values)
    whole = bool(finite.all())
    some = values if whole else values[finite]
    if some.size == 0:
        return np.zeros(values.shape, np.uint8)
    low, high = float(some.min()), float(some.max())
    if low >= 0.0 and high <= 65535.0:
        if high <= 1.0 and values.dtype.kind == "f":
            high = 1.0
        else:
            high = 255.0 if high <= 255.0 else float((1 << depth_for(int(np.ceil(high)))) - 1)
        low = 0.0
    # In doubles: the distance between two float32 values may not be a float32.
    scale = 255.0 / (high - low) if high > low else 0.0
    grey = (values.astype(np.float64) if whole else np.where(finite, values, low)) - low
    return np.clip(grey * scale + 0.5, 0.0, 255.0).astype(np.uint8)
