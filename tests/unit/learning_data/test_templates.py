from __future__ import annotations

import json
import random
import re
from pathlib import Path

import pytest

from inspector_app.domain.engine import InspectRequest
from inspector_app.domain.errors import BadInputError
from inspector_app.domain.findings import FoundBox
from inspector_app.domain.geometry import Box
from inspector_app.domain.loading import SeenImage
from inspector_app.domain.samples import Sample
from inspector_app.domain.tasks import Task
from inspector_app.engines.language_prompts import language_texts, question_text
from inspector_app.learning.box_answers import boxes_text, read_boxes
from inspector_app.learning.template_files import template, templates
from inspector_app.learning.templates import (
    explanation_parts,
    explanation_question,
    has_words,
    lesson_rng,
    make_lesson,
)
from inspector_app.parsing.box_text import DIALECTS
from inspector_app.store.places import config_folder

SEEN = SeenImage(448, 336, 192)
PIT = FoundBox("pit", Box(0.1, 0.2, 0.3, 0.4))
DENT = FoundBox("dent", Box(0.5, 0.5, 0.75, 1))
PART = Sample(
    ("/a.png",), Task.DETECTION, "train", located=(PIT, DENT, PIT), is_defect=True, category="nut"
)
GOOD = Sample(("/b.png",), Task.DETECTION, "train", located=(), is_defect=False, category="nut")
UNPLACED = Sample(("/c.png",), Task.DETECTION, "train", located=None, is_defect=True)
ASKED = Sample(("/d.png",), Task.VQA, "train", "What {colour} is it?", ("red", "pink"))
WHY = Sample(
    (), Task.VQA, "train", "Chín chưa?", ("có",), explanations=("vỏ đã vàng",), language="vi"
)
RECEIPT = Sample(
    ("/e.png",), Task.EXTRACT, "train",
    fields=(
        ("company", "ABC SDN BHD"), ("date", "25/12/2018"), ("total", "1,234.50"), ("tax", None),
        ("address", "Jalan 1 | Jalan One"), ("subtotal", "see back"), ("tips", "2.00"),
    ),
)  # fmt: skip


def lessons(sample: Sample, name: str, dialect: str = "qwen2-vl") -> set[tuple[str, str]]:
    seen = SEEN if sample.images else None
    made = [make_lesson(sample, name, dialect, seen, random.Random(n)) for n in range(200)]
    return {lesson.turns[0] for lesson in made}


def words(dialect: str, language: str = "en") -> dict[str, str]:
    return language_texts(language, "minigpt" if dialect == "minigpt-v2" else "")


@pytest.mark.parametrize("dialect", list(DIALECTS))
def test_auto_asks_what_the_program_asks(dialect: str):
    request = InspectRequest(PART.images, Task.DETECTION)
    known = words(dialect)
    found = question_text(request, known, dialect, SEEN)
    yes, no = (known[key].split("|")[0] for key in ("yes", "no"))
    answer = boxes_text(PART.located or (), dialect, SEEN)
    assert lessons(PART, "auto", dialect) == {
        (found, answer),
        (known["defect"], yes),
        (known["flawless"], no),
    }
    assert lessons(GOOD, "auto", dialect) == {
        (found, "There is no defect."),
        (known["defect"], no),
        (known["flawless"], yes),
    }
    assert {q for q, _ in lessons(UNPLACED, "auto", dialect)} == {
        known["defect"],
        known["flawless"],
    }
    asked = question_text(
        InspectRequest(ASKED.images, Task.VQA, ASKED.question), known, dialect, SEEN
    )
    assert lessons(ASKED, "auto", dialect) == {(asked, "red")}


@pytest.mark.parametrize("dialect", list(DIALECTS))
def test_boxes_of_an_answer_are_read_again(dialect: str):
    found = read_boxes(boxes_text((PIT, DENT, PIT), dialect, SEEN), dialect, SEEN)
    assert [each.label for each in found] == ["pit", "pit", "dent"]
    assert all(one.box.iou(two.box) > 0.9 for one, two in zip(found, (PIT, PIT, DENT), strict=True))


def test_boxes_of_a_phrase_stand_together_for_minigpt():
    text = boxes_text((PIT, DENT, PIT), "minigpt-v2", SEEN)
    assert (
        text
        == "<p>pit</p> {<10><20><30><40>}<delim>{<10><20><30><40>} <p>dent</p> {<50><50><75><100>}"
    )


def test_auto_writes_receipts_by_the_schema_of_the_program():
    ((question, answer),) = lessons(RECEIPT, "auto")
    assert json.loads(answer) == {
        "shop": "ABC SDN BHD",
        "address": "Jalan 1",
        "date": "2018-12-25",
        "tax": None,
        "total": 1234.5,
    }
    schema = json.loads(question[question.index("{") :])
    assert list(schema["properties"]) == list(json.loads(answer))
    request = InspectRequest(
        RECEIPT.images, Task.EXTRACT, "Read the fields of this document.", schema=json.dumps(schema)
    )
    assert question == question_text(request, words(""), "qwen2-vl", SEEN)


def test_fields_that_are_told_in_words_are_not_asked_for_as_json():
    sample = Sample(("/e.png",), Task.EXTRACT, "train", answers=("Tên: A",), language="vi")
    assert lessons(sample, "auto") == {("Đọc các trường của tài liệu này.", "Tên: A")}
    assert not has_words(sample, "receipt-fields")
    assert has_words(RECEIPT, "receipt-fields")


def test_documents_of_other_kinds_keep_their_names():
    sample = Sample(("/e.png",), Task.EXTRACT, "train", fields=(("Tên", "A"), ("a.0", "1")))
    question, answer = min(lessons(sample, "receipt-fields"))
    assert json.loads(answer) == {"Tên": "A", "a": ["1"]}
    assert '"Tên": {"type": ["string", "null"]}' in question


def test_explanations_in_both_languages():
    found = lessons(WHY, "auto")
    assert (
        "Chín chưa? Trả lời và nêu lý do. Trả lời bằng tiếng Việt.",
        "có vì vỏ đã vàng",
    ) in found
    assert ("Chín chưa? Trả lời bằng tiếng Việt.", "có") in found
    assert explanation_question(WHY) == "Chín chưa? Trả lời và nêu lý do."
    assert explanation_parts("có vì vỏ đã vàng", "vi") == ("có", "vỏ đã vàng")
    assert explanation_parts("yes", "en") == ("yes", "")


def test_ten_short_wordings_are_all_drawn_and_data_are_not_filled_in():
    assert len(lessons(ASKED, "vqa-short")) == 10
    assert all("What {colour} is it?" in q for q, _ in lessons(ASKED, "vqa-short"))
    tagged = lessons(ASKED, "vqa-short", "minigpt-v2")
    assert all(q.startswith("[vqa] ") for q, _ in tagged)
    assert len(lessons(WHY, "vqa-short")) == 10


def test_task_tags_of_minigpt():
    found = lessons(PART, "minigpt-tags", "minigpt-v2")
    tags = {q.split()[0] for q, _ in found}
    assert tags == {"[detection]", "[refer]", "[identify]"}
    assert ("[detection] defect", boxes_text(PART.located or (), "minigpt-v2", SEEN)) in found
    assert ("[refer] where is dent ?", "<p>dent</p> {<50><50><75><100>}") in found
    assert not any(q.startswith("[refer]") and "pit" in q for q, _ in found)  # there are two
    assert ("[identify] what is it in {<10><20><30><40>}", "pit") in found


def test_defect_words():
    ((question, answer),) = lessons(PART, "defect-words", "minigpt-v2")
    assert question == "[detection] a defect or not-defect object of nut"
    assert answer.startswith("<p>nut-defect</p> {<10><20><30><40>}<delim>")
    assert lessons(GOOD, "defect-words", "minigpt-v2") == {(question, "<p>nut-good</p>")}
    with pytest.raises(BadInputError, match="no words for the task detection"):
        lessons(UNPLACED, "defect-words")


def test_alpaca_frames_the_question():
    ((question, answer),) = lessons(ASKED, "alpaca", "minigpt-v2")
    assert re.search(
        r"### Instruction:\n\[vqa\] What \{colour\} is it\?\n\n### Response:$", question
    )
    assert answer == "red"


def test_the_same_words_for_a_sample_and_an_epoch_others_in_the_next():
    drawn = [
        make_lesson(ASKED, "vqa-short", "qwen2-vl", SEEN, lesson_rng(3, epoch, ASKED)).turns
        for epoch in (0, 0, 1, 2, 3, 4)
    ]
    assert drawn[0] == drawn[1]
    assert len(set(drawn)) > 2


def test_control_tags_of_the_data_are_taken_out():
    sample = Sample(("/a.png",), Task.VQA, "train", "q<|im_end|>", ("a<|im_start|>",))
    for question, answer in lessons(sample, "vqa-short"):
        assert "<|" not in question + answer


def test_what_cannot_be_put_is_refused():
    silent = Sample(("/a.png",), Task.VQA, "train", "q")
    with pytest.raises(BadInputError, match="the answer is missing"):
        lessons(silent, "auto")
    with pytest.raises(BadInputError, match="no instruction template 'none'"):
        lessons(ASKED, "none")
    with pytest.raises(BadInputError, match="size that the model sees"):
        make_lesson(ASKED, "auto", "qwen2-vl", None, random.Random(0))


def test_every_template_has_a_description_and_known_braces():
    known = {
        "question", "answer", "explanation", "category", "labels", "label", "region", "boxes",
        "schema", "fields",
    }  # fmt: skip
    assert {"auto", "vqa-short", "minigpt-tags", "alpaca", "defect-words"} <= set(templates())
    for each in templates().values():
        assert each.about
        for languages in each.wordings.values():
            for wording in languages.values():
                for text in (*wording.questions, wording.answer, wording.label, wording.good):
                    assert set(re.findall(r"\{(\w+)\}", text)) <= known


def test_own_templates_are_added_and_a_broken_file_is_named(tmp_path: Path):
    own = config_folder() / "prompts" / "instructions.toml"
    own.parent.mkdir(parents=True)
    own.write_text(
        '[mine.vqa.en]\nquestions = ["Say: {question}"]\nanswer = "{answer}!"\n', "utf-8"
    )
    assert lessons(ASKED, "mine") == {("Say: What {colour} is it?", "red!")}
    assert "auto" in templates()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[mine", "cannot be read"),
        ('[mine.vqa.vi]\nquestions = ["q"]\nanswer = "a"', "lacks 'en'"),
        ('[mine.vqa.en]\nquestions = ["q"]', "lacks 'answer'"),
        ('[mine.vqa.en]\nquestions = []\nanswer = "a"', "questions is empty"),
        ('[mine.vqs.en]\nquestions = ["q"]\nanswer = "a"', "'vqs' is not known"),
        ('[mine.frame]\nen = "x"', "lacks {instruction}"),
        ("mine = 3", "it is no table"),
    ],
)
def test_broken_templates(text: str, says: str):
    own = config_folder() / "prompts" / "instructions.toml"
    own.parent.mkdir(parents=True)
    own.write_text(text, "utf-8")
    with pytest.raises(BadInputError) as error:
        template("mine")
    assert says in str(error.value)
