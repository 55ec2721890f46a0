"""What mouse and keys do in the picture: select, move, resize, draw, compare.

The viewer hands its events over; this class decides, and tells the outside by the viewer's signals.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from inspector_app.ui.overlay_edit import (
    CURSORS,
    Drag,
    Handle,
    handle_at,
    reshaped,
    to_box,
)
from inspector_app.ui.region_tools import Tool, drawn_rect, is_region

if TYPE_CHECKING:
    from inspector_app.ui.viewer_events import EventView

_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_STEP = 10  # pixels of the picture with Shift
_PAN_STEP = 64  # view pixels
_SPLIT_STEP = 0.01


class ViewerInput:
    """State of the left mouse button and of the keys that edit.

    Args:
        viewer: The viewer whose events these are.
    """

    def __init__(self, viewer: EventView) -> None:
        self._viewer = viewer
        self.tool = Tool.SELECT
        self.editable = True
        self._drag: Drag | None = None
        self._keys: Drag | None = None  # a box on its way by arrow keys
        self._draw_from: QPointF | None = None
        self._splitting = False
        self._pressed_at: QPointF | None = None  # on bare ground: a click or the start of a pan

    # -- tools and cursors ---------------------------------------------------------------

    def set_tool(self, tool: Tool) -> None:
        """Chooses a tool; what was half done is dropped."""
        self.cancel()
        self.tool = tool
        self._viewer.update_cursor()

    def show_cursor(self, at: QPointF | None) -> None:
        """Shows what a press at a point of the viewport would do."""
        port = self._viewer.viewport()
        handle = self._handle(at) if at is not None else None
        if at is not None and self._viewer.compare.takes(self._spot(at), self._scale()):
            port.setCursor(Qt.CursorShape.SplitHCursor)
        elif self.tool is Tool.PAN:
            port.setCursor(Qt.CursorShape.OpenHandCursor)
        elif self.tool is Tool.REGION and self.editable:
            port.setCursor(Qt.CursorShape.CrossCursor)
        elif handle is not None:
            port.setCursor(CURSORS[handle])
        elif at is not None and self._points_at_something(self._spot(at)):
            port.setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            port.setCursor(Qt.CursorShape.ArrowCursor)

    def _points_at_something(self, spot: QPointF) -> bool:
        layers = (self._viewer.findings_layer, self._viewer.places)
        return any(layer.at(spot) is not None for layer in layers)

    def _scale(self) -> float:
        return self._viewer.view_scale()

    def _spot(self, at: QPointF) -> QPointF:
        return self._viewer.scene_point(at)

    def _handle(self, at: QPointF) -> Handle | None:
        """Returns what of the selected box is under a point of the viewport."""
        layer = self._viewer.findings_layer
        item = layer.item(layer.selected or "")
        if item is None or not self.editable or not layer.is_visible():
            return None
        if self.tool is not Tool.SELECT:
            return None
        rect = item.rect
        shown = QRectF(
            self._viewer.view_point(rect.topLeft()), self._viewer.view_point(rect.bottomRight())
        )
        return handle_at(shown, at)

    # -- mouse ---------------------------------------------------------------------------

    def pressed(self, event: QMouseEvent) -> bool:
        """Takes a press of the left button; returns whether the picture shall be panned."""
        at = event.position()
        spot = self._spot(at)
        if not self._viewer.has_image():
            return False
        self.finish_keys()
        if self._viewer.compare.takes(spot, self._scale()):
            self._splitting = True
            return False
        if self.tool is Tool.REGION and self.editable:
            self._draw_from = spot
            return False
        if self.tool is Tool.PAN:
            return True
        layer = self._viewer.findings_layer
        handle = self._handle(at)
        if handle is None:
            hit = layer.at(spot)
            if hit is None:
                self._pressed_at = at
                return True
            self.choose(hit)
            handle = Handle.BODY
        if self.editable:
            self._drag = self._taken(handle, spot)
        return False

    def moved(self, event: QMouseEvent) -> None:
        """Follows the mouse."""
        at = event.position()
        spot = self._spot(at)
        if self._splitting:
            fraction = spot.x() / max(1, self._viewer.image_size()[0])
            self._viewer.set_golden_split(fraction)
            self._viewer.split_moved.emit(self._viewer.compare.split)
        elif self._draw_from is not None:
            rect = drawn_rect(self._draw_from, spot, *self._viewer.image_size())
            self._viewer.rubber.show_rect(rect, self._scale())
        elif self._drag is not None:
            self._follow(self._drag, spot)
        elif not event.buttons():
            self.show_cursor(at)
            self.hover(self._viewer.findings_layer.at(spot))

    def _follow(self, drag: Drag, spot: QPointF) -> None:
        off = spot - drag.start
        far = max(abs(off.x()), abs(off.y())) * self._scale()
        if not drag.moved and far < min(4, QApplication.startDragDistance()):
            return
        if not drag.moved:
            drag.moved = True
            self._viewer.findings_layer.hide_chip(drag.id)
        rect = reshaped(drag.rect, drag.handle, off.x(), off.y(), *self._viewer.image_size())
        item = self._viewer.findings_layer.item(drag.id)
        if item is not None:
            item.set_rect(rect)
            self._viewer.rubber.show_rect(rect, self._scale(), framed=False)

    def released(self, event: QMouseEvent) -> None:
        """Ends what the press began."""
        at = event.position()
        spot = self._spot(at)
        drag, start, pressed = self._drag, self._draw_from, self._pressed_at
        self._drag = self._draw_from = self._pressed_at = None
        self._splitting = False
        self._viewer.rubber.hide()
        if start is not None:
            size = self._viewer.image_size()
            rect = drawn_rect(start, spot, *size)
            if is_region(rect, self._scale()):
                self._viewer.region_drawn.emit(to_box(rect, *size))
        elif drag is not None and drag.moved:
            self._commit(drag)
        elif drag is not None and drag.handle is Handle.BODY:
            # A plain click inside the selected box means the smallest box there.
            self.choose(self._viewer.findings_layer.at(spot))
        elif pressed is not None and (at - pressed).manhattanLength() < 4:
            self.choose(None)
            self._viewer.ground_clicked.emit(spot)
        self.show_cursor(at)

    def hover(self, finding_id: str | None) -> None:
        """Tells which finding is under the mouse."""
        if self._viewer.findings_layer.hover(finding_id):
            self._viewer.finding_hovered.emit(finding_id)

    def choose(self, finding_id: str | None) -> None:
        """Selects by the user's hand, and tells so when it is a change."""
        if finding_id != self._viewer.selected_id():
            self.finish_keys()
            self._viewer.set_selected(finding_id)
            self._viewer.finding_selected.emit(finding_id)

    # -- editing -------------------------------------------------------------------------

    def _taken(self, handle: Handle, spot: QPointF) -> Drag | None:
        layer = self._viewer.findings_layer
        item = layer.item(layer.selected or "")
        if item is None or item.finding.box is None:
            return None
        return Drag(item.finding.id, handle, spot, item.rect, item.finding.box)

    def _commit(self, drag: Drag) -> None:
        item = self._viewer.findings_layer.item(drag.id)
        if item is None:
            return
        self._viewer.findings_layer.place_chips()
        box = to_box(item.rect, *self._viewer.image_size())
        if item.rect != drag.rect:
            self._viewer.finding_changed.emit(drag.id, drag.before, box)

    def cancel(self) -> bool:
        """Drops what is half done; returns whether there was anything."""
        busy = self.cancel_edit()
        busy = busy or self._draw_from is not None or self._splitting
        self._draw_from = self._pressed_at = None
        self._splitting = False
        self._viewer.rubber.hide()
        self._viewer.stop_panning()
        return busy

    def cancel_edit(self) -> bool:
        """Puts a box on its way back; returns whether there was one."""
        drag = self._drag or self._keys
        self._drag = self._keys = None
        if drag is None:
            return False
        self._viewer.rubber.hide()
        self._viewer.findings_layer.reset_rect(drag.id)
        self._viewer.findings_layer.place_chips()
        return True

    def finish_keys(self) -> None:
        """Makes a move by arrow keys final; when the key is up, or the focus goes away."""
        drag, self._keys = self._keys, None
        if drag is not None:
            self._viewer.rubber.hide()
            self._commit(drag)

    # -- keys ----------------------------------------------------------------------------

    def wants(self, event: QKeyEvent) -> bool:
        """Returns whether a key is the picture's even if the window has a shortcut for it."""
        key = Qt.Key(event.key())
        busy = self._drag is not None or self._keys is not None or self._draw_from is not None
        if key == Qt.Key.Key_Escape:
            return busy or self._viewer.selected_id() is not None
        if key in _ARROWS:
            return self.editable and self._shows_boxes() and self._viewer.selected_id() is not None
        return key == Qt.Key.Key_Space

    def key_pressed(self, event: QKeyEvent) -> bool:
        """Takes a key; returns whether it was one of the picture's."""
        if not self._viewer.has_image():
            return False
        key = Qt.Key(event.key())
        selected = self._viewer.selected_id()
        plain = not event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        )
        if key in _ARROWS:
            return self._arrow(key, event)
        if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and plain:
            if selected is None or not self.editable or not self._shows_boxes():
                return False
            self.finish_keys()
            self._viewer.delete_requested.emit(selected)
            return True
        if key == Qt.Key.Key_Escape:
            if self.cancel():
                return True
            if selected is None:
                return False
            self.choose(None)
            return True
        if key == Qt.Key.Key_B and plain:
            if not event.isAutoRepeat():
                self._viewer.set_golden_blink(True)
            return True
        if key == Qt.Key.Key_Insert and plain and self.editable:
            self._insert()
            return True
        return False

    def key_released(self, event: QKeyEvent) -> bool:
        """Takes a key coming up; returns whether it was one of the picture's."""
        key = Qt.Key(event.key())
        if event.isAutoRepeat():
            return key in _ARROWS or key == Qt.Key.Key_B
        if key == Qt.Key.Key_B:
            self._viewer.set_golden_blink(False)
            return True
        if key in _ARROWS and self._keys is not None:
            self.finish_keys()
            return True
        return False

    def _shows_boxes(self) -> bool:
        return self._viewer.findings_layer.is_visible()

    def _arrow(self, key: Qt.Key, event: QKeyEvent) -> bool:
        dx, dy = _ARROWS[key]
        modifiers = event.modifiers()
        large = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        if modifiers & Qt.KeyboardModifier.AltModifier:
            split = self._viewer.compare.split
            if split is None or not dx:
                return False
            step = _SPLIT_STEP * (_STEP if large else 1)
            self._viewer.set_golden_split(split + dx * step)
            self._viewer.split_moved.emit(self._viewer.compare.split)
            return True
        if self._viewer.selected_id() is None or not self._shows_boxes():
            if modifiers & Qt.KeyboardModifier.ControlModifier:
                return False
            self._viewer.pan_by(-dx * _PAN_STEP, -dy * _PAN_STEP)
            return True
        if not self.editable:
            return False
        if self._keys is None:
            self._keys = self._taken(Handle.BODY, QPointF())
        drag = self._keys
        item = self._viewer.findings_layer.item(drag.id) if drag is not None else None
        if drag is None or item is None:
            return False
        # Control resizes: the right and bottom edges follow.
        control = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        step = _STEP if large else 1
        rect = reshaped(
            item.rect,
            Handle.SE if control else Handle.BODY,
            dx * step,
            dy * step,
            *self._viewer.image_size(),
        )
        if not drag.moved:
            drag.moved = True
            self._viewer.findings_layer.hide_chip(drag.id)
        item.set_rect(rect)
        self._viewer.rubber.show_rect(rect, self._scale(), framed=False)
        return True

    def _insert(self) -> None:
        """Draws a region in the middle of the view, for those who use no mouse."""
        size = self._viewer.image_size()
        port = QRectF(self._viewer.viewport().rect())
        sight = QRectF(self._spot(port.topLeft()), self._spot(port.bottomRight()))
        sight = sight.intersected(QRectF(0, 0, *size))
        if sight.isEmpty():
            return
        quarter = QPointF(sight.width() / 8, sight.height() / 8)
        rect = drawn_rect(sight.center() - quarter, sight.center() + quarter, *size)
        if rect.width() >= 1 and rect.height() >= 1:
            self._viewer.region_drawn.emit(to_box(rect, *size))

    def next_finding(self, step: int) -> bool:
        """Selects the next finding; False at the end, so that Tab leaves the picture."""
        ids = self._viewer.findings_layer.ids()
        if not ids or not self._shows_boxes():
            return False
        selected = self._viewer.selected_id()
        if selected is None:
            self.choose(ids[0 if step > 0 else -1])
            return True
        index = ids.index(selected) + step
        if not 0 <= index < len(ids):
            self.choose(None)
            return False
        self.choose(ids[index])
        return True
