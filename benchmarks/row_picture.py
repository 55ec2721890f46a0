"""Row first_picture: the next image on the screen, looked at beforehand or decoded then."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import numpy as np
from images import TWELVE, large
from numpy.typing import NDArray
from timing import interleaved, make_row
from window import Opened, opened

from inspector_app.ui.pictures import load_ready

UNIT = "ms to the next 12 MP JPEG, prefetched; baseline: decoded when asked for"


def measure(folder: Path, quick: bool) -> list[dict[str, Any]]:
    """Measures the row in the program's window."""
    place = folder / "large"
    place.mkdir(exist_ok=True)
    for number in range(3):
        large(place / f"part_{number}.jpg", number)
    with opened() as o:
        o.wait(o.window.flows.open_folder(str(place)))
        images = o.window.session.images()
        for image in images:
            o.wait(o.window.pictures.full(image))
        o.settle()
        position = 0

        async def show(image_id: str) -> None:  # in the loop: the window starts flows by itself
            o.window.session.select(image_id)
            o.window.viewer.viewport().repaint()

        def next_one(prefetched: bool) -> float:
            nonlocal position
            position = (position + 1) % len(images)
            image = images[position]
            kept = o.window.pictures._kept
            if not prefetched:
                del kept[image.path, image.page]
            begun = time.perf_counter()
            if not prefetched:
                kept[image.path, image.page] = load_ready(image.path, image.page)
            o.wait(show(image.id))
            seconds = time.perf_counter() - begun
            o.settle()
            return seconds

        samples = interleaved(
            lambda: next_one(True), lambda: next_one(False), 1 if quick else 12, warm=2
        )
        next_one(True)
        first = _seen(o)
        for _ in images:
            next_one(False)
        valid = bool(np.array_equal(first, _seen(o))) and o.window.viewer.image_size() == TWELVE
    return [make_row("first_picture", samples, UNIT, valid, 1000)]


def _seen(o: Opened) -> NDArray[np.uint8]:
    """Pixels of the viewer as it stands."""
    image = o.window.viewer.viewport().grab().toImage()
    return np.frombuffer(image.constBits(), np.uint8).copy()
