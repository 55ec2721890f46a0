"""Benchmark rows: the interval, the contract, and what is told when something is missing."""

from __future__ import annotations

import ast
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app.cli.main import run as run_command
from inspector_app.domain.errors import BadInputError, InspectorError
from inspector_app.domain.paths import ROOT
from inspector_app.services import benchmark

if str(ROOT / "benchmarks") not in sys.path:
    sys.path.append(str(ROOT / "benchmarks"))
import timing  # pyright: ignore[reportMissingImports]

positive = st.floats(0.001, 1000.0)


def samples(ours: list[float], baseline: list[float]) -> timing.Samples:
    return timing.Samples(np.array(ours)[:, None], np.array(baseline)[:, None])


def fake(folder: Path, monkeypatch: pytest.MonkeyPatch, lines: list[str], code: int = 0) -> Path:
    """Puts a script in the place of benchmarks/rows.py that tells `lines`, and its arguments."""
    (folder / "benchmarks").mkdir()
    told = folder / "arguments.json"
    (folder / "benchmarks" / "rows.py").write_text(
        "import json, sys\n"
        f"open({str(told)!r}, 'w').write(json.dumps(sys.argv[1:]))\n"
        f"print({chr(10).join(lines)!r})\n"
        f"sys.exit({code})\n",
        "utf-8",
    )
    monkeypatch.setattr(benchmark, "ROOT", folder)
    return told


def row(name: str, valid: bool = True) -> dict[str, Any]:
    return timing.make_row(name, samples([1.0, 1.1, 1.2], [2.0, 2.2, 2.4]), "s", valid)


# -- interval ----------------------------------------------------------------------------


def test_samples_are_taken_in_the_order_a_b_b_a():
    order: list[str] = []
    found = timing.interleaved(
        lambda: order.append("a") or len(order), lambda: order.append("b") or len(order), 2, warm=1
    )
    assert "".join(order) == "ab" + "abba" * 2
    assert found.ours.tolist() == [[3, 6], [7, 10]]
    assert found.baseline.tolist() == [[4, 5], [8, 9]]
    with pytest.raises(ValueError, match="round"):
        timing.interleaved(lambda: 1.0, lambda: 1.0, 0)


def test_ratio_is_baseline_over_ours():
    found = timing.ratio(samples([2.0] * 5, [6.0] * 5))
    assert (found.value, found.low, found.high) == (3.0, 3.0, 3.0)


def test_interval_holds_the_truth_about_as_often_as_it_promises():
    rng = np.random.default_rng(4)
    hits = 0
    for trial in range(100):
        ours, baseline = rng.normal(1.0, 0.1, (20, 2)), rng.normal(2.0, 0.2, (20, 2))
        found = timing.ratio(timing.Samples(ours, baseline), seed=trial, resamples=400)
        hits += found.low <= 2.0 <= found.high
        assert found.low <= found.value <= found.high
    assert 85 <= hits < 100


def test_a_drift_that_both_sides_share_does_not_widen_the_interval():
    drift = np.linspace(1.0, 3.0, 20)
    together = timing.ratio(samples(list(drift), list(2 * drift)))
    apart = timing.ratio(samples(list(drift), list(2 * drift[::-1])))
    assert together.high - together.low < 0.5 * (apart.high - apart.low)


@given(st.lists(st.tuples(positive, positive), min_size=1, max_size=8))
def test_interval_is_ordered_and_finite(pairs: list[tuple[float, float]]):
    ours, baseline = zip(*pairs, strict=True)
    found = timing.ratio(samples(list(ours), list(baseline)), resamples=50)
    assert 0 < found.low <= found.high < float("inf")


def test_sides_must_belong_together():
    with pytest.raises(ValueError, match="2 rounds of ours and 1"):
        timing.ratio(samples([1.0, 2.0], [1.0]))


# -- rows --------------------------------------------------------------------------------


def test_a_row_has_the_keys_of_the_contract():
    made = timing.make_row("anomaly", samples([0.03] * 3, [0.06] * 3), "ms", np.True_, 1000)
    assert tuple(made) == benchmark.KEYS
    assert (made["ratio"], made["ours"], made["baseline"]) == (2.0, 30.0, 60.0)
    assert made["valid"] is True
    assert json.loads(json.dumps(made)) == made
    assert "Python 3" in made["machine"]


def test_peak_memory_is_counted_in_megabytes():
    before = timing.peak_megabytes()
    block = np.ones(50_000_000, np.uint8)
    assert timing.peak_megabytes() >= max(before, block.nbytes / 1e6)


def test_service_and_script_know_the_same_rows():
    tree = ast.parse((ROOT / "benchmarks" / "rows.py").read_text("utf-8"))
    tables = [
        node.value
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "ROWS"
    ]
    known = ast.literal_eval(tables[0])
    assert tuple(known) == benchmark.ROWS
    for module, function in known.values():
        source = ROOT / "benchmarks" / f"{module}.py"
        body = ast.parse(source.read_text("utf-8")).body
        names = [node.name for node in body if isinstance(node, ast.FunctionDef)]
        assert function in names


def test_rows_are_told_as_they_come(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    made = row("fit")
    lines = ["a library's remark", json.dumps(made | {"extra": 1}), "[1]", "null"]
    told = fake(tmp_path, monkeypatch, lines)
    assert list(benchmark.run_rows(["fit"])) == [made]
    assert json.loads(told.read_text()) == ["--rows", "fit"]


def test_without_names_all_rows_are_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    told = fake(tmp_path, monkeypatch, [json.dumps(row(name)) for name in benchmark.ROWS])
    assert [one["row"] for one in benchmark.run_rows([])] == list(benchmark.ROWS)
    assert json.loads(told.read_text())[1].split(",") == list(benchmark.ROWS)


def test_rows_that_fail_are_named_after_those_that_do_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    lines = [json.dumps({"row": "fit", "trouble": "no torch"}), json.dumps(row("launch"))]
    fake(tmp_path, monkeypatch, lines, code=1)
    rows = benchmark.run_rows(["fit", "launch", "repaint"])
    assert next(rows)["row"] == "launch"
    with pytest.raises(InspectorError, match=r"fit \(no torch\); repaint \(it ended early\)"):
        next(rows)


def test_an_unknown_row_is_bad_input():
    with pytest.raises(BadInputError, match=r"no row speed.*anomaly, anomaly_memory"):
        benchmark.run_rows(["fit", "speed"])


def test_without_the_scripts_one_line_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(benchmark, "ROOT", tmp_path)
    assert run_command(["benchmark"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.strip().splitlines() == [
        "The benchmarks are not installed with the program. "
        "Run this command from a checkout of its source."
    ]


def test_command_writes_a_line_a_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    made = [row("fit"), row("launch", valid=False)]
    fake(tmp_path, monkeypatch, [json.dumps(one) for one in made])
    out = tmp_path / "out.jsonl"
    assert run_command(["benchmark", "--rows", "fit,launch", "--json", str(out)]) == 1  # not valid
    assert [json.loads(line) for line in out.read_text("utf-8").splitlines()] == made
    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == made


def test_command_ends_well_when_all_rows_are_valid(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    fake(tmp_path, monkeypatch, [json.dumps(row("fit"))])
    assert run_command(["benchmark", "--rows", "fit"]) == 0
    assert run_command(["benchmark", "--rows", "speed"]) == 2
