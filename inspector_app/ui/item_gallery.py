"""The items of an evaluation: a list with small pictures, and the chosen one beside it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QIcon, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from inspector_app.domain.evaluation import Evaluation, Item
from inspector_app.ui import theme
from inspector_app.ui.evaluation_words import said_word, sign, value_text
from inspector_app.ui.inspect_page import thumbnail
from inspector_app.ui.item_picture import ItemPicture, found_boxes, true_boxes
from inspector_app.ui.plain_text import plain_tip, visible_text
from inspector_app.ui.thumbnails import Thumbnails, Wish

_SIDE = 48
_LOOK_MS = 30
_ALL, _WRONG, _FAILED, _CHOSEN = range(4)


class ItemGallery(QWidget):
    """Wrong items at first; `choose` shows those of a cell."""

    def __init__(self, evaluation: Evaluation, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._evaluation = evaluation
        self._chosen: Sequence[int] = ()
        self._shown: list[int] = []
        self.filter = QComboBox()
        self.filter.setAccessibleName(self.tr("Which items"))
        self.filter.setMinimumContentsLength(1)  # the text of a cell does not widen the list
        self.filter.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Items"))
        self.list.setIconSize(QSize(_SIDE, _SIDE))
        self.list.setUniformItemSizes(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.picture = ItemPicture()
        self.facts = QPlainTextEdit()
        self.facts.setReadOnly(True)
        self.facts.setTabChangesFocus(True)
        self.facts.setAccessibleName(self.tr("About this item"))
        self._thumbnails = Thumbnails(self)
        self._thumbnails.set_side(round(_SIDE * self.devicePixelRatioF()))
        self._thumbnails.set_source(thumbnail)
        self._thumbnails.arrived.connect(self._show_thumbnail)
        self._rows: dict[str, list[QListWidgetItem]] = {}
        self._looked = QTimer(self)
        self._looked.setSingleShot(True)
        self._looked.setInterval(_LOOK_MS)
        self._looked.timeout.connect(self._want)
        self._lay_out()
        self._fill_filter()
        self.filter.currentIndexChanged.connect(self._refill)
        self.list.currentRowChanged.connect(self._look)
        self.list.verticalScrollBar().valueChanged.connect(self._looked.start)
        self._refill()

    def choose(self, indices: Sequence[int], name: str) -> None:
        """Shows these items and no others.

        Args:
            indices: Places in the evaluation's items.
            name: What they have in common.
        """
        self._chosen = indices
        self.filter.blockSignals(True)
        if self.filter.count() > _CHOSEN:
            self.filter.removeItem(_CHOSEN)
        self.filter.addItem(visible_text(name))
        self.filter.setCurrentIndex(_CHOSEN)
        self.filter.blockSignals(False)
        self._refill()

    def shown(self) -> list[int]:
        """Returns the places of the items on show."""
        return list(self._shown)

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.TINY)
        column.addWidget(self.filter)
        column.addWidget(self.list, 1)
        self.parts = QSplitter(Qt.Orientation.Horizontal)
        for part, size in ((left, 300), (self.picture, 380), (self.facts, 300)):
            self.parts.addWidget(part)
            self.parts.setStretchFactor(self.parts.count() - 1, size)
        self.parts.setSizes([300, 380, 300])
        self.parts.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.parts)

    def _fill_filter(self) -> None:
        items = self._evaluation.items
        wrong = sum(item.right is False for item in items)
        failed = sum(item.right is None for item in items)
        self.filter.addItem(self.tr("All ({n})").format(n=len(items)))
        self.filter.addItem(self.tr("Wrong ({n})").format(n=wrong))
        self.filter.addItem(self.tr("Failed ({n})").format(n=failed))
        self.filter.setCurrentIndex(_WRONG if wrong else _ALL)

    @Slot()
    def _refill(self) -> None:
        items = self._evaluation.items
        kind = self.filter.currentIndex()
        if kind == _CHOSEN:
            self._shown = list(self._chosen)
        else:
            self._shown = [
                n
                for n, item in enumerate(items)
                if kind == _ALL or item.right is (False if kind == _WRONG else None)
            ]
        self._rows.clear()
        self.list.blockSignals(True)
        self.list.clear()
        for n in self._shown:
            self._add_row(items[n])
        self.list.blockSignals(False)
        self.list.setCurrentRow(0 if self._shown else -1)
        self._look(0 if self._shown else -1)
        self._looked.start()

    def _add_row(self, item: Item) -> None:
        task = self._evaluation.task
        name = item.question or Path(item.image).name
        given = said_word(item.given, task) or item.trouble
        text = " ".join(visible_text(f"{sign(item)} {name} · {given}").split())
        row = QListWidgetItem(text)
        row.setToolTip(plain_tip(f"{item.image}\n{item.question}".strip()))
        if item.image:
            blank = QPixmap(_SIDE, _SIDE)
            blank.fill(Qt.GlobalColor.transparent)
            row.setIcon(QIcon(self._thumbnails.pixmap(item.image) or blank))
            self._rows.setdefault(item.image, []).append(row)
        self.list.addItem(row)

    @Slot(int)
    def _look(self, place: int) -> None:
        if not 0 <= place < len(self._shown):
            self.picture.show_image("")
            self.facts.setPlainText(self.tr("No items here."))
            return
        item = self._evaluation.items[self._shown[place]]
        self.picture.show_image(item.image, (true_boxes(item), found_boxes(item)))
        self.facts.setPlainText(visible_text(self._facts(item)))

    def _facts(self, item: Item) -> str:
        task = self._evaluation.task
        said = item.said if item.said != item.given else ""
        pairs = (
            (self.tr("Question"), item.question),
            (self.tr("Wanted"), said_word(item.wanted, task)),
            (self.tr("Given"), said_word(item.given, task)),
            (self.tr("Score"), "" if item.score is None else value_text(item.score)),
            (self.tr("Said"), said),
            (self.tr("Failed"), item.trouble),
            (self.tr("File"), item.image),
        )
        return "\n\n".join(f"{name}: {text}" for name, text in pairs if text)

    # -- small pictures ------------------------------------------------------------------

    @Slot()
    def _want(self) -> None:
        if not self.isVisible():
            return  # the threads would never be ended
        first = self.list.indexAt(self.list.viewport().rect().topLeft()).row()
        last = self.list.indexAt(self.list.viewport().rect().bottomLeft()).row()
        last = last if last >= 0 else self.list.count() - 1
        paths = [self._evaluation.items[n].image for n in self._shown[max(first, 0) : last + 1]]
        self._thumbnails.want([Wish(path, path) for path in dict.fromkeys(paths) if path])

    @Slot(str)
    def _show_thumbnail(self, path: str) -> None:
        picture = self._thumbnails.pixmap(path)
        if picture is not None:
            for row in self._rows.get(path, ()):
                row.setIcon(QIcon(picture))

    # -- Qt ------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Makes small pictures while the list is seen."""
        super().showEvent(event)
        self._thumbnails.open()
        self._looked.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Ends the threads that make them."""
        super().hideEvent(event)
        self._looked.stop()
        self._thumbnails.close()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More rows may be seen now."""
        super().resizeEvent(event)
        self._looked.start()
