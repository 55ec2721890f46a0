"""What the window says when work is done: in the message bar, with what can be done next."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices

from inspector_app.domain.jobs import BatchFinished, FitFinished
from inspector_app.services.conversation import Written

if TYPE_CHECKING:
    from inspector_app.services.conversation_samples import Lines
    from inspector_app.ui.main_window import MainWindow


class InspectTelling(QObject):
    """Glue between flows that end and the message bar."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.w = window

    def connect_all(self) -> None:
        """Connects everything once the window is built."""
        flows = self.w.flows
        flows.recipe_missing.connect(self._ask_for_recipe)
        flows.batch_finished.connect(self._tell_batch)
        flows.recipe_fitted.connect(self._tell_fit)
        flows.reports_written.connect(self._tell_reports)
        flows.conversation_written.connect(self._tell_conversation)
        flows.documents_written.connect(self._tell_documents)

    @Slot()
    def _ask_for_recipe(self) -> None:
        self.w.messages.show_warning(
            self.tr(
                "There is no recipe yet. Choose a folder of good parts: the program learns from "
                "them what a good part looks like."
            ),
            actions=[
                (self.tr("Choose good parts…"), self.w.actions_["new_recipe"].trigger),
                (self.tr("Open recipe…"), self.w.actions_["open_recipe"].trigger),
            ],
        )

    @Slot(object, list)
    def _tell_batch(self, event: BatchFinished, troubles: list[str]) -> None:
        if event.failed:
            text = self.tr("%n image(s) could not be inspected.", "", event.failed)
            self.w.messages.show_warning(text, details="\n".join(troubles))

    @Slot(object)
    def _tell_fit(self, event: FitFinished) -> None:
        lines = [self.tr("Learned from %n golden image(s).", "", event.used), *event.notes]
        if event.skipped:
            lines.append(self.tr("%n file(s) could not be used.", "", len(event.skipped)))
        self.w.messages.show_info(" ".join(lines), details="\n".join(event.skipped))

    @Slot(object)
    def _tell_reports(self, paths: list[Path]) -> None:
        folder = str(paths[0].parent)
        self._tell_written(self.tr("Report written to {folder}").format(folder=folder), paths[0])

    @Slot(object)
    def _tell_conversation(self, written: Written) -> None:
        text = self.tr("Conversation written to {path}.").format(path=str(written.path))
        if written.lines is not None:
            text = self._lines_words(written.lines, written.path)
        if written.others:
            text += " " + self.tr("%n other branch(es) not written.", "", written.others)
        self._tell_written(text, written.path)

    def _lines_words(self, lines: Lines, path: Path) -> str:
        parts = [
            self.tr("%n answer(s) written to {path} to learn from.", "", len(lines.samples)).format(
                path=str(path)
            )
        ]
        if lines.unmarked:
            parts.append(self.tr("%n not marked as good left out.", "", lines.unmarked))
        if lines.left_out:
            parts.append(
                self.tr("%n left out: bad, not whole, or without a place.", "", lines.left_out)
            )
        if lines.follow_ups:
            parts.append(
                self.tr("%n of them are without what was said before.", "", lines.follow_ups)
            )
        return " ".join(parts)

    def _tell_written(self, text: str, path: Path) -> None:
        self.w.messages.show_info(
            text,
            actions=[
                (self.tr("Open"), lambda: _open_path(path)),
                (self.tr("Show in folder"), lambda: _open_path(path.parent)),
            ],
        )

    @Slot(object)
    def _tell_documents(self, path: Path) -> None:
        self._tell_written(self.tr("Documents written to {path}").format(path=str(path)), path)


def _open_path(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
