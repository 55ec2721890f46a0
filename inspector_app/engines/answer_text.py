"""An answer as it comes: its text and boxes as events, its raw text for the record."""

from __future__ import annotations

from collections.abc import Iterator

from inspector_app.domain.events import BoxesFound, Event, TextDelta
from inspector_app.domain.findings import FoundBox
from inspector_app.engines.token_text import Decoding
from inspector_app.parsing.box_text import BoxReader


class AnswerText:
    """The answer so far.

    Args:
        request_id: Of the events.
        decoding: Turns tokens into text.
        reader: Finds boxes in the text; None for text that holds none (JSON under a schema).

    Attributes:
        text: For people, without tags.
        raw: As the model wrote it.
        boxes: All found so far.
        count: Tokens so far.
    """

    def __init__(self, request_id: str, decoding: Decoding, reader: BoxReader | None) -> None:
        self._request_id = request_id
        self._decoding = decoding
        self._reader = reader
        self.text = self.raw = ""
        self.boxes: list[FoundBox] = []
        self.count = 0

    def token(self, token: int) -> Iterator[Event]:
        """Takes a token."""
        self.count += 1
        text = self._decoding.add(token)
        self.raw += text
        piece = self._reader.feed(text) if self._reader is not None else None
        yield from self._events(piece.text if piece else text, piece.boxes if piece else ())

    def rest(self) -> Iterator[Event]:
        """Gives what was held back."""
        text = self._decoding.rest()
        self.raw += text
        if self._reader is None:
            yield from self._events(text, ())
            return
        for piece in (self._reader.feed(text), self._reader.end()):
            yield from self._events(piece.text, piece.boxes)

    def _events(self, text: str, boxes: tuple[FoundBox, ...]) -> Iterator[Event]:
        if text:
            self.text += text
            yield TextDelta(self._request_id, text)
        if boxes:
            self.boxes += boxes
            yield BoxesFound(self._request_id, boxes)


def end_remarks(end: str, most: int, words: dict[str, str]) -> list[str]:
    """What is to be said of how an answer ended; nothing when it ended by itself.

    Args:
        end: One of the ends of `generation.Loop`.
        most: Tokens that were allowed.
        words: Texts of the language.
    """
    from inspector_app.engines.generation import Loop

    if end == Loop.REPEATED:
        return [words["looped"]]
    return [words["too_long"].format(count=most)] if end == Loop.LENGTH else []
