"""Conversations as lines to learn from: written, read back, and fit for a run."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from inspector_app.domain.asking import Ask, Made
from inspector_app.domain.chat import BAD, GOOD, Message
from inspector_app.domain.errors import BadInputError
from inspector_app.domain.events import Provenance
from inspector_app.domain.findings import Author, AuthorKind, Finding, FoundBox
from inspector_app.domain.geometry import Box
from inspector_app.domain.results import Result
from inspector_app.domain.samples import Pick
from inspector_app.domain.tasks import Task
from inspector_app.domain.training import DataSource
from inspector_app.imaging.model_pixels import PixelRule
from inspector_app.learning import importers
from inspector_app.learning.data_checks import Reader, check
from inspector_app.services import conversation
from inspector_app.services.conversation import Wish
from inspector_app.store.project import Project

SCRATCH = FoundBox("scratch", Box(0.25, 0.5, 0.5, 0.75))
ENGINE = Author(AuthorKind.ENGINE, "qwen2-vl-2b")


class Talk:
    """A conversation being written down."""

    def __init__(self, project: Project, image_id: str) -> None:
        self.project, self.image_id = project, image_id

    def turn(
        self,
        question: str,
        answer: str,
        task: Task | None = Task.VQA,
        boxes: tuple[FoundBox, ...] = (),
        *,
        status: str = "done",
        mark: str = "",
        right: str = "",
        region: Box | None = None,
        again: str = "",
        way: str = "",
    ) -> str:
        """Adds a question with its answer, or only an answer to the question `again`."""
        asked = again
        if not again:
            message = Message(self.image_id, "user", question, boxes=(region,) if region else ())
            self.project.add_message(message)
            asked = message.id
        result = None
        if task is not None:
            result = Result(
                self.image_id, task, question, answer, answer, Provenance("qwen2-vl-2b")
            )
            findings = [
                Finding(self.image_id, b.label, b.box, ENGINE, result_id=result.id) for b in boxes
            ]
            self.project.add_result(result, findings, replace=False)
        said = Message(
            self.image_id, "assistant", answer, status, parent=asked, mark=mark, right=right,
            result_id=result.id if result else None, made=Made(Ask(way=way)) if way else None,
        )  # fmt: skip
        self.project.add_message(said)
        return asked


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    folder = tmp_path / "lot"
    folder.mkdir()
    for number in (1, 2):
        Image.new("RGB", (200, 100 * number), (number * 90, 90, 120)).save(folder / f"{number}.png")
    with Project.create(folder / "lot.inspect") as made:
        made.add_images(sorted(folder.glob("*.png")))
        for image in made.images():
            with Image.open(image.path) as opened:
                width, height = opened.size
                made.update_image(image.id, width=width, height=height, sha256="", trouble="")
        yield made


@pytest.fixture
def talk(project: Project) -> Talk:
    return Talk(project, project.images()[0].id)


def written(project: Project, **wish: Any) -> tuple[conversation.Written, list[dict[str, Any]]]:
    out = Path(project.path).parent / "talk.jsonl"
    done = conversation.write(project, project.images()[0].id, out, "en", Wish(**wish))
    return done, [json.loads(line) for line in out.read_text("utf-8").splitlines()]


def test_only_what_a_person_accepted_or_put_right(project: Project, talk: Talk):
    talk.turn("is it good?", "No, a dent", mark=GOOD)
    talk.turn("why?", "dunno", mark=BAD)
    talk.turn("where?", "left", mark=BAD, right="on the right")
    talk.turn("colour?", "grey")
    done, rows = written(project)
    assert [(row["question"], row["answer"]) for row in rows] == [
        ("is it good?", "No, a dent"),
        ("where?", "on the right"),
    ]
    assert rows[0] == {
        "image": "1.png", "split": "train", "task": "vqa", "category": "", "language": "en",
        "question": "is it good?", "answer": "No, a dent",
    }  # fmt: skip
    assert done.lines is not None
    assert (done.lines.follow_ups, done.lines.left_out, done.lines.unmarked) == (1, 1, 1)
    done, rows = written(project, only_good=False)
    assert [row["question"] for row in rows] == ["is it good?", "where?", "colour?"]


def test_what_is_shown_otherwise_than_it_was_written_is_left_out(project: Project, talk: Talk):
    talk.turn("read this", "shop: ABC", way="fields", mark=GOOD)
    talk.turn("find all", "dent", way="locate", boxes=(SCRATCH,), mark=GOOD)
    talk.turn("good?", "no, see [1]", way="context", mark=GOOD)
    talk.turn("why?", "it shines", way="a way that was taken away", mark=GOOD)
    talk.turn("which?", "scratch", way="two-stage", mark=GOOD)
    done, rows = written(project)
    assert [(row["question"], row["answer"]) for row in rows] == [("which?", "scratch")]
    assert done.lines is not None
    assert done.lines.left_out == 4


def test_what_has_no_whole_answer_is_left_out(project: Project, talk: Talk):
    talk.turn("one", "half of", status="cancelled")
    talk.turn("two", "No memory left.", status="failed")
    talk.turn("three", "nothing there", Task.REFER)  # no box to learn
    talk.turn("four", "half of", status="cancelled", right="all of it")
    done, rows = written(project, only_good=False)
    assert [(row["question"], row["answer"]) for row in rows] == [("four", "all of it")]
    assert done.lines is not None
    assert done.lines.left_out == 3


def test_nothing_to_learn_from_writes_no_file(project: Project, talk: Talk):
    talk.turn("one", "two")
    with pytest.raises(BadInputError, match="Ask again, or take those too that nobody marked"):
        written(project)
    assert not (Path(project.path).parent / "talk.jsonl").exists()


def test_branches_and_other_images(project: Project, talk: Talk):
    asked = talk.turn("one", "a", mark=GOOD)
    talk.turn("one", "b", mark=GOOD, again=asked)
    Talk(project, project.images()[1].id).turn("two", "c", mark=GOOD)
    done, rows = written(project)
    assert ([row["answer"] for row in rows], done.others) == (["b"], 1)
    done, rows = written(project, all_branches=True)
    assert ([row["answer"] for row in rows], done.others) == (["a", "b"], 0)
    every = tuple(image.id for image in project.images())
    _, rows = written(project, image_ids=every)
    assert [(row["image"], row["answer"]) for row in rows] == [("1.png", "b"), ("2.png", "c")]


def test_lines_are_read_back_and_pass_the_checks_of_a_run(project: Project, talk: Talk):
    talk.turn("Vết xước ở đâu?", "ở giữa", mark=GOOD)
    talk.turn("scratch", "scratch", Task.REFER, (SCRATCH,), mark=GOOD)
    talk.turn("describe", "a part with a scratch", Task.GROUNDING, (SCRATCH,), mark=GOOD)
    talk.turn("", "a scratch", Task.DETECTION, (SCRATCH,), mark=GOOD)
    talk.turn("", "nothing found", Task.DETECTION, mark=GOOD)
    talk.turn("", "a nut", Task.CAPTION, mark=GOOD)
    talk.turn("", '{"total": "12.00"}', Task.EXTRACT, mark=GOOD)
    talk.turn("", "dent", Task.IDENTIFY, mark=GOOD, region=SCRATCH.box)
    talk.turn("free", "words", None, mark=GOOD)
    done, rows = written(project)
    assert rows[1]["boxes"] == [[50, 50, 100, 75]]  # pixels of the image of 200 x 100
    assert done.lines is not None
    path = str(done.path)
    data = importers.read(DataSource(path))
    assert data.concerns == ()
    samples, wanted = data.samples, done.lines.samples
    keys = ("images", "task", "question", "located", "fields", "is_defect", "language")
    for sample, given in zip(samples, wanted, strict=True):
        assert [getattr(sample, k) for k in keys] == [getattr(given, k) for k in keys]
    assert [s.answers for s in samples if s.task is Task.VQA] == [("ở giữa",), ("words",)]
    assert (samples[0].language, samples[1].language) == ("vi", "en")
    rule = PixelRule(min_pixels=28 * 28 * 4, max_pixels=28 * 28 * 64)
    found = check([Pick(s) for s in samples], [], Reader("qwen2-vl", rule))
    assert [c for c in found if c.severity == "error"] == []


def test_a_page_of_a_pdf_is_refused(project: Project):
    project.add_images(["/lot/paper.pdf"])
    image = next(i for i in project.images() if i.path.endswith(".pdf"))
    Talk(project, image.id).turn("one", "two", mark=GOOD)
    with pytest.raises(BadInputError, match="cannot be learned from"):
        conversation.write(project, image.id, Path(project.path).parent / "talk.jsonl")


def test_a_file_beside_the_images_is_refused_with_the_way_out(
    project: Project, talk: Talk, tmp_path: Path
):
    talk.turn("one", "two", mark=GOOD)
    (tmp_path / "elsewhere").mkdir()
    with pytest.raises(BadInputError, match="folder around the images"):
        conversation.write(project, talk.image_id, tmp_path / "elsewhere" / "talk.jsonl")


def test_an_image_changed_since_teaches_nothing(project: Project, talk: Talk):
    talk.turn("one", "two", mark=GOOD)
    image = project.images()[0]
    project.update_image(image.id, width=200, height=100, sha256="00", trouble="")
    with pytest.raises(BadInputError, match="no answer to learn from"):
        written(project)
