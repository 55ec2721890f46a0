"""The picture of one question: fitted, to be zoomed, true boxes solid and found ones dashed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QGraphicsRectItem, QLabel, QVBoxLayout, QWidget

from inspector_app.domain.errors import InspectorError
from inspector_app.domain.evaluation import PixelBoxF
from inspector_app.ui import theme
from inspector_app.ui.pictures import load_ready
from inspector_app.ui.viewer import ImageViewer

TRUE_COLOR, FOUND_COLOR = "#009E73", "#E69F00"
_HALO = QColor(0, 0, 0, 170)
_BOX_Z = 30.0


class ItemPicture(QWidget):
    """Hidden where only words were asked about; says what is wrong with a file it cannot read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.viewer = ImageViewer()
        self.viewer.set_editable(False)
        self.viewer.locked = False
        self.legend = QLabel()
        self.legend.setFont(theme.small(self.legend.font()))
        self._path = ""
        self._boxes: list[QGraphicsRectItem] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.TINY)
        column.addWidget(self.viewer, 1)
        column.addWidget(self.legend)
        self.legend.hide()

    def show_image(
        self,
        path: str,
        true: Sequence[PixelBoxF] = (),
        found: Sequence[PixelBoxF] = (),
    ) -> None:
        """Shows an image with boxes.

        Args:
            path: File; "" hides the widget.
            true: Boxes in pixels of the upright image.
            found: Likewise.
        """
        self.setVisible(bool(path))
        self._clear()
        if path and path != self._path:
            try:
                ready = load_ready(path)
            except InspectorError as error:
                self._path = ""
                self.viewer.clear(str(error))
            else:
                self._path = path
                picture = ready.picture
                self.viewer.set_image(ready.image, picture.width, picture.height, keep_view=False)
        if self._path:
            self._draw(true, TRUE_COLOR, Qt.PenStyle.SolidLine)
            self._draw(found, FOUND_COLOR, Qt.PenStyle.DashLine)
        true_word, found_word = self.tr("true"), self.tr("found")
        parts: list[str] = []
        if true and self._path:
            parts.append(f'<span style="color:{TRUE_COLOR}">━━</span> {true_word}')
        if found and self._path:
            parts.append(f'<span style="color:{FOUND_COLOR}">╍╍</span> {found_word}')
        self.legend.setText("&nbsp;&nbsp; ".join(parts))
        self.legend.setVisible(bool(parts))

    def box_count(self) -> int:
        """Returns how many boxes are on the picture."""
        return len(self._boxes) // 2

    def _draw(self, boxes: Sequence[PixelBoxF], color: str, style: Qt.PenStyle) -> None:
        for x1, y1, x2, y2 in boxes:
            halo, line = QPen(_HALO, 4), QPen(QColor(color), 2, style)
            for pen in (halo, line):
                pen.setCosmetic(True)
                rect = QRectF(x1, y1, x2 - x1, y2 - y1)
                item = self.viewer.scene().addRect(rect, pen)
                item.setZValue(_BOX_Z)
                self._boxes.append(item)

    def _clear(self) -> None:
        for item in self._boxes:
            self.viewer.scene().removeItem(item)
        self._boxes.clear()
