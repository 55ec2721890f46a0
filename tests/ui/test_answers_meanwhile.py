"""What people do while answers come: another project, another version, an edit."""

from __future__ import annotations

import asyncio
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from inspector_app.domain.errors import StoreError
from inspector_app.domain.events import TextDelta
from inspector_app.services import projects
from inspector_app.services.projects import Project
from inspector_app.ui.main_window import MainWindow
from tests.ui.test_conversation import Until, asked, opened, shown, widget_of

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", r"raise\(\)", "grabbing the")


def meanwhile(spy: Any, number: int, act: Callable[[], object], seconds: float = 0.5) -> None:
    """Has the user act while the answer to a request, counted from 1, comes."""
    loop = asyncio.get_running_loop()

    def step(request: Any) -> Any:
        if len(spy.requests) == number:
            loop.call_soon_threadsafe(loop.call_later, 0.2, act)  # the answer has begun
            time.sleep(seconds)
        return TextDelta(request.id, "x")

    spy.steps.append(step)


async def repeated(w: MainWindow, times: int, spy: Any, until: Until, text: str = "") -> None:
    before = len(spy.requests)
    if text:
        w.chat.ask.edit.setPlainText(text)
    w.chat.ask.many.popup.times.setValue(times)
    w.chat.ask.many.click()
    w.chat.ask.many.popup.repeat_button.click()
    await until(lambda: len(spy.requests) == before + times and not w.flows.running)


def test_the_answer_goes_to_the_project_of_its_question(
    story: Any, wait_until: Until, lot: Path, talker: str, spy: Any, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    shutil.copytree(lot, other)

    async def work(w: MainWindow) -> None:
        await opened(w, lot, wait_until, talker)
        assert w.session.project is not None
        assert w.session.image is not None
        path, image = w.session.project.path, w.session.image.id
        meanwhile(spy, 1, lambda: w.flows.start(w.flows.open_folder(str(other))), 1.5)
        w.chat.ask.edit.setPlainText("one")
        w.chat.ask.send_button.click()
        await wait_until(lambda: len(spy.requests) == 1 and not w.flows.running)
        assert w.session.project.path != path  # the other one was opened meanwhile
        with projects.open_project(path, read_only=True) as own:
            kept = [(each.text, each.status) for each in own.messages(image)]
        assert kept == [("one", "done"), ("an answer", "done")]
        await w.flows.open_project(str(path))
        w.session.select(image)
        assert shown(w) == ["one", "an answer"]
        assert not w.conversation.is_answering()

    story(work)


def test_an_answer_that_cannot_be_stored_ends_and_is_told(
    story: Any, wait_until: Until, lot: Path, talker: str, spy: Any, monkeypatch: Any
) -> None:
    def full(*_: object) -> None:
        raise StoreError("The disk is full.", "Make room.")

    async def work(w: MainWindow) -> None:
        await opened(w, lot, wait_until, talker)
        told: list[str] = []
        w.flows.trouble_found.connect(lambda error: told.append(error.what))
        monkeypatch.setattr(Project, "update_message", full)
        w.chat.ask.edit.setPlainText("one")
        w.chat.ask.send_button.click()
        await wait_until(lambda: len(spy.requests) == 1 and not w.flows.running)
        assert told == ["The disk is full."]
        assert not w.conversation.is_answering()

    story(work)


def test_a_step_to_an_earlier_version_is_left_alone(
    story: Any, wait_until: Until, lot: Path, talker: str, spy: Any
) -> None:
    async def work(w: MainWindow) -> None:
        await opened(w, lot, wait_until, talker)
        await asked(w, "is it good?", wait_until)
        first = w.chat.list.messages()[1].message.id
        w.settings.set("temperature", 0.7)
        told: list[object] = []
        w.flows.trouble_found.connect(told.append)
        w.chat.list.messages()[1].edit_button.click()
        meanwhile(spy, 3, lambda: w.conversation.show_branch(first))
        await repeated(w, 2, spy, wait_until)
        assert told == []
        assert [message.id for message in w.conversation.shown()][1] == first

    story(work)


def test_an_edit_outlasts_answers_that_begin(
    story: Any, wait_until: Until, lot: Path, talker: str, spy: Any
) -> None:
    async def work(w: MainWindow) -> None:
        await opened(w, lot, wait_until, talker)
        await asked(w, "one", wait_until)
        w.settings.set("temperature", 0.7)
        meanwhile(spy, 2, lambda: widget_of(w, 1).edit_button.click())
        await repeated(w, 2, spy, wait_until, "two")
        assert w.chat.editing.isVisible()
        w.chat.ask.edit.setPlainText("one, better")
        w.chat.ask.send_button.click()
        await wait_until(lambda: len(spy.requests) == 4 and not w.flows.running)
        assert shown(w)[0] == "one, better"
        assert widget_of(w, 0).versions.label.text() == "2 / 2"
        widget_of(w, 1).edit_button.click()
        assert w.chat.editing.isVisible()
        w.session.select(w.session.images()[1].id)
        assert not w.chat.editing.isVisible()

    story(work)


def test_a_set_seed_is_where_the_drawing_begins(
    story: Any, wait_until: Until, lot: Path, talker: str, spy: Any
) -> None:
    async def work(w: MainWindow) -> None:
        await opened(w, lot, wait_until, talker)
        w.settings.set("temperature", 0.7)
        for seed, drawn in ((2**31, [2**31, 2**31 + 1]), (2**63 - 1, [2**63 - 1, 1])):
            w.settings.set("sampling", {"seed": seed})
            spy.requests.clear()
            await repeated(w, 2, spy, wait_until, "is it good?")
            assert [request.sampling.seed for request in spy.requests] == drawn

    story(work)


def test_two_adapters_of_one_engine_are_asked_apart(
    story: Any,
    wait_until: Until,
    lot: Path,
    talker: str,
    spy: Any,
    nut_lora: object,
    monkeypatch: Any,
) -> None:
    from inspector_app.services import inspect

    real = inspect.run_and_store_many
    batches: list[list[str]] = []

    def noted(project: Any, image: Any, requests: Any, *rest: Any) -> Any:
        batches.append([request.adapter for request in requests])
        return real(project, image, requests, *rest)

    monkeypatch.setattr(inspect, "run_and_store_many", noted)

    async def work(w: MainWindow) -> None:
        await w.models.start(w.models.refresh())
        await opened(w, lot, wait_until, talker)
        w.chat.ask.edit.setPlainText("is it good?")
        w.chat.ask.many.click()
        popup = w.chat.ask.many.popup
        names = [popup.second.itemText(n) for n in range(popup.second.count())]
        place = next(n for n, name in enumerate(names) if "Nut LoRA" in name)
        popup.second.setCurrentIndex(place)
        popup.pair_button.click()
        await wait_until(lambda: len(spy.requests) == 2 and not w.flows.running)
        assert batches == [[""], ["nut-lora"]]

    story(work)


def test_what_cannot_be_stored_stays_on_show(
    story: Any, wait_until: Until, lot: Path, talker: str, spy: Any, monkeypatch: Any
) -> None:
    async def work(w: MainWindow) -> None:
        await opened(w, lot, wait_until, talker)
        await asked(w, "stored", wait_until)
        monkeypatch.setattr(Project, "read_only", property(lambda _: True))
        w.settings.set("temperature", 0.7)
        spy.answer = "yes"
        await repeated(w, 3, spy, wait_until, "is it good?")
        before = ["stored", "an answer", "is it good?", "yes"]
        assert shown(w) == before
        answer = widget_of(w, 3)
        assert answer.versions.label.text() == "3 / 3"
        assert [b.text() for b in answer.agreement.buttons] == ["3 of 3: yes"]
        spy.answer = "a dent"
        w.chat.ask.edit.setPlainText("why?")
        w.chat.ask.send_button.click()
        await wait_until(lambda: len(spy.requests) == 5 and not w.flows.running)
        assert shown(w) == [*before, "why?", "a dent"]
        assert [turn.text for turn in spy.requests[-1].history] == before
        assert w.conversation.end() == w.conversation.shown()[1].id  # what can be exported
        widget_of(w, 5).again_button.click()
        await wait_until(lambda: len(spy.requests) == 6 and not w.flows.running)
        assert [turn.text for turn in spy.requests[-1].history] == before
        assert widget_of(w, 5).versions.label.text() == "2 / 2"
        image = w.session.image
        assert image is not None
        w.session.select(w.session.images()[1].id)
        assert shown(w) == []
        w.session.select(image.id)
        assert shown(w) == [*before, "why?", "a dent"]

    story(work)
