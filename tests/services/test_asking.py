"""Every way of asking: on scripted answers, and on a real engine."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from inspector_app.domain.asking import AnswerFormat, Ask, Form, Made, Reads
from inspector_app.domain.engine import Engine, Example, InspectRequest, Sampling
from inspector_app.domain.errors import BadInputError, EngineError
from inspector_app.domain.events import (
    LAST,
    BoxesFound,
    Cancelled,
    Event,
    Failed,
    Finished,
    StageReached,
    Started,
    TextDelta,
)
from inspector_app.domain.findings import FoundBox
from inspector_app.domain.geometry import Box
from inspector_app.domain.paths import MODELS
from inspector_app.domain.tasks import Task
from inspector_app.engines import fake, registry
from inspector_app.engines.fake import FakeEngine, Script
from inspector_app.services import asking, ways

SIZE = (640, 480)
Plays = Callable[..., "Player"]


class Player(FakeEngine):
    """The scripted engine, which keeps what it was asked."""

    def __init__(self) -> None:
        super().__init__(registry.card("fake"))
        self.requests: list[InspectRequest] = []
        self.load()

    def stream(self, request: InspectRequest, stop: Any) -> Iterator[Event]:
        self.requests.append(request)
        yield from super().stream(request, stop)

    def score(
        self, request: InspectRequest, choices: Sequence[str], stop: Any = None
    ) -> tuple[float, ...]:
        self.requests.append(request)
        return super().score(request, choices, stop)


@pytest.fixture
def play(monkeypatch: pytest.MonkeyPatch) -> Plays:
    """`play(first, then, ...)`: an engine whose script "NAME" says these words."""

    def build(**scripts: str | Script) -> Player:
        for name, script in scripts.items():
            made = script if isinstance(script, Script) else Script((script,), (), None)
            monkeypatch.setitem(fake.SCRIPTS, name, made)
        return Player()

    return build


def take(ask: Ask, engine: Engine, stop: Any = None, **more: Any) -> list[Event]:
    request = InspectRequest(("part.png",), Task.VQA, **more)
    return list(asking.run(ask, request, engine, stop or threading.Event(), SIZE))


def end(events: list[Event]) -> tuple[Finished, Made]:
    """The answer and what it was made of; the stream is a whole one."""
    assert isinstance(events[0], Started)
    assert sum(isinstance(event, Started) for event in events) == 1
    assert sum(isinstance(event, LAST) for event in events) == 1
    assert len({event.request_id for event in events}) == 1
    last = events[-1]
    assert isinstance(last, Finished), last
    staged = events[-2]
    assert isinstance(staged, StageReached)
    assert staged.stage == ""
    return last, staged.made


# -- what is put to the engine, and how its answer is read -------------------------------


def test_a_plain_question_goes_as_it_is(play: Plays):
    engine = play(a="a scratch")
    ask = Ask("script:a", sampling=Sampling(0.5, seed=3), system="Be brief.")
    events = take(ask, engine, language="vi", boxes=(Box(0, 0, 1, 1),))
    assert not any(isinstance(event, StageReached) for event in events)
    assert isinstance(events[-1], Finished)
    (asked,) = engine.requests
    assert (asked.question, asked.system, asked.sampling) == ("script:a", "Be brief.", ask.sampling)
    assert asked.images == ("part.png",)
    assert asked.boxes == (Box(0, 0, 1, 1),)
    assert asked.examples == ()


def test_good_parts_go_with_a_plain_question_and_are_kept(play: Plays):
    engine = play(a="a scratch")
    last, made = end(take(Ask("script:a", golden=("g1.png", "g2.png")), engine))
    (asked,) = engine.requests
    assert (asked.question, asked.images) == ("script:a", ("part.png", "g1.png", "g2.png"))
    assert last.answer == "a scratch"
    assert made.ask.golden == ("g1.png", "g2.png")  # asked again, they go with it again


def test_the_form_is_asked_for_and_found(play: Plays):
    engine = play(a="Yes, I would say.")
    last, made = end(take(Ask("script:a", format=AnswerFormat(Form.YES_NO)), engine))
    assert engine.requests[0].question == "script:a Answer with yes or no only."
    assert (last.answer, last.raw, last.reasons) == ("Yes", "Yes, I would say.", ())
    assert made.ask.format.form is Form.YES_NO
    last, _ = end(take(Ask("script:a", format=AnswerFormat(Form.LINE)), engine, language="vi"))
    assert last.answer == "Yes, I would say."
    assert "không có dòng" in last.reasons[0]
    own = Ask("script:a", format=AnswerFormat(Form.OWN, "As {question} a haiku."))
    end(take(own, engine))
    assert engine.requests[-1].question == "script:a As {question} a haiku."
    end(take(Ask("script:a", format=AnswerFormat(Form.JSON)), engine))
    assert engine.requests[-1].schema == '{"type": "object"}'


def test_examples_stand_in_the_words_of_the_question(play: Plays):
    engine = play(a="Answer: a dent")
    ask = Ask(
        "script:a",
        "few-shot",
        examples=(Example("What is on part 1?", "a stain"), Example("", "nothing")),
        format=AnswerFormat(Form.LINE),
    )
    last, made = end(take(ask, engine))
    tail = ' Give the answer in a last line that begins with "Answer:".'
    assert engine.requests[0].examples == (
        Example(f"What is on part 1?{tail}", "Answer: a stain"),
        Example(f"script:a{tail}", "Answer: nothing"),
    )
    assert last.answer == "a dent"
    assert made.ask.examples == ask.examples


def test_demonstrations_bring_their_images(play: Plays):
    engine = play(a="a dent")
    ask = Ask("script:a", "few-shot-images", examples=(Example("", "a stain", "other.png"),))
    end(take(ask, engine))
    assert engine.requests[0].examples == (Example("script:a", "a stain", "other.png"),)
    end(take(replace(ask, way="few-shot", examples=(*ask.examples, Example("q", "a"))), engine))
    assert engine.requests[-1].examples == (Example("q", "a"),)  # it takes no images


def test_steps_are_kept_apart_from_the_answer(play: Plays):
    engine = play(a="It is dark.\nIt is long.\nAnswer: a scratch")
    last, made = end(take(Ask("script:a", "step-by-step"), engine))
    assert last.answer == "a scratch"
    assert made.rationale == "It is dark.\nIt is long."
    assert "Think step by step." in engine.requests[0].question


def test_the_second_stage_reads_the_first(play: Plays):
    engine = play(a="A dark line. script:b", b=Script(("a ", "scratch"), (), None))
    events = take(Ask("Why? script:a", "two-stage"), engine, history=())
    last, made = end(events)
    first, second = engine.requests
    assert "Do not answer yet" in first.question
    assert "Reasoning: A dark line. script:b" in second.question
    assert made.rationale == "A dark line. script:b"
    assert (last.answer, last.tokens) == ("a scratch", 3)
    assert len(made.prompts) == 2
    stages = [(e.stage, e.anew) for e in events if isinstance(e, StageReached)]
    assert stages == [("rationale", False), ("answer", True), ("", False)]
    told = [event.text for event in events if isinstance(event, TextDelta)]
    assert told == ["A dark line. script:b", "a ", "scratch"]


def test_boxes_and_maps_of_reasoning_are_no_findings(play: Plays):
    box = FoundBox("line", Box(0, 0, 0.5, 0.5))
    engine = play(a=Script(("Look. script:b",), (box,), None), b="a scratch")
    events = take(Ask("script:a", "two-stage"), engine)
    assert end(events)[0].boxes == ()
    assert not any(isinstance(event, BoxesFound) for event in events)


@pytest.mark.parametrize("way", ["two-stage"])
def test_reasoning_is_kept_when_what_follows_fails(play: Plays, way: str):
    engine = play(a="A dark line. script:b", b=Script(("half",), (), None, then="fail"))
    *_, staged, last = take(Ask("script:a", way), engine)
    assert isinstance(last, Failed)
    assert isinstance(staged, StageReached)
    assert staged.made.rationale == "A dark line. script:b"
    engine = play(b=Script(("half",), (), None, then="raise"))
    *_, staged, last = take(Ask("script:a", way), engine)
    assert isinstance(last, Failed)
    assert isinstance(staged, StageReached)
    assert staged.made.rationale == "A dark line. script:b"


def test_stop_within_and_between_stages(play: Plays):
    engine = play(a=Script(("One ", "two. script:b"), (), None), b="never")
    stop = threading.Event()
    events: list[Event] = []
    request = InspectRequest(("part.png",), Task.VQA)
    for event in asking.run(Ask("script:a", "two-stage"), request, engine, stop, SIZE):
        events.append(event)
        if isinstance(event, TextDelta):
            stop.set()
    last, staged = events[-1], events[-2]
    assert isinstance(last, Cancelled)
    assert last.answer == ""  # half a reasoning is no answer
    assert isinstance(staged, StageReached)
    assert (staged.made.rationale, staged.anew) == ("One ", True)
    assert len(engine.requests) == 1
    stop = threading.Event()
    stopped: list[Event] = []
    for event in asking.run(Ask("script:a", "two-stage"), request, engine, stop, SIZE):
        stopped.append(event)
        if isinstance(event, TextDelta) and event.text.startswith("two"):
            stop.set()
    assert isinstance(stopped[-1], Cancelled)
    assert len(engine.requests) == 2  # the second stage was not begun


def test_options_are_scored(play: Plays):
    engine = play()
    ask = Ask("What is it?", "choices", options=("a deep scratch", "dent", "oil"))
    last, made = end(take(ask, engine))
    assert (last.answer, last.raw) == ("oil", "oil")
    assert [option.text for option in made.options] == list(ask.options)
    assert [option.log_likelihood for option in made.options] == [-14, -4, -3]
    assert sum(option.share for option in made.options) == pytest.approx(1)
    assert made.options[2].share == pytest.approx(0.731, abs=1e-3)
    # Every byte costs the scripted engine the same, so by length none is better.
    assert [o.share_by_length for o in made.options] == pytest.approx([1 / 3] * 3)
    assert "A. a deep scratch\nB. dent\nC. oil" in engine.requests[0].question


def test_length_deciding_among_options_is_told(play: Plays, monkeypatch: pytest.MonkeyPatch):
    engine = play()
    monkeypatch.setattr(engine, "score", lambda *_: (-4.0, -3.0))
    last, _ = end(take(Ask("?", "choices", options=("a long answer", "no")), engine))
    assert last.answer == "no"
    assert last.reasons == ("By length of the answers, a long answer would be first.",)


def test_scoring_fails_and_stops_in_words(play: Plays, monkeypatch: pytest.MonkeyPatch):
    engine, ask = play(), Ask("?", "choices", options=("a", "b"))
    stop = threading.Event()
    stop.set()
    assert isinstance(take(ask, engine, stop)[-1], Cancelled)

    def broken(*_: Any) -> tuple[float, ...]:
        raise EngineError("It broke.")

    monkeypatch.setattr(engine, "score", broken)
    assert isinstance(take(ask, engine)[-1], Failed)
    monkeypatch.setattr(engine, "score", lambda *_: (float("nan"), 0.0))
    assert isinstance(take(ask, engine)[-1], Failed)


def test_the_context_is_told_and_cited(play: Plays):
    regions = (FoundBox("scratch", Box(0, 0, 0.5, 0.5), 0.8), FoundBox("stain", Box(0, 0, 1, 1)))
    engine = play(a="A scratch [1], oil [3] and rust [7]. Region 2 too.")
    # The user took line 2 out and wrote line 3.
    ask = Ask("script:a", "context", context="[1] scratch\n[3] my own note", regions=regions)
    last, made = end(take(ask, engine))
    assert "They may be wrong" in engine.requests[0].question
    assert "[1] scratch\n[3] my own note" in engine.requests[0].question
    assert (made.cited, made.unknown) == ((1, 3), (7, 2))
    assert made.cited_regions == (FoundBox("[1]", Box(0, 0, 0.5, 0.5), 0.8),)
    assert last.reasons == ("The answer cites [7], [2], which the context does not have.",)
    assert last.boxes == ()  # they are findings already
    last, _ = end(take(replace(ask, question="script:none-such"), engine))
    assert last.reasons[-1] == "The answer cites nothing of the context."


@pytest.mark.parametrize(("size", "words"), [("given", "640 pixels wide"), ("asked", "First say")])
def test_places_in_pixels(play: Plays, size: str, words: str):
    data: dict[str, Any] = {"boxes": [{"label": "dent", "box": [64, 48, 320, 240]}]}
    if size == "asked":
        data = {"width": 1280, "height": 960, **data}
    engine = play(a=json.dumps(data))
    events = take(Ask("script:a", "locate", controls=(("size", size),)), engine)
    last, _ = end(events)
    (asked,) = engine.requests
    assert words in asked.question
    assert ("width" in json.loads(asked.schema)["properties"]) == (size == "asked")
    expected = Box(0.1, 0.1, 0.5, 0.5) if size == "given" else Box(0.05, 0.05, 0.25, 0.25)
    assert last.boxes == (FoundBox("dent", expected),)
    (told,) = [event for event in events if isinstance(event, BoxesFound)]
    assert told.boxes == last.boxes
    assert last.answer == "dent"
    assert json.loads(last.raw) == data
    assert bool(last.reasons) == (size == "asked")


def test_an_image_of_unknown_size_is_measured(play: Plays, tmp_path: Path):
    Image.new("RGB", (200, 100)).save(tmp_path / "part.png")
    engine = play(a='{"boxes": [{"label": "dent", "box": [20, 10, 100, 50]}]}')
    ask = Ask("script:a", "locate")
    for path in (str(tmp_path / "part.png"), str(tmp_path / "gone.png")):
        request = InspectRequest((path,), Task.VQA)
        events = list(asking.run(ask, request, engine, threading.Event()))
        if "gone" in path:
            assert isinstance(events[-1], Failed)
            assert "gone.png" in events[-1].what
        else:
            assert end(events)[0].boxes == (FoundBox("dent", Box(0.1, 0.1, 0.5, 0.5)),)
            assert "200 pixels wide and 100" in engine.requests[0].question
    assert len(engine.requests) == 1


def test_counts_are_checked_against_boxes(play: Plays):
    boxes = (FoundBox("a", Box(0, 0, 0.1, 0.1)), FoundBox("a", Box(0.5, 0, 0.6, 0.1)))
    engine = play(
        a=Script(("Count: 2",), boxes, None), b=Script(("Count: 5",), boxes, None),
        c=Script(("some",), boxes, None),
    )  # fmt: skip
    assert end(take(Ask("script:a", "count"), engine))[0].reasons == ("a found", "a found")
    told = end(take(Ask("script:b", "count"), engine))[0].reasons[-1]
    assert told == "The answer says 5, and marks 2."
    told = end(take(Ask("script:c", "count"), engine))[0].reasons[-1]
    assert told == "The answer says no number; it marks 2."
    assert engine.requests[0].task is Task.GROUNDING


def test_missing_fields_are_told(play: Plays):
    engine = play(a='{"shop": "Bach Hoa", "total": 114, "date": "N/A"}', b='{"shop": "Ba')
    ask = Ask("script:a", "fields", fields="shop, total, date")
    last, _ = end(take(ask, engine))
    assert last.answer == "shop: Bach Hoa\ntotal: 114\ndate: N/A"
    assert last.reasons == ("1 of 3 fields are N/A.",)
    assert "Fields: shop, total, date." in engine.requests[0].question
    last, _ = end(take(replace(ask, question="script:b"), engine))
    assert last.reasons == ("The answer ended before its JSON was whole.",)


def test_a_caption_to_order(play: Plays):
    engine = play(a="Nice.")
    chosen = (("language", "en"), ("length", "words"), ("tone", "negative"))
    end(take(Ask("", "caption", controls=chosen), engine, language="vi"))
    (asked,) = engine.requests
    assert asked.language == "en"
    assert asked.task is Task.CAPTION
    assert asked.question == (
        "Describe this image. Use at most five words. Write in a critical tone."
        " Say only what can be seen."
    )


def test_an_own_way_of_three_stages(play: Plays):
    folder = ways.own_ways_folder()
    folder.mkdir(parents=True)
    (folder / "mine.toml").write_text(
        'reads = "text"\nstages = ["look", "doubt", "answer"]\n[en]\nname = "M"\nabout = "m"\n'
        'look = "{question} Look."\ndoubt = "{question} Doubt: {look}"\n'
        'answer = "{question} {look} | {doubt}"\n',
        "utf-8",
    )
    engine = play(a="L", b="D")
    last, made = end(take(Ask("script:a", "mine"), engine))
    assert engine.requests[2].question == "script:a L | L"
    assert made.rationale == "L\n\nL"
    assert last.answer == "L"


# -- what is refused -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (Ask("q", "no-such-way"), "no way of asking"),
        (Ask("q", "few-shot"), "needs examples"),
        (Ask("q", "few-shot-images", examples=(Example("q", "a"),)), "needs demonstrations"),
        (Ask("q", "few-shot", examples=(Example("q", " "),)), "no answer"),
        (Ask("q", "choices"), "needs options"),
        (Ask("q", "choices", options=("a",)), "two or more"),
        (Ask("q", "choices", options=("a", "a ")), "two or more"),
        (Ask("q", "choices", options=("a", " ")), "option is empty"),
        (Ask("q", "choices", options=tuple(map(str, range(27)))), "26"),
        (Ask("q", "context", context=" \n"), "needs context"),
        (Ask("q", "fields", fields=" , "), "No field"),
        (Ask("q", format=AnswerFormat(Form.OWN, " ")), "form of the answer is empty"),
        (Ask("q", "caption", controls=(("tone", "loud"),)), "cannot be 'loud'"),
        (Ask("q", sampling=Sampling(temperature=-1)), "temperature -1 is out of range"),
        (Ask("q", sampling=Sampling(top_p=0)), "top_p 0"),
        (Ask("q", sampling=Sampling(max_tokens=0)), "max_tokens 0"),
    ],
)
def test_what_cannot_be_asked_is_said_in_one_line(play: Plays, ask: Ask, says: str):
    engine = play()
    with pytest.raises(BadInputError, match=says) as told:
        asking.check(ask, engine.capabilities)
    assert "\n" not in str(told.value)
    started, failed = take(ask, engine)
    assert isinstance(started, Started)
    assert isinstance(failed, Failed)
    assert failed.mend
    assert engine.requests == []


def test_what_the_engine_cannot_do_is_said():
    anomaly = registry.card("anomaly").capabilities
    one = replace(registry.card("fake").capabilities, several_images=False, scoring=False)
    with pytest.raises(EngineError, match="cannot do the task vqa"):
        asking.check(Ask("q"), anomaly)
    with pytest.raises(EngineError, match="no likelihoods"):
        asking.check(Ask("q", "choices", options=("a", "b")), one)
    for ask in (
        Ask("q", golden=("g.png",)),
        Ask("q", "few-shot-images", examples=(Example("", "a", "i.png"),)),
    ):
        with pytest.raises(EngineError, match="one image only"):
            asking.check(ask, one)


# -- a real engine ---------------------------------------------------------------------------

WHOLE: dict[str, dict[str, Any]] = {
    "zero-shot": {"format": AnswerFormat(Form.WORD)},
    "few-shot": {"examples": (Example("Is it round?", "yes"),)},
    "few-shot-images": {"examples": (Example("", "a dent", "PART"),)},
    "step-by-step": {},
    "two-stage": {},
    "choices": {"options": ("a scratch", "a dent")},
    "context": {"context": "[1] scratch", "regions": (FoundBox("s", Box(0, 0, 0.5, 0.5)),)},
    "locate": {},
    "count": {},
    "fields": {"fields": "shop, total"},
    "caption": {},
}


@pytest.fixture(scope="module", params=["qwen", "minigpt"])
def model(
    request: pytest.FixtureRequest, tiny_checkpoint: Path, minigpt_folder: Path, session_home: Path
) -> Iterator[Engine]:
    """The starter model where its weights are, else a small one; and a MiniGPT-v2."""
    from inspector_app.services.models import add_folder

    if request.param == "minigpt":
        card_id = add_folder(minigpt_folder, name="Asked Mini", card_id="asked-mini").id
    elif (MODELS / "starter" / "model.safetensors").is_file():
        card_id = "starter"
    else:
        card_id = add_folder(tiny_checkpoint, name="Asked", card_id="asked").id
    engine = registry.create(card_id)
    engine.load()
    yield engine
    engine.unload()


def test_every_way_is_tried_on_a_real_engine():
    assert set(WHOLE) == set(ways.ways())


@pytest.mark.parametrize("way_id", WHOLE)
def test_every_way_on_a_real_engine(model: Engine, way_id: str, part: Path):
    chosen = dict(WHOLE[way_id])
    examples = chosen.pop("examples", ())
    shown = tuple(replace(e, image=str(part)) if e.image else e for e in examples)
    ask = Ask(
        "What is wrong here?", way_id, examples=shown, sampling=Sampling(max_tokens=24), **chosen
    )
    request = InspectRequest((str(part),), Task.VQA)
    events = list(asking.run(ask, request, model, threading.Event(), (192, 192)))
    last, made = end(events)
    way = ways.way(way_id)
    assert len(made.prompts) == len(way.stages)
    assert "What is wrong here?" in made.prompts[0]
    assert last.answer or way.reads in (Reads.TEXT, Reads.STEPS, Reads.CITED, Reads.COUNT)
    match way.reads:
        case Reads.CHOICE:
            assert last.answer in ask.options
            assert sum(option.share for option in made.options) == pytest.approx(1)
            assert all(option.log_likelihood < 0 for option in made.options)
        case Reads.PLACES | Reads.FIELDS:
            assert last.raw.startswith('{"boxes":[' if way_id == "locate" else '{"shop":"')
        case _:
            if len(way.stages) > 1:
                assert made.rationale
                assert made.rationale[:12] in made.prompts[1]
    if way_id == "few-shot-images":
        marks = ("<|vision_start|>", "<ImageHere>")
        assert sum(made.prompts[0].count(mark) for mark in marks) == 2


def test_the_second_stage_of_a_real_engine_computes_the_image_once(model: Any, part: Path):
    ask = Ask("What is it?", "two-stage", sampling=Sampling(max_tokens=8))
    request = InspectRequest((str(part),), Task.VQA)
    end(list(asking.run(ask, request, model, threading.Event(), (192, 192))))
    assert model.ready()[1].reused > 4  # the image and the question stand before what differs
