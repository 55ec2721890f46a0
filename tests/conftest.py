"""Shared fixtures: a home of its own for every test, and no test that leaves anything behind."""

from __future__ import annotations

import asyncio
import functools
import gc
import json
import math
import os
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from inspector_app.learning.minigpt_files import Files

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
os.environ.setdefault("OMP_NUM_THREADS", "1")

ROOT = Path(__file__).resolve().parent.parent
REAL_DATA = ROOT.parent / "shared" / "data"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("real") and not REAL_DATA.is_dir():
            item.add_marker(pytest.mark.skip(reason="the real data (../shared/data) is not here"))
        if item.get_closest_marker("gpu") and not has_gpu():
            item.add_marker(pytest.mark.skip(reason="there is no CUDA device"))


@functools.cache
def has_gpu() -> bool:
    import torch

    return torch.cuda.is_available()


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


def write_header(path: Path, shapes: dict[str, list[int]], dtype: str = "BF16") -> None:
    """A safetensors file of zeros that takes no room on the disk: a header and a hole."""
    width = {"BF16": 2, "F32": 4}[dtype]
    header: dict[str, Any] = {}
    end = 0
    for name, shape in shapes.items():
        begin, end = end, end + width * math.prod(shape)
        header[name] = {"dtype": dtype, "shape": shape, "data_offsets": [begin, end]}
    text = json.dumps(header).encode()
    with path.open("wb") as file:
        file.write(len(text).to_bytes(8, "little") + text)
        file.truncate(8 + len(text) + end)


def write_model(folder: Path, model_type: str = "qwen2_vl", shards: int = 1) -> Path:
    """The files of a tiny language model, as far as they are read before loading."""
    folder.mkdir(parents=True, exist_ok=True)
    config = {
        "model_type": model_type, "hidden_size": 8, "intermediate_size": 16,
        "num_hidden_layers": shards, "num_attention_heads": 2, "num_key_value_heads": 1,
        "tie_word_embeddings": True,
        "vision_config": {"embed_dim": 4, "hidden_size": 8, "patch_size": 14},
    }  # fmt: skip
    (folder / "config.json").write_text(json.dumps(config), "utf-8")
    (folder / "tokenizer.json").write_text("{}", "utf-8")
    (folder / "preprocessor_config.json").write_text("{}", "utf-8")
    names = {}
    for number in range(1, shards + 1):
        shapes = {f"model.layers.{number}.mlp.up_proj.weight": [16, 8]}
        if number == 1:
            shapes |= {"model.embed_tokens.weight": [32, 8], "visual.patch_embed.weight": [4, 12]}
        whole = shards == 1
        name = "model.safetensors" if whole else f"model-{number:05d}-of-{shards:05d}.safetensors"
        write_header(folder / name, shapes)
        names |= dict.fromkeys(shapes, name)
    if shards > 1:
        index = folder / "model.safetensors.index.json"
        index.write_text(json.dumps({"weight_map": names}), "utf-8")
    return folder


def write_adapter(folder: Path, **changes: Any) -> Path:
    """A LoRA adapter as peft saves it, without weights of any use."""
    folder.mkdir(parents=True, exist_ok=True)
    config = {
        "peft_type": "LORA", "base_model_name_or_path": "Qwen/Qwen2-VL-2B-Instruct",
        "revision": None, "r": 8, "rank_pattern": {"q_proj": 16}, "peft_version": "0.18.0",
    } | changes  # fmt: skip
    (folder / "adapter_config.json").write_text(json.dumps(config), "utf-8")
    name = "base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight"
    write_header(folder / "adapter_model.safetensors", {name: [8, 8]}, "F32")
    return folder


@pytest.fixture
def models_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with a cache of its own, for tests that fetch, choose or remove models."""
    monkeypatch.setenv("INSPECTOR_HOME", str(tmp_path / "inspector-home"))
    return tmp_path / "inspector-home"


@pytest.fixture
def make_pdf(tmp_path: Path) -> Callable[..., Path]:
    """`make_pdf(name, pages=1, password="")`: A4 pages with text of their own."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    def make(name: str, pages: int = 1, password: str = "") -> Path:
        path = tmp_path / name
        locked = StandardEncryption(password) if password else None
        canvas = Canvas(str(path), pagesize=A4, encrypt=locked)
        for number in range(1, pages + 1):
            canvas.setFont("Helvetica", 18)
            canvas.drawString(60, 760, "GREEN CORNER MARKET")
            canvas.drawString(60, 720, f"Invoice 20{number:03}")
            canvas.drawString(60, 680, f"Total amount {number}.50")
            canvas.showPage()
        canvas.save()
        return path

    return make


@pytest.fixture
def make_header() -> Callable[..., None]:
    """`make_header(path, shapes)`; see `write_header`."""
    return write_header


@pytest.fixture
def make_model() -> Callable[..., Path]:
    """`make_model(folder, model_type="qwen2_vl", shards=1)`; see `write_model`."""
    return write_model


@pytest.fixture
def make_adapter() -> Callable[..., Path]:
    """`make_adapter(folder, **changes of its config)`; see `write_adapter`."""
    return write_adapter


TINY_TEXTS = (
    "Is there a defect on this part? Answer Yes or No.",
    "Find all scratches, dents and stains. Give the box of each with grounding.",
    "You are a helpful assistant. What is in this region? A scratch, a dent and a stain.",
    'Answer with JSON: {"total": 114000, "date": "2026-01-02", "shop": "Bach Hoa"}',
    "Trên chi tiết này có khuyết tật không? Có một vết xước ở góc trên bên trái.",
)


@pytest.fixture(scope="session")
def tiny_checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Qwen2-VL of the true architecture and layout with small random weights; do not change."""
    from inspector_app.learning.checkpoints import make_checkpoint

    return make_checkpoint(tmp_path_factory.mktemp("tiny") / "model", texts=TINY_TEXTS * 3)


@pytest.fixture
def tiny(home: Path, tiny_checkpoint: Path) -> str:
    """Card id of the small model, known in this test's home."""
    from inspector_app.services.models import add_folder

    return add_folder(tiny_checkpoint, name="Tiny", card_id="tiny").id


@pytest.fixture(scope="session")
def minigpt_files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """MiniGPT-v2 in its published layout, small, with random weights; do not change."""
    from inspector_app.learning.minigpt_files import make_files

    return make_files(tmp_path_factory.mktemp("published"), TINY_TEXTS * 3)


@pytest.fixture(scope="session")
def minigpt_folder(tmp_path_factory: pytest.TempPathFactory, minigpt_files: Files) -> Path:
    """The same converted, LoRA pairs beside the base; do not change."""
    from inspector_app.domain.conversions import ConvertRequest
    from inspector_app.services.convert import run_convert

    out = tmp_path_factory.mktemp("converted") / "model"
    files = (str(minigpt_files.checkpoint), str(minigpt_files.vit), str(minigpt_files.llama))
    list(run_convert(ConvertRequest(*files, str(out), "session-only"), threading.Event()))
    return out


@pytest.fixture
def minigpt(home: Path, minigpt_folder: Path) -> str:
    """Card id of the small MiniGPT-v2, known in this test's home."""
    from inspector_app.services.models import add_folder

    return add_folder(minigpt_folder, name="Mini", card_id="minigpt-v2-test").id


@pytest.fixture(autouse=True)
def no_leaks(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fails a test that leaves a thread, a timer or a window behind."""
    threads = set(threading.enumerate())
    yield
    left = _threads_after(threads)
    assert not left, f"threads left behind: {[thread.name for thread in left]}"
    # Looking through all objects takes a while once torch is loaded: only where Qt was used.
    if "qapp" in request.fixturenames:
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
