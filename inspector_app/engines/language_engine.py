"""What all engines with a language model share: loading, answers, scores, adapters, batches."""

from __future__ import annotations

import logging
import time
import traceback
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from inspector_app.domain.adapters import AdapterCard
from inspector_app.domain.cards import Card
from inspector_app.domain.engine import (
    Capabilities,
    InspectRequest,
    StopFlag,
    answer_schema,
)
from inspector_app.domain.errors import (
    EngineError,
    ImageError,
    InspectorError,
    UnsupportedTaskError,
)
from inspector_app.domain.events import (
    BoxesFound,
    Cancelled,
    Event,
    Failed,
    Finished,
    Provenance,
    Started,
    TextDelta,
)
from inspector_app.domain.loading import LoadReport, SeenImage
from inspector_app.domain.tasks import Task
from inspector_app.engines import adapter_store
from inspector_app.engines.answer_scores import defect_score, likelihoods
from inspector_app.engines.answer_text import AnswerText, end_remarks
from inspector_app.engines.conversation import Form, Scene, Talk, load_scene, write_prompt
from inspector_app.engines.failures import failure
from inspector_app.engines.files import model_folder
from inspector_app.engines.load_notes import note_texts
from inspector_app.engines.load_plan import measure, plan, this_machine, wish_of
from inspector_app.engines.model_images import ModelImages
from inspector_app.engines.side_by_side import answer_many
from inspector_app.engines.versions import versions
from inspector_app.imaging.image_rule import ImageRule
from inspector_app.parsing.box_text import BoxReader

if TYPE_CHECKING:
    from inspector_app.engines.adapters import AdapterSet
    from inspector_app.engines.constraint import Constraint, Grammars
    from inspector_app.engines.language_model import LanguageModel
    from inspector_app.engines.sampling import Sampler
    from inspector_app.engines.sequence import Prompt, TokenSequence

log = logging.getLogger(__name__)
_LIBRARIES = (
    "torch", "transformers", "peft", "safetensors", "sentencepiece", "bitsandbytes", "llguidance",
)  # fmt: skip
_UNSEEN = SeenImage(1000, 1000, 0)  # what boxes refer to when no image was given


class LanguageEngine(ABC):
    """See the module's docstring. What a conversation took to compute is kept for its next turn.

    A kind of model adds how it is opened and how it is spoken to.
    """

    def __init__(self, card: Card) -> None:
        self.card = card
        self.options = dict(card.options)
        self.images = ModelImages()
        self._model: LanguageModel | None = None
        self._sequence: TokenSequence | None = None
        self._adapters: AdapterSet | None = None
        self._scope: tuple[str, ...] = ()  # adapters that the sequence was computed under
        self._grammars: Grammars | None = None
        self._report = LoadReport()

    @property
    def id(self) -> str:
        return self.card.id

    @property
    def capabilities(self) -> Capabilities:
        return self.card.capabilities

    def load(self) -> LoadReport:
        """Loads the model as the card wishes, or with what has to be changed so that it fits.

        Raises:
            EngineError: It is not on this machine, or it does not fit.
        """
        import torch

        from inspector_app.engines.adapters import AdapterSet
        from inspector_app.engines.memory import free_memory, is_out_of_memory
        from inspector_app.engines.sequence import TokenSequence

        folder = model_folder(self.card)
        if folder is None:
            raise EngineError(
                f"{self.card.name} is not on this computer.",
                "See how to get it with: inspector models list",
            )
        torch.set_num_threads(int(self.options.get("threads", 1)))
        size = measure(folder)
        wish = wish_of(self.card, size)
        self._report = plan(size, wish, this_machine())
        for note in note_texts(self._report, "en"):
            log.info("%s: %s", self.card.id, note)
        try:
            self._model = self.open_model(
                folder, self._report, wish.min_pixels or self._report.max_pixels
            )
        except (RuntimeError, MemoryError) as error:
            if not is_out_of_memory(error):
                raise
            free_memory()
            raise EngineError(
                f"Memory ran out while {self.card.name} was loaded.",
                "Close other programs, choose less precision in its card, or a smaller model.",
            ) from error
        self._sequence = TokenSequence(self._model.decoder)
        self._adapters = AdapterSet(self._model, self.own_adapters(folder))
        self._scope = ()
        return self._report

    def unload(self) -> None:
        from inspector_app.engines.memory import free_memory

        self._model = self._sequence = self._adapters = self._grammars = None
        self.images.clear()
        free_memory()

    def stream(self, request: InspectRequest, stop: StopFlag) -> Iterator[Event]:
        """Answers; when memory runs out before the first word, once more with smaller images."""
        import torch

        from inspector_app.engines.memory import is_out_of_memory

        begun = time.perf_counter()
        try:
            self.check(request)
            model, _ = self.ready()
        except InspectorError as error:
            yield Failed(request.id, error.what, error.mend)
            return
        told = False
        less = model.rule.smaller()
        rules = (model.rule, less) if less is not None else (model.rule,)
        for attempt, rule in enumerate(rules):
            try:
                # Entered anew for every piece: inference mode belongs to a thread, and between
                # two pieces of a generator other code runs on this one.
                answer = self._answer(request, stop, rule, begun, started=told)
                while True:
                    with torch.inference_mode():
                        event = next(answer, None)
                    if event is None:
                        return
                    told = told or isinstance(event, Started)
                    words = isinstance(event, TextDelta | BoxesFound)
                    yield event
                    if words:
                        rules = rules[:1]  # what was said cannot be unsaid
            except InspectorError as error:
                about_image = isinstance(error, ImageError)
                yield Failed(request.id, error.what, error.mend, image=about_image)
                return
            except Exception as error:  # noqa: BLE001 - whatever happens must reach the asker
                details = traceback.format_exc()
                lacking = is_out_of_memory(error)
                self.forget()
                if lacking and attempt + 1 < len(rules):
                    log.warning("out of memory; trying again with smaller images")
                    continue
                yield failure(request, error, details, lacking=lacking, again=attempt > 0)
                return

    def score(
        self, request: InspectRequest, choices: Sequence[str], stop: StopFlag | None = None
    ) -> tuple[float, ...]:
        """Log-likelihood of each answer, to its end, after the request's prompt.

        Raises:
            InspectorError: The image cannot be read, or the model is not loaded.
        """
        import torch

        self.check(request)
        model, _ = self.ready()
        answers = [(*model.encode_answer(choice), model.end) for choice in choices]
        with torch.inference_mode():
            scope = self.use_adapters(request)
            scene = load_scene(request, self.images, model.rule)
            return likelihoods(self, request, scene, model.rule, scope, answers, stop=stop)

    def stream_many(self, requests: Sequence[InspectRequest], stop: StopFlag) -> Iterator[Event]:
        """Answers several requests side by side; see `side_by_side.answer_many`."""
        return answer_many(self, requests, stop)

    # -- what differs between models ------------------------------------------------------

    @abstractmethod
    def open_model(self, folder: Path, report: LoadReport, min_pixels: int) -> LanguageModel:
        """Loads the model of a folder.

        Raises:
            EngineError: It cannot be loaded.
        """

    @abstractmethod
    def words(self, language: str) -> dict[str, str]:
        """The texts that the model is asked with."""

    @abstractmethod
    def form(self, model: Any, request: InspectRequest, scope: tuple[str, ...]) -> Form:
        """How a model is spoken to: the loaded one, or one of `engines.unloaded`."""

    @abstractmethod
    def sampler(self, request: InspectRequest, prompt: Prompt) -> Sampler:
        """What picks the tokens of an answer."""

    def own_adapters(self, folder: Path) -> tuple[AdapterCard, ...]:
        """Adapters that are part of the model itself and always on."""
        return ()

    # -- for the engine's own modules ----------------------------------------------------

    def check(self, request: InspectRequest) -> None:
        """Refuses a task that the card does not name."""
        if request.task not in self.card.tasks:
            raise UnsupportedTaskError(
                f"{self.card.name} cannot do the task {request.task.value}.",
                "Choose another engine.",
            )

    def ready(self) -> tuple[LanguageModel, TokenSequence]:
        """The loaded model and its sequence."""
        if self._model is None or self._sequence is None:
            raise EngineError(f"{self.card.name} is not loaded.", "Load it and ask again.")
        return self._model, self._sequence

    def forget(self) -> None:
        """Frees what was kept for the next turn."""
        if self._sequence is not None:
            self._sequence.forget()
        if self._model is not None:
            self._model.free()

    def use_adapters(self, request: InspectRequest) -> tuple[str, ...]:
        """Puts on the adapters of a request; returns name and hash of each."""
        assert self._adapters is not None
        names = dict.fromkeys(name for name in request.adapter.split("+") if name)
        cards = [adapter_store.find(self.card.id, name) for name in names]
        self._adapters.use(cards)
        scope = tuple(f"{card.id}@{card.sha256[:16]}" for card in cards)
        if scope != self._scope:
            # Words, too, become other keys and values under another adapter.
            self.ready()[1].forget()
            self._scope = scope
        return scope

    def _answer(
        self,
        request: InspectRequest,
        stop: StopFlag,
        rule: ImageRule,
        begun: float,
        *,
        started: bool,
    ) -> Iterator[Event]:
        from inspector_app.engines.generation import Loop, generate

        model, sequence = self.ready()
        scope = self.use_adapters(request)
        scene = load_scene(request, self.images, rule)
        talk = self.talk(request, scene, rule, scope)
        constraint = self._constraint(request)
        if not started:
            yield self.started(request, scene, scope, talk.prompt.label)
        most = request.sampling.max_tokens
        hidden = sequence.prefill(talk.prompt, most + 1, stop.is_set)
        if hidden is None:
            yield Cancelled(request.id)
            return
        told = self.new_answer(request, scene)
        loop = Loop()
        tokens = generate(
            model.decoder,
            sequence,
            hidden,
            self.sampler(request, talk.prompt),
            stops=model.stops,
            most=most,
            cancelled=stop.is_set,
            constraint=constraint,
            source=talk.prompt.ids if constraint is not None else (),
            loop=loop,
        )
        for token in tokens:
            yield from told.token(token)
        yield from told.rest()
        if loop.end == Loop.CANCELLED:
            yield Cancelled(request.id, told.text, tuple(told.boxes))
            return
        seconds = time.perf_counter() - begun
        yield self.finished(request, scene, talk, told, rule, scope, loop.end, seconds)

    def new_answer(self, request: InspectRequest, scene: Scene) -> AnswerText:
        """An answer about to come: boxes are read from it, unless it is JSON under a schema."""
        model, _ = self.ready()
        seen = scene.images[0].seen if scene.images else _UNSEEN
        reader = BoxReader(self.card.dialect, seen) if not answer_schema(request) else None
        return AnswerText(request.id, model.decoding(), reader)

    def finished(
        self,
        request: InspectRequest,
        scene: Scene,
        talk: Talk,
        answer: AnswerText,
        rule: ImageRule,
        scope: tuple[str, ...],
        ended: str,
        seconds: float,
    ) -> Finished:
        """The end of an answer: what is to be said of it, and for detection P(defect)."""
        words = self.words(request.language)
        model, _ = self.ready()
        reasons = end_remarks(ended, request.sampling.max_tokens, words)
        if talk.left_out:
            reasons.append(words["history_cut"].format(count=talk.left_out))
        if rule is not model.rule:
            before = model.rule.most_tokens
            reasons.append(words["fewer_pixels"].format(tokens=rule.most_tokens, before=before))
        score = None
        if request.task is Task.DETECTION and scene.images:
            score = defect_score(self, request, scene, rule, scope)
            shown = f"{score:.2f}" if score is not None else ""
            shown = shown.replace(".", "," if request.language == "vi" else ".")
            reasons.append(words["defect_score" if shown else "no_score"].format(value=shown))
        return Finished(
            request.id,
            answer.text,
            answer.raw,
            tuple(answer.boxes),
            score,
            reasons=tuple(reasons),
            seconds=seconds,
            tokens=answer.count,
        )

    def started(
        self, request: InspectRequest, scene: Scene, scope: tuple[str, ...], prompt: str
    ) -> Started:
        provenance = Provenance(
            self.id,
            adapter="+".join(scope),
            prompt=prompt,
            seed=request.sampling.seed,
            versions=versions(_LIBRARIES),
        )
        return Started(
            request.id, provenance, *scene.size, tuple(image.seen for image in scene.images)
        )

    def talk(
        self,
        request: InspectRequest,
        scene: Scene,
        rule: ImageRule,
        scope: tuple[str, ...],
        question: str = "",
    ) -> Talk:
        """Writes the prompt of a request, or of another question about its images."""
        form = self.form(self.ready()[0], request, scope)
        return write_prompt(request, scene, self.images, rule, form, question)

    def _constraint(self, request: InspectRequest) -> Constraint | None:
        from inspector_app.engines.constraint import Grammars

        schema = answer_schema(request)
        if not schema:
            return None
        model, _ = self.ready()
        if self._grammars is None:
            self._grammars = Grammars(model.tokenizer, model.vocabulary, model.stops)
        return self._grammars.schema(schema)
