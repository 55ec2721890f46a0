"""Conversations with branches: stored, shown, taken out, brought back, and taken over from old."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from inspector_app.domain.chat import BAD, COMPARE, Message
from inspector_app.domain.errors import StoreError
from inspector_app.domain.events import Provenance
from inspector_app.domain.results import Result
from inspector_app.domain.tasks import Task
from inspector_app.services.history import earlier_turns
from inspector_app.store import migrations
from inspector_app.store.project import Project


def say(project: Project, image, text: str, parent: str | None = None, **more) -> str:
    role = "assistant" if text.startswith("a") else "user"
    message = Message(image.id, role, text, parent=parent, id=text, **more)
    project.add_message(message)
    return message.id


def shown(project: Project, image) -> str:
    return " ".join(message.text for message in project.messages(image.id))


@pytest.fixture
def forked(project: Project, image) -> Project:
    """q1 a1 q2 a2; q1 edited: q1b a1b; q2 answered again: a2b; q3 a3 after that."""
    for text in ("q1", "a1", "q2", "a2"):
        say(project, image, text)
    say(project, image, "q1b", "")
    say(project, image, "a1b")
    say(project, image, "a2b", "q2")
    project.show_branch(image.id, "a2b")
    say(project, image, "q3")
    say(project, image, "a3")
    return project


def test_an_edited_question_makes_a_branch_and_nothing_is_lost(forked: Project, image):
    tree = forked.talk(image.id)
    assert shown(forked, image) == "q1 a1 q2 a2b q3 a3"
    assert [m.id for m in tree.siblings("q1")] == ["q1", "q1b"]
    assert [m.id for m in tree.siblings("a2b")] == ["a2", "a2b"]
    assert tree.others() == 2
    assert [b[-1].id for b in tree.branches()] == ["a2", "a1b", "a3"]
    forked.show_branch(image.id, tree.end("q1b"))
    assert shown(forked, image) == "q1b a1b"
    forked.show_branch(image.id, tree.end("q1"))  # back to where that one ended
    assert shown(forked, image) == "q1 a1 q2 a2b q3 a3"


def test_the_branch_on_show_is_remembered(forked: Project, image):
    forked.show_branch(image.id, "a1b")
    with Project.open(forked.path, read_only=True) as again:
        assert shown(again, image) == "q1b a1b"


def test_a_new_conversation_keeps_the_old_one(forked: Project, image):
    forked.show_branch(image.id, "")
    assert shown(forked, image) == ""
    assert forked.talk(image.id).others() == 3
    say(forked, image, "q9")
    assert shown(forked, image) == "q9"
    assert [m.id for m in forked.talk(image.id).siblings("q9")] == ["q1", "q1b", "q9"]


def test_what_hangs_on_a_version_goes_with_it_and_comes_back(forked: Project, image):
    tree = forked.talk(image.id)
    assert tree.removed_with("a3") == {"q3", "a3"}
    assert tree.removed_with("a2b") == {"a2b", "q3", "a3"}
    assert tree.removed_with("a1") == {"q1", "a1", "q2", "a2", "a2b", "q3", "a3"}
    gone = tree.removed_with("a2b")
    forked.change_talk(image.id, gone)
    assert shown(forked, image) == "q1 a1 q2 a2"
    forked.change_talk(image.id, add=[m for m in map(tree.message, gone) if m])
    assert forked.talk(image.id).branches() == tree.branches()
    assert shown(forked, image) == "q1 a1 q2 a2b q3 a3"


def test_a_turn_alone_is_taken_out_from_between(project: Project, image):
    for text in ("q1", "a1", "q2", "a2", "q3"):
        say(project, image, text)
    tree = project.talk(image.id)
    gone = tree.removed_with("a2")
    assert gone == {"q2", "a2"}
    assert tree.adopted(gone) == {"q3": "a1"}
    project.change_talk(image.id, gone, parents=tree.adopted(gone))
    assert shown(project, image) == "q1 a1 q3"
    assert tree.adopted({"q1", "a1"}) == {"q2": ""}


def test_the_history_is_the_branch(forked: Project, image):
    assert [t.text for t in earlier_turns(forked, image.id)] == [
        "q1", "a1", "q2", "a2b", "q3", "a3",
    ]  # fmt: skip
    assert [t.text for t in earlier_turns(forked, image.id, after="a1")] == ["q1", "a1"]
    assert earlier_turns(forked, image.id, after="") == ()
    forked.show_branch(image.id, "a1b")
    assert [t.text for t in earlier_turns(forked, image.id)] == ["q1b", "a1b"]


def test_marks_and_what_would_be_right_are_kept(project: Project, image):
    say(project, image, "q1")
    say(project, image, "a1", together=f"{COMPARE}7")
    project.mark_message("a1", BAD, "a dent")
    answer = project.messages(image.id)[-1]
    assert (answer.mark, answer.right, answer.together) == (BAD, "a dent", f"{COMPARE}7")
    project.mark_message("a1", "", "")
    assert project.messages(image.id)[-1].mark == ""
    with pytest.raises(StoreError, match="not in this project"):
        project.mark_message("no", BAD, "")


def test_what_cannot_be_stored_changes_nothing(forked: Project, image):
    before = forked.talk(image.id).branches()
    with pytest.raises(StoreError, match="another image"):
        forked.change_talk(image.id, ["q1"], [Message("other", "user", "q")])
    with pytest.raises(StoreError, match="could not be saved"):
        forked.change_talk(image.id, ["q3"], [Message(image.id, "user", "q", id="q1")])
    with pytest.raises(StoreError, match="not in this project"):
        forked.show_branch(image.id, "no")
    assert forked.talk(image.id).branches() == before


def test_only_the_conversation_of_that_image_is_touched(project: Project):
    project.add_images(["/lot/one.png", "/lot/two.png"])
    one, two = project.images()
    say(project, one, "q1")
    say(project, two, "q2")
    project.show_branch(one.id, "")
    assert (shown(project, one), shown(project, two)) == ("", "q2")


def test_an_old_conversation_becomes_one_straight_branch(tmp_path: Path):
    path = tmp_path / "old.inspect"
    with closing(sqlite3.connect(path, isolation_level=None)) as old:
        steps = migrations.STEPS[: migrations.STEPS.index(migrations._006_branches)]
        old.execute(f"PRAGMA application_id = {_application_id()}")
        migrations.migrate(old, steps)
        for number in (1, 2):
            old.execute(
                "INSERT INTO images (id, path, sort_key, added) VALUES (?, ?, '', '')",
                (f"i{number}", f"/{number}.png"),
            )
        for at, (image, text) in enumerate([(1, "q1"), (2, "q2"), (1, "a1"), (1, "q3"), (2, "a2")]):
            old.execute(
                "INSERT INTO messages (id, image, role, text, status, boxes, created)"
                " VALUES (?, ?, ?, ?, 'done', '[]', '2026')",
                (f"m{at}", image, "user" if text[0] == "q" else "assistant", text),
            )
    with Project.open(path) as project:
        first, second = (project.talk(f"i{number}") for number in (1, 2))
        assert [m.text for m in first.shown()] == ["q1", "a1", "q3"]
        assert [m.text for m in second.shown()] == ["q2", "a2"]
        assert first.others() == second.others() == 0
        assert [m.parent for m in first.shown()] == ["", "m0", "m2"]
        project.add_message(Message("i1", "assistant", "a3"))
        assert [m.text for m in project.messages("i1")] == ["q1", "a1", "q3", "a3"]


def _application_id() -> int:
    from inspector_app.store.database import APPLICATION_ID

    return APPLICATION_ID


_KILLED = """
import os, sys
from inspector_app.domain.chat import Message
from inspector_app.store.project import Project
with Project.open(sys.argv[1]) as project:
    image = project.images()[0].id
    for number in range(3):
        question = Message(image, "user", f"q{number}")
        project.add_message(question)
        for version in range(2):
            answer = Message(image, "assistant", "", "cancelled", parent=question.id)
            project.add_message(answer)
            if (number, version) == (2, 1):
                os.kill(os.getpid(), 9)
            project.update_message(answer.id, f"a{number}{version}", "done")
"""


def test_kill_loses_the_streaming_answer_alone(project: Project, image):
    done = subprocess.run([sys.executable, "-c", _KILLED, str(project.path)], check=False)
    assert done.returncode != 0
    tree = project.talk(image.id)
    assert [m.text for m in tree.shown()] == ["q0", "a01", "q1", "a11", "q2", ""]
    assert [m.text for m in tree.siblings(tree.shown()[-1].id)] == ["a20", ""]


def test_the_history_leaves_out_what_was_not_answered(project: Project, image):
    project.add_result(Result(image.id, Task.CAPTION, "q1", "a1", "a1", Provenance("e"), id="r"))
    say(project, image, "q1")
    say(project, image, "a1", result_id="r")
    say(project, image, "q2")
    say(project, image, "a2", status="failed")
    turns = earlier_turns(project, image.id)
    assert [(t.text, t.task) for t in turns] == [("q1", Task.CAPTION), ("a1", None)]
