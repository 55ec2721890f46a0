"""Damaged files of every format: pixels or one clear `ImageError`, and nothing else ever."""

from __future__ import annotations

import io
import random
import warnings
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from inspector_app.domain.errors import ImageError
from inspector_app.imaging.decode import Decoded, decode, probe


def encoded(kind: str) -> bytes:
    noise = np.random.default_rng(3).integers(0, 255, (24, 36, 3), dtype=np.uint8)
    noise[8:] = noise[8:] // 128 * 90  # partly compressible
    image = Image.fromarray(noise)
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Camera"
    out = io.BytesIO()
    match kind:
        case "tiff-lzw":
            image.save(out, "TIFF", compression="tiff_lzw", exif=exif)
        case "tiff-pages":
            image.save(out, "TIFF", save_all=True, append_images=[image.convert("L")])
        case "tiff-rgb16" | "png-rgb16":
            suffix = ".tiff" if kind.startswith("tiff") else ".png"
            return cv2.imencode(suffix, noise.astype(np.uint16) * 257)[1].tobytes()
        case "tiff-float":
            return cv2.imencode(".tiff", noise.astype(np.float32))[1].tobytes()
        case "png-grey16":
            Image.fromarray(noise[:, :, 0].astype(np.uint16) * 16).save(out, "PNG")
        case "png-palette":
            image.convert("P").save(out, "PNG", transparency=3)
        case "gif":
            image.save(out, "GIF", save_all=True, append_images=[image.rotate(180)])
        case "webp":
            image.save(out, "WEBP", lossless=True, exif=exif)
        case "jpeg-cmyk":
            image.convert("CMYK").save(out, "JPEG")
        case "jpeg-progressive":
            image.save(out, "JPEG", progressive=True, exif=exif)
        case "jpeg" | "png":
            image.save(out, kind.upper(), exif=exif)
        case _:
            image.save(out, kind.upper())
    return out.getvalue()


KINDS = [
    "jpeg",
    "jpeg-progressive",
    "jpeg-cmyk",
    "png",
    "png-palette",
    "png-grey16",
    "png-rgb16",
    "tiff",
    "tiff-lzw",
    "tiff-pages",
    "tiff-rgb16",
    "tiff-float",
    "bmp",
    "gif",
    "webp",
    "ppm",
]


def check(path: Path, content: bytes, page: int = 0) -> Decoded | None:
    path.write_bytes(content)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            info = probe(path, page)
            assert 0 < info.width * info.height <= 250_000_000
        except ImageError as error:
            well_said(error)
        found = None
        for side in (None, 16):
            try:
                found = decode(path, side, page)
            except ImageError as error:
                well_said(error)
                continue
            assert found.pixels.dtype == np.uint8
            assert found.pixels.ndim == 3
            assert found.pixels.shape[2] == 3
            assert found.pixels.flags.c_contiguous
            assert found.width > 0
            assert found.scale == found.pixels.shape[1] / found.width
            assert found.values is None or found.values.shape[:2] == found.pixels.shape[:2]
            assert side is None or max(found.pixels.shape) <= max(side, 3)
    return found


def well_said(error: ImageError) -> None:
    assert error.what.startswith(("Cannot read fuzzed.img: ", "Cannot read page "))
    assert error.what.endswith(".")
    assert "\n" not in str(error)
    assert error.mend


@pytest.mark.parametrize("kind", KINDS)
def test_whole_file_is_read(tmp_path: Path, kind: str):
    found = check(tmp_path / "fuzzed.img", encoded(kind))
    assert found is not None
    assert {found.width, found.height} == {24, 36}


@pytest.mark.parametrize("kind", KINDS)
def test_cut_short_anywhere(tmp_path: Path, kind: str):
    content = encoded(kind)
    whole = decode(put(tmp_path, content)).pixels
    step = max(1, len(content) // 40)
    for end in range(1, len(content), step):
        path = put(tmp_path, content[:end])
        check(path, content[:end])
        try:
            pixels = decode(path).pixels
        except ImageError:
            continue
        # What is given out in spite of the cut is the whole picture, never one half black.
        assert np.array_equal(pixels, whole), f"{kind} cut at {end} of {len(content)}"


@pytest.mark.parametrize("kind", KINDS)
def test_flipped_bits(tmp_path: Path, kind: str):
    content = encoded(kind)
    rng = random.Random(11)
    for _ in range(30):
        changed = bytearray(content)
        for _ in range(rng.choice((1, 1, 2, 8))):
            # Headers are where the interesting damage is.
            at = rng.randrange(min(len(changed), rng.choice((64, 400, len(changed)))))
            changed[at] ^= 1 << rng.randrange(8)
        check(tmp_path / "fuzzed.img", bytes(changed), page=rng.choice((0, 0, 1)))


@pytest.mark.parametrize("kind", KINDS)
def test_noise_behind_a_good_beginning(tmp_path: Path, kind: str):
    content = encoded(kind)
    rng = random.Random(5)
    for keep in (4, 8, 16, 30, 60, 120):
        check(tmp_path / "fuzzed.img", content[:keep] + rng.randbytes(400))


def put(folder: Path, content: bytes) -> Path:
    path = folder / "fuzzed.img"
    path.write_bytes(content)
    return path
