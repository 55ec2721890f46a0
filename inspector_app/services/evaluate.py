"""Evaluation of an engine and recipe on a manifest: the only source of accuracy figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from inspector_app.domain.engine import Engine, InspectRequest, StopFlag
from inspector_app.domain.errors import BadInputError, EngineError
from inspector_app.domain.events import Failed, Finished
from inspector_app.domain.heat import HeatMap
from inspector_app.domain.jobs import Progress
from inspector_app.domain.tasks import Task
from inspector_app.domain.verdicts import Verdict
from inspector_app.imaging.decode import decode
from inspector_app.learning import metrics
from inspector_app.learning.manifest import DetectSample, read_detect
from inspector_app.services.inspect import gather, run


@dataclass(frozen=True, slots=True)
class Item:
    """What the engine said of one sample.

    Attributes:
        image: Path.
        is_defect: The truth.
        score: The engine's image score; None when it failed.
        verdict: Its verdict.
        boxes: Found boxes, pixels.
        truth: True boxes, pixels; None where unknown.
        trouble: Why it failed.
        seconds: Wall time.
        defect_type: As the data set names it.
    """

    image: str
    is_defect: bool
    score: float | None
    verdict: Verdict | None
    boxes: tuple[metrics.PixelBoxF, ...]
    truth: tuple[metrics.PixelBoxF, ...] | None
    trouble: str
    seconds: float
    defect_type: str


@dataclass(frozen=True, slots=True)
class Report:
    """Result of an evaluation, ready to be written as JSON."""

    engine: str
    adapter: str
    task: str
    manifest: str
    split: str
    n: int
    metrics: dict[str, metrics.Metric]
    items: tuple[Item, ...]

    def to_json(self) -> dict[str, Any]:
        """Returns the form fixed by the command-line contract; undefined figures are null."""
        data = asdict(self)
        data["metrics"] = {
            name: {key: _number(part) for key, part in asdict(metric).items()}
            for name, metric in self.metrics.items()
        }
        for item in data["items"]:
            item["score"] = _number(item["score"])
        return data


def _number(value: float | None) -> float | None:
    return value if value is not None and np.isfinite(value) else None


def evaluate_detection(
    manifest: str,
    split: str,
    engine: Engine,
    recipe: str | None,
    stop: StopFlag,
) -> Iterator[Progress | Report]:
    """Runs the engine over one split and computes the detection metrics.

    Yields:
        `Progress` after every sample, then one `Report`. Nothing comes last when stopped.

    Raises:
        BadInputError: The manifest is broken, a recipe is missing, or no image can be read.
        EngineError: The engine failed on every sample.
    """
    if engine.capabilities.needs_recipe and recipe is None:
        raise BadInputError(
            f"The engine {engine.id} decides by a recipe, and none is given.",
            "Give one with --recipe, or make one with: inspector fit",
        )
    samples = read_detect(manifest, [split])
    items: list[Item] = []
    unreadable = 0
    heats: list[tuple[HeatMap, DetectSample]] = []
    for number, sample in enumerate(samples, 1):
        if stop.is_set():
            return
        item, heat, read = _ask(sample, engine, recipe, stop)
        items.append(item)
        unreadable += not read
        if heat is not None and sample.label_level == "mask":
            heats.append((heat, sample))
        yield Progress(number, len(samples), sample.image)
    if all(item.trouble for item in items):
        kind = BadInputError if unreadable == len(items) else EngineError
        raise kind(
            f"The engine failed on all {len(items)} images: {items[0].trouble}",
            "Check the recipe and the image paths.",
        )
    figures = _image_metrics(items) | _box_metrics(items) | _pixel_metrics(heats)
    yield Report(engine.id, "", "detect", manifest, split, len(items), figures, tuple(items))


def _ask(
    sample: DetectSample, engine: Engine, recipe: str | None, stop: StopFlag
) -> tuple[Item, HeatMap | None, bool]:
    """Returns what came of it, the heat map, and whether the image could be read."""
    images = (sample.image, sample.golden) if sample.golden else (sample.image,)
    gathered = gather(run(InspectRequest(images, Task.DETECTION, recipe=recipe), engine, stop))
    last = gathered.last
    score = verdict = None
    seconds, trouble = 0.0, ""
    boxes: tuple[metrics.PixelBoxF, ...] = ()
    if isinstance(last, Finished):
        score, verdict, seconds = last.score, last.verdict, last.seconds
        if last.boxes:
            size = decode(sample.image)
            boxes = tuple(box.box.to_pixels(size.width, size.height) for box in last.boxes)
    else:
        trouble = last.what if isinstance(last, Failed) else "stopped"
    item = Item(
        sample.image,
        sample.is_defect,
        score,
        verdict,
        boxes,
        sample.boxes,
        trouble,
        seconds,
        sample.defect_type,
    )
    return item, gathered.heat, not (isinstance(last, Failed) and last.image)


def _image_metrics(items: Sequence[Item]) -> dict[str, metrics.Metric]:
    known = [item for item in items if item.score is not None]
    if not known:
        return {}
    scores = np.array([item.score for item in known], float)
    defect = np.array([item.is_defect for item in known])
    n = len(known)
    figures = {"image_auroc": metrics.bootstrap(lambda i: metrics.auroc(scores[i], defect[i]), n)}
    if all(item.verdict is not None for item in known):
        flagged = np.array([item.verdict is not Verdict.ACCEPT for item in known])
        figures["balanced_accuracy"] = metrics.bootstrap(
            lambda i: metrics.balanced_accuracy(flagged[i], defect[i]), n
        )
        figures["false_alarm_rate"] = metrics.bootstrap(
            lambda i: metrics.false_alarm_rate(flagged[i], defect[i]), n
        )
        figures["specificity"] = metrics.bootstrap(
            lambda i: 1.0 - metrics.false_alarm_rate(flagged[i], defect[i]), n
        )
    return figures


def _box_metrics(items: Sequence[Item]) -> dict[str, metrics.Metric]:
    # Good parts count too: a box found on one is a false one.
    known = [item for item in items if item.truth is not None and not item.trouble]
    if not any(item.truth for item in known):
        return {}
    at03 = [metrics.match_boxes(item.truth or (), item.boxes, 0.3) for item in known]
    at05 = [metrics.match_boxes(item.truth or (), item.boxes, 0.5) for item in known]
    truth = np.array([match.truth for match in at03], float)
    found = np.array([match.found for match in at03], float)
    columns = {
        "iou_mean": (np.array([sum(match.best_ious) for match in at03]), truth),
        "iou_at_03": (_reached(at03, 0.3), truth),
        "iou_at_05": (_reached(at05, 0.5), truth),
        "box_recall": (np.array([match.matched for match in at03], float), truth),
        "box_precision": (np.array([match.matched for match in at03], float), found),
    }
    return {
        name: metrics.bootstrap(metrics.pooled_ratio(parts, wholes), len(known))
        for name, (parts, wholes) in columns.items()
    }


def _reached(matches: Sequence[metrics.BoxMatch], threshold: float) -> np.ndarray:
    return np.array([sum(v >= threshold for v in m.best_ious) for m in matches], float)


def _pixel_metrics(
    heats: Sequence[tuple[HeatMap, DetectSample]],
) -> dict[str, metrics.Metric]:
    if not any(sample.is_defect for _, sample in heats):
        return {}
    low = min(heat.low for heat, _ in heats)
    high = max(heat.high for heat, _ in heats)
    histograms = [_histogram(heat, sample, low, high) for heat, sample in heats]
    negative = np.stack([histogram.negative for histogram in histograms])
    positive = np.stack([histogram.positive for histogram in histograms])
    figure = metrics.bootstrap(
        lambda i: metrics.histogram_auroc(negative[i].sum(0), positive[i].sum(0)),
        len(histograms),
        rounds=300,
    )
    return {"pixel_auroc": figure}


def _histogram(
    heat: HeatMap, sample: DetectSample, low: float, high: float
) -> metrics.PixelHistogram:
    from PIL import Image

    cells = np.frombuffer(heat.cells, np.uint8).reshape(heat.height, heat.width)
    values = heat.low + cells.astype(np.float32) / 255.0 * (heat.high - heat.low)
    if sample.mask is None:
        mask = np.zeros(values.shape, bool)
    else:
        mask = decode(sample.mask).pixels[..., 0] > 127
        picture = Image.fromarray(values).resize(
            (mask.shape[1], mask.shape[0]), Image.Resampling.BILINEAR
        )
        values = np.asarray(picture)
    return metrics.PixelHistogram(values, mask, low, high)
