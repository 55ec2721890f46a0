"""Conversations written to files, and as text for the clipboard."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from inspector_app.domain.errors import BadInputError, InspectorError
from inspector_app.engines import registry
from inspector_app.services import adapters
from inspector_app.store.project import Project

if TYPE_CHECKING:
    from inspector_app.services.conversation_samples import Lines

SUFFIXES = (".html", ".md", ".json", ".jsonl")


@dataclass(frozen=True, slots=True)
class Wish:
    """What is written of a conversation.

    Attributes:
        all_branches: Not the branch on show alone.
        end: Last message of the branch of the one image, if it is another than that on show.
        only_good: Of lines to learn from: answers alone that a person marked or put right.
        image_ids: Of lines to learn from: the images whose conversations are read; that of the
            call when empty.
    """

    all_branches: bool = False
    end: str | None = None
    only_good: bool = True
    image_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """What was written.

    Attributes:
        path: The file.
        others: Branches that were left out.
        lines: Lines to learn from; None in the other forms.
    """

    path: Path
    others: int = 0
    lines: Lines | None = None


def write(
    project: Project, image_id: str, path: Path, language: str = "en", wish: Wish | None = None
) -> Written:
    """Writes the conversation about an image; the form follows from the suffix.

    Args:
        project: The project.
        image_id: The image.
        path: Where; a file of that name is replaced, whole or not at all.
        language: "en" or "vi".
        wish: What of it.

    Raises:
        BadInputError: Another suffix than those of `SUFFIXES`, or nothing to learn from.
        ImageError: An image with boxes to learn from cannot be read.
        StoreError: The project cannot be read, or the file cannot be written.
    """
    wish, suffix = wish or Wish(), path.suffix.lower()
    if suffix not in SUFFIXES:
        raise BadInputError(
            f"A conversation cannot be written as {path.name}.",
            f"Let the name end in {', '.join(SUFFIXES)}.",
        )
    if suffix == ".jsonl":
        return _write_lines(project, image_id, path, wish)
    from inspector_app.reports import conversation_html, conversation_text
    from inspector_app.reports.conversation import collect
    from inspector_app.reports.files import write_whole
    from inspector_app.reports.texts import Words

    talk = collect(project, image_id, who, all_branches=wish.all_branches, end=wish.end)
    words = Words(language)

    def put(place: Path) -> None:
        if suffix == ".html":
            conversation_html.write(place, talk, words)
        elif suffix == ".md":
            place.write_text(conversation_text.markdown(talk, words), "utf-8", newline="\n")
        else:
            place.write_text(conversation_text.json_text(talk), "utf-8", newline="\n")

    return Written(write_whole(path, put), talk.others)


def _write_lines(project: Project, image_id: str, path: Path, wish: Wish) -> Written:
    from inspector_app.services import conversation_samples

    images = wish.image_ids or (image_id,)
    lines = conversation_samples.collect(
        project,
        images,
        only_good=wish.only_good,
        all_branches=wish.all_branches,
        end=wish.end if not wish.image_ids else None,
    )
    conversation_samples.write(lines, path)
    others = 0 if wish.all_branches else sum(project.talk(each).others() for each in images)
    return Written(path, others, lines)


def markdown(project: Project, image_id: str, language: str = "en", end: str | None = None) -> str:
    """Returns the branch on show, or that with another end, as Markdown.

    Raises:
        StoreError: The project cannot be read.
    """
    from inspector_app.reports import conversation_text
    from inspector_app.reports.conversation import collect
    from inspector_app.reports.texts import Words

    return conversation_text.markdown(collect(project, image_id, who, end=end), Words(language))


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
