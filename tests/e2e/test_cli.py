"""The command line: others script against it, so its forms and exit codes are fixed here."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from inspector_app.__main__ import main
from inspector_app.domain.paths import ROOT


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
        (["report", "none.inspect", "--out", "x"], "none.inspect"),
        (["evaluate", "--manifest", "none.jsonl", "--task", "detect", "--json", "o"], "manifest"),
        (["models", "pull", "nothing"], "no engine named"),
        (["benchmark", "--rows", "nothing"], "nothing"),
    ],
)
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
    places = {"IMAGE": str(lot / "part_0.png"), "RECIPE": str(fitted)}
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
    }  # fmt: skip
    assert report["n"] == 6
    assert report["metrics"]["image_auroc"]["value"] == 1.0
    assert {"value", "low", "high"} <= set(report["metrics"]["image_auroc"])


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
