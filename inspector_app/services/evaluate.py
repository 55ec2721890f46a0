"""Evaluation of an engine on a manifest: the only source of accuracy figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np

from inspector_app.domain.engine import Engine, InspectRequest, StopFlag
from inspector_app.domain.errors import BadInputError, EngineError
from inspector_app.domain.evaluation import Evaluation, Item, PixelBoxF
from inspector_app.domain.events import Failed, Finished
from inspector_app.domain.heat import HeatMap
from inspector_app.domain.jobs import Progress
from inspector_app.domain.tasks import Task
from inspector_app.domain.verdicts import Verdict
from inspector_app.imaging.decode import decode, probe
from inspector_app.learning.data_hash import data_sha256
from inspector_app.learning.detection_figures import (
    DEFECT,
    GOOD,
    HeatTruth,
    box_figures,
    by_group,
    image_figures,
    part_figures,
    pixel_figures,
)
from inspector_app.learning.importers.places import Placer
from inspector_app.learning.importers.rows import Concerns, RowError
from inspector_app.learning.manifest import DetectSample, read_detect
from inspector_app.services.inspect import Gathered, gather, run

Job = Iterator[Progress | Evaluation]

# What turns a mask of the stored image upright, by the EXIF orientation of the image.
_UPRIGHT: dict[int, Callable[[np.ndarray], np.ndarray]] = {
    1: lambda mask: mask,
    2: np.fliplr,
    3: lambda mask: np.rot90(mask, 2),
    4: np.flipud,
    5: lambda mask: mask.T,
    6: lambda mask: np.rot90(mask, -1),
    7: lambda mask: np.rot90(mask, 2).T,
    8: np.rot90,
}


def evaluate_detection(
    manifest: str,
    split: str,
    engine: Engine,
    recipe: str | None,
    stop: StopFlag,
    adapter: str = "",
) -> Job:
    """Runs the engine over one split and computes the detection metrics.

    An engine without a verdict has decided "defect" when it found a box that it does not call good.

    Args:
        manifest: Path.
        split: Which part.
        engine: Loaded.
        recipe: To decide by, if any.
        stop: Ends it.
        adapter: To answer with, for language engines.

    Yields:
        `Progress` after every sample, then one `Evaluation`. Nothing comes last when stopped.

    Raises:
        BadInputError: The manifest is broken, a recipe is missing, or no image can be read.
        EngineError: The engine failed on every sample.
    """
    if engine.capabilities.needs_recipe and recipe is None:
        raise BadInputError(
            f"The engine {engine.id} decides by a recipe, and none is given.",
            "Give one with --recipe, or make one with: inspector fit",
        )
    if Task.DETECTION not in engine.capabilities.tasks:
        raise BadInputError(f"The engine {engine.id} cannot find defects.", "Choose another one.")
    samples = read_detect(manifest, [split])
    items: list[Item] = []
    unreadable, decided_by = 0, "verdict"
    heats: list[HeatTruth] = []
    for number, sample in enumerate(samples, 1):
        if stop.is_set():
            return
        images = (sample.image, sample.golden) if sample.golden else (sample.image,)
        request = InspectRequest(images, Task.DETECTION, recipe=recipe, adapter=adapter)
        gathered = gather(run(request, engine, stop))
        items.append(_item(sample, gathered))
        unreadable += isinstance(gathered.last, Failed) and gathered.last.image
        if isinstance(gathered.last, Finished) and gathered.last.verdict is None:
            decided_by = "boxes"
        if gathered.heat is not None and sample.label_level == "mask":
            heats.append(_heat(gathered.heat, sample))
        yield Progress(number, len(samples), sample.image)
    check_some_worked(items, unreadable)
    good = [item for item in items if item.wanted == GOOD]
    groups = by_group("category", items, part_figures) | by_group(
        "defect_type", items, lambda members: part_figures([*members, *good])
    )
    yield Evaluation(
        engine.id,
        adapter,
        "detect",
        manifest,
        split,
        image_figures(items) | box_figures(items) | pixel_figures(heats),
        tuple(items),
        groups,
        decided_by,
        detection_hash(samples),
    )


def detection_hash(samples: Sequence[DetectSample]) -> str:
    """What the samples are, images, masks and truth, as one hash."""
    return data_sha256(
        (path for sample in samples for path in (sample.image, sample.mask, sample.golden)),
        [(sample.is_defect, sample.boxes, sample.defect_type) for sample in samples],
    )


def check_some_worked(items: Sequence[Item], unreadable: int) -> None:
    """Refuses to make figures of nothing.

    Raises:
        BadInputError: No image can be read.
        EngineError: The engine failed on every item.
    """
    if all(item.trouble for item in items):
        kind = BadInputError if unreadable == len(items) else EngineError
        raise kind(
            f"The engine failed on all {len(items)} images: {items[0].trouble}",
            "Check the recipe and the image paths.",
        )


def _item(sample: DetectSample, gathered: Gathered) -> Item:
    wanted = DEFECT if sample.is_defect else GOOD
    groups = tuple(
        (name, value)
        for name, value in (
            ("category", sample.category),
            ("defect_type", sample.defect_type if sample.is_defect else ""),
        )
        if value
    )
    last = gathered.last
    if not isinstance(last, Finished):
        trouble = last.what if isinstance(last, Failed) else "stopped"
        return Item(
            sample.image, wanted, "", None, truth=sample.boxes, groups=groups, trouble=trouble
        )
    try:
        truth, size = _truth(sample)
    except RowError as error:
        return Item(sample.image, wanted, "", None, groups=groups, trouble=str(error))
    if last.verdict is not None:
        flagged = last.verdict is not Verdict.ACCEPT
    else:
        flagged = any(not _says_good(box.label) for box in last.boxes)
    given = DEFECT if flagged else GOOD
    boxes = tuple(box.box.to_pixels(*size) for box in last.boxes if not _says_good(box.label))
    return Item(
        sample.image,
        wanted,
        given,
        given == wanted,
        score=last.score,
        boxes=boxes,
        truth=truth,
        groups=groups,
        said=last.answer,
        seconds=last.seconds,
    )


def _truth(sample: DetectSample) -> tuple[tuple[PixelBoxF, ...] | None, tuple[int, int]]:
    """True boxes in pixels of the upright image, and its size; the manifest has stored pixels.

    Raises:
        RowError: A box has no place in the image.
    """
    info = probe(sample.image)
    size = (info.width, info.height)
    if sample.boxes is None:
        return None, size
    placer = Placer(Concerns())
    frame = placer.frame(Path(sample.image), sample.size)
    boxes = (placer.box(box, frame, sample.image) for box in sample.boxes)
    return tuple(box.to_pixels(*size) for box in boxes), size


def _says_good(label: str) -> bool:
    """Whether a box is about a good part, as models tuned on "<p>nut-good</p>" write it."""
    return label.casefold().replace("_", "-").rsplit("-", 1)[-1].strip() in (GOOD, "tốt")


def _heat(heat: HeatMap, sample: DetectSample) -> HeatTruth:
    if sample.mask is None:
        return HeatTruth(heat, None)
    mask = decode(sample.mask).pixels[..., 0] > 127
    return HeatTruth(heat, _UPRIGHT[probe(sample.image).orientation](mask))
