"""What a way of asking takes besides the question: shown only where it takes something."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from inspector_app.domain.asking import AnswerFormat, Ask, Form, Part, Way
from inspector_app.domain.findings import FoundBox
from inspector_app.domain.geometry import Box
from inspector_app.ui import theme
from inspector_app.ui.elided_label import ElidedLabel
from inspector_app.ui.way_examples import ExampleList
from inspector_app.ui.way_words import form_words, way_texts

_HIGHEST = 260  # of the strip; more is scrolled


class WayStrip(QScrollArea):
    """The options of the chosen way."""

    changed = Signal()
    context_wanted = Signal()
    golden_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._way: Way | None = None
        self._regions: tuple[FoundBox, ...] = ()
        self._filled: dict[int, list[str]] = {}
        self._golden: tuple[str, ...] = ()
        self._controls: dict[str, QComboBox] = {}
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Options of the way of asking"))
        self._page = QWidget()
        self._form = QFormLayout(self._page)
        self._form.setContentsMargins(0, 0, theme.TINY, 0)
        self._form.setSpacing(theme.TINY)
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._rows: dict[Part, QWidget] = {
            Part.FORMAT: self._build_format(),
            Part.OPTIONS: self._build_options(),
            Part.FIELDS: self._build_fields(),
            Part.EXAMPLES: self._build_examples(),
            Part.CONTEXT: self._build_context(),
            Part.GOLDEN: self._build_golden(),
        }
        names = {
            Part.FORMAT: self.tr("Answer"),
            Part.OPTIONS: self.tr("Options"),
            Part.FIELDS: self.tr("Fields"),
            Part.EXAMPLES: self.tr("Examples"),
            Part.CONTEXT: self.tr("Context"),
            Part.GOLDEN: self.tr("Good parts"),
        }
        for part, row in self._rows.items():
            self._form.addRow(names[part], row)
        self.cost_label = QLabel()
        self.cost_label.setWordWrap(True)
        self.cost_label.setMinimumWidth(1)
        self.cost_label.setFont(theme.small())
        self.cost_label.hide()
        self._form.addRow(self.cost_label)
        self.setWidget(self._page)
        self._page.installEventFilter(self)
        self.set_way(None)

    def set_way(self, way: Way | None) -> None:
        """Shows what a way takes; what was typed for another one stays for later."""
        self._way = way
        takes = way.takes if way is not None else frozenset[Part]()
        for part, row in self._rows.items():
            self._form.setRowVisible(row, part in takes)
        self.examples.set_images(Part.DEMONSTRATIONS in takes)
        for combo in self._controls.values():
            self._form.removeRow(combo)
        self._controls = {}
        if way is not None:
            words = way_texts(way)
            for at, control in enumerate(way.controls):
                combo = _combo()
                for value in control.values:
                    combo.addItem(words.values[f"{control.name}.{value}"], value)
                combo.setAccessibleName(words.controls[control.name])
                combo.currentIndexChanged.connect(self.changed)
                self._form.insertRow(at, words.controls[control.name], combo)
                self._controls[control.name] = combo
        self.show_cost("")
        self.changed.emit()

    def is_empty(self) -> bool:
        """Whether the way takes nothing."""
        return self._way is None or not (self._way.takes or self._way.controls)

    def chosen(self) -> Ask:
        """Returns what is chosen; question, task and sampling are not its business."""
        way = self._way
        if way is None:
            return Ask()
        ask = Ask(
            way=way.id,
            examples=self.examples.examples(),
            format=AnswerFormat(self._form_chosen(), self.own_edit.text().strip()),
            options=_lines(self.options_edit),
            context=self.context_edit.toPlainText().strip(),
            regions=self._regions_told(),
            golden=self._golden,
            fields=self.fields_edit.toPlainText().strip(),
            controls=tuple((name, c.currentData()) for name, c in self._controls.items()),
        )
        return ask.only(way)

    def take(self, ask: Ask) -> None:
        """Shows what was chosen before, for the way that is set."""
        self.examples.set_examples(ask.examples)
        self.format_combo.setCurrentIndex(self.format_combo.findData(ask.format.form))
        self.own_edit.setText(ask.format.text)
        self.options_edit.setPlainText("\n".join(ask.options))
        self.fields_edit.setPlainText(ask.fields)
        self.set_context(ask.context, ask.regions)
        self.set_golden(ask.golden)
        for name, value in ask.controls:
            combo = self._controls.get(name)
            if combo is not None and combo.findData(value) >= 0:
                combo.setCurrentIndex(combo.findData(value))

    def set_context(self, text: str, regions: Sequence[FoundBox]) -> None:
        """Shows context, for the user to change."""
        self._regions = tuple(regions)
        self._filled = _lines_by_number(text)
        self.context_edit.setPlainText(text)

    def set_golden(self, paths: Sequence[str]) -> None:
        """Shows which images of good parts go with the question."""
        self._golden = tuple(paths)
        names = ", ".join(Path(path).name for path in paths)
        self.golden_label.setText(names or self.tr("none"))
        self.golden_button.setText(self.tr("Leave out") if paths else self.tr("Add"))
        self.changed.emit()

    def has_golden(self) -> bool:
        """Whether images of good parts go with the question."""
        return bool(self._golden)

    def missing(self) -> str:
        """Returns what is still to be given, one line; "" when all is there."""
        ask, way = self.chosen(), self._way
        needs = way.needs if way is not None else frozenset[Part]()
        if Part.OPTIONS in needs and len(set(ask.options)) < max(2, len(ask.options)):
            return self.tr("Give two options or more, each in a line of its own.")
        if Part.FIELDS in needs and not ask.has(Part.FIELDS):
            return self.tr("Name the fields, with commas between them.")
        if Part.CONTEXT in needs and not ask.has(Part.CONTEXT):
            return self.tr("No other engine found anything here yet; run one, or type it.")
        if Part.DEMONSTRATIONS in needs and not ask.has(Part.DEMONSTRATIONS):
            return self.tr("Add images with the right answers.")
        if Part.EXAMPLES in needs and not ask.examples:
            return self.tr("Add a question with its answer.")
        if any(not example.answer for example in ask.examples):
            return self.tr("An example has no answer yet.")
        if any(not (example.question or example.image) for example in ask.examples):
            return self.tr("An example has no question yet.")
        if ask.format.form is Form.OWN and not ask.format.text:
            return self.tr("Say in your words how the answer should look.")
        return ""

    def show_cost(self, words: str) -> None:
        """Shows what the prompt takes; "" while that is not known."""
        self.cost_label.setText(words)
        self.cost_label.setVisible(bool(words))

    def minimumSizeHint(self) -> QSize:
        """Returns nearly nothing in width: panels resize to 0."""
        return QSize(0, 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Grows with what is shown, up to a bound."""
        if watched is self._page and event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lines may break elsewhere."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self._form.activate()
        needed = self._form.totalHeightForWidth(max(1, self.viewport().width()))
        height = min(_HIGHEST, max(needed, self._form.minimumSize().height()))
        if height != self.height() or self.minimumHeight() != height:
            self.setFixedHeight(height)

    def _regions_told(self) -> tuple[FoundBox, ...]:
        """The regions; without a place where the user wrote a line anew: it is not of that box."""
        told = _lines_by_number(self.context_edit.toPlainText())
        return tuple(
            region
            if told.get(number) == self._filled.get(number)
            else FoundBox(region.label, Box(0, 0, 0, 0))
            for number, region in enumerate(self._regions, 1)
        )

    # -- rows --------------------------------------------------------------------------

    def _build_format(self) -> QWidget:
        self.format_combo = _combo()
        for form, words in form_words().items():
            self.format_combo.addItem(words, form)
        self.format_combo.setAccessibleName(self.tr("Form of the answer"))
        self.format_combo.currentIndexChanged.connect(self._show_own)
        self.own_edit = QLineEdit()
        self.own_edit.setPlaceholderText(self.tr("Answer in at most three words."))
        self.own_edit.setAccessibleName(self.tr("Form of the answer in your words"))
        self.own_edit.setMinimumWidth(1)
        self.own_edit.hide()
        self.own_edit.textChanged.connect(self.changed)
        return _column(self.format_combo, self.own_edit)

    def _build_options(self) -> QWidget:
        self.options_edit = self._edit(self.tr("scratch\ndent\nno defect"), 4)
        self.options_edit.setAccessibleName(self.tr("Options, one a line"))
        return self.options_edit

    def _build_fields(self) -> QWidget:
        self.fields_edit = self._edit(self.tr("shop, date, total — or a JSON schema"), 2)
        self.fields_edit.setAccessibleName(self.tr("Fields"))
        return self.fields_edit

    def _build_examples(self) -> QWidget:
        self.examples = ExampleList()
        self.examples.changed.connect(self.changed)
        return self.examples

    def _build_context(self) -> QWidget:
        self.context_edit = self._edit(self.tr("What other engines found comes here."), 6)
        self.context_edit.setAccessibleName(self.tr("Context for the question"))
        self.context_button = QToolButton()
        self.context_button.setText(self.tr("Fill in again"))
        self.context_button.setFont(theme.small())
        self.context_button.setToolTip(
            self.tr("Regions, text, verdict and caption that are known of this image")
        )
        self.context_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.context_button.clicked.connect(self.context_wanted)
        return _column(self.context_edit, self.context_button)

    def _build_golden(self) -> QWidget:
        self.golden_label = ElidedLabel(self.tr("none"))
        self.golden_button = QToolButton()
        self.golden_button.setText(self.tr("Add"))
        self.golden_button.setFont(theme.small())
        self.golden_button.setToolTip(self.tr("Show the model a good part beside this one"))
        self.golden_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.golden_button.clicked.connect(self._toggle_golden)
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.TINY)
        line.addWidget(self.golden_label, 1)
        line.addWidget(self.golden_button)
        return row

    def _edit(self, hint: str, lines: int) -> QPlainTextEdit:
        edit = QPlainTextEdit()
        edit.setTabChangesFocus(True)
        edit.setPlaceholderText(hint)
        edit.setMinimumWidth(1)
        edit.setFixedHeight(lines * edit.fontMetrics().lineSpacing() + 2 * theme.SMALL)
        edit.textChanged.connect(self.changed)
        return edit

    def _form_chosen(self) -> Form:
        return Form(self.format_combo.currentData())

    @Slot()
    def _show_own(self) -> None:
        self.own_edit.setVisible(self._form_chosen() is Form.OWN)
        self.changed.emit()

    @Slot()
    def _toggle_golden(self) -> None:
        if self._golden:
            self.set_golden(())
        else:
            self.golden_wanted.emit()


def _combo() -> QComboBox:
    combo = QComboBox()
    combo.setMinimumContentsLength(8)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return combo


def _column(*widgets: QWidget) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    for widget in widgets:
        column.addWidget(widget)
    return page


def _lines(edit: QPlainTextEdit) -> tuple[str, ...]:
    return tuple(filter(None, map(str.strip, edit.toPlainText().splitlines())))


def _lines_by_number(context: str) -> dict[int, list[str]]:
    """The lines of a context that begin with a number in brackets."""
    found: dict[int, list[str]] = {}
    for line in map(str.strip, context.splitlines()):
        if number := re.match(r"\[(\d{1,4})\]", line):
            found.setdefault(int(number[1]), []).append(line)
    return found
