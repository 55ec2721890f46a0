"""Whether a word can be a Vietnamese syllable by its spelling."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from inspector_app.experts.line_charset import is_accented

_TONES = "\u0300\u0301\u0309\u0303\u0323"
_ONSET = "ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnpqrstvx]"
_RHYMES = (
    "a|ac|ach|ai|am|an|ang|anh|ao|ap|at|au|ay|ăc|ăm|ăn|ăng|ăp|ăt|âc|âm|ân|âng|âp|ât|âu|ây|"
    "e|ec|em|en|eng|eo|ep|et|ê|êch|êm|ên|ênh|êp|êt|êu|i|ich|im|in|inh|ip|it|iu|ia|"
    "iêc|iêm|iên|iêng|iêp|iêt|iêu|o|oc|oi|om|on|ong|op|ot|ooc|oong|"
    "oa|oac|oach|oai|oan|oang|oanh|oao|oap|oat|oay|oăc|oăm|oăn|oăng|oăt|oe|oen|oeo|oet|"
    "ô|ôc|ôi|ôm|ôn|ông|ôp|ôt|ơ|ơi|ơm|ơn|ơp|ơt|u|ua|uc|ui|um|un|ung|up|ut|"
    "uân|uâng|uât|uây|uê|uêch|uênh|uôc|uôi|uôm|uôn|uông|uôt|uơ|"
    "uy|uya|uych|uyn|uynh|uyt|uyu|uyên|uyêt|ư|ưa|ưc|ưi|ưm|ưn|ưng|ưt|ưu|"
    "ươc|ươi|ươm|ươn|ương|ươp|ươt|ươu|y|yêm|yên|yêng|yêt|yêu"
)
_SYLLABLE = re.compile(f"(?:{_ONSET})?(?:{_RHYMES})")
_STOPS = ("c", "ch", "p", "t")
WORD = re.compile(r"[^\W\d_]{2,}")


def is_syllable(word: str) -> bool:
    """Whether Vietnamese spelling allows the word; in any case of letters.

    Args:
        word: Letters alone.
    """
    letters = unicodedata.normalize("NFD", word.lower())
    tones = [c for c in letters if c in _TONES]
    if len(tones) > 1:
        return False
    plain = unicodedata.normalize("NFC", "".join(c for c in letters if c not in _TONES))
    if not _SYLLABLE.fullmatch(plain):
        return False
    # A syllable that ends in a stop has one of two tones.
    return not plain.endswith(_STOPS) or (bool(tones) and tones[0] in "\u0301\u0323")


def count_words(text: str, confidences: Sequence[float], sure: float) -> tuple[int, int]:
    """Counts what speaks for Vietnamese: other languages read by ours get marks that spell nothing.

    Args:
        text: As our recogniser read it.
        confidences: Of its letters, 0..1.
        sure: Least confidence of every letter of a word that counts.

    Returns:
        Words with marks that Vietnamese spelling allows, and all words of two letters and more.
    """
    found = list(WORD.finditer(text))
    spelled = sum(
        any(map(is_accented, word[0]))
        and is_syllable(word[0])
        and min(confidences[word.start() : word.end()]) >= sure
        for word in found
    )
    return spelled, len(found)
