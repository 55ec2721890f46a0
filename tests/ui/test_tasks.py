"""Flows of the window come to an end with it."""

from __future__ import annotations

import asyncio
import time

import pytest

from inspector_app.ui import tasks
from inspector_app.ui.tasks import Tasks


def test_closing_does_not_wait_for_ever(qapp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "_PATIENCE", 0.2)

    async def deaf() -> None:
        try:
            await asyncio.sleep(30)
        except asyncio.CancelledError:
            await asyncio.sleep(30)

    async def live() -> float:
        flows = Tasks()
        flows.start(deaf())
        await asyncio.sleep(0)
        begun = time.perf_counter()
        await flows.close()
        return time.perf_counter() - begun

    assert asyncio.run(live()) < 5


def test_closing_waits_for_what_is_being_put_in_order(qapp) -> None:
    order: list[str] = []

    async def tidy() -> None:
        try:
            await asyncio.sleep(30)
        finally:
            await asyncio.sleep(0.05)
            order.append("tidied")

    async def live() -> None:
        flows = Tasks()
        flows.start(tidy())
        await asyncio.sleep(0)
        await flows.close()
        order.append("closed")

    asyncio.run(live())
    assert order == ["tidied", "closed"]
