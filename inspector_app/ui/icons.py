"""Line icons from `resources/icons`, drawn in the palette's text colour and redrawn with the theme.

A `QIcon` cannot change its colour once an action holds it, and a Python icon engine is not safe
(the binding miscounts references). So the module remembers which icon is which by its cache key,
and `refresh` gives every action, button and tab a new one when the palette has changed.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QPoint, QRectF, Qt
from PySide6.QtGui import (
    QAction,
    QColor,
    QGuiApplication,
    QIcon,
    QImage,
    QPainter,
    QPalette,
    QPixmap,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QApplication, QTabBar

from inspector_app.domain.paths import RESOURCES

FOLDER = RESOURCES / "icons"

# Device pixels: 16, 20 and 24 logical ones at 100, 125, 150 and 200 %.
_SIZES = (16, 20, 24, 30, 40, 48)
_MODES = {
    QIcon.Mode.Normal: (QPalette.ColorGroup.Active, QPalette.ColorRole.WindowText),
    QIcon.Mode.Selected: (QPalette.ColorGroup.Active, QPalette.ColorRole.HighlightedText),
    QIcon.Mode.Disabled: (QPalette.ColorGroup.Disabled, QPalette.ColorRole.WindowText),
}

_Key = tuple[str, int | None]  # name and fixed colour (rgba), if any
_icons: dict[tuple[_Key, tuple[int, ...]], QIcon] = {}
_keys: dict[int, _Key] = {}  # QIcon.cacheKey() -> what it shows


def icon(name: str, color: QColor | None = None) -> QIcon:
    """Returns the icon of `resources/icons/NAME.svg`.

    Models call it each time they are asked for a decoration; actions, buttons and tabs keep what
    they got and are updated by `refresh`.

    Args:
        name: File name without suffix.
        color: Fixed colour (a verdict's, say); None follows the palette's text colour.

    Raises:
        FileNotFoundError: There is no such icon; a slip in the program, not of the user's.
    """
    return _made((name, color.rgba() if color is not None else None))


def refresh() -> None:
    """Redraws the icons of all actions, buttons and tabs; call it after the palette changed."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        return
    for widget in app.allWidgets():
        for action in widget.actions():
            _renew(action)
        if isinstance(widget, QAbstractButton):
            _renew(widget)
        elif isinstance(widget, QTabBar):
            for index in range(widget.count()):
                key = _keys.get(widget.tabIcon(index).cacheKey())
                if key is not None:
                    widget.setTabIcon(index, _made(key))
        elif widget.isVisible():
            widget.update()


def pixmap(name: str, size: int, color: QColor, ratio: float = 1.0) -> QPixmap:
    """Returns the icon as a square pixmap of `size` logical pixels in one colour."""
    result = QPixmap.fromImage(_tinted(_mask(name, round(size * ratio)), color))
    result.setDevicePixelRatio(ratio)
    return result


def sheet(names: list[str], size: int, color: QColor, background: QColor) -> QImage:
    """Returns the given icons side by side, for help pages and for looking at the set."""
    gap = size // 2
    image = QImage((size + gap) * len(names) + gap, size + 2 * gap, QImage.Format.Format_RGB32)
    image.fill(background)
    painter = QPainter(image)
    for index, name in enumerate(names):
        at = QPoint(gap + index * (size + gap), gap)
        painter.drawImage(at, _tinted(_mask(name, size), color))
    painter.end()
    return image


def _made(key: _Key) -> QIcon:
    palette = QGuiApplication.palette()
    colors = tuple(palette.color(group, role).rgba() for group, role in _MODES.values())
    found = _icons.get((key, colors))
    if found is not None:
        return found
    name, fixed = key
    result = QIcon()
    for size in _SIZES:
        mask = _mask(name, size)
        for mode, rgba in zip(_MODES, colors, strict=True):
            if fixed is not None and mode == QIcon.Mode.Normal:
                rgba = fixed
            result.addPixmap(QPixmap.fromImage(_tinted(mask, QColor.fromRgba(rgba))), mode)
    _icons[key, colors] = result
    _keys[result.cacheKey()] = key
    return result


def _renew(holder: QAction | QAbstractButton) -> None:
    key = _keys.get(holder.icon().cacheKey())
    if key is not None:
        holder.setIcon(_made(key))


@cache
def _source(name: str) -> bytes:
    return (FOLDER / f"{name}.svg").read_bytes()


# Images, not pixmaps: this cache may outlive the application object.
@cache
def _mask(name: str, side: int) -> QImage:
    drawing = QSvgRenderer(QByteArray(_source(name)))
    image = QImage(max(1, side), max(1, side), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    drawing.render(painter, QRectF(image.rect()))
    painter.end()
    return image


def _tinted(mask: QImage, color: QColor) -> QImage:
    # The drawing is only a mask; colouring it afterwards handles translucent palette colours too.
    image = mask.copy()
    painter = QPainter(image)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(image.rect(), color)
    painter.end()
    return image
