"""Documents that were read: written to files, and as text for the clipboard."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from inspector_app.domain.documents import Extraction
from inspector_app.domain.errors import BadInputError
from inspector_app.parsing.documents.recheck import Counted, count
from inspector_app.parsing.documents.schemas import schema_names
from inspector_app.parsing.documents.summary import summarize
from inspector_app.parsing.documents.titles import Titles, find_schema, kinds_of, titles_of
from inspector_app.parsing.documents.wording import say_clash
from inspector_app.store.project import Project

__all__ = [
    "Counted",
    "Titles",
    "count",
    "json_text",
    "kinds_of",
    "say_clash",
    "schemas",
    "summary_of",
    "titles_of",
    "write",
]

SUFFIXES = (".json", ".csv", ".xlsx")


def schemas() -> tuple[str, ...]:
    """Returns the schemas that come with the program, receipts first; "" is text alone."""
    return ("receipt", *(name for name in schema_names() if name != "receipt"), "")


def summary_of(
    extraction: Extraction, schema: str, language: str, *, long: bool = False, formal: bool = True
) -> str:
    """Returns the paragraph about a document, from its fields as they count.

    Args:
        extraction: The fields.
        schema: As it was asked for.
        language: "en" or "vi".
        long: A longer one.
        formal: Whole sentences.
    """
    return summarize(extraction, language, long=long, formal=formal, schema=find_schema(schema))


def write(
    project: Project,
    image_ids: Sequence[str] | None,
    path: Path,
    language: str = "en",
    *,
    long: bool = False,
    formal: bool = True,
    schema: str | None = None,
) -> Path:
    """Writes documents of a project; the form follows from the suffix.

    Args:
        project: The project.
        image_ids: Which images; None for all that were read.
        path: Where; a file of that name is replaced, whole or not at all.
        language: "en" or "vi", of the heads of a workbook and of summaries.
        long: Longer summaries.
        formal: Whole sentences in them.
        schema: Wanted of each image; where it was not read so, and for None, its newest reading.

    Raises:
        BadInputError: Another suffix than those of `SUFFIXES`, or nothing was read yet.
        StoreError: The project cannot be read, or the file cannot be written.
    """
    from inspector_app.reports import documents
    from inspector_app.reports.files import write_whole

    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise BadInputError(
            f"Documents cannot be written as {path.name}.",
            f"Let the name end in {', '.join(SUFFIXES)}.",
        )
    rows = documents.collect(project, image_ids, documents.Style(language, long, formal), schema)
    if not rows:
        raise BadInputError("No document was read yet.", "Read one first, then export.")
    single = image_ids is not None and len(image_ids) == 1
    place = path.with_suffix(suffix)
    return write_whole(place, lambda part: documents.write(part, rows, language, single))


def json_text(project: Project, image_id: str, schema: str | None = None) -> str:
    """Returns the fields of a document as JSON; "" when it was not read.

    Args:
        project: The project.
        image_id: The image.
        schema: The wanted one; where it was not read so, and for None, the newest reading.

    Raises:
        StoreError: The project cannot be read.
    """
    from inspector_app.reports import documents

    rows = documents.collect(project, [image_id], schema_name=schema)
    return documents.json_text(rows, single=True) if rows else ""
