"""Corrections of a project: what people have accepted, edited, drawn, rejected and corrected.

An image counts when a person has decided about all of it: each finding accepted, edited or
rejected, or the part itself accepted or rejected. Of a document the fields count, once a person has
corrected one; those that the person left as they were are taken for right.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from inspector_app.domain.errors import BadInputError, StoreError
from inspector_app.domain.findings import AuthorKind, Finding, FindingState, FoundBox
from inspector_app.domain.images import ImageRef
from inspector_app.domain.samples import Sample
from inspector_app.domain.tasks import Task
from inspector_app.domain.training import DataSource
from inspector_app.domain.verdicts import Verdict
from inspector_app.imaging.decode import file_sha256
from inspector_app.learning.corrected_rows import corrected_row
from inspector_app.learning.importers.nested import flatten
from inspector_app.learning.importers.rows import Concerns, RowError
from inspector_app.parsing.documents.recheck import compact, count
from inspector_app.store.project import Project

_VIETNAMESE = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")  # letters that no neighbour has
_OPEN = (FindingState.PROPOSED, FindingState.UNSURE)


def read(source: DataSource, concerns: Concerns) -> Iterator[Sample]:
    """Reads a project; nothing in it is changed.

    Raises:
        BadInputError: It cannot be opened.
    """
    path = Path(source.path)
    split = source.split or "train"
    try:
        with Project.open(path, read_only=True) as project:
            documents = project.readings()
            for image in project.images():
                where = f"{path.name}: {Path(image.path).name}"
                make = _document if image.id in documents else _part
                sample = concerns.attempt(where, make, project, image, split, where, concerns)
                if sample is not None:
                    yield sample
    except StoreError as error:
        raise BadInputError(error.what, error.mend) from error


def _part(
    project: Project, image: ImageRef, split: str, where: str, concerns: Concerns
) -> Sample | None:
    findings = project.findings(image.id)
    overruled = project.overrule(image.id)
    stand = [each for each in findings if _stands(each)]
    rejected = [each for each in findings if each.state is FindingState.REJECTED]
    waiting = [each for each in findings if each not in stand and each not in rejected]
    if overruled is None and not stand and not rejected:
        return None  # nobody has looked at it
    verdict = overruled.verdict if overruled is not None else None
    accepted = verdict is Verdict.ACCEPT
    # "Review" decides nothing: without a defect that stands the part is neither good nor bad yet.
    if (waiting and not accepted) or (verdict is Verdict.REVIEW and not stand):
        what = "Images were left out because they or findings on them wait for a person's decision."
        concerns.add(what, where, "warning")
        return None
    _one_page(image)
    if accepted and stand:
        raise RowError("A part was accepted although a defect on it was accepted too.")
    is_defect = bool(stand) or verdict is Verdict.REJECT
    boxes = tuple(FoundBox(each.label, each.box) for each in stand if each.box is not None)
    return Sample(
        images=(image.path,),
        task=Task.DETECTION,
        split=split,
        located=boxes if boxes or not is_defect else None,
        is_defect=is_defect,
        source=where,
    )


def _stands(finding: Finding) -> bool:
    by_person = finding.author.kind is AuthorKind.PERSON and finding.state in _OPEN
    return finding.state is FindingState.ACCEPTED or by_person


def _document(
    project: Project, image: ImageRef, split: str, where: str, concerns: Concerns
) -> Sample | None:
    stored = project.reading(image.id)
    corrections = project.corrections(image.id)
    if stored is None or stored.reading.extraction is None or not corrections:
        return None
    _one_page(image)
    if stored.sha256 and stored.sha256 != file_sha256(image.path):
        what = "Documents were left out because their image was changed after it was read."
        concerns.add(what, where, "warning")
        return None
    final = compact(count(stored, corrections)).now  # with its sums run again
    if final.conflicts:
        what = "Documents were left out because numbers in them contradict each other still."
        concerns.add(what, where, "warning")
        return None
    row = corrected_row("", stored.reading.document.pages[0], final, split, "")
    fields = flatten(row["fields"])
    return Sample(
        images=(image.path,),
        task=Task.EXTRACT,
        split=split,
        fields=fields,
        category=final.schema,
        language=language_of(" ".join(value or "" for _, value in fields)),
        source=where,
    )


def language_of(text: str) -> str:
    """Returns the language of a text by its letters: "vi" or "en"."""
    return "vi" if _VIETNAMESE.search(unicodedata.normalize("NFC", text)) else "en"


def _one_page(image: ImageRef) -> None:
    if image.page or image.path.lower().endswith(".pdf"):
        raise RowError("Pages of files with several cannot be learned from; save them as images.")
