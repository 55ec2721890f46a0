"""Every action of the window in one table: words, keys, icon, menu."""

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


MENUS: tuple[tuple[str, str], ...] = (
    ("file", QT_TRANSLATE_NOOP("Actions", "&File")),
    ("edit", QT_TRANSLATE_NOOP("Actions", "&Edit")),
    ("view", QT_TRANSLATE_NOOP("Actions", "&View")),
    ("inspect", QT_TRANSLATE_NOOP("Actions", "&Inspect")),
    ("document", QT_TRANSLATE_NOOP("Actions", "&Document")),
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
    Entry(
        "pages",
        QT_TRANSLATE_NOOP("Actions", "P&ages of this PDF…"),
        (),
        "file",
        hint=QT_TRANSLATE_NOOP("Actions", "Choose which pages of this PDF are open"),
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
        "export_conversation",
        QT_TRANSLATE_NOOP("Actions", "Export con&versation…"),
        (),
        "file",
        hint=QT_TRANSLATE_NOOP(
            "Actions", "Write the conversation about this image as HTML, Markdown or JSON"
        ),
    ),
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
    Entry(
        "copy_conversation",
        QT_TRANSLATE_NOOP("Actions", "Copy con&versation"),
        (),
        "edit",
        "copy",
        hint=QT_TRANSLATE_NOOP("Actions", "Copy the conversation about this image as Markdown"),
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
        "page_improve",
        QT_TRANSLATE_NOOP("Actions", "Page: improve"),
        ("Alt+2",),
        "view",
        "improve",
        True,
        hint=QT_TRANSLATE_NOOP("Actions", "Train an adapter on corrections and compare it"),
    ),
    Entry(
        "page_models",
        QT_TRANSLATE_NOOP("Actions", "Page: models"),
        ("Alt+3",),
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
    Entry(
        "new_conversation",
        QT_TRANSLATE_NOOP("Actions", "Ne&w conversation"),
        (),
        "inspect",
        "new-chat",
        hint=QT_TRANSLATE_NOOP("Actions", "Clear the conversation about this image; findings stay"),
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
        "read_this",
        QT_TRANSLATE_NOOP("Actions", "&Read this document"),
        ("Ctrl+D",),
        "document",
        "read",
        hint=QT_TRANSLATE_NOOP("Actions", "Read the fields of this receipt, label or card"),
    ),
    Entry(
        "read_all",
        QT_TRANSLATE_NOOP("Actions", "Read &all documents"),
        ("Ctrl+Shift+D",),
        "document",
        hint=QT_TRANSLATE_NOOP("Actions", "Read all images that were not read yet"),
    ),
    Entry("read_again", QT_TRANSLATE_NOOP("Actions", "Read all a&gain"), (), "document"),
    Entry(
        "read_second",
        QT_TRANSLATE_NOOP("Actions", "Read with the &language engine"),
        ("Ctrl+Shift+L",),
        "document",
        "read-second",
        separator=True,
    ),
    Entry(
        "read_all_second",
        QT_TRANSLATE_NOOP("Actions", "Read all &with the language engine"),
        (),
        "document",
        hint=QT_TRANSLATE_NOOP("Actions", "Let it read all documents that were read, too"),
    ),
    Entry(
        "second_with_text",
        QT_TRANSLATE_NOOP("Actions", "Show it the &text that was read"),
        (),
        "document",
        "",
        True,
        True,
        hint=QT_TRANSLATE_NOOP(
            "Actions", "The language engine reads the picture with the text, or by itself"
        ),
    ),
    Entry("write_summary", QT_TRANSLATE_NOOP("Actions", "Let it s&ummarize"), (), "document"),
    Entry(
        "use_second",
        QT_TRANSLATE_NOOP("Actions", "&Use the language engine's value"),
        ("F4",),
        "document",
        hint=QT_TRANSLATE_NOOP("Actions", "Correct the chosen field to what the engine reads"),
    ),
    Entry(
        "forget_second",
        QT_TRANSLATE_NOOP("Actions", "&Forget what the language engine read"),
        (),
        "document",
    ),
    Entry(
        "next_doubt",
        QT_TRANSLATE_NOOP("Actions", "&Next field to check"),
        ("F3",),
        "document",
        "next",
        separator=True,
        hint=QT_TRANSLATE_NOOP(
            "Actions", "Go to the next field that readers differ in, in a conflict or unsure"
        ),
    ),
    Entry(
        "places",
        QT_TRANSLATE_NOOP("Actions", "&Places of the fields"),
        ("T",),
        "document",
        "",
        True,
        True,
        hint=QT_TRANSLATE_NOOP("Actions", "Frame what was read in the picture"),
    ),
    Entry(
        "copy_document",
        QT_TRANSLATE_NOOP("Actions", "&Copy fields as JSON"),
        (),
        "document",
        "copy",
        separator=True,
    ),
    Entry(
        "export_document", QT_TRANSLATE_NOOP("Actions", "&Export this document…"), (), "document"
    ),
    Entry(
        "export_documents",
        QT_TRANSLATE_NOOP("Actions", "Export all &documents…"),
        (),
        "document",
        "export",
        hint=QT_TRANSLATE_NOOP("Actions", "Write all documents that were read into one file"),
    ),
    Entry(
        "palette", QT_TRANSLATE_NOOP("Actions", "&Command palette…"), ("Ctrl+K",), "help", "search"
    ),
    Entry("keys", QT_TRANSLATE_NOOP("Actions", "&Keys and help"), ("F1",), "help", "help"),
    Entry("about", QT_TRANSLATE_NOOP("Actions", "&About Inspector"), (), "help", "info"),
)
