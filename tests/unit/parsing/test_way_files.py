"""Files of ways of asking: what they may say, and what is told of a broken one."""

from __future__ import annotations

from pathlib import Path

import pytest

from inspector_app.domain.asking import Part, Reads
from inspector_app.domain.errors import BadInputError
from inspector_app.domain.tasks import Task
from inspector_app.parsing.way_files import fill, read_way
from inspector_app.services import ways

GOOD = """
order = 5
task = "vqa"
takes = ["format"]
stages = ["look", "answer"]
[controls]
tone = ["calm", "harsh"]
[en]
name = "Mine"
about = "My way."
look = "{question} Look."
answer = "{look} {tone} {format}"
[en.controls.tone]
name = "Tone"
calm = "as it is"
harsh = ["harsh", "Be harsh."]
"""


def write(folder: Path, text: str, name: str = "mine") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.toml"
    path.write_text(text, "utf-8")
    return path


def test_a_file_is_read(tmp_path: Path):
    way = read_way(write(tmp_path, GOOD), own=True)
    assert (way.id, way.order, way.task, way.reads, way.own) == (
        "mine", 5, Task.VQA, Reads.TEXT, True,
    )  # fmt: skip
    assert way.stages == ("look", "answer")
    assert way.takes == {Part.FORMAT}
    words = way.words("vi")  # English stands for the missing one
    assert words.values == {"tone.calm": "as it is", "tone.harsh": "harsh"}
    assert words.prompts == {"tone.calm": "", "tone.harsh": "Be harsh."}


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("order = 5", "order = ", "Invalid value"),
        ("order = 5", 'order = "5"', "whole number"),
        ("order = 5", "ordr = 5", "'ordr' is not known"),
        ('"vqa"', '"guess"', "'guess' is not a valid Task"),
        ('["format"]', '["luck"]', "'luck' is not a valid Part"),
        ('["format"]', '["format"]\nneeds = ["options"]', "needs options and does not take it"),
        ('["format"]', '["format"]\nreads = "choice"', "needs options"),
        ("{look} {tone}", "{luck}", "{luck} in answer is not known"),
        ("{question} Look.", "{answer}", "{answer} in look is not known"),
        ('["look", "answer"]', '["answer", "answer"]', "'answer' is taken"),
        ('["look", "answer"]', '["question"]', "'question' is taken"),
        ('["look", "answer"]', "[]", "no stages"),
        ('harsh = ["harsh", "Be harsh."]', "harsh = 3", "neither a text nor two"),
        ('about = "My way."', "", "'about' is missing"),
        ("[en]", "[vi]", "is no table"),
    ],
)
def test_a_broken_file_is_told_in_one_line(tmp_path: Path, before: str, after: str, says: str):
    assert before in GOOD
    text = GOOD.replace(before, after, 1)
    if before == "[en]":
        text, says = GOOD.replace("[en", "[vi"), "no table [en]"
    with pytest.raises(BadInputError) as told:
        read_way(write(tmp_path, text))
    assert says in str(told.value)
    assert "mine.toml" in str(told.value)
    assert "\n" not in str(told.value)


def test_the_ways_that_come_with_the_program_are_whole_in_both_languages():
    known = ways.ways()
    assert next(iter(known)) == "zero-shot"
    assert {way.reads for way in known.values()} == set(Reads)
    for way in known.values():
        english, vietnamese = way.texts["en"], way.texts["vi"]
        assert english.stages.keys() == vietnamese.stages.keys()
        for key in (*english.values, *english.controls):
            mine = (vietnamese.values | vietnamese.controls)[key]
            assert mine
            assert mine != (english.values | english.controls)[key], f"{way.id}: {key}"
        assert bool(english.question) == bool(vietnamese.question)


def test_own_ways_are_added_and_a_broken_one_is_left_out():
    before = set(ways.ways())
    folder = ways.own_ways_folder()
    write(folder, GOOD)
    write(folder, GOOD.replace("Mine", "My count"), "count")
    write(folder, "order = [", "broken")
    assert set(ways.ways()) == before | {"mine"}
    assert ways.way("count").words("en").name == "My count"
    (told,) = ways.troubles()
    assert "broken.toml" in told
    (folder / "broken.toml").unlink()
    assert ways.troubles() == ()
    with pytest.raises(BadInputError, match="no way of asking"):
        ways.way("nothing")


def test_filling_leaves_other_braces_and_no_holes():
    text = 'Say {"a": {b}} \n\n{empty}\n\n{question}  {empty} end {question}'
    values = {"question": "{empty}?", "empty": ""}
    assert fill(text, values) == 'Say {"a": {b}}\n\n{empty}? end {empty}?'
