"""Likeness of texts: by hand, and against the libraries where there is one."""

import jiwer
import numpy as np
import pytest
from rapidfuzz.distance import Levenshtein

from inspector_app.learning.text_likeness import anls, chrf, corpus_bleu, rouge_l, words


def test_words_keep_vietnamese_marks() -> None:
    assert words("Tổng cộng: 1.250.000đ!") == ["tổng", "cộng", "1", "250", "000đ"]
    assert rouge_l("hoa don", ["hóa đơn"]) == 0.0


def test_anls_by_hand() -> None:
    assert anls("kitten", ["sitting"]) == pytest.approx(1 - 3 / 7)
    assert anls("abc", ["xyz", "abd"]) == pytest.approx(1 - 1 / 3)
    assert anls("ab", ["cd"]) == 0.0
    assert anls("ab", ["ac"]) == 0.0  # half wrong is wrong
    assert anls("Total", ["total"]) == 1.0
    assert anls("", []) == 0.0


def test_rouge_l_by_hand() -> None:
    # The longest common subsequence is "police the gunman": 3 of 4 and 3 of 4.
    assert rouge_l("police killed the gunman", ["police ended the gunman"]) == pytest.approx(0.75)
    # "the gunman": 2 of 4 and 2 of 4
    assert rouge_l("the gunman kill police", ["police ended the gunman"]) == pytest.approx(0.5)
    assert rouge_l("", ["x"]) == 0.0


def test_chrf_of_equal_and_of_strange_texts() -> None:
    assert chrf("vết xước dài", ["vết xước dài"]) == pytest.approx(1.0)
    assert chrf("abc", ["xyz"]) == 0.0
    assert chrf("x", []) == 0.0


def test_chrf_by_hand() -> None:
    # Order 1 alone: "ab" against "ac": 1 of 2 both ways; order 2: 0 of 1. Precision and recall are
    # both (1/2 + 0) / 2 = 1/4, and so is their F-score.
    assert chrf("ab", ["ac"]) == pytest.approx(0.25)


def test_corpus_bleu_by_hand() -> None:
    # Four words, all right, but the paper's brevity penalty for four instead of five words.
    one = corpus_bleu(["the cat is here"], [["the cat is here now"]])
    assert one.value == pytest.approx(np.exp(1 - 5 / 4))
    two = corpus_bleu(["the cat is here"], [["no", "the cat is here"]])
    assert two.value == pytest.approx(1.0)
    assert two.n == 1


def test_corpus_bleu_takes_different_numbers_of_references() -> None:
    found = corpus_bleu(
        ["the cat is here", "a dog runs off"], [["x", "the cat is here"], ["a dog runs off"]]
    )
    assert found.value == pytest.approx(1.0)
    assert found.low == pytest.approx(1.0)


@pytest.mark.parametrize(("one", "two"), [("hóa đơn", "hoá đơn"), ("kitten", "sitting"), ("a", "")])
def test_letters_wrong_are_those_of_jiwer(one: str, two: str) -> None:
    counted = jiwer.process_characters(one, two)
    edits = counted.substitutions + counted.deletions + counted.insertions
    assert Levenshtein.distance(one, two) == edits
