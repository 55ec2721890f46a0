"""The head of the Document tab: read, under which schema, by whom, and what goes on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QPalette
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QMenu,
    QProgressBar,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from inspector_app.services.documents import schemas, titles_of
from inspector_app.ui import icons, theme
from inspector_app.ui.document_words import language
from inspector_app.ui.elided_label import ElidedLabel
from inspector_app.ui.plain_text import plain_tip, visible_text

_CHOOSE = "\n"  # no path and no schema is called so


class DocumentHead(QWidget):
    """Buttons and lines above the fields."""

    schema_chosen = Signal(str)
    file_wanted = Signal()  # a JSON Schema file is to be chosen
    stop_requested = Signal()
    retry_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.read_button = QToolButton()
        self.read_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.read_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.second_button = QToolButton()
        self.second_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.schema_box = QComboBox()
        self.schema_box.setAccessibleName(self.tr("Kind of document"))
        self.schema_box.setToolTip(self.tr("What kind of document it is: which fields are read"))
        self.schema_box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.schema_box.setMinimumContentsLength(6)
        self.schema_box.activated.connect(self._choose)
        self.more_button = QToolButton()
        self.more_button.setAutoRaise(True)
        self.more_button.setIcon(icons.icon("more"))
        self.more_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.more_button.setToolTip(self.tr("More about this document"))
        self.more_button.setAccessibleName(self.tr("More about this document"))
        self.more_button.clicked.connect(self._open)
        self.menu = QMenu(self)
        self.who_label = ElidedLabel()
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(theme.TINY)
        self.busy_label = ElidedLabel()
        self.stop_button = QToolButton()
        self.stop_button.setText(self.tr("Stop"))
        self.stop_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.stop_button.clicked.connect(self.stop_requested)
        self.failure_label = QLabel()
        self.failure_label.setTextFormat(Qt.TextFormat.PlainText)
        self.failure_label.setWordWrap(True)
        self.failure_label.setMinimumWidth(1)
        self._failure_sign = QLabel()
        self.retry_button = QToolButton()
        self.retry_button.setText(self.tr("Retry"))
        self.retry_button.setIcon(icons.icon("retry"))
        self.retry_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.retry_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.retry_button.clicked.connect(self.retry_requested)
        first = QHBoxLayout()
        first.setSpacing(theme.TINY)
        first.addWidget(self.read_button)
        first.addWidget(self.schema_box, 1)
        first.addWidget(self.second_button)
        first.addWidget(self.more_button)
        self._busy_row = QWidget()
        busy = QHBoxLayout(self._busy_row)
        busy.setContentsMargins(0, 0, 0, 0)
        busy.addWidget(self.busy_label, 1)
        busy.addWidget(self.stop_button)
        self._failure_row = QWidget()
        failure = QHBoxLayout(self._failure_row)
        failure.setContentsMargins(0, 0, 0, 0)
        failure.setSpacing(theme.SMALL)
        top = Qt.AlignmentFlag.AlignTop
        failure.addWidget(self._failure_sign, 0, top)
        failure.addWidget(self.failure_label, 1)
        failure.addWidget(self.retry_button, 0, top)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SMALL, theme.TINY, theme.SMALL, theme.TINY)
        column.setSpacing(theme.TINY)
        column.addLayout(first)
        column.addWidget(self.who_label)
        column.addWidget(self.progress)
        column.addWidget(self._busy_row)
        column.addWidget(self._failure_row)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.show_schema(schemas()[0])
        self.show_who("")
        self.show_busy(None)
        self.show_failure("")
        self._style()

    def set_actions(self, read: QAction, second: QAction, more: Sequence[QAction]) -> None:
        """Gives the buttons their actions and the menu its own."""
        self.read_button.setDefaultAction(read)
        self.second_button.setDefaultAction(second)
        self.menu.addActions(list(more))

    def show_schema(self, schema: str) -> None:
        """Shows which schema is chosen; tells nobody."""
        with QSignalBlocker(self.schema_box):
            self.schema_box.clear()
            ours = schemas()
            own = () if schema in ours else (schema,)
            for each in (*ours, *own):
                self.schema_box.addItem(titles_of(each, language()).schema, each)
            if own:
                tip = plain_tip(schema)
                self.schema_box.setItemData(len(ours), tip, Qt.ItemDataRole.ToolTipRole)
            self.schema_box.insertSeparator(self.schema_box.count())
            self.schema_box.addItem(self.tr("JSON Schema file…"), _CHOOSE)
            self.schema_box.setCurrentIndex(self.schema_box.findData(schema))

    def schema(self) -> str:
        """Returns the chosen schema: a name, a path, or "" for text alone."""
        return str(self.schema_box.currentData() or "")

    def show_who(self, who: str) -> None:
        """Shows what read the document and how long it took; "" for nothing."""
        self.who_label.setText(who)
        self.who_label.setVisible(bool(who))

    def show_busy(self, text: str | None, done: int = 0, total: int = 0) -> None:
        """Shows that this document is being read; None ends it."""
        self._busy_row.setVisible(text is not None)
        self.progress.setVisible(text is not None)
        self.busy_label.setText(text or "")
        self.progress.setRange(0, total)
        self.progress.setValue(done)
        if text is not None:
            self.show_failure("")

    def show_failure(self, text: str) -> None:
        """Shows why this document could not be read; "" for no trouble."""
        self.failure_label.setText(visible_text(text))
        self._failure_row.setVisible(bool(text))

    def minimumSizeHint(self) -> QSize:
        """Returns a height without width, so that the panel may shrink."""
        return QSize(0, super().minimumSizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._style()

    def _style(self) -> None:
        muted = QPalette()
        muted.setColor(QPalette.ColorRole.WindowText, theme.muted())
        for label in (self.who_label, self.busy_label):
            label.setFont(theme.tabular(theme.small(self.font())))
            label.setPalette(muted)
        color = self.palette().color(QPalette.ColorRole.WindowText)
        ratio = self.devicePixelRatioF()
        self._failure_sign.setPixmap(icons.pixmap("warning", theme.MEDIUM, color, ratio))

    @Slot(int)
    def _choose(self, index: int) -> None:
        data = self.schema_box.itemData(index)
        if data == _CHOOSE:
            self.file_wanted.emit()
        elif data is not None:
            self.schema_chosen.emit(str(data))

    @Slot()
    def _open(self) -> None:
        place = self.more_button.mapToGlobal(QPoint(0, self.more_button.height()))
        self.menu.popup(place)
