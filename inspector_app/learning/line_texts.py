"""Texts for rendered lines: receipts, addresses, numbers, Vietnamese syllables, English words.

Syllables are built from the parts of the Vietnamese syllable, so that every accented letter occurs
often and no corpus is needed; the vocabulary below was written for this program.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import numpy as np

from inspector_app.experts.line_charset import ACCENTED, CHARSET, base_of
from inspector_app.learning.line_words import (
    ENGLISH,
    KEYS_EN,
    KEYS_VI,
    PLACES_VI,
    VIETNAMESE,
    parts,
)

Random = np.random.Generator

_ONSETS = parts(
    "-|b|c|ch|d|đ|g|gh|gi|h|k|kh|l|m|n|ng|ngh|nh|p|ph|qu|r|s|t|th|tr|v|x|b|c|d|đ|h|l|m|n|t|v"
)
_NUCLEI = parts(
    "a|ă|â|e|ê|i|o|ô|ơ|u|ư|y|a|ă|â|ê|ô|ơ|ư|ia|iê|yê|ua|uô|ưa|ươ|ươ|oa|oă|oe|uê|uy|uyê|uâ|iê|"
    "uô|ai|ao|au|ay|âu|ây|eo|êu|iu|oi|ôi|ơi|ui|ưi|ưu|ươi|uôi|iêu|oai|uya"
)
_CODAS = ["", "", "", "", "c", "ch", "m", "n", "ng", "nh", "p", "t", "n", "ng"]
_TONES = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
_TONE_PLACE = "ăâêôơưaeoiuy"


def pick(rng: Random, items: Sequence[str]) -> str:
    """One of the items."""
    return items[int(rng.integers(len(items)))]


def syllable(rng: Random) -> str:
    """One syllable that Vietnamese spelling allows, or nearly."""
    nucleus = pick(rng, _NUCLEI)
    closed = nucleus[-1] not in "iuoy" or len(nucleus) == 1
    coda = pick(rng, _CODAS) if closed else ""
    tone = pick(rng, _TONES)
    if tone:
        # The tone stands on the marked vowel, else on the middle or first one.
        marked = [i for i, c in enumerate(nucleus) if base_of(c) != c]
        at = (
            marked[-1]
            if marked
            else (1 if len(nucleus) == 3 or (coda and len(nucleus) == 2) else 0)
        )
        nucleus = nucleus[: at + 1] + tone + nucleus[at + 1 :]
    return unicodedata.normalize("NFC", pick(rng, _ONSETS).strip("-") + nucleus + coda)


def cased(rng: Random, text: str) -> str:
    """The text in lower, upper or title case."""
    kind = rng.random()
    if kind < 0.34:
        return text.upper()
    if kind < 0.6:
        return " ".join(w[:1].upper() + w[1:] for w in text.split(" "))
    if kind < 0.75:
        return text[:1].upper() + text[1:]
    return text


def amount(rng: Random) -> str:
    """A sum of money as receipts write it."""
    value = int(rng.integers(1, 1000)) * int(rng.choice([1, 1, 500, 1000, 1000, 1000, 10000]))
    kind = rng.random()
    if kind < 0.5:
        text = f"{value:,}".replace(",", ".")
        return text + pick(rng, ["", "", "đ", "đ", " đ", " VND", " VNĐ", "₫", " ₫"])
    if kind < 0.7:
        return f"{value:,}" + pick(rng, ["", "", " đ", " VND"])
    cents = f"{value % 10000}.{int(rng.integers(100)):02d}"
    return pick(rng, ["", "", "$", "RM ", "€", "RM", "-"]) + cents


def date(rng: Random) -> str:
    """A date or a time, or both."""
    day, month, year = rng.integers(1, 29), rng.integers(1, 13), rng.integers(2008, 2031)
    mark = pick(rng, ["/", "/", "-", "."])
    text = pick(
        rng,
        [
            f"{day:02d}{mark}{month:02d}{mark}{year}",
            f"{day:02d}{mark}{month:02d}{mark}{year % 100:02d}",
            f"{year}-{month:02d}-{day:02d}",
            f"Ngày {day:02d} tháng {month:02d} năm {year}",
        ],
    )
    clock = f"{rng.integers(24):02d}:{rng.integers(60):02d}" + pick(
        rng, ["", f":{rng.integers(60):02d}", " AM", " PM"]
    )
    return pick(rng, [text, text, f"{text} {clock}", clock])


def code(rng: Random) -> str:
    """A number of a phone, taxpayer, receipt or article."""
    digits = "".join(map(str, rng.integers(0, 10, 13)))
    letters = "".join(chr(65 + int(i)) for i in rng.integers(0, 26, 3))
    return pick(
        rng,
        [
            f"0{digits[:9]}",
            f"0{digits[:3]} {digits[3:6]} {digits[6:9]}",
            f"(028) {digits[:4]} {digits[4:8]}",
            f"+84 {digits[:2]} {digits[2:5]} {digits[5:9]}",
            f"1900 {digits[:4]}",
            f"{digits[:10]}-0{digits[10:12]}",
            digits[:10],
            digits,
            f"{letters[:2]}{digits[:6]}",
            f"{letters}-{digits[:4]}",
            f"#{digits[:5]}",
            f"{letters[0]}{digits[0]}-{digits[1:4]}{letters[1]}",
        ],
    )


def number_line(rng: Random) -> str:
    """Digits and signs alone."""
    kind = rng.random()
    if kind < 0.35:
        return amount(rng)
    if kind < 0.55:
        return date(rng).replace("Ngày", "").strip()
    if kind < 0.75:
        return code(rng)
    each = int(rng.integers(1, 20))
    return f"{each} x {amount(rng)}" if kind < 0.85 else f"{each}  {amount(rng)}  {amount(rng)}"


def address(rng: Random) -> str:
    """An address, or a part of one."""
    house = f"{rng.integers(1, 900)}" + pick(rng, ["", "", "A", f"/{rng.integers(1, 90)}", "Bis"])
    parts = [
        f"{house} {pick(rng, ['', 'Đường ', 'đường '])}{pick(rng, PLACES_VI)}",
        f"{pick(rng, ['P.', 'Phường', 'phường', 'Xã', 'KP'])} {_district(rng, 25)}",
        f"{pick(rng, ['Q.', 'Quận', 'quận', 'Huyện', 'TX'])} {_district(rng, 13)}",
        pick(
            rng, ["TP.HCM", "TP. Hồ Chí Minh", "Hà Nội", "Đà Nẵng", "Việt Nam", "TP Huế", "Cần Thơ"]
        ),
    ]
    start = int(rng.integers(3))
    stop = start + int(rng.integers(1, 5 - start))
    return pick(rng, ["", "", "ĐC: ", "Địa chỉ: ", "Đ/c: "]) * (start == 0) + ", ".join(
        parts[start:stop]
    )


def _district(rng: Random, most: int) -> str:
    return pick(rng, [pick(rng, PLACES_VI), str(rng.integers(1, most))])


def vietnamese(rng: Random) -> str:
    """Words of receipts and documents, with what follows them."""
    kind = rng.random()
    if kind < 0.3:
        return cased(rng, " ".join(pick(rng, VIETNAMESE) for _ in range(int(rng.integers(1, 3)))))
    if kind < 0.6:
        key = pick(rng, KEYS_VI)
        key = key.upper() if rng.random() < 0.35 else key
        value = pick(
            rng, [amount(rng), amount(rng), date(rng), code(rng), cased(rng, syllable(rng))]
        )
        return f"{key}{pick(rng, [':', ': ', ' ', ' : ', '  '])}{value}"
    if kind < 0.8:
        return cased(rng, address(rng)) if rng.random() < 0.3 else address(rng)
    if kind < 0.9:
        mark = pick(rng, [". ", " ", " x ", ") "])
        return f"{rng.integers(1, 30)}{mark}{pick(rng, VIETNAMESE)} {amount(rng)}"
    return pick(rng, KEYS_VI).upper()


def syllables(rng: Random) -> str:
    """Random syllables."""
    return cased(rng, " ".join(syllable(rng) for _ in range(int(rng.integers(1, 6)))))


def english(rng: Random) -> str:
    """Words of English receipts, with what follows them."""
    words = [pick(rng, ENGLISH) for _ in range(int(rng.integers(1, 5)))]
    kind = rng.random()
    if kind < 0.5:
        return cased(rng, " ".join(words))
    if kind < 0.8:
        key = pick(rng, KEYS_EN)
        key = key.upper() if rng.random() < 0.35 else key
        value = pick(rng, [amount(rng), date(rng), code(rng)])
        return f"{key}{pick(rng, [':', ': ', ' ', ' : '])}{value}"
    return f"{rng.integers(1, 30)} {cased(rng, words[0])} {amount(rng)}".replace("đ", "").replace(
        "Đ", "D"
    )


def letters(rng: Random) -> str:
    """Any characters, the accented ones most, so that none is rare."""
    words: list[str] = []
    for _ in range(int(rng.integers(1, 4))):
        pool = pick(rng, [ACCENTED, ACCENTED, CHARSET[1:]])
        words.append("".join(pick(rng, pool) for _ in range(int(rng.integers(1, 8)))))
    return " ".join(words)


@cache
def corpus(path: Path) -> tuple[str, ...]:
    """Sentences of a manifest of questions and answers (val split); none when it is not there."""
    if not path.is_file():
        return ()
    found: dict[str, None] = {}
    for line in path.read_text("utf-8").splitlines():
        entry = json.loads(line)
        if entry.get("split") == "val":
            for text in (entry["question"], entry["answer"], *entry.get("explanation", ())):
                clean = unicodedata.normalize("NFC", str(text))
                if clean and all(c in CHARSET for c in clean):
                    found[clean] = None
    return tuple(found)


def sentence(rng: Random, texts: Sequence[str]) -> str:
    """Some words in a row from a sentence."""
    words = pick(rng, texts).split(" ")
    start = int(rng.integers(len(words)))
    return cased(rng, " ".join(words[start : start + int(rng.integers(1, 8))]))


KINDS: dict[str, Callable[[Random], str]] = {
    "vietnamese": vietnamese,
    "english": english,
    "digits": number_line,
    "syllables": syllables,
    "letters": letters,
}


def training_text(rng: Random, texts: Sequence[str] = (), longest: int = 36) -> str:
    """A text of any kind, in the shares that training uses.

    Args:
        rng: Decides everything.
        texts: Sentences of a corpus; without them syllables take their share.
        longest: Characters at most.
    """
    kind = rng.random()
    if kind < 0.34:
        made = vietnamese(rng)
    elif kind < 0.62:
        made = syllables(rng)
    elif kind < 0.76:
        made = sentence(rng, texts) if texts else syllables(rng)
    elif kind < 0.85:
        made = english(rng)
    elif kind < 0.94:
        made = number_line(rng)
    else:
        made = letters(rng)
    if len(made) > longest:
        start = int(rng.integers(len(made) - longest + 1))
        made = made[start : start + longest]
    return made.strip() or syllable(rng)
