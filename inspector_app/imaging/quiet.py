"""Keeps Pillow's warnings about odd files to itself, also when several threads decode."""

from __future__ import annotations

import threading
import warnings
from collections.abc import Generator
from contextlib import contextmanager

_guard = threading.Lock()
_users = 0
_catcher: warnings.catch_warnings[None] | None = None


@contextmanager
def quiet() -> Generator[None]:
    """Ignores warnings raised inside Pillow.

    Broken metadata is no reason to bother anyone when the pixels are fine, and where warnings are
    errors it must not turn a readable image into an unreadable one. `catch_warnings` by itself is
    not safe with threads (the filters of the one that leaves last win), so the first one in sets
    the filter and the last one out takes it away.
    """
    global _users, _catcher  # noqa: PLW0603  the filters of `warnings` are global as well
    with _guard:
        if _users == 0:
            _catcher = warnings.catch_warnings()
            _catcher.__enter__()
            warnings.filterwarnings("ignore", module=r"PIL\.")
        _users += 1
    try:
        yield
    finally:
        with _guard:
            _users -= 1
            if _users == 0 and _catcher is not None:
                _catcher.__exit__(None, None, None)
                _catcher = None
