"""Comparison of a part image with its golden image: heat map, boxes and one score.

The steps are: registration, matching of the brightness, tolerant difference (see
``inspector_app.experts.difference``), a little smoothing, hysteresis threshold, blobs, merging
and a margin around each box. Everything is measured in the frame of the part image.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Final

import numpy as np
from numpy.typing import NDArray

from inspector_app.experts.difference import (
    BRIGHTNESS_MODES,
    Bytes,
    FloatImage,
    Region,
    find_regions,
    match_brightness,
    noise_level,
    tolerant_difference,
)
from inspector_app.experts.local_alignment import local_shift, shifted
from inspector_app.experts.registration import (
    Registration,
    RegistrationSettings,
    register,
    warp,
)
from inspector_app.experts.registration_steps import resize_matrix

_ABSENT: Final = object()
_SMALLEST_TOLERANCE: Final = 1.5  # pixels of the reduced images: reducing itself blurs edges


@dataclass(frozen=True, slots=True)
class ComparisonSettings:
    """Settings of the comparison, flat so that a recipe can hold them in one TOML table.

    Lengths and areas are in pixels of the part image. Grey levels run from 0 to 255.

    Attributes:
        registration_method: see ``RegistrationSettings.method``.
        registration_model: see ``RegistrationSettings.model``.
        registration_max_side_px: see ``RegistrationSettings.max_side_px``.
        registration_min_quality: see ``RegistrationSettings.min_quality``.
        brightness: "none", "global" (gain and offset) or "local" (also slow changes).
        max_side_px: longest side compared at; larger images are reduced to it.
        tolerance_px: how far an edge may lie off without being a difference.
        local_window_px: window (standard deviation) of the local alignment, clearly larger than
            the defects (see ``inspector_app.experts.local_alignment``).
        local_limit_px: how far the local alignment may move a place (0: no local alignment).
        search_px: how far a place may lie off as a whole, after registration.
        search_window_px: side of the window that one such shift must explain.
        smooth_px: standard deviation of the Gaussian that smooths the difference (0: none).
        contrast: smoothed difference, in grey levels, that starts a region.
        contrast_low: share (0 to 1) of ``contrast`` at which a region ends.
        noise_sigmas: ``contrast`` is raised to this many standard deviations of the noise.
        min_area_px: smallest differing area kept, in square pixels.
        min_score_px: smallest region score kept, in square pixels of full contrast.
        merge_px: gap up to which differing areas become one region.
        box_margin_px: margin added on each side of a box.
        border_px: frame of the image that is not compared.
    """

    registration_method: str = "auto"
    registration_model: str = "affine"
    registration_max_side_px: int = 640
    registration_min_quality: float = 0.35
    brightness: str = "global"
    max_side_px: int = 2048
    tolerance_px: float = 2.0
    local_window_px: float = 16.0
    local_limit_px: float = 4.0
    search_px: float = 1.0
    search_window_px: float = 25.0
    smooth_px: float = 1.0
    contrast: float = 40.0
    contrast_low: float = 0.5
    noise_sigmas: float = 4.0
    min_area_px: float = 8.0
    min_score_px: float = 4.0
    merge_px: float = 6.0
    box_margin_px: float = 4.0
    border_px: float = 2.0

    def __post_init__(self) -> None:
        """Check the values.

        Raises:
            ValueError: a value is unknown or outside its range.
        """
        self.registration()
        if self.brightness not in BRIGHTNESS_MODES:
            raise ValueError(f"brightness must be one of {BRIGHTNESS_MODES}")
        if self.max_side_px < 32:
            raise ValueError("max_side_px must be at least 32")
        for name, most in _LIMITS.items():
            if not 0.0 <= getattr(self, name) <= most:
                raise ValueError(f"{name} must lie between 0 and {most:g}")
        if self.contrast < 1.0:
            raise ValueError("contrast must be at least 1")
        if self.contrast_low <= 0.0:
            raise ValueError("contrast_low must be above 0")

    def registration(self) -> RegistrationSettings:
        """Return the settings of the registration.

        Raises:
            ValueError: one of them is unknown or outside its range.
        """
        return RegistrationSettings(
            method=self.registration_method,
            model=self.registration_model,
            max_side_px=self.registration_max_side_px,
            min_quality=self.registration_min_quality,
        )

    def to_dict(self) -> dict[str, str | int | float]:
        """Return the settings as a flat dictionary that TOML can hold."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: Mapping[str, object]) -> ComparisonSettings:
        """Read settings from a flat dictionary; absent keys keep their defaults.

        Raises:
            ValueError: a key is unknown, or a value has the wrong type or range.
        """
        known = {field.name: field.default for field in fields(cls)}
        unknown = sorted(str(key) for key in values if key not in known)
        if unknown:
            raise ValueError(f"unknown comparison setting(s): {', '.join(unknown)}")
        read: dict[str, str | int | float] = {}
        for name, default in known.items():
            value = values.get(name, _ABSENT)
            if value is _ABSENT:
                continue
            read[name] = _typed(name, value, default)
        return cls(**read)  # type: ignore[arg-type]


_LIMITS: Final[Mapping[str, float]] = {
    "tolerance_px": 16.0,
    "local_window_px": 512.0,
    "local_limit_px": 32.0,
    "search_px": 8.0,
    "search_window_px": 512.0,
    "smooth_px": 32.0,
    "contrast": 255.0,
    "contrast_low": 1.0,
    "noise_sigmas": 50.0,
    "min_area_px": 1e9,
    "min_score_px": 1e9,
    "merge_px": 512.0,
    "box_margin_px": 1024.0,
    "border_px": 4096.0,
}


def _typed(name: str, value: object, default: object) -> str | int | float:
    """Return a value in the type of its default.

    Raises:
        ValueError: the value is of another type.
    """
    if isinstance(default, str) and isinstance(value, str):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if isinstance(default, float):
            return float(value)
        if isinstance(default, int) and float(value).is_integer():
            return int(value)
    wanted = {str: "text", int: "a whole number"}.get(type(default), "a number")
    raise ValueError(f"comparison setting {name} must be {wanted}, not {value!r}")


@dataclass(frozen=True, slots=True, eq=False)
class ComparisonResult:
    """What a comparison found.

    Attributes:
        score: sum of the region scores: the differing area, each pixel weighted by its
            difference (1 = black against white), in square pixels of the part image; 0 where
            nothing was reported. It grows with the size and the contrast of the defects; it is
            no probability.
        heat: float32 [H, W] at the size of the part image: the smoothed tolerant difference, 0
            (none) to 1 (black against white); 0 where the golden image does not reach.
        regions: ((x1, y1, x2, y2), score, area) for each region, the highest score first; the
            box in pixels of the part image (x2, y2 outside), score and area in square pixels.
        registration: how the image was registered, with its quality and note.
        compared: share (0 to 1) of the part image that was compared.
    """

    score: float
    heat: FloatImage
    regions: tuple[tuple[tuple[float, float, float, float], float, float], ...]
    registration: Registration
    compared: float

    @property
    def note(self) -> str:
        """Return the note of the registration (empty where all is well)."""
        return self.registration.note


def compare(
    image: Bytes,
    golden: Bytes,
    settings: ComparisonSettings | None = None,
) -> ComparisonResult:
    """Compare a part image with its golden image.

    Args:
        image: uint8 [H, W, 3] RGB (also [H, W], [H, W, 1] or [H, W, 4]), the part.
        golden: uint8, likewise, the known good part; its size may differ.
        settings: the defaults where None.

    Returns:
        Score, heat map, regions and registration. Where the registration failed the images are
        compared as they lie and the note says so: the regions then mean little.

    Raises:
        ValueError: one of the arrays is not a uint8 image.
    """
    import cv2

    chosen = settings or ComparisonSettings()
    image, golden = _channels(image, golden)
    height, width = image.shape[:2]
    found = register(image, golden, chosen.registration())
    factor = min(1.0, chosen.max_side_px / max(height, width))
    size = (max(1, round(width * factor)), max(1, round(height * factor)))
    image_scale = resize_matrix(size[0] / width, size[1] / height)
    small = _reduced(image, size)
    golden_width, golden_height = golden.shape[1], golden.shape[0]
    golden_size = (max(1, round(golden_width * factor)), max(1, round(golden_height * factor)))
    golden_scale = resize_matrix(golden_size[0] / golden_width, golden_size[1] / golden_height)
    to_golden = golden_scale @ found.matrix @ np.linalg.inv(image_scale)
    to_image = np.asarray(np.linalg.inv(to_golden), np.float64)
    backward = Registration(to_image, found.method, found.quality)
    known, valid = warp(_reduced(golden, golden_size), backward, (size[1], size[0]))
    known = known.reshape(small.shape)
    valid = _inner(valid, chosen.border_px * factor)
    known = match_brightness(small, known, valid, chosen.brightness)
    if found.method != "none" or found.quality >= chosen.registration_min_quality:
        known = _locally_aligned(small, known, valid, chosen, factor)
    excess = tolerant_difference(
        small,
        known,
        max(chosen.tolerance_px * factor, min(chosen.tolerance_px, _SMALLEST_TOLERANCE)),
        max(chosen.search_px * factor, min(chosen.search_px, 1.0)),
        chosen.search_window_px * factor,
    )
    heat = np.where(valid, excess, 0).astype(np.float32) / np.float32(255.0)
    if chosen.smooth_px * factor > 0.05:
        heat = np.asarray(cv2.GaussianBlur(heat, (0, 0), chosen.smooth_px * factor), np.float32)
        heat[~valid] = 0.0
    noise = noise_level(small, known, valid)
    high = max(chosen.contrast, min(255.0, chosen.noise_sigmas * noise)) / 255.0
    per_pixel = (width / size[0]) * (height / size[1])
    regions = find_regions(
        heat,
        high * chosen.contrast_low,
        high,
        chosen.min_area_px / per_pixel,
        chosen.merge_px * factor,
    )
    placed = tuple(
        (
            _placed(region, (width / size[0], height / size[1]), chosen.box_margin_px, image),
            region.score * per_pixel,
            region.area * per_pixel,
        )
        for region in regions
        if region.score * per_pixel >= chosen.min_score_px
    )
    if size != (width, height):
        heat = np.asarray(
            cv2.resize(heat, (width, height), interpolation=cv2.INTER_LINEAR), np.float32
        )
    total = float(sum(region[1] for region in placed))
    return ComparisonResult(total, heat, placed, found, float(valid.mean()))


def _locally_aligned(
    image: Bytes,
    golden: Bytes,
    valid: NDArray[np.bool_],
    settings: ComparisonSettings,
    factor: float,
) -> Bytes:
    """Return the golden image after local alignment, where the settings ask for it."""
    window = max(settings.local_window_px * factor, min(settings.local_window_px, 8.0))
    limit = settings.local_limit_px * factor
    if limit <= 0.0 or window < 1.0 or min(valid.shape) < 16:
        return golden
    return shifted(golden, local_shift(image, golden, valid, window, limit))


def _channels(image: Bytes, golden: Bytes) -> tuple[Bytes, Bytes]:
    """Return both images as [H, W, C] with the same C, 1 where both are grey, else 3.

    Raises:
        ValueError: one of the arrays is not a uint8 image.
    """
    pair = []
    for array in (image, golden):
        if array.dtype != np.uint8 or array.ndim not in (2, 3) or 0 in array.shape:
            raise ValueError(f"not a uint8 image: {array.dtype} array of shape {array.shape}")
        planes = array[:, :, None] if array.ndim == 2 else array
        if planes.shape[2] not in (1, 3, 4):
            raise ValueError(f"an image has 1, 3 or 4 channels, not {planes.shape[2]}")
        planes = planes[:, :, :3]
        first = planes[:, :, :1]
        pair.append(first if bool(np.all(planes == first)) else planes)
    if pair[0].shape[2] != pair[1].shape[2]:
        pair = [np.repeat(p, 3, axis=2) if p.shape[2] == 1 else p for p in pair]
    return np.ascontiguousarray(pair[0]), np.ascontiguousarray(pair[1])


def _reduced(image: Bytes, size: tuple[int, int]) -> Bytes:
    """Return an image at a (width, height), kept [H, W, C]."""
    import cv2

    if image.shape[1::-1] == size:
        return image
    small = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.uint8).reshape(size[1], size[0], image.shape[2])


def _inner(valid: NDArray[np.bool_], border: float) -> NDArray[np.bool_]:
    """Take a border off a mask: off the image's own frame, and off the moved golden frame."""
    import cv2

    reach = int(np.ceil(border))
    if reach == 0 or min(valid.shape) <= 4 * reach:
        return valid
    side = 2 * reach + 1
    padded = cv2.copyMakeBorder(
        valid.astype(np.uint8), reach, reach, reach, reach, cv2.BORDER_CONSTANT, value=0
    )
    eroded = cv2.erode(padded, np.ones((side, side), np.uint8))
    return eroded[reach:-reach, reach:-reach] > 0


def _placed(
    region: Region, scale: tuple[float, float], margin: float, image: Bytes
) -> tuple[float, float, float, float]:
    """Return the box of a region in pixels of the part image, with its margin, clipped."""
    x1, y1, x2, y2 = region.box
    return (
        max(0.0, x1 * scale[0] - margin),
        max(0.0, y1 * scale[1] - margin),
        min(float(image.shape[1]), x2 * scale[0] + margin),
        min(float(image.shape[0]), y2 * scale[1] + margin),
    )
