"""Words, numbers and times of the reports."""

from __future__ import annotations

import re

import pytest

from inspector_app.reports.texts import TEXTS, Words, one_line


def test_every_language_has_every_text() -> None:
    assert set(TEXTS["vi"]) == set(TEXTS["en"])


@pytest.mark.parametrize("key", sorted(TEXTS["en"]))
def test_translations_have_the_same_places(key: str) -> None:
    places = [sorted(re.findall(r"{(\w+)}", TEXTS[language][key])) for language in ("en", "vi")]
    assert places[0] == places[1]
    assert TEXTS["vi"][key].strip()


@pytest.mark.parametrize(
    ("value", "english", "vietnamese"),
    [(0.5, "0.500", "0,500"), (1.5, "1.50", "1,50"), (123.4, "123", "123"), (0.0, "0", "0"),
     (None, "", ""), (-2.0, "-2.00", "-2,00")],
)  # fmt: skip
def test_numbers(value: float | None, english: str, vietnamese: str) -> None:
    assert Words("en").number(value) == english
    assert Words("vi").number(value) == vietnamese


def test_counts_and_shares() -> None:
    assert (Words("en").whole(9871), Words("vi").whole(9871)) == ("9,871", "9.871")
    assert (Words("en").percent(0.125), Words("vi").percent(1.0)) == ("12.5 %", "100 %")


def test_times() -> None:
    stamp = "2026-03-04T05:06:07.123456+00:00"
    assert Words("en").time(stamp) == "4 Mar 2026, 05:06 UTC"
    assert Words("vi").time(stamp) == "04/03/2026 05:06 UTC"
    assert Words("en").time("") == ""


def test_one_line_drops_what_cannot_be_seen() -> None:
    assert one_line("a\n b\x00\u202ec") == "a b c"
    assert one_line("e\u0302\u0301") == "ế"
    assert one_line("x" * 400, 10) == "x" * 9 + "…"
