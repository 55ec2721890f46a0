"""Words of the tasks: name, prompt to start from, one-line hint."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from inspector_app.domain.tasks import Task

# Tasks that mean something without a question, and those whose answer should hold boxes.
NEEDS_NO_QUESTION = frozenset({Task.CAPTION, Task.DETECTION, Task.EXTRACT, Task.SUMMARIZE})
GIVES_BOXES = frozenset({Task.GROUNDING, Task.REFER, Task.DETECTION})


@dataclass(frozen=True, slots=True)
class TaskWords:
    """How a task is offered.

    Attributes:
        name: On the button.
        prompt: What the button puts into the input; for the user to change.
        hint: One line saying what it does.
    """

    name: str
    prompt: str
    hint: str


def free_words() -> TaskWords:
    """Returns the words of a question that goes to the model as it is."""
    translate = QCoreApplication.translate
    return TaskWords(
        translate("Task", "free"),
        "",
        translate("Task", "Your words go to the model as they are, without a task."),
    )


def task_words(task: Task) -> TaskWords:
    """Returns a task's words in the user's language."""
    translate = QCoreApplication.translate
    words = {
        Task.VQA: (
            translate("Task", "vqa"),
            translate("Task", "Is there a defect on this part?"),
            translate("Task", "Answers a question about the image in words."),
        ),
        Task.CAPTION: (
            translate("Task", "caption"),
            translate("Task", "Describe this part in one sentence."),
            translate("Task", "Describes the image in a sentence."),
        ),
        Task.GROUNDING: (
            translate("Task", "grounding"),
            translate("Task", "Describe what is wrong with this part."),
            translate("Task", "Describes the image and draws a box around what it names."),
        ),
        Task.REFER: (
            translate("Task", "refer"),
            translate("Task", "Where is the scratch?"),
            translate("Task", "Draws a box around the one thing you name."),
        ),
        Task.IDENTIFY: (
            translate("Task", "identify"),
            translate("Task", "What is in this region?"),
            translate("Task", "Says what the selected region shows. Select or draw a region."),
        ),
        Task.DETECTION: (
            translate("Task", "detect"),
            translate("Task", "Find all scratches, dents and stains."),
            translate("Task", "Draws a box around everything it finds."),
        ),
        Task.EXTRACT: (
            translate("Task", "extract"),
            translate("Task", "Read the fields of this document."),
            translate("Task", "Reads the fields of a receipt, label or document."),
        ),
        Task.SUMMARIZE: (
            translate("Task", "summarize"),
            translate("Task", "Summarize this document in three sentences."),
            translate("Task", "Sums a document up in a few sentences."),
        ),
    }
    return TaskWords(*words[task])
