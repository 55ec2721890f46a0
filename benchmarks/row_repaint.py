"""Row repaint: one frame of panning a 12-megapixel picture with heat map and 60 boxes."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from images import large
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QGraphicsScene, QGraphicsView, QWidget
from timing import interleaved, make_row

from inspector_app.domain.findings import Author, AuthorKind, Finding
from inspector_app.domain.geometry import Box
from inspector_app.domain.heat import HeatMap
from inspector_app.services.images import load_picture
from inspector_app.services.settings import Settings
from inspector_app.ui.app import make_application
from inspector_app.ui.heat_layer import heat_image
from inspector_app.ui.pictures import to_qimage
from inspector_app.ui.viewer import ImageViewer

UNIT = "ms a frame at half size, 1280 x 720; baseline: QGraphicsView, pixmaps, 60 plain rectangles"
SIZE = (1280, 720)
ZOOM = 0.5
FRAMES = 60
LIMIT = 6.0


def measure(folder: Path, quick: bool) -> list[dict[str, Any]]:
    """Measures the row."""
    app = make_application(Settings())
    picture = load_picture(str(large(folder / "pan.jpg", 5)))
    image = to_qimage(picture)
    boxes, heat = make_boxes(), make_heat()
    viewer = ImageViewer()
    viewer.set_image(image, picture.width, picture.height, keep_view=False)
    plain = PlainView(image)
    for view in (viewer, plain):
        view.resize(*SIZE)
        view.show()
    app.processEvents()
    viewer.zoom_to(ZOOM)
    plain.scale(ZOOM, ZOOM)
    valid = _alike(viewer, plain)
    viewer.set_heat(heat, LIMIT)
    viewer.set_findings(boxes)
    plain.add(heat, boxes)
    app.processEvents()
    painted = Painted(viewer.viewport()), Painted(plain.viewport())
    samples = interleaved(
        lambda: _pan(viewer, app.processEvents),
        lambda: _pan(plain, app.processEvents),
        1 if quick else 12,
    )
    # A frame that was not painted would be a fast one.
    runs = samples.ours.size + 1
    valid = valid and all(one.count >= runs * FRAMES for one in painted)
    for view in (viewer, plain):
        view.close()
    return [make_row("repaint", samples, UNIT, valid, 1000)]


def make_boxes(count: int = 60) -> list[Finding]:
    """Findings spread over the picture, with labels and scores."""
    rng = np.random.default_rng(3)
    author = Author(AuthorKind.ENGINE, "anomaly")
    made: list[Finding] = []
    for number in range(count):
        x, y = rng.uniform(0.0, 0.9, 2)
        width, height = rng.uniform(0.02, 0.1, 2)
        label = ("scratch", "stain", "dent")[number % 3]
        box = Box(x, y, x + width, y + height)
        made.append(Finding("image", label, box, author, score=float(rng.uniform(0, 1))))
    return made


def make_heat(side: int = 512) -> HeatMap:
    """A map with some islands over the limit."""
    y, x = np.mgrid[0:side, 0:side] / side
    waves = (np.sin(x * 25) * np.sin(y * 19) + 1) / 2
    cells = np.round(waves * 255).astype(np.uint8)
    return HeatMap(side, side, cells.tobytes(), 0.0, 10.0)


class PlainView(QGraphicsView):
    """What one writes first: pixmap items and rectangle items in a graphics view."""

    def __init__(self, image: QImage) -> None:
        super().__init__()
        self.setScene(QGraphicsScene(self))
        self.scene().addPixmap(QPixmap.fromImage(image)).setTransformationMode(
            Qt.TransformationMode.SmoothTransformation
        )
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def add(self, heat: HeatMap, boxes: list[Finding]) -> None:
        """Puts heat map and boxes over the picture."""
        size = self.scene().sceneRect().size()
        colors = self.scene().addPixmap(QPixmap.fromImage(heat_image(heat, LIMIT)))
        colors.setScale(size.width() / heat_image(heat, LIMIT).width())
        colors.setOpacity(0.6)
        pen = QPen(QColor(213, 94, 0), 2)
        pen.setCosmetic(True)
        for finding in boxes:
            box = finding.box
            assert box is not None
            width, height = size.width(), size.height()
            self.scene().addRect(
                box.x1 * width, box.y1 * height, box.width * width, box.height * height, pen
            )


class Painted(QObject):
    """Counts the frames in which a widget is painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Looks, and lets the event through."""
        self.count += event.type() == QEvent.Type.Paint
        return False


def _pan(view: QGraphicsView, process: Callable[[], object]) -> float:
    """Drags the picture there and back; returns seconds a frame."""
    across, down = view.horizontalScrollBar(), view.verticalScrollBar()
    begun = time.perf_counter()
    for frame in range(FRAMES):
        sign = 1 if frame < FRAMES // 2 else -1
        across.setValue(across.value() + sign * 12)
        down.setValue(down.value() + sign * 7)
        process()
    return (time.perf_counter() - begun) / FRAMES


def _alike(viewer: ImageViewer, plain: QGraphicsView) -> bool:
    """Whether both show the same part of the picture in nearly the same grey, without overlays."""
    plain.centerOn(2000, 1500)
    viewer.center_on(Box(0.5, 0.5, 0.5, 0.5))
    a, b = (_grey(view) for view in (viewer, plain))
    return float(np.abs(a - b).mean()) < 4.0


def _grey(view: QGraphicsView) -> NDArray[np.float64]:
    image = view.viewport().grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    lines = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    middle_y, middle_x = image.height() // 2, image.width() // 2
    part = lines[middle_y - 200 : middle_y + 200, middle_x - 300 : middle_x + 300]
    # Over blocks, so that half a pixel of offset and the way of smoothing do not count.
    return part.reshape(50, 8, 75, 8).astype(np.float64).mean(axis=(1, 3))
