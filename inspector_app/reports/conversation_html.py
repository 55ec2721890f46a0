"""A conversation as one HTML file: turns, phrases in the colours of their boxes, pictures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from inspector_app import __version__
from inspector_app.domain.errors import InspectorError
from inspector_app.domain.findings import FoundBox
from inspector_app.domain.geometry import Box
from inspector_app.domain.phrases import find_phrases
from inspector_app.imaging.draw import OKABE_ITO, OverlayBox, draw_overlay, label_color
from inspector_app.reports import pictures
from inspector_app.reports.conversation import (
    Talk,
    TalkTurn,
    box_words,
    branch_words,
    facts,
    label_words,
    made_words,
    others_words,
)
from inspector_app.reports.html_page import STYLE
from inspector_app.reports.html_parts import head, jpeg_source, t
from inspector_app.reports.texts import Words

MOST_PICTURES = 100
PICTURE_SIDE = 900
_QUALITY = 82
_ASKED = (255, 255, 255)  # a region has no label and so no colour of its own

_TALK_STYLE = """
main{max-width:820px}
section{margin:20px 0;overflow-wrap:anywhere}
section.user{background:var(--soft);border-radius:8px;padding:10px 14px}
section>header{display:flex;flex-wrap:wrap;gap:0 12px;align-items:baseline}
.say{white-space:pre-wrap;margin:4px 0}
mark{color:inherit;border-radius:2px;text-decoration:underline 2px;text-underline-offset:3px}
ul.boxes{list-style:none;margin:8px 0;padding:0;display:flex;flex-wrap:wrap;gap:4px 16px;
font-size:13px}
ul.boxes i{display:inline-block;width:11px;height:11px;border:1px solid var(--run);
margin-right:6px;border-radius:2px}
figure{margin:8px 0}
figure img{max-width:100%;height:auto;display:block;border-radius:4px}
pre{white-space:pre-wrap;overflow-wrap:anywhere;background:var(--soft);padding:8px;
border-radius:4px;font-size:13px}
summary{cursor:pointer;color:var(--muted);font-size:13px}
"""


def _colors() -> str:
    # The ground is coloured, not the letters: yellow letters on white could not be read.
    return "".join(
        f"mark.c{at}{{background:rgba({r},{g},{b},.25);text-decoration-color:rgb({r},{g},{b})}}\n"
        f"i.c{at}{{background:rgb({r},{g},{b})}}\n"
        for at, (r, g, b) in enumerate(OKABE_ITO)
    )


def write(path: Path, talk: Talk, words: Words) -> None:
    """Writes the file.

    Raises:
        OSError: Not written.
    """
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for piece in _pieces(talk, words):
            file.write(piece)


def marked(text: str, boxes: Sequence[FoundBox]) -> str:
    """Returns escaped text with the phrases that name boxes in the boxes' colours."""
    parts: list[str] = []
    end = 0
    for phrase in find_phrases(text, boxes):
        parts.append(t(text[end : phrase.begin]))
        end = phrase.begin + phrase.length
        color = _class(boxes[phrase.box].label)
        parts.append(f'<mark class="{color}">{t(text[phrase.begin : end])}</mark>')
    return "".join([*parts, t(text[end:])])


def _pieces(talk: Talk, words: Words) -> Iterator[str]:
    yield head(f"{talk.name} - {words('conversation')}", words, STYLE + _TALK_STYLE + _colors())
    yield f'<p class="muted">{t(words("conversation"))}</p><h1><bdi>{t(talk.name)}</bdi></h1>'
    if talk.rendered:
        yield f'<p class="banner">{t(words("rendered"))}</p>'
    yield f"<dl>{_facts(talk, words)}</dl>"
    shown = _shown(talk.turns)
    picture = _Picture(talk, words) if talk.turns else None
    if picture is not None and (picture.missing or not shown):
        yield picture.draw((), ())
    if picture is None:
        yield f'<p class="muted">{t(words("no_messages"))}</p>'
    if len(shown) > MOST_PICTURES:
        yield f'<p class="muted">{t(words("cut_talk", n=words.whole(MOST_PICTURES)))}</p>'
    drawn = dict(shown[:MOST_PICTURES]) if picture is not None and not picture.missing else {}
    for at, turn in enumerate(talk.turns):
        if turn.branch:
            yield f"<h2><bdi>{t(branch_words(turn, words))}</bdi></h2>"
        yield _said(talk, turn, words)
        if at in drawn and picture is not None:
            yield picture.draw(turn.boxes, drawn[at])
        yield _rest(turn, words) + "</section>\n"
    if others := others_words(talk, words):
        yield f'<p class="muted">{t(others)}</p>'
    yield f'<footer class="muted">{t(words("by", version=__version__))}</footer></main>\n'
    yield "</body></html>\n"


def _facts(talk: Talk, words: Words) -> str:
    rows = [(words("project"), talk.project)]
    if talk.image.width:
        rows.append((words("size"), f"{talk.image.width} × {talk.image.height}"))
    if talk.image.sha256:
        rows.append((words("hash"), talk.image.sha256))
    return "".join(f"<dt>{t(name)}</dt><dd><bdi>{t(value)}</bdi></dd>" for name, value in rows)


def _shown(turns: Sequence[TalkTurn]) -> list[tuple[int, tuple[Box, ...]]]:
    """Which turns get a picture, and the asked regions in it.

    An answer with boxes shows the region of its question too; a question whose answer has no box
    shows its region itself.
    """
    asked = {turn.id: turn.regions for turn in turns}
    answered = {turn.parent for turn in turns if turn.boxes}
    found: list[tuple[int, tuple[Box, ...]]] = []
    for at, turn in enumerate(turns):
        if turn.by_user and turn.regions and turn.id not in answered:
            found.append((at, turn.regions))
        elif turn.boxes:
            found.append((at, asked.get(turn.parent, ())))
    return found


class _Picture:
    """The image, read once and drawn on for each turn."""

    def __init__(self, talk: Talk, words: Words) -> None:
        self._talk, self._words = talk, words
        self._pixels: NDArray[np.uint8] | None = None
        image = talk.image
        self._changed = False
        self._why = ""
        try:
            self._pixels = pictures.pixels_of(image.path, image.page, PICTURE_SIDE)
            self._changed = pictures.has_changed(image.path, image.sha256)
        except (InspectorError, OSError) as error:
            self._why = str(error)

    @property
    def missing(self) -> bool:
        """Whether it cannot be shown."""
        return self._pixels is None

    def draw(self, found: Sequence[FoundBox], regions: Sequence[Box]) -> str:
        """Returns the figure with these boxes, and with the regions asked about dashed."""
        talk, words = self._talk, self._words
        notes = [words("picture_changed")] if self._changed else []
        if self._pixels is None:
            image = pictures.panel(talk.name, words, self._why, PICTURE_SIDE)
        else:
            boxes = [OverlayBox("", box, _ASKED, dashed=True) for box in regions]
            boxes += [OverlayBox(each.label, each.box, score=each.score) for each in found]
            image = Image.fromarray(draw_overlay(self._pixels, boxes))
            notes += [words("regions")] if regions else []
        width, height = image.size
        note = f'<figcaption class="muted">{t(" ".join(notes))}</figcaption>' if notes else ""
        return (
            f'<figure><img src="{jpeg_source(pictures.jpeg(image, _QUALITY))}" width="{width}"'
            f' height="{height}" loading="lazy" alt="{t(talk.name)}">{note}</figure>'
        )


def _said(talk: Talk, turn: TalkTurn, words: Words) -> str:
    who = words("you") if turn.by_user else turn.who or words("engine")
    parts = [
        f'<section class="{"user" if turn.by_user else "answer"}"><header>'
        f"<strong><bdi>{t(who)}</bdi></strong>"
        f'<span class="muted">{t(words.time(turn.created))}</span></header>'
    ]
    if turn.notice:
        parts.append(f'<p class="muted"><bdi>{t(turn.notice)}</bdi></p>')
    for box in turn.regions:
        parts.append(f'<p class="muted">{t(words("asked_region", place=talk.place(box)))}</p>')
    for name, text in made_words(turn, words):
        told = f"<summary>{t(name)}</summary><pre>{t(text)}</pre>"
        parts.append(f"<details open>{told}</details>")
    if turn.text.strip():
        parts.append(f'<p class="say" dir="auto">{marked(turn.text, turn.boxes)}</p>')
    items = "".join(
        f'<li><i class="{_class(box.label)}"></i><bdi>{t(label_words(box))}</bdi>'
        f" · {t(box_words(talk, box, words))}</li>"
        for box in turn.boxes
    )
    return "".join(parts) + (f'<ul class="boxes">{items}</ul>' if items else "")


def _rest(turn: TalkTurn, words: Words) -> str:
    parts = [f'<p class="muted"><bdi>{t(remark)}</bdi></p>' for remark in turn.remarks]
    if turn.right:
        parts.append(f"<p><bdi>{t(words('put_right', text=turn.right))}</bdi></p>")
    if not turn.by_user and (told := facts(turn, words)):
        parts.append(f'<p class="muted">{t(told)}</p>')
    if turn.raw and turn.raw != turn.text:
        raw = f"<summary>{t(words('raw'))}</summary><pre>{t(turn.raw)}</pre>"
        parts.append(f"<details>{raw}</details>")
    return "".join(parts)


def _class(label: str) -> str:
    return f"c{OKABE_ITO.index(label_color(label))}"
