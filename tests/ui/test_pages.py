"""The rail: pages come and go, and the Inspect page comes back as it was."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabBar

from inspector_app.services.settings import Settings
from inspector_app.ui.main_window import MainWindow
from inspector_app.ui.worker import Worker

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", r"raise\(\)")
Until = Callable[..., Coroutine[Any, Any, None]]


def shown(w: MainWindow) -> list[bool]:
    return [part.isVisible() for part in (*w.docks(), w.tools)]


def places(w: MainWindow) -> list[object]:
    return [part.geometry() for part in (w.gallery_dock, w.findings_dock, w.tools, w.page_stack)]


def current_tab(w: MainWindow) -> str:
    bars = [bar for bar in w.findChildren(QTabBar) if bar.count() == 3 and bar.isVisible()]
    return bars[0].tabText(bars[0].currentIndex())


def test_models_page_hides_the_docks_and_brings_them_back(story: Any, wait_until: Until):
    async def work(w: MainWindow) -> None:
        w.resizeDocks([w.gallery_dock], [333], Qt.Orientation.Horizontal)
        w.findings_dock.raise_()
        await wait_until(lambda: current_tab(w) == "Findings")
        await wait_until(lambda: w.gallery_dock.width() == 333)
        before = places(w)
        rail = w.rail.geometry()
        w.actions_["page_models"].trigger()
        assert shown(w) == [False] * 5
        assert w.models_page.isVisible()
        await wait_until(lambda: w.models_page.list.count() > 0)
        assert w.rail.geometry() == rail  # the buttons stay under the mouse
        w.actions_["page_inspect"].trigger()
        await wait_until(lambda: w.gallery_dock.isVisible())
        assert not w.models_page.isVisible()
        assert not w.models_page.tools.isVisible()
        await wait_until(lambda: places(w) == before)
        assert current_tab(w) == "Findings"

    story(work)


def test_a_closed_dock_stays_closed(story: Any):
    async def work(w: MainWindow) -> None:
        w.gallery_dock.close()
        w.chat_dock.setFloating(True)
        w.actions_["page_models"].trigger()
        assert shown(w) == [False] * 5
        w.actions_["page_inspect"].trigger()
        assert w.gallery_dock.isHidden()
        assert w.chat_dock.isFloating()
        assert w.chat_dock.isVisible()

    story(work)


def test_rail_by_keyboard(story: Any, wait_until: Until, qtbot: Any):
    async def work(w: MainWindow) -> None:
        w.activateWindow()
        await wait_until(w.isActiveWindow)
        for button in w.rail.buttons:
            assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
            assert "Alt+" in button.toolTip()
            assert button.text()
        qtbot.keyClick(w, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
        assert w.improve.isVisible()
        qtbot.keyClick(w, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
        assert w.models_page.isVisible()
        w.rail.buttons[0].setFocus()
        qtbot.keyClick(w.rail.buttons[0], Qt.Key.Key_Space)
        assert not w.models_page.isVisible()

    story(work)


def test_keys_of_inspect_do_nothing_on_models(story: Any, wait_until: Until, lot: Path):
    async def work(w: MainWindow) -> None:
        await w.flows.start(w.flows.open_folder(str(lot)))
        await wait_until(w.page.is_seen)
        image = w.session.image
        w.actions_["page_models"].trigger()
        for name in ("next", "reject", "undo", "filter", "run_this", "zoom_in"):
            w.actions_[name].trigger()
            assert not w.actions_[name].isEnabled(), name
        assert w.session.image is image
        assert w.actions_["settings"].isEnabled()
        w.actions_["page_inspect"].trigger()
        assert w.actions_["next"].isEnabled()
        assert w.actions_["zoom_in"].isEnabled()

    story(work)


def test_opening_a_project_shows_it(story: Any, wait_until: Until, lot: Path):
    async def work(w: MainWindow) -> None:
        w.actions_["page_models"].trigger()
        await w.flows.start(w.flows.open_folder(str(lot)))
        assert w.pages.is_inspect
        assert w.gallery_dock.isVisible()
        w.actions_["page_models"].trigger()
        w.session.project_changed.emit()  # more pages of the same project
        assert not w.pages.is_inspect

    story(work)


def test_closing_on_models_keeps_the_layout_of_inspect(story: Any, wait_until: Until):
    async def work(w: MainWindow) -> None:
        w.actions_["page_models"].trigger()
        w.close()
        other = MainWindow(Settings(), Worker())
        other.show()
        try:
            await wait_until(lambda: shown(other) == [True] * 5)
            assert other.pages.is_inspect
        finally:
            other.close()
            await other.shut_down()
            other.deleteLater()

    story(work)


def test_narrow_window(story: Any, wait_until: Until, talker: str, nut_lora: Any):
    async def work(w: MainWindow) -> None:
        w.resize(w.minimumSize())
        w.actions_["page_models"].trigger()
        await wait_until(lambda: w.models_page.list.count() > 0)
        w.models_page.list.choose(talker)
        details = w.models_page.details
        await wait_until(lambda: details.name_label.text() == "Talker 2B")
        port = details.viewport().width()
        for button in (*details.buttons.values(), details.adapters.add_button):
            if button.isVisible():
                right = button.mapTo(details.viewport(), button.rect().topRight()).x()
                assert right <= port, button.text()
        assert details.widget().width() <= port

    story(work)


_WINDOW = """
import asyncio, sys
import qasync
from inspector_app.services.settings import Settings
from inspector_app.ui.app import make_application

app = make_application(Settings())
app.setQuitOnLastWindowClosed(False)
loop = qasync.QEventLoop(app)
asyncio.set_event_loop(loop)

async def tell():
    from inspector_app.ui.main_window import MainWindow
    from inspector_app.ui.worker import Worker
    w = MainWindow(Settings(), Worker())
    w.show()
    w.actions_["page_models"].trigger()
    while not w.models_page.list.count():
        await asyncio.sleep(0.01)
    w.models_page.list.choose("talker")
    await w.models.start(w.models.load("talker"))
    assert w.models.report("talker") is not None
    w.close()
    await w.shut_down()

with loop:
    loop.run_until_complete(tell())
heavy = {"torch", "transformers", "peft", "onnxruntime", "cv2"} & set(sys.modules)
assert not heavy, heavy
"""


def test_nothing_heavy_in_the_process_of_the_window(talker: str):
    done = subprocess.run(
        [sys.executable, "-c", _WINDOW],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
