"""What the widgets of the Inspect page do with each other and with the session."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QGuiApplication

from inspector_app.domain.errors import InspectorError
from inspector_app.domain.events import Cancelled, Failed, Finished
from inspector_app.domain.findings import FindingState
from inspector_app.domain.geometry import Box
from inspector_app.domain.images import ImageRef
from inspector_app.domain.results import ImageSummary
from inspector_app.domain.tasks import Task
from inspector_app.domain.verdicts import Verdict
from inspector_app.services import engines
from inspector_app.services.images import Picture, load_picture
from inspector_app.ui.flows import Busy
from inspector_app.ui.pictures import to_qimage
from inspector_app.ui.viewer import Tool

if TYPE_CHECKING:
    from inspector_app.ui.main_window import MainWindow

_DELTA_MS = 30
_FRESH_SECONDS = 0.2  # a row update more often than this is not seen, only paid for


class InspectPage(QObject):
    """Glue: session signals to widgets, widget signals to session and flows."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.w = window
        self.session = window.session
        self._shown: ImageRef | None = None
        self._picture: Picture | None = None
        self._deltas: dict[str, list[str]] = {}
        self._flush = QTimer(self)
        self._flush.setInterval(_DELTA_MS)
        self._flush.setSingleShot(True)
        self._flush.timeout.connect(self._flush_deltas)
        self._last_region_label = ""
        self._stale_rows: dict[str, ImageSummary] = {}
        self._last_rows = 0.0

    # -- connecting -------------------------------------------------------------------

    def connect_actions(self) -> None:
        """Connects everything once the window is built."""
        w, s, a = self.w, self.session, self.w.actions_
        s.project_changed.connect(self._show_project)
        s.row_changed.connect(self._show_row)
        s.image_changed.connect(self._show_image)
        s.findings_changed.connect(self.show_findings)
        s.recipe_changed.connect(self._show_recipe)
        w.gallery.set_thumbnail_source(_thumbnail)
        w.gallery.image_chosen.connect(s.select)
        v = w.viewer
        v.region_drawn.connect(self._region_drawn)
        v.finding_changed.connect(self._finding_moved)
        v.finding_selected.connect(self._finding_selected)
        v.delete_requested.connect(s.remove)
        v.pixel_hovered.connect(w.status.set_pixel)
        v.pixel_left.connect(w.status.clear_pixel)
        v.zoom_changed.connect(w.status.set_zoom)
        v.files_dropped.connect(lambda paths: w.flows.start(w.flows.add_files(paths)))
        f = w.findings
        f.state_requested.connect(s.set_state)
        f.label_edited.connect(lambda id_, label: s.edit(id_, label=label))
        f.note_edited.connect(s.set_note)
        f.delete_requested.connect(s.remove)
        f.selection_changed.connect(self._finding_selected)
        f.finding_activated.connect(self._centre_on)
        w.verdict.overruled.connect(s.set_verdict)
        w.verdict.overrule_cleared.connect(lambda: s.set_verdict(None))
        c = w.chat
        c.question_asked.connect(self._ask)
        c.stop_requested.connect(w.flows.stop)
        c.retry_requested.connect(self._retry)
        c.region_cleared.connect(lambda: self._finding_selected(None))
        w.flows.answer_started.connect(self._answer_started)
        w.flows.answer_grew.connect(self._answer_grew)
        w.flows.answer_ended.connect(self._answer_ended)
        w.opacity.valueChanged.connect(self._opacity_changed)
        self._opacity_changed(w.opacity.value())
        start = w.flows.start
        for name, slot in {
            "open_files": w.dialogs.open_files,
            "open_folder": w.dialogs.open_folder,
            "open_project": w.dialogs.open_project,
            "open_sample": lambda: start(w.flows.open_sample()),
            "save_as": w.dialogs.save_as,
            "export": w.dialogs.export,
            "quit": w.close,
            "undo": s.undo_stack.undo,
            "redo": s.undo_stack.redo,
            "paste": self._paste,
            "copy_picture": self._copy_picture,
            "delete": self._delete_selected,
            "filter": w.gallery.focus_filter,
            "settings": w.dialogs.settings,
            "fit_view": v.fit,
            "actual_size": v.actual_size,
            "zoom_in": v.zoom_in,
            "zoom_out": v.zoom_out,
            "lock_view": self._lock_view,
            "heat": self._show_layers,
            "boxes": self._show_layers,
            "overlay": self._show_layers,
            "golden": self._show_golden,
            "panels": w.restore_panels,
            "run_this": self._run_this,
            "run_all": lambda: start(w.flows.run_all()),
            "stop": self._stop,
            "new_recipe": w.dialogs.new_recipe,
            "open_recipe": w.dialogs.open_recipe,
            "previous": lambda: w.gallery.step(-1),
            "next": lambda: w.gallery.step(1),
            "next_review": w.gallery.next_review,
            "select_tool": partial(v.set_tool, Tool.SELECT),
            "region_tool": partial(v.set_tool, Tool.REGION),
            "pan_tool": partial(v.set_tool, Tool.PAN),
            "accept": partial(self._verdict, Verdict.ACCEPT),
            "review": partial(self._verdict, Verdict.REVIEW),
            "reject": partial(self._verdict, Verdict.REJECT),
            "finding_yes": partial(self._set_state, FindingState.ACCEPTED),
            "finding_no": partial(self._set_state, FindingState.REJECTED),
            "finding_unsure": partial(self._set_state, FindingState.UNSURE),
            "palette": w.dialogs.palette,
            "keys": w.dialogs.keys,
            "about": w.dialogs.about,
        }.items():
            a[name].triggered.connect(_without_arguments(slot))
        s.undo_stack.canUndoChanged.connect(self._enable)
        s.undo_stack.canRedoChanged.connect(self._enable)

    # -- showing -------------------------------------------------------------------------

    def refresh_all(self) -> None:
        """Shows everything anew, also after a change of language."""
        self._show_project()
        self._show_image()
        self._show_recipe()

    @Slot()
    def _show_project(self) -> None:
        w, project = self.w, self.session.project
        w.gallery.set_rows(self.session.summaries())
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
            if project.read_only:
                marks.append(self.tr("read-only"))
            w.setWindowTitle(" – ".join([*marks, "Inspector"]))
            w.empty.show_state(
                self.tr("No image here"),
                self.tr(
                    "{folder} holds no JPEG, PNG, TIFF, BMP or WebP file. Open another folder, or "
                    "drop images here."
                ).format(folder=project.get_meta("folder") or title),
                [(self.tr("Open folder…"), w.actions_["open_folder"].trigger)],
            )
            if not empty and self.session.image is None:
                self.session.select(self.session.images()[0].id)
        self._enable()

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
        self._enable()
        image = self.session.image
        if image is None:
            self._shown = self._picture = None
            self.w.viewer.clear()
            self.show_findings()
            self.w.chat.set_messages([])
            return
        self.w.gallery.select(image.id)
        picture = self.w.pictures.cached(image)
        if picture is not None:
            self._put_picture(image, picture)
            self._prefetch(image)
        else:
            self.w.flows.start(self._load(image))
        self.show_findings()
        if self.session.project is not None:
            self.w.chat.set_messages(self.session.project.messages(image.id))

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

    def _put_picture(self, image: ImageRef, picture: Picture) -> None:
        same = self._shown is not None and self._shown.id == image.id
        viewer = self.w.viewer
        viewer.set_image(
            to_qimage(picture), picture.width, picture.height, keep_view=same or viewer.locked
        )
        viewer.set_values(picture.value_text)
        self._shown, self._picture = image, picture
        if not same:
            self.show_findings()
            self._show_golden()

    def _prefetch(self, image: ImageRef) -> None:
        near = [self.w.gallery.neighbour(offset) for offset in (1, 2, -1)]
        wanted = [self.session.image_by_id(i) for i in near if i is not None]
        self.w.pictures.prefetch([other for other in wanted if other.id != image.id])

    @Slot()
    def show_findings(self) -> None:
        """Shows findings, heat map and verdict of the current image."""
        w, s = self.w, self.session
        findings = s.findings()
        w.viewer.set_findings(findings)
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
        self._show_layers()
        self._enable()

    @Slot()
    def _show_recipe(self) -> None:
        w, recipe = self.w, self.session.recipe
        name = recipe.title if recipe else self.tr("none")
        w.recipe_button.setText(self.tr("Recipe: {name}").format(name=name))
        codes = list(recipe.reject_codes) if recipe else []
        w.verdict.set_codes(codes)
        card = engines.card(self.session.engine_id())
        w.chat.set_capabilities(
            engines.in_process(card.id, w.worker.process).capabilities, card.name, card.notice
        )
        w.status.set_engine(card.name)
        self._show_golden()
        self._enable()

    @Slot(object)
    def show_busy(self, busy: Busy | None) -> None:
        """Shows running work in the status bar."""
        self.w.status.set_busy(busy)
        if busy is None:
            self._flush_rows()
        self.w.chat.set_busy(self.w.flows.running)
        self._enable()

    def _show_layers(self) -> None:
        a, viewer = self.w.actions_, self.w.viewer
        overlay = a["overlay"].isChecked()
        viewer.set_heat_visible(overlay and a["heat"].isChecked())
        viewer.set_boxes_visible(overlay and a["boxes"].isChecked())

    def _show_golden(self) -> None:
        recipe, viewer = self.session.recipe, self.w.viewer
        if recipe is None or not recipe.golden or self._picture is None:
            viewer.set_golden(None)
            viewer.set_golden_split(None)
            return
        self.w.flows.start(self._load_golden(recipe.golden[0]))

    async def _load_golden(self, path: str) -> None:
        picture = await self.w.pictures.full(ImageRef(path))
        self.w.viewer.set_golden(to_qimage(picture))
        on = self.w.actions_["golden"].isChecked()
        self.w.viewer.set_golden_split(0.5 if on else None)

    @Slot()
    def _enable(self) -> None:
        w, s, a = self.w, self.session, self.w.actions_
        has_image, may_write = s.image is not None, not s.read_only
        running = w.flows.running
        for name in ("run_this",):
            a[name].setEnabled(has_image and may_write)
        a["run_all"].setEnabled(bool(s.images()) and may_write and not running)
        a["stop"].setEnabled(running)
        for name in ("save_as", "export"):
            a[name].setEnabled(s.project is not None)
        for name in ("accept", "review", "reject", "region_tool"):
            a[name].setEnabled(has_image and may_write)
        for name in ("previous", "next", "next_review", "fit_view", "actual_size", "copy_picture"):
            a[name].setEnabled(has_image)
        selected = w.findings.selected_id() is not None
        for name in ("finding_yes", "finding_no", "finding_unsure", "delete"):
            a[name].setEnabled(selected and may_write)
        a["golden"].setEnabled(s.recipe is not None and bool(s.recipe.golden))
        a["undo"].setEnabled(s.undo_stack.canUndo())
        a["redo"].setEnabled(s.undo_stack.canRedo())
        w.verdict.setEnabled(has_image)

    # -- doing -----------------------------------------------------------------------------

    def _run_this(self) -> None:
        if self.session.image is not None:
            self.w.flows.start(self.w.flows.run_one(self.session.image))

    def _stop(self) -> None:
        self.w.flows.stop()

    def _region_drawn(self, box: Box) -> None:
        if self.session.read_only or self.session.image is None:
            return
        label = self._last_region_label or self.tr("defect")
        new = self.session.add_region(box, label)
        self.w.actions_["select_tool"].trigger()
        self.w.findings_dock.raise_()
        self._finding_selected(new)

    def _finding_moved(self, finding_id: str, old: Box, new: Box) -> None:
        self.session.edit(finding_id, box=new)

    def _finding_selected(self, finding_id: str | None) -> None:
        self.w.viewer.set_selected(finding_id)
        self.w.findings.set_selected(finding_id)
        region = None
        for number, finding in enumerate(self.session.findings(), 1):
            if finding.id == finding_id:
                region = self.tr("about region {number}: {label}").format(
                    number=number, label=finding.label
                )
        self.w.chat.set_region(region)
        self._enable()

    def _centre_on(self, finding_id: str) -> None:
        for finding in self.session.findings():
            if finding.id == finding_id and finding.box is not None:
                self.w.viewer.center_on(finding.box)

    def _delete_selected(self) -> None:
        selected = self.w.findings.selected_id()
        if selected is not None:
            self.session.remove(selected)

    def _set_state(self, state: FindingState) -> None:
        selected = self.w.findings.selected_id()
        if selected is not None:
            self.session.set_state(selected, state)

    def _verdict(self, verdict: Verdict) -> None:
        if self.session.image is not None and not self.session.read_only:
            self.session.set_verdict(verdict, self.w.verdict.code())

    def _paste(self) -> None:
        paths = [
            url.toLocalFile()
            for url in QGuiApplication.clipboard().mimeData().urls()
            if url.isLocalFile()
        ]
        if paths:
            self.w.flows.start(self.w.flows.add_files(paths))
        else:
            self.w.dialogs.paste_picture()

    def _copy_picture(self) -> None:
        QGuiApplication.clipboard().setPixmap(self.w.viewer.grab())

    def _opacity_changed(self, value: int) -> None:
        self.w.viewer.set_heat_opacity(value / 100)
        self.w.settings.set("heat_opacity", value / 100)

    def _lock_view(self) -> None:
        locked = self.w.actions_["lock_view"].isChecked()
        self.w.viewer.locked = locked
        self.w.settings.set("lock_view", locked)

    # -- asking ------------------------------------------------------------------------------

    def _ask(self, text: str, task: Task) -> None:
        selected = self.w.findings.selected_id()
        boxes = tuple(
            finding.box
            for finding in self.session.findings()
            if finding.id == selected and finding.box is not None
        )
        self.w.flows.start(self.w.flows.ask(text, task, boxes))

    def _retry(self, message_id: str) -> None:
        project, image = self.session.project, self.session.image
        if project is None or image is None:
            return
        before = ""
        for message in project.messages(image.id):
            if message.id == message_id:
                break
            if message.role == "user":
                before = message.text
        self._ask(before, self.w.chat.current_task())

    @Slot(str, str)
    def _answer_started(self, message_id: str, engine_id: str) -> None:
        project, image = self.session.project, self.session.image
        if project is not None and image is not None:
            self.w.chat.set_messages(
                [m for m in project.messages(image.id) if m.id != message_id]
            )
        self.w.chat.start_answer(message_id, engines.card(engine_id).name)
        self.show_busy(Busy(self.tr("Answering…")))

    @Slot(str, str)
    def _answer_grew(self, message_id: str, text: str) -> None:
        self._deltas.setdefault(message_id, []).append(text)
        if not self._flush.isActive():
            self._flush.start()

    @Slot()
    def _flush_deltas(self) -> None:
        for message_id, parts in self._deltas.items():
            self.w.chat.append_delta(message_id, "".join(parts))
        self._deltas.clear()

    @Slot(str, object)
    def _answer_ended(self, message_id: str, event: Finished | Failed | Cancelled) -> None:
        self._flush_deltas()
        chat = self.w.chat
        match event:
            case Finished():
                chat.finish_answer(message_id, event.seconds, event.tokens, event.boxes)
            case Failed():
                chat.fail_answer(message_id, event.what, event.mend, event.details)
            case Cancelled():
                chat.cancel_answer(message_id)


def _without_arguments(slot: object) -> object:
    """Drops the `checked` argument of `triggered`."""
    return lambda _checked=False: slot()  # type: ignore[operator]


def _thumbnail(path: str, page: int, side: int):  # noqa: ANN202
    return to_qimage(load_picture(path, page, side))
