"""The findings of the current image: accept, reject, rename, find them in the picture."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCompleter,
    QFrame,
    QHeaderView,
    QLabel,
    QLineEdit,
    QStackedWidget,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from inspector_app.domain.findings import AuthorKind, Finding, FindingState
from inspector_app.ui import theme
from inspector_app.ui.findings_model import ID_ROLE, Column, FindingsModel

_STATES = {
    Qt.Key.Key_Y: FindingState.ACCEPTED,
    Qt.Key.Key_N: FindingState.REJECTED,
    Qt.Key.Key_U: FindingState.UNSURE,
}


class FindingsTable(QWidget):
    """Table of findings with keys for review; it asks for changes and never makes them itself."""

    state_requested = Signal(str, object)  # id, FindingState
    label_edited = Signal(str, str)
    note_edited = Signal(str, str)
    delete_requested = Signal(str)
    selection_changed = Signal(object)  # id or None
    finding_activated = Signal(str)
    finding_hovered = Signal(object)  # id or None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._quiet = False
        self._hovered: str | None = None
        self._known_labels: list[str] = []
        self.model = FindingsModel(self)
        self.model.label_edited.connect(self.label_edited)
        self.model.note_edited.connect(self.note_edited)
        self.table = _Table(self)
        self.table.setModel(self.model)
        self.table.setItemDelegate(_EditorDelegate(self.labels, self.table))
        self.table.selectionModel().selectionChanged.connect(self._tell_selection)
        self.table.doubleClicked.connect(self._activate)
        self.table.entered.connect(self._hover)
        self.table.left.connect(self._leave)
        self.table.key_pressed.connect(self._act)
        self._nothing = QLabel(
            self.tr("No findings. Run the inspection, or draw a region in the picture (R).")
        )
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setWordWrap(True)
        self._nothing.setMargin(theme.MEDIUM)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._nothing)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self.setFocusProxy(self.table)
        self._stack.setCurrentIndex(1)

    # -- what the window calls -------------------------------------------------------

    def set_findings(self, findings: Sequence[Finding], width: int, height: int) -> None:
        """Shows these findings of an image of that size in pixels; the selection stays."""
        selected = self.selected_id()
        self._quiet = True
        moved = self.model.set_findings(findings, width, height)
        self._quiet = False
        self._stack.setCurrentIndex(0 if findings else 1)
        if moved:
            self.set_selected(selected)
            if selected is not None and self.selected_id() is None:
                self.selection_changed.emit(None)

    def set_selected(self, finding_id: str | None) -> None:
        """Selects a finding without telling anybody."""
        row = self.model.row_of(finding_id)
        self._quiet = True
        if row < 0:
            self.table.clearSelection()
            self.table.setCurrentIndex(QModelIndex())
        elif finding_id != self.selected_id():
            column = max(0, self.table.currentIndex().column())
            self.table.setCurrentIndex(self.model.index(row, column))
            self.table.scrollTo(self.model.index(row, column))
        self._quiet = False

    def selected_id(self) -> str | None:
        """Returns the selected finding."""
        rows = self.table.selectionModel().selectedRows()
        return rows[0].data(ID_ROLE) if rows else None

    def set_known_labels(self, labels: Sequence[str]) -> None:
        """Sets the labels that are suggested besides those of this image."""
        self._known_labels = list(labels)

    def labels(self) -> list[str]:
        """Returns the labels that the editor suggests."""
        return list(dict.fromkeys([*self._known_labels, *self.model.labels()]))

    def set_read_only(self, read_only: bool) -> None:
        """Allows looking only."""
        self.model.read_only = read_only

    def edit_label(self) -> None:
        """Opens the editor on the selected finding's label."""
        row = self.model.row_of(self.selected_id())
        if row >= 0 and not self.model.read_only:
            index = self.model.index(row, Column.LABEL)
            self.table.setCurrentIndex(index)
            self.table.edit(index)

    def minimumSizeHint(self) -> QSize:
        """Returns nearly nothing: panels resize to 0."""
        return QSize(0, 0)

    # -- inside ------------------------------------------------------------------------

    @Slot(int)
    def _act(self, key: int) -> None:
        row = self.model.row_of(self.selected_id())
        if row < 0:
            return
        finding = self.model.finding_at(row)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finding_activated.emit(finding.id)
        elif self.model.read_only:
            return
        elif key in _STATES:
            self.state_requested.emit(finding.id, _STATES[Qt.Key(key)])
        elif key == Qt.Key.Key_E:
            self.edit_label()
        elif finding.author.kind is AuthorKind.PERSON:
            self.delete_requested.emit(finding.id)
        else:  # what an engine said is kept for the record
            self.state_requested.emit(finding.id, FindingState.REJECTED)

    @Slot()
    def _tell_selection(self) -> None:
        if not self._quiet:
            self.selection_changed.emit(self.selected_id())

    @Slot(QModelIndex)
    def _activate(self, index: QModelIndex) -> None:
        self.finding_activated.emit(index.data(ID_ROLE))

    @Slot(QModelIndex)
    def _hover(self, index: QModelIndex) -> None:
        self._tell_hover(index.data(ID_ROLE))

    @Slot()
    def _leave(self) -> None:
        self._tell_hover(None)

    def _tell_hover(self, finding_id: str | None) -> None:
        if finding_id != self._hovered:
            self._hovered = finding_id
            self.finding_hovered.emit(finding_id)


class _Table(QTableView):
    """The view: whole rows, keys as signals."""

    key_pressed = Signal(int)
    left = Signal()

    _KEYS = frozenset(
        (
            *_STATES,
            Qt.Key.Key_E,
            Qt.Key.Key_Delete,
            Qt.Key.Key_Backspace,
            Qt.Key.Key_Return,
            Qt.Key.Key_Enter,
        )
    )

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Findings"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        # A double click shows the finding in the picture; F2, E and typing nothing else edit.
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(theme.LARGE)
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(self.fontMetrics().lineSpacing() + theme.SMALL)
        rows.setHighlightSections(False)

    def setModel(self, model: QAbstractItemModel | None) -> None:  # noqa: N802 - Qt's name
        """Sets the model and widths in characters, which follow font and scale."""
        super().setModel(model)
        letter = self.fontMetrics().averageCharWidth()
        for column, letters in (
            (Column.SIGN, 3),
            (Column.LABEL, 16),
            (Column.SCORE, 8),
            (Column.AUTHOR, 14),
            (Column.STATE, 11),
            (Column.SIZE, 17),
        ):
            self.setColumnWidth(column, letter * letters + theme.SMALL)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turns the keys of review into a signal; the others move the selection."""
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        editing = self.state() == QAbstractItemView.State.EditingState
        if plain and not editing and event.key() in self._KEYS:
            self.key_pressed.emit(int(event.key()))
            event.accept()
            return
        super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Tells that no row is pointed at any more."""
        super().leaveEvent(event)
        self.left.emit()


class _EditorDelegate(QStyledItemDelegate):
    """Line edit in the cell, with suggestions for labels."""

    def __init__(self, labels: Callable[[], list[str]], parent: QWidget) -> None:
        super().__init__(parent)
        self._labels = labels

    def createEditor(
        self,
        parent: QWidget,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> QWidget:
        """Returns the editor of a cell."""
        edit = QLineEdit(parent)
        edit.setFrame(False)
        edit.setMaxLength(2000 if index.column() == Column.NOTE else 200)
        edit.setAccessibleName(self.tr("Label") if index.column() == Column.LABEL else "")
        if index.column() == Column.LABEL:
            completer = QCompleter(self._labels(), edit)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            edit.setCompleter(completer)
        return edit

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        """Puts the text into the editor."""
        if isinstance(editor, QLineEdit):
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
