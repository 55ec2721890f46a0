"""Data sets in the forms they come in, read into samples.

A form is one module with a function `read(source, concerns)` and one line in `FORMS`. What breaks
the structure of a file raises a `BadInputError`; a broken row is left out and told as a concern.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from inspector_app.domain.errors import BadInputError
from inspector_app.domain.samples import SPLITS, Concern, Sample
from inspector_app.domain.training import DataSource
from inspector_app.learning.importers import (
    boxes,
    coco,
    labelme,
    manifest,
    mvtec,
    project,
    sroie,
    viet_receipt,
    vivqa,
    vivqa_x,
    voc,
    yolo,
)
from inspector_app.learning.importers.rows import Concerns

Reader = Callable[[DataSource, Concerns], Iterable[Sample]]

FORMS: dict[str, Reader] = {
    "manifest": manifest.read,
    "project": project.read,
    "mvtec": mvtec.read,
    "boxes": boxes.read,
    "coco": coco.read,
    "yolo": yolo.read,
    "voc": voc.read,
    "labelme": labelme.read,
    "sroie": sroie.read,
    "viet-receipt": viet_receipt.read,
    "vivqa": vivqa.read,
    "vivqa-x": vivqa_x.read,
}


@dataclass(frozen=True, slots=True)
class Imported:
    """A data set that was read.

    Attributes:
        samples: Of the split that was asked for, in the order of the file.
        concerns: What there is to say about it, errors first.
    """

    samples: tuple[Sample, ...]
    concerns: tuple[Concern, ...] = ()


def read(source: DataSource) -> Imported:
    """Reads a data set.

    Args:
        source: Where it lies, its form, and the split that is wanted; empty for all.

    Raises:
        BadInputError: The form or the split is not known, the file is broken, or it holds no
            sample of the split.
    """
    if source.form not in FORMS:
        raise BadInputError(
            f"There is no form of data {source.form!r}.", f"Choose one of: {', '.join(FORMS)}."
        )
    if source.split not in ("", *SPLITS):
        raise BadInputError(
            f"There is no split {source.split!r}.", f"Choose one of: {', '.join(SPLITS)}."
        )
    concerns = Concerns()
    found = FORMS[source.form](source, concerns)
    samples: list[Sample] = []
    others: set[str] = set()
    for each in found:
        if source.split in ("", each.split):
            samples.append(each)
        else:
            others.add(each.split)
    listed = concerns.listed()
    if not samples:
        which = f" in the split {source.split}" if source.split else ""
        why = f"{listed[0].what} ({', '.join(listed[0].where)})" if listed else "Check the path."
        if others:
            why = (
                f"It has samples of {', '.join(sorted(others))}; name that split, or none for all."
            )
        raise BadInputError(f"{source.path} has no sample{which} that can be used.", why)
    return Imported(tuple(samples), listed)
