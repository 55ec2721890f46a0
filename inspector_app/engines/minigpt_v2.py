"""Engine for MiniGPT-v2, local and streaming."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from inspector_app.domain.adapters import AdapterCard
from inspector_app.domain.cards import Card
from inspector_app.domain.engine import InspectRequest
from inspector_app.domain.loading import LoadReport
from inspector_app.engines.conversation import Form
from inspector_app.engines.language_engine import LanguageEngine
from inspector_app.engines.language_prompts import language_texts
from inspector_app.engines.minigpt_convert import ADAPTER
from inspector_app.engines.minigpt_quirks import quirks_of

if TYPE_CHECKING:
    from inspector_app.engines.minigpt_model import MiniGPTModel
    from inspector_app.engines.sampling import Sampler
    from inspector_app.engines.sequence import Prompt

_CONTEXT = 2000  # positions of prompt and answer, as the published demo has it
_OWN = "lora:own"  # no adapter of the user's can have this id


def create(card: Card) -> MiniGPTEngine:
    """Makes the engine; nothing is loaded yet."""
    return MiniGPTEngine(card)


class MiniGPTEngine(LanguageEngine):
    """See the module's docstring."""

    def open_model(self, folder: Path, report: LoadReport, min_pixels: int) -> MiniGPTModel:
        from inspector_app.engines.minigpt_model import MiniGPTModel

        return MiniGPTModel(folder, report, quirks_of(self.options))

    def own_adapters(self, folder: Path) -> tuple[AdapterCard, ...]:
        """The LoRA pairs that the model was published with, where they were kept apart."""
        kept = folder / ADAPTER
        if not kept.is_dir():
            return ()
        weights = (kept / "adapter_model.safetensors").read_bytes()
        digest = hashlib.sha256(weights).hexdigest()
        return (AdapterCard(_OWN, _OWN, self.id, sha256=digest, path=str(kept)),)

    def words(self, language: str) -> dict[str, str]:
        return language_texts(language, "minigpt")

    def form(self, model: Any, request: InspectRequest, scope: tuple[str, ...]) -> Form:
        from inspector_app.engines.minigpt_prompt import make_form

        context = int(self.options.get("context_tokens", _CONTEXT))
        words = self.words(request.language)
        return make_form(model, words, context, request.sampling.max_tokens, scope)

    def sampler(self, request: InspectRequest, prompt: Prompt) -> Sampler:
        from inspector_app.engines.sampling import Sampler

        # The published program's repetition penalty does not see the prompt, only one BOS.
        return Sampler(request.sampling, prompt.ids[:1])
