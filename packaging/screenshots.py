"""Makes the pictures of the documents, and those a change of the window is judged by.

python packaging/screenshots.py OUT_FOLDER [--theme light|dark] [--language en|vi] [--scale 2]
    [--only ask]
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inspector_app.ui.main_window import MainWindow


async def until(condition: Callable[[], object], seconds: float = 120.0) -> None:
    """Waits on the Qt loop until a condition holds."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(condition)
        await asyncio.sleep(0.01)


async def tell(out: Path, stem: str, only: str) -> None:
    """Walks through the states of the pages and saves a picture of each."""
    from screenshots_ask import tell_ask
    from screenshots_documents import tell_documents
    from screenshots_models import tell_models
    from screenshots_pdf import tell_pdf

    from inspector_app.domain.geometry import Box
    from inspector_app.domain.tasks import Task
    from inspector_app.domain.verdicts import Verdict
    from inspector_app.services.settings import Settings
    from inspector_app.ui.main_window import MainWindow
    from inspector_app.ui.worker import Worker

    w = MainWindow(Settings(), Worker())
    w.resize(1440, 860)
    w.show()

    async def save(name: str) -> None:
        await asyncio.sleep(0.4)
        w.grab().save(str(out / f"{name}-{stem}.png"))

    await save("first-start")
    opening = w.flows.start(w.flows.open_sample())
    await until(lambda: w.flows.running)
    await save("busy")
    await opening
    await until(lambda: not w.flows.running)
    rows = w.session.summaries()
    rejected = [row for row in rows if row.verdict is Verdict.REJECT]
    w.session.select(rejected[0].image_id)
    await until(lambda: w.viewer.has_image)
    await until(lambda: bool(w.session.findings()))
    w.viewer.fit()
    w.messages.clear()
    await save("inspect")
    if only == "ask":
        await tell_ask(w, save, out, stem)
        await _end(w)
        return
    finding = w.session.findings()[0]
    w.viewer.finding_selected.emit(finding.id)
    w.chat.question_asked.emit(
        "đây là gì?" if w.session.language == "vi" else "what is this?", Task.IDENTIFY, False
    )
    await until(lambda: w.flows.running)
    await until(lambda: not w.flows.running)
    w.chat_dock.raise_()
    await save("ask")
    w.session.edit(finding.id, label="scratch")
    w.session.add_region(Box(0.1, 0.1, 0.2, 0.2), "stain")
    w.actions_["accept"].trigger()
    w.findings_dock.raise_()
    await save("findings")
    w.actions_["golden"].trigger()
    await asyncio.sleep(0.5)
    await save("golden")
    w.actions_["golden"].trigger()
    w.actions_["new_recipe"].setEnabled(True)
    w.flows.recipe_missing.emit()
    w.worker.kill_engine()
    w.show_trouble(_trouble())
    await save("failed")
    w.messages.clear()
    await tell_models(w, save, out, stem)
    with tempfile.TemporaryDirectory() as folder:
        await tell_pdf(w, save, out, stem, Path(folder))
    with tempfile.TemporaryDirectory() as folder:
        await tell_documents(w, save, Path(folder))
    await tell_ask(w, save, out, stem)  # last: the engine process is a stand-in from here on
    await _end(w)


async def _end(w: MainWindow) -> None:
    w.close()
    await w.shut_down()
    w.deleteLater()


def _trouble() -> Exception:
    from inspector_app.domain.errors import EngineLostError

    error = EngineLostError(
        "The engine process was ended from outside (often: out of memory).",
        "It is started again for the next request.",
    )
    error.add_note("exit code -9")
    return error


def main() -> int:
    """Makes the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--theme", default="light", choices=("light", "dark"))
    parser.add_argument("--language", default="en", choices=("en", "vi"))
    parser.add_argument("--scale", default="1")
    parser.add_argument("--only", default="", choices=("", "ask"), help="the ways of asking alone")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["QT_SCALE_FACTOR"] = options.scale
    with tempfile.TemporaryDirectory() as home:
        os.environ["INSPECTOR_HOME"] = home
        import qasync
        from PySide6.QtWidgets import QApplication  # before qasync chooses its binding

        from inspector_app.services.settings import Settings
        from inspector_app.ui.app import make_application

        settings = Settings()
        settings.set("theme", options.theme)
        settings.set("language", options.language)
        settings.set("operator", "Lan")
        app = make_application(settings)
        assert isinstance(app, QApplication)
        app.setQuitOnLastWindowClosed(False)
        loop = qasync.QEventLoop(app)
        asyncio.set_event_loop(loop)
        with loop:
            loop.run_until_complete(
                tell(options.out, f"{options.theme}-{options.language}", options.only)
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
