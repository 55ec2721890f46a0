"""The head of the Ask panel: who answers, what must be said of it, and the whole conversation."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QToolButton, QVBoxLayout, QWidget

from inspector_app.ui import icons, theme
from inspector_app.ui.elided_label import ElidedLabel
from inspector_app.ui.plain_text import visible_text


class ChatHead(QWidget):
    """Who answers, a button for a new conversation, and a menu for the rest."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.who_label = ElidedLabel()
        self.new_button = self._button()
        self.more_button = self._button()
        self.more_button.setIcon(icons.icon("more"))
        self.more_button.setToolTip(self.tr("More about this conversation"))
        self.more_button.setAccessibleName(self.tr("More about this conversation"))
        self.more_button.clicked.connect(self._open)
        self.menu = QMenu(self)
        for button in (self.new_button, self.more_button):
            button.hide()  # until there is something that they do
        self.notice_label = QLabel()
        self.notice_label.setTextFormat(Qt.TextFormat.PlainText)
        self.notice_label.setWordWrap(True)
        self.notice_label.setMinimumWidth(1)
        self._notice_sign = QLabel()
        self._notice_row = QWidget()
        notice = QHBoxLayout(self._notice_row)
        notice.setContentsMargins(0, 0, 0, 0)
        notice.setSpacing(theme.TINY)
        notice.addWidget(self._notice_sign, 0, Qt.AlignmentFlag.AlignTop)
        notice.addWidget(self.notice_label, 1)
        who = QHBoxLayout()
        who.setSpacing(theme.TINY)
        who.addWidget(self.who_label, 1)
        who.addWidget(self.new_button)
        who.addWidget(self.more_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SMALL, theme.TINY, theme.SMALL, theme.TINY)
        column.setSpacing(theme.TINY)
        column.addLayout(who)
        column.addWidget(self._notice_row)
        self._style()

    def show_engine(self, who: str, notice: str) -> None:
        """Shows who answers, and a line that must be shown with the answers; "" for none."""
        self.who_label.setText(who or self.tr("No engine"))
        self.notice_label.setText(visible_text(notice))
        self._notice_row.setVisible(bool(notice))

    def set_actions(self, new: QAction, more: Sequence[QAction]) -> None:
        """Offers what can be done with the whole conversation."""
        self.new_button.setDefaultAction(new)
        self.menu.addActions(list(more))
        for button in (self.new_button, self.more_button):
            button.show()

    def changeEvent(self, event: QEvent) -> None:
        """Follows font and theme."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.PaletteChange):
            self._style()

    def _button(self) -> QToolButton:
        button = QToolButton()
        button.setAutoRaise(True)
        button.setIconSize(QSize(theme.MEDIUM, theme.MEDIUM))
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return button

    def _style(self) -> None:
        bold = self.font()
        bold.setBold(True)
        self.who_label.setFont(bold)
        self.notice_label.setFont(theme.small())
        side = self.fontMetrics().height()
        self._notice_sign.setPixmap(
            icons.pixmap("info", side, theme.muted(), self.devicePixelRatioF())
        )

    @Slot()
    def _open(self) -> None:
        # The menu's right edge under the button's: the panel most often ends at the screen's edge.
        corner = QPoint(self.more_button.width(), self.more_button.height())
        width = self.menu.sizeHint().width()
        self.menu.popup(self.more_button.mapToGlobal(corner) - QPoint(width, 0))
