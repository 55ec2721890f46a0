"""Pictures of every kind, made here, so that what is right is known."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray


@pytest.fixture
def rgb() -> NDArray[np.uint8]:
    """A picture 60 x 40 in which every place has its own colour."""
    y, x = np.mgrid[0:40, 0:60]
    return np.dstack([x * 4, y * 6, (x + y) * 2]).astype(np.uint8)


@pytest.fixture
def png_header() -> Callable[..., bytes]:
    """The beginning of a PNG of any size, without the pixels that it promises."""

    def make(width: int, height: int, depth: int = 8, color: int = 2) -> bytes:
        def chunk(name: bytes, data: bytes) -> bytes:
            check = zlib.crc32(name + data)
            return struct.pack(">I", len(data)) + name + data + struct.pack(">I", check)

        size = struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, 0)
        start = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size)
        return start + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")

    return make


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, bytes], Path]:
    def make(name: str, content: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return make
