"""Row read: seconds to read a receipt of 1024 pixels and its fields, against the target."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Any

from timing import against_target, make_row

from inspector_app.domain.documents import Reading, ReadRequest
from inspector_app.services.reading import run_read

UNIT = "s per drawn receipt of 640 x 1024 px, 36 lines, one thread; baseline: the target itself"
TARGET = 1.5
_ROWS = 17
_PRICE = 3.25


def draw(path: Path) -> float:
    """Draws a receipt in the font that comes with Pillow; returns its total."""
    from PIL import Image, ImageDraw, ImageFont

    font = ImageFont.load_default(22)
    image = Image.new("RGB", (640, 1024), "white")
    pen = ImageDraw.Draw(image)
    total = round(sum(_PRICE * (n + 1) for n in range(_ROWS)), 2)
    goods = [(f"GREEN TEA NO {n + 1}", f"{_PRICE * (n + 1):.2f}") for n in range(_ROWS)]
    head = [("SUNRISE MARKET SDN BHD", ""), ("12 JALAN MERAH, 50450 KUALA LUMPUR", "")]
    sums = [("TOTAL RM", f"{total:.2f}"), ("Date: 05/11/2024 18:25", "")]
    for number, (left, right) in enumerate([*head, *goods, *sums]):
        y = 24 + 47 * number
        pen.text((30, y), left, fill="black", font=font)
        pen.text((610 - pen.textlength(right, font=font), y), right, fill="black", font=font)
    image.save(path)
    return total


def measure(folder: Path, quick: bool) -> list[dict[str, Any]]:
    """Measures the row; the first reading, which opens the networks, is thrown away."""
    path = folder / "receipt.png"
    total = draw(path)
    seconds: list[float] = []
    valid = True
    for _ in range(2 if quick else 13):
        begun = time.perf_counter()
        *_, reading = run_read(ReadRequest(str(path)), threading.Event())
        seconds.append(time.perf_counter() - begun)
        assert isinstance(reading, Reading)
        assert reading.extraction is not None
        valid = valid and reading.extraction.field("total").value == total
    return [make_row("read", against_target(seconds[1:], TARGET), UNIT, valid)]
