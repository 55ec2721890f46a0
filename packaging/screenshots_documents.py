"""Pictures of the tab Document: rendered receipts, read for real, one of them with a wrong sum."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    from inspector_app.ui.main_window import MainWindow


async def tell_documents(
    w: MainWindow, save: Callable[[str], Awaitable[None]], folder: Path
) -> None:
    """Reads receipts in a folder, corrects a total so that the sums disagree, saves the window."""
    write_receipts(folder)
    await w.flows.start(w.flows.open_folder(str(folder)))
    w.resize(1280, 800)
    w.document_dock.raise_()
    await _until(w.actions_["read_all"].isEnabled)
    w.actions_["read_all"].trigger()
    await _until(w.messages.count)
    await _until(lambda: not w.flows.running)
    w.messages.clear()
    images = w.session.images()
    w.session.select(images[-1].id)
    await _until(lambda: w.documents.state is not None and w.page.is_seen())
    state = w.documents.state
    assert state is not None
    path = "items.0.amount" if "items.0.amount" in state.cells else "total"
    value = state.cells[path].field.value
    assert isinstance(value, int | float)
    w.document.correction_asked.emit(path, f"{value + 10_000:.0f}")
    await asyncio.sleep(0.5)
    w.document.go_to(path)
    await save("document")


def write_receipts(folder: Path) -> None:
    """Draws receipts with a font of the program."""
    from inspector_app.domain.paths import RESOURCES
    from inspector_app.learning.line_fonts import Font
    from inspector_app.learning.receipt_layouts import LAYOUTS
    from inspector_app.learning.receipt_render import render_receipt

    font = Font(str(RESOURCES / "fonts" / "NotoSans-Regular.ttf"), "NotoSans", frozenset())
    for number, layout in enumerate(list(LAYOUTS["develop"])[:3], 1):
        receipt = render_receipt("develop", layout, "normal", number, (font,))
        Image.fromarray(receipt.image).save(folder / f"receipt-{number}.png")


async def _until(condition: Callable[[], object], seconds: float = 120.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(condition)
        await asyncio.sleep(0.01)
