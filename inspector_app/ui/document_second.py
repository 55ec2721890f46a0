"""What a second reader gives of a document, in words and signs."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication

from inspector_app.domain.corrected import ITEMS, count_rows
from inspector_app.domain.verdicts import Verdict
from inspector_app.ui import colors, icons, theme
from inspector_app.ui.document_state import Cell, DocumentState
from inspector_app.ui.document_words import value_text


def difference_icon(cell: Cell) -> Any:
    """Returns the icon of what a second reader gives; None where both agree."""
    if cell.unseen:
        return icons.icon("unseen", colors.verdict_text_color(Verdict.REJECT, theme.is_dark()))
    if cell.differs:
        return icons.icon("differs", colors.verdict_text_color(Verdict.REVIEW, theme.is_dark()))
    return None


def second_signs(cell: Cell) -> str:
    """Returns that icon in words; "" where both agree."""
    translate = QCoreApplication.translate
    told = [translate("Document", "differs")] * cell.differs
    told += [translate("Document", "not in the text")] * cell.unseen
    return ", ".join(told)


def second_lines(cell: Cell, name: str) -> list[str]:
    """Returns what a tooltip says of a value that a second reader doubts."""
    if cell.second is None or not (cell.differs or cell.unseen):
        return []
    translate = QCoreApplication.translate
    value = value_text(cell.second) or translate("Document", "nothing")
    lines = [translate("Document", "{engine} reads: {value}").format(engine=name, value=value)]
    if cell.unseen:
        lines.append(translate("Document", "These digits stand nowhere in the text"))
    lines.append(translate("Document", "F4 or a double click on it uses that value"))
    return lines


def how_read(state: DocumentState | None) -> str:
    """Returns how the second reader read, one sentence; "" without one."""
    if state is None or state.second is None:
        return ""
    if state.second.with_text:
        words = QCoreApplication.translate(
            "Document", "{engine} read the picture, and the text that was read"
        )
    else:
        words = QCoreApplication.translate("Document", "{engine} read the picture by itself")
    return words.format(engine=state.second_name)


def rows_words(state: DocumentState) -> list[str]:
    """Returns what to say where the second reader has more or fewer items, one line each."""
    if state.second is None or ITEMS not in state.differing:
        return []
    translate = QCoreApplication.translate
    words = translate("Document", "{engine} reads {count} items, not {first}.")
    told = words.format(
        engine=state.second_name,
        count=count_rows(state.second.extraction),
        first=count_rows(state.extraction),
    )
    lines = [f"≠ {told}"]
    doubt = translate("Document", "{item} (not all of its digits stand in the text)")
    lines += [
        f"+ {doubt.format(item=item) if unseen else item}" for item, unseen in state.extra_rows()
    ]
    return lines
