"""Questions about printed labels."""

from __future__ import annotations

import json

from inspector_app.domain.tasks import Task
from inspector_app.learning.starter.asker import Asked, Asker


def ask_read(a: Asker) -> Asked:
    return a.made("read", Task.VQA, "\n".join(a.scene.lines))


def ask_field(a: Asker) -> Asked:
    name = str(a.rng.choice(list(a.scene.fields)))
    return a.made("field", Task.VQA, a.scene.fields[name], field=a.words.names[name])


def ask_extract(a: Asker) -> Asked:
    names = list(a.scene.fields)
    if a.rng.random() < 0.4:
        names.append("code" if "code" not in names else "lot")
    names = [str(n) for n in a.rng.permutation(list(dict.fromkeys(names)))]
    schema = {
        "type": "object",
        "properties": {name: {"type": "string"} for name in names},
        "required": names,
        "additionalProperties": False,
    }
    values = {name: a.scene.fields.get(name, "N/A") for name in names}
    return Asked(
        "extract",
        Task.EXTRACT,
        "",
        json.dumps(values, ensure_ascii=False),
        a.language,
        schema=json.dumps(schema, ensure_ascii=False),
    )
