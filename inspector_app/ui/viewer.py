"""The picture with everything over it: findings, heat map, golden image, and the tools to edit."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPalette, QPen
from PySide6.QtWidgets import QWidget

from inspector_app.domain.findings import Finding
from inspector_app.domain.geometry import Box
from inspector_app.domain.heat import HeatMap
from inspector_app.ui import icons, theme
from inspector_app.ui.heat_layer import HeatItem
from inspector_app.ui.overlay_edit import to_rect
from inspector_app.ui.overlay_layer import describe
from inspector_app.ui.region_tools import Tool
from inspector_app.ui.viewer_events import EventView
from inspector_app.ui.viewer_picture import PictureItem, Pyramid

__all__ = ["ImageViewer", "Tool"]

_PICTURE_Z, _EDGE_Z, _HEAT_Z = 0.0, 15.0, 20.0
_EDGE = QColor(128, 128, 128, 140)


class ImageViewer(EventView):
    """Shows one picture in the coordinates of its upright original.

    Setters emit nothing; signals tell what the user did. Finding ids are strings, None for none.
    """

    tool_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.locked = True
        self._picture: PictureItem | None = None
        self._values: Callable[[int, int], str] | None = None
        self._empty_text = ""
        self._heat = HeatItem()
        self._heat.setZValue(_HEAT_Z)
        self._heat_wanted = True
        self.scene().addItem(self._heat)
        # A dark picture on dark ground still shows where it ends.
        self._edge = self.scene().addRect(QRectF(), QPen(_EDGE, 0))
        self._edge.setZValue(_EDGE_Z)
        self._boxes_wanted = True
        self._places_wanted = False
        self.setAccessibleName(self.tr("Picture"))
        self._describe()
        self._show_ground()
        self._show_layers()

    # -- picture -------------------------------------------------------------------------

    def set_image(self, image: QImage, full_width: int, full_height: int, keep_view: bool) -> None:
        """Shows a picture, or the full pixels of the one whose preview is on show.

        Args:
            image: Pixels, maybe a scaled preview of the full picture.
            full_width: Width of the upright original.
            full_height: Height of the upright original.
            keep_view: Keep zoom and place; a picture of another size keeps the place as a
                fraction. Otherwise the whole picture is fitted into the view.

        Raises:
            ValueError: The image is empty.
        """
        if image.isNull() or full_width < 1 or full_height < 1:
            raise ValueError("the picture has no pixels")
        coarse = None
        before = self._picture.pyramid if self._picture is not None else None
        same = before is not None and (before.width, before.height) == (full_width, full_height)
        if same and before is not None and not before.is_whole:
            coarse = before.image
        self._input.cancel()
        pyramid = Pyramid(image, full_width, full_height, coarse)
        if self._picture is None:
            self._picture = PictureItem(pyramid)
            self._picture.setZValue(_PICTURE_Z)
            self.scene().addItem(self._picture)
        else:
            self._picture.set_pyramid(pyramid)
        self._values = None
        self._edge.setRect(0, 0, full_width, full_height)
        self._heat.set_size(full_width, full_height)
        self.compare.set_size(full_width, full_height)
        self.findings_layer.set_size(full_width, full_height)
        self.places.set_size(full_width, full_height)
        self.set_content_size(full_width, full_height, keep_view and before is not None)
        self._show_layers()
        self.viewport().update()

    def clear(self, text: str = "") -> None:
        """Shows no picture, but a text saying why or what to do; takes everything else away."""
        self._input.cancel()
        if self._picture is not None:
            self.scene().removeItem(self._picture)
            self._picture = None
        self._values = None
        self._heat.set_heat(None, None)
        self.findings_layer.set_findings(())
        self.places.set_marks(())
        self.compare.set_image(None)
        self._empty_text = text
        self.set_content_size(0, 0, keep_view=False)
        self._show_layers()
        self._describe()
        self.viewport().update()

    def set_values(self, values: Callable[[int, int], str] | None) -> None:
        """Sets what tells a pixel's value in words; None tells the picture's own RGB values."""
        self._values = values

    def value_text(self, x: int, y: int) -> str:
        """Returns the value of a pixel in words; empty while only a preview is there."""
        if self._values is not None:
            return self._values(x, y)
        if self._picture is None or not self._picture.pyramid.is_whole:
            return ""
        color = QColor(self._picture.pyramid.image.pixel(x, y))
        return f"{color.red()} {color.green()} {color.blue()}"

    # -- findings ------------------------------------------------------------------------

    def set_findings(self, findings: Sequence[Finding]) -> None:
        """Shows the boxes of these findings; the selection stays where it is if it can.

        An edited finding's successor (`supersedes`) takes its selection over.
        """
        self._input.cancel_edit()
        self.findings_layer.set_findings(findings)
        self._describe()

    def set_selected(self, finding_id: str | None) -> None:
        """Selects a finding by its id."""
        super().set_selected(finding_id)
        self._describe()

    def set_hovered(self, finding_id: str | None) -> None:
        """Lights a finding up, as the mouse over it would; for a list beside the picture."""
        self.findings_layer.hover(finding_id)

    def set_editable(self, editable: bool) -> None:
        """Allows or forbids moving, resizing, deleting and drawing; a read-only project forbids."""
        self._input.editable = editable
        self._input.cancel()

    def set_boxes_visible(self, visible: bool) -> None:
        """Shows or hides boxes and chips."""
        self._boxes_wanted = visible
        self._show_layers()

    def set_places_visible(self, visible: bool) -> None:
        """Shows or hides the places of what was read."""
        self._places_wanted = visible
        self._show_layers()

    def reveal(self, box: Box) -> None:
        """Brings a box into sight if it is not; a picture seen whole is not moved."""
        rect = to_rect(box, *self.image_size())
        port = QRectF(self.viewport().rect())
        sight = QRectF(self.scene_point(port.topLeft()), self.scene_point(port.bottomRight()))
        if not sight.contains(rect):
            self.center_on(box)

    def center_on(self, box: Box) -> None:
        """Brings a box to the middle; zooms out only when it would not fit."""
        if self._picture is None:
            return
        rect = to_rect(box, *self.image_size())
        port = self.viewport().size()
        scale = self.view_scale()
        room = min(
            port.width() / max(1.0, rect.width() * scale),
            port.height() / max(1.0, rect.height() * scale),
        )
        if room < 1.0:
            self.zoom_to(self.zoom() * room * 0.9)
        self.centre_on_point(rect.center())

    # -- layers --------------------------------------------------------------------------

    def set_heat(self, heat: HeatMap | None, limit: float | None) -> None:
        """Sets the heat map and the limit (in its score's unit) that gets a contour line."""
        self._heat.set_heat(heat, limit)

    def set_heat_visible(self, visible: bool) -> None:
        """Shows or hides the heat map."""
        self._heat_wanted = visible
        self._show_layers()

    def set_heat_opacity(self, share: float) -> None:
        """Sets the opacity of the heat map, 0..1."""
        self._heat.set_share(share)

    def set_golden(self, image: QImage | None) -> None:
        """Sets the golden image to compare with."""
        self.compare.set_image(image)
        self._show_layers()

    def set_golden_blink(self, on: bool) -> None:
        """Shows the golden image alone while on; nothing happens without one."""
        super().set_golden_blink(on)
        self._show_layers()

    def set_golden_split(self, fraction: float | None) -> None:
        """Shows the golden image right of a divider; None takes the divider away."""
        super().set_golden_split(fraction)
        self._show_layers()

    def _show_layers(self) -> None:
        # Boxes and heat belong to the part; over the golden image they would mislead.
        there = self._picture is not None and not self.compare.blinking
        self._heat.setVisible(there and self._heat_wanted)
        self.findings_layer.set_visible(there and self._boxes_wanted)
        self.places.set_visible(there and self._places_wanted)
        split = self.compare.split
        self._heat.set_until(1.0 if split is None else split)
        self._edge.setVisible(self._picture is not None)
        self._tell_sight()

    # -- tools ---------------------------------------------------------------------------

    def tool(self) -> Tool:
        """Returns what the left mouse button does."""
        return self._input.tool

    def set_tool(self, tool: Tool) -> None:
        """Chooses what the left mouse button does."""
        if tool is not self._input.tool:
            self._input.set_tool(tool)
            self.tool_changed.emit(tool)

    # -- Qt ------------------------------------------------------------------------------

    def view_moved(self) -> None:
        self.findings_layer.set_scale(self.view_scale())
        self.places.set_scale(self.view_scale())
        self._tell_sight()

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: N802 - Qt calls it
        super().scrollContentsBy(dx, dy)
        self._tell_sight()

    def _tell_sight(self) -> None:
        port = QRectF(self.viewport().rect())
        self.compare.set_sight(
            QRectF(self.scene_point(port.topLeft()), self.scene_point(port.bottomRight()))
        )

    def _describe(self) -> None:
        """Tells screen readers what is there and what the keys do."""
        if self._picture is None:
            text = self._empty_text
        else:
            item = self.findings_layer.item(self.findings_layer.selected or "")
            if item is not None:
                text = describe(item.finding, *self.image_size())
            else:
                count = len(self.findings_layer.ids())
                text = (
                    self.tr("%n finding(s).", "", count)
                    + " "
                    + self.tr(
                        "Tab goes through the findings, arrow keys move the picture or the selected"
                        " finding."
                    )
                )
        if text != self.accessibleDescription():
            self.setAccessibleDescription(text)

    def _show_ground(self) -> None:
        window = self.palette().color(QPalette.ColorRole.Window)
        ground = window.darker(150) if theme.is_dark() else window.darker(115)
        if self.backgroundBrush().color() != ground:
            self.setBackgroundBrush(ground)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._show_ground()
            self.viewport().update()

    def drawForeground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        if self._picture is None and self._empty_text:
            painter.save()
            painter.resetTransform()
            self._draw_empty(painter)
            painter.restore()

    def _draw_empty(self, painter: QPainter) -> None:
        port = self.viewport().rect()
        color = theme.muted(self.palette())
        side = 48
        width = min(480, max(80, port.width() - 2 * theme.LARGE))
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
        painter.setFont(self.font())
        text = painter.boundingRect(0, 0, width, port.height(), int(flags), self._empty_text)
        top = max(0, (port.height() - text.height() - side - theme.MEDIUM) // 2)
        picture = icons.pixmap("image", side, color, self.devicePixelRatioF())
        painter.drawPixmap(QPoint(port.center().x() - side // 2, top), picture)
        text.setWidth(width)
        text.moveTopLeft(QPoint(port.center().x() - width // 2, top + side + theme.MEDIUM))
        painter.setPen(color)
        painter.drawText(text, int(flags), self._empty_text)
