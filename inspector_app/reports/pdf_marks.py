"""What the PDF draws by hand: signs, bars, charts, header and footer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from inspector_app import __version__
from inspector_app.reports.charts import Chart
from inspector_app.reports.summary import ReportData
from inspector_app.reports.texts import Words, one_line
from inspector_app.reports.wording import COLORS

MM = 72 / 25.4
PAGE_WIDTH, PAGE_HEIGHT = 210 * MM, 297 * MM  # A4
REGULAR, BOLD = "InspectorSans", "InspectorSans-Bold"
INK, MUTED, LINE, SOFT = "#1F2328", "#5A626C", "#D5D9DE", "#F2F4F6"
_TONES = {
    "ink": INK, "muted": MUTED, "grid": "#E3E6EA", "bar": "#4C78A8", "line": "#33383F",
    "accept": COLORS["accept"], "review": COLORS["review"], "reject": COLORS["reject"],
}  # fmt: skip


def drawn(width: float, height: float, draw: Any, fill: bool = False) -> Any:
    """Returns a block of fixed size that draws itself, from its lower left corner."""
    from reportlab.platypus import Flowable

    class Drawn(Flowable):
        def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803
            del aH
            return (aW if fill else width), height

        def draw(self) -> None:
            draw(self.canv)

    return Drawn()


def outline(title: str, key: str) -> Any:
    def draw(canvas: Any) -> None:
        canvas.bookmarkPage(key)
        canvas.addOutlineEntry(title, key, 0, closed=False)

    return drawn(0, 0, draw)


def bar(width: float, share: float, color: str) -> Any:
    def draw(canvas: Any) -> None:
        canvas.setFillColor(SOFT)
        canvas.rect(0, 0, width, 7, stroke=0, fill=1)
        canvas.setFillColor(color)
        canvas.rect(0, 0, max(width * share, 0.8 if share else 0), 7, stroke=0, fill=1)

    return drawn(width, 7, draw)


def sign(key: str, size: float) -> Any:
    return drawn(size, size, lambda canvas: draw_sign(canvas, key, size / 2, size / 2, size))


def draw_sign(canvas: Any, key: str, x: float, y: float, size: float) -> None:
    """Draws the sign of a verdict round `x, y`: no font has all of them."""
    canvas.saveState()
    canvas.setFillColor(COLORS[key])
    canvas.circle(x, y, size / 2, stroke=0, fill=1)
    dark = key == "review"
    canvas.setStrokeColor("#2B1D00" if dark else "#FFFFFF")
    canvas.setFillColor("#2B1D00" if dark else "#FFFFFF")
    canvas.setLineWidth(size * 0.12)
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    u = size * 0.2
    if key == "accept":
        path = canvas.beginPath()
        path.moveTo(x - u * 1.15, y - u * 0.05)
        path.lineTo(x - u * 0.3, y - u * 0.9)
        path.lineTo(x + u * 1.2, y + u * 0.95)
        canvas.drawPath(path, stroke=1, fill=0)
    elif key == "reject":
        canvas.line(x - u, y - u, x + u, y + u)
        canvas.line(x - u, y + u, x + u, y - u)
    elif key == "waiting":
        canvas.line(x - u, y, x + u, y)
    else:
        canvas.setFont(BOLD, size * 0.78)
        canvas.drawCentredString(x, y - size * 0.28, "?" if key == "review" else "!")
    canvas.restoreState()


def draw_chart(canvas: Any, chart: Chart, plain: Any) -> None:
    for shape in chart.shapes:
        color, points = _TONES[shape.tone], shape.points
        xs, ys = points[::2], [chart.height - y for y in points[1::2]]
        canvas.setFillColor(color)
        canvas.setStrokeColor(color)
        if shape.kind == "rect":
            canvas.rect(xs[0], ys[1], xs[1] - xs[0], ys[0] - ys[1], stroke=0, fill=1)
        elif shape.kind == "text":
            canvas.setFont(REGULAR, shape.size)
            draw = {"start": canvas.drawString, "end": canvas.drawRightString}.get(
                shape.anchor, canvas.drawCentredString
            )
            draw(xs[0], ys[0], plain(shape.text))
        else:
            canvas.setLineWidth(0.5 if shape.tone == "grid" else 1.1)
            canvas.setDash([3, 2] if shape.kind == "dash" else [])
            path = canvas.beginPath()
            path.moveTo(xs[0], ys[0])
            for x, y in zip(xs[1:], ys[1:], strict=True):
                path.lineTo(x, y)
            canvas.drawPath(path, stroke=1, fill=0)
            canvas.setDash([])


def numbered_canvas(data: ReportData, words: Words, plain: Callable[[str], str]) -> Any:
    """Returns the class of a canvas that writes header and "page x of y" on every page."""
    from reportlab.pdfgen.canvas import Canvas

    title = plain(one_line(data.title, 70))
    when = words("as_of", when=words.time(data.changed)) if data.changed else ""
    by = " · ".join(part for part in (words("by", version=__version__), when) if part)

    class Numbered(Canvas):
        def __init__(self, *args: Any, **more: Any) -> None:
            super().__init__(*args, **more)
            self._kept: list[dict[str, Any]] = []

        def showPage(self) -> None:  # noqa: N802
            # Kept until the number of pages is known; then each is finished in its turn.
            self._kept.append(dict(self.__dict__))
            self._startPage()  # pyright: ignore[reportAttributeAccessIssue]

        def save(self) -> None:
            for page in self._kept:
                self.__dict__.update(page)
                self._decorate(len(self._kept))
                super().showPage()
            super().save()

        def _decorate(self, pages: int) -> None:
            left, right = 16 * MM, PAGE_WIDTH - 16 * MM
            self.setFillColor(MUTED)
            self.setStrokeColor(LINE)
            self.setLineWidth(0.5)
            self.setFont(REGULAR, 7.5)
            top, bottom = PAGE_HEIGHT - 11 * MM, 11 * MM
            if self.getPageNumber() > 1:
                self.drawString(left, top, title)
                mark = words("rendered").partition(",")[0] if data.rendered else words("report")
                self.drawRightString(right, top, mark)
                self.line(left, top - 4, right, top - 4)
            self.line(left, bottom + 9, right, bottom + 9)
            self.drawString(left, bottom, by)
            number = words("page_of", page=self.getPageNumber(), pages=pages)
            self.drawRightString(right, bottom, number)

    return Numbered
