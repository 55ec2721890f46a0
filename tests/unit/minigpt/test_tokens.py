"""SentencePiece as Llama-2 has it: text to ids, ids to text as they come."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector_app.domain.errors import EngineError
from inspector_app.engines.minigpt_model import MiniGPTModel
from inspector_app.engines.minigpt_tokens import PieceTokenizer


@pytest.fixture(scope="module")
def pieces(mini: MiniGPTModel) -> PieceTokenizer:
    return mini.pieces


def decoded(pieces: PieceTokenizer, ids: list[int]) -> str:
    text = pieces.decoding()
    return "".join(map(text.add, ids)) + text.rest()


def test_each_stretch_begins_with_a_space(pieces: PieceTokenizer):
    ids = pieces.encode("<s>yes</s>")
    assert (ids[0], ids[-1]) == (pieces.bos, pieces.eos)
    assert ids[1:-1] == pieces.encode("yes")
    assert pieces.piece(ids[1]).startswith("▁")


def test_without_the_habit_nothing_is_put_before_a_text(pieces: PieceTokenizer):
    bare = pieces.encode("yes", space=False)
    assert "".join(map(pieces.piece, bare)) == "yes"
    assert bare != pieces.encode("yes")
    assert pieces.encode("\n", space=False) == pieces.encode("a\n", space=False)[-1:]


def test_special_tokens_of_a_text_are_tokens(pieces: PieceTokenizer):
    assert pieces.encode("</s><s><unk>") == [pieces.eos, pieces.bos, 0]
    assert pieces.encode("") == []


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=40))
def test_what_is_written_is_read(pieces: PieceTokenizer, text: str):
    for mark in ("<s>", "</s>", "<unk>", "▁", "\x00"):
        text = text.replace(mark, "")
    assert decoded(pieces, pieces.encode(text)) == text
    assert decoded(pieces, pieces.encode(text, space=False)).lstrip(" ") == text.lstrip(" ")


def test_a_letter_comes_when_all_its_bytes_are_there(pieces: PieceTokenizer):
    ids = pieces.encode("\N{SNOWMAN}!")
    text = pieces.decoding()
    came = [text.add(token) for token in ids]
    assert "".join(came) == "\N{SNOWMAN}!"
    assert not any("\N{REPLACEMENT CHARACTER}" in piece for piece in came)
    assert came.count("") >= 2


def test_bytes_that_are_no_letter_become_a_sign(pieces: PieceTokenizer):
    lone = next(i for i in range(pieces.pieces) if pieces.byte(i) == 0xE1)
    assert decoded(pieces, [lone, *pieces.encode("yes")]) == "\N{REPLACEMENT CHARACTER} yes"
    assert decoded(pieces, [lone]) == "\N{REPLACEMENT CHARACTER}"
    assert decoded(pieces, [lone] * 9).count("\N{REPLACEMENT CHARACTER}") == 9


def test_ids_beyond_the_pieces_are_nothing(pieces: PieceTokenizer):
    assert decoded(pieces, [pieces.pieces + 3]) == ""


def test_a_damaged_tokenizer_is_told(tmp_path):
    (tmp_path / "tokenizer.model").write_bytes(b"nothing")
    with pytest.raises(EngineError, match=r"tokenizer\.model cannot be read"):
        PieceTokenizer(tmp_path)
    with pytest.raises(EngineError):
        PieceTokenizer(tmp_path / "nowhere")
