"""Steps 3 to 5 of the Improve page: both adapters measured, compared, and one of them chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLocale, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QProgressBar,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from inspector_app.domain.improving import PROMOTED
from inspector_app.ui import theme
from inspector_app.ui.evaluation_words import metric_name, word
from inspector_app.ui.improve_section import wrapped_label
from inspector_app.ui.improve_state import Mark, Phase, Round
from inspector_app.ui.improve_words import (
    advice,
    figure,
    share,
    signed,
    standing_text,
    verdict_text,
)
from inspector_app.ui.plain_text import visible_text

_MOST_ROWS = 12


class EvaluateStep(QWidget):
    """Runs the evaluation of both and shows their figures side by side."""

    start_requested = Signal()
    stop_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.start_button = QPushButton(self.tr("Evaluate both"))
        self.start_button.clicked.connect(self.start_requested)
        self.stop_button = QPushButton(self.tr("Stop"))
        self.stop_button.clicked.connect(self.stop_requested)
        self.bar = QProgressBar()
        self.bar.setAccessibleName(self.tr("Progress of the evaluation"))
        self.state = wrapped_label()
        self.table = Table(
            [self.tr("Figure"), self.tr("Now"), self.tr("New"), self.tr("Difference"), "n"],
            self.tr("Figures of both"),
        )
        _stack(self, _line(self.start_button, self.stop_button, self.bar), self.state, self.table)

    def show_round(self, shown: Round, mark: Mark, *, others_run: bool) -> None:
        """Shows a round."""
        running = shown.phase is Phase.EVALUATING
        self.start_button.setVisible(mark is Mark.NOW and not running)
        self.start_button.setEnabled(not others_run)
        self.stop_button.setVisible(running)
        self.bar.setVisible(running)
        progress = shown.progress
        self.bar.setRange(0, progress.total if progress is not None else 0)
        self.bar.setValue(progress.done if progress is not None else 0)
        self.state.setText(self._state(shown))
        self.state.setVisible(bool(self.state.text()))
        found = shown.comparison
        locale = QLocale()
        self.table.show_rows(
            [
                (
                    metric_name(name),
                    figure(one),
                    figure(two),
                    signed(two.value - one.value),
                    locale.toString(two.n),
                )
                for name, (one, two) in (found.metrics.items() if found is not None else ())
            ]
        )

    def _state(self, shown: Round) -> str:
        stored = shown.stored
        if shown.phase is Phase.EVALUATING and stored is not None:
            if stored.first:
                return self.tr("Measuring the new adapter (2 of 2).")
            return self.tr("Measuring the one of now (1 of 2).")
        if shown.failed is Phase.EVALUATING and shown.trouble is not None:
            return visible_text(str(shown.trouble))
        if stored is not None and stored.first and not stored.second:
            return self.tr("The one of now is measured; what is left is measured next.")
        return ""


class CompareStep(QWidget):
    """Says what the figures say, by class too, and lets people and models judge."""

    look_requested = Signal()
    blind_requested = Signal()
    judge_requested = Signal()
    stop_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = wrapped_label()
        self.table = Table(
            [self.tr("Class"), "n", self.tr("Now right"), self.tr("New right"), "p"],
            self.tr("Figures of each class"),
        )
        self.votes = wrapped_label()
        self.look_button = QPushButton(self.tr("Look at both…"))
        self.look_button.setToolTip(self.tr("Figures side by side and what only one has right"))
        self.look_button.clicked.connect(self.look_requested)
        self.blind_button = QPushButton(self.tr("Judge blind…"))
        self.blind_button.clicked.connect(self.blind_requested)
        self.judge_button = QPushButton(self.tr("Let a model judge"))
        self.judge_button.clicked.connect(self.judge_requested)
        self.stop_button = QPushButton(self.tr("Stop"))
        self.stop_button.clicked.connect(self.stop_requested)
        self.bar = QProgressBar()
        self.bar.setAccessibleName(self.tr("Progress of judging"))
        buttons = (self.look_button, self.blind_button, self.judge_button, self.stop_button)
        _stack(self, self.words, self.table, self.votes, _line(*buttons, self.bar))

    def show_round(self, shown: Round, *, judge: str, others_run: bool) -> None:
        """Shows a round.

        Args:
            shown: The round.
            judge: Name of the loaded language model, "" for none.
            others_run: Another round has a job under way.
        """
        found = shown.comparison
        texts = [verdict_text(found), *found.concerns] if found is not None else []
        if shown.failed is Phase.JUDGING and shown.trouble is not None:
            texts.append(str(shown.trouble))
        self.words.setText(visible_text("\n".join(texts)))
        locale = QLocale()
        self.table.show_rows(
            [
                (
                    visible_text(f"{word(each.group)}: {each.value}"),
                    locale.toString(each.n),
                    share(each.first),
                    share(each.second),
                    locale.toString(each.paired.p, "f", 3),
                )
                for each in (found.groups if found is not None else ())
            ]
        )
        self.votes.setText(visible_text("\n".join(standing_text(each) for each in shown.standings)))
        self.votes.setVisible(bool(shown.standings))
        judging = shown.phase is Phase.JUDGING
        has_match = shown.stored is not None and bool(shown.stored.match)
        self.look_button.setEnabled(found is not None)
        self.blind_button.setEnabled(has_match and not judging)
        self.judge_button.setVisible(not judging)
        self.judge_button.setEnabled(has_match and bool(judge) and not others_run)
        self.judge_button.setToolTip(
            self.tr("{name} judges every item twice, in both orders").format(name=judge)
            if judge
            else self.tr("Load a language model on the page Models first")
        )
        self.stop_button.setVisible(judging)
        self.bar.setVisible(judging)
        progress = shown.progress
        self.bar.setRange(0, progress.total if progress is not None else 0)
        self.bar.setValue(progress.done if progress is not None else 0)


class DecideStep(QWidget):
    """Promote, or keep the old one; either can be taken back."""

    decided = Signal(bool)  # whether the new one answers

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = wrapped_label()
        self.promote_button = QPushButton()
        self.promote_button.clicked.connect(self._promote)
        self.keep_button = QPushButton()
        self.keep_button.clicked.connect(self._keep)
        _stack(self, self.words, _line(self.promote_button, self.keep_button))

    def show_round(self, shown: Round) -> None:
        """Shows a round."""
        stored = shown.stored
        decision = stored.decision if stored is not None else ""
        promoted = decision == PROMOTED
        if stored is not None and decision:
            old = stored.current or self.tr("the base model")
            text = (
                self.tr("{name} answers from now on, in place of {old}.")
                if promoted
                else self.tr("{old} goes on answering. {name} stays on the page Models.")
            )
            self.words.setText(visible_text(text.format(name=stored.name, old=old)))
        else:
            self.words.setText(advice(shown.comparison) if shown.comparison is not None else "")
        self.promote_button.setVisible(not promoted)
        self.promote_button.setText(
            self.tr("Promote after all") if decision else self.tr("Promote the new one")
        )
        self.keep_button.setVisible(promoted or not decision)
        self.keep_button.setText(
            self.tr("Roll back") if promoted else self.tr("Keep the one of now")
        )

    @Slot()
    def _promote(self) -> None:
        self.decided.emit(True)

    @Slot()
    def _keep(self) -> None:
        self.decided.emit(False)


class Table(QTableWidget):
    """A table to read: figures at the right, no more high than needed."""

    def __init__(self, heads: Sequence[str], name: str) -> None:
        super().__init__(0, len(heads))
        self.setHorizontalHeaderLabels(list(heads))
        self.setAccessibleName(name)
        rows = self.verticalHeader()
        rows.hide()
        rows.setMinimumSectionSize(0)
        rows.setDefaultSectionSize(self.fontMetrics().lineSpacing() + theme.SMALL)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setFont(theme.tabular(self.font()))
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Shows these rows; nothing without any."""
        self.setRowCount(len(rows))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for line, row in enumerate(rows):
            for column, text in enumerate(row):
                item = QTableWidgetItem(text)
                if column:
                    item.setTextAlignment(right)
                self.setItem(line, column, item)
        self.setVisible(bool(rows))
        height = self.horizontalHeader().sizeHint().height() + 2 * self.frameWidth() + theme.TINY
        height += sum(self.rowHeight(n) for n in range(min(len(rows), _MOST_ROWS)))
        self.setFixedHeight(height)

    def texts(self) -> list[list[str]]:
        """Returns what is in the cells."""
        items = [
            [self.item(row, column) for column in range(self.columnCount())]
            for row in range(self.rowCount())
        ]
        return [[item.text() if item is not None else "" for item in row] for row in items]


def _line(*widgets: QWidget) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.SMALL)
    for widget in widgets:
        row.addWidget(widget, 4 if isinstance(widget, QProgressBar) else 0)
    row.addStretch(1)
    return holder


def _stack(owner: QWidget, *widgets: QWidget) -> None:
    column = QVBoxLayout(owner)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.SMALL)
    for widget in widgets:
        column.addWidget(widget)
