"""The picture that a language model gets, pixel for pixel."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from inspector_app.ui import theme

_LARGEST = QSize(960, 640)


class SeenDialog(QDialog):
    """Stays beside the window; closing it frees it."""

    def __init__(self, image: QImage, words: str, name: str, parent: QWidget) -> None:
        """Shows the picture.

        Args:
            image: What the model gets.
            words: Its size and tokens in words.
            name: Name of the image file.
            parent: The window.
        """
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("What the model sees of {name}").format(name=name))
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap.fromImage(image)
        pixmap.setDevicePixelRatio(ratio)  # one pixel of the model is one of the screen
        self.picture = QLabel()
        self.picture.setPixmap(pixmap)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setAccessibleName(self.windowTitle())
        scroll = QScrollArea()
        scroll.setWidget(self.picture)
        scroll.setWidgetResizable(True)
        scroll.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words = QLabel(words)
        self.words.setFont(theme.tabular(self.words.font()))
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.close)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SMALL, theme.SMALL, theme.SMALL, theme.SMALL)
        column.setSpacing(theme.SMALL)
        column.addWidget(scroll, 1)
        column.addWidget(self.words)
        column.addWidget(buttons)
        frame = QSize(2 * theme.MEDIUM + 2, 2 * theme.MEDIUM + 2)
        wanted = (pixmap.size() / ratio) + frame
        rest = column.sizeHint().height() - scroll.sizeHint().height()
        size = wanted.boundedTo(_LARGEST)
        self.resize(max(360, size.width()), max(160, size.height()) + rest)
