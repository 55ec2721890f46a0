"""Decoded pictures for the viewer: made off the GUI thread, neighbours looked at beforehand."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections import OrderedDict
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from PySide6.QtGui import QImage

from inspector_app.domain.errors import InspectorError
from inspector_app.domain.images import ImageRef
from inspector_app.services.images import PREVIEW_SIDE, Picture, is_large, load_picture

_KEEP = 5
_KEEP_PIXELS = 120_000_000  # all kept pictures together; one larger than this is not kept


@dataclass(frozen=True, slots=True)
class Ready:
    """A picture and what the viewer paints of it, made where it was decoded.

    Copying and converting 12 megapixels takes longer than showing them; the thread of the window
    has no part in it.
    """

    picture: Picture
    image: QImage


class Pictures:
    """A small cache of full pictures around the current one."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="inspector-decode")
        self._lock = threading.Lock()  # the pool's thread keeps what it looked ahead at
        self._kept: OrderedDict[tuple[str, int, int], Ready] = OrderedDict()
        self._ahead: list[Future[None]] = []

    def cached(self, image: ImageRef) -> Ready | None:
        """Returns the full picture if it is at hand."""
        with self._lock:
            picture = self._kept.get(_key(image))
            if picture is not None:
                self._kept.move_to_end(_key(image))
        return picture

    async def full(self, image: ImageRef) -> Ready:
        """Decodes the whole picture.

        Raises:
            ImageError: The file cannot be read.
        """
        picture = self.cached(image)
        if picture is None:
            loop = asyncio.get_running_loop()
            picture = await loop.run_in_executor(
                self._pool, load_ready, image.path, image.page, None, image.dpi
            )
            self._keep(image, picture)
        return picture

    async def preview(self, image: ImageRef) -> Ready | None:
        """Decodes a scaled preview of a large image; None when the image is not large.

        Raises:
            ImageError: The file cannot be read.
        """
        loop = asyncio.get_running_loop()
        if not await loop.run_in_executor(self._pool, is_large, image.path, image.page, image.dpi):
            return None
        return await loop.run_in_executor(
            self._pool, load_ready, image.path, image.page, PREVIEW_SIDE, image.dpi
        )

    def prefetch(self, images: list[ImageRef]) -> None:
        """Looks at neighbours while nothing else is to do; trouble is told when one is opened."""
        for waiting in self._ahead:
            waiting.cancel()
        self._ahead = [self._pool.submit(self._look_ahead, image) for image in images]

    def close(self) -> None:
        """Stops the pool; waits for the decode that runs."""
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._kept.clear()

    def _look_ahead(self, image: ImageRef) -> None:
        if self.cached(image) is None:
            with contextlib.suppress(InspectorError):
                self._keep(image, load_ready(image.path, image.page, None, image.dpi))

    def _keep(self, image: ImageRef, picture: Ready) -> None:
        with self._lock:
            self._kept[_key(image)] = picture
            while len(self._kept) > 1 and (
                len(self._kept) > _KEEP or self._pixels() > _KEEP_PIXELS
            ):
                self._kept.popitem(last=False)

    def _pixels(self) -> int:
        return sum(ready.picture.width * ready.picture.height for ready in self._kept.values())


def _key(image: ImageRef) -> tuple[str, int, int]:
    return image.path, image.page, image.dpi


def load_ready(path: str, page: int = 0, max_side: int | None = None, dpi: int = 0) -> Ready:
    """Decodes a picture and makes what is painted of it; callable on any thread.

    Raises:
        ImageError: The file cannot be read.
    """
    picture = load_picture(path, page, max_side, dpi)
    return Ready(picture, to_qimage(picture))


def to_qimage(picture: Picture) -> QImage:
    """Copies a picture's pixels into the form that Qt paints fastest; callable on any thread."""
    height, width = picture.pixels.shape[:2]
    wrapped = QImage(picture.pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888)
    return wrapped.convertToFormat(QImage.Format.Format_RGB32)
