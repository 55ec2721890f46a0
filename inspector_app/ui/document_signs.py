"""What must be said of a field beside its value, as a sign and in words."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication, QLocale

from inspector_app.domain.verdicts import Verdict
from inspector_app.ui import colors, icons, theme
from inspector_app.ui.document_state import Cell, Sign


def percent(cell: Cell) -> str:
    """Returns a field's confidence in percent; "" when there is none."""
    score = cell.field.score
    return "" if score is None else f"{QLocale().toString(round(100 * score))} %"


def sign_icon(sign: Sign) -> Any:
    """Returns the icon of a sign; None for none."""
    dark = theme.is_dark()
    match sign:
        case Sign.CONFLICT:
            return icons.icon("warning", colors.verdict_text_color(Verdict.REJECT, dark))
        case Sign.UNSURE:
            return icons.icon("review", colors.verdict_text_color(Verdict.REVIEW, dark))
        case Sign.CORRECTED:
            return icons.icon("edit", colors.verdict_text_color(Verdict.ACCEPT, dark))
        case _:
            return None


def sign_text(cell: Cell) -> str:
    """Returns a sign in words; "" for none."""
    translate = QCoreApplication.translate
    match cell.sign:
        case Sign.CONFLICT:
            return translate("Document", "conflict")
        case Sign.UNSURE:
            return translate("Document", "unsure")
        case Sign.CORRECTED:
            return translate("Document", "corrected")
        case _:
            return ""
