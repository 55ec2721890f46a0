from __future__ import annotations

import hashlib
import os
import sys
import threading
import time
import warnings
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageOps

from inspector_app.domain.errors import ImageError
from inspector_app.imaging import files
from inspector_app.imaging.decode import decode, file_sha256, probe


def save(path: Path, pixels: np.ndarray, mode: str | None = None, **more) -> Path:
    image = Image.fromarray(pixels)
    (image if mode is None else image.convert(mode)).save(path, **more)
    return path


@pytest.mark.parametrize("suffix", ["png", "bmp", "tif", "webp", "ppm", "gif", "jpg"])
def test_formats(tmp_path: Path, rgb, suffix: str):
    lossy = {"webp": {"lossless": True}, "jpg": {"quality": 100, "subsampling": 0}}
    path = save(tmp_path / f"a.{suffix}", rgb, **lossy.get(suffix, {}))
    found, info = decode(path), probe(path)
    assert found.pixels.dtype == np.uint8
    assert found.pixels.shape == (40, 60, 3)
    assert found.pixels.flags.c_contiguous
    tolerance = {"gif": 60, "jpg": 6}.get(suffix, 0)
    assert np.abs(found.pixels.astype(int) - rgb).max() <= tolerance
    assert (found.width, found.height, found.scale, found.pages) == (60, 40, 1.0, 1)
    assert (found.bits, found.values) == (8, None)
    assert (info.width, info.height, info.pages, info.bits) == (60, 40, 1, 8)
    names = {"tif": "TIFF", "jpg": "JPEG"}
    assert info.format == names.get(suffix, suffix.upper())


def test_content_decides_not_the_suffix(tmp_path: Path, rgb):
    path = save(tmp_path / "really_a_jpeg.png", rgb, format="JPEG")
    assert probe(path).format == "JPEG"
    assert decode(path).pixels.shape == (40, 60, 3)


@pytest.mark.parametrize("suffix", ["jpg", "png", "tif", "webp"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_rotation_is_honoured(tmp_path: Path, rgb, suffix: str, orientation: int):
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = save(tmp_path / f"a.{suffix}", rgb, exif=exif)
    with Image.open(path) as image:
        upright = np.asarray(ImageOps.exif_transpose(image).convert("RGB"))
    found, info = decode(path), probe(path)
    assert np.array_equal(found.pixels, upright)
    assert (info.width, info.height) == (found.width, found.height) == upright.shape[1::-1]
    small = decode(path, max_side=30)
    assert max(small.pixels.shape) == 30
    assert (small.width, small.height) == (found.width, found.height)
    assert small.scale == small.pixels.shape[1] / small.width
    part = np.asarray(Image.fromarray(upright).resize(small.pixels.shape[1::-1]))
    assert np.abs(small.pixels.astype(int) - part).mean() < 6  # turned, not merely of that shape


@pytest.mark.parametrize("orientation", [0, 9, 77])
def test_impossible_rotation_is_none(tmp_path: Path, rgb, orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = save(tmp_path / "a.png", rgb, exif=exif)
    assert np.array_equal(decode(path).pixels, rgb)


def test_broken_exif_does_not_lose_the_picture(tmp_path: Path, rgb):
    path = save(tmp_path / "a.jpg", rgb, exif=b"Exif\0\0II*\0\x08\0\0\0\xff\xff\x12\x01garbage")
    assert decode(path).pixels.shape == (40, 60, 3)


def test_one_bit(tmp_path: Path, rgb):
    path = save(tmp_path / "a.png", rgb, "1")
    assert set(np.unique(decode(path).pixels)) == {0, 255}
    assert probe(path).bits == 1


def test_palette(tmp_path: Path):
    image = Image.new("P", (4, 2))
    image.putpalette([10, 20, 30, 200, 100, 50])
    image.putpixel((3, 1), 1)
    image.save(tmp_path / "a.png")
    pixels = decode(tmp_path / "a.png").pixels
    assert pixels[0, 0].tolist() == [10, 20, 30]
    assert pixels[1, 3].tolist() == [200, 100, 50]


def test_cmyk(tmp_path: Path):
    for suffix in ("tif", "jpg"):
        Image.new("CMYK", (16, 16), (0, 255, 255, 0)).save(tmp_path / f"a.{suffix}")
        red, green, blue = decode(tmp_path / f"a.{suffix}").pixels[8, 8].tolist()
        assert red > 240
        assert max(green, blue) < 15


@pytest.mark.parametrize(
    ("mode", "color", "seen"),
    [
        ("RGBA", (200, 0, 0, 0), (255, 255, 255)),
        ("RGBA", (200, 0, 0, 255), (200, 0, 0)),
        ("RGBA", (0, 0, 0, 128), (127, 127, 127)),
        ("LA", (0, 0), (255, 255, 255)),
        ("LA", (50, 255), (50, 50, 50)),
    ],
)
def test_transparency_lies_on_white(tmp_path: Path, mode: str, color, seen):
    Image.new(mode, (4, 4), color).save(tmp_path / "a.png")
    assert decode(tmp_path / "a.png").pixels[2, 2].tolist() == list(seen)
    assert decode(tmp_path / "a.png", max_side=2).pixels[1, 1].tolist() == list(seen)


def test_transparent_palette_entry_is_white(tmp_path: Path):
    image = Image.new("P", (4, 4), 1)
    image.putpalette([1, 2, 3, 9, 9, 9])
    image.putpixel((0, 0), 0)
    for name in ("a.png", "a.gif"):
        image.save(tmp_path / name, transparency=1)
        pixels = decode(tmp_path / name).pixels
        assert pixels[0, 0].tolist() == [1, 2, 3]
        assert pixels[2, 2].tolist() == [255, 255, 255]


@pytest.mark.parametrize("suffix", ["gif", "tif", "webp", "png"])
def test_pages(tmp_path: Path, suffix: str):
    greys = (0, 100, 200)
    frames = [Image.new("RGB", (12, 10), (g, g, g)) for g in greys]
    more = {"lossless": True} if suffix == "webp" else {}
    path = tmp_path / f"a.{suffix}"
    frames[0].save(path, save_all=True, append_images=frames[1:], **more)
    for page, grey in enumerate(greys):
        found = decode(path, page=page)
        assert found.pixels[5, 5].tolist() == [grey] * 3
        assert found.pages == 3
        assert probe(path, page).pages == 3
    for page in (3, -1, 10**9):
        for read in (probe, decode):
            with pytest.raises(ImageError, match=r"has 3 pages\. Choose a page"):
                read(path, page=page)


def test_pages_of_different_size(tmp_path: Path):
    frames = [Image.new("L", (12, 10)), Image.new("RGB", (30, 7))]
    frames[0].save(tmp_path / "a.tif", save_all=True, append_images=frames[1:])
    assert (probe(tmp_path / "a.tif", 1).width, probe(tmp_path / "a.tif", 1).height) == (30, 7)
    assert decode(tmp_path / "a.tif", page=1).pixels.shape == (7, 30, 3)


@pytest.mark.parametrize("side", [1, 7, 39, 59])
def test_max_side(tmp_path: Path, rgb, side: int):
    for name in ("a.png", "a.jpg"):
        found = decode(save(tmp_path / name, rgb), max_side=side)
        assert max(found.pixels.shape[:2]) == side
        assert found.pixels.flags.c_contiguous
        assert (found.width, found.height) == (60, 40)
        assert found.scale == pytest.approx(side / 60, abs=0.01)


def test_never_enlarged(tmp_path: Path, rgb):
    path = save(tmp_path / "a.png", rgb)
    for side in (60, 61, 10_000):
        assert np.array_equal(decode(path, max_side=side).pixels, rgb)


def test_thin_picture_keeps_a_pixel(tmp_path: Path):
    path = save(tmp_path / "a.png", np.zeros((1, 3000), np.uint8))
    assert decode(path, max_side=100).pixels.shape == (1, 100, 3)


def test_max_side_must_be_sensible(tmp_path: Path, rgb):
    path = save(tmp_path / "a.png", rgb)
    with pytest.raises(ValueError, match="max_side"):
        decode(path, max_side=0)


def test_jpeg_is_scaled_while_decoding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = save(tmp_path / "a.jpg", np.zeros((800, 1600, 3), np.uint8))
    sizes = []
    real = Image.Image.resize

    def watch(self, *args, **kwargs):
        sizes.append(self.size)
        return real(self, *args, **kwargs)

    monkeypatch.setattr(Image.Image, "resize", watch)
    assert decode(path, max_side=190).pixels.shape == (95, 190, 3)
    assert sizes == [(200, 100)]  # never 1600 x 800


# ---- what cannot be read -------------------------------------------------------------------------


@pytest.mark.parametrize("read", [probe, decode])
def test_files_that_are_none(tmp_path: Path, write, read):
    (tmp_path / "folder.png").mkdir()
    cases = {
        tmp_path / "no.png": "Cannot read no.png: there is no such file. Check",
        tmp_path / "no" / "a.png": "Cannot read a.png: there is no such file.",
        tmp_path / "folder.png": "Cannot read folder.png: it is a folder. Choose an image file.",
        write("empty.png", b""): "Cannot read empty.png: the file is empty. Copy it again",
        write("text.png", b"hello"): "Cannot read text.png: it is not an image that this",
        write("a.pdf", b"%PDF-1.7"): "Cannot read a.pdf: the PDF is damaged. Copy it again",
        write("a.eps", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n"): "it is not an image",
    }
    for path, said in cases.items():
        with pytest.raises(ImageError) as caught:
            read(path)
        assert said in str(caught.value)
        assert "\n" not in str(caught.value)
        assert caught.value.mend


def test_path_with_nul_and_too_long(tmp_path: Path):
    for name in ("a\0b.png", "x" * 5000):
        with pytest.raises(ImageError):
            decode(tmp_path / name)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_pipe_does_not_hang(tmp_path: Path):
    os.mkfifo(tmp_path / "a.png")
    with pytest.raises(ImageError, match="it is not a file"):
        decode(tmp_path / "a.png")


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (PermissionError(13, "Permission denied"), "you may not read it"),
        (FileNotFoundError(2, "No such file"), "there is no such file"),
        (OSError(5, "Input/output error"), r"the disk reports an error \(input/output error\)"),
        (MemoryError(), "not enough memory"),
        (RuntimeError("?"), "the file is damaged"),
        (EOFError(), "ends early"),
    ],
)
def test_trouble_while_reading(tmp_path: Path, rgb, monkeypatch, error: Exception, said: str):
    path = save(tmp_path / "a.png", rgb)

    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr("inspector_app.imaging.decode.rgb_array", fail)
    with pytest.raises(ImageError, match=rf"^Cannot read a\.png: .*{said}") as caught:
        decode(path)
    assert caught.value.__cause__ is error


@pytest.mark.parametrize("suffix", ["jpg", "png", "tif", "bmp", "webp", "gif", "ppm"])
def test_half_a_file_ends_early(tmp_path: Path, suffix: str):
    noise = np.random.default_rng(1).integers(0, 255, (64, 64, 3), dtype=np.uint8)
    path = save(tmp_path / f"a.{suffix}", noise)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(ImageError, match=rf"Cannot read a\.{suffix}: the file ends early\. Copy"):
        decode(path)


def test_pixel_limit_before_decoding(write, png_header):
    wide = files.MAX_PIXELS // 1000
    for read in (probe, decode):
        with pytest.raises(ImageError, match="it has 251 megapixels; the limit is 250"):
            read(write("big.png", png_header(wide + 500, 1000)))
    begun = time.process_time()
    with pytest.raises(ImageError, match=r"it has 4,611,686,014,133 megapixels"):
        decode(write("bomb.png", png_header(2**31 - 1, 2**31 - 1)))
    assert time.process_time() - begun < 0.5


def test_below_the_limit_no_warning_of_pillow_gets_out(write, png_header):
    path = write("large.png", png_header(20_000, 12_000))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        info = probe(path)
    assert info.width * info.height == 240_000_000
    assert Image.MAX_IMAGE_PIXELS is None  # ours counts, and stays the only one


def test_limit_counts_for_every_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    frames = [Image.new("L", (10, 10)), Image.new("L", (100, 100))]
    frames[0].save(tmp_path / "a.tif", save_all=True, append_images=frames[1:])
    monkeypatch.setattr(files, "MAX_PIXELS", 1000)
    assert decode(tmp_path / "a.tif").width == 10
    with pytest.raises(ImageError, match="megapixels"):
        decode(tmp_path / "a.tif", page=1)


# ---- threads, hashes, size -----------------------------------------------------------------------


def test_warnings_stay_in_with_many_threads(tmp_path: Path, rgb):
    # A tag with more entries than it may have: Pillow warns about it.
    path = save(tmp_path / "a.jpg", rgb, exif=b"Exif\0\0II*\0\x08\0\0\0\xff\xff\x12\x01garbage")
    before = list(warnings.filters)
    troubles = []

    def work() -> None:
        for _ in range(20):
            try:
                decode(path)
                probe(path)
            except BaseException as error:  # noqa: BLE001  told below
                troubles.append(error)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert troubles == []
    assert warnings.filters == before


def test_warnings_of_others_are_not_silenced():
    from inspector_app.imaging.quiet import quiet

    with quiet(), pytest.warns(UserWarning, match="mine"):
        warnings.warn("mine", stacklevel=1)


def test_sha256(write):
    content = os.urandom(300_000)
    assert file_sha256(write("a.png", content)) == hashlib.sha256(content).hexdigest()
    with pytest.raises(ImageError, match="it is a folder"):
        file_sha256(write("a.png", b"x").parent)
    with pytest.raises(ImageError, match="there is no such file"):
        file_sha256("/no/such/file.png")


LARGE = """
import resource, sys, warnings
warnings.simplefilter("error")
from inspector_app.imaging.decode import decode
side = int(sys.argv[2]) or None
found = decode(sys.argv[1], side)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
unit = 1 if sys.platform == "darwin" else 1024
print(*found.pixels.shape, found.width, found.height, peak * unit)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs getrusage")
@pytest.mark.parametrize(
    ("suffix", "side"), [("png", 0), ("png", 2048), ("jpg", 2048), ("tif", 2048)]
)
def test_two_hundred_megapixels(tmp_path: Path, suffix: str, side: int):
    import subprocess

    path = tmp_path / f"a.{suffix}"
    image = Image.new("RGB", (20_000, 10_000), (10, 200, 30))
    image.save(path, **({"compress_level": 1} if suffix == "png" else {}))
    del image
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", LARGE, str(path), str(side)],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[3],
    )
    seconds = time.monotonic() - begun
    height, width, _, w, h, peak = map(int, done.stdout.split())
    assert (width, height) == ((side, side // 2) if side else (20_000, 10_000))
    assert (w, h) == (20_000, 10_000)
    assert peak < 1.5e9
    assert seconds < 20
