"""Which engine answers before anybody chose one."""

from __future__ import annotations

from pathlib import Path

import pytest

from inspector_app.engines import registry
from inspector_app.services import models
from inspector_app.services.models import ModelState
from inspector_app.services.settings import Settings
from inspector_app.ui.engine_choice import EngineChoice
from tests.ui.conftest import TALKER

pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture
def choice(home: Path) -> EngineChoice:
    """With a card of the starter model, whether or not its files ship."""
    if "starter" not in registry.cards():
        folder = registry.own_cards_folder()
        folder.mkdir(parents=True, exist_ok=True)
        card = TALKER.replace('id = "talker"', 'id = "starter"')
        (folder / "starter.toml").write_text(card, "utf-8")
    return EngineChoice(Settings())


def ready(monkeypatch: pytest.MonkeyPatch, it_is: bool) -> None:
    monkeypatch.setattr(models, "state", lambda _: ModelState(it_is, ""))


def test_the_starter_answers_about_the_rendered_parts_alone(
    choice: EngineChoice, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready(monkeypatch, True)
    assert choice.engine_id() == "anomaly"
    choice.rendered = True
    assert choice.engine_id() == "starter"
    assert choice.deciding_id() == "anomaly"


def test_without_its_files_the_expert_answers(
    choice: EngineChoice, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready(monkeypatch, False)
    choice.rendered = True
    assert choice.engine_id() == "anomaly"


def test_what_a_person_chose_stays(choice: EngineChoice, monkeypatch: pytest.MonkeyPatch) -> None:
    ready(monkeypatch, True)
    choice.rendered = True
    choice.use("anomaly")
    assert choice.engine_id() == "anomaly"
    again = EngineChoice(Settings())
    again.rendered = True
    assert again.engine_id() == "anomaly"
