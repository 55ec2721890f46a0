"""The viewer: zoom, preview and full picture, drawing and editing by mouse and keys, comparing."""

from __future__ import annotations

import gc
import weakref

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QDragEnterEvent,
    QDropEvent,
    QImage,
    QMouseEvent,
    QPainter,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from inspector_app.domain.findings import Author, AuthorKind, Finding, FindingState
from inspector_app.domain.geometry import Box
from inspector_app.domain.heat import HeatMap
from inspector_app.ui.viewer import ImageViewer, Tool
from inspector_app.ui.viewer_picture import Pyramid

LEFT, NO = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
PLAIN = Qt.KeyboardModifier.NoModifier
WIDTH, HEIGHT = 400, 300


def picture(width=WIDTH, height=HEIGHT, color="gray") -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB888)
    image.fill(QColor(color))
    return image


def halves(width=WIDTH, height=HEIGHT) -> QImage:
    """Black left of the middle, white right of it."""
    image = picture(width, height, "white")
    painter = QPainter(image)
    painter.fillRect(0, 0, width // 2, height, QColor("black"))
    painter.end()
    return image


def finding(box=(0.25, 0.25, 0.5, 0.5), label="scratch", **kwargs) -> Finding:
    kwargs.setdefault("author", Author(AuthorKind.ENGINE, "anomaly"))
    return Finding("image", label, Box(*box), **kwargs)


@pytest.fixture
def viewer(qtbot) -> ImageViewer:
    view = ImageViewer()
    qtbot.addWidget(view)
    view.resize(602, 402)
    with qtbot.waitExposed(view):
        view.show()
    view.set_image(picture(), WIDTH, HEIGHT, keep_view=False)
    view.zoom_to(1.0)
    view.setFocus()
    return view


def at(view: ImageViewer, x: float, y: float) -> QPoint:
    """Where a point of the picture is in the viewport."""
    return view.view_point(QPointF(x, y)).toPoint()


def mouse(view: ImageViewer, kind: QEvent.Type, spot: QPoint, button=LEFT, held=LEFT) -> None:
    port = view.viewport()
    event = QMouseEvent(kind, QPointF(spot), QPointF(port.mapToGlobal(spot)), button, held, PLAIN)
    QApplication.sendEvent(port, event)


def drag(view: ImageViewer, start: QPoint, *path: QPoint, button=LEFT, drop=True) -> None:
    mouse(view, QEvent.Type.MouseButtonPress, start, button, button)
    for spot in path:
        mouse(view, QEvent.Type.MouseMove, spot, NO, button)
    if drop:
        mouse(view, QEvent.Type.MouseButtonRelease, path[-1], button, NO)


def wheel(view: ImageViewer, spot: QPoint, delta: int) -> None:
    event = QWheelEvent(
        QPointF(spot),
        QPointF(view.viewport().mapToGlobal(spot)),
        QPoint(),
        QPoint(0, delta),
        NO,
        PLAIN,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), event)


def heard(signal) -> list[tuple]:
    found: list[tuple] = []
    signal.connect(lambda *args: found.append(args))
    return found


def color_at(view: ImageViewer, x: float, y: float) -> QColor:
    return view.viewport().grab().toImage().pixelColor(at(view, x, y))


# -- view ----------------------------------------------------------------------------------


@pytest.mark.parametrize("delta", [120, -120, 15, -7, 960])
@pytest.mark.parametrize("spot", [(10, 10), (300, 200), (590, 30)])
def test_wheel_keeps_the_point_under_the_cursor(viewer, delta: int, spot) -> None:
    cursor = QPoint(*spot)
    before = viewer.scene_point(QPointF(cursor))
    zoom = viewer.zoom()
    wheel(viewer, cursor, delta)
    assert (viewer.zoom() > zoom) is (delta > 0)
    after = viewer.view_point(before)
    assert abs(after.x() - cursor.x()) <= 1
    assert abs(after.y() - cursor.y()) <= 1


def test_zoom_is_clamped_and_told(viewer) -> None:
    told = heard(viewer.zoom_changed)
    for _ in range(40):
        wheel(viewer, QPoint(100, 100), 960)
    assert viewer.zoom() == 64.0
    assert told[-1] == (64.0,)
    count = len(told)
    wheel(viewer, QPoint(100, 100), 960)
    assert len(told) == count
    for _ in range(60):
        wheel(viewer, QPoint(100, 100), -960)
    assert 0 < viewer.zoom() <= 0.05


def test_many_small_wheel_steps_make_one_large(viewer) -> None:
    for _ in range(32):
        wheel(viewer, QPoint(300, 200), 15)
    assert viewer.zoom() == pytest.approx(2.0)


def test_zoom_steps(viewer) -> None:
    viewer.actual_size()
    viewer.zoom_in()
    assert viewer.zoom() == 1.5
    viewer.zoom_out()
    viewer.zoom_out()
    assert viewer.zoom() == pytest.approx(2 / 3)
    viewer.actual_size()
    assert viewer.zoom() == 1.0


def test_fit_shows_everything_and_follows_the_window(viewer) -> None:
    viewer.fit()
    for size in ((602, 402), (900, 300)):
        viewer.resize(*size)
        port = viewer.viewport().rect()
        assert port.contains(at(viewer, 0, 0))
        assert port.contains(at(viewer, WIDTH, HEIGHT))
    assert viewer.is_fitted()
    viewer.pan_by(5, 0)
    assert not viewer.is_fitted()


def test_resize_keeps_the_middle(viewer) -> None:
    viewer.zoom_to(3.0)
    viewer.centre_on_point(QPointF(100, 80))
    viewer.resize(800, 500)
    middle = viewer.scene_point(QPointF(viewer.viewport().rect().center()))
    assert (middle.x(), middle.y()) == pytest.approx((100, 80), abs=1)


def test_full_picture_replaces_the_preview_without_moving(viewer) -> None:
    viewer.set_image(picture(200, 150, "red"), 4000, 3000, keep_view=False)
    viewer.zoom_to(0.9, QPointF(120, 77))
    before = viewer.viewportTransform()
    viewer.set_image(picture(4000, 3000, "blue"), 4000, 3000, keep_view=True)
    assert viewer.viewportTransform() == before
    assert viewer.viewport().grab().toImage().pixelColor(300, 200) == QColor("blue")


def test_fitted_view_stays_fitted_for_the_next_picture(viewer) -> None:
    viewer.fit()
    viewer.set_image(picture(1000, 200), 1000, 200, keep_view=True)
    assert viewer.viewport().rect().contains(at(viewer, 1000, 200))


def test_locked_view_keeps_zoom_and_place_for_another_size(viewer) -> None:
    viewer.zoom_to(4.0)
    viewer.centre_on_point(QPointF(100, 75))
    viewer.set_image(picture(800, 600), 800, 600, keep_view=True)
    middle = viewer.scene_point(QPointF(viewer.viewport().rect().center()))
    assert viewer.zoom() == 4.0
    assert (middle.x(), middle.y()) == pytest.approx((200, 150), abs=1)


def test_unlocked_view_fits_the_next_picture(viewer) -> None:
    viewer.zoom_to(4.0)
    viewer.set_image(picture(800, 600), 800, 600, keep_view=False)
    assert viewer.is_fitted()


def test_center_on_a_box(viewer) -> None:
    viewer.zoom_to(2.0)
    viewer.center_on(Box(0.7, 0.7, 0.8, 0.9))
    middle = viewer.scene_point(QPointF(viewer.viewport().rect().center()))
    assert (middle.x(), middle.y()) == pytest.approx((300, 240), abs=1)
    assert viewer.zoom() == 2.0
    viewer.center_on(Box(0, 0, 1, 1))
    assert viewer.viewport().rect().contains(at(viewer, 0, 0))


def test_empty_image_is_refused(viewer) -> None:
    with pytest.raises(ValueError, match="no pixels"):
        viewer.set_image(QImage(), 10, 10, keep_view=False)


@pytest.mark.parametrize("button", [Qt.MouseButton.MiddleButton, LEFT])
def test_middle_button_and_space_pan(viewer, qtbot, button) -> None:
    start = at(viewer, 200, 150)
    if button == LEFT:
        qtbot.keyPress(viewer, Qt.Key.Key_Space)
    drag(viewer, start, start + QPoint(30, -20), button=button)
    qtbot.keyRelease(viewer, Qt.Key.Key_Space)
    assert at(viewer, 200, 150) == start + QPoint(30, -20)


def test_pan_tool_and_bare_ground_pan(viewer) -> None:
    viewer.set_tool(Tool.PAN)
    start = at(viewer, 200, 150)
    drag(viewer, start, start + QPoint(9, 9))
    viewer.set_tool(Tool.SELECT)
    drag(viewer, start, start + QPoint(9, 9))
    assert at(viewer, 200, 150) == start + QPoint(18, 18)


def test_picture_cannot_be_lost(viewer) -> None:
    viewer.pan_by(100_000, 100_000)
    assert viewer.viewport().rect().contains(at(viewer, 20, 20))


# -- pixels --------------------------------------------------------------------------------


def test_nearest_above_200_percent_smooth_below(viewer) -> None:
    viewer.set_image(halves(4, 4), 4, 4, keep_view=False)
    for zoom, shades in ((16.0, False), (1.9, True)):
        viewer.zoom_to(zoom)
        viewer.centre_on_point(QPointF(2, 2))
        row = viewer.viewport().grab().toImage()
        y = at(viewer, 2, 2).y()
        found = {
            row.pixelColor(x, y).lightness()
            for x in range(at(viewer, 0.5, 2).x(), at(viewer, 3.5, 2).x())
        }
        assert bool(found - {0, 255}) is shades


def test_zoomed_out_picture_is_a_mean_not_a_sample(viewer) -> None:
    image = picture(2048, 2048, "black")
    painter = QPainter(image)
    for x in range(0, 2048, 2):
        painter.fillRect(x, 0, 1, 2048, QColor("white"))
    painter.end()
    viewer.set_image(image, 2048, 2048, keep_view=False)
    viewer.zoom_to(1 / 8)
    assert 110 < color_at(viewer, 1000, 1000).lightness() < 145


def test_pyramid_levels_are_fine_enough_and_made_once() -> None:
    pyramid = Pyramid(picture(2000, 1000), 2000, 1000)
    for zoom in (4.0, 1.0, 0.51, 0.5, 0.3, 0.25):
        level = pyramid.level(zoom)
        assert level.width() >= zoom * 2000 or level.width() == 2000
    assert pyramid.level(0.25).width() == 500
    assert pyramid.level(0.25).cacheKey() == pyramid.level(0.25).cacheKey()


def test_huge_picture_keeps_its_preview_for_small_zooms() -> None:
    full = QImage(9000, 8000, QImage.Format.Format_Grayscale8)
    full.fill(50)
    preview = picture(1000, 889, "red")
    pyramid = Pyramid(full, 9000, 8000, preview)
    assert pyramid.level(0.05).pixelColor(9, 9) == QColor("red")
    assert pyramid.level(0.2).pixelColor(9, 9) == QColor("red")
    assert pyramid.level(0.5).width() == 9000
    alone = Pyramid(full, 9000, 8000)
    assert 225 <= alone.level(0.05).width() < 2100
    assert alone.level(0.05).pixelColor(9, 9).red() == 50


def test_a_side_beyond_the_painter_s_range_is_drawn(viewer) -> None:
    image = QImage(40_000, 8, QImage.Format.Format_Grayscale8)
    image.fill(90)
    for x in range(39_000, 40_000):
        image.setPixelColor(x, 4, QColor("white"))
    viewer.set_image(image, 40_000, 8, keep_view=False)
    viewer.zoom_to(8.0)
    viewer.centre_on_point(QPointF(39_500, 4))
    assert color_at(viewer, 39_500.5, 4.5).red() == 255
    assert color_at(viewer, 39_500.5, 2.5).red() == 90


def test_pixel_under_the_mouse_is_told(viewer) -> None:
    told, left = heard(viewer.pixel_hovered), heard(viewer.pixel_left)
    viewer.set_image(picture(color="#010203"), WIDTH, HEIGHT, keep_view=True)
    mouse(viewer, QEvent.Type.MouseMove, at(viewer, 12.2, 7.2), NO, NO)
    assert told == [(12, 7, "1 2 3")]
    viewer.set_values(lambda x, y: f"{x + y} of 65535")
    mouse(viewer, QEvent.Type.MouseMove, at(viewer, 13.2, 7.2), NO, NO)
    assert told[-1] == (13, 7, "20 of 65535")
    mouse(viewer, QEvent.Type.MouseMove, at(viewer, -20, 7), NO, NO)
    assert left == [()]


def test_preview_tells_no_pixel_values(viewer) -> None:
    viewer.set_image(picture(200, 150), WIDTH, HEIGHT, keep_view=True)
    assert viewer.value_text(1, 1) == ""


# -- regions -------------------------------------------------------------------------------


def test_drawing_a_region_gives_its_box(viewer) -> None:
    told = heard(viewer.region_drawn)
    viewer.set_tool(Tool.REGION)
    drag(viewer, at(viewer, 40, 30), at(viewer, 100, 60), at(viewer, 200, 150))
    assert told == [(Box(0.1, 0.1, 0.5, 0.5),)]


def test_drawing_beyond_the_border_is_clamped(viewer) -> None:
    told = heard(viewer.region_drawn)
    viewer.set_tool(Tool.REGION)
    drag(viewer, at(viewer, 200, 150), at(viewer, -50, 900))
    assert told == [(Box(0.0, 0.5, 0.5, 1.0),)]


def test_a_click_or_escape_draws_nothing(viewer, qtbot) -> None:
    told = heard(viewer.region_drawn)
    viewer.set_tool(Tool.REGION)
    drag(viewer, at(viewer, 200, 150), at(viewer, 201, 151))
    drag(viewer, at(viewer, 50, 50), at(viewer, 200, 150), drop=False)
    qtbot.keyClick(viewer, Qt.Key.Key_Escape)
    mouse(viewer, QEvent.Type.MouseButtonRelease, at(viewer, 200, 150), LEFT, NO)
    assert told == []


def test_insert_draws_a_region_in_view_without_a_mouse(viewer, qtbot) -> None:
    told = heard(viewer.region_drawn)
    viewer.fit()
    qtbot.keyClick(viewer, Qt.Key.Key_Insert)
    ((box,),) = told
    assert (box.x1 + box.x2) / 2 == pytest.approx(0.5, abs=0.01)
    assert box.width == pytest.approx(0.25, abs=0.01)


def test_read_only_draws_and_moves_nothing(viewer, qtbot) -> None:
    one = finding()
    viewer.set_findings([one])
    viewer.set_selected(one.id)
    viewer.set_editable(False)
    told = heard(viewer.region_drawn), heard(viewer.finding_changed), heard(viewer.delete_requested)
    viewer.set_tool(Tool.REGION)
    drag(viewer, at(viewer, 40, 30), at(viewer, 200, 150))
    viewer.set_tool(Tool.SELECT)
    drag(viewer, at(viewer, 150, 110), at(viewer, 200, 150))
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Delete, Qt.Key.Key_Insert):
        qtbot.keyClick(viewer, key)
    assert told == ([], [], [])


# -- editing -------------------------------------------------------------------------------


def test_click_selects_and_ground_deselects(viewer) -> None:
    one = finding()
    viewer.set_findings([one])
    told = heard(viewer.finding_selected)
    drag(viewer, at(viewer, 150, 110), at(viewer, 150, 110))
    assert viewer.selected_id() == one.id
    drag(viewer, at(viewer, 390, 290), at(viewer, 390, 290))
    assert viewer.selected_id() is None
    assert told == [(one.id,), (None,)]


def test_click_inside_the_selected_box_reaches_a_smaller_one(viewer) -> None:
    large, small = finding((0.1, 0.1, 0.9, 0.9)), finding((0.4, 0.4, 0.6, 0.6))
    viewer.set_findings([large, small])
    viewer.set_selected(large.id)
    drag(viewer, at(viewer, 200, 150), at(viewer, 200, 150))
    assert viewer.selected_id() == small.id


def test_moving_tells_once_at_release_and_stays_inside(viewer) -> None:
    one = finding()
    viewer.set_findings([one])
    told = heard(viewer.finding_changed)
    drag(viewer, at(viewer, 150, 110), at(viewer, 160, 115), at(viewer, 190, 140), drop=False)
    assert told == []
    mouse(viewer, QEvent.Type.MouseButtonRelease, at(viewer, 190, 140), LEFT, NO)
    assert told == [(one.id, one.box, Box.from_pixels((140, 105, 240, 180), WIDTH, HEIGHT))]
    viewer.set_findings([one])
    drag(viewer, at(viewer, 150, 110), at(viewer, -500, 110))
    assert told[-1][2] == Box(0.0, 0.25, 0.25, 0.5)


def test_resizing_by_a_handle(viewer) -> None:
    one = finding()
    viewer.set_findings([one])
    viewer.set_selected(one.id)
    told = heard(viewer.finding_changed)
    drag(viewer, at(viewer, 200, 150), at(viewer, 240, 180))
    assert told == [(one.id, one.box, Box(0.25, 0.25, 0.6, 0.6))]
    viewer.set_findings([one])
    drag(viewer, at(viewer, 100, 112), at(viewer, 9999, 112))
    assert told[-1][2] == Box(199 / WIDTH, 0.25, 0.5, 0.5)


def test_unmoved_or_cancelled_drag_changes_nothing(viewer, qtbot) -> None:
    one = finding()
    viewer.set_findings([one])
    viewer.set_selected(one.id)
    told = heard(viewer.finding_changed)
    drag(viewer, at(viewer, 150, 110), at(viewer, 151, 110))
    drag(viewer, at(viewer, 150, 110), at(viewer, 250, 210), drop=False)
    qtbot.keyClick(viewer, Qt.Key.Key_Escape)
    mouse(viewer, QEvent.Type.MouseButtonRelease, at(viewer, 250, 210), LEFT, NO)
    assert told == []
    assert viewer.findings_layer.item(one.id).rect.left() == 100
    assert viewer.selected_id() == one.id


def test_findings_that_arrive_during_a_drag_end_it(viewer) -> None:
    one = finding()
    viewer.set_findings([one])
    told = heard(viewer.finding_changed)
    drag(viewer, at(viewer, 150, 110), at(viewer, 250, 210), drop=False)
    viewer.set_findings([])
    mouse(viewer, QEvent.Type.MouseButtonRelease, at(viewer, 250, 210), LEFT, NO)
    assert told == []


@pytest.mark.parametrize(
    ("key", "modifier", "pixels"),
    [
        (Qt.Key.Key_Right, PLAIN, (101, 75, 201, 150)),
        (Qt.Key.Key_Up, PLAIN, (100, 74, 200, 149)),
        (Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier, (100, 85, 200, 160)),
        (Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier, (100, 75, 201, 150)),
    ],
)
def test_arrows_move_the_selected_finding(viewer, qtbot, key, modifier, pixels) -> None:
    one = finding()
    viewer.set_findings([one])
    viewer.set_selected(one.id)
    told = heard(viewer.finding_changed)
    qtbot.keyClick(viewer, key, modifier)
    assert told == [(one.id, one.box, Box.from_pixels(pixels, WIDTH, HEIGHT))]


def test_held_arrow_is_one_change_told_when_it_comes_up(viewer, qtbot) -> None:
    one = finding()
    viewer.set_findings([one])
    viewer.set_selected(one.id)
    told = heard(viewer.finding_changed)
    for _ in range(5):
        qtbot.keyPress(viewer, Qt.Key.Key_Left)
    assert told == []
    qtbot.keyRelease(viewer, Qt.Key.Key_Left)
    assert [new for _, _, new in told] == [Box.from_pixels((95, 75, 195, 150), WIDTH, HEIGHT)]


def test_arrows_pan_when_nothing_is_selected(viewer, qtbot) -> None:
    before = at(viewer, 200, 150)
    qtbot.keyClick(viewer, Qt.Key.Key_Right)
    assert at(viewer, 200, 150) == before - QPoint(64, 0)


def test_delete_escape_and_tab(viewer, qtbot) -> None:
    one, two = finding(), finding((0.6, 0.6, 0.8, 0.8))
    viewer.set_findings([one, two])
    deleted, selected = heard(viewer.delete_requested), heard(viewer.finding_selected)
    qtbot.keyClick(viewer, Qt.Key.Key_Delete)
    assert deleted == []
    qtbot.keyClick(viewer, Qt.Key.Key_Tab)
    qtbot.keyClick(viewer, Qt.Key.Key_Tab)
    qtbot.keyClick(viewer, Qt.Key.Key_Delete)
    qtbot.keyClick(viewer, Qt.Key.Key_Backtab)
    qtbot.keyClick(viewer, Qt.Key.Key_Escape)
    assert deleted == [(two.id,)]
    assert selected == [(one.id,), (two.id,), (one.id,), (None,)]


@pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform has no size hints
def test_tab_leaves_the_picture_after_the_last_finding(qtbot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    view, field = ImageViewer(), QLineEdit()
    column = QVBoxLayout(window)
    column.addWidget(view)
    column.addWidget(field)
    with qtbot.waitActive(window):
        window.show()
    view.set_image(picture(), WIDTH, HEIGHT, keep_view=False)
    one = finding()
    view.set_findings([one])
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Tab)
    assert view.selected_id() == one.id
    qtbot.keyClick(view, Qt.Key.Key_Tab)
    assert view.selected_id() is None
    assert field.hasFocus()


def test_hidden_boxes_cannot_be_edited(viewer, qtbot) -> None:
    one = finding()
    viewer.set_findings([one])
    viewer.set_selected(one.id)
    viewer.set_boxes_visible(False)
    told = heard(viewer.finding_changed), heard(viewer.delete_requested)
    drag(viewer, at(viewer, 150, 110), at(viewer, 200, 150))
    qtbot.keyClick(viewer, Qt.Key.Key_Delete)
    assert told == ([], [])


def test_hover_is_told_and_forgotten(viewer) -> None:
    one = finding()
    viewer.set_findings([one])
    told = heard(viewer.finding_hovered)
    mouse(viewer, QEvent.Type.MouseMove, at(viewer, 150, 110), NO, NO)
    mouse(viewer, QEvent.Type.MouseMove, at(viewer, 151, 110), NO, NO)
    QApplication.sendEvent(viewer, QEvent(QEvent.Type.Leave))
    assert told == [(one.id,), (None,)]
    assert "anomaly" in viewer.findings_layer.tooltip(one.id)


def test_setters_tell_nothing(viewer) -> None:
    one = finding()
    told = heard(viewer.finding_selected), heard(viewer.finding_changed)
    viewer.set_findings([one])
    viewer.set_selected(one.id)
    viewer.set_selected(None)
    viewer.set_findings([])
    assert told == ([], [])


@pytest.mark.parametrize("zoom", [0.2, 1.0, 8.0])
def test_chips_do_not_overlap_at_any_zoom(viewer, zoom: float) -> None:
    found = [
        finding((x / 10, y / 10, x / 10 + 0.1, y / 10 + 0.1), score=0.5, state=state)
        for x in range(9)
        for y, state in enumerate(list(FindingState)[:4])
    ]
    viewer.set_findings(found)
    viewer.zoom_to(zoom)
    places = list(viewer.findings_layer.chip_places().values())
    assert places
    for index, place in enumerate(places):
        assert not any(place.intersects(other) for other in places[index + 1 :])


# -- heat and golden -----------------------------------------------------------------------


def test_heat_is_painted_where_it_is_hot_and_can_be_hidden(viewer) -> None:
    viewer.set_heat(HeatMap(2, 1, bytes([0, 255]), 0.0, 1.0), None)
    viewer.set_heat_opacity(1.0)
    plain = QColor("gray")
    assert color_at(viewer, 20, 150) == plain
    assert color_at(viewer, 380, 150) != plain
    viewer.set_heat_opacity(0.0)
    assert color_at(viewer, 380, 150) == plain
    viewer.set_heat_opacity(1.0)
    viewer.set_heat_visible(False)
    assert color_at(viewer, 380, 150) == plain


def test_limit_line_is_painted_at_the_limit(viewer) -> None:
    viewer.set_heat(HeatMap(2, 1, bytes([0, 255]), 0.0, 1.0), 0.5)
    viewer.set_heat_opacity(0.0)
    image = viewer.viewport().grab().toImage()
    spot = at(viewer, 200, 150)
    near = [image.pixelColor(spot.x() + dx, spot.y()).lightness() for dx in range(-3, 4)]
    assert max(near) > 200
    assert min(near) < 100


def test_blink_shows_golden_alone_while_b_is_held(viewer, qtbot) -> None:
    one = finding()
    viewer.set_findings([one])
    viewer.set_golden(picture(100, 75, "blue"))
    assert color_at(viewer, 300, 200) == QColor("gray")
    qtbot.keyPress(viewer, Qt.Key.Key_B)
    assert color_at(viewer, 300, 200) == QColor("blue")
    assert color_at(viewer, 100, 100) == QColor("blue")
    qtbot.keyRelease(viewer, Qt.Key.Key_B)
    assert color_at(viewer, 300, 200) == QColor("gray")


def test_blink_without_golden_changes_nothing(viewer) -> None:
    viewer.set_golden_blink(True)
    assert color_at(viewer, 300, 200) == QColor("gray")


def test_split_shows_golden_on_the_right_and_its_divider_moves(viewer) -> None:
    viewer.set_golden(picture(color="blue"))
    viewer.set_golden_split(0.5)
    assert color_at(viewer, 100, 200) == QColor("gray")
    assert color_at(viewer, 300, 200) == QColor("blue")
    told = heard(viewer.split_moved)
    drag(viewer, at(viewer, 200, 80), at(viewer, 100, 80))
    assert told[-1][0] == pytest.approx(0.25, abs=0.005)
    assert color_at(viewer, 150, 200) == QColor("blue")
    viewer.set_golden_split(None)
    assert color_at(viewer, 300, 200) == QColor("gray")


def test_divider_moves_by_keys(viewer, qtbot) -> None:
    viewer.set_golden(picture(color="blue"))
    viewer.set_golden_split(0.5)
    told = heard(viewer.split_moved)
    qtbot.keyClick(viewer, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert told[0][0] == pytest.approx(0.51)


# -- the rest ------------------------------------------------------------------------------


def mime(*paths: str) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(path) for path in paths])
    return data


def drop(view: ImageViewer, data: QMimeData) -> bool:
    action = Qt.DropAction.CopyAction
    enter = QDragEnterEvent(QPoint(50, 50), action, data, LEFT, PLAIN)
    QApplication.sendEvent(view.viewport(), enter)
    if not enter.isAccepted():
        return False
    event = QDropEvent(QPointF(50, 50), action, data, LEFT, PLAIN)
    QApplication.sendEvent(view.viewport(), event)
    return event.isAccepted()


def test_dropped_files_are_told(viewer) -> None:
    told = heard(viewer.files_dropped)
    assert drop(viewer, mime("/tmp/a.png", "/tmp/b.png"))
    assert told == [(["/tmp/a.png", "/tmp/b.png"],)]


def test_dropped_text_and_web_addresses_are_not_taken(viewer) -> None:
    told = heard(viewer.files_dropped)
    text, web = QMimeData(), QMimeData()
    text.setText("hello")
    web.setUrls([QUrl("https://example.org/a.png")])
    assert not drop(viewer, text)
    assert not drop(viewer, web)
    assert told == []


def test_context_menu_is_asked_for_with_the_finding(viewer) -> None:
    one = finding()
    viewer.set_findings([one])
    told = heard(viewer.context_requested)
    for spot in (at(viewer, 150, 110), at(viewer, 390, 290)):
        glob = viewer.viewport().mapToGlobal(spot)
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, spot, glob)
        QApplication.sendEvent(viewer.viewport(), event)
    assert [id_ for id_, _ in told] == [one.id, ""]


def test_clear_takes_all_away_and_shows_the_text(viewer) -> None:
    viewer.set_findings([finding()])
    viewer.set_golden(picture(color="blue"))
    viewer.clear("Cannot read 0147.png: the file ends early.")
    assert not viewer.has_image()
    assert viewer.image_size() == (0, 0)
    assert viewer.accessibleDescription() == "Cannot read 0147.png: the file ends early."
    empty = viewer.viewport().grab().toImage()
    viewer.clear()
    assert viewer.viewport().grab().toImage() != empty
    viewer.set_image(picture(), WIDTH, HEIGHT, keep_view=True)
    assert viewer.is_fitted()


def test_empty_viewer_survives_everything(qtbot) -> None:
    view = ImageViewer()
    qtbot.addWidget(view)
    view.show()
    wheel(view, QPoint(5, 5), 120)
    drag(view, QPoint(5, 5), QPoint(50, 50))
    for key in (Qt.Key.Key_Delete, Qt.Key.Key_Right, Qt.Key.Key_Escape, Qt.Key.Key_Insert):
        qtbot.keyClick(view, key)
    for do in (view.fit, view.actual_size, view.zoom_in, view.zoom_out):
        do()
    view.center_on(Box(0, 0, 1, 1))
    view.set_golden_split(0.5)
    assert not view.grab().isNull()


def test_screen_readers_hear_what_is_selected(viewer) -> None:
    one = finding(score=0.83)
    viewer.set_findings([one])
    assert viewer.accessibleName() == "Picture"
    assert "1 finding" in viewer.accessibleDescription()
    viewer.set_selected(one.id)
    assert "scratch" in viewer.accessibleDescription()


def test_nothing_is_left_when_the_viewer_goes(qtbot) -> None:
    view = ImageViewer()
    view.show()
    view.set_image(picture(), WIDTH, HEIGHT, keep_view=False)
    view.set_findings([finding()])
    assert not view.findChildren(QTimer)
    gone = weakref.ref(view)
    view.close()
    view.deleteLater()
    del view
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert gone() is None
