"""From a drawn receipt to fields, answers and figures: the engine, the job and the command."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw, ImageFont

from inspector_app.__main__ import main
from inspector_app.domain.documents import Reading, ReadRequest
from inspector_app.domain.engine import InspectRequest
from inspector_app.domain.errors import BadInputError
from inspector_app.domain.evaluation import Evaluation
from inspector_app.domain.events import Cancelled, Event, Failed, Finished, Started
from inspector_app.domain.tasks import Task
from inspector_app.engines import registry
from inspector_app.engines.ocr import ReadingEngine
from inspector_app.services.evaluate_receipts import evaluate_receipts
from inspector_app.services.reading import run_read, sentences

ROWS = (
    ("SUNRISE MARKET SDN BHD", ""),
    ("12 JALAN MERAH, 50450 KUALA LUMPUR", ""),
    ("Date: 05/11/2024 18:25", ""),
    ("Green tea", "12.50"),
    ("Rice 5 kg", "28.90"),
    ("TOTAL RM", "41.40"),
    ("CASH", "50.00"),
    ("CHANGE", "8.60"),
)
Take = Callable[..., list[Event]]


def draw(path: Path, rows: tuple[tuple[str, str], ...] = ROWS) -> Path:
    """A receipt in the font that comes with Pillow."""
    font = ImageFont.load_default(26)
    image = Image.new("RGB", (640, 60 + 52 * len(rows)), "white")
    pen = ImageDraw.Draw(image)
    for number, (left, right) in enumerate(rows):
        y = 30 + 52 * number
        pen.text((30, y), left, fill="black", font=font)
        pen.text((610 - pen.textlength(right, font=font), y), right, fill="black", font=font)
    image.save(path)
    return path


@pytest.fixture(scope="module")
def receipt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return draw(tmp_path_factory.mktemp("receipts") / "receipt.png")


@pytest.fixture(scope="module")
def engine() -> ReadingEngine:
    made = ReadingEngine(registry.card("ocr"))
    made.load()
    return made


@pytest.fixture
def take(engine: ReadingEngine, receipt: Path) -> Take:
    def run(task: Task, question: str = "", **more: Any) -> list[Event]:
        request = InspectRequest((str(receipt),), task, question, **more)
        return list(engine.stream(request, threading.Event()))

    return run


def end(events: list[Event]) -> Finished:
    assert isinstance(events[0], Started), events
    assert isinstance(events[-1], Finished), events[-1]
    return events[-1]


def test_fields_are_json_with_places(take: Take):
    last = end(take(Task.EXTRACT))
    values = json.loads(last.answer)
    assert values["shop"] == "SUNRISE MARKET SDN BHD"
    assert values["date"] == "2024-11-05"
    assert (values["total"], values["paid"], values["change"]) == (41.4, 50.0, 8.6)
    assert [item["name"] for item in values["items"]] == ["Green tea", "Rice 5 kg"]
    (total,) = (box.box for box in last.boxes if box.label == "total")
    assert total.x1 > 0.7
    assert 0.6 < total.y1 < 0.75
    assert last.reasons == ()


def test_a_schema_of_ones_own(take: Take):
    schema = '{"type": "object", "properties": {"total": {"type": "number"}}}'
    assert json.loads(end(take(Task.EXTRACT, schema=schema)).answer) == {"total": 41.4}


def test_questions_are_answered_from_the_fields(take: Take):
    last = end(take(Task.VQA, "how much is the total?"))
    assert "41.40" in last.answer
    assert [box.label for box in last.boxes] == ["total"]
    assert "41,40" in end(take(Task.VQA, "tổng cộng bao nhiêu?")).answer
    unknown = end(take(Task.VQA, "is the customer happy?"))
    assert unknown.boxes == ()
    assert "language engine" in unknown.answer


def test_the_summary(take: Take):
    assert "SUNRISE MARKET SDN BHD" in end(take(Task.SUMMARIZE)).answer
    assert "tổng cộng" in end(take(Task.SUMMARIZE, language="vi")).answer


def test_what_is_asked_again_is_not_read_again(
    engine: ReadingEngine, take: Take, monkeypatch: pytest.MonkeyPatch
):
    end(take(Task.SUMMARIZE))
    monkeypatch.setattr(type(engine._reader), "read_page", None)
    end(take(Task.VQA, "how much is the total?"))


def test_other_tasks_and_no_documents_are_refused(engine: ReadingEngine, take: Take):
    (failed,) = take(Task.DETECTION)
    assert isinstance(failed, Failed)
    assert "cannot do the task detection" in failed.what
    request = InspectRequest((), Task.EXTRACT)
    (failed,) = engine.stream(request, threading.Event())
    assert isinstance(failed, Failed)


def test_a_stop_ends_the_reading(engine: ReadingEngine, tmp_path: Path):
    stop = threading.Event()
    stop.set()
    request = InspectRequest((str(draw(tmp_path / "other.png")),), Task.EXTRACT)
    assert [type(event) for event in engine.stream(request, stop)] == [Cancelled]


def test_a_file_that_is_no_document_is_told(engine: ReadingEngine, tmp_path: Path):
    (tmp_path / "bad.png").write_bytes(b"nothing")
    request = InspectRequest((str(tmp_path / "bad.png"),), Task.EXTRACT)
    (failed,) = engine.stream(request, threading.Event())
    assert isinstance(failed, Failed)
    assert failed.image


# -- job and command ---------------------------------------------------------------------


def test_the_job_ends_with_a_reading(receipt: Path):
    *_, reading = run_read(ReadRequest(str(receipt)), threading.Event())
    assert isinstance(reading, Reading)
    assert reading.extraction is not None
    assert reading.extraction.field("total").value == 41.4
    assert reading.summary
    assert sentences(reading, "en") == []


def test_sums_that_do_not_agree_are_told(tmp_path: Path):
    rows = tuple(("TOTAL RM", "47.40") if row[0] == "TOTAL RM" else row for row in ROWS)
    path = draw(tmp_path / "wrong.png", rows)
    *_, reading = run_read(ReadRequest(str(path)), threading.Event())
    assert isinstance(reading, Reading)
    told = " ".join(sentences(reading, "en"))
    assert "47.40" in told
    assert "41.40" in told
    assert reading.extraction is not None
    assert reading.extraction.field("total").text == "47.40"  # proposed, never changed


def test_a_broken_schema_is_told_before_anything_is_read(tmp_path: Path):
    (tmp_path / "schema.json").write_text("{")
    request = ReadRequest("nowhere.png", schema=str(tmp_path / "schema.json"))
    with pytest.raises(BadInputError, match="schema"):
        next(iter(run_read(request, threading.Event())))


def test_the_command_gives_fields(receipt: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["read", str(receipt), "--schema", "receipt", "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert (record["task"], record["engine"]) == ("read", "ocr")
    total = record["fields"]["total"]
    assert total["value"] == 41.4
    assert total["text"] == "41.40"
    assert total["conflict"] == ""
    (box,) = total["boxes"]
    assert box[0] > 450
    assert record["fields"]["tax"]["value"] is None
    assert len(record["fields"]["items"]) == 2
    assert record["answer"].startswith("Sales receipt")
    assert main(["read", str(receipt), "--schema", "receipt", "--language", "vi"]) == 0
    told = capsys.readouterr().out
    assert "Tổng cộng" in told
    assert "- Green tea" in told
    assert main(["read", str(receipt), "--schema", "nothing"]) == 2


def test_a_total_that_is_not_named_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    rows = tuple(("SUBTOTAL" if left == "TOTAL RM" else left, right) for left, right in ROWS)
    path = str(draw(tmp_path / "unnamed.png", rows))
    assert main(["read", path, "--schema", "receipt", "--language", "vi", "--json"]) == 0
    out, err = capsys.readouterr()
    record = json.loads(out)
    assert record["remarks"] == ["total_derived"]
    assert record["fields"]["subtotal"]["value"] == record["fields"]["total"]["value"] == 41.4
    assert "Không nhận ra dòng tổng cộng" in err


def test_receipts_are_evaluated(receipt: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "receipt.png").write_bytes(receipt.read_bytes())
    row = {
        "image": "receipt.png", "split": "val", "task": "receipt", "language": "en",
        "fields": {
            "company": "SUNRISE MARKET SDN BHD", "date": "05/11/2024", "total": "41.40",
            "address": "SOMEWHERE ELSE",
        },
        "text_lines": ["TOTAL RM"], "line_boxes": [[30, 290, 200, 320]],
        "width": 640, "height": 476,
    }  # fmt: skip
    manifest = tmp_path / "manifest.jsonl"
    manifest.write_text(json.dumps(row) + "\n")
    *_, report = evaluate_receipts(str(manifest), "val", threading.Event())
    assert isinstance(report, Evaluation)
    values = {name: metric.value for name, metric in report.metrics.items()}
    assert values["field_exact.total"] == values["field_exact.company"] == 1.0
    assert values["field_exact.address"] == 0.0
    assert values["field_exact"] == 0.75
    out = tmp_path / "out.json"
    command = ["evaluate", "--manifest", str(manifest), "--split", "val", "--task", "receipt"]
    assert main([*command, "--json", str(out)]) == 0
    told = json.loads(out.read_text())
    assert told["n"] == 1
    right = {item["question"]: item["right"] for item in told["items"]}
    assert right == {"company": True, "date": True, "total": True, "address": False}
    assert told["metrics"]["anls"]["value"] == pytest.approx(0.75)
    assert 0.75 < told["metrics"]["chrf"]["value"] < 1
    assert main([*command, "--json", str(out), "--engine", "anomaly"]) == 2
    missing = row | {"image": "gone.png"}
    manifest.write_text("\n".join(map(json.dumps, (row, missing))))
    *_, report = evaluate_receipts(str(manifest), "val", threading.Event())
    assert isinstance(report, Evaluation)
    assert (report.n, report.metrics["field_exact.total"].n) == (2, 1)
    assert [bool(item.trouble) for item in report.items] == [False] * 4 + [True] * 4
    manifest.write_text(json.dumps(missing))
    with pytest.raises(BadInputError, match="None of the 1 receipts"):
        list(evaluate_receipts(str(manifest), "val", threading.Event()))
    with pytest.raises(BadInputError, match="no receipt sample"):
        next(iter(evaluate_receipts(str(manifest), "test", threading.Event())))


def test_a_language_engine_fills_the_schema_too(
    receipt: Path, tiny: str, capsys: pytest.CaptureFixture[str]
):
    command = ["read", str(receipt), "--schema", "receipt", "--json"]
    assert main([*command, "--engine", tiny]) == 0
    out, err = capsys.readouterr()
    record = json.loads(out)
    second = record["second"]
    assert second["engine"] == tiny
    assert set(second["fields"]) == set(record["fields"])
    assert "total" in second["differing"]  # random weights read nothing
    assert tiny in err
    assert record["fields"]["total"]["value"] == 41.4


def test_a_language_engine_is_measured_on_receipts(receipt: Path, tiny: str, tmp_path: Path):
    (tmp_path / "receipt.png").write_bytes(receipt.read_bytes())
    row = {
        "image": "receipt.png", "split": "test", "task": "receipt", "language": "en",
        "fields": {"company": "SUNRISE MARKET SDN BHD", "total": "41.40"},
        "text_lines": [], "line_boxes": [], "width": 640, "height": 476,
    }  # fmt: skip
    (tmp_path / "m.jsonl").write_text(json.dumps(row))
    out = tmp_path / "out.json"
    command = ["evaluate", "--manifest", str(tmp_path / "m.jsonl"), "--task", "receipt"]
    assert main([*command, "--engine", tiny, "--json", str(out)]) == 0
    told = json.loads(out.read_text())
    assert (told["engine"], told["n"], len(told["items"])) == (tiny, 1, 2)
    assert told["metrics"]["field_exact"]["value"] == 0.0  # random weights read nothing
    assert main([*command, "--adapter", "x", "--json", str(out)]) == 2


@pytest.mark.parametrize(
    "options",
    [
        ["--engine", "anomaly", "--schema", "receipt"],
        ["--engine", "minigpt-v2", "--schema", "receipt"],
        ["--engine", "qwen2-vl-2b"],
        ["--adapter", "x"],
    ],
)
def test_engines_that_cannot_fill_a_schema_are_refused(
    receipt: Path, options: list[str], capsys: pytest.CaptureFixture[str]
):
    assert main(["read", str(receipt), *options]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
