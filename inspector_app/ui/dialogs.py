"""Dialogs: only to choose a file, to fill a short form, or to look something up."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog, QInputDialog, QMessageBox

from inspector_app import __version__
from inspector_app.domain.errors import InspectorError
from inspector_app.domain.images import PDFS, SUFFIXES
from inspector_app.services.conversation import Wish
from inspector_app.services.projects import SUFFIX, data_folder
from inspector_app.ui.command_palette import CommandPalette
from inspector_app.ui.export_dialog import ExportDialog
from inspector_app.ui.pages import INSPECT
from inspector_app.ui.recipe_dialog import RecipeDialog
from inspector_app.ui.settings_dialog import SettingsDialog
from inspector_app.ui.shortcuts_dialog import ShortcutsDialog
from inspector_app.ui.talk_export_dialog import TalkExportDialog

if TYPE_CHECKING:
    from inspector_app.ui.main_window import MainWindow


class Dialogs(QObject):
    """Opens dialogs and starts what they ask for."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.w = window

    def open_files(self) -> None:
        """Chooses image files."""
        patterns = " ".join(f"*{suffix}" for suffix in sorted(SUFFIXES))
        paths, _ = QFileDialog.getOpenFileNames(
            self.w,
            self.tr("Open images"),
            self._folder(),
            f"{self.tr('Images')} ({patterns});;{self.tr('All files')} (*)",
        )
        if paths:
            self.w.pages.show(INSPECT)
            self.w.flows.start(self.w.flows.add_files(paths))

    def image_files(self, title: str) -> list[str]:
        """Asks for image files; none when that was called off."""
        patterns = " ".join(f"*{suffix}" for suffix in sorted(SUFFIXES - PDFS))
        paths, _ = QFileDialog.getOpenFileNames(
            self.w, title, self._folder(), f"{self.tr('Images')} ({patterns})"
        )
        return paths

    def preset_name(self, suggested: str) -> str:
        """Asks for the name of a preset; "" when that was called off."""
        name, good = QInputDialog.getText(
            self.w, self.tr("Save as preset"), self.tr("Name"), text=suggested
        )
        return name.strip() if good else ""

    def open_folder(self) -> None:
        """Chooses a folder."""
        folder = QFileDialog.getExistingDirectory(
            self.w, self.tr("Open folder of part images"), self._folder()
        )
        if folder:
            self.w.flows.start(self.w.flows.open_folder(folder))

    def open_project(self) -> None:
        """Chooses a project file."""
        path, _ = QFileDialog.getOpenFileName(
            self.w,
            self.tr("Open project"),
            str(data_folder() / "projects"),
            f"{self.tr('Inspector projects')} (*{SUFFIX})",
        )
        if path:
            self.w.flows.start(self.w.flows.open_project(path))

    def open_recipe(self) -> None:
        """Chooses a recipe file."""
        path, _ = QFileDialog.getOpenFileName(
            self.w,
            self.tr("Open recipe"),
            str(data_folder() / "recipes"),
            f"{self.tr('Recipes')} (*.toml)",
        )
        if path:
            self.w.flows.start(self.w.flows.use_recipe(path))

    def open_evaluation(self) -> None:
        """Chooses the file of an evaluation and shows it beside the window."""
        # Not above: what computes figures brings NumPy along, which the window starts without.
        from inspector_app.services.evaluations import read_evaluation
        from inspector_app.ui.evaluation_dialog import EvaluationDialog

        path, _ = QFileDialog.getOpenFileName(
            self.w,
            self.tr("Open evaluation"),
            self._folder(),
            self.tr("Evaluations (*.json);;All files (*)"),
        )
        if path:
            try:
                evaluation = read_evaluation(Path(path))
            except InspectorError as error:
                self.w.show_trouble(error)
                return
            EvaluationDialog(evaluation, self.w.settings.operator, self.w).show()

    def save_as(self) -> None:
        """Chooses where to save the project."""
        path, _ = QFileDialog.getSaveFileName(
            self.w,
            self.tr("Save project as"),
            self._folder(),
            f"{self.tr('Inspector projects')} (*{SUFFIX})",
        )
        if path:
            target = path if path.endswith(SUFFIX) else path + SUFFIX
            self.w.flows.start(self.w.flows.save_as(target))

    def new_recipe(self) -> None:
        """Asks for good images and fits a recipe."""
        dialog = RecipeDialog(self.w.settings, self.w.session.language, self.w)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.w.messages.clear()
            self.w.flows.start(self.w.flows.fit(dialog.request()))
        dialog.deleteLater()

    def export(self) -> None:
        """Asks for formats and folder and writes the report."""
        project = self.w.session.project
        if project is None:
            return
        dialog = ExportDialog(Path(self._folder()) / f"{project.path.stem}-report", self.w)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.w.flows.start(self.w.flows.export(dialog.formats(), dialog.folder()))
        dialog.deleteLater()

    def conversation_file(self) -> str:
        """Chooses where to write the conversation about the current image; "" for nowhere."""
        image = self.w.session.image
        if image is None:
            return ""
        forms = {
            ".html": self.tr("HTML, one file for the browser"),
            ".md": self.tr("Markdown, the text alone"),
            ".json": self.tr("JSON, for other programs"),
            ".jsonl": self.tr("JSON lines, to learn from"),
        }
        page = f"-{image.page + 1}" if image.page else ""
        name = "-".join((Path(image.path).stem + page, self.tr("conversation")))
        return self._save_file(self.tr("Export conversation"), forms, name)

    def conversation_wish(self, path: str) -> Wish | None:
        """Asks what of the conversation goes into a file, where there is a choice."""
        talk, end = self.w.conversation, self.w.conversation.end()
        others = talk.tree().others()
        lines = path.lower().endswith(".jsonl")
        if not others and not lines:
            return Wish(end=end)
        images = tuple(image.id for image in self.w.session.images())
        dialog = TalkExportDialog(others, lines, images, end, self.w)
        chosen = dialog.exec() == QDialog.DialogCode.Accepted
        wish = dialog.wish() if chosen else None
        dialog.deleteLater()
        return wish

    def document_file(self, single: bool) -> str:
        """Chooses where to write the current document, or all of them; "" for nowhere."""
        image, project = self.w.session.image, self.w.session.project
        if project is None or (single and image is None):
            return ""
        xlsx = {".xlsx": self.tr("Excel workbook")}
        json = {".json": self.tr("JSON, for other programs")}
        csv = {".csv": self.tr("CSV table")}
        if single and image is not None:
            page = f"-{image.page + 1}" if image.page else ""
            name = Path(image.path).stem + page
            return self._save_file(self.tr("Export document"), json | csv | xlsx, name)
        name = "-".join((project.path.stem, self.tr("documents")))
        return self._save_file(self.tr("Export documents"), xlsx | csv | json, name)

    def schema_file(self) -> str:
        """Chooses a JSON Schema file; "" for none."""
        schemas, everything = self.tr("JSON Schema"), self.tr("All files")
        path, _ = QFileDialog.getOpenFileName(
            self.w,
            self.tr("Choose JSON Schema file"),
            self._folder(),
            f"{schemas} (*.json);;{everything} (*)",
        )
        return path

    def _save_file(self, title: str, forms: dict[str, str], name: str) -> str:
        filters = {f"{words} (*{suffix})": suffix for suffix, words in forms.items()}
        dialog = QFileDialog(self.w, title, self._folder())
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(list(filters))
        # The dialog puts the suffix there itself, so that it asks before a file is replaced.
        dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix(filters[chosen]))
        dialog.setDefaultSuffix(next(iter(forms)))
        dialog.selectFile(name)
        chosen = dialog.exec() == QDialog.DialogCode.Accepted
        path = dialog.selectedFiles()[0] if chosen else ""
        dialog.deleteLater()
        return path

    def settings(self) -> None:
        """Shows the settings."""
        dialog = SettingsDialog(self.w.settings, self.w)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            for line in dialog.apply():
                self.w.messages.show_info(line)
        dialog.deleteLater()

    def palette(self) -> None:
        """Shows the command palette."""
        palette = CommandPalette(self.w.actions_.all(), self.w)
        palette.exec()
        palette.deleteLater()

    def keys(self) -> None:
        """Shows all keys and takes over what was changed."""
        dialog = ShortcutsDialog(self.w.actions_.all(), self.w)
        dialog.exec()
        overrides = dialog.overrides()
        self.w.settings.set("shortcuts", overrides)
        self.w.actions_.set_overrides(overrides)
        self.w.commands.show_keys()
        dialog.deleteLater()

    def about(self) -> None:
        """Says what this is."""
        QMessageBox.about(
            self.w,
            self.tr("About Inspector"),
            self.tr(
                "Inspector {version}\n\nInspects parts with expert models and vision-language "
                "models on this computer. Nothing is sent anywhere."
            ).format(version=__version__),
        )

    def paste_picture(self) -> None:
        """Saves a picture from the clipboard as a file and adds it."""
        image = QGuiApplication.clipboard().image()
        if image.isNull():
            self.w.messages.show_info(
                self.tr("There is no image in the clipboard. Copy a picture or image files first.")
            )
            return
        folder = data_folder() / "pasted"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / time.strftime("pasted-%Y%m%d-%H%M%S.png")
        if not image.save(str(path)):
            self.w.show_trouble(
                InspectorError(
                    self.tr("The pasted picture could not be saved in {folder}.").format(
                        folder=str(folder)
                    ),
                    self.tr("Free some space and paste again."),
                )
            )
            return
        self.w.flows.start(self.w.flows.add_files([str(path)]))

    def _folder(self) -> str:
        project = self.w.session.project
        if project is not None:
            return project.get_meta("folder") or str(Path.home())
        return str(Path.home())
