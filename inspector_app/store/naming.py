"""Names in the order people count in: img2 before img10."""

from __future__ import annotations

import re
import unicodedata
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
    return _SEPARATOR.join(natural_key(part) for part in PurePath(path).parts)


def _counted(match: re.Match[str]) -> str:
    # A longer number is a larger one; the length in front makes text order agree with that.
    digits = match.group().lstrip("0")
    return f"{len(digits):04d}{digits}"
