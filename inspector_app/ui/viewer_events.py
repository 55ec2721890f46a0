"""The viewer's Qt events: each is handed to the one who decides (`ViewerInput`)."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QHelpEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPalette,
)
from PySide6.QtWidgets import QToolTip, QWidget

from inspector_app.domain.geometry import Box
from inspector_app.ui import theme
from inspector_app.ui.compare_layer import CompareLayer
from inspector_app.ui.overlay_layer import FindingsLayer
from inspector_app.ui.places_layer import PlacesLayer
from inspector_app.ui.region_tools import RubberItem
from inspector_app.ui.viewer_input import ViewerInput
from inspector_app.ui.viewer_view import ZoomView


class EventView(ZoomView):
    """A zoom view with layers that can be pointed at, edited and dropped on."""

    region_drawn = Signal(Box)
    finding_changed = Signal(str, Box, Box)
    finding_selected = Signal(object)
    finding_hovered = Signal(object)
    ground_clicked = Signal(QPointF)  # pixels of the picture; no finding is there
    delete_requested = Signal(str)
    pixel_hovered = Signal(int, int, str)
    pixel_left = Signal()
    files_dropped = Signal(list)
    context_requested = Signal(str, QPoint)
    split_moved = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        font = theme.tabular(theme.small(self.font()))
        self.findings_layer = FindingsLayer(self.scene(), font)
        self.places = PlacesLayer(self.scene())
        self.compare = CompareLayer(self.scene(), font)
        self.rubber = RubberItem(font)
        self.scene().addItem(self.rubber)
        self._input = ViewerInput(self)
        self._on_pixel = False
        self.setAcceptDrops(True)

    # -- what the input asks, answered by the viewer -----------------------------------------

    def image_size(self) -> tuple[int, int]:
        """Returns width and height of the upright original; zeros without a picture."""
        return round(self._content.width()), round(self._content.height())

    def has_image(self) -> bool:
        """Returns whether a picture is on show."""
        return not self._content.isEmpty()

    def value_text(self, x: int, y: int) -> str:
        """Returns the value of a pixel in words."""
        return ""

    def selected_id(self) -> str | None:
        """Returns the selected finding's id."""
        return self.findings_layer.selected

    def set_selected(self, finding_id: str | None) -> None:
        """Selects a finding by its id."""
        if finding_id != self.findings_layer.selected:
            self._input.finish_keys()
        self.findings_layer.select(finding_id)

    def set_golden_blink(self, on: bool) -> None:
        """Shows the golden image alone while on; nothing happens without one."""
        self.compare.set_blink(on)

    def set_golden_split(self, fraction: float | None) -> None:
        """Shows the golden image right of a divider; None takes the divider away."""
        self.compare.set_split(fraction)

    # -- mouse -----------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        left = event.button() == Qt.MouseButton.LeftButton
        if left and not self.is_panning() and self._input.pressed(event):
            self.start_pan(event)
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._tell_pixel(event.position())
        if not self.is_panning():
            self._input.moved(event)
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._input.released(event)
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._input.hover(None)
        self._leave_pixel()

    def _tell_pixel(self, at: QPointF) -> None:
        spot = self.scene_point(at)
        x, y = int(spot.x() // 1), int(spot.y() // 1)
        width, height = self.image_size()
        if 0 <= x < width and 0 <= y < height:
            self._on_pixel = True
            self.pixel_hovered.emit(x, y, self.value_text(x, y))
        else:
            self._leave_pixel()

    def _leave_pixel(self) -> None:
        if self._on_pixel:
            self._on_pixel = False
            self.pixel_left.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            selected = self.selected_id() or ""
            item = self.findings_layer.item(selected)
            at = self.viewport().rect().center()
            if item is not None:
                at = self.view_point(item.rect.center()).toPoint()
            self.context_requested.emit(selected, self.viewport().mapToGlobal(at))
        else:
            at = QPointF(self.viewport().mapFromGlobal(event.globalPos()))
            found = self.findings_layer.at(self.scene_point(at)) or ""
            self.context_requested.emit(found, event.globalPos())
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            found = self.findings_layer.at(self.scene_point(QPointF(event.pos())))
            text = self.findings_layer.tooltip(found) if found is not None else ""
            if text:
                QToolTip.showText(event.globalPos(), text, self.viewport())
            else:
                QToolTip.hideText()
            return True
        return super().viewportEvent(event)

    # -- keys and focus --------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._input.key_pressed(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not self._input.key_released(event):
            super().keyReleaseEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: N802 - Qt's own names
        return self._input.next_finding(1 if next else -1) or super().focusNextPrevChild(next)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._input.finish_keys()
        self.set_golden_blink(False)  # the key's release would go elsewhere
        self.stop_panning()
        self.update()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._input.cancel()

    def update_cursor(self) -> None:
        super().update_cursor()
        if not self.is_panning():
            self._input.show_cursor(None)

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._input.wants(event)
        ):
            event.accept()  # the key edits here; the window's shortcut for it has to wait
            return True
        done = super().event(event)
        # The frame of the keyboard focus lies beside the viewport, so that scrolling never
        # smears it over the picture.
        if event.type() == QEvent.Type.Paint and self.hasFocus():
            painter = QPainter(self)
            painter.setPen(self.palette().color(QPalette.ColorRole.Highlight))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
            painter.end()
        return done

    # -- files -----------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._take_files(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._take_files(event)

    def dropEvent(self, event: QDropEvent) -> None:
        paths = _local_files(event)
        if paths:
            event.acceptProposedAction()
            self.files_dropped.emit(paths)
        else:
            event.ignore()

    def _take_files(self, event: QDropEvent) -> None:
        if _local_files(event):
            event.acceptProposedAction()
        else:
            event.ignore()


def _local_files(event: QDropEvent) -> list[str]:
    if event.source() is not None:  # dragged from the gallery: it is in the project already
        return []
    return [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
