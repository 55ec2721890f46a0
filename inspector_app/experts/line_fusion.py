"""Puts two readings of a line together: a general reader's letters and digits, our marks.

The general reader (PP-OCRv6) is the better one for digits and plain Latin, but most Vietnamese
letters are not in its alphabet: it leaves them out ("Thuc nh mt" for "Thuốc nhỏ mắt"), writes a
near one ("rum" for "rụm", "Dä" for "Đã"), or a digit ("Ch1" for "Chỉ"). Ours knows them all and is
weaker on the rest. How sure the general reader is of a letter tells whether it guessed: of its
digits in blurred lines nearly all below .75 are wrong, and few above.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from inspector_app.experts.line_alignment import Pair, align
from inspector_app.experts.line_charset import base_of, is_accented
from inspector_app.experts.line_syllables import is_syllable


@dataclass(frozen=True, slots=True)
class FusionLimits:
    """How sure ours must be, 0..1; tuned on val fonts.

    Attributes:
        mark: To change the marks of a letter that both read.
        fill: To fill in a letter that only ours has, with Vietnamese marks.
        replace: To put a letter with marks in the place of another letter.
        plain: To fill in a plain letter that only ours has, beside one with marks.
        space: To fill in a space that only ours has.
        part: To part digits by a space.
        case: To write a letter large or small against the general reader.
        word: On the mean of a word of ours, a possible syllable where the other is none.
        lone: Of every changed letter in a line that shows too little Vietnamese.
        doubt: Of the general reader in a digit or sign of a Vietnamese line, below which it gives
            way to ours.
        lead: Of ours over the general reader, to take a plain letter in a Vietnamese line.
        firm: To take a letter for a digit that is no part of a number, or a sign of money for a
            letter, in a Vietnamese line.
        blurred: Of the general reader in a line of words, below which all of ours is taken,
        behind: unless ours is less sure by more than this.
        share: Least share of letters with marks in a line of Vietnamese whose words are syllables;
            two and a half times as much in another line.
    """

    mark: float = 0.15
    fill: float = 0.2
    replace: float = 0.9
    plain: float = 0.8
    space: float = 0.5
    part: float = 0.85
    case: float = 0.7
    word: float = 0.5
    lone: float = 0.9
    doubt: float = 0.75
    lead: float = 0.1
    firm: float = 0.9
    blurred: float = 0.75
    behind: float = 0.1
    share: float = 0.06


LIMITS = FusionLimits()
_DONG = "₫"
_MONEY = "$€"
_IN_NUMBERS = ".,:/-"


def fuse(
    base_text: str,
    base_confidences: Sequence[float] | float | None,
    own_text: str,
    own_confidences: Sequence[float],
    limits: FusionLimits = LIMITS,
) -> str:
    """Puts two readings of a line together.

    Args:
        base_text: What the general reader wrote.
        base_confidences: Of its letters or of the whole line; None when it does not tell.
        own_text: What ours wrote.
        own_confidences: Of its letters.
        limits: How sure ours must be.

    Returns:
        The line. Numbers that the general reader is sure of stay as they are, and so does a line
        without good signs of Vietnamese; a line of words that it could hardly read is ours.
    """
    if base_text == own_text or not own_text:
        return base_text
    sure = _fitted(own_confidences, len(own_text), 0.0)
    trust = _trust(base_confidences, len(base_text))
    if not base_text.strip():
        # Nothing to compare with: only what ours is sure of, and no digits.
        mean = sum(sure) / len(sure)
        doubtful = mean < limits.lone or any(c.isdigit() for c in own_text)
        return base_text if doubtful else own_text
    base_mean = sum(trust) / len(trust)
    worded = sum(c.isalpha() for c in own_text) > sum(c.isdigit() for c in own_text)
    behind = base_mean - sum(sure) / len(sure)
    if worded and base_mean < limits.blurred and behind <= limits.behind:
        return own_text
    vietnamese = _is_vietnamese(base_text, own_text, sure, limits)
    pairs = align(base_text, own_text, _change, _alone, _alone)
    needed = 0.0 if vietnamese else limits.lone
    made: list[str] = []
    for at, (i, j) in enumerate(pairs):
        if i is None:
            before = "".join(made[-3:])[-1:]
            made.append(_filled(base_text, own_text, sure, pairs, at, before, needed, limits))
        elif j is None:
            made.append(_kept(base_text[i], own_text, sure, trust[i], pairs, at, needed, limits))
        else:
            lone = _is_lone_digit(base_text, i)
            made.append(_chosen(base_text[i], own_text[j], sure[j], trust[i], lone, needed, limits))
    if not needed:
        _mend_words(made, base_text, own_text, sure, pairs, limits)
    return "".join(made)


def _mend_words(
    made: list[str],
    base_text: str,
    own_text: str,
    sure: Sequence[float],
    pairs: Sequence[Pair],
    limits: FusionLimits,
) -> None:
    """Puts our word where the fused one cannot be a syllable and ours can, in place."""
    start = 0
    for end in range(len(pairs) + 1):
        if end < len(pairs) and made[end] != " ":
            continue
        places = range(start, end)
        base = "".join(base_text[i] for i, _ in pairs[start:end] if i is not None)
        ours = [j for _, j in pairs[start:end] if j is not None]
        word = "".join(own_text[j] for j in ours)
        fused = "".join(made[start:end])
        if (
            len(word) > 1
            and base.isalpha()
            and word.isalpha()
            and not is_syllable(fused)
            and is_syllable(word)
            and sum(sure[j] for j in ours) / len(ours) >= limits.word
        ):
            for at in places:
                j = pairs[at][1]
                made[at] = "" if j is None else own_text[j]
        start = end + 1


def _chosen(
    base: str,
    own: str,
    sure: float,
    trust: float,
    lone: bool,
    needed: float,
    limits: FusionLimits,
) -> str:
    """The letter where both have one; `lone`: it is a digit outside numbers."""
    if base == own or sure < needed:
        return base
    if not needed and not base.isalpha() and not own.isdigit():
        firm = lone and own.isalpha() and sure >= limits.firm
        return own if firm or trust < limits.doubt else base
    if base.isdigit() or own.isdigit() or base.isspace() or own.isspace():
        return base
    if own == _DONG:
        return own if base in "dđDĐaä" and sure >= limits.mark else base
    if own in _MONEY and not needed:
        return own if sure >= limits.firm else base
    if _same_base(base, own):
        if not (is_accented(own) or is_marked(base)):
            return own if not needed and sure >= limits.case else base
        # Marks that no Vietnamese letter has are wrong whatever ours is.
        foreign = is_marked(base) and not is_accented(base)
        if not foreign and sure < limits.mark:
            return base
        return own if sure >= limits.case else _in_case_of(base, own)
    if is_accented(own) and base.isalpha() and sure >= max(limits.replace, trust - 0.25):
        return own
    if is_accented(own) and not base.isalnum() and sure >= limits.replace:
        return own
    return own if not needed and sure >= trust + limits.lead else base


def _filled(
    base_text: str,
    own_text: str,
    sure: Sequence[float],
    pairs: Sequence[Pair],
    at: int,
    before: str,
    needed: float,
    limits: FusionLimits,
) -> str:
    """What only ours has, or nothing."""
    j = pairs[at][1]
    if j is None:
        return ""
    own = own_text[j]
    if sure[j] < needed or own.isdigit():
        return ""
    if is_accented(own) or own == _DONG:
        return own if sure[j] >= limits.fill else ""
    if own == " ":
        near = (before, _after(base_text, own_text, pairs, at))
        if "" in near or " " in near:
            return ""
        within = all(c.isdigit() or c in _IN_NUMBERS for c in near)
        return own if sure[j] >= (limits.part if within else limits.space) else ""
    if own.isalpha():
        inside = any(
            0 <= k < len(own_text) and is_accented(own_text[k]) and sure[k] >= limits.mark
            for k in (j - 1, j + 1)
        )
        return own if inside and sure[j] >= limits.plain else ""
    return ""


def _is_lone_digit(text: str, at: int) -> bool:
    """Whether a digit has no other beside it, nor behind a sign that numbers hold."""
    beside = text[:at].rstrip(_IN_NUMBERS)[-1:], text[at + 1 :].lstrip(_IN_NUMBERS)[:1]
    return text[at].isdigit() and not any(c.isdigit() for c in beside)


def _after(base_text: str, own_text: str, pairs: Sequence[Pair], at: int) -> str:
    """The next letter: of the general reader, or one that only ours knows."""
    for i, j in pairs[at + 1 :]:
        if i is not None:
            return base_text[i]
        if j is not None and (is_accented(own_text[j]) or own_text[j] == _DONG):
            return own_text[j]
    return ""


def _kept(
    base: str,
    own_text: str,
    sure: Sequence[float],
    trust: float,
    pairs: Sequence[Pair],
    at: int,
    needed: float,
    limits: FusionLimits,
) -> str:
    """What only the general reader has: kept, but for marks that it wrote apart."""
    if not needed and not base.isalpha() and not base.isspace() and trust < limits.doubt:
        return ""
    if needed or base not in "'`´^~¨.,-":
        return base
    for other in (at - 1, at + 1):
        if 0 <= other < len(pairs):
            i, j = pairs[other]
            if j is not None and is_accented(own_text[j]) and sure[j] >= limits.case:
                apart = base in "'`´^~¨" or (i is None and trust < 0.8)
                return "" if apart else base
    return base


def _is_vietnamese(
    base_text: str, own_text: str, sure: Sequence[float], limits: FusionLimits
) -> bool:
    """Whether a line shows enough Vietnamese to let ours decide on marks."""
    letters = [(c, s) for c, s in zip(own_text, sure, strict=True) if c.isalpha()]
    if not letters:
        return False
    share = sum(s for c, s in letters if is_accented(c)) / len(letters)
    if any(is_marked(c) for c in base_text):
        share *= 2
    words = [word for word in own_text.split() if word.isalpha()]
    spelled = sum(map(is_syllable, words))
    return share >= (limits.share if 2 * spelled > len(words) else 2.5 * limits.share)


def is_marked(letter: str) -> bool:
    """Whether it is a letter with any marks, Vietnamese or not."""
    return letter.isalpha() and base_of(letter) != letter


def _same_base(one: str, other: str) -> bool:
    return base_of(one).lower() == base_of(other).lower() and one.isalpha() and other.isalpha()


def _in_case_of(base: str, own: str) -> str:
    """Our letter, large or small as the general reader saw it."""
    changed = own.upper() if base.isupper() else own.lower() if base.islower() else own
    return changed if len(changed) == 1 else own


def _change(base: str, own: str) -> float:
    if base == own:
        return 0.0
    if _same_base(base, own):
        return 0.1 if base.isupper() == own.isupper() else 0.2
    if base.isspace() or own.isspace():
        return 1.7
    if base.isdigit() != own.isdigit():
        return 1.3
    if base.isalpha() != own.isalpha():
        return 1.2
    return 1.0


def _alone(letter: str) -> float:
    return 0.6 if is_accented(letter) or letter.isspace() else 0.75


def _fitted(values: Sequence[float], length: int, filler: float) -> list[float]:
    made = [float(v) for v in values[:length]]
    return made + [filler] * (length - len(made))


def _trust(confidences: Sequence[float] | float | None, length: int) -> list[float]:
    if confidences is None:
        return [1.0] * length
    if isinstance(confidences, int | float):
        return [float(confidences)] * length
    return _fitted(confidences, length, 1.0)
