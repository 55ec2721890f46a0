"""What every row shares: interleaved samples, the ratio's interval, and the machine in words."""

from __future__ import annotations

import os
import platform
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Sample = Callable[[], float]
RESAMPLES = 4000


@dataclass(frozen=True, slots=True)
class Samples:
    """Samples of both sides, `[rounds, n]` each; a round's samples were taken close together."""

    ours: NDArray[np.float64]
    baseline: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Ratio:
    """Baseline over ours (larger is better) with its 95 % interval."""

    value: float
    low: float
    high: float


def clocked(work: Callable[[], object]) -> Sample:
    """Returns a sample of how many seconds `work` takes."""

    def sample() -> float:
        begun = time.perf_counter()
        work()
        return time.perf_counter() - begun

    return sample


def interleaved(ours: Sample, baseline: Sample, rounds: int, warm: int = 1) -> Samples:
    """Takes samples in the order A B B A, so that a slow drift of the machine hits both alike.

    Args:
        ours: Takes one sample of ours (A).
        baseline: Takes one sample of the baseline (B).
        rounds: How many times A B B A.
        warm: Samples of each that are thrown away first.

    Raises:
        ValueError: No rounds.
    """
    if rounds < 1:
        raise ValueError("at least one round is needed")
    for _ in range(warm):
        ours()
        baseline()
    a: list[tuple[float, float]] = []
    b: list[tuple[float, float]] = []
    for _ in range(rounds):
        first, second, third, fourth = ours(), baseline(), baseline(), ours()
        a.append((first, fourth))
        b.append((second, third))
    return Samples(np.array(a, np.float64), np.array(b, np.float64))


def against_target(values: list[float], target: float) -> Samples:
    """Samples against a fixed number instead of a measured baseline."""
    return Samples(np.array(values, np.float64)[:, None], np.full((len(values), 1), target))


def ratio(samples: Samples, seed: int = 0, resamples: int = RESAMPLES) -> Ratio:
    """Ratio of medians, baseline over ours, with a bootstrap interval.

    Whole rounds are drawn anew: what disturbed one sample of a round disturbed its neighbours
    too, and drawing them one by one would make the interval too narrow.

    Raises:
        ValueError: The sides differ in rounds, or there are no samples.
    """
    ours, baseline = samples.ours, samples.baseline
    if len(ours) != len(baseline) or not ours.size or not baseline.size:
        raise ValueError(f"{len(ours)} rounds of ours and {len(baseline)} of the baseline")
    rng = np.random.default_rng(seed)
    drawn = rng.integers(len(ours), size=(resamples, len(ours)))
    medians = [np.median(side[drawn].reshape(resamples, -1), axis=1) for side in (ours, baseline)]
    low, high = np.percentile(medians[1] / medians[0], [2.5, 97.5])
    return Ratio(float(np.median(baseline) / np.median(ours)), float(low), float(high))


def make_row(
    name: str, samples: Samples, unit: str, valid: bool, factor: float = 1.0
) -> dict[str, Any]:
    """Puts a row together.

    Args:
        name: Name of the row.
        samples: What was measured.
        unit: Unit of `ours` and `baseline`, and what the baseline is.
        valid: Whether both sides gave the same outputs.
        factor: Samples times this are in the unit (1000 for seconds told in milliseconds).
    """
    found = ratio(samples)
    return {
        "row": name,
        "ratio": _short(found.value),
        "low": _short(found.low),
        "high": _short(found.high),
        "ours": _short(float(np.median(samples.ours)) * factor),
        "baseline": _short(float(np.median(samples.baseline)) * factor),
        "unit": unit,
        "valid": bool(valid),
        "machine": machine(),
    }


def machine() -> str:
    """Returns processor, cores, system, Python and the load right now, in one line."""
    parts = [
        _processor(),
        f"{os.cpu_count()} cores",
        f"{platform.system()} {platform.machine()}",
        f"Python {platform.python_version()}",
    ]
    torch = sys.modules.get("torch")  # rows of the window never import it
    if torch is not None and torch.cuda.is_available():
        parts.insert(0, str(torch.cuda.get_device_name(0)))
    if hasattr(os, "getloadavg"):
        parts.append(f"load {os.getloadavg()[0]:.1f}")
    return ", ".join(parts)


def peak_megabytes() -> float:
    """Returns this process's peak resident memory in MB (10^6 bytes).

    On Linux from /proc: `ru_maxrss` starts with the peak of the process that started this one.
    """
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text("ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024 / 1e6
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak * (1 if sys.platform == "darwin" else 1024) / 1e6


def _processor() -> str:
    table = Path("/proc/cpuinfo")
    if table.exists():
        for line in table.read_text("utf-8", "replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or "unknown processor"


def _short(value: float) -> float:
    return float(f"{value:.4g}")
