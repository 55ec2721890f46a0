"""The filter language: every word, every sign, and nothing that raises."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector_app.domain.results import ImageSummary
from inspector_app.domain.verdicts import Verdict
from inspector_app.services.filters import fold, parse


def row(
    path: str = "/d/0142.png",
    verdict: Verdict | None = None,
    score: float | None = None,
    label: str = "",
    trouble: str = "",
    edited: bool = False,
    overruled: bool = False,
) -> ImageSummary:
    return ImageSummary(
        image_id=path,
        path=path,
        page=0,
        width=10,
        height=10,
        trouble=trouble,
        verdict=verdict,
        engine_verdict=verdict,
        overruled=overruled,
        score=score,
        label=label,
        findings=0,
        edited=edited,
        seconds=None,
    )


ROWS = {
    "good": row("/d/good_1.png", Verdict.ACCEPT, 0.12),
    "bad": row("/d/Vết Xước 2.png", Verdict.REJECT, 0.83, "vết xước"),
    "maybe": row("/d/maybe.png", Verdict.REVIEW, 0.4, "scratch", edited=True),
    "new": row("/d/new-file.png"),
    "broken": row("/d/broken.png", trouble="the file ends early"),
    "mended": row("/d/đạt mended.png", Verdict.ACCEPT, 0.9, "deep scratch", overruled=True),
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "good bad maybe new broken mended"),
        ("   ", "good bad maybe new broken mended"),
        ("reject", "bad"),
        ("REJECT", "bad"),
        ("loại", "bad"),
        ("loai", "bad"),
        ("accept", "good mended"),
        ("đạt", "good mended"),
        ("da\u0323t", "good mended"),
        ("review", "maybe"),
        ("xem lại", "maybe"),
        ("-xem lại", "good bad new broken mended"),
        ("xem  lại edited", "maybe"),
        ("none", "new"),
        ("unreadable", "broken"),
        ("-unreadable reject", "bad"),
        ("edited", "maybe"),
        ("overruled", "mended"),
        ("score>0.4", "bad mended"),
        ("score >= 0.4", "bad maybe mended"),
        ("score=>0,4", "bad maybe mended"),
        ("score≥.4", "bad maybe mended"),
        ("score<0.4", "good"),
        ("score<=0.4", "good maybe"),
        ("score=0.83", "bad"),
        ("-score>0.4", "good maybe new broken"),
        ("điểm > 0,8", "bad mended"),
        ("label:scratch", "maybe mended"),
        ("label: scratch", "maybe mended"),
        ("nhãn:xuoc", "bad"),
        ('label:"deep scratch"', "mended"),
        ("-label:scratch score>0", "good bad"),
        ('label:""', "bad maybe mended"),
        ("vet xuoc", "bad"),
        ("VẾT", "bad"),
        ('"xước 2"', "bad"),
        ('"2 xước"', ""),
        ('"đạt"', "mended"),
        ('-"đạt"', "good bad maybe new broken"),
        ("new-file", "new"),
        ("-new", "good bad maybe broken mended"),
        ("score>much", ""),
        ("score>", ""),
        ("label:", ""),
        ('"xước', "bad"),
        ('""', "good bad maybe new broken mended"),
        ("-", "new"),
        ("/d/", ""),
    ],
)
def test_words(text: str, expected: str) -> None:
    test = parse(text)
    assert [name for name, item in ROWS.items() if test(item)] == expected.split()


def test_decomposed_letters_are_the_same_word() -> None:
    # As a Mac types it: d-stroke, a, combining dot below, t.
    assert parse("đa\u0323t")(ROWS["good"])


def test_unreadable_images_have_no_verdict_at_all() -> None:
    stale = row(verdict=Verdict.REJECT, trouble="gone")
    assert not parse("reject")(stale)
    assert not parse("none")(stale)


def test_windows_paths() -> None:
    assert parse("0142")(row("C:\\lot reject\\0142.png"))
    assert not parse('"lot"')(row("C:\\lot\\0142.png"))


def test_a_score_that_is_no_number_is_on_no_side() -> None:
    assert not parse("score>0")(row(score=float("nan")))
    assert not parse("score<=0")(row(score=float("nan")))


@given(st.text(max_size=60))
@settings(max_examples=300, deadline=None)
def test_no_text_is_an_error(text: str) -> None:
    test = parse(text)
    for item in ROWS.values():
        assert test(item) in (True, False)


@given(st.sampled_from(["reject", "edited", "label:scratch", "score>0.4", '"good 1"', "xem lại"]))
def test_minus_is_the_exact_opposite(text: str) -> None:
    for item in ROWS.values():
        assert parse("-" + text)(item) is not parse(text)(item)


def test_fold() -> None:
    assert fold("Vết Xước ĐẦU") == "vet xuoc dau"
    assert fold("STRASSE") == "strasse"


def test_twenty_thousand_rows_are_quick() -> None:
    rows = [row(f"/d/{i:05d}.png", Verdict.REJECT, i / 20000, "scratch") for i in range(20000)]
    test = parse("reject score>0.5 label:scratch 7")
    begun = time.perf_counter()
    count = sum(map(test, rows))
    assert count > 1000
    assert time.perf_counter() - begun < 0.5  # 30 ms on a quiet machine
