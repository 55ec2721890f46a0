"""The verdict under the picture: what was decided, why, by whom, and the keys to overrule it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from inspector_app.domain.results import Overrule, Result
from inspector_app.domain.verdicts import RejectCode, Verdict
from inspector_app.ui import colors, icons, theme
from inspector_app.ui.elided_label import ElidedLabel
from inspector_app.ui.plain_text import plain_tip
from inspector_app.ui.toggle_button import ToggleButton
from inspector_app.ui.verdict_words import limit_text, verdict_word

_STRIP = 6


class VerdictBar(QWidget):
    """Shows the verdict that counts, and the engine's beside it where a person overruled."""

    overruled = Signal(object, str)  # Verdict, code
    overrule_cleared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._result: Result | None = None
        self._overrule: Overrule | None = None
        self._who = ""
        self._trouble = ""
        self._codes: list[RejectCode] = []
        self._keys: dict[Verdict, str] = {}
        self.setAccessibleName(self.tr("Verdict"))
        self.verdict_label = QLabel()
        self.verdict_label.setTextFormat(Qt.TextFormat.PlainText)
        self.engine_label = ElidedLabel()
        self.reasons_label = ElidedLabel()
        self.who_label = ElidedLabel()
        self.who_label.setFont(theme.small())
        self.code_combo = QComboBox()
        self.code_combo.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.code_combo.setMinimumContentsLength(14)
        self.code_combo.setAccessibleName(self.tr("Reason code"))
        self.code_combo.setToolTip(self.tr("Reason code that goes with your verdict"))
        self.code_combo.activated.connect(self._change_code)
        self.buttons: dict[Verdict, QToolButton] = {}
        for verdict in Verdict:
            button = ToggleButton()
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.setCheckable(True)
            button.clicked.connect(getattr(self, f"_press_{verdict.value}"))
            self.buttons[verdict] = button
        self.clear_button = QToolButton()
        self.clear_button.setText(self.tr("Withdraw"))
        self.clear_button.setToolTip(self.tr("Take your verdict back; the engine's counts again"))
        self.clear_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.clear_button.clicked.connect(self._clear)
        self._arrange()
        self.set_codes([])
        self._show()

    # -- what the window calls -----------------------------------------------------

    def show_verdict(self, result: Result | None, overrule: Overrule | None, who: str = "") -> None:
        """Shows a decision.

        Args:
            result: The engine's newest decision, None when there is none yet.
            overrule: The person's verdict, None when there is none.
            who: Engine and recipe in words; the names in the result when empty.
        """
        self._result, self._overrule, self._who = result, overrule, who
        index = self.code_combo.findData(overrule.code if overrule else "")
        self.code_combo.setCurrentIndex(max(0, index))
        self._show()

    def set_trouble(self, trouble: str) -> None:
        """Says that the image cannot be read; "" when it can."""
        self._trouble = trouble
        self._show()

    def set_codes(self, codes: Sequence[RejectCode]) -> None:
        """Offers these reason codes."""
        self._codes = list(codes)
        chosen = self.code()
        self.code_combo.clear()
        self.code_combo.addItem(self.tr("No code"), "")
        for code in self._codes:
            self.code_combo.addItem(code.text or code.code, code.code)
            self.code_combo.setItemData(
                self.code_combo.count() - 1, plain_tip(code.code), Qt.ItemDataRole.ToolTipRole
            )
        self.code_combo.setCurrentIndex(max(0, self.code_combo.findData(chosen)))
        self.code_combo.setVisible(bool(self._codes))

    def code(self) -> str:
        """Returns the reason code that is chosen, "" for none."""
        return self.code_combo.currentData() or ""

    def set_keys(self, accept: str = "", review: str = "", reject: str = "") -> None:
        """Shows the keys (in native text) that press the buttons; "" for none."""
        self._keys = {Verdict.ACCEPT: accept, Verdict.REVIEW: review, Verdict.REJECT: reject}
        self._show()

    def minimumSizeHint(self) -> QSize:
        """Returns the height of the two lines; the width may go to 0."""
        return QSize(0, super().minimumSizeHint().height())

    # -- what Qt calls --------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the verdict's colour as a strip on the left."""
        super().paintEvent(event)
        verdict = self._counts()
        if verdict is not None:
            painter = QPainter(self)
            painter.fillRect(0, 0, _STRIP, self.height(), colors.verdict_color(verdict))
            painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leaves the words out of the buttons where there is no room for them."""
        super().resizeEvent(event)
        wide = event.size().width() > self.fontMetrics().averageCharWidth() * 90
        style = (
            Qt.ToolButtonStyle.ToolButtonTextBesideIcon
            if wide
            else Qt.ToolButtonStyle.ToolButtonIconOnly
        )
        for button in self.buttons.values():
            button.setToolButtonStyle(style)

    def changeEvent(self, event) -> None:
        """Takes new colours when the theme changes."""
        super().changeEvent(event)
        if event.type() in (event.Type.PaletteChange, event.Type.FontChange):
            self._show()

    # -- inside ----------------------------------------------------------------------

    def _arrange(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(theme.SMALL)
        first.addWidget(self.verdict_label)
        first.addWidget(self.engine_label, 2)
        words = QVBoxLayout()
        words.setSpacing(theme.TINY)
        words.addLayout(first)
        words.addWidget(self.reasons_label)
        words.addWidget(self.who_label)
        keys = QHBoxLayout()
        keys.setSpacing(theme.TINY)
        for button in self.buttons.values():
            keys.addWidget(button)
        below = QHBoxLayout()
        below.setSpacing(theme.TINY)
        below.addStretch()
        below.addWidget(self.clear_button)
        below.addWidget(self.code_combo)
        layout = QGridLayout(self)
        layout.setContentsMargins(_STRIP + theme.SMALL, theme.SMALL, theme.SMALL, theme.SMALL)
        layout.setHorizontalSpacing(theme.MEDIUM)
        layout.setVerticalSpacing(theme.TINY)
        layout.addLayout(words, 0, 0, 2, 1)
        layout.addLayout(keys, 0, 1, Qt.AlignmentFlag.AlignRight)
        layout.addLayout(below, 1, 1)
        layout.setColumnStretch(0, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _counts(self) -> Verdict | None:
        if self._trouble:
            return None
        if self._overrule is not None:
            return self._overrule.verdict
        return self._result.verdict if self._result is not None else None

    def _show(self) -> None:
        verdict = self._counts()
        self._show_word(verdict)
        self._show_engine()
        self._show_who()
        for each, button in self.buttons.items():
            key = self._keys.get(each, "")
            word = _button_word(each)
            button.setText(f"{word} [{key}]" if key else word)
            button.setIcon(icons.icon(colors.verdict_icon(each), _color(each)))
            hint = self.tr("Your verdict: {word}").format(word=verdict_word(each))
            button.setToolTip(f"{hint} ({key})" if key else hint)
            button.setAccessibleName(hint)
            button.setChecked(self._overrule is not None and self._overrule.verdict is each)
            button.setEnabled(not self._trouble)
        self.code_combo.setEnabled(not self._trouble)
        self.clear_button.setVisible(self._overrule is not None and not self._trouble)
        self.update()

    def _show_word(self, verdict: Verdict | None) -> None:
        palette = QPalette()
        font = self.font()
        if self._trouble:
            text = self.tr("Cannot be read")
        elif verdict is None:
            text = self.tr("Not inspected")
        else:
            text = f"{colors.verdict_sign(verdict)} {verdict_word(verdict).upper()}"
            palette.setColor(QPalette.ColorRole.WindowText, _color(verdict))
        font.setBold(True)
        font.setPointSizeF(font.pointSizeF() * 1.25 if font.pointSizeF() > 0 else 12.0)
        self.verdict_label.setFont(font)
        self.verdict_label.setPalette(palette)
        self.verdict_label.setText(text)

    def _show_engine(self) -> None:
        """Shows score against limit, and what the engine said where a person says otherwise."""
        result, overrule = self._result, self._overrule
        compared = ""
        if result is not None:
            compared = limit_text(result.score, result.limits, result.verdict)
        text = compared
        if overrule is not None:
            if overrule.code:
                words = next(
                    (c.text for c in self._codes if c.code == overrule.code and c.text), ""
                )
                code = f"{words} ({overrule.code})" if words else overrule.code
                text = self.tr("by {person}: {code}").format(person=overrule.person, code=code)
            else:
                text = self.tr("by {person}").format(person=overrule.person)
        self.engine_label.setText("" if self._trouble else text)
        self.engine_label.setFont(theme.tabular())
        reasons = self._trouble
        if not reasons and result is not None:
            reasons = " · ".join(result.reasons)
            if overrule is not None and result.verdict is not None:
                said = self.tr("Overruled: {sign} {word} by {engine}").format(
                    sign=colors.verdict_sign(result.verdict),
                    word=verdict_word(result.verdict),
                    engine=result.provenance.engine,
                )
                reasons = " · ".join(part for part in (said, compared, reasons) if part)
        self.reasons_label.setText(reasons)

    def _show_who(self) -> None:
        result = self._result
        text = ""
        if result is not None and not self._trouble:
            source = result.provenance
            adapter = source.adapter.partition("@")[0]
            parts = (self._who or source.recipe, source.engine, adapter)
            text = " · ".join(dict.fromkeys(part for part in parts if part))
        self.who_label.setText(text)
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.WindowText, theme.muted())
        self.who_label.setPalette(palette)

    @Slot()
    def _press_accept(self) -> None:
        self._press(Verdict.ACCEPT)

    @Slot()
    def _press_review(self) -> None:
        self._press(Verdict.REVIEW)

    @Slot()
    def _press_reject(self) -> None:
        self._press(Verdict.REJECT)

    def _press(self, verdict: Verdict) -> None:
        # The button shows what is stored, not what was pressed.
        stored = self._overrule.verdict if self._overrule is not None else None
        self.buttons[verdict].setChecked(stored is verdict)
        self.overruled.emit(verdict, self.code())

    @Slot()
    def _change_code(self) -> None:
        if self._overrule is not None and self.code() != self._overrule.code:
            self.overruled.emit(self._overrule.verdict, self.code())

    @Slot()
    def _clear(self) -> None:
        self.overrule_cleared.emit()


def _color(verdict: Verdict):
    return colors.verdict_text_color(verdict, theme.is_dark())


def _button_word(verdict: Verdict) -> str:
    word = verdict_word(verdict)
    return word[:1].upper() + word[1:]
