"""The exported recogniser: the same numbers as in training, any number and size of crops."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from rapidfuzz.distance import Levenshtein

from inspector_app.experts.line_charset import CHARSET
from inspector_app.experts.line_recogniser import WEIGHTS, LineError, LineRecogniser
from inspector_app.learning.line_batches import generator
from inspector_app.learning.line_export import export, load
from inspector_app.learning.line_fonts import Font
from inspector_app.learning.line_net import NetSizes, build
from inspector_app.learning.line_render import LEVELS

torch = pytest.importorskip("torch")
SMALL = NetSizes(stem=4, width=16, blocks=2, reach=5)


def written(folder: Path, *, half: bool) -> tuple[Path, object]:
    """A small network with random weights, as ONNX and as it was."""
    torch.manual_seed(4)
    net = build(SMALL)
    with torch.no_grad():  # so that the normalisations are not the identity
        net(torch.randn(4, 1, 32, 64))
    net.eval()
    state = {"net": net.state_dict(), "sizes": {"stem": 4, "width": 16, "blocks": 2, "reach": 5}}
    torch.save(state, folder / "net.pt")
    export(*load(folder / "net.pt"), folder / "net.onnx", half=half)
    return folder / "net.onnx", net


@pytest.mark.parametrize(("half", "apart"), [(False, 1e-5), (True, 5e-3)])
def test_the_file_gives_what_the_network_gave(tmp_path: Path, half: bool, apart: float) -> None:
    path, net = written(tmp_path, half=half)
    lines = np.random.default_rng(0).random((2, 1, 32, 72), np.float32)
    made = LineRecogniser(path)._session.run(None, {"lines": lines})[0]
    with torch.inference_mode():
        wanted = net(torch.from_numpy(lines)).softmax(1).permute(0, 2, 1).numpy()  # type: ignore[operator]
    assert made.shape == (2, 18, len(CHARSET) + 1)
    assert float(np.abs(made - wanted).max()) < apart


def test_the_same_weights_give_the_same_bytes(tmp_path: Path) -> None:
    first = written(tmp_path, half=True)[0].read_bytes()
    assert written(tmp_path, half=True)[0].read_bytes() == first


def test_crops_of_any_size_are_read_in_order(tmp_path: Path) -> None:
    reader = LineRecogniser(written(tmp_path, half=True)[0])
    rng = np.random.default_rng(1)
    sizes = [(30, 200), (0, 5), (48, 20), (12, 900), (31, 205)]
    crops = [rng.integers(0, 255, (h, w, 3), dtype=np.uint8) for h, w in sizes]
    together = reader.read(crops)
    alone = [reader.read([crop])[0] for crop in crops]
    assert reader.read([]) == []
    assert len(together) == len(crops)
    for one, other in zip(together, alone, strict=True):
        assert len(one.text) == len(one.confidences) == len(one.places)
        assert all(0 <= c <= 1 for c in (*one.confidences, *one.places))
        assert one.places == tuple(sorted(one.places))
        assert Levenshtein.distance(one.text, other.text) <= 2  # padding is seen at the right end


@pytest.mark.parametrize("content", [b"", b"no network"])
def test_a_damaged_file_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "bad.onnx").write_bytes(content)
    with pytest.raises(LineError, match="damaged"):
        LineRecogniser(tmp_path / "bad.onnx")
    with pytest.raises(LineError, match="not here"):
        LineRecogniser(tmp_path / "none.onnx")


def test_the_shipped_weights_read_a_clean_line(font: Font) -> None:
    assert WEIGHTS.stat().st_size <= 12_000_000
    reader = LineRecogniser()
    assert reader.charset == CHARSET
    wanted = "Tổng cộng: 114.000đ"
    crops = [
        np.repeat(LEVELS["normal"](wanted, font, generator("test", at))[..., None], 3, 2)
        for at in range(8)
    ]
    found = [read.text for read in reader.read(crops)]
    assert sum(Levenshtein.distance(text, wanted) for text in found) <= 8, found


@pytest.mark.parametrize(
    ("word", "second", "share", "wanted"),
    [
        ("lỡp", "ớ", 0.3, "lớp"),
        ("lỡp", "ớ", 0.03, "lỡp"),  # too unlikely
        ("nỡ", "ớ", 0.3, "nỡ"),  # can be one as it is
        ("Lop", "ớ", 0.3, "Lop"),  # no word of ours: it has no marks
    ],
)
def test_a_word_that_spells_nothing_is_mended_by_one_likely_letter(
    word: str, second: str, share: float, wanted: str
) -> None:
    scores = np.zeros((2 * len(word), len(CHARSET) + 1), np.float32)
    scores[1::2, 0] = 1.0
    for at, letter in enumerate(word):
        other = letter not in "lLnp"
        scores[2 * at, CHARSET.index(letter) + 1] = 1 / (1 + share) if other else 1.0
        if other:
            scores[2 * at, CHARSET.index(second) + 1] = share / (1 + share)
    read = LineRecogniser()._decode(scores)
    assert read.text == wanted
    assert read.confidences[1] == pytest.approx((share if wanted != word else 1) / (1 + share))
