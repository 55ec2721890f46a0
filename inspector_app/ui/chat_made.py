"""What an answer was made of: its way, reasoning, scored options, context and examples."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QLocale, QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from inspector_app.domain.asking import Made, ScoredOption
from inspector_app.domain.prompting import Example
from inspector_app.ui import theme
from inspector_app.ui.chat_text import MessageText
from inspector_app.ui.plain_text import visible_text
from inspector_app.ui.way_words import way_name

_BAR = 6


class Foldable(QWidget):
    """A line that opens a text below it."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.button = QToolButton()
        self.button.setText(title)
        self.button.setCheckable(True)
        self.button.setAutoRaise(True)
        self.button.setArrowType(Qt.ArrowType.RightArrow)
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.button.toggled.connect(self._open)
        self.text = MessageText()
        self.text.setAccessibleName(title)
        self.text.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.button)
        inset = QHBoxLayout()
        inset.setContentsMargins(theme.MEDIUM, 0, 0, 0)
        inset.addWidget(self.text)
        column.addLayout(inset)

    def show_text(self, text: str) -> None:
        """Shows itself where there is a text."""
        if text != self.text.toPlainText():
            self.text.set_text(text)
        self.setVisible(bool(text.strip()))

    @Slot(bool)
    def _open(self, on: bool) -> None:
        arrow = Qt.ArrowType.DownArrow if on else Qt.ArrowType.RightArrow
        self.button.setArrowType(arrow)
        self.text.setVisible(on)


class ShareBar(QWidget):
    """A share of a whole, drawn."""

    def __init__(self, share: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share = share
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Returns a thin line; the width may go to 0."""
        return QSize(40, _BAR)

    def minimumSizeHint(self) -> QSize:
        """See `sizeHint`."""
        return QSize(0, _BAR)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the ground and the share of it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().color(QPalette.ColorRole.Midlight))
        painter.drawRoundedRect(self.rect(), _BAR / 2, _BAR / 2)
        painter.setBrush(self.palette().color(QPalette.ColorRole.Link))
        width = max(_BAR, round(self.width() * self._share))
        painter.drawRoundedRect(0, 0, width, self.height(), _BAR / 2, _BAR / 2)
        painter.end()


class OptionTable(QWidget):
    """Options with their shares of the likelihood, as given and by length."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[ScoredOption, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.SMALL)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(0, 1)
        self.cells: list[tuple[str, str, str]] = []
        self.hide()

    def show_options(self, options: Sequence[ScoredOption]) -> None:
        """Shows these, in the order they were given."""
        if tuple(options) == self._shown:
            return
        self._shown = tuple(options)
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self.cells = []
        tips = (
            self.tr("Share of the likelihood among the options"),
            self.tr("The same by byte, so that a long option is not worse for its length"),
        )
        heads = (self.tr("share"), self.tr("by length"))
        for column, (head, tip) in enumerate(zip(heads, tips, strict=True), 1):
            self._label(head, 0, column, muted=True).setToolTip(tip)
        best = max((option.share for option in options), default=0.0)
        for row, option in enumerate(options):
            text = visible_text(option.text)
            shares = _percent(option.share), _percent(option.share_by_length)
            self.cells.append((text, *shares))
            name = self._label(text, 2 * row + 1, 0)
            name.setWordWrap(True)
            font = name.font()
            font.setBold(option.share == best)
            name.setFont(font)
            for column, (share, tip) in enumerate(zip(shares, tips, strict=True), 1):
                self._label(share, 2 * row + 1, column, muted=column == 2).setToolTip(tip)
            self._grid.addWidget(ShareBar(option.share), 2 * row + 2, 0, 1, 3)
        self.setVisible(bool(options))

    def _label(self, text: str, row: int, column: int, *, muted: bool = False) -> QLabel:
        label = QLabel(text)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setMinimumWidth(1)
        label.setFont(theme.tabular(theme.small()))
        if muted:
            label.setPalette(_muted())
        side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
        label.setAlignment(side | Qt.AlignmentFlag.AlignBottom)
        self._grid.addWidget(label, row, column)
        return label


class MadeView(QWidget):
    """See the module's docstring; nothing is shown of a plain answer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.way_label = QLabel()
        self.way_label.setTextFormat(Qt.TextFormat.PlainText)
        self.way_label.setWordWrap(True)
        self.way_label.setMinimumWidth(1)
        self.reasoning = Foldable(self.tr("Reasoning"))
        self.context = Foldable(self.tr("Context given"))
        self.examples = Foldable(self.tr("Examples given"))
        self.golden = Foldable(self.tr("Good parts given"))
        self.options = OptionTable()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for widget in (
            self.way_label, self.context, self.examples, self.golden, self.reasoning, self.options,
        ):  # fmt: skip
            column.addWidget(widget)
        self._style()
        self.hide()

    def widgets(self) -> tuple[QWidget, ...]:
        """Returns what the Tab key goes through, in order."""
        folds = (self.context, self.examples, self.golden, self.reasoning)
        return tuple(widget for fold in folds for widget in (fold.button, fold.text))

    def show_made(self, made: Made | None) -> None:
        """Shows what an answer was made of; None for a plain one."""
        self.setVisible(made is not None)
        if made is None:
            return
        self.way_label.setText(visible_text(way_name(made.ask.way)))
        self.reasoning.show_text(made.rationale)
        self.context.show_text(made.ask.context)
        self.examples.show_text("\n".join(map(_example, made.ask.examples)))
        self.golden.show_text("\n".join(Path(path).name for path in made.ask.golden))
        self.options.show_options(made.options)

    def changeEvent(self, event: QEvent) -> None:
        """Follows font and theme."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.PaletteChange):
            self._style()

    def _style(self) -> None:
        self.way_label.setFont(theme.small())
        self.way_label.setPalette(_muted())
        for fold in (self.reasoning, self.context, self.examples, self.golden):
            fold.button.setFont(theme.small())


def _example(example: Example) -> str:
    parts = (Path(example.image).name, example.question)
    return f"{' · '.join(filter(None, parts))} → {example.answer}"


def _percent(share: float) -> str:
    return QLocale().toString(100 * share, "f", 1) + " %"


def _muted() -> QPalette:
    muted = QPalette()
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text):
        muted.setColor(role, theme.muted())
    return muted
