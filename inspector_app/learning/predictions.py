"""Answers in the middle of a run, by the engine's own loop with the weights of now."""

from __future__ import annotations

from inspector_app.domain.engine import Sampling
from inspector_app.domain.loading import SeenImage
from inspector_app.domain.training import Predicted
from inspector_app.engines.answer_text import AnswerText
from inspector_app.engines.conversation import ChatTurn
from inspector_app.learning.encode import Encoded, opening
from inspector_app.learning.student import Student
from inspector_app.parsing.box_text import BoxReader

_UNSEEN = SeenImage(1000, 1000, 0)
_MOST = 256  # tokens; an answer in the middle of a run is looked at, not used


def predict(student: Student, lesson: Encoded, step: int) -> Predicted:
    """Answers the last question of a lesson, greedily.

    Args:
        student: Its network is in evaluation mode.
        lesson: A lesson of validation.
        step: When.
    """
    import torch

    from inspector_app.engines.generation import generate
    from inspector_app.engines.sampling import Sampler
    from inspector_app.engines.sequence import TokenSequence

    sample, turns = lesson.lesson.sample, opening(student, lesson.lesson)
    images = tuple(student.load(path) for path in sample.images)
    for number, (question, answer) in enumerate(lesson.lesson.turns):
        turns.append(ChatTurn("user", question, images if number == 0 else ()))
        turns.append(ChatTurn("assistant", answer))
    wanted = turns.pop().text
    model = student.model
    with torch.inference_mode():
        model.decoder.use_adapters()
        prompt = student.prompt(turns, (f"step {step}",))
        sequence = TokenSequence(model.decoder)
        hidden = sequence.prefill(prompt, _MOST + 1)
        tokens = generate(
            model.decoder, sequence, hidden, Sampler(Sampling(), prompt.ids),
            stops=model.stops, most=_MOST, cancelled=lambda: False,
        )  # fmt: skip
        told = _new_answer(student, lesson)
        for token in tokens:
            list(told.token(token))
        list(told.rest())
    truth = _new_answer(student, lesson)
    for token in model.encode_answer(wanted):
        list(truth.token(token))
    list(truth.rest())
    return Predicted(
        step,
        sample.images[0] if sample.images else "",
        turns[-1].text,
        truth.text.strip(),
        told.text.strip(),
        tuple(told.boxes),
        tuple(sample.located or ()),
    )


def _new_answer(student: Student, lesson: Encoded) -> AnswerText:
    reader = BoxReader(student.card.dialect, lesson.seen or _UNSEEN)
    return AnswerText("", student.model.decoding(), reader)
