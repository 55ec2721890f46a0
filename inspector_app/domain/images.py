"""Images of a project."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import uuid4

PDFS = frozenset({".pdf"})
SUFFIXES = PDFS | {
    *(".jpg", ".jpeg", ".png", ".bmp", ".tif", ".tiff", ".webp", ".gif", ".ppm", ".pgm")
}
PDF_DPIS = (150, 200, 300)  # that are offered
PDF_DPI = 200  # at which pages of PDFs are drawn unless another number was chosen


@dataclass(frozen=True, slots=True)
class ImageRef:
    """One image (one page of one file) of a project.

    Attributes:
        path: Absolute path of the file.
        page: Page of a multipage file, from 0.
        width: Width in pixels after EXIF rotation; 0 until first decoded.
        height: Height likewise.
        sha256: Hash of the file's bytes; empty until first decoded.
        trouble: One line saying why the file cannot be read; empty when it can.
        dpi: At which the page of a PDF is drawn; 0 for `PDF_DPI`, and for all other files.
        id: Unique name, made on creation.
    """

    path: str
    page: int = 0
    width: int = 0
    height: int = 0
    sha256: str = ""
    trouble: str = ""
    id: str = field(default_factory=lambda: uuid4().hex)
    dpi: int = 0
