"""Sentences that several reports share."""

from __future__ import annotations

import math

from inspector_app.domain.verdicts import Verdict
from inspector_app.reports.charts import Scores
from inspector_app.reports.summary import ImageRow, ReportData
from inspector_app.reports.texts import Words

SIGNS = {"accept": "✓", "review": "?", "reject": "✕", "unreadable": "!", "waiting": "–"}
COLORS = {
    "accept": "#009E73",
    "review": "#E69F00",
    "reject": "#D55E00",
    "unreadable": "#6B7280",
    "waiting": "#9AA1AB",
}


def score_line(row: ImageRow, words: Words) -> str:
    """Returns the score against its limits, in words."""
    if row.score is None or not math.isfinite(row.score):
        return words("no_score")
    score = words.number(row.score)
    limits = row.limits
    if limits is None:
        return words("score_only", score=score)
    review, reject = words.number(limits.review), words.number(limits.reject)
    if limits.decide(row.score) is Verdict.REJECT:
        return words("score_reject", score=score, reject=reject)
    if limits.decide(row.score) is Verdict.REVIEW:
        if math.isinf(limits.reject):
            return words("score_review_open", score=score, review=review)
        return words("score_review", score=score, review=review, reject=reject)
    return words("score_accept", score=score, review=review)


def overrule_line(row: ImageRow, words: Words) -> str:
    """Returns who decided otherwise and why; empty when nobody did."""
    if not row.person or row.verdict is None:
        return ""
    verdict = words(row.verdict.value).lower()
    if row.engine_verdict is None:
        text = words("overruled_none", person=row.person, verdict=verdict)
    else:
        engine = words(row.engine_verdict.value).lower()
        text = words("overruled", person=row.person, verdict=verdict, engine=engine)
    why = ", ".join(part for part in (row.code, row.code_text, row.person_note) if part)
    return f"{text} {words('overruled_why', why=why.rstrip('.'))}" if why else text


def source_line(row: ImageRow) -> str:
    """Returns what decided: engine, adapter and recipe."""
    engine = f"{row.engine} + {row.adapter}" if row.adapter else row.engine
    return " · ".join(part for part in (engine, row.recipe) if part)


def facts(data: ReportData, words: Words) -> list[tuple[str, str]]:
    """Returns what the head of a report says of the lot, pairs of name and value."""
    inspected = words("nothing_inspected")
    if data.first:
        inspected = words.time(data.first)
        if words.time(data.last) != inspected:
            inspected = words("span", first=inspected, last=words.time(data.last))
    rows = [
        (words("project"), data.file),
        (words("created"), words.time(data.created)),
        (words("inspected"), inspected),
        (words("recipe"), ", ".join(data.recipes) or words("none")),
        (words("engine"), ", ".join(data.engines) or words("none")),
        (words("limits"), limits_line(data, words)),
    ]
    if data.median_seconds is not None:
        rows.append(
            (words("time"), words("time_line", median=words.number(data.median_seconds, 2)))
        )
    if data.overruled:
        rows.append((words("people"), words.whole(data.overruled)))
    return rows


def scores_note(scores: Scores, words: Words) -> str:
    """Returns whose scores a chart shows."""
    recipe = f", {scores.recipe}" if scores.recipe else ""
    note = words("histogram_note", engine=scores.engine, recipe=recipe)
    if scores.left_out:
        note += " " + words("histogram_part", n=words.whole(scores.left_out))
    return note


def limits_line(data: ReportData, words: Words) -> str:
    """Returns the limits in one line."""
    if data.several_limits:
        return words("limits_several")
    limits = data.limits
    if limits is None:
        return words("none")
    review, reject = words.number(limits.review), words.number(limits.reject)
    if math.isinf(limits.reject):
        parts = [words("limits_line_open", review=review)]
    else:
        parts = [words("limits_line", review=review, reject=reject)]
    if limits.good_images:
        rate = words.percent(limits.false_alarm_rate)
        parts.append(words("limits_good", n=words.whole(limits.good_images), rate=rate))
        if limits.promised:
            parts.append(words("limits_promised", confidence=words.percent(limits.confidence)))
        else:
            parts.append(words("limits_unpromised"))
    return "; ".join(parts)
