"""Image files and PDF pages to pixels. Whatever lies in the file: pixels, or one `ImageError`."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import UnidentifiedImageError

from inspector_app.domain.images import PDF_DPI
from inspector_app.imaging.deep import deep_array
from inspector_app.imaging.depth import depth_for, shown, shown_wide
from inspector_app.imaging.files import (
    MAX_PIXELS,
    Header,
    check_page,
    check_size,
    odd_tiff_size,
    open_page,
    opened,
)
from inspector_app.imaging.pdf_pages import begins_as_pdf, opened_pdf
from inspector_app.imaging.pixels import (
    on_white,
    resized,
    rgb_array,
    three_channels,
    turned,
    value_array,
)
from inspector_app.imaging.quiet import quiet
from inspector_app.imaging.trouble import image_trouble

__all__ = ["MAX_PIXELS", "Decoded", "ImageInfo", "decode", "file_sha256", "probe"]


@dataclass(frozen=True, slots=True)
class ImageInfo:
    """What the header of an image file says.

    Attributes:
        width: Width in pixels, upright (after EXIF rotation).
        height: Height likewise.
        pages: Pages (PDF, TIFF) or frames (GIF, WebP, APNG) of the file.
        bits: Bits a channel as stored: 1, 8, 16 or 32.
        format: "JPEG", "PNG", "TIFF", "BMP", "GIF", "WEBP", "PPM" or "PDF", told by content.
        orientation: EXIF orientation, 1..8, that turns the stored pixels upright.
    """

    width: int
    height: int
    pages: int
    bits: int
    format: str
    orientation: int = 1


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded page.

    Attributes:
        pixels: uint8 `[h, w, 3]`, RGB, upright, contiguous; transparent parts are white.
        width: Width of the upright original, whatever the size of `pixels`.
        height: Height likewise.
        scale: `pixels.shape[1] / width`, at most 1.
        pages: Pages of the file.
        bits: Bits a channel; for 16-bit files the depth that they are shown on (see `depth`).
        values: The original values at the size of `pixels` when `bits` is above 8, else None:
            `[h, w]` or `[h, w, 3]` of uint16 (of float32 or int32 for files of 32 bits).
    """

    pixels: NDArray[np.uint8]
    width: int
    height: int
    scale: float
    pages: int
    bits: int
    values: NDArray[Any] | None


def probe(path: str | Path, page: int = 0, dpi: int = 0) -> ImageInfo:
    """Reads the header of an image file; fast, no pixel is decoded.

    Args:
        path: The file; its content decides what it is, not its suffix.
        page: Page, from 0.
        dpi: At which a page of a PDF would be drawn; 0 for the usual one.

    Raises:
        ImageError: It cannot be read; the message says why and what would help.
    """
    path = Path(path)
    with image_trouble(path), quiet(), opened(path) as file:
        try:
            image, header = open_page(file, path, page)
        except UnidentifiedImageError:
            if begins_as_pdf(file):
                with opened_pdf(path) as pdf:
                    check_page(page, pdf.page_count, path)
                    drawn = pdf.size(page, dpi or PDF_DPI)
                    return ImageInfo(*drawn, pdf.page_count, 8, "PDF")
            size = odd_tiff_size(file)
            if size is None:
                raise
            check_size(size, path)
            check_page(page, 1, path)
            return ImageInfo(size[0], size[1], 1, 32, "TIFF")
        with image:
            width, height = header.upright
            return ImageInfo(
                width, height, header.pages, header.bits, header.format, header.orientation
            )


def decode(path: str | Path, max_side: int | None = None, page: int = 0, dpi: int = 0) -> Decoded:
    """Decodes an image file, upright and in RGB.

    Args:
        path: The file; its content decides what it is, not its suffix.
        max_side: Longest side wanted; a larger image is decoded smaller (a JPEG without ever
            being held in full), a smaller one is never enlarged.
        page: Page, from 0.
        dpi: At which a page of a PDF is drawn; 0 for the usual one.

    Raises:
        ImageError: It cannot be read; the message says why and what would help.
    """
    path = Path(path)
    if max_side is not None and max_side < 1:
        raise ValueError(f"max_side must be at least 1, got {max_side}")
    with image_trouble(path), quiet(), opened(path) as file:
        try:
            image, header = open_page(file, path, page)
        except UnidentifiedImageError:
            if begins_as_pdf(file):
                return _pdf_page(path, max_side, page, dpi or PDF_DPI)
            return _odd_tiff(file, path, max_side, page)
        with image:
            target = _target((header.width, header.height), max_side)
            if header.deep_color:
                image.load()  # tells whether the file is whole; OpenCV does not
                found = deep_array(path, page)
                if found is not None and found.dtype == np.uint16 and _fits(found, header):
                    image.close()
                    return _from_deep(found, header, target)
            if header.bits > 8 and not header.deep_color:
                return _from_values(value_array(image), header, target)
            if header.format == "JPEG" and target is not None:
                image.draft(None, target)
            pixels = rgb_array(image, target)
        return _decoded(turned(pixels, header.orientation), None, header, 8)


def file_sha256(path: str | Path) -> str:
    """Returns the SHA-256 of the file's bytes, in hex.

    Raises:
        ImageError: It cannot be read.
    """
    path = Path(path)
    with image_trouble(path), opened(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _target(size: tuple[int, int], max_side: int | None) -> tuple[int, int] | None:
    longest = max(size)
    if max_side is None or longest <= max_side:
        return None
    scale = max_side / longest
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _fits(found: NDArray[Any], header: Header) -> bool:
    return found.shape[:2] == (header.height, header.width)


def _from_values(values: NDArray[Any], header: Header, target: tuple[int, int] | None) -> Decoded:
    bits = header.bits
    if values.dtype == np.int32 and values.min() >= 0 and 255 < values.max() <= 65535:
        values = values.astype(np.uint16)
    if values.dtype == np.uint16:
        bits = depth_for(int(values.max(initial=0)), header.stated)
    if target is not None:
        values = resized(values, target)
    values = turned(values, header.orientation)
    grey = shown(values, bits) if values.dtype == np.uint16 else shown_wide(values)
    return _decoded(three_channels(grey), values, header, bits)


def _from_deep(found: NDArray[Any], header: Header, target: tuple[int, int] | None) -> Decoded:
    alpha = found[:, :, 3] if found.ndim == 3 and found.shape[2] == 4 else None
    values = found if alpha is None else np.ascontiguousarray(found[:, :, :3])
    bits = depth_for(int(values.max(initial=0)), header.stated)
    if target is not None:
        values = resized(values, target)
        alpha = None if alpha is None else resized(np.ascontiguousarray(alpha), target)
    pixels = shown(values, bits)
    if pixels.ndim == 2:
        pixels = three_channels(pixels)
    if alpha is not None:
        pixels = on_white(pixels, shown(alpha, 16))
    values = turned(values, header.orientation)
    return _decoded(turned(pixels, header.orientation), values, header, bits)


def _pdf_page(path: Path, max_side: int | None, page: int, dpi: int) -> Decoded:
    with opened_pdf(path) as pdf:
        check_page(page, pdf.page_count, path)
        width, height = pdf.size(page, dpi)
        pixels = pdf.pixels(page, dpi, max_side)
        return Decoded(pixels, width, height, pixels.shape[1] / width, pdf.page_count, 8, None)


def _odd_tiff(file: BufferedReader, path: Path, max_side: int | None, page: int) -> Decoded:
    # Colours as floats: Pillow does not know such a TIFF, OpenCV does.
    size = odd_tiff_size(file)
    if size is None:
        raise UnidentifiedImageError
    check_size(size, path)
    check_page(page, 1, path)
    found = deep_array(path)
    if found is None or found.dtype != np.float32:
        raise UnidentifiedImageError
    check_size((found.shape[1], found.shape[0]), path)
    values = found[:, :, :3] if found.ndim == 3 else found
    header = Header(values.shape[1], values.shape[0], 1, 1, 32, "TIFF", None, True)
    target = _target((header.width, header.height), max_side)
    values = np.ascontiguousarray(values if target is None else resized(values, target))
    pixels = shown_wide(values)
    return _decoded(
        pixels if pixels.ndim == 3 else three_channels(pixels), values, header, header.bits
    )


def _decoded(
    pixels: NDArray[np.uint8], values: NDArray[Any] | None, header: Header, bits: int
) -> Decoded:
    width, height = header.upright
    return Decoded(pixels, width, height, pixels.shape[1] / width, header.pages, bits, values)
