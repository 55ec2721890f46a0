"""What a set of images and truths is, as one hash: the same set has the same, on any machine."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any


def data_sha256(paths: Iterable[str | None], truth: Any) -> str:
    """Returns the hash of files and of what is said about them, in order.

    Args:
        paths: Files; one that is missing counts as such.
        truth: Anything that JSON can write.
    """
    whole = hashlib.sha256()
    known: dict[str, bytes] = {}
    for path in paths:
        if path is not None and path not in known:
            known[path] = _digest(path)
        whole.update(known[path] if path is not None else b"-")
    whole.update(json.dumps(truth, ensure_ascii=False, sort_keys=True, default=list).encode())
    return whole.hexdigest()


def _digest(path: str) -> bytes:
    try:
        with Path(path).open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").digest()
    except OSError:
        return b"missing"
