"""Cards: those that ship are whole, those of the user are seen at once and may be broken."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from inspector_app.domain.errors import BadInputError
from inspector_app.domain.tasks import Task
from inspector_app.engines import registry
from inspector_app.engines.card_files import is_id, make_id, read_card, write_card

LANGUAGE = ["qwen2-vl-2b", "qwen2-vl-7b", "qwen2.5-vl-3b", "qwen2.5-vl-7b", "qwen3-vl-2b"]
CARD = """
id = "mine"
name = "Mine"
kind = "fake"
summary = "For a test."
licence = "mine"
tasks = ["vqa"]
"""


@pytest.fixture
def own(home: Path) -> Path:
    folder = home / "data" / "cards"
    folder.mkdir(parents=True)
    return folder


@pytest.mark.parametrize("card_id", LANGUAGE)
def test_language_cards_are_whole(card_id: str):
    card = registry.card(card_id)
    assert registry.is_language(card_id)
    assert card.tasks == frozenset(Task)
    assert card.dialect == card_id.rpartition("-")[0]
    can = card.capabilities
    assert can.several_images and can.boxes and can.adapters and can.scoring
    assert card.memory_mb > card.disk_mb > 1000
    names = {file.name for file in card.files}
    assert {"config.json", "tokenizer.json", "preprocessor_config.json"} <= names
    assert len(names & {"model.safetensors", "model.safetensors.index.json"}) == 1
    for file in card.files:
        assert file.url == f"https://huggingface.co/{card.base}/resolve/main/{file.name}"
    assert next(file for file in card.files if file.name == "chat_template.json").optional
    options = dict(card.options)
    assert 0 < int(options["min_tokens"]) < int(options["max_tokens"])
    assert (options["device"], options["precision"]) == ("auto", "auto")


def test_a_licence_that_forbids_selling_is_told():
    card = registry.card("qwen2.5-vl-3b")
    assert "non-commercial" in card.licence
    assert "non-commercial" in card.notice
    others = [registry.card(card_id).licence for card_id in LANGUAGE if card_id != card.id]
    assert set(others) == {"Apache-2.0"}


def test_a_card_of_the_user_is_seen_at_once(own: Path):
    assert "mine" not in registry.cards()
    (own / "mine.toml").write_text(CARD, "utf-8")
    assert registry.card("mine").own
    assert not registry.card("anomaly").own
    assert list(registry.cards()) == sorted(registry.cards())
    (own / "mine.toml").write_text(CARD.replace('"Mine"', '"Ours"'), "utf-8")
    os.utime(own / "mine.toml", ns=(1, 1))
    assert registry.card("mine").name == "Ours"
    (own / "mine.toml").unlink()
    assert "mine" not in registry.cards()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("id = ", "TOMLDecodeError"),
        (CARD.replace("licence", "license"), "licence"),
        (CARD.replace('"vqa"', '"fly"'), "fly"),
        (CARD.replace('"mine"', '"../mine"', 1), "not a plain name"),
        (CARD.replace('"mine"', "3", 1), "TypeError"),
        (CARD.replace('"Mine"', "3"), "name is not a text"),
        (CARD + 'memory_mb = "much"', "memory_mb is not a number"),
        (CARD + "disk_mb = -1", "disk_mb is not a number"),
        (CARD + 'abilities = ["flying"]', "unknown abilities: flying"),
        (CARD + 'abilities = ["tasks"]', "unknown abilities: tasks"),
        (CARD + "options = 3", "AttributeError"),
        (CARD + '[[files]]\nname = "../x"', "leads out of"),
        (CARD + '[[files]]\nname = "/x"', "leads out of"),
        (CARD + '[[files]]\nname = "x"\nurl = "file:///etc/passwd"', "not a web address"),
        (CARD + '[[files]]\nname = "x"\nweight = 1', "weight"),
        (CARD.replace('"mine"', '"anomaly"', 1), "another with the id 'anomaly'"),
    ],
)
def test_a_broken_card_of_the_user_is_left_out_and_told(own: Path, text: str, says: str):
    (own / "a.toml").write_text(text, "utf-8")
    (own / "b.toml").write_text(CARD.replace('"mine"', '"good"', 1), "utf-8")
    (trouble,) = registry.card_troubles()
    assert says in trouble
    assert "a.toml" in trouble
    assert "\n" not in trouble
    assert "good" in registry.cards()
    assert not registry.card("anomaly").own


def test_a_broken_card_that_ships_is_an_error(tmp_path: Path):
    (tmp_path / "a.toml").write_text("id =", "utf-8")
    with pytest.raises(BadInputError, match=r"a\.toml cannot be used.*Mend"):
        read_card(tmp_path / "a.toml")


def test_a_home_that_is_a_file_takes_no_card_down(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("INSPECTOR_HOME", str(tmp_path / "file"))
    assert "anomaly" in registry.cards()
    assert registry.card_troubles() == ()


def test_a_card_is_written_and_read_again(tmp_path: Path):
    card = replace(registry.card("qwen2-vl-2b"), files=(), notice='a "quoted" line', own=True)
    write_card(card, tmp_path / "deep" / "c.toml")
    assert read_card(tmp_path / "deep" / "c.toml", own=True) == card


def test_ids_are_plain_names():
    assert make_id("Bản của tôi (đã học)", set()) == "ban-cua-toi-da-hoc"
    assert make_id("../../etc", set()) == "etc"
    assert make_id("???", set()) == "mine"
    assert make_id("a", {"a", "a-2"}) == "a-3"
    assert all(is_id(make_id(text, set())) for text in ("a..b", ".x", "-", "x" * 300, "a/b\\c"))
    assert not any(is_id(text) for text in ("", "..", "a..b", "A", "a/b", "a\n", ".a"))
