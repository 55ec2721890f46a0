"""Times of stored rows."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

_guard = threading.Lock()
_last = datetime.min.replace(tzinfo=UTC)


def stamp() -> str:
    """Returns the UTC time as ISO 8601 with microseconds, never the same twice.

    Strictly rising within a process, even where the clock is coarse or set back: the order of
    findings is the order of their times, so a removed finding that is put back (undo) lands
    where it was.
    """
    global _last  # noqa: PLW0603  the one clock of the process
    with _guard:
        _last = max(datetime.now(UTC), _last + timedelta(microseconds=1))
        return _last.isoformat(timespec="microseconds")
