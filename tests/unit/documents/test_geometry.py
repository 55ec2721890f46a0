"""Places go from the page to the flat page and back; lines, sheets and faint print are told."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app.imaging.document_contrast import evened, is_faint
from inspector_app.imaging.document_crops import cut_line
from inspector_app.imaging.document_frame import cut_out, straightened, unfolded, whole
from inspector_app.imaging.document_paper import find_paper, holds, is_slanted
from inspector_app.imaging.document_skew import line_direction
from inspector_app.imaging.document_tiles import spans

POINTS = np.array([(0, 0), (520, 0), (520, 760), (0, 760), (123, 456)], np.float32)


@given(st.floats(-180, 180))
def test_straightening_and_back_is_where_it_was(degrees: float):
    frame = straightened(520, 760, degrees)
    flat = frame.to_flat(POINTS)
    assert np.allclose(frame.to_page(flat), POINTS, atol=0.01)
    assert flat.min() > -1 and flat[:, 0].max() < frame.width + 1
    along = frame.to_flat(
        np.array([(0, 0), (np.cos(np.radians(degrees)), np.sin(np.radians(degrees)))], np.float32)
    )
    assert np.allclose(along[1] - along[0], (1, 0), atol=1e-3)


@pytest.mark.parametrize(("degrees", "turns"), [(90, 1), (180, 2), (-90, 3), (0, 0)])
def test_quarter_turns_move_pixels_without_blending(degrees: float, turns: int):
    pixels = np.random.default_rng(0).integers(0, 255, (30, 20, 3), dtype=np.uint8)
    frame = straightened(20, 30, degrees)
    assert np.array_equal(frame.laid_flat(pixels), np.rot90(pixels, turns))


def test_frames_follow_one_another():
    corners = np.array([(60, 40), (400, 60), (440, 700), (30, 650)], np.float32)
    first = unfolded(corners)
    both = first.then(straightened(first.width, first.height, 7))
    assert np.allclose(both.to_page(both.to_flat(POINTS)), POINTS, atol=0.05)
    flat = first.to_flat(corners)
    assert np.allclose(
        flat, [(0, 0), (first.width, 0), (first.width, first.height), (0, first.height)], atol=0.01
    )
    cut = cut_out(100, 50, 300, 250)
    assert np.allclose(cut.to_flat(POINTS), POINTS - (100, 50))
    pixels = np.zeros((760, 520, 3), np.uint8)
    assert whole(520, 760).laid_flat(pixels) is pixels


@given(st.integers(1, 300), st.integers(4, 40), st.integers(1, 3))
def test_tiles_answer_for_every_pixel_once(length: int, tile: int, overlap: int):
    length, tile, overlap = length * 32, tile * 32, overlap * 32
    covered = np.zeros(length, int)
    for span in spans(length, tile, overlap):
        assert 0 <= span.start < span.stop <= length
        assert span.stop - span.start <= tile * 5 // 4
        assert span.kept.start - span.start == span.inner.start
        assert span.kept.stop - span.kept.start == span.inner.stop - span.inner.start
        assert span.start <= span.kept.start <= span.kept.stop <= span.stop
        covered[span.kept] += 1
    assert (covered == 1).all()


def lines_at(degrees: float, count: int = 12) -> np.ndarray:
    frame = straightened(500, 500, degrees)
    box = np.array([(0, 0), (200, 0), (200, 20), (0, 20)], np.float32)
    return np.stack([frame.to_page(box + np.array((50, 40 * n), np.float32)) for n in range(count)])


@pytest.mark.parametrize("degrees", [0, 1.5, -4, 12, -35, 60, 89.5, -80])
def test_direction_of_lines(degrees: float):
    lines = lines_at(degrees)
    odd = np.array([[(0, 0), (9, 9), (0, 18), (-9, 9)]], np.float32)  # letters tell no direction
    found = line_direction(np.concatenate([lines, *[odd] * 20]))
    assert abs((found - degrees + 90) % 180 - 90) < 0.2
    assert line_direction(odd) == 0
    assert line_direction(np.zeros((0, 4, 2), np.float32)) == 0


def photographed(corners: np.ndarray, ground: int = 70, paper: int = 230) -> np.ndarray:
    pixels = np.full((800, 600, 3), ground, np.uint8)
    noise = np.random.default_rng(1).normal(0, 6, pixels.shape)
    cv2.fillPoly(pixels, [corners.astype(np.int32)], (paper,) * 3)
    for y in range(150, 650, 40):
        cv2.putText(pixels, "TOTAL 12.50", (220, y), cv2.FONT_HERSHEY_SIMPLEX, 0.7, (20,) * 3, 2)
    return np.clip(pixels + noise, 0, 255).astype(np.uint8)


SHEET = np.array([(150, 60), (430, 70), (540, 750), (60, 730)], np.float32)


def test_a_clear_sheet_is_found():
    found = find_paper(photographed(SHEET))
    assert found is not None
    assert np.abs(found - SHEET).max() < 8
    assert is_slanted(found)
    assert holds(found, np.array([(300, 400)], np.float32), (600, 800))
    assert not holds(found, np.array([(300, 400), (10, 10)], np.float32), (600, 800))


def test_an_upright_sheet_needs_no_unfolding():
    upright = np.array([(100, 60), (500, 60), (500, 740), (100, 740)], np.float32)
    found = find_paper(photographed(upright))
    assert found is not None
    assert not is_slanted(found)


@pytest.mark.parametrize("case", ["no ground", "no step", "round", "too small"])
def test_what_is_not_clear_is_left(case: str):
    if case == "no ground":
        pixels = photographed(np.array([(0, 0), (600, 0), (600, 800), (0, 800)], np.float32))
    elif case == "no step":
        pixels = photographed(SHEET, ground=222)
    elif case == "round":
        pixels = np.full((800, 600, 3), 60, np.uint8)
        cv2.circle(pixels, (300, 400), 250, (230,) * 3, -1)
    else:
        pixels = photographed(SHEET * 0.2 + 200)
    assert find_paper(pixels) is None


def test_faint_print_is_told_and_evened():
    rng = np.random.default_rng(2)
    page = np.full((400, 300, 3), 225, np.uint8)
    page[100:110, 50:250] = 205
    page = np.clip(page + rng.normal(0, 1, page.shape), 0, 255).astype(np.uint8)
    assert is_faint(page)
    even = evened(page)
    before = int(page[300, 150, 0]) - int(page[105, 150, 0])
    assert int(np.median(even[290:310])) - int(np.median(even[103:107, 60:240])) > 3 * before
    assert even.shape == page.shape and even.dtype == np.uint8
    page[100:110, 50:250] = 20
    assert not is_faint(page)
    assert not is_faint(np.full((50, 50, 3), 200, np.uint8))  # nothing at all is not faint


def test_lines_are_cut_straight():
    pixels = np.full((200, 300, 3), 255, np.uint8)
    frame = straightened(300, 200, 20)
    corners = np.array([(90, 80), (210, 80), (210, 110), (90, 110)], np.float32)
    on_page = frame.to_page(corners)
    cv2.fillPoly(pixels, [on_page.astype(np.int32)], (0, 0, 0))
    cut = cut_line(pixels, on_page)
    assert cut.shape == (30, 120, 3)
    assert cut[3:-3, 3:-3].max() == 0
    beside = cut_line(pixels, on_page + 1000)
    assert beside.shape == (30, 120, 3)
    assert beside.min() == 255
    large = cut_line(np.zeros((3000, 3000, 3), np.uint8), corners * 12)
    assert large.shape == (96, 384, 3)
