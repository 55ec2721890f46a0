"""Answers in the form that they were asked to have: found in the words of a model.

Nothing is guessed: where the form is not there, the whole text is the answer, and that is said.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from inspector_app.domain.asking import AnswerFormat, Form
from inspector_app.domain.findings import FoundBox
from inspector_app.domain.geometry import Box
from inspector_app.parsing.texts import LANGUAGES, texts

NOT_THERE = "N/A"
_EDGES = " \t\r\n.,;:!?\"'`*“”‘’()[]"
_NUMBER = r"[-+−]?\d(?:[\d.,'’\u00a0\u202f]*\d)?"
_WORDS = {
    word: number
    for number, words in enumerate(
        (
            "zero no none không", "one một", "two hai", "three ba", "four bốn", "five năm",
            "six sáu", "seven bảy", "eight tám", "nine chín", "ten mười",
        )
    )
    for word in words.split()
}  # fmt: skip
_YES, _NO = ("yes", "có"), ("no", "không")
# The word alone, or before a mark: "Có lẽ không" and "No doubt: yes" begin with the wrong one. A
# number after "No." is that of a part.
_SAID = re.compile(
    rf"[\s\"'“‘*_(\[]*({'|'.join((*_YES, *_NO))})[\"'”’*_)\]]*"
    r"(?=\s*$|[ \t]*[\r\n]|[.](?!\s*\d)|[,;:!…—]|\s[-–—]\s)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Parsed:
    """An answer as it was found.

    Attributes:
        answer: What is shown as the answer.
        rationale: What was said before it.
        trouble: Key of what is to be said where the form was not there; empty for nothing.
    """

    answer: str
    rationale: str = ""
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Places:
    """Boxes that an answer gives in pixels of a named size.

    Attributes:
        boxes: In fractions of the image.
        size: Width and height that they refer to.
        outside: How many reach beyond that size.
        whole: Whether the JSON came to its end.
    """

    boxes: tuple[FoundBox, ...]
    size: tuple[int, int]
    outside: int
    whole: bool


def read_answer(text: str, wanted: AnswerFormat, *, steps: bool, language: str = "en") -> Parsed:
    """Finds the answer in what a model wrote.

    Args:
        text: What it wrote.
        wanted: The form that it was asked for.
        steps: It was asked to reason first, and to give the answer in a line of its own.
        language: In which yes and no are shown.
    """
    before, found = _split(text)
    lined = steps or wanted.form is Form.LINE
    if lined and found is None:
        return Parsed(text.strip(), "", "no_line")
    body = (found if found is not None else text).strip()
    rationale = before.strip() if found is not None else ""
    answer, trouble = body, ""
    match wanted.form:
        case Form.WORD:
            stripped = body.strip(_EDGES)
            one = len(stripped.split()) == 1
            answer, trouble = (stripped, "") if one else (body, "no_word")
        case Form.YES_NO:
            said = _yes_or_no(body)
            if said is None:
                trouble = "no_yes_no"
            else:
                answer = texts("asking", language)["yes" if said else "no"]
        case Form.NUMBER:
            numbers = re.findall(_NUMBER, body)
            if len(numbers) == 1:
                answer = numbers[0].replace("−", "-").lstrip("+")
            else:
                trouble = "no_number"
        case Form.JSON:
            data = _json_in(body)
            if data is None:
                trouble = "no_json"
            else:
                answer = json.dumps(data, ensure_ascii=False, indent=2)
        case Form.NONE | Form.LINE | Form.OWN:
            pass
    return Parsed(answer, rationale, trouble)


def stated_count(text: str) -> int | None:
    """Returns the number that an answer states; None when it states none.

    The number after "Count:" goes first, then the first one of the text, in digits or a word.
    """
    markers = "|".join(re.escape(mark) for mark in _markers("count_marker"))
    after = re.search(rf"(?:{markers})\W*(\w+)", text, re.IGNORECASE)
    for word in [*([after[1]] if after else []), *re.findall(r"\w+", text)]:
        if word.isdecimal() and len(word) < 6:
            return int(word)
        if word.lower() in _WORDS:
            return _WORDS[word.lower()]
    return None


def places_schema(*, asks_size: bool) -> str:
    """Returns the JSON schema of boxes in pixels, with the image's size before them if asked."""
    number = {"type": "integer", "minimum": 0, "maximum": 99_999}
    box = {"type": "array", "items": number, "minItems": 4, "maxItems": 4}
    item = _object({"label": {"type": "string", "maxLength": 80}, "box": box})
    size: dict[str, Any] = {"width": number, "height": number} if asks_size else {}
    return json.dumps(_object({**size, "boxes": {"type": "array", "items": item, "maxItems": 60}}))


def read_places(text: str, size: tuple[int, int]) -> Places:
    """Reads boxes under `places_schema`, also of an answer that was cut off.

    Args:
        text: The answer.
        size: Width and height that were told; those that the answer states go before.
    """
    try:
        json.loads(text)
        whole = True
    except ValueError:
        whole = False
    stated = [re.search(rf'"{key}":\s*(\d+)', text) for key in ("width", "height")]
    if all(stated):
        named = (int(cast("re.Match[str]", each)[1]) for each in stated)
        width, height = (told or known for told, known in zip(named, size, strict=True))
    else:
        width, height = size
    boxes: list[FoundBox] = []
    outside = 0
    for each in re.findall(r"\{[^{}]*\}", text):
        try:
            entry = json.loads(each)
            label, corners = str(entry["label"]), entry["box"]
            if not isinstance(corners, list):
                continue
            x1, y1, x2, y2 = (float(value) for value in cast("list[float]", corners))
            box = Box.from_pixels((x1, y1, x2, y2), width, height)
        except (ValueError, KeyError, TypeError, ArithmeticError):  # no size, no finite number
            continue
        outside += max(x1, x2) > width or max(y1, y2) > height
        if box.area > 0:
            boxes.append(FoundBox(label, box))
    return Places(tuple(boxes), (width, height), outside, whole)


def field_names(fields: str) -> tuple[str, ...]:
    """Returns the names of fields: those of a JSON schema, else what commas and lines part."""
    schema = _own_schema(fields)
    if schema is not None:
        return tuple(schema["properties"])
    return tuple(dict.fromkeys(filter(None, map(str.strip, re.split(r"[,;\n]", fields)))))


def fields_schema(fields: str) -> str:
    """Returns the JSON schema in which each field is there, or says that it is not.

    Args:
        fields: Their names, or the text of a JSON schema of an object.

    Raises:
        ValueError: No field is named.
    """
    own = _own_schema(fields)
    if own is None:
        properties: dict[str, Any] = {
            name: {"type": "string", "maxLength": 400} for name in field_names(fields)
        }
    else:
        # Not under "const" of the property itself: the field's own limits hold for its values.
        properties = {
            name: {"anyOf": [kind, {"const": NOT_THERE}]}
            for name, kind in own["properties"].items()
        }
    if not properties:
        raise ValueError("no field is named")
    rest = {key: value for key, value in (own or {}).items() if key in ("$defs", "definitions")}
    return json.dumps({**_object(properties), **rest}, ensure_ascii=False)


def read_fields(text: str) -> dict[str, Any] | None:
    """Reads the answer under `fields_schema`; None when it did not come to its end."""
    data = _json_in(text)
    return cast("dict[str, Any]", data) if isinstance(data, dict) else None


def cited_numbers(text: str) -> tuple[int, ...]:
    """Returns the numbers that a text cites, each once: [1], [2, 3], region 4, vùng 5."""
    found: list[int] = []
    for group in re.findall(r"\[([\d\s,;]+)\]|\b(?:regions?|vùng)\s+(\d+)", text, re.IGNORECASE):
        found += [int(number) for number in re.findall(r"\b\d{1,4}\b", " ".join(group))]
    return tuple(dict.fromkeys(found))


def _split(text: str) -> tuple[str, str | None]:
    """What stands before the answer's line, and the answer; None without such a line."""
    marks = "|".join(re.escape(mark.rstrip(":")) for mark in _markers("marker"))
    found = list(
        re.finditer(rf"^[ \t>*_#-]*(?:{marks})[*_ \t]*:[*_]*", text, re.IGNORECASE | re.MULTILINE)
    )
    if not found:
        return text, None
    # The last one that says something: models repeat the words of the instruction.
    for match in reversed(found):
        answer = text[match.end() :].strip().strip("*_").strip()
        if answer:
            return text[: match.start()], answer
    return text, None


def _markers(key: str) -> Sequence[str]:
    return [texts("asking", language)[key] for language in LANGUAGES]


def _yes_or_no(text: str) -> bool | None:
    said = _SAID.match(unicodedata.normalize("NFC", text))
    return said[1].lower() in _YES if said is not None else None


def _json_in(text: str) -> Any:
    """The first JSON object or list in a text, also between other words; None without one."""
    decoder = json.JSONDecoder()
    for start in re.finditer(r"[\[{]", text):
        try:
            return decoder.raw_decode(text, start.start())[0]
        except ValueError:
            continue
    return None


def _own_schema(fields: str) -> dict[str, Any] | None:
    try:
        data = json.loads(fields)
    except ValueError:
        return None
    properties = cast("dict[str, Any]", data).get("properties") if isinstance(data, dict) else None
    return cast("dict[str, Any]", data) if isinstance(properties, dict) else None


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
