"""Colours that carry meaning: verdicts and labels. Overlay colours are data, not theme.

Chrome takes its colours from palette roles; only what is said here is fixed.
"""

from __future__ import annotations

from hashlib import sha1

from PySide6.QtGui import QColor

from inspector_app.domain.findings import FindingState
from inspector_app.domain.verdicts import Verdict

# Order is part of the contract with the rendered overlays of reports; append nothing, move nothing.
OKABE_ITO = ("#E69F00", "#56B4E9", "#009E73", "#F0E442", "#0072B2", "#D55E00", "#CC79A7")

_VERDICT = {Verdict.ACCEPT: "#009E73", Verdict.REVIEW: "#E69F00", Verdict.REJECT: "#D55E00"}
# 4.5:1 and better on the window and base colours of the Fusion palettes; the tests hold them to it.
_VERDICT_TEXT_LIGHT = {
    Verdict.ACCEPT: "#00694C",
    Verdict.REVIEW: "#7D5400",
    Verdict.REJECT: "#A34700",
}
_VERDICT_TEXT_DARK = {
    Verdict.ACCEPT: "#2FD3A3",
    Verdict.REVIEW: "#F5B83D",
    Verdict.REJECT: "#FF9B57",
}
_VERDICT_SIGN = {Verdict.ACCEPT: "✓", Verdict.REVIEW: "?", Verdict.REJECT: "✕"}
_VERDICT_ICON = {Verdict.ACCEPT: "accept", Verdict.REVIEW: "review", Verdict.REJECT: "reject"}
_STATE_SIGN = {
    FindingState.PROPOSED: "",
    FindingState.ACCEPTED: "✓",
    FindingState.REJECTED: "✕",
    FindingState.UNSURE: "?",
    FindingState.EDITED: "",
}


def verdict_color(verdict: Verdict) -> QColor:
    """Returns the verdict's own colour, for fills, bars and thick marks (not for text)."""
    return QColor(_VERDICT[verdict])


def verdict_text_color(verdict: Verdict, dark: bool) -> QColor:
    """Returns the verdict's colour for text on the window or base colour, 4.5:1 at least.

    Args:
        verdict: Which verdict.
        dark: Whether the theme is dark (`theme.is_dark()`).
    """
    return QColor((_VERDICT_TEXT_DARK if dark else _VERDICT_TEXT_LIGHT)[verdict])


def verdict_sign(verdict: Verdict) -> str:
    """Returns the sign that goes with the colour, so that colour is never alone."""
    return _VERDICT_SIGN[verdict]


def verdict_icon(verdict: Verdict) -> str:
    """Returns the name of the verdict's icon for `icons.icon`."""
    return _VERDICT_ICON[verdict]


def state_sign(state: FindingState) -> str:
    """Returns the sign for what people said of a finding; empty when nobody said anything."""
    return _STATE_SIGN[state]


def label_color(label: str) -> QColor:
    """Returns the label's colour: always the same one, on every machine and in every report."""
    return QColor(OKABE_ITO[_place(label)])


def _place(label: str) -> int:
    # A model that stops inside an emoji leaves half a character, which has no UTF-8 form.
    digest = sha1(label.encode("utf-8", "replace"), usedforsecurity=False).digest()
    return digest[0] % len(OKABE_ITO)


def text_on(color: QColor) -> QColor:
    """Returns black or white, whichever reads better on `color`."""
    black, white = QColor("#000000"), QColor("#FFFFFF")
    return black if contrast(color, black) >= contrast(color, white) else white


def contrast(first: QColor, second: QColor) -> float:
    """Returns the WCAG contrast ratio of two opaque colours, 1..21."""
    high, low = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(color: QColor) -> float:
    channels = (color.redF(), color.greenF(), color.blueF())
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
