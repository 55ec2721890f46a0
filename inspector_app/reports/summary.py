"""What a report says, taken from the store only: the same project gives the same report."""

from __future__ import annotations

import os
import tomllib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from statistics import median

from inspector_app.domain.findings import AuthorKind, Finding, FindingState
from inspector_app.domain.geometry import Box, PixelBox
from inspector_app.domain.images import ImageRef
from inspector_app.domain.results import ImageSummary
from inspector_app.domain.verdicts import Limits, Verdict
from inspector_app.reports.texts import one_line
from inspector_app.store.project import Project

COUNT_KEYS = ("accept", "review", "reject", "unreadable", "waiting")
_STOP_EVERY = 50


class StoppedError(Exception):
    """The caller wants no report any more."""


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding of a report.

    Attributes:
        label: Its name, one line.
        box: Where, in fractions of the image; None for the whole image.
        pixels: The same in pixels; None for the whole image or when its size is not known.
        score: The author's score, None without one.
        author: Engine or person.
        by_person: Whether a person says it.
        state: What people have said of it.
        note: Free text, one line.
        created: UTC time, ISO 8601.
    """

    label: str
    box: Box | None
    pixels: PixelBox | None
    score: float | None
    author: str
    by_person: bool
    state: FindingState
    note: str
    created: str

    @property
    def counts(self) -> bool:
        """Whether it still stands: no person has rejected it."""
        return self.state not in (FindingState.REJECTED, FindingState.EDITED)


@dataclass(frozen=True, slots=True)
class ImageRow:
    """One image of a report.

    Attributes:
        number: Place in the project, from 1.
        name: File name, with folders where names repeat, and page where there are several.
        path: Absolute path.
        page: Page, from 0.
        width: Pixels, 0 when not known.
        height: Likewise.
        sha256: Hash of the file that was inspected, empty when not known.
        verdict: The one that counts.
        engine_verdict: The engine's.
        person: Who overruled it; empty when nobody did.
        code: Reject code of the person.
        code_text: Its words, as the recipe has them.
        person_note: What the person wrote.
        score: Score of the deciding result.
        limits: Limits of the deciding result.
        engine: Its engine.
        adapter: Its adapter.
        recipe: Its recipe, without the hash.
        reasons: Why, one sentence each.
        seconds: Its wall time.
        created: When; empty when not inspected.
        trouble: Why there is no verdict, or why the file cannot be read.
        result_id: The deciding result; empty without one.
        findings: All but the replaced ones.
    """

    number: int
    name: str
    path: str
    page: int
    width: int
    height: int
    sha256: str
    verdict: Verdict | None
    engine_verdict: Verdict | None
    person: str
    code: str
    code_text: str
    person_note: str
    score: float | None
    limits: Limits | None
    engine: str
    adapter: str
    recipe: str
    reasons: tuple[str, ...]
    seconds: float | None
    created: str
    trouble: str
    result_id: str
    findings: tuple[FindingRow, ...]

    @property
    def status(self) -> str:
        """One of `COUNT_KEYS`."""
        if self.verdict is not None:
            return self.verdict.value
        return "unreadable" if self.trouble else "waiting"

    @property
    def standing(self) -> tuple[FindingRow, ...]:
        """Findings that no person has rejected."""
        return tuple(finding for finding in self.findings if finding.counts)


@dataclass(frozen=True, slots=True)
class ReportData:
    """Everything a report says.

    Attributes:
        title: Title of the project, or its file name.
        file: Name of the project file.
        created: When the project was made, ISO 8601.
        first: Time of the first deciding result; empty without one.
        last: Time of the last.
        changed: Time of the last thing that a report shows: result, finding or overrule.
        rendered: Whether the images are rendered, not photographed.
        recipes: Titles, most used first.
        engines: Card ids (with adapter), most used first.
        counts: Images by `COUNT_KEYS`.
        overruled: Images whose engine verdict a person overruled.
        pareto: Label and number of standing findings on rejected and review images.
        median_seconds: Median wall time of the deciding results, None without any.
        limits: The limits, when all deciding results share them.
        several_limits: Whether they do not.
        images: All images in natural order of their names.
    """

    title: str
    file: str
    created: str
    first: str
    last: str
    changed: str
    rendered: bool
    recipes: tuple[str, ...]
    engines: tuple[str, ...]
    counts: tuple[tuple[str, int], ...]
    overruled: int
    pareto: tuple[tuple[str, int], ...]
    median_seconds: float | None
    limits: Limits | None
    several_limits: bool
    images: tuple[ImageRow, ...]

    @property
    def flagged(self) -> tuple[ImageRow, ...]:
        """Rejected images, then those to review."""
        return tuple(
            row
            for verdict in (Verdict.REJECT, Verdict.REVIEW)
            for row in self.images
            if row.verdict is verdict
        )


def collect(project: Project, stop: Callable[[], bool] | None = None) -> ReportData:
    """Reads all that a report says from the project; nothing else is looked at.

    Raises:
        StoreError: The project cannot be read.
        StoppedError: `stop` said so.
    """
    summaries = project.summaries()
    refs = {image.id: image for image in project.images()}
    names = _names(summaries)
    codes = _codes(project)
    rows: list[ImageRow] = []
    changed = [project.get_meta("created")]
    for number, summary in enumerate(summaries, 1):
        if stop is not None and number % _STOP_EVERY == 0 and stop():
            raise StoppedError
        row, latest = _row(project, summary, refs[summary.image_id], codes)
        rows.append(_named(row, number, names[number - 1]))
        changed.extend(latest)
    return _gathered(project, rows, max(changed))


def _row(
    project: Project, summary: ImageSummary, ref: ImageRef, codes: Mapping[str, str]
) -> tuple[ImageRow, list[str]]:
    image_id = summary.image_id
    result = project.latest_verdict(image_id)
    trouble = summary.trouble
    if result is None:
        others = project.results(image_id)
        # Without a verdict the score is of the newest result that has one, as in the gallery.
        result = next((r for r in others if r.status == "finished" and r.score is not None), None)
        if not trouble and others and others[0].status == "failed":
            trouble = others[0].trouble
    overrule = project.overrule(image_id)
    findings = tuple(_finding(f, ref) for f in project.findings(image_id))
    row = ImageRow(
        number=0,
        name="",
        path=summary.path,
        page=summary.page,
        width=summary.width,
        height=summary.height,
        sha256=(result.image_sha256 if result else "") or ref.sha256,
        verdict=summary.verdict,
        engine_verdict=summary.engine_verdict,
        person=one_line(overrule.person, 80) or "?" if overrule else "",
        code=one_line(overrule.code, 40) if overrule else "",
        code_text=codes.get(overrule.code, "") if overrule else "",
        person_note=one_line(overrule.note) if overrule else "",
        score=result.score if result else None,
        limits=result.limits if result else None,
        engine=one_line(result.provenance.engine, 80) if result else "",
        adapter=result.provenance.adapter.partition("@")[0] if result else "",
        recipe=_recipe_title(result.provenance.recipe) if result else "",
        reasons=tuple(one_line(reason) for reason in result.reasons) if result else (),
        seconds=result.seconds if result else None,
        created=result.created if result else "",
        trouble=one_line(trouble),
        result_id=result.id if result else "",
        findings=findings,
    )
    times = [f.created for f in findings]
    times += [overrule.created] if overrule else []
    times += [result.created] if result else []
    return row, times


def _finding(finding: Finding, image: ImageRef) -> FindingRow:
    known = finding.box is not None and image.width > 0 and image.height > 0
    return FindingRow(
        one_line(finding.label, 120),
        finding.box,
        finding.box.to_pixels(image.width, image.height) if known and finding.box else None,
        finding.score,
        one_line(finding.author.name, 80),
        finding.author.kind is AuthorKind.PERSON,
        finding.state,
        one_line(finding.note),
        finding.created,
    )


def _named(row: ImageRow, number: int, name: str) -> ImageRow:
    return replace(row, number=number, name=name)


def _names(summaries: Sequence[ImageSummary]) -> list[str]:
    """File names; with the folders that tell them apart where a name comes twice."""
    paged = Counter(summary.path for summary in summaries)
    files = Counter(PurePath(path).name for path in paged)
    root = ""
    if any(count > 1 for count in files.values()):
        try:
            root = os.path.commonpath([str(PurePath(path).parent) for path in paged])
        except ValueError:  # on different drives
            root = ""
    names: list[str] = []
    for summary in summaries:
        path = PurePath(summary.path)
        name = path.name
        if files[name] > 1:
            name = path.relative_to(root).as_posix() if root else path.as_posix()
        if paged[summary.path] > 1:
            name = f"{name} [{summary.page + 1}]"
        names.append(one_line(name, 200))
    return names


def _recipe_title(recipe: str) -> str:
    """The title in a provenance's "title hash"."""
    title, _, digest = recipe.rpartition(" ")
    is_hash = len(digest) >= 8 and all(c in "0123456789abcdef" for c in digest)
    return one_line(title if title and is_hash else recipe, 120)


def _codes(project: Project) -> dict[str, str]:
    """Words of the reject codes of all recipes of the project; the newest wins."""
    found: dict[str, str] = {}
    for _, _, text in project.recipe_texts():
        try:
            parsed = tomllib.loads(text)
        except tomllib.TOMLDecodeError:
            continue  # kept by hand or by an older version: the code alone is shown
        listed = parsed.get("reject_codes", [])
        for item in listed if isinstance(listed, list) else []:
            if isinstance(item, dict) and "code" in item:
                found[str(item["code"])] = one_line(str(item.get("text", "")), 120)
    return found


def _gathered(project: Project, rows: Sequence[ImageRow], changed: str) -> ReportData:
    counts = Counter(row.status for row in rows)
    decided = [row for row in rows if row.created]
    recipes = Counter(row.recipe for row in decided if row.recipe)
    engines = Counter(
        f"{row.engine} + {row.adapter}" if row.adapter else row.engine
        for row in decided
        if row.engine
    )
    labels = Counter(
        finding.label
        for row in rows
        if row.verdict in (Verdict.REJECT, Verdict.REVIEW)
        for finding in row.standing
    )
    limits = {row.limits for row in decided if row.limits is not None}
    times = sorted(row.created for row in decided)
    seconds = [row.seconds for row in decided if row.seconds is not None]
    return ReportData(
        title=one_line(project.get_meta("title"), 160) or Path(project.path).stem,
        file=Path(project.path).name,
        created=project.get_meta("created"),
        first=times[0] if times else "",
        last=times[-1] if times else "",
        changed=changed,
        rendered=project.get_meta("rendered") == "1",
        recipes=_ranked(recipes),
        engines=_ranked(engines),
        counts=tuple((key, counts[key]) for key in COUNT_KEYS),
        overruled=sum(
            1 for row in rows if row.person and row.engine_verdict not in (None, row.verdict)
        ),
        pareto=tuple(sorted(labels.items(), key=lambda item: (-item[1], item[0]))),
        median_seconds=median(seconds) if seconds else None,
        limits=next(iter(limits)) if len(limits) == 1 else None,
        several_limits=len(limits) > 1,
        images=tuple(rows),
    )


def _ranked(counter: Counter[str]) -> tuple[str, ...]:
    return tuple(name for name, _ in sorted(counter.items(), key=lambda item: (-item[1], item[0])))
