"""Demonstrations before a question: rows that can be typed, picked, dropped and taken out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QToolButton, QVBoxLayout, QWidget

from inspector_app.domain.images import PDFS, SUFFIXES
from inspector_app.domain.prompting import Example
from inspector_app.ui import icons, theme
from inspector_app.ui.elided_label import ElidedLabel
from inspector_app.ui.flow_layout import FlowLayout

_MOST_OFFERED = 24
_MOST = 16  # examples; more than any context holds


class ExampleRow(QWidget):
    """One demonstration."""

    changed = Signal()
    removed = Signal(object)  # itself

    def __init__(self, example: Example, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.image = example.image
        name = ElidedLabel(Path(example.image).name)
        name.elide = Qt.TextElideMode.ElideMiddle
        name.setVisible(bool(example.image))
        self.question = QLineEdit(example.question)
        self.question.setPlaceholderText(
            self.tr("The same question") if example.image else self.tr("Question")
        )
        self.question.setAccessibleName(self.tr("Question of the example"))
        self.answer = QLineEdit(example.answer)
        self.answer.setPlaceholderText(self.tr("Right answer"))
        self.answer.setAccessibleName(self.tr("Answer of the example"))
        remove = QToolButton()
        remove.setIcon(icons.icon("close"))
        remove.setAutoRaise(True)
        remove.setToolTip(self.tr("Take this example out"))
        remove.setAccessibleName(remove.toolTip())
        remove.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        remove.clicked.connect(self._remove)
        self.remove_button = remove
        texts = QVBoxLayout()
        texts.setSpacing(2)
        for widget in (name, self.question, self.answer):
            widget.setMinimumWidth(1)
            texts.addWidget(widget)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.TINY)
        row.addLayout(texts, 1)
        row.addWidget(remove, 0, Qt.AlignmentFlag.AlignTop)
        for edit in (self.question, self.answer):
            edit.textChanged.connect(self._tell)

    def example(self) -> Example:
        """Returns it as it stands."""
        return Example(self.question.text().strip(), self.answer.text().strip(), self.image)

    @Slot()
    def _tell(self) -> None:
        self.changed.emit()

    @Slot()
    def _remove(self) -> None:
        self.removed.emit(self)


class ExampleList(QWidget):
    """The demonstrations, and ways to add some."""

    changed = Signal()
    offer_wanted = Signal()  # what people accepted in the project
    files_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[ExampleRow] = []
        self._images = False
        self.add_button = self._button(self.tr("Add"))
        self.add_button.clicked.connect(self._add_empty)
        self.pick_button = self._button(self.tr("From findings"))
        self.pick_button.setToolTip(self.tr("Images of this project that people have judged"))
        self.pick_button.clicked.connect(self.offer_wanted)
        self.file_button = self._button(self.tr("From files"))
        self.file_button.setToolTip(self.tr("Choose images, or drop them here"))
        self.file_button.clicked.connect(self.files_wanted)
        self.menu = QMenu(self)
        buttons = QWidget()
        flow = FlowLayout(buttons)
        for button in (self.add_button, self.pick_button, self.file_button):
            flow.addWidget(button)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.TINY)
        self._column.addWidget(buttons)

    def set_images(self, images: bool) -> None:
        """Whether demonstrations may have images of their own."""
        self._images = images
        self.add_button.setVisible(not images)
        self.pick_button.setVisible(images)
        self.file_button.setVisible(images)
        self.setAcceptDrops(images)

    def examples(self) -> tuple[Example, ...]:
        """Returns those that fit."""
        found = (row.example() for row in self.rows)
        return tuple(each for each in found if bool(each.image) == self._images)

    def set_examples(self, examples: Sequence[Example]) -> None:
        """Shows these."""
        for row in list(self.rows):
            self._take_out(row)
        self.add(examples)

    def add(self, examples: Sequence[Example]) -> None:
        """Adds some; an image that is there already is not shown twice."""
        for example in examples[: _MOST - len(self.rows)]:
            if example.image and any(row.image == example.image for row in self.rows):
                continue
            row = ExampleRow(example)
            row.changed.connect(self.changed)
            row.removed.connect(self._remove)
            self._column.insertWidget(len(self.rows), row)
            self.rows.append(row)
        self.changed.emit()

    def offer(self, examples: Sequence[Example]) -> None:
        """Opens a menu of demonstrations to choose from."""
        self.menu.clear()
        for example in examples[:_MOST_OFFERED]:
            words = f"{Path(example.image).name}: {example.answer}".replace("&", "&&")
            action = self.menu.addAction(words)
            action.setData(example)
            action.triggered.connect(self._take_offered)
        if not examples:
            nothing = self.menu.addAction(self.tr("No other image has an accepted finding"))
            nothing.setEnabled(False)
        self.menu.popup(self.pick_button.mapToGlobal(self.pick_button.rect().bottomLeft()))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Takes image files."""
        if _image_paths(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Adds the images that were dropped."""
        self.add([Example("", "", path) for path in _image_paths(event)])
        event.acceptProposedAction()

    def _button(self, words: str) -> QToolButton:
        button = QToolButton()
        button.setText(words)
        button.setFont(theme.small())
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return button

    def _take_out(self, row: ExampleRow) -> None:
        self.rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()

    @Slot()
    def _add_empty(self) -> None:
        self.add([Example("", "")])
        if self.rows:
            self.rows[-1].question.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _remove(self, row: ExampleRow) -> None:
        self._take_out(row)
        self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    @Slot()
    def _take_offered(self) -> None:
        self.add([self.sender().data()])  # type: ignore[attr-defined]


def _image_paths(event: QDropEvent) -> list[str]:
    paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
    return [path for path in paths if Path(path).suffix.lower() in SUFFIXES - PDFS]
