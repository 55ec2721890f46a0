"""What other engines found on an image, as numbered lines for the prompt of a language model."""

from __future__ import annotations

from dataclasses import dataclass

from inspector_app.domain.errors import InspectorError
from inspector_app.domain.findings import Finding, FindingState, FoundBox
from inspector_app.domain.geometry import Box
from inspector_app.domain.results import Result
from inspector_app.domain.tasks import Task
from inspector_app.engines import registry
from inspector_app.parsing.texts import texts
from inspector_app.store.project import Project

_MOST_LINES = 60  # of text; a page has more than a prompt should
_LEFT_OUT = frozenset({FindingState.REJECTED, FindingState.EDITED})


@dataclass(frozen=True, slots=True)
class ExpertContext:
    """Context for a prompt, for the user to change.

    Attributes:
        text: Numbered lines; empty where nothing is known.
        regions: Of the first lines, in their order: the first is number 1.
    """

    text: str
    regions: tuple[FoundBox, ...] = ()


def expert_context(project: Project, image_id: str, language: str = "en") -> ExpertContext:
    """Collects what is known of an image: regions, lines of text, verdict, newest caption.

    Regions that a person rejected or replaced are left out. Places are in percent of the image, so
    that they mean the same to every model.

    Args:
        project: The project.
        image_id: The image.
        language: "en" or "vi".

    Raises:
        StoreError: The project cannot be read.
    """
    words = texts("asking", language)
    lines: list[str] = []
    regions: list[FoundBox] = []

    def add(key: str, **values: str) -> None:
        lines.append(words[key].format(number=len(lines) + 1, **values))

    for finding in project.findings(image_id):
        if finding.box is not None and finding.state not in _LEFT_OUT:
            regions.append(FoundBox(finding.label, finding.box, finding.score))
            place = words["context_place"].format(**_percent(finding.box))
            add(
                "context_region",
                label=finding.label,
                score=_score(finding, words, language),
                place=place,
            )
    stored = project.reading(image_id)
    if stored is not None:
        page = stored.reading.document.pages[0]
        for line in page.lines[:_MOST_LINES]:
            regions.append(FoundBox(line.text, line.box, line.score))
            add("context_text", text=line.text)
    verdict = project.latest_verdict(image_id)
    if verdict is not None and verdict.verdict is not None and verdict.score is not None:
        add(
            "context_verdict",
            engine=_name(verdict),
            verdict=words[verdict.verdict.value],
            score=_number(verdict.score, language),
        )
    told = (r for r in project.results(image_id) if r.task is Task.CAPTION)
    caption = next((r for r in told if r.status == "finished" and r.answer.strip()), None)
    if caption is not None:
        add("context_caption", text=" ".join(caption.answer.split()))
    return ExpertContext("\n".join(lines), tuple(regions))


def _percent(box: Box) -> dict[str, str]:
    sides = {"left": box.x1, "top": box.y1, "right": box.x2, "bottom": box.y2}
    return {side: f"{100 * value:.0f}" for side, value in sides.items()}


def _score(finding: Finding, words: dict[str, str], language: str) -> str:
    if finding.score is None:
        return ""
    return words["context_score"].format(score=_number(finding.score, language))


def _number(value: float, language: str) -> str:
    shown = f"{value:.2f}"
    return shown.replace(".", ",") if language == "vi" else shown


def _name(result: Result) -> str:
    try:
        return registry.card(result.provenance.engine).name
    except InspectorError:  # taken away since
        return result.provenance.engine
