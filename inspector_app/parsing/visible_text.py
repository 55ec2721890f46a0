"""The text of an answer that people read: what is left when tags and coordinates are out."""

from __future__ import annotations

_CLOSE_UP = frozenset(".,;:!?)]")


class VisibleText:
    """Collects text piece by piece and closes the holes where something was taken out.

    White space is held until it is known what follows. Text with no holes comes out as it went
    in. The result does not depend on how the text is cut into pieces.
    """

    def __init__(self) -> None:
        self._ready: list[str] = []
        self._before: list[str] = []  # white space before the hole
        self._after: list[str] = []  # and after it
        self._hole = False
        self._glue = ""
        self._last = ""

    def put(self, text: str) -> None:
        """Adds text to read."""
        body = text.lstrip()
        if len(body) < len(text):
            (self._after if self._hole else self._before).append(text[: len(text) - len(body)])
        if not body:
            return
        shown = body.rstrip()
        self._ready += (self._between(body[0]), shown)
        self._last = shown[-1]
        self._before = [body[len(shown) :]]
        self._after = []
        self._hole = False
        self._glue = ""

    def hole(self, glue: str = "", *, joined: bool = False) -> None:
        """Says that something was taken out here.

        Args:
            glue: What keeps two words apart that would now touch.
            joined: White space between the hole before and this one goes with it.
        """
        if not joined:
            self._before = [self._space()]
        self._after = []
        self._hole = True
        self._glue = glue or self._glue

    @property
    def glue(self) -> str:
        """What will keep the words around the present hole apart."""
        return self._glue

    def end(self) -> None:
        """Says that no more text comes."""
        if not self._hole:
            self._ready += self._before
        self._before = []
        self._after = []

    def take(self) -> str:
        """Returns what is certain and was not taken yet."""
        if not self._ready:
            return ""
        text = "".join(self._ready)
        self._ready.clear()
        return text

    def _between(self, following: str) -> str:
        space = self._space()
        if not self._hole:
            return space
        if not self._last:
            return ""
        if following in _CLOSE_UP and "\n" not in space:
            return ""
        if not space and self._last.isalnum() and following.isalnum():
            return self._glue
        return space

    def _space(self) -> str:
        """White space of one side of the hole, the one that parts the text more."""
        sides = "".join(self._before), "".join(self._after)
        return max(sides, key=lambda side: (side.count("\n"), bool(side)))
