"""The picture of one question: fitted, to be zoomed, true boxes solid and found ones dashed."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QGraphicsRectItem, QLabel, QVBoxLayout, QWidget

from inspector_app.domain.errors import InspectorError
from inspector_app.domain.evaluation import Item, PixelBoxF
from inspector_app.ui import theme
from inspector_app.ui.pictures import load_ready
from inspector_app.ui.plain_text import visible_text
from inspector_app.ui.viewer import ImageViewer

_HALO = QColor(0, 0, 0, 170)
_BOX_Z = 30.0


@dataclass(frozen=True, slots=True)
class Boxes:
    """Boxes of one kind.

    Attributes:
        name: For the legend.
        boxes: In pixels of the upright image.
        color: "#RRGGBB".
        dashed: Whether the line is.
    """

    name: str
    boxes: Sequence[PixelBoxF]
    color: str
    dashed: bool


def true_boxes(item: Item) -> Boxes:
    """What is there: solid."""
    name = QCoreApplication.translate("ItemPicture", "true")
    return Boxes(name, item.truth or (), "#009E73", dashed=False)


def found_boxes(item: Item, who: str = "", color: str = "#E69F00") -> Boxes:
    """What an engine found: dashed.

    Args:
        item: Of its evaluation.
        who: Name of the engine where there are two.
        color: To tell them apart.
    """
    return Boxes(
        who or QCoreApplication.translate("ItemPicture", "found"), item.boxes, color, dashed=True
    )


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
        self._items: list[QGraphicsRectItem] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.TINY)
        column.addWidget(self.viewer, 1)
        column.addWidget(self.legend)
        self.legend.hide()

    def show_image(self, path: str, kinds: Sequence[Boxes] = ()) -> None:
        """Shows an image with boxes.

        Args:
            path: File; "" hides the widget.
            kinds: Boxes with their legend.
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
        there = [kind for kind in kinds if kind.boxes and path and path == self._path]
        for kind in there:
            self._draw(kind)
        self.legend.setText(
            "&nbsp;&nbsp; ".join(
                f'<span style="color:{kind.color}">{"╍╍" if kind.dashed else "━━"}</span> '
                f"{html.escape(visible_text(kind.name))}"
                for kind in there
            )
        )
        self.legend.setVisible(bool(there))

    def box_count(self) -> int:
        """Returns how many boxes are on the picture."""
        return len(self._items) // 2

    def _draw(self, kind: Boxes) -> None:
        style = Qt.PenStyle.DashLine if kind.dashed else Qt.PenStyle.SolidLine
        for x1, y1, x2, y2 in kind.boxes:
            for pen in (QPen(_HALO, 4), QPen(QColor(kind.color), 2, style)):
                pen.setCosmetic(True)
                item = self.viewer.scene().addRect(QRectF(x1, y1, x2 - x1, y2 - y1), pen)
                item.setZValue(_BOX_Z)
                self._items.append(item)

    def _clear(self) -> None:
        for item in self._items:
            self.viewer.scene().removeItem(item)
        self._items.clear()
