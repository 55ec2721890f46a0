"""The picker of pages: which pages of a PDF are opened, and how finely they are drawn."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import (
    QCoreApplication,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QPoint,
    QSize,
    Qt,
    QTimer,
    Slot,
)
from PySide6.QtGui import QIcon, QPainter, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from inspector_app.domain.images import PDF_DPIS
from inspector_app.domain.page_ranges import page_runs, pages_text, parse_pages
from inspector_app.services.pages import MOST_OFFERED, LongPdf, first_offered
from inspector_app.ui.plain_text import visible_text
from inspector_app.ui.theme import MEDIUM, SMALL
from inspector_app.ui.thumbnails import Source, Thumbnails, Wish

_SIDE = 128
_LOOK_MS = 30  # the view has come to rest


def dpi_words() -> dict[int, str]:
    """What a person can choose from, by dots an inch."""
    words = (
        QCoreApplication.translate("PageDialog", "{n} dpi, quick"),
        QCoreApplication.translate("PageDialog", "{n} dpi, usual"),
        QCoreApplication.translate("PageDialog", "{n} dpi, for small print"),
    )
    return {n: text.format(n=n) for n, text in zip(PDF_DPIS, words, strict=True)}


class PageDialog(QDialog):
    """Small pictures to click and a line for ranges, which always say the same.

    Args:
        pdf: The file.
        dpi: At which its pages are drawn unless it has a number of its own.
        waiting: How many other PDFs wait for the same question.
        source: Makes the small pictures, called on a thread.
        parent: The window.
    """

    def __init__(
        self, pdf: LongPdf, dpi: int, waiting: int, source: Source, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.pdf = pdf
        self.setWindowTitle(self.tr("Pages of {name}").format(name=Path(pdf.path).name))
        self.resize(800, 600)
        self._thumbnails = Thumbnails(self, kept=max(pdf.pages, 1))
        self._thumbnails.set_side(round(_SIDE * self.devicePixelRatioF()))
        self._thumbnails.set_source(source)
        self._thumbnails.arrived.connect(self._show_picture)
        self._looked = QTimer(self)
        self._looked.setSingleShot(True)
        self._looked.setInterval(_LOOK_MS)
        self._looked.timeout.connect(self._want)
        self._list = self._make_list()
        self._range = QLineEdit()
        self._range.setPlaceholderText("1-3, 7")
        self._range.setAccessibleName(self.tr("Pages, for instance 1-3, 7"))
        self._told = QLabel()
        self._dpi = QComboBox()
        for number, words in dpi_words().items():
            self._dpi.addItem(words, number)
        self._dpi.setCurrentIndex(max(0, self._dpi.findData(pdf.dpi or dpi)))
        self._same = QCheckBox(self.tr("The same for the %n other long PDF(s)", "", waiting))
        self._same.setVisible(waiting > 0)
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Open | QDialogButtonBox.StandardButton.Cancel
        )
        if not pdf.dpi:  # the first page is there already, and stays if nothing is chosen
            cancel = self._buttons.button(QDialogButtonBox.StandardButton.Cancel)
            cancel.setText(self.tr("Only page 1"))
        self._lay_out()
        self._list.itemSelectionChanged.connect(self._selected)
        self._range.textEdited.connect(self._typed)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self.finished.connect(self._thumbnails.close)
        self.choose(first_offered(pdf))

    def pages(self) -> list[int]:
        """The chosen pages, from 0, in the order of the file."""
        there = set(self.pdf.chosen)
        return sorted(there | {index.row() for index in self._list.selectedIndexes()})

    def dpi(self) -> int:
        """At which they are drawn."""
        return int(self._dpi.currentData())

    def same_for_all(self) -> bool:
        """Whether the other PDFs are to be opened alike."""
        return self._same.isChecked()

    # -- building --------------------------------------------------------------------

    def _make_list(self) -> QListWidget:
        pages = QListWidget()
        pages.setViewMode(QListView.ViewMode.IconMode)
        pages.setResizeMode(QListView.ResizeMode.Adjust)
        pages.setMovement(QListView.Movement.Static)
        pages.setUniformItemSizes(True)
        pages.setSelectionMode(QAbstractItemView.SelectionMode.MultiSelection)
        pages.setIconSize(QSize(_SIDE, _SIDE))
        text = pages.fontMetrics().height()
        pages.setGridSize(QSize(_SIDE + MEDIUM, _SIDE + text + MEDIUM))
        pages.setAccessibleName(self.tr("Pages"))
        blank = QPixmap(_SIDE, _SIDE)
        blank.fill(Qt.GlobalColor.transparent)
        there = set(self.pdf.chosen)
        for page in range(self.pdf.pages):
            item = QListWidgetItem(QIcon(blank), str(page + 1))
            if page in there:
                item.setText(self.tr("{page}, open").format(page=page + 1))
                item.setFlags(Qt.ItemFlag.ItemIsEnabled)
            pages.addItem(item)
        pages.verticalScrollBar().valueChanged.connect(self._looked.start)
        return pages

    def _lay_out(self) -> None:
        name = visible_text(Path(self.pdf.path).name)
        head = QLabel(
            self.tr("{name} has %n page(s). Choose those to open.", "", self.pdf.pages).format(
                name=name
            )
        )
        head.setTextFormat(Qt.TextFormat.PlainText)
        head.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(SMALL)
        row.addWidget(self._range, 1)
        everything = list(range(self.pdf.pages))
        shortcuts: list[tuple[str, list[int]]] = [(self.tr("&All"), everything)]
        if self.pdf.pages > MOST_OFFERED:
            words = self.tr("&First {n}").format(n=MOST_OFFERED)
            shortcuts.append((words, everything[:MOST_OFFERED]))
        shortcuts.append((self.tr("&None"), []))
        for words, pages in shortcuts:
            row.addWidget(self._shortcut(words, pages))
        form = QFormLayout()
        form.setSpacing(SMALL)
        form.addRow(self.tr("&Pages"), row)
        form.addRow("", self._told)
        form.addRow(self.tr("&Drawn at"), self._dpi)
        column = QVBoxLayout(self)
        column.setContentsMargins(MEDIUM, MEDIUM, MEDIUM, MEDIUM)
        column.setSpacing(SMALL)
        column.addWidget(head)
        column.addWidget(self._list, 1)
        column.addLayout(form)
        column.addWidget(self._same)
        column.addSpacing(SMALL)
        column.addWidget(self._buttons)
        label = form.labelForField(row)
        if isinstance(label, QLabel):
            label.setBuddy(self._range)

    def _shortcut(self, words: str, pages: list[int]) -> QPushButton:
        button = QPushButton(words)
        button.setAutoDefault(False)  # Enter is for the dialog's own button
        button.clicked.connect(lambda: self.choose(pages))
        return button

    # -- choosing --------------------------------------------------------------------

    def choose(self, pages: Iterable[int]) -> None:
        """Chooses these pages, from 0, beside those that are open already."""
        self._mark(pages)
        self._selected()

    def _mark(self, pages: Iterable[int]) -> None:
        """Selects these pages alone, without telling."""
        # In runs and at once: one by one, thousands of pages would take minutes.
        model, wanted = self._list.model(), QItemSelection()
        for first, last in page_runs(pages):
            wanted.append(QItemSelectionRange(model.index(first, 0), model.index(last, 0)))
        self._list.blockSignals(True)
        self._list.selectionModel().select(wanted, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._list.blockSignals(False)
        self._list.viewport().update()

    @Slot()
    def _selected(self) -> None:
        self._range.setText(pages_text(self.pages()))
        self._tell("")

    @Slot(str)
    def _typed(self, text: str) -> None:
        pages = parse_pages(text) if text.strip() else []
        if pages is None:
            self._tell(self.tr("Write for instance: 1-3, 7"))
            return
        beyond = [page for page in pages if page >= self.pdf.pages]
        if beyond:
            self._tell(
                self.tr("There is no page {page}; the last one is {last}.").format(
                    page=beyond[0] + 1, last=self.pdf.pages
                )
            )
            return
        self._mark(pages)
        self._tell("")

    def _tell(self, trouble: str) -> None:
        count = len(self.pages())
        self._told.setText(
            trouble or self.tr("{count} of {all} pages").format(count=count, all=self.pdf.pages)
        )
        ready = not trouble and count > 0
        self._buttons.button(QDialogButtonBox.StandardButton.Open).setEnabled(ready)

    # -- small pictures ----------------------------------------------------------------

    @Slot()
    def _want(self) -> None:
        view = self._list.viewport().rect()
        # Between two rows there is no page: the one a row up is then the first to be looked at.
        first = self._list.indexAt(view.topLeft() + QPoint(MEDIUM, MEDIUM))
        page = max(0, first.row())
        wishes: list[Wish] = []
        while page < self.pdf.pages:
            if self._list.visualItemRect(self._list.item(page)).top() > view.bottom():
                break
            wishes.append(Wish(str(page), self.pdf.path, page))
            page += 1
        self._thumbnails.want(wishes)

    @Slot(str)
    def _show_picture(self, page: str) -> None:
        pixmap = self._thumbnails.pixmap(page)
        if pixmap is not None:
            with QPainter(pixmap) as painter:  # white paper on a white list would have no edge
                painter.setPen(self.palette().mid().color())
                painter.drawRect(pixmap.rect().adjusted(0, 0, -1, -1))
            pixmap.setDevicePixelRatio(self.devicePixelRatioF())
            self._list.item(int(page)).setIcon(QIcon(pixmap))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._looked.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._looked.start()
