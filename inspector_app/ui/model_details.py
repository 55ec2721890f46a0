"""Details of one model, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLocale, Qt, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from inspector_app.domain.tasks import Task
from inspector_app.services import engines
from inspector_app.ui import theme
from inspector_app.ui.chat_tasks import task_words
from inspector_app.ui.engine_choice import answers_questions
from inspector_app.ui.fact_form import FactForm
from inspector_app.ui.flow_layout import FlowLayout
from inspector_app.ui.model_adapters import ModelAdapters
from inspector_app.ui.model_info import ModelView, Phase
from inspector_app.ui.model_progress import ModelProgress
from inspector_app.ui.model_words import (
    SIGNS,
    about,
    absent_text,
    loaded_text,
    phase_word,
    size_text,
)
from inspector_app.ui.plain_text import visible_text

_STILL = (Phase.READY, Phase.LOADED, Phase.ABSENT)
_LETTERS = 108


class ModelDetails(QScrollArea):
    """Tells what the person wants by the name of a button; `ModelsPage` does it."""

    pressed = Signal(str)  # name of the button

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.name_label, self.state_label = _label(), _label()
        self.summary_label, self.help_label = _label(), _label()
        self.progress = ModelProgress()
        self.form = FactForm()
        self.adapters = ModelAdapters()
        self.buttons: dict[str, QPushButton] = {}
        first = self._row(
            ("convert", self.tr("Convert…")),
            ("pull", self.tr("Fetch")),
            ("load", self.tr("Load")),
            ("unload", self.tr("Unload")),
            ("use", self.tr("Use for questions")),
        )
        second = self._row(
            ("folder", self.tr("Choose local folder…")),
            ("forget", self.tr("Forget folder…")),
            ("remove", self.tr("Remove…")),
        )
        inner = QWidget()
        inner.setMaximumWidth(self.fontMetrics().averageCharWidth() * _LETTERS)
        column = QVBoxLayout(inner)
        column.setContentsMargins(theme.LARGE, theme.MEDIUM, theme.MEDIUM, theme.LARGE)
        column.setSpacing(theme.SMALL)
        column.addWidget(self.name_label)
        column.addWidget(self.state_label)
        column.addWidget(self.summary_label)
        column.addWidget(self.help_label)
        column.addWidget(first)
        column.addWidget(self.progress)
        column.addSpacing(theme.SMALL)
        column.addWidget(self.form)
        column.addWidget(second)
        column.addSpacing(theme.MEDIUM)
        column.addWidget(self.adapters)
        column.addStretch(1)
        self.setWidget(inner)
        self._style()

    def show_view(self, view: ModelView, answering: str, adapter: str) -> None:
        """Shows a model.

        Args:
            view: The model.
            answering: Card id of the engine that answers questions.
            adapter: Id of the model's adapter in use, "" for none.
        """
        info, card = view.info, view.info.card
        self.name_label.setText(visible_text(card.name))
        self.state_label.setText(f"{SIGNS[view.phase]} {self._state(view, answering)}")
        self.summary_label.setText(visible_text(card.summary))
        notes = [visible_text(card.notice)] if card.notice else []
        if view.phase is Phase.ABSENT:
            notes.append(absent_text(view))
        self.help_label.setText("\n".join(notes))
        self.help_label.setVisible(bool(notes))
        self.progress.show_view(view)
        self.form.set_rows(self._facts(view))
        self.adapters.show_view(view, adapter)
        still = view.phase in _STILL
        loadable = view.phase in (Phase.READY, Phase.LOADED)
        absent = view.phase is Phase.ABSENT
        self._enable("convert", absent and info.convertible and not info.state.disk)
        self._enable("pull", absent and info.state.can_pull)
        self._enable("load", view.phase is Phase.READY)
        self._enable("unload", view.phase is Phase.LOADED)
        self._enable("use", loadable and card.id != answering and answers_questions(card))
        self._enable("folder", still)
        self._enable("forget", still and bool(info.state.folder))
        self._enable("remove", still and (card.own or bool(info.state.disk)))
        begun = absent and bool(info.state.disk)
        self.buttons["pull"].setText(self.tr("Go on fetching") if begun else self.tr("Fetch"))
        converting = view.phase is Phase.CONVERTING
        self.buttons["convert"].setVisible(info.convertible and (absent or converting))
        self.buttons["pull"].setVisible(info.state.can_pull or view.phase is Phase.FETCHING)
        self.buttons["use"].setVisible(answers_questions(card))
        self.buttons["folder"].setVisible(info.language)
        self.buttons["forget"].setVisible(bool(info.state.folder) and not card.own)
        self.buttons["remove"].setVisible(card.own or not info.state.folder)

    def show_progress(self, view: ModelView, answering: str) -> None:
        """Shows only how far a fetch or conversion is."""
        self.progress.show_view(view)
        self.state_label.setText(f"{SIGNS[view.phase]} {self._state(view, answering)}")

    def changeEvent(self, event: QEvent) -> None:
        """Follows font and theme."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.PaletteChange):
            self._style()

    def _state(self, view: ModelView, answering: str) -> str:
        parts = [phase_word(view)]
        if view.report is not None and view.phase is Phase.LOADED:
            parts.append(loaded_text(view.report))
        if view.info.card.id == answering and answers_questions(view.info.card):
            parts.append(self.tr("answers questions"))
        return " · ".join(parts)

    def _facts(self, view: ModelView) -> list[tuple[str, str]]:
        info, card = view.info, view.info.card
        disk = size_text(info.state.disk) if info.state.disk else about(info.need.disk)
        tasks = ", ".join(task_words(task).name for task in Task if task in card.tasks)
        rows = [
            (self.tr("Licence"), card.licence),
            (self.tr("Base"), card.base),
            (self.tr("Tasks"), tasks),
            (self.tr("Size on disk"), disk),
            (self.tr("Memory"), about(info.need.memory)),
        ]
        if view.report is not None and view.phase is Phase.LOADED:
            notes = engines.note_texts(view.report, QLocale().name()[:2])
            how = [loaded_text(view.report), *notes]
            rows.append((self.tr("Loaded on"), "\n".join(how)))
        rows.append((self.tr("Folder"), info.state.folder or info.folder))
        return [(words, value) for words, value in rows if value]

    def _row(self, *buttons: tuple[str, str]) -> QWidget:
        row = QWidget()
        flow = FlowLayout(row, theme.SMALL)
        for name, words in buttons:
            button = QPushButton(words)
            button.setObjectName(name)
            button.clicked.connect(self._press)
            self.buttons[name] = button
            flow.addWidget(button)
        return row

    def _enable(self, name: str, on: bool) -> None:
        self.buttons[name].setEnabled(on)

    def _style(self) -> None:
        font = self.font()
        if font.pointSizeF() > 0:
            font.setPointSizeF(font.pointSizeF() * 1.4)
        font.setBold(True)
        self.name_label.setFont(font)
        muted = QPalette()
        muted.setColor(QPalette.ColorRole.WindowText, theme.muted())
        self.summary_label.setPalette(muted)

    @Slot()
    def _press(self) -> None:
        self.pressed.emit(self.sender().objectName())


def _label() -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setMinimumWidth(1)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
