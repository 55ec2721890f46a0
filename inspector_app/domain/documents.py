"""What is read from a document: lines of text on pages, fields with their places, conflicts.

Places are in fractions of the page as it is shown (upright by its EXIF tag, PDF pages as rendered),
also where the text itself lies on its side.
"""

from __future__ import annotations

from dataclasses import dataclass

from inspector_app.domain.geometry import Box

READERS = ("rapidocr", "tesseract")  # of text; the first is the usual one
Value = str | int | float
Corners = tuple[tuple[float, float], tuple[float, float], tuple[float, float], tuple[float, float]]


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of text.

    Attributes:
        text: As it was read.
        box: Around it.
        score: Mean confidence of its letters, 0..1, as the reader tells it; None without one.
        corners: Clockwise from the upper left corner of the text itself; None when the line is
            parallel to the page.
        base: What the general reader alone wrote, where several readers were put together.
    """

    text: str
    box: Box
    score: float | None = None
    corners: Corners | None = None
    base: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """The text of one page.

    Attributes:
        number: Counted from 0.
        width: Of the page as it is shown, in pixels.
        height: Likewise.
        lines: In reading order.
        turned: Degrees clockwise that the page had to be turned by to be read: 0, 90, 180, 270.
        remarks: Keys of sentences in `resources/prompts/document.toml` ("no_text", "two_receipts").
    """

    number: int
    width: int
    height: int
    lines: tuple[TextLine, ...]
    turned: int = 0
    remarks: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All lines, one below the other."""
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class Document:
    """The pages that were read of a file.

    Attributes:
        path: The file.
        pages: Those that were asked for.
        page_count: Of the whole file.
        reader: Which readers, with versions ("rapidocr 3.10.0 + diacritics 1").
        seconds: Wall time.
    """

    path: str
    pages: tuple[Page, ...]
    page_count: int = 1
    reader: str = ""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands."""

    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a document.

    Attributes:
        name: As the schema calls it ("total").
        value: Normalised (dates ISO 8601, amounts numbers); None when the document lacks it.
        text: As it stands in the document; empty for a value that was computed.
        score: Confidence of the reader in the letters of `text`, 0..1; None when there is none.
        places: The lines it was read from; empty only when `value` is None.
        conflict: Key of the conflict it takes part in; empty for none.
    """

    name: str
    value: Value | None = None
    text: str = ""
    score: float | None = None
    places: tuple[Place, ...] = ()
    conflict: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Numbers that do not agree.

    Attributes:
        key: Of its sentence in `resources/prompts/document_conflicts.toml` ("items_sum", "total",
            "change", "line_amount").
        fields: Names of the fields involved ("items.2.amount", "total").
        found: What the document says.
        expected: What the other numbers give.
        places: Of those fields.
        proposal: Field and text that would make the sums agree by changing digits that the reader
            may have taken for one another; never applied by itself. None when there is none.
    """

    key: str
    fields: tuple[str, ...]
    found: float
    expected: float
    places: tuple[Place, ...] = ()
    proposal: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """A document under a schema.

    Attributes:
        schema: Name of the schema.
        fields: In the order of the schema, those that are missing included.
        items: Rows of the table, each with fields of its own ("name", "quantity", "unit_price",
            "amount").
        conflicts: What does not agree.
        remarks: Keys of sentences in `resources/prompts/document.toml`.
    """

    schema: str
    fields: tuple[Field, ...]
    items: tuple[tuple[Field, ...], ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    remarks: tuple[str, ...] = ()

    def field(self, name: str) -> Field:
        """Returns a field; one without a value when the schema has none of this name."""
        return next((field for field in self.fields if field.name == name), Field(name))


@dataclass(frozen=True, slots=True)
class ReadRequest:
    """What to read.

    Attributes:
        path: An image or a PDF.
        pages: Counted from 0; empty for all, up to the most that are read unasked.
        dpi: For PDF pages.
        schema: Name of a schema, or the path of a JSON Schema file; empty for text alone.
        language: Of the summary and of remarks, "en" or "vi".
        long: A longer summary.
        formal: A formal one.
        reader: Of the text, one of `READERS`.
    """

    path: str
    pages: tuple[int, ...] = ()
    dpi: int = 200
    schema: str = "receipt"
    language: str = "en"
    long: bool = False
    formal: bool = True
    reader: str = READERS[0]


@dataclass(frozen=True, slots=True)
class Reading:
    """A document, what it says, and a paragraph about it.

    Attributes:
        document: Its text.
        extraction: Its fields; None when only text was asked for.
        summary: Empty when there is nothing to say.
    """

    document: Document
    extraction: Extraction | None = None
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """A field as a person says it is.

    Attributes:
        image_id: The page.
        field: Its name ("total", "items.2.amount").
        read: The text as it was read; empty when it was missing.
        text: As the person wrote it; empty when the document lacks it.
        author: Who.
        created: UTC time, ISO 8601; set by the store on insert when empty.
    """

    image_id: str
    field: str
    read: str
    text: str
    author: str
    created: str = ""


@dataclass(frozen=True, slots=True)
class SecondReading:
    """The same document under the same schema, filled in by a language engine.

    Attributes:
        engine: Its card id, with the adapter behind a plus sign.
        extraction: Its fields; their places are lines that say the same, where there are such.
            Rows of the table stand where the reader has them: one that the engine lacks has no
            values, one that the reader lacks comes last.
        unseen: Fields with a number that the reader of the text saw nowhere ("items.2.amount").
        differing: Fields that the two readers do not give alike; "items" where one has more rows.
        raw: Its answer untouched.
        with_text: The engine was shown the text that was read.
    """

    engine: str
    extraction: Extraction
    unseen: tuple[str, ...] = ()
    differing: tuple[str, ...] = ()
    raw: str = ""
    with_text: bool = True
