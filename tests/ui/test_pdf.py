"""PDFs in the window: pages in the gallery, the picker, passwords, files that are none."""

from __future__ import annotations

import time
from collections.abc import Callable, Coroutine
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import QLocale, QTimer
from PySide6.QtWidgets import QInputDialog, QLineEdit

from inspector_app.imaging import pdf_passwords
from inspector_app.services.pages import LongPdf
from inspector_app.ui.inspect_page import thumbnail
from inspector_app.ui.main_window import MainWindow
from inspector_app.ui.page_dialog import PageDialog

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", r"raise\(\)")
Until = Callable[..., Coroutine[Any, Any, None]]
MakePdf = Callable[..., Path]


@pytest.fixture(autouse=True)
def english() -> None:
    QLocale.setDefault(QLocale("en_GB"))


async def opened(w: MainWindow, folder: Path) -> None:
    await w.flows.start(w.flows.open_folder(str(folder)))


def titles(w: MainWindow) -> list[str]:
    model = w.gallery.model
    return [str(model.index(row).data()) for row in range(model.rowCount())]


def trouble(w: MainWindow, image_id: str) -> str:
    assert w.session.project is not None
    return w.session.project.summary(image_id).trouble


def dialog(w: MainWindow, kind: type[Any]) -> Any:
    found = [each for each in w.findChildren(kind) if each.isVisible()]
    return found[0] if found else None


def test_a_short_pdf_is_there_with_all_pages(
    story: Callable[..., None], wait_until: Until, make_pdf: MakePdf
):
    async def tell(w: MainWindow) -> None:
        await opened(w, make_pdf("short.pdf", 3).parent)
        await wait_until(lambda: len(titles(w)) == 3)
        assert titles(w) == ["short.pdf", "short.pdf · 2", "short.pdf · 3"]
        await wait_until(w.page.is_seen)
        assert w.page.picture_size() == (1654, 2339)
        ids = [image.id for image in w.session.images()]
        await wait_until(lambda: all(w.gallery.thumbnails.pixmap(i) for i in ids))
        w.actions_["next"].trigger()
        await wait_until(w.page.is_seen)
        assert w.session.image is not None
        assert w.session.image.page == 1
        assert dialog(w, PageDialog) is None

    story(tell)


def test_pages_of_a_long_pdf_are_chosen_once(
    story: Callable[..., None], wait_until: Until, make_pdf: MakePdf
):
    folder = make_pdf("long.pdf", 40).parent

    async def tell(w: MainWindow) -> None:
        gaps = [time.monotonic()]
        tick = QTimer()
        tick.timeout.connect(lambda: gaps.append(time.monotonic()))
        tick.start(5)
        await opened(w, folder)
        await wait_until(lambda: dialog(w, PageDialog))
        picker = dialog(w, PageDialog)
        assert picker.pages() == list(range(40))
        assert picker._range.text() == "1-40"
        await wait_until(lambda: picker._thumbnails.pixmap("5"))
        tick.stop()
        # Drawing goes on elsewhere; the window never waits for it.
        assert max(b - a for a, b in pairwise(gaps)) < 1.0
        picker._range.setText("2-4, 9")
        picker._range.textEdited.emit("2-4, 9")
        picker._dpi.setCurrentIndex(0)
        picker.accept()
        await wait_until(lambda: len(titles(w)) == 4)
        assert titles(w) == [f"long.pdf · {number}" for number in (2, 3, 4, 9)]
        await wait_until(w.page.is_seen)
        assert w.page.picture_size() == (1241, 1754)  # A4 at 150 dpi
        assert w.settings.get("pdf_dpi") == 150
        await opened(w, folder)
        await w.flows.start(w.flows.add_files([str(folder / "long.pdf")]))
        await wait_until(w.page.is_seen)
        assert dialog(w, PageDialog) is None
        assert len(titles(w)) == 4
        # More of them later, and finer.
        w.actions_["pages"].trigger()
        await wait_until(lambda: dialog(w, PageDialog))
        picker = dialog(w, PageDialog)
        assert picker.pages() == [1, 2, 3, 8]
        picker._list.item(0).setSelected(True)
        picker._dpi.setCurrentIndex(2)
        picker.accept()
        await wait_until(lambda: len(titles(w)) == 5)
        await wait_until(lambda: w.page.picture_size() == (2481, 3508))

    story(tell)


def test_only_page_1_and_the_same_for_all(
    story: Callable[..., None], wait_until: Until, make_pdf: MakePdf
):
    folder = make_pdf("a.pdf", 12).parent
    for name, pages in (("b.pdf", 14), ("c.pdf", 11)):
        make_pdf(name, pages)

    async def tell(w: MainWindow) -> None:
        await opened(w, folder)
        await wait_until(lambda: dialog(w, PageDialog))
        picker = dialog(w, PageDialog)
        assert picker._same.isVisible()
        assert "2 other" in picker._same.text()
        picker.reject()
        await wait_until(lambda: dialog(w, PageDialog) not in (None, picker))
        picker = dialog(w, PageDialog)
        assert Path(picker.pdf.path).name == "b.pdf"
        picker._same.setChecked(True)
        picker.accept()
        await wait_until(lambda: len(titles(w)) == 1 + 14 + 11)
        assert dialog(w, PageDialog) is None
        await opened(w, folder)
        assert len(titles(w)) == 1 + 14 + 11

    story(tell)


def test_a_locked_pdf_asks_for_its_password(
    story: Callable[..., None], wait_until: Until, make_pdf: MakePdf, home: Path
):
    path = make_pdf("locked.pdf", 2, password="s3cret-word")

    async def type_in(w: MainWindow, password: str) -> None:
        await wait_until(lambda: dialog(w, QInputDialog))
        asked = dialog(w, QInputDialog)
        assert asked.textEchoMode() == QLineEdit.EchoMode.Password
        asked.setTextValue(password)
        asked.accept()

    async def tell(w: MainWindow) -> None:
        await opened(w, path.parent)
        await wait_until(lambda: w.messages.count())
        assert w.messages.texts() == ["locked.pdf is locked with a password."]
        w.files._ask_password(str(path))
        await type_in(w, "wrong")
        await wait_until(lambda: dialog(w, QInputDialog))
        assert "does not open locked.pdf" in dialog(w, QInputDialog).labelText()
        await type_in(w, "s3cret-word")
        await wait_until(w.page.is_seen)
        await wait_until(lambda: len(titles(w)) == 2)
        assert w.messages.count() == 0
        assert not any(row.trouble for row in w.session.summaries())
        ids = [image.id for image in w.session.images()]
        await wait_until(lambda: all(w.gallery.thumbnails.pixmap(i) for i in ids))

    try:
        story(tell)
    finally:
        pdf_passwords.remember(path, "")
    kept = [file.read_bytes() for file in home.rglob("*") if file.is_file()]
    assert kept
    assert not any(b"s3cret-word" in content for content in kept)


def test_bad_pdfs_are_told_and_the_rest_goes_on(
    story: Callable[..., None], wait_until: Until, make_pdf: MakePdf
):
    folder = make_pdf("good.pdf").parent
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 and so on")
    (folder / "empty.pdf").write_bytes(b"")
    Image.new("RGB", (60, 40), "red").save(folder / "picture.png")
    (folder / "picture.png").rename(folder / "picture.pdf")

    async def tell(w: MainWindow) -> None:
        await opened(w, folder)
        assert len(titles(w)) == 4
        told = {}
        for image in w.session.images():
            w.session.select(image.id)
            name = Path(image.path).name
            await wait_until(lambda i=image: w.page.is_seen() or trouble(w, i.id))
            told[name] = trouble(w, image.id)
        assert told["good.pdf"] == told["picture.pdf"] == ""
        assert told["broken.pdf"].startswith("Cannot read broken.pdf: the PDF is damaged. Copy")
        assert told["empty.pdf"].startswith("Cannot read empty.pdf: the file is empty.")

    story(tell)


def test_what_is_typed_and_what_is_clicked_say_the_same(qapp: Any, make_pdf: MakePdf):
    path = str(make_pdf("long.pdf", 60))
    picker = PageDialog(LongPdf(path, 60), 300, 0, thumbnail)
    button = picker._buttons.button(picker._buttons.StandardButton.Open)
    try:
        assert picker.dpi() == 300
        assert picker.pages() == list(range(50))
        for text, said in (
            ("1-", "Write for instance: 1-3, 7"),
            ("3, 99", "There is no page 99; the last one is 60."),
            ("", "0 of 60 pages"),
        ):
            picker._range.setText(text)
            picker._range.textEdited.emit(text)
            assert picker._told.text() == said
            assert not button.isEnabled()
        picker._list.item(6).setSelected(True)
        picker._list.item(7).setSelected(True)
        assert picker._range.text() == "7-8"
        assert picker._told.text() == "2 of 60 pages"
        assert button.isEnabled()
    finally:
        picker.done(0)
        picker.deleteLater()


def test_pages_are_read_each_and_bad_files_do_not_stop_it(
    story: Callable[..., None], wait_until: Until, make_pdf: MakePdf
):
    path = make_pdf("two.pdf", 2)
    (path.parent / "broken.pdf").write_bytes(b"%PDF-1.7 and so on")
    make_pdf("locked.pdf", password="secret")

    async def tell(w: MainWindow) -> None:
        await opened(w, path.parent)
        await wait_until(lambda: len(titles(w)) == 4)
        ended: list[Any] = []
        w.flows.reading_all_ended.connect(lambda end, troubles: ended.append((end, troubles)))
        w.actions_["read_all"].trigger()
        await wait_until(lambda: ended)
        end, troubles = ended[0]
        assert (end.read, end.failed) == (2, 2)
        assert [line.split(": ")[1].split(".")[0] for line in troubles] == [
            "the PDF is damaged",
            "it is locked with a password",
        ]
        assert w.session.project is not None
        for image in w.session.images():
            stored = w.session.project.reading(image.id, "receipt")
            if Path(image.path) != path:
                assert stored is None
                continue
            assert stored is not None
            reading = stored.reading
            assert reading.document.reader == "pdf text"
            assert [page.number for page in reading.document.pages] == [image.page]
            assert reading.extraction is not None
            assert reading.extraction.field("total").value == image.page + 1.5

    story(tell)


def test_closing_the_window_is_no_answer(
    story: Callable[..., None], wait_until: Until, make_pdf: MakePdf
):
    folder = make_pdf("long.pdf", 40).parent

    async def leave(w: MainWindow) -> None:
        await opened(w, folder)
        await wait_until(lambda: dialog(w, PageDialog))
        await opened(w, folder)  # asked once, not twice
        w.files.close()
        assert dialog(w, PageDialog) is None

    async def come_back(w: MainWindow) -> None:
        await opened(w, folder)
        await wait_until(lambda: dialog(w, PageDialog))
        # The story ends with the dialog open.

    story(leave)
    story(come_back)
