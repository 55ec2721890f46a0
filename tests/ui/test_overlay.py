"""Overlay parts without a window: chips, handles, contour, heat colours, findings in words."""

from __future__ import annotations

import gc
import itertools
import weakref

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from PySide6.QtWidgets import QGraphicsScene

from inspector_app.domain.findings import Author, AuthorKind, Finding, FindingState
from inspector_app.domain.geometry import Box
from inspector_app.domain.heat import HeatMap
from inspector_app.ui import colors
from inspector_app.ui.heat_layer import alpha_table, heat_image, inferno, limit_cell
from inspector_app.ui.overlay import FindingItem
from inspector_app.ui.overlay_chips import ChipWish, place_chips
from inspector_app.ui.overlay_contour import contour
from inspector_app.ui.overlay_edit import (
    Handle,
    handle_at,
    handle_points,
    reshaped,
    to_box,
    to_rect,
)
from inspector_app.ui.overlay_layer import FindingsLayer, chip_text, describe
from inspector_app.ui.region_tools import drawn_rect, is_region

ENGINE = Author(AuthorKind.ENGINE, "anomaly")
WHOLE = QRectF(0, 0, 100, 100)
PERSON = Author(AuthorKind.PERSON, "Lan")

numbers = st.integers(0, 600)
wishes = st.lists(
    st.builds(
        lambda x, y, w, h, cw: ChipWish((x, y, x + w, y + h), cw, 18.0),
        numbers,
        numbers,
        st.integers(1, 300),
        st.integers(1, 300),
        st.integers(20, 190),
    ),
    max_size=25,
)


def overlap(a, b) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


# -- chips ---------------------------------------------------------------------------------


@given(wishes)
def test_chips_never_cover_each_other_nor_leave_the_bounds(found: list[ChipWish]) -> None:
    bounds = (0.0, 0.0, 800.0, 600.0)
    places = place_chips(found, bounds)
    assert len(places) == len(found)
    real = [place for place in places if place is not None]
    for index, place in enumerate(real):
        assert bounds[0] <= place[0]
        assert bounds[1] <= place[1]
        assert place[2] <= bounds[2]
        assert place[3] <= bounds[3]
        assert not any(overlap(place, other) for other in real[index + 1 :])
    for wish, place in zip(found, places, strict=True):
        if place is not None:
            assert place[2] - place[0] == wish.width
            assert place[3] - place[1] == wish.height


def test_chip_goes_outside_when_there_is_room_and_inside_when_there_is_none() -> None:
    outside = place_chips([ChipWish((100, 100, 300, 200), 60, 18)], (0, 0, 800, 600))[0]
    assert outside is not None
    assert outside[3] <= 100
    whole = place_chips([ChipWish((0, 0, 800, 600), 60, 18)], (0, 0, 800, 600))[0]
    assert whole is not None
    assert whole[1] >= 0
    assert whole[3] <= 600


def test_chip_avoids_another_box() -> None:
    first = ChipWish((100, 100, 200, 200), 60, 18)
    above = ChipWish((100, 60, 200, 97), 60, 18)
    place = place_chips([first, above], (0, 0, 800, 600))[0]
    assert place is not None
    assert not overlap(place, above.box)


def test_no_room_no_chip() -> None:
    assert place_chips([ChipWish((0, 0, 30, 10), 60, 18)], (0, 0, 30, 10)) == [None]


# -- handles -------------------------------------------------------------------------------


@pytest.mark.parametrize("handle", [h for h in Handle if h is not Handle.BODY])
@pytest.mark.parametrize("side", [2.0, 20.0, 200.0])
def test_every_handle_can_be_grabbed_and_the_middle_moves(handle: Handle, side: float) -> None:
    rect = QRectF(50, 50, side, side)
    assert handle_at(rect, handle_points(rect)[handle]) is handle
    if side >= 20:
        assert handle_at(rect, rect.center()) is Handle.BODY
    assert handle_at(rect, QPointF(500, 500)) is None


@pytest.mark.parametrize(
    ("handle", "dx", "dy", "expected"),
    [
        (Handle.BODY, 5, -3, (15, 7, 20, 20)),
        (Handle.BODY, -50, 500, (0, 80, 20, 20)),
        (Handle.SE, 5, 6, (10, 10, 25, 26)),
        (Handle.SE, 500, 500, (10, 10, 90, 90)),
        (Handle.NW, -500, -500, (0, 0, 30, 30)),
        (Handle.NW, 500, 500, (29, 29, 1, 1)),
        (Handle.E, -500, 7, (10, 10, 1, 20)),
        (Handle.N, 9, 4.4, (10, 14, 20, 16)),
    ],
)
def test_reshaped(handle: Handle, dx: float, dy: float, expected: tuple[int, ...]) -> None:
    rect = reshaped(QRectF(10, 10, 20, 20), handle, dx, dy, 100, 100)
    assert (rect.x(), rect.y(), rect.width(), rect.height()) == expected


@given(
    st.sampled_from(list(Handle)),
    st.floats(-2000, 2000),
    st.floats(-2000, 2000),
    st.floats(0, 99),
    st.floats(0, 99),
)
def test_reshaped_stays_in_the_picture(handle, dx, dy, x, y) -> None:
    before = QRectF(QPointF(x, y), QPointF(min(100.0, x + 30), min(100.0, y + 1.5)))
    after = reshaped(before, handle, dx, dy, 100, 100)
    box = to_box(after, 100, 100)
    assert after.left() >= -1e-9
    assert after.right() <= 100 + 1e-9
    assert after.top() >= -1e-9
    assert after.bottom() <= 100 + 1e-9
    assert box.width > 0
    assert box.height > 0


def test_box_and_rect_agree() -> None:
    box = Box(0.1, 0.2, 0.5, 0.75)
    back = to_box(to_rect(box, 640, 480), 640, 480)
    assert (back.x1, back.y1, back.x2, back.y2) == pytest.approx((0.1, 0.2, 0.5, 0.75))


def test_drawn_rect_is_whole_pixels_inside() -> None:
    assert drawn_rect(QPointF(30.4, 8.6), QPointF(-20, 300), 100, 50) == QRectF(0, 9, 30, 41)
    assert not is_region(QRectF(5, 5, 0, 0), 1.0)
    assert not is_region(QRectF(5, 5, 2, 2), 1.0)
    assert is_region(QRectF(5, 5, 2, 2), 8.0)


# -- contour -------------------------------------------------------------------------------


def test_contour_around_one_cell_is_a_closed_diamond() -> None:
    cells = bytearray(25)
    cells[12] = 200
    lines = contour(bytes(cells), 5, 5, 100)
    assert len(lines) == 1
    assert lines[0][0] == lines[0][-1]
    assert set(lines[0]) == {(2.5, 2.0), (2.0, 2.5), (2.5, 3.0), (3.0, 2.5)}


def test_contour_interpolates_between_cells() -> None:
    (line,) = contour(bytes([0, 0, 200, 200] * 3), 4, 3, 50)
    assert {round(x, 6) for x, _ in line} == {1.75}
    assert min(y for _, y in line) == 0.0
    assert max(y for _, y in line) == 3.0


@pytest.mark.parametrize("level", [-1.0, 255.0, 300.0])
def test_contour_of_a_level_that_is_never_crossed(level: float) -> None:
    assert contour(bytes([10, 200, 30, 40]), 2, 2, level) == []


def test_contour_of_nothing() -> None:
    assert contour(b"", 0, 0, 5) == []


@given(st.integers(1, 9), st.integers(1, 9), st.data())
def test_contour_lines_are_closed_or_end_on_the_border(width: int, height: int, data) -> None:
    cells = data.draw(st.binary(min_size=width * height, max_size=width * height))
    level = data.draw(st.integers(0, 254)) + 0.5
    for line in contour(cells, width, height, level):
        assert len(line) >= 2
        assert all(0 <= x <= width and 0 <= y <= height for x, y in line)
        if line[0] != line[-1]:
            for x, y in (line[0], line[-1]):
                assert x in (0, width) or y in (0, height)


# -- heat ----------------------------------------------------------------------------------


def ramp() -> HeatMap:
    return HeatMap(256, 1, bytes(range(256)), 0.0, 1.0)


def test_inferno_runs_from_black_to_bright() -> None:
    table = inferno()
    assert len(table) == 256
    assert sum(table[0]) < 10
    brightness = [0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in table]
    assert all(b >= a - 1 for a, b in itertools.pairwise(brightness))


@pytest.mark.parametrize("limit", [None, 0.2, 0.5, 0.99, 3.0, -1.0])
def test_alpha_grows_and_low_values_show_the_part(limit: float | None) -> None:
    alphas = alpha_table(ramp(), limit)
    assert alphas[0] == 0
    assert alphas == sorted(alphas)
    assert max(alphas) <= 255
    assert alphas[-1] > 0


def test_a_map_all_below_its_limit_stays_faint() -> None:
    assert max(alpha_table(ramp(), 2.0)) < 60
    assert max(alpha_table(ramp(), 0.5)) == 255


def test_heat_image_has_the_colors_and_alpha_of_the_values() -> None:
    image = heat_image(ramp(), None)
    assert image.format() is QImage.Format.Format_Indexed8
    left, right = image.pixelColor(0, 0), image.pixelColor(image.width() - 1, 0)
    assert left.alpha() == 0
    assert right.alpha() == 255
    assert (right.red(), right.green(), right.blue()) == inferno()[255]


def test_heat_of_odd_width_is_not_sheared() -> None:
    cells = bytes([0, 0, 0, 0, 255, 0, 0, 0, 0, 0, 0, 0, 255, 0, 0])  # 3 wide, 5 high
    image = heat_image(HeatMap(3, 5, cells, 0, 1), None)
    factor = image.width() // 3
    half = factor // 2
    assert image.pixelIndex(factor + half, factor + half) > 200
    assert image.pixelIndex(half, 4 * factor + half) > 200
    assert image.pixelIndex(2 * factor + half, half) < 20


def test_limit_cell() -> None:
    heat = HeatMap(1, 1, b"\x00", 1.0, 3.0)
    assert limit_cell(heat, 2.0) == pytest.approx(127.5)
    assert limit_cell(heat, None) is None
    assert limit_cell(HeatMap(1, 1, b"\x00", 1.0, 1.0), 1.0) is None


# -- findings ------------------------------------------------------------------------------


def finding(label="scratch", box=(0.2, 0.2, 0.8, 0.8), **kwargs) -> Finding:
    kwargs.setdefault("author", ENGINE)
    return Finding("image", label, Box(*box) if box else None, **kwargs)


def drawn(item_of: Finding, selected=False, back="white", hovered=False) -> QImage:
    scene = QGraphicsScene(0, 0, 100, 100)
    assert item_of.box is not None
    item = FindingItem(item_of, to_rect(item_of.box, 100, 100), 1.0)
    item.set_marks(selected, hovered)
    scene.addItem(item)
    image = QImage(100, 100, QImage.Format.Format_RGB32)
    image.fill(QColor(back))
    painter = QPainter(image)
    scene.render(painter)
    painter.end()
    return image


def count(image: QImage, color: QColor, area: QRectF = WHOLE) -> int:
    return sum(
        image.pixelColor(x, y) == color
        for x in range(int(area.left()), int(area.right()))
        for y in range(int(area.top()), int(area.bottom()))
    )


@pytest.mark.parametrize("back", ["white", "black"])
def test_line_is_two_pixels_with_a_dark_halo(qapp, back: str) -> None:
    image = drawn(finding(), back=back)
    line = colors.label_color("scratch")
    row = [image.pixelColor(x, 50) for x in range(16, 26)]
    assert row.count(line) == 2
    first = row.index(line)
    assert row[first - 1].lightness() < 100
    assert row[first + 2].lightness() < 100
    assert row[0] == QColor(back)


def test_a_person_s_box_is_dashed(qapp) -> None:
    line = colors.label_color("scratch")
    top = QRectF(18, 17, 64, 6)
    solid, dashed = drawn(finding()), drawn(finding(author=PERSON))
    assert count(dashed, line, top) < 0.8 * count(solid, line, top)
    assert count(dashed, line, top) > 0.4 * count(solid, line, top)


def test_rejected_is_faded_and_struck(qapp) -> None:
    image = drawn(finding(state=FindingState.REJECTED))
    assert count(image, colors.label_color("scratch")) == 0
    assert image.pixelColor(50, 50) != QColor("white")
    assert drawn(finding()).pixelColor(50, 50) == QColor("white")


def test_selection_has_eight_handles(qapp) -> None:
    image = drawn(finding(), selected=True, back="black")
    for x in (20, 50, 80):
        for y in (20, 50, 80):
            white = image.pixelColor(x - 1, y - 1) == QColor("white")
            assert white is ((x, y) != (50, 50))


def test_hovered_box_is_lit(qapp) -> None:
    assert drawn(finding(), hovered=True).pixelColor(50, 50) != QColor("white")


@pytest.mark.parametrize(
    ("state", "text"),
    [
        (FindingState.PROPOSED, "scratch 0.83"),
        (FindingState.ACCEPTED, "✓ scratch 0.83"),
        (FindingState.REJECTED, "✕ scratch 0.83"),
        (FindingState.UNSURE, "? scratch 0.83"),
    ],
)
def test_chip_text_shows_the_state(qapp, state: FindingState, text: str) -> None:
    assert chip_text(finding(score=0.83, state=state)) == text


def test_description_says_score_author_and_size_and_is_no_html(qapp) -> None:
    bad = finding("<b>x</b>", score=0.5, note="a & b")
    text = describe(bad, 200, 100)
    assert text == "<b>x</b>, Score 0.50, Found by anomaly, 120 × 60 px, a & b"
    rich = describe(bad, 200, 100, rich=True)
    assert "&lt;b&gt;x&lt;/b&gt;" in rich
    assert "a &amp; b" in rich
    assert "Drawn by Lan" in describe(finding(author=PERSON), 200, 100)


def layer_of(*found: Finding) -> tuple[QGraphicsScene, FindingsLayer]:
    scene = QGraphicsScene()
    layer = FindingsLayer(scene, QFont())
    layer.set_size(100, 100)
    layer.set_findings(found)
    return scene, layer


def test_layer_shows_boxes_only_and_no_replaced_ones(qapp) -> None:
    whole, old, real = finding(box=None), finding(state=FindingState.EDITED), finding()
    _scene, layer = layer_of(whole, old, real)
    assert layer.ids() == [real.id]


def test_smallest_box_wins(qapp) -> None:
    large, small_ = finding(), finding(box=(0.4, 0.4, 0.6, 0.6))
    _scene, layer = layer_of(small_, large)
    assert layer.at(QPointF(50, 50)) == small_.id
    assert layer.at(QPointF(30, 30)) == large.id
    assert layer.at(QPointF(5, 95)) is None
    layer.set_visible(False)
    assert layer.at(QPointF(50, 50)) is None


def test_selection_follows_an_edit(qapp) -> None:
    first = finding()
    _scene, layer = layer_of(first)
    layer.select(first.id)
    second = finding(box=(0, 0, 0.5, 0.5), supersedes=first.id, author=PERSON)
    layer.set_findings([second])
    assert layer.selected == second.id
    layer.set_findings([])
    assert layer.selected is None


def test_removed_items_are_deleted(qapp) -> None:
    scene, layer = layer_of(finding(), finding())
    before = len(scene.items())
    refs = [weakref.ref(layer.item(id_)) for id_ in layer.ids()]  # type: ignore[type-var]
    layer.set_findings([])
    gc.collect()
    assert all(ref() is None for ref in refs)
    assert len(scene.items()) == before - 2
