"""Two readings of a line put together: marks from ours, letters and digits from the other."""

from __future__ import annotations

import random
import re

import pytest

from inspector_app.experts.line_charset import CHARSET, base_of, strip_marks
from inspector_app.experts.line_fusion import fuse
from inspector_app.experts.line_syllables import count_words, is_syllable


def sure(text: str, value: float = 0.99) -> list[float]:
    return [value] * len(text)


def digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())


@pytest.mark.parametrize(
    ("base", "own", "wanted"),
    [
        ("Thuc nh mt", "Thuốc nhỏ mắt", "Thuốc nhỏ mắt"),
        ("Nem rán giòn rum", "Nem rán giòn rụm", "Nem rán giòn rụm"),
        ("Hang Dä Mua Miēn Trà Lai", "Hàng Đã Mua Miễn Trả Lại", "Hàng Đã Mua Miễn Trả Lại"),
        ("PhHàng Bông", "Phố Hàng Bông", "Phố Hàng Bông"),
        ("TỐNG CNG 114.000d", "TỔNG CỘNG 114.000đ", "TỔNG CỘNG 114.000đ"),
        ("CHI THUA  MÉP TÚI", "CHỈ THỪA Ở MÉP TÚI", "CHỈ THỪA Ở MÉP TÚI"),
    ],
)
def test_marks_come_from_ours(base: str, own: str, wanted: str) -> None:
    assert fuse(base, 0.95, own, sure(own)) == wanted


def test_digits_and_plain_letters_come_from_the_general_reader() -> None:
    assert fuse("Tng: 115.000", 0.98, "Tổng: 114.O00", sure("Tổng: 114.O00")) == "Tổng: 115.000"


def test_a_word_that_cannot_be_one_gives_way_to_ours() -> None:
    assert fuse("Hàl Lòng", 0.9, "Hài Lòng", sure("Hài Lòng")) == "Hài Lòng"
    assert fuse("HUO'NG CHANH", 0.9, "HƯƠNG CHANH", sure("HƯƠNG CHANH")) == "HƯƠNG CHANH"


@pytest.mark.parametrize(
    "word", ["nghiêng", "quý", "gì", "GIỮA", "khuỷu", "Đường", "xoong", "ơi", "quốc", "thuế"]
)
def test_syllables_are_known(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["ôc", "Lal", "burger", "đạ\u0301", "nạt1", "", "nat"])
def test_other_words_are_no_syllables(word: str) -> None:
    assert not is_syllable(word)


def test_a_line_of_english_gets_no_marks() -> None:
    own = "GRILLED SALMỘN"
    assert fuse("GRILLED SALMON", 0.99, own, sure(own, 0.89)) == "GRILLED SALMON"


def test_a_digit_that_was_guessed_in_a_word_gives_way() -> None:
    base, own = "20 Ch1 thùa mép túi 617.000", "20 Chỉ thừa mép tứi 617,0O0"
    trust = [0.99] * len(base)
    assert fuse(base, trust, own, sure(own, 0.89)) == "20 Ch1 thừa mép tứi 617.000"
    trust[5] = 0.6
    assert fuse(base, trust, own, sure(own, 0.89)) == "20 Chỉ thừa mép tứi 617.000"


def test_a_lone_digit_gives_way_to_a_firm_letter_but_none_of_a_number() -> None:
    base, own = "Phùng H0u Nghia 0. 5 RM2000.35", "Phùng Hữu Nghĩa Q. 5 RM2O00.3S"
    assert fuse(base, 0.99, own, sure(own)) == "Phùng Hữu Nghĩa Q. 5 RM2000.35"


def test_a_line_that_the_general_reader_could_hardly_read_is_ours() -> None:
    base, own = "4. 09.6m 4v01 mv01 ba|9b8m", "4 Độ ẩm dưới mười hai phần trăm"
    assert fuse(base, 0.68, own, sure(own, 0.7)) == own
    assert fuse(base, 0.68, own, sure(own, 0.5)) != own
    assert fuse("251.000", 0.68, "257.000", sure("257.000")) == "251.000"


def test_what_only_ours_has_at_the_end_keeps_its_space() -> None:
    own = "Thuốc nhỏ mắt 69 ₫"
    assert fuse("Thuc nhò mt 69", 0.98, own, sure(own)) == own


def test_unsure_marks_are_not_taken() -> None:
    own = "Tổng cộng"
    assert fuse("Tong cong", 0.99, own, sure(own, 0.1)) == "Tong cong"


def test_readings_that_agree_stay() -> None:
    rng = random.Random(1)
    for _ in range(300):
        text = "".join(rng.choices(CHARSET, k=rng.randrange(30)))
        assert fuse(text, rng.random(), text, [rng.random() for _ in text]) == text


def test_sure_numbers_never_change_and_nothing_raises() -> None:
    rng = random.Random(2)
    letters = CHARSET + "äÿ×中🙂\u0301 \t0123456789"
    for _ in range(2000):
        base = "".join(rng.choices(letters, k=rng.randrange(24)))
        own = "".join(rng.choices(CHARSET + "0123456789", k=rng.randrange(24)))
        if rng.random() < 0.5:  # mostly alike, as true readings are
            own = "".join(c if rng.random() < 0.8 else rng.choice(CHARSET) for c in base)
        own_sure = [
            rng.random() for _ in range(rng.choice([len(own), len(own), rng.randrange(30)]))
        ]
        given = rng.choice([None, 0.0, 0.9, [rng.random() for _ in range(rng.randrange(30))]])
        made = fuse(base, given, own, own_sure)
        if given in (None, 0.9):
            left = iter(digits(made))
            assert all(c in left for c in "".join(re.findall(r"\d{2,}", base)))
            assert len(digits(made)) <= len(digits(base))
        assert len(made) <= len(base) + len(own)


def test_a_mark_is_taken_off_letter_by_letter() -> None:
    assert [base_of(c) for c in "ậĐđ1ơ"] == ["a", "D", "d", "1", "o"]
    assert all(len(strip_marks(c)) == 1 for c in CHARSET)


def test_words_that_speak_for_vietnamese_are_counted() -> None:
    text = "Tạm tính SEJẠTI Qtỵ 12.500 a ở"
    assert count_words(text, sure(text), 0.5) == (2, 4)
    assert count_words(text, [0.4, *sure(text)[1:]], 0.5) == (1, 4)
