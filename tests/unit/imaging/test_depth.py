from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, TiffImagePlugin

from inspector_app.domain.errors import ImageError
from inspector_app.imaging.decode import decode, probe
from inspector_app.imaging.depth import depth_for, shown, shown_wide


@pytest.mark.parametrize(
    ("highest", "stated", "depth"),
    [
        (0, None, 10),
        (1023, None, 10),
        (1024, None, 12),
        (4095, None, 12),
        (4096, None, 14),
        (16383, None, 14),
        (16384, None, 16),
        (65535, None, 16),
        (100, 12, 12),
        (4095, 12, 12),
        (4096, 12, 14),
        (100, 8, 10),
        (100, 40, 10),
    ],
)
def test_rule(highest: int, stated: int | None, depth: int):
    assert depth_for(highest, stated) == depth


@pytest.mark.parametrize("depth", [10, 12, 14, 16])
def test_scale_goes_from_black_to_white_without_a_step_back(depth: int):
    values = np.arange(1 << depth, dtype=np.uint16)
    grey = shown(values, depth)
    assert (grey[0], grey[-1]) == (0, 255)
    assert (np.diff(grey.astype(int)) >= 0).all()
    assert len(np.unique(grey)) == 256


def test_wide_values():
    def seen(*values: float, kind=np.float32) -> list[int]:
        return shown_wide(np.array(values, kind)).tolist()

    assert seen(0, 0.5, 1) == [0, 128, 255]
    assert seen(0, 100, 255) == [0, 100, 255]
    assert seen(0, 100, 255, kind=np.int32) == [0, 100, 255]
    assert seen(0, 4095) == [0, 255]
    assert seen(-1, 0, 1) == [0, 128, 255]
    assert seen(0, 1e9) == [0, 255]
    assert seen(float("nan"), 0, 1, float("inf")) == [0, 0, 255, 0]
    assert seen(float("nan")) == [0]
    assert seen(-3e38, 3e38) == [0, 255]
    assert seen(-5, -5) == [0, 0]
    assert seen(-(2**31), 2**31 - 1, kind=np.int32) == [0, 255]


def grey16(top: int) -> np.ndarray:
    return np.linspace(0, top, 40 * 60).reshape(40, 60).astype(np.uint16)


@pytest.mark.parametrize("suffix", ["png", "tif"])
@pytest.mark.parametrize(("top", "depth"), [(1000, 10), (4095, 12), (9000, 14), (65535, 16)])
def test_grey(tmp_path: Path, suffix: str, top: int, depth: int):
    values = grey16(top)
    path = tmp_path / f"a.{suffix}"
    Image.fromarray(values).save(path)
    found = decode(path)
    assert found.bits == depth
    assert probe(path).bits == 16
    assert np.array_equal(found.values, values)
    assert found.values.dtype == np.uint16
    assert found.values.dtype.isnative
    assert np.array_equal(found.pixels, np.repeat(shown(values, depth)[:, :, None], 3, axis=2))
    assert found.pixels.flags.c_contiguous


def test_images_of_one_camera_are_alike(tmp_path: Path):
    # 12 bits, one bright and one darker frame: the same value has the same grey in both.
    for name, top in (("a", 4095), ("b", 2500)):
        values = grey16(top)
        values[0, 0] = 2000
        Image.fromarray(values).save(tmp_path / f"{name}.png")
    first, second = decode(tmp_path / "a.png"), decode(tmp_path / "b.png")
    assert first.pixels[0, 0].tolist() == second.pixels[0, 0].tolist()


def test_tiff_that_states_its_depth(tmp_path: Path):
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[281] = 4095  # MaxSampleValue
    Image.fromarray(grey16(300)).save(tmp_path / "a.tif", tiffinfo=tags)
    assert decode(tmp_path / "a.tif").bits == 12
    Image.fromarray(grey16(9000)).save(tmp_path / "b.tif", tiffinfo=tags)
    assert decode(tmp_path / "b.tif").bits == 14  # it states what is not so


def color16(top: int = 4000) -> np.ndarray:
    grey = grey16(top)
    return np.dstack([grey, grey[::-1], grey[:, ::-1]])


@pytest.mark.parametrize("suffix", ["png", "tiff"])
def test_color(tmp_path: Path, suffix: str):
    values = color16()
    path = tmp_path / f"a.{suffix}"
    cv2.imwrite(str(path), values[:, :, ::-1])
    found = decode(path)
    assert (found.bits, probe(path).bits) == (12, 16)
    assert np.array_equal(found.values, values)
    assert np.array_equal(found.pixels, shown(values, 12))
    small = decode(path, max_side=30)
    assert small.pixels.shape == small.values.shape == (20, 30, 3)
    assert small.values.dtype == np.uint16


def test_scaled_values_are_averages_on_the_same_scale(tmp_path: Path):
    values = np.zeros((40, 60), np.uint16)
    values[0, 0] = 4095  # alone it sets the scale, and vanishes in the average
    values[20:] = 1000
    Image.fromarray(values).save(tmp_path / "a.png")
    small = decode(tmp_path / "a.png", max_side=6)
    assert small.bits == 12
    assert small.values.shape == (4, 6)
    assert small.values[3, 3] == 1000
    assert small.pixels[3, 3, 0] == shown(np.array([1000], np.uint16), 12)[0]


def test_color_page_of_a_multipage_tiff(tmp_path: Path):
    pages = [color16(), color16(60_000)]
    cv2.imwritemulti(str(tmp_path / "a.tiff"), [p[:, :, ::-1] for p in pages])
    for number, values in enumerate(pages):
        assert np.array_equal(decode(tmp_path / "a.tiff", page=number).values, values)


def test_deep_transparency_lies_on_white(tmp_path: Path):
    bgra = np.zeros((4, 4, 4), np.uint16)
    bgra[:2, :, 2] = 65535
    bgra[0, :, 3] = 65535
    cv2.imwrite(str(tmp_path / "a.png"), bgra)
    pixels = decode(tmp_path / "a.png").pixels
    assert pixels[0, 0].tolist() == [255, 0, 0]
    assert pixels[1, 0].tolist() == [255, 255, 255]


@pytest.mark.parametrize("suffix", ["png", "tiff"])
@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_deep_color_is_turned_once(tmp_path: Path, suffix: str, orientation: int):
    values = color16()
    plain = tmp_path / f"plain.{suffix}"
    cv2.imwrite(str(plain), values[:, :, ::-1])
    raw = plain.read_bytes()
    path = tmp_path / f"a.{suffix}"
    if suffix == "png":
        import struct
        import zlib

        exif = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0" + bytes([orientation]) + bytes(6)
        chunk = b"eXIf" + exif
        raw = (
            raw[:33]
            + struct.pack(">I", len(exif))
            + chunk
            + struct.pack(">I", zlib.crc32(chunk))
            + raw[33:]
        )
        path.write_bytes(raw)
    else:
        path.write_bytes(with_orientation(raw, orientation))
    turns = {1: 0, 3: 2, 6: -1, 8: 1}[orientation]
    expected = np.rot90(values, turns)
    found = decode(path)
    assert np.array_equal(found.values, expected)
    assert (found.width, found.height) == expected.shape[1::-1]
    assert (probe(path).width, probe(path).height) == expected.shape[1::-1]


def with_orientation(raw: bytes, orientation: int) -> bytes:
    """Adds tag 274 to the only directory of a little-endian TIFF, by moving it to the end."""
    import struct

    at = struct.unpack_from("<I", raw, 4)[0]
    count = struct.unpack_from("<H", raw, at)[0]
    entries = [raw[at + 2 + 12 * i : at + 14 + 12 * i] for i in range(count)]
    entries = [e for e in entries if e[:2] != struct.pack("<H", 274)]
    entries.append(struct.pack("<HHIHH", 274, 3, 1, orientation, 0))
    entries.sort(key=lambda e: struct.unpack_from("<H", e)[0])
    moved = struct.pack("<H", len(entries)) + b"".join(entries) + bytes(4)
    if len(raw) % 2:
        raw += b"\0"
    return raw[:4] + struct.pack("<I", len(raw)) + raw[8:] + moved


def test_half_a_deep_color_file_ends_early(tmp_path: Path):
    noise = np.random.default_rng(1).integers(0, 65535, (64, 64, 3), dtype=np.uint16)
    for suffix in ("png", "tiff"):
        path = tmp_path / f"a.{suffix}"
        cv2.imwrite(str(path), noise)
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
        with pytest.raises(ImageError):
            decode(path)


def test_float_and_integer_tiffs(tmp_path: Path):
    unit = (grey16(60_000) / 60_000).astype(np.float32)
    Image.fromarray(unit).save(tmp_path / "f.tif")
    found = decode(tmp_path / "f.tif")
    assert (found.bits, probe(tmp_path / "f.tif").bits) == (32, 32)
    assert np.array_equal(found.values, unit)
    assert found.pixels[-1, -1].tolist() == [255, 255, 255]
    whole = grey16(60_000).astype(np.int32) - 30_000
    Image.fromarray(whole).save(tmp_path / "i.tif")
    found = decode(tmp_path / "i.tif")
    assert np.array_equal(found.values, whole)
    assert (found.pixels[0, 0, 0], found.pixels[-1, -1, 0]) == (0, 255)
    assert decode(tmp_path / "i.tif", max_side=30).values.shape == (20, 30)


def test_float_colors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    values = color16().astype(np.float32) / 4000
    path = tmp_path / "a.tiff"
    cv2.imwrite(str(path), values[:, :, ::-1])
    found = decode(path)
    assert np.array_equal(found.values, values)
    assert (probe(path).width, probe(path).height, probe(path).bits) == (60, 40, 32)
    assert decode(path, max_side=30).pixels.shape == (20, 30, 3)
    with pytest.raises(ImageError, match="it has 1 page"):
        decode(path, page=1)
    monkeypatch.setattr("inspector_app.imaging.files.MAX_PIXELS", 1000)
    for read in (probe, decode):
        with pytest.raises(ImageError, match="megapixels"):
            read(path)


def test_pgm_of_16_bits(tmp_path: Path):
    values = grey16(65535)
    (tmp_path / "a.pgm").write_bytes(b"P5 60 40 65535\n" + values.astype(">u2").tobytes())
    found = decode(tmp_path / "a.pgm")
    assert (found.bits, probe(tmp_path / "a.pgm").bits) == (16, 16)
    assert np.array_equal(found.values, values)


def test_eight_bit_files_have_no_values(tmp_path: Path):
    Image.fromarray(grey16(255).astype(np.uint8)).save(tmp_path / "a.png")
    found = decode(tmp_path / "a.png")
    assert (found.bits, found.values) == (8, None)
