"""Light, dark or as the system: Fusion style, palette roles for all chrome, no style sheets."""

from __future__ import annotations

from typing import Literal
from weakref import WeakSet

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from inspector_app.ui import icons

Mode = Literal["system", "light", "dark"]

# The 4/8 px grid. Everything between widgets is one of these.
TINY = 4
SMALL = 8
MEDIUM = 16
LARGE = 24
ICON = 20
MINIMUM_WINDOW = (1280, 720)

_SCHEME = {
    "system": Qt.ColorScheme.Unknown,
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
}

_followed: WeakSet[QApplication] = WeakSet()


def apply(app: QApplication, mode: Mode) -> None:
    """Gives the application its style and colour scheme; may be called again at any time.

    Args:
        app: The application.
        mode: "system" follows the desktop, also when it changes later.

    Raises:
        KeyError: `mode` is none of the three.
    """
    scheme = _SCHEME[mode]
    if app.style().name().casefold() != "fusion":
        app.setStyle("Fusion")
    app.styleHints().setColorScheme(scheme)
    if scheme == Qt.ColorScheme.Unknown or app.styleHints().colorScheme() == scheme:
        app.setPalette(QPalette())
    else:
        # Platforms without a theme (offscreen, bare X11) ignore the wish: bring the palette along.
        app.setPalette(palette(dark=scheme == Qt.ColorScheme.Dark))
    icons.refresh()
    if app not in _followed:
        _followed.add(app)
        app.styleHints().colorSchemeChanged.connect(_follow)


def _follow(_scheme: Qt.ColorScheme) -> None:
    # The palette changes after the signal; the next turn of the event loop sees both.
    QTimer.singleShot(0, icons.refresh)


def is_dark() -> bool:
    """Returns whether the theme is dark now, whoever chose it."""
    colors = QGuiApplication.palette()
    return (
        colors.color(QPalette.ColorRole.WindowText).lightness()
        > colors.color(QPalette.ColorRole.Window).lightness()
    )


def palette(dark: bool) -> QPalette:
    """Returns Fusion's palette of either scheme, for platforms that do not bring one."""
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    window = QColor(50, 50, 50) if dark else QColor(239, 239, 239)
    text = QColor(240, 240, 240) if dark else QColor(0, 0, 0)
    base = QColor(36, 36, 36) if dark else QColor(255, 255, 255)
    faded = QColor(text)
    faded.setAlpha(150)
    colors = {
        role.Window: window,
        role.WindowText: text,
        role.Base: base,
        role.AlternateBase: base.lighter(125) if dark else QColor(246, 246, 246),
        role.Text: text,
        role.Button: window,
        role.ButtonText: text,
        role.BrightText: QColor(255, 255, 255),
        role.ToolTipBase: QColor(70, 70, 70) if dark else QColor(255, 255, 255),
        role.ToolTipText: text,
        role.PlaceholderText: faded,
        role.Light: window.lighter(150),
        role.Midlight: window.lighter(120) if dark else QColor(227, 227, 227),
        role.Mid: window.lighter(160) if dark else window.darker(130),
        role.Dark: window.darker(150),
        role.Shadow: window.darker(200),
        role.Highlight: QColor(31, 111, 168),
        role.HighlightedText: QColor(255, 255, 255),
        role.Accent: QColor(31, 111, 168),
        role.Link: QColor(110, 185, 240) if dark else QColor(0, 90, 158),
        role.LinkVisited: QColor(190, 150, 230) if dark else QColor(104, 33, 122),
    }
    result = QPalette()
    for key, color in colors.items():
        result.setColor(key, color)
    gray = QColor(130, 130, 130) if dark else QColor(150, 150, 150)
    for key in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        result.setColor(group.Disabled, key, gray)
    result.setColor(group.Disabled, role.Base, window)
    result.setColor(group.Disabled, role.Highlight, QColor(110, 110, 110))
    return result


def tabular(font: QFont | None = None) -> QFont:
    """Returns the font with figures of one width, so that columns of numbers line up.

    Args:
        font: Font to start from; the application's when None.
    """
    result = QFont(font if font is not None else QGuiApplication.font())
    result.setFeature(QFont.Tag("tnum"), 1)
    return result


def small(font: QFont | None = None) -> QFont:
    """Returns the font for secondary text, never below 8 points."""
    result = QFont(font if font is not None else QGuiApplication.font())
    if result.pointSizeF() > 0:
        result.setPointSizeF(max(8.0, result.pointSizeF() * 0.88))
    else:
        result.setPixelSize(max(11, round(result.pixelSize() * 0.88)))
    return result


def muted(colors: QPalette | None = None) -> QColor:
    """Returns the colour of secondary text: between text and window, still 4.5:1 on both."""
    source = colors if colors is not None else QGuiApplication.palette()
    text = source.color(QPalette.ColorRole.WindowText)
    back = source.color(QPalette.ColorRole.Window)
    return QColor(
        round(text.red() * 0.65 + back.red() * 0.35),
        round(text.green() * 0.65 + back.green() * 0.35),
        round(text.blue() * 0.65 + back.blue() * 0.35),
    )
