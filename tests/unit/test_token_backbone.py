"""A transformer backbone: the true form of the file, made small here."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from inspector_app.domain.cards import Card, CardFile
from inspector_app.domain.errors import EngineError
from inspector_app.domain.tasks import Task
from inspector_app.engines import backbones, registry
from inspector_app.experts.token_backbone import TokenExtractor, TokenSpec
from inspector_app.services import models

CHANNELS = 6


def write_model(path: Path, output: str = "last_hidden_state") -> Path:
    """pixel_values -> patch embedding -> tokens with a leading CLS token of ones."""
    rng = np.random.default_rng(0)
    weight = rng.normal(size=(CHANNELS, 3, 14, 14)).astype(np.float32) / 24
    nodes = [
        helper.make_node("Conv", ["pixel_values", "w"], ["grid"], strides=[14, 14]),
        helper.make_node("Reshape", ["grid", "flat"], ["columns"]),
        helper.make_node("Transpose", ["columns"], ["patches"], perm=[0, 2, 1]),
        helper.make_node("ReduceMean", ["patches"], ["mean"], axes=[1], keepdims=1),
        helper.make_node("Concat", ["mean", "patches"], [output], axis=1),
    ]
    graph = helper.make_graph(
        nodes,
        "vit",
        [helper.make_tensor_value_info("pixel_values", TensorProto.FLOAT, ["n", 3, "h", "w"])],
        [helper.make_tensor_value_info(output, TensorProto.FLOAT, ["n", "t", CHANNELS])],
        [
            numpy_helper.from_array(weight, "w"),
            numpy_helper.from_array(np.array([0, CHANNELS, -1], np.int64), "flat"),
        ],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    onnx.checker.check_model(model)
    path.write_bytes(model.SerializeToString())
    return path


def test_tokens_become_a_grid_in_raster_order(tmp_path: Path):
    extractor = TokenExtractor(write_model(tmp_path / "m.onnx"), TokenSpec("tiny"))
    image = np.zeros((1, 28, 42, 3), np.uint8)
    image[0, 14:, 28:] = 255  # the last patch of the second row
    (level,) = extractor(extractor.normalise(image))
    assert level.shape == (1, CHANNELS, 2, 3)
    differs = np.abs(level - level[:, :, :1, :1]).sum(axis=1)[0] > 1e-3
    assert differs.tolist() == [[False, False, False], [False, False, True]]


@pytest.mark.parametrize("size", [(1, 1), (13, 15), (96, 64)])
def test_any_size_is_brought_to_whole_patches(tmp_path: Path, size: tuple[int, int]):
    extractor = TokenExtractor(write_model(tmp_path / "m.onnx"), TokenSpec("tiny"))
    (level,) = extractor(extractor.normalise(np.zeros((1, *size, 3), np.uint8)))
    assert level.shape[2:] == tuple(max(1, round(side / 14)) for side in size)


def test_another_file_is_refused(tmp_path: Path):
    with pytest.raises(EngineError, match="last_hidden_state"):
        TokenExtractor(write_model(tmp_path / "m.onnx", "pooled"), TokenSpec("tiny"))
    (tmp_path / "junk.onnx").write_bytes(b"junk")
    with pytest.raises(EngineError, match=r"junk\.onnx is not a usable"):
        TokenExtractor(tmp_path / "junk.onnx", TokenSpec("tiny"))


def test_card_is_refused_with_a_clear_line_while_its_file_is_not_here():
    card = registry.card("anomaly-dinov2")
    assert not models.state(card).ready
    assert "models pull anomaly-dinov2" in models.state(card).text
    with pytest.raises(EngineError, match="models pull anomaly-dinov2"):
        backbones.open_backbone("dinov2-small")
    with pytest.raises(EngineError, match="lite2"):
        backbones.open_backbone("no-such")


def test_pull_from_an_address_that_does_not_answer(monkeypatch: pytest.MonkeyPatch):
    card = Card(
        "x",
        "X",
        "anomaly",
        "",
        "",
        frozenset(Task),
        files=(CardFile("x.onnx", url="http://127.0.0.1:9/x.onnx"),),
    )
    with pytest.raises(EngineError, match=r"Cannot fetch x\.onnx of X from 127"):
        list(models.pull(card, threading.Event()))


def test_recipe_with_a_fetched_backbone_works_end_to_end(parts: Path, tmp_path: Path):
    from inspector_app.domain.verdicts import Verdict
    from inspector_app.engines.files import folder_of
    from inspector_app.services import engines
    from inspector_app.services.batch import detection_request
    from inspector_app.services.fit import run_fit
    from inspector_app.services.fit_request import FitRequest
    from inspector_app.services.inspect import gather, never, run
    from inspector_app.services.recipes import read_recipe

    folder = folder_of(registry.card("anomaly-dinov2"))
    folder.mkdir(parents=True, exist_ok=True)
    file = write_model(folder / "dinov2-small.onnx")
    try:
        levels = {"first_level": 0, "last_level": 0, "grid_level": 0}
        settings = levels | {
            "backbone": "dinov2-small",
            "bank_size": 200,
            "synthetic_rounds": 0,
            "synthetic_weight": 0.0,
        }
        images = tuple(str(path) for path in sorted((parts / "good").iterdir()))
        out = tmp_path / "r.toml"
        list(run_fit(FitRequest(images, str(out), settings=tuple(settings.items())), never()))
        recipe = read_recipe(out)
        engine = engines.local("anomaly")
        found = []
        for name in ("part_0.png", "part_1.png"):
            from inspector_app.domain.images import ImageRef

            request = detection_request(ImageRef(str(parts / "lot" / name)), recipe)
            found.append(gather(run(request, engine, never())).last)
        assert found[0].score < found[1].score
        assert found[1].verdict is not Verdict.ACCEPT
    finally:
        file.unlink()  # the cache is shared by the tests of this run
