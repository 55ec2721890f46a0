"""What a person should know of data before a run: looked at as the model will learn from them."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from inspector_app.domain.engine import StopFlag
from inspector_app.domain.errors import ImageError, InspectorError
from inspector_app.domain.loading import SeenImage
from inspector_app.domain.samples import Concern, Lesson, Pick, Sample
from inspector_app.domain.tasks import Task
from inspector_app.imaging.decode import probe
from inspector_app.imaging.image_rule import ImageRule
from inspector_app.learning.box_answers import boxes_text, read_boxes
from inspector_app.learning.image_prints import Print, Tell, find_overlaps, take_prints
from inspector_app.learning.importers.rows import Concerns
from inspector_app.learning.templates import lesson_rng, make_lesson

CountTokens = Callable[[Lesson, SeenImage | None], int]
_BLURRED = 0.5  # overlap with itself below which the model's grid has moved a box
_RARE = 0.1  # share below which a class is rare
_COMMON = 0.8  # share above which one answer hides all others
_LEAST = 10  # samples, before shares say anything
_LABELS = 12  # named in a note
_SHARED = (
    "Images that are learned from are measured on too, the same or almost: "
    "the validation loss says too little."
)


@dataclass(frozen=True, slots=True)
class Reader:
    """How a model reads lessons.

    Attributes:
        dialect: How it writes boxes.
        rule: How its pictures are made.
        count: Counts the tokens of a lesson, its images included; None to leave lengths out.
        length: Tokens that a lesson may have; 0 for any number.
        seed: Of the run, for the wordings.
    """

    dialect: str
    rule: ImageRule
    count: CountTokens | None = None
    length: int = 0
    seed: int = 42


def check(
    train: Sequence[Pick],
    validation: Sequence[Pick],
    reader: Reader,
    tell: Tell | None = None,
    stop: StopFlag | None = None,
) -> list[Concern]:
    """Looks at everything that a run will learn from and be measured on.

    Args:
        train: Learned from.
        validation: Measured on.
        reader: How the model reads them.
        tell: Called with how many images are looked at, and of how many.
        stop: Ends it early, with nothing found.

    Returns:
        Errors first; a run with one should not begin.
    """
    concerns = Concerns()
    picks = [*train, *validation]
    prints, troubles = take_prints(_images(picks), tell, stop)
    if stop is not None and stop.is_set():
        return []
    for pick in picks:
        _broken_images(pick.sample, troubles, concerns)
    lengths = [_lesson(pick, reader, troubles, concerns) for pick in picks]
    fits = any(0 < length <= reader.length for length in lengths[: len(train)])
    _tell_lengths([length for length in lengths if length], reader, concerns, fits=fits)
    _twice(train, concerns)
    _tell_overlaps(train, validation, prints, concerns, stop)
    _balance([pick.sample for pick in train], concerns)
    return list(concerns.listed())


def seen_of(sample: Sample, rule: ImageRule) -> SeenImage | None:
    """Returns what a model sees of a sample's first image; None for text alone.

    Raises:
        ImageError: It cannot be read, or is too thin for the model.
    """
    if not sample.images:
        return None
    info = probe(sample.images[0])
    return rule.seen(info.width, info.height)


def overlap_concerns(
    train: Iterable[Sample], test: Iterable[Sample], tell: Tell | None = None
) -> list[Concern]:
    """Returns a warning when images that are learned from are in a test set too."""
    concerns = Concerns()
    ours = take_prints(_sample_images(train), tell)[0]
    theirs = take_prints(_sample_images(test), tell)[0]
    what = "Images of the training data are {} the test set: figures on it say too much."
    for path in sorted(ours.keys() & theirs.keys()):
        concerns.add(what.format("in"), path, "warning")
    for each in find_overlaps(list(ours.values()), list(theirs.values())):
        how = "in" if each.exact else "almost unchanged in"
        concerns.add(what.format(how), f"{each.first} = {each.second}", "warning")
    return list(concerns.listed())


def _images(picks: Iterable[Pick]) -> list[str]:
    return _sample_images(pick.sample for pick in picks)


def _sample_images(samples: Iterable[Sample]) -> list[str]:
    return list(dict.fromkeys(path for sample in samples for path in sample.images))


def _broken_images(sample: Sample, troubles: dict[str, str], concerns: Concerns) -> None:
    for path in sample.images:
        if path in troubles:
            concerns.add("Images cannot be read.", f"{sample.source}: {troubles[path]}")


def _lesson(pick: Pick, reader: Reader, troubles: dict[str, str], concerns: Concerns) -> int:
    """Makes a sample's lesson and looks at it; returns its tokens, 0 where they are not known."""
    sample = pick.sample
    if any(path in troubles for path in sample.images):
        return 0
    try:
        seen = seen_of(sample, reader.rule)
        rng = lesson_rng(reader.seed, 0, sample)
        lesson = make_lesson(sample, pick.template, reader.dialect, seen, rng)
    except ImageError as error:
        concerns.add("Images have a shape that the model cannot see.", f"{sample.source}: {error}")
        return 0
    except InspectorError as error:
        concerns.add(str(error), sample.source)
        return 0
    if not all(answer.strip() for _, answer in lesson.turns):
        concerns.add("Answers are empty.", sample.source)
    if seen is not None and sample.located:
        _round_trip(sample, reader.dialect, seen, concerns)
    try:
        return reader.count(lesson, seen) if reader.count is not None else 0
    except InspectorError as error:  # the run leaves it out
        concerns.add(str(error), sample.source, "warning")
        return 0


def _round_trip(sample: Sample, dialect: str, seen: SeenImage, concerns: Concerns) -> None:
    """Writes each box as the model would and reads it again."""
    for found in sample.located or ():
        read = read_boxes(boxes_text((found,), dialect, seen), dialect, seen)
        if not read:
            concerns.add("Boxes are lost when they are written for this model.", sample.source)
        elif read[0].box.iou(found.box) < _BLURRED:
            concerns.add(
                "Boxes are so small that the grid of this model moves them; "
                "cut the images into tiles, or do not expect these places to be met.",
                sample.source,
                "warning",
            )


def _tell_lengths(
    lengths: Sequence[int], reader: Reader, concerns: Concerns, *, fits: bool
) -> None:
    if not lengths:
        return
    middle = round(statistics.median(lengths))
    concerns.add(
        f"A lesson has {middle} tokens in the middle and {max(lengths)} at most.",
        severity="note",
        count=len(lengths),
    )
    longer = sum(length > reader.length for length in lengths) if reader.length else 0
    if longer:
        concerns.add(
            f"Lessons of more than {reader.length} tokens are left out; "
            "allow more, or show the images smaller.",
            severity="warning" if fits else "error",
            count=longer,
        )


def _twice(picks: Sequence[Pick], concerns: Concerns) -> None:
    answers: dict[tuple[object, ...], Sample] = {}
    for sample in (pick.sample for pick in picks):
        if not sample.images:
            continue
        key = (sample.images, sample.task, sample.question, sample.explanations)
        before = answers.setdefault(key, sample)
        if before is sample:
            continue
        same = (before.answers, before.located, before.is_defect, before.fields) == (
            sample.answers, sample.located, sample.is_defect, sample.fields,
        )  # fmt: skip
        what = "Samples come twice." if same else "The same question has two different answers."
        concerns.add(what, f"{before.source}, {sample.source}", "warning")


def _tell_overlaps(
    train: Sequence[Pick],
    validation: Sequence[Pick],
    prints: dict[str, Print],
    concerns: Concerns,
    stop: StopFlag | None,
) -> None:
    ours, theirs = set(_images(train)), set(_images(validation))
    for path in sorted(ours & theirs):
        concerns.add(_SHARED, path, "warning")
    both = [[prints[path] for path in sorted(side) if path in prints] for side in (ours, theirs)]
    for each in find_overlaps(both[0], both[1], stop):
        if each.second not in ours:
            concerns.add(_SHARED, f"{each.first} = {each.second}", "warning")


def _balance(samples: Sequence[Sample], concerns: Concerns) -> None:
    parts = [sample for sample in samples if sample.task is Task.DETECTION]
    states = Counter(sample.is_defect for sample in parts)
    defect, good = states[True], states[False]
    if defect or good:
        concerns.add(
            f"{good} good parts, {defect} with defects.", severity="note", count=len(parts)
        )
    if len(parts) >= _LEAST and defect + good == len(parts):
        if not good:
            what = "There is no good part among them: a model learns to see a defect everywhere."
            concerns.add(what, severity="warning", count=len(parts))
        elif not defect:
            what = "There is no defect among them: a model learns to see none."
            concerns.add(what, severity="warning", count=len(parts))
        elif min(defect, good) < _RARE * len(parts):
            rare = "defects" if defect < good else "good parts"
            what = f"There are few {rare}; give that data set a larger share."
            concerns.add(what, severity="warning", count=min(defect, good))
    labels = Counter(found.label for sample in parts for found in sample.located or ())
    if labels:
        named = ", ".join(f"{label} {count}" for label, count in labels.most_common(_LABELS))
        more = f" and {len(labels) - _LABELS} more labels" if len(labels) > _LABELS else ""
        concerns.add(f"Boxes: {named}{more}.", severity="note", count=labels.total())
    unplaced = sum(sample.located is None for sample in parts)
    if unplaced:
        what = "Defects whose place is not known teach yes or no alone."
        concerns.add(what, severity="note", count=unplaced)
    asked = [sample for sample in samples if sample.task is Task.VQA and sample.answers]
    if len(asked) >= _LEAST:
        answer, count = Counter(sample.answers[0] for sample in asked).most_common(1)[0]
        if count > _COMMON * len(asked):
            what = f"{count} of {len(asked)} questions have the answer {answer!r}."
            concerns.add(what, severity="warning", count=count)
