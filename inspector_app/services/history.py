"""What was said about an image before, as turns for the next question."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from inspector_app.domain.chat import Message
from inspector_app.domain.engine import Turn
from inspector_app.domain.errors import InspectorError
from inspector_app.domain.tasks import Task
from inspector_app.store.project import Project


def earlier_turns(
    project: Project, image_id: str, verbatim: Collection[str] = (), after: str | None = None
) -> tuple[Turn, ...]:
    """Returns the questions of a branch that were answered, and their answers, oldest first.

    A question has the task that it was asked with, so that an engine reads it as it did then.

    Args:
        project: Holds the conversation.
        image_id: The image.
        verbatim: Ids of questions that went to the engine as they were.
        after: Message that the branch ends with; "" for an empty one, None for the one on show.
    """
    tree = project.talk(image_id)
    messages = tree.shown() if after is None else tree.path(after)
    return turns_of(project, messages, verbatim)


def turns_of(
    project: Project, messages: Sequence[Message], verbatim: Collection[str] = ()
) -> tuple[Turn, ...]:
    """Returns the turns of a branch as `earlier_turns`, of messages that may not be stored."""
    return tuple(_turns(project, messages, verbatim))


def _turns(
    project: Project, messages: Sequence[Message], verbatim: Collection[str]
) -> Iterator[Turn]:
    for question, answer in pairwise(messages):
        whole = answer.status != "failed" and bool(answer.text.strip())
        if (question.role, answer.role) != ("user", "assistant") or not whole:
            continue
        task = None if question.id in verbatim else _task(project, answer)
        yield Turn("user", question.text, question.boxes, task)
        yield Turn("assistant", answer.text, answer.boxes)


def _task(project: Project, answer: Message) -> Task | None:
    if answer.result_id is None:
        return None
    try:
        return project.result(answer.result_id).task
    except InspectorError:
        return None  # replaced by a newer result since
