"""Judging two engines blind: one pair of answers at a time, nobody told whose they are."""

from __future__ import annotations

from PySide6.QtCore import QKeyCombination, Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from inspector_app.domain.errors import InspectorError
from inspector_app.domain.judging import FIRST, PERSON, TIE, Match, Vote
from inspector_app.services import judging
from inspector_app.ui import theme
from inspector_app.ui.blind_results import BlindResults
from inspector_app.ui.confirm import confirmed
from inspector_app.ui.duel_view import DuelView
from inspector_app.ui.message_bar import MessageBar

_SIZE = (1100, 760)
_LEFT, _RIGHT = "left", "right"
_CHOICES = (_LEFT, _RIGHT, TIE)
_KEYS = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_0)


class BlindDialog(QDialog):
    """A choice is on the disk as soon as it is made; closing loses nothing.

    The dialog begins at the first duel that this person has not judged, and at the results when
    there is none.
    """

    def __init__(self, match: Match, judge_name: str, parent: QWidget | None = None) -> None:
        """Makes the dialog.

        Args:
            match: What is judged.
            judge_name: The person; votes are stored under this name.
            parent: The window.
        """
        super().__init__(parent)
        self._match, self._judge = match, judge_name
        self._place = 0
        self._mine: dict[str, Vote] = {}
        self.setWindowTitle(self.tr("Which answer is better?"))
        self.setMinimumSize(720, 480)
        self.resize(*_SIZE)
        self.messages = MessageBar()
        self.results = BlindResults(match)
        self.stack = QStackedWidget()
        self.judging = self._make_judging()
        self.stack.addWidget(self.judging)
        self.stack.addWidget(self.results)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SMALL, theme.SMALL, theme.SMALL, theme.SMALL)
        column.setSpacing(theme.SMALL)
        column.addWidget(self.messages)
        column.addWidget(self.stack, 1)
        self.results.judge_on.connect(self._judge_on)
        self.results.close_button.clicked.connect(self.close)
        self._connect_keys()
        self._begin()

    # -- building ------------------------------------------------------------------------

    def _make_judging(self) -> QWidget:
        self.progress = QLabel()
        self.progress.setFont(theme.tabular(self.progress.font()))
        self.duel = DuelView()
        self.choices = QButtonGroup(self)
        self._words: dict[str, str] = {}
        words = (self.tr("Left is better"), self.tr("Right is better"), self.tr("As good"))
        row = QHBoxLayout()
        row.setSpacing(theme.SMALL)
        self.buttons: dict[str, QPushButton] = {}
        for place, (choice, key, text) in enumerate(zip(_CHOICES, _KEYS, words, strict=True)):
            label = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
            self._words[choice] = f"{text}  ({label})"
            button = QPushButton(self._words[choice])
            button.setCheckable(True)
            button.setAutoDefault(False)
            self.choices.addButton(button, place)
            self.buttons[choice] = button
        # In the order in which they lie on the screen: the tie between the two sides.
        for choice in (_LEFT, TIE, _RIGHT):
            row.addWidget(self.buttons[choice], 1)
        self.choices.idClicked.connect(self._choose)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(self.tr("Why (if you like)"))
        self.reason.setAccessibleName(self.tr("Why (if you like)"))
        self.back_button = _button(self.tr("Back"))
        self.back_button.clicked.connect(self._back)
        self.results_button = _button(self.tr("Show results…"))
        self.results_button.clicked.connect(self._ask_results)
        self.later_button = _button(self.tr("Go on later"))
        self.later_button.setToolTip(self.tr("Closes; what you judged is kept"))
        self.later_button.clicked.connect(self.close)
        self.next_button = QPushButton(self.tr("Next"))
        self.next_button.setDefault(True)
        keys = QKeySequence(QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_Return))
        self.next_button.setToolTip(
            self.tr("Keeps your judgement and shows the next pair ({keys})").format(
                keys=keys.toString(QKeySequence.SequenceFormat.NativeText)
            )
        )
        self.next_button.clicked.connect(self._next)
        end = QHBoxLayout()
        end.setSpacing(theme.SMALL)
        end.addWidget(self.progress)
        end.addStretch(1)
        for button in (self.results_button, self.later_button, self.back_button, self.next_button):
            end.addWidget(button)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SMALL)
        column.addWidget(self.duel, 1)
        column.addLayout(row)
        column.addWidget(self.reason)
        column.addLayout(end)
        return page

    def _connect_keys(self) -> None:
        # A field that is written in takes digits itself: Qt asks it first.
        slots = (self._choose_left, self._choose_right, self._choose_tie)
        for key, slot in zip(_KEYS, slots, strict=True):
            QShortcut(QKeySequence(key), self.judging, slot)
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            keys = QKeyCombination(Qt.KeyboardModifier.ControlModifier, key)
            QShortcut(QKeySequence(keys), self.judging, self._next)

    # -- judging -------------------------------------------------------------------------

    def _begin(self) -> None:
        for each in judging.votes(self._match):
            if each.kind == PERSON and each.judge == self._judge:
                self._mine[each.duel] = each
        first = judging.next_duel(self._match, self._judge)
        if first is None:
            self._show_results()
        else:
            self._show(self._match.duels.index(first))

    def _show(self, place: int) -> None:
        self._place = place
        duel = self._match.duels[place]
        self.duel.show_duel(duel, (self.tr("Left"), self.tr("Right")), (duel.left, duel.right))
        vote = self._mine.get(duel.id)
        self.choices.setExclusive(False)
        for button in self.buttons.values():
            button.setChecked(False)
        self.choices.setExclusive(True)
        self.reason.clear()
        if vote is not None:
            self.buttons[self._side(vote)].setChecked(True)
            self.reason.setText(vote.reason)
        self.stack.setCurrentWidget(self.judging)
        self.buttons[_LEFT].setFocus()
        self._retell()

    def _retell(self) -> None:
        count = len(self._match.duels)
        text = self.tr("{place} of {count}").format(place=self._place + 1, count=count)
        done = self.tr("%n judged", "", len(self._mine))
        self.progress.setText(f"{text} · {done}")
        for choice, button in self.buttons.items():
            sign = "✓  " if choice == self._choice() else ""
            button.setText(sign + self._words[choice])
        self.back_button.setEnabled(self._place > 0)
        self.next_button.setEnabled(self._choice() != "")
        self.next_button.setText(self.tr("Next") if self._place + 1 < count else self.tr("Finish"))

    def _side(self, vote: Vote) -> str:
        if vote.winner == TIE:
            return TIE
        return _LEFT if (vote.winner == FIRST) != self._match.duels[self._place].swapped else _RIGHT

    def _choice(self) -> str:
        place = self.choices.checkedId()
        return _CHOICES[place] if place >= 0 else ""

    @Slot()
    def _choose_left(self) -> None:
        self.buttons[_LEFT].click()

    @Slot()
    def _choose_right(self) -> None:
        self.buttons[_RIGHT].click()

    @Slot()
    def _choose_tie(self) -> None:
        self.buttons[TIE].click()

    @Slot()
    def _choose(self) -> None:
        self._keep()
        self._retell()

    def _keep(self) -> bool:
        """Stores what is chosen and written; returns whether nothing is left to be stored."""
        duel, choice = self._match.duels[self._place], self._choice()
        if not choice:
            return True
        before = self._mine.get(duel.id)
        reason = self.reason.text().strip()
        if before is not None and (self._side(before), before.reason) == (choice, reason):
            return True
        try:
            self._mine[duel.id] = judging.vote(self._match, duel, self._judge, choice, reason)
        except InspectorError as error:
            self.messages.show_error(str(error))
            return False
        return True

    @Slot()
    def _next(self) -> None:
        if not self._choice() or not self._keep():
            return
        if self._place + 1 < len(self._match.duels):
            self._show(self._place + 1)
        elif (left := judging.next_duel(self._match, self._judge)) is not None:
            self._show(self._match.duels.index(left))
        else:
            self._show_results()

    @Slot()
    def _back(self) -> None:
        if self._place > 0 and self._keep():
            self._show(self._place - 1)

    # -- results -------------------------------------------------------------------------

    @Slot()
    def _ask_results(self) -> None:
        if not self._keep():
            return
        left = len(self._match.duels) - len(self._mine)
        if not left or confirmed(
            self,
            self.tr("Show results"),
            self.tr(
                "The results tell whose answers are whose. %n pair(s) that you have not judged"
                " can then hardly be judged blind.",
                "",
                left,
            ),
            self.tr("Show results"),
        ):
            self._show_results()

    def _show_results(self) -> None:
        self.results.show_match(left=len(self._match.duels) - len(self._mine))
        self.stack.setCurrentWidget(self.results)

    @Slot()
    def _judge_on(self) -> None:
        left = judging.next_duel(self._match, self._judge)
        self._show(self._match.duels.index(left) if left is not None else 0)

    # -- Qt ------------------------------------------------------------------------------

    def reject(self) -> None:
        """Keeps a reason that was written after the choice; closing in any way comes here."""
        if self.stack.currentWidget() is self.judging:
            self._keep()
        super().reject()


def _button(text: str) -> QPushButton:
    button = QPushButton(text)
    button.setAutoDefault(False)
    return button
