"""Images of MS COCO by their numbers, as data sets about them name them."""

from __future__ import annotations

from pathlib import Path

from inspector_app.learning.importers.rows import Concerns, RowError, locate

_NAMES = ("{0:012d}.jpg", "COCO_val2014_{0:012d}.jpg", "COCO_train2014_{0:012d}.jpg")
_FOLDERS = ("", "train2014", "val2014", "train2017", "val2017")
_MOST = 10**12


def find_coco(folder: Path, image: object) -> Path | None:
    """Returns the file of a COCO image in a folder or its usual subfolders.

    Args:
        folder: Of the images.
        image: The number, or the name of the file.

    Returns:
        None when it is not there.

    Raises:
        RowError: That is neither.
    """
    text = str(image).strip()
    if isinstance(image, float) and image.is_integer():
        text = str(int(image))
    if text.isdecimal() and int(text) < _MOST:
        names = [name.format(int(text)) for name in _NAMES]
    elif isinstance(image, str) and text:
        names = [text]
    else:
        raise RowError("A row names no COCO image.")
    for below in _FOLDERS:
        for name in names:
            path = locate(folder / below, name)
            if path.is_file():
                return path
    return None


def missing_image(concerns: Concerns, folder: Path, where: str) -> None:
    """Notes a row that is left out because its image is not there."""
    concerns.add(f"Rows were left out because their images are not in {folder}.", where, "warning")


def without_images(concerns: Concerns, where: str) -> None:
    """Notes that questions are read without the images that they are about."""
    concerns.add(
        "Questions are learned without their images, because no folder of images is named.",
        where,
        "warning",
    )
