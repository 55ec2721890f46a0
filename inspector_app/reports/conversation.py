"""What was asked about one image and answered, taken from the store only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from inspector_app.domain.asking import Made
from inspector_app.domain.chat import Message, answer_boxes
from inspector_app.domain.errors import StoreError
from inspector_app.domain.findings import FoundBox
from inspector_app.domain.geometry import Box
from inspector_app.domain.images import ImageRef
from inspector_app.domain.plain_text import visible_text
from inspector_app.domain.results import Result
from inspector_app.domain.tasks import Task
from inspector_app.reports.texts import Words, one_line
from inspector_app.store.project import Project

Who = Callable[[str, str], tuple[str, str]]  # card id and adapter -> name, line to show with it


@dataclass(frozen=True, slots=True)
class TalkTurn:
    """One message of a conversation.

    Attributes:
        by_user: A question; else an answer.
        text: What was said, control characters made visible.
        status: "done", "cancelled" or "failed".
        created: UTC time, ISO 8601.
        regions: What the question was about.
        who: Who answered, in words; empty where it is not known.
        notice: A line that must be shown with the answer; empty for none.
        engine: Card id.
        adapter: Adapter with the beginning of its hash.
        task: What was asked.
        seed: Seed that the answer was drawn with; 0 for the likeliest.
        seconds: Wall time, 0 if not known.
        raw: The model's text untouched; empty if not known.
        remarks: What is to be said of the answer, one sentence each.
        boxes: Boxes of the answer.
        id: Of the message.
        parent: Of the message that it follows; empty for none.
        mark: What a person says of the answer: "good", "bad" or "".
        right: What would be right, in a person's words.
        branch: Which branch begins here, counted from 2; 0 where none begins.
        follows: What was said before it, where a branch begins.
        made: What the answer was made of, where it was asked for in a way of its own.
    """

    by_user: bool
    text: str
    status: str
    created: str
    regions: tuple[Box, ...] = ()
    who: str = ""
    notice: str = ""
    engine: str = ""
    adapter: str = ""
    task: Task | None = None
    seed: int = 0
    seconds: float = 0.0
    raw: str = ""
    remarks: tuple[str, ...] = ()
    boxes: tuple[FoundBox, ...] = ()
    id: str = ""
    parent: str = ""
    mark: str = ""
    right: str = ""
    branch: int = 0
    follows: str = ""
    made: Made | None = None


@dataclass(frozen=True, slots=True)
class Talk:
    """The conversation about one image.

    Attributes:
        image: The image.
        name: Its file name, with the page where there are several.
        project: Name of the project file.
        rendered: Whether the images are rendered, not photographed.
        turns: Oldest first; of several branches, those after the first begin where they part.
        others: Branches that are left out.
    """

    image: ImageRef
    name: str
    project: str
    rendered: bool
    turns: tuple[TalkTurn, ...]
    others: int = 0

    def place(self, box: Box) -> str:
        """Returns a box in words: "12, 30; 40 × 50", in pixels of the original."""
        if not self.image.width:
            return ", ".join(f"{100 * value:.0f} %" for value in (box.x1, box.y1, box.x2, box.y2))
        x1, y1, x2, y2 = box.to_pixels(self.image.width, self.image.height)
        return f"{x1}, {y1}; {x2 - x1} × {y2 - y1} px"


def collect(
    project: Project, image_id: str, who: Who, *, all_branches: bool = False, end: str | None = None
) -> Talk:
    """Reads a conversation.

    Args:
        project: The project.
        image_id: The image.
        who: Names engines and adapters.
        all_branches: Not the branch on show alone; that one comes first.
        end: Last message of the branch, if it is another than that on show.

    Raises:
        StoreError: The image is not in the project, or it cannot be read.
    """
    image = project.image(image_id)
    boxes = answer_boxes(project.findings(image_id, replaced=True))
    tree = project.talk(image_id)
    first = tree.shown() if end is None else tree.path(end)
    branches = tree.branches()
    others = [branch for branch in branches if not first or branch[-1].id != first[-1].id]
    turns: list[TalkTurn] = []
    told: set[str] = set()
    number = 1
    for branch in [first, *others] if all_branches else [first]:
        new = [message for message in branch if message.id not in told]
        told.update(message.id for message in new)
        made = [_turn(project, message, boxes, who) for message in new]
        if made and turns:
            number += 1
            before = tree.message(tree.parent(new[0].id))
            follows = one_line(visible_text(before.text), 80) if before else ""
            made[0] = replace(made[0], branch=number, follows=follows)
        turns += made
    name = PurePath(image.path).name
    return Talk(
        image,
        one_line(f"{name} [{image.page + 1}]" if image.page else name, 200),
        Path(project.path).name,
        project.get_meta("rendered") == "1",
        tuple(turns),
        0 if all_branches else len(others),
    )


def facts(turn: TalkTurn, words: Words) -> str:
    """Returns what is said of an answer in small type: how it ended, its time, its seed."""
    parts = [words("stopped")] if turn.status == "cancelled" else []
    parts += [words("failed")] if turn.status == "failed" else []
    if turn.seconds > 0:
        parts.append(words("running_seconds", seconds=words.fixed(turn.seconds, 1)))
    if turn.seed:
        parts.append(words("seed", seed=turn.seed))
    if turn.mark:
        parts.append(words(f"marked_{turn.mark}"))
    return " · ".join(parts)


def branch_words(turn: TalkTurn, words: Words) -> str:
    """Returns the heading of the branch that begins with a turn."""
    after = words("branch_after", text=turn.follows) if turn.follows else ""
    return " ".join(filter(None, (words("branch", n=words.whole(turn.branch)), after)))


def others_words(talk: Talk, words: Words) -> str:
    """Returns what is said of branches that are left out; empty where there are none."""
    return words("other_branches", n=words.whole(talk.others)) if talk.others else ""


def box_words(talk: Talk, found: FoundBox, words: Words) -> str:
    """Returns a box of an answer in words, without its label: score and place."""
    score = words.number(found.score)
    return f"{score} · {talk.place(found.box)}" if score else talk.place(found.box)


def label_words(found: FoundBox) -> str:
    """Returns the label of a box in one line."""
    return one_line(visible_text(found.label), 120) or "?"


def made_words(turn: TalkTurn, words: Words) -> list[tuple[str, str]]:
    """Returns what an answer was made of: headings, and what stands under them."""
    if turn.made is None:
        return []
    made, ask = turn.made, turn.made.ask
    options = [f"{words.fixed(100 * each.share, 1)} % {each.text}" for each in made.options]
    examples = [f"{each.question or '…'} → {each.answer}" for each in ask.examples]
    parts = [
        ("context_given", ask.context),
        ("examples_given", "\n".join(examples)),
        ("golden_given", "\n".join(PurePath(path).name for path in ask.golden)),
        ("reasoning", made.rationale),
        ("options", "\n".join(options)),
    ]
    return [(words(key), visible_text(text.strip())) for key, text in parts if text.strip()]


def _turn(
    project: Project, message: Message, boxes: dict[str, tuple[FoundBox, ...]], who: Who
) -> TalkTurn:
    base = TalkTurn(
        message.role == "user",
        visible_text(message.text),
        message.status,
        message.created,
        message.boxes,
        id=message.id,
        parent=message.parent or "",
        mark=message.mark,
        right=visible_text(message.right),
        made=message.made,
    )
    result = _result(project, message)
    if base.by_user or result is None:
        return base
    provenance = result.provenance
    name, notice = who(provenance.engine, provenance.adapter)
    return replace(
        base,
        who=one_line(name, 160),
        notice=one_line(notice),
        engine=provenance.engine,
        adapter=provenance.adapter,
        task=result.task,
        seed=provenance.seed,
        seconds=result.seconds,
        raw=result.raw,
        remarks=tuple(map(visible_text, result.reasons)) if result.verdict is None else (),
        boxes=boxes.get(result.id, ()),
    )


def _result(project: Project, message: Message) -> Result | None:
    if message.result_id is None:
        return None
    try:
        return project.result(message.result_id)
    except StoreError:
        return None  # replaced by a newer result since
