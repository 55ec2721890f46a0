"""Two readers on a page: ours is asked about a few lines, about all where they are Vietnamese."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from inspector_app.domain.documents import TextLine
from inspector_app.domain.geometry import Box
from inspector_app.experts import document_reader
from inspector_app.experts.document_reader import DocumentReader
from inspector_app.experts.line_recogniser import LineRead
from inspector_app.experts.ocr import PageText, TextReader

PIXELS = np.full((400, 300, 3), 255, np.uint8)


def page(texts: Sequence[str]) -> PageText:
    count = len(texts)
    lines = (
        TextLine(text, Box(0.1, n / count, 0.9, (n + 0.8) / count), 0.95)
        for n, text in enumerate(texts)
    )
    return PageText(tuple(lines))


def read(
    monkeypatch: pytest.MonkeyPatch, base: Sequence[str], own: dict[str, str]
) -> tuple[PageText, int]:
    """Reads a page where the readers say these texts; returns it and the lines ours was asked."""
    asked: list[str] = []

    class Own:
        def read(self, crops: Sequence[Any]) -> list[LineRead]:
            asked.extend(str(crop) for crop in crops)
            texts = [own.get(str(crop), str(crop)) for crop in crops]
            return [LineRead(text, (0.99,) * len(text), (0.0,) * len(text)) for text in texts]

    monkeypatch.setattr(TextReader, "read_page", lambda *_: page(base))
    monkeypatch.setattr(document_reader, "crops", lambda _, lines: [line.text for line in lines])
    reader = DocumentReader.__new__(DocumentReader)
    reader._own = Own()  # type: ignore[assignment]
    return reader.read_page(PIXELS), len(asked)


def test_vietnamese_gets_its_marks_and_keeps_its_digits(monkeypatch: pytest.MonkeyPatch):
    base = ("Tng cng tin hàng", "127.000", "Thuc nh mt")
    own = {
        "Tng cng tin hàng": "Tổng cộng tiền hàng",
        "127.000": "121.000",
        "Thuc nh mt": "Thuốc nhỏ mắt",
    }
    found, asked = read(monkeypatch, base, own)
    assert [line.text for line in found.lines] == [
        "Tổng cộng tiền hàng",
        "127.000",
        "Thuốc nhỏ mắt",
    ]
    assert [line.base for line in found.lines] == ["Tng cng tin hàng", "", "Thuc nh mt"]
    assert asked == 3


def test_on_an_english_page_only_a_few_lines_are_read_twice(monkeypatch: pytest.MonkeyPatch):
    base = [f"GREEN TEA NO {number}" for number in range(30)]
    found, asked = read(monkeypatch, base, {})
    assert [line.text for line in found.lines] == base
    assert not any(line.base for line in found.lines)
    assert asked == 12


def test_marks_that_spell_nothing_do_not_come_onto_an_english_page(
    monkeypatch: pytest.MonkeyPatch,
):
    base = ["FUYI MINIMARKET", "Total (Inclusive of GST):", "TAMAN SEJATI", "Description", "Kuala"]
    own = {
        "FUYI MINIMARKET": "FUÝÍ MÍNIMARKẸT",
        "Total (Inclusive of GST):": "Total (Inc lusive of GST):",
        "TAMAN SEJATI": "TẠMẴN SEJẠTI",
        "Kuala": "Kua la",
    }
    found, _ = read(monkeypatch, base, own)
    assert [line.text for line in found.lines] == base


def test_a_vietnamese_line_of_an_english_page_gets_its_marks(monkeypatch: pytest.MonkeyPatch):
    base = [f"GREEN TEA AND BLACK COFFEE WITH MILK AND SUGAR NO {number}" for number in range(11)]
    name = "Công ty c phn bánh ko Hi Hà"
    found, asked = read(
        monkeypatch, [*base, name, "TOTAL"], {name: "Công ty cổ phần bánh kẹo Hải Hà"}
    )
    assert [line.text for line in found.lines[-2:]] == ["Công ty cổ phần bánh kẹo Hải Hà", "TOTAL"]
    assert asked == 12


def test_a_page_without_text_asks_nobody(monkeypatch: pytest.MonkeyPatch):
    assert read(monkeypatch, (), {}) == (PageText(()), 0)
