"""Whatever the lines say, nothing is raised, and no text is in a field that is not in the lines."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from inspector_app.domain.documents import Document, Extraction, Field, Page, TextLine
from inspector_app.domain.geometry import Box
from inspector_app.parsing.documents.checks import check
from inspector_app.parsing.documents.extract import extract
from inspector_app.parsing.documents.json_form import to_json
from inspector_app.parsing.documents.questions import answer
from inspector_app.parsing.documents.summary import summarize

from .papers import read_papers

WORDS = """
TOTAL SUBTOTAL Total: CASH CHANGE ROUNDING GST TAX VAT Tổng cộng Thành tiền thừa Giảm giá 12.00 RM
33.90 114.000 1.250.000đ 5,90 0 -0.02 (12.00) 50k 2 x 3 X @ 1 % 6% SDN BHD LTD CÔNG TY JALAN NO.
12, Đường Quận Hà Nội 43000 12/01/2019 21:13 2019-01-12 Ngày tháng năm : # () [] ... INVOICE HD001
Cashier Thu ngân: MST 0101234567 Tel 03-1234567 Qty Amount Item Price SL ٣٤ ﬁ İ ǆ १२.५० 日本 ı̇
000000000
"""
PIECES = st.sampled_from([*WORDS.split(), "", " ", "\t"])
TEXTS = st.one_of(
    st.lists(PIECES, max_size=6).map(" ".join),
    st.text(max_size=30),
)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    lines: list[TextLine] = []
    for number in range(draw(st.integers(0, 16))):
        x, y = draw(st.sampled_from((0.0, 0.3, 0.7))), number * 0.06 % 1.0
        box = Box(x, y, x + draw(st.floats(0, 0.4)), y + 0.04)
        lines.append(TextLine(draw(TEXTS), box, draw(st.sampled_from((None, 0.5, 1.0)))))
    turned = draw(st.sampled_from((0, 0, 0, 90, 180, 270)))
    return Document("any", (Page(0, 400, 800, tuple(lines), turned),))


def squashed(text: str) -> str:
    return "".join(text.split())


def fields_of(extraction: Extraction) -> list[Field]:
    return [*extraction.fields, *(field for item in extraction.items for field in item)]


@settings(max_examples=150, deadline=None)
@given(documents(), st.sampled_from(("receipt", "id-card")))
def test_nothing_is_raised_or_invented(document: Document, schema: str):
    read = extract(document, schema)
    by_box = {line.box: [] for line in document.pages[0].lines}
    for line in document.pages[0].lines:
        by_box[line.box].append(squashed(line.text))
    for field in fields_of(read):
        if field.value is None:
            assert not field.text
            assert not field.places
            continue
        assert field.places
        found = squashed(field.text)
        assert found
        rest = "".join("".join(by_box[place.box]) for place in field.places)
        assert found in rest or all(
            squashed(part) in rest for part in field.text.split()
        ), (field, rest)  # fmt: skip
    to_json(read, document)
    for language in ("en", "vi"):
        summarize(read, language, long=True)
    answer("how much was the tea?", read)
    assert check(read).schema == read.schema


def test_every_text_stands_in_the_papers():
    for known in (*read_papers("vietnamese_known.txt"), *read_papers("vietnamese_held.txt")):
        lines = squashed("".join(line.text for line in known.document.pages[0].lines))
        for field in fields_of(extract(known.document)):
            assert squashed(field.text) in lines
