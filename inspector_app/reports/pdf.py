"""The report as PDF: a summary, a page for every image that was not accepted, and the list."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

from inspector_app import __version__
from inspector_app.reports import pdf_flow as flow
from inspector_app.reports import pdf_marks as marks
from inspector_app.reports.charts import pareto_chart, score_chart, scores_of
from inspector_app.reports.pictures import picture
from inspector_app.reports.summary import FindingRow, ImageRow, ReportData
from inspector_app.reports.texts import Words
from inspector_app.reports.wording import (
    facts,
    overrule_line,
    score_line,
    scores_note,
    source_line,
)
from inspector_app.store.project import Project

MOST_PAGES = 1000  # of images; a report of more is no longer read by anybody
PICTURE_SIDE = 1200
MOST_FINDINGS = 60


def write(
    path: Path, project: Project, data: ReportData, words: Words, step: Callable[[], None]
) -> None:
    """Writes the PDF. The same project gives the same bytes.

    Args:
        path: Where.
        project: For heat maps.
        data: What it says.
        words: Its language.
        step: Called after each image page; may raise to end it.

    Raises:
        OSError: Not written.
    """
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

    kit = flow.Kit(words)
    margin = 16 * marks.MM
    out = io.BytesIO()
    document = BaseDocTemplate(
        out,
        pagesize=(marks.PAGE_WIDTH, marks.PAGE_HEIGHT),
        title=kit.plain(data.title),
        author="Inspector",
        subject=words("report"),
        creator=f"Inspector {__version__}",
        lang=words.language,
        invariant=1,
    )
    frame = Frame(
        margin, 17 * marks.MM, marks.PAGE_WIDTH - 2 * margin,
        marks.PAGE_HEIGHT - 34 * marks.MM, 0, 0, 0, 0,
    )  # fmt: skip
    document.addPageTemplates([PageTemplate("page", [frame])])
    story = _summary(data, kit)
    flagged = data.flagged
    for row in flagged[:MOST_PAGES]:
        story += _image_page(project, row, kit)
        step()
    if len(flagged) > MOST_PAGES:
        story.append(kit.paragraph(words("cut", n=words.whole(MOST_PAGES)), "muted"))
    story += _list(data, kit)
    if kit.glyphs_missing:
        story += [kit.space(6), kit.paragraph(words("glyphs"), "muted")]
    document.build(story, canvasmaker=marks.numbered_canvas(data, words, kit.plain))
    path.write_bytes(out.getvalue())


def _summary(data: ReportData, kit: flow.Kit) -> list[Any]:
    words = kit.words
    story: list[Any] = [
        kit.outline(words("summary"), "summary"),
        kit.paragraph(words("report"), "muted"),
        kit.paragraph(data.title, "title"),
    ]
    if data.rendered:
        story += [kit.banner(words("rendered")), kit.space(6)]
    story += [kit.facts(facts(data, words)), kit.space(10)]
    story += [kit.counts(data.counts, len(data.images)), kit.space(8)]
    width, height = kit.width, 150.0
    story.append(kit.paragraph(words("pareto"), "h2"))
    if data.pareto:
        story += [
            kit.chart(pareto_chart(data, words, width, height)),
            kit.paragraph(words("pareto_note"), "muted"),
        ]
    else:
        story.append(kit.paragraph(words("pareto_empty"), "muted"))
    story += [kit.space(6), kit.paragraph(words("histogram"), "h2")]
    scores = scores_of(data)
    if scores is None:
        story.append(kit.paragraph(words("histogram_empty"), "muted"))
    else:
        story += [
            kit.chart(score_chart(scores, words, width, height)),
            kit.paragraph(scores_note(scores, words), "muted"),
        ]
    return story


def _image_page(project: Project, row: ImageRow, kit: flow.Kit) -> list[Any]:
    words = kit.words
    jpeg, size, notes = picture(project, row, words, PICTURE_SIDE)
    story: list[Any] = [
        kit.page_break(),
        kit.outline(row.name, f"image-{row.number}"),
        kit.paragraph(row.name, "h1"),
        kit.verdict_bar(row.status, score_line(row, words)),
        kit.space(5),
    ]
    overrule = overrule_line(row, words)
    if overrule:
        story += [kit.paragraph(overrule, "body"), kit.space(3)]
    story += [kit.image(jpeg, size, kit.width, 390.0), kit.space(3)]
    if notes:
        story.append(kit.paragraph(" ".join(words(note) for note in notes), "muted"))
    if row.trouble:
        story += [kit.space(4), kit.paragraph(row.trouble, "body")]
    if row.reasons:
        story += [kit.space(6), kit.paragraph(words("reasons"), "h2")]
        story += [kit.paragraph(f"•  {reason}", "body") for reason in row.reasons[:12]]
    story += [kit.space(6), kit.paragraph(words("findings"), "h2")]
    if row.findings:
        story.append(_findings(row.findings, kit))
        if len(row.findings) > MOST_FINDINGS:
            left = len(row.findings) - MOST_FINDINGS
            story.append(kit.paragraph(f"+ {words.whole(left)}", "muted"))
    else:
        story.append(kit.paragraph(words("no_findings"), "muted"))
    parts = [source_line(row)]
    if row.created:
        parts.append(words.time(row.created))
    if row.seconds is not None:
        parts.append(f"{words.number(row.seconds, 2)} s")
    if row.width:
        parts.append(f"{row.width} × {row.height} px")
    story += [kit.space(6), kit.paragraph(" · ".join(part for part in parts if part), "muted")]
    return story


def _findings(findings: tuple[FindingRow, ...], kit: flow.Kit) -> Any:
    words = kit.words
    heads = [words(key) for key in ("label", "score", "place", "size", "author", "state", "note")]
    rows: list[list[str]] = []
    for finding in findings[:MOST_FINDINGS]:
        place, size = words("whole"), ""
        if finding.pixels is not None:
            x1, y1, x2, y2 = finding.pixels
            place, size = f"{x1}, {y1}", f"{x2 - x1} × {y2 - y1}"
        elif finding.box is not None:
            place = "?"
        kind = words("person_author" if finding.by_person else "engine_author")
        rows.append(
            [
                finding.label,
                words.number(finding.score),
                place,
                size,
                f"{finding.author} ({kind})",
                words(finding.state.value),
                finding.note,
            ]
        )
    shares = (0.20, 0.09, 0.12, 0.12, 0.18, 0.12, 0.17)
    return kit.table(heads, rows, shares, right=(1,))


def _list(data: ReportData, kit: flow.Kit) -> list[Any]:
    words = kit.words
    story: list[Any] = [
        kit.page_break(),
        kit.outline(words("all_images"), "all"),
        kit.paragraph(words("all_images"), "h1"),
    ]
    if not data.images:
        return [*story, kit.paragraph(words("no_images"), "muted")]
    return [*story, *kit.image_list(data.images)]
