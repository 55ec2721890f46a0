"""Whether a short answer is right: normal forms, exact match, token F1, VQA accuracy.

English follows the evaluation of VQA (Antol et al. 2015, "VQA"): small letters, no punctuation, no
articles, number words as digits; where it puts apostrophes in, here both sides lose theirs.
Vietnamese is compared in NFC with tone marks on the newer place ("hòa", not "hoà").
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

_ARTICLES = frozenset({"a", "an", "the"})
_DIGITS = {
    "en": {"none": "0"}
    | {word: str(n) for n, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"])},
    "vi": {word: str(n) for n, word in enumerate(
        ["một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"], 1)},
}  # fmt: skip
_YES_NO = {"en": frozenset({"yes", "no"}), "vi": frozenset({"có", "không"})}
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[.,](?=\d)")
_KEPT = "\x00"
# Tone marks on the second vowel of an open "oa", "oe", "uy" (older spelling) and on the first.
_TONES = {
    old: new
    for olds, news in (("oà oá oả oã oạ", "òa óa ỏa õa ọa"), ("oè oé oẻ oẽ oẹ", "òe óe ỏe õe ọe"),
                       ("uỳ uý uỷ uỹ uỵ", "ùy úy ủy ũy ụy"))
    for old, new in zip(olds.split(), news.split(), strict=True)
}  # fmt: skip
_OPEN_SYLLABLE = re.compile(rf"(?<!q)({'|'.join(_TONES)})\b")


def normal(text: str, language: str = "en") -> str:
    """Returns the form in which answers are compared: words parted by single spaces."""
    text = unicodedata.normalize("NFC", text).casefold()
    text = re.sub(r"['’`]", "", text)
    text = _BETWEEN_DIGITS.sub(_KEPT, text)
    text = re.sub(r"[^\w\s\x00]|_", " ", text).replace(_KEPT, ".")
    digits = _DIGITS.get(language, {})
    if language == "vi":
        text = _OPEN_SYLLABLE.sub(lambda found: _TONES[found[1]], text)
        # Vietnamese number words are ordinary words within a phrase ("ba lô", "năm nay").
        words = text.split()
        return digits.get(words[0], words[0]) if len(words) == 1 else " ".join(words)
    return " ".join(digits.get(word, word) for word in text.split() if word not in _ARTICLES)


def words_of(text: str, language: str = "en") -> list[str]:
    """Words of an answer in its normal form; Vietnamese ones are segmented, not cut at spaces."""
    plain = normal(text, language)
    return list(_segmented(plain)) if language == "vi" else plain.split()


@lru_cache(maxsize=4096)
def _segmented(text: str) -> tuple[str, ...]:
    from pyvi import ViTokenizer

    return tuple(ViTokenizer.tokenize(text).split())


def exact(answer: str, right: Sequence[str], language: str = "en") -> bool:
    """Whether an answer is one of those that are right, in normal form."""
    given = normal(answer, language)
    return bool(given) and any(given == normal(wanted, language) for wanted in right)


def token_f1(answer: str, right: Sequence[str], language: str = "en") -> float:
    """Harmonic mean of the shares of words in common; of the right answer that fits best."""
    given = Counter(words_of(answer, language))
    best = 0.0
    for wanted in right:
        words = Counter(words_of(wanted, language))
        common = sum((given & words).values())
        if common:
            precision, recall = common / given.total(), common / words.total()
            best = max(best, 2 * precision * recall / (precision + recall))
    return best


def vqa_accuracy(answer: str, right: Sequence[str], language: str = "en") -> float:
    """The accuracy of VQA: an answer that three of the other people gave counts whole.

    Mean, over leaving out each person in turn, of min(people who said so / 3, 1). With fewer than
    four people one who said so is enough, since the rule has nothing to count.
    """
    given = normal(answer, language)
    said = [normal(wanted, language) == given for wanted in right]
    if not given or not said:
        return 0.0
    if len(said) < 4:
        return float(any(said))
    total = sum(said)
    return sum(min((total - mine) / 3, 1.0) for mine in said) / len(said)


def kind_of(question_type: str, right: Sequence[str], language: str = "en") -> str:
    """Kind of a question: "yes/no", "number" or "other", by the data set or by the answer."""
    named = question_type.casefold().replace("_", "/")
    if named in ("yes/no", "number"):
        return named
    plain = normal(right[0], language) if right else ""
    if plain in _YES_NO.get(language, frozenset()):
        return "yes/no"
    return "number" if not named and re.fullmatch(r"[\d.]+", plain) else "other"
