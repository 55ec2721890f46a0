"""What helps to make a question: context of experts, demonstrations, presets, token costs."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from inspector_app.domain.asking import AnswerFormat, Ask, Form, Made
from inspector_app.domain.chat import Message
from inspector_app.domain.documents import Document, Page, Reading, TextLine
from inspector_app.domain.engine import Example, InspectRequest, Sampling
from inspector_app.domain.errors import BadInputError, EngineError, StoreError
from inspector_app.domain.events import Provenance
from inspector_app.domain.findings import Author, AuthorKind, Finding, FindingState, FoundBox
from inspector_app.domain.geometry import Box
from inspector_app.domain.recipes import Recipe
from inspector_app.domain.results import Overrule, Result
from inspector_app.domain.tasks import Task
from inspector_app.domain.verdicts import Limits, Verdict
from inspector_app.engines import registry
from inspector_app.services import presets, projects
from inspector_app.services.demonstrations import accepted_examples
from inspector_app.services.expert_context import expert_context
from inspector_app.services.presets import Preset
from inspector_app.services.projects import Project
from inspector_app.services.prompt_cost import cost

PERSON = Author(AuthorKind.PERSON, "me")


@pytest.fixture
def project(tmp_path: Path, parts: Path):
    with projects.open_project(tmp_path / "p.inspect", create=True) as project:
        project.add_images(sorted((parts / "lot").iterdir()))
        yield project


def add(project: Project, image_id: str, label: str, state: FindingState, score: float | None):
    box = Box(0.1, 0.2, 0.5, 0.4)
    project.add_finding(Finding(image_id, label, box, PERSON, score, state))


def test_context_of_experts(project: Project):
    image = project.images()[0]
    assert expert_context(project, image.id).text == ""
    add(project, image.id, "scratch", FindingState.PROPOSED, 0.832)
    add(project, image.id, "shadow", FindingState.REJECTED, 0.9)
    line = TextLine("LOT 42", Box(0, 0, 0.2, 0.1), 0.9)
    read = Reading(Document(image.path, (Page(0, 192, 192, (line,)),)), None, "")
    project.set_reading(image.id, read, "", "")
    limits = Limits(0.3, 0.6, 0.5)
    project.add_result(
        Result(
            image.id, Task.DETECTION, "", "x", "x", Provenance("anomaly"),
            score=0.83, limits=limits, verdict=Verdict.REJECT,
        ),
        [],
        None,
    )  # fmt: skip
    project.add_result(
        Result(image.id, Task.CAPTION, "", "a\nround part", "", Provenance("x")), [], None
    )
    found = expert_context(project, image.id)
    name = registry.card("anomaly").name
    assert found.text.splitlines() == [
        "[1] scratch, score 0.83: left 10%, top 20%, right 50%, bottom 40% of the image",
        "[2] Text: LOT 42",
        f"[3] {name}: reject, score 0.83.",
        "[4] Description: a round part",
    ]
    assert [region.label for region in found.regions] == ["scratch", "LOT 42"]
    vietnamese = expert_context(project, image.id, "vi").text
    assert "điểm 0,83" in vietnamese
    assert "loại" in vietnamese


def test_demonstrations_are_what_people_accepted(project: Project):
    first, second, third, fourth, *_ = project.images()
    for image, label, state in (
        (first, "dent", FindingState.ACCEPTED),
        (second, "scratch", FindingState.ACCEPTED),
        (second, "oil", FindingState.ACCEPTED),
        (second, "scratch", FindingState.ACCEPTED),
        (third, "noise", FindingState.PROPOSED),
    ):
        add(project, image.id, label, state, None)
    project.set_overrule(Overrule(fourth.id, Verdict.ACCEPT, "me", "", "", ""))
    assert accepted_examples(project, first.id) == [
        Example("", "scratch, oil", second.path), Example("", "no defect", fourth.path),
    ]  # fmt: skip


def test_presets_are_kept_for_each_recipe(tmp_path: Path):
    recipe = Recipe("nut", 1, "anomaly", Limits(0.1, 0.2, 0.1), path=str(tmp_path / "nut.toml"))
    ask = Ask(
        "Why?", "few-shot", examples=(Example("q", "a", "i.png"),),
        format=AnswerFormat(Form.OWN, "short"), controls=(("tone", "calm"),),
        regions=(FoundBox("s", Box(0, 0, 1, 0.5), 0.5),), sampling=Sampling(0.7, seed=5),
    )  # fmt: skip
    kept = Preset(ask, 0.7, {"seed": 5})
    presets.save(recipe, "  my   way ", kept)
    presets.save(None, "Other", Preset(Ask("q")))
    presets.save(recipe, "A", Preset(Ask("x")))
    assert presets.presets(replace(recipe, version=2, sha256="other")) == {
        "A": Preset(Ask("x")), "my way": kept,
    }  # fmt: skip
    assert list(presets.presets(None)) == ["Other"]
    presets.remove(recipe, "A")
    presets.remove(recipe, "not there")
    assert list(presets.presets(recipe)) == ["my way"]
    with pytest.raises(BadInputError):
        presets.save(recipe, " ", kept)


def test_damaged_presets_stop_nobody(home: Path):
    path = home / "config" / "prompt_presets.json"
    presets.save(None, "Good", Preset(Ask("q"), 0.5, {"top_p": 7}))
    text = path.read_text("utf-8")
    path.write_text(text.replace('"Good": {', '"Bad": {"task": 3}, "Good": {'), "utf-8")
    assert presets.presets(None) == {"Good": Preset(Ask("q"), 0.5)}  # 7 is no top_p
    path.write_text("{half", "utf-8")
    assert presets.presets(None) == {}


@pytest.mark.parametrize("damaged", ["{half", "[]", '{"": 3}'])
def test_damaged_presets_are_put_aside_and_not_written_over(home: Path, damaged: str):
    path = home / "config" / "prompt_presets.json"
    for name in ("prompt_presets.json.bak", "prompt_presets.json.bak1"):
        presets.save(None, "Good", Preset(Ask("q")))
        path.write_text(damaged, "utf-8")
        with pytest.raises(StoreError, match="damaged") as told:
            presets.save(None, "Again", Preset(Ask("q")))
        assert name in str(told.value)
        assert "\n" not in str(told.value)
        assert path.with_name(name).read_text("utf-8") == damaged
        assert not path.exists()
        presets.save(None, "Again", Preset(Ask("q")))
        assert list(presets.presets(None)) == ["Again"]


def test_presets_that_cannot_be_read_now_are_not_written_over(
    home: Path, monkeypatch: pytest.MonkeyPatch
):
    presets.save(None, "Good", Preset(Ask("q")))

    def locked(*_: object) -> str:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "read_text", locked)
        assert presets.presets(None) == {}
        for change in (
            lambda: presets.save(None, "Again", Preset(Ask("q"))),
            lambda: presets.remove(None, "Good"),
        ):
            with pytest.raises(StoreError, match="Permission denied"):
                change()
    assert list(presets.presets(None)) == ["Good"]


def test_what_an_answer_was_made_of_is_kept_with_it(project: Project):
    image = project.images()[0]
    made = Made(Ask("q", "two-stage"), "because", cited=(1,), unknown=(2,), prompts=("a", "b"))
    answer = Message(image.id, "assistant", "", made=made)
    project.add_message(answer)
    project.update_message(answer.id, "yes", "done")
    assert project.messages(image.id)[0].made == made
    other = replace(made, rationale="else")
    project.update_message(answer.id, "yes", "done", made=other)
    assert project.messages(image.id)[0].made == other
    project.change_talk(image.id, [answer.id], project.messages(image.id))
    assert project.messages(image.id)[0].made == other


@pytest.mark.parametrize("which", ["tiny", "minigpt"])
def test_costs_are_those_of_the_very_prompt(
    which: str, request: pytest.FixtureRequest, part: Path, parts: Path
):
    card_id: str = request.getfixturevalue(which)
    shown = str(parts / "lot" / "part_0.png")
    ask = Ask(
        "What is it?",
        "few-shot-images",
        examples=(Example("", "a dent", shown), Example("Is it round?", "yes")),
        sampling=Sampling(max_tokens=4),
    )
    asked = InspectRequest((str(part),), Task.VQA)
    (told,) = cost(card_id, ask, asked, 0)
    engine = registry.create(card_id)
    engine.load()
    from inspector_app.services import asking

    list(asking.run(ask, asked, engine, threading.Event(), (192, 192)))
    sequence = engine.ready()[1]  # type: ignore[attr-defined]
    written = sequence.length  # the prompt and the tokens of the answer but the last
    assert told.total <= written <= told.total + 4
    pictures = sum(symbol < 0 for symbol in sequence._symbols)
    assert told.images == pictures
    assert told.examples[0] > told.examples[1] > 0
    without = next(iter(cost(card_id, replace(ask, examples=ask.examples[:1]), asked, 0)))
    assert told.total - without.total == told.examples[1]


def test_costs_need_a_language_model(part: Path):
    asked = InspectRequest((str(part),), Task.VQA)
    with pytest.raises(EngineError, match="tokenizer"):
        list(cost("fake", Ask("q"), asked, 0))
