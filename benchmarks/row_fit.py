"""Rows fit and anomaly_memory: seconds to fit 100 images, and what scoring takes of memory."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import numpy as np
from images import Pixels, parts, variants
from row_anomaly import PlainBackbone, fitted_expert
from timing import against_target, interleaved, make_row, peak_megabytes

from inspector_app.experts.anomaly import AnomalyExpert, AnomalySettings, MemoryBank, fit
from inspector_app.experts.backbones import FeatureExtractor, export_backbone

FIT_UNIT = (
    "s for {count} images of 256 x 256, one thread; baseline: the same fit with eager torch and a "
    "coreset search over full-width features"
)
MEMORY_UNIT = "MB peak to load and score; baseline: the target of 600 MB, not a measurement"
MEMORY_TARGET = 600.0
AGREE = 0.05  # of the mean distance of unseen good patches to the bank


def measure_fit(folder: Path, quick: bool) -> list[dict[str, Any]]:
    """Measures the row fit."""
    import cv2
    import torch

    cv2.setNumThreads(1)
    torch.set_num_threads(1)
    settings = AnomalySettings()
    extractor = FeatureExtractor(export_backbone(settings.backbone, folder))
    count = 10 if quick else 100
    images = variants(parts(min(count, 20)), count)
    unseen = parts(5, first=900)
    # Without the random projection: PatchCore's search as it is written down.
    plain = replace(settings, projection=0)
    torch_backbone = cast("FeatureExtractor", PlainBackbone(settings))
    reach: dict[str, float] = {}

    def sample(name: str, used: AnomalySettings, backbone: FeatureExtractor) -> float:
        begun = time.perf_counter()
        bank = fit(list(images), used, backbone).bank
        seconds = time.perf_counter() - begun
        reach[name] = _reach(AnomalyExpert(bank, backbone), unseen)
        return seconds

    samples = interleaved(
        lambda: sample("ours", settings, extractor),
        lambda: sample("baseline", plain, torch_backbone),
        1 if quick else 2,
        warm=0,
    )
    ours, theirs = reach["ours"], reach["baseline"]
    valid = abs(ours - theirs) <= AGREE * theirs
    return [make_row("fit", samples, FIT_UNIT.format(count=count), valid)]


def _reach(expert: AnomalyExpert, images: list[Pixels]) -> float:
    return float(np.mean([expert.score(image).distances.mean() for image in images]))


def measure_memory(folder: Path, quick: bool) -> list[dict[str, Any]]:
    """Measures the row anomaly_memory, each time in a process of its own."""
    expert = fitted_expert(folder, 6 if quick else 30)
    bank, image = folder / "memory.bank.safetensors", folder / "memory.npy"
    expert.bank.save(bank)
    np.save(image, parts(1, first=700)[0])
    backbone = export_backbone(expert.bank.settings.backbone, folder)
    command = [sys.executable, __file__, str(backbone), str(bank), str(image)]
    told = [
        json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        for _ in range(1 if quick else 5)
    ]
    score = expert.score(np.load(image)).score
    valid = all(abs(one["score"] - score) < 1e-3 and not one["torch"] for one in told)
    samples = against_target([one["megabytes"] for one in told], MEMORY_TARGET)
    return [make_row("anomaly_memory", samples, MEMORY_UNIT, valid)]


def _child(backbone: str, bank: str, image: str) -> None:
    """Loads and scores, then tells its peak."""
    expert = AnomalyExpert(MemoryBank.load(Path(bank)), FeatureExtractor(Path(backbone)))
    scores = [expert.score(np.load(image)).score for _ in range(10)]
    told = {"score": scores[-1], "megabytes": peak_megabytes(), "torch": "torch" in sys.modules}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    _child(*sys.argv[1:])
