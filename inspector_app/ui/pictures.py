"""Decoded pictures for the viewer: made off the GUI thread, neighbours looked at beforehand."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor

from PySide6.QtGui import QImage

from inspector_app.domain.images import ImageRef
from inspector_app.services.images import PREVIEW_SIDE, Picture, is_large, load_picture

_KEEP = 5
_KEEP_PIXELS = 120_000_000  # all kept pictures together; one larger than this is not kept


class Pictures:
    """A small cache of full pictures around the current one."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="inspector-decode")
        self._kept: OrderedDict[tuple[str, int], Picture] = OrderedDict()
        self._tasks: set[asyncio.Task[None]] = set()

    def cached(self, image: ImageRef) -> Picture | None:
        """Returns the full picture if it is at hand."""
        picture = self._kept.get((image.path, image.page))
        if picture is not None:
            self._kept.move_to_end((image.path, image.page))
        return picture

    async def full(self, image: ImageRef) -> Picture:
        """Decodes the whole picture.

        Raises:
            ImageError: The file cannot be read.
        """
        picture = self.cached(image)
        if picture is None:
            loop = asyncio.get_running_loop()
            picture = await loop.run_in_executor(
                self._pool, load_picture, image.path, image.page, None
            )
            self._keep(image, picture)
        return picture

    async def preview(self, image: ImageRef) -> Picture | None:
        """Decodes a scaled preview of a large image; None when the image is not large.

        Raises:
            ImageError: The file cannot be read.
        """
        loop = asyncio.get_running_loop()
        if not await loop.run_in_executor(self._pool, is_large, image.path, image.page):
            return None
        return await loop.run_in_executor(
            self._pool, load_picture, image.path, image.page, PREVIEW_SIDE
        )

    def prefetch(self, images: list[ImageRef]) -> None:
        """Looks at neighbours while nothing else is to do; trouble is told when one is opened."""
        for task in self._tasks:
            task.cancel()
        task = asyncio.get_running_loop().create_task(self._prefetch(images))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def close(self) -> None:
        """Stops the pool; waits for the decode that runs."""
        for task in self._tasks:
            task.cancel()
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._kept.clear()

    async def _prefetch(self, images: list[ImageRef]) -> None:
        from inspector_app.domain.errors import InspectorError

        for image in images:
            try:
                await self.full(image)
            except InspectorError:
                continue

    def _keep(self, image: ImageRef, picture: Picture) -> None:
        self._kept[(image.path, image.page)] = picture
        while len(self._kept) > 1 and (
            len(self._kept) > _KEEP
            or sum(p.width * p.height for p in self._kept.values()) > _KEEP_PIXELS
        ):
            self._kept.popitem(last=False)


def to_qimage(picture: Picture) -> QImage:
    """Wraps a picture's pixels, copied once so that Qt owns them."""
    height, width = picture.pixels.shape[:2]
    return QImage(picture.pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()
