"""Step 2 of the Improve page: settings, the run with its curves, and what came of it."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from inspector_app.domain.training import (
    PRECISIONS,
    RunFinished,
    RunStopped,
    StepDone,
    TrainEvent,
    Validated,
)
from inspector_app.services.improve_data import preset_warmup
from inspector_app.ui import theme
from inspector_app.ui.fact_form import FactForm
from inspector_app.ui.improve_section import wrapped_label
from inspector_app.ui.improve_state import RUNNING, Mark, Phase, Round
from inspector_app.ui.improve_words import duration, loss_text, number
from inspector_app.ui.plain_text import visible_text
from inspector_app.ui.train_plot import TrainPlot
from inspector_app.ui.train_samples import TrainSamples

STEPS, EPOCHS = "steps", "epochs"
_CHECKED = ("error: ", "warning: ", "note: ")


class TrainStep(QWidget):
    """Settings, buttons, curves, figures, answers."""

    start_requested = Signal(bool)  # whether to resume
    pause_requested = Signal()
    go_on_requested = Signal()
    stop_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._config: object = None
        self._warmup = self._epoch_steps = 0  # of the preset
        self.unit = QComboBox()
        self.unit.addItem(self.tr("Steps"), STEPS)
        self.unit.addItem(self.tr("Passes over the data"), EPOCHS)
        self.unit.setAccessibleName(self.tr("Length of the run"))
        self.unit.currentIndexChanged.connect(self._follow_unit)
        self.steps = QSpinBox()
        self.steps.setRange(1, 1_000_000)
        self.steps.setValue(100)
        self.epochs = QDoubleSpinBox()
        self.epochs.setRange(0.1, 1000)
        self.epochs.setSingleStep(0.5)
        self.short = wrapped_label()
        self.rate = QLineEdit()
        self.rank = QSpinBox()
        self.rank.setRange(1, 1024)
        self.precision = QComboBox()
        for name in PRECISIONS:
            self.precision.addItem(name, name)
        self.form = QWidget()
        length = QHBoxLayout()
        length.setSpacing(theme.SMALL)
        for widget in (self.unit, self.steps, self.epochs):
            length.addWidget(widget)
        length.addStretch(1)
        rows = QFormLayout(self.form)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.SMALL)
        rows.addRow(self.tr("Length"), length)
        rows.addRow("", self.short)
        for box in (self.steps, self.epochs):
            box.valueChanged.connect(self._tell_warmup)
        rows.addRow(self.tr("Learning rate"), self.rate)
        rows.addRow(self.tr("Rank"), self.rank)
        rows.addRow(self.tr("Precision"), self.precision)
        letter = self.fontMetrics().averageCharWidth()
        for field in (self.rate, self.rank, self.precision):
            field.setMaximumWidth(letter * 24)
        self.start_button = QPushButton(self.tr("Start"))
        self.start_button.clicked.connect(self._start)
        self.resume_button = QPushButton(self.tr("Resume"))
        self.resume_button.clicked.connect(self._resume)
        self.pause_button = QPushButton(self.tr("Pause"))
        self.pause_button.clicked.connect(self.pause_requested)
        self.go_on_button = QPushButton(self.tr("Go on"))
        self.go_on_button.clicked.connect(self.go_on_requested)
        self.stop_button = QPushButton(self.tr("Stop"))
        self.stop_button.clicked.connect(self.stop_requested)
        self.bar = QProgressBar()
        self.bar.setAccessibleName(self.tr("Progress of the run"))
        self.state = wrapped_label()
        self.facts = FactForm()
        self.plot: TrainPlot | None = None
        self.samples = TrainSamples()
        line = QHBoxLayout()
        line.setSpacing(theme.SMALL)
        for button in self._buttons():
            line.addWidget(button)
        line.addWidget(self.bar, 4)
        line.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.SMALL)
        self._column.addWidget(self.form)
        self._column.addLayout(line)
        for widget in (self.state, self.facts, self.samples):
            self._column.addWidget(widget)
        self._follow_unit()

    def _buttons(self) -> tuple[QPushButton, ...]:
        return (
            *(self.start_button, self.resume_button, self.pause_button),
            *(self.go_on_button, self.stop_button),
        )

    def changes(self) -> dict[str, object]:
        """Returns what differs from the preset, as keys of the configuration."""
        by_steps = self.unit.currentData() == STEPS
        warmup = self._shorter()
        return {
            "schedule": {
                **({} if warmup is None else {"warmup": warmup}),
                "steps": self.steps.value() if by_steps else 0,
                "epochs": 0 if by_steps else round(self.epochs.value(), 2),
                "rate": _number(self.rate.text().strip()),
            },
            "lora": {"rank": self.rank.value()},
            "precision": self.precision.currentData(),
        }

    def _shorter(self) -> int | None:
        """Steps of warm-up for a run in which the preset's do not fit; None where they do."""
        total = self.steps.value()
        if self.unit.currentData() != STEPS:
            total = int(self.epochs.value() * self._epoch_steps)
        return total // 10 if total and self._warmup >= total else None

    @Slot()
    def _tell_warmup(self) -> None:
        warmup, locale = self._shorter(), QLocale()
        self.short.setVisible(warmup is not None)
        if warmup is not None:
            words = self.tr("The warm-up of {preset} steps does not fit: {steps} steps.")
            self.short.setText(
                words.format(preset=locale.toString(self._warmup), steps=locale.toString(warmup))
            )

    def show_round(self, shown: Round, mark: Mark, *, pausing: bool, others_run: bool) -> None:
        """Shows a round."""
        if shown.config is not None and shown.config is not self._config:
            self._fill(shown)
        phase, running = shown.phase, shown.phase in RUNNING
        idle = phase is Phase.IDLE and mark is Mark.NOW
        self.form.setVisible(mark is Mark.NOW and not running)
        self.start_button.setVisible(idle)
        self.start_button.setText(self.tr("Start anew") if shown.events else self.tr("Start"))
        self.resume_button.setVisible(idle and shown.can_resume)
        held = phase is Phase.PAUSED or pausing
        self.pause_button.setVisible(running and not held)
        self.pause_button.setEnabled(phase is Phase.TRAINING)
        self.go_on_button.setVisible(running and held)
        self.stop_button.setVisible(running)
        for button in (self.stop_button, self.go_on_button):
            button.setEnabled(phase is not Phase.STOPPING)
        for button in (self.start_button, self.resume_button):
            button.setEnabled(not others_run)
        if shown.events and self.plot is None:
            self.plot = TrainPlot()
            self._column.insertWidget(self._column.indexOf(self.facts), self.plot)
        if self.plot is not None:
            self.plot.setVisible(bool(shown.events))
            self.plot.show_events(shown.events)
        self.samples.show_events(shown.events)
        self.show_figures(shown)
        self.state.setText(self._state(shown, pausing))
        self.state.setVisible(bool(self.state.text()))

    def add_event(self, event: TrainEvent, shown: Round) -> None:
        """Takes one more event of the run on show."""
        if self.plot is not None:
            self.plot.add(event)
        self.samples.show_events(shown.events)
        self.show_figures(shown)

    def show_figures(self, shown: Round) -> None:
        """Shows figures and the bar."""
        running = shown.phase in RUNNING
        steps = [event for event in shown.events if isinstance(event, StepDone)]
        last = steps[-1] if steps else None
        self.bar.setVisible(running)
        if running:
            total = last.steps if last is not None else 0
            self.bar.setRange(0, total)
            self.bar.setValue(last.step if last is not None else 0)
        self.facts.set_rows(self._facts(shown, last, running=running))

    def _facts(
        self, shown: Round, last: StepDone | None, *, running: bool
    ) -> list[tuple[str, str]]:
        locale = QLocale()
        rows: list[tuple[str, str]] = []
        if last is not None:
            step = self.tr("{step} of {steps}").format(
                step=locale.toString(last.step), steps=locale.toString(last.steps)
            )
            rows += [(self.tr("Step"), step), (self.tr("Loss"), loss_text(last.loss))]
            if running:
                memory = self.tr("{size} MB").format(size=locale.toString(last.memory_mb))
                rows += [
                    (self.tr("Learning rate"), number(last.rate, 3)),
                    (self.tr("Samples a second"), number(last.samples_per_second, 3)),
                    (self.tr("Memory"), memory),
                    (self.tr("Time left"), duration(last.eta_seconds)),
                ]
        checks = [event for event in shown.events if isinstance(event, Validated)]
        if checks:
            best = min(check.loss for check in checks)
            words = self.tr("{first} at first, {best} at best").format(
                first=loss_text(checks[0].loss), best=loss_text(best)
            )
            rows.append((self.tr("Validation loss"), words))
        started = shown.started
        if started is not None:
            device = f"{started.device}, {started.precision}"
            rows.append((self.tr("Computed on"), device))
            # What the data check had to say stands in the first step.
            notes = [note for note in started.notes if not note.startswith(_CHECKED)]
            if notes:
                rows.append((self.tr("Notes"), "\n".join(notes)))
        return rows

    def _state(self, shown: Round, pausing: bool) -> str:
        match shown.phase:
            case Phase.LOADING:
                return self.tr("Reading data and loading the model. This may take some minutes.")
            case Phase.PAUSED:
                return self.tr("Paused. The model stays in memory; Go on takes it up at once.")
            case Phase.STOPPING:
                return self.tr("Stopping: the step under way is finished and saved.")
            case Phase.TRAINING if pausing:
                return self.tr("Pausing after the step under way.")
            case Phase.TRAINING:
                return ""
            case _:
                return self._ended(shown)

    def _ended(self, shown: Round) -> str:
        if shown.trouble is not None and shown.failed is Phase.LOADING:
            return visible_text(str(shown.trouble))
        last = shown.events[-1] if shown.events else None
        if isinstance(last, RunFinished):
            words = self.tr(
                "Finished after {time}; the adapter {name} holds the weights of step {step}."
            )
            text = words.format(time=duration(last.seconds), name=last.adapter, step=last.best_step)
            early = self.tr("It ended early because validation got no better.")
            return f"{text} {early}" if last.early else text
        if isinstance(last, RunStopped):
            return self.tr("Stopped after step {step}. Resume goes on from there.").format(
                step=last.step
            )
        if last is not None and shown.can_resume:
            return self.tr("The run was broken off. Resume goes on from the last saved step.")
        return ""

    def _fill(self, shown: Round) -> None:
        config = self._config = shown.config
        if config is None:
            return
        plan = config.schedule
        preset = shown.stored.preset if shown.stored is not None else ""
        self._warmup, self._epoch_steps = preset_warmup(preset), plan.epoch_steps
        self.unit.setCurrentIndex(0 if plan.steps else 1)
        self.steps.setValue(plan.steps or 100)
        self.epochs.setValue(plan.epochs or 1)
        self.rate.setText(QLocale().toString(plan.rate, "g", 6))
        self.rank.setValue(config.lora.rank)
        # What it goes on from has a rank of its own.
        self.rank.setEnabled(not config.start_from)
        self.precision.setCurrentIndex(max(0, self.precision.findData(config.precision)))
        self._tell_warmup()

    @Slot()
    def _follow_unit(self) -> None:
        by_steps = self.unit.currentData() == STEPS
        self.steps.setVisible(by_steps)
        self.epochs.setVisible(not by_steps)
        self._tell_warmup()

    @Slot()
    def _start(self) -> None:
        self.start_requested.emit(False)

    @Slot()
    def _resume(self) -> None:
        self.start_requested.emit(True)


def _number(text: str) -> float | str:
    """A number with point or comma; what is none is left: the check says what is wrong with it."""
    try:
        return float(text)  # first: in Vietnamese a point groups digits, and "0.001" would be 1
    except ValueError:
        locale = QLocale()
        locale.setNumberOptions(QLocale.NumberOption.RejectGroupSeparator)
        value, known = locale.toDouble(text)
        return value if known else text
