"""The corrected loop as one page sees it: rounds that go on where they were left."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import yaml

from inspector_app.domain.errors import BadInputError
from inspector_app.domain.evaluation import Comparison, Evaluation
from inspector_app.domain.improving import (
    PROMOTED,
    ROLLED_BACK,
    EvaluateRequest,
    FrozenSet,
    Improvement,
)
from inspector_app.domain.judging import Match
from inspector_app.domain.samples import Concern
from inspector_app.domain.training import DataSource
from inspector_app.learning import importers
from inspector_app.learning.data_checks import overlap_concerns
from inspector_app.learning.manifest import read_detect, read_receipts
from inspector_app.services import judging
from inspector_app.services.evaluate import detection_hash
from inspector_app.services.evaluate_answers import answers_hash, read_questions
from inspector_app.services.evaluate_receipts import receipts_hash
from inspector_app.services.evaluations import compare, read_evaluation, write_evaluation
from inspector_app.services.run_evaluation import TASKS
from inspector_app.services.training_data import TrainingData
from inspector_app.store import improvements as store
from inspector_app.store.clock import stamp
from inspector_app.store.whole_files import write_whole

improvements = store.improvements
remove = store.remove


def begin(
    name: str, base: str, current: str, sources: Sequence[DataSource], preset: str = ""
) -> Improvement:
    """Begins a round and stores it.

    Args:
        name: Of the adapter that may come of it.
        base: Card id of the model.
        current: Adapter that answers now; empty for the base model.
        sources: What is learned from.
        preset: Name of a training preset.

    Raises:
        BadInputError: It has no name or no data.
        StoreError: It cannot be stored.
    """
    if not re.search(r"\w", name):
        raise BadInputError("The new adapter needs a name.", "Give it one.")
    if not sources:
        raise BadInputError("There is nothing to learn from.", "Choose data.")
    made = Improvement(
        uuid4().hex, name.strip(), base, current, tuple(sources), preset, created=stamp()
    )
    store.write(made)
    return made


def keep(improvement: Improvement) -> Improvement:
    """Stores a round as it is now, and returns it.

    Raises:
        StoreError: It cannot be stored.
    """
    store.write(improvement)
    return improvement


def freeze(manifest: str, split: str, task: str) -> FrozenSet:
    """Takes down what a test set is, so that any later change is noticed.

    Raises:
        BadInputError: The manifest is broken, or has nothing of this task and split.
    """
    if task not in TASKS:
        raise BadInputError(
            f"{task!r} cannot be measured here.", f"Choose one of: {', '.join(TASKS)}."
        )
    if task == "vqa":
        questions = read_questions(manifest, split)
        return FrozenSet(manifest, split, task, len(questions), answers_hash(questions))
    if task == "receipt":
        receipts = read_receipts(manifest, [split])
        return FrozenSet(manifest, split, task, len(receipts), receipts_hash(receipts))
    samples = read_detect(manifest, [split])
    return FrozenSet(manifest, split, task, len(samples), detection_hash(samples))


def is_unchanged(frozen: FrozenSet) -> bool:
    """Whether a test set is still what it was.

    Raises:
        BadInputError: It cannot be read any more.
    """
    return freeze(frozen.manifest, frozen.split, frozen.task) == frozen


def overlaps(
    frozen: FrozenSet, data: TrainingData, tell: Callable[[int, int], None] | None = None
) -> list[Concern]:
    """Warns of images that are learned from although the test set has them too.

    Args:
        frozen: The test set.
        data: Of the run.
        tell: Called with how many images were compared, and of how many.

    Raises:
        BadInputError: The test set cannot be read any more.
    """
    tested = importers.read(DataSource(frozen.manifest, split=frozen.split)).samples
    return overlap_concerns((pick.sample for pick in data.train), tested, tell)


def config_path(improvement: Improvement) -> Path:
    """Where the configuration of a round's run lies."""
    return store.folder(improvement.id) / "config.yaml"


def write_config(improvement: Improvement, changes: dict[str, object] | None = None) -> Path:
    """Writes the configuration of the round's run; `inspector train` takes the same file.

    Args:
        improvement: The round.
        changes: Keys of the configuration that differ from the preset.

    Raises:
        StoreError: It cannot be written.
    """
    path = config_path(improvement)
    data: dict[str, object] = {
        **({"preset": improvement.preset} if improvement.preset else {}),
        "name": improvement.name,
        "base": improvement.base,
        "out": str(path.parent / "run"),
        "data": [
            {key: value for key, value in (
                ("path", each.path), ("form", each.form), ("images", each.images),
                ("split", each.split), ("share", each.share), ("template", each.template),
            ) if value not in ("", 1.0)}
            for each in improvement.sources
        ],
        **({"start_from": improvement.current} if improvement.current else {}),
        **(changes or {}),
    }  # fmt: skip
    text = yaml.safe_dump(data, sort_keys=False, allow_unicode=True)
    write_whole(path, f"# inspector train {path.name}\n{text}")
    return path


def requests(improvement: Improvement) -> tuple[EvaluateRequest, EvaluateRequest]:
    """Returns what has to be measured: the adapter of now, and the new one.

    Raises:
        BadInputError: There is no test set yet, or it is no longer what it was.
    """
    frozen = improvement.frozen
    if frozen is None:
        raise BadInputError("No test set was chosen.", "Choose one in the first step.")
    if not is_unchanged(frozen):
        raise BadInputError(
            f"The test set {frozen.manifest} ({frozen.split}) is no longer what it was when it was "
            "chosen.",
            "Restore it, or choose it anew in the first step.",
        )
    first, second = (
        EvaluateRequest(frozen.manifest, frozen.split, frozen.task, improvement.base, adapter)
        for adapter in (improvement.current, improvement.adapter)
    )
    return first, second


def keep_evaluation(improvement: Improvement, found: Evaluation) -> Improvement:
    """Stores an evaluation with the round it was made for; by its adapter it is first or second."""
    which = "second" if found.adapter == improvement.adapter else "first"
    path = store.folder(improvement.id) / f"{which}.json"
    write_evaluation(found, path)
    done = replace(improvement, **{which: str(path)})
    return keep(done)


def comparison(improvement: Improvement, language: str = "en") -> Comparison:
    """Compares both evaluations of a round.

    Args:
        improvement: With both.
        language: Of what speaks against the comparison.

    Raises:
        BadInputError: One of them is missing or broken.
    """
    first, second = (
        read_evaluation(Path(path)) for path in (improvement.first, improvement.second)
    )
    return compare(first, second, language)


def begin_match(improvement: Improvement, most: int = 50) -> tuple[Improvement, Match]:
    """Makes the blind comparison of a round.

    Args:
        improvement: With both evaluations.
        most: Items at most, those that differ first.

    Raises:
        BadInputError: One of the evaluations is missing, or they have nothing in common.
    """
    match = judging.make_match(
        read_evaluation(Path(improvement.first)),
        read_evaluation(Path(improvement.second)),
        improvement.name,
        most=most,
    )
    return keep(replace(improvement, match=match.id)), match


def decide(improvement: Improvement, *, promote: bool) -> tuple[Improvement, str]:
    """Ends a round.

    Returns:
        The round, and the adapter that answers from now on: the new one, or the one before.
    """
    done = keep(replace(improvement, decision=PROMOTED if promote else ROLLED_BACK))
    return done, improvement.adapter if promote else improvement.current
