"""The tokenizer of Llama-2 as MiniGPT-v2 was trained with it: SentencePiece, text by text.

Since 2023 tokenizer libraries treat the space before a text in other ways, and the ids differ; so
SentencePiece is called directly (see the ADR).
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from inspector_app.domain.errors import EngineError

FILE = "tokenizer.model"
_SPACE = "\N{LOWER ONE EIGHTH BLOCK}"  # SentencePiece's sign for it
_LONGEST = 4  # bytes of a letter in UTF-8


class PieceTokenizer:
    """Turns texts into ids and back.

    Args:
        folder: Holds `tokenizer.model`.

    Attributes:
        bos: Id of `<s>`.
        eos: Id of `</s>`.
        pieces: Number of pieces.

    Raises:
        EngineError: It cannot be read.
    """

    def __init__(self, folder: Path) -> None:
        import sentencepiece

        path = folder / FILE
        self._model: Any = sentencepiece.SentencePieceProcessor()
        try:
            self._model.LoadFromSerializedProto(path.read_bytes())
        except (OSError, RuntimeError) as error:
            raise EngineError(
                f"The tokenizer {path} cannot be read.", "Convert the model again."
            ) from error
        self.bos: int = self._model.bos_id()
        self.eos: int = self._model.eos_id()
        self.pieces: int = self._model.get_piece_size()
        self._special = {self.piece(i): i for i in (self.bos, self.eos, self._model.unk_id())}
        self._split = re.compile("(" + "|".join(map(re.escape, self._special)) + ")")

    def encode(self, text: str, *, space: bool = True) -> list[int]:
        """Ids of a text; `<s>`, `</s>` and `<unk>` in it are those tokens.

        Args:
            text: Any text.
            space: Every stretch between special tokens begins with the dummy space.
        """
        ids: list[int] = []
        for part in self._split.split(text):
            if part in self._special:
                ids.append(self._special[part])
            elif part:
                ids += self._model.encode(part) if space else self._bare(part)
        return ids

    def piece(self, token: int) -> str:
        """The piece of an id, as the vocabulary has it."""
        return self._model.id_to_piece(token)

    def decoding(self) -> PieceText:
        """What turns the tokens of one answer into text."""
        return PieceText(self)

    def byte(self, token: int) -> int | None:
        """The byte that an id stands for; None for other pieces."""
        return int(self.piece(token)[3:5], 16) if self._model.is_byte(token) else None

    def _bare(self, text: str) -> list[int]:
        # A line break merges with nothing, so that what it brings along is at the front alone.
        begun = self._model.encode("\n")
        return self._model.encode("\n" + text)[len(begun) :]


class PieceText:
    """Decodes a stream of tokens; a letter is given when all its bytes are there.

    Args:
        tokenizer: Has the pieces.
    """

    def __init__(self, tokenizer: PieceTokenizer) -> None:
        self._tokenizer = tokenizer
        self._bytes = bytearray()
        self._first = True

    def add(self, token: int) -> str:
        """Takes a token; returns the text that is whole now, special tokens included."""
        if not 0 <= token < self._tokenizer.pieces:
            return self.rest()  # a row of the output layer that stands for nothing
        byte = self._tokenizer.byte(token)
        if byte is not None:
            self._first = False
            self._bytes.append(byte)
            return self._letters()
        text = self._tokenizer.piece(token).replace(_SPACE, " ")
        if self._first and text.startswith(" "):
            text = text[1:]  # the dummy space
        self._first = False
        return self.rest() + text

    def rest(self) -> str:
        """Returns what is left at the end."""
        text = self._bytes.decode("utf-8", "replace")
        self._bytes.clear()
        return text

    def _letters(self) -> str:
        try:
            text = self._bytes.decode("utf-8")
        except UnicodeDecodeError as error:
            unfinished = error.reason == "unexpected end of data"
            if unfinished and len(self._bytes) < _LONGEST:
                return ""
            return self.rest()
        self._bytes.clear()
        return text
