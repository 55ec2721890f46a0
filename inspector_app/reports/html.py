"""The report as one HTML file that needs nothing else and may fetch nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from inspector_app import __version__
from inspector_app.reports.charts import Chart, pareto_chart, score_chart, scores_of
from inspector_app.reports.html_page import SCRIPT, STYLE
from inspector_app.reports.html_parts import head, jpeg_source, t
from inspector_app.reports.pictures import picture
from inspector_app.reports.summary import FindingRow, ImageRow, ReportData
from inspector_app.reports.texts import Words
from inspector_app.reports.wording import (
    SIGNS,
    facts,
    overrule_line,
    score_line,
    scores_note,
    source_line,
)
from inspector_app.store.project import Project

MOST_PICTURES = 1000
PICTURE_SIDE = 900
_ORDER = {"reject": 0, "review": 1, "unreadable": 2, "waiting": 3, "accept": 4}


def write(
    path: Path, project: Project, data: ReportData, words: Words, step: Callable[[], None]
) -> None:
    """Writes the file, piece by piece: the pictures are never all in memory.

    Args:
        path: Where.
        project: For heat maps.
        data: What it says.
        words: Its language.
        step: Called after each picture; may raise to end it.

    Raises:
        OSError: Not written.
    """
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for piece in _pieces(project, data, words, step):
            file.write(piece)


def _pieces(
    project: Project, data: ReportData, words: Words, step: Callable[[], None]
) -> Iterator[str]:
    shown = data.flagged[:MOST_PICTURES]
    yield head(f"{data.title} - {words('report')}", words, STYLE, SCRIPT)
    yield f'<p class="muted">{t(words("report"))}</p><h1><bdi>{t(data.title)}</bdi></h1>'
    if data.rendered:
        yield f'<p class="banner">{t(words("rendered"))}</p>'
    yield f'<div class="top"><dl>{_facts(data, words)}</dl>{_counts(data, words)}</div>'
    yield _charts(data, words)
    yield _list(data, words, {row.number for row in shown})
    if shown:
        yield f"<h2>{t(words('reject_review'))}</h2>"
    if len(data.flagged) > len(shown):
        yield f'<p class="muted">{t(words("cut_html", n=words.whole(len(shown))))}</p>'
    for row in shown:
        yield _article(project, row, words)
        step()
    when = words("as_of", when=words.time(data.changed)) if data.changed else ""
    by = " · ".join(part for part in (words("by", version=__version__), when) if part)
    yield f'<footer class="muted">{t(by)}</footer></main>\n'
    yield f"<script>{SCRIPT}</script>\n</body></html>\n"


def _facts(data: ReportData, words: Words) -> str:
    return "".join(
        f"<dt>{t(name)}</dt><dd><bdi>{t(value)}</bdi></dd>" for name, value in facts(data, words)
    )


def _verdict(status: str, words: Words) -> str:
    return f'<span class="verdict {status}"><i>{SIGNS[status]}</i>{t(words(status))}</span>'


def _counts(data: ReportData, words: Words) -> str:
    total = len(data.images)
    rows = "".join(
        f"<tr><td>{_verdict(key, words)}</td><td class=n>{words.whole(count)}</td>"
        f"<td class=n>{t(words.percent(count / total if total else 0.0))}</td></tr>"
        for key, count in data.counts
    )
    return (
        f"<table><thead><tr><th>{t(words('verdict'))}</th><th class=n>{t(words('images'))}</th>"
        f"<th class=n>{t(words('share'))}</th></tr></thead><tbody>{rows}"
        f"<tr><td>{t(words('total'))}</td><td class=n>{words.whole(total)}</td><td></td></tr>"
        "</tbody></table>"
    )


def _charts(data: ReportData, words: Words) -> str:
    pareto = f'<p class="muted">{t(words("pareto_empty"))}</p>'
    if data.pareto:
        chart = pareto_chart(data, words, 420, 210)
        pareto = f'{_svg(chart, words("pareto"))}<p class="muted">{t(words("pareto_note"))}</p>'
    scores = scores_of(data)
    values = f'<p class="muted">{t(words("histogram_empty"))}</p>'
    if scores is not None:
        chart = score_chart(scores, words, 420, 210)
        note = scores_note(scores, words)
        values = f'{_svg(chart, words("histogram"))}<p class="muted">{t(note)}</p>'
    return (
        f'<div class="charts"><section><h2>{t(words("pareto"))}</h2>{pareto}</section>'
        f"<section><h2>{t(words('histogram'))}</h2>{values}</section></div>"
    )


def _svg(chart: Chart, title: str) -> str:
    parts: list[str] = []
    for shape in chart.shapes:
        p = [f"{value:.2f}".rstrip("0").rstrip(".") for value in shape.points]
        if shape.kind == "rect":
            x1, y1, x2, y2 = shape.points
            parts.append(
                f'<rect x="{p[0]}" y="{p[1]}" width="{x2 - x1:.2f}" height="{y2 - y1:.2f}"'
                f' class="f-{shape.tone}"/>'
            )
        elif shape.kind == "text":
            parts.append(
                f'<text x="{p[0]}" y="{p[1]}" font-size="{shape.size:g}"'
                f' text-anchor="{shape.anchor}" class="t-{shape.tone}">{t(shape.text)}</text>'
            )
        else:
            pairs = " ".join(f"{x},{y}" for x, y in zip(p[::2], p[1::2], strict=True))
            dash = ' stroke-dasharray="3 2"' if shape.kind == "dash" else ""
            width = "0.6" if shape.tone == "grid" else "1.2"
            parts.append(
                f'<polyline points="{pairs}" fill="none" stroke-width="{width}"{dash}'
                f' class="s-{shape.tone}"/>'
            )
    return (
        f'<svg viewBox="0 0 {chart.width:g} {chart.height:g}" role="img" aria-label="{t(title)}">'
        f"{''.join(parts)}</svg>"
    )


def _list(data: ReportData, words: Words, shown: set[int]) -> str:
    if not data.images:
        return f'<h2>{t(words("all_images"))}</h2><p class="muted">{t(words("no_images"))}</p>'
    present = [key for key, count in data.counts if count]
    chips = f'<button type="button" data-status="" aria-pressed="true">{t(words("all"))}</button>'
    chips += "".join(
        f'<button type="button" data-status="{key}" aria-pressed="false">'
        f"{SIGNS[key]} {t(words(key))}</button>"
        for key in present
    )
    heads = (
        ("image", ""), ("verdict", ' data-number="1"'), ("score", ' class="n"'),
        ("findings", ""), ("person", ""), ("seconds", ' class="n"'),
    )  # fmt: skip
    head = "".join(
        f'<th scope="col"{more}><button type="button">{t(words(key))}</button></th>'
        for key, more in heads
    )
    form = t(words("shown", n="{n}", total="{total}"))
    rows = "".join(_list_row(row, words, row.number in shown) for row in data.images)
    return (
        f'<h2 id="images">{t(words("all_images"))}</h2><div class="tools">'
        f'<input id="filter" type="search" placeholder="{t(words("filter"))}"'
        f' aria-label="{t(words("filter"))}">{chips}'
        f'<span id="shown" class="muted" aria-live="polite" data-form="{form}"></span></div>'
        f'<div class="wide"><table id="list"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody>'
        "</table></div>"
    )


def _list_row(row: ImageRow, words: Words, linked: bool) -> str:
    name = f"<bdi>{t(row.name)}</bdi>"
    if linked:
        name = f'<a href="#image-{row.number}">{name}</a>'
    labels = ", ".join(dict.fromkeys(f.label for f in row.standing))
    text = labels or (row.trouble if row.status in ("unreadable", "waiting") else "")
    more = t(" ".join([*row.reasons, row.trouble]))
    score = "" if row.score is None else repr(float(row.score))
    seconds = "" if row.seconds is None else repr(float(row.seconds))
    return (
        f'<tr data-status="{row.status}" data-more="{more}">'
        f'<td class="name" data-v="{t(row.name)}">{name}</td>'
        f'<td data-v="{_ORDER[row.status]}">{_verdict(row.status, words)}</td>'
        f'<td class="n" data-v="{score}">{t(words.number(row.score))}</td>'
        f"<td><bdi>{t(text)}</bdi></td><td><bdi>{t(row.person)}</bdi></td>"
        f'<td class="n" data-v="{seconds}">{t(words.number(row.seconds, 2))}</td></tr>\n'
    )


def _article(project: Project, row: ImageRow, words: Words) -> str:
    jpeg, (width, height), notes = picture(project, row, words, PICTURE_SIDE, 82)
    side: list[str] = []
    overrule = overrule_line(row, words)
    if overrule:
        side.append(f"<p><bdi>{t(overrule)}</bdi></p>")
    if row.trouble:
        side.append(f"<p><bdi>{t(row.trouble)}</bdi></p>")
    if row.reasons:
        items = "".join(f"<li><bdi>{t(reason)}</bdi></li>" for reason in row.reasons)
        side.append(f"<h4>{t(words('reasons'))}</h4><ul>{items}</ul>")
    side.append(f"<h4>{t(words('findings'))}</h4>")
    if row.findings:
        side.append(_findings(row.findings, words))
    else:
        side.append(f'<p class="muted">{t(words("no_findings"))}</p>')
    parts = [source_line(row), words.time(row.created) if row.created else ""]
    parts.append(f"{words.number(row.seconds, 2)} s" if row.seconds is not None else "")
    parts.append(f"{row.width} × {row.height} px" if row.width else "")
    side.append(f'<p class="muted"><bdi>{t(" · ".join(p for p in parts if p))}</bdi></p>')
    side.append(f'<p class="muted"><a href="#images">{t(words("to_top"))}</a></p>')
    note = t(" ".join(words(key) for key in notes))
    return (
        f'<article id="image-{row.number}"><header><h3><bdi>{t(row.name)}</bdi></h3>'
        f"{_verdict(row.status, words)}<span>{t(score_line(row, words))}</span></header>"
        f'<div><img src="{jpeg_source(jpeg)}" width="{width}" height="{height}" loading="lazy"'
        f' alt="{t(row.name)}"><p class="muted">{note}</p></div>'
        f'<div class="side">{"".join(side)}</div></article>\n'
    )


def _findings(findings: tuple[FindingRow, ...], words: Words) -> str:
    heads = "".join(
        f"<th{' class=n' if key == 'score' else ''}>{t(words(key))}</th>"
        for key in ("label", "score", "place", "author", "state")
    )
    rows: list[str] = []
    for finding in findings:
        place = words("whole")
        if finding.pixels is not None:
            x1, y1, x2, y2 = finding.pixels
            place = f"{x1}, {y1}; {x2 - x1} × {y2 - y1}"
        elif finding.box is not None:
            place = "?"
        kind = words("person_author" if finding.by_person else "engine_author")
        note = f"<br><bdi>{t(finding.note)}</bdi>" if finding.note else ""
        rows.append(
            f'<tr><td class="name"><bdi>{t(finding.label)}</bdi>{note}</td>'
            f"<td class=n>{t(words.number(finding.score))}</td><td>{t(place)}</td>"
            f"<td><bdi>{t(finding.author)}</bdi> ({t(kind)})</td>"
            f"<td>{t(words(finding.state.value))}</td></tr>"
        )
    return (
        f'<div class="wide"><table><thead><tr>{heads}</tr></thead><tbody>{"".join(rows)}</tbody>'
        "</table></div>"
    )
