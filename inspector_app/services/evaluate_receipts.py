"""Evaluation of reading on a receipt manifest: fields and text, by the reader or by an engine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from inspector_app.domain.documents import READERS, Document, Extraction, Field, ReadRequest
from inspector_app.domain.engine import Engine, StopFlag
from inspector_app.domain.errors import BadInputError, EngineError, ImageError
from inspector_app.domain.evaluation import Evaluation, Item, Metric
from inspector_app.domain.geometry import Box
from inspector_app.domain.jobs import Progress
from inspector_app.domain.tasks import Task
from inspector_app.learning.data_hash import data_sha256
from inspector_app.learning.detection_figures import by_group
from inspector_app.learning.field_scores import FieldCompared, evaluate_fields, is_own, wilson
from inspector_app.learning.item_scores import evaluate_items
from inspector_app.learning.manifest import ReceiptSample, read_receipts
from inspector_app.learning.metrics import mean
from inspector_app.learning.text_likeness import anls, chrf, rouge_l
from inspector_app.learning.text_scores import TextScore, text_score
from inspector_app.services.read_text import read_document
from inspector_app.services.reading import make_reading
from inspector_app.services.second_reading import read_again

ENGINE = "ocr"
_SCHEMA = "receipt"

Job = Iterator[Progress | Evaluation]


def evaluate_receipts(
    manifest: str,
    split: str,
    stop: StopFlag,
    reader: str = READERS[0],
    engine: Engine | None = None,
    *,
    adapter: str = "",
    with_text: bool = True,
) -> Job:
    """Reads every receipt of a split and compares fields and text with the truth.

    Figures: `field_exact.FIELD`, `field_exact`, `field_spurious.FIELD` and `field_spurious` (filled
    though the truth has none), `anls`, `rouge_l` and `chrf` (likeness of what stands in the fields
    that the truth has), `cer` over letters and digits without case (the given lines of most sets do
    not keep it), `seconds` (mean of a receipt). Where the truth is stated letter by letter
    `cer_exact` too, over all characters but spaces, and `items.row_exact`, `items.f1`,
    `items.COLUMN` where it has rows of goods.

    A receipt that could not be read is an item with its reason and in no figure.

    Args:
        manifest: Its path.
        split: Which part.
        stop: Looked at after every receipt.
        reader: Of the text, one of `READERS`.
        engine: A loaded language engine that fills the fields; None for the rules.
        adapter: Of the engine.
        with_text: The engine is given the text that was read.

    Yields:
        `Progress` after every receipt, then one `Evaluation`. Nothing comes last when stopped.

    Raises:
        BadInputError: The manifest is broken or has none in this split, no image can be read, or
            the engine cannot read fields.
        EngineError: The reader cannot be opened, or the engine failed on every receipt.
    """
    if engine is not None and Task.EXTRACT not in engine.capabilities.tasks:
        raise BadInputError(
            f"The engine {engine.id} cannot read fields.", "Choose a language engine, or ocr."
        )
    every = read_receipts(manifest, [split])
    documents: dict[str, Document] = {}
    extractions: dict[str, Extraction] = {}
    troubles: dict[str, str] = {}
    for number, sample in enumerate(every, 1):
        try:
            for event in read_document(sample.image, stop=stop, reader=reader):
                if isinstance(event, Document):
                    documents[sample.image] = event
        except ImageError as error:
            troubles[sample.image] = str(error)
            documents[sample.image] = Document(sample.image, ())
        if stop.is_set():
            return
        request = ReadRequest(sample.image, schema=_SCHEMA)
        reading = make_reading(documents[sample.image], request)
        found = reading.extraction
        if engine is not None and sample.image not in troubles:
            found = None
            try:
                second = read_again(
                    reading, request, engine, stop, adapter=adapter, with_text=with_text
                )
                found = second.extraction if second is not None else None
            except EngineError as error:
                troubles[sample.image] = error.what
            if stop.is_set():
                return
        extractions[sample.image] = found or Extraction(_SCHEMA, ())
        yield Progress(number, len(every), sample.image)
    samples = [sample for sample in every if sample.image not in troubles]
    if not samples:
        kind = BadInputError if engine is None else EngineError
        first = next(iter(troubles.values()))
        raise kind(f"None of the {len(every)} receipts could be read: {first}", "Check the paths.")
    fields = evaluate_fields(
        samples, lambda sample: documents[sample.image], lambda document: extractions[document.path]
    )
    goods = evaluate_items(samples, lambda sample: extractions[sample.image])
    text = sum((_text(sample, documents[sample.image]) for sample in samples), TextScore())
    seconds = sum(documents[sample.image].seconds for sample in samples) / len(samples)
    figures = (
        fields.metrics
        | goods.metrics
        | _likeness(fields.fields)
        | {
            "cer": wilson(min(text.plain_edits, text.plain_letters), text.plain_letters),
            "seconds": Metric(seconds, seconds, seconds, len(samples)),
        }
    )
    if all(map(is_own, samples)):
        figures["cer_exact"] = wilson(min(text.edits, text.letters), text.letters)
    failed = [
        Item(sample.image, truth or "", "", None, name, trouble=troubles[sample.image])
        for sample in every
        if sample.image in troubles
        for name, truth in sample.fields.items()
    ]
    items = (*(_item(each) for each in (*fields.fields, *goods.fields)), *failed)
    yield Evaluation(
        engine.id if engine is not None else ENGINE,
        adapter,
        "receipt",
        manifest,
        split,
        figures,
        items,
        by_group("field", items, _part),
        data_sha256=receipts_hash(every),
        documents=len(every),
    )


def receipts_hash(samples: Sequence[ReceiptSample]) -> str:
    """What the samples are, images and truth, as one hash."""
    return data_sha256(
        (sample.image for sample in samples),
        [(sample.fields, sample.text_lines) for sample in samples],
    )


def _text(sample: ReceiptSample, document: Document) -> TextScore:
    wanted = [
        (text, Box.from_pixels(box, sample.width, sample.height))
        for text, box in zip(sample.text_lines, sample.line_boxes, strict=True)
    ]
    return text_score(wanted, document.pages[0].lines)


def _likeness(fields: Sequence[FieldCompared]) -> dict[str, Metric]:
    """Likeness of texts to the truth, over fields that it has; of its alternatives the likest."""
    told = [each for each in fields if each.truth]
    if not told:
        return {}
    figures: dict[str, Metric] = {}
    for name, score in (("anls", anls), ("rouge_l", rouge_l), ("chrf", chrf)):
        values = [score(_shown(each.found), (each.truth or "").split(" | ")) for each in told]
        figures[name] = mean(values)
    return figures


def _item(each: FieldCompared) -> Item:
    group = "items" if each.field.startswith("items.") else each.field
    return Item(
        each.image,
        each.truth or "",
        _shown(each.found),
        each.same,
        each.field,
        score=each.found.score,
        groups=(("field", group),),
        said="" if each.found.value is None else str(each.found.value),
    )


def _shown(field: Field) -> str:
    """What stands in the document; the value where nothing does."""
    if field.value is None:
        return ""
    return field.text or str(field.value)


def _part(items: Sequence[Item]) -> dict[str, Metric]:
    known = [item for item in items if item.right is not None]
    return {"exact_match": wilson(sum(bool(item.right) for item in known), len(known))}
