"""The data of a run: read, split into what is learned from and what is measured on, and checked."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from inspector_app.domain.engine import StopFlag
from inspector_app.domain.errors import BadInputError, EngineError
from inspector_app.domain.loading import SeenImage
from inspector_app.domain.samples import Concern, Lesson, Pick, Sample
from inspector_app.domain.training import DataSource, TrainConfig
from inspector_app.engines.files import model_folder
from inspector_app.engines.language_engine import LanguageEngine
from inspector_app.engines.registry import card, create
from inspector_app.learning import importers
from inspector_app.learning.data_checks import CountTokens, Reader, check
from inspector_app.learning.image_prints import Overlap, Tell, find_overlaps, take_prints
from inspector_app.learning.importers.rows import by_rank
from inspector_app.learning.lesson_length import token_counter
from inspector_app.learning.sample_sheet import make_sheet, write_sheet
from inspector_app.learning.templates import has_words
from inspector_app.services.seen import image_rule, is_language


@dataclass(frozen=True, slots=True)
class TrainingData:
    """The data of a run.

    Attributes:
        train: Learned from, in the order of the sources.
        validation: Measured on; empty when nothing is held back.
        concerns: What there was to say when they were read, errors first.
    """

    train: tuple[Pick, ...]
    validation: tuple[Pick, ...]
    concerns: tuple[Concern, ...]


def load(
    config: TrainConfig, tell: Tell | None = None, stop: StopFlag | None = None
) -> TrainingData:
    """Reads the data of a run.

    Args:
        config: Of the run.
        tell: Called with how many images are compared, and of how many, when some are held back.
        stop: Ends the comparison early.

    Raises:
        BadInputError: A data set is broken or empty, or all of it would be held back.
    """
    concerns: list[Concern] = []
    train = _picks(config.data, config, concerns)
    if any(source.split == "" for source in config.data):
        tested = sum(pick.sample.split == "test" for pick in train)
        if tested:
            what = "Samples of the split test are learned from; name a split to leave them out."
            concerns.append(Concern("warning", what, count=tested))
    if config.validation:
        validation = _picks(config.validation, config, concerns)
    else:
        alike: list[Overlap] = []
        if config.held_back > 0:
            images = [path for pick in train for path in pick.sample.images[:1]]
            prints = list(take_prints(images, tell, stop)[0].values())
            alike = find_overlaps(prints, prints, stop)
        train, validation = hold_back(train, config.held_back, config.seed, alike)
    return TrainingData(tuple(train), tuple(validation), tuple(by_rank(concerns)))


def check_data(
    config: TrainConfig,
    data: TrainingData,
    count: CountTokens | None = None,
    tell: Tell | None = None,
    stop: StopFlag | None = None,
) -> list[Concern]:
    """Looks at all data of a run, as its model will read them.

    Args:
        config: Of the run.
        data: What `load` gave.
        count: Counts the tokens of a lesson; None to leave lengths out.
        tell: Called with how many images are looked at, and of how many.
        stop: Ends it early.

    Returns:
        What there is to say, that of reading included; a run with an error should not begin.

    Raises:
        BadInputError: The base is no language model.
    """
    found = check(data.train, data.validation, reader_of(config, count), tell, stop)
    return by_rank([*data.concerns, *found])


def count_tokens(config: TrainConfig) -> CountTokens | None:
    """Returns what counts the tokens of a run's lessons; None where its base is not here.

    Where its tokenizer cannot be read, counting raises an `EngineError` that the check tells.
    """
    base = card(config.base)
    folder, engine = model_folder(base), create(base.id)
    if folder is None or not isinstance(engine, LanguageEngine):
        return None
    try:
        return token_counter(config, engine, folder)
    except EngineError as error:
        trouble = error

    def unknown(lesson: Lesson, seen: SeenImage | None) -> int:
        raise trouble

    return unknown


def draw_sheet(
    config: TrainConfig, data: TrainingData, path: Path, count: int = 12, language: str = "en"
) -> None:
    """Draws samples of a run as its model will see them.

    Args:
        config: Of the run.
        data: What `load` gave.
        path: A PNG or a PDF.
        count: Samples at most.
        language: Of headings.

    Raises:
        BadInputError: The name ends in something else, or no sample can be shown.
        StoreError: It cannot be written.
    """
    write_sheet(make_sheet(data.train, reader_of(config), count, language), path)


def reader_of(config: TrainConfig, count: CountTokens | None = None) -> Reader:
    """Returns how the model of a run reads lessons, from its card alone.

    Raises:
        BadInputError: The base is no language model.
    """
    base = card(config.base)
    if not is_language(base):
        raise BadInputError(
            f"{base.name} is no language model, so it cannot be fine-tuned.", "Choose another base."
        )
    rule = image_rule(base, tokens=config.image_tokens, side=config.image_side)
    return Reader(base.dialect, rule, count, config.length, config.seed)


def hold_back(
    picks: Sequence[Pick], share: float, seed: int, alike: Sequence[Overlap] = ()
) -> tuple[list[Pick], list[Pick]]:
    """Parts samples into those to learn from and those to measure on.

    All samples of one image stay together, and so do images that show the same, unless nothing
    could be held back then. Good and defective parts, and categories, are held back
    in like proportion.

    Args:
        picks: All.
        share: Of the images that is held back, 0..1.
        seed: The same seed parts the same data alike.
        alike: Images that show the same.

    Raises:
        BadInputError: Nothing would be left to learn from.
    """
    if share <= 0:
        return list(picks), []
    leaders: dict[str, str] = {}

    def leader(name: str) -> str:
        while leaders.get(name, name) != name:
            name = leaders[name]
        return name

    for each in alike:
        one, two = sorted((leader(each.first), leader(each.second)))
        leaders[two] = one
    groups: dict[str, list[int]] = defaultdict(list)
    for index, pick in enumerate(picks):
        sample = pick.sample
        groups[leader(sample.images[0]) if sample.images else sample.source].append(index)
    strata: dict[str, list[str]] = defaultdict(list)
    for name, members in groups.items():
        strata[_stratum(picks[members[0]].sample)].append(name)
    held: set[int] = set()
    owed = 0.0  # kinds with few images share what is lost by rounding
    for stratum in sorted(strata):
        names = sorted(strata[stratum])
        random.Random(f"{seed}/{stratum}").shuffle(names)
        owed += share * len(names)
        count = min(round(owed), len(names) - 1)
        owed -= count
        held.update(index for name in names[:count] for index in groups[name])
    kept = [pick for index, pick in enumerate(picks) if index not in held]
    if not held and alike:
        return hold_back(picks, share, seed)
    if not held:
        raise BadInputError(
            "There are too few images to hold some back for validation.",
            "Name a data set for validation, or set held_back to 0.",
        )
    return kept, [picks[index] for index in sorted(held)]


def _stratum(sample: Sample) -> str:
    return f"{sample.task.value}/{sample.category}/{sample.is_defect}"


def _picks(
    sources: Sequence[DataSource], config: TrainConfig, concerns: list[Concern]
) -> list[Pick]:
    even = len({source.share for source in sources}) <= 1
    picks: list[Pick] = []
    for source in sources:
        read = importers.read(source)
        concerns.extend(read.concerns)
        template = source.template or config.template
        samples = [sample for sample in read.samples if has_words(sample, template)]
        if not samples:
            raise BadInputError(
                f"The template {template} has no words for any sample of {source.path}.",
                "Choose another template.",
            )
        if len(samples) < len(read.samples):
            what = f"Samples that the template {template} has no words for were left out."
            left = len(read.samples) - len(samples)
            concerns.append(Concern("note", what, (source.path,), left))
        # A share is of the whole set, so that a large one does not drown a small one.
        share = 1.0 if even else source.share / len(samples)
        picks += [Pick(sample, template, share) for sample in samples]
    return picks
