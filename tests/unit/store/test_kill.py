"""`kill -9` at any moment: what was told to be stored is there, and the file is whole."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

from inspector_app.store.project import Project

WRITER = """
import sys
from inspector_app.domain.events import Provenance
from inspector_app.domain.findings import Author, AuthorKind, Finding
from inspector_app.domain.geometry import Box
from inspector_app.domain.heat import HeatMap
from inspector_app.domain.results import Result
from inspector_app.domain.tasks import Task
from inspector_app.store.project import Project

with Project.open(sys.argv[1]) as project:
    image = project.images()[0]
    while True:
        result = Result(image.id, Task.DETECTION, "", "a" * 5000, "", Provenance("e"))
        finding = Finding(image.id, "x", Box(0, 0, 1, 1), Author(AuthorKind.ENGINE, "e"),
                          result_id=result.id)
        project.add_result(result, [finding], HeatMap(64, 64, bytes(4096), 0, 1), replace=False)
        print(result.id, flush=True)
"""


def test_ten_kills(tmp_path: Path):
    path = tmp_path / "a.inspect"
    with Project.create(path) as project:
        project.add_images(["/1.png"])
    told: list[str] = []
    rng = random.Random(7)
    root = Path(__file__).parents[3]
    for _ in range(10):
        # A pipe holds what was written into it whatever becomes of the writer.
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path)],
            stdout=subprocess.PIPE,
            text=True,
            cwd=root,
        ) as writer:
            assert writer.stdout is not None
            for _ in range(rng.randint(1, 25)):
                told.append(writer.stdout.readline().strip())
            # A random part of a write later.
            for _ in range(rng.randint(0, 60_000)):
                pass
            writer.kill()
            rest = writer.stdout.read().splitlines()
            # Of the last line only half may have come; a whole name has 32 letters.
            told += [line for line in rest if len(line) == 32]
        with Project.open(path) as project:
            check = project._connection.execute("PRAGMA integrity_check").fetchone()
            assert check == ("ok",)
            image = project.images()[0]
            stored = [r.id for r in project.results(image.id)]
            assert set(told) <= set(stored)
            # One may be stored that there was no time left to tell of, per kill.
            assert len(stored) - len(told) <= 10
            # Each is there with all that belongs to it.
            assert {f.result_id for f in project.findings(image.id)} == set(stored)
            assert all(project.heat(id_) is not None for id_ in stored[:3])
    assert len(told) >= 10
