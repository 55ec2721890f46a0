from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageFont

from inspector_app.domain.geometry import Box
from inspector_app.domain.heat import MAX_SIDE, HeatMap
from inspector_app.imaging import draw
from inspector_app.imaging.chips import place_chip
from inspector_app.imaging.colormap import inferno
from inspector_app.imaging.draw import (
    OKABE_ITO,
    OverlayBox,
    draw_overlay,
    heat_from_array,
    label_color,
    text_color,
)

GREY = np.full((200, 300, 3), 128, np.uint8)
BOX = Box(0.4, 0.4, 0.7, 0.7)  # 120..210 x 80..140


def test_inferno():
    table = inferno()
    assert table.shape == (256, 3)
    assert table.dtype == np.uint8
    assert table[0].tolist() == [0, 0, 4]
    assert table[255].tolist() == [252, 255, 164]
    light = table.astype(float) @ [0.2126, 0.7152, 0.0722]
    assert (np.diff(light) > -0.5).all()  # rises all the way: grey print tells hot from cold
    with pytest.raises(ValueError, match="read-only"):
        table[0] = 0


def test_inferno_is_the_one_that_others_use():
    import cv2

    steps = np.arange(256, dtype=np.uint8).reshape(256, 1)
    theirs = cv2.applyColorMap(steps, cv2.COLORMAP_INFERNO)[:, 0, ::-1]
    assert np.array_equal(inferno(), theirs)


def test_label_color_is_stable():
    assert label_color("scratch") == label_color("scratch")
    assert {label_color(f"label {i}") for i in range(100)} == set(OKABE_ITO)
    assert label_color("scratch") == (240, 228, 66)  # a report of last year looks the same
    label_color("\ud83d")


def test_nothing_to_draw_gives_an_equal_copy():
    out = draw_overlay(GREY)
    assert np.array_equal(out, GREY)
    assert not np.shares_memory(out, GREY)
    assert out.flags.c_contiguous


def test_the_picture_given_is_not_touched():
    before = GREY.copy()
    draw_overlay(GREY, [OverlayBox("a", BOX)], HeatMap(1, 1, b"\xff", 0, 1), 1.0, 0.5)
    assert np.array_equal(GREY, before)


def test_box_has_colour_and_halo_and_leaves_its_inside_alone():
    color = (1, 200, 3)
    out = draw_overlay(GREY, [OverlayBox("", BOX, color)])
    for y in (80, 81, 138, 139):
        assert (out[y, 122:208] == color).all()
    assert (out[79, 122:208] == 20).all()
    assert (out[140, 122:208] == 20).all()
    assert (out[82, 122:208] == 20).all()
    assert (out[84:136, 126:204] == 128).all()
    assert (out[:70] == 128).all()


def test_dashed_has_gaps():
    color = (1, 200, 3)
    solid = draw_overlay(GREY, [OverlayBox("", BOX, color)])
    dashed = draw_overlay(GREY, [OverlayBox("", BOX, color, dashed=True)])

    def share(out: np.ndarray) -> float:
        return float((out[80, 120:210] == color).all(axis=1).mean())

    assert share(solid) == 1.0
    assert 0.4 < share(dashed) < 0.8


def test_lines_grow_with_the_picture():
    large = np.full((2400, 3200, 3), 128, np.uint8)
    out = draw_overlay(large, [OverlayBox("", Box(0.25, 0.25, 0.75, 0.75), (1, 200, 3))])
    column = (out[:, 1600] == (1, 200, 3)).all(axis=1)
    assert column.sum() == 8  # two lines of four


@pytest.mark.parametrize("box", [Box(0, 0, 1, 1), Box(0.5, 0.5, 0.5, 0.5), Box(1, 1, 1, 1)])
@pytest.mark.parametrize("shape", [(200, 300, 3), (1, 1, 3), (5, 400, 3), (300, 8, 3)])
def test_odd_boxes_and_pictures(box: Box, shape: tuple[int, int, int]):
    picture = np.full(shape, 128, np.uint8)
    boxes = [OverlayBox("a long label for a small place", box, dashed=d) for d in (True, False)]
    out = draw_overlay(picture, boxes, HeatMap(2, 2, bytes(4), 0, 0), 2.0, 0.5)
    assert out.shape == shape
    assert out.dtype == np.uint8


def test_label_is_written_outside_its_box():
    out = draw_overlay(GREY, [OverlayBox("scratch", BOX, (200, 200, 0), score=0.5)])
    inside = draw_overlay(GREY, [OverlayBox("", BOX, (200, 200, 0))])
    changed = (out != inside).any(axis=2)
    assert changed.any()
    assert not changed[80:140, 120:210].any()
    assert (out[changed] < 30).any()  # letters in it: colour is not alone


def test_line_breaks_do_not_make_the_label_higher():
    one = draw_overlay(GREY, [OverlayBox("a b", BOX, (1, 200, 3))])
    two = draw_overlay(GREY, [OverlayBox("a\n\n\tb", BOX, (1, 200, 3))])
    assert np.array_equal(one, two)


def test_labels_of_every_script(monkeypatch: pytest.MonkeyPatch):
    for label in ("vết xước", "傷", "😀", "\x00\x07", "\ud83d", " "):
        draw_overlay(GREY, [OverlayBox(label, BOX)])
    draw._font.cache_clear()
    monkeypatch.setattr(draw, "RESOURCES", draw.RESOURCES / "no such folder")
    assert isinstance(draw._font(14), ImageFont.FreeTypeFont | ImageFont.ImageFont)
    draw_overlay(GREY, [OverlayBox("vết xước", BOX)])
    draw._font.cache_clear()


@pytest.mark.parametrize("color", OKABE_ITO)
def test_text_on_every_colour_has_contrast(color: tuple[int, int, int]):
    def luminance(rgb: tuple[int, int, int]) -> float:
        part = [c / 3294.6 if c <= 10.31 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in rgb]
        return 0.2126 * part[0] + 0.7152 * part[1] + 0.0722 * part[2]

    high, low = sorted((luminance(color), luminance(text_color(color))), reverse=True)
    assert (high + 0.05) / (low + 0.05) >= 4.5


def apart(a: tuple[int, ...], b: tuple[int, ...]) -> bool:
    return a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


PICTURE = (400, 300)


@given(
    st.lists(
        st.tuples(
            st.integers(0, 400), st.integers(0, 300), st.integers(0, 200), st.integers(0, 200)
        ),
        max_size=12,
    )
)
def test_chips_never_lie_over_each_other_nor_outside(starts):
    taken = []
    for x, y, width, height in starts:
        box = (x, y, min(400, x + width), min(300, y + height))
        rect = place_chip(box, (60, 18), PICTURE, taken)
        assert (rect[2] - rect[0], rect[3] - rect[1]) == (60, 18)
        assert rect[0] >= 0
        assert rect[1] >= 0
        assert rect[2] <= 400
        assert rect[3] <= 300
        assert all(apart(rect, other) for other in taken)
        taken.append(rect)


def test_chip_is_inside_when_there_is_no_room_outside():
    assert place_chip((0, 0, 400, 300), (60, 18), PICTURE, []) == (0, 0, 60, 18)
    rect = place_chip((100, 100, 200, 200), (60, 18), PICTURE, [])
    assert rect == (100, 82, 160, 100)


def test_chip_larger_than_the_picture():
    assert place_chip((0, 0, 5, 5), (60, 18), (30, 10), []) == (0, 0, 60, 18)


# ---- heat ----------------------------------------------------------------------------------------


def test_heat_from_array():
    array = np.array([[0.0, 0.5, 1.0], [-5.0, 9.0, np.nan]], np.float32)
    heat = heat_from_array(array, 0.0, 1.0)
    assert (heat.width, heat.height, heat.low, heat.high) == (3, 2, 0.0, 1.0)
    assert list(heat.cells) == [0, 128, 255, 0, 255, 0]
    assert heat.value_at(0.99, 0.0) == 1.0


def test_large_heat_is_averaged_smaller():
    array = np.zeros((300, 2048), np.float32)
    array[:, 1024:] = 1.0
    heat = heat_from_array(array, 0.0, 1.0)
    assert (heat.width, heat.height) == (MAX_SIDE, 75)
    assert heat.value_at(0.1, 0.5) == 0.0
    assert heat.value_at(0.9, 0.5) == 1.0
    thin = heat_from_array(np.ones((1, 5000), np.float32), 0.0, 1.0)
    assert (thin.width, thin.height) == (MAX_SIDE, 1)


def test_flat_and_infinite_heat():
    assert set(heat_from_array(np.ones((2, 2), np.float32), 1.0, 1.0).cells) == {0}
    assert list(heat_from_array(np.array([[np.inf, -np.inf]], np.float32), 0, 1).cells) == [255, 0]


@pytest.mark.parametrize(
    ("array", "low", "high"),
    [
        (np.zeros((0, 3), np.float32), 0, 1),
        (np.zeros((2, 2, 3), np.float32), 0, 1),
        (np.zeros((2, 2), np.float32), 1, 0),
        (np.zeros((2, 2), np.float32), 0, float("nan")),
    ],
)
def test_impossible_heat(array: np.ndarray, low: float, high: float):
    with pytest.raises(ValueError, match="heat map"):
        heat_from_array(array, low, high)


def test_heat_shows_hot_and_leaves_cold():
    cells = np.zeros((20, 30), np.uint8)
    cells[:, 20:] = 255
    heat = HeatMap(30, 20, cells.tobytes(), 0.0, 10.0)
    out = draw_overlay(GREY, heat=heat, opacity=1.0)
    assert (out[:, :150] == 128).all()
    assert (out[:, 250:] == inferno()[255]).all()
    half = draw_overlay(GREY, heat=heat, opacity=0.5)
    assert np.abs(half[100, 280].astype(int) - (inferno()[255].astype(int) + 128) // 2).max() <= 1
    assert np.array_equal(draw_overlay(GREY, heat=heat, opacity=0.0), GREY)


def test_contour_lies_at_the_limit():
    ramp = np.tile(np.linspace(0, 255, 300).astype(np.uint8), (200, 1))
    heat = HeatMap(300, 200, ramp.tobytes(), 0.0, 10.0)
    plain = draw_overlay(GREY, heat=heat, opacity=0.5)
    out = draw_overlay(GREY, heat=heat, opacity=0.5, limit=5.0)
    columns = np.flatnonzero((out != plain).any(axis=(0, 2)))
    assert columns.min() >= 147
    assert columns.max() <= 153
    assert (out[100, 145:155] == 255).all(axis=1).sum() == 2
    assert (out[100, 145:155] == 0).all(axis=1).sum() == 2
    assert np.array_equal(draw_overlay(GREY, heat=heat, opacity=0.5, limit=99.0), plain)
