"""Names in the order people count in: img2 before img10."""

from __future__ import annotations

import os
import re
import unicodedata
from functools import lru_cache
from pathlib import PurePath

_DIGITS = re.compile(r"[0-9]+")
# Sorts below every character of a name, so that `a/2.png` stays in front of `a b/1.png`.
_SEPARATOR = "\x01"


def natural_key(name: str) -> str:
    """Returns a text whose plain order is the natural order of the names.

    Numbers compare by value, letters without regard to case. The key is a string rather than a
    tuple, so that the project file can keep it in an indexed column and sort by it.

    Args:
        name: A file name, or any other name.
    """
    folded = unicodedata.normalize("NFC", name).casefold()
    return _DIGITS.sub(_counted, folded)


def path_key(path: str) -> str:
    """Returns the natural key of a whole path: folder by folder, then the name."""
    # Thousands of files lie in one folder: its key is worked out once.
    folder, name = os.path.split(path)
    return _folder_key(folder) + natural_key(name)


@lru_cache(maxsize=64)
def _folder_key(folder: str) -> str:
    return "".join(natural_key(part) + _SEPARATOR for part in PurePath(folder).parts)


def _counted(match: re.Match[str]) -> str:
    # A longer number is a larger one; the length in front makes text order agree with that.
    digits = match.group().lstrip("0")
    return f"{len(digits):04d}{digits}"
