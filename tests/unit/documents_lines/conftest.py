"""Fonts for tests of rendered lines: the first installed file that can write Vietnamese."""

from __future__ import annotations

import pytest

from inspector_app.learning.line_fonts import Font, find_fonts


@pytest.fixture(scope="session")
def font() -> Font:
    for split in ("train", "val", "test"):
        if found := find_fonts(split):
            return found[0]
    pytest.skip("no font with the Vietnamese letters is installed")
