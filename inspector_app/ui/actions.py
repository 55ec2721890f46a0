"""The window's actions, made from their table: keys, menus, words in the current language."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QMenuBar

from inspector_app.ui.action_table import ENTRIES, MENUS
from inspector_app.ui.icons import icon

__all__ = ["ENTRIES", "MENUS", "Actions", "default_keys", "keys_to_text", "read_overrides"]

log = logging.getLogger(__name__)
_PORTABLE = QKeySequence.SequenceFormat.PortableText


class Actions:
    """The window's actions by name; all are children of the window."""

    def __init__(self, window: QMainWindow, overrides: Mapping[str, object]) -> None:
        self._by_name: dict[str, QAction] = {}
        for entry in ENTRIES:
            action = QAction(window)
            action.setObjectName(entry.name)
            action.setCheckable(entry.checkable)
            action.setChecked(entry.checked)
            if entry.icon:
                action.setIcon(icon(entry.icon))
            window.addAction(action)
            self._by_name[entry.name] = action
        self.set_overrides(overrides)

    def __getitem__(self, name: str) -> QAction:
        return self._by_name[name]

    def all(self) -> list[QAction]:
        """All actions, in the table's order."""
        return list(self._by_name.values())

    def set_overrides(self, overrides: Mapping[str, object]) -> None:
        """Gives every action its keys: the overrides', else the default ones.

        Args:
            overrides: Portable key text by action name, "" for no key. What cannot be used is
                logged and ignored.
        """
        chosen = read_overrides(overrides)
        # A key of two actions would start neither: what the person chose goes first.
        taken: set[str] = set()
        for name in sorted(self._by_name, key=lambda each: each not in chosen):
            keys = chosen[name] if name in chosen else default_keys(name)
            free = [key for key in keys if key.toString(_PORTABLE) not in taken]
            if len(free) < len(keys):
                log.warning("keys of %s left out: another action has them", name)
            taken.update(key.toString(_PORTABLE) for key in free)
            self._by_name[name].setShortcuts(free)
        self.translate()

    def translate(self) -> None:
        """Sets all words in the current language."""
        for entry in ENTRIES:
            action = self._by_name[entry.name]
            text = QCoreApplication.translate("Actions", entry.text)
            action.setText(text)
            plain = text.replace("&", "").rstrip("…")
            hint = QCoreApplication.translate("Actions", entry.hint) if entry.hint else plain
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            action.setToolTip(f"{hint} ({keys})" if keys else hint)

    def fill(self, bar: QMenuBar) -> dict[str, QMenu]:
        """Builds the menus."""
        menus = {
            name: bar.addMenu(QCoreApplication.translate("Actions", text)) for name, text in MENUS
        }
        for entry in ENTRIES:
            menu = menus[entry.menu]
            if entry.separator:
                menu.addSeparator()
            menu.addAction(self._by_name[entry.name])
        return menus


def default_keys(name: str) -> list[QKeySequence]:
    """Returns the keys an action has at first, all of them; none for an unknown name."""
    found: list[QKeySequence] = []
    for key in _DEFAULTS.get(name, ()):
        for sequence in _sequences(key):
            if sequence not in found:
                found.append(sequence)
    return found


def keys_to_text(keys: Sequence[QKeySequence]) -> str:
    """Returns keys as portable text for the settings."""
    return QKeySequence.listToString(keys, _PORTABLE)


def read_overrides(overrides: Mapping[str, object]) -> dict[str, list[QKeySequence]]:
    """Returns the usable entries of a settings file; the others are logged."""
    chosen: dict[str, list[QKeySequence]] = {}
    for name, text in overrides.items():
        keys = _parsed(text)
        if name not in _DEFAULTS or keys is None:
            log.warning("key ignored: %r for %r", text, name)
        else:
            chosen[name] = keys
    return chosen


def _parsed(text: object) -> list[QKeySequence] | None:
    if not isinstance(text, str):
        return None
    if not text:
        return []
    keys = QKeySequence.listFromString(text, _PORTABLE)
    # Qt turns what it does not know into a key without a name.
    return keys if all(key.toString(_PORTABLE) for key in keys) else None


def _sequences(name: str) -> list[QKeySequence]:
    if name.startswith("StandardKey."):
        standard = getattr(QKeySequence.StandardKey, name.partition(".")[2])
        return QKeySequence.keyBindings(standard)
    return [QKeySequence(name)]


_DEFAULTS = {entry.name: entry.keys for entry in ENTRIES}
