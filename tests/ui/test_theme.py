"""Theme, colours and icons: readable in both themes, and following the palette."""

from __future__ import annotations

from hashlib import sha1

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFont, QIcon, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QMainWindow, QTabBar, QToolButton

from inspector_app.domain.verdicts import Verdict
from inspector_app.imaging import draw
from inspector_app.ui import colors, icons, theme

# The program's own coloured icon lies there too; the rest are lines.
NAMES = sorted(
    path.stem for path in icons.FOLDER.glob("*.svg") if b"currentColor" in path.read_bytes()
)


@pytest.fixture
def app(qapp: QApplication):
    before = QPalette(qapp.palette())
    yield qapp
    qapp.setPalette(before)


def ink(image, near: QColor) -> int:
    """How many pixels are close to a colour."""
    count = 0
    for y in range(image.height()):
        for x in range(image.width()):
            p = image.pixelColor(x, y)
            if p.alpha() > 200 and abs(p.lightness() - near.lightness()) < 12:
                count += 1
    return count


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("verdict", list(Verdict))
def test_verdict_text_reads_on_window_and_base(verdict: Verdict, dark: bool) -> None:
    palette = theme.palette(dark)
    for role in (
        QPalette.ColorRole.Window,
        QPalette.ColorRole.Base,
        QPalette.ColorRole.AlternateBase,
    ):
        text = colors.verdict_text_color(verdict, dark)
        assert colors.contrast(text, palette.color(role)) >= 4.5


def test_contrast_knows_the_ends() -> None:
    assert colors.contrast(QColor("#fff"), QColor("#000")) == pytest.approx(21.0)
    assert colors.contrast(QColor("#777"), QColor("#777")) == pytest.approx(1.0)


@pytest.mark.parametrize("color", colors.OKABE_ITO)
def test_text_on_a_label_chip_reads(color: str) -> None:
    chip = QColor(color)
    assert colors.contrast(colors.text_on(chip), chip) >= 4.5


@pytest.mark.parametrize("label", ["scratch", "anomaly", "vết xước", ""])
def test_label_color_is_the_shared_mapping(label: str) -> None:
    order = ["#e69f00", "#56b4e9", "#009e73", "#f0e442", "#0072b2", "#d55e00", "#cc79a7"]
    assert colors.label_color(label).name() == order[sha1(label.encode()).digest()[0] % 7]


@pytest.mark.parametrize("label", ["scratch", "vết xước", "", "half \ud83d"])
def test_window_and_exports_colour_a_label_alike(label: str) -> None:
    assert colors.label_color(label).getRgb()[:3] == draw.label_color(label)


def test_signs_differ() -> None:
    assert len({colors.verdict_sign(v) for v in Verdict}) == 3


@pytest.mark.parametrize(("mode", "dark"), [("light", False), ("dark", True)])
def test_apply_makes_the_palette_light_or_dark(app: QApplication, mode, dark: bool) -> None:
    theme.apply(app, mode)
    assert app.style().name() == "fusion"
    assert theme.is_dark() is dark


def test_system_takes_the_forced_palette_away_again(app: QApplication) -> None:
    theme.apply(app, "dark")
    theme.apply(app, "system")
    expected = app.style().standardPalette().color(QPalette.ColorRole.Window)
    assert app.palette().color(QPalette.ColorRole.Window) == expected


def test_unknown_mode_is_refused(app: QApplication) -> None:
    with pytest.raises(KeyError):
        theme.apply(app, "sepia")  # type: ignore[arg-type]


@pytest.mark.parametrize("dark", [False, True])
def test_muted_text_still_reads(dark: bool) -> None:
    palette = theme.palette(dark)
    color = theme.muted(palette)
    assert colors.contrast(color, palette.color(QPalette.ColorRole.Window)) >= 4.5
    assert colors.contrast(color, palette.color(QPalette.ColorRole.Base)) >= 4.5


def test_tabular_keeps_the_font_and_asks_for_tnum(app: QApplication) -> None:
    font = QFont("DejaVu Sans", 13)
    result = theme.tabular(font)
    assert result.pointSize() == 13
    assert result.isFeatureSet(QFont.Tag("tnum"))
    assert not font.isFeatureSet(QFont.Tag("tnum"))


def test_the_set_is_whole() -> None:
    needed = (
        "open folder save export run-this run-all stop select region pan heat boxes golden fit "
        "actual-size zoom-in zoom-out accept review reject undo redo settings help inspect "
        "models documents lots limits improve send copy retry delete edit filter sort lock "
        "warning info close search next previous chat findings camera image"
    )
    assert set(needed.split()) <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_icon_draws_lines_not_blocks(app: QApplication, name: str) -> None:
    theme.apply(app, "light")
    image = icons.icon(name).pixmap(QSize(40, 40), 1.0).toImage()
    drawn = sum(image.pixelColor(x, y).alpha() > 127 for x in range(40) for y in range(40))
    assert 40 < drawn < 800


def test_unknown_icon_is_told_at_once() -> None:
    with pytest.raises(FileNotFoundError):
        icons.icon("no-such-icon")


def test_icons_follow_the_theme_where_they_are_held(app: QApplication, qtbot) -> None:
    theme.apply(app, "light")
    window = QMainWindow()
    qtbot.addWidget(window)
    action = window.addToolBar("").addAction(icons.icon("save"), "save")
    button = QToolButton(window)
    button.setIcon(icons.icon("stop"))
    foreign = QToolButton(window)
    foreign.setIcon(QIcon(QPixmap(8, 8)))
    key = foreign.icon().cacheKey()
    tabs = QTabBar(window)
    tabs.addTab(icons.icon("chat"), "chat")
    assert ink(action.icon().pixmap(40, 40).toImage(), QColor("black")) > 40
    theme.apply(app, "dark")
    for held in (action.icon(), button.icon(), tabs.tabIcon(0)):
        image = held.pixmap(40, 40).toImage()
        assert ink(image, QColor("black")) == 0
        assert ink(image, QColor(240, 240, 240)) > 40
    assert foreign.icon().cacheKey() == key


def test_same_icon_is_drawn_once(app: QApplication) -> None:
    assert icons.icon("save").cacheKey() == icons.icon("save").cacheKey()
    assert icons.icon("save").cacheKey() != icons.icon("save", QColor("red")).cacheKey()


def test_disabled_icon_is_paler(app: QApplication) -> None:
    theme.apply(app, "light")
    image = icons.icon("stop").pixmap(40, 40, QIcon.Mode.Disabled).toImage()
    assert ink(image, QColor(150, 150, 150)) > 40
    assert ink(image, QColor("black")) == 0


def test_icon_in_a_fixed_color(app: QApplication) -> None:
    theme.apply(app, "dark")
    image = icons.icon("accept", QColor("#009E73")).pixmap(40, 40).toImage()
    assert any(image.pixelColor(x, y).name() == "#009e73" for x in range(40) for y in range(40))


def test_icon_is_sharp_on_a_dense_screen(app: QApplication) -> None:
    pixmap = icons.icon("fit").pixmap(QSize(20, 20), 2.0)
    assert pixmap.width() == 40
    assert pixmap.devicePixelRatio() == 2.0
    assert icons.pixmap("fit", 64, QColor("red"), 2.0).width() == 128


def test_sheet_shows_all(app: QApplication) -> None:
    image = icons.sheet(["save", "stop"], 20, QColor("black"), QColor("white"))
    assert (image.width(), image.height()) == (70, 40)
    assert ink(image.copy(0, 0, 35, 40), QColor("black")) > 10
    assert ink(image.copy(35, 0, 35, 40), QColor("black")) > 10
