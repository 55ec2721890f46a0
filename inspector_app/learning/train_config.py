"""The YAML file of a run -> `TrainConfig`; all mistakes are told at once, before weights load."""

from __future__ import annotations

import difflib
import os
import shutil
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from inspector_app.domain.errors import BadInputError
from inspector_app.domain.paths import RESOURCES
from inspector_app.domain.training import PARTS, DataSource, Schedule, TrainConfig
from inspector_app.engines import adapter_store, registry
from inspector_app.engines.card_files import make_id
from inspector_app.engines.files import model_folder
from inspector_app.learning.importers import FORMS
from inspector_app.learning.start_from import settings_of
from inspector_app.learning.template_files import templates
from inspector_app.learning.train_fields import TARGETS, Troubles, build
from inspector_app.learning.train_machine import TRAINABLE, choose_machine
from inspector_app.store.places import data_folder

PRESETS = RESOURCES / "presets"
_SPARE = 500_000_000  # bytes that a run may need for checkpoints and cached features, at least


class ConfigError(BadInputError):
    """A configuration that cannot be run.

    Attributes:
        lines: What is wrong, a line for each mistake: key, what, what is allowed.
    """

    def __init__(self, what: str, lines: tuple[str, ...] = ()) -> None:
        self.lines = lines
        super().__init__("\n".join((what, *(f"  {line}" for line in lines))))

    def __reduce__(self) -> Any:
        return type(self), (self.what.partition("\n")[0], self.lines), {}


def presets() -> list[str]:
    """Names of the configurations that come with the program."""
    return sorted(path.stem for path in PRESETS.glob("*.yaml"))


def read_config(path: str | Path, *, resume: bool = False) -> TrainConfig:
    """Reads and checks a configuration.

    Args:
        path: The YAML file; relative paths in it start at its folder. `preset: NAME` takes over a
            preset, and what else the file says goes before that.
        resume: A run of this name may be there already.

    Raises:
        ConfigError: Something is wrong; all of it is told, a line each.
    """
    path = Path(path).expanduser().resolve()
    data = _load(path)
    troubles = Troubles()
    preset = data.pop("preset", None)
    if preset is not None:
        data = _over(_preset(str(preset), troubles), data)
    config = build(TrainConfig, data, "", troubles)
    config = replace(
        config,
        source=str(path),
        data=_absolute(config.data, path.parent),
        validation=_absolute(config.validation, path.parent),
        out=str(_out(config, path.parent)),
    )
    _check_numbers(config, troubles)
    _check_base(config, troubles)
    _check_data(config, troubles)
    _check_place(config, troubles, resume)
    if troubles.lines:
        count = len(troubles.lines)
        some = "1 mistake" if count == 1 else f"{count} mistakes"
        raise ConfigError(f"{path.name} has {some}:", tuple(troubles.lines))
    return config


def adapter_id(config: TrainConfig) -> str:
    """Id that the adapter of a run gets."""
    return make_id(config.name, set())


def _load(path: Path) -> dict[str, Any]:
    try:
        data = yaml.safe_load(path.read_text("utf-8"))
    except FileNotFoundError:
        names = ", ".join(presets())
        raise ConfigError(
            f"There is no file {path}; write one, for instance with a line `preset: NAME` "
            f"({names})."
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"Cannot read {path}: {error}.") from error
    except yaml.YAMLError as error:
        told = " ".join(str(error).split())
        raise ConfigError(f"{path.name} is not YAML: {told}.") from error
    if not isinstance(data, dict):
        raise ConfigError(f"{path.name} holds no keys; write lines like `base: qwen2-vl-2b`.")
    return data


def _preset(name: str, troubles: Troubles) -> dict[str, Any]:
    known = presets()
    if name not in known:
        near = difflib.get_close_matches(name, known, 1)
        hint = f" (did you mean {near[0]}?)" if near else ""
        troubles.add("preset", f"there is none named {name!r}; there are {', '.join(known)}{hint}.")
        return {}
    return _load(PRESETS / f"{name}.yaml")


def _over(below: dict[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """One mapping over another; tables are joined, lists are not."""
    found = dict(below)
    for key, value in above.items():
        old = found.get(key)
        if isinstance(old, dict) and isinstance(value, dict):
            found[key] = _over(old, value)
        else:
            found[key] = value
    return found


def _absolute(sources: tuple[DataSource, ...], folder: Path) -> tuple[DataSource, ...]:
    return tuple(
        replace(
            source,
            path=str(_under(folder, source.path)) if source.path else "",
            images=str(_under(folder, source.images)) if source.images else "",
        )
        for source in sources
    )


def _under(folder: Path, name: str) -> Path:
    return (folder / Path(name).expanduser()).resolve()


def _out(config: TrainConfig, folder: Path) -> Path:
    if config.out:
        return _under(folder, config.out)
    return data_folder() / "runs" / make_id(config.name, set())


def _check_numbers(config: TrainConfig, troubles: Troubles) -> None:
    plan: Schedule = config.schedule
    if not plan.steps and not plan.epochs:
        troubles.add("schedule", "says neither steps nor epochs; write one of them.")
    for key, value in (("lowest", plan.lowest), ("start", plan.start)):
        if value > plan.rate and not troubles.has("schedule.rate"):
            troubles.add(
                f"schedule.{key}", f"{value:g} is more than the rate {plan.rate:g}; at most that."
            )
    total = plan.steps or int(plan.epochs * plan.epoch_steps)
    if total and plan.warmup >= total:
        troubles.add(
            "schedule.warmup", f"{plan.warmup} is not less than the {total} steps of the run."
        )
    if config.patience and not config.evaluate_every:
        troubles.add("patience", "needs evaluate_every: without it nothing is measured on the way.")
    if config.patience and not config.validation and not config.held_back:
        troubles.add("patience", "needs validation or held_back: there is nothing to measure on.")
    if not config.lora.parts and not troubles.has("lora.parts"):
        troubles.add("lora.parts", "is empty; allowed are language, vision, projector.")
    if not config.data and not troubles.has("data"):
        troubles.add("data", "is empty; name at least one file or folder.")
    for key in ("name", "base"):
        if not getattr(config, key).strip() and not troubles.has(key):
            troubles.add(key, "is empty.")


def _check_base(config: TrainConfig, troubles: Troubles) -> None:
    if troubles.has("base"):
        return
    cards = registry.cards()
    able = [name for name, card in cards.items() if card.kind in TRAINABLE]
    card = cards.get(config.base)
    if card is None or card.kind not in TRAINABLE:
        what = "there is no such model" if card is None else "this model cannot be fine-tuned"
        near = difflib.get_close_matches(config.base, able, 1)
        hint = f" (did you mean {near[0]}?)" if near else ""
        troubles.add("base", f"{config.base}: {what}; allowed are {', '.join(able)}{hint}.")
        return
    parts = TRAINABLE[card.kind]
    if wrong := [part for part in config.lora.parts if part not in parts]:
        troubles.add(
            "lora.parts",
            f"{', '.join(wrong)} of {card.id} cannot be learned; allowed are {', '.join(parts)}.",
        )
    if card.kind == "minigpt-v2" and config.lora.parts == ("projector",):
        troubles.add("lora.parts", "an adapter needs language layers; add language.")
    folder = model_folder(card)
    if folder is None:
        troubles.add("base", f"{card.id} is not on this computer; see: inspector models list")
        return
    for key, what in choose_machine(config, card, folder).troubles:
        if not troubles.has(key):
            troubles.add(key, what)
    if config.start_from:
        _check_start(config, card.kind, folder, troubles)


def _check_start(config: TrainConfig, kind: str, folder: Path, troubles: Troubles) -> None:
    """Other settings than those of the adapter would change what it says before the first step."""
    try:
        card = adapter_store.find(config.base, config.start_from)
        start = settings_of(card, kind, folder)
    except BadInputError as error:
        troubles.add("start_from", str(error))
        return
    ours = config.lora
    for key, own, wanted in (
        ("rank", str(ours.rank), str(start.rank)),
        ("alpha", f"{ours.alpha:g}", f"{start.alpha:g}"),
        ("parts", _listed(ours.parts, PARTS), _listed(start.parts, PARTS)),
        ("targets", _listed(ours.targets or TARGETS, TARGETS),
         _listed(start.targets or TARGETS, TARGETS)),
    ):  # fmt: skip
        unused = key == "targets" and "language" not in start.parts
        if own != wanted and not unused and not troubles.has(f"lora.{key}"):
            troubles.add(
                f"lora.{key}", f"{own} is not that of {card.id}, where it starts; write {wanted}."
            )


def _listed(names: Collection[str], order: Collection[str]) -> str:
    return f"[{', '.join(name for name in order if name in names)}]"


def _check_data(config: TrainConfig, troubles: Troubles) -> None:
    names = templates()
    if config.template not in names and not troubles.has("template"):
        troubles.add("template", _no_such(config.template, names))
    for group in ("data", "validation"):
        for number, source in enumerate(getattr(config, group)):
            key = f"{group}[{number}]"
            if not source.path:
                if not troubles.has(key):
                    troubles.add(f"{key}.path", "is empty.")
            elif not Path(source.path).exists():
                troubles.add(f"{key}.path", f"there is no {source.path}.")
            if source.form not in FORMS and not troubles.has(f"{key}.form"):
                troubles.add(f"{key}.form", _no_such(source.form, FORMS))
            if source.template and source.template not in names:
                troubles.add(f"{key}.template", _no_such(source.template, names))
            if source.images and not Path(source.images).is_dir():
                troubles.add(f"{key}.images", f"there is no folder {source.images}.")


def _no_such(name: str, known: Collection[str]) -> str:
    near = difflib.get_close_matches(name, known, 1)
    hint = f" (did you mean {near[0]}?)" if near else ""
    return f"there is no {name!r}; allowed are {', '.join(known)}{hint}."


def _check_place(config: TrainConfig, troubles: Troubles, resume: bool) -> None:
    if config.name.strip() and not resume:
        wanted = adapter_id(config)
        if any(adapter.id == wanted for adapter in adapter_store.adapters()):
            troubles.add(
                "name", f"there is an adapter {wanted} already; write another name, or remove it."
            )
    place = Path(config.out)
    if place.exists() and not place.is_dir():
        troubles.add("out", f"{place} is a file; name a folder.")
        return
    while not place.exists():
        place = place.parent
    if not os.access(place, os.W_OK):
        troubles.add("out", f"{place} cannot be written; name another folder.")
    elif (free := shutil.disk_usage(place).free) < _SPARE:
        troubles.add(
            "out", f"{free / 1e6:.0f} MB are free there; {_SPARE / 1e6:.0f} MB at least are needed."
        )
