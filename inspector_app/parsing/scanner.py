"""What readers of all dialects share: text is held back only while it may become a box."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod

from inspector_app.parsing.visible_text import VisibleText

Corners = tuple[float, float, float, float]

NUMBER = r"-?\d{1,40}(?:\.\d{1,6})?"
NUMBER_BEGUN = r"-?\d{0,40}(?:\.\d{0,6})?"


class Scanner(ABC):
    """Takes boxes out of text that comes in pieces.

    A dialect says by regular expressions what is a token (a tag, a box) and what may become one.
    Nothing longer than `limit` characters is a token, so the text held back and the work for
    each character are bounded, and the cost is linear in the length of the answer.

    Attributes:
        limit: Characters of the longest token.
        visible: The text to read.
        boxes: Labels and corners, in the dialect's units; the caller empties it.
    """

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.visible = VisibleText()
        self.boxes: list[tuple[str, Corners]] = []
        self._held = ""
        self._closer = ""

    def feed(self, text: str) -> None:
        """Reads more text."""
        # Most pieces fall inside a token: nothing is decided before the character that closes it.
        if self._closer and self._closer not in text and len(self._held) + len(text) < self.limit:
            self._held += text
        else:
            self._scan(self._held + text)

    def end(self) -> None:
        """Says that no more text comes; what is held becomes text, or goes if it is half a box."""
        self._scan(self._held)
        self._finish(self._held)
        self._held = self._closer = ""
        self.visible.end()

    def _scan(self, text: str) -> None:
        at = 0
        while at < len(text):
            after = self._step(text, at)
            if after is None:
                break
            at = after
        self._held = text[at:]
        self._closer = self._closer_of(self._held)

    def _token(self, pattern: re.Pattern[str], text: str, at: int) -> str:
        """Returns the token at a place, or nothing."""
        found = pattern.match(text, at, at + self.limit)
        return found[0] if found else ""

    def _may_become(self, pattern: re.Pattern[str], text: str, at: int) -> bool:
        """Returns whether the rest of the text may be the beginning of a token."""
        return len(text) - at < self.limit and pattern.match(text, at) is not None

    @abstractmethod
    def _step(self, text: str, at: int) -> int | None:
        """Reads one token or stretch of text.

        Returns:
            The place after it; None if more text is needed to tell what it is.
        """

    @abstractmethod
    def _closer_of(self, held: str) -> str:
        """Returns the character without which `held` cannot become a token; empty if unknown."""

    @abstractmethod
    def _finish(self, held: str) -> None:
        """Deals with the beginning of a token that never ended."""
