"""The data step of a round: what is learned from and measured on, read and looked at as one."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, cast

import yaml

from inspector_app.domain.engine import StopFlag
from inspector_app.domain.errors import BadInputError, EngineLostError
from inspector_app.domain.improving import FrozenSet, Improvement
from inspector_app.domain.jobs import Progress
from inspector_app.domain.samples import Concern
from inspector_app.domain.training import Schedule, TrainConfig
from inspector_app.engines import adapter_store, registry
from inspector_app.engines.files import model_folder
from inspector_app.engines.process import EngineProcess
from inspector_app.engines.proxy import SLOW_SILENCE
from inspector_app.learning import importers
from inspector_app.learning.image_prints import Tell
from inspector_app.learning.importers.rows import by_rank
from inspector_app.learning.pump import pumped
from inspector_app.learning.start_from import settings_of
from inspector_app.learning.train_config import PRESETS, ConfigError, presets, read_config
from inspector_app.learning.train_machine import TRAINABLE
from inspector_app.services import improve, training_data
from inspector_app.store.whole_files import write_whole

FORMS = tuple(importers.FORMS)
SHEET = 6  # samples drawn

Job = Iterator["Progress | DataLook"]


@dataclass(frozen=True, slots=True)
class DataLook:
    """What was found.

    Attributes:
        concerns: Errors first; a run with one should not begin.
        frozen: The test set; None when it cannot be read.
        train: Samples learned from.
        validation: Samples measured on during the run.
        sheet: PNG with samples as the model sees them; empty without one.
    """

    concerns: tuple[Concern, ...]
    frozen: FrozenSet | None = None
    train: int = 0
    validation: int = 0
    sheet: str = ""

    @property
    def ready(self) -> bool:
        """Whether nothing forbids a run."""
        return self.frozen is not None and all(each.severity != "error" for each in self.concerns)


def is_trainable(base: str) -> bool:
    """Whether adapters of a model can be learned here."""
    card = registry.cards().get(base)
    return card is not None and card.kind in TRAINABLE


def presets_for(base: str) -> list[str]:
    """Names of the presets that were made for models of the same kind."""
    cards = registry.cards()
    card = cards.get(base)
    found: list[str] = []
    for name in presets():
        data = yaml.safe_load((PRESETS / f"{name}.yaml").read_text("utf-8"))
        own = cards.get(str(data.get("base", "")))
        if card is not None and own is not None and own.kind == card.kind:
            found.append(name)
    return found


def preset_warmup(name: str) -> int:
    """Steps of warm-up that a preset says; those of a run without one where it says none."""
    data: dict[str, Any] = {}
    if name in presets():
        data = yaml.safe_load((PRESETS / f"{name}.yaml").read_text("utf-8"))
    plan: dict[str, Any] = data.get("schedule", {})
    return int(plan.get("warmup", Schedule().warmup))


def settings(improvement: Improvement) -> TrainConfig:
    """Returns the configuration of a round as it is written down.

    Raises:
        ConfigError: It cannot be run as it is.
    """
    return read_config(improve.config_path(improvement), resume=True)


def change_settings(improvement: Improvement, changes: dict[str, object]) -> TrainConfig:
    """Writes other settings down; those of before stay where the new ones cannot be run.

    Args:
        improvement: The round.
        changes: Keys of the configuration that differ from the preset.

    Raises:
        BadInputError: They cannot be run; a `ConfigError`, or the adapter of before is not there.
        StoreError: They cannot be written.
    """
    path = improve.config_path(improvement)
    before = path.read_text("utf-8") if path.is_file() else ""
    try:
        if start := _taken_over(improvement):
            lora = cast("dict[str, object]", changes.get("lora", {}))
            changes = {**changes, "lora": {**lora, **start}}
        improve.write_config(improvement, changes)
        return read_config(path)
    except ConfigError:
        write_whole(path, before)
        raise


def forget_run(improvement: Improvement) -> Improvement:
    """Deletes the run of a round, so that it can begin anew; returns the round."""
    shutil.rmtree(improve.config_path(improvement).parent / "run", ignore_errors=True)
    return improve.keep(improvement.back_to("train"))


def look(
    improvement: Improvement, manifest: str, split: str, task: str, language: str, stop: StopFlag
) -> Job:
    """Reads and checks everything of the data step; mistakes are concerns, none is raised.

    Args:
        improvement: The round; its configuration is written.
        manifest: Of the test set.
        split: Of it.
        task: "detect" or "vqa".
        language: Of the words on the sheet.
        stop: Ends it.

    Yields:
        `Progress`, then one `DataLook`; nothing last when stopped.
    """

    def work(report: Callable[[Progress | DataLook], None]) -> None:
        def tell(done: int, total: int) -> None:
            report(Progress(done, total))

        report(Progress(0, 0))
        found = _look(improvement, (manifest, split, task), language, tell, stop)
        if not stop.is_set():
            report(found)

    yield from pumped(work)


def look_in_process(
    improvement: Improvement, manifest: str, split: str, task: str, language: str, stop: StopFlag
) -> Job:
    """Does the same in a process of its own; see `look`.

    Raises:
        EngineLostError: The process was lost.
    """
    process = EngineProcess()
    try:
        yield from process.run(
            "inspector_app.services.improve_data:look",
            *(improvement, manifest, split, task, language),
            stop=stop,
            silence=SLOW_SILENCE,
        )
    except EngineLostError:
        if not stop.is_set():
            raise
    finally:
        process.close()


def _look(
    improvement: Improvement, test: tuple[str, str, str], language: str, tell: Tell, stop: StopFlag
) -> DataLook:
    concerns: list[Concern] = []
    config = _config(improvement, concerns)
    frozen = None
    try:
        frozen = improve.freeze(*test)
    except BadInputError as error:
        concerns.append(Concern("error", str(error)))
    if config is None:
        return DataLook(tuple(by_rank(concerns)), frozen)
    sheet = improve.config_path(improvement).parent / "sheet.png"
    try:
        data = training_data.load(config, tell, stop)
        concerns += training_data.check_data(
            config, data, training_data.count_tokens(config), tell, stop
        )
        training_data.draw_sheet(config, data, sheet, SHEET, language)
        if frozen is not None:
            concerns += improve.overlaps(frozen, data, tell)
    except BadInputError as error:
        concerns.append(Concern("error", str(error)))
        return DataLook(tuple(by_rank(concerns)), frozen)
    return DataLook(
        tuple(by_rank(concerns)), frozen, len(data.train), len(data.validation), str(sheet)
    )


def _taken_over(improvement: Improvement) -> dict[str, object]:
    """What has to be under `lora` to go on from the adapter of now; empty for the base model.

    Raises:
        BadInputError: It is not there, or no run can go on from it.
    """
    if not improvement.current:
        return {}
    card = registry.card(improvement.base)
    folder = model_folder(card)
    adapter = adapter_store.find(card.id, improvement.current)
    if folder is None or card.kind not in TRAINABLE:
        return {"rank": adapter.rank}  # the check of the configuration says what is wrong
    start = settings_of(adapter, card.kind, folder)
    return {
        "rank": start.rank,
        "alpha": start.alpha,
        "parts": list(start.parts),
        "targets": list(start.targets),
    }


def _config(improvement: Improvement, concerns: list[Concern]) -> TrainConfig | None:
    """The configuration, made to fit this computer where a preset does not."""
    changes: dict[str, object] = {}
    if improvement.current:
        try:
            changes["lora"] = _taken_over(improvement)
        except BadInputError as error:
            concerns.append(Concern("error", str(error)))
            return None
    path = improve.write_config(improvement, changes)
    try:
        return read_config(path)
    except ConfigError as error:
        lines = error.lines or (error.what,)
        if all(line.startswith("precision:") for line in lines):
            path = improve.write_config(improvement, {**changes, "precision": "auto"})
            concerns += [Concern("note", f"Changed to auto: {line}") for line in lines]
            try:
                return read_config(path)
            except ConfigError as again:
                lines = again.lines
        concerns += [Concern("error", line) for line in lines]
        return None
