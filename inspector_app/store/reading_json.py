"""Readings as JSON text: written from dataclasses, read back with every part checked."""

from __future__ import annotations

import json
import math
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any, cast

from inspector_app.domain.documents import (
    Conflict,
    Corners,
    Document,
    Extraction,
    Field,
    Page,
    Place,
    Reading,
    SecondReading,
    TextLine,
    Value,
)
from inspector_app.domain.geometry import Box

FORMAT = 1
_Object = dict[str, Any]


def reading_text(reading: Reading) -> str:
    """Returns a reading as JSON; numbers come back exactly as they were."""
    return json.dumps(
        {
            "format": FORMAT,
            "document": _put_document(reading.document),
            "extraction": None
            if reading.extraction is None
            else _put_extraction(reading.extraction),
            "summary": reading.summary,
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def reading_of(text: str) -> Reading:
    """Builds a reading from its JSON.

    Raises:
        ValueError: It is damaged, or of a form that this version does not know.
    """
    with _checked():
        found = _whole_text(text)
        extraction = found["extraction"]
        return Reading(
            _document(found["document"]),
            None if extraction is None else _extraction(extraction),
            _text(found["summary"]),
        )


def second_text(second: SecondReading) -> str:
    """Returns a second reading as JSON."""
    return json.dumps(
        {
            "format": FORMAT,
            "engine": second.engine,
            "extraction": _put_extraction(second.extraction),
            "unseen": second.unseen,
            "differing": second.differing,
            "raw": second.raw,
            "with_text": second.with_text,
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def second_of(text: str) -> SecondReading:
    """Builds a second reading from its JSON.

    Raises:
        ValueError: It is damaged, or of a form that this version does not know.
    """
    with _checked():
        found = _whole_text(text)
        return SecondReading(
            _text(found["engine"]),
            _extraction(found["extraction"]),
            _texts(found["unseen"]),
            _texts(found["differing"]),
            _text(found["raw"]),
            found["with_text"] is True,
        )


# -- writing -------------------------------------------------------------------------------


def _put_document(document: Document) -> _Object:
    return {
        "path": document.path,
        "page_count": document.page_count,
        "reader": document.reader,
        "seconds": document.seconds,
        "pages": [_put_page(page) for page in document.pages],
    }


def _put_page(page: Page) -> _Object:
    return {
        "number": page.number,
        "width": page.width,
        "height": page.height,
        "turned": page.turned,
        "remarks": list(page.remarks),
        "lines": [
            [line.text, _put_box(line.box), line.score, line.corners, line.base]
            for line in page.lines
        ],
    }


def _put_extraction(extraction: Extraction) -> _Object:
    return {
        "schema": extraction.schema,
        "remarks": list(extraction.remarks),
        "fields": [_put_field(field) for field in extraction.fields],
        "items": [[_put_field(field) for field in item] for item in extraction.items],
        "conflicts": [
            {
                "key": each.key,
                "fields": list(each.fields),
                "found": each.found,
                "expected": each.expected,
                "places": _put_places(each.places),
                "proposal": each.proposal,
            }
            for each in extraction.conflicts
        ],
    }


def _put_field(field: Field) -> _Object:
    return {
        "name": field.name,
        "value": field.value,
        "text": field.text,
        "score": field.score,
        "places": _put_places(field.places),
        "conflict": field.conflict,
    }


def _put_places(places: tuple[Place, ...]) -> list[Any]:
    return [[place.page, _put_box(place.box)] for place in places]


def _put_box(box: Box) -> list[float]:
    return [box.x1, box.y1, box.x2, box.y2]


# -- reading -------------------------------------------------------------------------------


@contextmanager
def _checked() -> Generator[None]:
    try:
        yield
    except (KeyError, TypeError, RecursionError, OverflowError) as error:
        raise ValueError(f"a reading lacks or garbles {error}") from error


def _whole_text(text: str) -> _Object:
    found = _object(json.loads(text))
    if _whole(found["format"]) != FORMAT:
        raise ValueError(f"format {found['format']!r} is not known")
    return found


def _document(value: object) -> Document:
    found = _object(value)
    return Document(
        path=_text(found["path"]),
        pages=tuple(_page(each) for each in _list(found["pages"])),
        page_count=_whole(found["page_count"]),
        reader=_text(found["reader"]),
        seconds=_number(found["seconds"]),
    )


def _page(value: object) -> Page:
    found = _object(value)
    return Page(
        number=_whole(found["number"]),
        width=_whole(found["width"]),
        height=_whole(found["height"]),
        lines=tuple(_line(each) for each in _list(found["lines"])),
        turned=_whole(found["turned"]),
        remarks=_texts(found["remarks"]),
    )


def _line(value: object) -> TextLine:
    text, box, score, corners, base = _list(value, 5)
    return TextLine(_text(text), _box(box), _score(score), _corners(corners), _text(base))


def _corners(value: object) -> Corners | None:
    if value is None:
        return None
    points = [_list(each, 2) for each in _list(value, 4)]
    a, b, c, d = ((_number(x), _number(y)) for x, y in points)
    return a, b, c, d


def _extraction(value: object) -> Extraction:
    found = _object(value)
    return Extraction(
        schema=_text(found["schema"]),
        fields=tuple(_field(each) for each in _list(found["fields"])),
        items=tuple(tuple(_field(each) for each in _list(item)) for item in _list(found["items"])),
        conflicts=tuple(_conflict(each) for each in _list(found["conflicts"])),
        remarks=_texts(found["remarks"]),
    )


def _field(value: object) -> Field:
    found = _object(value)
    return Field(
        name=_text(found["name"]),
        value=_value(found["value"]),
        text=_text(found["text"]),
        score=_score(found["score"]),
        places=_places(found["places"]),
        conflict=_text(found["conflict"]),
    )


def _conflict(value: object) -> Conflict:
    found = _object(value)
    proposal = found["proposal"]
    pair = None
    if proposal is not None:
        name, text = _list(proposal, 2)
        pair = (_text(name), _text(text))
    return Conflict(
        key=_text(found["key"]),
        fields=_texts(found["fields"]),
        found=_number(found["found"]),
        expected=_number(found["expected"]),
        places=_places(found["places"]),
        proposal=pair,
    )


def _places(value: object) -> tuple[Place, ...]:
    pairs = [_list(each, 2) for each in _list(value)]
    return tuple(Place(_whole(page), _box(box)) for page, box in pairs)


def _box(value: object) -> Box:
    return Box(*(_number(each) for each in _list(value, 4)))


def _value(value: object) -> Value | None:
    if value is None or isinstance(value, str | bool):
        return value
    return _number(value) if isinstance(value, float) else _whole(value)


def _score(value: object) -> float | None:
    return None if value is None else _number(value)


def _object(value: object) -> _Object:
    if not isinstance(value, dict):
        raise TypeError(f"{value!r:.40} is no object")
    return cast("_Object", value)


def _list(value: object, length: int | None = None) -> list[object]:
    if not isinstance(value, list) or (length is not None and len(cast("_List", value)) != length):
        raise TypeError(f"{value!r:.40} is no list of the length wanted")
    return cast("_List", value)


def _texts(value: object) -> tuple[str, ...]:
    return tuple(_text(each) for each in _list(value))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r:.40} is no text")
    return value


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{value!r:.40} is no whole number")
    return value


def _number(value: object) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
        raise TypeError(f"{value!r:.40} is no number")
    return float(value)


_List = list[object]
