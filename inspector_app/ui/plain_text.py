"""Foreign text (of models, files and people) made safe to show: never taken for HTML."""

from __future__ import annotations

import html
import re

# Controls that a terminal or a bidirectional layout would act on instead of showing them.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_BREAKS = re.compile("\r\n?|[\u2028\u2029\x85]")


def visible_text(text: str) -> str:
    """Returns the text with line ends as newlines and control characters as the sign for them."""
    text = _BREAKS.sub("\n", text)
    return _SURROGATES.sub("\ufffd", _CONTROLS.sub("\ufffd", text))


def plain_tip(text: str, longest: int = 1500) -> str:
    """Returns a tooltip that shows the text as it is, wrapped; "" for no text.

    Qt guesses whether a tooltip is HTML; escaped text inside one tag leaves nothing to guess.
    """
    if not text:
        return ""
    cut = text if len(text) <= longest else text[: longest - 1] + "…"
    return f'<p style="white-space: pre-wrap">{html.escape(visible_text(cut))}</p>'


def utf16_length(text: str) -> int:
    """Returns the length in the units that Qt's text documents count in."""
    return len(text) + sum(1 for character in text if ord(character) > 0xFFFF)
