"""Building blocks of the PDF: text, tables, pictures."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import lru_cache
from typing import Any
from xml.sax.saxutils import escape

from inspector_app.domain.paths import RESOURCES
from inspector_app.reports import pdf_marks as marks
from inspector_app.reports.charts import Chart
from inspector_app.reports.summary import ImageRow
from inspector_app.reports.texts import Words, one_line
from inspector_app.reports.wording import COLORS

LIST_ROWS = 48  # that many fit on a page below its title


@lru_cache(maxsize=1)
def _letters() -> frozenset[int]:
    """Registers the fonts once; returns the characters that they have."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    known: list[frozenset[int]] = []
    for name, file in ((marks.REGULAR, "NotoSans-Regular.ttf"), (marks.BOLD, "NotoSans-Bold.ttf")):
        font = TTFont(name, str(RESOURCES / "fonts" / file))
        pdfmetrics.registerFont(font)
        known.append(frozenset(font.face.charToGlyph))
    pdfmetrics.registerFontFamily(
        marks.REGULAR, marks.REGULAR, marks.BOLD, marks.REGULAR, marks.BOLD
    )
    return known[0] & known[1]


class Kit:
    """Makes the blocks of one document in one language.

    Attributes:
        words: The language.
        width: Room between the margins, points.
        glyphs_missing: Whether some text had characters that the fonts lack.
    """

    def __init__(self, words: Words) -> None:
        from reportlab.lib.colors import HexColor
        from reportlab.lib.styles import ParagraphStyle

        self.words = words
        self.width = marks.PAGE_WIDTH - 32 * marks.MM
        self.glyphs_missing = False
        self._letters = _letters()

        def style(name: str, size: float, color: str, **more: Any) -> ParagraphStyle:
            font = marks.BOLD if more.pop("bold", False) else marks.REGULAR
            return ParagraphStyle(
                name, fontName=font, fontSize=size, leading=size * 1.36, textColor=HexColor(color),
                splitLongWords=1, **more,
            )  # fmt: skip

        self._styles = {
            "title": style("title", 20, marks.INK, bold=True, spaceAfter=6),
            "h1": style("h1", 13, marks.INK, bold=True, spaceAfter=5),
            "h2": style("h2", 10, marks.INK, bold=True, spaceAfter=3),
            "body": style("body", 9, marks.INK),
            "muted": style("muted", 8, marks.MUTED),
            "cell": style("cell", 8, marks.INK),
            "cell-right": style("cell-right", 8, marks.INK, alignment=2),
            "head": style("head", 8, marks.MUTED, bold=True),
            "head-right": style("head-right", 8, marks.MUTED, bold=True, alignment=2),
            "count": style("count", 10, marks.INK),
            "count-right": style("count-right", 10, marks.INK, alignment=2),
            "banner": style("banner", 9, "#6B4A00", bold=True),
        }

    def plain(self, text: str) -> str:
        """Returns one line of text with only characters that the fonts have."""
        line = one_line(text, 1000)
        shown = "".join(c if ord(c) in self._letters else "\ufffd" for c in line)
        self.glyphs_missing = self.glyphs_missing or shown != line
        return shown

    def paragraph(self, text: str, style: str) -> Any:
        """Returns a paragraph of plain text; nothing in it is markup."""
        from reportlab.platypus import Paragraph

        return Paragraph(escape(self.plain(text)), self._styles[style])

    def space(self, height: float) -> Any:
        """Returns empty room."""
        from reportlab.platypus import Spacer

        return Spacer(0, height)

    def page_break(self) -> Any:
        """Returns the end of a page."""
        from reportlab.platypus import PageBreak

        return PageBreak()

    def image(self, jpeg: bytes, size: tuple[int, int], width: float, height: float) -> Any:
        """Returns a picture fitted into the room, never enlarged beyond 96 dpi."""
        from reportlab.platypus import Image

        scale = min(width / size[0], height / size[1], 1.0)
        found = Image(io.BytesIO(jpeg), size[0] * scale, size[1] * scale)
        found.hAlign = "LEFT"
        return found

    def outline(self, title: str, key: str) -> Any:
        """Returns an invisible mark that the reader's side bar lists."""
        return marks.outline(self.plain(title), key)

    def chart(self, chart: Chart) -> Any:
        """Returns a chart."""
        return marks.drawn(
            chart.width, chart.height, lambda canvas: marks.draw_chart(canvas, chart, self.plain)
        )

    def banner(self, text: str) -> Any:
        """Returns a line on a ground that cannot be overlooked."""
        from reportlab.platypus import Table

        box = Table([[self.paragraph(text, "banner")]], colWidths=[self.width])
        box.setStyle([("BACKGROUND", (0, 0), (-1, -1), "#FFF1CC"), ("BOX", (0, 0), (-1, -1), 0.6,
                      "#E0A400")])  # fmt: skip
        return box

    def facts(self, pairs: Sequence[tuple[str, str]]) -> Any:
        """Returns names and values in two columns."""
        from reportlab.platypus import Table

        rows = [[self.paragraph(n, "muted"), self.paragraph(v, "body")] for n, v in pairs]
        found = Table(rows, colWidths=[self.width * 0.22, self.width * 0.78], hAlign="LEFT")
        found.setStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (0, -1), 0),
                        ("TOPPADDING", (0, 0), (-1, -1), 1.2),
                        ("BOTTOMPADDING", (0, 0), (-1, -1), 1.2)])  # fmt: skip
        return found

    def counts(self, counts: Sequence[tuple[str, int]], total: int) -> Any:
        """Returns the table of verdicts with signs, counts and shares."""
        from reportlab.platypus import Table

        words = self.words
        heads = ["", words("verdict"), words("images"), words("share"), ""]
        rows: list[list[Any]] = [
            [self.paragraph(h, "head-right" if i in (2, 3) else "head")
             for i, h in enumerate(heads)]
        ]  # fmt: skip
        wide = self.width * 0.40
        for key, count in counts:
            share = count / total if total else 0.0
            rows.append(
                [
                    marks.sign(key, 12), self.paragraph(words(key), "count"),
                    self.paragraph(words.whole(count), "count-right"),
                    self.paragraph(words.percent(share), "count-right"),
                    marks.bar(wide - 16, share, COLORS[key]),
                ]
            )  # fmt: skip
        rows.append(
            ["", self.paragraph(words("total"), "count"),
             self.paragraph(words.whole(total), "count-right"), "", ""]
        )  # fmt: skip
        widths = [22, self.width * 0.26 - 22, self.width * 0.15, self.width * 0.15, wide]
        found = Table(rows, colWidths=[*widths[:4], self.width - sum(widths[:4])], hAlign="LEFT")
        found.setStyle([("VALIGN", (0, 0), (-1, -1), "MIDDLE"), ("LINEBELOW", (0, 0), (-1, 0), 0.8,
                        marks.LINE), ("LINEBELOW", (0, 1), (-1, -2), 0.4, marks.LINE),
                        ("TOPPADDING", (0, 0), (-1, -1), 2.5),
                        ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
                        ("LEFTPADDING", (4, 0), (4, -1), 14)])  # fmt: skip
        return found

    def verdict_bar(self, status: str, text: str) -> Any:
        """Returns the line with sign, verdict and score against limit."""
        from reportlab.platypus import Paragraph, Table

        verdict = escape(self.plain(self.words(status)))
        line = f'<font name="{marks.BOLD}">{verdict}</font>&nbsp;&nbsp; {escape(self.plain(text))}'
        cells = [[marks.sign(status, 14), Paragraph(line, self._styles["count"])]]
        found = Table(cells, colWidths=[26, self.width - 26])
        found.setStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                ("BACKGROUND", (0, 0), (-1, -1), marks.SOFT),
                ("LINEBEFORE", (0, 0), (0, -1), 3, COLORS[status]),
            ]
        )
        return found

    def table(
        self,
        heads: Sequence[str],
        rows: Sequence[Sequence[str]],
        shares: Sequence[float],
        right: Sequence[int] = (),
    ) -> Any:
        """Returns a table of texts that goes on over pages, heads repeated."""
        from reportlab.platypus import Table

        def cells(row: Sequence[str], style: str) -> list[Any]:
            return [
                self.paragraph(text, f"{style}-right" if i in right else style)
                for i, text in enumerate(row)
            ]

        grid = [cells(heads, "head"), *(cells(row, "cell") for row in rows)]
        found = Table(
            grid, colWidths=[self.width * share for share in shares], repeatRows=1, splitInRow=1
        )
        found.setStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LINEBELOW", (0, 0), (-1, 0), 0.8,
                        marks.LINE), ("LINEBELOW", (0, 1), (-1, -1), 0.4, marks.LINE),
                        ("LEFTPADDING", (0, 0), (-1, -1), 3), ("RIGHTPADDING", (0, 0), (-1, -1),
                        3), ("TOPPADDING", (0, 0), (-1, -1), 2.5),
                        ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
                        *(("RIGHTPADDING", (i, 0), (i, -1), 12) for i in right)])  # fmt: skip
        return found

    def image_list(self, images: Sequence[ImageRow]) -> list[Any]:
        """Returns one line an image: light blocks, quick for many thousands of them."""
        words = self.words
        heads = [words(key) for key in ("image", "verdict", "score", "findings", "person")]
        stops = [self.width * share for share in (0.0, 0.32, 0.57, 0.60, 0.84, 1.0)]
        blocks: list[Any] = []
        for i, row in enumerate(images):
            if i % LIST_ROWS == 0:
                blocks += [self.page_break()] if i else []
                blocks.append(_line(self, heads, "", stops, head=True))
            labels = ", ".join(dict.fromkeys(f.label for f in row.standing))
            if not labels and row.status in ("unreadable", "waiting"):
                labels = row.trouble
            texts = [row.name, words(row.status), words.number(row.score), labels, row.person]
            blocks.append(_line(self, texts, row.status, stops))
        return blocks


def _line(
    kit: Kit, texts: Sequence[str], status: str, stops: Sequence[float], head: bool = False
) -> Any:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    font, size = (marks.BOLD if head else marks.REGULAR), 8.0

    def fitted(text: str, room: float) -> str:
        shown = kit.plain(one_line(text, 160))
        if stringWidth(shown, font, size) <= room:
            return shown
        while shown and stringWidth(shown + "…", font, size) > room:
            shown = shown[:-1]
        return shown + "…"

    image, verdict, score, labels, person = texts
    left = stops[1] + (0 if head else 13)
    placed = [
        (0.0, fitted(image, stops[1] - 8)),
        (left, fitted(verdict, stops[2] - left - 40)),
        (stops[3] + 4, fitted(labels, stops[4 if person else 5] - stops[3] - 12)),
        (stops[4], fitted(person, stops[5] - stops[4])),
    ]
    score = fitted(score, 44)

    def draw(canvas: Any) -> None:
        canvas.setFont(font, size)
        canvas.setFillColor(marks.MUTED if head else marks.INK)
        for x, text in placed:
            canvas.drawString(x, 4, text)
        canvas.drawRightString(stops[2] + 8, 4, score)
        if status:
            marks.draw_sign(canvas, status, stops[1] + 5, 6.8, 8.5)
        canvas.setStrokeColor(marks.LINE)
        canvas.setLineWidth(0.4)
        canvas.line(0, 0, kit.width, 0)

    return marks.drawn(kit.width, 14.0, draw)
