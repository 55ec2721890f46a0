"""Options of `inspector inspect` for language engines, and its work on them."""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from inspector_app.domain.engine import Capabilities, Engine, Example, InspectRequest, Sampling
from inspector_app.domain.errors import BadInputError
from inspector_app.domain.prompting import LIMITS
from inspector_app.services import adapters, engines, models

AT_ONCE = 8  # images answered side by side by an engine that can


def add_options(parser: argparse.ArgumentParser) -> None:
    """Adds the options."""
    group = parser.add_argument_group("language engines")
    group.add_argument("--adapter", default="", metavar="NAME", help='several joined by "+"')
    group.add_argument("--system", default="", metavar="TEXT", help="system message")
    group.add_argument(
        "--example",
        action="append",
        default=[],
        metavar="[IMAGE|]QUESTION|ANSWER",
        help="a demonstration before the question; may be given several times",
    )
    group.add_argument("--steps", action="store_true", help="ask for reasoning step by step")
    group.add_argument("--schema", metavar="FILE.json", help="JSON schema of the answer")
    group.add_argument("--choices", metavar="A|B|C", help="score given answers instead of writing")
    group.add_argument(
        "--verbatim", action="store_true", help="send --question as it is, without a task's wording"
    )
    add_sampling(group)


def add_sampling(parser: argparse._ActionsContainer) -> None:
    """Adds how answers are drawn."""
    parser.add_argument("--temperature", type=float, default=0.0, help="0 (default) is greedy")
    parser.add_argument("--top-p", type=float, default=1.0)
    parser.add_argument("--top-k", type=int, default=0)
    parser.add_argument("--min-p", type=float, default=0.0)
    parser.add_argument("--repetition-penalty", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--max-tokens", type=int, default=512)


def complete(options: argparse.Namespace) -> Callable[[InspectRequest], InspectRequest]:
    """Reads the options; returns what puts them into a request.

    Raises:
        BadInputError: One of them cannot be used.
    """
    if options.verbatim and not options.question.strip():
        raise BadInputError(
            "--verbatim sends the question as it is, and none is given.",
            "Give one with --question.",
        )
    sampling = read_sampling(options)
    schema = _schema(options.schema)
    examples = tuple(_example(text) for text in options.example)

    def put(request: InspectRequest) -> InspectRequest:
        return replace(
            request,
            adapter=options.adapter,
            system=options.system,
            examples=examples,
            steps=options.steps,
            schema=schema,
            sampling=sampling,
            verbatim=options.verbatim,
        )

    return put


def check(options: argparse.Namespace, engine_id: str, can: Capabilities) -> None:
    """Refuses what an engine cannot do, before anything is loaded.

    Raises:
        BadInputError: An adapter is not there, or the engine takes no adapters or free words, or
            has no likelihoods.
    """
    if options.adapter and not can.adapters:
        raise BadInputError(f"The engine {engine_id} takes no adapters.", "Leave out --adapter.")
    for name in filter(None, options.adapter.split("+")):
        adapters.find(engine_id, name)
    if options.verbatim and not models.is_language(engines.card(engine_id)):
        raise BadInputError(f"The engine {engine_id} takes no free words.", "Leave out --verbatim.")
    if options.choices and not can.scoring:
        raise BadInputError(
            f"The engine {engine_id} has no likelihoods of answers.", "Use a language engine."
        )


def fields_record(answer: str) -> dict[str, Any]:
    """The fields of an answer under a schema, for the JSON form."""
    try:
        return {"fields": json.loads(answer)}
    except ValueError:
        return {}  # stopped before its end


def choices_record(
    options: argparse.Namespace, engine: Engine, asked: InspectRequest
) -> dict[str, Any]:
    """Scores the given answers; returns the keys of the JSON form."""
    choices = tuple(part.strip() for part in options.choices.split("|") if part.strip())
    if len(choices) < 2:
        raise BadInputError("--choices needs two answers or more.", 'Write them like "Yes|No".')
    scores = engine.score(asked, choices)
    best = max(range(len(choices)), key=scores.__getitem__)
    top = max(scores)
    total = sum(math.exp(score - top) for score in scores)
    shares = {
        choice: round(math.exp(score - top) / total, 6)
        for choice, score in zip(choices, scores, strict=True)
    }
    return {"answer": choices[best], "choices": shares}


def read_sampling(options: argparse.Namespace) -> Sampling:
    """Reads how answers are drawn.

    Raises:
        BadInputError: A value is out of range.
    """
    values: dict[str, Any] = {}
    for name, (low, high) in LIMITS.items():
        value = getattr(options, name)
        if not low <= value <= high:
            option = "--" + name.replace("_", "-")
            raise BadInputError(f"{option} {value} is out of range.", f"Give {low:g} to {high:g}.")
        values[name] = value
    return Sampling(**values)


def _schema(path: str | None) -> str:
    if path is None:
        return ""
    try:
        data = json.loads(Path(path).read_text("utf-8"))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise BadInputError(f"Cannot read {path}: {reason}.", "Name a JSON schema file.") from error
    except ValueError as error:
        raise BadInputError(f"{path} is no JSON: {error}.", "Mend the file.") from error
    if not isinstance(data, dict):
        raise BadInputError(f"{path} is no JSON schema.", "A schema is a JSON object.")
    return json.dumps(cast("dict[str, Any]", data), ensure_ascii=False)


def _example(text: str) -> Example:
    parts = [part.strip() for part in text.split("|")]
    if len(parts) not in (2, 3) or not all(parts):
        raise BadInputError(
            f"--example {text!r} is no demonstration.",
            "Write QUESTION|ANSWER or IMAGE|QUESTION|ANSWER.",
        )
    image = parts.pop(0) if len(parts) == 3 else ""
    if image and not Path(image).is_file():
        raise BadInputError(f"There is no image {image} for --example.", "Check the path.")
    return Example(parts[0], parts[1], image)
