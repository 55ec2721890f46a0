"""Messages inside the window: what happened, what to do, details; nothing stops for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleEvent, QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from inspector_app.domain.verdicts import Verdict
from inspector_app.ui import colors, icons, theme
from inspector_app.ui.plain_text import visible_text

Action = tuple[str, Callable[[], object]]

SHOWN = 3
_STRIP = 4
_LONGEST = 1000


class Level(StrEnum):
    """How much a message matters."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


_ICONS = {Level.INFO: "info", Level.WARNING: "warning", Level.ERROR: "warning"}
_COLORS = {Level.WARNING: Verdict.REVIEW, Level.ERROR: Verdict.REJECT}


class MessageBar(QWidget):
    """Stack of at most three messages, the newest on top; more wait until one is closed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._messages: list[_MessageRow] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(1)
        self._more = QLabel()
        self._more.setContentsMargins(theme.SMALL, theme.TINY, theme.SMALL, theme.TINY)
        self._layout.addWidget(self._more)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setAccessibleName(self.tr("Messages"))
        self._retell()

    def show_info(
        self,
        text: str,
        *,
        actions: Sequence[Action] = (),
        details: str = "",
        hide_after_ms: int | None = None,
    ) -> int:
        """Shows something good to know; returns its number for `dismiss`.

        Args:
            text: One or two sentences.
            actions: Up to two (words, callback); a press also closes the message.
            details: Technical text behind a Details button.
            hide_after_ms: Closes by itself after that time; stays when None.
        """
        number = self._show(Level.INFO, text, actions, details)
        if hide_after_ms is not None:
            self._find(number).hide_after(hide_after_ms)
        return number

    def show_warning(self, text: str, *, actions: Sequence[Action] = (), details: str = "") -> int:
        """Shows something to be looked at; stays until it is closed."""
        return self._show(Level.WARNING, text, actions, details)

    def show_error(self, text: str, *, actions: Sequence[Action] = (), details: str = "") -> int:
        """Shows something that failed; stays until it is closed."""
        return self._show(Level.ERROR, text, actions, details)

    def dismiss(self, number: int) -> None:
        """Closes a message; one that is closed already is no trouble."""
        for row in self._messages:
            if row.number == number:
                self._drop(row)
                return

    def clear(self) -> None:
        """Closes all messages."""
        for row in list(self._messages):
            self._drop(row)

    def count(self) -> int:
        """Returns how many messages there are, shown or waiting."""
        return len(self._messages)

    def texts(self) -> list[str]:
        """Returns the texts, the newest first."""
        return [row.text for row in self._messages]

    def _find(self, number: int) -> _MessageRow:
        return next(row for row in self._messages if row.number == number)

    def _show(self, level: Level, text: str, actions: Sequence[Action], details: str) -> int:
        for row in self._messages:
            if row.level is level and row.text == text and not actions:
                # The same again (a streak of failures) counts up instead of piling up.
                row.repeat(details)
                return row.number
        numbers = [row.number for row in self._messages]
        row = _MessageRow(max(numbers, default=0) + 1, level, text, actions[:2], details, self)
        row.closed.connect(self._close)
        self._messages.insert(0, row)
        self._layout.insertWidget(0, row)
        self._retell()
        QAccessible.updateAccessibility(QAccessibleEvent(row, QAccessible.Event.Alert))
        return row.number

    @Slot(int)
    def _close(self, number: int) -> None:
        self.dismiss(number)

    def _drop(self, row: _MessageRow) -> None:
        self._messages.remove(row)
        self._layout.removeWidget(row)
        row.stop()
        row.hide()
        row.deleteLater()
        self._retell()

    def _retell(self) -> None:
        # What failed is not pushed out of sight by what is only good to know.
        ranked = sorted(self._messages, key=lambda row: row.level is Level.INFO)
        for place, row in enumerate(ranked):
            row.setVisible(place < SHOWN)
        waiting = len(self._messages) - SHOWN
        self._more.setVisible(waiting > 0)
        self._more.setText(self.tr("%n more message(s)", "", max(0, waiting)))
        self.setVisible(bool(self._messages))


class _MessageRow(QWidget):
    """One message."""

    closed = Signal(int)

    def __init__(
        self,
        number: int,
        level: Level,
        text: str,
        actions: Sequence[Action],
        details: str,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.number, self.level, self.text = number, level, text
        self._times = 1
        self._timer: QTimer | None = None
        self._callbacks = [callback for _, callback in actions]
        self._sign = QLabel()
        self._label = QLabel()
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setWordWrap(True)
        self._label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._label.setMinimumWidth(1)
        line = QHBoxLayout()
        line.setSpacing(theme.SMALL)
        line.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._label, 1)
        top = Qt.AlignmentFlag.AlignTop
        self.buttons: list[QToolButton] = []
        for index, (words, _) in enumerate(actions):
            button = self._button(words)
            button.clicked.connect((self._press_first, self._press_second)[index])
            self.buttons.append(button)
            line.addWidget(button, 0, top)
        self.details_button = self._button(self.tr("Details"))
        self.details_button.setCheckable(True)
        self.details_button.toggled.connect(self._show_details)
        line.addWidget(self.details_button, 0, top)
        self.close_button = self._button("")
        self.close_button.setIcon(icons.icon("close"))
        self.close_button.setAutoRaise(True)
        self.close_button.setToolTip(self.tr("Close"))
        self.close_button.setAccessibleName(self.tr("Close message"))
        self.close_button.clicked.connect(self._close)
        line.addWidget(self.close_button, 0, top)
        self.details = DetailsText()
        self.details.setAccessibleName(self.tr("Details"))
        self.details.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_STRIP + theme.SMALL, theme.TINY, theme.TINY, theme.TINY)
        layout.setSpacing(theme.TINY)
        layout.addLayout(line)
        layout.addWidget(self.details)
        self._set_details(details)
        self._retell()

    def repeat(self, details: str) -> None:
        """Counts the same message once more."""
        self._times += 1
        if details:
            self._set_details(details)
        self._retell()

    def hide_after(self, milliseconds: int) -> None:
        """Closes by itself, unless the details are being read."""
        if self._timer is None:
            self._timer = QTimer(self)
            self._timer.setSingleShot(True)
            self._timer.timeout.connect(self._close_unread)
        self._timer.start(milliseconds)

    def stop(self) -> None:
        """Stops the clock."""
        if self._timer is not None:
            self._timer.stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws ground and strip in the level's colour."""
        painter = QPainter(self)
        strip = self._color()
        ground = QColor(strip)
        ground.setAlpha(26)
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Base))
        painter.fillRect(self.rect(), ground)
        painter.fillRect(0, 0, _STRIP, self.height(), strip)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        """Takes new colours when the theme changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._retell()

    def _color(self) -> QColor:
        verdict = _COLORS.get(self.level)
        if verdict is None:
            return self.palette().color(QPalette.ColorRole.Highlight)
        return colors.verdict_color(verdict)

    def _button(self, words: str) -> QToolButton:
        button = QToolButton()
        button.setText(words)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return button

    def _set_details(self, details: str) -> None:
        self.details.setPlainText(visible_text(details))
        self.details_button.setVisible(bool(details))

    def _retell(self) -> None:
        kind = {
            Level.INFO: self.tr("Note"),
            Level.WARNING: self.tr("Warning"),
            Level.ERROR: self.tr("Failed"),
        }[self.level]
        self._sign.setPixmap(
            icons.pixmap(
                _ICONS[self.level],
                theme.ICON,
                self.palette().color(QPalette.ColorRole.WindowText),
                self.devicePixelRatioF(),
            )
        )
        self._sign.setAccessibleName(kind)
        shown = visible_text(self.text)
        if len(shown) > _LONGEST:
            shown = shown[: _LONGEST - 1] + "…"
        if self._times > 1:
            shown = self.tr("{text} (%n times)", "", self._times).replace("{text}", shown)
        self._label.setText(shown)
        self.setAccessibleName(f"{kind}: {shown}")

    @Slot(bool)
    def _show_details(self, on: bool) -> None:
        self.details.setVisible(on)

    @Slot()
    def _close_unread(self) -> None:
        if not self.details_button.isChecked():
            self._close()

    @Slot()
    def _close(self) -> None:
        self.closed.emit(self.number)

    @Slot()
    def _press_first(self) -> None:
        self._press(0)

    @Slot()
    def _press_second(self) -> None:
        self._press(1)

    def _press(self, index: int) -> None:
        self._close()
        self._callbacks[index]()


class DetailsText(QPlainTextEdit):
    """Technical text, to read and copy; a few lines high in whatever font."""

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Returns the height of eight lines."""
        return QSize(200, 8 * self.fontMetrics().lineSpacing() + theme.MEDIUM)

    def minimumSizeHint(self) -> QSize:
        """Returns the height of three lines."""
        return QSize(0, 3 * self.fontMetrics().lineSpacing())
