"""Lines that are never the name of a shop."""

from __future__ import annotations

import pytest

from inspector_app.domain.documents import Document, Page, TextLine
from inspector_app.domain.geometry import Box
from inspector_app.parsing.documents.extract import extract


def shop(*rows: str) -> object:
    lines = tuple(
        TextLine(row, Box(0.1, 0.05 + 0.08 * n, 0.6, 0.09 + 0.08 * n)) for n, row in enumerate(rows)
    )
    return extract(Document("x.png", (Page(0, 600, 600, lines),))).field("shop").value


@pytest.mark.parametrize("line", ["TOTAL 12.50", "Tổng cộng: 125.000", "toro 134.90", "14 89.90"])
def test_a_label_or_word_with_an_amount_is_no_shop(line: str):
    assert shop(line) is None
    assert shop(line, "HARBOUR MARKET") == "HARBOUR MARKET"


def test_a_name_with_a_number_is_one():
    assert shop("Cửa hàng 24 giờ", "Sữa tươi 12.000") == "Cửa hàng 24 giờ"
