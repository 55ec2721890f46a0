"""A reader that reads one receipt, whatever the picture shows; runs in the engine process too."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from inspector_app.domain.documents import (
    Conflict,
    Document,
    Extraction,
    Field,
    Page,
    Place,
    Reading,
    ReadRequest,
    TextLine,
)
from inspector_app.domain.errors import BadInputError, EngineError
from inspector_app.domain.geometry import Box
from inspector_app.domain.jobs import Progress

WIDTH, HEIGHT = 480, 760
FONT = Path(__file__).resolve().parents[2] / "resources" / "fonts" / "NotoSans-Regular.ttf"
# x, y, size and text of every line; the total is read wrongly on purpose.
LINES: dict[str, tuple[int, int, int, str]] = {
    "shop": (110, 30, 26, "Corner Shop Sdn Bhd"),
    "address": (80, 70, 18, "12 Lake Street, 50480 Kuala Lumpur"),
    "tax_code": (140, 98, 18, "GST No 000517193728"),
    "date": (40, 150, 18, "Date: 14/03/2026"),
    "time": (300, 150, 18, "18:42"),
    "number": (40, 178, 18, "Receipt no 004217"),
    "items.0.name": (40, 240, 20, "Green tea 1.5 L"),
    "items.0.quantity": (250, 240, 20, "2"),
    "items.0.unit_price": (300, 240, 20, "6.40"),
    "items.0.amount": (390, 240, 20, "12.80"),
    "items.1.name": (40, 272, 20, "Rice cakes"),
    "items.1.quantity": (250, 272, 20, "3"),
    "items.1.unit_price": (300, 272, 20, "4.80"),
    "items.1.amount": (390, 272, 20, "14.40"),
    "items.2.name": (40, 304, 20, "Noodles, spicy"),
    "items.2.quantity": (250, 304, 20, "4"),
    "items.2.unit_price": (300, 304, 20, "3.50"),
    "items.2.amount": (390, 304, 20, "14.00"),
    "subtotal": (240, 370, 20, "Subtotal      41.20"),
    "total": (210, 410, 24, "TOTAL RM  42.10"),
    "paid": (240, 455, 20, "Cash      50.00"),
    "change": (240, 485, 20, "Change      8.80"),
}
VALUES: dict[str, Any] = {
    "date": "2026-03-14", "time": "18:42", "number": "004217", "tax_code": "000517193728",
    "items.0.quantity": 2, "items.0.unit_price": 6.4, "items.0.amount": 12.8,
    "items.1.quantity": 3, "items.1.unit_price": 4.8, "items.1.amount": 14.4,
    "items.2.quantity": 4, "items.2.unit_price": 3.5, "items.2.amount": 14.0,
    "subtotal": 41.2, "total": 42.1, "paid": 50.0, "change": 8.8,
}  # fmt: skip
TEXTS = {
    "date": "14/03/2026", "number": "004217", "tax_code": "000517193728", "subtotal": "41.20",
    "total": "42.10", "paid": "50.00", "change": "8.80",
}  # fmt: skip
SCORES = {"number": 0.61, "items.2.name": 0.72}
NAMES = (
    *("shop", "branch", "address", "tax_code", "date", "time", "number", "subtotal", "discount"),
    *("tax", "total", "paid", "change", "currency"),
)
ITEM_NAMES = ("name", "quantity", "unit_price", "amount")


def draw_receipt(path: Path) -> Path:
    """Draws the receipt."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), (250, 249, 245))
    pen = ImageDraw.Draw(picture)
    for x, y, size, text in LINES.values():
        pen.text((x, y), text, fill=(35, 35, 40), font=ImageFont.truetype(str(FONT), size))
    for y in (220, 350):
        pen.line((40, y, WIDTH - 40, y), fill=(120, 120, 120), width=2)
    picture.save(path)
    return path


def box_of(path: str) -> Box:
    x, y, size, text = LINES[path]
    right, bottom = ImageFont.truetype(str(FONT), size).getbbox(text)[2:]
    return Box.from_pixels((x, y + 3, x + right, y + bottom + 2), WIDTH, HEIGHT)


def receipt(path: str = "receipt.png", conflicts: bool = True, long: bool = False) -> Reading:
    """The reading of the receipt."""

    def field(where: str) -> Field:
        name = where.rsplit(".", 1)[-1]
        if where not in LINES:
            return Field(name)
        text = TEXTS.get(where, LINES[where][3])
        value = VALUES.get(where, text)
        return Field(name, value, text, SCORES.get(where, 0.97), (Place(0, box_of(where)),),
                     "total" if conflicts and where == "total" else "")  # fmt: skip

    lines = tuple(TextLine(text, box_of(p), 0.97) for p, (_, _, _, text) in LINES.items())
    clash = Conflict(
        "total", ("subtotal", "total"), 42.1, 41.2,
        (Place(0, box_of("subtotal")), Place(0, box_of("total"))), ("total", "41.20"),
    )  # fmt: skip
    summary = "Receipt of Corner Shop Sdn Bhd, dated 14 March 2026, total RM 42.10."
    if long:
        summary += " Three items were bought; RM 50.00 was paid in cash and RM 8.80 given back."
    return Reading(
        Document(path, (Page(0, WIDTH, HEIGHT, lines),), 1, "rapidocr 3.10.0 + diacritics 1", 1.24),
        Extraction(
            "receipt",
            tuple(field(name) for name in NAMES),
            tuple(tuple(field(f"items.{row}.{name}") for name in ITEM_NAMES) for row in range(3)),
            (clash,) if conflicts else (),
        ),
        summary,
    )


def run_read(request: ReadRequest, stop: Any) -> Iterator[Progress | Reading]:
    """The job; what it does follows from the file's name."""
    name = Path(request.path).stem
    yield Progress(0, 1, "Looking for lines")
    if "slow" in name:
        while not stop.is_set():
            time.sleep(0.01)
        return
    if "locked" in name:
        raise BadInputError("Cannot read locked.pdf: it asks for a password.", "Save it without.")
    if "broken" in name:
        raise EngineError("The reader is not installed.", "Install rapidocr.")
    yield Progress(1, 1)
    if "cat" in name:
        page = Page(0, WIDTH, HEIGHT, (), remarks=("no_text",))
        fields = tuple(Field(each) for each in NAMES)
        yield Reading(
            Document(request.path, (page,), 1, "fake", 0.4), Extraction("receipt", fields)
        )
    elif "note" in name:
        page = Page(0, WIDTH, HEIGHT, (TextLine("a note", box_of("shop"), 0.5),))
        fields = tuple(Field(each) for each in NAMES)
        found = Extraction("receipt", fields, remarks=("low_confidence",))
        yield Reading(Document(request.path, (page,), 1, "fake", 0.4), found)
    elif not request.schema:
        whole = receipt(request.path)
        yield Reading(whole.document)
    else:
        yield receipt(request.path, "clean" not in name, request.long)
