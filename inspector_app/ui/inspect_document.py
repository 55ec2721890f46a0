"""The document of the current image: shown, lit in the picture, corrected, each to be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, Slot

from inspector_app.domain.corrected import item_row, row_path, row_text, stored_path, written
from inspector_app.domain.documents import Correction, Reading
from inspector_app.domain.findings import Author, AuthorKind, Finding, FindingState
from inspector_app.domain.geometry import Box
from inspector_app.domain.readings import StoredReading
from inspector_app.services.projects import Project
from inspector_app.ui.document_state import Cell, DocumentState, around
from inspector_app.ui.document_words import is_understood

if TYPE_CHECKING:
    from inspector_app.ui.main_window import MainWindow


class InspectDocument(QObject):
    """Glue between document panel, picture and project."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.w = window
        self.session = window.session
        self._shown = ""  # image and reading on show
        self._unkept: dict[str, StoredReading] = {}  # of a read-only project
        self._kept_project: object = None
        self._in_front = False

    def connect_all(self) -> None:
        """Connects everything once the window is built."""
        panel, viewer = self.w.document, self.w.viewer
        panel.correction_asked.connect(self._correct)
        panel.removal_asked.connect(self._remove)
        panel.confirmation_asked.connect(self._confirm)
        panel.settling_asked.connect(self._settle)
        panel.row_removal_asked.connect(self._remove_row)
        panel.row_return_asked.connect(self._return_row)
        panel.second_asked.connect(self.use_second)
        panel.path_chosen.connect(self._reveal)
        panel.paths_pointed.connect(self._light)
        panel.path_activated.connect(self._centre)
        viewer.pixel_hovered.connect(self._point)
        viewer.pixel_left.connect(self._leave)
        viewer.ground_clicked.connect(self._choose_at)
        self.session.document_changed.connect(self._show_changed)
        self.w.actions_["places"].triggered.connect(self._show_places)
        self.w.actions_["next_doubt"].triggered.connect(self._next)
        self.w.document_dock.visibilityChanged.connect(self._dock_turned)

    @property
    def state(self) -> DocumentState | None:
        """The document on show; None when the image was not read."""
        return self.w.document.state

    def show(self) -> None:
        """Shows the document of the current image."""
        project, image = self.session.project, self.session.image
        if project is not self._kept_project:
            self._unkept.clear()
            self._kept_project = project
        stored = self._stored()
        state = None
        if stored is not None and project is not None and image is not None:
            second = None
            if stored not in self._unkept.values():
                second = project.second(image.id, stored.schema)
            state = DocumentState(
                stored,
                project.corrections(image.id),
                image.page,
                second.second if second is not None else None,
                self.w.second.name(second.second.engine) if second is not None else "",
            )
        key = f"{image.id if image else ''} {stored.created if stored else ''}"
        self.w.document.set_read_only(self.session.read_only or stored in self._unkept.values())
        self.w.document.show_document(state, new=key != self._shown)
        self._shown = key
        self.w.second.show_summary()
        self.w.viewer.places.set_marks(state.marks() if state is not None else ())
        self._reveal(self.w.document.path(), move=False)
        self.w.reading.show()
        self.w.page.show_layers()
        self.w.page.enable()

    def keep(self, image_id: str, reading: Reading, schema: str) -> None:
        """Keeps a reading that cannot be stored, for as long as the project is open."""
        self._unkept[image_id] = StoredReading(image_id, schema, reading, f"{id(reading)}")

    def shows_places(self) -> bool:
        """Whether the picture belongs to the document now: its tab is in front, it was read."""
        wanted = self.w.actions_["places"].isChecked()
        return wanted and self._in_front and self.state is not None

    def _stored(self) -> StoredReading | None:
        project, image = self.session.project, self.session.image
        if project is None or image is None:
            return None
        if image.id in self._unkept:
            return self._unkept[image.id]
        schema: str = self.w.settings.get("read_schema")
        return project.reading(image.id, schema) or project.reading(image.id)

    @Slot(str)
    def _show_changed(self, image_id: str) -> None:
        image = self.session.image
        if image is not None and image.id == image_id:
            self.show()

    # -- correcting ------------------------------------------------------------------------

    @Slot(str, str)
    def _correct(self, path: str, text: str) -> None:
        cell = self._cell(path)
        kind = self.state.kind(path) if self.state is not None else ""
        if cell is not None and not is_understood(cell.read, text, kind):
            self.w.messages.show_warning(
                self.tr(
                    "“{text}” is no number, which {field} has to be. It was not stored."
                ).format(text=text, field=self._name(path))
            )
            return
        self._store(path, text, self.tr("Correct {field}"))

    @Slot(str)
    def _remove(self, path: str) -> None:
        cell = self._cell(path)
        if cell is not None and cell.field.value is not None:
            self._store(path, "", self.tr("{field} is not in the document"))

    @Slot(str)
    def _confirm(self, path: str) -> None:
        cell = self._cell(path)
        if cell is not None and not cell.confirmed:
            self._store(path, cell.read.text, self.tr("{field} was read right"))

    @Slot(str)
    def use_second(self, path: str) -> None:
        """Corrects a field to what the second reader gives."""
        cell = self._cell(path)
        if cell is None or cell.second is None or not (cell.differs or cell.unseen):
            self.w.messages.show_info(
                self.tr("Nothing differs in {field}.").format(field=self._name(path)),
                hide_after_ms=4000,
            )
        elif cell.second.value is None:
            self._remove(path)
        else:
            self._correct(path, written(cell.second.value))

    @Slot(str)
    def _settle(self, path: str) -> None:
        cell = self._cell(path)
        if cell is not None:
            text = cell.field.text
            self._store(path, text, self.tr("{field} says so in the document"), read=text)

    def _store(self, path: str, text: str, words: str, read: str | None = None) -> None:
        state, cell = self.state, self._cell(path)
        if state is not None and cell is not None:
            read = cell.read.text if read is None else read
            words = words.format(field=self._name(path))
            self._push(stored_path(path, state.read), read, text, state.box(path), words)

    @Slot(int)
    def _remove_row(self, row: int) -> None:
        state = self.state
        if state is not None and row < len(state.extraction.items) and row not in state.removed:
            self._store_row(row, "", self.tr("Remove row {row}"))

    @Slot(int)
    def _return_row(self, row: int) -> None:
        state = self.state
        if state is not None and row in state.removed:
            text = row_text(state.read.items[row])
            self._store_row(row, text, self.tr("Put row {row} back"))

    def _store_row(self, row: int, text: str, words: str) -> None:
        state = self.state
        assert state is not None
        read = row_text(state.read.items[row]) if row < len(state.read.items) else ""
        boxes = [box for path in state.cells if item_row(path) == row for box in state.boxes(path)]
        path = stored_path(row_path(row), state.read)
        self._push(path, read, text, around(boxes), words.format(row=row + 1))

    def _push(self, path: str, read: str, text: str, box: Box | None, words: str) -> None:
        project, image = self.session.project, self.session.image
        if project is None or image is None or self.session.read_only:
            return
        author = self.session.settings.operator
        finding = Finding(
            image.id,
            path,
            box,
            Author(AuthorKind.PERSON, author),
            state=FindingState.ACCEPTED,
            note=f"{read or '–'} → {text or '–'}",
        )
        step = _Correction(project, Correction(image.id, path, read, text, author), finding)
        self.session.push(words, image.id, step.do, step.undo, self.tell)

    def tell(self, image_id: str) -> None:
        """Tells that a document of this image was changed."""
        self.session.refresh(image_id)
        self.session.document_changed.emit(image_id)

    def _name(self, path: str) -> str:
        return self.state.titles.field(path) if self.state is not None else path

    def _cell(self, path: str) -> Cell | None:
        return self.state.cells.get(path) if self.state is not None else None

    # -- places ------------------------------------------------------------------------------

    @Slot()
    def _next(self) -> None:
        if self.state is None:
            return
        path = self.state.next_doubt(self.w.document.path())
        if path is None:
            self.w.messages.show_info(
                self.tr("Nothing is left to check in this document."), hide_after_ms=4000
            )
            return
        self.w.document_dock.show()
        self.w.document_dock.raise_()
        self.w.document.go_to(path)

    @Slot(object)
    def _reveal(self, path: str | None, move: bool = True) -> None:
        self.w.viewer.places.light(() if path is None else (path,))
        box = self.state.box(path) if self.state is not None and path is not None else None
        if move and box is not None and self.w.page.is_seen():
            self.w.viewer.reveal(box)

    @Slot(object)
    def _light(self, paths: tuple[str, ...]) -> None:
        chosen = self.w.document.path()
        self.w.viewer.places.light(paths or ((chosen,) if chosen else ()))

    @Slot(str)
    def _centre(self, path: str) -> None:
        box = self.state.box(path) if self.state is not None else None
        if box is not None:
            self.w.viewer.center_on(box)

    @Slot(int, int, str)
    def _point(self, x: int, y: int, _value: str) -> None:
        places = self.w.viewer.places
        path = places.at(QPointF(x + 0.5, y + 0.5)) if places.is_visible() else None
        self.w.document.point_at(path)
        if places.is_visible():
            self._light((path,) if path is not None else ())

    @Slot()
    def _leave(self) -> None:
        self.w.document.point_at(None)
        self._light(())

    @Slot(QPointF)
    def _choose_at(self, spot: QPointF) -> None:
        path = self.w.viewer.places.at(spot)
        if path is not None:
            self.w.document.go_to(path, focus=False)

    @Slot()
    def _show_places(self) -> None:
        self.w.page.show_layers()

    @Slot(bool)
    def _dock_turned(self, in_front: bool) -> None:
        if in_front != self._in_front:
            self._in_front = in_front
            self.w.page.show_layers()


class _Correction:
    """A correction that can be done, undone and done again as the very same row."""

    def __init__(self, project: Project, correction: Correction, finding: Finding) -> None:
        self._project = project
        self._correction = correction
        self._finding = finding

    def do(self) -> None:
        """Stores it."""
        self._correction = self._project.add_correction(self._correction, self._finding)

    def undo(self) -> None:
        """Takes it back."""
        self._project.remove_correction(self._correction.image_id, self._correction.field)
