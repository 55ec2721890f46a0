"""The list of models: name, and under it the state by sign and word."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListWidget, QListWidgetItem, QWidget

from inspector_app.ui import theme
from inspector_app.ui.engine_choice import answers_questions
from inspector_app.ui.model_info import ModelView
from inspector_app.ui.model_words import SIGNS, phase_word
from inspector_app.ui.plain_text import plain_tip, visible_text

_ID_ROLE = Qt.ItemDataRole.UserRole


class ModelList(QListWidget):
    """One row a model; the selection stays with its model."""

    model_chosen = Signal(str)  # card id, "" for none

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Models"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setUniformItemSizes(True)
        self.setSpacing(1)
        self.currentItemChanged.connect(self._tell)

    def set_models(self, views: Sequence[ModelView], answering: str) -> None:
        """Shows these models.

        Args:
            views: In the order to show.
            answering: Card id of the engine that answers questions now.
        """
        wanted = [view.info.card.id for view in views]
        if wanted != [self.item(row).data(_ID_ROLE) for row in range(self.count())]:
            chosen = self.chosen()
            self.blockSignals(True)
            self.clear()
            for card_id in wanted:
                item = QListWidgetItem()
                item.setData(_ID_ROLE, card_id)
                self.addItem(item)
            self.blockSignals(False)
            self.choose(chosen if chosen in wanted else (wanted[0] if wanted else ""))
        for row, view in enumerate(views):
            self._fill(self.item(row), view, answering)

    def update_model(self, view: ModelView, answering: str) -> None:
        """Shows one model anew."""
        item = self._find(view.info.card.id)
        if item is not None:
            self._fill(item, view, answering)

    def chosen(self) -> str:
        """Returns the card id of the selected row, "" for none."""
        item = self.currentItem()
        return item.data(_ID_ROLE) if item is not None else ""

    def choose(self, card_id: str) -> None:
        """Selects a model."""
        self.setCurrentItem(self._find(card_id))  # type: ignore[arg-type]

    def texts(self) -> list[str]:
        """Returns the rows' words, for tests and screen readers."""
        return [self.item(row).text() for row in range(self.count())]

    def sizeHint(self) -> QSize:
        """Returns the width of a usual name and the height of a few rows."""
        letter = self.fontMetrics().averageCharWidth()
        return QSize(letter * 34, self.fontMetrics().lineSpacing() * 16)

    def minimumSizeHint(self) -> QSize:
        """Returns nearly nothing: panels resize to 0."""
        return QSize(0, 0)

    def _fill(self, item: QListWidgetItem, view: ModelView, answering: str) -> None:
        state = f"{SIGNS[view.phase]} {phase_word(view)}"
        if view.info.card.id == answering and answers_questions(view.info.card):
            state += " · " + self.tr("answers questions")
        text = f"{visible_text(view.info.card.name)}\n{state}"
        if item.text() != text:
            item.setText(text)
            item.setToolTip(plain_tip(view.info.card.summary))
            metrics = self.fontMetrics()
            item.setSizeHint(QSize(0, 2 * metrics.lineSpacing() + theme.MEDIUM))

    def _find(self, card_id: str) -> QListWidgetItem | None:
        for row in range(self.count()):
            if self.item(row).data(_ID_ROLE) == card_id:
                return self.item(row)
        return None

    @Slot()
    def _tell(self) -> None:
        self.model_chosen.emit(self.chosen())
