"""Conversations written to files, and as text for the clipboard."""

from __future__ import annotations

from pathlib import Path

from inspector_app.domain.errors import BadInputError, InspectorError
from inspector_app.engines import registry
from inspector_app.services import adapters
from inspector_app.store.project import Project

SUFFIXES = (".html", ".md", ".json")


def write(project: Project, image_id: str, path: Path, language: str = "en") -> Path:
    """Writes the conversation about an image; the form follows from the suffix.

    Args:
        project: The project.
        image_id: The image.
        path: Where; a file of that name is replaced, whole or not at all.
        language: "en" or "vi".

    Raises:
        BadInputError: Another suffix than those of `SUFFIXES`.
        StoreError: The project cannot be read, or the file cannot be written.
    """
    from inspector_app.reports import conversation_html, conversation_text
    from inspector_app.reports.conversation import collect
    from inspector_app.reports.files import write_whole
    from inspector_app.reports.texts import Words

    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise BadInputError(
            f"A conversation cannot be written as {path.name}.",
            f"Let the name end in {', '.join(SUFFIXES)}.",
        )
    talk, words = collect(project, image_id, who), Words(language)

    def put(place: Path) -> None:
        if suffix == ".html":
            conversation_html.write(place, talk, words)
        elif suffix == ".md":
            place.write_text(conversation_text.markdown(talk, words), "utf-8", newline="\n")
        else:
            place.write_text(conversation_text.json_text(talk), "utf-8", newline="\n")

    return write_whole(path, put)


def markdown(project: Project, image_id: str, language: str = "en") -> str:
    """Returns the conversation about an image as Markdown.

    Raises:
        StoreError: The project cannot be read.
    """
    from inspector_app.reports import conversation_text
    from inspector_app.reports.conversation import collect
    from inspector_app.reports.texts import Words

    return conversation_text.markdown(collect(project, image_id, who), Words(language))


def who(engine_id: str, adapter: str) -> tuple[str, str]:
    """Returns engine and adapters in words, and the line that must be shown with their answers.

    Args:
        engine_id: Card id.
        adapter: Adapter of a provenance: ids with hashes, joined by "+"; "" for none.
    """
    try:
        card = registry.card(engine_id)
    except InspectorError:  # a model that was taken away since
        return " + ".join(filter(None, (engine_id, adapter))), ""
    names = {known.id: known.name for known in adapters.adapters(card.id)} if adapter else {}
    ids = [part.partition("@")[0] for part in adapter.split("+") if part]
    return " + ".join([card.name, *(names.get(part, part) for part in ids)]), card.notice
