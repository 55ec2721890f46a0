"""The program's window for the rows that measure it."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QApplication

from inspector_app.services.settings import Settings
from inspector_app.ui.app import make_application
from inspector_app.ui.main_window import MainWindow
from inspector_app.ui.worker import Worker


@dataclass(frozen=True, slots=True)
class Opened:
    """A shown window and the loop it lives on."""

    app: QApplication
    window: MainWindow
    loop: Any

    def wait(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Runs a coroutine on the window's loop."""
        return self.loop.run_until_complete(work)

    def settle(self) -> None:
        """Lets flows and decodes that are under way come to an end."""
        self.wait(_settled(self.window))
        self.app.processEvents()


@contextmanager
def opened() -> Iterator[Opened]:
    """Shows the window at the size in which it first opens, and closes it in good order."""
    import qasync

    settings = Settings()
    app = make_application(settings)
    app.setQuitOnLastWindowClosed(False)
    loop = qasync.QEventLoop(app)
    asyncio.set_event_loop(loop)
    window = MainWindow(settings, Worker())
    troubles: list[BaseException] = []
    # Qt swallows what a slot raises; a row measured on half of the work would be a wrong row.
    hook, sys.excepthook = sys.excepthook, lambda _, error, __: troubles.append(error)
    window.session.trouble_found.connect(troubles.append)
    window.flows.trouble_found.connect(troubles.append)
    try:
        window.show()
        app.processEvents()
        yield Opened(app, window, loop)
        if troubles:
            raise troubles[0]
    finally:
        sys.excepthook = hook
        loop.run_until_complete(window.shut_down())
        window.close()
        loop.close()
        asyncio.set_event_loop(None)


async def _settled(window: MainWindow) -> None:
    while True:
        pending = [*window.flows._tasks, *window.pictures._tasks]
        if not pending:
            return
        await asyncio.gather(*pending, return_exceptions=True)
