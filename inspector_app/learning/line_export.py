"""Writes a trained line recogniser as ONNX.

    python -m inspector_app.learning.line_export --weights DIR/best.pt --out FILE.onnx

Batch normalisations are folded into convolutions and weights are stored in half precision (the
network still computes in single). The graph is built by hand, so the same weights always give the
same bytes.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inspector_app.experts.line_charset import CHARSET
from inspector_app.learning.line_net import NetSizes

VERSION = "1"
_OPSET = 17
_EPSILON = 1e-5
Weights = dict[str, NDArray[np.float32]]


class _Graph:
    """Collects nodes and weights."""

    def __init__(self, helper: Any, numpy_helper: Any, half: bool) -> None:
        self.nodes: list[Any] = []
        self.stored: list[Any] = []
        self._helper = helper
        self._numpy_helper = numpy_helper
        self._half = half

    def add(self, kind: str, given: list[str], made: str, **options: Any) -> str:
        """Adds a node; returns the name of what it makes."""
        self.nodes.append(self._helper.make_node(kind, given, [made], name=made, **options))
        return made

    def weight(self, name: str, value: NDArray[np.float32]) -> str:
        """Stores a weight; biases stay in single precision."""
        if not self._half or value.ndim == 1:
            self.stored.append(self._numpy_helper.from_array(value.astype(np.float32), name))
            return name
        self.stored.append(self._numpy_helper.from_array(value.astype(np.float16), name + ".half"))
        return self.add("Cast", [name + ".half"], name, to=1)

    def conv(
        self,
        x: str,
        name: str,
        weight: NDArray[np.float32],
        bias: NDArray[np.float32],
        **options: Any,
    ) -> str:
        """Adds a convolution."""
        given = [x, self.weight(name + ".w", weight), self.weight(name + ".b", bias)]
        return self.add("Conv", given, name, kernel_shape=list(weight.shape[2:]), **options)


def export(weights: Weights, sizes: NetSizes, path: Path, *, half: bool = True) -> None:
    """Writes the file.

    Args:
        weights: State of the network of `line_net.build`, as arrays.
        sizes: Its sizes.
        path: Written in one go.
        half: Store weights in half precision.
    """
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    graph = _Graph(helper, numpy_helper, half)
    x = "lines"
    strides = ((2, 2), (1, 1), (2, 2), (1, 1), (2, 1), (1, 1), (1, 1))
    for at, stride in enumerate(strides):
        weight, bias = _folded(weights, f"{at}.0.weight", f"{at}.1")
        pads = [0] * 4 if at == len(strides) - 1 else [1] * 4
        x = graph.conv(x, f"conv{at}", weight, bias, strides=list(stride), pads=pads)
        x = graph.add("Relu", [x], f"relu{at}")
    for block in range(sizes.blocks):
        key = f"{len(strides) + block}"
        weight, bias = _folded(weights, f"{key}.look.weight", f"{key}.norm")
        side = sizes.reach // 2
        y = graph.conv(
            x, f"look{block}", weight, bias, pads=[0, side, 0, side], group=weight.shape[0]
        )
        for part in ("wide", "narrow"):
            weight, bias = weights[f"{key}.{part}.weight"], weights[f"{key}.{part}.bias"]
            y = graph.conv(y, f"{part}{block}", weight, bias)
            if part == "wide":
                y = graph.add("Relu", [y], f"mid{block}")
        x = graph.add("Add", [x, y], f"mix{block}")
    last = len(strides) + sizes.blocks
    scale, shift = _norm(weights, f"{last}")
    weight, bias = weights[f"{last + 1}.weight"], weights[f"{last + 1}.bias"]
    bias = (bias + weight[:, :, 0, 0] @ shift).astype(np.float32)
    x = graph.conv(x, "head", weight * scale[None, :, None, None], bias)
    graph.stored.append(numpy_helper.from_array(np.array([2], np.int64), "axis"))
    x = graph.add("Squeeze", [x, "axis"], "row")
    x = graph.add("Transpose", [x], "columns", perm=[0, 2, 1])
    graph.add("Softmax", [x], "scores", axis=2)
    classes = len(CHARSET) + 1
    made = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "vietnamese-lines",
            [helper.make_tensor_value_info("lines", TensorProto.FLOAT, ["n", 1, 32, "w"])],
            [helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["n", "t", classes])],
            graph.stored,
        ),
        opset_imports=[helper.make_opsetid("", _OPSET)],
        producer_name="inspector_app",
    )
    made.ir_version = 8
    helper.set_model_props(made, {"charset": CHARSET, "version": VERSION, "height": "32"})
    onnx.checker.check_model(made)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_bytes(made.SerializeToString(deterministic=True))
    os.replace(part, path)


def _norm(weights: Weights, key: str) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    scale = weights[key + ".weight"] / np.sqrt(weights[key + ".running_var"] + _EPSILON)
    shift = weights[key + ".bias"] - weights[key + ".running_mean"] * scale
    return scale.astype(np.float32), shift.astype(np.float32)


def _folded(
    weights: Weights, conv: str, norm: str
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    scale, shift = _norm(weights, norm)
    return weights[conv] * scale[:, None, None, None], shift


def load(path: Path) -> tuple[Weights, NetSizes]:
    """Weights and sizes of a checkpoint ("best.pt", or the average in "last.pt")."""
    import torch

    state = torch.load(path, weights_only=True)
    net = state.get("average") or state["net"]
    return {key: value.float().numpy() for key, value in net.items()}, NetSizes(**state["sizes"])


def main() -> int:
    """Exports from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--single", action="store_true", help="store weights in single precision")
    given = parser.parse_args()
    export(*load(given.weights), given.out, half=not given.single)
    sys.stdout.write(f"{given.out}: {given.out.stat().st_size / 1e6:.1f} MB\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
