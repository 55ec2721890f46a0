"""Words of the Improve page: durations, numbers, concerns, and what a comparison says."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication, QLocale

from inspector_app.domain.evaluation import Comparison, Metric
from inspector_app.domain.judging import MODEL, Standing
from inspector_app.ui import judging_words

SIGNS = {"error": "✕", "warning": "?", "note": "·"}
_SURE = 0.05  # p below which a difference is called one


def severity_word(severity: str) -> str:
    """Returns the severity of a concern in a word."""
    translate = QCoreApplication.translate
    return {
        "error": translate("ImproveWords", "error"),
        "warning": translate("ImproveWords", "warning"),
        "note": translate("ImproveWords", "note"),
    }[severity]


def number(value: float, digits: int = 4) -> str:
    """Returns a figure as people write it; a dash where it is undefined."""
    return QLocale().toString(value, "g", digits) if math.isfinite(value) else "–"


def loss_text(value: float | None) -> str:
    """Returns a loss with four places."""
    return QLocale().toString(value, "f", 4) if value is not None else "–"


def duration(seconds: float) -> str:
    """Returns a time in words: "3 h 12 min", "12 min", "40 s"."""
    translate = QCoreApplication.translate
    whole = max(0, round(seconds))
    hours, minutes = whole // 3600, whole % 3600 // 60
    if hours:
        text = translate("ImproveWords", "{hours} h {minutes} min")
        return text.format(hours=hours, minutes=minutes)
    if minutes:
        return translate("ImproveWords", "{minutes} min").format(minutes=minutes)
    return translate("ImproveWords", "{seconds} s").format(seconds=whole)


def share(value: float) -> str:
    """Returns a share in percent."""
    return QLocale().toString(100 * value, "f", 1) + " %"


def figure(metric: Metric) -> str:
    """Returns a figure with its interval: "0.812 (0.77 to 0.85)"."""
    if not math.isfinite(metric.low) or not math.isfinite(metric.high):
        return number(metric.value, 3)
    translate = QCoreApplication.translate
    return translate("ImproveWords", "{value} ({low} to {high})").format(
        value=number(metric.value, 3), low=number(metric.low, 2), high=number(metric.high, 2)
    )


def signed(value: float) -> str:
    """Returns a difference with its sign."""
    if not math.isfinite(value):
        return "–"
    text = QLocale().toString(abs(value), "f", 3)
    return ("+" if value > 0 else "−" if value < 0 else "±") + text


def verdict_text(found: Comparison) -> str:
    """Returns what McNemar's test says, in plain words."""
    translate = QCoreApplication.translate
    paired = found.paired
    counts = translate(
        "ImproveWords",
        "Of {n} items, {gained} are right only with the new adapter, {lost} only with the one of "
        "now, and {even} are the same with both.",
    ).format(n=found.n, gained=paired.second, lost=paired.first, even=paired.even)
    now = translate("ImproveWords", "The one of now")
    new = translate("ImproveWords", "The new one")
    return f"{counts} {judging_words.verdict_text(paired, now, new)}"


def advice(found: Comparison) -> str:
    """Returns which decision the figures speak for."""
    translate = QCoreApplication.translate
    paired = found.paired
    if paired.p < _SURE and paired.second > paired.first:
        return translate("ImproveWords", "The figures speak for the new adapter.")
    if paired.p < _SURE:
        return translate("ImproveWords", "The figures speak against the new adapter.")
    return translate(
        "ImproveWords",
        "The figures show no difference. Judge blind, or train on more corrections; until then the "
        "one of now is the safer choice.",
    )


def standing_text(found: Standing) -> str:
    """Returns what a judge says: wins of both, ties, and the sign test."""
    translate = QCoreApplication.translate
    if found.kind == MODEL:
        who = translate("ImproveWords", "Model {name}").format(name=found.judge)
    else:
        who = found.judge or translate("ImproveWords", "All people")
    return translate(
        "ImproveWords",
        "{who}: of {n} judged, the new one wins {second}, the one of now {first}, {even} ties "
        "({p}).",
    ).format(
        who=who,
        n=found.judged,
        second=found.paired.second,
        first=found.paired.first,
        even=found.paired.even,
        p=judging_words.chance(found.paired.p),
    )


def form_word(form: str) -> str:
    """Returns the name of a form of data."""
    translate = QCoreApplication.translate
    return {
        "manifest": translate("ImproveWords", "Manifest (JSON lines)"),
        "project": translate("ImproveWords", "Corrections of a project"),
        "mvtec": translate("ImproveWords", "MVTec AD (folder)"),
        "boxes": translate("ImproveWords", "List of boxes (JSON)"),
        "coco": translate("ImproveWords", "COCO (JSON)"),
        "yolo": translate("ImproveWords", "YOLO (folder)"),
        "voc": translate("ImproveWords", "Pascal VOC (folder)"),
        "labelme": translate("ImproveWords", "labelme (folder)"),
        "sroie": translate("ImproveWords", "SROIE receipts (folder)"),
        "viet-receipt": translate("ImproveWords", "Viet-Receipt-VQA (folder)"),
        "vivqa": translate("ImproveWords", "ViVQA (CSV)"),
        "vivqa-x": translate("ImproveWords", "ViVQA-X (JSON)"),
    }.get(form, form)
