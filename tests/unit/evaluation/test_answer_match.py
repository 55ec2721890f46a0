"""Short answers: normal forms and what counts as right, by hand-worked cases."""

import pytest

from inspector_app.learning.answer_match import (
    exact,
    kind_of,
    normal,
    token_f1,
    vqa_accuracy,
    words_of,
)


@pytest.mark.parametrize(
    ("text", "language", "wanted"),
    [
        ("The  Cat.", "en", "cat"),
        ("two dogs", "en", "2 dogs"),
        ("None", "en", "0"),
        ("Don't know!", "en", "dont know"),
        ("1,250.5", "en", "1.250.5"),
        ("a", "en", ""),
        ("Ba", "vi", "3"),
        ("ba lô", "vi", "ba lô"),
        ("hoà bình", "vi", "hòa bình"),
        ("thuý quý hoàn", "vi", "thúy quý hoàn"),
        ("a\u0301 đỏ", "vi", "á đỏ"),  # decomposed letters
        ("không", "vi", "không"),
    ],
)
def test_normal_form(text: str, language: str, wanted: str) -> None:
    assert normal(text, language) == wanted


def test_exact_takes_any_right_answer_and_never_an_empty_one() -> None:
    assert exact("The red one", ["blue", "red 1"])
    assert not exact("red", ["blue"])
    assert not exact("", [""])
    assert not exact("the", ["a"])  # nothing is left of either


def test_token_f1_by_hand() -> None:
    # 2 of 3 given words and 2 of 4 right ones: 2 * (2/3 * 1/2) / (2/3 + 1/2) = 4/7
    assert token_f1("red big scratch", ["red scratch upper left"]) == pytest.approx(4 / 7)
    assert token_f1("blue", ["red"]) == 0.0
    assert token_f1("red red", ["red"]) == pytest.approx(2 / 3)  # a word counts as often as it is
    assert token_f1("x", ["y", "x"]) == 1.0


def test_vietnamese_words_are_segmented() -> None:
    assert words_of("Hóa đơn bán hàng", "vi") == ["hóa_đơn", "bán", "hàng"]
    # One word of two is shared; by syllables it would be two of three.
    assert token_f1("hóa đơn", ["hóa đơn cũ"], "vi") == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("same", "wanted"),
    [(0, 0.0), (1, 0.3), (2, 0.6), (3, 0.9), (4, 1.0), (10, 1.0)],
)
def test_vqa_accuracy_of_ten_people(same: int, wanted: float) -> None:
    """The published table: leaving out each of ten people in turn."""
    people = ["yes"] * same + [f"other {n}" for n in range(10 - same)]
    assert vqa_accuracy("Yes", people) == pytest.approx(wanted)


def test_vqa_accuracy_of_one_person_is_exact_match() -> None:
    assert vqa_accuracy("yes", ["Yes."]) == 1.0
    assert vqa_accuracy("no", ["yes"]) == 0.0
    assert vqa_accuracy("", [""]) == 0.0


def test_kinds_of_questions() -> None:
    assert kind_of("yes/no", ["blue"]) == "yes/no"
    assert kind_of("color", ["blue"]) == "other"
    assert kind_of("", ["Không"], "vi") == "yes/no"
    assert kind_of("", ["ba"], "vi") == "number"
    assert kind_of("", ["7"]) == "number"
    assert kind_of("", []) == "other"
