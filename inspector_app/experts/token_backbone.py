"""A vision transformer as backbone: patch tokens of an ONNX file laid out as one feature level.

Works with ONNX exports in the form of the transformers library (`pixel_values` in,
`last_hidden_state` out), for instance DINOv2 ViT-S/14 (Oquab et al., 2023, arXiv:2304.07193).
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from inspector_app.domain.errors import EngineError
from inspector_app.experts.backbones import FeatureExtractor

FloatArray = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class TokenSpec:
    """How a transformer's ONNX file is read.

    Attributes:
        name: Name of the backbone in recipes.
        patch: Pixels of a patch.
        leading: Tokens before the patch tokens (CLS and registers).
        mean: RGB mean to subtract, for values in 0..1.
        std: RGB divisor, for values in 0..1.
    """

    name: str
    patch: int = 14
    leading: int = 1
    mean: tuple[float, float, float] = (0.485, 0.456, 0.406)
    std: tuple[float, float, float] = (0.229, 0.224, 0.225)


class TokenExtractor(FeatureExtractor):
    """Same interface as `FeatureExtractor`, with one level.

    Attributes:
        backbone: Name in recipes.
        strides: Pixels a cell: the patch size.
        digest: First 16 hex digits of the file's SHA-256.
    """

    def __init__(self, path: Path, spec: TokenSpec, threads: int = 1) -> None:
        """Opens the file.

        Raises:
            EngineError: It is not an ONNX file of the form named in the module's docstring.
        """
        os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = max(1, threads)
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            content = path.read_bytes()
            self._session = onnxruntime.InferenceSession(
                content, options, providers=["CPUExecutionProvider"]
            )
            names = [output.name for output in self._session.get_outputs()]
            if "last_hidden_state" not in names:
                raise ValueError(f"its outputs are {', '.join(names)}, not last_hidden_state")
        except Exception as error:
            raise EngineError(
                f"{path.name} is not a usable backbone file: {error}.", "Fetch it again."
            ) from error
        self._spec = spec
        self.backbone = spec.name
        self.strides = (spec.patch,)
        self.digest = hashlib.sha256(content).hexdigest()[:16]

    def __call__(self, batch: FloatArray) -> tuple[FloatArray, ...]:
        """Runs normalised images `[N, 3, H, W]`; sides are resized to whole patches.

        Returns:
            One level `[N, C, H / patch, W / patch]`, rounded to whole patches, at least one.
        """
        import cv2

        patch = self._spec.patch
        count, _, height, width = batch.shape
        rows, columns = max(1, round(height / patch)), max(1, round(width / patch))
        size = (columns * patch, rows * patch)
        if (width, height) != size:
            resized = [
                cv2.resize(image.transpose(1, 2, 0), size, interpolation=cv2.INTER_LINEAR)
                for image in batch
            ]
            batch = np.ascontiguousarray(np.stack(resized).transpose(0, 3, 1, 2), np.float32)
        (tokens,) = self._session.run(["last_hidden_state"], {"pixel_values": batch})
        grid = np.asarray(tokens, np.float32)[:, self._spec.leading :]
        level = grid.reshape(count, rows, columns, -1).transpose(0, 3, 1, 2)
        return (np.ascontiguousarray(level),)

    def normalise(self, images: NDArray[np.uint8]) -> FloatArray:
        """Turns RGB `[N, H, W, 3]` uint8 into the `[N, 3, H, W]` float32 input."""
        mean = np.array(self._spec.mean, np.float32)
        std = np.array(self._spec.std, np.float32)
        values = (images.astype(np.float32) / np.float32(255) - mean) / std
        return np.ascontiguousarray(values.transpose(0, 3, 1, 2))
