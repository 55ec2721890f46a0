"""Colours of more than eight bits, which Pillow cannot keep; OpenCV reads them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray


def deep_array(path: Path, page: int = 0) -> NDArray[Any] | None:
    """Decodes one page with all its bits, not turned by EXIF.

    Call it only for a file whose size has been checked and that Pillow has read to its end:
    OpenCV fills the rest of a broken file with black without a word.

    Args:
        path: PNG or TIFF.
        page: Page of a TIFF.

    Returns:
        `[h, w]`, `[h, w, 3]` RGB or `[h, w, 4]` RGBA of uint8, uint16 or float32; None when OpenCV
        cannot read it either.
    """
    import cv2

    cv2.setNumThreads(1)
    cv2.utils.logging.setLogLevel(0)  # it would complain to the terminal, past every log of ours
    data = np.fromfile(path, np.uint8)
    try:
        if page == 0:
            found = cv2.imdecode(data, cv2.IMREAD_UNCHANGED)
        else:
            ok, several = cv2.imdecodemulti(data, cv2.IMREAD_UNCHANGED, range=(page, page + 1))
            found = several[0] if ok and several else None
    except cv2.error:
        return None
    if found is None or found.size == 0:
        return None
    array = np.asarray(found)
    if array.dtype == np.float64:
        array = array.astype(np.float32)
    if array.dtype not in (np.uint8, np.uint16, np.float32):
        return None
    if array.ndim == 3 and array.shape[2] == 1:
        return array[:, :, 0]
    if array.ndim == 3:
        order = [2, 1, 0, 3] if array.shape[2] == 4 else [2, 1, 0]
        if array.shape[2] not in (3, 4):
            return None
        return np.ascontiguousarray(array[:, :, order])
    return array
