"""`inspector models ...` as a user types it: output, exit codes, one line for every trouble."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from inspector_app.__main__ import main
from inspector_app.services import doctor

ID = "qwen2-vl-2b"


@pytest.fixture(autouse=True)
def own_home(models_home: Path) -> Path:
    return models_home


@pytest.fixture
def model(tmp_path: Path, make_model: Callable[..., Path]) -> Path:
    return make_model(tmp_path / "nuts")


@pytest.fixture
def adapter(tmp_path: Path, make_adapter: Callable[..., Path]) -> Path:
    return make_adapter(tmp_path / "scratches")


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = main(["models", *(str(argument) for argument in arguments)])
    out, err = capsys.readouterr()
    return code, out, err


def entry(out: str, card_id: str) -> str:
    """The lines of one card in the list."""
    lines = out.splitlines()
    begin = next(number for number, line in enumerate(lines) if line[2:].startswith(f"{card_id} "))
    rest = lines[begin + 1 :]
    end = next((number for number, line in enumerate(rest) if line[0] != " "), len(rest))
    return "\n".join([lines[begin], *rest[:end]])


def test_the_list_says_what_a_model_takes(capsys: pytest.CaptureFixture[str]):
    code, out, err = run(capsys, "list")
    assert (code, err) == (0, "")
    told = entry(out, ID)
    assert told.startswith(f"- {ID}")
    assert "licence Apache-2.0; about 4.4 GB to fetch; needs about 5.5 GB of memory" in told
    assert "adapters: none" in told
    assert "non-commercial" in entry(out, "qwen2.5-vl-3b")
    assert "adapters" not in entry(out, "anomaly")
    assert run(capsys)[1] == out


def test_a_folder_is_used_and_forgotten(capsys: pytest.CaptureFixture[str], model: Path):
    code, out, err = run(capsys, "use", ID, model)
    assert (code, err) == (0, "")
    assert f"ready, from {model}" in out
    told = entry(run(capsys, "list")[1], ID)
    assert told.startswith(f"+ {ID}")
    assert f"folder {model}" in told
    assert "on disk" in told
    assert run(capsys, "check", ID)[0] == 0
    assert run(capsys, "pull", ID)[:2] == (0, f"Qwen2-VL 2B: ready, from {model}.\n")
    code, out, err = run(capsys, "use", ID)
    assert (code, err) == (0, "")
    assert "not here" in out
    run(capsys, "use", ID, model)
    code, out, _ = run(capsys, "remove", ID)
    assert code == 0
    assert f"{model} was left as it is" in out
    assert (model / "config.json").is_file()


def test_a_model_of_ones_own(capsys: pytest.CaptureFixture[str], model: Path):
    code, out, err = run(capsys, "add", model, "--name", "Nut model")
    assert (code, err) == (0, "")
    assert "Nut model was added as nut-model: ready" in out
    assert "(added by you)" in entry(run(capsys, "list")[1], "nut-model")
    assert run(capsys, "remove", "nut-model")[0] == 0
    assert "nut-model" not in run(capsys, "list")[1]
    assert run(capsys, "remove", "nut-model")[0] == 2


def test_adapters(capsys: pytest.CaptureFixture[str], adapter: Path, own_home: Path):
    assert "no adapter" in run(capsys, "adapters")[1]
    code, out, err = run(capsys, "add-adapter", ID, adapter, "--name", "Scratches")
    assert (code, err) == (0, "")
    assert "Scratches was added as scratches, for qwen2-vl-2b" in out
    assert "adapters: scratches" in entry(run(capsys, "list")[1], ID)
    code, out, _ = run(capsys, "adapters", ID)
    assert code == 0
    assert "+ scratches" in out
    assert "rank 16" in out
    assert "scratches" not in run(capsys, "adapters", "qwen2-vl-7b")[1]
    assert run(capsys, "check", ID)[0] == 0
    weights = own_home / "data" / "adapters" / "scratches" / "adapter_model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-1])
    code, _, err = run(capsys, "check", ID)
    assert code == 1
    assert "the adapter scratches cannot be used" in err
    assert "- scratches" in run(capsys, "adapters")[1]
    assert run(capsys, "remove-adapter", "scratches")[0] == 0
    assert run(capsys, "remove-adapter", "scratches")[0] == 2


def test_a_broken_card_is_told_and_takes_nothing_down(
    capsys: pytest.CaptureFixture[str], own_home: Path
):
    folder = own_home / "data" / "cards"
    folder.mkdir(parents=True)
    (folder / "mine.toml").write_text("id =", "utf-8")
    code, out, err = run(capsys, "list")
    assert code == 0
    assert "anomaly" in out
    assert "mine.toml cannot be used" in err
    assert len(err.splitlines()) == 1
    assert run(capsys, "check")[0] == 1
    assert run(capsys, "check", "anomaly")[0] == 0
    assert main(["doctor"]) == 1
    assert "mine.toml" in capsys.readouterr().out


def test_a_model_that_cannot_be_reached_has_failed(
    capsys: pytest.CaptureFixture[str], own_home: Path
):
    folder = own_home / "data" / "cards"
    folder.mkdir(parents=True)
    (folder / "far.toml").write_text(
        'id = "far"\nname = "Far"\nkind = "qwen-vl"\nsummary = ""\nlicence = ""\ntasks = []\n'
        '[[files]]\nname = "config.json"\nurl = "http://127.0.0.1:9/config.json"\n',
        "utf-8",
    )
    code, _, err = run(capsys, "pull", "far")
    assert code == 1
    assert "connection refused" in err
    assert len(err.splitlines()) == 2  # one of progress


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["use", ID, "EMPTY"], "has no config.json"),
        (["use", ID, "none"], "There is no folder"),
        (["use", "anomaly", "MODEL"], "is no language model"),
        (["use", "qwen3-vl-2b", "MODEL"], "is a qwen2-vl model"),
        (["use", "nothing", "MODEL"], "no engine named"),
        (["use", "nothing"], "no engine named"),
        (["add", "EMPTY"], "has no config.json"),
        (["add", "ADAPTER"], "holds an adapter"),
        (["add"], "required"),
        (["adapters", "nothing"], "no engine named"),
        (["add-adapter", ID, "EMPTY"], "has no adapter_config.json"),
        (["add-adapter", "anomaly", "ADAPTER"], "takes no adapters"),
        (["add-adapter", "qwen2-vl-7b", "ADAPTER"], "which is qwen2-vl-2b"),
        (["add-adapter", ID], "required"),
        (["remove-adapter", "../x"], "no adapter named"),
        (["pull", "nothing"], "no engine named"),
    ],
)
def test_bad_input_is_one_line_and_exit_code_two(
    capsys: pytest.CaptureFixture[str],
    model: Path,
    adapter: Path,
    tmp_path: Path,
    arguments: list[str],
    says: str,
):
    (tmp_path / "EMPTY").mkdir()
    places = {"MODEL": model, "ADAPTER": adapter, "EMPTY": tmp_path / "EMPTY"}
    code, _, err = run(capsys, *(places.get(word, word) for word in arguments))
    assert says in err
    assert len(err.splitlines()) == 1
    assert code == 2


def test_the_doctor_on_language_models(
    capsys: pytest.CaptureFixture[str], model: Path, monkeypatch: pytest.MonkeyPatch
):
    def told() -> doctor.Check:
        return next(check for check in doctor.examine() if check.name == "Language engine")

    monkeypatch.setattr(doctor, "LANGUAGE_PACKAGES", ("torch",))
    monkeypatch.setattr(doctor, "GPU_TOOL", "no-such-tool")
    assert (told().ok, told().text) == (None, "no model is here; see: inspector models list")
    run(capsys, "use", ID, model)
    assert told().ok is True
    assert told().text == f"{ID}; no GPU: it runs on the processor, slowly"
    monkeypatch.setattr(doctor, "GPU_TOOL", "sh")
    monkeypatch.setattr(doctor.importlib.metadata, "version", lambda name: "2.13.0+cpu")
    assert "torch that is installed cannot use it" in told().text
    monkeypatch.setattr(doctor.importlib.metadata, "version", lambda name: "2.13.0")
    assert told().text == f"{ID}; on the GPU"
    monkeypatch.setattr(doctor, "LANGUAGE_PACKAGES", ("torch", "no_such_package"))
    assert (told().ok, told().text) == (None, "not usable: no_such_package not installed")
