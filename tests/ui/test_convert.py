"""Converting MiniGPT-v2 in the window: the form, the way through the process, stopping, refusal."""

from __future__ import annotations

import threading
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QDialog

from inspector_app.domain.conversions import ConvertRequest
from inspector_app.engines import registry
from inspector_app.learning.minigpt_files import Files
from inspector_app.services import convert, models, published_files
from inspector_app.ui import models_page
from inspector_app.ui.convert_dialog import ConvertDialog
from inspector_app.ui.main_window import MainWindow
from inspector_app.ui.model_info import Phase

Until = Callable[..., Coroutine[Any, Any, None]]
ID, TEST = "minigpt-v2", "minigpt-v2-test"
LONG = 50.0  # seconds; the process imports torch


@pytest.fixture(autouse=True)
def own_home(models_home: Path) -> Path:
    return models_home


@pytest.fixture
def request_(minigpt_files: Files) -> ConvertRequest:
    files = minigpt_files
    return ConvertRequest(str(files.checkpoint), str(files.vit), str(files.llama))


def fill(dialog: ConvertDialog, request: ConvertRequest) -> None:
    dialog.checkpoint.set_path(request.checkpoint)
    dialog.vit.set_path(request.vit)
    dialog.llama.set_path(request.llama)
    dialog.out.set_path(request.out)
    dialog.name.setText(request.name)
    dialog.added.setChecked(request.lora == "merged")


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch) -> Callable[[ConvertRequest], list[ConvertRequest]]:
    """`ask(request)`: the next dialogs are filled in like this; returns what stood in them."""
    before: list[ConvertRequest] = []

    def prepare(request: ConvertRequest) -> list[ConvertRequest]:
        def answer(dialog: ConvertDialog) -> QDialog.DialogCode:
            before.append(dialog.request())
            fill(dialog, request)
            assert dialog.convert_button.isEnabled(), dialog.state.text()
            return QDialog.DialogCode.Accepted

        monkeypatch.setattr(ConvertDialog, "exec", answer)
        return before

    return prepare


async def begun(w: MainWindow, until: Until) -> None:
    """Opens the page and presses Convert."""
    w.actions_["page_models"].trigger()
    await until(lambda: w.models.view(ID) is not None)
    w.models_page.list.choose(ID)
    button(w, "convert").click()
    await until(lambda: phase(w) is Phase.CONVERTING)


def button(w: MainWindow, name: str) -> Any:
    return w.models_page.details.buttons[name]


def phase(w: MainWindow) -> Phase:
    view = w.models.view(ID)
    assert view is not None
    return view.phase


def left(home: Path) -> list[str]:
    places = (home / "cache" / "models", home / "data" / "cards")
    return sorted(path.name for place in places if place.is_dir() for path in place.iterdir())


# -- through the process -------------------------------------------------------------------


def test_what_is_absent_offers_to_convert(story: Any, wait_until: Until):
    async def work(w: MainWindow) -> None:
        w.actions_["page_models"].trigger()
        await wait_until(lambda: w.models.view(ID) is not None)
        w.models_page.list.choose(ID)
        assert "converted once" in w.models_page.details.help_label.text()
        assert not button(w, "convert").isHidden()
        assert button(w, "convert").isEnabled()
        assert button(w, "pull").isHidden()
        w.models_page.list.choose("qwen2-vl-2b")
        assert button(w, "convert").isHidden()

    story(work)


def test_small_files_become_a_model_that_is_selected(
    story: Any, wait_until: Until, request_: ConvertRequest, ask: Any
):
    ask(request_)

    async def work(w: MainWindow) -> None:
        await begun(w, wait_until)
        progress = w.models_page.details.progress
        assert progress.isVisible()
        assert progress.words.text() == "Reading and checking the files…"
        assert not button(w, "convert").isEnabled()
        w.actions_["page_inspect"].trigger()  # it goes on, and the status bar tells of it
        assert "Converting MiniGPT-v2" in w.status._text.text()
        w.actions_["page_models"].trigger()
        told: list[str] = []
        w.models.progressed.connect(lambda _: told.append(progress.words.text()))
        await wait_until(lambda: w.models.view(TEST) is not None, LONG)
        await wait_until(lambda: w.models_page.chosen() == TEST)
        assert any(" of " in text and "model.safetensors" in text for text in told)
        assert not progress.isVisible()
        view = w.models.view(TEST)
        assert view is not None
        assert view.phase is Phase.READY
        assert view.info.card.name == "MiniGPT-v2 (minigpt-v2-test)"
        assert {"load", "use", "remove"} <= {
            name for name, each in w.models_page.details.buttons.items() if each.isEnabled()
        }
        assert "MiniGPT-v2 (minigpt-v2-test) can be used now." in w.messages.texts()[0]
        assert phase(w) is Phase.ABSENT  # the released one is another

    story(work)


def test_removing_it_says_that_its_files_go(
    story: Any,
    wait_until: Until,
    request_: ConvertRequest,
    own_home: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    from inspector_app.services.convert import run_convert
    from inspector_app.services.inspect import never

    list(run_convert(request_, never()))
    asked: list[str] = []
    monkeypatch.setattr(models_page, "confirmed", lambda *a: (asked.append(a[2]), True)[1])

    async def work(w: MainWindow) -> None:
        w.actions_["page_models"].trigger()
        await wait_until(lambda: w.models.view(TEST) is not None)
        w.models_page.list.choose(TEST)
        button(w, "remove").click()
        assert "are deleted from this computer" in asked[0]
        await wait_until(lambda: w.models.view(TEST) is None)
        assert left(own_home) == []

    story(work)


def test_the_window_works_meanwhile(
    story: Any,
    wait_until: Until,
    request_: ConvertRequest,
    ask: Any,
    talker: str,
    monkeypatch: pytest.MonkeyPatch,
):
    ask(request_)
    go = threading.Event()
    real = convert.convert_in_process

    def held(request: ConvertRequest, stop: threading.Event) -> convert.Job:
        job = real(request, stop)
        yield next(job)  # its process runs
        go.wait(LONG)
        yield from job

    monkeypatch.setattr(convert, "convert_in_process", held)

    async def work(w: MainWindow) -> None:
        await begun(w, wait_until)
        await w.models.start(w.models.load(talker))
        assert w.models.report(talker) is not None
        assert phase(w) is Phase.CONVERTING
        go.set()
        await wait_until(lambda: phase(w) is Phase.ABSENT, LONG)
        assert w.models.report(talker) is not None

    story(work)


def test_cancelled_nothing_is_left(
    story: Any, wait_until: Until, request_: ConvertRequest, ask: Any, own_home: Path
):
    ask(request_)

    async def work(w: MainWindow) -> None:
        await begun(w, wait_until)
        w.models_page.details.progress.cancel_button.click()
        assert w.models_page.details.progress.words.text() == "Stopping…"
        await wait_until(lambda: w.messages.count() == 1, LONG)
        assert "was stopped. Nothing was changed" in w.messages.texts()[0]
        assert phase(w) is Phase.ABSENT
        assert w.models.view(TEST) is None
        assert button(w, "convert").isEnabled()

    story(work)
    assert left(own_home) == []


def test_closing_the_window_stops_it(
    story: Any, wait_until: Until, request_: ConvertRequest, ask: Any, own_home: Path
):
    ask(request_)

    async def work(w: MainWindow) -> None:
        await begun(w, wait_until)

    story(work)  # no thread is left: the fixture looks
    assert left(own_home) == []


def test_a_refused_file_is_told_and_the_form_comes_back_filled_in(
    story: Any,
    wait_until: Until,
    request_: ConvertRequest,
    ask: Any,
    own_home: Path,
    tmp_path: Path,
):
    import torch

    data = torch.load(request_.checkpoint, weights_only=True)
    del data["model"]["llama_proj.bias"]
    bad = tmp_path / "bad.pth"
    torch.save(data, bad)
    wrong = ConvertRequest(str(bad), request_.vit, request_.llama, name="Mine", lora="merged")
    before = ask(wrong)

    async def work(w: MainWindow) -> None:
        await begun(w, wait_until)
        await wait_until(lambda: w.messages.count() == 1, LONG)
        assert "bad.pth does not fit" in w.messages.texts()[0]
        assert "1 tensors are missing (llama_proj.bias)" in w.messages.texts()[0]
        assert phase(w) is Phase.ABSENT
        button(w, "convert").click()
        assert before[1] == wrong
        w.models.cancel(ID)

    story(work)
    assert left(own_home) == []


# -- the form ------------------------------------------------------------------------------


def test_the_form_says_in_one_line_what_is_wrong(
    qapp: Any, request_: ConvertRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    page = tmp_path / "page.pth"
    page.write_text("<html>", "utf-8")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").write_text("", "utf-8")
    dialog = ConvertDialog("MiniGPT-v2")

    def says(words: str) -> None:
        assert words in dialog.state.text()
        assert not dialog.convert_button.isEnabled()

    says("Choose the checkpoint, the vision tower and the Llama folder.")
    fill(dialog, request_)
    assert dialog.convert_button.isEnabled()
    assert dialog.state.text().startswith("Takes about ")
    assert dialog.request() == request_
    dialog.vit.set_path(str(tmp_path / "none.pth"))
    says("There is no none.pth at this place.")
    dialog.vit.set_path(str(tmp_path))
    says("is a folder")
    dialog.vit.set_path(str(page))
    says("page.pth holds no weights")
    dialog.vit.set_path(request_.checkpoint)
    says("belongs into the first row")
    dialog.vit.set_path(request_.vit)
    dialog.checkpoint.set_path(request_.vit)
    says("belongs into the second row")
    dialog.checkpoint.set_path(request_.checkpoint)
    dialog.llama.set_path(str(tmp_path / "full"))
    says("has no config.json")
    dialog.llama.set_path(request_.llama)
    dialog.out.set_path(str(tmp_path / "full"))
    says("The target folder full is there already")
    dialog.out.set_path(str(tmp_path / "new"))
    assert dialog.convert_button.isEnabled()
    monkeypatch.setattr(published_files, "free_at", lambda folder: 1_000_000)
    dialog.name.setText("Mine")
    says("only 1.00 MB are free")
    dialog.deleteLater()


def test_a_model_here_in_part_must_go_first(story: Any, wait_until: Until, own_home: Path):
    from inspector_app.engines.files import folder_of

    folder = folder_of(registry.card(ID))
    folder.mkdir(parents=True)
    (folder / "vision.safetensors").write_bytes(b"x" * 2_000_000)
    assert models.state(registry.card(ID)).disk == 2_000_000

    async def work(w: MainWindow) -> None:
        w.actions_["page_models"].trigger()
        await wait_until(lambda: w.models.view(ID) is not None)
        w.models_page.list.choose(ID)
        assert "Only 2.00 MB of it" in w.models_page.details.help_label.text()
        assert not button(w, "convert").isEnabled()
        assert button(w, "remove").isEnabled()

    story(work)
