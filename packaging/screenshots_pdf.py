"""Pictures of what the window shows of PDFs: the picker of pages, and a locked file."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inspector_app.ui.main_window import MainWindow

ROWS = ("Orange juice", "Brown bread", "Washing powder", "Tea", "Apples", "Salt")


async def tell_pdf(
    w: MainWindow, save: Callable[[str], Awaitable[None]], out: Path, stem: str, folder: Path
) -> None:
    """Opens a folder with a long and a locked PDF, and saves what is shown."""
    from inspector_app.ui.page_dialog import PageDialog

    write_invoices(folder / "invoices-march.pdf", 40)
    write_invoices(folder / "payroll.pdf", 2, "secret")
    await w.flows.start(w.flows.open_folder(str(folder)))
    await _until(lambda: w.findChild(PageDialog))
    picker = w.findChild(PageDialog)
    assert isinstance(picker, PageDialog)
    picker.choose([1, 2, 3, 8])
    await asyncio.sleep(2.0)  # the small pictures
    picker.grab().save(str(out / f"pdf-pages-{stem}.png"))
    picker.accept()
    await _until(lambda: len(w.session.images()) == 5)
    w.session.select(w.session.images()[-1].id)
    await _until(w.messages.count)
    await save("pdf-locked")
    w.messages.clear()


def write_invoices(path: Path, pages: int, password: str = "") -> None:
    """Writes a PDF of invoices, one a page."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    locked = StandardEncryption(password) if password else None
    canvas = Canvas(str(path), pagesize=A4, encrypt=locked)
    for number in range(1, pages + 1):
        canvas.setFont("Helvetica-Bold", 26)
        canvas.drawString(60, 760, "GREEN CORNER MARKET")
        canvas.setFont("Helvetica", 15)
        canvas.drawString(60, 715, f"Invoice 20{number:03}")
        prices = [1.25 * (row + 1) + number for row in range(number % 5 + 2)]
        for row, price in enumerate(prices):
            canvas.drawString(60, 660 - 26 * row, ROWS[row])
            canvas.drawRightString(520, 660 - 26 * row, f"{price:.2f}")
        canvas.setFont("Helvetica-Bold", 17)
        canvas.drawString(60, 480, "Total")
        canvas.drawRightString(520, 480, f"{sum(prices):.2f}")
        canvas.showPage()
    canvas.save()


async def _until(condition: Callable[[], object], seconds: float = 60.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(condition)
        await asyncio.sleep(0.01)
