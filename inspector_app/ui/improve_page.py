"""The Improve page: rounds at the left, the five steps of one of them at the right."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QDateTime, QLocale, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from inspector_app.domain.improving import (
    COMPARE,
    DATA,
    DECIDE,
    EVALUATE,
    PROMOTED,
    TRAIN,
)
from inspector_app.services.improve_data import is_trainable
from inspector_app.ui import theme
from inspector_app.ui.blind_dialog import BlindDialog
from inspector_app.ui.comparison_dialog import compared
from inspector_app.ui.confirm import confirmed
from inspector_app.ui.empty_state import EmptyState
from inspector_app.ui.improve_data import DataStep
from inspector_app.ui.improve_flows import ImproveFlows, match_of
from inspector_app.ui.improve_results import CompareStep, DecideStep, EvaluateStep
from inspector_app.ui.improve_section import Section
from inspector_app.ui.improve_state import Mark, Phase, Round
from inspector_app.ui.improve_train import TrainStep
from inspector_app.ui.model_flows import ModelFlows
from inspector_app.ui.plain_text import plain_tip, visible_text
from inspector_app.ui.session import Session

_ORDER = (DATA, TRAIN, EVALUATE, COMPARE, DECIDE)


class ImprovePage(QWidget):
    """Shows what `ImproveFlows` knows, and does what the buttons say."""

    models_requested = Signal()

    def __init__(
        self,
        flows: ImproveFlows,
        models: ModelFlows,
        session: Session,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._flows, self._models, self._session = flows, models, session
        self._place: object = None  # round and step that was scrolled to
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Rounds"))
        self.list.setWordWrap(True)
        self.list.itemActivated.connect(self._open)
        self.list.itemClicked.connect(self._open)
        self.new_button = QPushButton(self.tr("New round"))
        self.new_button.clicked.connect(flows.begin_new)
        self.delete_button = QPushButton(self.tr("Delete…"))
        self.delete_button.clicked.connect(self._delete)
        self.data, self.train = DataStep(), TrainStep()
        self.evaluate, self.compare, self.decide = EvaluateStep(), CompareStep(), DecideStep()
        self.sections = {
            DATA: Section(1, self.tr("Data"), self.data),
            TRAIN: Section(2, self.tr("Train"), self.train),
            EVALUATE: Section(3, self.tr("Evaluate"), self.evaluate),
            COMPARE: Section(4, self.tr("Compare"), self.compare),
            DECIDE: Section(5, self.tr("Decide"), self.decide),
        }
        self.empty = EmptyState()
        self.empty.show_state(
            self.tr("No model here can be trained"),
            self.tr(
                "To learn from your corrections, a language model has to be on this computer. "
                "Fetch one, or choose its folder, on the page Models."
            ),
            [(self.tr("Go to Models"), self.models_requested.emit)],
        )
        self._build()
        self._connect()
        self.show_all()

    def _build(self) -> None:
        self.side = side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(theme.SMALL, theme.SMALL, theme.SMALL, theme.SMALL)
        column.setSpacing(theme.SMALL)
        column.addWidget(self.list, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.new_button)
        buttons.addWidget(self.delete_button)
        column.addLayout(buttons)
        steps = QWidget()
        rows = QVBoxLayout(steps)
        rows.setContentsMargins(theme.SMALL, theme.SMALL, theme.SMALL, theme.SMALL)
        rows.setSpacing(theme.SMALL)
        for section in self.sections.values():
            rows.addWidget(section)
        rows.addStretch(1)
        self.area = QScrollArea()
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(steps)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        for part in (side, self.area, self.empty):
            self.splitter.addWidget(part)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setStretchFactor(2, 1)
        letter = self.fontMetrics().averageCharWidth()
        self.splitter.setSizes([letter * 34, letter * 120, letter * 120])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.splitter)
        self.setFocusProxy(self.list)

    def _connect(self) -> None:
        flows = self._flows
        flows.changed.connect(self.show_all)
        flows.progressed.connect(self._show_progress)
        flows.event_told.connect(self._add_event)
        self._models.changed.connect(self.show_all)
        self._session.project_changed.connect(self.show_all)
        self.data.check_requested.connect(self._check)
        self.data.back_requested.connect(self._change_data)
        self.train.start_requested.connect(self._train)
        self.train.pause_requested.connect(flows.pause)
        self.train.go_on_requested.connect(flows.go_on)
        for step in (self.data, self.train, self.evaluate, self.compare):
            step.stop_requested.connect(flows.halt)
        self.evaluate.start_requested.connect(self._evaluate)
        self.compare.look_requested.connect(self._look_at_both)
        self.compare.blind_requested.connect(self._judge_blind)
        self.compare.judge_requested.connect(self._judge)
        self.decide.decided.connect(self._decide)

    # -- showing -----------------------------------------------------------------------

    def look(self) -> None:
        """Looks at rounds and models anew."""
        self._flows.start(self._flows.refresh())
        self._models.start(self._models.refresh())

    @Slot()
    def show_all(self) -> None:
        """Shows everything anew."""
        shown, flows = self._flows.current, self._flows
        bases = [
            (view.info.card.id, view.info.card.name)
            for view in self._models.views()
            if view.info.state.ready and is_trainable(view.info.card.id)
        ]
        nothing = not bases and shown.stored is None
        self.empty.setVisible(nothing)
        self.area.setVisible(not nothing)
        self.side.setVisible(not nothing or bool(self._flows.rounds()))
        project = self._session.project
        self.data.set_project(str(project.path) if project is not None else "")
        self.data.set_bases(bases, self._session.choice.engine_id())
        self._show_list()
        others = flows.busy is not None and flows.busy is not shown
        marks = {step: shown.mark(step) for step in _ORDER}
        self.data.show_round(shown, marks[DATA], others_run=others)
        pausing = flows.busy is shown and flows.is_pausing
        self.train.show_round(shown, marks[TRAIN], pausing=pausing, others_run=others)
        self.evaluate.show_round(shown, marks[EVALUATE], others_run=others)
        judge = self._judge_card()
        self.compare.show_round(shown, judge=judge[1] if judge else "", others_run=others)
        self.decide.show_round(shown)
        for step, section in self.sections.items():
            section.set_mark(marks[step], self._summary(step, shown, marks[step]))
        place = (id(shown), shown.step)
        if place != self._place:
            self._place = place
            QTimer.singleShot(0, self, self._go_to_step)

    def _summary(self, step: str, shown: Round, mark: Mark) -> str:
        stored = shown.stored
        if step == DATA and stored is not None and stored.frozen is not None and mark is Mark.DONE:
            words = self.tr("{name} on {base}; data sets: {count}; tested on {n} items of {split}.")
            return words.format(
                name=stored.name,
                base=self._base_name(stored.base),
                count=len(stored.sources),
                n=QLocale().toString(stored.frozen.n),
                split=stored.frozen.split,
            )
        if mark is not Mark.LATER:
            return ""
        return {
            TRAIN: self.tr("Begins when the data are checked and nothing is marked ✕."),
            EVALUATE: self.tr(
                "Measures the adapter of now and the new one on the frozen test set."
            ),
            COMPARE: self.tr(
                "Item by item: what is better, what is worse, and whether it is chance."
            ),
            DECIDE: self.tr("The new adapter answers from then on, or the old one goes on."),
        }[step]

    def _show_list(self) -> None:
        rounds, shown = self._flows.rounds(), self._flows.current
        self.list.clear()
        for each in rounds:
            stored = each.stored
            if stored is None:
                continue
            name = visible_text(stored.name)
            what = f"{self._base_name(stored.base)} · {self._step_word(each)}"
            words = f"{name}\n{what}\n{_date(stored.created)}"
            item = QListWidgetItem(words)
            item.setToolTip(plain_tip(name))
            item.setData(Qt.ItemDataRole.UserRole, stored.id)
            self.list.addItem(item)
            if each is shown:
                self.list.setCurrentItem(item)
        if shown.stored is None:
            self.list.setCurrentRow(-1)
        self.delete_button.setEnabled(shown.stored is not None and shown is not self._flows.busy)
        self.new_button.setEnabled(shown.stored is not None)

    def _base_name(self, base: str) -> str:
        return visible_text(self._session.choice.who(base, ""))

    def _step_word(self, each: Round) -> str:
        stored = each.stored
        if stored is not None and stored.decision:
            promoted = stored.decision == PROMOTED
            return self.tr("promoted") if promoted else self.tr("old one kept")
        if each.phase is Phase.PAUSED:
            return self.tr("paused")
        if each.phase is not Phase.IDLE:
            return self.tr("running")
        return {
            DATA: self.tr("data"),
            TRAIN: self.tr("training next"),
            EVALUATE: self.tr("evaluation next"),
        }.get(each.step, self.tr("decision next"))

    @Slot()
    def _go_to_step(self) -> None:
        """Brings the step that is next into view: its head at the top."""
        section = self.sections.get(self._flows.current.step, self.sections[COMPARE])
        bar = self.area.verticalScrollBar()
        bar.setValue(max(0, section.y() - theme.SMALL))

    @Slot()
    def _show_progress(self) -> None:
        busy, shown = self._flows.busy, self._flows.current
        if busy is shown and shown.progress is not None:
            for step in (self.data, self.evaluate, self.compare):
                step.bar.setRange(0, shown.progress.total)
                step.bar.setValue(shown.progress.done)

    @Slot(object)
    def _add_event(self, event: Any) -> None:
        if self.train.plot is None:
            self.show_all()  # the first one: the plot is made now
        else:
            self.train.add_event(event, self._flows.current)

    # -- doing -------------------------------------------------------------------------

    def _chosen(self) -> Round | None:
        item = self.list.currentItem()
        wanted = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        rounds = self._flows.rounds()
        return next((e for e in rounds if e.stored is not None and e.stored.id == wanted), None)

    @Slot()
    def _open(self) -> None:
        chosen = self._chosen()
        if chosen is not None and chosen is not self._flows.current:
            self._flows.start(self._flows.open(chosen))

    @Slot()
    def _delete(self) -> None:
        shown = self._flows.current
        if shown.stored is not None and confirmed(
            self,
            self.tr("Delete round"),
            self.tr(
                "The round {name} is deleted with its run and its figures. An adapter that came "
                "of it stays on the page Models."
            ).format(name=visible_text(shown.stored.name)),
            self.tr("Delete"),
        ):
            self._flows.start(self._flows.remove(shown))

    @Slot()
    def _check(self) -> None:
        data = self.data
        self._flows.start(
            self._flows.check(
                data.name.text().strip(),
                data.base.currentData(),
                data.chosen_sources(),
                data.preset.currentData() or "",
                data.test(),
            )
        )

    @Slot()
    def _change_data(self) -> None:
        shown = self._flows.current
        has_run = bool(shown.events) or (shown.stored is not None and bool(shown.stored.run))
        if not has_run or confirmed(
            self,
            self.tr("Change data"),
            self.tr(
                "The run and the figures of this round are forgotten. An adapter that came of it "
                "stays on the page Models."
            ),
            self.tr("Change data"),
        ):
            self._flows.back_to(DATA)

    @Slot(bool)
    def _train(self, resume: bool) -> None:
        shown = self._flows.current
        if (
            not resume
            and shown.can_resume
            and not confirmed(
                self,
                self.tr("Start anew"),
                self.tr("The steps trained so far are deleted; Resume would go on from them."),
                self.tr("Start anew"),
            )
        ):
            return
        self._flows.start(self._flows.train(self.train.changes(), resume=resume))

    @Slot()
    def _evaluate(self) -> None:
        self._flows.start(self._flows.evaluate())

    def _judge_card(self) -> tuple[str, str] | None:
        """Card id and name of the loaded language model."""
        for view in self._models.views():
            if view.report is not None and view.info.language:
                return view.info.card.id, view.info.card.name
        return None

    @Slot()
    def _judge(self) -> None:
        card = self._judge_card()
        if card is not None:
            self._flows.start(self._flows.judge(card[0]))

    @Slot()
    def _look_at_both(self) -> None:
        self._flows.start(self._show_both())

    async def _show_both(self) -> None:
        stored = self._flows.current.stored
        if stored is not None:
            files = Path(stored.first), Path(stored.second)
            dialog = compared(*files, self._session.settings.operator, self)
            dialog.finished.connect(self._look_at_votes)
            dialog.show()

    @Slot()
    def _look_at_votes(self) -> None:
        self._flows.start(self._flows.look_at_votes())

    @Slot()
    def _judge_blind(self) -> None:
        stored = self._flows.current.stored
        match = match_of(stored) if stored is not None else None
        if match is None:
            return
        dialog = BlindDialog(match, self._session.settings.operator, self)
        dialog.exec()
        dialog.deleteLater()
        self._look_at_votes()

    @Slot(bool)
    def _decide(self, promote: bool) -> None:
        self._flows.decide(promote=promote)


def _date(created: str) -> str:
    moment = QDateTime.fromString(created, Qt.DateFormat.ISODate).toLocalTime()
    return QLocale().toString(moment, QLocale.FormatType.ShortFormat)
