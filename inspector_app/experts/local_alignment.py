"""Local alignment: a small, smooth displacement that registration as a whole cannot describe.

Line-scan cameras, lenses and paper stretch an image unevenly. Here the displacement is found as
in Lucas and Kanade (IJCAI 1981), with a large Gaussian window, a few steps from coarse to fine,
weights that leave out differing pixels, and a limit. Pixels whose difference no shift within the
limit explains (defects, mostly) take no part, so that they do not bend their surroundings.

OpenCV is imported inside the functions.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

_BLURS: Final = (4.0, 2.5, 1.5, 1.5)
_STIFFNESS: Final = 0.01
_UNEXPLAINED: Final = 20.0  # grey levels


def local_shift(
    image: NDArray[np.uint8],
    golden: NDArray[np.uint8],
    valid: NDArray[np.bool_],
    window: float,
    limit: float,
) -> NDArray[np.float32]:
    """Find the smooth displacement of a registered golden image.

    Args:
        image: uint8 [H, W, C].
        golden: uint8 [H, W, C], registered to the image and of its brightness.
        valid: bool [H, W], the pixels that count.
        window: standard deviation of the Gaussian window, in pixels.
        limit: largest displacement in x and in y, in pixels.

    Returns:
        float32 [H, W, 2]: golden pixel (x + field[..., 0], y + field[..., 1]) belongs to image
        pixel (x, y); all zero where there is nothing to go by.
    """
    import cv2

    seen = np.asarray(image.mean(axis=2, dtype=np.float32), np.float32)
    known = np.asarray(golden.mean(axis=2, dtype=np.float32), np.float32)
    field = np.zeros((*seen.shape, 2), np.float32)
    trust = np.where(valid & ~_unexplained(seen, known, limit), 1.0, 0.0).astype(np.float32)
    for blur in _BLURS:
        target = cv2.GaussianBlur(seen, (0, 0), blur)
        moved = cv2.GaussianBlur(_sampled(known, field), (0, 0), blur)
        rest = np.asarray(target - moved, np.float32)
        middle = 0.5 * (target + moved)
        slope_x = cv2.Sobel(middle, cv2.CV_32F, 1, 0, scale=0.125)
        slope_y = cv2.Sobel(middle, cv2.CV_32F, 0, 1, scale=0.125)
        steep = np.hypot(slope_x, slope_y)
        # What the marking left of a defect still counts less and less as it differs more.
        weight = trust / (1.0 + (rest / (8.0 + 1.5 * limit * steep)) ** 4)
        sums = _pooled(
            (
                weight * slope_x * slope_x,
                weight * slope_x * slope_y,
                weight * slope_y * slope_y,
                weight * slope_x * rest,
                weight * slope_y * rest,
            ),
            window,
        )
        xx, xy, yy, xt, yt = sums
        stiff = _STIFFNESS * float(np.mean(xx + yy)) + 1e-3
        xx, yy = xx + stiff, yy + stiff
        scale = xx * yy - xy * xy
        step_x, step_y = (yy * xt - xy * yt) / scale, (xx * yt - xy * xt) / scale
        step = np.stack([step_x, step_y], axis=2)
        size = (seen.shape[1], seen.shape[0])
        wide = cv2.resize(step.astype(np.float32), size, interpolation=cv2.INTER_LINEAR)
        field = np.clip(field + wide, -limit, limit).astype(np.float32)
    return field


def shifted(image: NDArray[np.uint8], field: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Sample an image, uint8 [H, W, C], at the places that a displacement [H, W, 2] names."""
    moved = np.rint(_sampled(image.astype(np.float32), field))
    return np.clip(moved, 0, 255).astype(np.uint8).reshape(image.shape)


def _unexplained(
    seen: NDArray[np.float32], known: NDArray[np.float32], limit: float
) -> NDArray[np.bool_]:
    """Mark the pixels [H, W] whose difference no shift within the limit explains, and around."""
    import cv2

    reach = int(np.ceil(limit))
    kernel = np.ones((2 * reach + 1, 2 * reach + 1), np.uint8)
    pair = [cv2.GaussianBlur(plane, (0, 0), 1.0) for plane in (seen, known)]
    excess = np.zeros(seen.shape, np.float32)
    for one, other in (pair, pair[::-1]):
        low, high = cv2.erode(other, kernel), cv2.dilate(other, kernel)
        excess = np.maximum(excess, np.maximum(one - high, low - one))
    marked = (excess > _UNEXPLAINED).astype(np.uint8)
    marked = np.asarray(cv2.morphologyEx(marked, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8)))
    return np.asarray(cv2.dilate(marked, kernel) > 0, np.bool_)


def _sampled(image: NDArray[np.float32], field: NDArray[np.float32]) -> NDArray[np.float32]:
    """Sample an image at x + field x, y + field y (bilinear, border repeated)."""
    import cv2

    columns = np.arange(image.shape[1], dtype=np.float32)[None, :] + field[:, :, 0]
    rows = np.arange(image.shape[0], dtype=np.float32)[:, None] + field[:, :, 1]
    moved = cv2.remap(image, columns, rows, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(moved, np.float32)


def _pooled(
    planes: tuple[NDArray[np.floating[Any]], ...], window: float
) -> tuple[NDArray[np.float32], ...]:
    """Average planes [H, W] with a Gaussian window, on a grid coarse enough to be quick."""
    import cv2

    height, width = planes[0].shape
    reduction = max(1.0, window / 4.0)
    size = (max(2, round(width / reduction)), max(2, round(height / reduction)))
    pooled = []
    for plane in planes:
        small = cv2.resize(plane.astype(np.float32), size, interpolation=cv2.INTER_AREA)
        sigma = max(0.5, window / reduction)
        wide = cv2.GaussianBlur(small, (0, 0), sigma, borderType=cv2.BORDER_REPLICATE)
        pooled.append(np.asarray(wide, np.float32))
    return tuple(pooled)
