"""Shared fixtures: a home of its own for every test, and no test that leaves anything behind."""

from __future__ import annotations

import asyncio
import gc
import os
import sys
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
os.environ.setdefault("OMP_NUM_THREADS", "1")

ROOT = Path(__file__).resolve().parent.parent
REAL_DATA = ROOT.parent / "shared" / "data"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("real") and not REAL_DATA.is_dir():
            item.add_marker(pytest.mark.skip(reason="the real data (../shared/data) is not here"))


@pytest.fixture(scope="session")
def shared_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One cache for the whole run, so that a backbone is exported once."""
    return tmp_path_factory.mktemp("shared-cache")


@pytest.fixture(scope="session", autouse=True)
def session_home(tmp_path_factory: pytest.TempPathFactory, shared_cache: Path) -> Iterator[Path]:
    """The home that session fixtures see; tests get their own."""
    folder = tmp_path_factory.mktemp("session-home")
    (folder / "cache").symlink_to(shared_cache)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("INSPECTOR_HOME", str(folder))
        yield folder


@pytest.fixture(autouse=True)
def home(
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    shared_cache: Path,
) -> Path:
    """Settings, projects and caches of one test, away from the user's own."""
    folder = tmp_path_factory.mktemp("home")
    (folder / "cache").symlink_to(shared_cache)
    monkeypatch.setenv("INSPECTOR_HOME", str(folder))
    return folder


def draw_part(seed: int, defect: bool = False, size: int = 192) -> Image.Image:
    """A small part: a disc on cloth, the same every time; a defect is a dark bar on the disc."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[0:size, 0:size]
    ground = 90 + 12 * np.sin(x / 2.0) * np.sin(y / 2.0)
    disc = ((x - size / 2) ** 2 + (y - size / 2) ** 2) < (0.36 * size) ** 2
    picture = np.where(disc, 170 + 0.2 * (x - y), ground) + rng.normal(0, 3, (size, size))
    if defect:
        top = 60 + seed % 40
        picture[top : top + 14, 72:124] = 40
    grey = np.clip(picture, 0, 255).astype(np.uint8)
    return Image.fromarray(np.repeat(grey[:, :, None], 3, axis=2))


@pytest.fixture(scope="session")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with good/ (30 images) and lot/ (3 good, 3 defective); do not write into it."""
    folder = tmp_path_factory.mktemp("parts")
    for name in ("good", "lot"):
        (folder / name).mkdir()
    for seed in range(30):
        draw_part(seed).save(folder / "good" / f"good_{seed:02d}.png")
    for seed in range(6):
        draw_part(100 + seed, defect=seed % 2 == 1).save(folder / "lot" / f"part_{seed}.png")
    return folder


@pytest.fixture(scope="session")
def fitted(parts: Path, session_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A recipe fitted on the good parts; do not change it."""
    from inspector_app.services.fit import run_fit
    from inspector_app.services.fit_request import FitRequest

    out = tmp_path_factory.mktemp("recipe") / "part.toml"
    images = tuple(sorted(str(path) for path in (parts / "good").iterdir()))
    settings = (("bank_size", 400), ("input_size", 192))
    for _ in run_fit(FitRequest(images, str(out), settings=settings), threading.Event()):
        pass
    return out


@pytest.fixture
def part(parts: Path) -> Path:
    """A defective part."""
    return parts / "lot" / "part_1.png"


@pytest.fixture(autouse=True)
def no_leaks(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fails a test that leaves a thread, a timer or a window behind."""
    threads = set(threading.enumerate())
    yield
    left = _threads_after(threads)
    assert not left, f"threads left behind: {[thread.name for thread in left]}"
    if "PySide6.QtWidgets" in sys.modules:
        _check_qt()


def _threads_after(before: set[threading.Thread]) -> list[threading.Thread]:
    deadline = time.monotonic() + 2.0
    while True:
        left = [t for t in threading.enumerate() if t not in before and t.is_alive()]
        # onnxruntime and torch keep pools of their own that Python does not see; what is listed
        # here was started by us or by concurrent.futures.
        if not left or time.monotonic() > deadline:
            return left
        time.sleep(0.02)


def _check_qt() -> None:
    from PySide6.QtCore import QCoreApplication, QEvent, QTimer
    from PySide6.QtWidgets import QApplication

    app = QApplication.instance()
    if not isinstance(app, QApplication):
        return
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        app.processEvents()
    gc.collect()
    visible = [w for w in app.topLevelWidgets() if w.isVisible()]
    for widget in visible:
        widget.close()
    assert not visible, f"windows left open: {visible}"
    timers = [t for t in app.findChildren(QTimer) if t.isActive()]
    assert not timers, f"timers left running: {timers}"


@pytest.fixture
def run_async(qapp: Any) -> Iterator[Callable[[Coroutine[Any, Any, Any]], Any]]:
    """Runs a coroutine on the Qt event loop of the program (qasync)."""
    import qasync

    qapp.setQuitOnLastWindowClosed(False)
    loop = qasync.QEventLoop(qapp)
    asyncio.set_event_loop(loop)
    try:
        yield lambda work: loop.run_until_complete(asyncio.wait_for(work, 60))
    finally:
        loop.close()
        asyncio.set_event_loop(None)


async def until(condition: Callable[[], object], seconds: float = 20.0) -> None:
    """Waits on the Qt loop until a condition holds."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"did not happen within {seconds} s: {condition}")
        await asyncio.sleep(0.005)


@pytest.fixture
def wait_until() -> Callable[..., Coroutine[Any, Any, None]]:
    """`await wait_until(condition)` inside `run_async`."""
    return until
