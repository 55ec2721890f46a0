"""Every action of the window in one table: words, keys, icon, menu."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QMenuBar

from inspector_app.ui.icons import icon

log = logging.getLogger(__name__)
_PORTABLE = QKeySequence.SequenceFormat.PortableText


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


MENUS: tuple[tuple[str, str], ...] = (
    ("file", QT_TRANSLATE_NOOP("Actions", "&File")),
    ("edit", QT_TRANSLATE_NOOP("Actions", "&Edit")),
    ("view", QT_TRANSLATE_NOOP("Actions", "&View")),
    ("inspect", QT_TRANSLATE_NOOP("Actions", "&Inspect")),
    ("help", QT_TRANSLATE_NOOP("Actions", "&Help")),
)
ENTRIES: tuple[Entry, ...] = (
    Entry(
        "open_files",
        QT_TRANSLATE_NOOP("Actions", "&Open images…"),
        ("StandardKey.Open",),
        "file",
        "open",
    ),
    Entry(
        "open_folder",
        QT_TRANSLATE_NOOP("Actions", "Open &folder…"),
        ("Ctrl+Shift+O",),
        "file",
        "folder",
    ),
    Entry("open_project", QT_TRANSLATE_NOOP("Actions", "Open &project…"), (), "file"),
    Entry("open_sample", QT_TRANSLATE_NOOP("Actions", "Open &sample project"), (), "file"),
    Entry(
        "save_as",
        QT_TRANSLATE_NOOP("Actions", "&Save project as…"),
        ("StandardKey.Save",),
        "file",
        "save",
        separator=True,
    ),
    Entry("export", QT_TRANSLATE_NOOP("Actions", "&Export report…"), ("Ctrl+E",), "file", "export"),
    Entry(
        "quit", QT_TRANSLATE_NOOP("Actions", "&Quit"), ("StandardKey.Quit",), "file", separator=True
    ),
    Entry("undo", QT_TRANSLATE_NOOP("Actions", "&Undo"), ("StandardKey.Undo",), "edit", "undo"),
    Entry(
        "redo",
        QT_TRANSLATE_NOOP("Actions", "&Redo"),
        ("StandardKey.Redo", "Ctrl+Y"),
        "edit",
        "redo",
    ),
    Entry(
        "paste",
        QT_TRANSLATE_NOOP("Actions", "&Paste images"),
        ("StandardKey.Paste",),
        "edit",
        separator=True,
    ),
    Entry(
        "copy_picture",
        QT_TRANSLATE_NOOP("Actions", "&Copy picture with overlay"),
        ("Ctrl+Shift+C",),
        "edit",
    ),
    Entry("delete", QT_TRANSLATE_NOOP("Actions", "&Delete region"), ("Del",), "edit", "delete"),
    Entry(
        "filter",
        QT_TRANSLATE_NOOP("Actions", "&Filter gallery"),
        ("StandardKey.Find",),
        "edit",
        "filter",
    ),
    Entry(
        "settings",
        QT_TRANSLATE_NOOP("Actions", "&Settings…"),
        ("Ctrl+,",),
        "edit",
        "settings",
        separator=True,
    ),
    Entry("fit_view", QT_TRANSLATE_NOOP("Actions", "&Fit to window"), ("F",), "view", "fit"),
    Entry(
        "actual_size", QT_TRANSLATE_NOOP("Actions", "&Actual size"), ("1",), "view", "actual-size"
    ),
    Entry("zoom_in", QT_TRANSLATE_NOOP("Actions", "Zoom &in"), ("+", "="), "view", "zoom-in"),
    Entry("zoom_out", QT_TRANSLATE_NOOP("Actions", "Zoom &out"), ("-",), "view", "zoom-out"),
    Entry(
        "lock_view",
        QT_TRANSLATE_NOOP("Actions", "Keep &zoom between images"),
        (),
        "view",
        "lock",
        True,
        True,
    ),
    Entry(
        "heat",
        QT_TRANSLATE_NOOP("Actions", "&Heat map"),
        ("H",),
        "view",
        "heat",
        True,
        True,
        separator=True,
        hint=QT_TRANSLATE_NOOP("Actions", "Show where the image differs from the golden images"),
    ),
    Entry(
        "boxes",
        QT_TRANSLATE_NOOP("Actions", "&Boxes and labels"),
        ("L",),
        "view",
        "boxes",
        True,
        True,
    ),
    Entry(
        "overlay",
        QT_TRANSLATE_NOOP("Actions", "&Overlay"),
        ("O",),
        "view",
        "",
        True,
        True,
        hint=QT_TRANSLATE_NOOP("Actions", "Show or hide everything drawn over the picture"),
    ),
    Entry(
        "golden",
        QT_TRANSLATE_NOOP("Actions", "Compare with &golden image"),
        ("G",),
        "view",
        "golden",
        True,
        hint=QT_TRANSLATE_NOOP(
            "Actions", "Slide between the part and the golden image; hold B to blink"
        ),
    ),
    Entry("panels", QT_TRANSLATE_NOOP("Actions", "&Restore panels"), (), "view", separator=True),
    Entry(
        "page_inspect",
        QT_TRANSLATE_NOOP("Actions", "Page: inspect"),
        ("Alt+1",),
        "view",
        "inspect",
        True,
        True,
        separator=True,
        hint=QT_TRANSLATE_NOOP("Actions", "Look at parts, decide and ask"),
    ),
    Entry(
        "page_models",
        QT_TRANSLATE_NOOP("Actions", "Page: models"),
        ("Alt+2",),
        "view",
        "models",
        True,
        hint=QT_TRANSLATE_NOOP("Actions", "Get, load and choose the models that answer"),
    ),
    Entry(
        "run_this",
        QT_TRANSLATE_NOOP("Actions", "Inspect &this image"),
        ("Ctrl+R",),
        "inspect",
        "run-this",
    ),
    Entry(
        "run_all",
        QT_TRANSLATE_NOOP("Actions", "Inspect &all images"),
        ("Ctrl+Return",),
        "inspect",
        "run-all",
    ),
    Entry("stop", QT_TRANSLATE_NOOP("Actions", "&Stop"), ("Esc",), "inspect", "stop"),
    Entry(
        "new_recipe",
        QT_TRANSLATE_NOOP("Actions", "&New recipe from golden images…"),
        ("Ctrl+N",),
        "inspect",
        separator=True,
    ),
    Entry("open_recipe", QT_TRANSLATE_NOOP("Actions", "&Open recipe…"), (), "inspect"),
    Entry(
        "previous",
        QT_TRANSLATE_NOOP("Actions", "&Previous image"),
        ("A", "PgUp"),
        "inspect",
        "previous",
        separator=True,
    ),
    Entry("next", QT_TRANSLATE_NOOP("Actions", "&Next image"), ("D", "PgDown"), "inspect", "next"),
    Entry(
        "next_review",
        QT_TRANSLATE_NOOP("Actions", "Next image to &review"),
        ("Shift+D",),
        "inspect",
    ),
    Entry(
        "select_tool",
        QT_TRANSLATE_NOOP("Actions", "&Select"),
        ("V",),
        "inspect",
        "select",
        True,
        True,
        separator=True,
    ),
    Entry(
        "region_tool",
        QT_TRANSLATE_NOOP("Actions", "Draw &region"),
        ("R",),
        "inspect",
        "region",
        True,
    ),
    Entry("pan_tool", QT_TRANSLATE_NOOP("Actions", "P&an"), ("P",), "inspect", "pan", True),
    Entry(
        "accept",
        QT_TRANSLATE_NOOP("Actions", "Verdict: a&ccept"),
        ("Ctrl+1",),
        "inspect",
        "accept",
        separator=True,
    ),
    Entry(
        "review", QT_TRANSLATE_NOOP("Actions", "Verdict: re&view"), ("Ctrl+2",), "inspect", "review"
    ),
    Entry(
        "reject", QT_TRANSLATE_NOOP("Actions", "Verdict: re&ject"), ("Ctrl+3",), "inspect", "reject"
    ),
    Entry(
        "finding_yes",
        QT_TRANSLATE_NOOP("Actions", "Finding is right"),
        ("Y",),
        "inspect",
        separator=True,
    ),
    Entry("finding_no", QT_TRANSLATE_NOOP("Actions", "Finding is wrong"), ("N",), "inspect"),
    Entry("finding_unsure", QT_TRANSLATE_NOOP("Actions", "Finding is unsure"), ("U",), "inspect"),
    Entry(
        "palette", QT_TRANSLATE_NOOP("Actions", "&Command palette…"), ("Ctrl+K",), "help", "search"
    ),
    Entry("keys", QT_TRANSLATE_NOOP("Actions", "&Keys and help"), ("F1",), "help", "help"),
    Entry("about", QT_TRANSLATE_NOOP("Actions", "&About Inspector"), (), "help", "info"),
)


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
