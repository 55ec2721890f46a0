"""A real language model in the window: tiny weights made on the spot, the whole way through."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from inspector_app.domain.tasks import Task
from inspector_app.ui.main_window import MainWindow

Until = Callable[..., Coroutine[Any, Any, None]]


def test_load_ask_and_unload(story: Any, wait_until: Until, lot: Path, fitted: Path, tiny: str):
    async def work(w: MainWindow) -> None:
        await w.flows.start(w.flows.open_folder(str(lot)))
        await w.flows.start(w.flows.use_recipe(str(fitted)))
        await w.models.start(w.models.refresh())
        await wait_until(w.page.is_seen)
        w.session.choice.use(tiny)
        assert not w.chat.seen_line.isHidden()
        told = w.chat.seen_line.label.text()
        await w.models.start(w.models.load(tiny))
        report = w.models.report(tiny)
        assert report is not None, w.messages.texts()
        assert report.device == "cpu"
        seen: list[Any] = []
        w.flows.answer_seen.connect(lambda _, found: seen.append(found))
        w.chat.question_asked.emit("what is this?", Task.VQA, False)
        project, image = w.session.project, w.session.image
        assert project is not None
        assert image is not None
        await wait_until(lambda: len(project.messages(image.id)) == 2)
        await wait_until(lambda: not w.flows.running, 60)
        message = project.messages(image.id)[-1]
        assert message.status == "done", message.text
        # What the window told before is what the engine says.
        assert w.chat.seen_line.words(seen[0]) == told
        await w.models.start(w.models.unload(tiny))
        assert w.models.report(tiny) is None

    story(work)
