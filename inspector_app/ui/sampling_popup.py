"""How answers are drawn: a popup with the temperature, what else can be set, the system message."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLocale, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from inspector_app.domain.prompting import LIMITS, Sampling
from inspector_app.services import sampling
from inspector_app.ui import theme

_WIDTH = 288
_DRAWN = ("top_p", "top_k", "min_p", "seed")  # mean nothing where the likeliest word is taken
_STEPS = round(sampling.HIGHEST / sampling.STEP)


class SamplingPopup(QFrame):
    """The slider with a line that says what it does, and a field for each other value.

    An empty field takes what is usual for the model, which stands in it in grey. A value that
    cannot be used is refused while it is typed: a line says why, and the usual one holds.
    """

    own_changed = Signal(object)  # dict of what is set besides the temperature
    system_changed = Signal(str)
    restored = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._own: dict[str, float] = {}
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setFixedWidth(_WIDTH)
        name = QLabel(self.tr("Temperature"))
        self.value_label = QLabel()
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, _STEPS)
        self.slider.setPageStep(5)
        self.slider.setTickInterval(5)
        self.slider.setTickPosition(QSlider.TickPosition.TicksBelow)
        self.slider.setAccessibleName(name.text())
        self.slider.valueChanged.connect(self._say)
        self.meaning_label = QLabel()
        self.meaning_label.setWordWrap(True)
        row = QHBoxLayout()
        row.addWidget(name, 1)
        row.addWidget(self.value_label)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SMALL, theme.SMALL, theme.SMALL, theme.SMALL)
        column.setSpacing(theme.TINY)
        column.addLayout(row)
        column.addWidget(self.slider)
        column.addWidget(self.meaning_label)
        column.addLayout(self._build_fields())
        self.trouble_label = QLabel()
        self.trouble_label.setWordWrap(True)
        self.trouble_label.hide()
        column.addWidget(self.trouble_label)
        column.addWidget(self._build_system())
        self.restore_button = QPushButton(self.tr("Restore defaults"))
        self.restore_button.setAutoDefault(False)
        self.restore_button.clicked.connect(self._restore)
        column.addWidget(self.restore_button, 0, Qt.AlignmentFlag.AlignRight)
        self._style()
        self._say()

    def meaning(self, varies: bool) -> str:
        """Returns what the temperature does, in a sentence or two."""
        if varies:
            return self.tr(
                "Answers vary: asking again gives another one. Each answer keeps its seed. For "
                "inspection choose 0."
            )
        return self.tr(
            "The likeliest answer, the same each time: right for inspection. Higher varies."
        )

    def show_value(self, value: str) -> None:
        """Shows the temperature in words of the user's language."""
        self.value_label.setText(value)

    def show_own(self, own: dict[str, float], system: str, usual: Sampling) -> None:
        """Shows what is set besides the temperature; tells nobody.

        Args:
            own: By the names of `Sampling`.
            system: System message; "" for the usual one.
            usual: What holds where nothing is set.
        """
        self._own = dict(own)
        for key, field in self.fields.items():
            usually = getattr(usual, key)
            drawn = key == "seed"
            field.setPlaceholderText(self.tr("by chance") if drawn else _shown(usually))
            blocked = field.blockSignals(True)
            field.setText(_shown(own[key]) if key in own else "")
            field.blockSignals(blocked)
        blocked = self.system_edit.blockSignals(True)
        self.system_edit.setPlainText(system)
        self.system_edit.blockSignals(blocked)
        self._refuse("")

    def is_usual(self) -> bool:
        """Whether nothing but the temperature is set."""
        return not self._own and not self.system_edit.toPlainText().strip()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter closes as Esc does: what is shown holds already."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self.close()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follows font and theme."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.PaletteChange):
            self._style()

    def _build_fields(self) -> QFormLayout:
        names = {
            "top_p": (self.tr("Top-p"), self.tr("Only the likeliest words up to this share.")),
            "top_k": (self.tr("Top-k"), self.tr("Only so many of the likeliest words; 0 for all.")),
            "min_p": (
                self.tr("Min-p"),
                self.tr("Only words at least this likely beside the likeliest one."),
            ),
            "repetition_penalty": (
                self.tr("Repetition penalty"),
                self.tr("Above 1, words that were said already become less likely."),
            ),
            "seed": (self.tr("Seed"), self.tr("The same seed draws the same answer again.")),
            "max_tokens": (
                self.tr("Longest answer"),
                self.tr("In tokens; a longer answer is cut off, and that is said."),
            ),
        }
        self.fields: dict[str, QLineEdit] = {}
        form = QFormLayout()
        form.setContentsMargins(0, theme.SMALL, 0, 0)
        form.setSpacing(theme.TINY)
        for key, (name, tip) in names.items():
            field = QLineEdit()
            field.setAlignment(Qt.AlignmentFlag.AlignRight)
            field.setMinimumWidth(1)
            field.setToolTip(tip)
            field.setAccessibleName(name)
            field.setAccessibleDescription(tip)
            field.textChanged.connect(self._take)
            form.addRow(name, field)
            self.fields[key] = field
        return form

    def _build_system(self) -> QWidget:
        self.system_edit = QPlainTextEdit()
        self.system_edit.setTabChangesFocus(True)
        self.system_edit.setPlaceholderText(self.tr("System message; empty for the usual one"))
        self.system_edit.setAccessibleName(self.tr("System message"))
        self.system_edit.setFixedHeight(3 * self.fontMetrics().lineSpacing() + theme.SMALL)
        self.system_edit.textChanged.connect(self._take_system)
        return self.system_edit

    def _style(self) -> None:
        muted = QPalette()
        muted.setColor(QPalette.ColorRole.WindowText, theme.muted())
        self.meaning_label.setPalette(muted)
        for label in (self.meaning_label, self.trouble_label):
            label.setFont(theme.small())
        self.value_label.setFont(theme.tabular(self.font()))
        for field in self.fields.values():
            field.setFont(theme.tabular(self.font()))

    def _refuse(self, words: str) -> None:
        shown = bool(words)
        self.trouble_label.setText(words)
        if shown != self.trouble_label.isVisibleTo(self):
            self.trouble_label.setVisible(shown)
            self.adjustSize()

    @Slot()
    def _take(self) -> None:
        own: dict[str, float] = {}
        trouble = ""
        for key, field in self.fields.items():
            text = field.text().strip()
            value = _number(text)
            if value is not None and sampling.accepts(key, value):
                own[key] = value
            elif text and not trouble:
                low, high = (_shown(limit) for limit in LIMITS[key])
                words = self.tr("{name} takes {low} to {high}; {value} is left out.")
                name = field.accessibleName()
                trouble = words.format(name=name, low=low, high=high, value=text)
        self._refuse(trouble)
        if own != self._own:
            self._own = own
            self.own_changed.emit(dict(own))

    @Slot()
    def _take_system(self) -> None:
        self.system_changed.emit(self.system_edit.toPlainText().strip())

    @Slot()
    def _restore(self) -> None:
        self.slider.setValue(0)
        for field in self.fields.values():
            field.clear()
        self.system_edit.clear()
        self.restored.emit()

    @Slot()
    def _say(self) -> None:
        # Room for the longer of both, so that the popup does not jump under the mouse.
        room = 0
        for varies in (True, False):
            self.meaning_label.setText(self.meaning(varies))
            room = max(room, self.meaning_label.heightForWidth(_WIDTH - 2 * theme.SMALL - 2))
        self.meaning_label.setMinimumHeight(room)
        varies = self.slider.value() > 0
        self.meaning_label.setText(self.meaning(varies))
        for key in _DRAWN:
            self.fields[key].setEnabled(varies)


def _number(text: str) -> float | None:
    """A number as people of this locale or a programmer write it; None for anything else."""
    text = text.strip()
    try:
        return int(text)
    except ValueError:
        pass
    value, good = QLocale().toDouble(text)
    if good:
        return value
    try:
        return float(text)
    except ValueError:
        return None


def _shown(value: float) -> str:
    locale = QLocale()
    locale.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator)
    if isinstance(value, int):
        return locale.toString(value)
    return locale.toString(float(value), "g", 6)
