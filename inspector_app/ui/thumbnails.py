"""Thumbnails made off the GUI thread: only what is looked at, the newest wish first.

The wish list is replaced whenever the view moves, so that nothing is decoded for rows that were
scrolled past. A picture arrives by a queued signal at a slot on the GUI thread.
"""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QImage, QPixmap

from inspector_app.domain.errors import InspectorError

log = logging.getLogger(__name__)

Source = Callable[[str, int, int], QImage]

KEPT = 400
THREADS = 2


@dataclass(frozen=True, slots=True)
class Wish:
    """One picture that is wanted.

    Attributes:
        image_id: Name under which it is kept.
        path: File.
        page: Page of the file, from 0.
    """

    image_id: str
    path: str
    page: int = 0


class Thumbnails(QObject):
    """Cache of small pictures and the two threads that fill it."""

    arrived = Signal(str)  # image id
    _made = Signal(str, int, object)  # image id, generation, QImage

    def __init__(self, parent: QObject | None = None, kept: int = KEPT) -> None:
        super().__init__(parent)
        self._kept = kept
        self._cache: OrderedDict[str, QPixmap | None] = OrderedDict()
        self._lock = threading.Lock()
        # Guarded by the lock: everything the threads look at.
        self._wishes: list[Wish] = []
        self._underway: set[str] = set()
        self._running = 0
        self._closed = False
        self._source: Source | None = None
        self._side = 64
        self._generation = 0
        # Python's own threads: those of QThreadPool leave a dummy behind in `threading` when the
        # source logs.
        self._pool: ThreadPoolExecutor | None = None
        self._made.connect(self._keep, Qt.ConnectionType.QueuedConnection)

    def set_source(self, source: Source | None) -> None:
        """Sets what makes pictures: `source(path, page, side) -> QImage`, called on a thread.

        It may raise; the row then shows no picture.
        """
        with self._lock:
            self._source = source
        self.clear()

    def set_side(self, side: int) -> None:
        """Sets the longest side in device pixels; pictures of another size are made again."""
        if side != self._side:
            with self._lock:
                self._side = side
            self.clear()

    def clear(self) -> None:
        """Forgets every picture, also those that are being made."""
        with self._lock:
            self._wishes.clear()
            self._underway.clear()
            self._generation += 1
        self._cache.clear()

    def forget(self, image_id: str) -> None:
        """Forgets one picture, so that it is made again when it is next wanted."""
        self._cache.pop(image_id, None)

    def pixmap(self, image_id: str) -> QPixmap | None:
        """Returns the picture if it is there."""
        found = self._cache.get(image_id)
        if found is not None:
            self._cache.move_to_end(image_id)
        return found

    def has_tried(self, image_id: str) -> bool:
        """Whether the picture was made, or could not be made."""
        return image_id in self._cache

    def want(self, wishes: Sequence[Wish]) -> None:
        """Replaces the list of wanted pictures, the most wanted first."""
        missing = [wish for wish in wishes[: self._kept] if wish.image_id not in self._cache]
        with self._lock:
            if self._closed or self._source is None:
                return
            self._wishes = [wish for wish in missing if wish.image_id not in self._underway]
            starts = max(0, min(THREADS - self._running, len(self._wishes)))
            self._running += starts
        if self._pool is None:
            self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="inspector-thumbnails")
        for _ in range(starts):
            self._pool.submit(self._work)

    def open(self) -> None:
        """Makes pictures again after `close`."""
        with self._lock:
            self._closed = False

    def close(self) -> None:
        """Drops all wishes and waits for the pictures that are being made."""
        with self._lock:
            self._closed = True
            self._wishes.clear()
            self._underway.clear()
            self._generation += 1
        if self._pool is not None:
            self._pool.shutdown(wait=True)
            self._pool = None

    def _work(self) -> None:
        """Runs on a thread of the pool until nothing is wanted."""
        while True:
            with self._lock:
                if self._closed or not self._wishes or self._source is None:
                    self._running -= 1
                    return
                wish = self._wishes.pop(0)
                self._underway.add(wish.image_id)
                source, side, generation = self._source, self._side, self._generation
            self._made.emit(wish.image_id, generation, _made_by(source, wish, side))

    @Slot(str, int, object)
    def _keep(self, image_id: str, generation: int, image: QImage) -> None:
        with self._lock:
            if generation != self._generation:
                return
            self._underway.discard(image_id)
        # None marks a picture that cannot be made: asking again would only fail again.
        self._cache[image_id] = None if image.isNull() else QPixmap.fromImage(image)
        while len(self._cache) > self._kept:
            self._cache.popitem(last=False)
        self.arrived.emit(image_id)


def _made_by(source: Source, wish: Wish, side: int) -> QImage:
    try:
        return source(wish.path, wish.page, side)
    except InspectorError as error:
        log.debug("no thumbnail of %s: %s", wish.path, error)
    except Exception:
        log.exception("no thumbnail of %s", wish.path)
    return QImage()
