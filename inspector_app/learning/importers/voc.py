"""Pascal VOC: an XML file for each image, boxes in pixels; in folders as VOC has, or all in one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from inspector_app.domain.errors import BadInputError
from inspector_app.domain.samples import Sample
from inspector_app.domain.training import DataSource
from inspector_app.learning.importers.places import Placer
from inspector_app.learning.importers.rows import (
    Concerns,
    RowError,
    locate,
    need_folder,
    read_text,
    split_of,
    with_stem,
)
from inspector_app.learning.importers.tables import Labelled, annotated, place_all

_MOST_BYTES = 10_000_000
_SIDES = ("xmin", "ymin", "xmax", "ymax")


def read(source: DataSource, concerns: Concerns) -> Iterator[Sample]:
    """Reads such a folder.

    Raises:
        BadInputError: It is missing, or has no XML file.
    """
    root = need_folder(Path(source.path)).absolute()
    annotations = root / "Annotations" if (root / "Annotations").is_dir() else root
    files = sorted(annotations.rglob("*.xml"))
    if not files:
        raise BadInputError(f"{root} has no XML file.", "Choose the folder around Annotations.")
    images = Path(source.images) if source.images else root / "JPEGImages"
    listed = _listed(root)
    placer = Placer(concerns)
    for path in files:
        where = str(path.relative_to(root))
        split = listed.get(path.stem) or split_of(path.relative_to(root), source.split)
        folder = images if images.is_dir() else path.parent
        sample = concerns.attempt(where, _sample, path, folder, split, placer, concerns, where)
        if sample is not None:
            yield sample
    placer.finish(root.name)


def _listed(root: Path) -> dict[str, str]:
    """Which split the lists in ImageSets/Main put an image in."""
    found: dict[str, str] = {}
    for split in ("train", "val", "test"):
        path = root / "ImageSets" / "Main" / f"{split}.txt"
        if path.is_file():
            found |= {
                line.split()[0]: split for line in read_text(path).splitlines() if line.split()
            }
    return found


def _sample(
    path: Path, folder: Path, split: str, placer: Placer, concerns: Concerns, where: str
) -> Sample:
    tree = _parsed(path)
    name = (tree.findtext("filename") or "").strip()
    image = locate(folder, name) if name else None
    if image is None or not image.is_file():
        image = with_stem(folder, path.stem) or image
    if image is None:
        raise RowError("A file names no image.")
    found: list[Labelled] = []
    for each in tree.iter("object"):
        corners = [_number(each.findtext(f"bndbox/{side}")) for side in _SIDES]
        found.append(((each.findtext("name") or "").strip(), corners))
    located = ()
    if found:
        size = (_whole(tree.findtext("size/width")), _whole(tree.findtext("size/height")))
        located = place_all(found, placer.frame(image, size), placer, concerns, where)
    return annotated(image, split, located, where)


def _parsed(path: Path) -> ElementTree.Element:
    if path.stat().st_size > _MOST_BYTES:
        raise RowError("An XML file is larger than 10 MB.")
    try:
        text = read_text(path)
    except BadInputError as error:
        raise RowError("An XML file is not text in UTF-8.") from error
    # Entities can fetch files and grow without end; annotations need none.
    if re.search(r"<!\s*(?:DOCTYPE|ENTITY)", text, re.IGNORECASE):
        raise RowError("An XML file declares entities or a document type, which is refused.")
    try:
        return ElementTree.fromstring(text)  # noqa: S314  nothing is declared in it, see above
    except (ElementTree.ParseError, ValueError, RecursionError):
        raise RowError("An XML file is broken.") from None


def _number(text: str | None) -> float:
    try:
        return float(text or "")
    except ValueError:
        raise RowError("A box is not four numbers.") from None


def _whole(text: str | None) -> int:
    try:
        return max(0, int(text or "0"))
    except ValueError:
        return 0
