"""What the status bar says of running work."""

from __future__ import annotations

from dataclasses import dataclass

from inspector_app.domain.jobs import ImageDone


@dataclass(frozen=True, slots=True)
class Busy:
    """What the status bar says of the running work."""

    text: str
    done: int = 0
    total: int = 0
    seconds_left: float | None = None
    seconds_each: float | None = None
    is_share: bool = False  # `done` of `total` is told in percent: it counts no images


class Clock:
    """Seconds an image and seconds left, from a moving average."""

    def __init__(self) -> None:
        self._each: float | None = None

    def busy(self, event: ImageDone, text: str) -> Busy:
        """Takes one image's time; returns what to show."""
        if event.seconds:
            before = self._each if self._each is not None else event.seconds
            self._each = 0.9 * before + 0.1 * event.seconds
        left = self._each * (event.total - event.done) if self._each is not None else None
        return Busy(text, event.done, event.total, left, self._each)
