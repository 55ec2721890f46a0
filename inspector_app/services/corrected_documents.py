"""Documents that people corrected, as a data set: a folder with images and a manifest."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from inspector_app.domain.errors import BadInputError, ImageError, StoreError
from inspector_app.domain.images import PDFS, ImageRef
from inspector_app.domain.samples import SPLITS
from inspector_app.store.project import Project
from inspector_app.store.whole_files import write_whole


@dataclass(frozen=True, slots=True)
class CorrectedDocuments:
    """What was written.

    Attributes:
        manifest: The file.
        written: Documents in it.
        conflicts: Left out: their numbers do not agree and nobody said that they are so.
        unreadable: Left out: their image cannot be read any more.
        changed: Left out: their image is another one than was read.
    """

    manifest: Path
    written: int
    conflicts: int
    unreadable: int
    changed: int


def write_corrected(
    project: Project, out: Path, split: str = "train", language: str = "en"
) -> CorrectedDocuments:
    """Writes every document of a project that a person corrected, or said was read right.

    Args:
        project: The project.
        out: A new or empty folder; it gets `manifest.jsonl` and `images/SPLIT/`.
        split: Of all of them.
        language: Of the documents, "en" or "vi".

    Raises:
        BadInputError: An unknown split, a folder with something in it, or nothing was corrected.
        StoreError: The project cannot be read, or the folder cannot be written.
    """
    from inspector_app.imaging.decode import file_sha256
    from inspector_app.learning.corrected_rows import corrected_row
    from inspector_app.reports.documents import collect

    if split not in SPLITS:
        raise BadInputError(f"There is no split {split}.", f"Choose from {', '.join(SPLITS)}.")
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise BadInputError(f"{out} is no empty folder.", "Choose a new one.")
    rows: list[dict[str, Any]] = []
    conflicts = unreadable = changed = 0
    for found in collect(project):
        if found.counted is None or not project.corrections(found.image.id):
            continue
        if found.counted.now.conflicts:
            conflicts += 1
            continue
        name = f"images/{split}/{len(rows):05}"
        try:
            if found.stored.sha256 and found.stored.sha256 != file_sha256(found.image.path):
                changed += 1
                continue
            name += _put(found.image, out / name)
        except ImageError:
            unreadable += 1
            continue
        page = found.stored.reading.document.pages[0]
        rows.append(corrected_row(name, page, found.counted.now, split, language))
    if not rows:
        raise BadInputError(
            "There is no corrected document to learn from.",
            "Correct some, or say of a field that it was read right; settle their conflicts.",
        )
    manifest = out / "manifest.jsonl"
    write_whole(manifest, "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows))
    return CorrectedDocuments(manifest, len(rows), conflicts, unreadable, changed)


def _put(image: ImageRef, target: Path) -> str:
    """Copies an image, a page of a file with several as PNG; returns the suffix."""
    path = Path(image.path)
    suffix = path.suffix.lower()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if image.page or suffix in PDFS:
            from PIL import Image

            from inspector_app.imaging.decode import decode

            decoded = decode(path, page=image.page, dpi=image.dpi)
            Image.fromarray(decoded.pixels).save(target.with_suffix(".png"))
            return ".png"
        if not path.is_file():
            raise ImageError(f"There is no file {path.name}.")
        shutil.copyfile(path, target.with_suffix(suffix))
    except OSError as error:
        raise StoreError(
            f"Cannot write {target.name}: {error}.", "Choose another folder."
        ) from error
    return suffix
