"""Evaluation of a language engine on questions, and on answers that have to give a reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from inspector_app.domain.engine import Engine, InspectRequest, Sampling, StopFlag
from inspector_app.domain.errors import BadInputError
from inspector_app.domain.evaluation import Evaluation, Item
from inspector_app.domain.events import LAST, Failed, Finished
from inspector_app.domain.jobs import Progress
from inspector_app.domain.samples import Sample
from inspector_app.domain.tasks import Task
from inspector_app.domain.training import DataSource
from inspector_app.learning import importers
from inspector_app.learning.answer_figures import Answered, answer_figures
from inspector_app.learning.answer_match import exact, kind_of
from inspector_app.learning.data_hash import data_sha256
from inspector_app.learning.templates import explanation_parts, explanation_question
from inspector_app.services.evaluate import check_some_worked
from inspector_app.services.inspect import run_many

_BATCH = 8
_MOST_TOKENS = 128

Job = Iterator[Progress | Evaluation]


def evaluate_answers(
    manifest: str, split: str, engine: Engine, stop: StopFlag, adapter: str = ""
) -> Job:
    """Asks every question of a split and compares the answers with those of people.

    Where the data give reasons, the engine is asked for one too.

    Args:
        manifest: Path.
        split: Which part.
        engine: Loaded.
        stop: Ends it.
        adapter: To answer with.

    Yields:
        `Progress` after every few questions, then one `Evaluation`; nothing last when stopped.

    Raises:
        BadInputError: The manifest is broken or has no question, the engine cannot answer
            questions, or no image can be read.
        EngineError: The engine failed on every question.
    """
    if Task.VQA not in engine.capabilities.tasks:
        raise BadInputError(
            f"The engine {engine.id} cannot answer questions.", "Choose a language engine."
        )
    samples = read_questions(manifest, split)
    answered: list[Answered] = []
    unreadable = 0
    for start in range(0, len(samples), _BATCH):
        group = samples[start : start + _BATCH]
        requests = [_request(sample, adapter) for sample in group]
        last: dict[str, Finished | Failed] = {}
        for event in run_many(requests, engine, stop):
            if isinstance(event, LAST) and isinstance(event, Finished | Failed):
                last[event.request_id] = event
        if stop.is_set():
            return
        for sample, request in zip(group, requests, strict=True):
            end = last.get(request.id)
            answered.append(_answered(sample, request.question, end))
            unreadable += isinstance(end, Failed) and end.image
        yield Progress(len(answered), len(samples), group[-1].source)
    check_some_worked([each.item for each in answered], unreadable)
    figures, groups = answer_figures(answered)
    yield Evaluation(
        engine.id,
        adapter,
        "vqa",
        manifest,
        split,
        figures,
        tuple(each.item for each in answered),
        groups,
        "",
        answers_hash(samples),
    )


def read_questions(manifest: str, split: str) -> list[Sample]:
    """Reads the questions of a split.

    Raises:
        BadInputError: The manifest is broken or has none.
    """
    samples = [
        sample
        for sample in importers.read(DataSource(manifest, split=split)).samples
        if sample.task is Task.VQA and sample.answers
    ]
    if not samples:
        raise BadInputError(
            f"{manifest} has no question in the split {split}.", "Check task and split."
        )
    return samples


def answers_hash(samples: Sequence[Sample]) -> str:
    """What the samples are, images and truth, as one hash."""
    return data_sha256(
        (path for sample in samples for path in sample.images),
        [(sample.question, sample.answers, sample.explanations) for sample in samples],
    )


def _request(sample: Sample, adapter: str) -> InspectRequest:
    question = explanation_question(sample) if sample.explanations else sample.question
    return InspectRequest(
        sample.images,
        Task.VQA,
        question,
        language=sample.language,
        sampling=Sampling(max_tokens=_MOST_TOKENS),
        adapter=adapter,
    )


def _answered(sample: Sample, question: str, last: Finished | Failed | None) -> Answered:
    kind = kind_of(sample.question_type, sample.answers, sample.language)
    groups = [("kind", kind)]
    if sample.category:
        groups.append(("category", sample.category))
    text = last.answer if isinstance(last, Finished) else ""
    answer, reason = explanation_parts(text, sample.language) if sample.explanations else (text, "")
    trouble = "" if isinstance(last, Finished) else last.what if last else "stopped"
    item = Item(
        sample.images[0] if sample.images else "",
        sample.answers[0],
        answer,
        None if trouble else exact(answer, sample.answers, sample.language),
        question,
        groups=tuple(groups),
        said=text,
        trouble=trouble,
        seconds=last.seconds if isinstance(last, Finished) else 0.0,
    )
    return Answered(item, sample.answers, sample.language, sample.explanations, reason)
