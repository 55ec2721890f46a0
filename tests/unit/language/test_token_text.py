"""Tokens become text when their letters are whole."""

from __future__ import annotations

from typing import Any

import pytest

from inspector_app.engines.token_text import TokenText

Lab = Any


def said(lab: Lab, tokens: list[int]) -> list[str]:
    decoding = TokenText(lab.model.tokenizer)
    return [*(decoding.add(token) for token in tokens), decoding.rest()]


@pytest.mark.parametrize(
    "text",
    ["A dent.", " two  spaces ", "Một vết xước ừ", "🔍 — 漢字", "<|box_start|>(1,2)<|box_end|>\n"],
)
def test_pieces_are_the_text(qwen2: Lab, text: str):
    tokens = qwen2.model.tokenizer.encode(text, add_special_tokens=False)
    pieces = said(qwen2, tokens)
    assert "".join(pieces) == text
    assert not any("\N{REPLACEMENT CHARACTER}" in piece for piece in pieces)


def test_half_a_letter_at_the_end_is_told_as_what_it_is(qwen2: Lab):
    whole = qwen2.model.tokenizer.encode("🔍", add_special_tokens=False)
    assert len(whole) > 1
    assert "".join(said(qwen2, whole[:-1])) == "\N{REPLACEMENT CHARACTER}"


def test_bytes_that_are_no_letter_do_not_hold_up_the_text(qwen2: Lab):
    part = qwen2.model.tokenizer.encode("🔍", add_special_tokens=False)[0]
    after = qwen2.model.tokenizer.encode("A dent.", add_special_tokens=False)
    pieces = said(qwen2, [part] * 3 + after)
    assert "".join(pieces).endswith("A dent.")
    assert any(pieces[:-1])


def test_a_token_of_no_piece_is_no_text(qwen2: Lab):
    beyond = qwen2.model.vocabulary - 1
    assert beyond >= len(qwen2.model.tokenizer)
    assert "".join(said(qwen2, [beyond, beyond])) == ""
