"""The header of a safetensors file: names, types and shapes, without reading any weights.

Source: https://huggingface.co/docs/safetensors, section "Format".
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path

from inspector_app.domain.errors import BadInputError

_LENGTH_BYTES = 8
_MAX_HEADER = 100_000_000  # bytes; the limit of the format's own reader


@dataclass(frozen=True, slots=True)
class TensorEntry:
    """One tensor of a file.

    Attributes:
        name: Its name.
        dtype: Its type as the file writes it ("BF16", "F32", ...).
        shape: Its shape.
        bytes: Its size in the file.
    """

    name: str
    dtype: str
    shape: tuple[int, ...]
    bytes: int

    @property
    def count(self) -> int:
        """Number of values."""
        return math.prod(self.shape)


def read_header(path: Path) -> tuple[TensorEntry, ...]:
    """Reads a header and compares it with the length of the file.

    Raises:
        BadInputError: It is no safetensors file, or not the whole of one.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            length = int.from_bytes(file.read(_LENGTH_BYTES), "little")
            if not 2 <= length <= min(_MAX_HEADER, size - _LENGTH_BYTES):
                raise ValueError("it has no header")
            header = json.loads(file.read(length))
        header.pop("__metadata__", None)
        entries = tuple(
            TensorEntry(
                name,
                entry["dtype"],
                tuple(int(side) for side in entry["shape"]),
                entry["data_offsets"][1] - entry["data_offsets"][0],
            )
            for name, entry in header.items()
        )
        wanted = _LENGTH_BYTES + length + sum(entry.bytes for entry in entries)
        if wanted != size:
            raise ValueError(f"it has {size} bytes, its header says {wanted}")
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise BadInputError(
            f"{path} is not a whole safetensors file: {error}.", "Fetch or copy it again."
        ) from error
    return entries
