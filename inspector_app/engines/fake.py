"""The scripted engine: a real engine whose words, delays and failures are given beforehand.

Tests of the window, of the process and of the services use it; its card is hidden from the list
of engines unless asked for by name. A request chooses a script by its question: "script:NAME", the
last one in it, so that what a first stage says may choose what a second one says.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from inspector_app.domain.cards import Card
from inspector_app.domain.engine import Capabilities, InspectRequest, StopFlag
from inspector_app.domain.errors import EngineError
from inspector_app.domain.events import (
    BoxesFound,
    Cancelled,
    Event,
    Failed,
    Finished,
    MapReady,
    Provenance,
    Started,
    TextDelta,
)
from inspector_app.domain.findings import FoundBox
from inspector_app.domain.geometry import Box
from inspector_app.domain.heat import HeatMap
from inspector_app.domain.loading import LoadReport
from inspector_app.domain.tasks import Task
from inspector_app.domain.verdicts import Limits


@dataclass(frozen=True, slots=True)
class Script:
    """What the engine does with one request.

    Attributes:
        words: Text, delivered word by word.
        boxes: Boxes, delivered after the words.
        score: Image score.
        delay: Seconds before each word.
        then: "finish", "fail", "raise", "crash", "hang" or "endless".
    """

    words: tuple[str, ...] = ("a ", "bright ", "scratch")
    boxes: tuple[FoundBox, ...] = (FoundBox("scratch", Box(0.2, 0.3, 0.5, 0.4), 0.83),)
    score: float | None = 0.83
    delay: float = 0.0
    then: str = "finish"


SCRIPTS: dict[str, Script] = {
    "": Script(),
    "good": Script(words=("nothing ", "found"), boxes=(), score=0.1),
    "slow": Script(words=tuple(f"word{i} " for i in range(200)), delay=0.02),
    "endless": Script(words=("on ", "and "), delay=0.005, then="endless"),
    "fail": Script(words=("half ",), then="fail"),
    "raise": Script(words=("half ",), then="raise"),
    "crash": Script(words=("half ",), then="crash"),
    "hang": Script(words=("half ",), then="hang"),
    "unsupported": Script(words=(), then="unsupported"),
    "markup": Script(words=("<b>bold</b> ", "<script>alert(1)</script>")),
}
LIMITS = Limits(review=0.3, reject=0.6, pixel=0.5)


def create(card: Card) -> FakeEngine:
    """Makes the engine."""
    return FakeEngine(card)


class FakeEngine:
    """See the module's docstring."""

    def __init__(self, card: Card) -> None:
        self._card = card
        self._ready = False

    @property
    def id(self) -> str:
        return self._card.id

    @property
    def capabilities(self) -> Capabilities:
        return self._card.capabilities

    def load(self) -> LoadReport:
        self._ready = True
        return LoadReport()

    def unload(self) -> None:
        self._ready = False

    def stream(self, request: InspectRequest, stop: StopFlag) -> Iterator[Event]:
        """Plays the script named in the question."""
        started = time.perf_counter()
        yield Started(request.id, Provenance(self.id, seed=request.sampling.seed), 640, 480)
        named = re.findall(r"script:([\w-]+)", request.question)
        script = SCRIPTS.get(named[-1], SCRIPTS[""]) if named else SCRIPTS[""]
        if not self._ready or request.task not in self._card.tasks or script.then == "unsupported":
            what = "The scripted engine is not loaded." if not self._ready else "It cannot do this."
            yield Failed(request.id, what)
            return
        text = ""
        for word in self._words(script):
            deadline = time.perf_counter() + script.delay
            while time.perf_counter() < deadline and not stop.is_set():
                time.sleep(0.001)
            if stop.is_set():
                yield Cancelled(request.id, text)
                return
            text += word
            yield TextDelta(request.id, word)
        failure = self._fail(script, request)
        if failure is not None:
            yield failure
            return
        if script.boxes:
            yield BoxesFound(request.id, script.boxes)
        yield MapReady(request.id, _map())
        verdict = None
        if request.task is Task.DETECTION and script.score is not None:
            verdict = LIMITS.decide(script.score)
        yield Finished(
            request.id,
            text,
            text,
            script.boxes,
            script.score,
            LIMITS,
            verdict,
            tuple(f"{box.label} found" for box in script.boxes),
            time.perf_counter() - started,
            len(script.words),
        )

    def score(
        self, request: InspectRequest, choices: Sequence[str], stop: StopFlag | None = None
    ) -> tuple[float, ...]:
        """Longer choices are less likely."""
        if stop is not None and stop.is_set():
            return ()
        return tuple(-float(len(choice)) for choice in choices)

    @staticmethod
    def _words(script: Script) -> Iterator[str]:
        yield from script.words
        while script.then == "endless":
            yield from script.words

    @staticmethod
    def _fail(script: Script, request: InspectRequest) -> Failed | None:
        if script.then == "fail":
            return Failed(request.id, "The script says: fail.", "Ask again.", "scripted")
        if script.then == "raise":
            raise EngineError("The script says: raise.")
        if script.then == "crash":
            os._exit(3)
        while script.then == "hang":
            time.sleep(0.05)
        return None


def _map() -> HeatMap:
    cells = bytes(
        max(0, 255 - 6 * (abs(x - 11) + 3 * abs(y - 8))) for y in range(24) for x in range(32)
    )
    return HeatMap(32, 24, cells, 0.0, 1.0)
