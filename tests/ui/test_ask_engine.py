"""The engine of the Ask panel: who answers, what it sees, and what comes while it answers."""

from __future__ import annotations

import time
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from inspector_app.domain.engine import InspectRequest, Turn
from inspector_app.domain.events import BoxesFound, Event, Finished, Provenance, Started
from inspector_app.domain.findings import FoundBox
from inspector_app.domain.geometry import Box
from inspector_app.domain.loading import LoadReport, SeenImage
from inspector_app.domain.tasks import Task
from inspector_app.domain.verdicts import Verdict
from inspector_app.engines import registry
from inspector_app.engines.proxy import ProcessEngine
from inspector_app.services import models
from inspector_app.services.models import ModelState
from inspector_app.ui.main_window import MainWindow
from inspector_app.ui.seen_dialog import SeenDialog

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", r"raise\(\)")
Until = Callable[..., Coroutine[Any, Any, None]]
FIRST, SECOND = Box(0.1, 0.1, 0.3, 0.3), Box(0.5, 0.5, 0.9, 0.8)


async def opened(w: MainWindow, lot: Path, until: Until, recipe: Path | None = None) -> None:
    await w.flows.start(w.flows.open_folder(str(lot)))
    if recipe is not None:
        await w.flows.start(w.flows.use_recipe(str(recipe)))
    await until(w.page.is_seen)


async def answered(w: MainWindow, text: str, until: Until, task: Task = Task.VQA) -> Any:
    image, project = w.session.image, w.session.project
    assert image is not None
    assert project is not None
    before = len(project.messages(image.id))
    w.chat.question_asked.emit(text, task, False)
    await until(lambda: len(project.messages(image.id)) == before + 2)
    await until(lambda: not w.flows.running)
    return project.messages(image.id)[-1]


def test_the_recipe_decides_and_the_language_engine_answers(
    story: Any, wait_until: Until, lot: Path, fitted: Path, talker: str
):
    async def work(w: MainWindow) -> None:
        await opened(w, lot, wait_until, fitted)
        assert w.session.engine_id() == "anomaly"
        await w.flows.start(w.flows.run_all())
        w.actions_["next"].trigger()
        await wait_until(w.page.is_seen)
        decided = w.session.verdict_result()
        assert decided is not None
        w.session.choice.use(talker)
        assert w.session.engine_id() == talker
        assert w.chat.who_label.text() == "Talker 2B"
        assert w.status._engine.text() == "Anomaly expert · Talker 2B"
        message = await answered(w, "is it good?", wait_until, Task.DETECTION)
        assert message.text == "a bright scratch"
        assert w.conversation._details(message).who == "Talker 2B"
        # The scripted engine decides too; beside a recipe it is not asked to.
        assert w.session.verdict_result() == decided
        assert any(finding.label == "scratch" for finding in w.session.findings())
        await w.flows.start(w.flows.run_one(w.session.image))
        again = w.session.verdict_result()
        assert again is not None
        assert again.provenance.engine == "anomaly"
        assert again.verdict is decided.verdict is Verdict.REJECT

    story(work)


def test_adapter_and_history_reach_the_engine(
    story: Any,
    wait_until: Until,
    lot: Path,
    talker: str,
    nut_lora: Any,
    spy: Any,
):
    async def work(w: MainWindow) -> None:
        await w.models.start(w.models.refresh())
        await opened(w, lot, wait_until)
        w.session.choice.use(talker, "nut-lora")
        await w.flows.start(w.flows.ask("what is this?", Task.IDENTIFY, (FIRST,)))
        message = await answered(w, "and is that bad?", wait_until)
        assert [request.adapter for request in spy.requests] == ["nut-lora"] * 2
        assert spy.requests[1].history == (
            Turn("user", "what is this?", (FIRST,), Task.IDENTIFY),
            Turn("assistant", "an answer"),
        )
        assert w.conversation._details(message).who == "Talker 2B + Nut LoRA"
        nut_lora.clear()  # its folder was taken away
        await w.models.start(w.models.refresh())
        assert w.session.adapter() == ""

    story(work)


def test_a_model_that_is_not_here_fails_with_clear_words(
    story: Any, wait_until: Until, lot: Path, fitted: Path
):
    async def work(w: MainWindow) -> None:
        await opened(w, lot, wait_until)
        w.session.choice.use("qwen2-vl-2b")
        message = await answered(w, "what is this?", wait_until)
        assert message.status == "failed"
        assert "Qwen2-VL 2B is not on this computer." in message.text
        assert "Models page" in message.text
        assert w.worker.process.pid is None  # nothing was started for it
        await w.flows.start(w.flows.use_recipe(str(fitted)))
        assert w.session.engine_id() == "anomaly"  # beside a recipe the expert answers

    story(work)


def test_seen_line_and_preview(story: Any, wait_until: Until, lot: Path, talker: str):
    async def work(w: MainWindow) -> None:
        await opened(w, lot, wait_until)
        line = w.chat.seen_line
        assert line.isHidden()  # the expert sees it in its own way
        w.session.choice.use(talker)
        assert not line.isHidden()
        assert line.label.text() == "The model sees 196 × 196 px, 49 token(s)"  # of 192 x 192
        line.button.click()
        await wait_until(lambda: bool(w.findChildren(SeenDialog)))
        dialog = w.findChildren(SeenDialog)[0]
        assert dialog.picture.pixmap().size().toTuple() == (196, 196)
        assert dialog.words.text() == line.label.text()
        assert "part_0.png" in dialog.windowTitle()
        dialog.close()
        w.models._reports[talker] = LoadReport(max_pixels=28 * 28 * 17)
        w.models.changed.emit()
        assert line.label.text() == "The model sees 112 × 112 px, 16 token(s)"
        w.session.choice.use("anomaly")
        assert line.isHidden()

    story(work)


def test_the_engine_knows_best_what_it_sees(
    story: Any, wait_until: Until, lot: Path, talker: str, spy: Any
):
    told: list[str] = []

    async def work(w: MainWindow) -> None:
        await opened(w, lot, wait_until)
        w.session.choice.use(talker)
        seen = SeenImage(84, 84, 9)
        spy.steps = [lambda r: Started(r.id, Provenance(talker), 192, 192, (seen,))]
        w.flows.answer_seen.connect(lambda *_: told.append(w.chat.seen_line.label.text()))
        await answered(w, "what is this?", wait_until)
        assert told == ["The model sees 84 × 84 px, 9 token(s)"]

    story(work)


def test_boxes_show_while_the_answer_comes(
    story: Any,
    wait_until: Until,
    lot: Path,
    talker: str,
    spy: Any,
    monkeypatch: pytest.MonkeyPatch,
):
    boxes = (FoundBox("scratch", FIRST), FoundBox("stain", SECOND))
    spy.steps = [lambda r, box=box: BoxesFound(r.id, (box,)) for box in boxes]
    real = spy.stream

    def stream(request: InspectRequest, stop: Any) -> Iterator[Event]:
        for event in real(request, stop):
            yield replace(event, boxes=boxes) if isinstance(event, Finished) else event
            time.sleep(0.1)  # a model takes its time; the window shows what came

    monkeypatch.setattr(ProcessEngine, "stream", lambda self, *a: stream(*a))

    async def work(w: MainWindow) -> None:
        await opened(w, lot, wait_until)
        w.session.choice.use(talker)
        shown: list[tuple[int, int, int]] = []

        def look(message_id: str, found: Any) -> None:
            found_message = w.chat.list.message(message_id)
            assert found_message is not None
            ids = w.viewer.findings_layer.ids()
            assert all(w.page.is_coming(each) for each in ids)
            shown.append((len(found), len(ids), len(found_message.details.boxes)))
            w.viewer.finding_selected.emit(ids[0])  # can be pointed at, not changed
            w.viewer.delete_requested.emit(ids[0])
            w.viewer.finding_changed.emit(ids[0], FIRST, SECOND)
            assert w.findings.selected_id() is None

        w.flows.answer_boxes.connect(look)
        await answered(w, "where?", wait_until, Task.GROUNDING)
        assert shown == [(1, 1, 1), (2, 2, 2)]
        ids = w.viewer.findings_layer.ids()
        assert len(ids) == 2
        assert set(ids) == {finding.id for finding in w.session.findings()}

    story(work)


def test_boxes_of_an_answer_stay_with_their_image(
    story: Any, wait_until: Until, lot: Path, talker: str
):
    async def work(w: MainWindow) -> None:
        await opened(w, lot, wait_until)
        image = w.session.image
        assert image is not None
        w.page.show_coming(image.id, talker, [FoundBox("scratch", FIRST)])
        assert len(w.viewer.findings_layer.ids()) == 1
        w.actions_["next"].trigger()
        await wait_until(w.page.is_seen)
        assert w.viewer.findings_layer.ids() == []
        w.actions_["previous"].trigger()
        await wait_until(w.page.is_seen)
        assert len(w.viewer.findings_layer.ids()) == 1
        w.page.show_coming(image.id, talker, [])
        assert w.viewer.findings_layer.ids() == []

    story(work)


def test_a_model_that_came_after_the_start_can_answer(
    story: Any, wait_until: Until, lot: Path, fitted: Path, monkeypatch: pytest.MonkeyPatch
):
    real = models.state
    ready = [False]

    def state(card: Any) -> ModelState:
        return ModelState(ready[0], "its files are not here") if card.dialect else real(card)

    monkeypatch.setattr(models, "state", state)

    async def work(w: MainWindow) -> None:
        await opened(w, lot, wait_until, fitted)
        w.session.choice.use("qwen2-vl-2b")
        assert w.session.engine_id() == "anomaly"
        ready[0] = True
        await w.models.start(w.models.refresh())
        assert w.session.engine_id() == "qwen2-vl-2b"
        assert w.chat.who_label.text() == registry.card("qwen2-vl-2b").name

    story(work)


def test_seen_line_in_a_narrow_panel(story: Any, wait_until: Until, lot: Path, talker: str):
    async def work(w: MainWindow) -> None:
        await opened(w, lot, wait_until)
        w.session.choice.use(talker)
        w.chat.resize(160, 500)
        QApplication.processEvents()
        line = w.chat.seen_line
        assert line.button.geometry().right() <= line.width()

    story(work)
