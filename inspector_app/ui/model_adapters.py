"""The adapters of a model: which one answers, its card, add and remove."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from inspector_app.domain.adapters import AdapterCard
from inspector_app.ui import theme
from inspector_app.ui.fact_form import FactForm
from inspector_app.ui.flow_layout import FlowLayout
from inspector_app.ui.model_info import ModelView, Phase
from inspector_app.ui.model_words import adapter_rows
from inspector_app.ui.plain_text import visible_text

_LETTERS = 24


class ModelAdapters(QWidget):
    """Shown for models that take adapters."""

    adapter_chosen = Signal(str)  # adapter id, "" for the base model
    add_requested = Signal()
    remove_requested = Signal(str)  # adapter id

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._adapters: tuple[AdapterCard, ...] = ()
        self.title = QLabel(self.tr("Adapters"))
        self.combo = QComboBox()
        self.combo.setAccessibleName(self.tr("Adapter that answers"))
        self.combo.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.combo.setMinimumContentsLength(_LETTERS)
        self.combo.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.combo.activated.connect(self._choose)
        words = QLabel(self.tr("Answers with"))
        words.setBuddy(self.combo)
        line = QHBoxLayout()
        line.setSpacing(theme.SMALL)
        line.addWidget(words)
        line.addWidget(self.combo, 1)
        line.addStretch(1)
        self.note = QLabel()
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.note.setWordWrap(True)
        self.note.setMinimumWidth(1)
        self.form = FactForm()
        self.add_button = QPushButton(self.tr("Add adapter…"))
        self.add_button.clicked.connect(self.add_requested)
        self.remove_button = QPushButton(self.tr("Remove adapter…"))
        self.remove_button.clicked.connect(self._remove)
        buttons = QWidget()
        flow = FlowLayout(buttons, theme.SMALL)
        flow.addWidget(self.add_button)
        flow.addWidget(self.remove_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SMALL)
        column.addWidget(self.title)
        column.addLayout(line)
        column.addWidget(self.note)
        column.addWidget(self.form)
        column.addWidget(buttons)
        bold = self.title.font()
        bold.setBold(True)
        self.title.setFont(bold)

    def show_view(self, view: ModelView, chosen: str) -> None:
        """Shows a model's adapters; `chosen` is the id of the one in use, "" for none."""
        self.setVisible(view.info.card.capabilities.adapters)
        if view.info.adapters != self._adapters or not self.combo.count():
            looked_at = self._looked_at()
            self._adapters = view.info.adapters
            self.combo.clear()
            self.combo.addItem(self.tr("None (base model)"), "")
            for adapter in self._adapters:
                words = visible_text(adapter.name)
                if adapter.trouble:
                    words = self.tr("{name} (cannot be used)").format(name=words)
                self.combo.addItem(words, adapter.id)
            broken = self._find(looked_at)
            if broken is not None and broken.trouble:
                chosen = looked_at  # still looking at why
        if self._find(self._looked_at()) is None or not self._trouble(self._looked_at()):
            self.combo.setCurrentIndex(max(0, self.combo.findData(chosen)))
        self.combo.setEnabled(bool(self._adapters))
        self.add_button.setEnabled(view.phase is not Phase.FETCHING)
        self._show_card()

    def _show_card(self) -> None:
        adapter = self._find(self._looked_at())
        self.remove_button.setEnabled(adapter is not None)
        self.form.set_rows(adapter_rows(adapter) if adapter is not None else [])
        if not self._adapters:
            note = self.tr(
                "There is none yet. An adapter is a small set of trained weights on top of this "
                "model."
            )
        elif adapter is None:
            note = self.tr("The model answers as it came, without trained weights on top.")
        elif adapter.trouble:
            note = self.tr("Not in use. {trouble}").format(trouble=visible_text(adapter.trouble))
        else:
            note = ""
        self.note.setText(note)
        self.note.setVisible(bool(note))

    def _looked_at(self) -> str:
        return self.combo.currentData() or ""

    def _find(self, adapter_id: str) -> AdapterCard | None:
        return next((each for each in self._adapters if each.id == adapter_id), None)

    def _trouble(self, adapter_id: str) -> str:
        adapter = self._find(adapter_id)
        return adapter.trouble if adapter is not None else ""

    @Slot()
    def _choose(self) -> None:
        looked_at = self._looked_at()
        if not self._trouble(looked_at):
            self.adapter_chosen.emit(looked_at)
        self._show_card()

    @Slot()
    def _remove(self) -> None:
        self.remove_requested.emit(self._looked_at())
