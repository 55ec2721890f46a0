"""The Improve page with its own processes: a small model of random weights goes the whole way."""

from __future__ import annotations

import json
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from inspector_app.domain.improving import DONE
from inspector_app.domain.paths import RESOURCES
from inspector_app.domain.training import DataSource, RunStopped, StepDone
from inspector_app.services import train
from inspector_app.ui.improve_state import Phase
from inspector_app.ui.main_window import MainWindow

Until = Callable[..., Coroutine[Any, Any, None]]
SECONDS = 50  # a process and its libraries take their time to start


@pytest.mark.slow
def test_the_whole_way(story: Any, wait_until: Until, tiny: str, tmp_path: Path):
    rows = [
        {**row, "image": str(RESOURCES / "sample" / row["image"]), "mask": None}
        for line in (RESOURCES / "sample" / "manifest.jsonl").read_text("utf-8").splitlines()
        if (row := json.loads(line))
    ]
    learned, tested = rows[:6], [row for row in rows if row["split"] == "test"][:4]
    manifest = tmp_path / "manifest.jsonl"
    manifest.write_text("\n".join(map(json.dumps, [*learned, *tested])), "utf-8")

    async def first(w: MainWindow) -> None:
        w.actions_["page_improve"].trigger()
        page, flows = w.improve.page, w.improve.flows
        assert page is not None
        assert flows is not None
        await wait_until(lambda: page.data.base.count() > 0)
        page.data.base.setCurrentIndex(page.data.base.findData(tiny))
        page.data.name.setText("Nuts")
        page.data.add_source(DataSource(str(manifest), split="train"))
        page.data.manifest.set_path(str(manifest))
        page.data.check_button.click()
        await wait_until(lambda: flows.current.config is not None, SECONDS)
        page.train.unit.setCurrentIndex(0)
        page.train.steps.setValue(40)
        page.train.start_button.click()
        await wait_until(lambda: len(steps(flows)) >= 2, SECONDS)
        page.train.pause_button.click()
        await wait_until(lambda: flows.current.phase is Phase.PAUSED, SECONDS)
        page.train.stop_button.click()
        await wait_until(lambda: flows.busy is None, SECONDS)
        assert isinstance(flows.current.events[-1], RunStopped)

    async def then(w: MainWindow) -> None:
        w.actions_["page_improve"].trigger()
        page, flows = w.improve.page, w.improve.flows
        assert page is not None
        assert flows is not None
        await wait_until(lambda: flows.current.config is not None, SECONDS)
        page.train.resume_button.click()
        await wait_until(lambda: flows.busy is None and bool(adapter(flows)), SECONDS)
        assert steps(flows) == list(range(1, 41))
        assert train.read_log(flows.current.stored.run) == flows.current.events

    async def last(w: MainWindow) -> None:
        w.actions_["page_improve"].trigger()
        page, flows = w.improve.page, w.improve.flows
        assert page is not None
        assert flows is not None
        await wait_until(lambda: bool(adapter(flows)))
        page.evaluate.start_button.click()
        await wait_until(lambda: flows.current.comparison is not None and not flows.busy, SECONDS)
        assert flows.current.comparison.n == 4
        page.decide.promote_button.click()
        assert flows.current.step == DONE
        assert w.session.choice.adapter(tiny) == adapter(flows) == "nuts"

    story(first)
    story(then)
    story(last)


def adapter(flows: Any) -> str:
    return flows.current.stored.adapter if flows.current.stored is not None else ""


def steps(flows: Any) -> list[int]:
    return [event.step for event in flows.current.events if isinstance(event, StepDone)]
