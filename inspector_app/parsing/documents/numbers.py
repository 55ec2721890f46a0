"""Numbers that are not money: tax codes, telephone numbers, numbers of documents."""

from __future__ import annotations

import re

from inspector_app.parsing.documents.folding import fold

_TAX_LABEL = re.compile(
    r"(?<![a-z])(?:m\s?\.?\s?s\s?\.?\s?t|ma\s?so\s?thue|gst|vat|tax|sst|abn|cif|nif|npwp|ust)"
    r"(?:\s?(?:reg(?:istration)?|reg\.?no|id|no|nr|number|code|regno|idno|cbp)\b\.?)*"
    r"\s?[.:#=]*\s?(?P<code>[a-z]{0,2}\d[\d\-. ]{6,17}[a-z]?)(?![\d:])"
)
_BARE_TAX = re.compile(r"(?<!\d)\d{10}(?:-\d{3})?(?!\d)")
_PHONE_LABEL = re.compile(
    r"(?<![a-z])(?:telephone|tel|phone|ph|dien\s?thoai|d\s?\.?\s?t|sdt|hotline|tong\s?dai|mobile|"
    r"hp|h/p|call|fon|zalo|dat\s?(?:ban|phong)|lien\s?he)\b(?:\s?(?:no|"
    r"number)\b)?\s?[.:#\-]*\s?(?P<number>[+(]{0,2}\d[\d\s().\-]{5,18}\d)"
)
_BARE_PHONE = re.compile(
    r"(?<![\d\-])(?:\(\d{2,4}\)\s?\d{3,4}[-.\s]?\d{4}|\d{3}[-.]\d{3}[-.]\d{4}|\+\d{8,12}"
    r"|0\d{1,3}[-\s]\d{3,4}[-\s]?\d{3,4}|\+\d{1,3}\s?\d[\d\-\s]{6,12}\d)(?![\d\-])"
)


def find_tax_code(text: str) -> tuple[str, str] | None:
    """Finds a labelled tax number (MST 10 or 10-3 digits, GST, VAT ...).

    Returns:
        The number without spaces and as written; None when there is none.
    """
    plain, text = _aligned(text)
    for match in _TAX_LABEL.finditer(plain):
        written = text[match.start("code") : match.end("code")].strip(" .-")
        digits = sum(char.isdigit() for char in written)
        if 8 <= digits <= 15:
            return re.sub(r"[\s.]", "", written), written
    return None


def is_vietnamese_tax_code(text: str) -> bool:
    """Whether it has the form of an MST: ten digits, or ten and three."""
    return bool(re.fullmatch(r"\d{10}(?:-?\d{3})?", text))


def find_phone(text: str) -> tuple[str, str] | None:
    """Finds a telephone number, labelled or in a form that is nothing else.

    Returns:
        Digits with a plus perhaps, and as written; None when there is none.
    """
    plain, text = _aligned(text)
    match = _PHONE_LABEL.search(plain)
    if match:
        written = text[match.start("number") : match.end("number")].strip()
    else:
        bare = _BARE_PHONE.search(text)
        if bare is None:
            return None
        written = bare[0].strip()
    if written.count("(") > written.count(")"):
        written = written.replace("(", "", 1)
    digits = re.sub(r"[^\d+]", "", written)
    return (digits, written) if 7 <= len(digits) <= 15 else None


def has_phone_label(text: str) -> bool:
    """Whether a telephone or fax is named."""
    return bool(
        re.search(
            r"(?<![a-z])(?:telephone|tel|phone|fax|hotline|dien\s?thoai|sdt|d\.?t|h/p|mobile|zalo|"
            r"dat\s?(?:ban|phong)|lien\s?he|"
            r"outlet\s?tel)\s?(?:no)?\s?[.:#]|(?<![a-z])(?:tel|phone|fax|ph|hotline)\W*[+(]?\d",
            fold(text),
        )
    )


def _aligned(text: str) -> tuple[str, str]:
    """Returns the folded text and one whose places are the same."""
    plain = fold(text)
    return (plain, text) if len(plain) == len(text) else (plain, plain)
