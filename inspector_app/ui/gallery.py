"""The gallery: thumbnails with verdicts, a filter box and an order for review."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import (
    QEvent,
    QLocale,
    QModelIndex,
    QSize,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QCloseEvent, QFontMetrics, QImage, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from inspector_app.domain.results import ImageSummary
from inspector_app.domain.verdicts import Verdict
from inspector_app.ui import icons, theme
from inspector_app.ui.gallery_delegate import GalleryDelegate, row_height, thumbnail_side
from inspector_app.ui.gallery_model import GalleryModel, Role, Sort
from inspector_app.ui.thumbnails import Thumbnails, Wish


class Gallery(QWidget):
    """List of the project's images.

    Call `shut_down()` before the program ends: it waits for the threads that make thumbnails.
    """

    image_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._current: str | None = None
        self._quiet = False
        self.thumbnails = Thumbnails(self)
        self.thumbnails.arrived.connect(self._show_thumbnail)
        self.model = GalleryModel(self)
        self._looked = QTimer(self)
        self._looked.setSingleShot(True)
        self._looked.setInterval(20)
        self._looked.timeout.connect(self._want_thumbnails)
        self._build()
        self._retell()

    def set_rows(self, rows: list[ImageSummary]) -> None:
        """Shows these images; the order given is the order by name."""
        known = {row.image_id for row in rows}
        if self._current not in known:
            self._current = None
            self.model.hold(None)
        with _Quiet(self):
            self.model.set_rows(rows)
        self._restore_current()

    def update_row(self, row: ImageSummary) -> None:
        """Shows the new state of one image, without moving the one that is looked at."""
        old = self.model.summary(row.image_id)
        if old is not None and (old.path, old.trouble) != (row.path, row.trouble):
            self.thumbnails.forget(row.image_id)
        with _Quiet(self):
            self.model.update_row(row)
        self._retell()
        self._looked.start()

    def select(self, image_id: str | None) -> None:
        """Makes an image the current one without telling anybody; it may be filtered out."""
        self._current = image_id
        with _Quiet(self):
            self.model.hold(image_id)
        self._restore_current()

    def current_id(self) -> str | None:
        """Returns the current image, shown or filtered out."""
        return self._current

    def step(self, by: int) -> bool:
        """Goes to the next (+1) or previous (-1) shown image; False at the ends."""
        count = self.model.rowCount()
        if not count:
            return False
        row = self.model.row_of(self._current)
        if row >= 0:
            target = row + by
        elif self._current is not None:
            near = self.model.row_near(self._current)
            target = near + (by - 1 if by > 0 else by)
        else:
            target = 0 if by > 0 else count - 1
        if not 0 <= target < count:
            return False
        return self._choose(target)

    def next_review(self) -> bool:
        """Goes to the next image whose verdict is review, round the end; False without one."""
        count = self.model.rowCount()
        begin = self.model.row_of(self._current)
        if begin < 0 and self._current is not None:
            begin = self.model.row_near(self._current) - 1
        for offset in range(1, count + 1):
            row = (begin + offset) % count
            summary = self.model.summary_at(row)
            if summary.image_id == self._current or summary.trouble:
                continue
            if summary.verdict is Verdict.REVIEW:
                return self._choose(row)
        return False

    def set_thumbnail_source(self, source: Callable[[str, int, int], QImage] | None) -> None:
        """Sets `source(path, page, side) -> QImage`, which is called off the GUI thread."""
        self.thumbnails.set_source(source)
        self._looked.start()

    def focus_filter(self) -> None:
        """Puts the cursor into the filter box."""
        self.filter_edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter_edit.selectAll()

    def neighbour(self, offset: int) -> str | None:
        """Returns the image that many rows after (before) the current one, if there is one."""
        row = self.model.row_of(self._current) + offset
        if self.model.row_of(self._current) < 0 or not 0 <= row < self.model.rowCount():
            return None
        return self.model.summary_at(row).image_id

    def shut_down(self) -> None:
        """Stops the threads and waits for them."""
        self._looked.stop()
        self.thumbnails.close()

    def sizeHint(self) -> QSize:
        """Returns a width that shows names of common length."""
        metrics = QFontMetrics(self.font())
        width = thumbnail_side(self.font()) + metrics.averageCharWidth() * 22
        return QSize(width, metrics.lineSpacing() * 30)

    def minimumSizeHint(self) -> QSize:
        """Returns nearly nothing: panels resize to 0."""
        return QSize(0, 0)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Waits for the threads."""
        self.shut_down()
        super().closeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Makes thumbnails (again)."""
        super().showEvent(event)
        self.thumbnails.open()
        self._looked.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wants the thumbnails of the rows that came into view."""
        super().resizeEvent(event)
        self._looked.start()

    # -- inside ------------------------------------------------------------------

    def _build(self) -> None:
        self.filter_edit = QLineEdit()
        self.filter_edit.setPlaceholderText(self.tr("Filter"))
        self.filter_edit.setClearButtonEnabled(True)
        self.filter_edit.setAccessibleName(self.tr("Filter images"))
        self.filter_edit.setToolTip(
            self.tr(
                "Part of a name, or: accept, review, reject, none, unreadable, edited, overruled,"
                " conflict, differs, score>0.4, label:scratch. A minus in front turns a word round."
            )
        )
        find = self.filter_edit.addAction(
            icons.icon("filter"), QLineEdit.ActionPosition.LeadingPosition
        )
        find.setToolTip(self.filter_edit.toolTip())
        self.filter_edit.textChanged.connect(self._filter)
        self.filter_edit.returnPressed.connect(self._enter_list)

        self.sort_combo = QComboBox()
        for text, hint in (
            (self.tr("Name"), self.tr("In the order of the names")),
            (self.tr("Score"), self.tr("Highest score first")),
            (self.tr("Verdict"), self.tr("Reject first, then review, then accept")),
            (self.tr("Differences"), self.tr("Documents that two readers read differently first")),
            (self.tr("Conflicts"), self.tr("Documents whose numbers do not agree first")),
        ):
            self.sort_combo.addItem(text)
            last = self.sort_combo.count() - 1
            self.sort_combo.setItemData(last, hint, Qt.ItemDataRole.ToolTipRole)
        self.sort_combo.setAccessibleName(self.tr("Order of the images"))
        self.sort_combo.setToolTip(self.tr("Order of the images"))
        self.sort_combo.currentIndexChanged.connect(self._sort)

        self.view = _RowView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(GalleryDelegate(self.thumbnails, self.view))
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setMouseTracking(True)
        self.view.setAccessibleName(self.tr("Images"))
        self.view.selectionModel().currentChanged.connect(self._tell_chosen)
        self.view.verticalScrollBar().valueChanged.connect(self._look)

        self._nothing = QLabel()
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setWordWrap(True)
        self.clear_button = QPushButton(self.tr("Clear filter"))
        self.clear_button.clicked.connect(self.filter_edit.clear)
        empty = QWidget()
        column = QVBoxLayout(empty)
        column.addStretch()
        column.addWidget(self._nothing)
        column.addWidget(self.clear_button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(empty)

        self.counter = QLabel()
        self.counter.setFont(theme.tabular())
        self.counter.setContentsMargins(theme.SMALL, theme.TINY, theme.SMALL, theme.TINY)

        top = QHBoxLayout()
        top.setContentsMargins(theme.TINY, theme.TINY, theme.TINY, theme.TINY)
        top.setSpacing(theme.TINY)
        top.addWidget(self.filter_edit, 1)
        top.addWidget(self.sort_combo)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self.counter)

    @Slot(str)
    def _filter(self, text: str) -> None:
        with _Quiet(self):
            self.model.set_filter(text)
        self._restore_current()

    @Slot(int)
    def _sort(self, index: int) -> None:
        with _Quiet(self):
            self.model.set_sort(Sort(index))
        self._restore_current()

    @Slot()
    def _enter_list(self) -> None:
        if self.model.rowCount():
            self.view.setFocus(Qt.FocusReason.TabFocusReason)
            if self.model.row_of(self._current) < 0:
                self._choose(0)

    def _choose(self, row: int) -> bool:
        self.view.setCurrentIndex(self.model.index(row))
        return True

    def _restore_current(self) -> None:
        row = self.model.row_of(self._current)
        with _Quiet(self):
            if row >= 0:
                index = self.model.index(row)
                self.view.setCurrentIndex(index)
                self.view.scrollTo(index)
            else:
                self.view.selectionModel().clear()
        self._retell()
        self._looked.start()

    @Slot(QModelIndex, QModelIndex)
    def _tell_chosen(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if self._quiet or not current.isValid():
            return
        image_id = current.data(Role.ID)
        if image_id == self._current:
            return
        self._current = image_id
        with _Quiet(self):
            self.model.hold(image_id)
        self._retell()
        self.image_chosen.emit(image_id)

    def _retell(self) -> None:
        """Brings counter and empty text up to date."""
        shown, total = self.model.rowCount(), self.model.total
        locale = QLocale()
        self.counter.setText(
            self.tr("{shown} / {total}").format(
                shown=locale.toString(shown), total=locale.toString(total)
            )
        )
        spoken = self.tr("{shown} of {total} images shown").format(
            shown=locale.toString(shown), total=locale.toString(total)
        )
        self.counter.setToolTip(spoken)
        self.counter.setAccessibleName(spoken)
        self.counter.setVisible(total > 0)
        self._stack.setCurrentIndex(0 if shown else 1)
        self.clear_button.setVisible(total > 0)
        self._nothing.setText(
            self.tr("No image matches this filter.") if total else self.tr("No images yet.")
        )

    @Slot(str)
    def _show_thumbnail(self, image_id: str) -> None:
        row = self.model.row_of(image_id)
        if row >= 0:
            self.view.update(self.model.index(row))

    @Slot()
    def _look(self) -> None:
        # Not restarted while it runs: thumbnails keep coming during a long scroll.
        if not self._looked.isActive():
            self._looked.start()

    @Slot()
    def _want_thumbnails(self) -> None:
        count = self.model.rowCount()
        if not count or not self.view.isVisible():
            return
        ratio = self.view.devicePixelRatioF()
        self.thumbnails.set_side(round(thumbnail_side(self.view.font()) * ratio))
        viewport = self.view.viewport().rect()
        first = max(0, self.view.indexAt(viewport.topLeft()).row())
        last = self.view.indexAt(viewport.bottomLeft()).row()
        last = count - 1 if last < 0 else last
        page = last - first + 1
        rows = [
            *range(first, last + 1),
            *range(last + 1, min(count, last + 1 + page)),
            *range(first - 1, max(-1, first - 1 - page), -1),
        ]
        wishes: list[Wish] = []
        for row in rows:
            summary = self.model.summary_at(row)
            if not summary.trouble:
                wishes.append(Wish(summary.image_id, summary.path, summary.page))
        self.thumbnails.want(wishes)


class _RowView(QTableView):
    """A list of one column.

    QListView asks the model twice for every row whenever it lays out, which takes 50 ms for 20,000
    rows; a table with rows of one height asks for none.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.horizontalHeader().hide()
        self.horizontalHeader().setMinimumSectionSize(0)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follows the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        self.verticalHeader().setDefaultSectionSize(row_height(self.font()))


class _Quiet:
    """While it lasts, moves of the current row are the program's doing, not the person's."""

    def __init__(self, gallery: Gallery) -> None:
        self._gallery = gallery
        self._before = False

    def __enter__(self) -> None:
        self._before, self._gallery._quiet = self._gallery._quiet, True

    def __exit__(self, *_: object) -> None:
        self._gallery._quiet = self._before
