"""How like a text is to the texts it should be: ANLS, ROUGE-L, chrF, BLEU. All are 0..1.

Words are runs of letters and digits in NFC, so that Vietnamese letters keep their marks (the usual
ROUGE tokenizer throws them away).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

import numpy as np
from rapidfuzz.distance import LCSseq, Levenshtein

from inspector_app.learning.metrics import Metric, bootstrap

_WORD = re.compile(r"\w+")
_ROUNDS = 200  # a corpus score costs more than a mean


def words(text: str) -> list[str]:
    """Words in small letters, marks kept."""
    return _WORD.findall(unicodedata.normalize("NFC", text).casefold())


def anls(text: str, right: Sequence[str], limit: float = 0.5) -> float:
    """Average normalised Levenshtein similarity (Biten et al. 2019, "ST-VQA") of one answer.

    Args:
        text: The answer.
        right: Answers that are right; the likest counts.
        limit: Distance from which an answer is simply wrong.
    """
    distances = [
        Levenshtein.normalized_distance(_plain(text), _plain(wanted)) if wanted or text else 0.0
        for wanted in right
    ]
    best = min(distances, default=1.0)
    return 1.0 - best if best < limit else 0.0


def rouge_l(text: str, right: Sequence[str]) -> float:
    """ROUGE-L (Lin 2004) with equal weight of precision and recall; the likest counts."""
    given = words(text)
    best = 0.0
    for wanted in map(words, right):
        common = LCSseq.similarity(given, wanted)
        if common:
            best = max(best, 2 * common / (len(given) + len(wanted)))
    return best


def chrf(text: str, right: Sequence[str]) -> float:
    """F-score of character n-grams, chrF (Popovic 2015), of one text, by sacrebleu."""
    from sacrebleu.metrics.chrf import CHRF

    if not right:
        return 0.0
    return CHRF().sentence_score(_nfc(text), [_nfc(wanted) for wanted in right]).score / 100


def corpus_bleu(texts: Sequence[str], right: Sequence[Sequence[str]]) -> Metric:
    """BLEU (Papineni et al. 2002) over all texts by sacrebleu, with a bootstrap interval.

    Args:
        texts: `[n]`.
        right: Of each text those that are right; their number may differ.
    """
    from sacrebleu.metrics.bleu import BLEU

    bleu = BLEU(tokenize="intl", lowercase=True, effective_order=True)
    most = max((len(each) for each in right), default=0)

    def score(index: np.ndarray) -> float:
        chosen = [int(i) for i in index]
        given = [_nfc(texts[i]) for i in chosen]
        # sacrebleu takes columns of references; one that is missing is None.
        columns: list[Any] = [
            [_nfc(right[i][column]) if column < len(right[i]) else None for i in chosen]
            for column in range(most)
        ]
        return bleu.corpus_score(given, columns).score / 100

    return bootstrap(score, len(texts), rounds=_ROUNDS)


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _plain(text: str) -> str:
    return " ".join(_nfc(text).casefold().split())
