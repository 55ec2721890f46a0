"""The single steps of the registration: reduced images, phase correlation, ECC, key points.

All mappings here are float64 [3, 3], from pixels of the reduced part image to pixels of the
reduced golden image (the working frame), with the centre of the first pixel at (0, 0).

Sources: phase correlation, Kuglin and Hines (1975); ECC, Evangelidis and Psarakis, IEEE TPAMI
(2008); ORB, Rublee et al. (ICCV 2011); SIFT, Lowe (IJCV 2004); all as implemented in OpenCV.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

FloatImage = NDArray[np.float32]
Matrix = NDArray[np.float64]

SMALLEST_SIDE: Final = 16


def to_grey(image: NDArray[np.uint8]) -> FloatImage:
    """Turn a uint8 image [H, W], [H, W, 1], [H, W, 3] or [H, W, 4] (RGB) to grey.

    Returns:
        float32 [H, W], 0 to 255 (ITU-R BT.601 weights).

    Raises:
        ValueError: the array is empty or of another shape.
    """
    if image.ndim not in (2, 3) or 0 in image.shape:
        raise ValueError(f"not an image: array of shape {image.shape}")
    if image.ndim == 2:
        return image.astype(np.float32)
    if image.shape[2] not in (1, 3, 4):
        raise ValueError(f"an image has 1, 3 or 4 channels, not {image.shape[2]}")
    if image.shape[2] == 1:
        return image[:, :, 0].astype(np.float32)
    import cv2

    code = cv2.COLOR_RGB2GRAY if image.shape[2] == 3 else cv2.COLOR_RGBA2GRAY
    return np.asarray(cv2.cvtColor(image, code), np.float32)


def resize_matrix(scale_x: float, scale_y: float) -> Matrix:
    """Return the float64 [3, 3] pixel mapping of ``cv2.resize`` (half-pixel centres)."""
    return np.array(
        [
            [scale_x, 0.0, 0.5 * scale_x - 0.5],
            [0.0, scale_y, 0.5 * scale_y - 0.5],
            [0.0, 0.0, 1.0],
        ]
    )


def _detail(grey: FloatImage) -> FloatImage:
    """Return a grey image [H, W] without slow brightness changes and without fine noise."""
    import cv2

    slow = max(3.0, max(grey.shape) / 24.0)
    fine = cv2.GaussianBlur(grey, (0, 0), 1.5)
    return np.asarray(fine - cv2.GaussianBlur(grey, (0, 0), slow), np.float32)


class Scene:
    """The two images, reduced to one working frame (that of the reduced golden image)."""

    def __init__(
        self,
        image: NDArray[np.uint8],
        golden: NDArray[np.uint8],
        max_side_px: int,
    ) -> None:
        """Reduce both images.

        Args:
            image: uint8 [H, W] or [H, W, C], the part.
            golden: uint8 [H, W] or [H, W, C], the known good part.
            max_side_px: longest side of the working frame, in pixels.

        Raises:
            ValueError: one of them is not an image.
        """
        import cv2

        grey_image, grey_golden = to_grey(image), to_grey(golden)
        (image_h, image_w), (golden_h, golden_w) = grey_image.shape, grey_golden.shape
        factor = min(1.0, max_side_px / max(golden_h, golden_w))
        width, height = max(1, round(golden_w * factor)), max(1, round(golden_h * factor))
        self.same_size = grey_image.shape == grey_golden.shape
        ratio_x, ratio_y = golden_w / image_w, golden_h / image_h
        if abs(ratio_x / ratio_y - 1.0) > 0.02:
            ratio_x = ratio_y = 1.0  # another crop, not another resolution
        self.start = resize_matrix(ratio_x, ratio_y)
        self.golden_scale = resize_matrix(width / golden_w, height / golden_h)
        self.golden = self._resized(grey_golden, width, height)
        work_w = max(1, round(image_w * ratio_x * width / golden_w))
        work_h = max(1, round(image_h * ratio_y * height / golden_h))
        self.image_scale = resize_matrix(work_w / image_w, work_h / image_h)
        small = self._resized(grey_image, work_w, work_h)
        right, bottom = max(0, width - work_w), max(0, height - work_h)
        self.image = np.asarray(
            cv2.copyMakeBorder(small[:height, :width], 0, bottom, 0, right, cv2.BORDER_REPLICATE),
            np.float32,
        )
        self.mask = np.zeros((height, width), np.uint8)
        self.mask[: min(height, work_h), : min(width, work_w)] = 255
        self.image_detail, self.golden_detail = _detail(self.image), _detail(self.golden)

    @staticmethod
    def _resized(grey: FloatImage, width: int, height: int) -> FloatImage:
        import cv2

        if grey.shape == (height, width):
            return grey
        return np.asarray(
            cv2.resize(grey, (width, height), interpolation=cv2.INTER_AREA), np.float32
        )

    def flat(self) -> bool:
        """Tell whether one of the images has no detail to register by."""
        return min(float(self.image_detail.std()), float(self.golden_detail.std())) < 0.5

    def full(self, matrix: Matrix) -> Matrix:
        """Turn a mapping of the working frame to one of full-size image to golden pixels."""
        whole = np.linalg.inv(self.golden_scale) @ matrix @ self.image_scale
        return np.asarray(whole / whole[2, 2], np.float64)

    def quality(self, matrix: Matrix, min_overlap: float) -> float:
        """Correlate the golden image with the moved image where they overlap (0 to 1)."""
        import cv2

        size = (self.golden.shape[1], self.golden.shape[0])
        moved = cv2.warpPerspective(self.image_detail, matrix, size)
        inside = cv2.warpPerspective(self.mask, matrix, size) > 250
        if inside.mean() < min_overlap:
            return 0.0
        first, second = moved[inside], self.golden_detail[inside]
        first, second = first - first.mean(), second - second.mean()
        power = float(np.sqrt(np.dot(first, first) * np.dot(second, second)))
        if power / first.size < 0.05:  # about 0.2 grey levels: nothing to correlate
            return 0.0
        return min(1.0, max(0.0, float(np.dot(first, second)) / power))

    def plausible(self, matrix: Matrix, max_scale: float, max_rotation_deg: float) -> bool:
        """Tell whether a working-frame mapping keeps within a size factor and a turn."""
        if not np.all(np.isfinite(matrix)) or abs(matrix[2, 2]) < 1e-6:
            return False
        height, width = self.golden.shape
        unit = matrix / matrix[2, 2]
        if abs(unit[2, 0]) * width + abs(unit[2, 1]) * height > 0.2:
            return False
        linear = unit[:2, :2]
        if np.linalg.det(linear) <= 0.0:
            return False
        sizes = np.linalg.svd(linear, compute_uv=False)
        if sizes[0] > max_scale or sizes[1] < 1.0 / max_scale:
            return False
        turn = np.degrees(np.arctan2(linear[1, 0] - linear[0, 1], linear[0, 0] + linear[1, 1]))
        return abs(float(turn)) <= max_rotation_deg + 1e-6


def phase(scene: Scene) -> Matrix:
    """Estimate a shift, working-frame image to golden, by phase correlation."""
    import cv2

    height, width = scene.golden.shape
    window = cv2.createHanningWindow((width, height), cv2.CV_32F)
    (shift_x, shift_y), _ = cv2.phaseCorrelate(scene.golden_detail, scene.image_detail, window)
    return np.array([[1.0, 0.0, -shift_x], [0.0, 1.0, -shift_y], [0.0, 0.0, 1.0]])


def ecc(scene: Scene, start: Matrix, model: str) -> Matrix | None:
    """Refine a working-frame mapping by ECC on a pyramid; None where it does not converge."""
    import cv2

    motion = {
        "translation": cv2.MOTION_TRANSLATION,
        "euclidean": cv2.MOTION_EUCLIDEAN,
        "affine": cv2.MOTION_AFFINE,
        "homography": cv2.MOTION_HOMOGRAPHY,
    }
    backward = np.linalg.inv(start)
    backward /= backward[2, 2]
    for reduction in (4, 2, 1):
        width, height = scene.golden.shape[1] // reduction, scene.golden.shape[0] // reduction
        if min(width, height) < SMALLEST_SIDE or (reduction > 1 and min(width, height) < 60):
            continue
        kind = "euclidean" if reduction == 4 and model != "translation" else model
        scale = resize_matrix(width / scene.golden.shape[1], height / scene.golden.shape[0])
        golden, image, mask = (
            cv2.resize(a, (width, height), interpolation=cv2.INTER_AREA)
            for a in (scene.golden_detail, scene.image_detail, scene.mask)
        )
        mask = np.where(mask > 250, 255, 0).astype(np.uint8)
        begin = scale @ backward @ np.linalg.inv(scale)
        begin = (begin / begin[2, 2]).astype(np.float32)
        criteria = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, 40, 1e-5)
        shape = begin if kind == "homography" else begin[:2].copy()
        try:
            _, found = cv2.findTransformECC(golden, image, shape, motion[kind], criteria, mask, 3)
        except cv2.error:
            return None
        step = np.eye(3)
        step[: found.shape[0]] = found
        backward = np.linalg.inv(scale) @ step @ scale
        if not np.all(np.isfinite(backward)) or abs(np.linalg.det(backward)) < 1e-6:
            return None
    forward = np.linalg.inv(backward)
    return np.asarray(forward / forward[2, 2], np.float64)


def key_points(scene: Scene, kind: str, model: str) -> Matrix | None:
    """Match ORB or SIFT key points and fit a mapping; None where too few agree."""
    import cv2

    pair = [np.clip(a, 0, 255).astype(np.uint8) for a in (scene.image, scene.golden)]
    # By name: the type stubs of OpenCV 5 lack both.
    maker = getattr(cv2, "ORB_create" if kind == "orb" else "SIFT_create")
    finder = maker(3000)
    norm = cv2.NORM_HAMMING if kind == "orb" else cv2.NORM_L2
    points_i, described_i = finder.detectAndCompute(pair[0], scene.mask)
    points_g, described_g = finder.detectAndCompute(pair[1], None)
    if described_i is None or described_g is None or min(len(points_i), len(points_g)) < 8:
        return None
    kept = []
    for match in cv2.BFMatcher(norm).knnMatch(described_i, described_g, k=2):
        if len(match) == 2 and match[0].distance < 0.85 * match[1].distance:
            kept.append(match[0])
    if len(kept) < 8:
        return None
    from_points = np.array([points_i[m.queryIdx].pt for m in kept], np.float32)
    to_points = np.array([points_g[m.trainIdx].pt for m in kept], np.float32)
    if model == "homography":
        found, agree = cv2.findHomography(from_points, to_points, cv2.RANSAC, 3.0)
    else:
        found, agree = cv2.estimateAffinePartial2D(
            from_points, to_points, method=cv2.RANSAC, ransacReprojThreshold=3.0
        )
    if found is None or agree is None or int(agree.sum()) < 8:
        return None
    matrix = np.eye(3)
    matrix[: found.shape[0]] = found
    return matrix
