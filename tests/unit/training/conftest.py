"""Small runs on small models: lessons of drawn pictures, and what a run told."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from PIL import Image, ImageDraw

from inspector_app.domain.loading import SeenImage
from inspector_app.domain.samples import Lesson, Sample
from inspector_app.domain.tasks import Task
from inspector_app.domain.training import (
    DataSource,
    LoraSettings,
    Schedule,
    StepDone,
    TrainConfig,
    TrainEvent,
    Validated,
)
from inspector_app.engines import registry
from inspector_app.engines.card_files import write_card
from inspector_app.learning.encode import Draft

COLOURS = ("red", "green", "blue", "white")
QUESTION = "What is in this region?"
ANSWERS = ("a dent", "two stains", "Yes", "no scratch here")


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Four plain pictures of different colours and sizes."""
    folder = tmp_path_factory.mktemp("pictures")
    paths: list[Path] = []
    for number, colour in enumerate(COLOURS):
        image = Image.new("RGB", (60 + 14 * number, 56), colour)
        ImageDraw.Draw(image).ellipse((8, 8, 40, 40 - 4 * number), fill="black")
        paths.append(folder / f"{colour}.png")
        image.save(paths[-1])
    return paths


@pytest.fixture
def small(tiny: str) -> str:
    """The small Qwen2-VL with few tokens an image, so that a step takes milliseconds."""
    card = registry.card(tiny)
    options = {**dict(card.options), "min_tokens": 4, "max_tokens": 16}
    write_card(
        replace(card, options=tuple(options.items())), registry.own_cards_folder() / f"{tiny}.toml"
    )
    return tiny


def draft(path: Path | None, turns: Sequence[tuple[str, str]], **changes: Any) -> Draft:
    images = (str(path),) if path is not None else ()
    sample = Sample(images, Task.VQA, "train", source="a test", **changes)

    def make(seen: SeenImage | None) -> Lesson:
        return Lesson(sample, tuple(turns))

    return Draft(sample, make)


@pytest.fixture
def drafts(pictures: list[Path]) -> list[Draft]:
    """The same question about four pictures, four answers."""
    return [
        draft(path, [(QUESTION, answer)]) for path, answer in zip(pictures, ANSWERS, strict=True)
    ]


@pytest.fixture
def make_config(tmp_path: Path) -> Callable[..., TrainConfig]:
    """`make_config(base, steps=4, ...)`: a run of a few steps."""

    def made(base: str, steps: int = 4, **changes: Any) -> TrainConfig:
        rate = changes.pop("rate", 1e-2)
        kind = changes.pop("kind", "constant")
        lora = changes.pop("lora", LoraSettings(rank=4, alpha=8))
        config = TrainConfig(
            "Mine", base, (DataSource("none"),), str(tmp_path / "run"), lora=lora,
            schedule=Schedule(kind, rate, warmup=0, steps=steps),
            save_every=1000, predict=0, weight_decay=0.0,
        )  # fmt: skip
        return replace(config, **changes)

    return made


class Told(list[Any]):
    """The events of a run."""

    def of(self, kind: type[Any]) -> list[Any]:
        return [event for event in self if isinstance(event, kind)]

    @property
    def losses(self) -> list[float]:
        return [event.loss for event in self.of(StepDone)]

    @property
    def validated(self) -> list[tuple[int, float]]:
        return [(event.step, event.loss) for event in self.of(Validated)]


@pytest.fixture
def train() -> Callable[..., Told]:
    """`train(config, lessons, validation=(), resume=False, ...)`: runs, returns events."""
    from inspector_app.services.train import Prepared, run_prepared

    def made(
        config: TrainConfig,
        lessons: Sequence[Draft],
        validation: Sequence[Draft] = (),
        resume: bool = False,
        stop: Any = None,
        pause: Any = None,
        on_event: Callable[[TrainEvent], None] | None = None,
    ) -> Told:
        told = Told()
        events = run_prepared(
            config,
            Prepared(lessons, validation, "four pictures"),
            stop or threading.Event(),
            pause or threading.Event(),
            resume,
        )
        for event in events:
            told.append(event)
            if on_event is not None:
                on_event(event)
        return told

    return made


@pytest.fixture
def write(tmp_path: Path, small: str, pictures: list[Path]) -> Any:
    """`write(steps=3, ...)`: a configuration with its manifest; returns the YAML file."""
    rows = [
        {
            "image": str(path), "split": "train", "task": "vqa", "question": QUESTION,
            "answer": answer, "language": "en",
        }
        for path, answer in zip(pictures, ANSWERS, strict=True)
    ]  # fmt: skip
    manifest = tmp_path / "data.jsonl"
    manifest.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")

    def made(steps: int = 3, **changes: Any) -> Path:
        data: dict[str, Any] = {
            "name": "Mine", "base": small, "data": [{"path": "data.jsonl", "split": "train"}],
            "held_back": 0.25, "out": "run", "lora": {"rank": 2, "dropout": 0.1}, "predict": 1,
            "schedule": {"steps": steps, "warmup": 1, "rate": 1e-3}, "save_every": 2,
        }  # fmt: skip
        path = tmp_path / "mine.yaml"
        path.write_text(yaml.safe_dump(data | changes), "utf-8")
        return path

    return made
