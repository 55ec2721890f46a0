"""inspector ask: puts a question to a language engine in one of the ways of asking."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from inspector_app.cli.asking import add_sampling, read_sampling
from inspector_app.cli.console import emit, say, stop_on_interrupt, warn
from inspector_app.cli.inspecting import finished_record
from inspector_app.domain.asking import PLAIN, AnswerFormat, Ask, Form, Reads
from inspector_app.domain.engine import Example, InspectRequest
from inspector_app.domain.errors import BadInputError
from inspector_app.domain.events import Failed, Finished
from inspector_app.domain.tasks import Task
from inspector_app.services import adapters, engines, ways
from inspector_app.services import asking as service
from inspector_app.services.images import image_facts
from inspector_app.services.inspect import gather

_FORMS = [form.value for form in Form if form is not Form.OWN]


def add_parser(parser: argparse.ArgumentParser) -> None:
    """Adds the options."""
    parser.add_argument("image", metavar="IMAGE")
    parser.add_argument("--question", default="")
    parser.add_argument("--way", default=PLAIN, metavar="WAY", help='"list" names all')
    parser.add_argument("--engine", required=True, metavar="ID")
    parser.add_argument("--adapter", default="", metavar="NAME")
    parser.add_argument("--task", choices=[task.value for task in Task], default=Task.VQA.value)
    parser.add_argument("--option", action="append", default=[], metavar="ANSWER")
    parser.add_argument("--example", action="append", default=[], metavar="QUESTION=ANSWER")
    parser.add_argument("--demo", action="append", default=[], metavar="IMAGE=ANSWER")
    parser.add_argument("--golden", action="append", default=[], metavar="IMAGE")
    parser.add_argument(
        "--format", default="none", metavar="FORM", help=f"{', '.join(_FORMS)}, or your own words"
    )
    parser.add_argument("--context", default="", metavar="TEXT|@FILE", help='lines like "[1] ..."')
    parser.add_argument("--fields", default="", metavar="A,B|@FILE", help="or a JSON schema")
    parser.add_argument(
        "--set", action="append", default=[], metavar="NAME=VALUE", help="a choice of the way"
    )
    parser.add_argument("--system", default="", metavar="TEXT")
    parser.add_argument("--page", type=int, default=1, metavar="N", help="from 1")
    parser.add_argument("--language", choices=("en", "vi"), default="en")
    parser.add_argument("--json", action="store_true")
    add_sampling(parser)
    parser.set_defaults(run=ask)


def ask(options: argparse.Namespace) -> int:
    """Runs the command."""
    for trouble in ways.troubles():
        warn(trouble)
    card = engines.card(options.engine)
    for name in filter(None, options.adapter.split("+")):
        adapters.find(card.id, name)
    asked = _read(options)
    service.check(asked, card.capabilities)
    if options.page < 1:
        raise BadInputError(f"--page {options.page} is no page.", "Pages count from 1.")
    width, height, _ = image_facts(options.image, options.page - 1)
    request = InspectRequest(
        (options.image,),
        service.task_of(asked),
        language=options.language,
        page=options.page - 1,
        adapter=options.adapter,
    )
    engine = engines.local(card.id, warn, options.language)
    with stop_on_interrupt() as stop:
        found = gather(service.run(asked, request, engine, stop, (width, height)))
    record: dict[str, Any] = {
        "image": options.image, "task": request.task.value, "engine": card.id, "way": asked.way,
    }  # fmt: skip
    made = found.made
    if made is not None:
        kept = asdict(made)
        record |= {key: kept[key] for key in ("rationale", "options", "cited", "unknown")}
        record = {key: value for key, value in record.items() if value not in ("", ())}
    last = found.last
    if isinstance(last, Finished):
        record |= finished_record(last, found.provenance, width, height)
        for remark in last.reasons if last.verdict is None else ():
            warn(remark)
        if ways.way(asked.way).reads is Reads.FIELDS:
            record |= _fields(last.raw)
        emit(record) if options.json else say(last.answer)
        return 0
    what = f"{last.what} {last.mend}".strip() if isinstance(last, Failed) else "Stopped."
    warn(what)
    if options.json:
        emit(record | {"error": what})
    return 2 if isinstance(last, Failed) and last.image else 1


def _read(options: argparse.Namespace) -> Ask:
    form = options.format
    examples = [_pair(text, "--example", "QUESTION=ANSWER") for text in options.example]
    demos = [_pair(text, "--demo", "IMAGE=ANSWER") for text in options.demo]
    for image in [*(path for path, _ in demos), *options.golden]:
        if not Path(image).is_file():
            raise BadInputError(f"There is no image {image}.", "Check the path.")
    return Ask(
        options.question,
        options.way,
        Task(options.task),
        examples=(
            *(Example("", answer, path) for path, answer in demos),
            *(Example(question, answer) for question, answer in examples),
        ),
        format=AnswerFormat(Form(form)) if form in _FORMS else AnswerFormat(Form.OWN, form),
        options=tuple(options.option),
        context=_text(options.context),
        golden=tuple(options.golden),
        fields=_text(options.fields),
        controls=tuple(_pair(text, "--set", "NAME=VALUE") for text in options.set),
        system=options.system,
        sampling=read_sampling(options),
    )


def _pair(text: str, option: str, form: str) -> tuple[str, str]:
    # From the right: a question or a path may hold the sign, an answer rarely does.
    first, sign, second = (part.strip() for part in text.rpartition("="))
    if not sign or not first or not second:
        raise BadInputError(f"{option} {text!r} cannot be used.", f"Write {form}.")
    return first, second


def _text(value: str) -> str:
    if not value.startswith("@"):
        return value
    try:
        return Path(value[1:]).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInputError(f"Cannot read {value[1:]}: {error}.", "Name a text file.") from error


def _fields(raw: str) -> dict[str, Any]:
    try:
        return {"fields": json.loads(raw)}
    except ValueError:
        return {}  # stopped before its end
