"""Two evaluations of the same data side by side: who is better, where, and on which items."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QTableWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from inspector_app.domain.errors import InspectorError
from inspector_app.domain.evaluation import Evaluation, Item
from inspector_app.domain.judging import Duel
from inspector_app.services.evaluations import answered_by_both, compare, read_evaluation
from inspector_app.services.judging import make_match, match_of
from inspector_app.ui import theme
from inspector_app.ui.blind_dialog import BlindDialog
from inspector_app.ui.document_words import language
from inspector_app.ui.duel_view import DuelView
from inspector_app.ui.evaluation_words import (
    NONE,
    interval_text,
    metric_name,
    metric_tip,
    said_word,
    sign,
    value_text,
    word,
)
from inspector_app.ui.item_picture import found_boxes, true_boxes
from inspector_app.ui.judging_words import chance, number, verdict_text
from inspector_app.ui.message_bar import MessageBar
from inspector_app.ui.plain_table import fill_row, table
from inspector_app.ui.plain_text import plain_tip, visible_text

_SIZE = (1200, 800)
_MOST_DUELS = 50  # as many as a person judges in one sitting
_SECOND_COLOR = "#56B4E9"
_DIGITS = 3


class ComparisonDialog(QDialog):
    """Stays beside the window; closing it frees it.

    Raises:
        BadInputError: The two are of different tasks, or have no item in common.
    """

    def __init__(
        self, first: Evaluation, second: Evaluation, judge_name: str, parent: QWidget | None = None
    ) -> None:
        """Compares.

        Args:
            first: Of the one that is used now.
            second: Of the one that may replace it.
            judge_name: Under which the person judges blind.
            parent: The window.
        """
        # Before there is a window: it may refuse.
        self.found = compare(first, second, language())
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._first, self._second, self._judge = first, second, judge_name
        self._names = self._told_apart()
        self.setWindowTitle(
            self.tr("{first} and {second}").format(first=first.who, second=second.who)
        )
        self.setMinimumSize(720, 480)
        self.resize(*_SIZE)
        self.messages = MessageBar()
        for concern in self.found.concerns:
            self.messages.show_warning(concern)
        self.summary = QLabel(self._summary())
        self.summary.setTextFormat(Qt.TextFormat.PlainText)
        self.summary.setWordWrap(True)
        self.summary.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._items = self._only_one_right()
        self.metrics = self._metrics_table()
        self.groups = self._groups_table()
        self.items = self._items_table()
        self.duel = DuelView()
        page = QSplitter(Qt.Orientation.Vertical)
        page.addWidget(self.items)
        page.addWidget(self.duel)
        page.setChildrenCollapsible(False)
        page.setStretchFactor(1, 1)
        page.setSizes([200, 400])
        self.tabs = QTabWidget()
        self.tabs.addTab(self.metrics, self.tr("Figures"))
        self.tabs.addTab(page, self.tr("Only one is right ({n})").format(n=len(self._items)))
        if self.found.groups:
            self.tabs.addTab(self.groups, self.tr("Classes"))
        self.blind_button = QPushButton(self.tr("Judge blind…"))
        self.blind_button.setAutoDefault(False)
        self.blind_button.setToolTip(
            self.tr("Shows up to {n} pairs of answers without saying whose they are").format(
                n=_MOST_DUELS
            )
        )
        self.blind_button.clicked.connect(self._judge_blind)
        self.look_buttons = (
            QPushButton(self.tr("Look at the first…")),
            QPushButton(self.tr("Look at the second…")),
        )
        for button, name in zip(self.look_buttons, self._names, strict=True):
            button.setAutoDefault(False)
            button.setToolTip(plain_tip(name))
        self.look_buttons[0].clicked.connect(self._look_at_first)
        self.look_buttons[1].clicked.connect(self._look_at_second)
        self.close_button = QPushButton(self.tr("Close"))
        self.close_button.setAutoDefault(False)  # Enter on a cell chooses it and nothing else
        self.close_button.clicked.connect(self.close)
        end = QHBoxLayout()
        end.setSpacing(theme.SMALL)
        for button in (self.blind_button, *self.look_buttons):
            end.addWidget(button)
        end.addStretch(1)
        end.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SMALL, theme.SMALL, theme.SMALL, theme.SMALL)
        column.setSpacing(theme.SMALL)
        column.addWidget(self.messages)
        column.addWidget(self.summary)
        column.addWidget(self.tabs, 1)
        column.addLayout(end)
        self.items.currentCellChanged.connect(self._look)
        if self._items:
            self.items.setCurrentCell(0, 0)
        self.duel.setVisible(bool(self._items))

    # -- showing -------------------------------------------------------------------------

    def _told_apart(self) -> tuple[str, str]:
        if self._first.who != self._second.who:
            return self._first.who, self._second.who
        return (
            self.tr("{who} (first)").format(who=self._first.who),
            self.tr("{who} (second)").format(who=self._second.who),
        )

    def _summary(self) -> str:
        paired = self.found.paired
        counted = self.tr(
            "Of {n} items that both answered, only {first} has {a} right, only {second} has {b}"
            " right."
        ).format(
            n=self.found.n, first=self._names[0], a=paired.first, second=self._names[1],
            b=paired.second,
        )  # fmt: skip
        return visible_text(f"{counted} {verdict_text(paired, *self._names)}")

    def _metrics_table(self) -> QTableWidget:
        made = table(
            (
                self.tr("Figure"),
                self._names[0],
                self.tr("95 % interval"),
                self._names[1],
                self.tr("95 % interval"),
                self.tr("Difference"),
            )
        )
        made.setAccessibleName(self.tr("Figures"))
        made.setRowCount(len(self.found.metrics))
        for row, (name, (one, two)) in enumerate(self.found.metrics.items()):
            texts = (
                metric_name(name),
                value_text(one.value),
                interval_text(one),
                value_text(two.value),
                interval_text(two),
                _difference(one.value, two.value),
            )
            fill_row(made, row, texts, metric_tip(name))
        return made

    def _groups_table(self) -> QTableWidget:
        made = table(
            (
                self.tr("Kind"),
                self.tr("Which"),
                self.tr("Items"),
                self.tr("{name} right").format(name=self._names[0]),
                self.tr("{name} right").format(name=self._names[1]),
                self.tr("Only one is right"),
                self.tr("By chance"),
            )
        )
        made.setAccessibleName(self.tr("Classes"))
        made.setRowCount(len(self.found.groups))
        for row, each in enumerate(self.found.groups):
            texts = (
                word(each.group),
                each.value,
                str(each.n),
                f"{number(100 * each.first, 0)} %",
                f"{number(100 * each.second, 0)} %",
                f"{each.paired.first} : {each.paired.second}",
                chance(each.paired.p),
            )
            fill_row(made, row, texts)
        return made

    def _only_one_right(self) -> list[tuple[Item, Item]]:
        """Items that only one has right, as they are in both evaluations."""
        pairs = (
            (self._first.items[n], self._second.items[m])
            for n, m in answered_by_both(self._first, self._second)
        )
        return [(one, two) for one, two in pairs if one.right != two.right]

    def _items_table(self) -> QTableWidget:
        made = table(
            (
                self.tr("Who is right"),
                self.tr("Wanted"),
                self._names[0],
                self._names[1],
                self.tr("Question or image"),
            )
        )
        made.setAccessibleName(self.tr("Items that only one has right"))
        made.setRowCount(len(self._items))
        task = self._first.task
        for row, (one, two) in enumerate(self._items):
            texts = (
                self._names[0] if one.right else self._names[1],
                said_word(one.wanted, task),
                said_word(one.given, task),
                said_word(two.given, task),
                " · ".join(filter(None, (one.question, Path(one.image).name))),
            )
            fill_row(made, row, texts)
        return made

    @Slot(int)
    def _look(self, row: int) -> None:
        if not 0 <= row < len(self._items):
            return
        one, two = self._items[row]
        wanted = said_word(one.wanted, self._first.task)
        duel = Duel("", one.image, one.question, wanted, "", "", swapped=False)
        heads = tuple(
            f"{sign(item)} {name}" for item, name in zip((one, two), self._names, strict=True)
        )
        self.duel.show_duel(duel, (heads[0], heads[1]), (self._answer(one), self._answer(two)))
        self.duel.show_wanted.setChecked(True)
        kinds = (
            true_boxes(one),
            found_boxes(one, self._names[0]),
            found_boxes(two, self._names[1], _SECOND_COLOR),
        )
        self.duel.picture.show_image(one.image, kinds)

    def _answer(self, item: Item) -> str:
        given = said_word(item.given, self._first.task)
        parts = [given]
        if item.score is not None:
            parts.append(self.tr("Score: {score}").format(score=value_text(item.score)))
        if item.said and item.said != item.given:
            parts.append(item.said)
        return "\n\n".join(filter(None, parts))

    @Slot()
    def _look_at_first(self) -> None:
        self._look_at(self._first)

    @Slot()
    def _look_at_second(self) -> None:
        self._look_at(self._second)

    def _look_at(self, evaluation: Evaluation) -> None:
        # Not above: that dialog opens this one.
        from inspector_app.ui.evaluation_dialog import EvaluationDialog

        EvaluationDialog(evaluation, self._judge, self.parentWidget() or self).show()

    # -- judging -------------------------------------------------------------------------

    @Slot()
    def _judge_blind(self) -> None:
        name = f"{self._first.who} – {self._second.who}"
        try:
            match = match_of(self._first, self._second) or make_match(
                self._first, self._second, name, most=_MOST_DUELS
            )
        except InspectorError as error:
            self.messages.show_error(str(error))
            return
        dialog = BlindDialog(match, self._judge, self)
        dialog.exec()
        dialog.deleteLater()


def compared(
    first: Path, second: Path, judge_name: str, parent: QWidget | None = None
) -> ComparisonDialog:
    """Reads two files of evaluations and makes the dialog.

    Raises:
        BadInputError: A file is missing or no evaluation, or they cannot be compared.
    """
    return ComparisonDialog(read_evaluation(first), read_evaluation(second), judge_name, parent)


def _difference(first: float, second: float) -> str:
    change = second - first
    if change != change:
        return NONE
    text = number(abs(change), _DIGITS)
    return f"+{text}" if change > 0 else f"−{text}" if change < 0 else text
