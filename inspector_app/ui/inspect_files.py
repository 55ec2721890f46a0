"""Files with several pages in the window: asks which are wanted, and for passwords."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QDialog, QInputDialog, QLineEdit

from inspector_app.domain.images import PDFS, ImageRef
from inspector_app.services.pages import LongPdf
from inspector_app.ui.inspect_page import thumbnail
from inspector_app.ui.page_dialog import PageDialog

if TYPE_CHECKING:
    from inspector_app.ui.main_window import MainWindow


class InspectFiles(QObject):
    """Glue between the flows about pages and their dialogs, one dialog at a time."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.w = window
        self.session = window.session
        self._waiting: list[LongPdf] = []
        self._project: Path | None = None  # of those that wait
        self._dialog: QDialog | None = None
        self._message = 0

    def connect_all(self) -> None:
        """Connects everything once the window is built."""
        flows = self.w.flows
        flows.pages_wanted.connect(self._ask)
        flows.password_refused.connect(self._refused)
        flows.unlocked.connect(self._show_unlocked)
        self.w.page.locked_met.connect(self._offer_password)
        self.w.actions_["pages"].triggered.connect(self._choose_again)
        self.session.image_changed.connect(self._forget_message)

    def enable(self) -> None:
        """Enables what can be done with the current file."""
        image = self.session.image
        pdf = image is not None and Path(image.path).suffix.lower() in PDFS
        self.w.actions_["pages"].setEnabled(pdf and not self.session.read_only)

    def close(self) -> None:
        """Closes the dialog that is open; that is no answer."""
        self._waiting.clear()
        self._project = None
        if self._dialog is not None:
            self._dialog.reject()

    # -- pages -----------------------------------------------------------------------

    @Slot(list)
    def _ask(self, files: list[LongPdf]) -> None:
        project = self.session.project
        if project is None:
            return
        if project.path != self._project:
            self._waiting.clear()  # of a project that is not on show any more
        self._project = project.path
        known = {file.path for file in self._waiting}
        if isinstance(self._dialog, PageDialog):
            known.add(self._dialog.pdf.path)
        self._waiting += [file for file in files if file.path not in known]
        self._ask_next()

    def _ask_next(self) -> None:
        if self._dialog is not None or not self._waiting:
            return
        project = self.session.project
        if project is None or project.path != self._project:
            self._waiting.clear()
            return
        file = self._waiting.pop(0)
        dialog = PageDialog(
            file,
            self.w.settings.get("pdf_dpi"),
            len(self._waiting),
            thumbnail,
            self.w,
        )
        self._open(dialog)
        dialog.finished.connect(self._pages_chosen)

    @Slot(int)
    def _pages_chosen(self, code: int) -> None:
        dialog = self._closed()
        if not isinstance(dialog, PageDialog):
            return
        flows, file = self.w.flows, dialog.pdf
        project = self.session.project
        mine = project is not None and project.path == self._project
        if mine and code == QDialog.DialogCode.Accepted:
            self.w.settings.set("pdf_dpi", dialog.dpi())
            pages = dialog.pages()
            files = [file]
            if dialog.same_for_all():
                files += self._waiting
                self._waiting.clear()
            everything = len(files) > 1 and len(pages) == file.pages
            flows.start(flows.choose_pages(files, None if everything else pages, dialog.dpi()))
        elif mine and not file.dpi:
            flows.start(flows.choose_pages([file], [0], dialog.dpi()))
        self._ask_next()

    @Slot()
    def _choose_again(self) -> None:
        image = self.session.image
        if image is not None:
            self.w.flows.start(self.w.flows.ask_pages(image.path))

    # -- passwords ---------------------------------------------------------------------

    @Slot(object)
    def _offer_password(self, image: ImageRef) -> None:
        self._forget_message()
        self._message = self.w.messages.show_warning(
            self.tr("{name} is locked with a password.").format(name=Path(image.path).name),
            actions=[(self.tr("Give password…"), lambda: self._ask_password(image.path))],
        )

    @Slot()
    def _forget_message(self) -> None:
        if self._message:
            self.w.messages.dismiss(self._message)
            self._message = 0

    def _ask_password(self, path: str, again: bool = False) -> None:
        if self._dialog is not None:
            return
        name = Path(path).name
        words = self.tr("Password of {name}").format(name=name)
        if again:
            words = self.tr("This password does not open {name}. Try another:").format(name=name)
        dialog = QInputDialog(self.w)
        dialog.setWindowTitle(self.tr("Locked PDF"))
        dialog.setLabelText(words)
        dialog.setTextEchoMode(QLineEdit.EchoMode.Password)
        dialog.setProperty("path", path)
        self._open(dialog)
        dialog.finished.connect(self._password_given)

    @Slot(int)
    def _password_given(self, code: int) -> None:
        dialog = self._closed()
        if isinstance(dialog, QInputDialog) and code == QDialog.DialogCode.Accepted:
            path, password = str(dialog.property("path")), dialog.textValue()
            if password:
                self.w.flows.start(self.w.flows.unlock(path, password))
        image = self.session.image
        if image is not None and not self.w.page.is_seen() and code != QDialog.DialogCode.Accepted:
            self._offer_password(image)
        self._ask_next()

    @Slot(str)
    def _refused(self, path: str) -> None:
        self._ask_password(path, again=True)

    @Slot(str)
    def _show_unlocked(self, path: str) -> None:
        for image in self.session.images():
            if image.path == path:
                self.w.gallery.thumbnails.forget(image.id)
        if self.session.image is not None and self.session.image.path == path:
            self.session.image_changed.emit()  # its picture can be shown now

    # -- dialogs -------------------------------------------------------------------------

    def _open(self, dialog: QDialog) -> None:
        # Not exec(): it would run a loop of its own inside the flow that asks.
        self._dialog = dialog
        dialog.open()

    def _closed(self) -> QDialog | None:
        dialog, self._dialog = self._dialog, None
        if dialog is not None:
            dialog.deleteLater()
        return dialog
