"""Errors whose text is meant for people: what happened, and how to mend it."""

from __future__ import annotations


class InspectorError(Exception):
    """Base class: the message may be shown to the user as it is.

    Args:
        what: One sentence saying what happened, without an exclamation mark.
        mend: One sentence saying what the user can do; empty if nothing can be done.
    """

    def __init__(self, what: str, mend: str = "") -> None:
        self.what = what
        self.mend = mend
        super().__init__(f"{what} {mend}".strip())

    def __reduce__(
        self,
    ) -> tuple[type[InspectorError], tuple[str, str], dict[str, object]]:
        # Crosses the pipe of the engine process; Exception's own pickling would lose `mend`.
        return type(self), (self.what, self.mend), self.__dict__


class BadInputError(InspectorError):
    """What the user gave cannot be used (exit code 2 on the command line)."""


class ImageError(BadInputError):
    """An image file cannot be read."""


class LockedError(ImageError):
    """A PDF is locked with a password that is not known here."""


class RecipeError(BadInputError):
    """A recipe file is missing something or says something impossible."""


class StoreError(InspectorError):
    """The project file cannot be read or written."""


class EngineError(InspectorError):
    """An engine could not load or could not answer."""


class EngineLostError(EngineError):
    """The engine process ended or stopped answering; it is started again for the next request."""


class UnsupportedTaskError(EngineError):
    """The engine cannot do this task and says so."""
