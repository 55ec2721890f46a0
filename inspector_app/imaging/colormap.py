"""The colours of heat maps."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from inspector_app.domain.paths import RESOURCES


@cache
def inferno() -> NDArray[np.uint8]:
    """Returns the colour map inferno: even steps to the eye, and in grey print as well.

    Returns:
        uint8 `[256, 3]`, RGB, from black over red to light yellow; shared, so not writable.
    """
    file = RESOURCES / "colormaps" / "inferno.csv"
    table = np.loadtxt(file, dtype=np.uint8, delimiter=",", skiprows=1, encoding="utf-8")
    table.setflags(write=False)
    return table
