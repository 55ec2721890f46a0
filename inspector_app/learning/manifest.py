"""The manifest: JSON lines, one sample a line, paths relative to the manifest's folder."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from inspector_app.domain.errors import BadInputError


@dataclass(frozen=True, slots=True)
class DetectSample:
    """One image of a detection manifest.

    Attributes:
        image: Absolute path.
        split: "train", "val" or "test".
        is_defect: Whether the part is defective.
        boxes: Pixel boxes x1, y1, x2, y2 of the stored image; None where the place is unknown.
        mask: Absolute path of a one-bit mask, white where defective; None without one.
        golden: Absolute path of this image's own golden image; None without one.
        defect_type: As the data set names it; empty for good parts.
        label_level: "mask", "box" or "image": how much is known.
        box_types: What is in each box, parallel to `boxes`; empty where only `defect_type` says it.
        category: What is shown.
        size: Width and height of the stored image as the line states them, pixels; 0 if not.
    """

    image: str
    split: str
    is_defect: bool
    boxes: tuple[tuple[float, float, float, float], ...] | None
    mask: str | None
    golden: str | None
    defect_type: str
    label_level: str
    box_types: tuple[str, ...] = ()
    category: str = ""
    size: tuple[int, int] = (0, 0)


def read_lines(path: str | Path) -> list[tuple[int, dict[str, Any]]]:
    """Reads a JSONL file: the number of each line that is not empty, and its object.

    Raises:
        BadInputError: It is missing, or a line is not a JSON object; the line is named.
    """
    path = Path(path)
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        raise BadInputError(f"There is no manifest {path}.", "Check the path.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise BadInputError(f"Cannot read the manifest {path}: {error}.") from error
    rows: list[tuple[int, dict[str, Any]]] = []
    # Not `splitlines`: it breaks inside texts too, at U+2028, U+2029 and U+0085.
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise BadInputError(
                f"Line {number} of {path.name} is not JSON: {error.msg}.", "Mend or remove it."
            ) from error
        if not isinstance(row, dict):
            raise BadInputError(f"Line {number} of {path.name} is not a JSON object.")
        rows.append((number, row))
    return rows


def read_detect(path: str | Path, splits: Iterable[str] = ()) -> list[DetectSample]:
    """Reads the detection samples of a manifest.

    Args:
        path: The manifest.
        splits: Only these splits; all when empty.

    Raises:
        BadInputError: The file is broken or holds no such sample; a broken line is named.
    """
    path = Path(path)
    wanted = set(splits)
    samples: list[DetectSample] = []
    for number, row in read_lines(path):
        try:
            if word(row, "task") == "detect" and (not wanted or word(row, "split") in wanted):
                samples.append(detect_row(row, path.parent))
        except (KeyError, TypeError, ValueError) as error:
            raise BadInputError(
                f"Line {number} of {path.name} lacks or garbles {error.args[0]!r}.",
                "Mend or remove it.",
            ) from error
    if not samples:
        which = f" in split {', '.join(sorted(wanted))}" if wanted else ""
        raise BadInputError(f"{path} has no detection sample{which}.", "Check task and split.")
    return samples


@dataclass(frozen=True, slots=True)
class ReceiptSample:
    """One document of a receipt manifest.

    Attributes:
        image: Absolute path.
        split: "train", "val" or "test".
        fields: What it says, by the names of the data set; None for what it lacks.
        items: Rows of goods (`fields.items`): name, quantity, unit_price, amount; None where the
            data set does not say.
        text_lines: Its text.
        line_boxes: Around each line, pixels x1, y1, x2, y2.
        width: Of the image, pixels.
        height: Likewise.
    """

    image: str
    split: str
    fields: dict[str, str | None]
    text_lines: tuple[str, ...]
    line_boxes: tuple[tuple[float, float, float, float], ...]
    width: int
    height: int
    items: tuple[dict[str, str | None], ...] | None = None


def read_receipts(path: str | Path, splits: Iterable[str] = ()) -> list[ReceiptSample]:
    """Reads the receipt samples of a manifest; other fields that are lists are left out.

    Args:
        path: The manifest.
        splits: Only these splits; all when empty.

    Raises:
        BadInputError: The file is broken or holds no such sample; a broken line is named.
    """
    path = Path(path)
    wanted = set(splits)
    samples: list[ReceiptSample] = []
    for number, row in read_lines(path):
        try:
            if word(row, "task") == "receipt" and (not wanted or word(row, "split") in wanted):
                samples.append(receipt_row(row, path.parent))
        except (KeyError, TypeError, ValueError) as error:
            raise BadInputError(
                f"Line {number} of {path.name} lacks or garbles {error.args[0]!r}.",
                "Mend or remove it.",
            ) from error
    if not samples:
        which = f" in split {', '.join(sorted(wanted))}" if wanted else ""
        raise BadInputError(f"{path} has no receipt sample{which}.", "Check task and split.")
    return samples


def good(samples: Sequence[DetectSample]) -> list[DetectSample]:
    """Returns the samples of good parts."""
    return [sample for sample in samples if not sample.is_defect]


def detect_row(row: dict[str, Any], folder: Path) -> DetectSample:
    """Reads one line about a part.

    Raises:
        KeyError: It lacks a key.
        TypeError: A value is of the wrong kind; the argument is its key.
        ValueError: A value is impossible; the argument is its key.
    """

    def resolve(key: str) -> str | None:
        name = _word_or_empty(row, key)
        return str(inside(folder, name, key)) if name else None

    image = resolve("image")
    if image is None:
        raise ValueError("image")
    if not isinstance(row["is_defect"], bool):
        raise TypeError("is_defect")
    boxes = _boxes(row["boxes"])
    types = words_of(row, "box_types")
    if types and len(types) != len(boxes or ()):
        raise ValueError("box_types")
    return DetectSample(
        image=image,
        split=word(row, "split"),
        is_defect=row["is_defect"],
        boxes=boxes,
        mask=resolve("mask"),
        golden=resolve("golden"),
        defect_type=_word_or_empty(row, "defect_type"),
        label_level=word(row, "label_level") if "label_level" in row else "image",
        box_types=types,
        category=_word_or_empty(row, "category"),
        size=stated_size(row),
    )


def receipt_row(row: dict[str, Any], folder: Path) -> ReceiptSample:
    """Reads one line about a receipt; errors as of `detect_row`."""
    fields, lines = row["fields"], row["text_lines"]
    if not isinstance(fields, dict):
        raise TypeError("fields")
    if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
        raise TypeError("text_lines")
    boxes = tuple(_box(value) for value in row["line_boxes"])
    if len(boxes) != len(lines):
        raise ValueError("line_boxes")
    return ReceiptSample(
        image=str(inside(folder, word(row, "image"), "image")),
        split=word(row, "split"),
        fields={k: v for k, v in fields.items() if v is None or isinstance(v, str)},
        text_lines=tuple(lines),
        line_boxes=boxes,
        width=int(row["width"]),
        height=int(row["height"]),
        items=_items(fields["items"]) if "items" in fields else None,
    )


def inside(folder: Path, name: str, key: str) -> Path:
    """Returns the path of a file that a line names: in the folder, or anywhere by its whole path.

    Raises:
        ValueError: It leads out of the folder; the argument is the key.
    """
    path = Path(os.path.normpath(folder.absolute() / name))
    if Path(name).is_absolute():
        return path
    if not path.is_relative_to(os.path.normpath(folder.absolute())):
        raise ValueError(key)
    return path


def labelled_boxes(row: dict[str, Any]) -> list[tuple[str, tuple[float, float, float, float]]]:
    """Reads the boxes of a line that may have none, each with its label; errors as of `detect_row`.

    A label is empty where the line gives none.
    """
    boxes = (_boxes(row["boxes"]) if "boxes" in row else None) or ()
    types = words_of(row, "box_types") or ("",) * len(boxes)
    if len(types) != len(boxes):
        raise ValueError("box_types")
    return list(zip(types, boxes, strict=True))


def _items(rows: object) -> tuple[dict[str, str | None], ...]:
    if not isinstance(rows, list):
        raise TypeError("items")
    for row in rows:
        if not isinstance(row, dict) or not all(
            value is None or isinstance(value, str) for value in row.values()
        ):
            raise TypeError("items")
    return tuple(rows)


def word(row: dict[str, Any], key: str) -> str:
    """Returns a text of a line; errors as of `detect_row`."""
    value = row[key]
    if not isinstance(value, str):
        raise TypeError(key)
    return value


def words_of(row: dict[str, Any], key: str) -> tuple[str, ...]:
    """Returns a list of texts of a line, empty without one; errors as of `detect_row`."""
    values = row.get(key)
    if values is None:
        return ()
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise TypeError(key)
    return tuple(values)


def stated_size(row: dict[str, Any]) -> tuple[int, int]:
    """Returns width and height as a line states them, 0 where it does not."""
    width, height = row.get("width"), row.get("height")
    if isinstance(width, int) and isinstance(height, int) and min(width, height) > 0:
        return width, height
    return 0, 0


def _word_or_empty(row: dict[str, Any], key: str) -> str:
    return word(row, key) if row.get(key) is not None else ""


def _boxes(values: object) -> tuple[tuple[float, float, float, float], ...] | None:
    if values is None:
        return None
    if not isinstance(values, list):
        raise TypeError("boxes")
    return tuple(_box(value) for value in values)


def _box(values: object) -> tuple[float, float, float, float]:
    if not isinstance(values, list) or len(values) != 4:
        raise ValueError("boxes")
    if not all(isinstance(value, int | float) and math.isfinite(value) for value in values):
        raise ValueError("boxes")
    x1, y1, x2, y2 = (float(value) for value in values)
    return x1, y1, x2, y2
