"""Row json: an answer under a schema, against free generation of the same string."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

from language import pair, plain_answer, plain_inputs, prompt
from timing import interleaved, make_row

from inspector_app.domain.engine import Sampling
from inspector_app.engines.constraint import Grammars
from inspector_app.engines.generation import Loop, generate
from inspector_app.engines.sampling import Sampler
from inspector_app.engines.sequence import TokenSequence

_AMOUNT = {"type": "integer", "minimum": 0, "maximum": 9_999_999}


def _object(**fields: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": fields,
        "required": list(fields),
        "additionalProperties": False,
    }


_ITEM = _object(
    name={"type": "string", "maxLength": 12},
    quantity={"type": "integer", "minimum": 1, "maximum": 99},
    unit_price=_AMOUNT,
    amount=_AMOUNT,
)
# A receipt of three items: what the extraction of documents asks for.
SCHEMA = json.dumps(
    _object(
        shop_name={"type": "string", "maxLength": 12},
        document_type={"enum": ["receipt", "invoice", "delivery note"]},
        currency={"enum": ["VND", "USD"]},
        items={"type": "array", "items": _ITEM, "minItems": 3, "maxItems": 3},
        subtotal_amount=_AMOUNT,
        discount_amount=_AMOUNT,
        total_amount=_AMOUNT,
        paid_in_cash={"type": "boolean"},
        verdict={"enum": ["accept", "review", "reject"]},
    )
)


def measure(folder: Path, quick: bool) -> list[dict[str, Any]]:
    """Measures the row."""
    import torch

    both = pair(folder)
    model, plain = both.ours, both.plain
    asked = prompt(model, f"Read the fields. Answer with JSON that follows: {SCHEMA}")
    inputs = plain_inputs(model, asked, None)
    grammars = Grammars(model.tokenizer, model.vocabulary, model.stops)
    sequence = TokenSequence(model.decoder)
    loop = Loop()

    @torch.inference_mode()
    def answer() -> list[int]:
        sequence.cut(0)
        hidden = sequence.prefill(asked, 256)
        loop.passes = 0
        return list(
            generate(
                model.decoder,
                sequence,
                hidden,
                Sampler(Sampling()),
                stops=model.stops,
                most=512,
                cancelled=lambda: False,
                constraint=grammars.schema(SCHEMA),
                source=asked.ids,
                loop=loop,
            )
        )

    tokens = answer()
    forced = _Forced(tokens)

    def ours() -> float:
        begun = time.perf_counter()
        answer()
        return time.perf_counter() - begun

    @torch.inference_mode()
    def baseline() -> float:
        forced.start(inputs["input_ids"].shape[1])
        begun = time.perf_counter()
        plain_answer(plain, inputs, len(tokens), logits_processor=[forced])
        return time.perf_counter() - begun

    forced.start(inputs["input_ids"].shape[1])
    same = plain_answer(plain, inputs, len(tokens), logits_processor=[forced]) == tokens
    text = model.tokenizer.decode(tokens)
    valid = same and set(json.loads(text)) == set(json.loads(SCHEMA)["required"])
    unit = (
        f"ms for {len(tokens)} tokens in {loop.passes} passes, prompt of {len(asked)} tokens "
        "included; baseline: transformers generate writing the same string"
    )
    return [make_row("json", interleaved(ours, baseline, 1 if quick else 12), unit, valid, 1000)]


class _Forced:
    """Makes `generate` write a given string."""

    def __init__(self, tokens: list[int]) -> None:
        self._tokens = tokens
        self._start = 0

    def start(self, length: int) -> None:
        """Says how long the prompt is."""
        self._start = length

    def __call__(self, ids: Any, scores: Any) -> Any:
        scores[:, self._tokens[ids.shape[1] - self._start]] = 1e9
        return scores
