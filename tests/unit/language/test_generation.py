"""The generation loop: ends, schemas, proposals."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest
import torch

from inspector_app.domain.engine import Sampling
from inspector_app.domain.errors import BadInputError
from inspector_app.engines.constraint import Grammars
from inspector_app.engines.generation import Loop, generate, is_looping
from inspector_app.engines.sampling import Sampler
from inspector_app.engines.sequence import TokenSequence

Lab = Any

RECEIPT: dict[str, Any] = {
    "type": "object",
    "properties": {
        "shop": {"type": "string"},
        "total": {"type": "integer"},
        "rate": {"type": "number"},
        "paid": {"type": "boolean"},
        "currency": {"enum": ["VND", "EUR", "USD"]},
        "lines": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"name": {"type": "string"}, "price": {"type": "integer"}},
                "required": ["name", "price"],
                "additionalProperties": False,
            },
        },
    },
    "required": ["shop", "total", "rate", "paid", "currency", "lines"],
    "additionalProperties": False,
}
SCHEMAS: dict[str, dict[str, Any]] = {
    "receipt": RECEIPT,
    "any object": {"type": "object"},
    "nested": {
        "type": "object",
        "properties": {
            "part": {
                "type": "object",
                "properties": {
                    "side": {
                        "type": "object",
                        "properties": {"flaw": {"type": "string"}},
                        "required": ["flaw"],
                        "additionalProperties": False,
                    }
                },
                "required": ["side"],
                "additionalProperties": False,
            }
        },
        "required": ["part"],
        "additionalProperties": False,
    },
    "strings": {"type": "array", "items": {"type": "string"}},
    "numbers": {"type": "array", "items": {"type": "number"}, "minItems": 2},
    "enum": {"enum": ["good", "bad", "không rõ"]},
    "optional": {
        "type": "object",
        "properties": {"a": {"type": "string"}, "b": {"type": ["integer", "null"]}},
        "required": ["b"],
        "additionalProperties": False,
    },
    "short": {"type": "string", "maxLength": 8},
}  # fmt: skip
KINDS: dict[str, Any] = {
    "object": dict, "array": list, "string": str, "boolean": bool, "integer": int,
    "number": (int, float), "null": type(None),
}  # fmt: skip


def troubles(value: Any, schema: dict[str, Any], at: str = "$") -> list[str]:
    """What of a value is not as the schema says; knows as much as the schemas above need."""
    if "enum" in schema:
        return [] if value in schema["enum"] else [f"{at}: {value!r}"]
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    fits = [isinstance(value, KINDS[kind]) for kind in kinds]
    if not any(fits) or (isinstance(value, bool) and "boolean" not in kinds):
        return [f"{at}: {value!r} is no {kinds}"]
    found = []
    if isinstance(value, dict):
        known = schema.get("properties", {})
        found += [f"{at}.{key} missing" for key in schema.get("required", ()) if key not in value]
        for key, entry in value.items():
            if key in known:
                found += troubles(entry, known[key], f"{at}.{key}")
            elif schema.get("additionalProperties") is False:
                found.append(f"{at}.{key} is too much")
    if isinstance(value, list):
        found += [f"{at}: too short"] * (len(value) < schema.get("minItems", 0))
        for entry in value:
            found += troubles(entry, schema.get("items", {}), f"{at}[]")
    if isinstance(value, str) and len(value) > schema.get("maxLength", len(value)):
        found.append(f"{at}: too long")
    return found


@pytest.fixture(scope="module")
def grammars(qwen2: Lab) -> Grammars:
    return Grammars(qwen2.model.tokenizer, qwen2.model.vocabulary, qwen2.model.stops)


def ask(
    lab: Lab, grammars: Grammars | None, schema: Any, text: str = "Read it.", **more: Any
) -> tuple[list[int], Loop]:
    """The answer under a schema, as tokens."""
    loop = Loop()
    rule = json.dumps(schema, ensure_ascii=False) if schema else ""
    prompt = lab.prompt(f"{text} {rule}")
    made = grammars.schema(rule) if grammars and rule else None
    settings: dict[str, Any] = {
        "guard": True, "stops": lab.model.stops, "constraint": made, "loop": loop,
    }  # fmt: skip
    if more.pop("lookup", False):
        settings["source"] = prompt.ids
    count = more.pop("count", 120)
    return lab.answer(prompt, count, **settings | more), loop


def text_of(lab: Lab, tokens: list[int]) -> str:
    return lab.model.tokenizer.decode(tokens)


@pytest.mark.parametrize("count", [5, 40, 200])
@pytest.mark.parametrize("name", SCHEMAS)
def test_answers_follow_the_schema(qwen2: Lab, grammars: Grammars, name: str, count: int):
    for text in ("Read it.", "Đọc đi."):
        tokens, _ = ask(qwen2, grammars, SCHEMAS[name], text, count=count)
        answer = text_of(qwen2, tokens)
        assert troubles(json.loads(answer), SCHEMAS[name]) == [], answer


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("name", ["receipt", "any object", "strings"])
def test_drawn_answers_follow_it_too(qwen2: Lab, grammars: Grammars, name: str, seed: int):
    sampling = Sampling(temperature=1.5, seed=seed)
    tokens, _ = ask(qwen2, grammars, SCHEMAS[name], count=30, sampling=sampling)
    answer = text_of(qwen2, tokens)
    assert troubles(json.loads(answer), SCHEMAS[name]) == [], answer


def test_an_answer_that_is_too_long_says_so(qwen2: Lab, grammars: Grammars):
    tokens, loop = ask(qwen2, grammars, RECEIPT, count=5)
    assert loop.end == Loop.LENGTH
    assert len(tokens) > 5


@pytest.mark.parametrize("penalty", [1.0, 1.3])
@pytest.mark.parametrize("name", SCHEMAS)
def test_proposals_change_no_token(qwen2: Lab, grammars: Grammars, name: str, penalty: float):
    sampling = Sampling(repetition_penalty=penalty)
    for text in ("Read it.", 'Answer with JSON: {"total": 114000, "shop": "Bach Hoa"}.'):
        plain, end = ask(qwen2, grammars, SCHEMAS[name], text, sampling=sampling)
        proposed, same_end = ask(
            qwen2, grammars, SCHEMAS[name], text, sampling=sampling, lookup=True
        )
        assert proposed == plain
        assert same_end.end == end.end


def test_proposals_change_no_token_of_free_text(qwen2: Lab):
    plain, end = ask(qwen2, None, None, count=80, guard=False)
    proposed, fewer = ask(qwen2, None, None, count=80, guard=False, lookup=True)
    assert proposed == plain
    assert fewer.passes < end.passes


@pytest.mark.parametrize("penalty", [1.0, 1.1])
def test_proposals_change_nothing_of_the_guard(qwen2: Lab, penalty: float):
    more = {"count": 120, "sampling": Sampling(repetition_penalty=penalty)}
    plain, end = ask(qwen2, None, None, **more)
    proposed, same_end = ask(qwen2, None, None, lookup=True, **more)
    assert proposed == plain
    assert same_end.end == end.end


def test_fewer_passes_than_tokens_under_a_schema(qwen2: Lab, grammars: Grammars):
    tokens, loop = ask(qwen2, grammars, RECEIPT, lookup=True)
    assert 0 < loop.passes < len(tokens) - 15


@pytest.mark.parametrize(
    "text",
    ["", "{", "[1, 2]", '{"type": "no such type"}', '{"type": "string", "pattern": "("}',
     '{"$ref": "#/nowhere"}'],
)  # fmt: skip
def test_a_bad_schema_is_refused_in_one_line(grammars: Grammars, text: str):
    with pytest.raises(BadInputError) as caught:
        grammars.schema(text)
    assert caught.value.what.startswith("The JSON schema cannot be used: ")
    assert "\n" not in caught.value.what
    assert len(caught.value.what) < 300
    assert caught.value.mend


class Flag:
    """Set after so many tokens."""

    def __init__(self) -> None:
        self.on = False

    def __call__(self) -> bool:
        return self.on


@pytest.mark.parametrize("after", [1, 2, 7, 20])
@pytest.mark.parametrize("schema", [None, RECEIPT])
def test_no_token_comes_after_a_stop(qwen2: Lab, grammars: Grammars, schema: Any, after: int):
    flag, loop = Flag(), Loop()
    rule = json.dumps(schema)
    prompt = qwen2.prompt(f"Read it. {rule}")
    sequence = TokenSequence(qwen2.model.decoder)
    with torch.inference_mode():
        stream = generate(
            qwen2.model.decoder,
            sequence,
            sequence.prefill(prompt, 60),
            Sampler(Sampling(), prompt.ids),
            stops=(),
            most=60,
            cancelled=flag,
            constraint=grammars.schema(rule) if schema else None,
            source=prompt.ids,
            loop=loop,
        )
        for _ in range(after):
            next(stream)
        flag.on = True
        late = list(stream)
    assert len(late) <= 1
    assert loop.end == Loop.CANCELLED


def test_a_stop_before_the_first_token(qwen2: Lab):
    loop = Loop()
    assert qwen2.answer(qwen2.prompt("Read it."), 5, cancelled=lambda: True, loop=loop) == []
    assert loop.end == Loop.CANCELLED
    assert loop.passes == 0


def test_an_answer_ends_at_a_stop_token_without_it(qwen2: Lab):
    prompt = qwen2.prompt("Find all scratches, dents and stains.")
    free = qwen2.answer(prompt, 30)
    stop = free[5]
    loop = Loop()
    assert qwen2.answer(prompt, 30, stops=(stop,), loop=loop) == free[: free.index(stop)]
    assert loop.end == Loop.STOPPED


@pytest.mark.parametrize("period", range(1, 17))
def test_a_loop_is_seen_within_64_tokens(period: int):
    varied = random.Random(period).sample(range(1000, 2000), 40)
    stream = varied + [n % period for n in range(64)]
    seen = next((n for n in range(len(stream) + 1) if is_looping(stream[:n])), None)
    assert seen is not None
    assert 40 < seen <= 40 + 64


def test_varied_text_is_no_loop(qwen2: Lab):
    text = (
        "The part lies on a dark cloth. A scratch runs from the upper left to the middle, about a "
        "third of the width; beside it are two small dents and, near the edge, a stain of oil. "
        "Chi tiết này có một vết xước ở góc trên bên trái và hai vết lõm nhỏ gần mép."
    )
    tokens = qwen2.model.tokenizer.encode(text)
    assert len(tokens) > 64
    assert not any(is_looping(tokens[:n]) for n in range(len(tokens) + 1))


def test_lines_of_a_receipt_that_repeat_are_no_loop(qwen2: Lab):
    line = "Banh mi thit 1 x 25.000 25.000\n"
    text = "Bach Hoa Xanh\n" + line * 2 + "Ca phe sua 2 x 18.000 36.000\n" + "Total 86.000\n"
    tokens = qwen2.model.tokenizer.encode(text)
    assert not any(is_looping(tokens[:n]) for n in range(len(tokens) + 1))


def test_the_guard_ends_an_answer_that_repeats_itself(qwen2: Lab):
    class Stuck(Sampler):
        def __init__(self) -> None:
            super().__init__(Sampling())
            self.count = 0

        def pick(self, logits: Any, allowed: Any = None) -> int:
            self.count += 1
            return (30, 40, 50)[self.count % 3]

    loop = Loop()
    prompt = qwen2.prompt("Read it.")
    sequence = TokenSequence(qwen2.model.decoder)
    with torch.inference_mode():
        hidden = sequence.prefill(prompt, 200)
        stream = generate(
            qwen2.model.decoder, sequence, hidden, Stuck(),
            stops=(), most=200, cancelled=lambda: False, loop=loop,
        )  # fmt: skip
        assert len(list(stream)) <= 64
    assert loop.end == Loop.REPEATED
