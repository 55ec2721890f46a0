"""Evaluation by request: in this process, or in one of its own so that a window stays free."""

from __future__ import annotations

from collections.abc import Iterator

from inspector_app.domain.engine import StopFlag
from inspector_app.domain.errors import BadInputError, EngineLostError
from inspector_app.domain.evaluation import Evaluation
from inspector_app.domain.improving import EvaluateRequest
from inspector_app.domain.jobs import Progress
from inspector_app.engines.process import EngineProcess, Patience
from inspector_app.engines.proxy import SLOW_SILENCE
from inspector_app.services import engines
from inspector_app.services.evaluate import evaluate_detection
from inspector_app.services.evaluate_answers import evaluate_answers

TASKS = ("detect", "vqa")

Job = Iterator[Progress | Evaluation]


def run_evaluation(request: EvaluateRequest, stop: StopFlag) -> Job:
    """Loads the engine and measures it; see `evaluate_detection` and `evaluate_answers`.

    Yields:
        `Progress` after every few items, then one `Evaluation`; nothing last when stopped.

    Raises:
        InspectorError: The request is wrong, the engine is not here, or it failed throughout.
    """
    if request.task not in TASKS:
        raise BadInputError(
            f"{request.task!r} is not measured with an engine of choice.",
            f"Choose one of: {', '.join(TASKS)}.",
        )
    yield Progress(0, 0, "")
    engine = engines.local(request.engine)
    try:
        if request.adapter and not engine.capabilities.adapters:
            raise BadInputError(f"The engine {engine.id} takes no adapters.", "Choose another one.")
        if request.task == "vqa":
            yield from evaluate_answers(
                request.manifest, request.split, engine, stop, request.adapter
            )
        else:
            yield from evaluate_detection(
                request.manifest,
                request.split,
                engine,
                request.recipe or None,
                stop,
                request.adapter,
            )
    finally:
        engine.unload()


def evaluate_in_process(
    request: EvaluateRequest, stop: StopFlag, patience: Patience | None = None
) -> Job:
    """Measures in a process of its own, which ends with it; see `run_evaluation`.

    Raises:
        InspectorError: As `run_evaluation`; or the process was lost.
    """
    process = EngineProcess(patience)
    try:
        yield from process.run(
            "inspector_app.services.run_evaluation:run_evaluation",
            request,
            stop=stop,
            silence=SLOW_SILENCE,
        )
    except EngineLostError:
        if not stop.is_set():
            raise
    finally:
        process.close()
