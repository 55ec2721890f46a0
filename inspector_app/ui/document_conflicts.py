"""Conflicts of a document, a line of words each, with what a person can do about it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from inspector_app.domain.corrected import told_field
from inspector_app.domain.documents import Conflict
from inspector_app.domain.verdicts import Verdict
from inspector_app.services.documents import say_clash
from inspector_app.ui import colors, icons, theme
from inspector_app.ui.document_state import DocumentState
from inspector_app.ui.document_words import figures, language, proposal_text
from inspector_app.ui.flow_layout import FlowLayout
from inspector_app.ui.plain_text import plain_tip, visible_text

_MOST = 12  # a document with more is not read, but guessed
_HIGHEST = 168


class ConflictList(QScrollArea):
    """Rows of conflicts; nothing is changed unless a button is pressed."""

    correction_asked = Signal(str, str)  # path, text
    settling_asked = Signal(str)  # path
    pointed = Signal(object)  # tuple of paths, empty for none
    chosen = Signal(str)  # path to go to

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[ConflictRow] = []
        self._shown: tuple[object, ...] = ()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Conflicts"))
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(1)
        self.setWidget(self._inside)
        self.hide()

    def show_conflicts(self, state: DocumentState | None, read_only: bool) -> None:
        """Shows the conflicts that nobody has settled."""
        conflicts: Sequence[Conflict] = state.conflicts[:_MOST] if state is not None else ()
        currency = state.extraction.field("currency").value if state is not None else None
        shown = (tuple(conflicts), read_only, currency)
        if shown != self._shown:
            self._shown = shown
            for row in self.rows:
                self._column.removeWidget(row)
                row.hide()
                row.deleteLater()
            self.rows = [
                ConflictRow(conflict, state, read_only, self)
                for conflict in conflicts
                if state is not None
            ]
            for row in self.rows:
                row.use.connect(self.correction_asked)
                row.keep.connect(self.settling_asked)
                row.pointed.connect(self.pointed)
                row.chosen.connect(self.chosen)
                self._column.addWidget(row)
        self.setVisible(bool(self.rows))
        self._fit()

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Returns nearly nothing."""
        return QSize(0, 0)

    def _fit(self) -> None:
        width = max(1, self.viewport().width())
        self.setFixedHeight(min(_HIGHEST, max(1, self._column.totalHeightForWidth(width))))


class ConflictRow(QFrame):
    """One conflict: the sentence, the proposal as a button, and a way to say it is so."""

    use = Signal(str, str)
    keep = Signal(str)
    pointed = Signal(object)
    chosen = Signal(str)

    def __init__(
        self, conflict: Conflict, state: DocumentState, read_only: bool, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.conflict = conflict
        self.path = told_field(conflict)
        self.setAutoFillBackground(True)
        self._sign = QLabel()
        self.label = QLabel(visible_text(say_clash(conflict, state.extraction, language())))
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setWordWrap(True)
        self.label.setMinimumWidth(1)
        self.buttons: list[QToolButton] = []
        actions = QWidget()
        flow = FlowLayout(actions)
        flow.setContentsMargins(0, 0, 0, 0)
        if conflict.proposal is not None:
            path, text = conflict.proposal
            value = proposal_text(path, text)
            words = self.tr("Use {value}").format(value=value)
            name = state.titles.field(path)
            tip = self.tr("Correct {field} to {value}").format(field=name, value=value)
            flow.addWidget(self._button(words, tip, self._use))
        if conflict.fields:
            tip = self.tr("The document does say {value}").format(value=figures(conflict)[0])
            flow.addWidget(self._button(self.tr("It says so"), tip, self._keep))
            flow.addWidget(
                self._button(self.tr("Go to"), self.tr("Choose the field in the table"), self._go)
            )
        for button in self.buttons[:-1]:
            button.setEnabled(not read_only)
        column = QVBoxLayout()
        column.setSpacing(theme.TINY)
        column.addWidget(self.label)
        column.addWidget(actions)
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.SMALL, theme.TINY, theme.SMALL, theme.TINY)
        line.setSpacing(theme.SMALL)
        line.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(column, 1)
        self.setAccessibleName(self.label.text())
        self._style()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.pointed.emit(self.conflict.fields)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.pointed.emit(())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._style()

    def _button(self, words: str, tip: str, slot: object) -> QToolButton:
        button = QToolButton()
        button.setText(visible_text(words))
        button.setToolTip(plain_tip(tip))
        button.setAccessibleDescription(tip)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.clicked.connect(slot)
        self.buttons.append(button)
        return button

    def _style(self) -> None:
        color = colors.verdict_text_color(Verdict.REJECT, theme.is_dark())
        ratio = self.devicePixelRatioF()
        self._sign.setPixmap(icons.pixmap("warning", theme.MEDIUM, color, ratio))
        self._sign.setAccessibleName(self.tr("Conflict"))

    @Slot()
    def _use(self) -> None:
        if self.conflict.proposal is not None:
            self.use.emit(*self.conflict.proposal)

    @Slot()
    def _keep(self) -> None:
        self.keep.emit(self.path)

    @Slot()
    def _go(self) -> None:
        proposal = self.conflict.proposal
        self.chosen.emit(proposal[0] if proposal is not None else self.path)
