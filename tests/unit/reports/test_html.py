"""The HTML report, parsed again."""

from __future__ import annotations

import base64
import hashlib
import io
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from PIL import Image

from inspector_app.reports.export import export
from inspector_app.store.project import Project
from tests.unit.reports.conftest import FORMULA, RTL, SCRIPT

VOID = {"meta", "img", "br", "input", "rect", "polyline"}


class Page(HTMLParser):
    """Collects tags, attributes and text; fails on tags that do not match."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.inside: dict[str, list[str]] = {"script": [], "style": []}
        self.text: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {key: value or "" for key, value in attrs}))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {key: value or "" for key, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        place = self._open[-1] if self._open else ""
        self.inside.get(place, self.text).append(data)

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attrs for name, attrs in self.tags if name == tag]


@pytest.fixture(scope="module")
def page(files: dict[str, Path]) -> Page:
    return Page(files[".html"].read_text("utf-8"))


def test_hostile_text_is_only_text(page: Page) -> None:
    text = "".join(page.text)
    assert SCRIPT in text
    assert FORMULA in text
    assert len(page.all("script")) == len(page.inside["script"]) == 1
    assert "alert" not in page.inside["script"][0]
    assert not [name for _, attrs in page.tags for name in attrs if name.startswith("on")]


def test_direction_overrides_do_not_survive(files: dict[str, Path]) -> None:
    text = files[".html"].read_text("utf-8")
    assert "\u202e" not in text
    assert RTL.strip("\u202e").split("\u202c")[0] in text


def test_the_policy_allows_its_own_style_and_script_only(page: Page) -> None:
    (policy,) = [meta["content"] for meta in page.all("meta") if "http-equiv" in meta]
    assert policy.startswith("default-src 'none'; img-src data:;")
    assert "unsafe" not in policy
    for kind in ("style", "script"):
        digest = hashlib.sha256(page.inside[kind][0].encode()).digest()
        assert f"{kind}-src 'sha256-{base64.b64encode(digest).decode()}'" in policy


def test_nothing_comes_from_elsewhere(page: Page) -> None:
    for tag, attrs in page.tags:
        assert "style" not in attrs, "the policy would block it"
        for name in ("src", "href"):
            if name in attrs:
                assert attrs[name].startswith(("data:image/jpeg;base64,", "#")), tag
    assert "url(" not in page.inside["style"][0]


def test_every_rejected_and_review_image_has_a_picture(page: Page) -> None:
    pictures = page.all("img")
    assert len(pictures) == 6
    for attrs in pictures:
        raw = base64.b64decode(attrs["src"].partition(",")[2])
        with Image.open(io.BytesIO(raw)) as image:
            assert image.format == "JPEG"
            assert image.size == (int(attrs["width"]), int(attrs["height"]))
            assert max(image.size) <= 900


def test_links_lead_somewhere(page: Page) -> None:
    ids = {attrs["id"] for _, attrs in page.tags if "id" in attrs}
    links = [attrs["href"].lstrip("#") for attrs in page.all("a")]
    assert links
    assert set(links) <= ids


def test_the_table_has_every_image_and_values_to_sort_by(page: Page) -> None:
    rows = [attrs for attrs in page.all("tr") if "data-status" in attrs]
    assert len(rows) == 9
    assert {row["data-status"] for row in rows} == {
        "accept", "review", "reject", "unreadable", "waiting",
    }  # fmt: skip


def test_a_vanished_image_is_named(page: Page) -> None:
    assert any("gone.png" in attrs["alt"] for attrs in page.all("img"))


def test_vietnamese_words(hostile: Project, tmp_path: Path) -> None:
    (path,) = export(hostile, ["html"], tmp_path, "vi")
    text = path.read_text("utf-8")
    assert '<html lang="vi">' in text
    assert "Báo cáo kiểm tra" in text
    assert "trên ngưỡng loại 1,50" in text
    assert not re.search(r"\b(Reject|Accept|Review|Score)\b", re.sub(r"<(style|script)>.*?</\1>",
                         "", text, flags=re.S))  # fmt: skip
