"""What came of judging blind: who won, how sure that is, who agrees, and every verdict."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from inspector_app.domain.judging import MODEL, Match, Standing, Vote
from inspector_app.services import judging
from inspector_app.ui import theme
from inspector_app.ui.duel_view import DuelView
from inspector_app.ui.judging_words import (
    agreement_text,
    chance,
    number,
    verdict_text,
    winner_text,
)
from inspector_app.ui.plain_table import fill_row, fit_height, table
from inspector_app.ui.plain_text import visible_text

_ROWS_SHOWN = 6
_NONE = "–"


class BlindResults(QWidget):
    """Names who is who; shows only pairs that somebody has judged, so the others stay blind."""

    judge_on = Signal()

    def __init__(self, match: Match, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._match = match
        self._rows: list[Vote] = []
        self._duels = {duel.id: duel for duel in match.duels}
        self.summary = QLabel()
        self.summary.setTextFormat(Qt.TextFormat.PlainText)
        self.summary.setWordWrap(True)
        self.summary.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.standings = table(
            (
                self.tr("Judge"),
                self.tr("Judged"),
                self.tr("{name} better").format(name=match.first),
                self.tr("{name} better").format(name=match.second),
                self.tr("As good"),
                self.tr("By chance"),
                self.tr("Strength (Elo)"),
                self.tr("Mean points"),
            )
        )
        self.standings.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.standings.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.votes = table((self.tr("Pair"), self.tr("Judge"), self.tr("Better"), self.tr("Why")))
        self.votes.setAccessibleName(self.tr("All judgements"))
        self.votes.currentCellChanged.connect(self._look)
        self.duel = DuelView()
        self.on_button = QPushButton(self.tr("Judge on"))
        self.on_button.setAutoDefault(False)
        self.on_button.clicked.connect(self.judge_on)
        self.close_button = QPushButton(self.tr("Close"))
        self.close_button.setAutoDefault(False)
        self.parts = QSplitter(Qt.Orientation.Vertical)
        self.parts.addWidget(self.votes)
        self.parts.addWidget(self.duel)
        self.parts.setChildrenCollapsible(False)
        self.parts.setStretchFactor(1, 1)
        end = QHBoxLayout()
        end.addStretch(1)
        end.addWidget(self.on_button)
        end.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SMALL)
        column.addWidget(self.summary)
        column.addWidget(self.standings)
        column.addWidget(self.parts, 1)
        column.addLayout(end)

    def show_match(self, left: int) -> None:
        """Reads the votes and tells what they say.

        Args:
            left: Pairs that this person has not judged yet.
        """
        self.on_button.setText(self.tr("Judge on") if left else self.tr("Change judgements"))
        standings = judging.standings(self._match)
        self._fill_standings(standings)
        self.summary.setText("\n".join(self._sentences(standings)))
        order = {duel.id: place for place, duel in enumerate(self._match.duels)}
        self._rows = sorted(
            (vote for vote in judging.votes(self._match) if vote.duel in order),
            key=lambda vote: (order[vote.duel], vote.kind == MODEL, vote.judge),
        )
        self.votes.blockSignals(True)
        self.votes.setRowCount(len(self._rows))
        for row, vote in enumerate(self._rows):
            texts = (
                str(order[vote.duel] + 1),
                vote.judge,
                winner_text(vote.winner, self._match),
                vote.reason,
            )
            fill_row(self.votes, row, texts)
        self.votes.blockSignals(False)
        self.parts.setVisible(bool(self._rows))
        self.duel.setVisible(bool(self._rows))
        if self._rows:
            self.votes.setCurrentCell(0, 0)
            self._look(0)

    def _sentences(self, standings: Sequence[Standing]) -> list[str]:
        if not standings:
            return [self.tr("Nobody has judged yet.")]
        top = standings[0]
        who = self.tr("People") if not top.judge else top.judge
        paired = top.paired
        counted = self.tr(
            "{who}: {first} better {wins} times, {second} better {losses} times, as good {ties}"
            " times."
        ).format(
            who=who,
            first=self._match.first,
            wins=paired.first,
            second=self._match.second,
            losses=paired.second,
            ties=paired.even,
        )
        lines = [f"{counted} {verdict_text(paired, self._match.first, self._match.second)}"]
        lines += [agreement_text(each) for each in judging.agreement(self._match)]
        return [visible_text(line) for line in lines]

    def _fill_standings(self, standings: Sequence[Standing]) -> None:
        self.standings.setRowCount(len(standings))
        for row, each in enumerate(standings):
            name = each.judge or self.tr("People, the majority of each pair")
            if each.kind == MODEL:
                name = self.tr("{name} (model)").format(name=name)
            strengths = dict(each.strengths)
            shown = [
                number(strengths[who], 0)
                for who in (self._match.first, self._match.second)
                if who in strengths
            ]
            points = [number(value, 1) for value in each.scores or ()]
            texts = (
                name,
                str(each.judged),
                str(each.paired.first),
                str(each.paired.second),
                str(each.paired.even),
                chance(each.paired.p),
                " : ".join(shown) or _NONE,
                " : ".join(points) or _NONE,
            )
            fill_row(self.standings, row, texts)
        fit_height(self.standings, min(len(standings), _ROWS_SHOWN))

    @Slot(int)
    def _look(self, row: int) -> None:
        if 0 <= row < len(self._rows):
            duel = self._duels[self._rows[row].duel]
            self.duel.show_duel(
                duel, (self._match.first, self._match.second), (duel.first, duel.second)
            )
