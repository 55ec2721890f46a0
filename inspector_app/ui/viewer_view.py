"""The moving part of the viewer: zoom to the cursor, pan, fit, and keeping the view on resize."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QGraphicsScene, QGraphicsView, QWidget

MAX_ZOOM = 64.0
_MIN_ZOOM = 0.05
_FIT_LIMIT = 16.0  # a tiny picture is shown large when fitted, but as something recognisable
_MARGIN = 8  # around a fitted picture, logical pixels
_STRIPS = 4
_KEPT_IN_SIGHT = 48  # of the picture, however far it is pushed
_LADDER = (
    *(1 / 64, 1 / 48, 1 / 32, 1 / 24, 1 / 16, 1 / 12, 1 / 8, 1 / 6, 1 / 4, 1 / 3, 1 / 2, 2 / 3),
    *(1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 16.0, 24.0, 32.0, 48.0, 64.0),
)


class ZoomView(QGraphicsView):
    """A graphics view over one rectangle, `0, 0, width, height` in pixels of the picture.

    Zoom is in device pixels for each pixel of the picture: 1.0 is "actual size" on any screen.
    """

    zoom_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        scene = QGraphicsScene(self)
        scene.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self.setScene(scene)
        self._content = QSizeF(0, 0)
        self._zoom = 1.0
        self._fitted = True
        self._pan_from: QPoint | None = None
        self._space = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setViewportMargins(1, 1, 1, 1)  # room for the frame of the keyboard focus
        # Scroll bars count from the left here, in every language.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.SmartViewportUpdate)
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontAdjustForAntialiasing)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    # -- where the view is ---------------------------------------------------------------

    def zoom(self) -> float:
        """Returns device pixels for each pixel of the picture."""
        return self._zoom

    def view_scale(self) -> float:
        """Returns logical pixels for each pixel of the picture."""
        return self._zoom / self.devicePixelRatioF()

    def is_fitted(self) -> bool:
        """Returns whether the whole picture is kept in view as the window changes."""
        return self._fitted

    def scene_point(self, at: QPointF) -> QPointF:
        """Returns the point of the picture (in its pixels) under a point of the viewport."""
        inverse, _ = self.viewportTransform().inverted()
        return inverse.map(at)

    def view_point(self, at: QPointF) -> QPointF:
        """Returns the point of the viewport over a point of the picture."""
        return self.viewportTransform().map(at)

    # -- moving it -----------------------------------------------------------------------

    def set_content_size(self, width: int, height: int, keep_view: bool) -> None:
        """Tells the size of the picture.

        Args:
            width: Width in pixels; 0 for no picture.
            height: Height likewise.
            keep_view: Keep zoom and place; the place as a fraction when the size differs.
        """
        old, new = self._content, QSizeF(width, height)
        if keep_view and old == new:
            return
        middle = QPointF(self.viewport().rect().center())
        spot = self.scene_point(middle)
        self._content = new
        if keep_view and not old.isEmpty() and not self._fitted:
            spot = QPointF(spot.x() / old.width() * width, spot.y() / old.height() * height)
            self._show(self._zoom, spot, middle)
        else:
            self.fit()

    def fit(self) -> None:
        """Shows the whole picture, and goes on doing so when the window changes."""
        if not self._content.isEmpty():
            rect = QRectF(self.viewport().rect())
            self._show(self._fit_zoom(), self._middle(), rect.center())
        self._fitted = True

    def actual_size(self) -> None:
        """Shows one pixel of the picture on one pixel of the screen."""
        self.zoom_to(1.0)

    def zoom_in(self) -> None:
        """Zooms in by one step around the middle of the view."""
        self.zoom_to(_LADDER[min(bisect_right(_LADDER, self._zoom * 1.001), len(_LADDER) - 1)])

    def zoom_out(self) -> None:
        """Zooms out by one step around the middle of the view."""
        self.zoom_to(_LADDER[max(bisect_left(_LADDER, self._zoom * 0.999) - 1, 0)])

    def zoom_to(self, zoom: float, at: QPointF | None = None) -> None:
        """Zooms so that the picture's point under `at` stays where it is.

        Args:
            zoom: Device pixels for each pixel of the picture; clamped.
            at: Point of the viewport; the middle when None.
        """
        if self._content.isEmpty():
            return
        anchor = at if at is not None else QRectF(self.viewport().rect()).center()
        self._show(zoom, self.scene_point(anchor), anchor)
        self._fitted = False

    def centre_on_point(self, spot: QPointF) -> None:
        """Brings a point of the picture to the middle of the view, at the same zoom."""
        if not self._content.isEmpty():
            self._show(self._zoom, spot, QRectF(self.viewport().rect()).center())
            self._fitted = False

    def pan_by(self, dx: int, dy: int) -> None:
        """Moves the picture by logical pixels: positive is right and down."""
        bars = self.horizontalScrollBar(), self.verticalScrollBar()
        bars[0].setValue(bars[0].value() - dx)
        bars[1].setValue(bars[1].value() - dy)
        self._fitted = False

    def _show(self, zoom: float, spot: QPointF, at: QPointF) -> None:
        """Puts the picture's point `spot` under the viewport's point `at`."""
        lowest = min(_MIN_ZOOM, self._fit_zoom() / 2)
        zoom = min(MAX_ZOOM, max(lowest, zoom))
        changed = zoom != self._zoom
        self._zoom = zoom
        scale = self.view_scale()
        if self.transform().m11() != scale:
            self.setTransform(QTransform.fromScale(scale, scale))
        port = self.viewport().size()
        x = max(0, port.width() - _KEPT_IN_SIGHT) / scale
        y = max(0, port.height() - _KEPT_IN_SIGHT) / scale
        self.setSceneRect(QRectF(QPointF(0, 0), self._content).adjusted(-x, -y, x, y))
        now = self.view_point(spot)
        bars = self.horizontalScrollBar(), self.verticalScrollBar()
        bars[0].setValue(bars[0].value() + round(now.x() - at.x()))
        bars[1].setValue(bars[1].value() + round(now.y() - at.y()))
        self.view_moved()
        if changed:
            self.zoom_changed.emit(zoom)

    def view_moved(self) -> None:
        """Called after every change of zoom; for what depends on it."""

    def _middle(self) -> QPointF:
        return QPointF(self._content.width() / 2, self._content.height() / 2)

    def _fit_zoom(self) -> float:
        port = self.viewport().size()
        across = max(1, port.width() - 2 * _MARGIN) / max(1.0, self._content.width())
        down = max(1, port.height() - 2 * _MARGIN) / max(1.0, self._content.height())
        return min(across * self.devicePixelRatioF(), down * self.devicePixelRatioF(), _FIT_LIMIT)

    # -- Qt ------------------------------------------------------------------------------

    def wheelEvent(self, event: QWheelEvent) -> None:
        # 120 a notch; trackpads send small amounts often, and the power makes them add up.
        delta = event.angleDelta().y()
        if delta:
            self.zoom_to(self._zoom * 2 ** (delta / 480), event.position())
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        old = event.oldSize()
        spot = self.scene_point(QPointF(old.width() / 2, old.height() / 2))
        super().resizeEvent(event)
        if self._content.isEmpty():
            return
        if self._fitted or not old.isValid():
            self.fit()
        else:
            self._show(self._zoom, spot, QRectF(self.viewport().rect()).center())

    def paintEvent(self, event: QPaintEvent) -> None:
        # A diagonal pan uncovers two strips; as one event they would count as the whole view.
        strips = [QRect(strip) for strip in event.region()]  # pyright: ignore[reportGeneralTypeIssues]
        if not 1 < len(strips) <= _STRIPS:
            super().paintEvent(event)
            return
        for strip in strips:
            super().paintEvent(QPaintEvent(strip))

    def viewportEvent(self, event: QEvent) -> bool:
        if (
            isinstance(event, QNativeGestureEvent)
            and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture
        ):
            self.zoom_to(self._zoom * (1.0 + event.value()), event.position())
            return True
        return super().viewportEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange and not self._content.isEmpty():
            # Another screen: the same zoom means another scale.
            middle = QRectF(self.viewport().rect()).center()
            if self._fitted:
                self.fit()
            else:
                self._show(self._zoom, self.scene_point(middle), middle)
        return super().event(event)

    def is_panning(self) -> bool:
        """Returns whether the picture is being dragged, or about to be (space held)."""
        return self._space or self._pan_from is not None

    def start_pan(self, event: QMouseEvent) -> None:
        """Lets the picture follow the mouse until the button is released."""
        self._pan_from = event.position().toPoint()
        self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        left = event.button() == Qt.MouseButton.LeftButton
        if event.button() == Qt.MouseButton.MiddleButton or (left and self._space):
            self.start_pan(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)  # the second press of a double click is a press like any

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pan_from is not None:
            now = event.position().toPoint()
            self.pan_by(now.x() - self._pan_from.x(), now.y() - self._pan_from.y())
            self._pan_from = now

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pan_from is not None:
            self._pan_from = None
            self.update_cursor()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space = True
            self.update_cursor()
        elif event.key() != Qt.Key.Key_Space:
            event.ignore()  # the window's keys; QGraphicsView itself would eat some

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space = False
            self.update_cursor()
        elif event.key() != Qt.Key.Key_Space:
            event.ignore()

    def stop_panning(self) -> None:
        """Forgets a held key or button; for when the keyboard or the mouse is lost."""
        self._space = False
        self._pan_from = None
        self.update_cursor()

    def update_cursor(self) -> None:
        """Shows what the next press would do."""
        if self._pan_from is not None:
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        elif self._space:
            self.viewport().setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            self.viewport().unsetCursor()
