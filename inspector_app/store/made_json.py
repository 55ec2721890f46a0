"""How answers were asked for, as JSON text: written from dataclasses, read back part by part."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict
from typing import Any, cast

from inspector_app.domain.asking import AnswerFormat, Ask, Form, Made, ScoredOption
from inspector_app.domain.findings import FoundBox
from inspector_app.domain.geometry import Box
from inspector_app.domain.prompting import Example, Sampling
from inspector_app.domain.tasks import Task

log = logging.getLogger(__name__)
_Object = dict[str, Any]


def made_text(made: Made | None) -> str:
    """Returns what an answer was made of as JSON; "" for None."""
    return "" if made is None else json.dumps(asdict(made), ensure_ascii=False)


def made_of(text: str) -> Made | None:
    """Builds it again; None for "", and for what this version cannot read.

    An answer must not be lost because a newer version kept something else with it.
    """
    if not text:
        return None
    try:
        data = cast("_Object", json.loads(text))
        return Made(
            ask_of(data["ask"]),
            str(data.get("rationale", "")),
            tuple(ScoredOption(**option) for option in data.get("options", ())),
            tuple(map(int, data.get("cited", ()))),
            tuple(map(int, data.get("unknown", ()))),
            tuple(map(str, data.get("prompts", ()))),
        )
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        log.warning("what an answer was made of cannot be read: %s", error)
        return None


def ask_text(ask: Ask) -> str:
    """Returns what was chosen for a question as JSON."""
    return json.dumps(asdict(ask), ensure_ascii=False)


def ask_of(data: _Object) -> Ask:
    """Builds what was chosen for a question from the object that its JSON holds.

    Raises:
        ValueError, TypeError, KeyError, AttributeError: It is none.
    """
    kept = dict(data)
    kept["task"] = Task(kept["task"])
    kept["examples"] = tuple(Example(**each) for each in kept.get("examples", ()))
    form = kept.get("format", {})
    kept["format"] = AnswerFormat(Form(form.get("form", Form.NONE)), str(form.get("text", "")))
    kept["regions"] = tuple(
        FoundBox(str(each["label"]), Box(**each["box"]), each["score"])
        for each in kept.get("regions", ())
    )
    kept["sampling"] = Sampling(**kept.get("sampling", {}))
    for key in ("options", "golden"):
        kept[key] = tuple(map(str, kept.get(key, ())))
    kept["controls"] = tuple((str(name), str(value)) for name, value in kept.get("controls", ()))
    return Ask(**kept)
