"""The paragraph about a document: to read, to copy, in the style that is wanted."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QGuiApplication, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPlainTextEdit,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from inspector_app.ui import icons, theme
from inspector_app.ui.plain_text import visible_text

_LINES = 5  # shown at most; the rest is scrolled


class SummaryBox(QWidget):
    """Head with style and copy, and the text below it."""

    style_changed = Signal(bool, bool)  # long, formal

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = QLabel(self.tr("Summary"))
        self.style_button = QToolButton()
        self.style_button.setAutoRaise(True)
        self.style_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.style_button.setToolTip(self.tr("Length and tone of the summary"))
        self.style_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        menu = QMenu(self.style_button)
        self.short_action, self.long_action = self._pair(menu, self.tr("Short"), self.tr("Long"))
        menu.addSeparator()
        self.formal_action, self.plain_action = self._pair(
            menu, self.tr("Formal"), self.tr("Plain")
        )
        self.style_button.setMenu(menu)
        self.copy_button = QToolButton()
        self.copy_button.setAutoRaise(True)
        self.copy_button.setIcon(icons.icon("copy"))
        self.copy_button.setToolTip(self.tr("Copy summary"))
        self.copy_button.setAccessibleName(self.tr("Copy summary"))
        self.copy_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.copy_button.clicked.connect(self._copy)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(self.tr("Summary"))
        self.text.document().setDocumentMargin(theme.SMALL)
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.engine_button = QToolButton()
        self.engine_button.setAutoRaise(True)
        self.engine_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.note = QLabel()
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.note.setWordWrap(True)
        self.note.setMinimumWidth(1)
        self.note.setContentsMargins(theme.SMALL, 0, theme.SMALL, 0)
        self.note.hide()
        self._words = ""
        head = QHBoxLayout()
        head.setContentsMargins(theme.SMALL, 0, theme.TINY, 0)
        head.setSpacing(theme.TINY)
        head.addWidget(self._title, 1)
        head.addWidget(self.engine_button)
        head.addWidget(self.style_button)
        head.addWidget(self.copy_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.TINY, 0, theme.TINY)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.text)
        column.addWidget(self.note)
        self._retell()
        self._style()

    def set_style(self, long: bool, formal: bool) -> None:
        """Shows which style is chosen; tells nobody."""
        (self.long_action if long else self.short_action).setChecked(True)
        (self.formal_action if formal else self.plain_action).setChecked(True)
        self._retell()

    @property
    def is_long(self) -> bool:
        """Whether a long summary is wanted."""
        return self.long_action.isChecked()

    @property
    def is_formal(self) -> bool:
        """Whether a formal one is."""
        return self.formal_action.isChecked()

    def show_summary(self, text: str, note: str = "") -> None:
        """Shows a paragraph, and who wrote it if not the program; the box hides without one."""
        self._words = text
        self.note.setText(visible_text(note))
        self.note.setVisible(bool(note))
        self.setVisible(bool(text))
        shown = visible_text(text)
        if self.text.toPlainText() != shown:
            self.text.setPlainText(shown)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Returns a height without width, so that the panel may shrink."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._style()

    def _pair(self, menu: QMenu, first: str, second: str) -> tuple[QAction, QAction]:
        group = QActionGroup(menu)
        made = [group.addAction(menu.addAction(words)) for words in (first, second)]
        for action in made:
            action.setCheckable(True)
            action.triggered.connect(self._tell)
        return made[0], made[1]

    def _retell(self) -> None:
        length = self.long_action if self.is_long else self.short_action
        tone = self.formal_action if self.is_formal else self.plain_action
        words = f"{length.text()} · {tone.text()}"
        self.style_button.setText(words)
        self.style_button.setAccessibleName(self.tr("Style of the summary") + f": {words}")

    def _style(self) -> None:
        bold = self.font()
        bold.setBold(True)
        self._title.setFont(bold)
        self.style_button.setFont(theme.small(self.font()))
        self.note.setFont(theme.small(self.font()))
        muted = QPalette()
        muted.setColor(QPalette.ColorRole.WindowText, theme.muted())
        self.note.setPalette(muted)
        ground = QPalette()
        ground.setColor(
            QPalette.ColorRole.Base, QGuiApplication.palette().color(QPalette.ColorRole.Window)
        )
        self.text.setPalette(ground)
        self._fit()

    def _fit(self) -> None:
        # A plain text edit tells its height in lines.
        lines = min(_LINES, max(1, round(self.text.document().size().height())))
        self.text.setFixedHeight(
            lines * self.fontMetrics().lineSpacing() + 2 * theme.SMALL + theme.TINY
        )

    @Slot()
    def _tell(self) -> None:
        self._retell()
        self.style_changed.emit(self.is_long, self.is_formal)

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._words)
