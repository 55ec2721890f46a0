"""Conversations as HTML, Markdown and JSON: whole, coloured alike, and never more than text."""

from __future__ import annotations

import base64
import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from inspector_app.domain.asking import Ask, Made, ScoredOption
from inspector_app.domain.chat import Message
from inspector_app.domain.errors import BadInputError, StoreError
from inspector_app.domain.events import Provenance
from inspector_app.domain.findings import Author, AuthorKind, Finding, FoundBox
from inspector_app.domain.geometry import Box
from inspector_app.domain.images import ImageRef
from inspector_app.domain.phrases import find_phrases
from inspector_app.domain.prompting import Example
from inspector_app.domain.results import Result
from inspector_app.domain.tasks import Task
from inspector_app.imaging.draw import OKABE_ITO, label_color
from inspector_app.reports.conversation_html import marked
from inspector_app.reports.conversation_text import plain
from inspector_app.services import conversation
from inspector_app.store.project import Project
from tests.unit.reports.conftest import RTL, SCRIPT, paint
from tests.unit.reports.test_html import Page

TIME = "2026-03-04T05:06:07+00:00"
ENGINE = Author(AuthorKind.ENGINE, "qwen2-vl-2b")
REGION = Box(0.25, 0.25, 0.75, 0.75)
BOXES = (
    FoundBox("scratch", Box(0, 0, 0.5, 0.5), 0.83),
    FoundBox(SCRIPT, Box(0.5, 0.5, 1, 1)),
)
TEXT = f"A scratch, {SCRIPT} & more.\n# no heading\n1. *no list* [no](link)"


@pytest.fixture
def image(empty: Project, tmp_path: Path) -> ImageRef:
    """An image that was asked about three times: answered, stopped, failed."""
    empty.add_images([paint(tmp_path / "part <b>.png")])
    found = empty.images()[0]
    empty.update_image(found.id, width=80, height=60, sha256="", trouble="")
    for name, boxes, told in (("r1", BOXES, TEXT), ("r2", (), "half of")):
        result = Result(
            found.id,
            Task.GROUNDING,
            "what?",
            told,
            f"<p>{told}</p>",
            Provenance("qwen2-vl-2b", "scratches@0123abcd", seed=1234),
            seconds=1.84,
            reasons=("It only repeated itself.",),
            id=name,
        )
        findings = [
            Finding(found.id, b.label, b.box, ENGINE, b.score, result_id=name) for b in boxes
        ]
        empty.add_result(result, findings, replace=False)
    for message in (
        Message(found.id, "user", SCRIPT, boxes=(REGION,), created=TIME),
        Message(found.id, "assistant", TEXT, result_id="r1", created=TIME),
        Message(found.id, "user", f"and {RTL}?", created=TIME),
        Message(found.id, "assistant", "half of", "cancelled", result_id="r2", created=TIME),
        Message(found.id, "user", "again?", boxes=(REGION,), created=TIME),
        Message(found.id, "assistant", "No memory left.", "failed", created=TIME),
    ):
        empty.add_message(message)
    return empty.image(found.id)


def written(project: Project, image: ImageRef, out: Path, language: str = "en") -> str:
    assert conversation.write(project, image.id, out, language).path == out
    return out.read_text("utf-8")


# -- HTML --------------------------------------------------------------------------------------


def test_html_shows_turns_pictures_and_phrases(empty: Project, image: ImageRef, tmp_path: Path):
    page = Page(written(empty, image, tmp_path / "talk.html"))
    text = " ".join(" ".join(page.text).split())
    for words in (
        "part <b>.png",
        "You 4 Mar 2026, 05:06 UTC",
        "Qwen2-VL 2B + scratches",
        "About the region 20, 15; 40 × 30 px",
        "0.830 · 0, 0; 40 × 30 px",
        "It only repeated itself.",
        "1.8 s · seed 1234",
        "stopped · 1.8 s",
        "No memory left.",
        "failed",
    ):
        assert words in text, words
    pictures = [attributes for tag, attributes in page.tags if tag == "img"]
    assert len(pictures) == 2  # the answer with boxes, and the region of the failed one
    for attributes in pictures:
        data = base64.b64decode(attributes["src"].removeprefix("data:image/jpeg;base64,"))
        with Image.open(io.BytesIO(data)) as shown:
            assert shown.size == (int(attributes["width"]), int(attributes["height"]))
            assert np.asarray(shown).std() > 1  # something is drawn on the one-coloured part
    marks = [attributes["class"] for tag, attributes in page.tags if tag == "mark"]
    assert marks == [_class("scratch"), _class(SCRIPT)]
    chips = [attributes["class"] for tag, attributes in page.tags if tag == "i"]
    assert chips == marks  # text and list agree; the picture takes label_color itself


def test_html_takes_nothing_for_markup(empty: Project, image: ImageRef, tmp_path: Path):
    source = written(empty, image, tmp_path / "talk.html")
    page = Page(source)
    assert not [tag for tag, _ in page.tags if tag in ("script", "b", "a", "link")]
    assert "<script" not in source
    assert "\u202e" not in source
    assert "script-src" not in source  # nothing may run at all
    policies = [a["content"] for _, a in page.tags if a.get("http-equiv")]
    assert policies[0].startswith("default-src 'none'; img-src data:; style-src 'sha256-")
    assert not [a for _, a in page.tags if "style" in a or any(key.startswith("on") for key in a)]


def test_html_says_when_the_image_is_gone(empty: Project, image: ImageRef, tmp_path: Path):
    Path(image.path).unlink()
    page = Page(written(empty, image, tmp_path / "talk.html"))
    assert len([tag for tag, _ in page.tags if tag == "img"]) == 1  # one panel, not one a turn
    assert "No memory left." in " ".join(page.text)


def test_a_conversation_without_boxes_shows_the_picture_once(
    empty: Project, image: ImageRef, tmp_path: Path
):
    empty.add_message(Message(image.id, "user", "hello", created=TIME, parent=""))
    page = Page(written(empty, image, tmp_path / "talk.html"))
    assert len([tag for tag, _ in page.tags if tag == "img"]) == 1
    empty.show_branch(image.id, "")
    assert conversation.write(empty, image.id, tmp_path / "talk.html").others == 2
    page = Page(written(empty, image, tmp_path / "talk.html", "vi"))
    assert "Chưa có câu hỏi nào về ảnh này." in " ".join(page.text)
    assert not [tag for tag, _ in page.tags if tag == "img"]


def _class(label: str) -> str:
    return f"c{OKABE_ITO.index(label_color(label))}"


def test_phrases_are_marked_as_in_the_window():
    text = "Scratch, <scratch> & scratches"
    boxes = [BOXES[0]]
    begins = [(p.begin, p.length) for p in find_phrases(text, boxes)]
    assert begins == [(0, 7), (10, 7)]
    color = _class("scratch")
    assert marked(text, boxes) == (
        f'<mark class="{color}">Scratch</mark>, &lt;<mark class="{color}">scratch</mark>&gt;'
        " &amp; scratches"
    )
    assert marked(text, []) == "Scratch, &lt;scratch&gt; &amp; scratches"


# -- Markdown ----------------------------------------------------------------------------------


def test_markdown_is_plain_and_escaped(empty: Project, image: ImageRef, tmp_path: Path):
    text = written(empty, image, tmp_path / "talk.md")
    assert text == conversation.markdown(empty, image.id)
    assert "<" not in text
    assert "# part &lt;b>.png" in text
    assert "**You** · 4 Mar 2026, 05:06 UTC" in text
    assert "**Qwen2-VL 2B + scratches** · 4 Mar 2026, 05:06 UTC" in text
    assert "About the region 20, 15; 40 × 30 px" in text
    assert "* scratch · 0.830 · 0, 0; 40 × 30 px" in text
    assert "*stopped · 1.8 s · seed 1234*" in text
    assert "\\# no heading  \n1\\. \\*no list\\* \\[no\\](link)" in text


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a & b &amp; c", "a & b &amp;amp; c"),
        ("- x\n+ y\n=== z", "\\- x  \n\\+ y  \n\\=== z"),
        ("12) x, 3.5 mm", "12\\) x, 3.5 mm"),
        ("    four\n\n`code` | a_b", "\u00a0\u00a0\u00a0\u00a0four  \n  \n\\`code\\` \\| a\\_b"),
        ("#hash #1", "#hash #1"),
    ],
)
def test_what_markdown_would_act_on_stays_text(text: str, wanted: str):
    assert plain(text) == wanted


# -- JSON --------------------------------------------------------------------------------------


def test_json_holds_everything(empty: Project, image: ImageRef, tmp_path: Path):
    data: dict[str, Any] = json.loads(written(empty, image, tmp_path / "talk.json"))
    assert (data["schema"], data["schema_version"]) == ("inspector-conversation", 3)
    assert data["image"]["path"] == image.path
    assert (data["image"]["width"], data["image"]["height"]) == (80, 60)
    question, answer, *_, failed = data["messages"]
    assert question["text"] == SCRIPT
    (region,) = question["regions"]
    assert region == {"xyxy": [20, 15, 60, 45], "fractions": [0.25, 0.25, 0.75, 0.75]}
    assert answer["raw"] == f"<p>{TEXT}</p>"
    assert answer["who"] == "Qwen2-VL 2B + scratches"
    assert (answer["engine"], answer["adapter"]) == ("qwen2-vl-2b", "scratches@0123abcd")
    assert (answer["task"], answer["seed"], answer["seconds"]) == ("grounding", 1234, 1.84)
    assert [(b["label"], b["xyxy"], b.get("score")) for b in answer["boxes"]] == [
        ("scratch", [0, 0, 40, 30], 0.83),
        (SCRIPT, [40, 30, 80, 60], None),
    ]
    assert failed.pop("parent") == data["messages"][-2]["id"]
    assert failed.pop("id")
    assert failed == {
        "role": "assistant", "text": "No memory left.", "status": "failed", "created": TIME,
        "boxes": [],
    }  # fmt: skip


# -- branches ----------------------------------------------------------------------------------


@pytest.fixture
def forked(empty: Project, image: ImageRef) -> tuple[str, str]:
    """The last question asked again, with another answer that was put right."""
    *_, question, failed = empty.messages(image.id)
    answer = Message(image.id, "assistant", "a <dent>", parent=question.id, created=TIME)
    empty.add_message(answer)
    empty.mark_message(answer.id, "bad", "a <scratch>")
    return failed.id, answer.id


@pytest.mark.parametrize("suffix", [".html", ".md"])
def test_the_branch_on_show_is_written_and_the_others_are_told(
    empty: Project, image: ImageRef, forked: tuple[str, str], tmp_path: Path, suffix: str
):
    text = written(empty, image, tmp_path / f"talk{suffix}")
    assert "Other branches, not written: 1" in text
    assert "No memory left." not in text
    assert "marked as bad" in text
    assert "Put right: a &lt;scratch" in text
    wish = conversation.Wish(end=forked[0])
    conversation.write(empty, image.id, tmp_path / f"talk{suffix}", "en", wish)
    text = (tmp_path / f"talk{suffix}").read_text("utf-8")
    assert "No memory left." in text
    assert "Put right" not in text


@pytest.mark.parametrize("suffix", [".html", ".md"])
def test_all_branches_are_written_where_they_part(
    empty: Project, image: ImageRef, forked: tuple[str, str], tmp_path: Path, suffix: str
):
    wish = conversation.Wish(all_branches=True)
    out = tmp_path / f"talk{suffix}"
    assert conversation.write(empty, image.id, out, "en", wish).others == 0
    text = out.read_text("utf-8")
    assert "not written" not in text
    assert text.count("again?") == 2  # asked once; then the heading of the branch after it
    heading = text.index("Branch 2 after “again?”")
    assert text.index("Put right") < heading < text.index("No memory left.")


def test_json_tells_how_branches_hang_together(
    empty: Project, image: ImageRef, forked: tuple[str, str], tmp_path: Path
):
    out = tmp_path / "talk.json"
    data = json.loads(written(empty, image, out))
    assert data["other_branches"] == 1
    conversation.write(empty, image.id, out, "en", conversation.Wish(all_branches=True))
    data = json.loads(out.read_text("utf-8"))
    assert "other_branches" not in data
    right, other = data["messages"][-2:]
    assert (right["mark"], right["right"]) == ("bad", "a <scratch>")
    assert right["parent"] == other["parent"]
    assert (other["branch"], other["id"]) == (2, forked[0])


# -- trouble -------------------------------------------------------------------------------------


def test_another_suffix_is_refused(empty: Project, image: ImageRef, tmp_path: Path):
    with pytest.raises(BadInputError, match=r"\.html, \.md, \.json, \.jsonl"):
        conversation.write(empty, image.id, tmp_path / "talk.txt")
    assert not (tmp_path / "talk.txt").exists()


def test_a_file_that_cannot_be_written_says_so(empty: Project, image: ImageRef, tmp_path: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match=r"Cannot write talk\.md"):
        conversation.write(empty, image.id, tmp_path / "file" / "talk.md")


def test_who_answered_is_named_also_when_the_model_is_gone():
    assert conversation.who("qwen2-vl-2b", "") == ("Qwen2-VL 2B", "")
    assert conversation.who("gone", "nut@00") == ("gone + nut@00", "")


# -- what an answer was made of ----------------------------------------------------------------


@pytest.fixture
def reasoned(empty: Project, tmp_path: Path) -> ImageRef:
    """An image with one answer that was made of an example, a context and options."""
    empty.add_images([paint(tmp_path / "part.png")])
    found = empty.images()[0]
    empty.update_image(found.id, width=80, height=60, sha256="", trouble="")
    ask = Ask(
        "Is it good?",
        "context",
        examples=(Example("And this?", "yes"),),
        context=f"[1] scratch {SCRIPT}",
        regions=(FoundBox("scratch", REGION, 0.5),),
        golden=("/parts/good 1.png",),
    )
    options = (ScoredOption("no", -0.5, 0.8, 0.7), ScoredOption("yes", -2.0, 0.2, 0.3))
    made = Made(ask, f"It shines {SCRIPT}.", options, (1,), (7,), ("whole prompt",))
    question = Message(found.id, "user", "Is it good?", created=TIME)
    empty.add_message(question)
    empty.add_message(
        Message(found.id, "assistant", "No [1].", created=TIME, parent=question.id, made=made)
    )
    return found


def test_exports_say_what_an_answer_was_made_of(
    empty: Project, reasoned: ImageRef, tmp_path: Path
) -> None:
    data: dict[str, Any] = json.loads(written(empty, reasoned, tmp_path / "talk.json"))
    made = data["messages"][1]["made"]
    assert (made["way"], made["rationale"]) == ("context", f"It shines {SCRIPT}.")
    assert [(o["text"], o["share"]) for o in made["options"]] == [("no", 0.8), ("yes", 0.2)]
    assert (made["cited"], made["unknown"]) == ([1], [7])
    assert made["cited_regions"][0]["xyxy"] == [20, 15, 60, 45]
    assert made["examples"] == [{"question": "And this?", "answer": "yes"}]
    for suffix in (".md", ".html"):
        text = written(empty, reasoned, tmp_path / f"talk{suffix}")
        assert "Reasoning" in text and "It shines" in text and "80.0 % no" in text
        assert "good 1.png" in text and "And this?" in text
        assert SCRIPT not in text  # never more than text
