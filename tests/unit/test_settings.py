from __future__ import annotations

import json
from pathlib import Path

import pytest

from inspector_app.services.settings import RECENT_LENGTH, Settings


def test_only_differences_are_saved(tmp_path: Path):
    path = tmp_path / "settings.json"
    settings = Settings(path)
    settings.set("theme", "dark")
    settings.set("language", "vi")
    settings.set("language", "system")
    assert json.loads(path.read_text("utf-8")) == {"theme": "dark"}
    assert Settings(path).get("theme") == "dark"
    assert Settings(path).get("language") == "system"


@pytest.mark.parametrize("text", ["{", "[]", '{"theme": 3}', '{"theme": "pink", "x": 1}'])
def test_broken_files_fall_back_to_defaults(tmp_path: Path, text: str):
    path = tmp_path / "settings.json"
    path.write_text(text, "utf-8")
    assert Settings(path).get("theme") == "system"


def test_impossible_values_are_refused(tmp_path: Path):
    settings = Settings(tmp_path / "settings.json")
    with pytest.raises(ValueError, match="false_alarm_rate"):
        settings.set("false_alarm_rate", 2.0)
    with pytest.raises(ValueError, match="lock_view"):
        settings.set("lock_view", 1)


def test_recent_projects_newest_first_without_doubles(tmp_path: Path):
    settings = Settings(tmp_path / "settings.json")
    for number in range(15):
        settings.add_recent(f"/p/{number}.inspect")
    settings.add_recent("/p/9.inspect")
    recent = settings.get("recent")
    assert recent[:2] == ["/p/9.inspect", "/p/14.inspect"]
    assert len(recent) == RECENT_LENGTH


def test_a_folder_that_cannot_be_written_does_not_stop_the_work(tmp_path: Path):
    settings = Settings(tmp_path / "gone" / "settings.json")
    settings.set("theme", "dark")
    assert settings.get("theme") == "dark"
