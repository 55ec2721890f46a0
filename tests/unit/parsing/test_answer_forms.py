"""Answers found in the words of a model, and what is told when they are not there."""

from __future__ import annotations

import json
import unicodedata

import pytest

from inspector_app.domain.asking import AnswerFormat, Form
from inspector_app.domain.geometry import Box
from inspector_app.parsing import answer_forms as forms


def parsed(text: str, form: Form = Form.NONE, *, steps: bool = False, language: str = "en"):
    found = forms.read_answer(text, AnswerFormat(form), steps=steps, language=language)
    return found.answer, found.trouble


def test_the_answer_after_steps():
    text = "There is a dark line.\nIt is long.\n**Answer:** a scratch"
    found = forms.read_answer(text, AnswerFormat(), steps=True)
    assert (found.answer, found.rationale) == (
        "a scratch", "There is a dark line.\nIt is long.",
    )  # fmt: skip
    # The instruction repeated, with nothing behind it, is not the answer.
    assert parsed("Answer: yes\nI end with a line.\nAnswer:", steps=True)[0].startswith("yes")
    assert parsed("Đáp án: có", steps=True) == ("có", "")
    assert parsed("the answer: is nowhere", steps=True) == ("the answer: is nowhere", "no_line")
    assert parsed("My Answer is 3", Form.LINE)[1] == "no_line"
    assert parsed("Because.\nANSWER : 3 dents", Form.NUMBER, steps=True) == ("3", "")


@pytest.mark.parametrize(
    ("form", "text", "answer", "trouble"),
    [
        (Form.WORD, " Scratch. ", "Scratch", ""),
        (Form.WORD, "a scratch", "a scratch", "no_word"),
        (Form.WORD, "", "", "no_word"),
        (Form.YES_NO, "Yes, there is a scratch.", "Yes", ""),
        (Form.YES_NO, "*No*", "No", ""),
        (Form.YES_NO, "yes — a scratch", "Yes", ""),
        (Form.YES_NO, "No\nThe part is good.", "No", ""),
        (Form.YES_NO, unicodedata.normalize("NFD", "Có: một vết xước"), "Yes", ""),
        *(
            (Form.YES_NO, text, text, "no_yes_no")
            for text in (
                "I think no.",
                "Có lẽ không.",
                "Có thể không có lỗi",
                "No doubt: yes.",
                "There are no defects, the part is good.",
                "Không có gì sai, chi tiết đạt.",
                "No. 5 is scratched",
                "No-one would say yes",
                "yes/no",
                "Nothing",
                "",
            )
        ),
        (Form.YES_NO, "Không, chi tiết tốt.", "No", ""),
        (Form.YES_NO, "It could be yes or no", "It could be yes or no", "no_yes_no"),
        (Form.YES_NO, "A scratch", "A scratch", "no_yes_no"),
        (Form.NUMBER, "About -1,204.5 px", "-1,204.5", ""),
        (Form.NUMBER, "3 of 4", "3 of 4", "no_number"),
        (Form.NUMBER, "some", "some", "no_number"),
        (Form.JSON, 'Here: ```{"a": [1]}``` done', '{\n  "a": [\n    1\n  ]\n}', ""),
        (Form.JSON, "[not json", "[not json", "no_json"),
        (Form.OWN, "anything  goes", "anything  goes", ""),
    ],
)
def test_forms(form: Form, text: str, answer: str, trouble: str):
    assert parsed(text, form) == (answer, trouble)


def test_yes_is_told_in_the_language_of_the_window():
    assert parsed("Yes.", Form.YES_NO, language="vi") == ("Có", "")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("I see 9 bolts here. Count: 3", 3),
        ("Số lượng: **ba**", 3),
        ("There are two dents.", 2),
        ("No defects.", 0),
        ("Scratches all over", None),
        ("", None),
        ("part 1234567", None),
    ],
)
def test_stated_counts(text: str, count: int | None):
    assert forms.stated_count(text) == count


def test_places_in_the_told_and_in_the_stated_size():
    items = [{"label": "dent", "box": [10, 20, 60, 40]}, {"label": "off", "box": [90, 0, 130, 50]}]
    told = forms.read_places(json.dumps({"boxes": items}), (100, 100))
    assert [found.label for found in told.boxes] == ["dent", "off"]
    assert told.boxes[0].box == Box(0.1, 0.2, 0.6, 0.4)
    assert told.boxes[1].box == Box(0.9, 0.0, 1.0, 0.5)
    assert (told.size, told.outside, told.whole) == ((100, 100), 1, True)
    stated = forms.read_places(
        json.dumps({"width": 200, "height": 400, "boxes": items[:1]}), (100, 100)
    )
    assert stated.boxes[0].box == Box(0.05, 0.05, 0.3, 0.1)
    assert stated.size == (200, 400)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "noise",
        '{"boxes": [{"label": "a", "box": [1, 2, 3',
        '{"boxes": [{"label": "a", "box": [1, 2, 3]}]}',
        '{"boxes": [{"label": "a", "box": [5, 5, 5, 5]}]}',
        '{"boxes": [{"label": "a", "box": "1234"}, {"box": [1, 2, 3, 4]}, 7]}',
        '{"width": 0, "height": 0, "boxes": []}',
        '{"boxes": [{"label": "a", "box": [NaN, 2, 30, 40]}]}',
        '{"boxes": [{"label": "a", "box": [1e400, 2, 3, 4]}]}',
        '{"boxes": [{"label": "a", "box": [1%s, 2, 3, 4]}]}' % ("0" * 400),
    ],
)
def test_noise_holds_no_places(text: str):
    assert forms.read_places(text, (100, 100)).boxes == ()


def test_no_place_is_read_in_an_image_without_a_size():
    found = forms.read_places('{"boxes": [{"label": "a", "box": [1, 2, 30, 40]}]}', (0, 0))
    assert (found.boxes, found.outside) == ((), 0)


def test_a_cut_off_answer_keeps_its_whole_boxes():
    text = '{"boxes": [{"label": "a", "box": [0, 0, 50, 50]}, {"label": "b", "bo'
    found = forms.read_places(text, (100, 100))
    assert [each.label for each in found.boxes] == ["a"]
    assert not found.whole


def test_fields_by_name_and_by_schema():
    assert forms.field_names("shop, date;total\nshop") == ("shop", "date", "total")
    schema = json.loads(forms.fields_schema("shop, total"))
    assert schema["required"] == ["shop", "total"]
    own = json.dumps(
        {"type": "object", "properties": {"paid": {"type": "boolean"}}, "$defs": {"x": {}}}
    )
    assert forms.field_names(own) == ("paid",)
    made = json.loads(forms.fields_schema(own))
    assert made["properties"]["paid"] == {"anyOf": [{"type": "boolean"}, {"const": "N/A"}]}
    assert made["$defs"] == {"x": {}}
    with pytest.raises(ValueError, match="no field"):
        forms.fields_schema(" , ")
    assert forms.read_fields('{"shop": "N/A"}') == {"shop": "N/A"}
    assert forms.read_fields('{"shop": "N/') is None


def test_citations():
    text = "A scratch [2], a dent [1, 3]; see region 2 and Vùng 12, not [x] nor 2024."
    assert forms.cited_numbers(text) == (2, 1, 3, 12)
    assert forms.cited_numbers("[99999999999999]") == ()
