"""Texts and pictures of rendered lines."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import numpy as np
import pytest

from inspector_app.experts.line_charset import ACCENTED, CHARSET
from inspector_app.experts.line_input import HEIGHT, batch, prepare
from inspector_app.learning import line_test_texts
from inspector_app.learning.line_batches import Batches, encode, generator
from inspector_app.learning.line_fonts import FAMILIES, HELD_OUT, Font, find_fonts
from inspector_app.learning.line_render import LEVELS, writable
from inspector_app.learning.line_texts import corpus, training_text
from inspector_app.learning.line_words import KEYS_VI, PLACES_VI, VIETNAMESE


def test_every_letter_with_marks_occurs_in_training_texts() -> None:
    rng = np.random.default_rng(0)
    text = "".join(training_text(rng) for _ in range(6000))
    assert min(text.count(c) for c in ACCENTED) >= 20
    assert set(text) <= set(CHARSET)
    assert unicodedata.is_normalized("NFC", text)


def test_the_charset_has_each_letter_once() -> None:
    assert len(set(CHARSET)) == len(CHARSET)
    assert len(ACCENTED) == 134
    assert encode("aĐ中") == [CHARSET.index("a") + 1, CHARSET.index("Đ") + 1]


def test_phrases_of_the_figures_are_not_trained_on() -> None:
    trained = {*KEYS_VI, *PLACES_VI, *VIETNAMESE}
    assert trained.isdisjoint(line_test_texts.PHRASES_VI)
    rng = np.random.default_rng(0)
    for kind in line_test_texts.KINDS.values():
        assert set("".join(kind(rng) for _ in range(200))) <= set(CHARSET)
    assert set(line_test_texts.english(rng)).isdisjoint(ACCENTED)


def test_held_out_fonts_are_in_no_other_split() -> None:
    held = {name for names in HELD_OUT.values() for name in names}
    assert held <= set(FAMILIES)
    assert {font.family for font in find_fonts("train")}.isdisjoint(held)


@pytest.mark.parametrize("level", list(LEVELS))
def test_the_same_seed_renders_the_same_line(font: Font, level: str) -> None:
    made = [LEVELS[level]("Tổng cộng: 114.000đ", font, generator("test", at)) for at in (1, 1, 2)]
    assert np.array_equal(made[0], made[1])
    assert made[0].shape != made[2].shape or not np.array_equal(made[0], made[2])
    assert made[0].dtype == np.uint8
    assert min(made[0].shape) >= 10


def test_what_a_font_lacks_is_left_out() -> None:
    font = Font("x.ttf", "X", frozenset("₫€"))
    assert writable("5₫ €", font) == "5đ "


def test_light_letters_on_dark_look_like_dark_on_light(font: Font) -> None:
    crop = LEVELS["normal"]("Cà phê sữa đá", font, generator("test", 5))
    apart = np.abs(prepare(crop) - prepare(255 - crop))
    assert float(apart.mean()) < 0.05


@pytest.mark.parametrize("shape", [(0, 4, 3), (1, 1, 3), (3, 900, 3), (400, 2, 3), (32, 64)])
def test_crops_of_any_size_are_prepared(shape: tuple[int, ...]) -> None:
    line = prepare(np.full(shape, 9, np.uint8))
    assert line.shape[0] == HEIGHT
    assert np.isfinite(line).all()
    assert batch([line, line]).shape[3] % 4 == 0


def test_a_batch_follows_from_its_number(font: Font) -> None:
    first, second = (Batches([font], seed=3, size=4) for _ in range(2))
    for number in range(9):
        first.get(number)
    one, two = first.get(9), second.get(9)
    assert one.texts == two.texts
    assert np.array_equal(one.pictures, two.pictures)
    assert one.lengths.sum() == len(one.labels)


def test_there_is_no_corpus_without_its_file(tmp_path: Path) -> None:
    assert corpus(tmp_path / "none.jsonl") == ()
