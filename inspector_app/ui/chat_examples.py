"""Examples of questions for an empty conversation: one for each way to ask."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QLabel,
    QSizePolicy,
    QStyle,
    QStyleOptionToolButton,
    QStylePainter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from inspector_app.domain.tasks import Task
from inspector_app.ui import theme
from inspector_app.ui.chat_tasks import free_words, task_words
from inspector_app.ui.plain_text import plain_tip

_WIDEST = 340


@dataclass(frozen=True, slots=True)
class Example:
    """One example.

    Attributes:
        text: What it puts into the input.
        task: What it asks.
        verbatim: The words go to the model as they are.
    """

    text: str
    task: Task
    verbatim: bool = False

    @property
    def name(self) -> str:
        """The way to ask, as its button says."""
        return free_words().name if self.verbatim else task_words(self.task).name


def examples(tasks: frozenset[Task], language: bool) -> list[Example]:
    """Returns the examples that fit an engine, in the user's language.

    Args:
        tasks: What the engine can do.
        language: It takes free words.
    """
    translate = QCoreApplication.translate
    words = {
        Task.GROUNDING: translate("Example", "Describe this part in detail"),
        Task.DETECTION: translate("Example", "Find all defects"),
        Task.REFER: translate("Example", "Where is the largest scratch?"),
        Task.IDENTIFY: translate("Example", "What is this?"),
        Task.VQA: translate("Example", "Is any piece missing?"),
    }
    found = [Example(text, task) for task, text in words.items() if task in tasks]
    if language:
        free = translate("Example", "What could have caused this damage?")
        found.append(Example(free, Task.VQA, verbatim=True))
    return found


class Examples(QWidget):
    """The examples as buttons; pressing one fills the input and sends nothing."""

    chosen = Signal(object)  # Example

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: list[ExampleButton] = []
        self._title = QLabel(self.tr("For example"))
        self._title.setMinimumWidth(1)
        self.setMaximumWidth(_WIDEST)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.TINY)
        self._column.addWidget(self._title)
        self._style()

    def offer(self, found: list[Example]) -> None:
        """Shows these examples."""
        if [button.example for button in self.buttons] == found:
            return
        for button in self.buttons:
            self._column.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = []
        for example in found:
            button = ExampleButton(example)
            button.clicked.connect(self._choose)
            self._column.addWidget(button)
            self.buttons.append(button)
        self._title.setVisible(bool(found))

    def changeEvent(self, event: QEvent) -> None:
        """Follows font and theme."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.PaletteChange):
            self._style()

    def _style(self) -> None:
        muted = QPalette()
        for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text):
            muted.setColor(role, theme.muted())
        self._title.setPalette(muted)
        self._title.setFont(theme.small())

    @Slot()
    def _choose(self) -> None:
        button = self.sender()
        if isinstance(button, ExampleButton):
            self.chosen.emit(button.example)


class ExampleButton(QToolButton):
    """Way to ask and question in one line, shortened where the panel is narrow."""

    def __init__(self, example: Example, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.example = example
        words = f"{example.name}: {example.text}"
        self.setText(words.replace("&", "&&"))
        self.setToolTip(plain_tip(words))
        self.setAccessibleName(words)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """Returns a line's height; the width may go to 0."""
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the button with as much of the words as there is room for."""
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        option.text = ""  # type: ignore[attr-defined]
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option)
        metrics = self.fontMetrics()
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        place = self.rect().adjusted(theme.SMALL, 0, -theme.SMALL, 0)
        name = f"{self.example.name}  "
        painter.setPen(theme.muted(self.palette()))
        painter.drawText(place, flags, name)
        place.setLeft(place.left() + metrics.horizontalAdvance(name))
        text = metrics.elidedText(self.example.text, Qt.TextElideMode.ElideRight, place.width())
        painter.setPen(self.palette().color(QPalette.ColorRole.ButtonText))
        painter.drawText(place, flags, text)
        painter.end()
