"""Foreign text (of models, files and people) made safe to show: never taken for HTML."""

from __future__ import annotations

import html

from inspector_app.domain.plain_text import visible_text

__all__ = ["plain_tip", "utf16_length", "visible_text"]


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
