"""What of a conversation is written: asked only where there is something to choose."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from inspector_app.services.conversation import Wish


class TalkExportDialog(QDialog):
    """Branches, and for lines to learn from which answers and images.

    Args:
        others: Branches besides the one on show.
        lines: The file holds lines to learn from.
        images: Ids of all images of the project.
        end: Last message of the branch on show, where that is not the stored one.
    """

    def __init__(
        self,
        others: int,
        lines: bool,
        images: tuple[str, ...],
        end: str | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._images, self._end = images, end
        self.setWindowTitle(self.tr("Export conversation"))
        self.branches_box = QCheckBox(
            self.tr("Also the %n branch(es) that are not on show", "", others)
        )
        self.branches_box.setVisible(others > 0)
        self.good_box = QCheckBox(self.tr("Only answers marked as good or put right"))
        self.good_box.setChecked(True)
        self.images_box = QCheckBox(self.tr("Conversations about all images of the project"))
        note = QLabel(
            self.tr(
                "One line for each question with its answer, for inspector train. The file must lie"
                " in a folder around the images. A line does not hold what was said before."
            )
        )
        note.setWordWrap(True)
        for widget in (note, self.good_box, self.images_box):
            widget.setVisible(lines)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for widget in (note, self.good_box, self.images_box, self.branches_box, buttons):
            column.addWidget(widget)
        buttons.button(QDialogButtonBox.StandardButton.Save).setFocus(
            Qt.FocusReason.OtherFocusReason
        )

    def wish(self) -> Wish:
        """Returns what is to be written."""
        return Wish(
            self.branches_box.isChecked(),
            self._end,
            self.good_box.isChecked(),
            self._images if self.images_box.isChecked() else (),
        )
