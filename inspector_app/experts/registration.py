"""Registration of a part image to its golden image (a known good image of the same position).

The chain is: phase correlation (Kuglin and Hines, 1975) for a shift, a coarse-to-fine refinement
that maximises the enhanced correlation coefficient (ECC; Evangelidis and Psarakis, IEEE TPAMI
2008), and, where that does not reach a good quality, ORB and then SIFT key points matched and
fitted robustly (RANSAC), refined with ECC again. Every candidate is judged by one figure, the
correlation of the aligned images after removal of slow brightness changes, and the best candidate
wins. Where no candidate is good enough the images are left as they are and the note says so.

Pixel coordinates follow OpenCV: the centre of the first pixel is (0, 0). OpenCV is imported inside
the functions, so that importing this module stays cheap.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from inspector_app.experts.registration_steps import (
    SMALLEST_SIDE,
    Matrix,
    Scene,
    ecc,
    key_points,
    phase,
)

METHODS: Final = ("auto", "none", "phase", "ecc", "features")
MODELS: Final = ("translation", "euclidean", "affine", "homography")
_SIMPLER_BONUS: Final = 0.003


@dataclass(frozen=True, slots=True)
class RegistrationSettings:
    """Settings of the registration.

    Attributes:
        method: "auto" (all steps as needed), "none" (no registration), "phase" (shift only),
            "ecc" (phase correlation, then ECC) or "features" (key points, then ECC).
        model: the most general movement that ECC and key points may estimate: "translation",
            "euclidean" (shift and turn), "affine" or "homography".
        max_side_px: longest side, in pixels, of the reduced golden image used to register.
        good_quality: quality (0 to 1) from which "auto" stops looking for a better candidate.
        min_quality: quality (0 to 1) below which registration counts as failed.
        min_overlap: smallest part (0 to 1) of the golden image that the moved image must cover.
        max_scale: largest change of size accepted, as a factor (1.25 accepts 0.8 to 1.25).
        max_rotation_deg: largest turn accepted, in degrees.
    """

    method: str = "auto"
    model: str = "affine"
    max_side_px: int = 640
    good_quality: float = 0.8
    min_quality: float = 0.35
    min_overlap: float = 0.5
    max_scale: float = 1.25
    max_rotation_deg: float = 180.0

    def __post_init__(self) -> None:
        """Check the values.

        Raises:
            ValueError: a value is unknown or outside its range.
        """
        if self.method not in METHODS:
            raise ValueError(f"registration method must be one of {METHODS}, not {self.method!r}")
        if self.model not in MODELS:
            raise ValueError(f"registration model must be one of {MODELS}, not {self.model!r}")
        if self.max_side_px < 32:
            raise ValueError("registration max_side_px must be at least 32")
        for name in ("good_quality", "min_quality", "min_overlap"):
            if not 0.0 <= getattr(self, name) <= 1.0:
                raise ValueError(f"registration {name} must lie between 0 and 1")
        if self.max_scale < 1.0 or self.max_rotation_deg < 0.0:
            raise ValueError("registration max_scale must be >= 1 and max_rotation_deg >= 0")


@dataclass(frozen=True, slots=True, eq=False)
class Registration:
    """How image pixels map to golden pixels.

    Attributes:
        matrix: float64 [3, 3], maps (x, y, 1) in the image to the golden image, in pixels.
        method: the winning step: "none", "phase", "ecc", "orb" or "sift" (with "+ecc").
        quality: correlation of the aligned images, 0 (unrelated) to 1 (the same).
        note: empty, or one sentence that an operator should read.
    """

    matrix: Matrix
    method: str
    quality: float
    note: str = ""

    def inverse(self) -> Registration:
        """Return the registration that maps golden pixels to image pixels."""
        back = np.linalg.inv(self.matrix).astype(np.float64)
        return Registration(back, self.method, self.quality, self.note)


@dataclass(frozen=True, slots=True)
class _Candidate:
    matrix: Matrix
    method: str
    quality: float


def warp(
    image: NDArray[np.uint8],
    registration: Registration,
    shape: tuple[int, int],
) -> tuple[NDArray[np.uint8], NDArray[np.bool_]]:
    """Move an image into the other image's frame.

    Args:
        image: uint8 [H, W] or [H, W, C].
        registration: maps pixels of ``image`` to pixels of the result (see
            ``Registration.inverse`` to move a golden image into the frame of the part image).
        shape: (height, width) of the result, in pixels.

    Returns:
        The moved image, uint8 [height, width(, C)], border pixels repeated where there is no
        data, and the mask bool [height, width] of the pixels that ``image`` really covers.
    """
    import cv2

    height, width = shape
    size = (int(width), int(height))
    if np.array_equal(registration.matrix, np.eye(3)) and image.shape[:2] == (height, width):
        return image.copy(), np.ones((height, width), np.bool_)
    moved = cv2.warpPerspective(
        image,
        registration.matrix,
        size,
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return np.asarray(moved, np.uint8), _covered(image.shape[:2], registration.matrix, shape)


def _covered(source: tuple[int, ...], matrix: Matrix, shape: tuple[int, int]) -> NDArray[np.bool_]:
    """Return which pixels of a frame [H, W] come from inside the source [H, W]."""
    inverse = np.linalg.inv(matrix)
    xs = np.arange(shape[1], dtype=np.float32)[None, :]
    ys = np.arange(shape[0], dtype=np.float32)[:, None]
    a, b, c = inverse.astype(np.float32)
    depth = c[0] * xs + c[1] * ys + c[2]
    depth = np.where(np.abs(depth) < 1e-9, np.float32(1e-9), depth)
    source_x = (a[0] * xs + a[1] * ys + a[2]) / depth
    source_y = (b[0] * xs + b[1] * ys + b[2]) / depth
    slack = 0.01
    inside = (source_x >= -slack) & (source_x <= source[1] - 1 + slack)
    inside &= (source_y >= -slack) & (source_y <= source[0] - 1 + slack) & (depth > 0)
    return np.asarray(inside, np.bool_)


def register(
    image: NDArray[np.uint8],
    golden: NDArray[np.uint8],
    settings: RegistrationSettings | None = None,
) -> Registration:
    """Find how a part image maps to its golden image.

    Args:
        image: uint8 [H, W] or [H, W, C], the part.
        golden: uint8 [H, W] or [H, W, C], the known good part; its size may differ. Where the
            proportions are equal the sizes are taken as another resolution of the same view,
            otherwise as another crop at the same resolution.
        settings: limits and method; the defaults where None.

    Returns:
        The best mapping. Where the quality stays below ``min_quality`` the mapping is the plain
        one (identity, or the ratio of the sizes), ``method`` is "none" and ``note`` says so.

    Raises:
        ValueError: one of the arrays is not an image.
    """
    chosen = settings or RegistrationSettings()
    scene = Scene(image, golden, chosen.max_side_px)
    sizes = "" if scene.same_size else "image and golden image differ in size"
    plain_quality = scene.quality(np.eye(3), 0.0)
    plain = _Candidate(np.eye(3), "none", plain_quality)
    if chosen.method == "none":
        return Registration(scene.full(plain.matrix), "none", plain_quality, sizes)
    if min(scene.golden.shape) < SMALLEST_SIDE or scene.flat():
        reason = "too small" if min(scene.golden.shape) < SMALLEST_SIDE else "too plain"
        note = _joined(sizes, f"image or golden image is {reason} to register; compared as it lies")
        return Registration(scene.full(plain.matrix), "none", plain_quality, note)
    best = _search(scene, plain, chosen)
    if best.quality >= chosen.min_quality:
        return Registration(scene.full(best.matrix), best.method, best.quality, sizes)
    note = (
        f"registration failed: the image does not fit the golden image (quality "
        f"{best.quality:.2f} below {chosen.min_quality:.2f}); compared as it lies"
    )
    return Registration(scene.full(plain.matrix), "none", best.quality, _joined(sizes, note))


def _joined(*notes: str) -> str:
    """Join the notes that are not empty."""
    return "; ".join(note for note in notes if note)


def _search(scene: Scene, plain: _Candidate, settings: RegistrationSettings) -> _Candidate:
    """Try the steps that the settings allow and return the best candidate."""
    best = plain

    def sound(matrix: Matrix | None) -> bool:
        return matrix is not None and scene.plausible(
            matrix, settings.max_scale, settings.max_rotation_deg
        )

    def offer(matrix: Matrix | None, method: str) -> None:
        nonlocal best
        if matrix is None or not sound(matrix):
            return
        quality = scene.quality(matrix, settings.min_overlap)
        bonus = _SIMPLER_BONUS if best.method in ("none", "phase") else 0.0
        if quality > best.quality + bonus:
            best = _Candidate(matrix, method, quality)

    if settings.method in ("auto", "phase", "ecc"):
        offer(phase(scene), "phase")
    if settings.method in ("auto", "ecc"):
        offer(ecc(scene, best.matrix, settings.model), f"{best.method}+ecc")
    if settings.method == "features" or (
        settings.method == "auto" and best.quality < settings.good_quality
    ):
        for kind in ("orb", "sift"):
            found = key_points(scene, kind, settings.model)
            offer(found, kind)
            if found is not None and sound(found) and settings.model != "translation":
                offer(ecc(scene, found, settings.model), f"{kind}+ecc")
            if best.quality >= settings.good_quality:
                break
    return best
