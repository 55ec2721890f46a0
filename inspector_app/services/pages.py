"""Which pages of files with several become images of a project.

A file comes into a project as its first page. Its further pages follow when the file was looked at:
those of a TIFF and of a short PDF by themselves, those of a long PDF as they are chosen.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from inspector_app.domain.errors import ImageError, LockedError
from inspector_app.domain.images import PDF_DPI, PDFS
from inspector_app.store.project import Project

log = logging.getLogger(__name__)

MOST_UNASKED = 10  # pages of a PDF that are all added without asking
MOST_OFFERED = 50  # of a longer one that are chosen at first
_TIFFS = (".tif", ".tiff")


@dataclass(frozen=True, slots=True)
class LongPdf:
    """A PDF of which pages are to be chosen.

    Attributes:
        path: The file.
        pages: How many it has.
        chosen: Pages that are in the project already, from 0.
        dpi: At which they are drawn; 0 while none were chosen.
    """

    path: str
    pages: int
    chosen: tuple[int, ...] = ()
    dpi: int = 0


@dataclass(frozen=True, slots=True)
class Expanded:
    """What came of a look at the files.

    Attributes:
        new: Pages that were added.
        long: PDFs that wait for a choice.
    """

    new: int
    long: tuple[LongPdf, ...]


def expand_pages(project: Project, dpi: int = PDF_DPI) -> Expanded:
    """Adds the further pages of files that were not looked at yet.

    Files that cannot be read, or are locked, are left for the inspection to tell.

    Args:
        project: Where they go.
        dpi: At which pages of PDFs will be drawn.

    Raises:
        StoreError: The project cannot be written.
    """
    from inspector_app.imaging.decode import probe

    counts: dict[str, int] = {}
    long: list[LongPdf] = []
    new = 0
    for image in project.images():
        ending = Path(image.path).suffix.lower()
        pdf = ending in PDFS and not image.dpi
        if image.page or not (pdf or (ending in _TIFFS and not image.width)):
            continue
        try:
            info = probe(image.path)
        except ImageError:
            continue
        if info.format == "TIFF":
            counts[image.path] = info.pages
        elif info.format == "PDF" and info.pages > MOST_UNASKED:
            long.append(LongPdf(image.path, info.pages))
        elif info.format == "PDF":
            new += project.choose_pages(image.path, range(info.pages), dpi)
    several = {path: count for path, count in counts.items() if count > 1}
    if several:
        new += project.add_images(several, pages=several)
    return Expanded(new, tuple(long))


def long_pdf(project: Project, path: str) -> LongPdf | None:
    """Looks at a file to choose its pages again; None when it is no PDF.

    Raises:
        ImageError: It cannot be read.
    """
    from inspector_app.imaging.decode import probe

    info = probe(path)
    if info.format != "PDF":
        return None
    there = [image for image in project.images() if image.path == path]
    dpi = max((image.dpi for image in there), default=0)
    return LongPdf(path, info.pages, tuple(image.page for image in there if image.dpi), dpi)


def first_offered(pdf: LongPdf) -> Sequence[int]:
    """The pages that are chosen at first: all, of a very long file the first ones."""
    return pdf.chosen or range(min(pdf.pages, MOST_OFFERED))


def unlock(path: str, password: str) -> bool:
    """Tries a password on a PDF; one that fits is kept in memory until the program ends.

    Raises:
        ImageError: The file cannot be read for another reason.
    """
    from inspector_app.imaging.decode import probe
    from inspector_app.imaging.pdf_passwords import remember

    remember(path, password)
    try:
        probe(path)
    except LockedError:
        remember(path, "")
        return False
    return True
