"""Real receipts, when they are there: how well their text is read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from inspector_app.domain.documents import Document
from inspector_app.domain.geometry import Box
from inspector_app.learning.text_scores import TextScore, holds, text_score
from inspector_app.services.read_text import read_document

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
pytestmark = pytest.mark.real


def rows(name: str, split: str) -> Iterator[dict[str, Any]]:
    for line in (DATA / name / "manifest.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["split"] == split:
            yield row


def measured(name: str, split: str, most: int) -> tuple[TextScore, dict[str, float], float]:
    """Reads images; returns the score, how often the text of each field stands, and seconds."""
    score, seconds, count = TextScore(), 0.0, 0
    stands: dict[str, list[bool]] = {}
    for row in list(rows(name, split))[:most]:
        *_, document = read_document(DATA / name / row["image"])
        assert isinstance(document, Document)
        page = document.pages[0]
        score += text_score(
            [
                (text, Box.from_pixels(box, row["width"], row["height"]))
                for text, box in zip(row["text_lines"], row["line_boxes"], strict=True)
            ],
            page.lines,
        )
        text = "".join(line.text for line in page.lines)
        for key, value in row["fields"].items():
            if isinstance(value, str):
                ways = value.split(" | ")
                stands.setdefault(key, []).append(any(holds(text, way) for way in ways))
        seconds += document.seconds
        count += 1
    shares = {key: sum(found) / len(found) for key, found in stands.items()}
    return score, shares, seconds / count


def test_scanned_receipts():
    score, stands, _ = measured("sroie", "val", 6)
    assert score.recall > 0.97
    assert score.plain_cer < 0.05
    assert stands["total"] == 1.0


@pytest.mark.slow
@pytest.mark.parametrize(("name", "most_cer"), [("sroie", 0.04), ("wildreceipt", 0.09)])
def test_all_held_back_receipts(name: str, most_cer: float):
    score, stands, seconds = measured(name, "val", 1000)
    told = {key: round(share, 3) for key, share in stands.items()}
    print(name, score, f"cer {score.cer:.4f} plain {score.plain_cer:.4f}", told, f"{seconds:.2f} s")  # noqa: T201
    assert score.plain_cer < most_cer
