"""What a language model is asked: the texts of `resources/prompts/language.toml`, filled in."""

from __future__ import annotations

import logging
import re
import tomllib
from collections.abc import Sequence
from typing import Any

from inspector_app.domain.engine import InspectRequest
from inspector_app.domain.geometry import Box
from inspector_app.domain.loading import SeenImage
from inspector_app.parsing.box_json import JsonDialect
from inspector_app.parsing.box_text import DIALECTS, plain, write_box
from inspector_app.parsing.texts import LANGUAGES, texts
from inspector_app.store.places import config_folder

log = logging.getLogger(__name__)
_TAGGED = re.compile(r"\[[a-z]+\]")


def language_texts(language: str, family: str = "") -> dict[str, str]:
    """Texts of a language; entries of the user's own files come first.

    Args:
        language: "en" or "vi"; English for others.
        family: Models that want other words have a file of this name with entries that differ.
    """
    known = language if language in LANGUAGES else "en"
    found = texts("language", known) | own_texts("language", known)
    if family:
        found |= texts(family, "en") | texts(family, known) | own_texts(family, known)
    return found


def question_text(
    request: InspectRequest, words: dict[str, str], dialect: str, seen: SeenImage | None
) -> str:
    """Writes the question of a request as the model should read it.

    Args:
        request: What is asked.
        words: Texts of the model and the language.
        dialect: How the model writes boxes.
        seen: What it sees of the first image; None without one.
    """
    task = request.task.value
    question = plain(request.question).strip()
    if request.verbatim:
        return " ".join(filter(None, (question, region_text(request.boxes, dialect, seen))))
    # A tag that the user wrote stands for the one of the task.
    tag = "" if _TAGGED.match(question) else words.get(f"{task}_tag", "")
    question = question or words[f"{task}_default"]
    template = words[task]
    writes_json = isinstance(DIALECTS.get(dialect), JsonDialect)
    region = region_text(request.boxes, dialect, seen)
    if region and "{region}" not in template:
        template += " {region}"
    parts = [
        _filled(
            template,
            question=question,
            region=region,
            boxes=words["boxes_json" if writes_json else "boxes_tags"],
        )
    ]
    if len(request.images) > 1:
        # Pictures are numbered through the whole conversation, those of demonstrations first.
        first = 1 + sum(bool(example.image) for example in request.examples)
        parts.insert(0, _filled(words["compare"], first=str(first)))
    parts.insert(0, tag)
    if request.schema:
        parts.append(_filled(words["schema"], schema=plain(request.schema)))
    if request.steps:
        parts.append(words["steps"])
    parts.append(words["language"])
    return " ".join(part.strip() for part in parts if part.strip())


def region_text(boxes: Sequence[Box], dialect: str, seen: SeenImage | None) -> str:
    """Regions as the model writes boxes; empty without any."""
    if seen is None:
        return ""
    return " ".join(write_box(dialect, box, seen) for box in boxes)


def _filled(template: str, **values: str) -> str:
    # Not str.format: questions and schemas hold braces of their own.
    # In one go: what a user types is not filled in again.
    return re.sub(r"\{(\w+)\}", lambda found: values.get(found[1], found[0]), template)


def own_texts(name: str, language: str) -> dict[str, str]:
    """Entries of the user's own file of prompts, for one language; empty without one."""
    path = config_folder() / "prompts" / f"{name}.toml"
    try:
        data: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        log.warning("own prompts ignored: %s: %s", path, error)
        return {}
    table = data.get(language, {})
    if not isinstance(table, dict):
        log.warning("own prompts ignored: %s: %s is no table", path, language)
        return {}
    return {str(key): value for key, value in table.items() if isinstance(value, str)}
