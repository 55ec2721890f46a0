"""The conversation as a whole: begun anew, turns removed, undone, shown again."""

from __future__ import annotations

import time
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from inspector_app.domain.chat import Message
from inspector_app.domain.engine import InspectRequest
from inspector_app.domain.events import Event, TextDelta
from inspector_app.domain.findings import FoundBox
from inspector_app.domain.geometry import Box
from inspector_app.domain.tasks import Task
from inspector_app.engines.proxy import ProcessEngine
from inspector_app.ui.chat_message import ChatMessage
from inspector_app.ui.main_window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", r"raise\(\)")
Until = Callable[..., Coroutine[Any, Any, None]]
SCRATCH = FoundBox("scratch", Box(0.1, 0.1, 0.3, 0.3), 0.9)


async def opened(w: MainWindow, lot: Path, until: Until, engine: str) -> None:
    QLocale.setDefault(QLocale("en_GB"))
    await w.flows.start(w.flows.open_folder(str(lot)))
    await until(w.page.is_seen)
    w.session.choice.use(engine)


async def asked(w: MainWindow, text: str, until: Until, task: Task = Task.VQA) -> str:
    """Asks and waits for the answer; returns its id."""
    before = len(stored(w))
    w.chat.question_asked.emit(text, task, False)
    await until(lambda: len(stored(w)) == before + 2)
    await until(lambda: not w.flows.running)
    assert w.session.image is not None
    assert w.session.project is not None
    return w.session.project.messages(w.session.image.id)[-1].id


def stored(w: MainWindow) -> list[str]:
    assert w.session.image is not None
    assert w.session.project is not None
    return [message.text for message in w.session.project.messages(w.session.image.id)]


def shown(w: MainWindow) -> list[str]:
    return [each.message.text for each in w.chat.list.messages()]


def widget(w: MainWindow, message_id: str) -> ChatMessage:
    found = w.chat.list.message(message_id)
    assert found is not None
    return found


def widget_of(w: MainWindow, place: int) -> ChatMessage:
    return w.chat.list.messages()[place]


def test_a_new_conversation_can_be_undone_and_done_again(
    story: Any, wait_until: Until, lot: Path, talker: str, spy: Any
) -> None:
    async def work(w: MainWindow) -> None:
        await opened(w, lot, wait_until, talker)
        new = w.actions_["new_conversation"]
        assert not new.isEnabled()  # there is none yet
        spy.boxes = (SCRATCH,)
        await asked(w, "one", wait_until)
        await asked(w, "two", wait_until)
        whole = ["one", "an answer", "two", "an answer"]
        assert stored(w) == whole
        button = w.chat.head.new_button
        assert button.isEnabled()
        assert "findings stay" in button.toolTip()
        button.click()
        assert stored(w) == shown(w) == []
        assert not new.isEnabled()
        assert len(w.session.findings()) == 2  # what was found stays found
        w.actions_["undo"].trigger()
        assert stored(w) == shown(w) == whole
        w.actions_["redo"].trigger()
        assert stored(w) == shown(w) == []
        await asked(w, "three", wait_until)
        assert spy.requests[-1].history == ()  # the engine begins anew too
        w.actions_["undo"].trigger()
        assert stored(w) == shown(w) == whole
        assert widget_of(w, 0).versions.label.text() == "1 / 2"  # the new one is kept too

    story(work)


def test_undo_reaches_the_window_from_the_empty_question(
    story: Any, wait_until: Until, lot: Path, talker: str, spy: Any
) -> None:
    async def work(w: MainWindow) -> None:
        await opened(w, lot, wait_until, talker)
        w.activateWindow()
        await asked(w, "one", wait_until)
        w.chat.head.new_button.click()
        edit = w.chat.ask.edit
        assert w.focusWidget() is edit
        QTest.keyClick(edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert shown(w) == ["one", "an answer"]
        QTest.keyClicks(edit, "typed")
        QTest.keyClick(edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert edit.toPlainText() == ""  # here the text has something to take back
        assert shown(w) == ["one", "an answer"]

    story(work)


def test_one_question_and_answer_are_removed_together(
    story: Any, wait_until: Until, lot: Path, talker: str, spy: Any
) -> None:
    async def work(w: MainWindow) -> None:
        await opened(w, lot, wait_until, talker)
        first = await asked(w, "one", wait_until)
        second = await asked(w, "two", wait_until)
        remove = widget(w, first).remove_button
        assert remove.accessibleName() == "Remove this question and answer"
        remove.click()
        assert stored(w) == shown(w) == ["two", "an answer"]
        widget(w, second).remove_button.click()
        assert stored(w) == shown(w) == []
        w.actions_["undo"].trigger()
        w.actions_["undo"].trigger()
        assert stored(w) == shown(w) == ["one", "an answer", "two", "an answer"]
        w.actions_["redo"].trigger()
        assert stored(w) == shown(w) == ["two", "an answer"]

    story(work)


def test_undo_belongs_to_its_image(
    story: Any, wait_until: Until, lot: Path, talker: str, spy: Any
) -> None:
    async def work(w: MainWindow) -> None:
        await opened(w, lot, wait_until, talker)
        await asked(w, "one", wait_until)
        w.actions_["new_conversation"].trigger()
        w.actions_["next"].trigger()
        await wait_until(w.page.is_seen)
        w.actions_["undo"].trigger()
        assert shown(w) == []
        w.actions_["previous"].trigger()
        assert shown(w) == ["one", "an answer"]

    story(work)


def test_nothing_is_taken_out_while_an_answer_comes(
    story: Any, wait_until: Until, lot: Path, talker: str, spy: Any, monkeypatch: Any
) -> None:
    go_on = [False]
    real = spy.stream

    def stream(request: InspectRequest, stop: Any) -> Iterator[Event]:
        started, *rest = real(request, stop)
        yield started
        yield TextDelta(request.id, "half of ")
        while not go_on[0]:
            time.sleep(0.01)
        yield from rest

    async def work(w: MainWindow) -> None:
        await opened(w, lot, wait_until, talker)
        first = await asked(w, "one", wait_until)
        w.actions_["new_conversation"].trigger()
        w.actions_["undo"].trigger()
        monkeypatch.setattr(ProcessEngine, "stream", lambda self, *a: stream(*a))
        w.chat.question_asked.emit("two", Task.VQA, False)
        await wait_until(lambda: shown(w)[-1] == "half of ")
        running = w.chat.list.messages()[-1].message.id
        assert not w.actions_["new_conversation"].isEnabled()
        assert not w.actions_["export_conversation"].isEnabled()
        assert not widget(w, first).remove_button.isEnabled()
        # Back from another image, what came so far is still there.
        w.actions_["next"].trigger()
        w.actions_["previous"].trigger()
        assert shown(w) == ["one", "an answer", "two", "half of "]
        assert widget(w, running).message.status == "running"
        w.actions_["redo"].trigger()
        assert shown(w) == []
        w.chat.list.back_button.click()
        assert shown(w) == ["one", "an answer", "two", "half of "]
        go_on[0] = True
        await wait_until(lambda: not w.flows.running)
        assert stored(w) == shown(w) == ["one", "an answer", "two", "an answer"]
        assert w.actions_["new_conversation"].isEnabled()
        assert widget(w, running).remove_button.isEnabled()

    story(work)


def test_a_read_only_project_keeps_its_conversations(
    story: Any, wait_until: Until, lot: Path, talker: str, spy: Any, monkeypatch: Any
) -> None:
    async def work(w: MainWindow) -> None:
        await opened(w, lot, wait_until, talker)
        answer = await asked(w, "one", wait_until)
        monkeypatch.setattr(type(w.session), "read_only", property(lambda _: True))
        w.conversation.show()
        assert not w.actions_["new_conversation"].isEnabled()
        assert not widget(w, answer).remove_button.isEnabled()
        assert w.actions_["export_conversation"].isEnabled()
        w.actions_["next"].trigger()
        w.chat.add_message(Message("x", "user", "asked here, but not stored"))
        w.page.enable()
        assert not w.actions_["export_conversation"].isEnabled()

    story(work)


def test_phrases_keep_their_boxes_when_the_conversation_is_shown_again(
    story: Any, wait_until: Until, lot: Path, talker: str, spy: Any
) -> None:
    async def work(w: MainWindow) -> None:
        await opened(w, lot, wait_until, talker)
        spy.boxes = (FoundBox("answer", SCRATCH.box), SCRATCH)
        first = await asked(w, "where?", wait_until, Task.GROUNDING)
        spy.boxes = ()
        await asked(w, "and now?", wait_until)  # shows the whole conversation anew
        assert [phrase[2] for phrase in widget(w, first).body.phrases()] == [0]
        w.actions_["next"].trigger()
        w.actions_["previous"].trigger()
        assert widget(w, first).details.boxes == (FoundBox("answer", SCRATCH.box), SCRATCH)
        # A person's correction does not change what the answer said.
        finding = next(f for f in w.session.findings() if f.label == "scratch")
        w.session.edit(finding.id, label="dent")
        w.conversation.show()
        assert [chip.found.label for chip in widget(w, first).chips] == ["answer", "scratch"]

    story(work)


@pytest.mark.parametrize("suffix", [".html", ".md", ".json"])
def test_a_conversation_is_written_and_can_be_opened(
    story: Any, wait_until: Until, lot: Path, talker: str, spy: Any, tmp_path: Path, suffix: str
) -> None:
    out = tmp_path / f"talk{suffix}"

    async def work(w: MainWindow) -> None:
        await opened(w, lot, wait_until, talker)
        action = w.actions_["export_conversation"]
        assert not action.isEnabled()
        spy.boxes = (FoundBox("answer", SCRATCH.box),)
        await asked(w, "where is it?", wait_until, Task.GROUNDING)
        assert [a.objectName() for a in w.chat.head.menu.actions()] == [
            "copy_conversation",
            "export_conversation",
        ]
        w.dialogs.conversation_file = lambda: str(out)  # type: ignore[method-assign]
        action.trigger()
        await wait_until(out.exists)
        await wait_until(lambda: "Conversation written to" in " ".join(w.messages.texts()))
        text = out.read_text("utf-8")
        assert "where is it?" in text
        assert "an answer" in text or '<mark class="c' in text
        assert [b.text() for b in w.messages.findChildren(QAbstractButton) if b.text()][:2] == [
            "Open",
            "Show in folder",
        ]

    story(work)


def test_a_conversation_that_cannot_be_written_says_why(
    story: Any, wait_until: Until, lot: Path, talker: str, spy: Any, tmp_path: Path
) -> None:
    async def work(w: MainWindow) -> None:
        await opened(w, lot, wait_until, talker)
        await asked(w, "one", wait_until)
        w.dialogs.conversation_file = lambda: str(tmp_path / "talk.txt")  # type: ignore[method-assign]
        w.actions_["export_conversation"].trigger()
        await wait_until(lambda: ".html, .md, .json" in " ".join(w.messages.texts()))

    story(work)


def test_a_conversation_is_copied_as_markdown(
    story: Any, wait_until: Until, lot: Path, talker: str, spy: Any
) -> None:
    async def work(w: MainWindow) -> None:
        await opened(w, lot, wait_until, talker)
        await asked(w, "is it <b>good</b>?", wait_until)
        clipboard = QGuiApplication.clipboard()
        clipboard.setText("")
        w.actions_["copy_conversation"].trigger()
        await wait_until(clipboard.text)
        assert clipboard.text().startswith("# part\\_0.png\n")
        assert "**You** · " in clipboard.text()
        assert "is it &lt;b>good&lt;/b>?" in clipboard.text()

    story(work)
