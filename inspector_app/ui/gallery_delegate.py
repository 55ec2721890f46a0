"""Paints one image of the gallery: thumbnail, name, verdict, score, first label."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from inspector_app.domain.results import ImageSummary
from inspector_app.domain.verdicts import Verdict
from inspector_app.ui import colors, icons, theme
from inspector_app.ui.gallery_model import Role, title
from inspector_app.ui.thumbnails import Thumbnails
from inspector_app.ui.verdict_words import score_text, verdict_word

_STRIP = 4
_GAP = theme.SMALL
_LINES = 3


def thumbnail_side(font: QFont) -> int:
    """Returns the side of the square that a thumbnail has, in logical pixels."""
    return max(48, _LINES * QFontMetrics(font).lineSpacing())


def row_height(font: QFont) -> int:
    """Returns the height of a row, in logical pixels."""
    return thumbnail_side(font) + 2 * theme.TINY


class GalleryDelegate(QStyledItemDelegate):
    """Draws rows of one height; never fails, whatever a row holds."""

    def __init__(self, thumbnails: Thumbnails, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Returns the same size for every row."""
        side = thumbnail_side(option.font)
        return QSize(side + 120, row_height(option.font))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draws one row."""
        row = index.data(Role.SUMMARY)
        if not isinstance(row, ImageSummary):
            return
        painter.save()
        pen = _Pen(option)
        if pen.selected:
            painter.fillRect(option.rect, option.palette.brush(pen.group, pen.role.Highlight))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, pen.hover)
        rect = option.rect.adjusted(0, theme.TINY, -_GAP, -theme.TINY)
        if row.verdict is not None and not row.trouble:
            strip = QRect(rect.left(), rect.top(), _STRIP, rect.height())
            painter.fillRect(strip, colors.verdict_color(row.verdict))
        square = QRect(rect.left() + _STRIP + theme.TINY, rect.top(), rect.height(), rect.height())
        self._paint_picture(painter, square, row, pen)
        text = rect.adjusted(square.right() - rect.left() + _GAP, 0, 0, 0)
        if text.width() > 16:
            if row.trouble:
                self._paint_trouble(painter, text, row, pen)
            else:
                self._paint_texts(painter, text, row, pen)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(pen.text)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(option.rect.adjusted(0, 0, -1, -1))
        painter.restore()

    def _paint_picture(
        self, painter: QPainter, square: QRect, row: ImageSummary, pen: _Pen
    ) -> None:
        pixmap = None if row.trouble else self._thumbnails.pixmap(row.image_id)
        if pixmap is None:
            painter.fillRect(square, pen.empty)
            tried = row.trouble or self._thumbnails.has_tried(row.image_id)
            side = min(theme.ICON, square.width())
            at = QRect(0, 0, side, side)
            at.moveCenter(square.center())
            _draw_icon(painter, at, "warning" if tried else "image", pen.muted)
            return
        size = pixmap.size().scaled(square.size(), Qt.AspectRatioMode.KeepAspectRatio)
        at = QRect(square.topLeft(), size)
        at.moveCenter(square.center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(at, pixmap)

    def _paint_texts(self, painter: QPainter, text: QRect, row: ImageSummary, pen: _Pen) -> None:
        first, second, third = _lines(text, pen.metrics)
        if row.edited:
            side = min(pen.metrics.ascent(), 16)
            at = QRect(first.right() - side, first.center().y() - side // 2, side, side)
            _draw_icon(painter, at, "edit", pen.text)
            first.setRight(at.left() - theme.TINY)
        pen.line(painter, first, title(row), pen.text, Qt.TextElideMode.ElideMiddle)
        if row.verdict is None:
            pen.line(painter, second, verdict_word(None), pen.muted)
        else:
            color = pen.text if pen.selected else colors.verdict_text_color(row.verdict, pen.dark)
            sign = colors.verdict_sign(row.verdict)
            said = score_text(row.score) or verdict_word(row.verdict)
            pen.line(painter, second, f"{sign} {said}", color, bold=True)
        if row.overruled:
            side = pen.bold.horizontalAdvance("✕ 00.00") + theme.SMALL
            rest = second.adjusted(side, 0, 0, 0)
            if rest.width() > pen.metrics.averageCharWidth() * 4:
                pen.line(painter, rest, self.tr("overruled"), pen.muted)
        if row.conflicts or row.differs:
            clash = colors.verdict_text_color(Verdict.REJECT, pen.dark)
            if row.conflicts:
                words = "⚠ " + self.tr("%n conflict(s)", "", row.conflicts)
                words += f" ≠ {row.differs}" if row.differs else ""
            else:
                words = "≠ " + self.tr("%n difference(s)", "", row.differs)
            pen.line(painter, third, words, pen.text if pen.selected else clash)
        else:
            pen.line(painter, third, row.label, pen.muted)

    def _paint_trouble(self, painter: QPainter, text: QRect, row: ImageSummary, pen: _Pen) -> None:
        first, second, third = _lines(text, pen.metrics)
        pen.line(painter, first, title(row), pen.muted, Qt.TextElideMode.ElideMiddle)
        pen.line(painter, second, self.tr("cannot be read"), pen.muted)
        # The line begins with the name, which stands above already.
        reason = row.trouble.splitlines()[0]
        _, colon, rest = reason.partition(": ")
        pen.line(painter, third, rest if colon and rest else reason, pen.muted)


class _Pen:
    """Colours and fonts of one row, from the palette of the moment."""

    role = QPalette.ColorRole

    def __init__(self, option: QStyleOptionViewItem) -> None:
        active = bool(option.state & QStyle.StateFlag.State_Active)
        self.group = QPalette.ColorGroup.Active if active else QPalette.ColorGroup.Inactive
        self.selected = bool(option.state & QStyle.StateFlag.State_Selected)
        palette = option.palette
        role = self.role.HighlightedText if self.selected else self.role.Text
        self.text = palette.color(self.group, role)
        base = palette.color(self.role.Base)
        self.dark = base.lightness() < 128
        self.muted = self.text if self.selected else _mixed(self.text, base, 0.65)
        self.hover = _mixed(palette.color(self.role.Highlight), base, 0.12)
        self.empty = _mixed(self.text, base, 0.08)
        self.font = theme.tabular(option.font)
        self.metrics = QFontMetrics(self.font)
        self.bold_font = QFont(self.font)
        self.bold_font.setBold(True)
        self.bold = QFontMetrics(self.bold_font)

    def line(
        self,
        painter: QPainter,
        rect: QRect,
        text: str,
        color: QColor,
        elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
        bold: bool = False,
    ) -> None:
        """Draws one line of text, shortened to fit."""
        if not text:
            return
        metrics = self.bold if bold else self.metrics
        painter.setFont(self.bold_font if bold else self.font)
        painter.setPen(color)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        shown = metrics.elidedText(" ".join(text[:300].split()), elide, rect.width())
        painter.drawText(rect, int(flags | Qt.TextFlag.TextSingleLine), shown)


def _lines(text: QRect, metrics: QFontMetrics) -> tuple[QRect, QRect, QRect]:
    height = min(metrics.lineSpacing(), text.height() // _LINES)
    top = text.top() + (text.height() - _LINES * height) // 2
    first, second, third = (
        QRect(text.left(), top + i * height, text.width(), height) for i in range(_LINES)
    )
    return first, second, third


def _draw_icon(painter: QPainter, rect: QRect, name: str, color: QColor) -> None:
    device = painter.device()
    ratio = device.devicePixelRatio() if device is not None else 1.0
    painter.drawPixmap(rect, icons.pixmap(name, rect.width(), color, ratio))


def _mixed(front: QColor, back: QColor, share: float) -> QColor:
    return QColor(
        *(
            round(a * share + b * (1 - share))
            for a, b in zip(front.getRgb()[:3], back.getRgb()[:3], strict=True)  # type: ignore[index]
        )
    )
