"""What tests of the whole window share: a window per story, images, and a model of their own."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest

from inspector_app.domain.adapters import AdapterCard
from inspector_app.domain.engine import InspectRequest
from inspector_app.domain.events import Event, Finished, Provenance, Started
from inspector_app.domain.findings import FoundBox
from inspector_app.engines import registry
from inspector_app.engines.proxy import ProcessEngine
from inspector_app.services import adapters
from inspector_app.services.engines import Patience
from inspector_app.services.models import add_folder
from inspector_app.services.settings import Settings
from inspector_app.ui.main_window import MainWindow
from inspector_app.ui.worker import Worker

Run = Callable[[Coroutine[Any, Any, Any]], Any]
Until = Callable[..., Coroutine[Any, Any, None]]

TALKER = """
id = "talker"
name = "Talker 2B"
kind = "fake"
summary = "Plays written answers as a language model would."
licence = "BSD-3-Clause"
tasks = ["vqa", "caption", "grounding", "refer", "identify", "detection"]
abilities = ["boxes", "adapters"]
base = "nobody/talker"
dialect = "qwen2-vl"
memory_mb = 5500

[options]
min_tokens = 4
max_tokens = 64
"""


@pytest.fixture
def talker(home: Path) -> str:
    """A scripted language model as a card of the user's, known in the engine process too."""
    folder = registry.own_cards_folder()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "talker.toml").write_text(TALKER, "utf-8")
    return "talker"


@pytest.fixture
def speaker(home: Path, tmp_path: Path, make_model: Callable[..., Path]) -> str:
    """A language model whose files are here but hold nothing: `Spy` answers in its place."""
    folder = make_model(tmp_path / "speaker")
    return add_folder(folder, name="Speaker 2B", card_id="speaker").id


class Spy:
    """Stands in for the engine process: keeps the requests and plays what it is given."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.requests: list[InspectRequest] = []
        self.steps: list[Callable[[InspectRequest], Event]] = []
        self.boxes: tuple[FoundBox, ...] = ()
        self.answer = "an answer"
        monkeypatch.setattr(ProcessEngine, "stream", self.stream)

    def stream(self, request: InspectRequest, stop: Any) -> Iterator[Event]:
        self.requests.append(request)
        adapter = f"{request.adapter}@00" * bool(request.adapter)
        yield Started(
            request.id, Provenance("talker", adapter, seed=request.sampling.seed), 192, 192
        )
        for step in self.steps:
            yield step(request)
        yield Finished(request.id, self.answer, self.answer, self.boxes)


@pytest.fixture
def spy(monkeypatch: pytest.MonkeyPatch) -> Spy:
    return Spy(monkeypatch)


@pytest.fixture
def nut_lora(monkeypatch: pytest.MonkeyPatch) -> list[AdapterCard]:
    """Two adapters of the talker, one of them broken."""
    found = [
        AdapterCard(
            "nut-lora",
            "Nut LoRA",
            "talker",
            base_model="nobody/talker",
            rank=16,
            data="1,204 nuts",
            metrics=(("exact_match", 0.912),),
            sha256="0123456789abcdef" * 4,
        ),
        AdapterCard("old-lora", "Old LoRA", "talker", trouble="Its weights are damaged."),
    ]
    monkeypatch.setattr(
        adapters, "adapters", lambda card_id="": [a for a in found if a.base == card_id]
    )
    return found


@pytest.fixture
def lot(parts: Path, tmp_path: Path) -> Path:
    """Six images, three of them defective."""
    return Path(shutil.copytree(parts / "lot", tmp_path / "lot"))


@pytest.fixture
def story(run_async: Run, qapp: Any) -> Callable[..., None]:
    """Runs a coroutine function with a window and closes everything after it."""

    def tell(work: Callable[[MainWindow], Coroutine[Any, Any, None]]) -> None:
        async def whole() -> None:
            window = MainWindow(Settings(), Worker(Patience(silence=5.0, stop=1.0)))
            window.show()
            try:
                await work(window)
            finally:
                window.close()
                await window.shut_down()
                window.deleteLater()

        run_async(whole())

    return tell
