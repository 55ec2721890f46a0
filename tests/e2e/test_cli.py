"""The command line: others script against it, so its forms and exit codes are fixed here."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from inspector_app.__main__ import main
from inspector_app.domain.errors import BadInputError
from inspector_app.domain.paths import ROOT
from inspector_app.services import pages


@pytest.fixture
def lot(parts: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(parts / "lot", tmp_path / "lot"))


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = main([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    return code, out, err


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_inspect_json_has_the_fixed_keys(
    capsys: pytest.CaptureFixture[str], lot: Path, fitted: Path
):
    code, out, _ = run(
        capsys, "inspect", lot / "part_1.png", lot / "part_0.png", "--recipe", fitted, "--json"
    )
    assert code == 0
    bad, good = lines(out)
    assert set(bad) == {
        "image", "task", "engine", "answer", "boxes", "score", "verdict", "seconds",
    }  # fmt: skip
    assert bad["image"] == str(lot / "part_1.png")
    assert bad["task"] == "detection"
    assert bad["engine"] == "anomaly"
    assert bad["verdict"] == "reject"
    assert good["verdict"] == "accept"
    assert good["boxes"] == []
    box = bad["boxes"][0]
    assert set(box) == {"label", "xyxy", "score"}
    x1, y1, x2, y2 = box["xyxy"]
    # Pixels of the original: the bar lies at 72..124, 81..95.
    assert x1 < 98 < x2
    assert y1 < 88 < y2


def test_region_in_pixels(capsys: pytest.CaptureFixture[str], lot: Path, fitted: Path):
    code, out, _ = run(
        capsys, "inspect", lot / "part_1.png", "--recipe", fitted, "--box", "72,81,124,95", "--json"
    )
    assert code == 0
    assert lines(out)[0]["task"] == "identify"
    assert "above the limit" in lines(out)[0]["answer"]


def test_vietnamese_answer(capsys: pytest.CaptureFixture[str], lot: Path, fitted: Path):
    _, out, _ = run(capsys, "inspect", lot / "part_0.png", "--recipe", fitted, "--language", "vi")
    assert "Đạt" in out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["inspect", "none.png", "--json"], "none.png"),
        (["inspect", "IMAGE", "--recipe", "none.toml"], "none.toml"),
        (["inspect", "IMAGE", "--recipe", "RECIPE", "--engine", "nothing"], "no engine named"),
        (["inspect", "IMAGE", "--recipe", "RECIPE", "--box", "1,2,3"], "four numbers"),
        (["inspect"], "required"),
        (["fly"], "invalid choice"),
        (["fit", "EMPTY", "--out", "r.toml"], "no good image"),
        (["fit", "nowhere", "--out", "r.toml"], "There is no folder"),
        (["batch", "EMPTY", "--recipe", "RECIPE", "--project", "p.inspect"], "There is no image"),
        (["batch", "LOT", "--recipe", "RECIPE", "--project", "EMPTY"], "is a folder"),
        (["batch", "LOT", "--recipe", "RECIPE", "--project", "a/p.inspect"], "no folder"),
        (["batch", "LOT", "--recipe", "RECIPE", "--project", "FILE", "--resume"], "not an Insp"),
        (["report", "none.inspect", "--out", "x"], "none.inspect"),
        (["report", "FILE", "--out", "x"], "not an Inspector project"),
        (["report", "FILE", "--out", "FILE"], "is a file, not a folder"),
        (["demo", "--out", "FILE"], "is a file, not a folder"),
        (["demo", "--out", "FILE/x"], "is a file, not a folder"),
        (["fit", "LOT", "--out", "EMPTY"], "is a folder, not a file"),
        (["fit", "LOT", "--out", "a/b/r.toml"], "There is no folder"),
        (["fit", "LOT", "--out", "FILE/r.toml"], "is a file, not a folder"),
        (["evaluate", "--manifest", "MAN", "--task", "detect", "--json", "o"], "none is given"),
        (["evaluate", "--manifest", "BAD", "--task", "detect", "--recipe", "RECIPE", "--json",
          "o"], "Line 2 of BAD"),
        (["evaluate", "--manifest", "MAN", "--task", "detect", "--json", "EMPTY"], "is a folder"),
        (["evaluate", "--manifest", "none.jsonl", "--task", "detect", "--recipe", "RECIPE",
          "--json", "o"], "no manifest"),
        (["models", "pull", "nothing"], "no engine named"),
        (["benchmark", "--rows", "nothing"], "nothing"),
    ],
)  # fmt: skip
def test_bad_input_is_one_line_and_exit_code_two(
    capsys: pytest.CaptureFixture[str],
    lot: Path,
    fitted: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    says: str,
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "EMPTY").mkdir()
    (tmp_path / "FILE").write_text("text")
    good = json.dumps({"task": "detect", "image": "a.png", "split": "test", "is_defect": False,
                       "boxes": []})  # fmt: skip
    (tmp_path / "MAN").write_text(good)
    (tmp_path / "BAD").write_text(good + '\n{"image": "a.png"}')
    places = {"IMAGE": str(lot / "part_0.png"), "RECIPE": str(fitted), "LOT": str(lot)}
    code, _, err = run(capsys, *(places.get(word, word) for word in arguments))
    assert says in err
    assert "Traceback" not in err
    told = [line for line in err.splitlines() if line.strip()]
    assert len(told) == 1, told
    assert code == 2


def test_one_bad_file_among_good_ones(capsys: pytest.CaptureFixture[str], lot: Path, fitted: Path):
    (lot / "broken.png").write_bytes(b"no")
    code, out, err = run(
        capsys, "inspect", lot / "broken.png", lot / "part_0.png", "--recipe", fitted, "--json"
    )
    assert code == 1
    broken, good = lines(out)
    assert "broken.png" in broken["error"]
    assert good["verdict"] == "accept"
    assert "broken.png" in err


def test_only_bad_files_are_bad_input_and_named_once(
    capsys: pytest.CaptureFixture[str], lot: Path, fitted: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(lot.parent)
    whole = (lot / "part_0.png").read_bytes()
    (lot / "cut.png").write_bytes(whole[: len(whole) // 2])  # told by the engine, which reads all
    (lot / "empty.png").touch()  # told before
    code, _, err = run(capsys, "inspect", "lot/cut.png", "lot/empty.png", "--recipe", fitted)
    assert code == 2
    cut, empty = err.splitlines()
    assert cut.startswith("Cannot read lot/cut.png: ")
    assert empty.startswith("Cannot read lot/empty.png: ")
    assert (cut.count("cut.png"), empty.count("empty.png")) == (1, 1)


def test_a_failing_engine_is_no_bad_input(capsys: pytest.CaptureFixture[str], lot: Path):
    image = lot / "part_0.png"
    options = ("--engine", "fake", "--task", "vqa", "--question", "script:fail")
    code, _, err = run(capsys, "inspect", image, *options)
    assert code == 1
    assert err.startswith(f"{image}: The script says")
    (lot / "broken.png").write_bytes(b"no")
    assert run(capsys, "inspect", image, lot / "broken.png", *options)[0] == 1


def test_a_region_that_begins_outside(capsys: pytest.CaptureFixture[str], lot: Path, fitted: Path):
    code, out, err = run(
        capsys, "inspect", lot / "part_1.png", "--recipe", fitted, "--box", "-50,-50,90,90",
        "--json",
    )  # fmt: skip
    assert (code, err) == (0, "")
    assert lines(out)[0]["task"] == "identify"


def test_a_batch_without_one_readable_image_has_failed(
    capsys: pytest.CaptureFixture[str], fitted: Path, lot: Path, tmp_path: Path
):
    folder = tmp_path / "bad"
    folder.mkdir()
    (folder / "broken.png").write_bytes(b"no")
    arguments = ("batch", folder, "--recipe", fitted, "--project", tmp_path / "p.inspect")
    code, _, err = run(capsys, *arguments)
    assert code == 1
    assert "1 failed" in err
    shutil.copy(lot / "part_0.png", folder)
    code, _, err = run(capsys, *arguments, "--resume")
    assert code == 0
    assert "1 inspected" in err
    assert "1 failed" in err


def test_models_check_of_a_healthy_install(capsys: pytest.CaptureFixture[str]):
    code, out, err = run(capsys, "models", "check")
    assert (code, err) == (0, "")
    assert "anomaly-dinov2: not fetched" in out


def test_an_unknown_log_level_is_left(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("INSPECTOR_LOG", "loud")
    assert run(capsys, "doctor")[0] == 0


def test_a_home_that_cannot_be_made(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    (tmp_path / "file").touch()
    monkeypatch.setenv("INSPECTOR_HOME", str(tmp_path / "file"))
    code, out, err = run(capsys, "doctor")
    assert (code, err) == (1, "")
    assert "NO  Settings" in out
    assert "Engine anomaly" in out
    code, _, err = run(capsys, "models", "list")
    assert code == 1
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "a.bin"), "write a.bin: the disk is f"),
        (OSError(errno.EIO, "Input/output error", "a.bin"), "Cannot use a.bin: input/output"),
        (OSError("odd"), "odd"),
        (RuntimeError("No space left on device (os error 28)"), "the disk is full"),
        (RuntimeError("two\nlines"), "Something went wrong: RuntimeError: two lines; run again"),
    ],
)
def test_no_traceback_reaches_the_user(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    says: str,
):
    def fails() -> None:
        raise error

    monkeypatch.setattr("inspector_app.services.doctor.examine", fails)
    code, _, err = run(capsys, "doctor")
    assert code == 1
    assert says in err
    assert len(err.splitlines()) == 1


def test_a_full_disk_is_no_bad_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    def fails() -> None:
        raise BadInputError("Cannot write r.toml.") from OSError(errno.ENOSPC, "full")

    monkeypatch.setattr("inspector_app.services.doctor.examine", fails)
    assert run(capsys, "doctor")[0] == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize("command", ["models", "--help"])
def test_a_full_output_is_told_in_one_line(command: str):
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONUNBUFFERED"}
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "inspector_app", command],
            stdout=full, stderr=subprocess.PIPE, text=True, check=False, timeout=60, cwd=ROOT,
            env=environment,
        )  # fmt: skip
    assert done.returncode == 1
    assert "disk is full" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_reader_that_goes_away_is_no_failure():
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "inspector_app", "models"],
            stdout=writer, stderr=subprocess.PIPE, text=True, check=False, timeout=60, cwd=ROOT,
        )  # fmt: skip
    finally:
        os.close(writer)
    assert (done.returncode, done.stderr) == (0, "")


def test_names_that_the_output_cannot_write_are_escaped(lot: Path):
    done = start(
        "-m", "inspector_app", "inspect", str(lot / "part_0.png"), str(lot / "ốc.png"), "--json",
        "--engine", "fake", "--task", "vqa", "--question", "script:fail",
        PYTHONIOENCODING="ascii:strict", PYTHONUTF8="0",
    )  # fmt: skip
    assert done.returncode == 1
    assert lines(done.stdout)[1]["image"] == str(lot / "ốc.png")


def test_an_unknown_option_of_the_window(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as ended:
        main(["window", "--bad"])
    assert ended.value.code == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_without_a_recipe_it_says_what_is_missing(capsys: pytest.CaptureFixture[str], lot: Path):
    code, _, err = run(capsys, "inspect", lot / "part_0.png")
    assert code == 2
    assert "inspector fit" in err


def test_batch_resume_and_report(
    capsys: pytest.CaptureFixture[str], lot: Path, fitted: Path, tmp_path: Path
):
    project = tmp_path / "p.inspect"
    arguments = ("batch", lot, "--recipe", fitted, "--project", project)
    code, out, _ = run(capsys, *arguments, "--json")
    assert code == 0
    assert [record["verdict"] for record in lines(out)] == ["accept", "reject"] * 3
    assert run(capsys, *arguments)[0] == 2
    code, _, err = run(capsys, *arguments, "--resume")
    assert code == 0
    assert "6 skipped" in err
    code, out, _ = run(
        capsys, "report", project, "--format", "csv,json,coco", "--out", tmp_path / "report"
    )
    assert code == 0
    assert all(Path(line).is_file() for line in out.split())
    code, _, err = run(capsys, "report", project, "--format", "doc", "--out", tmp_path / "r2")
    assert code == 2
    assert "doc" in err


def test_evaluate_writes_the_fixed_form(
    capsys: pytest.CaptureFixture[str], parts: Path, fitted: Path, tmp_path: Path
):
    rows = [
        {
            "image": str(parts / "lot" / f"part_{number}.png"),
            "split": "test",
            "task": "detect",
            "is_defect": number % 2 == 1,
            "boxes": None if number % 2 else [],
            "label_level": "image",
        }
        for number in range(6)
    ]
    manifest = tmp_path / "m.jsonl"
    manifest.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    out = tmp_path / "out.json"
    code, _, _ = run(
        capsys, "evaluate", "--manifest", manifest, "--task", "detect", "--recipe", fitted,
        "--json", out,
    )  # fmt: skip
    assert code == 0
    report = json.loads(out.read_text("utf-8"))
    assert set(report) == {
        "engine", "adapter", "task", "manifest", "split", "n", "metrics", "items",
        "groups", "decided_by", "data_sha256",
    }  # fmt: skip
    assert report["n"] == 6
    assert report["metrics"]["image_auroc"]["value"] == 1.0
    assert {"value", "low", "high"} <= set(report["metrics"]["image_auroc"])

    worse = tmp_path / "worse.json"
    report["engine"], report["items"][0]["right"] = "other", False
    worse.write_text(json.dumps(report), "utf-8")
    code, said, _ = run(capsys, "compare", out, worse, "--json", tmp_path / "difference.json")
    assert code == 0
    assert "6 items: only A right 1, only B right 0, alike 5; McNemar p = 1" in said
    difference = json.loads((tmp_path / "difference.json").read_text("utf-8"))
    assert difference["only_first"] == [0]
    # The scripted engine answers questions, but gives no points.
    code, _, errors = run(capsys, "compare", out, worse, "--judge", "fake")
    assert code == 1
    assert "gave no points" in errors
    code, _, errors = run(capsys, "compare", out, manifest)
    assert code == 2


def test_evaluate_questions(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    Image.new("RGB", (8, 8)).save(tmp_path / "a.png")
    row = {
        "image": "a.png", "split": "val", "task": "vqa", "question": "script:", "answer": "x",
        "language": "en",
    }  # fmt: skip
    manifest = tmp_path / "m.jsonl"
    manifest.write_text(json.dumps(row), "utf-8")
    out = tmp_path / "out.json"
    options = ("evaluate", "--manifest", manifest, "--split", "val", "--task", "vqa", "--json", out)
    code, _, errors = run(capsys, *options)
    assert code == 2
    assert "anomaly cannot answer questions" in errors
    code, said, _ = run(capsys, *options, "--engine", "fake")
    assert code == 0
    assert "exact_match" in said
    assert json.loads(out.read_text("utf-8"))["n"] == 1
    code, _, errors = run(capsys, *options, "--engine", "ocr", "--adapter", "x")
    assert code == 2
    assert "takes no adapters" in errors


def test_doctor_and_models_list(capsys: pytest.CaptureFixture[str]):
    code, out, _ = run(capsys, "doctor")
    assert code == 0
    assert "Engine anomaly" in out
    code, out, _ = run(capsys, "models", "list")
    assert code == 0
    assert "anomaly-dinov2" in out
    assert "fake" not in out


def start(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        cwd=ROOT,
        env=os.environ | more,
    )


def test_window_without_a_display_says_so():
    environment = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
    environment.pop("QT_QPA_PLATFORM", None)
    done = subprocess.run(
        [sys.executable, "-m", "inspector_app"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        cwd=ROOT,
        env=environment,
    )
    if sys.platform.startswith("linux"):
        assert done.returncode == 1
        assert "no display" in done.stderr


def test_the_window_process_stays_free_of_heavy_libraries():
    code = """
import sys
from inspector_app.services.settings import Settings
from inspector_app.ui.app import make_application
app = make_application(Settings())
from inspector_app.ui.main_window import MainWindow
from inspector_app.ui.worker import Worker
import asyncio, qasync
loop = qasync.QEventLoop(app); asyncio.set_event_loop(loop)
app.setQuitOnLastWindowClosed(False)
async def work():
    window = MainWindow(Settings(), Worker())
    window.show()
    await asyncio.sleep(0.2)
    window.close()
    await window.shut_down()
with loop: loop.run_until_complete(work())
heavy = {"torch", "transformers", "peft", "cv2", "onnxruntime", "onnx", "sklearn", "scipy",
         "reportlab", "xlsxwriter"}
print("HEAVY", sorted(heavy & set(sys.modules)))
"""
    done = start("-c", code)
    assert done.returncode == 0, done.stderr
    assert "HEAVY []" in done.stdout


def test_onnxruntime_writes_no_telemetry_id(tmp_path: Path, lot: Path, fitted: Path):
    (tmp_path / "home").mkdir()
    home = str(tmp_path / "home")
    done = start(
        "-m", "inspector_app", "inspect", str(lot / "part_0.png"), "--recipe", str(fitted),
        HOME=home, XDG_CACHE_HOME=home,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert list(Path(home).rglob("*")) == []


def test_inspect_a_pdf(
    capsys: pytest.CaptureFixture[str], make_pdf: Callable[..., Path], fitted: Path
):
    path = make_pdf("three.pdf", 3)
    code, out, err = run(capsys, "inspect", path, "--recipe", fitted, "--json")
    assert code == 0
    assert f"{path} has 3 pages; this is about page 1. Choose another with --page." in err
    (record,) = lines(out)
    assert (record["page"], record["verdict"]) == (1, "reject")
    code, out, err = run(
        capsys, "inspect", path, "--recipe", fitted, "--page", 3, "--box", "0,0,1654,2339", "--json"
    )
    assert "this is about" not in err
    code, out, err = run(capsys, "inspect", path, "--recipe", fitted, "--page", 4)
    assert (code, out) == (2, "")
    assert err == f"Cannot read page 4 of {path}: it has 3 pages. Choose a page that is there.\n"
    assert run(capsys, "inspect", path, "--recipe", fitted, "--page", 0)[0] == 2


def test_inspect_bad_pdfs_in_one_line(
    capsys: pytest.CaptureFixture[str], make_pdf: Callable[..., Path], fitted: Path
):
    locked = make_pdf("locked.pdf", password="secret")
    broken = locked.with_name("broken.pdf")
    broken.write_bytes(b"%PDF-1.7 and so on")
    code, out, err = run(capsys, "inspect", locked, broken, "--recipe", fitted)
    assert (code, out) == (2, "")
    assert err.splitlines() == [
        f"Cannot read {locked}: it is locked with a password. Give the password in the window, "
        "or save a copy without one.",
        f"Cannot read {broken}: the PDF is damaged. Copy it again, or print it to a new PDF.",
    ]


def test_batch_of_a_folder_with_pdfs(
    capsys: pytest.CaptureFixture[str], make_pdf: Callable[..., Path], tmp_path: Path, fitted: Path
):
    folder = make_pdf("two.pdf", 2).parent
    make_pdf("locked.pdf", password="secret")
    Image.new("RGB", (192, 192), "gray").save(folder / "part.png")
    project = tmp_path.parent / "p.inspect"
    code, out, err = run(
        capsys, "batch", folder, "--recipe", fitted, "--project", project, "--json"
    )
    assert code == 0
    assert "3 inspected, 0 skipped (done before), 1 failed" in err
    assert "locked.pdf: it is locked with a password." in err
    told = {(Path(r["image"]).name, r.get("page")): r for r in lines(out)}
    assert set(told) == {
        ("locked.pdf", None), ("part.png", None), ("two.pdf", 1), ("two.pdf", 2),
    }  # fmt: skip
    code, out, err = run(
        capsys, "batch", folder, "--recipe", fitted, "--project", project, "--resume"
    )
    assert "0 inspected, 3 skipped (done before), 1 failed" in err


def test_batch_of_a_very_long_pdf(
    capsys: pytest.CaptureFixture[str],
    make_pdf: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    fitted: Path,
):
    monkeypatch.setattr(pages, "MOST_UNASKED", 1)
    monkeypatch.setattr(pages, "MOST_OFFERED", 2)
    folder = make_pdf("long.pdf", 5).parent
    project = tmp_path.parent / "long.inspect"
    code, _, err = run(capsys, "batch", folder, "--recipe", fitted, "--project", project)
    assert code == 0
    assert "long.pdf has 5 pages; the first 2 are inspected." in err
    assert "2 inspected" in err


def test_read_a_folder(capsys: pytest.CaptureFixture[str], make_pdf: Callable[..., Path]):
    folder = make_pdf("b10.pdf").parent
    make_pdf("b2.pdf", 2)
    make_pdf("locked.pdf", password="secret")
    (folder / "notes.txt").write_text("not read")
    code, out, err = run(capsys, "read", folder, "--json")
    assert code == 1
    assert "locked.pdf: it is locked with a password." in err
    told = lines(out)
    assert [Path(r["image"]).name for r in told] == ["b2.pdf", "b10.pdf", "locked.pdf"]
    assert "Invoice 20002" in told[0]["answer"]
    (folder / "empty").mkdir()
    code, out, err = run(capsys, "read", folder / "empty")
    assert (code, out) == (2, "")
    assert err.startswith(f"There is no image in {folder / 'empty'}. Choose a folder")
