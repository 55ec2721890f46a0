"""Branches of a conversation in the window: edited, asked again, switched, taken out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from inspector_app.domain.tasks import Task
from inspector_app.services.conversation import Wish
from inspector_app.ui.chat_message import ChatMessage
from inspector_app.ui.main_window import MainWindow
from tests.ui.test_conversation import Until, asked, opened, shown, stored, widget_of

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", r"raise\(\)")


async def again(w: MainWindow, place: int, until: Until) -> None:
    """Asks the question of an answer again and waits."""
    versions = w.chat.list.messages()[place].versions.label.text()
    widget_of(w, place).again_button.click()
    await until(lambda: widget_of(w, place).versions.label.text() != versions)
    await until(lambda: not w.flows.running)


def place(message: ChatMessage) -> str:
    return "" if message.versions.isHidden() else message.versions.label.text()


def history(spy: Any) -> list[str]:
    return [turn.text for turn in spy.requests[-1].history]


async def sent(w: MainWindow, text: str, spy: Any, until: Until) -> None:
    asked_so_far = len(spy.requests)
    w.chat.ask.edit.setPlainText(text)
    w.chat.ask.send_button.click()
    await until(lambda: len(spy.requests) > asked_so_far)
    await until(lambda: not w.flows.running)


def test_an_edited_question_is_another_branch(
    story: Any, wait_until: Until, lot: Path, talker: str, spy: Any
) -> None:
    async def work(w: MainWindow) -> None:
        await opened(w, lot, wait_until, talker)
        await asked(w, "one", wait_until)
        await asked(w, "two", wait_until)
        assert [place(m) for m in w.chat.list.messages()] == [""] * 4
        widget_of(w, 1).edit_button.click()
        assert w.chat.editing.isVisible()
        assert w.chat.ask.edit.toPlainText() == "one"
        spy.answer = "another"
        await sent(w, "one, but better", spy, wait_until)
        assert history(spy) == []  # what came after the old question is not told
        assert not w.chat.editing.isVisible()
        assert stored(w) == shown(w) == ["one, but better", "another"]
        assert [place(m) for m in w.chat.list.messages()] == ["2 / 2", ""]
        switch = widget_of(w, 0).versions
        assert switch.label.accessibleName() == "Version 2 of 2 of the question"
        assert switch.back_button.accessibleName() == "Previous version of the question"
        assert not switch.forward_button.isEnabled()
        switch.back_button.click()
        assert stored(w) == shown(w) == ["one", "an answer", "two", "an answer"]
        # The switch has the focus still, so that the keys go on from there.
        focused = w.focusWidget()
        assert focused is widget_of(w, 0).versions.forward_button
        QTest.keyClick(focused, Qt.Key.Key_Right)
        assert shown(w) == ["one, but better", "another"]
        await asked(w, "three", wait_until)
        assert history(spy) == ["one, but better", "another"]

    story(work)


def test_a_question_asked_again_has_two_answers(
    story: Any, wait_until: Until, lot: Path, talker: str, spy: Any
) -> None:
    async def work(w: MainWindow) -> None:
        await opened(w, lot, wait_until, talker)
        await asked(w, "one", wait_until)
        await asked(w, "two", wait_until)
        spy.answer = "another"
        await again(w, 1, wait_until)
        assert stored(w) == shown(w) == ["one", "another"]
        assert [place(m) for m in w.chat.list.messages()] == ["", "2 / 2"]
        assert widget_of(w, 1).versions.label.accessibleName() == "Answer 2 of 2 to this question"
        # Sent as it was, an edited question is the same question.
        widget_of(w, 1).edit_button.click()
        await sent(w, "one", spy, wait_until)
        assert place(widget_of(w, 1)) == "3 / 3"
        widget_of(w, 1).edit_button.click()
        w.chat.editing.cancel_button.click()
        await sent(w, "one", spy, wait_until)
        assert shown(w) == ["one", "another", "one", "another"]

    story(work)


def test_the_branch_on_show_comes_back_with_the_image(
    story: Any, wait_until: Until, lot: Path, talker: str, spy: Any
) -> None:
    async def work(w: MainWindow) -> None:
        await opened(w, lot, wait_until, talker)
        await asked(w, "one", wait_until)
        spy.answer = "another"
        await again(w, 1, wait_until)
        widget_of(w, 1).versions.back_button.click()
        w.actions_["next"].trigger()
        w.actions_["previous"].trigger()
        assert shown(w) == ["one", "an answer"]

    story(work)


def test_a_version_is_taken_out_with_what_follows_and_comes_back(
    story: Any, wait_until: Until, lot: Path, talker: str, spy: Any
) -> None:
    async def work(w: MainWindow) -> None:
        await opened(w, lot, wait_until, talker)
        await asked(w, "one", wait_until)
        spy.answer = "another"
        await again(w, 1, wait_until)
        await asked(w, "two", wait_until)
        remove = widget_of(w, 1).remove_button
        assert remove.accessibleName() == "Remove this version and what follows"
        assert widget_of(w, 3).remove_button.accessibleName() == "Remove this question and answer"
        remove.click()
        assert stored(w) == shown(w) == ["one", "an answer"]
        assert [place(m) for m in w.chat.list.messages()] == ["", ""]
        w.actions_["undo"].trigger()
        assert stored(w) == shown(w) == ["one", "another", "two", "another"]
        assert place(widget_of(w, 1)) == "2 / 2"
        w.actions_["redo"].trigger()
        assert shown(w) == ["one", "an answer"]

    story(work)


def test_an_old_conversation_is_reached_from_a_new_one(
    story: Any, wait_until: Until, lot: Path, talker: str, spy: Any
) -> None:
    async def work(w: MainWindow) -> None:
        await opened(w, lot, wait_until, talker)
        assert not w.chat.list.back_button.isVisible()
        await asked(w, "one", wait_until)
        w.actions_["new_conversation"].trigger()
        assert w.chat.list.back_button.isVisible()
        w.chat.list.back_button.click()
        assert shown(w) == ["one", "an answer"]
        w.actions_["new_conversation"].trigger()
        await asked(w, "two", wait_until)
        assert (shown(w), history(spy)) == (["two", "an answer"], [])
        widget_of(w, 0).versions.back_button.click()
        assert shown(w) == ["one", "an answer"]

    story(work)


def test_branches_of_a_read_only_project_can_be_looked_at(
    story: Any, wait_until: Until, lot: Path, talker: str, spy: Any, monkeypatch: Any
) -> None:
    async def work(w: MainWindow) -> None:
        await opened(w, lot, wait_until, talker)
        await asked(w, "one", wait_until)
        spy.answer = "another"
        await again(w, 1, wait_until)
        monkeypatch.setattr(type(w.session), "read_only", property(lambda _: True))
        widget_of(w, 1).versions.back_button.click()
        assert shown(w) == ["one", "an answer"]
        assert stored(w) == ["one", "another"]
        w.actions_["next"].trigger()
        w.actions_["previous"].trigger()
        assert shown(w) == ["one", "an answer"]
        out = lot / "talk.md"
        w.dialogs.conversation_file = lambda: str(out)  # type: ignore[method-assign]
        wish = Wish(end=w.conversation.end())
        w.dialogs.conversation_wish = lambda _: wish  # type: ignore[method-assign]
        w.actions_["export_conversation"].trigger()
        await wait_until(out.exists)
        assert "an answer" in out.read_text("utf-8")
        await wait_until(lambda: "1 other branch" in " ".join(w.messages.texts()))

    story(work)


def test_an_answer_that_streams_is_found_again_after_a_switch(
    story: Any, wait_until: Until, lot: Path, talker: str, spy: Any
) -> None:
    async def work(w: MainWindow) -> None:
        await opened(w, lot, wait_until, talker)
        await asked(w, "one", wait_until)
        w.chat.question_asked.emit("two", Task.VQA, False)
        await wait_until(lambda: len(shown(w)) == 4)
        w.actions_["next"].trigger()
        await wait_until(lambda: not w.flows.running)
        assert shown(w) == []
        w.actions_["previous"].trigger()
        assert shown(w) == ["one", "an answer", "two", "an answer"]

    story(work)
