from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from inspector_app.store.naming import natural_key, path_key


def test_numbers_sort_by_value():
    names = ["img1", "img2", "img9", "img10", "img11", "img100"]
    shuffled = random.Random(1).sample(names, len(names))
    assert sorted(shuffled, key=natural_key) == names


def test_case_and_leading_zeros_do_not_matter():
    assert natural_key("IMG_007.png") == natural_key("img_7.PNG")


def test_decomposed_accents_sort_like_composed_ones():
    assert natural_key("e\u0301 2") == natural_key("\u00e9 2")


def test_digits_of_other_scripts_are_letters():
    assert natural_key("²") == "²"  # int("²") would raise


def test_paths_sort_folder_by_folder():
    paths = ["/a/2.png", "/a/10.png", "/a b/1.png", "/a10/1.png"]
    backwards = list(reversed(paths))
    assert sorted(backwards, key=path_key) == paths


@given(st.integers(0, 10**30), st.integers(0, 10**30))
def test_any_two_numbers_sort_by_value(first: int, second: int):
    assert (natural_key(f"a{first}b") < natural_key(f"a{second}b")) == (first < second)
