"""The verdict bar: word, sign, score against limit, overruling."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from inspector_app.domain.events import Provenance
from inspector_app.domain.results import Overrule, Result
from inspector_app.domain.tasks import Task
from inspector_app.domain.verdicts import Limits, RejectCode, Verdict
from inspector_app.ui import colors, theme
from inspector_app.ui.verdict_bar import VerdictBar
from inspector_app.ui.verdict_words import limit_text, score_text

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

LIMITS = Limits(0.3, 0.41, 0.3)
RESULT = Result(
    "i",
    Task.DETECTION,
    "",
    "",
    "",
    Provenance("anomaly", "nut-lora@sha256:12", "nut M8 v3"),
    score=0.83,
    limits=LIMITS,
    verdict=Verdict.REJECT,
    reasons=("scratch ×2", "stain"),
)
CODES = [RejectCode("S1", "scratch over 2 mm"), RejectCode("T", "")]


@pytest.fixture
def bar(qtbot) -> VerdictBar:
    QLocale.setDefault(QLocale("en_GB"))
    bar = VerdictBar()
    qtbot.addWidget(bar)
    bar.set_codes(CODES)
    bar.resize(700, 90)
    return bar


def test_engine_verdict(bar: VerdictBar) -> None:
    bar.show_verdict(RESULT, None, "nut M8 v3")
    assert bar.verdict_label.text() == "✕ REJECT"
    assert bar.engine_label.text() == "0.83 > 0.41"
    assert bar.reasons_label.text() == "scratch ×2 · stain"
    assert bar.who_label.text() == "nut M8 v3 · anomaly · nut-lora"
    assert not bar.clear_button.isVisibleTo(bar)


def test_overruled_shows_both(bar: VerdictBar) -> None:
    bar.show_verdict(RESULT, Overrule("i", Verdict.ACCEPT, "Lan", "S1"))
    assert bar.verdict_label.text() == "✓ ACCEPT"
    assert bar.engine_label.text() == "by Lan: scratch over 2 mm (S1)"
    assert "✕ reject by anomaly" in bar.reasons_label.text()
    assert "0.83 > 0.41" in bar.reasons_label.text()
    assert bar.code() == "S1"
    assert bar.buttons[Verdict.ACCEPT].isChecked()
    assert bar.clear_button.isVisibleTo(bar)


def test_nothing_known_and_trouble(bar: VerdictBar) -> None:
    bar.show_verdict(None, None)
    assert bar.verdict_label.text() == "Not inspected"
    bar.show_verdict(RESULT, None)
    bar.set_trouble("Cannot read <b>x</b>: gone.")
    assert bar.verdict_label.text() == "Cannot be read"
    assert bar.reasons_label.text() == "Cannot read <b>x</b>: gone."
    assert not bar.buttons[Verdict.ACCEPT].isEnabled()
    bar.set_trouble("")
    assert bar.buttons[Verdict.ACCEPT].isEnabled()


def test_buttons_ask_with_the_code(bar: VerdictBar, qtbot) -> None:
    bar.show_verdict(RESULT, None)
    bar.code_combo.setCurrentIndex(1)
    with qtbot.waitSignal(bar.overruled) as told:
        bar.buttons[Verdict.REVIEW].click()
    assert told.args == [Verdict.REVIEW, "S1"]
    assert told.args[0] is Verdict.REVIEW
    assert not bar.buttons[Verdict.REVIEW].isChecked()  # until it is stored
    bar.show_verdict(RESULT, Overrule("i", Verdict.REVIEW, "Lan"))
    assert bar.code() == ""
    with qtbot.waitSignal(bar.overruled) as told:
        bar.code_combo.setCurrentIndex(2)
        bar.code_combo.activated.emit(2)
    assert told.args == [Verdict.REVIEW, "T"]
    with qtbot.waitSignal(bar.overrule_cleared):
        bar.clear_button.click()


def test_keys_and_narrow_bars(bar: VerdictBar) -> None:
    bar.set_keys("A", "", "X")
    assert bar.buttons[Verdict.ACCEPT].text() == "Accept [A]"
    assert bar.buttons[Verdict.REVIEW].text() == "Review"
    assert "(X)" in bar.buttons[Verdict.REJECT].toolTip()
    assert bar.minimumSizeHint().width() == 0


def test_codes_can_be_taken_away(bar: VerdictBar) -> None:
    bar.code_combo.setCurrentIndex(1)
    bar.set_codes(CODES[:1])
    assert bar.code() == "S1"
    bar.set_codes([])
    assert bar.code() == ""
    assert not bar.code_combo.isVisibleTo(bar)


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("verdict", list(Verdict))
def test_contrast(bar: VerdictBar, qapp: QApplication, mode, verdict) -> None:
    try:
        bar.show()
        bar.show_verdict(replace(RESULT, verdict=verdict), None)
        theme.apply(qapp, mode)  # the colours follow while the bar is shown
        qapp.processEvents()
        roles = QPalette.ColorRole
        text = bar.verdict_label.palette().color(roles.WindowText)
        assert colors.contrast(text, bar.palette().color(roles.Window)) >= 4.5
        small = bar.who_label.palette().color(roles.WindowText)
        assert colors.contrast(small, bar.palette().color(roles.Window)) >= 4.5
    finally:
        theme.apply(qapp, "light")


@pytest.mark.parametrize(
    ("score", "verdict", "text"),
    [
        (0.83, Verdict.REJECT, "0.83 > 0.41"),
        (0.35, Verdict.REVIEW, "0.35 > 0.30"),
        (0.12, Verdict.ACCEPT, "0.12 ≤ 0.30"),
        (0.412, Verdict.REJECT, "0.412 > 0.410"),
        (0.3, Verdict.ACCEPT, "0.30 ≤ 0.30"),
        (0.9, None, "0.90 > 0.41"),
        (None, Verdict.ACCEPT, ""),
        (float("nan"), None, ""),
    ],
)
def test_limit_text(qapp, score, verdict, text) -> None:
    QLocale.setDefault(QLocale("en_GB"))
    assert limit_text(score, LIMITS, verdict) == text


def test_numbers_follow_the_locale(qapp) -> None:
    QLocale.setDefault(QLocale("vi_VN"))
    assert score_text(0.5) == "0,50"
    assert limit_text(0.83, None, None) == "0,83"
