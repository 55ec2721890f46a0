"""Tokens to text as they come: a letter is given when all its bytes are there."""

from __future__ import annotations

from typing import Any, Protocol

_UNFINISHED = "\N{REPLACEMENT CHARACTER}"
_LONGEST = 8  # tokens that a letter may be spread over; more are no letter


class Decoding(Protocol):
    """Turns the tokens of one answer into text."""

    def add(self, token: int) -> str:
        """Takes a token; returns the text that is whole now, special tokens included."""
        ...

    def rest(self) -> str:
        """Returns what is left at the end."""
        ...


class TokenText:
    """Decodes a stream of tokens.

    Vietnamese letters are two or three bytes, and a token may end within one.

    Args:
        tokenizer: A tokenizer of transformers with byte-level pieces.
    """

    def __init__(self, tokenizer: Any) -> None:
        self._tokenizer = tokenizer
        self._pending: list[int] = []

    def add(self, token: int) -> str:
        """Takes a token; returns the text that is whole now, special tokens included."""
        self._pending.append(token)
        text = self._text()
        if text.endswith(_UNFINISHED) and len(self._pending) < _LONGEST:
            return ""
        self._pending.clear()
        return text

    def rest(self) -> str:
        """Returns what is left at the end."""
        text = self._text()
        self._pending.clear()
        return text

    def _text(self) -> str:
        if not self._pending:
            return ""
        return self._tokenizer.decode(
            self._pending, skip_special_tokens=False, clean_up_tokenization_spaces=False
        )
