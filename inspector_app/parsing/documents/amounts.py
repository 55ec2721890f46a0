"""Amounts of money as receipts write them, in Vietnamese and English notation.

Which mark parts the thousands and which the decimals is a question to the whole document: `114.000`
is a hundred and fourteen thousand beside `1.250.000 đ`, and a weight beside `39.90`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

_D = r"[\dOoQIl|SB]"  # a digit, or a letter that readers take one for
_LOOKS = str.maketrans("OoQIl|SB", "00011158")
_CURRENCIES: tuple[tuple[str, str], ...] = (
    (
        "VND",
        r"VN[DĐÐ]|₫|(?<=[\dkK])\s?[đĐ](?:ồng|ong)?(?![A-Za-zÀ-ỹ])|đồng|(?<=\d{3})\s?d(?![A-Za-zÀ-ỹ])",
    ),
    ("MYR", r"RM|RN(?=\s?\d)|MYR"),
    ("SGD", r"S\$|SGD"),
    ("USD", r"US\$|USD|\$"),
    ("EUR", r"€|EUR"),
    ("GBP", r"£|GBP"),
    ("IDR", r"Rp\.?(?=\s?\d)|IDR"),
    ("INR", r"Rs\.?(?=\s?[\dlI])|INR|₹"),
    ("THB", r"฿|THB"),
    ("JPY", r"¥|JPY"),
)
_MARK = "|".join(pattern for _, pattern in _CURRENCIES)
_NUMBER = (
    # 1.250.000, 1,234.50, 90.O00: groups of three, decimals perhaps
    rf"\d{_D}{{0,2}}(?:\s?[.,'’]\s?[\dOo]{{3}}(?![.,]?\d{{4}}))+(?:\s?[.,]\s?{_D}{{2}}(?!\d))?(?![\dO])"
    # 22.5 1 and nothing behind it: the reader saw a gap
    r"|(?<![\w.,])\d{1,5}[.,]\d\s\d(?=\s*$)"
    # 33.90, 33. 90, 5O.OO, 35.0000, O.50
    rf"|(?:\d{_D}{{0,6}}|[OolI])\s?[.,]\s?(?:{_D}{{2}}(?![\d])|\d{{4}}(?!\d)|\d(?!\d))"
    # .02
    r"|(?<![\d.,])[.,]\d{2}(?!\d)"
    # 500, 30k
    r"|\d+"
)
_AMOUNT = re.compile(
    rf"(?P<open>\(\s?)?(?P<sign>[-−–]\s?)?(?P<mark>(?:(?<![A-Za-z])(?:{_MARK})\s?:?\s?)?)"
    rf"(?P<inner>[-−–]\s?)?(?P<number>{_NUMBER})"
    rf"(?P<k>\s?[kK](?![A-Za-zÀ-ỹ]))?(?P<after>\s?(?:{_MARK})(?![a-zà-ỹ]))?"
    r"(?P<minus>\s?[-−–](?![\d\w]))?(?P<close>\s?\))?"
)


@dataclass(frozen=True, slots=True)
class RawAmount:
    """A number as it is written.

    Attributes:
        start: In the text it was found in.
        end: Exclusive.
        text: As written, with sign and currency.
        digits: Digits and marks alone, misread letters put right ("90.000").
        negative: By a minus before or after, or brackets.
        currency: ISO 4217 code by the sign beside it; empty for none.
        thousands: Written with a `k`.
    """

    start: int
    end: int
    text: str
    digits: str
    negative: bool = False
    currency: str = ""
    thousands: bool = False

    @property
    def marked(self) -> bool:
        """Whether more than bare digits says that this is an amount."""
        return bool(self.currency or self.thousands or re.search(r"[.,]", self.digits))


@dataclass(frozen=True, slots=True)
class Notation:
    """How a document writes numbers.

    Attributes:
        decimal: "." or ","; empty where amounts have no decimals and both marks part thousands.
    """

    decimal: str = "."

    def read(self, amount: RawAmount) -> int | float | None:
        """Returns the value; None for what is no number in this notation."""
        value = self._number(amount.digits)
        if value is None:
            return None
        if amount.thousands:
            value *= 1000
        if amount.negative:
            value = -value
        if not self.decimal and float(value).is_integer():
            return int(value)
        return round(float(value), 4)

    def _number(self, digits: str) -> float | None:
        digits = digits.replace("'", "").replace("’", "")
        marks = [char for char in digits if char in ".,"]
        bare = digits.replace(".", "").replace(",", "")
        if not bare.isdigit() or len(bare) > 13:
            return None
        if not marks:
            return float(bare)
        after = len(digits) - 1 - max(digits.rfind("."), digits.rfind(","))
        last = marks[-1]
        if after == 3 and (not self.decimal or last != self.decimal or len(marks) > 1):
            return float(bare)
        # Also where the mark is the other one: readers take comma and point for one another.
        return float(bare) / 10**after


def find_amounts(text: str) -> list[RawAmount]:
    """Finds everything that may be an amount, left to right; dates and times are not told apart."""
    found: list[RawAmount] = []
    for match in _AMOUNT.finditer(text):
        number = match["number"]
        start = match.start("number")
        if start and text[start - 1].isalpha() and not match["mark"] and not match["inner"]:
            capital = re.search(r"(?<![^\W_])[A-Z]$", text[:start])  # R288.40
            if not (capital and re.search(r"[.,]\d{2}$", number)):
                continue  # the end of a word or code
        bracketed = bool(match["open"] and match["close"])
        begin = match.start() if bracketed or not match["open"] else match.end("open")
        end = match.end() if bracketed or not match["close"] else match.start("close")
        negative = bool(match["sign"] or match["inner"] or match["minus"]) or (
            bracketed and begin == 0 and end == len(text)
        )
        if match["sign"] and begin and text[begin - 1].isalnum():
            negative = bool(match["minus"])  # a dash between two numbers
        digits = re.sub(r"\s", "", number).translate(_LOOKS)
        mark = (match["mark"] or match["after"] or "").strip(" :")
        found.append(
            RawAmount(
                begin, end, text[begin:end].strip(), digits, negative, currency_of(mark),
                bool(match["k"]),
            )
        )  # fmt: skip
    return found


def currency_of(mark: str) -> str:
    """Returns the ISO 4217 code of a currency sign or word, empty for none."""
    if mark in ("đ", "Đ", "d"):
        return "VND"
    for code, pattern in _CURRENCIES:
        if mark and re.fullmatch(pattern, mark):
            return code
    return ""


def find_currency(text: str) -> re.Match[str] | None:
    """Finds the first sign or word of a currency that stands apart from letters."""
    return re.search(rf"(?<![A-Za-zÀ-ỹ])(?:{_MARK})(?![A-Za-zÀ-ỹ])", text)


def decide_notation(amounts: Iterable[RawAmount], *, vietnamese: bool = False) -> Notation:
    """Decides which mark is the decimal one, from all amounts of a document.

    Args:
        amounts: All that were found.
        vietnamese: Whether the words are Vietnamese: decides where the numbers do not.
    """
    decimal: Counter[str] = Counter()
    grouped: Counter[str] = Counter()
    whole = 0
    for amount in amounts:
        digits = amount.digits
        whole += 2 * (amount.currency in ("VND", "IDR", "JPY") or amount.thousands)
        if re.fullmatch(r"\d{1,3}(,\d{3})+\.\d{2}", digits):
            decimal["."] += 3
        elif re.fullmatch(r"\d{1,3}(\.\d{3})+,\d{2}", digits):
            decimal[","] += 3
        elif re.fullmatch(r"\d*[.,]\d{2}|\d+[.,]\d{4}", digits):
            decimal["." if "." in digits else ","] += 1
        elif re.fullmatch(r"\d{1,3}([.,]\d{3}){2,}", digits):
            grouped["." if "." in digits else ","] += 2
        elif re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", digits):
            grouped["." if "." in digits else ","] += 1
    groups = sum(grouped.values())
    if vietnamese and groups + whole >= sum(decimal.values()) > 0:
        return Notation("")
    if groups + whole > 1.5 * sum(decimal.values()) and (groups or whole or vietnamese):
        return Notation("")
    if not decimal:
        return Notation("" if vietnamese else ".")
    return Notation("," if decimal[","] > decimal["."] else ".")
