"""Converting as a use case: what is there after it, and nothing when it did not end well."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from inspector_app.domain.conversions import Converted, ConvertRequest
from inspector_app.domain.errors import BadInputError, EngineLostError, InspectorError, StoreError
from inspector_app.domain.jobs import JobCancelled, Progress
from inspector_app.engines import minigpt_convert, registry
from inspector_app.engines.card_files import CARD
from inspector_app.engines.files import choose_folder, chosen_folder, folder_of
from inspector_app.engines.process import EngineProcess
from inspector_app.learning.minigpt_files import Files
from inspector_app.services import convert, models, published_files
from inspector_app.services.inspect import never
from inspector_app.services.model_fetch import sha256_of
from inspector_app.services.published_files import Found, Trouble, look

ID, TEST = "minigpt-v2", "minigpt-v2-test"


@pytest.fixture(autouse=True)
def own_home(models_home: Path) -> Path:
    return models_home


@pytest.fixture
def request_(minigpt_files: Files) -> ConvertRequest:
    files = minigpt_files
    return ConvertRequest(str(files.checkpoint), str(files.vit), str(files.llama))


def run(request: ConvertRequest) -> Converted:
    last = list(convert.run_convert(request, never()))[-1]
    assert isinstance(last, Converted)
    return last


def left(home: Path) -> list[str]:
    """What lies among the models and the user's cards."""
    places = (home / "cache" / "models", home / "data" / "cards")
    return sorted(path.name for place in places if place.is_dir() for path in place.iterdir())


def test_only_the_published_card_is_convertible(request_: ConvertRequest):
    assert [c.id for c in registry.cards().values() if convert.convertible(c)] == [ID]
    run(request_)
    assert not convert.convertible(registry.card(TEST))


def test_the_state_says_how_to_convert():
    state = models.state(registry.card(ID))
    assert not state.ready
    assert not state.can_pull
    assert f"inspector models convert {ID} ..." in state.text
    assert f"inspector models use {ID} FOLDER" in state.text


def test_other_sizes_become_a_card_of_their_own(request_: ConvertRequest):
    made = run(request_)
    assert made.card_id == TEST
    card = registry.card(TEST)
    assert card.own
    assert Path(made.folder) == folder_of(card)
    state = models.state(card)
    assert (state.ready, state.folder) == (True, "")
    assert models.check(card) == []
    with pytest.raises(BadInputError, match="another name"):
        run(request_)


def test_a_name_makes_a_model_of_its_own(request_: ConvertRequest):
    made = run(replace(request_, name="Stage 3"))
    assert made.card_id == "stage-3"
    assert registry.card("stage-3").name == "Stage 3"
    assert run(replace(request_, name="Stage 3")).card_id == "stage-3-2"
    assert run(replace(request_, name="X", card_id="mine")).card_id == "mine"


def test_a_checkpoint_of_a_known_hash_is_named(
    request_: ConvertRequest, monkeypatch: pytest.MonkeyPatch
):
    assert "hash of" not in " ".join(run(request_).notes)
    digest = sha256_of(Path(request_.checkpoint))
    monkeypatch.setitem(minigpt_convert.KNOWN_CHECKPOINTS, digest, "the published demo")
    notes = run(replace(request_, name="Known")).notes
    assert notes[-1] == "The checkpoint has the hash of the published demo."


def test_progress_goes_up_to_the_end_and_counts_all(request_: ConvertRequest):
    steps = [s for s in convert.run_convert(request_, never()) if isinstance(s, Progress)]
    assert [s.done for s in steps] == sorted(s.done for s in steps)
    assert steps[-1].done == steps[-1].total
    assert all(s.done <= s.total for s in steps)
    assert {"checkpoint.pth", "eva_vit.pth", "model.safetensors"} <= {s.text for s in steps}


@pytest.mark.parametrize("text", ["checkpoint.pth", "model.safetensors", "vision.safetensors"])
def test_stopped_at_any_file_nothing_is_left(request_: ConvertRequest, own_home: Path, text: str):
    stop = threading.Event()
    last: object = None
    for last in convert.run_convert(request_, stop):
        if isinstance(last, Progress) and last.text == text:
            stop.set()
    assert isinstance(last, JobCancelled)
    assert left(own_home) == []


def test_a_card_that_cannot_be_written_takes_the_files_along(
    request_: ConvertRequest, own_home: Path
):
    cards = registry.own_cards_folder()
    cards.parent.mkdir(parents=True, exist_ok=True)
    cards.write_text("a file in its place", "utf-8")
    with pytest.raises(InspectorError):
        run(request_)
    assert left(own_home) == []


def test_a_full_disk_is_told_before_anything_is_written(
    request_: ConvertRequest, own_home: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(convert, "free_at", lambda folder: 1000)
    with pytest.raises(StoreError, match="GB are free"):
        run(request_)
    assert left(own_home) == []


def test_what_was_chosen_before_makes_room(request_: ConvertRequest, tmp_path: Path):
    choose_folder(ID, tmp_path)
    run(replace(request_, card_id=ID))
    assert chosen_folder(ID) is None
    assert models.state(registry.card(ID)).ready


def test_removing_deletes_files_and_card(request_: ConvertRequest, own_home: Path):
    run(request_)
    assert models.remove(registry.card(TEST)) > 100_000
    assert left(own_home) == []
    assert TEST not in registry.cards()
    run(request_)


def test_removing_leaves_a_folder_of_the_users_alone(
    request_: ConvertRequest, own_home: Path, tmp_path: Path
):
    out = tmp_path / "mine"
    run(replace(request_, out=str(out)))
    assert models.state(registry.card(TEST)).folder == str(out)
    before = sorted(path.name for path in out.rglob("*"))
    assert models.remove(registry.card(TEST)) == 0
    assert TEST not in registry.cards()
    assert chosen_folder(TEST) is None
    assert sorted(path.name for path in out.rglob("*")) == before
    assert left(own_home) == []


def test_what_is_here_in_part_can_be_removed(request_: ConvertRequest):
    run(replace(request_, card_id=ID))
    card = registry.card(ID)
    (folder_of(card) / "vision.safetensors").unlink()
    state = models.state(card)
    assert not state.ready
    assert state.disk > 0
    assert f"inspector models remove {ID}" in state.text
    models.remove(card)
    assert models.state(card).disk == 0


@pytest.mark.parametrize("text", ["id =", "", 'id = "a"\nname = 3', "\x00"])
def test_a_damaged_card_in_the_folder_is_one_line(request_: ConvertRequest, text: str):
    made = run(request_)
    (Path(made.folder) / CARD).write_text(text, "utf-8")
    (trouble,) = models.check(registry.card(TEST))
    assert "card.toml cannot be used" in trouble
    assert "\n" not in trouble


def test_a_changed_file_is_found(request_: ConvertRequest):
    path = Path(run(request_).folder) / "adapter" / "adapter_model.safetensors"
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    (trouble,) = models.check(registry.card(TEST))
    assert "another hash" in trouble


# -- in a process of its own ---------------------------------------------------------------


def lose(self: EngineProcess, target: str, *args: Any, **more: Any) -> Iterator[Progress]:
    """A process that wrote something and was ended."""
    folder = convert._unfinished(folder_of(replace(registry.card(ID), id=TEST)))
    folder.mkdir(parents=True)
    yield Progress(1, 2, "model.safetensors")
    raise EngineLostError("The engine process was ended from outside.", "It is started again.")


def test_a_lost_process_leaves_nothing_and_says_so(
    request_: ConvertRequest, own_home: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(EngineProcess, "run", lose)
    with pytest.raises(EngineLostError, match="Nothing was changed"):
        list(convert.convert_in_process(request_, threading.Event()))
    assert left(own_home) == []


def test_one_that_had_to_be_ended_to_stop_was_stopped(
    request_: ConvertRequest, own_home: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(EngineProcess, "run", lose)
    stop = threading.Event()
    stop.set()
    assert list(convert.convert_in_process(request_, stop))[-1] == JobCancelled()
    assert left(own_home) == []


# -- looking at the files ------------------------------------------------------------------


def told(request: ConvertRequest) -> tuple[Trouble | None, str]:
    found = look(request, convert.target(request))
    return found.trouble, found.part


def test_files_that_fit(request_: ConvertRequest, minigpt_files: Files):
    found = look(request_, convert.target(request_))
    assert found.trouble is None
    sizes = (minigpt_files.checkpoint, minigpt_files.vit)
    assert found.need > sum(path.stat().st_size for path in sizes)
    assert found.free > 0
    assert published_files.needed(replace(request_, dtype="float32")) > found.need


def test_files_that_do_not(request_: ConvertRequest, minigpt_files: Files, tmp_path: Path):
    page = tmp_path / "page.pth"
    page.write_text("<html>Download quota exceeded</html>", "utf-8")
    cut = tmp_path / "cut.pth"
    cut.write_bytes(minigpt_files.vit.read_bytes()[:-1000])
    llama = Path(shutil.copytree(minigpt_files.llama, tmp_path / "llama"))
    (llama / "tokenizer.model").unlink()
    full = tmp_path / "full"
    full.mkdir()
    (full / "file").write_text("", "utf-8")
    cases: list[tuple[dict[str, str], Trouble, str]] = [
        ({"checkpoint": ""}, Trouble.UNNAMED, "checkpoint"),
        ({"llama": ""}, Trouble.UNNAMED, "llama"),
        ({"vit": str(tmp_path / "none")}, Trouble.MISSING, "vit"),
        ({"llama": str(tmp_path / "none")}, Trouble.MISSING, "llama"),
        ({"checkpoint": str(tmp_path)}, Trouble.FOLDER, "checkpoint"),
        ({"checkpoint": str(page)}, Trouble.NO_WEIGHTS, "checkpoint"),
        ({"vit": str(cut)}, Trouble.NO_WEIGHTS, "vit"),
        ({"checkpoint": request_.vit}, Trouble.OTHER_PART, "checkpoint"),
        ({"vit": request_.checkpoint}, Trouble.OTHER_PART, "vit"),
        ({"llama": str(llama)}, Trouble.LLAMA, "llama"),
        ({"llama": request_.vit}, Trouble.LLAMA, "llama"),
        ({"out": str(full)}, Trouble.TAKEN, "out"),
        ({"out": request_.vit}, Trouble.TAKEN, "out"),
    ]
    for changes, trouble, part in cases:
        assert told(replace(request_, **changes)) == (trouble, part), changes
    found: Found = look(replace(request_, llama=str(llama)), tmp_path / "new")
    assert "no tokenizer.model" in found.detail


def test_too_little_room(request_: ConvertRequest, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(published_files, "free_at", lambda folder: 1000)
    assert told(request_) == (Trouble.FULL, "out")


def test_looking_imports_no_torch(request_: ConvertRequest):
    import subprocess
    import sys

    code = (
        "import sys; from pathlib import Path; "
        "from inspector_app.domain.conversions import ConvertRequest; "
        "from inspector_app.services import convert, published_files; "
        f"request = ConvertRequest({request_.checkpoint!r}, {request_.vit!r}, "
        f"{request_.llama!r}); "
        "assert published_files.look(request, convert.target(request)).trouble is None; "
        "assert 'torch' not in sys.modules and 'transformers' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
