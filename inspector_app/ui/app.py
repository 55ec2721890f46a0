"""Starts the window: application, language, theme, event loop."""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from PySide6.QtCore import (
    QLibraryInfo,
    QLocale,
    QTimer,
    QtMsgType,
    QTranslator,
    qInstallMessageHandler,
)
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from inspector_app import __version__
from inspector_app.domain.errors import InspectorError
from inspector_app.domain.paths import RESOURCES
from inspector_app.services.projects import SUFFIX
from inspector_app.services.settings import Settings
from inspector_app.ui import theme

log = logging.getLogger(__name__)


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line instead of printing the whole usage."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{message[:1].upper()}{message[1:]}. See: {self.prog} --help\n")


def run(arguments: list[str]) -> int:
    """Opens the window and returns when it is closed."""
    parser = _Parser(prog="inspector window", description="Open the window.")
    parser.add_argument("path", nargs="?", help="folder of images or project to open")
    parser.add_argument("--sample", action="store_true", help="open the sample project")
    options = parser.parse_args(arguments)
    if options.path and not Path(options.path).exists():
        print(f"There is no file or folder {options.path}.", file=sys.stderr)  # noqa: T201
        return 2
    if not _display():
        print(  # noqa: T201
            "There is no display for the window. Use the command line (inspector --help), "
            "or set DISPLAY.",
            file=sys.stderr,
        )
        return 1
    return _run(options.path, options.sample)


def _run(path: str | None, use_sample: bool) -> int:
    import qasync  # after PySide6, whose binding it then chooses

    level = logging.getLevelNamesMapping().get(os.environ.get("INSPECTOR_LOG", "").upper())
    logging.basicConfig(level=level or logging.WARNING)
    try:
        settings = Settings()
    except InspectorError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 1
    app = make_application(settings)
    loop = qasync.QEventLoop(app)
    asyncio.set_event_loop(loop)
    # Ctrl+C in the terminal closes the window; a timer lets Python see the signal.
    signal.signal(signal.SIGINT, lambda *_: app.closeAllWindows())
    tick = QTimer()
    tick.start(500)
    tick.timeout.connect(_nothing)
    with loop:
        loop.run_until_complete(_main(app, settings, _first(settings, path, use_sample)))
    tick.stop()
    return 0


async def _main(app: QApplication, settings: Settings, first: Callable[[object], None]) -> None:
    from inspector_app.ui.main_window import MainWindow
    from inspector_app.ui.worker import Worker

    closed = asyncio.Event()
    app.setQuitOnLastWindowClosed(False)
    app.lastWindowClosed.connect(closed.set)
    window = MainWindow(settings, Worker())
    window.show()
    window.models.start(window.models.refresh())  # what the engine menu offers
    first(window)
    await closed.wait()
    await window.shut_down()


def _first(settings: Settings, path: str | None, use_sample: bool) -> Callable[[object], None]:
    """What to show first: what was asked for, else the last project, else the first-start page."""

    def show(window: object) -> None:
        from inspector_app.ui.main_window import MainWindow

        assert isinstance(window, MainWindow)
        flows = window.flows
        if use_sample:
            flows.start(flows.open_sample())
        elif path:
            flows.start(flows.add_files([os.path.abspath(path)]))
        else:
            recent = [item for item in settings.get("recent") if Path(item).exists()]
            if recent and recent[0].endswith(SUFFIX):
                flows.start(flows.open_project(recent[0]))

    return show


def make_application(settings: Settings, arguments: list[str] | None = None) -> QApplication:
    """Makes the application with its name, icon, theme and language."""
    qInstallMessageHandler(_from_qt)
    existing = QApplication.instance()
    app = (
        existing if isinstance(existing, QApplication) else QApplication(arguments or ["inspector"])
    )
    app.setApplicationName("Inspector")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("inspector")
    app.setWindowIcon(QIcon(str(RESOURCES / "icons" / "inspector.svg")))
    theme.apply(app, settings.get("theme"))
    install_language(app, settings.get("language"))
    return app


def install_language(app: QApplication, choice: str) -> list[QTranslator]:
    """Installs the translation of the chosen language, of Qt's own strings too."""
    name = QLocale.system().name()[:2] if choice == "system" else choice
    if name == "vi":
        QLocale.setDefault(QLocale(QLocale.Language.Vietnamese, QLocale.Country.Vietnam))
    elif choice == "en":
        QLocale.setDefault(QLocale(QLocale.Language.English))
    installed: list[QTranslator] = []
    folders = (
        ("qtbase", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)),
        ("inspector", str(RESOURCES / "i18n")),
    )
    for stem, folder in folders:
        translator = QTranslator(app)
        # English too: its file holds the plural forms.
        if translator.load(f"{stem}_{name if name == 'vi' else 'en'}", folder):
            app.installTranslator(translator)
            installed.append(translator)
    return installed


def _display() -> bool:
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(n) for n in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def _from_qt(kind: QtMsgType, context: object, text: str) -> None:
    level = logging.WARNING if kind != QtMsgType.QtDebugMsg else logging.DEBUG
    logging.getLogger("qt").log(level, "%s", text)


def _nothing() -> None:
    """A timer's slot that only gives Python the chance to see signals."""
