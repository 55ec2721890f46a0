"""The PDF report, opened again."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from inspector_app.reports.export import export
from inspector_app.store.project import Project
from tests.unit.reports.conftest import PERSON, SCRIPT, VIETNAMESE


def _texts(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    try:
        texts: list[str] = []
        for page in document:
            text = page.get_textpage()
            texts.append(" ".join(text.get_text_range().split()))
            text.close()
            page.close()
        return texts
    finally:
        document.close()


@pytest.fixture(scope="module")
def pages(files: dict[str, Path]) -> list[str]:
    return _texts(files[".pdf"])


def test_summary_then_a_page_an_image_then_the_list(pages: list[str]) -> None:
    assert "Inspection report" in pages[0]
    assert "Reject 4 44.4 %" in pages[0]
    assert "review above 1.20, reject above 1.50" in pages[0]
    assert "All images" in pages[-1]
    assert all(name in pages[-1] for name in ("ok.png", "broken.png", "ảnh có dấu.png"))
    for name in ("script.png", "gone.png", "=cmd.png"):
        assert sum(name in page for page in pages[1:-1]) == 1


def test_pages_are_numbered(pages: list[str]) -> None:
    for number, page in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in page


def test_verdict_score_reasons_and_findings(pages: list[str]) -> None:
    (page,) = [page for page in pages[1:-1] if "ảnh có dấu.png" in page]
    assert "Reject score 1.75, above the reject limit 1.50" in page
    assert "Có vết." in page
    assert VIETNAMESE in page
    assert f"{PERSON.name} (person)" in page
    assert "whole image" in page
    assert "Heat map" in page


def test_an_overruled_image_says_who_and_why(pages: list[str]) -> None:
    (page,) = [page for page in pages[1:-1] if "script.png" in page]
    assert f"{PERSON.name} decided: review. The engine's verdict: reject." in page
    assert "S2, vết xước, -1 lần xem lại" in page
    assert SCRIPT in page


def test_letters_that_the_font_lacks_are_told(pages: list[str]) -> None:
    assert "Some characters are not in the font" in pages[-1]


def test_fonts_are_embedded(files: dict[str, Path]) -> None:
    raw = files[".pdf"].read_bytes()
    assert b"NotoSans" in raw
    assert b"/FontFile2" in raw


def test_rendered_samples_say_so_on_every_page(empty: Project, tmp_path: Path) -> None:
    empty.set_meta("rendered", "1")
    (path,) = export(empty, ["pdf"], tmp_path)
    first, *others = _texts(path)
    assert "Rendered images, not photographs" in first
    assert all("Rendered images" in page for page in others)


def test_no_images(empty: Project, tmp_path: Path) -> None:
    (path,) = export(empty, ["pdf"], tmp_path, "vi")
    pages = _texts(path)
    assert len(pages) == 2
    assert "chưa kiểm tra ảnh nào" in pages[0]
    assert "Dự án chưa có ảnh." in pages[1]
