"""The findings table: keys, editor, selection, hover."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QLocale, QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLineEdit

from inspector_app.domain.findings import Author, AuthorKind, Finding, FindingState
from inspector_app.domain.geometry import Box
from inspector_app.ui.findings_model import Column, FindingsModel
from inspector_app.ui.findings_table import FindingsTable

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

ENGINE, LAN = Author(AuthorKind.ENGINE, "anomaly"), Author(AuthorKind.PERSON, "Lan")
FINDINGS = [
    Finding("i", "scratch", Box(0.1, 0.1, 0.3, 0.2), ENGINE, 0.834, id="a"),
    Finding("i", "stain", Box(0, 0, 1, 1), LAN, None, FindingState.ACCEPTED, "oil", id="b"),
    Finding("i", "<b>dent</b>", None, ENGINE, 0.1, FindingState.REJECTED, id="c"),
]


@pytest.fixture
def table(qtbot) -> FindingsTable:
    QLocale.setDefault(QLocale("en_GB"))
    table = FindingsTable()
    qtbot.addWidget(table)
    table.resize(640, 240)
    table.set_findings(FINDINGS, 1000, 500)
    table.show()
    return table


def cell(table: FindingsTable, row: int, column: Column) -> str:
    return table.model.index(row, column).data()


def test_model_keeps_the_rules_of_qt(qapp) -> None:
    model = FindingsModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert model.set_findings(FINDINGS, 10, 10)
    assert not model.set_findings([replace(f, note="x") for f in FINDINGS], 10, 10)
    assert model.set_findings(FINDINGS[1:], 10, 10)
    assert model.set_findings([], 0, 0)
    assert tester.model() is model


def test_cells(table: FindingsTable) -> None:
    texts = [cell(table, 0, column) for column in Column]
    assert texts == ["", "scratch", "0.83", "anomaly", "proposed", "200 × 50", ""]
    texts = [cell(table, 1, column) for column in Column]
    assert texts == ["✓", "stain", "", "Lan", "accepted", "1,000 × 500", "oil"]
    assert cell(table, 2, Column.SIZE) == "whole image"
    tip = table.model.index(2, Column.LABEL).data(Qt.ItemDataRole.ToolTipRole)
    assert "&lt;b&gt;" in tip


@pytest.mark.parametrize(
    ("key", "state"),
    [
        (Qt.Key.Key_Y, FindingState.ACCEPTED),
        (Qt.Key.Key_N, FindingState.REJECTED),
        (Qt.Key.Key_U, FindingState.UNSURE),
    ],
)
def test_keys_ask_for_states(table: FindingsTable, qtbot, key, state) -> None:
    table.set_selected("a")
    with qtbot.waitSignal(table.state_requested) as asked:
        qtbot.keyClick(table.table, key)
    assert asked.args == ["a", state]
    assert asked.args[1] is state


def test_keys_without_selection_or_in_read_only_do_nothing(table: FindingsTable, qtbot) -> None:
    with qtbot.assertNotEmitted(table.state_requested):
        qtbot.keyClick(table.table, Qt.Key.Key_Y)
    table.set_selected("a")
    table.set_read_only(True)
    with qtbot.assertNotEmitted(table.state_requested):
        qtbot.keyClick(table.table, Qt.Key.Key_Y)
        qtbot.keyClick(table.table, Qt.Key.Key_E)
    assert table.findChild(QLineEdit) is None


def test_delete_removes_own_and_rejects_foreign(table: FindingsTable, qtbot) -> None:
    table.set_selected("b")
    with qtbot.waitSignal(table.delete_requested) as asked:
        qtbot.keyClick(table.table, Qt.Key.Key_Delete)
    assert asked.args == ["b"]
    table.set_selected("a")
    with (
        qtbot.waitSignal(table.state_requested) as asked,
        qtbot.assertNotEmitted(table.delete_requested),
    ):
        qtbot.keyClick(table.table, Qt.Key.Key_Delete)
    assert asked.args == ["a", FindingState.REJECTED]


def test_label_editor_suggests_and_tells(table: FindingsTable, qtbot) -> None:
    table.set_known_labels(["dent", "scratch"])
    assert table.labels() == ["dent", "scratch", "stain", "<b>dent</b>"]
    table.set_selected("a")
    qtbot.keyClick(table.table, Qt.Key.Key_E)
    editor = table.findChild(QLineEdit)
    assert editor.text() == "scratch"
    assert editor.completer() is not None
    editor.setText("  vết  xước ")
    with qtbot.waitSignal(table.label_edited) as told:
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert told.args == ["a", "vết xước"]
    assert cell(table, 0, Column.LABEL) == "scratch"  # until it is stored
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_typing_in_the_editor_is_no_key_of_review(table: FindingsTable, qtbot) -> None:
    table.set_selected("a")
    table.edit_label()
    editor = table.findChild(QLineEdit)
    with qtbot.assertNotEmitted(table.state_requested):
        qtbot.keyClicks(editor, "yun")
    assert editor.text() == "yun"
    with qtbot.assertNotEmitted(table.label_edited):
        qtbot.keyClick(editor, Qt.Key.Key_Escape)


def test_unchanged_and_empty_labels_tell_nothing(table: FindingsTable, qtbot) -> None:
    index = table.model.index(0, Column.LABEL)
    with qtbot.assertNotEmitted(table.label_edited):
        assert not table.model.setData(index, "scratch")
        assert not table.model.setData(index, "   ")
    with qtbot.waitSignal(table.note_edited) as told:
        table.model.setData(table.model.index(1, Column.NOTE), "")
    assert told.args == ["b", ""]


def test_selection_told_only_when_a_person_selects(table: FindingsTable, qtbot) -> None:
    told: list[object] = []
    table.selection_changed.connect(told.append)
    table.set_selected("b")
    table.set_findings([replace(f, note="n") for f in FINDINGS], 1000, 500)
    table.set_findings(FINDINGS[1:], 1000, 500)
    assert table.selected_id() == "b"
    assert told == []
    qtbot.keyClick(table.table, Qt.Key.Key_Down)
    assert told == ["c"]
    table.set_findings(FINDINGS[:1], 1000, 500)  # the selected one is gone
    assert told == ["c", None]
    table.set_selected(None)
    assert table.selected_id() is None


def test_double_click_and_hover(table: FindingsTable, qtbot) -> None:
    view = table.table
    at = view.visualRect(table.model.index(1, Column.AUTHOR)).center()
    hovered: list[object] = []
    table.finding_hovered.connect(hovered.append)
    qtbot.mouseMove(view.viewport(), QPoint(at.x(), at.y() + 1))
    qtbot.mouseMove(view.viewport(), at)
    QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    assert hovered == ["b", None]
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    with qtbot.waitSignal(table.finding_activated) as told:
        qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert told.args == ["b"]
    with qtbot.waitSignal(table.finding_activated):
        qtbot.keyClick(view, Qt.Key.Key_Return)


def test_empty_text(table: FindingsTable) -> None:
    table.set_findings([], 0, 0)
    assert not table.table.isVisible()
    table.set_findings(FINDINGS, 0, 0)
    assert table.table.isVisible()
    assert cell(table, 0, Column.SIZE) == ""
