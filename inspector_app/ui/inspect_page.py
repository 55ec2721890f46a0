"""What the widgets of the Inspect page do with each other and with the session."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage

from inspector_app.domain.errors import InspectorError, LockedError
from inspector_app.domain.findings import Author, AuthorKind, Finding, FoundBox
from inspector_app.domain.images import ImageRef
from inspector_app.domain.results import ImageSummary
from inspector_app.domain.verdicts import Verdict
from inspector_app.services import engines, models
from inspector_app.services.images import Picture, load_picture
from inspector_app.ui.busy import Busy
from inspector_app.ui.inspect_state import enable
from inspector_app.ui.pictures import Ready, to_qimage

if TYPE_CHECKING:
    from inspector_app.ui.main_window import MainWindow

_COMING = "coming:"  # begins the ids of boxes that are not stored yet
_FRESH_SECONDS = 0.2  # a row update more often than this is not seen, only paid for


class InspectPage(QObject):
    """Glue: session signals to widgets, widget signals to session and flows."""

    picture_shown = Signal()  # the size of the current image is known
    locked_met = Signal(object)  # ImageRef: of a PDF whose password is not known

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.w = window
        self.session = window.session
        self._shown: ImageRef | None = None
        self._picture: Picture | None = None
        self._stale_rows: dict[str, ImageSummary] = {}
        self._last_rows = 0.0
        self._labels: set[str] = set()
        self._project_path: Path | None = None
        self._golden = ""  # path of the golden image in the viewer
        self._coming: dict[str, list[Finding]] = {}  # boxes of running answers, by image
        self._pointed = False  # a place that is no finding is shown

    def connect_all(self) -> None:
        """Connects everything once the window is built."""
        w, s = self.w, self.session
        s.project_changed.connect(self._show_project)
        s.row_changed.connect(self._show_row)
        s.image_changed.connect(self._show_image)
        s.findings_changed.connect(self.show_findings)
        s.recipe_changed.connect(self._show_recipe)
        s.choice.changed.connect(self.show_engine)
        s.undo_stack.canUndoChanged.connect(self.enable)
        s.undo_stack.canRedoChanged.connect(self.enable)
        w.gallery.set_thumbnail_source(thumbnail)
        w.gallery.image_chosen.connect(s.select)
        w.viewer.pixel_hovered.connect(w.status.set_pixel)
        w.viewer.pixel_left.connect(w.status.clear_pixel)
        w.viewer.zoom_changed.connect(w.status.set_zoom)

    # -- showing -------------------------------------------------------------------------

    def refresh_all(self) -> None:
        """Shows everything anew, also after a change of language."""
        self._show_project()
        self._show_image()
        self._show_recipe()

    @Slot()
    def _show_project(self) -> None:
        w, project = self.w, self.session.project
        if project is None or project.path != self._project_path:
            w.messages.clear()  # what was said belongs to the project before
            self._project_path = project.path if project is not None else None
        w.gallery.set_rows(self.session.rows())
        empty = not self.session.images()
        w.stack.setCurrentIndex(0 if empty else 1)
        w.gallery_dock.setEnabled(project is not None)
        if project is None:
            w.setWindowTitle("Inspector")
            w.empty.show_state(
                self.tr("Inspect parts against good ones"),
                self.tr(
                    "Open a folder of part images. The program learns from good parts, decides "
                    "accept, review or reject, and shows where it sees a difference. Nothing "
                    "leaves this computer."
                ),
                [
                    (self.tr("Open folder…"), w.actions_["open_folder"].trigger),
                    (self.tr("Open sample project"), w.actions_["open_sample"].trigger),
                ],
            )
        else:
            title = project.get_meta("title") or project.path.stem
            marks = [title]
            if project.get_meta("rendered") == "1":
                marks.append(self._notice())
            if project.read_only:
                marks.append(self.tr("read-only"))
            w.setWindowTitle(" – ".join([*marks, "Inspector"]))
            w.empty.show_state(
                self.tr("No image here"),
                self.tr(
                    "{folder} holds no JPEG, PNG, TIFF, BMP, WebP or PDF file. Open another "
                    "folder, or drop images here."
                ).format(folder=project.get_meta("folder") or title),
                [(self.tr("Open folder…"), w.actions_["open_folder"].trigger)],
            )
            if not empty and self.session.image is None:
                self.session.select(self.session.images()[0].id)
        self.enable()

    @Slot(object)
    def _show_row(self, row: ImageSummary) -> None:
        self._stale_rows[row.image_id] = row
        now = time.monotonic()
        if now - self._last_rows > _FRESH_SECONDS or not self.w.flows.running:
            self._last_rows = now
            self._flush_rows()

    def _flush_rows(self) -> None:
        for row in self._stale_rows.values():
            self.w.gallery.update_row(row)
        self._stale_rows.clear()

    @Slot()
    def _show_image(self) -> None:
        self.enable()
        image = self.session.image
        if image is None:
            self._shown = self._picture = None
            self.w.viewer.clear()
            self.show_findings()
            self.w.conversation.show()
            self.w.documents.show()
            return
        self.w.gallery.select(image.id)
        picture = self.w.pictures.cached(image)
        if picture is not None:
            self._put_picture(image, picture)
            self._prefetch(image)
            self.show_findings()
        else:
            # The picture before would mislead, under this image's verdict and boxes.
            self._blank()
            self.show_findings()
            self.w.flows.start(self._load(image))
        self.w.conversation.show()
        self.w.documents.show()

    def _blank(self) -> None:
        """Takes the picture away but keeps zoom and place for the next one."""
        if self._picture is not None:
            blank = QImage(1, 1, QImage.Format.Format_RGB888)
            blank.fill(self.w.palette().window().color())
            size = (self._picture.width, self._picture.height)
            self.w.viewer.set_image(blank, *size, keep_view=True)
        self._shown = self._picture = None

    async def _load(self, image: ImageRef) -> None:
        try:
            preview = await self.w.pictures.preview(image)
            if preview is not None and self._is_current(image):
                self._put_picture(image, preview)
            picture = await self.w.pictures.full(image)
        except InspectorError as error:
            if self._is_current(image):
                self._shown = self._picture = None
                self.w.viewer.clear(str(error))
                self.show_findings()
                if isinstance(error, LockedError):
                    self.locked_met.emit(image)
            if self.session.project is not None and not self.session.read_only:
                self.session.project.update_image(
                    image.id, width=0, height=0, sha256="", trouble=str(error)
                )
                self.session.refresh(image.id)
            return
        if self._is_current(image):
            self._put_picture(image, picture)
            self._prefetch(image)

    def _is_current(self, image: ImageRef) -> bool:
        return self.session.image is not None and self.session.image.id == image.id

    def _put_picture(self, image: ImageRef, ready: Ready) -> None:
        picture = ready.picture
        same = self._shown is not None and self._shown.id == image.id
        viewer = self.w.viewer
        viewer.set_image(
            ready.image, picture.width, picture.height, keep_view=same or viewer.locked
        )
        viewer.set_values(picture.value_text)
        self._shown, self._picture = image, picture
        self.picture_shown.emit()
        if not same:
            self.show_findings()
            self.show_golden()
            self.enable()

    def _prefetch(self, image: ImageRef) -> None:
        near = [self.w.gallery.neighbour(offset) for offset in (1, 2, -1)]
        wanted = [self.session.image_by_id(i) for i in near if i is not None]
        self.w.pictures.prefetch([other for other in wanted if other.id != image.id])

    @Slot()
    def show_findings(self) -> None:
        """Shows findings, heat map and verdict of the current image."""
        w, s = self.w, self.session
        findings = s.findings()
        known = sorted({finding.label for finding in findings} | self._labels)
        self._labels = set(known)
        w.findings.set_known_labels(known)
        w.viewer.set_findings(self._with_coming(findings))
        size = (self._picture.width, self._picture.height) if self._picture else (0, 0)
        w.findings.set_findings(findings, *size)
        result = s.verdict_result()
        w.viewer.set_heat(s.heat(), result.limits.pixel if result and result.limits else None)
        who = ""
        if result is not None:
            who = result.provenance.recipe.rpartition(" ")[0] or result.provenance.engine
        w.verdict.show_verdict(result, s.overrule(), who)
        trouble = s.project.summary(s.image.id).trouble if s.project and s.image else ""
        w.verdict.set_trouble(trouble)
        # A map over an accepted part would only distract; the switch still shows it.
        accepted = result is not None and result.verdict is Verdict.ACCEPT
        w.actions_["heat"].setChecked(not accepted)
        self.show_layers()
        self.enable()

    @Slot()
    def _show_recipe(self) -> None:
        w, recipe = self.w, self.session.recipe
        name = recipe.title if recipe else self.tr("none")
        w.recipe_button.setText(self.tr("Recipe: {name}").format(name=name) + "  ")
        codes = list(recipe.reject_codes) if recipe else []
        w.verdict.set_codes(codes)
        self.show_engine()
        self.show_golden()
        self.enable()

    @Slot()
    def show_engine(self) -> None:
        """Shows which engine answers questions, and which one decides if that is another."""
        w, recipe, choice = self.w, self.session.recipe, self.session.choice
        card = engines.card(self.session.engine_id())
        who = choice.who(card.id)
        w.chat.set_capabilities(card.capabilities, who, card.notice, models.is_language(card))
        deciding = recipe.engine if recipe is not None else card.id
        names = [who] if deciding == card.id else [choice.who(deciding, ""), who]
        w.status.set_engine(" · ".join(names), self._notice())
        w.engine_button.show_engine(who)

    def _notice(self) -> str:
        project = self.session.project
        if project is not None and project.get_meta("rendered") == "1":
            return self.tr("rendered images, not photographs")
        return ""

    @Slot(object)
    def show_busy(self, busy: Busy | None) -> None:
        """Shows running work in the status bar."""
        self.w.status.set_busy(busy or self.w.model_busy.busy() or self.w.improve.busy())
        if busy is None:
            self._flush_rows()
        self.w.chat.set_busy(self.w.flows.running)
        self.enable()

    def show_layers(self) -> None:
        """Shows or hides heat map and boxes as their switches say."""
        a, viewer = self.w.actions_, self.w.viewer
        overlay = a["overlay"].isChecked()
        viewer.set_heat_visible(overlay and a["heat"].isChecked())
        boxes, places = a["boxes"].isChecked(), self.w.documents.shows_places()
        # Labels of findings would lie over the very letters that are being checked.
        viewer.set_boxes_visible(overlay and boxes and not places)
        viewer.set_places_visible(overlay and places)

    def show_golden(self) -> None:
        """Shows or hides the golden image of the recipe."""
        recipe, viewer = self.session.recipe, self.w.viewer
        if recipe is None or not recipe.golden or self._picture is None:
            viewer.set_golden(None)
            viewer.set_golden_split(None)
            return
        self.w.flows.start(self._load_golden(recipe.golden[0]))

    async def _load_golden(self, path: str) -> None:
        try:
            golden = await self.w.pictures.full(ImageRef(path))
        except InspectorError as error:
            self.w.viewer.set_golden(None)
            if self._golden != path:  # told once, not at every image
                self._golden = path
                self.w.show_trouble(error)
            return
        self._golden = path
        self.w.viewer.set_golden(golden.image)
        on = self.w.actions_["golden"].isChecked()
        self.w.viewer.set_golden_split(0.5 if on else None)

    def picture_size(self) -> tuple[int, int] | None:
        """Returns the size of the current image in pixels; None while it is not known."""
        if self._picture is not None and self.is_seen():
            return self._picture.width, self._picture.height
        return None

    def show_coming(self, image_id: str, engine_id: str, boxes: Sequence[FoundBox]) -> None:
        """Shows the boxes of a running answer in the picture; none ends it."""
        author = Author(AuthorKind.ENGINE, engine_id)
        self._coming.pop(image_id, None)
        if boxes:
            self._coming[image_id] = [
                Finding(image_id, each.label, each.box, author, each.score, id=f"{_COMING}{at}")
                for at, each in enumerate(boxes)
            ]
        image = self.session.image
        if image is not None and image.id == image_id:
            self.w.viewer.set_findings(self._with_coming(self.session.findings()))

    def show_pointed(self, found: FoundBox | None) -> None:
        """Shows a place that an answer names and that is no finding, while it is pointed at."""
        image = self.session.image
        if image is not None and (found is not None or self._pointed):
            self._pointed = found is not None
            self.show_coming(image.id, "", (found,) if found is not None else ())

    def _with_coming(self, findings: list[Finding]) -> list[Finding]:
        """Adds the boxes of a running answer; one that is stored already is not shown twice."""
        image = self.session.image
        coming = self._coming.get(image.id, []) if image is not None else []
        stored = {finding.box for finding in findings}
        return [*findings, *(each for each in coming if each.box not in stored)]

    def is_coming(self, finding_id: str | None) -> bool:
        """Whether a box in the picture belongs to a running answer and cannot be changed yet."""
        return finding_id is not None and finding_id.startswith(_COMING)

    def is_seen(self) -> bool:
        """Whether the picture of the current image is on the screen; nobody judges it before."""
        image = self.session.image
        return image is not None and self._shown is not None and self._shown.id == image.id

    @Slot()
    def enable(self) -> None:
        """Enables what can be done now."""
        enable(self.w)

    @Slot(object)
    def select_finding(self, finding_id: str | None) -> None:
        """Selects a finding in picture, table and question."""
        self.w.viewer.set_selected(finding_id)
        self.w.findings.set_selected(finding_id)
        region = None
        for number, finding in enumerate(self.session.findings(), 1):
            if finding.id == finding_id:
                region = self.tr("about region {number}: {label}").format(
                    number=number, label=finding.label
                )
        self.w.chat.set_region(region)
        self.enable()


def thumbnail(path: str, page: int, side: int) -> QImage:
    """Makes a small picture of an image; callable on any thread.

    Raises:
        ImageError: The file cannot be read.
    """
    return to_qimage(load_picture(path, page, side))
