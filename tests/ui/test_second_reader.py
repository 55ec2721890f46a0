"""The second reader in the window: a language engine reads what was read, side by side."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from inspector_app.domain.events import Failed, TextDelta
from inspector_app.domain.loading import LoadReport
from inspector_app.domain.tasks import Task
from inspector_app.engines.process import EngineProcess
from inspector_app.services import read_batch
from inspector_app.ui.document_model import Column
from inspector_app.ui.gallery_model import Sort
from inspector_app.ui.main_window import MainWindow
from tests.ui import reading_fake as fake

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", r"raise\(\)")
Until = Callable[..., Coroutine[Any, Any, None]]


@pytest.fixture(autouse=True)
def reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first reader without a process."""

    def run(
        self: object, target: str, request: Any, stop: Any = None, silence: float | None = None
    ) -> Iterator[object]:
        assert target == read_batch.READ_JOB
        yield from fake.run_read(request, stop)

    monkeypatch.setattr(EngineProcess, "run", run)


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    fake.draw_receipt(folder / "a.png")
    for name in ("b-clean", "c-clean"):
        shutil.copyfile(folder / "a.png", folder / f"{name}.png")
    return folder


def answer(**values: Any) -> str:
    """What the reader gives, as a language engine writes it, but for these."""
    first = fake.receipt().extraction
    assert first is not None
    told: dict[str, Any] = {field.name: field.value for field in first.fields}
    told["items"] = [{field.name: field.value for field in item} for item in first.items]
    return json.dumps(told | values)


async def opened(w: MainWindow, folder: Path, until: Until, engine: str = "") -> None:
    QLocale.setDefault(QLocale("en_GB"))
    w.settings.set("operator", "Lan")
    await w.flows.start(w.flows.open_folder(str(folder)))
    await until(w.page.is_seen)
    w.document_dock.raise_()
    if engine:
        await w.models.start(w.models.refresh())
        w.session.choice.use(engine)
        load(w, engine)


def load(w: MainWindow, engine: str) -> None:
    """As if the engine had been loaded: there is no process here that could be asked."""
    w.models.report = lambda card_id: LoadReport() if card_id == engine else None  # type: ignore[method-assign]
    w.models.changed.emit()


async def done(w: MainWindow, name: str, until: Until) -> None:
    w.actions_[name].trigger()  # the flow is there at once; it may be over before anybody looks
    await until(lambda: not w.flows._tasks)
    await until(lambda: w.actions_["read_this"].isEnabled())


def second_cell(w: MainWindow, path: str, role: Qt.ItemDataRole = Qt.ItemDataRole.DisplayRole):
    model = w.document.fields.cells
    return model.index(model.index_of(path).row(), Column.SECOND).data(role)


def test_it_says_why_it_cannot_read(
    story: Any, wait_until: Until, papers: Path, speaker: str
) -> None:
    async def work(w: MainWindow) -> None:
        action = w.actions_["read_second"]
        await opened(w, papers, wait_until)
        assert not action.isEnabled()
        assert "Read the document first" in action.toolTip()
        await done(w, "read_this", wait_until)
        assert not action.isEnabled()
        assert "Load one on the Models page" in action.toolTip()
        assert w.document.fields.isColumnHidden(Column.SECOND)
        load(w, speaker)  # though another one is chosen
        assert action.isEnabled()
        assert "Speaker 2B" in action.toolTip()
        w.settings.set("read_schema", "")
        await done(w, "read_this", wait_until)
        assert "Choose a kind of document" in action.toolTip()

    story(work)


def test_both_stand_side_by_side_and_a_value_is_used_and_undone(
    story: Any, wait_until: Until, papers: Path, speaker: str, spy: Any
) -> None:
    spy.answer = answer(total=41.2, paid=99.0, shop="CORNER SHOP SDN. BHD", time=None)
    spy.steps = [lambda request: TextDelta(request.id, "{")]

    async def work(w: MainWindow) -> None:
        await opened(w, papers, wait_until, speaker)
        await done(w, "read_this", wait_until)
        await done(w, "read_second", wait_until)
        (asked,) = spy.requests
        assert (asked.task, asked.images) == (Task.EXTRACT, (str(papers / "a.png"),))
        assert "Corner Shop Sdn Bhd" in asked.question
        assert json.loads(asked.schema)["properties"]["total"]
        # A column with the engine's name; what is equal has no sign.
        model = w.document.fields.cells
        assert not w.document.fields.isColumnHidden(Column.SECOND)
        assert model.headerData(Column.SECOND, Qt.Orientation.Horizontal) == "Speaker 2B"
        assert second_cell(w, "total") == "41.20"
        icon, spoken = Qt.ItemDataRole.DecorationRole, Qt.ItemDataRole.AccessibleTextRole
        tip = Qt.ItemDataRole.ToolTipRole
        assert second_cell(w, "shop", icon) is None
        assert second_cell(w, "total", icon) is not None
        assert second_cell(w, "total", spoken) == "41.20 (differs)"
        # A number that the reader saw nowhere is flagged.
        assert second_cell(w, "paid", spoken) == "99.00 (differs, not in the text)"
        assert "These digits stand nowhere" in second_cell(w, "paid", tip)
        assert second_cell(w, "time") == "–"
        state = w.documents.state
        assert state is not None
        assert state.differing == ["time", "total", "paid"]
        # They come first: before the number and the noodles, which are only unsure.
        assert state.doubtful == ["time", "total", "paid", "number", "subtotal", "items.2.name"]
        w.actions_["next_doubt"].trigger()
        assert w.document.path() == "time"
        w.actions_["next_doubt"].trigger()
        assert w.document.path() == "total"
        w.actions_["use_second"].trigger()
        cell = w.documents.state.cells["total"]
        assert (cell.field.value, cell.author, cell.differs) == (41.2, "Lan", False)
        assert w.documents.state.differing == ["time", "paid"]
        notes = [finding.note for finding in w.session.findings()]
        assert notes == ["42.10 → 41.20"] or notes == ["42.10 → 41.2"]
        w.actions_["undo"].trigger()
        assert w.documents.state.differing == ["time", "total", "paid"]
        # A missing one is taken over as missing; what agrees is left alone.
        table = w.document.fields
        w.document.go_to("time")
        QTest.keyClick(table, Qt.Key.Key_F4)
        assert w.documents.state.cells["time"].field.value is None
        w.document.go_to("shop")
        w.actions_["use_second"].trigger()
        assert w.documents.state.cells["shop"].author == ""
        assert "Nothing differs in Shop." in w.messages.texts()
        table.doubleClicked.emit(model.index(model.index_of("paid").row(), Column.SECOND))
        assert w.documents.state.cells["paid"].field.value == 99

    story(work)


def test_items_are_compared_too(
    story: Any, wait_until: Until, papers: Path, speaker: str, spy: Any
) -> None:
    rows = json.loads(answer())["items"]
    rows[1]["amount"] = 14.9
    spy.answer = answer(items=[*rows, {"name": "Bag", "amount": 0.2}])

    async def work(w: MainWindow) -> None:
        await opened(w, papers, wait_until, speaker)
        await done(w, "read_this", wait_until)
        await done(w, "read_second", wait_until)
        state = w.documents.state
        assert state is not None
        assert state.differing == ["items.1.amount", "items"]
        index = w.document.items.cells.index_of("items.1.amount")
        assert index.data(Qt.ItemDataRole.DecorationRole) is not None
        assert "Speaker 2B reads: 14.90" in index.data(Qt.ItemDataRole.ToolTipRole)
        told = w.document.remarks.text()
        assert "Speaker 2B reads 4 items, not 3." in told
        assert "+ Bag 0.20 (not all of its digits stand in the text)" in told
        w.document.go_to("items.1.amount")
        w.actions_["use_second"].trigger()
        assert w.documents.state is not None
        assert w.documents.state.cells["items.1.amount"].field.value == 14.9
        assert w.documents.state.differing == ["items"]

    story(work)


def test_the_engine_reads_all_that_was_read(
    story: Any, wait_until: Until, papers: Path, speaker: str, spy: Any
) -> None:
    async def work(w: MainWindow) -> None:
        await opened(w, papers, wait_until, speaker)
        assert not w.flows.running
        await done(w, "read_all", wait_until)
        w.messages.clear()
        spy.answer = answer(change=7.7)
        await done(w, "read_all_second", wait_until)
        (told,) = w.messages.texts()
        assert told.startswith("3 document(s) read")
        assert "3 read differently by two readers" in told
        w.gallery.filter_edit.setText("differs")
        assert w.gallery.model.rowCount() == 3
        # What it has read since is not read again.
        w.messages.clear()
        asked = len(spy.requests)
        await done(w, "read_all_second", wait_until)
        assert "3 read before" in w.messages.texts()[0]
        assert len(spy.requests) == asked

    story(work)


def test_disagreements_come_first_in_the_gallery(
    story: Any, wait_until: Until, papers: Path, speaker: str, spy: Any
) -> None:
    async def work(w: MainWindow) -> None:
        await opened(w, papers, wait_until, speaker)
        await done(w, "read_all", wait_until)
        images = w.session.images()
        for number, spy.answer in ((1, answer()), (2, answer(conflicts=1, change=7.8))):
            w.session.select(images[number].id)
            await wait_until(w.page.is_seen)
            await done(w, "read_second", wait_until)
        shown = w.gallery.model
        w.gallery.sort_combo.setCurrentIndex(Sort.DIFFERS)
        assert [shown.summary_at(row).image_id for row in range(3)] == [
            images[number].id for number in (2, 0, 1)
        ]
        w.gallery.sort_combo.setCurrentIndex(Sort.CONFLICTS)
        assert shown.summary_at(0).image_id == images[0].id
        w.gallery.filter_edit.setText("differs")
        assert shown.rowCount() == 1
        assert "1 difference" in shown.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
        # Settled by a person, or forgotten, it differs no more; undone, it does again.
        w.gallery.filter_edit.clear()
        w.actions_["forget_second"].trigger()
        assert w.document.fields.isColumnHidden(Column.SECOND)
        assert w.session.summaries()[2].differs == 0
        w.actions_["undo"].trigger()
        assert w.session.summaries()[2].differs == 1
        w.document.fields.confirmed.emit("change")
        assert w.session.summaries()[2].differs == 0

    story(work)


def test_without_the_text_and_what_fails_can_be_tried_again(
    story: Any, wait_until: Until, papers: Path, speaker: str, spy: Any
) -> None:
    async def work(w: MainWindow) -> None:
        await opened(w, papers, wait_until, speaker)
        await done(w, "read_this", wait_until)
        w.actions_["second_with_text"].trigger()
        assert w.settings.get("second_with_text") is False
        spy.steps = [lambda request: Failed(request.id, "Memory ran out.", "Ask again.")]
        await done(w, "read_second", wait_until)
        assert "Corner Shop" not in spy.requests[0].question
        head = w.document.head
        assert head.failure_label.text() == "Memory ran out. Ask again."
        spy.steps, spy.answer = [], "no fields"
        head.retry_button.click()
        await wait_until(lambda: "did not answer with fields" in head.failure_label.text())
        await wait_until(lambda: not w.flows.running)
        spy.answer = answer()
        head.retry_button.click()
        await wait_until(lambda: w.documents.state is not None and w.documents.state.second)
        await wait_until(lambda: not w.flows.running)
        header = w.document.fields.cells.headerData(
            Column.SECOND, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole
        )
        assert "by itself" in header
        # Read again with the same result, the comparison stays.
        await done(w, "read_this", wait_until)
        assert w.documents.state is not None
        assert w.documents.state.second is not None

    story(work)


def test_it_can_be_stopped(
    story: Any, wait_until: Until, papers: Path, speaker: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from inspector_app.domain.events import Cancelled
    from inspector_app.engines.proxy import ProcessEngine

    def endless(self: object, request: Any, stop: Any) -> Iterator[Any]:
        while not stop.is_set():
            yield TextDelta(request.id, "{")
            time.sleep(0.01)
        yield Cancelled(request.id)

    monkeypatch.setattr(ProcessEngine, "stream", endless)

    async def work(w: MainWindow) -> None:
        await opened(w, papers, wait_until, speaker)
        await done(w, "read_this", wait_until)
        w.actions_["read_second"].trigger()
        head = w.document.head
        await wait_until(lambda: "token" in head.busy_label.text())
        QApplication.processEvents()
        head.stop_button.click()
        await wait_until(lambda: not w.flows.running)
        assert head.failure_label.text() == ""
        assert w.documents.state is not None
        assert w.documents.state.second is None

    story(work)


def test_two_summaries_under_way_are_kept_each_for_its_own_style(
    story: Any, wait_until: Until, papers: Path, speaker: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from inspector_app.domain.events import Finished
    from inspector_app.engines.proxy import ProcessEngine

    shown: list[tuple[bool, str]] = []

    def stream(self: object, request: Any, stop: Any) -> Iterator[Any]:
        text = "A long one." if "three to five" in request.question else "A short one."
        yield Finished(request.id, text, text, ())

    monkeypatch.setattr(ProcessEngine, "stream", stream)

    async def work(w: MainWindow) -> None:
        await opened(w, papers, wait_until, speaker)
        await done(w, "read_this", wait_until)
        box = w.document.summary

        def kept() -> tuple[bool, str]:
            ((wish, summary),) = w.second._summaries.values()
            return wish[1], summary.text

        w.actions_["write_summary"].trigger()
        box.long_action.trigger()
        w.actions_["write_summary"].trigger()
        w.flows.summary_came.connect(lambda *_: shown.append(kept()))
        await wait_until(lambda: len(shown) == 2)
        assert sorted(shown) == [(False, "A short one."), (True, "A long one.")]

    story(work)


def test_undoing_to_forget_leaves_a_newer_second_reading(
    story: Any, wait_until: Until, papers: Path, speaker: str, spy: Any
) -> None:
    async def work(w: MainWindow) -> None:
        await opened(w, papers, wait_until, speaker)
        await done(w, "read_this", wait_until)
        spy.answer = answer(change=7.7)
        await done(w, "read_second", wait_until)
        w.actions_["forget_second"].trigger()
        spy.answer = answer(change=6.6)
        await done(w, "read_second", wait_until)
        w.actions_["undo"].trigger()
        assert second_cell(w, "change") == "6.60"
        # Nor does it come back beside other fields than it was compared with.
        w.actions_["forget_second"].trigger()
        image, project = w.session.image, w.session.project
        assert image is not None and project is not None
        project.set_reading(image.id, fake.receipt(image.path, conflicts=False), "receipt")
        w.actions_["undo"].trigger()
        assert project.second(image.id, "receipt") is None

    story(work)


def test_the_engine_writes_the_summary_and_strange_figures_are_told(
    story: Any, wait_until: Until, papers: Path, speaker: str, spy: Any
) -> None:
    spy.answer = (
        "On 14 March 2026 Corner Shop Sdn Bhd sold 3 items for RM 42.10, 7.55 below the price."
    )

    async def work(w: MainWindow) -> None:
        await opened(w, papers, wait_until, speaker)
        assert not w.actions_["write_summary"].isEnabled()
        await done(w, "read_this", wait_until)
        template = w.document.summary.text.toPlainText()
        await done(w, "write_summary", wait_until)
        (asked,) = spy.requests
        assert asked.task is Task.SUMMARIZE
        assert "one sentence, in formal whole sentences" in asked.question
        assert '"total": 42.1' in asked.question
        box = w.document.summary
        await wait_until(lambda: box.text.toPlainText() == spy.answer)
        assert "Written by Speaker 2B." in box.note.text()
        assert "stand in no field: 7.55. Check" in box.note.text()
        # Of other fields or in another style it is not: the program's own stands there again.
        w.document.fields.removed.emit("time")
        assert box.note.isHidden()
        w.actions_["undo"].trigger()
        assert box.text.toPlainText() == spy.answer
        box.long_action.trigger()
        assert box.note.isHidden()
        spy.steps = [lambda request: Failed(request.id, "Memory ran out.")]
        await done(w, "write_summary", wait_until)
        assert "three to five sentences" in spy.requests[-1].question
        assert any("Memory ran out." in text for text in w.messages.texts())
        # The engine failed: what the program wrote stays.
        assert box.text.toPlainText().startswith(template.split(",")[0])

    story(work)
