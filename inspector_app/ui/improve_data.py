"""Step 1 of the Improve page: what is learned from, what is measured on, and the check of both."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from inspector_app.domain.samples import SPLITS
from inspector_app.domain.training import DataSource
from inspector_app.services.improve_data import DataLook, presets_for
from inspector_app.services.run_evaluation import TASKS
from inspector_app.ui import theme
from inspector_app.ui.improve_concerns import ConcernList
from inspector_app.ui.improve_section import wrapped_label
from inspector_app.ui.improve_source import SourceDialog
from inspector_app.ui.improve_state import Mark, Phase, Round
from inspector_app.ui.improve_words import form_word
from inspector_app.ui.path_row import FileRow
from inspector_app.ui.plain_text import plain_tip, visible_text


class DataStep(QWidget):
    """Form, Check data, and what the check found."""

    check_requested = Signal()
    stop_requested = Signal()
    back_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._project = ""
        self._shown: object = None
        self._look: DataLook | None = None
        self._is_done = self._others_run = False
        self._words = ""
        self.name = QLineEdit()
        self.base = QComboBox()
        self.base.currentIndexChanged.connect(self._follow_base)
        self.corrections = QPushButton(self.tr("Add corrections of this project"))
        self.corrections.clicked.connect(self._add_project)
        self.sources = QListWidget()
        self.sources.setAccessibleName(self.tr("Learned from"))
        self.sources.setFixedHeight(4 * (self.fontMetrics().lineSpacing() + theme.TINY))
        self.sources.currentRowChanged.connect(self._enable)
        self.add_button = QPushButton(self.tr("Add data…"))
        self.add_button.clicked.connect(self._ask_source)
        self.remove_button = QPushButton(self.tr("Remove"))
        self.remove_button.clicked.connect(self._remove_source)
        self.preset = QComboBox()
        self.manifest = FileRow(self.tr("Test set (manifest)"), "*.jsonl")
        self.split = QComboBox()
        for name in SPLITS:
            self.split.addItem(name, name)
        self.split.setCurrentIndex(SPLITS.index("test"))
        self.task = QComboBox()
        words = {
            "detect": self.tr("Defects"),
            "vqa": self.tr("Questions and answers"),
            "receipt": self.tr("Fields of receipts"),
        }
        for name in TASKS:
            self.task.addItem(words.get(name, name), name)
        self.form = QWidget()
        self._build_form()
        self.check_button = QPushButton(self.tr("Check data"))
        self.check_button.clicked.connect(self.check_requested)
        self.stop_button = QPushButton(self.tr("Stop"))
        self.stop_button.clicked.connect(self.stop_requested)
        self.back_button = QPushButton(self.tr("Change data…"))
        self.back_button.clicked.connect(self.back_requested)
        self.found_button = QPushButton()
        self.found_button.setCheckable(True)
        self.found_button.toggled.connect(self._show_found)
        self.bar = QProgressBar()
        self.bar.setAccessibleName(self.tr("Progress of the check"))
        self.note = wrapped_label()
        self.concerns = ConcernList()
        self.sheet = _Sheet(self.tr("Samples as the model sees them"))
        for edit in (self.name.textChanged, self.manifest.changed):
            edit.connect(self._enable)
        line = QHBoxLayout()
        line.setSpacing(theme.SMALL)
        for widget in (self.check_button, self.stop_button, self.back_button, self.found_button):
            line.addWidget(widget)
        line.addWidget(self.bar, 4)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SMALL)
        for item in (self.form, line, self.note, self.concerns, self.sheet):
            column.addLayout(item) if item is line else column.addWidget(item)  # type: ignore[arg-type]

    def _build_form(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.SMALL)
        for button in (self.corrections, self.add_button, self.remove_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        learned = QVBoxLayout()
        learned.setSpacing(theme.TINY)
        learned.addWidget(self.sources)
        learned.addLayout(buttons)
        parts = QHBoxLayout()
        parts.setSpacing(theme.SMALL)
        for words, box in ((self.tr("Part"), self.split), (self.tr("Measured as"), self.task)):
            label = QLabel(words)
            label.setBuddy(box)
            parts.addWidget(label)
            parts.addWidget(box)
        parts.addStretch(1)
        rows = QFormLayout(self.form)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.SMALL)
        rows.addRow(self.tr("Name of the new adapter"), self.name)
        rows.addRow(self.tr("Base model"), self.base)
        rows.addRow(self.tr("Learned from"), learned)
        rows.addRow(self.tr("Settings"), self.preset)
        rows.addRow(self.tr("Frozen test set"), self.manifest)
        rows.addRow("", parts)

    # -- what is chosen ----------------------------------------------------------------

    def chosen_sources(self) -> list[DataSource]:
        """Returns the data sets in the list."""
        items = [self.sources.item(row) for row in range(self.sources.count())]
        return [item.data(Qt.ItemDataRole.UserRole) for item in items]

    def test(self) -> tuple[str, str, str]:
        """Returns manifest, split and task of the test set."""
        return self.manifest.path(), self.split.currentData(), self.task.currentData()

    def add_source(self, source: DataSource) -> None:
        """Adds a data set."""
        parts = [form_word(source.form), Path(source.path).name, source.split]
        item = QListWidgetItem(visible_text(" · ".join(part for part in parts if part)))
        item.setToolTip(plain_tip(source.path))
        item.setData(Qt.ItemDataRole.UserRole, source)
        self.sources.addItem(item)
        self._enable()

    # -- showing -----------------------------------------------------------------------

    def set_bases(self, bases: Sequence[tuple[str, str]], chosen: str) -> None:
        """Offers models: card id and name."""
        if [(self.base.itemData(n), self.base.itemText(n)) for n in range(self.base.count())] == [
            *bases
        ]:
            return
        before = self.base.currentData() or chosen
        self.base.clear()
        for card_id, name in bases:
            self.base.addItem(name, card_id)
        self.base.setCurrentIndex(max(0, self.base.findData(before)))
        self._enable()

    def set_project(self, path: str) -> None:
        """Says which project is open, "" for none."""
        self._project = path
        self._enable()

    def show_round(self, shown: Round, mark: Mark, *, others_run: bool) -> None:
        """Shows a round."""
        key = (id(shown), shown.stored)
        if key != self._shown and (
            self._shown is None or shown.stored is not None or not others_run
        ):
            self._fill(shown)
        self._shown = key
        checking = shown.phase is Phase.CHECKING
        editable = mark is Mark.NOW and not checking
        self.form.setVisible(mark is Mark.NOW)
        self.form.setEnabled(editable and not others_run)
        self.check_button.setVisible(mark is Mark.NOW and not checking)
        self.stop_button.setVisible(checking)
        self.back_button.setVisible(mark is Mark.DONE)
        self.back_button.setEnabled(shown.phase is Phase.IDLE)
        self._others_run = others_run
        self.bar.setVisible(checking)
        progress = shown.progress
        self.bar.setRange(0, progress.total if progress is not None else 0)
        self.bar.setValue(progress.done if progress is not None else 0)
        look = shown.look
        self._look = look
        # When it is done its findings make room for the next step.
        self.found_button.setVisible(mark is Mark.DONE and look is not None)
        if mark is Mark.NOW:
            self.found_button.setChecked(False)
        self._is_done = mark is Mark.DONE
        self._show_found()
        self._words = self._note(shown)
        self._enable()

    def _note(self, shown: Round) -> str:
        if shown.failed is Phase.CHECKING and shown.trouble is not None:
            return visible_text(str(shown.trouble))
        look = shown.look
        if shown.phase is Phase.CHECKING or look is None:
            return ""
        if look.ready:
            return self.tr("Samples learned from: {n}. Measured on during the run: {held}.").format(
                n=look.train, held=look.validation
            )
        return self.tr(
            "The data cannot be learned from yet. Mend what is marked ✕, then check again."
        )

    def _fill(self, shown: Round) -> None:
        stored = shown.stored
        self.sources.clear()
        if stored is None:
            self.name.clear()
            return
        self.name.setText(stored.name)
        self.base.setCurrentIndex(max(0, self.base.findData(stored.base)))
        for source in stored.sources:
            self.add_source(source)
        self.preset.setCurrentIndex(max(0, self.preset.findData(stored.preset)))
        if stored.frozen is not None:
            self.manifest.set_path(stored.frozen.manifest)
            self.split.setCurrentIndex(max(0, self.split.findData(stored.frozen.split)))
            self.task.setCurrentIndex(max(0, self.task.findData(stored.frozen.task)))

    @Slot()
    def _follow_base(self) -> None:
        before = self.preset.currentData() or ""
        self.preset.clear()
        self.preset.addItem(self.tr("Standard"), "")
        for name in presets_for(self.base.currentData() or ""):
            self.preset.addItem(name, name)
        self.preset.setCurrentIndex(max(0, self.preset.findData(before)))

    @Slot()
    def _show_found(self) -> None:
        look = self._look
        if self._is_done and not self.found_button.isChecked():
            look = None
        self.concerns.set_concerns(look.concerns if look is not None else ())
        self.sheet.show_file(look.sheet if look is not None else "")
        self.found_button.setText(
            self.tr("Hide findings and samples")
            if self.found_button.isChecked()
            else self.tr("Show findings and samples")
        )

    @Slot()
    def _enable(self) -> None:
        has = any(source.path == self._project for source in self.chosen_sources())
        self.corrections.setEnabled(bool(self._project) and not has)
        self.corrections.setToolTip(
            "" if self._project else self.tr("Open a project on the page Inspect first")
        )
        self.remove_button.setEnabled(self.sources.currentRow() >= 0)
        missing = self._missing()
        self.check_button.setEnabled(not missing and not self._others_run)
        self.check_button.setToolTip(missing)
        self.note.setText(self._words or (missing if self.check_button.isVisibleTo(self) else ""))
        self.note.setVisible(bool(self.note.text()))

    def _missing(self) -> str:
        if not self.base.count():
            return self.tr("There is no model that can be trained.")
        if not self.name.text().strip():
            return self.tr("Give the new adapter a name.")
        if not self.sources.count():
            return self.tr("Choose what to learn from.")
        if not self.manifest.path():
            return self.tr("Choose a test set.")
        return ""

    @Slot()
    def _add_project(self) -> None:
        self.add_source(DataSource(self._project, "project"))

    @Slot()
    def _ask_source(self) -> None:
        dialog = SourceDialog(self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.add_source(dialog.source())
        dialog.deleteLater()

    @Slot()
    def _remove_source(self) -> None:
        self.sources.takeItem(self.sources.currentRow())
        self._enable()


class _Sheet(QLabel):
    """A picture no wider than its room."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._path = ""
        self._picture = QPixmap()
        self.setAccessibleName(name)
        self.setMinimumWidth(1)
        self.hide()

    def show_file(self, path: str) -> None:
        """Shows a file, nothing for ""."""
        if path != self._path or not path:
            self._path = path
            self._picture = QPixmap(path) if path else QPixmap()
            self._scale()
        self.setVisible(not self._picture.isNull())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follows its room."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._scale()

    def _scale(self) -> None:
        if self._picture.isNull():
            self.clear()
            return
        width = min(self._picture.width(), max(1, self.width()))
        self.setPixmap(
            self._picture.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
        )
        self.setFixedHeight(round(self._picture.height() * width / self._picture.width()))
