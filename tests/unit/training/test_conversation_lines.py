"""A conversation written as lines is data that a run takes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from inspector_app.cli.main import run
from inspector_app.domain.chat import GOOD, Message
from inspector_app.services import conversation
from inspector_app.store.project import Project


def test_a_run_can_begin_with_a_conversation(
    write: Any, pictures: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = pictures[0].parent / "talk.jsonl"
    with Project.create(tmp_path / "lot.inspect") as project:
        project.add_images(pictures)
        for image in project.images():
            project.add_message(Message(image.id, "user", "what colour is it?"))
            name = Path(image.path).stem
            project.add_message(Message(image.id, "assistant", name, mark=GOOD))
        images = tuple(image.id for image in project.images())
        wish = conversation.Wish(image_ids=images)
        conversation.write(project, images[0], lines, "en", wish)
    try:
        config = write(data=[{"path": str(lines), "split": "train"}])
        assert run(["train", str(config), "--check"]) == 0
    finally:
        lines.unlink()  # the pictures are shared by all tests
    assert "the run can begin" in capsys.readouterr().out
