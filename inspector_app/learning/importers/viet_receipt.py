"""Viet-Receipt-VQA: rows with an image, a description, extractions and conversations.

Parquet holds the images themselves; they are written once into the cache. JSON lines name files.
Each row gives a description, the fields, and the questions of its conversation.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from inspector_app.domain.errors import BadInputError
from inspector_app.domain.samples import Sample
from inspector_app.domain.tasks import Task
from inspector_app.domain.training import DataSource
from inspector_app.learning.importers.nested import Fields, flatten
from inspector_app.learning.importers.rows import Concerns, RowError, locate, split_of
from inspector_app.learning.manifest import read_lines
from inspector_app.store.places import cache_folder

_MOST_BYTES = 50_000_000  # of an image
_ROWS = 16  # read at once
_STARTS = {b"\xff\xd8\xff": ".jpg", b"\x89PNG": ".png", b"RIFF": ".webp", b"BM": ".bmp"}
_FENCE = re.compile(r"^\s*```(?:json)?\s*|\s*```\s*$")
_IMAGE_MARK = re.compile(r"<image>\s*")


def read(source: DataSource, concerns: Concerns) -> Iterator[Sample]:
    """Reads a file, or all Parquet files of a folder.

    Raises:
        BadInputError: It is missing, broken, or lacks the column of images.
    """
    path = Path(source.path)
    files = sorted(path.rglob("*.parquet")) if path.is_dir() else [path]
    if not files:
        raise BadInputError(f"{path} has no Parquet file.", "Choose a file.")
    folder = Path(source.images) if source.images else path.parent
    for file in files:
        name = file.relative_to(path) if path.is_dir() else Path(file.name)
        split = split_of(name, source.split)
        rows = _parquet(file) if file.suffix == ".parquet" else read_lines(file)
        kept = _kept(file)
        for number, row in rows:
            where = f"{name}:{number}"
            made = concerns.attempt(where, _samples, row, folder, kept, split, where)
            yield from made or ()


def _parquet(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    from pyarrow import ArrowException, parquet

    try:
        with parquet.ParquetFile(path) as file:
            columns = set(file.schema_arrow.names)
            if "image" not in columns:
                raise BadInputError(f"{path.name} has no column image.", "Choose another form.")
            wanted = sorted(
                columns & {"id", "image", "description", "extractions", "conversations"}
            )
            number = 0
            for batch in file.iter_batches(_ROWS, columns=wanted):
                for row in batch.to_pylist():
                    number += 1
                    yield number, row
    except FileNotFoundError:
        raise BadInputError(f"There is no file {path}.", "Check the path.") from None
    except (ArrowException, OSError) as error:
        first = str(error).splitlines()[0]
        raise BadInputError(f"{path.name} is no Parquet file: {first}.", "Get it again.") from error


def _kept(path: Path) -> Path:
    """Where the images of a file are kept; another state of the file has another place."""
    state = path.stat() if path.is_file() else None
    key = f"{path.absolute()}/{state.st_size}/{state.st_mtime_ns}" if state else str(path)
    return cache_folder() / "data_sets" / hashlib.sha256(key.encode()).hexdigest()[:16]


def _image(value: Any, folder: Path, kept: Path, where: str) -> Path:
    if isinstance(value, str):
        return locate(folder, value)
    data = value.get("bytes") if isinstance(value, dict) else value
    if not isinstance(data, bytes):
        raise RowError("A row has no image.")
    if len(data) > _MOST_BYTES:
        raise RowError("An image has more than 50 MB.")
    suffix = next((s for start, s in _STARTS.items() if data.startswith(start)), "")
    if not suffix:
        raise RowError("An image is none of JPEG, PNG, WebP and BMP.")
    path = kept / f"{where.rsplit(':', 1)[1]}{suffix}"
    if not path.is_file() or path.stat().st_size != len(data):
        kept.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(".part")
        partial.write_bytes(data)
        partial.replace(path)
    return path


def _samples(row: dict[str, Any], folder: Path, kept: Path, split: str, where: str) -> list[Sample]:
    found: list[Sample] = []
    image = str(_image(row.get("image"), folder, kept, where))
    base = Sample((image,), Task.CAPTION, split, category="receipt", language="vi", source=where)

    def add(task: Task, question: str = "", answer: str = "", fields: Fields = ()) -> None:
        answers = (answer,) if answer else ()
        found.append(replace(base, task=task, question=question, answers=answers, fields=fields))

    description = row.get("description")
    if isinstance(description, str) and description.strip():
        add(Task.CAPTION, answer=description.strip())
    extractions = row.get("extractions")
    if isinstance(extractions, dict):
        add(Task.EXTRACT, fields=flatten(extractions))
    elif isinstance(extractions, str) and extractions.strip():
        fields = _fields(extractions)
        add(Task.EXTRACT, answer="" if fields else extractions.strip(), fields=fields)
    for question, answer in _talk(row.get("conversations")):
        add(Task.VQA, question, answer)
    if not found:
        raise RowError("A row has neither description nor extractions nor conversations.")
    return found


def _fields(text: str) -> Fields:
    """Fields of a JSON object that may stand in a code fence; none of any other text."""
    try:
        data = json.loads(_FENCE.sub("", text))
    except (ValueError, RecursionError):
        return ()
    return flatten(data) if isinstance(data, dict) else ()


def _talk(turns: Any) -> Iterator[tuple[str, str]]:
    """Questions and answers of a conversation."""
    asked = ""
    for turn in turns if isinstance(turns, list) else []:
        role, text = (
            (turn.get(key) for key in ("role", "content")) if isinstance(turn, dict) else ("", "")
        )
        if not isinstance(text, str):
            continue
        if role == "user":
            asked = _IMAGE_MARK.sub("", text).strip()
        elif role == "assistant" and asked and text.strip():
            yield asked, text.strip()
            asked = ""
