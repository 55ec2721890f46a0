"""Demonstrations with images, from what people accepted in a project."""

from __future__ import annotations

from collections.abc import Iterator

from inspector_app.domain.findings import FindingState
from inspector_app.domain.images import ImageRef
from inspector_app.domain.prompting import Example
from inspector_app.domain.verdicts import Verdict
from inspector_app.parsing.texts import texts
from inspector_app.store.project import Project


def accepted_examples(project: Project, but: str = "", language: str = "en") -> list[Example]:
    """Returns what can be shown as an example: images that a person has judged.

    The answer is the labels of the accepted regions, or that there is no defect on an image whose
    verdict a person set to accept and that has none. The question is empty: it is the one that is
    asked. Pages of a file behind the first are left out, since an example names a file only.

    Args:
        project: The project.
        but: Id of the image that is asked about, which cannot be its own example.
        language: Of the answer for a good part.

    Raises:
        StoreError: The project cannot be read.
    """
    return [
        Example("", answer, image.path)
        for image in project.images()
        if image.id != but and not image.page
        for answer in _answers(project, image, language)
    ]


def _answers(project: Project, image: ImageRef, language: str) -> Iterator[str]:
    labels = [
        finding.label
        for finding in project.findings(image.id)
        if finding.state is FindingState.ACCEPTED and finding.label.strip()
    ]
    if labels:
        yield ", ".join(dict.fromkeys(labels))
        return
    overrule = project.overrule(image.id)
    if overrule is not None and overrule.verdict is Verdict.ACCEPT:
        yield texts("asking", language)["no_defect"]
