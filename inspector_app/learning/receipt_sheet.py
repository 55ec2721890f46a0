"""A receipt as rows of cells, with the truth beside them; where things stand is decided later."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from inspector_app.learning.line_texts import pick
from inspector_app.parsing.documents.receipt import FIELDS

Random = np.random.Generator
Number = int | float
_CURRENCY = re.compile(r"\d\s?[đ₫](?!\w)|\bVN[DĐ]\b|\bđồng\b")


@dataclass(frozen=True, slots=True)
class Cell:
    """A text between two sides, in shares of the width that is printed on.

    Attributes:
        text: One paragraph; it is wrapped where it is too long.
        left: Side.
        right: Side.
        align: "left", "center" or "right".
    """

    text: str
    left: float = 0.0
    right: float = 1.0
    align: str = "left"


@dataclass(frozen=True, slots=True)
class Row:
    """Cells side by side, or a rule.

    Attributes:
        cells: None of them for a rule.
        size: Of the type, 1 for the body.
        bold: Whether all of it is.
        gap: Empty space above, in lines.
        rule: "dash", "line", "double", "stars", "bars" (a bar code), or empty.
        bars: Where upright lines of a table stand, in shares of the width.
    """

    cells: tuple[Cell, ...] = ()
    size: float = 1.0
    bold: bool = False
    gap: float = 0.0
    rule: str = ""
    bars: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Hand:
    """How one shop writes.

    Attributes:
        notation: "dots" (114.000), "commas" (114,000) or "cents" (114,000.00).
        sign: Behind sums, with its space.
        colon: Between a label and its value.
        day: Format of `strftime`.
        clock: Likewise.
        upper: Whether headings are in capitals.
    """

    notation: str
    sign: str
    colon: str
    day: str
    clock: str
    upper: bool

    def plain(self, value: Number) -> str:
        """An amount without a sign of currency."""
        if self.notation == "cents":
            return f"{value:,.2f}"
        text = f"{value:,}"
        return text.replace(",", ".") if self.notation == "dots" else text

    def money(self, value: Number) -> str:
        """An amount as sums are written."""
        return self.plain(value) + self.sign

    def count(self, value: float) -> str:
        """A quantity; three decimals where goods are weighed."""
        if value.is_integer():
            return str(int(value))
        return f"{value:.3f}".replace(".", "," if self.notation == "dots" else ".")

    def head(self, text: str) -> str:
        """A heading."""
        return text.upper() if self.upper else text


def make_hand(rng: Random, notations: Sequence[str], signs: Sequence[str]) -> Hand:
    """Draws the habits of a shop among those of a layout."""
    return Hand(
        pick(rng, notations),
        pick(rng, signs),
        pick(rng, [": ", ":", " : "]),
        pick(rng, ["%d/%m/%Y", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y"]),
        pick(rng, ["%H:%M", "%H:%M:%S", "%H:%M"]),
        bool(rng.random() < 0.6),
    )


@dataclass(slots=True)
class Sheet:
    """A receipt that is being laid out.

    Attributes:
        characters: Of the body that fit into the width.
        rows: From above.
        fields: What it says, by the names of our schema; None for what it lacks.
        items: Rows of goods: name, quantity, unit_price, amount.
    """

    characters: int
    rows: list[Row] = field(default_factory=list)
    fields: dict[str, str | None] = field(default_factory=lambda: dict.fromkeys(FIELDS))
    items: list[dict[str, str | None]] = field(default_factory=list)

    def put(
        self,
        text: str,
        align: str = "left",
        *,
        size: float = 1.0,
        bold: bool = False,
        gap: float = 0.0,
    ) -> None:
        """A text over the whole width."""
        self.rows.append(Row((Cell(text, align=align),), size, bold, gap))

    def pair(
        self,
        key: str,
        value: str,
        *,
        at: float = 0.58,
        align: str = "right",
        size: float = 1.0,
        bold: bool = False,
        gap: float = 0.0,
    ) -> None:
        """A label and its value in the same row."""
        cells = (Cell(key, 0.0, at - 0.02), Cell(value, at, 1.0, align))
        self.rows.append(Row(cells, size, bold, gap))

    def columns(
        self,
        edges: Sequence[float],
        texts: Sequence[str],
        aligns: str,
        *,
        bold: bool = False,
        bars: bool = False,
        gap: float = 0.0,
    ) -> None:
        """Texts in columns.

        Args:
            edges: Left side of each column.
            texts: An empty one leaves its column empty.
            aligns: A letter for each column: l, c or r.
            bold: Whether it is.
            bars: Whether the columns are parted by upright lines.
            gap: Empty space above, in lines.
        """
        sides = [*edges, 1.0]
        names = {"l": "left", "c": "center", "r": "right"}
        cells = tuple(
            Cell(text, left + 0.008, right - 0.008, names[letter])
            for text, (left, right), letter in zip(texts, pairwise(sides), aligns, strict=True)
            if text
        )
        self.rows.append(Row(cells, 1.0, bold, gap, bars=tuple(sides) if bars else ()))

    def rule(self, kind: str = "dash", gap: float = 0.0) -> None:
        """A line over the whole width."""
        self.rows.append(Row(rule=kind, gap=gap))

    def know(self, **values: str | Number | None) -> None:
        """Says what the receipt states; numbers are written plainly."""
        for name, value in values.items():
            if name not in self.fields:
                raise KeyError(name)
            self.fields[name] = None if value is None else str(value)

    def know_time(self, when: datetime.datetime, hand: Hand) -> None:
        """Says that date and time stand there, the time as exactly as it is written."""
        self.know(date=f"{when:%Y-%m-%d}", time=f"{when:%H:%M:%S}"[: 8 if "S" in hand.clock else 5])

    def item(
        self, name: str, amount: Number, quantity: float | None = None, price: Number | None = None
    ) -> None:
        """Says that a row of goods stands there, with what of it is printed."""
        self.items.append(
            {
                "name": name,
                "quantity": None if quantity is None else f"{quantity:g}",
                "unit_price": None if price is None else str(price),
                "amount": str(amount),
            }
        )

    def finished(self) -> Sheet:
        """The sheet with the currency that its texts name."""
        texts = [cell.text for row in self.rows for cell in row.cells]
        self.know(currency="VND" if any(map(_CURRENCY.search, texts)) else None)
        return self
