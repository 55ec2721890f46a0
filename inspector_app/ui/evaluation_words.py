"""Words for evaluations: what a figure is called, what it is, what "good" and "defect" are."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from inspector_app.domain.evaluation import Item, Metric
from inspector_app.ui.action_entry import QT_TRANSLATE_NOOP
from inspector_app.ui.judging_words import number

NONE = "–"
_DIGITS = 3

# name -> (what people call it, what it is)
_METRICS: dict[str, tuple[str, str]] = {
    "image_auroc": (
        QT_TRANSLATE_NOOP("EvaluationWords", "AUROC of images"),
        QT_TRANSLATE_NOOP(
            "EvaluationWords",
            "The chance that a defective part has a higher score than a good one; 0.5 is guessing.",
        ),
    ),
    "balanced_accuracy": (
        QT_TRANSLATE_NOOP("EvaluationWords", "Balanced accuracy"),
        QT_TRANSLATE_NOOP("EvaluationWords", "The mean of recall and specificity."),
    ),
    "recall": (
        QT_TRANSLATE_NOOP("EvaluationWords", "Recall: defects found"),
        QT_TRANSLATE_NOOP("EvaluationWords", "The share of defective parts that were found."),
    ),
    "specificity": (
        QT_TRANSLATE_NOOP("EvaluationWords", "Specificity: good parts passed"),
        QT_TRANSLATE_NOOP("EvaluationWords", "The share of good parts that were called good."),
    ),
    "false_alarm_rate": (
        QT_TRANSLATE_NOOP("EvaluationWords", "False alarms"),
        QT_TRANSLATE_NOOP("EvaluationWords", "The share of good parts that were called defective."),
    ),
    "f1": (
        QT_TRANSLATE_NOOP("EvaluationWords", "F1"),
        QT_TRANSLATE_NOOP(
            "EvaluationWords", "The harmonic mean of precision and recall of “defective”."
        ),
    ),
    "pixel_auroc": (
        QT_TRANSLATE_NOOP("EvaluationWords", "AUROC of pixels"),
        QT_TRANSLATE_NOOP(
            "EvaluationWords",
            "The chance that a pixel of a defect is hotter in the heat map than another pixel.",
        ),
    ),
    "au_pro": (
        QT_TRANSLATE_NOOP("EvaluationWords", "Per-region overlap"),
        QT_TRANSLATE_NOOP(
            "EvaluationWords",
            "How much of every defect the heat map covers, up to 30 % false pixels (AU-PRO).",
        ),
    ),
    "iou_mean": (
        QT_TRANSLATE_NOOP("EvaluationWords", "Overlap of boxes (IoU)"),
        QT_TRANSLATE_NOOP("EvaluationWords", "The mean overlap of the best box for each true box."),
    ),
    "iou_at_03": (
        QT_TRANSLATE_NOOP("EvaluationWords", "Boxes with overlap from 0.3"),
        QT_TRANSLATE_NOOP(
            "EvaluationWords", "The share of true boxes whose best box overlaps by at least 0.3."
        ),
    ),
    "iou_at_05": (
        QT_TRANSLATE_NOOP("EvaluationWords", "Boxes with overlap from 0.5"),
        QT_TRANSLATE_NOOP(
            "EvaluationWords", "The share of true boxes whose best box overlaps by at least 0.5."
        ),
    ),
    "box_recall": (
        QT_TRANSLATE_NOOP("EvaluationWords", "Recall of boxes"),
        QT_TRANSLATE_NOOP("EvaluationWords", "True boxes matched one to one at overlap 0.3."),
    ),
    "box_precision": (
        QT_TRANSLATE_NOOP("EvaluationWords", "Precision of boxes"),
        QT_TRANSLATE_NOOP(
            "EvaluationWords", "Found boxes that match a true one; boxes on good parts are false."
        ),
    ),
    "exact_match": (
        QT_TRANSLATE_NOOP("EvaluationWords", "Answers exactly right"),
        QT_TRANSLATE_NOOP(
            "EvaluationWords", "The share of answers that are exactly right in normal form."
        ),
    ),
    "token_f1": (
        QT_TRANSLATE_NOOP("EvaluationWords", "Words shared (F1)"),
        QT_TRANSLATE_NOOP("EvaluationWords", "How many words the answer shares with a right one."),
    ),
    "vqa_accuracy": (
        QT_TRANSLATE_NOOP("EvaluationWords", "VQA accuracy"),
        QT_TRANSLATE_NOOP(
            "EvaluationWords", "An answer counts whole when three other people gave it."
        ),
    ),
    "anls": (
        QT_TRANSLATE_NOOP("EvaluationWords", "Likeness of letters (ANLS)"),
        QT_TRANSLATE_NOOP("EvaluationWords", "Below a likeness of 0.5 an answer counts nothing."),
    ),
    "explanation_bleu": (
        QT_TRANSLATE_NOOP("EvaluationWords", "Reasons: BLEU"),
        QT_TRANSLATE_NOOP("EvaluationWords", "Likeness of the reason to those of people."),
    ),
    "explanation_rouge_l": (
        QT_TRANSLATE_NOOP("EvaluationWords", "Reasons: ROUGE-L"),
        QT_TRANSLATE_NOOP("EvaluationWords", "Likeness of the reason to those of people."),
    ),
    "explanation_chrf": (
        QT_TRANSLATE_NOOP("EvaluationWords", "Reasons: chrF"),
        QT_TRANSLATE_NOOP("EvaluationWords", "Likeness of the reason to those of people."),
    ),
    "both_right": (
        QT_TRANSLATE_NOOP("EvaluationWords", "Answer and reason right"),
        QT_TRANSLATE_NOOP(
            "EvaluationWords", "The answer is right and ROUGE-L of its reason is at least 0.3."
        ),
    ),
    "field_exact": (
        QT_TRANSLATE_NOOP("EvaluationWords", "Fields exactly right"),
        QT_TRANSLATE_NOOP("EvaluationWords", "The share of fields whose value is exactly right."),
    ),
    "field_spurious": (
        QT_TRANSLATE_NOOP("EvaluationWords", "Fields invented"),
        QT_TRANSLATE_NOOP("EvaluationWords", "Fields that were filled though the truth has none."),
    ),
    "items": (
        QT_TRANSLATE_NOOP("EvaluationWords", "Rows of goods"),
        QT_TRANSLATE_NOOP("EvaluationWords", "Of the rows of goods of a receipt."),
    ),
    "rouge_l": (
        QT_TRANSLATE_NOOP("EvaluationWords", "Likeness: ROUGE-L"),
        QT_TRANSLATE_NOOP("EvaluationWords", "Likeness of the text to the right one (ROUGE-L)."),
    ),
    "chrf": (
        QT_TRANSLATE_NOOP("EvaluationWords", "Likeness: chrF"),
        QT_TRANSLATE_NOOP("EvaluationWords", "Likeness of the text to the right one (chrF)."),
    ),
    "seconds": (
        QT_TRANSLATE_NOOP("EvaluationWords", "Seconds a document"),
        QT_TRANSLATE_NOOP("EvaluationWords", "Mean time of one document."),
    ),
    "cer": (
        QT_TRANSLATE_NOOP("EvaluationWords", "Letters read wrong (CER)"),
        QT_TRANSLATE_NOOP("EvaluationWords", "Edits a letter that turn what was read into truth."),
    ),
}
_WORDS = {
    "good": QT_TRANSLATE_NOOP("EvaluationWords", "good"),
    "defect": QT_TRANSLATE_NOOP("EvaluationWords", "defective"),
    "category": QT_TRANSLATE_NOOP("EvaluationWords", "class"),
    "defect_type": QT_TRANSLATE_NOOP("EvaluationWords", "type of defect"),
    "kind": QT_TRANSLATE_NOOP("EvaluationWords", "kind of question"),
    "field": QT_TRANSLATE_NOOP("EvaluationWords", "field"),
    "detect": QT_TRANSLATE_NOOP("EvaluationWords", "finding defects"),
    "vqa": QT_TRANSLATE_NOOP("EvaluationWords", "answering questions"),
    "receipt": QT_TRANSLATE_NOOP("EvaluationWords", "reading receipts"),
    "verdict": QT_TRANSLATE_NOOP("EvaluationWords", "its verdict"),
    "boxes": QT_TRANSLATE_NOOP("EvaluationWords", "its boxes"),
}


def metric_name(name: str) -> str:
    """Returns what people call a figure; a field's figure is told with its field."""
    head, _, field = name.partition(".")
    words = _METRICS.get(head)
    if words is None:
        return name
    text = QCoreApplication.translate("EvaluationWords", words[0])
    return f"{text}: {field}" if field else text


def metric_meaning(name: str) -> str:
    """Returns what a figure is in a sentence; "" for one that has no words."""
    words = _METRICS.get(name.partition(".")[0])
    return QCoreApplication.translate("EvaluationWords", words[1]) if words is not None else ""


def metric_tip(name: str) -> str:
    """Returns what a figure is, with its name in files."""
    return f"{metric_meaning(name)}\n{name}".strip()


def word(text: str) -> str:
    """Returns a word of the file form in the person's language; others as they are."""
    return QCoreApplication.translate("EvaluationWords", _WORDS[text]) if text in _WORDS else text


def said_word(text: str, task: str) -> str:
    """Returns what was wanted or given: translated for detection, as it is for answers."""
    return word(text) if task == "detect" else text


def value_text(value: float) -> str:
    """Returns a figure; a dash where it is undefined."""
    return NONE if value != value else number(value, _DIGITS)


def interval_text(metric: Metric) -> str:
    """Returns the 95 % interval; a dash where it is undefined."""
    if metric.low != metric.low or metric.high != metric.high:
        return NONE
    return f"{number(metric.low, _DIGITS)} … {number(metric.high, _DIGITS)}"


def sign(item: Item) -> str:
    """Returns whether an item is right, as a sign: ✓, ✕, or – where the engine failed."""
    return NONE if item.right is None else "✓" if item.right else "✕"
