"""Folders as MVTec AD has them: train/good, test/TYPE, ground_truth/TYPE/NAME_mask.png.

Boxes are the 8-connected components of a mask; specks of under nine pixels are dropped.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from inspector_app.domain.errors import BadInputError
from inspector_app.domain.findings import FoundBox
from inspector_app.domain.geometry import Box
from inspector_app.domain.samples import Sample
from inspector_app.domain.tasks import Task
from inspector_app.domain.training import DataSource
from inspector_app.imaging.decode import decode
from inspector_app.learning.importers.rows import Concerns, RowError, images_in, need_folder

_SPECK = 9  # pixels
_SPLITS = {"train": "train", "validation": "val", "test": "test"}
_GOOD = "good"


def read(source: DataSource, concerns: Concerns) -> Iterator[Sample]:
    """Reads one category, or a folder of categories.

    Raises:
        BadInputError: The folder is missing, or has not this form.
    """
    root = need_folder(Path(source.path))
    folders = [root] if (root / "train").is_dir() or (root / "test").is_dir() else []
    folders = folders or sorted(path for path in root.iterdir() if (path / "train").is_dir())
    if not folders:
        raise BadInputError(
            f"{root} has no folder train or test, and none of its folders has.",
            "Choose the folder of a category of MVTec AD, or the one around all.",
        )
    for folder in folders:
        for part, split in _SPLITS.items():
            for kind in sorted(path for path in (folder / part).glob("*") if path.is_dir()):
                for image in images_in(kind):
                    where = str(image.relative_to(root.parent))
                    sample = concerns.attempt(where, _sample, image, folder, split, where)
                    if sample is not None:
                        yield sample


def mask_boxes(mask: NDArray[np.bool_]) -> list[Box]:
    """Returns the boxes of a mask's components, from above to below.

    Args:
        mask: `[h, w]`, true where defective.
    """
    import cv2

    height, width = mask.shape
    count, _, stats, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=8)
    boxes: list[Box] = []
    for x, y, wide, high, area in stats[1:count]:
        if area >= _SPECK:
            boxes.append(Box.from_pixels((x, y, x + wide, y + high), width, height))
    return boxes


def read_mask(paths: list[Path]) -> NDArray[np.bool_]:
    """Returns where any of the masks is set, `[h, w]`, upright.

    Raises:
        ImageError: One cannot be read.
        RowError: They are not of one size.
    """
    found: NDArray[np.bool_] | None = None
    for path in paths:
        grey = decode(path).pixels.max(axis=2)
        # Masks are 0 and 255, 0 and 1, or, with several kinds of defect, 0 and any number.
        here = grey > (127 if grey.max() == 255 else 0)
        if found is not None and found.shape != here.shape:
            raise RowError("The masks of an image are not of one size.")
        found = here if found is None else found | here
    assert found is not None
    return found


def _sample(image: Path, folder: Path, split: str, where: str) -> Sample:
    kind = image.parent.name
    good = kind == _GOOD
    masks = [] if good else _masks(image, folder)
    located: tuple[FoundBox, ...] | None = () if good else None
    if masks:
        boxes = mask_boxes(read_mask(masks))
        if not boxes:
            raise RowError("The mask of a defect is empty.")
        located = tuple(FoundBox(kind, box) for box in boxes)
    return Sample(
        images=(str(image.absolute()),),
        task=Task.DETECTION,
        split=split,
        located=located,
        is_defect=not good,
        category=folder.name,
        question_type="" if good else kind,
        mask=str(masks[0].absolute()) if len(masks) == 1 else "",
        source=where,
    )


def _masks(image: Path, folder: Path) -> list[Path]:
    below = folder / "ground_truth" / image.parent.name
    single = below / f"{image.stem}_mask.png"
    if single.is_file():
        return [single]
    several = below / image.stem  # MVTec LOCO: one mask for each defect
    return images_in(several) if several.is_dir() else []
