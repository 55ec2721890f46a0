"""A conversation as Markdown, for reading, and as JSON, for other programs."""

from __future__ import annotations

import json
import re
from typing import Any

from inspector_app.domain.asking import Form
from inspector_app.domain.geometry import Box
from inspector_app.reports.conversation import (
    Talk,
    TalkTurn,
    box_words,
    branch_words,
    facts,
    label_words,
    made_words,
    others_words,
)
from inspector_app.reports.json_report import number, present
from inspector_app.reports.texts import Words

SCHEMA = "inspector-conversation"
VERSION = 3  # 2: ids, so that branches can be put together; 3: what an answer was made of
# What Markdown would act on: anywhere, and at the beginning of a line.
_SIGNS = re.compile(r"[\\`*_\[\]|~]")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_BEGIN = re.compile(r"^(\s*)(#{1,6}(?=\s|$)|[-+=]|\d+[.)](?=\s|$))")


def markdown(talk: Talk, words: Words) -> str:
    """Returns the conversation as Markdown; what people and models wrote stays text."""
    parts = [f"# {plain(talk.name)}", f"{words('conversation')} · {plain(talk.project)}"]
    if talk.rendered:
        parts.append(f"**{words('rendered')}**")
    if not talk.turns:
        parts.append(words("no_messages"))
    for turn in talk.turns:
        parts += _turn(talk, turn, words)
    if others := others_words(talk, words):
        parts.append(f"*{others}*")
    return "\n\n".join(parts) + "\n"


def plain(text: str) -> str:
    """Returns text that Markdown shows as it is, line breaks kept, never taken for HTML."""
    return "  \n".join(_line(line) for line in text.split("\n"))


def document(talk: Talk) -> dict[str, Any]:
    """Returns the conversation as plain objects; keys are absent where they do not apply."""
    image = talk.image
    return {
        "schema": SCHEMA,
        "schema_version": VERSION,
        "project": talk.project,
        "rendered_images": talk.rendered,
        "image": present(
            {
                "path": image.path,
                "name": talk.name,
                "page": image.page,
                "width": image.width or None,
                "height": image.height or None,
                "sha256": image.sha256,
            }
        ),
        "messages": [_message(talk, turn) for turn in talk.turns],
    } | present({"other_branches": talk.others or None})


def json_text(talk: Talk) -> str:
    """Returns the conversation as one JSON document."""
    return json.dumps(document(talk), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _line(line: str) -> str:
    line = _ENTITY.sub("&amp;", line.rstrip()).replace("<", "&lt;")
    line = _SIGNS.sub(lambda sign: "\\" + sign[0], line)
    begin = _BEGIN.match(line)
    if begin:
        mark = begin[2]
        escaped = f"{mark[:-1]}\\{mark[-1]}" if mark[0].isdigit() else f"\\{mark}"
        line = f"{begin[1]}{escaped}{line[begin.end() :]}"
    # Four spaces would make it code.
    kept = line.lstrip(" \t")
    return "\u00a0" * min(8, len(line) - len(kept)) + kept


def _turn(talk: Talk, turn: TalkTurn, words: Words) -> list[str]:
    who = words("you") if turn.by_user else turn.who or words("engine")
    parts = [f"## {plain(branch_words(turn, words))}"] if turn.branch else []
    parts.append(f"**{plain(who)}** · {words.time(turn.created)}")
    if turn.notice:
        parts.append(f"*{plain(turn.notice)}*")
    parts += [words("asked_region", place=talk.place(box)) for box in turn.regions]
    parts += [f"*{head}*  \n{plain(text)}" for head, text in made_words(turn, words)]
    if turn.text.strip():
        parts.append(plain(turn.text.strip("\n")))
    lines = [f"* {plain(label_words(b))} · {box_words(talk, b, words)}" for b in turn.boxes]
    if lines:
        parts.append("\n".join(lines))
    parts += [plain(remark) for remark in turn.remarks]
    if turn.right:
        parts.append(plain(words("put_right", text=turn.right)))
    told = "" if turn.by_user else facts(turn, words)
    if told:
        parts.append(f"*{told}*")
    return parts


def _message(talk: Talk, turn: TalkTurn) -> dict[str, Any]:
    found = [
        _box(talk, box.box) | present({"label": box.label, "score": number(box.score)})
        for box in turn.boxes
    ]
    told = {
        "id": turn.id,
        "parent": turn.parent,
        "branch": turn.branch or None,
        "role": "user" if turn.by_user else "assistant",
        "text": turn.text,
        "status": turn.status,
        "created": turn.created,
        "who": turn.who,
        "notice": turn.notice,
        "engine": turn.engine,
        "adapter": turn.adapter,
        "task": turn.task.value if turn.task else None,
        "seed": turn.seed or None,
        "seconds": number(turn.seconds) or None,
        "raw": turn.raw,
        "mark": turn.mark,
        "right": turn.right,
        "remarks": list(turn.remarks) or None,
    }
    kept = present(told) | {"text": turn.text}
    if turn.by_user:
        return kept | {"regions": [_box(talk, box) for box in turn.regions]}
    return kept | {"boxes": found} | present({"made": _made(talk, turn)})


def _made(talk: Talk, turn: TalkTurn) -> dict[str, Any] | None:
    if turn.made is None:
        return None
    made, ask = turn.made, turn.made.ask
    options = [
        {"text": o.text, "log_likelihood": o.log_likelihood, "share": o.share} for o in made.options
    ]
    cited = [
        {"number": int(found.label.strip("[]"))} | _box(talk, found.box)
        for found in made.cited_regions
    ]
    told = {
        "way": ask.way,
        "format": ask.format.form.value if ask.format.form is not Form.NONE else None,
        "format_text": ask.format.text or None,
        "controls": dict(ask.controls) or None,
        "examples": [
            present({"question": e.question, "answer": e.answer, "image": e.image})
            for e in ask.examples
        ]
        or None,
        "golden": list(ask.golden) or None,
        "context": ask.context or None,
        "fields": ask.fields or None,
        "rationale": made.rationale or None,
        "options": options or None,
        "cited": list(made.cited) or None,
        "cited_regions": cited or None,
        "unknown": list(made.unknown) or None,
        "prompts": list(made.prompts) or None,
    }
    return present(told)


def _box(talk: Talk, box: Box) -> dict[str, Any]:
    """Pixels of the original where its size is known, and fractions of it always."""
    width, height = talk.image.width, talk.image.height
    pixels = list(box.to_pixels(width, height)) if width and height else None
    return present({"xyxy": pixels, "fractions": [box.x1, box.y1, box.x2, box.y2]})
