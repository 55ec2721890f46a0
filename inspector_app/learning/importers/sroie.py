"""ICDAR 2019 SROIE: folders img (receipts) and key (their fields as JSON), box (lines) unused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from inspector_app.domain.errors import BadInputError
from inspector_app.domain.samples import Sample
from inspector_app.domain.tasks import Task
from inspector_app.domain.training import DataSource
from inspector_app.learning.importers.nested import flatten
from inspector_app.learning.importers.rows import (
    Concerns,
    RowError,
    images_in,
    need_folder,
    split_of,
)

_KEYS = ("key", "entities")
_SUFFIXES = (".json", ".txt")


def read(source: DataSource, concerns: Concerns) -> Iterator[Sample]:
    """Reads such a folder, or one with such folders for train and test in it.

    Raises:
        BadInputError: The folder is missing, or has not this form.
    """
    root = need_folder(Path(source.path))
    folders = [path for path in (root, *sorted(root.iterdir())) if (path / "img").is_dir()]
    if not folders:
        raise BadInputError(f"{root} has no folder img.", "Choose the folder around img and key.")
    for folder in folders:
        keys = next((folder / name for name in _KEYS if (folder / name).is_dir()), None)
        if keys is None:
            raise BadInputError(f"{folder} has no folder key.", "Choose one with img and key.")
        split = split_of(Path(folder.name), source.split)
        for image in images_in(folder / "img"):
            sample = concerns.attempt(f"{keys.name}/{image.stem}", _sample, image, keys, split)
            if sample is not None:
                yield sample


def _sample(image: Path, keys: Path, split: str) -> Sample:
    path = next((p for s in _SUFFIXES if (p := keys / f"{image.stem}{s}").is_file()), None)
    if path is None:
        raise RowError("A receipt has no file of fields.")
    try:
        data = json.loads(path.read_text("utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        raise RowError("A file of fields is not JSON in UTF-8.") from None
    fields = tuple((name, value or None) for name, value in flatten(data))
    return Sample(
        images=(str(image.absolute()),),
        task=Task.EXTRACT,
        split=split,
        fields=fields,
        source=f"{keys.name}/{path.name}",
    )
