"""Looking at an evaluation and comparing two in the window, from the files that are written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QTableWidget

from inspector_app.domain.evaluation import Evaluation, Item, Metric
from inspector_app.learning.detection_figures import by_group, image_figures
from inspector_app.services import judging
from inspector_app.services.evaluations import read_evaluation, write_evaluation
from inspector_app.ui import evaluation_words
from inspector_app.ui.blind_dialog import BlindDialog
from inspector_app.ui.comparison_dialog import ComparisonDialog
from inspector_app.ui.evaluation_dialog import EvaluationDialog
from inspector_app.ui.main_window import MainWindow

# wanted, given by the first, given by the second; G is good, D defective, None failed
CASES = [
    ("G", "G", "G"), ("G", "D", "G"), ("G", "D", "G"),
    ("D", "D", "D"), ("D", "G", "D"), ("D", None, "D"),
]  # fmt: skip
NAMES = {"G": "good", "D": "defect"}
BOX = (72.0, 60.0, 124.0, 74.0)


def evaluation(lot: Path, adapter: str) -> Evaluation:
    items: list[Item] = []
    for n, case in enumerate(CASES):
        wanted, given = NAMES[case[0]], NAMES.get(case[2 if adapter else 1] or "", "")
        path = lot / f"part_{n}.png" if n != 2 else lot / "gone.png"
        items.append(
            Item(
                str(path),
                wanted,
                given,
                given == wanted if given else None,
                score=0.1 * n if given else None,
                boxes=(BOX, BOX) if given == "defect" else (),
                truth=(BOX,) if wanted == "defect" else (),
                groups=(("defect_type", "scratch"),) if wanted == "defect" else (),
                trouble="" if given else "out of memory",
            )
        )
    return Evaluation(
        *("talker", adapter, "detect", "m.jsonl", "test"),
        image_figures(items),
        tuple(items),
        by_group("defect_type", items, image_figures),
        "boxes",
        "abc",
    )


@pytest.fixture
def files(parts: Path, tmp_path: Path) -> tuple[Path, Path]:
    """Two evaluations of the same six parts, the second one with an adapter."""
    paths = tmp_path / "a.json", tmp_path / "b.json"
    for path, adapter in zip(paths, ("", "nut"), strict=True):
        write_evaluation(evaluation(parts / "lot", adapter), path)
    return paths


@pytest.fixture
def opened(qapp: QApplication) -> Iterator[Callable[[QDialog], None]]:
    """Shows a dialog now and closes it after the test."""
    kept: list[QDialog] = []

    def show(dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        dialog.show()
        qapp.processEvents()
        kept.append(dialog)

    yield show
    for dialog in kept:
        dialog.close()
        dialog.deleteLater()


def look(path: Path, show: Callable[[QDialog], None]) -> EvaluationDialog:
    dialog = EvaluationDialog(read_evaluation(path), "Lan")
    show(dialog)
    return dialog


def texts(table: QTableWidget, row: int) -> list[str]:
    cells = [table.item(row, column) for column in range(table.columnCount())]
    return [cell.text() if cell is not None else "" for cell in cells]


def test_head_and_figures(files: tuple[Path, Path], opened: Callable[[QDialog], None]):
    dialog = look(files[0], opened)
    head = dialog.head.text()
    assert "talker: finding defects. m.jsonl, split test." in head
    assert "2 of 6 items right, 1 failed." in head
    assert "its boxes" in head
    rows = {texts(dialog.metrics, row)[0]: row for row in range(dialog.metrics.rowCount())}
    false_alarms = texts(dialog.metrics, rows["False alarms"])
    assert (false_alarms[1], false_alarms[3]) == ("0.667", "5")  # two of three good parts
    tip = dialog.metrics.item(rows["False alarms"], 0)
    assert tip is not None
    assert "false_alarm_rate" in tip.toolTip()


def test_every_figure_of_the_program_has_words(files: tuple[Path, Path]):
    for name in read_evaluation(files[0]).metrics:
        assert evaluation_words.metric_name(name) != name
        assert evaluation_words.metric_meaning(name)
    assert evaluation_words.metric_name("field_exact.total").endswith(": total")
    assert evaluation_words.metric_name("something_new") == "something_new"
    undefined = Metric(float("nan"), float("nan"), float("nan"), 0)
    assert evaluation_words.value_text(undefined.value) == "–"
    assert evaluation_words.interval_text(undefined) == "–"


def test_a_cell_shows_its_items_and_their_boxes(
    files: tuple[Path, Path], opened: Callable[[QDialog], None]
):
    dialog = look(files[0], opened)
    dialog.tabs.setCurrentIndex(1)
    matrix, gallery = dialog.matrix, dialog.gallery
    rows = {matrix.verticalHeaderItem(n).text(): n for n in range(matrix.rowCount())}
    columns = {matrix.horizontalHeaderItem(n).text(): n for n in range(matrix.columnCount())}
    assert gallery.shown() == [1, 2, 4]  # wrong ones at first
    item = matrix.item(rows["wanted: good"], columns["given: defective"])
    assert item is not None
    assert item.text() == "2"
    at = matrix.visualItemRect(item).center()
    QTest.mouseClick(matrix.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert gallery.shown() == [1, 2]
    assert gallery.picture.box_count() == 2  # two found, none is true
    gallery.list.setCurrentRow(1)
    assert not gallery.picture.viewer.has_image()
    assert "gone.png" in gallery.picture.viewer.accessibleDescription()
    item = matrix.item(rows["wanted: defective"], columns["given: defective"])
    assert item is not None
    at = matrix.visualItemRect(item).center()
    QTest.mouseClick(matrix.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert gallery.shown() == [3]
    assert gallery.picture.box_count() == 3
    assert "Score: 0.300" in gallery.facts.toPlainText()
    matrix.setCurrentCell(rows["wanted: good"], columns["given: good"])
    QTest.keyClick(matrix, Qt.Key.Key_Return)
    assert gallery.shown() == [0]
    assert dialog.isVisible()  # Enter chose the cell and closed nothing


def test_filters(files: tuple[Path, Path], opened: Callable[[QDialog], None]):
    gallery = look(files[0], opened).gallery
    shown: list[list[int]] = []
    for place in range(gallery.filter.count()):
        gallery.filter.setCurrentIndex(place)
        shown.append(gallery.shown())
    assert shown == [[0, 1, 2, 3, 4, 5], [1, 2, 4], [5]]
    assert "out of memory" in gallery.facts.toPlainText()


def test_curves_are_drawn_when_they_are_looked_at(
    files: tuple[Path, Path], opened: Callable[[QDialog], None], qapp: QApplication
):
    dialog = look(files[1], opened)
    assert not dialog.plots.plots
    dialog.tabs.setCurrentWidget(dialog.plots)
    qapp.processEvents()
    assert len(dialog.plots.plots) == 3
    x, y = dialog.plots.plots[0].listDataItems()[0].getData()
    assert (x[0], y[0], x[-1], y[-1]) == (0, 0, 1, 1)


def test_words_alone_with_nothing_right(tmp_path: Path, opened: Callable[[QDialog], None]):
    items = tuple(
        Item("", "đúng", "sai " * 200, False, f"Câu hỏi {n}?", groups=(("kind", "other"),))
        for n in range(3)
    )
    whole = Evaluation("e", "", "vqa", "m", "test", {}, items, {})
    write_evaluation(whole, tmp_path / "zero.json")
    dialog = look(tmp_path / "zero.json", opened)
    dialog.tabs.setCurrentIndex(1)
    assert "0 of 3 items right, 0 failed." in dialog.head.text()
    assert dialog.gallery.shown() == [0, 1, 2]
    assert not dialog.gallery.picture.isVisible()
    assert [dialog.tabs.tabText(n) for n in range(dialog.tabs.count())] == ["Figures", "Items"]


def test_two_are_compared(files: tuple[Path, Path], opened: Callable[[QDialog], None]):
    dialog = look(files[0], opened)
    found = dialog.compare_with(files[1])
    assert found is not None
    opened(found)
    summary = found.summary.text()
    assert (
        "Of 5 items that both answered, only talker has 0 right, only talker+nut has 3" in summary
    )
    assert "p = 0.250" in summary  # 2 * 0.5 ** 3, by hand
    assert "too often" in summary
    assert found.messages.texts() == ["Items left out, as not both answered them: 1."]
    rows = [texts(found.metrics, row) for row in range(found.metrics.rowCount())]
    assert next(row for row in rows if row[0] == "False alarms")[-1] == "−0.667"
    assert texts(found.groups, 0)[1:6] == ["scratch", "2", "50 %", "100 %", "0 : 1"]
    assert found.items.rowCount() == 3
    found.items.setCurrentCell(0, 0)
    assert [head.text() for head in found.duel.heads] == ["✕ talker", "✓ talker+nut"]
    assert found.duel.answers[0].toPlainText().startswith("defective")
    found.look_buttons[1].click()
    whole = dialog.findChildren(EvaluationDialog)[0]
    assert whole.head.text().startswith("talker+nut: ")
    whole.close()


def test_what_cannot_be_compared_is_told(
    files: tuple[Path, Path], tmp_path: Path, opened: Callable[[QDialog], None]
):
    dialog = look(files[0], opened)
    other = replace(read_evaluation(files[1]), task="vqa")
    write_evaluation(other, tmp_path / "other.json")
    assert dialog.compare_with(tmp_path / "other.json") is None
    assert dialog.compare_with(tmp_path / "none.json") is None
    assert "There is no file" in dialog.messages.texts()[0]
    assert "Compare two of the same task." in dialog.messages.texts()[1]


def test_judging_blind_begins_from_a_comparison(
    files: tuple[Path, Path], opened: Callable[[QDialog], None], monkeypatch: pytest.MonkeyPatch
):
    shown: list[BlindDialog] = []
    monkeypatch.setattr(BlindDialog, "exec", lambda dialog: shown.append(dialog))
    found = ComparisonDialog(*map(read_evaluation, files), "Lan")
    opened(found)
    found.blind_button.click()
    assert shown[0].progress.text().startswith("1 of 5")
    found.blind_button.click()  # goes on with the same one
    assert [(m.first, m.second) for m in judging.matches()] == [("talker", "talker+nut")]
    assert len(shown) == 2


def test_the_menu_opens_a_file_and_says_what_is_none(
    files: tuple[Path, Path],
    tmp_path: Path,
    story: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
):
    broken = tmp_path / "broken.json"
    broken.write_text("{}", "utf-8")
    chosen = iter((str(broken), str(files[0])))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (next(chosen), ""))

    async def work(window: MainWindow) -> None:
        action = window.actions_["open_evaluation"]
        action.trigger()
        assert "is no evaluation" in window.messages.texts()[0]
        action.trigger()
        dialogs = window.findChildren(EvaluationDialog)
        assert [dialog.isVisible() for dialog in dialogs] == [True]
        dialogs[0].close()

    story(work)
