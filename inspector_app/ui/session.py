"""The model behind the Inspect page: project, recipe, current image and what people change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QLocale, QObject, Signal
from PySide6.QtGui import QUndoStack

from inspector_app.domain.errors import InspectorError
from inspector_app.domain.findings import Author, AuthorKind, Finding, FindingState
from inspector_app.domain.geometry import Box
from inspector_app.domain.heat import HeatMap
from inspector_app.domain.images import ImageRef
from inspector_app.domain.recipes import Recipe
from inspector_app.domain.results import ImageSummary, Overrule, Result
from inspector_app.domain.verdicts import Verdict
from inspector_app.services.projects import Project, ProjectLock
from inspector_app.services.sample import is_sample
from inspector_app.services.settings import Settings
from inspector_app.ui.engine_choice import EngineChoice
from inspector_app.ui.undo import Step


@dataclass(frozen=True, slots=True)
class Contents:
    """Images and gallery rows of a project."""

    images: list[ImageRef]
    rows: list[ImageSummary]


def read_contents(project: Project) -> Contents:
    """Reads what the window shows of a project; callable from any thread with its own project."""
    return Contents(project.images(), project.summaries())


class Session(QObject):
    """State of one window; every change goes through here, is stored, and is told by a signal."""

    project_changed = Signal()
    row_changed = Signal(object)  # ImageSummary
    image_changed = Signal()
    findings_changed = Signal()
    conversation_changed = Signal(str)  # image id; a person changed it, or undid that
    document_changed = Signal(str)  # image id; it was read, or a field of it corrected
    recipe_changed = Signal()
    trouble_found = Signal(object)  # InspectorError

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.settings = settings
        self.project: Project | None = None
        self.recipe: Recipe | None = None
        self.choice = EngineChoice(settings, self)
        self.image: ImageRef | None = None
        self.undo_stack = QUndoStack(self)
        self._lock: ProjectLock | None = None
        self._images: dict[str, ImageRef] = {}
        self._rows: list[ImageSummary] | None = None

    # -- project ---------------------------------------------------------------

    def set_project(
        self, project: Project, lock: ProjectLock | None, contents: Contents | None = None
    ) -> None:
        """Shows a project; the one shown before is closed.

        Args:
            project: The project, opened on this thread.
            lock: Its lock, None when it is read-only.
            contents: Its images and rows, read beforehand on another thread; a project of 20,000
                images would stop the window for a third of a second.
        """
        self._release()
        self.project, self._lock = project, lock
        self.choice.rendered = is_sample(project)
        self.image = None
        self.undo_stack.clear()
        found = contents or read_contents(project)
        self._images = {image.id: image for image in found.images}
        self._rows = found.rows
        self.image_changed.emit()
        self.project_changed.emit()

    def reload_images(self) -> None:
        """Reads the list of images again."""
        assert self.project is not None
        self._images = {image.id: image for image in self.project.images()}

    def take_pages(self) -> None:
        """Shows the images anew after pages came or went; the current one stays if it can."""
        before = self.image
        self.reload_images()
        if before is not None:
            same_file = (each for each in self.images() if each.path == before.path)
            self.image = self._images.get(before.id) or next(same_file, None)
        self.project_changed.emit()
        if self.image != before:
            self.image_changed.emit()

    def take_lock(self, lock: ProjectLock) -> None:
        """Takes over the lock of the shown project."""
        self._lock = lock

    @property
    def language(self) -> str:
        """Language of answers and reports: "en" or "vi"."""
        chosen: str = self.settings.get("language")
        name = QLocale.system().name()[:2] if chosen == "system" else chosen
        return "vi" if name == "vi" else "en"

    def engine_id(self) -> str:
        """The engine that answers questions; what decides is the recipe's engine."""
        return self.choice.engine_id()

    def adapter(self) -> str:
        """Id of the adapter that questions are answered with; "" for the base model."""
        return self.choice.adapter(self.engine_id())

    def close(self) -> None:
        """Closes the project."""
        self._release()
        self.project = self.image = None
        self.undo_stack.clear()

    def _release(self) -> None:
        if self.project is not None:
            self.project.close()
        if self._lock is not None:
            self._lock.release()
        self._lock = None

    @property
    def read_only(self) -> bool:
        """Whether nothing can be stored."""
        return self.project is None or self.project.read_only

    def rows(self) -> list[ImageSummary]:
        """All rows of the gallery: those read with the project once, then read anew."""
        rows, self._rows = self._rows, None
        return rows if rows is not None else self.summaries()

    def summaries(self) -> list[ImageSummary]:
        """All rows, as they are stored now."""
        return self.project.summaries() if self.project is not None else []

    def images(self) -> list[ImageRef]:
        """All images in order."""
        return list(self._images.values())

    def image_by_id(self, image_id: str) -> ImageRef:
        """One image, read again from the project."""
        assert self.project is not None
        image = self._images[image_id] = self.project.image(image_id)
        return image

    def select(self, image_id: str | None) -> None:
        """Makes an image the current one."""
        if self.project is None or image_id is None:
            self.image = None
        elif self.image is not None and self.image.id == image_id:
            return
        else:
            self.image = self.image_by_id(image_id)
        self.image_changed.emit()

    def refresh(self, image_id: str) -> None:
        """Tells that an image's stored state changed (after a result was stored)."""
        if self.project is None or image_id not in self._images:
            return
        if self.image is not None and self.image.id == image_id:
            self.image = self.image_by_id(image_id)
            self.findings_changed.emit()
        self.row_changed.emit(self.project.summary(image_id))

    # -- what is known of the current image ---------------------------------------

    def findings(self) -> list[Finding]:
        """Findings of the current image."""
        if self.project is None or self.image is None:
            return []
        return self.project.findings(self.image.id)

    def verdict_result(self) -> Result | None:
        """The engine's newest decision on the current image."""
        if self.project is None or self.image is None:
            return None
        return self.project.latest_verdict(self.image.id)

    def overrule(self) -> Overrule | None:
        """The person's verdict on the current image."""
        if self.project is None or self.image is None:
            return None
        return self.project.overrule(self.image.id)

    def heat(self) -> HeatMap | None:
        """The heat map of the newest decision."""
        result = self.verdict_result()
        if self.project is None or result is None:
            return None
        return self.project.heat(result.id)

    def set_recipe(self, recipe: Recipe | None) -> None:
        """Chooses the recipe; it is remembered in the project."""
        self.recipe = self.choice.recipe = recipe
        if self.project is not None and not self.project.read_only:
            with self._told():
                self.project.set_meta("recipe", recipe.path if recipe else "")
                if recipe is not None:
                    text = Path(recipe.path).read_text("utf-8")
                    self.project.save_recipe(recipe.sha256, recipe.title, text)
        self.recipe_changed.emit()

    # -- what people change (each undoable) ----------------------------------------

    def add_region(self, box: Box, label: str) -> str:
        """Adds a person's finding to the current image; returns its id."""
        assert self.project is not None
        assert self.image is not None
        finding = Finding(
            self.image.id,
            label,
            box,
            Author(AuthorKind.PERSON, self.settings.operator),
            state=FindingState.ACCEPTED,
        )
        project, image_id = self.project, self.image.id
        self.push(
            self.tr("Draw region"),
            image_id,
            lambda: project.restore_finding(finding),
            lambda: _drop(project.remove_finding(finding.id)),
        )
        return finding.id

    def set_state(self, finding_id: str, state: FindingState) -> None:
        """Accepts, rejects or doubts a finding."""
        assert self.project is not None
        project, old = self.project, self.project.finding(finding_id)
        self.push(
            self.tr("Change state"),
            old.image_id,
            lambda: project.set_finding_state(finding_id, state),
            lambda: project.restore_finding(old),
        )

    def set_note(self, finding_id: str, note: str) -> None:
        """Writes a note on a finding."""
        assert self.project is not None
        project, old = self.project, self.project.finding(finding_id)
        self.push(
            self.tr("Write note"),
            old.image_id,
            lambda: project.restore_finding(replace(old, note=note)),
            lambda: project.restore_finding(old),
        )

    def edit(self, finding_id: str, *, label: str | None = None, box: Box | None = None) -> None:
        """Changes label or box; an engine's finding is replaced by the person's version."""
        assert self.project is not None
        project, old = self.project, self.project.finding(finding_id)
        made: list[Finding] = []

        def do() -> None:
            if made:  # redo: the same finding again, so that later steps still know its id
                if made[0].id != old.id:
                    project.restore_finding(replace(old, state=FindingState.EDITED))
                project.restore_finding(made[0])
                return
            made.append(
                project.edit_finding(
                    finding_id, label=label, box=box, person=self.settings.operator
                )
            )

        def undo() -> None:
            if made[0].id == old.id:
                project.restore_finding(old)
            else:
                project.unedit_finding(made[0].id)

        self.push(self.tr("Edit finding"), old.image_id, do, undo)

    def remove(self, finding_id: str) -> None:
        """Takes a person's region away; an engine's finding is rejected instead, for the record."""
        assert self.project is not None
        project, old = self.project, self.project.finding(finding_id)
        if old.author.kind is AuthorKind.ENGINE:
            self.set_state(finding_id, FindingState.REJECTED)
            return
        self.push(
            self.tr("Delete region"),
            old.image_id,
            lambda: _drop(project.remove_finding(finding_id)),
            lambda: project.restore_finding(old),
        )

    def set_verdict(self, verdict: Verdict | None, code: str = "") -> None:
        """Overrules the engine's verdict on the current image, or takes that back (None)."""
        assert self.project is not None
        assert self.image is not None
        project, image_id = self.project, self.image.id
        old = project.overrule(image_id)

        def put(what: Overrule | None) -> None:
            if what is None:
                project.clear_overrule(image_id)
            else:
                project.set_overrule(what)

        new = None
        if verdict is not None:
            new = Overrule(image_id, verdict, self.settings.operator, code)
        self.push(self.tr("Overrule verdict"), image_id, lambda: put(new), lambda: put(old))

    def push(
        self,
        text: str,
        image_id: str,
        do: object,
        undo: object,
        tell: Callable[[str], object] | None = None,
    ) -> None:
        """Does something that can be undone; trouble in it is told.

        Args:
            text: What is done, for the list of steps.
            image_id: The image it is about.
            do: Does it, also again.
            undo: Takes it back.
            tell: Called with the image's id after either; `refresh` when None.
        """
        tell = tell or self.refresh

        def told(action: object) -> None:
            try:
                action()  # type: ignore[operator]
            except InspectorError as error:
                self.trouble_found.emit(error)
            tell(image_id)

        self.undo_stack.push(Step(text, lambda: told(do), lambda: told(undo)))

    def _told(self) -> _Told:
        return _Told(self)


class _Told:
    """Tells trouble with the store in the window instead of raising it into Qt."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        if isinstance(error, InspectorError):
            self._session.trouble_found.emit(error)
            return True
        return False


def _drop(value: object) -> None:
    """A lambda's way to return nothing."""
