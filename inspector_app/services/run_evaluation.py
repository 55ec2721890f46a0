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
from inspector_app.services.evaluate_receipts import ENGINE as RULES
from inspector_app.services.evaluate_receipts import evaluate_receipts

TASKS = ("detect", "vqa", "receipt")

Job = Iterator[Progress | Evaluation]


def run_evaluation(request: EvaluateRequest, stop: StopFlag) -> Job:
    """Loads the engine and measures it; see `evaluate_detection` and the others.

    Yields:
        `Progress` after every few items, then one `Evaluation`; nothing last when stopped.

    Raises:
        InspectorError: The request is wrong, the engine is not here, or it failed throughout.
    """
    if request.task not in TASKS:
        raise BadInputError(
            f"{request.task!r} cannot be measured.",
            f"Choose one of: {', '.join(TASKS)}.",
        )
    yield Progress(0, 0, "")
    engine = engines.local(request.engine)
    try:
        if request.adapter and not engine.capabilities.adapters:
            raise BadInputError(f"The engine {engine.id} takes no adapters.", "Choose another one.")
        manifest, split, adapter = request.manifest, request.split, request.adapter
        if request.task == "vqa":
            yield from evaluate_answers(manifest, split, engine, stop, adapter)
        elif request.task == "receipt":
            filler = None if engine.id == RULES else engine
            yield from evaluate_receipts(manifest, split, stop, engine=filler, adapter=adapter)
        else:
            recipe = request.recipe or None
            yield from evaluate_detection(manifest, split, engine, recipe, stop, adapter)
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
