"""Adapters merged into their model, written as a model of its own."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from inspector_app.domain.adapters import AdapterCard
from inspector_app.domain.errors import BadInputError, EngineError
from inspector_app.domain.loading import LoadReport
from inspector_app.engines.language_engine import LanguageEngine
from inspector_app.engines.load_plan import measure


def merge_and_export(
    engine: LanguageEngine,
    folder: Path,
    cards: Sequence[AdapterCard],
    out: Path,
    dtype: str = "bfloat16",
) -> Path:
    """Writes the model with its adapters merged in, for serving without them.

    Args:
        engine: The model's engine; it need not be loaded.
        folder: The base model.
        cards: Adapters, added up.
        out: A new folder.
        dtype: Of the weights written; the sums are made in float32.

    Raises:
        BadInputError: The folder is there already, or an adapter does not fit.
        EngineError: The model does not fit into main memory, or the folder cannot be written.
    """
    import psutil

    from inspector_app.engines.adapters import AdapterSet

    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise BadInputError(f"{out} is there already and not empty.", "Name a new folder.")
    need, free = measure(folder).weights(4, ""), psutil.virtual_memory().available
    if need > free:
        raise EngineError(
            f"Merging takes {need / 1e9:.1f} GB of main memory, and {free / 1e9:.1f} GB are free.",
            "Close other programs, or merge on a larger machine.",
        )
    report = LoadReport("cpu", "float32", max_pixels=1 << 20)
    model = engine.open_model(folder, report, min_pixels=1 << 10)
    adapters = AdapterSet(model, engine.own_adapters(folder))
    adapters.use(cards)
    adapters.merge()
    part = out.with_name(out.name + ".part")  # half a model must not look like one
    try:
        model.save(part, dtype)
        part.replace(out)
    except OSError as error:
        shutil.rmtree(part, ignore_errors=True)
        reason = (error.strerror or str(error)).lower()
        raise EngineError(f"Cannot write {out}: {reason}.", "Free some space.") from error
    return out
