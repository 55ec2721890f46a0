"""What an action of the window is; the table of all of them is `action_table`."""

from __future__ import annotations

from dataclasses import dataclass


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # noqa: N802 - lupdate looks for this name
    """Marks a text for translation and returns it; Qt's own is typed to return any object."""
    return text


@dataclass(frozen=True, slots=True)
class Entry:
    """One action.

    Attributes:
        name: Key in the table and in the settings.
        text: English source text with mnemonic.
        keys: Default shortcuts, portable text or a standard key's name.
        menu: Menu it stands in.
        icon: Icon name, empty for none.
        checkable: Whether it is a switch.
        checked: Its first state.
        separator: Whether a line stands above it.
        hint: One-line tooltip; the text without mnemonic when empty.
    """

    name: str
    text: str
    keys: tuple[str, ...] = ()
    menu: str = ""
    icon: str = ""
    checkable: bool = False
    checked: bool = False
    separator: bool = False
    hint: str = ""
