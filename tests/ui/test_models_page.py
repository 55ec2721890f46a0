"""The Models page: states in words, fetching, loading, adapters, and what asks before it acts."""

from __future__ import annotations

import threading
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest

from inspector_app.domain.errors import EngineError
from inspector_app.domain.jobs import Progress
from inspector_app.domain.loading import LoadReport, Need
from inspector_app.engines import registry
from inspector_app.services import adapters, models
from inspector_app.services.models import ModelState
from inspector_app.ui import model_words, models_page
from inspector_app.ui.main_window import MainWindow
from inspector_app.ui.model_info import ModelInfo, ModelView, Phase, Pull

Until = Callable[..., Coroutine[Any, Any, None]]
GB = 1_000_000_000
ABSENT = "qwen2-vl-2b"


async def opened(w: MainWindow, card_id: str, until: Until) -> None:
    w.actions_["page_models"].trigger()
    await until(lambda: w.models_page.list.count() > 0)
    w.models_page.list.choose(card_id)
    await until(lambda: w.models_page.chosen() == card_id)


def button(w: MainWindow, name: str) -> Any:
    return w.models_page.details.buttons[name]


def enabled(w: MainWindow) -> set[str]:
    return {name for name, each in w.models_page.details.buttons.items() if each.isEnabled()}


def row(w: MainWindow, card_id: str) -> str:
    view = w.models.view(card_id)
    assert view is not None
    name = view.info.card.name
    return next(text for text in w.models_page.list.texts() if text.startswith(name + "\n"))


def facts(w: MainWindow) -> dict[str, str]:
    return dict(w.models_page.details.form.rows())


class Fetching:
    """A fetch that waits for the test between two steps."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *, start: int = 0) -> None:
        self.go = threading.Event()
        self.start = start
        self.error: Exception | None = None
        self.arrived = start
        self.ready = False
        real = models.state
        monkeypatch.setattr(models, "pull", self.pull)
        monkeypatch.setattr(
            models,
            "state",
            lambda card: self.state() if card.id == ABSENT else real(card),
        )

    def state(self) -> ModelState:
        if self.ready:
            return ModelState(True, "ready", self.arrived)
        return ModelState(False, "its files are not here", self.arrived, can_pull=True)

    def pull(self, card: Any, stop: Any) -> Iterator[Progress]:
        yield Progress(0, 0, card.name)
        self.arrived += 1_000_000
        yield Progress(self.arrived, 4 * GB, "model.safetensors")
        while not self.go.wait(0.005):
            if stop.is_set():
                return
        if self.error is not None:
            raise self.error
        yield Progress(4 * GB, 4 * GB, "model.safetensors")
        self.arrived, self.ready = 4 * GB, True


def test_states_are_told_by_sign_and_word(story: Any, wait_until: Until, talker: str):
    async def work(w: MainWindow) -> None:
        await opened(w, ABSENT, wait_until)
        assert row(w, ABSENT).endswith("○ Not here")
        assert row(w, talker).endswith("✓ Ready")
        assert enabled(w) == {"pull", "folder"}
        assert "about 4.4 GB" in facts(w)["Size on disk"]
        assert facts(w)["Licence"] == "Apache-2.0"
        assert "Fetch them" in w.models_page.details.help_label.text()
        w.models_page.list.choose(talker)
        assert enabled(w) == {"load", "use", "folder", "remove"}
        assert w.models_page.list.texts()[-1].splitlines()[0] != ""

    story(work)


def test_fetch_shows_progress_and_ends_ready(
    story: Any, wait_until: Until, monkeypatch: pytest.MonkeyPatch
):
    fetch = Fetching(monkeypatch)

    async def work(w: MainWindow) -> None:
        await opened(w, ABSENT, wait_until)
        button(w, "pull").click()
        progress = w.models_page.details.progress
        await wait_until(lambda: "of 4.00 GB" in progress.words.text())
        assert progress.isVisible()
        assert "Fetching" in row(w, ABSENT)
        assert not enabled(w)
        w.actions_["page_inspect"].trigger()  # it goes on, and the status bar tells of it
        assert "Fetching Qwen2-VL 2B" in w.status._text.text()
        w.actions_["page_models"].trigger()
        fetch.go.set()
        await wait_until(lambda: row(w, ABSENT).endswith("✓ Ready"))
        assert not progress.isVisible()
        assert {"load", "use"} <= enabled(w)
        assert w.status._work.isHidden()

    story(work)


def test_cancel_keeps_what_came_and_the_next_one_goes_on(
    story: Any, wait_until: Until, monkeypatch: pytest.MonkeyPatch
):
    Fetching(monkeypatch, start=GB)

    async def work(w: MainWindow) -> None:
        await opened(w, ABSENT, wait_until)
        assert button(w, "pull").text() == "Go on fetching"
        button(w, "pull").click()
        progress = w.models_page.details.progress
        await wait_until(lambda: "went on at 1.00 GB" in progress.words.text())
        progress.cancel_button.click()
        await wait_until(lambda: w.messages.count() == 1)
        assert "was stopped" in w.messages.texts()[0]
        assert row(w, ABSENT).endswith("Not here")
        assert "Only 1.00 GB" in w.models_page.details.help_label.text()
        assert "remove" in enabled(w)  # what came may be thrown away

    story(work)


def test_failed_fetch_is_told_in_the_bar(
    story: Any, wait_until: Until, monkeypatch: pytest.MonkeyPatch
):
    fetch = Fetching(monkeypatch)
    fetch.error = EngineError("Cannot fetch it: no network.", "Fetch it elsewhere.")
    fetch.error.add_note("URLError(-3)")

    async def work(w: MainWindow) -> None:
        await opened(w, ABSENT, wait_until)
        button(w, "pull").click()
        fetch.go.set()
        await wait_until(lambda: w.messages.count() == 1)
        assert w.messages.texts() == ["Cannot fetch it: no network. Fetch it elsewhere."]
        assert not w.messages._messages[0].details_button.isHidden()
        assert "pull" in enabled(w)

    story(work)


def test_closing_the_window_stops_a_fetch(
    story: Any, wait_until: Until, monkeypatch: pytest.MonkeyPatch
):
    Fetching(monkeypatch)

    async def work(w: MainWindow) -> None:
        await opened(w, ABSENT, wait_until)
        button(w, "pull").click()
        await wait_until(lambda: bool(w.models.pulls()))

    story(work)  # no thread is left: the fixture looks


def test_what_cannot_be_fetched_says_so(
    story: Any, wait_until: Until, monkeypatch: pytest.MonkeyPatch
):
    real = models.state
    gone = ModelState(False, "its files are not here and cannot be fetched")
    monkeypatch.setattr(models, "state", lambda card: gone if card.id == ABSENT else real(card))

    async def work(w: MainWindow) -> None:
        await opened(w, ABSENT, wait_until)
        words = w.models_page.details.help_label.text()
        assert "no address to fetch them from" in words
        assert "choose it" in words
        assert button(w, "pull").isHidden()
        assert enabled(w) == {"folder"}

    story(work)


def test_load_and_unload(story: Any, wait_until: Until, talker: str):
    async def work(w: MainWindow) -> None:
        await opened(w, talker, wait_until)
        button(w, "load").click()
        await wait_until(lambda: "Loading" in row(w, talker))
        assert not enabled(w)
        await wait_until(lambda: row(w, talker).endswith("● Loaded"))
        assert "unload" in enabled(w)
        assert "load" not in enabled(w)
        assert facts(w)["Loaded on"]
        button(w, "unload").click()
        await wait_until(lambda: row(w, talker).endswith("✓ Ready"))
        assert "load" in enabled(w)

    story(work)


def test_failed_load_is_told(story: Any, wait_until: Until, talker: str):
    async def work(w: MainWindow) -> None:
        await opened(w, talker, wait_until)
        (registry.own_cards_folder() / "talker.toml").unlink()
        button(w, "load").click()
        await wait_until(lambda: w.messages.count() == 1)
        assert "no engine named 'talker'" in w.messages.texts()[0]
        assert row(w, talker).endswith("✓ Ready")

    story(work)


def test_stopping_a_load_is_no_failure(
    story: Any, wait_until: Until, talker: str, monkeypatch: pytest.MonkeyPatch
):
    async def work(w: MainWindow) -> None:
        await opened(w, talker, wait_until)
        started = threading.Event()
        real = w.worker.process.run

        def slow(target: str, *args: object, stop: Any = None, **more: Any) -> Iterator[Any]:
            if target.endswith(":load"):
                started.set()
                while not stop.is_set():
                    stop.wait(0.01)
                raise EngineError("The engine did not stop when asked and was ended.")
            yield from real(target, *args, stop=stop, **more)

        monkeypatch.setattr(w.worker.process, "run", slow)
        button(w, "load").click()
        await wait_until(started.is_set)
        assert w.models_page.details.progress.isVisible()
        w.models_page.details.progress.cancel_button.click()
        assert w.models_page.details.progress.words.text() == "Stopping…"
        assert not w.models_page.details.progress.cancel_button.isEnabled()
        await wait_until(lambda: row(w, talker).endswith("✓ Ready"))
        assert w.messages.count() == 0

    story(work)


def test_switching_the_adapter_loads_nothing(
    story: Any,
    wait_until: Until,
    talker: str,
    nut_lora: Any,
    monkeypatch: pytest.MonkeyPatch,
):
    async def work(w: MainWindow) -> None:
        await opened(w, talker, wait_until)
        await w.models.start(w.models.load(talker))
        jobs: list[str] = []
        real = w.worker.process.run

        def spy(target: str, *args: object, stop: Any = None) -> Iterator[Any]:
            jobs.append(target)
            return real(target, *args, stop=stop)

        monkeypatch.setattr(w.worker.process, "run", spy)
        w.session.choice.use(talker)
        box = w.models_page.details.adapters
        assert [box.combo.itemText(at) for at in range(3)] == [
            "None (base model)",
            "Nut LoRA",
            "Old LoRA (cannot be used)",
        ]
        assert not box.remove_button.isEnabled()
        box.combo.setCurrentIndex(1)
        box.combo.activated.emit(1)
        assert w.session.adapter() == "nut-lora"
        assert w.chat.who_label.text() == "Talker 2B + Nut LoRA"
        assert w.engine_button.text().strip() == "Talker 2B + Nut LoRA"
        told = dict(box.form.rows())
        assert told["Rank"] == "16"
        assert told["Hash"] == "0123456789ab"
        assert told["Figures"] == "exact_match 0.912"
        box.combo.setCurrentIndex(2)  # a broken one can be looked at, not used
        box.combo.activated.emit(2)
        assert "Its weights are damaged." in box.note.text()
        assert w.session.adapter() == "nut-lora"
        box.combo.setCurrentIndex(0)
        box.combo.activated.emit(0)
        assert w.session.adapter() == ""
        assert not [job for job in jobs if not job.endswith(":loaded")]

    story(work)


def test_engine_menu_offers_what_is_ready(
    story: Any, wait_until: Until, talker: str, nut_lora: Any
):
    async def work(w: MainWindow) -> None:
        await w.models.start(w.models.refresh())
        assert w.engine_button.menu_texts() == [
            "Anomaly expert",
            "Document reader",
            "Talker 2B",
            "Talker 2B + Nut LoRA",
            "Manage models…",
        ]
        w.engine_button._menu.actions()[3].trigger()
        assert (w.session.engine_id(), w.session.adapter()) == (talker, "nut-lora")
        w.engine_button.fill()
        assert w.engine_button._menu.actions()[3].isChecked()
        w.engine_button._menu.actions()[-1].trigger()
        assert w.models_page.isVisible()
        w.models_page.list.choose(talker)
        assert row(w, talker).endswith("Ready · answers questions")
        assert "use" not in enabled(w)

    story(work)


def test_remove_asks_first(
    story: Any, wait_until: Until, talker: str, monkeypatch: pytest.MonkeyPatch
):
    asked: list[str] = []
    answers = [False, True]

    def ask(parent: Any, title: str, text: str, words: str) -> bool:
        asked.append(text)
        return answers.pop(0)

    monkeypatch.setattr(models_page, "confirmed", ask)

    async def work(w: MainWindow) -> None:
        await opened(w, talker, wait_until)
        w.session.choice.use(talker)
        button(w, "remove").click()
        assert "The files in its folder stay" in asked[0]
        assert w.models.view(talker) is not None
        button(w, "remove").click()
        await wait_until(lambda: w.models.view(talker) is None)
        assert w.session.engine_id() == "anomaly"  # the one chosen is gone

    story(work)


def test_a_chosen_folder_is_only_forgotten(
    story: Any, wait_until: Until, monkeypatch: pytest.MonkeyPatch
):
    asked: list[str] = []
    done: list[tuple[str, ...]] = []
    monkeypatch.setattr(models_page, "confirmed", lambda *a: (asked.append(a[2]), True)[1])
    monkeypatch.setattr(models, "forget_folder", lambda card_id: done.append(("forget", card_id)))
    monkeypatch.setattr(models, "use_folder", lambda *a: done.append(("use", *a)))
    real = models.state
    chosen = ModelState(True, "ready", 4 * GB, "/data/qwen")
    monkeypatch.setattr(models, "state", lambda card: chosen if card.id == ABSENT else real(card))

    async def work(w: MainWindow) -> None:
        await opened(w, ABSENT, wait_until)
        assert facts(w)["Folder"] == "/data/qwen"
        assert button(w, "remove").isHidden()
        button(w, "forget").click()
        assert "/data/qwen" in asked[0]
        assert "stay as they are" in asked[0]
        await wait_until(lambda: done == [("forget", ABSENT)])
        monkeypatch.setattr(w.models_page, "_folder", lambda title: "/data/other")
        button(w, "folder").click()
        await wait_until(lambda: done[1:] == [("use", ABSENT, "/data/other")])

    story(work)


def test_a_folder_that_is_no_model_is_told(
    story: Any, wait_until: Until, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    async def work(w: MainWindow) -> None:
        await opened(w, ABSENT, wait_until)
        monkeypatch.setattr(w.models_page, "_folder", lambda title: str(tmp_path))
        w.models_page.add_action.trigger()
        await wait_until(lambda: w.messages.count() == 1)
        assert str(tmp_path) in w.messages.texts()[0]

    story(work)


def test_adapters_are_added_and_removed(
    story: Any,
    wait_until: Until,
    talker: str,
    nut_lora: list[Any],
    monkeypatch: pytest.MonkeyPatch,
):
    found = list(nut_lora)
    nut_lora.clear()

    def add(folder: str, card_id: str, name: str = "") -> Any:
        nut_lora.append(found[0])
        return found[0]

    monkeypatch.setattr(adapters, "add", add)
    monkeypatch.setattr(adapters, "remove", lambda adapter_id: nut_lora.clear())
    monkeypatch.setattr(models_page, "confirmed", lambda *a: True)

    async def work(w: MainWindow) -> None:
        await opened(w, talker, wait_until)
        box = w.models_page.details.adapters
        assert "There is none yet" in box.note.text()
        monkeypatch.setattr(w.models_page, "_folder", lambda title: "/data/nut-lora")
        box.add_button.click()
        await wait_until(lambda: box.combo.currentText() == "Nut LoRA")
        assert w.session.choice.adapter(talker) == "nut-lora"
        box.remove_button.click()
        await wait_until(lambda: "There is none yet" in box.note.text())
        assert w.session.choice.adapter(talker) == ""

    story(work)


def test_broken_cards_of_the_user_are_told_once(story: Any, wait_until: Until, talker: str):
    (registry.own_cards_folder() / "broken.toml").write_text("id =", "utf-8")

    async def work(w: MainWindow) -> None:
        await opened(w, talker, wait_until)
        await wait_until(lambda: w.messages.count() == 1)
        assert "broken.toml" in w.messages.texts()[0]
        w.messages.clear()
        await w.models.start(w.models.refresh())
        assert w.messages.count() == 0

    story(work)


def test_words_of_a_load(talker: str, qapp: Any):
    report = LoadReport("cuda:0", "bfloat16", "nf4", 1_003_520, 6100)
    assert model_words.loaded_text(report) == "GPU cuda:0 · bfloat16 · nf4 · about 6.1 GB"
    assert model_words.loaded_text(LoadReport("cpu", "float32")) == "processor · float32"
    assert model_words.loaded_text(LoadReport()) == "in the engine process"


def test_words_of_a_fetch(qapp: Any):
    pull = Pull()
    pull.add(Progress(0, 0, "Qwen"), now=0.0)
    pull.add(Progress(100_000_000, 4 * GB, "a"), now=1.0)
    pull.add(Progress(120_000_000, 4 * GB, "b"), now=3.0)
    pull.add(Progress(140_000_000, 4 * GB, "b"), now=5.0)
    assert pull.speed() == pytest.approx(10_000_000)
    assert pull.seconds_left() == pytest.approx(386)
    words = model_words.pull_text(pull)
    assert words == "140.00 MB of 4.00 GB · 10.0 MB/s · went on at 100.00 MB · b"


def test_phase_of_a_fetch_in_percent(qapp: Any, talker: str):
    info = ModelInfo(registry.card(talker), ModelState(False, ""), Need(0, 0))
    pull = Pull(done=GB, total=4 * GB)
    assert model_words.phase_word(ModelView(info, Phase.FETCHING, None, pull)) == "Fetching, 25 %"
