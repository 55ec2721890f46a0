"""Row folder_open: from a folder of 20,000 images to the painted gallery."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

from images import parts
from PIL import Image
from PySide6.QtWidgets import QListWidget
from timing import interleaved, make_row
from window import Opened, opened

UNIT = "ms, {count:,} images; baseline: PIL reads every header, then a QListWidget"


def measure(folder: Path, quick: bool) -> list[dict[str, Any]]:
    """Measures the row in the program's window, with a new project each time."""
    count = 500 if quick else 20_000
    images = make_folder(folder / "many", count)
    shown: dict[str, int] = {}
    with opened() as o:

        def ours() -> float:
            _forget(o)
            begun = time.perf_counter()
            o.wait(o.window.flows.open_folder(str(images)))
            o.window.gallery.view.viewport().repaint()
            seconds = time.perf_counter() - begun
            shown["ours"] = o.window.gallery.model.rowCount()
            o.settle()
            return seconds

        def baseline() -> float:
            plain = QListWidget()
            plain.resize(250, 640)
            plain.show()
            o.app.processEvents()
            begun = time.perf_counter()
            names = []
            for entry in os.scandir(images):
                with Image.open(entry.path) as header:
                    names.append(f"{entry.name} {header.width} × {header.height}")
            plain.addItems(sorted(names))
            plain.viewport().repaint()
            seconds = time.perf_counter() - begun
            shown["baseline"] = plain.count()
            plain.close()
            plain.deleteLater()
            o.app.processEvents()
            return seconds

        samples = interleaved(ours, baseline, 1 if quick else 5)
    valid = shown == {"ours": count, "baseline": count}
    return [make_row("folder_open", samples, UNIT.format(count=count), valid, 1000)]


def make_folder(folder: Path, count: int) -> Path:
    """Writes many small JPEG files."""
    folder.mkdir(parents=True, exist_ok=True)
    first = folder / "part_00000.jpg"
    Image.fromarray(parts(1, side=96)[0]).save(first)
    content = first.read_bytes()
    for number in range(1, count):
        (folder / f"part_{number:05d}.jpg").write_bytes(content)
    return folder


def _forget(o: Opened) -> None:
    """Takes the folder's project away, so that the next sample makes it anew."""
    project = o.window.session.project
    if project is None:
        return
    path = project.path
    o.window.session.select(None)
    o.window.session.close()
    o.window.gallery.set_rows([])
    o.app.processEvents()
    for part in path.parent.glob(path.name + "*"):
        part.unlink()
