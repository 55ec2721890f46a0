"""The Document tab: what a receipt, label or card says, to look at, check and correct."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLocale, QModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from inspector_app.ui import theme
from inspector_app.ui.document_conflicts import ConflictList
from inspector_app.ui.document_head import DocumentHead
from inspector_app.ui.document_model import Column, FieldsModel, ItemsModel
from inspector_app.ui.document_second import rows_words
from inspector_app.ui.document_state import DocumentState
from inspector_app.ui.document_summary import SummaryBox
from inspector_app.ui.document_table import DocumentTable
from inspector_app.ui.document_words import remark_text
from inspector_app.ui.plain_text import visible_text

_NOTHING, _FIELDS, _TEXT = 0, 1, 2


class DocumentPanel(QWidget):
    """Shows one document and asks for changes; it never makes them itself."""

    correction_asked = Signal(str, str)  # path, text
    removal_asked = Signal(str)
    confirmation_asked = Signal(str)
    settling_asked = Signal(str)
    row_removal_asked = Signal(int)
    row_return_asked = Signal(int)
    second_asked = Signal(str)  # the second reader's value is to count
    path_chosen = Signal(object)  # path or None
    paths_pointed = Signal(object)  # tuple of paths
    path_activated = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state: DocumentState | None = None
        self._by_hand = False  # an empty document is filled in by a person
        self._quiet = False
        self.head = DocumentHead()
        self.remarks = self._label()
        self.conflicts = ConflictList()
        self.fields = DocumentTable(FieldsModel(self), self.tr("Fields"))
        self.items = DocumentTable(ItemsModel(self), self.tr("Items"))
        self.summary = SummaryBox()
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(self.tr("Text"))
        self._build()
        for table in (self.fields, self.items):
            table.cells.edited.connect(self.correction_asked)
            table.path_hovered.connect(self._hover)
            table.path_activated.connect(self.path_activated)
            table.removed.connect(self.removal_asked)
            table.confirmed.connect(self.confirmation_asked)
            table.second_used.connect(self.second_asked)
        self.items.row_removed.connect(self.row_removal_asked)
        self.items.row_returned.connect(self.row_return_asked)
        self.fields.path_chosen.connect(self._choose_field)
        self.items.path_chosen.connect(self._choose_item)
        self.conflicts.correction_asked.connect(self.correction_asked)
        self.conflicts.settling_asked.connect(self.settling_asked)
        self.conflicts.pointed.connect(self.paths_pointed)
        self.conflicts.chosen.connect(self.go_to)
        self.show_document(None)

    # -- what the window calls -----------------------------------------------------------

    def show_document(self, state: DocumentState | None, new: bool = True) -> None:
        """Shows a document, or what to do where there is none.

        Args:
            state: What was read, with corrections; None where nothing was read.
            new: Whether it is another document than before, not the same one corrected.
        """
        before, self.state = self.state, state
        other = before is None or state is None or before.stored.image_id != state.stored.image_id
        if new:
            self._by_hand = False
        self._quiet = True  # tables that change tell of cells that nobody chose
        for table in (self.fields, self.items):
            if other:
                table.drop_editor()
            if new:
                table.setCurrentIndex(QModelIndex())
            table.cells.set_state(state)
        self._quiet = False
        self.conflicts.show_conflicts(state, self.fields.cells.read_only)
        if state is None:
            self.remarks.hide()
            self.summary.show_summary("")
            self._tell_nothing(
                self.tr("Not read yet"),
                self.tr(
                    "Read this image to get its fields, check them against the picture and "
                    "correct them. Choose above what kind of document it is."
                ),
            )
            self.head.show_who("")
            return
        self._show_state(state, new)

    def set_read_only(self, read_only: bool) -> None:
        """Allows looking only."""
        if read_only != self.fields.cells.read_only:
            self.fields.cells.read_only = self.items.cells.read_only = read_only
            self.conflicts.show_conflicts(self.state, read_only)

    def path(self) -> str | None:
        """Returns the field that is chosen."""
        table = self.items if self.items.hasFocus() else self.fields
        other = self.fields if table is self.items else self.items
        return table.path() or other.path()

    @Slot(str)
    def go_to(self, path: str, focus: bool = True) -> None:
        """Chooses a field in its table."""
        for table, other in ((self.fields, self.items), (self.items, self.fields)):
            if table.cells.index_of(path).isValid():
                self._quiet = True
                other.setCurrentIndex(QModelIndex())
                self._quiet = False
                if self.stack.currentIndex() != _FIELDS:
                    self._fill_by_hand()
                table.choose(path)
                if focus:
                    table.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def point_at(self, path: str | None) -> None:
        """Marks the row of a field that is pointed at in the picture; None marks none."""
        for table in (self.fields, self.items):
            table.mark(path)

    def minimumSizeHint(self) -> QSize:
        """Returns nearly nothing: panels resize to 0."""
        return QSize(0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out_fields()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._style()

    # -- inside --------------------------------------------------------------------------

    def _build(self) -> None:
        self.fields.verticalHeader().hide()
        self.fields.horizontalHeader().setStretchLastSection(True)
        self.fields.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.fields)
        self.splitter.addWidget(self.items)
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 2)
        self.items.cells.modelReset.connect(self._lay_out_items)
        self._title, self._sentence = self._label(), self._label()
        for label in (self._title, self._sentence):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hand_button = QPushButton(self.tr("Fill in by hand"))
        self.hand_button.clicked.connect(self._fill_by_hand)
        nothing = QWidget()
        column = QVBoxLayout(nothing)
        column.setContentsMargins(theme.MEDIUM, theme.MEDIUM, theme.MEDIUM, theme.MEDIUM)
        column.setSpacing(theme.SMALL)
        column.addStretch(2)
        column.addWidget(self._title)
        column.addWidget(self._sentence)
        column.addWidget(self.hand_button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self.stack = QStackedWidget()
        for page in (nothing, self.splitter, self.text):
            self.stack.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.head)
        layout.addWidget(self.remarks)
        layout.addWidget(self.conflicts)
        layout.addWidget(self.stack, 1)
        layout.addWidget(self.summary)
        self.setFocusProxy(self.fields)
        self._lay_out_items()
        self._style()

    def _show_state(self, state: DocumentState, new: bool) -> None:
        document = state.reading.document
        seconds = self.tr("{seconds} s").format(
            seconds=QLocale().toString(document.seconds, "f", 1)
        )
        parts = [state.titles.schema, document.reader, seconds]
        self.head.show_who(" · ".join(part for part in parts if part))
        lines = [remark_text(key) for key in state.remarks]
        lines += rows_words(state)
        self.remarks.setText(visible_text("\n".join(lines)))
        may_write = not self.fields.cells.read_only
        self.summary.show_summary(state.summary(self.summary.is_long, self.summary.is_formal))
        if not state.has_fields:
            if self.text.toPlainText() != visible_text(state.text):
                self.text.setPlainText(visible_text(state.text))
            self.stack.setCurrentIndex(_TEXT if state.text.strip() else _NOTHING)
            self._tell_nothing(*self._no_text(state), show=False)
        elif state.is_empty and not self._by_hand:
            if any(page.lines for page in document.pages):
                title = self.tr("None of the fields was found")
                sentence = self.tr(
                    "There is text, but nothing in it that belongs to a {schema}. Is it another "
                    "kind of document? Choose it above and read again."
                ).format(schema=state.titles.schema.lower())
            else:
                title, sentence = self._no_text(state)
                told = ("no_text", "other_script")
                lines = [remark_text(key) for key in state.remarks if key not in told]
                self.remarks.setText(visible_text("\n".join(lines)))
            self._tell_nothing(title, sentence, by_hand=may_write)
        else:
            self.stack.setCurrentIndex(_FIELDS)
            self.items.setVisible(bool(self.items.cells.rowCount()))
            self._lay_out_fields()
            if new:
                self._share_height()
        self.remarks.setVisible(bool(self.remarks.text()))

    def _no_text(self, state: DocumentState) -> tuple[str, str]:
        if "other_script" in state.remarks:
            return self.tr("No text could be read"), remark_text("other_script")
        return self.tr("No text was found"), self.tr(
            "Is the picture sharp, bright and upright enough to be read by eye? Then read again; "
            "otherwise take another one."
        )

    def _tell_nothing(
        self, title: str, sentence: str, by_hand: bool = False, show: bool = True
    ) -> None:
        self._title.setText(title)
        self._sentence.setText(visible_text(sentence))
        self.hand_button.setVisible(by_hand)
        if show:
            self.stack.setCurrentIndex(_NOTHING)

    @Slot()
    def _fill_by_hand(self) -> None:
        self._by_hand = True
        self.stack.setCurrentIndex(_FIELDS)
        self.items.setVisible(bool(self.items.cells.rowCount()))
        self.fields.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.fields.path() is None and self.fields.model().rowCount():
            self.fields.setCurrentIndex(self.fields.model().index(0, Column.VALUE))

    def _lay_out_fields(self) -> None:
        """Gives the columns their widths; values go first.

        The text of the document comes where it says something else and there is room; else it is
        in the tooltip.
        """
        header, model = self.fields.horizontalHeader(), self.fields.model()
        bar = self.fields.verticalScrollBar().sizeHint().width()
        whole, letter = max(0, self.width() - bar - 2), self.fontMetrics().averageCharWidth()
        second = self.state is not None and self.state.second is not None
        needed = self.fields.sizeHintForColumn
        name = min(needed(Column.NAME), round(whole * 0.3))
        widest = QFontMetrics(theme.tabular(self.fields.font())).horizontalAdvance("100 %")
        score = max(widest + 2 * theme.SMALL, header.sectionSizeHint(Column.SCORE))
        rest = max(0, whole - name - score)
        narrow = second and rest <= letter * 48
        rest += score if narrow else 0  # two values side by side go before figures
        differs = any(model.index(row, Column.TEXT).data() for row in range(model.rowCount()))
        wanted = max(needed(Column.TEXT), header.sectionSizeHint(Column.TEXT))
        roomy = differs and not narrow and rest > letter * 40
        text = min(wanted, round(rest * (0.32 if second else 0.4))) if roomy else 0
        other = (rest - text) // 2 if second else 0
        self.fields.setColumnHidden(Column.SECOND, not second)
        self.fields.setColumnHidden(Column.SCORE, narrow)
        self.fields.setColumnHidden(Column.TEXT, not roomy)
        for column, width in (
            *((Column.NAME, name), (Column.VALUE, rest - text - other), (Column.SCORE, score)),
            *((Column.SECOND, other), (Column.TEXT, text)),
        ):
            self.fields.setColumnWidth(column, width)

    def _share_height(self) -> None:
        """Gives the items what they need, at most half; the fields get the rest."""
        whole = self.splitter.height()
        items = min(self.items.needed_height(), whole // 2)
        self.splitter.setSizes([max(1, whole - items), max(1, items)])

    @Slot()
    def _lay_out_items(self) -> None:
        model = self.items.cells
        assert isinstance(model, ItemsModel)
        header = self.items.horizontalHeader()
        mode = QHeaderView.ResizeMode
        for column, name in enumerate(model.names()):
            wide = name == "name"
            header.setSectionResizeMode(column, mode.Stretch if wide else mode.ResizeToContents)

    def _label(self) -> QLabel:
        label = QLabel()
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setMinimumWidth(1)
        label.setContentsMargins(theme.SMALL, 0, theme.SMALL, theme.TINY)
        return label

    def _style(self) -> None:
        bold = self.font()
        bold.setBold(True)
        self._title.setFont(bold)
        muted = QPalette()
        muted.setColor(QPalette.ColorRole.WindowText, theme.muted())
        for label in (self._sentence, self.remarks):
            label.setPalette(muted)

    @Slot(object)
    def _choose_field(self, path: str | None) -> None:
        self._choose(path, self.items)

    @Slot(object)
    def _choose_item(self, path: str | None) -> None:
        self._choose(path, self.fields)

    def _choose(self, path: str | None, other: DocumentTable) -> None:
        if self._quiet:
            return
        if path is not None:
            # One choice in both tables: what the keys act on must not be in doubt.
            self._quiet = True
            other.setCurrentIndex(QModelIndex())
            self._quiet = False
        self.path_chosen.emit(path)

    @Slot(object)
    def _hover(self, path: str | None) -> None:
        self.paths_pointed.emit((path,) if path is not None else ())
