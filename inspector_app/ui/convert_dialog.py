"""The form for converting a published model: its three parts, and how and where it is written."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from inspector_app.domain.conversions import ConvertRequest
from inspector_app.services import convert
from inspector_app.services.published_files import Found, Trouble, look
from inspector_app.ui import theme
from inspector_app.ui.model_words import about, size_text
from inspector_app.ui.path_row import FileRow, FolderRow
from inspector_app.ui.plain_text import visible_text

_ADAPTER, _MERGED = "adapter", "merged"
_LETTERS = 108  # wide enough for paths, narrow enough to read


class ConvertDialog(QDialog):
    """Looks at the files whenever a path changes and says in one line what is missing."""

    def __init__(
        self, name: str, before: ConvertRequest | None = None, parent: QWidget | None = None
    ) -> None:
        """Makes the form.

        Args:
            name: Of the model.
            before: What was asked for last time; put in again.
            parent: The window.
        """
        super().__init__(parent)
        self.setWindowTitle(self.tr("Convert {name}").format(name=name))
        self._hints: list[QLabel] = []
        before = before or ConvertRequest("", "", "")
        self.checkpoint = FileRow(self.tr("Checkpoint"), "*.pth", before.checkpoint)
        self.vit = FileRow(self.tr("Vision tower"), "*.pth", before.vit)
        self.llama = FolderRow(self.tr("Llama folder"), before.llama)
        self.apart = QRadioButton(self.tr("&Keep LoRA pairs apart"))
        self.added = QRadioButton(self.tr("&Add them to the weights"))
        self.out = FolderRow(self.tr("Target folder"), before.out)
        self.name = QLineEdit(before.name)
        self.state = _wrapped()
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.convert_button = self._buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.convert_button.setText(self.tr("Convert"))
        self._lay_out(name)
        (self.added if before.lora == _MERGED else self.apart).setChecked(True)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        for row in (self.checkpoint, self.vit, self.llama, self.out):
            row.changed.connect(self._check)
        self.name.textChanged.connect(self._check)
        self._style()
        self._check()

    def request(self) -> ConvertRequest:
        """What to convert."""
        return ConvertRequest(
            self.checkpoint.path(),
            self.vit.path(),
            self.llama.path(),
            out=self.out.path(),
            name=self.name.text().strip(),
            lora=_MERGED if self.added.isChecked() else _ADAPTER,
        )

    def changeEvent(self, event: QEvent) -> None:
        """Follows font and theme."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.PaletteChange):
            self._style()

    def _lay_out(self, name: str) -> None:
        intro = _wrapped(
            self.tr(
                "{name} is published in three parts, which you fetch yourself. Here they are "
                "checked and written as one model; the parts stay as they are. Where to get them, "
                "and what their licences ask: user guide, section 13."
            ).format(name=name)
        )
        group = QButtonGroup(self)
        choice = QWidget()
        row = QHBoxLayout(choice)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.MEDIUM)
        for button in (self.apart, self.added):
            group.addButton(button)
            row.addWidget(button)
        row.addStretch(1)
        self.name.setAccessibleName(self.tr("Name"))
        self.name.setPlaceholderText(name)
        self.out.set_hint(str(convert.target(ConvertRequest("", "", ""))))
        rows = (
            (
                self.tr("&Checkpoint"),
                self.checkpoint,
                self.tr("What was trained: a .pth file, about 680 MB"),
            ),
            (
                self.tr("&Vision tower"),
                self.vit,
                self.tr("What sees the image: eva_vit_g.pth, about 2 GB"),
            ),
            (
                self.tr("&Llama folder"),
                self.llama,
                self.tr(
                    "What writes the answer: Llama-2-7b-chat-hf, about 13.5 GB as safetensors, "
                    "with tokenizer.model"
                ),
            ),
            (
                self.tr("LoRA pairs"),
                choice,
                self.tr(
                    "Apart: as published, exact. Added: less to compute for each word, but the "
                    "sums are rounded, and converting takes much more memory"
                ),
            ),
            (
                self.tr("Target &folder"),
                self.out,
                self.tr("May stay empty: the folder where the program keeps its models"),
            ),
            (
                self.tr("&Name"),
                self.name,
                self.tr("May stay empty; with a name it becomes a model of its own in the list"),
            ),
        )
        # No form layout: it gives a hint that wraps the height of one line.
        form = QGridLayout()
        form.setHorizontalSpacing(theme.SMALL)
        form.setVerticalSpacing(2)
        form.setColumnStretch(1, 1)
        for number, (words, field, hint) in enumerate(rows):
            label, small = QLabel(words), _wrapped(hint)
            label.setBuddy(field)
            self._hints.append(small)
            form.addWidget(label, 3 * number, 0)
            form.addWidget(field, 3 * number, 1)
            form.addWidget(small, 3 * number + 1, 1)
            form.setRowMinimumHeight(3 * number + 2, theme.SMALL)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(theme.MEDIUM,) * 4)
        column.setSpacing(theme.MEDIUM)
        column.addWidget(intro)
        column.addLayout(form)
        column.addWidget(self.state)
        column.addStretch(1)
        column.addWidget(self._buttons)

    def _style(self) -> None:
        muted = QPalette()
        muted.setColor(QPalette.ColorRole.WindowText, theme.muted())
        for label in self._hints:
            label.setFont(theme.small(self.font()))
            label.setPalette(muted)
        # Room for three lines, so that nothing moves when the words change.
        self.state.setMinimumHeight(3 * self.fontMetrics().lineSpacing())
        width = self.fontMetrics().averageCharWidth() * _LETTERS
        layout = self.layout()
        if layout is not None:
            self.setMinimumSize(width, layout.totalHeightForWidth(width))

    @Slot()
    def _check(self) -> None:
        request = self.request()
        found = look(request, convert.target(request))
        self.convert_button.setEnabled(found.trouble is None)
        self.state.setText(visible_text(self._words(found)))

    def _words(self, found: Found) -> str:
        name = Path(found.path).name or found.path
        need, free = about(found.need), size_text(found.free)
        match found.trouble:
            case None:
                text = self.tr("Takes {need} on the disk, where {free} are free.")
            case Trouble.UNNAMED:
                text = self.tr("Choose the checkpoint, the vision tower and the Llama folder.")
            case Trouble.MISSING:
                text = self.tr("There is no {name} at this place.")
            case Trouble.FOLDER:
                text = self.tr("{name} is a folder. Choose the file in it.")
            case Trouble.NO_WEIGHTS:
                text = self.tr(
                    "{name} holds no weights: it ends early, or a web page was saved in its "
                    "place. Fetch it again."
                )
            case Trouble.OTHER_PART if found.part == "vit":
                text = self.tr("{name} is a checkpoint: it belongs into the first row.")
            case Trouble.OTHER_PART:
                text = self.tr("{name} is the vision tower: it belongs into the second row.")
            case Trouble.LLAMA:
                return found.detail.replace("/", "/\u200b")  # a long path may be broken anywhere
            case Trouble.TAKEN:
                text = self.tr(
                    "The target folder {name} is there already and not empty. Choose another "
                    "one, or give the model a name."
                )
            case Trouble.FULL:
                text = self.tr(
                    "Takes {need}, but only {free} are free. Free some space, or choose a target "
                    "folder on another disk."
                )
        return text.format(name=name, need=need, free=free)


def _wrapped(text: str = "") -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setMinimumWidth(1)
    label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
    return label
