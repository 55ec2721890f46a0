"""Several answers in the window: repeated and grouped, compared and voted on, marked, written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from inspector_app.domain.chat import BAD, GOOD
from inspector_app.domain.findings import FoundBox
from inspector_app.domain.geometry import Box
from inspector_app.services import judging
from inspector_app.services.conversation import Wish
from inspector_app.services.preferences import FIRST, SECOND
from inspector_app.ui.chat_pair import PairView
from inspector_app.ui.main_window import MainWindow
from inspector_app.ui.talk_export_dialog import TalkExportDialog
from tests.ui.conftest import TALKER
from tests.ui.test_conversation import Until, asked, opened, shown, stored, widget_of

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", r"raise\(\)", "grabbing the")
DENT = FoundBox("dent", Box(0.5, 0.5, 0.7, 0.7))


@pytest.fixture
def second(talker: str) -> str:
    """Another scripted language model."""
    from inspector_app.engines import registry

    text = TALKER.replace('"talker"', '"listener"').replace("Talker 2B", "Listener 2B")
    (registry.own_cards_folder() / "listener.toml").write_text(text, "utf-8")
    return "listener"


class Answers:
    """Lets the stand-in answer in turn."""

    def __init__(self, spy: Any, *texts: str) -> None:
        self._left = list(texts)
        self._spy = spy
        spy.steps.append(self)

    def __call__(self, request: Any) -> Any:
        from inspector_app.domain.events import TextDelta

        self._spy.answer = self._left.pop(0)
        return TextDelta(request.id, self._spy.answer)


async def sent(w: MainWindow, button: Any, count: int, spy: Any, until: Until) -> None:
    before = len(spy.requests)
    w.chat.ask.edit.setPlainText("is it good?")
    w.chat.ask.many.click()
    button.click()
    await until(lambda: len(spy.requests) == before + count and not w.flows.running)


def test_answers_are_grouped_by_what_they_say(
    story: Any, wait_until: Until, lot: Path, talker: str, spy: Any
) -> None:
    async def work(w: MainWindow) -> None:
        await opened(w, lot, wait_until, talker)
        many = w.chat.ask.many
        assert many.isVisible()
        many.click()
        assert not many.popup.repeat_button.isEnabled()  # nothing to ask yet
        many.popup.close()
        Answers(spy, "No.", "It shines.\nAnswer: yes", "Yes", "yes!", "no dent")
        w.chat.ask.edit.setPlainText("is it good?")
        many.click()
        assert many.popup.same_label.isVisible()
        many.popup.warmer_button.click()
        assert not many.popup.same_label.isVisible()
        assert w.settings.get("temperature") == 0.7
        assert w.chat.ask.temperature.value() == 0.7
        await sent(w, many.popup.repeat_button, 5, spy, wait_until)
        assert len({r.sampling.seed for r in spy.requests}) == 5
        assert {r.history for r in spy.requests} == {()}
        agreement = widget_of(w, 1).agreement
        assert [b.text() for b in agreement.buttons] == [
            "3 of 5: yes",
            "1 of 5: No.",
            "1 of 5: no dent",
        ]
        # The conversation goes on from the first answer of the largest group.
        assert shown(w)[1] == stored(w)[1] == "It shines.\nAnswer: yes"
        assert widget_of(w, 1).versions.label.text() == "2 / 5"
        assert [b.isChecked() for b in agreement.buttons] == [True, False, False]
        agreement.buttons[2].click()
        assert stored(w)[1] == "no dent"
        assert [b.isChecked() for b in widget_of(w, 1).agreement.buttons] == [False, False, True]
        await asked_plain(w, spy, wait_until)
        assert [turn.text for turn in spy.requests[-1].history] == ["is it good?", "no dent"]

    async def asked_plain(w: MainWindow, spy: Any, until: Until) -> None:
        spy.steps.clear()
        await asked(w, "why?", until)

    story(work)


def test_stop_keeps_the_answers_that_came(
    story: Any, wait_until: Until, lot: Path, talker: str, spy: Any
) -> None:
    async def work(w: MainWindow) -> None:
        await opened(w, lot, wait_until, talker)
        w.settings.set("temperature", 0.7)
        w.settings.set("sampling", {"seed": 11})  # one that was set is where the drawing begins

        def stop(request: Any) -> Any:
            from inspector_app.domain.events import TextDelta

            if len(spy.requests) == 2:
                w.flows.stop()
            return TextDelta(request.id, "an answer")

        spy.steps.append(stop)
        w.chat.ask.edit.setPlainText("is it good?")
        w.chat.ask.many.click()
        w.chat.ask.many.popup.repeat_button.click()
        await wait_until(lambda: len(spy.requests) == 2 and not w.flows.running)
        assert [b.text() for b in widget_of(w, 1).agreement.buttons] == ["2 of 2: an answer"]
        assert [request.sampling.seed for request in spy.requests] == [11, 12]

    story(work)


def pair_of(w: MainWindow) -> PairView:
    found = w.chat.list.pair_of(w.chat.list.messages()[-1].message.id)
    assert found is not None
    return found


def test_two_engines_answer_side_by_side(
    story: Any, wait_until: Until, lot: Path, talker: str, second: str, spy: Any, monkeypatch: Any
) -> None:
    asked_of: list[str] = []
    from inspector_app.engines.proxy import ProcessEngine

    real = spy.stream

    def stream(self: ProcessEngine, request: Any, stop: Any) -> Any:
        from dataclasses import replace

        from inspector_app.domain.events import Started

        asked_of.append(self.id)
        for event in real(request, stop):
            if isinstance(event, Started):
                event = replace(event, provenance=replace(event.provenance, engine=self.id))
            yield event

    monkeypatch.setattr(ProcessEngine, "stream", stream)

    async def work(w: MainWindow) -> None:
        await opened(w, lot, wait_until, talker)
        many = w.chat.ask.many
        many.click()
        names = [many.popup.second.itemText(n) for n in range(many.popup.second.count())]
        assert "Listener 2B" in names
        assert "Talker 2B" not in names  # that one answers already
        many.popup.second.setCurrentIndex(names.index("Listener 2B"))
        many.popup.close()
        Answers(spy, "yes", "no")
        spy.boxes = (DENT,)
        await sent(w, many.popup.pair_button, 2, spy, wait_until)
        assert asked_of == ["talker", "listener"]
        assert shown(w) == ["is it good?", "yes", "no"]
        pair = pair_of(w)
        assert [a.who_label.text() for a in pair.answers] == ["Talker 2B", "Listener 2B"]
        assert not pair.is_beside()  # the panel is narrow
        assert "solid line · goes on from here" in pair.answers[0].line_label.text()
        # The boxes of the second have a line of their own in the picture.
        layer = w.viewer.findings_layer
        dotted = [layer.item(id_)._dotted for id_ in layer.ids()]
        assert dotted == [False, True]
        assert not pair.standing_label.isVisible()
        pair.buttons[SECOND].click()
        pair = pair_of(w)
        assert pair.buttons[SECOND].isChecked()
        assert [b.text() for b in pair.buttons.values()] == ["First", "✓ Second", "Even"]
        assert pair.standing_label.text() == "So far: first 0, second 1, even 0"
        assert "goes on from here" in pair.answers[1].line_label.text()
        assert stored(w) == ["is it good?", "no"]
        (match,) = judging.matches()
        assert (match.first, match.second) == ("listener", "talker")
        assert judging.votes(match)[0].winner == FIRST  # the listener
        w.chat.list.resize(700, 500)
        w.chat_dock.setFloating(True)
        w.chat_dock.resize(760, 600)
        await wait_until(lambda: pair_of(w).is_beside())

    story(work)


def test_an_answer_is_marked_and_put_right(
    story: Any, wait_until: Until, lot: Path, talker: str, spy: Any
) -> None:
    async def work(w: MainWindow) -> None:
        await opened(w, lot, wait_until, talker)
        w.activateWindow()
        await asked(w, "one", wait_until)
        answer = widget_of(w, 1)

        def kept() -> tuple[str, str]:
            message = w.conversation.shown()[-1]
            return message.mark, message.right

        assert answer.marks.good_button.accessibleName() == "Good answer"
        answer.marks.good_button.click()
        assert kept() == (GOOD, "")
        assert not answer.right.isVisible()
        w.actions_["answer_bad"].trigger()
        assert kept() == (BAD, "")
        assert not answer.marks.good_button.isChecked()
        assert answer.right.isVisible()
        answer.right.edit.setFocus()
        QTest.keyClicks(answer.right.edit, "a dent")
        QTest.keyClick(answer.right.edit, Qt.Key.Key_Return)
        assert kept() == (BAD, "a dent")
        assert widget_of(w, 1) is answer  # the field that is typed in stays
        for wanted in ((BAD, ""), (GOOD, ""), ("", "")):
            w.actions_["undo"].trigger()
            assert kept() == wanted
        w.actions_["redo"].trigger()
        w.conversation.show()
        assert widget_of(w, 1).marks.good_button.isChecked()
        w.actions_["answer_good"].trigger()  # a second time takes it back
        assert kept() == ("", "")

    story(work)


def test_lines_to_learn_from_are_written(
    story: Any, wait_until: Until, lot: Path, talker: str, spy: Any
) -> None:
    out = lot / "talk.jsonl"

    async def work(w: MainWindow) -> None:
        await opened(w, lot, wait_until, talker)
        await asked(w, "one", wait_until)
        widget_of(w, 1).marks.good_button.click()
        await asked(w, "two", wait_until)
        w.dialogs.conversation_file = lambda: str(out)  # type: ignore[method-assign]
        w.dialogs.conversation_wish = lambda _: Wish()  # type: ignore[method-assign]
        w.actions_["export_conversation"].trigger()
        await wait_until(out.exists)
        (row,) = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
        assert (row["image"], row["question"], row["answer"]) == ("part_0.png", "one", "an answer")
        await wait_until(lambda: "1 not marked as good left out" in " ".join(w.messages.texts()))

    story(work)


def test_what_is_written_is_asked_where_there_is_a_choice(qtbot: Any) -> None:
    dialog = TalkExportDialog(2, True, ("a", "b"), "end")
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.wish() == Wish(False, "end", True, ())
    for box in (dialog.branches_box, dialog.good_box, dialog.images_box):
        assert box.isVisible()
        box.click()
    assert dialog.wish() == Wish(True, "end", False, ("a", "b"))
    plain = TalkExportDialog(1, False, ("a",), None)
    qtbot.addWidget(plain)
    plain.show()
    assert plain.branches_box.isVisible()
    assert not plain.good_box.isVisible()


def test_the_dotted_line_is_another_line(qtbot: Any) -> None:
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QImage, QPainter

    from inspector_app.domain.findings import Author, AuthorKind, Finding
    from inspector_app.ui.overlay import FindingItem

    def drawn(dotted: bool) -> QImage:
        finding = Finding("i", "dent", Box(0, 0, 1, 1), Author(AuthorKind.ENGINE, "e"))
        item = FindingItem(finding, QRectF(10, 10, 60, 40), 1.0)
        item.set_dotted(dotted)
        image = QImage(90, 70, QImage.Format.Format_ARGB32)
        image.fill(QColor("white"))
        painter = QPainter(image)
        item.paint(painter, None)  # type: ignore[arg-type]
        painter.end()
        return image

    solid, dotted = drawn(False), drawn(True)
    row = {solid.pixelColor(x, 10).rgb() for x in range(14, 66)}
    assert len(row) == 1
    assert len({dotted.pixelColor(x, 10).rgb() for x in range(14, 66)}) == 2
