"""A real language model in the window: tiny weights made on the spot, the whole way through."""

from __future__ import annotations

import json
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from inspector_app.domain.tasks import Task
from inspector_app.ui.main_window import MainWindow
from tests.ui import reading_fake as fake

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


def test_a_model_reads_a_document_beside_the_reader(
    story: Any, wait_until: Until, tmp_path: Path, tiny: str
):
    """Random weights, yet what comes follows the schema: constrained decoding sees to that."""
    folder = tmp_path / "papers"
    folder.mkdir()
    paper = fake.draw_receipt(folder / "a.png")
    schema = tmp_path / "ticket.json"
    choice = {"type": "string", "enum": ["RM", "VND"]}
    kinds = {
        "shop": choice,
        "paid": {"type": "boolean"},
        "date": {"type": "string", "format": "date"},
    }
    schema.write_text(
        json.dumps(
            {
                "type": "object",
                "properties": kinds,
                "required": list(kinds),
                "additionalProperties": False,
            }
        )
    )

    async def work(w: MainWindow) -> None:
        await w.flows.start(w.flows.open_folder(str(folder)))
        await wait_until(w.page.is_seen)
        project, image = w.session.project, w.session.image
        assert project is not None
        assert image is not None
        project.set_reading(image.id, fake.receipt(str(paper)), str(schema), image.sha256)
        w.settings.set("read_schema", str(schema))
        w.documents.show()
        await w.models.start(w.models.refresh())
        await w.models.start(w.models.load(tiny))
        assert w.actions_["read_second"].isEnabled(), w.actions_["read_second"].toolTip()
        w.actions_["read_second"].trigger()
        await wait_until(lambda: w.flows.running)
        await wait_until(lambda: not w.flows.running, 60)
        kept = project.second(image.id, str(schema))
        assert kept is not None, w.document.head.failure_label.text()
        told = json.loads(kept.second.raw)
        assert list(told) == list(kinds)
        assert told["shop"] in ("RM", "VND")
        assert "shop" in kept.second.differing
        await wait_until(lambda: w.documents.state is not None and w.documents.state.second)

    story(work)
