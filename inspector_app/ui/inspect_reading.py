"""Reading from the window: this document, all of them, again, and what becomes of the result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication

from inspector_app.domain.documents import Reading, ReadRequest
from inspector_app.domain.jobs import Progress
from inspector_app.services.read_batch import ReadAllFinished

if TYPE_CHECKING:
    from inspector_app.ui.main_window import MainWindow


class InspectReading(QObject):
    """Glue between the actions on documents and the flows."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.w = window
        self.session = window.session
        self._running: dict[str, Progress | None] = {}  # by image
        self._failed: dict[str, str] = {}
        actions = window.actions_
        actions["read_this"].setIconText(self.tr("Read this"))
        names = ("copy_document", "export_document", "export_documents", "read_all", "read_again")
        names += ("read_all_second", "second_with_text", "forget_second")
        window.document.head.set_actions(
            actions["read_this"], actions["read_second"], [actions[name] for name in names]
        )

    def connect_all(self) -> None:
        """Connects everything once the window is built."""
        a, head, flows = self.w.actions_, self.w.document.head, self.w.flows
        a["read_this"].triggered.connect(self._read)
        a["read_all"].triggered.connect(self._read_all)
        a["read_again"].triggered.connect(self._read_again)
        a["copy_document"].triggered.connect(self._copy)
        a["export_document"].triggered.connect(self._export)
        a["export_documents"].triggered.connect(self._export_all)
        head.stop_requested.connect(flows.stop)
        head.retry_requested.connect(self._retry)
        head.schema_chosen.connect(self._keep_schema)
        head.file_wanted.connect(self._choose_file)
        self.w.document.summary.style_changed.connect(self._keep_style)
        flows.reading_started.connect(self._started)
        flows.reading_progressed.connect(self._progressed)
        flows.reading_came.connect(self._came)
        flows.reading_ended.connect(self._ended)
        flows.reading_all_ended.connect(self._tell_all)
        flows.document_copied.connect(self._put_on_clipboard)
        self.session.project_changed.connect(self._forget)
        get = self.w.settings.get
        head.show_schema(get("read_schema"))
        self.w.document.summary.set_style(get("summary_long"), get("summary_formal"))

    def enable(self) -> None:
        """Enables what can be done with documents now."""
        a, s = self.w.actions_, self.session
        image = s.image
        free = image is not None and image.id not in self._running
        a["read_this"].setEnabled(free)
        for name in ("read_all", "read_again"):
            a[name].setEnabled(bool(s.images()) and not s.read_only and not self.w.flows.running)
        state = self.w.documents.state
        a["next_doubt"].setEnabled(state is not None)
        for name in ("copy_document", "export_document"):
            a[name].setEnabled(state is not None and not self._is_unkept())
        a["export_documents"].setEnabled(s.project is not None)

    def request(self, schema: str | None = None) -> ReadRequest:
        """Returns how documents are read: schema (else the chosen one), language and style."""
        get = self.w.settings.get
        return ReadRequest(
            path="",
            schema=get("read_schema") if schema is None else schema,
            language=self.session.language,
            long=get("summary_long"),
            formal=get("summary_formal"),
            reader=get("reader"),
        )

    def show(self) -> None:
        """Shows whether the current image is being read, or could not be."""
        head, image = self.w.document.head, self.session.image
        if image is not None and image.id in self._running:
            progress = self._running[image.id]
            done, total = (progress.done, progress.total) if progress is not None else (0, 0)
            text = progress.text if progress is not None else ""
            head.show_busy(text or self.tr("Reading…"), done, total)
            return
        head.show_busy(None)
        head.show_failure(self._failed.get(image.id, "") if image is not None else "")

    def _is_unkept(self) -> bool:
        project, image = self.session.project, self.session.image
        if project is None or image is None:
            return True
        return self.session.read_only and project.reading(image.id) is None

    # -- reading -----------------------------------------------------------------------------

    def is_running(self, image_id: str) -> bool:
        """Whether an image is being read, by whomever."""
        return image_id in self._running

    @Slot()
    def _retry(self) -> None:
        image = self.session.image
        if image is not None and self.w.second.was_last(image.id):
            self.w.second.read()
        else:
            self._read()

    @Slot()
    def _read(self) -> None:
        image = self.session.image
        if image is not None and image.id not in self._running:
            self.w.document_dock.show()
            self.w.document_dock.raise_()
            self.w.flows.start(self.w.flows.read(image, self.request()))

    @Slot()
    def _read_all(self) -> None:
        self.w.flows.start(self.w.flows.read_all(self.request()))

    @Slot()
    def _read_again(self) -> None:
        self.w.flows.start(self.w.flows.read_all(self.request(), redo=True))

    @Slot(str)
    def _started(self, image_id: str) -> None:
        self._running[image_id] = None
        self._failed.pop(image_id, None)
        self.show()
        self.enable()

    @Slot(str, object)
    def _progressed(self, image_id: str, progress: Progress) -> None:
        self._running[image_id] = progress
        self.show()

    @Slot(str, object)
    def _came(self, image_id: str, reading: Reading) -> None:
        if self.session.read_only:
            self.w.documents.keep(image_id, reading, self.w.settings.get("read_schema"))

    @Slot(str, str)
    def _ended(self, image_id: str, trouble: str) -> None:
        self._running.pop(image_id, None)
        if trouble:
            self._failed[image_id] = trouble
        self.session.document_changed.emit(image_id)
        self.show()
        self.w.page.enable()

    @Slot()
    def _forget(self) -> None:
        self._failed.clear()

    # -- choices -----------------------------------------------------------------------------

    @Slot(str)
    def _keep_schema(self, schema: str) -> None:
        self.w.settings.set("read_schema", schema)
        self.w.documents.show()

    @Slot()
    def _choose_file(self) -> None:
        path = self.w.dialogs.schema_file()
        if path:
            self.w.settings.set("read_schema", path)
        self.w.document.head.show_schema(self.w.settings.get("read_schema"))
        self.w.documents.show()

    @Slot(bool, bool)
    def _keep_style(self, long: bool, formal: bool) -> None:
        self.w.settings.set("summary_long", long)
        self.w.settings.set("summary_formal", formal)
        self.w.documents.show()

    # -- telling and exporting -----------------------------------------------------------------

    @Slot(object, list)
    def _tell_all(self, event: ReadAllFinished, troubles: list[str]) -> None:
        parts = [self.tr("%n document(s) read", "", event.read)]
        if event.skipped:
            parts.append(self.tr("%n read before", "", event.skipped))
        if event.conflicts:
            parts.append(self.tr("%n with conflicts", "", event.conflicts))
        if event.differing:
            parts.append(self.tr("%n read differently by two readers", "", event.differing))
        if event.empty:
            parts.append(self.tr("%n without any field", "", event.empty))
        if event.failed:
            parts.append(self.tr("%n failed", "", event.failed))
        text = ", ".join(parts) + "."
        if event.stopped:
            text = self.tr("Stopped.") + " " + text
        actions = []
        if event.conflicts:
            actions.append((self.tr("Show conflicts"), self._filter_conflicts))
        if event.differing:
            actions.append((self.tr("Show differences"), self._filter_differences))
        if event.read or event.skipped:
            actions.append((self.tr("Export…"), self.w.actions_["export_documents"].trigger))
        show = self.w.messages.show_warning if event.failed else self.w.messages.show_info
        show(text, actions=actions, details="\n".join(troubles))

    def _filter_conflicts(self) -> None:
        self.w.gallery_dock.show()
        self.w.gallery.filter_edit.setText(self.tr("conflict"))

    def _filter_differences(self) -> None:
        self.w.gallery_dock.show()
        self.w.gallery.filter_edit.setText(self.tr("differs"))

    @Slot()
    def _copy(self) -> None:
        image, state = self.session.image, self.w.documents.state
        if image is not None and state is not None:
            self.w.flows.start(self.w.flows.copy_document(image.id, state.stored.schema))

    @Slot(str)
    def _put_on_clipboard(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)

    @Slot()
    def _export(self) -> None:
        image, state = self.session.image, self.w.documents.state
        if image is None or state is None:
            return
        path = self.w.dialogs.document_file(single=True)
        if path:
            how = self.request(state.stored.schema)
            self.w.flows.start(self.w.flows.export_documents([image.id], path, how))

    @Slot()
    def _export_all(self) -> None:
        path = self.w.dialogs.document_file(single=False)
        if path:
            self.w.flows.start(self.w.flows.export_documents(None, path, self.request()))
