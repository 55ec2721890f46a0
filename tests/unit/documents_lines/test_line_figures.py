"""Figures: repeatable lines, shares of wrong letters, a table."""

from __future__ import annotations

import numpy as np
import pytest

from inspector_app.experts.line_recogniser import LineRead
from inspector_app.experts.ocr_recognition import Read
from inspector_app.learning import line_figures
from inspector_app.learning.line_figures import Line, by_family, fused, lines, table, wrong
from inspector_app.learning.line_fonts import find_fonts

CROP = np.zeros((8, 8, 3), np.uint8)


def test_lines_are_the_same_every_time() -> None:
    if not find_fonts("test"):
        pytest.skip("no font of the test split is installed")
    one, two = (lines("vietnamese", "hard", 3) for _ in range(2))
    assert [line.text for line in one] == [line.text for line in two]
    assert all(np.array_equal(a.crop, b.crop) for a, b in zip(one, two, strict=True))
    assert lines("english", "normal", 3)[0].text != lines("english", "hard", 3)[0].text


def test_shares_of_wrong_letters() -> None:
    truth = [Line(CROP, "ậb", "A"), Line(CROP, "cd", "B")]
    assert wrong(["âb", "cd"], truth) == (1, 4)
    assert wrong(["a\u0323\u0302b", "cd"], truth) == (0, 4)  # the same letter in parts
    assert by_family(["âb", "cd"], truth) == {"A": 0.5, "B": 0.0}


def test_a_reader_that_is_not_installed_has_a_dash(monkeypatch: pytest.MonkeyPatch) -> None:
    row = {"kind": "digits", "level": "hard", "lines": 2, "letters": 4}
    row |= {"RapidOCR": 0.25, "Tesseract": None, "ours": 0.5, "fused": 0.0}
    assert table([row]).splitlines()[-1] == "| digits | hard | 2 | 4 | 25.00 | – | 50.00 | 0.00 |"
    monkeypatch.setattr(line_figures.shutil, "which", lambda _: None)
    assert line_figures.tesseract([CROP]) is None


def test_both_readings_are_put_together() -> None:
    own = LineRead("Cà phê sữa", (0.99,) * 10, (0.5,) * 10)
    assert fused([Read("Cà phê sa", 0.9, (0.9,) * 9)], [own]) == ["Cà phê sữa"]
