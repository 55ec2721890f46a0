from __future__ import annotations

import pytest

from inspector_app.domain.chat import Message
from inspector_app.domain.errors import StoreError
from inspector_app.domain.geometry import Box
from inspector_app.domain.results import Overrule
from inspector_app.domain.verdicts import Verdict
from inspector_app.store.project import Project


def test_conversation(project: Project, image):
    question = Message(image.id, "user", "What is this?", boxes=(Box(0.1, 0.2, 1 / 3, 0.4),))
    answer = Message(image.id, "assistant", "", status="cancelled", created="2026-01-01T00:00:00")
    project.add_message(question)
    project.add_message(answer)
    project.update_message(answer.id, "A scratch.", "done", result_id="r1")
    project.update_message(answer.id, "A deep scratch.", "done")
    first, second = project.messages(image.id)
    assert first.boxes == question.boxes
    assert first.created
    assert (second.text, second.status, second.result_id) == ("A deep scratch.", "done", "r1")
    assert second.created == "2026-01-01T00:00:00"


def test_unknown_message_and_image(project: Project):
    with pytest.raises(StoreError, match="message is not in this project"):
        project.update_message("no", "", "done")
    with pytest.raises(StoreError, match="could not be saved"):
        project.add_message(Message("no", "user", "hello"))


def test_overrules_and_their_history(project: Project, image):
    assert project.overrule(image.id) is None
    project.set_overrule(Overrule(image.id, Verdict.REJECT, "An", "S1", "deep"))
    project.set_overrule(Overrule(image.id, Verdict.ACCEPT, "Bình"))
    found = project.overrule(image.id)
    assert found is not None
    assert (found.verdict, found.person, found.code) == (Verdict.ACCEPT, "Bình", "")
    assert found.created
    project.clear_overrule(image.id)
    assert project.overrule(image.id) is None
    kept = project._connection.execute("SELECT verdict, person FROM overrules ORDER BY seq")
    assert kept.fetchall() == [("reject", "An"), ("accept", "Bình"), (None, "")]
    with pytest.raises(StoreError, match="could not be saved"):
        project.clear_overrule("no")


def test_recipes_are_kept_once(project: Project):
    project.save_recipe("aa", "nut v1", "name = 'nut'")
    project.save_recipe("bb", "nut v2", "name = 'nut' # é")
    project.save_recipe("aa", "nut v1", "name = 'nut'")
    assert project.recipe_texts() == [
        ("aa", "nut v1", "name = 'nut'"),
        ("bb", "nut v2", "name = 'nut' # é"),
    ]
