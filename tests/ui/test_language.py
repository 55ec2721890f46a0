"""The window in Vietnamese and English: nothing left untranslated, plurals, numbers, keys."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QAbstractListModel, QLocale, QModelIndex, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMainWindow,
    QMenu,
    QPlainTextEdit,
    QTableView,
    QTextEdit,
    QWidget,
)

from inspector_app.domain.findings import Author, AuthorKind, Finding
from inspector_app.domain.geometry import Box
from inspector_app.domain.results import ImageSummary
from inspector_app.services import engines
from inspector_app.services.settings import Settings
from inspector_app.ui.actions import Actions
from inspector_app.ui.app import install_language
from inspector_app.ui.command_palette import CommandPalette
from inspector_app.ui.export_dialog import ExportDialog
from inspector_app.ui.gallery import Gallery
from inspector_app.ui.main_window import MainWindow
from inspector_app.ui.message_bar import MessageBar
from inspector_app.ui.overlay_layer import describe
from inspector_app.ui.recipe_dialog import RecipeDialog
from inspector_app.ui.settings_dialog import SettingsDialog
from inspector_app.ui.shortcuts_dialog import ShortcutsDialog
from inspector_app.ui.status_bar import StatusBar
from inspector_app.ui.worker import Worker

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

I18N = Path(__file__).resolve().parents[2] / "resources" / "i18n"
# What stays as it is: languages in their own words, and the names of keys.
SAME = {"English", "Inspector", "OK", "Esc", "Space", "Ins"}
ENGLISH = re.compile(
    r"\b(the|and|of|not|this|all|image|images|open|save|close|cancel|show|choose|change|"
    r"folder|file|project|recipe|engine|golden|region|finding|findings|verdict|"
    r"accept|review|reject|score|label|stop|send|ask|filter|key|keys|none|settings)\b",
    re.IGNORECASE,
)


@pytest.fixture
def speak(qapp: QApplication) -> Iterator[Callable[[str], None]]:
    """Installs a language; everything is taken back after the test."""
    before = QLocale()
    translators: list[Any] = []

    def install(language: str) -> None:
        translators.extend(install_language(qapp, language))

    yield install
    for translator in translators:
        qapp.removeTranslator(translator)
    QLocale.setDefault(before)


@pytest.fixture
def window(
    run_async: Callable[..., Any], speak: Callable[[str], None]
) -> Iterator[Callable[[str], MainWindow]]:
    """Builds the window in a language."""
    made: list[MainWindow] = []

    def build(language: str) -> MainWindow:
        speak(language)
        Settings().set("language", language)
        made.append(MainWindow(Settings(), Worker()))
        return made[-1]

    yield build
    for each in made:
        run_async(each.shut_down())
        each.close()
        each.deleteLater()


def plain(text: str) -> str:
    """Without mnemonic, ellipsis and the keys a tooltip or a button ends in."""
    text = re.sub(r"&(.)", r"\1", text)
    return re.sub(r" [(\[][^()\[\]]*[)\]]$", "", text).strip().rstrip("…")


def own_texts(widget: QWidget) -> list[str]:
    """What one widget says, to the eye, under the mouse and to a screen reader."""
    texts = [widget.windowTitle(), widget.toolTip()]
    texts += [widget.accessibleName(), widget.accessibleDescription()]
    if isinstance(widget, QAbstractButton | QLabel):
        texts.append(widget.text())
    if isinstance(widget, QLineEdit | QPlainTextEdit | QTextEdit):
        texts.append(widget.placeholderText())
    if isinstance(widget, QGroupBox | QMenu):
        texts.append(widget.title())
    if isinstance(widget, QComboBox):
        texts += [widget.itemText(at) for at in range(widget.count())]
    if isinstance(widget, QTableView) and widget.model() is not None:
        model = widget.model()
        is_list = isinstance(model, QAbstractListModel)  # it keeps its columnCount to itself
        for column in range(1 if is_list else model.columnCount(QModelIndex())):
            texts.append(str(model.headerData(column, Qt.Orientation.Horizontal) or ""))
            texts += [
                str(model.index(at, column).data() or "")
                for at in range(model.rowCount(QModelIndex()))
            ]
    return texts


def row(id_: str) -> ImageSummary:
    """An image nothing was done with yet."""
    return ImageSummary(
        id_, f"/lot/{id_}.png", 0, 64, 64, "", None, None, False, None, "", 0, False, None
    )


def all_texts(root: QWidget) -> set[str]:
    """What a window and everything in it says."""
    texts: list[str] = []
    for widget in (root, *root.findChildren(QWidget)):
        if not widget.objectName().startswith("qt_scrollarea"):
            texts += own_texts(widget)
    for action in root.findChildren(QAction):
        texts += [action.text(), action.iconText(), action.toolTip()]
    return {plain(text) for text in texts if re.search(r"[^\W\d_]{2}", text)}


def messages(language: str) -> list[tuple[str, str, list[str]]]:
    """Returns context, source and translations of every string."""
    found = []
    for context in ET.parse(I18N / f"inspector_{language}.ts").getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            forms = [form.text or "" for form in translation.iter("numerusform")]
            source = message.findtext("source") or ""
            found.append(
                (context.findtext("name") or "", source, forms or [translation.text or ""])
            )
    return found


def cards() -> set[str]:
    """Names of engines are product names."""
    return {card.name for card in engines.cards(hidden=True)}


def left_in_english(texts: set[str]) -> set[str]:
    """Returns the texts that are an English source, or have an English word in them."""
    allowed = SAME | cards()
    sources = {plain(source) for _, source, forms in messages("vi") if source not in forms}
    return {
        text
        for text in texts - allowed
        if (text in sources or ENGLISH.search(text)) and not any(name in text for name in cards())
    }


def test_placeholders_survive() -> None:
    places = re.compile(r"{\w+}|%[1-9n]")
    for context, source, forms in messages("vi"):
        wanted = Counter(places.findall(source))
        for form in forms:
            assert Counter(places.findall(form.replace("%L", "%"))) == wanted, (context, source)
            assert form[-1:] == source[-1:] or source[-1:] not in "…:?", (context, source)
            assert "!" not in form, (context, source)


def test_menus_and_mnemonics(window: Callable[[str], MainWindow]) -> None:
    w = window("vi")
    found = (action.menu() for action in w.menuBar().actions())
    menus = [menu for menu in found if isinstance(menu, QMenu)]
    titles = [plain(menu.title()) for menu in menus]
    assert titles == ["Tệp", "Sửa", "Xem", "Kiểm tra", "Tài liệu", "Mô hình", "Trợ giúp"]
    for entries in (w.menuBar(), *menus):
        texts = [action.text() for action in entries.actions() if not action.isSeparator()]
        letters = [sign[1].lower() for text in texts if (sign := re.search(r"&(\w)", text))]
        assert all(letter.isascii() for letter in letters), letters
        assert len(set(letters)) == len(letters), " | ".join(texts)
    assert w.actions_["run_all"].iconText() == "Tất cả"
    assert w.actions_["next"].toolTip() == "Ảnh sau (D)"


def test_window_has_no_english_left(window: Callable[[str], MainWindow]) -> None:
    w = window("vi")
    w.gallery.set_rows([row(id_) for id_ in ("a1", "b2")])
    texts = all_texts(w)
    assert len(texts) > 100
    assert left_in_english(texts) == set()


def test_the_check_finds_english(window: Callable[[str], MainWindow]) -> None:
    w = window("en")
    assert len(left_in_english(all_texts(w))) > 80


def test_dialogs_have_no_english_left(
    speak: Callable[[str], None], qtbot: Any, tmp_path: Path
) -> None:
    speak("vi")
    settings = Settings()
    actions = QMainWindow()
    qtbot.addWidget(actions)
    table = Actions(actions, {}).all()
    dialogs: list[QDialog] = [
        RecipeDialog(settings, "vi"),
        ExportDialog(tmp_path),
        SettingsDialog(settings),
        ShortcutsDialog(table),
        CommandPalette(table),
    ]
    for dialog in dialogs:
        qtbot.addWidget(dialog)
        # Keys that keyboards have of their own carry Qt's English names.
        texts = {text for text in all_texts(dialog) if not re.search(r"\b(Ctrl|Alt)\+", text)}
        assert left_in_english(texts) == set(), dialog
    box = dialogs[2].findChild(QDialogButtonBox)
    assert box is not None
    assert box.button(QDialogButtonBox.StandardButton.Cancel).text() == "Hủy"


@pytest.mark.parametrize(
    ("language", "one", "many"),
    [
        ("en", "1 more message", "1,204 more messages"),
        ("vi", "Còn 1 thông báo nữa", "Còn 1.204 thông báo nữa"),
    ],
)
def test_plurals(
    speak: Callable[[str], None], qtbot: Any, language: str, one: str, many: str
) -> None:
    speak(language)
    bar = MessageBar()
    qtbot.addWidget(bar)
    assert bar.tr("%n more message(s)", "", 1) == one
    assert bar.tr("%n more message(s)", "", 1204) == many


def test_tooltip_of_a_finding(speak: Callable[[str], None]) -> None:
    speak("vi")
    author = Author(AuthorKind.PERSON, "Lan")
    finding = Finding("image", "xước", Box(0.0, 0.0, 0.5, 0.5), author, score=0.83)
    assert describe(finding, 4000, 200) == "xước, Điểm 0,83, Do Lan vẽ, 2.000 × 100 px"


def test_times_left(speak: Callable[[str], None], qtbot: Any) -> None:
    for language, words in (
        ("en", ("1 second left", "2 minutes left")),
        ("vi", ("còn 1 giây", "còn 2 phút")),
    ):
        speak(language)
        bar = StatusBar()
        qtbot.addWidget(bar)
        assert (bar._left(1.0), bar._left(120.0)) == words


def test_numbers_as_the_language_writes_them(speak: Callable[[str], None], qtbot: Any) -> None:
    speak("vi")
    gallery = Gallery()
    qtbot.addWidget(gallery)
    try:
        gallery.set_rows([row(f"i{n}") for n in range(1204)])
        assert gallery.counter.text() == "1.204 / 1.204"
        assert gallery.counter.toolTip() == "Hiện 1.204 trên 1.204 ảnh"
    finally:
        gallery.shut_down()
    assert QLocale().toString(0.83, "f", 2) == "0,83"
