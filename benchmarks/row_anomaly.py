"""Row anomaly: milliseconds to score one image, against plain torch doing the same sums."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from images import Pixels, parts
from numpy.typing import NDArray
from timing import clocked, interleaved, make_row

from inspector_app.experts.anomaly import AnomalyExpert, AnomalySettings, MemoryBank, fit
from inspector_app.experts.backbones import FeatureExtractor, export_backbone, weights_path
from inspector_app.experts.backbones import get_spec as backbone_spec

UNIT = "ms per 256 x 256 image, one thread; baseline: eager torch, torch.cdist"
AGREE = 1e-2
Scored = tuple[float, NDArray[np.float32]]


def fitted_expert(folder: Path, count: int = 30) -> AnomalyExpert:
    """Fits a bank with the default settings on rendered images."""
    settings = AnomalySettings()
    extractor = FeatureExtractor(export_backbone(settings.backbone, folder))
    return AnomalyExpert(fit(parts(count), settings, extractor).bank, extractor)


def measure(folder: Path, quick: bool) -> list[dict[str, Any]]:
    """Measures the row."""
    import cv2
    import torch

    cv2.setNumThreads(1)
    torch.set_num_threads(1)
    expert = fitted_expert(folder, 6 if quick else 30)
    plain = plain_scorer(expert.bank)
    images = parts(8, first=500)
    valid = all(_agree(expert, plain, image) for image in images)

    def ours() -> None:
        for image in images:
            expert.score(image)

    def baseline() -> None:
        for image in images:
            plain(image)

    samples = interleaved(clocked(ours), clocked(baseline), 1 if quick else 12)
    return [make_row("anomaly", samples, UNIT, valid, 1000 / len(images))]


def plain_scorer(bank: MemoryBank) -> Callable[[Pixels], Scored]:
    """Returns `score(image) -> (score, heat)` as one would write it with torch alone.

    The backbone is that of the package `efficientnet-lite-pytorch`, run eagerly; the arithmetic is
    that of the expert with its default settings, for images of the size worked at.
    """
    import torch
    from torch.nn import functional

    settings = bank.settings
    net = PlainBackbone(settings)
    grid = settings.grid_level - settings.first_level
    model = bank.model
    entries = torch.from_numpy(model.entries)
    centre = torch.from_numpy(model.whitening.mean)
    matrix = torch.from_numpy(model.whitening.matrix)
    models = [(torch.from_numpy(m.centre), torch.from_numpy(m.matrix)) for m in model.models]
    line = torch.from_numpy(model.discriminant.weights)
    bias = float(model.discriminant.bias[0])
    weights = settings.weights()
    local_share = weights[0] / (weights[0] + weights[3])

    @torch.inference_mode()
    def score(image: Pixels) -> Scored:
        levels = [
            functional.avg_pool2d(level, 3, 1, 1, count_include_pad=False)
            for level in net.levels(net.prepared(image[None]), settings.last_level)
        ][settings.first_level :]
        size, fine = levels[grid].shape[2:], levels[0].shape[2:]
        features = torch.cat([_at(level, size) for level in levels], 1)[0].flatten(1).T
        features = (features - centre) @ matrix
        values = torch.cdist(features, entries).min(1).values
        channels = [level.shape[1] for level in levels]
        response = sum(
            _at(torch.einsum("c,nchw->nhw", part, level)[None], fine)
            for part, level in zip(line.split(channels), levels, strict=True)
        )
        response = _blurred(response + bias, 1.0)
        raw = [values.topk(_share(values, settings.top_fraction)).values.mean()]
        described = (features.mean(0), torch.log(features.std(0, correction=0) + 1e-3))
        for part, (middle, turn) in zip(described, models, strict=True):
            raw.append(((part - middle) @ turn).square().mean().sqrt())
        cells = response.flatten()
        raw.append(cells.topk(_share(cells, settings.synthetic_top)).values.mean())
        standard = (np.array([float(part) for part in raw]) - bank.part_centre) / bank.part_scale
        near = _blurred(values.reshape(1, 1, *size), settings.smoothing)
        near = (near - float(bank.part_centre[0])) / float(bank.part_scale[0])
        learnt = (response - float(bank.part_centre[3])) / float(bank.part_scale[3])
        heat = _at(local_share * _at(near, fine) + (1 - local_share) * learnt, image.shape[:2])
        return float(np.dot(weights, standard) / sum(weights)), heat[0, 0].numpy()

    return score


class PlainBackbone:
    """The backbone as its package runs it: eager torch; stands in for a `FeatureExtractor`."""

    def __init__(self, settings: AnomalySettings) -> None:
        import torch
        from efficientnet_lite_pytorch import EfficientNet

        spec = backbone_spec(settings.backbone)
        # The padding is laid out for the size given here, as it is in our own graph for any size.
        net: Any = EfficientNet.from_name(
            f"efficientnet-{settings.backbone}", image_size=settings.input_size
        )
        state = torch.load(weights_path(spec), map_location="cpu", weights_only=True)
        net.load_state_dict(state)
        self.net = net.eval()
        self.backbone = settings.backbone
        self.digest = "plain"
        stages = _stage_ends(net)
        self._ends = [stages[stage - 1] for stage in spec.levels]
        self._mean = torch.tensor(spec.mean)[:, None, None]
        self._std = torch.tensor(spec.std)[:, None, None]

    def prepared(self, images: Pixels) -> Any:
        """Turns `[N, H, W, 3]` into the network's input."""
        import torch

        return (torch.from_numpy(images).permute(0, 3, 1, 2).float() / 255 - self._mean) / self._std

    def levels(self, x: Any, last: int) -> list[Any]:
        """Feature levels up to `last`, finest first."""
        x = self.net._swish(self.net._bn0(self.net._conv_stem(x)))
        found: list[Any] = []
        for index, block in enumerate(self.net._blocks[: self._ends[last] + 1]):
            x = block(x)
            if index in self._ends:
                found.append(x)
        return found

    def normalise(self, images: Pixels) -> NDArray[np.float32]:
        """As `FeatureExtractor.normalise`."""
        return self.prepared(images).contiguous().numpy()

    def __call__(self, batch: NDArray[np.float32]) -> tuple[NDArray[np.float32], ...]:
        """As `FeatureExtractor.__call__`."""
        import torch

        with torch.inference_mode():
            return tuple(x.numpy() for x in self.levels(torch.from_numpy(batch), 3))


def _stage_ends(net: Any) -> list[int]:
    """Index of each stage's last block; the first and the last stage do not grow with depth."""
    stages = net._blocks_args
    depth = net._global_params.depth_coefficient
    ends: list[int] = []
    total = 0
    for number, stage in enumerate(stages):
        grows = 0 < number < len(stages) - 1
        total += int(np.ceil(depth * stage.num_repeat)) if grows else stage.num_repeat
        ends.append(total - 1)
    return ends


def _at(grid: Any, size: Any) -> Any:
    from torch.nn import functional

    return functional.interpolate(grid, size, mode="bilinear", align_corners=False)


def _share(values: Any, share: float) -> int:
    return max(1, round(len(values) * share))


def _blurred(grid: Any, sigma: float) -> Any:
    """Gaussian over `[1, 1, h, w]`, mirrored at the border with the edge cell repeated."""
    from torch.nn import functional

    kernel = _gaussian(sigma)
    around = kernel.shape[-1] // 2
    height, width = grid.shape[2:]
    rows, columns = _mirrored(height, around), _mirrored(width, around)
    return functional.conv2d(grid[:, :, rows][:, :, :, columns], kernel)


def _mirrored(count: int, around: int) -> list[int]:
    places = range(-around, count + around)
    return [-i - 1 if i < 0 else min(i, 2 * count - i - 1) for i in places]


@cache
def _gaussian(sigma: float) -> Any:
    import cv2
    import torch

    # The size that OpenCV chooses for float images: four sigma to each side.
    side = round(sigma * 4 * 2 + 1) | 1
    line = cv2.getGaussianKernel(side, sigma, cv2.CV_32F)
    return torch.from_numpy(np.asarray(line @ line.T, np.float32))[None, None]


def _agree(expert: AnomalyExpert, plain: Callable[[Pixels], Scored], image: Pixels) -> bool:
    judged = expert.score(image)
    score, heat = plain(image)
    near = abs(judged.score - score) <= AGREE * max(1.0, abs(score))
    worst = float(np.abs(judged.heat - heat).max())
    return near and worst <= AGREE * float(np.abs(heat).max())
