"""Which engine and which adapter answer questions; the recipe says which one decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Signal

from inspector_app.domain.adapters import AdapterCard
from inspector_app.domain.cards import Card
from inspector_app.domain.errors import InspectorError
from inspector_app.domain.recipes import Recipe
from inspector_app.domain.tasks import Task
from inspector_app.services import engines, models
from inspector_app.services.settings import Settings

EXPERT = "anomaly"  # decides where there is no recipe, and answers where nothing else does
STARTER = "starter"  # has learned the rendered parts of the sample project


def answers_questions(card: Card) -> bool:
    """Whether a card's engine answers free questions; experts only decide and locate."""
    return Task.VQA in card.tasks


class EngineChoice(QObject):
    """Keeps the choice in the settings and tells when it changes."""

    changed = Signal()

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.recipe: Recipe | None = None  # kept by the session
        self.rendered = False  # whether the project shows the sample; kept by the session
        self._settings = settings
        self._ready: dict[str, bool] = {}
        self._adapters: dict[str, tuple[AdapterCard, ...]] = {}

    # -- what is chosen ----------------------------------------------------------------

    def engine_id(self) -> str:
        """Returns the engine that answers questions.

        The one in the settings where it can: without a recipe always, beside a recipe only if it
        answers free questions and its model is here. Otherwise the recipe's. As long as nothing
        was chosen, the starter model answers about the parts that it has learned, no others.
        """
        chosen: str = self._settings.get("engine") or self._usual()
        card = find_card(chosen)
        if card is None:
            chosen = EXPERT
        if self.recipe is None:
            return chosen
        if card is not None and answers_questions(card) and self.is_ready(card):
            return chosen
        return self.recipe.engine

    def _usual(self) -> str:
        starter = find_card(STARTER) if self.rendered else None
        return STARTER if starter is not None and self.is_ready(starter) else EXPERT

    def deciding_id(self) -> str:
        """Returns the engine that decides: the recipe's, else the built-in expert."""
        return self.recipe.engine if self.recipe is not None else EXPERT

    def adapter(self, engine_id: str) -> str:
        """Returns the id of the adapter that an engine answers with; "" for the base model."""
        chosen: Mapping[str, object] = self._settings.get("adapter")
        found = chosen.get(engine_id, "")
        known = self._adapters.get(engine_id)
        if not isinstance(found, str) or (
            known is not None and all(each.id != found or each.trouble for each in known)
        ):
            return ""  # it was removed since, or broke
        return found

    def adapters(self, engine_id: str) -> tuple[AdapterCard, ...]:
        """Returns the adapters of an engine, as they were found last."""
        return self._adapters.get(engine_id, ())

    def is_ready(self, card: Card) -> bool:
        """Whether a card's model is here; looked up once, and again after `tell_models`."""
        if card.id not in self._ready:
            self._ready[card.id] = models.state(card).ready
        return self._ready[card.id]

    def who(self, engine_id: str, adapter: str | None = None) -> str:
        """Returns engine and adapter in words: "Qwen2-VL-2B + nut-lora".

        Args:
            engine_id: Card id.
            adapter: Adapter's id, or several joined by "+"; the chosen one when None.
        """
        card = find_card(engine_id)
        name = card.name if card is not None else engine_id
        chosen = self.adapter(engine_id) if adapter is None else adapter
        if not chosen:
            return name
        names = {known.id: known.name for known in self._adapters.get(engine_id, ())}
        parts = [part.partition("@")[0] for part in chosen.split("+")]
        return " + ".join([name, *(names.get(part, part) for part in parts)])

    # -- changing it -------------------------------------------------------------------

    def use(self, engine_id: str, adapter: str | None = None) -> None:
        """Lets an engine answer questions from now on; an adapter of None leaves the adapter."""
        self._settings.set("engine", engine_id)
        if adapter is not None:
            self._keep_adapter(engine_id, adapter)
        self.changed.emit()

    def use_adapter(self, engine_id: str, adapter: str) -> None:
        """Chooses the adapter of an engine; "" for the base model. Nothing is loaded for it."""
        if adapter != self.adapter(engine_id):
            self._keep_adapter(engine_id, adapter)
            self.changed.emit()

    def tell_models(
        self, ready: Mapping[str, bool], adapters: Mapping[str, Sequence[AdapterCard]]
    ) -> None:
        """Takes over what was found on disk: which models are here, and their adapters."""
        new = {name: tuple(found) for name, found in adapters.items()}
        if (dict(ready), new) == (self._ready, self._adapters):
            return
        self._ready, self._adapters = dict(ready), new
        self.changed.emit()

    def _keep_adapter(self, engine_id: str, adapter: str) -> None:
        chosen = dict(self._settings.get("adapter"))
        chosen.pop(engine_id, None)
        if adapter:
            chosen[engine_id] = adapter
        self._settings.set("adapter", chosen)


def find_card(card_id: str) -> Card | None:
    """Returns a card, None if there is none of that name (a model folder that was taken away)."""
    try:
        return engines.card(card_id)
    except InspectorError:
        return None
