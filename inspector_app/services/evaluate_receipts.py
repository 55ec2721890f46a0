"""Evaluation of the document reader on a receipt manifest: fields and text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from inspector_app.domain.documents import READERS, Document
from inspector_app.domain.engine import StopFlag
from inspector_app.domain.geometry import Box
from inspector_app.domain.jobs import Progress
from inspector_app.learning.field_scores import FieldReport, evaluate_fields, is_own, wilson
from inspector_app.learning.item_scores import evaluate_items
from inspector_app.learning.manifest import ReceiptSample, read_receipts
from inspector_app.learning.metrics import Metric
from inspector_app.learning.text_scores import TextScore, text_score
from inspector_app.parsing.documents.extract import extract
from inspector_app.services.read_text import read_document

ENGINE = "ocr"


@dataclass(frozen=True, slots=True)
class ReceiptReport:
    """Result of an evaluation, ready to be written as JSON.

    Attributes:
        manifest: Its path.
        split: Which part.
        n: Receipts.
        metrics: `field_exact.FIELD`, `field_exact`, `field_spurious.FIELD` and `field_spurious`
            (filled though the truth has none), `cer` over letters and digits without case (the
            given lines of most sets do not keep it), `seconds` (mean of a receipt). Where the
            truth is stated letter by letter `cer_exact` too, over all characters but spaces, and
            `items.row_exact`, `items.f1`, `items.COLUMN` where it has rows of goods.
        fields: The field figures with every miss, those of goods included.
    """

    manifest: str
    split: str
    n: int
    metrics: dict[str, Metric]
    fields: FieldReport

    def to_json(self) -> dict[str, Any]:
        """Returns the form fixed by the command-line contract."""
        return {
            "engine": ENGINE,
            "adapter": "",
            "task": "receipt",
            "manifest": self.manifest,
            "split": self.split,
            "n": self.n,
            "metrics": {name: asdict(metric) for name, metric in self.metrics.items()},
            "items": [
                {
                    "image": miss.image,
                    "field": miss.field,
                    "truth": miss.truth,
                    "found": miss.found.value,
                    "text": miss.found.text,
                }
                for miss in self.fields.misses
            ],
        }


def evaluate_receipts(
    manifest: str, split: str, stop: StopFlag, reader: str = READERS[0]
) -> Iterator[Progress | ReceiptReport]:
    """Reads every receipt of a split and compares fields and text with the truth.

    Args:
        manifest: Its path.
        split: Which part.
        stop: Looked at after every receipt.
        reader: Of the text, one of `READERS`.

    Yields:
        `Progress` after every receipt, then one report. Nothing comes last when stopped.

    Raises:
        BadInputError: The manifest is broken or has none in this split, or an image cannot be read.
        EngineError: The reader cannot be opened.
    """
    samples = read_receipts(manifest, [split])
    documents: dict[str, Document] = {}
    for number, sample in enumerate(samples, 1):
        for event in read_document(sample.image, stop=stop, reader=reader):
            if isinstance(event, Document):
                documents[sample.image] = event
        if stop.is_set():
            return
        yield Progress(number, len(samples), sample.image)
    extractions = {image: extract(document) for image, document in documents.items()}
    fields = evaluate_fields(
        samples, lambda sample: documents[sample.image], lambda document: extractions[document.path]
    )
    goods = evaluate_items(samples, lambda sample: extractions[sample.image])
    text = sum((_text(sample, documents[sample.image]) for sample in samples), TextScore())
    seconds = sum(document.seconds for document in documents.values()) / len(samples)
    figures = (
        fields.metrics
        | goods.metrics
        | {
            "cer": wilson(min(text.plain_edits, text.plain_letters), text.plain_letters),
            "seconds": Metric(seconds, seconds, seconds, len(samples)),
        }
    )
    if all(map(is_own, samples)):
        figures["cer_exact"] = wilson(min(text.edits, text.letters), text.letters)
    told = FieldReport(fields.n, figures, fields.misses + goods.misses)
    yield ReceiptReport(manifest, split, len(samples), figures, told)


def _text(sample: ReceiptSample, document: Document) -> TextScore:
    wanted = [
        (text, Box.from_pixels(box, sample.width, sample.height))
        for text, box in zip(sample.text_lines, sample.line_boxes, strict=True)
    ]
    return text_score(wanted, document.pages[0].lines)
