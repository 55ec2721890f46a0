"""Between table rows and the program's words."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from typing import Any, cast

from inspector_app.domain.chat import Message
from inspector_app.domain.events import Provenance
from inspector_app.domain.findings import Author, AuthorKind, Finding, FindingState
from inspector_app.domain.geometry import Box
from inspector_app.domain.heat import HeatMap
from inspector_app.domain.images import ImageRef
from inspector_app.domain.results import ImageSummary, Overrule, Result
from inspector_app.domain.tasks import Task
from inspector_app.domain.verdicts import Limits, Verdict
from inspector_app.store.clock import stamp
from inspector_app.store.made_json import made_of

Row = tuple[Any, ...]

IMAGE = "i.path, i.page, i.width, i.height, i.sha256, i.trouble, i.id, i.dpi"
RESULT = (
    "i.id, r.task, r.question, r.answer, r.raw, r.engine, r.adapter, r.recipe, r.prompt, r.seed,"
    " r.versions, r.score, r.limits, r.verdict, r.reasons, r.seconds, r.status, r.trouble,"
    " r.image_sha256, r.id, r.created"
)
FINDING = (
    "i.id, f.label, f.x1, f.y1, f.x2, f.y2, f.author_kind, f.author_name, f.score, f.state,"
    " f.note, f.result_id, f.supersedes, f.id, f.created"
)
OVERRULE = "i.id, o.verdict, o.person, o.code, o.note, o.created"
MESSAGE = (
    "i.id, m.role, m.text, m.status, m.boxes, m.result_id, m.id, m.created, m.made, m.parent,"
    " m.together, m.mark, m.corrected, m.seq, m.picked"
)

_VERDICTS: dict[str | None, Verdict | None] = {None: None, **{v.value: v for v in Verdict}}


def clean(text: str) -> str:
    """Returns the text with half characters replaced, which UTF-8 cannot hold.

    A model that stops inside an emoji may leave one; its whole answer must not be lost for that.
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode()
    return text


def image_of(row: Row) -> ImageRef:
    """Builds an image from the columns `IMAGE`."""
    return ImageRef(*row)


def summary_of(row: Row) -> ImageSummary:
    """Builds a summary from the columns that `summaries` reads."""
    (
        image_id,
        path,
        page,
        width,
        height,
        trouble,
        engine,
        person,
        score,
        seconds,
        label,
        live,
        touched,
        conflicts,
        differs,
    ) = row
    return ImageSummary(
        image_id,
        path,
        page,
        width,
        height,
        trouble,
        _VERDICTS[engine if person is None else person],
        _VERDICTS[engine],
        person is not None,
        score,
        label,
        live,
        touched == 1,
        seconds,
        conflicts,
        differs,
    )


def verdict_of(text: str | None) -> Verdict | None:
    """Returns the verdict of a column."""
    return _VERDICTS[text]


def result_of(row: Row) -> Result:
    """Builds a result from the columns `RESULT`."""
    image_id, task, question, answer, raw, engine, adapter, recipe, prompt, seed = row[:10]
    versions, score, limits, verdict, reasons, seconds, status, trouble = row[10:18]
    image_sha256, id_, created = row[18:]
    pairs = cast("dict[str, str]", json.loads(versions))
    provenance = Provenance(
        engine, adapter, recipe, prompt, int(seed), tuple((k, str(v)) for k, v in pairs.items())
    )
    return Result(
        image_id=image_id,
        task=Task(task),
        question=question,
        answer=answer,
        raw=raw,
        provenance=provenance,
        score=score,
        limits=Limits(**json.loads(limits)) if limits else None,
        verdict=_VERDICTS[verdict],
        reasons=tuple(cast("list[str]", json.loads(reasons))),
        seconds=seconds,
        status=status,
        trouble=trouble,
        image_sha256=image_sha256,
        id=id_,
        created=created,
    )


def result_columns(result: Result) -> dict[str, object]:
    """Returns the named columns of a result, `image_id` standing for the image."""
    limits = result.limits
    provenance = result.provenance
    return {
        "image_id": result.image_id,
        "task": result.task.value,
        "question": clean(result.question),
        "answer": clean(result.answer),
        "raw": clean(result.raw),
        "engine": provenance.engine,
        "adapter": provenance.adapter,
        "recipe": provenance.recipe,
        "prompt": clean(provenance.prompt),
        "seed": str(provenance.seed),  # text: seeds of 64 bits without sign do not fit SQLite's
        "versions": json.dumps(dict(provenance.versions)),
        "score": result.score,
        "limits": None
        if limits is None
        else json.dumps({name: getattr(limits, name) for name in Limits.__slots__}),
        "verdict": None if result.verdict is None else result.verdict.value,
        "reasons": json.dumps(list(result.reasons)),
        "seconds": result.seconds,
        "status": result.status,
        "trouble": clean(result.trouble),
        "image_sha256": result.image_sha256,
        "id": result.id,
        "created": result.created or stamp(),
    }


def finding_of(row: Row) -> Finding:
    """Builds a finding from the columns `FINDING`."""
    image_id, label, x1, y1, x2, y2, kind, name, score, state, note, result, old, id_, created = row
    return Finding(
        image_id=image_id,
        label=label,
        box=None if x1 is None else Box(x1, y1, x2, y2),
        author=Author(AuthorKind(kind), name),
        score=score,
        state=FindingState(state),
        note=note,
        result_id=result,
        supersedes=old,
        id=id_,
        created=created,
    )


def finding_columns(finding: Finding) -> dict[str, object]:
    """Returns the named columns of a finding, `image_id` standing for the image."""
    box = finding.box
    return {
        "image_id": finding.image_id,
        "label": clean(finding.label),
        "x1": None if box is None else box.x1,
        "y1": None if box is None else box.y1,
        "x2": None if box is None else box.x2,
        "y2": None if box is None else box.y2,
        "author_kind": finding.author.kind.value,
        "author_name": clean(finding.author.name),
        "score": finding.score,
        "state": finding.state.value,
        "note": clean(finding.note),
        "result_id": finding.result_id,
        "supersedes": finding.supersedes,
        "id": finding.id,
        "created": finding.created or stamp(),
    }


def overrule_of(row: Row) -> Overrule:
    """Builds an overrule from the columns `OVERRULE`."""
    image_id, verdict, person, code, note, created = row
    return Overrule(image_id, Verdict(verdict), person, code, note, created)


def message_of(row: Row) -> Message:
    """Builds a message from the columns `MESSAGE`."""
    image_id, role, text, status, boxes, result_id, id_, created, made, *rest = row
    return Message(
        image_id,
        role,
        text,
        status,
        boxes_of(boxes),
        result_id,
        id_,
        created,
        made_of(made),
        *rest,
    )


def boxes_of(text: str) -> tuple[Box, ...]:
    """Reads boxes from JSON."""
    return tuple(Box(*corners) for corners in cast("list[list[float]]", json.loads(text)))


def boxes_text(boxes: Iterable[Box]) -> str:
    """Writes boxes as JSON; floats come back exactly as they were."""
    return json.dumps([[b.x1, b.y1, b.x2, b.y2] for b in boxes])


def heat_blob(heat: HeatMap) -> bytes:
    """Packs the cells of a heat map; level 1 packs a smooth map nearly as well as level 9."""
    return zlib.compress(heat.cells, 1)


def heat_of(row: Row) -> HeatMap:
    """Builds a heat map from its columns; a blob cannot unpack to more than its own cells."""
    width, height, low, high, blob = row
    unpacker = zlib.decompressobj()
    cells = unpacker.decompress(blob, width * height + 1)
    return HeatMap(width, height, cells, low, high)
