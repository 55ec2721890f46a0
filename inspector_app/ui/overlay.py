"""One finding over the picture: its line, its state, its handles."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from inspector_app.domain.findings import AuthorKind, Finding, FindingState
from inspector_app.ui import colors
from inspector_app.ui.overlay_edit import HANDLE, handle_points

LINE = 2
HALO = QColor(0, 0, 0, 170)
_DASH, _DASH_ON = 12, 7  # pixels from dash to dash, and of the dash itself
_DOT, _DOT_ON = 5, 2  # likewise of the second of two answers that are compared
_FADED = 0.5
# Half the line, halo, handles and their offset: how far painting reaches beyond the box.
_REACH = 16.0


class FindingItem(QGraphicsItem):
    """Draws one finding. It takes no mouse events: the viewer knows the tool, the item does not."""

    def __init__(self, finding: Finding, rect: QRectF, scale: float) -> None:
        super().__init__()
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.finding = finding
        self.color = colors.label_color(finding.label)
        self._rect = rect
        self._scale = scale
        self._selected = False
        self._hovered = False
        self._dotted = False
        self._restack()

    @property
    def rect(self) -> QRectF:
        """The box in pixels of the picture."""
        return QRectF(self._rect)

    def set_finding(self, finding: Finding) -> None:
        """Shows another version of the finding."""
        if finding != self.finding:
            self.finding = finding
            self.color = colors.label_color(finding.label)
            self.update()

    def set_rect(self, rect: QRectF) -> None:
        """Moves the box."""
        if rect != self._rect:
            self.prepareGeometryChange()
            self._rect = QRectF(rect)
            self._restack()

    def set_scale(self, scale: float) -> None:
        """Tells the view pixels for each pixel of the picture; the line's width depends on it."""
        if scale != self._scale:
            self.prepareGeometryChange()
            self._scale = scale

    def set_marks(self, selected: bool, hovered: bool) -> None:
        """Shows it as selected, or as under the mouse."""
        if (selected, hovered) != (self._selected, self._hovered):
            self._selected, self._hovered = selected, hovered
            self._restack()
            self.update()

    def set_dotted(self, dotted: bool) -> None:
        """Draws an engine's box with a dotted line, to tell it from another engine's."""
        if dotted != self._dotted:
            self._dotted = dotted
            self.update()

    def _restack(self) -> None:
        # Small boxes over large ones, so that each can be seen and reached.
        area = self._rect.width() * self._rect.height()
        self.setZValue(2.0 if self._selected else 1.0 / (1.0 + area))

    def boundingRect(self) -> QRectF:
        margin = _REACH / self._scale
        return self._rect.adjusted(-margin, -margin, margin, margin)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        # Drawn in whole pixels of the view: lines stay two pixels wide and sharp at every zoom.
        shown = painter.worldTransform().mapRect(self._rect)
        frame = QRectF(
            round(shown.x()),
            round(shown.y()),
            max(1, round(shown.right()) - round(shown.x())),
            max(1, round(shown.bottom()) - round(shown.y())),
        )
        rejected = self.finding.state is FindingState.REJECTED
        painter.save()
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        if rejected and not (self._selected or self._hovered):
            painter.setOpacity(painter.opacity() * _FADED)
        if self._selected or self._hovered:
            tint = QColor(self.color)
            tint.setAlpha(36)
            painter.fillRect(frame, tint)
        width = LINE + 1 if self._hovered else LINE
        for edge in _edges(frame, width + 2):
            painter.fillRect(edge, HALO)
        across, down = self._brushes()
        painter.setBrushOrigin(frame.topLeft())
        # Filled edges, not a pen: stroking a dashed rectangle takes ten times as long.
        for number, edge in enumerate(_edges(frame, width)):
            painter.fillRect(edge, across if number < 2 else down)
        if rejected:
            self._strike(painter, frame)
        if self._selected:
            self._draw_handles(painter, frame)
        painter.restore()

    def _brushes(self) -> tuple[QBrush, QBrush]:
        """Returns what fills horizontal and vertical edges: plain, dashed or dotted."""
        rgb = self.color.rgb()
        if self.finding.author.kind is AuthorKind.PERSON:
            return _dashes(rgb, True, _DASH, _DASH_ON), _dashes(rgb, False, _DASH, _DASH_ON)
        if self._dotted:
            return _dashes(rgb, True, _DOT, _DOT_ON), _dashes(rgb, False, _DOT, _DOT_ON)
        plain = QBrush(self.color)
        return plain, plain

    def _strike(self, painter: QPainter, frame: QRectF) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = QLineF(frame.bottomLeft(), frame.topRight())
        for pen in (_pen(HALO, 3), _pen(self.color, 1)):
            painter.setPen(pen)
            painter.drawLine(line)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _draw_handles(self, painter: QPainter, frame: QRectF) -> None:
        painter.setPen(_pen(QColor(0, 0, 0), 1))
        painter.setBrush(QColor(255, 255, 255))
        for point in handle_points(frame).values():
            corner = point.toPoint()
            half = HANDLE // 2
            painter.drawRect(corner.x() - half, corner.y() - half, HANDLE - 1, HANDLE - 1)


def _edges(frame: QRectF, width: int) -> tuple[QRectF, QRectF, QRectF, QRectF]:
    """Returns top, bottom, left and right edge, centred on the frame, without overlap."""
    half = width // 2
    x1, y1 = frame.left() - half, frame.top() - half
    x2, y2 = frame.right() - half, frame.bottom() - half
    across, down = x2 - x1 + width, max(0.0, y2 - y1 - width)
    return (
        QRectF(x1, y1, across, width),
        QRectF(x1, y2, across, width),
        QRectF(x1, y1 + width, width, down),
        QRectF(x2, y1 + width, width, down),
    )


@lru_cache(maxsize=64)
def _dashes(rgb: int, across: bool, every: int, length: int) -> QBrush:
    image = QImage(*((every, 1) if across else (1, every)), QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    for at in range(length):
        image.setPixel(at if across else 0, 0 if across else at, rgb)
    return QBrush(image)


def _pen(color: QColor, width: float) -> QPen:
    pen = QPen(color, width)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    return pen
