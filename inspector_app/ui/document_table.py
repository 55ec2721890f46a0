"""The view of a document's tables: edit in place, light places, delete, ask for more by menu."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QLineEdit,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from inspector_app.ui import theme
from inspector_app.ui.document_model import PATH_ROLE, CellsModel, Column, FieldsModel, ItemsModel
from inspector_app.ui.document_words import value_text
from inspector_app.ui.plain_text import visible_text

_MOST_LETTERS = 1000
_SIGN = 16
_ADD_ROW = QKeySequence(Qt.Key.Key_Insert)
_REMOVE_ROW = QKeySequence("Ctrl+Del")


class DocumentTable(QTableView):
    """Cells of one model; whoever shows it decides what the signals do."""

    path_chosen = Signal(object)  # path or None
    path_hovered = Signal(object)
    path_activated = Signal(str)  # to be brought to the middle of the picture
    removed = Signal(str)  # not in the document
    confirmed = Signal(str)  # read right
    row_removed = Signal(int)
    row_returned = Signal(int)
    second_used = Signal(str)  # as the second reader gives it

    def __init__(self, model: CellsModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cells = model
        self._hovered: str | None = None
        self._marked = QPersistentModelIndex()
        self.setAccessibleName(name)
        self.setModel(model)
        self.setItemDelegate(_Delegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.DoubleClicked | trigger.EditKeyPressed | trigger.AnyKeyPressed)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setIconSize(QSize(_SIGN, _SIGN))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(theme.LARGE)
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(self.fontMetrics().lineSpacing() + theme.SMALL)
        rows.setHighlightSections(False)
        self.entered.connect(self._hover)
        self.doubleClicked.connect(self._double_click)

    def path(self) -> str | None:
        """Returns the field of the current cell."""
        return self.cells.path_at(self.currentIndex())

    def choose(self, path: str) -> bool:
        """Makes a field's cell the current one; False when it is not in this table."""
        index = self.cells.index_of(path)
        if not index.isValid():
            return False
        self.setCurrentIndex(index)
        self.scrollTo(index)
        return True

    def mark(self, path: str | None) -> None:
        """Shows a field as pointed at; the choice stays where it is."""
        index = self.cells.index_of(path) if path is not None else QModelIndex()
        if index != self._marked:
            for each in (self._marked, index):
                if each.isValid():
                    self.viewport().update(self._row_rect(each))
            self._marked = QPersistentModelIndex(index)
            if index.isValid():
                self.scrollTo(index)

    def marked(self) -> str | None:
        """Returns the field that is shown as pointed at."""
        return self.cells.path_at(self._marked)

    def _row_rect(self, index: QModelIndex | QPersistentModelIndex) -> QRect:
        y = self.rowViewportPosition(index.row())
        return QRect(0, y, self.viewport().width(), self.rowHeight(index.row()))

    def needed_height(self) -> int:
        """Returns the height that shows every row."""
        rows = self.model().rowCount() * self.verticalHeader().defaultSectionSize()
        return rows + self.horizontalHeader().sizeHint().height() + 2

    def edit_current(self) -> None:
        """Opens the editor on the value of the current row."""
        path = self.path()
        index = self.cells.index_of(path) if path is not None else QModelIndex()
        if index.isValid() and index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.setCurrentIndex(index)
            self.edit(index)

    def drop_editor(self) -> None:
        """Closes an open editor; what was typed into it belongs to another document."""
        for edit in self.viewport().findChildren(QLineEdit):
            self.closeEditor(edit, QAbstractItemDelegate.EndEditHint.RevertModelCache)

    def minimumSizeHint(self) -> QSize:
        """Returns the height of head and two rows: panels resize to nearly nothing."""
        height = 2 * self.verticalHeader().defaultSectionSize()
        return QSize(0, height + self.horizontalHeader().sizeHint().height())

    # -- Qt ------------------------------------------------------------------------------

    def currentChanged(  # noqa: N802 - Qt calls it
        self,
        current: QModelIndex | QPersistentModelIndex,
        previous: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().currentChanged(current, previous)
        self.path_chosen.emit(self.cells.path_at(current))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            # Letters and figures begin an edit here, and Delete means this field; elsewhere they
            # are keys of the window.
            plain = not event.modifiers() & ~(
                Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
            )
            typed = bool(event.text()) and event.text().isprintable()
            free = self.path() is not None and not self.cells.read_only
            if free and ((plain and (typed or event.key() in _KEYS)) or self._is_row_key(event)):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        path = self.path()
        editing = self.state() == QAbstractItemView.State.EditingState
        if path is None or editing:
            super().keyPressEvent(event)
        elif event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        elif self._is_row_key(event):
            if event.key() == Qt.Key.Key_Insert:
                self.add_row()
            else:
                self._remove_row()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._remove()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.edit_current()
        elif event.text() and event.text().isprintable() and not self.cells.read_only:
            # Typing anywhere in the row means its value.
            index = self.cells.index_of(path)
            if index != self.currentIndex():
                self.setCurrentIndex(index)
            super().keyPressEvent(event)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._marked.isValid():
            painter = QPainter(self.viewport())
            color = self.palette().color(QPalette.ColorRole.Highlight)
            painter.setPen(QPen(color, 2))
            painter.drawRect(self._row_rect(self._marked).adjusted(1, 1, -1, -1))
            painter.end()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._tell_hover(None)

    @Slot(QModelIndex)
    def _hover(self, index: QModelIndex) -> None:
        self._tell_hover(index.data(PATH_ROLE))

    def _tell_hover(self, path: str | None) -> None:
        if path != self._hovered:
            self._hovered = path
            self.path_hovered.emit(path)

    # -- menu ----------------------------------------------------------------------------

    @Slot(QPoint)
    def _show_menu(self, at: QPoint) -> None:
        index = self.indexAt(at)
        cell = self.cells.cell_at(index)
        if cell is None:
            return
        self.setCurrentIndex(index)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        edit = menu.addAction(self.tr("Correct"), QKeySequence(Qt.Key.Key_F2), self.edit_current)
        right = menu.addAction(self.tr("Read right"), self._confirm)
        gone = menu.addAction(
            self.tr("Not in the document"), QKeySequence(Qt.Key.Key_Delete), self._remove
        )
        changes = [edit, right, gone]
        if cell.differs or cell.unseen:
            value = value_text(cell.second) if cell.second is not None else ""
            words = self.tr("Use {value}").format(value=value or self.tr("nothing"))
            use = menu.addAction(visible_text(words), QKeySequence(Qt.Key.Key_F4), self._use_second)
            changes.append(use)
        for action in changes:
            action.setEnabled(not self.cells.read_only and not cell.removed)
        row = self._own_row()
        if row is not None:
            menu.addSeparator()
            if cell.removed:
                changes = [menu.addAction(self.tr("Put the row back"), self._return_row)]
            else:
                changes = [menu.addAction(self.tr("Remove the row"), _REMOVE_ROW, self._remove_row)]
            changes.append(menu.addAction(self.tr("Add an item"), _ADD_ROW, self.add_row))
            for action in changes:
                action.setEnabled(not self.cells.read_only)
        menu.addSeparator()
        show = menu.addAction(self.tr("Show in the picture"), self._activate)
        show.setEnabled(bool(cell.read.places))
        menu.addAction(self.tr("Copy value"), QKeySequence.StandardKey.Copy, self._copy)
        menu.popup(self.viewport().mapToGlobal(at))

    def _own_row(self) -> int | None:
        """The current row, where rows can be added and removed."""
        if not isinstance(self.cells, ItemsModel) or not self.currentIndex().isValid():
            return None
        return self.currentIndex().row()

    def _is_row_key(self, event: QKeyEvent) -> bool:
        keys = QKeySequence(event.keyCombination())
        return self._own_row() is not None and keys in (_ADD_ROW, _REMOVE_ROW)

    @Slot()
    def add_row(self) -> None:
        """Goes to the row for another item and begins to type."""
        if not self.cells.read_only:
            self.setCurrentIndex(self.cells.index(self.cells.rowCount() - 1, 0))
            self.edit_current()

    @Slot()
    def _remove_row(self) -> None:
        row = self._own_row()
        if row is not None and not self.cells.read_only:
            self.row_removed.emit(row)

    @Slot()
    def _return_row(self) -> None:
        row = self._own_row()
        if row is not None and not self.cells.read_only:
            self.row_returned.emit(row)

    def _confirm(self) -> None:
        path = self.path()
        if path is not None and not self.cells.read_only:
            self.confirmed.emit(path)

    def _remove(self) -> None:
        path = self.path()
        if path is not None and not self.cells.read_only:
            self.removed.emit(path)

    def _use_second(self) -> None:
        path = self.path()
        if path is not None and not self.cells.read_only:
            self.second_used.emit(path)

    @Slot(QModelIndex)
    def _double_click(self, index: QModelIndex) -> None:
        path = self.cells.path_at(index)
        on_second = isinstance(self.cells, FieldsModel) and index.column() == Column.SECOND
        if on_second and path is not None and not self.cells.read_only:
            self.second_used.emit(path)

    def _activate(self) -> None:
        path = self.path()
        if path is not None:
            self.path_activated.emit(path)

    def _copy(self) -> None:
        cell = self.cells.cell_at(self.currentIndex())
        if cell is not None:
            shown = self.currentIndex().data(Qt.ItemDataRole.DisplayRole)
            QGuiApplication.clipboard().setText(str(shown or ""))


_KEYS = frozenset(
    (
        Qt.Key.Key_Delete,
        Qt.Key.Key_Backspace,
        Qt.Key.Key_Return,
        Qt.Key.Key_Enter,
        Qt.Key.Key_F2,
    )
)


class _Delegate(QStyledItemDelegate):
    """Line edit in the cell."""

    def createEditor(
        self,
        parent: QWidget,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> QWidget:
        """Returns the editor of a cell."""
        edit = QLineEdit(parent)
        edit.setFrame(False)
        edit.setAutoFillBackground(True)
        edit.setMaxLength(_MOST_LETTERS)
        model = index.model()
        assert isinstance(model, CellsModel)
        edit.setAccessibleName(model.field_name(index.data(PATH_ROLE) or ""))
        return edit

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        """Puts the value into the editor; what is being typed stays when something arrives."""
        if isinstance(editor, QLineEdit) and not editor.isModified():
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))
            editor.selectAll()

    def setModelData(
        self,
        editor: QWidget,
        model: QAbstractItemModel,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Hands over what was typed."""
        if isinstance(editor, QLineEdit):
            model.setData(index, editor.text())
