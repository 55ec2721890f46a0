"""Engine for Qwen2-VL, Qwen2.5-VL and Qwen3-VL with LoRA adapters, local and streaming."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from inspector_app.domain.cards import Card
from inspector_app.domain.engine import InspectRequest
from inspector_app.domain.loading import LoadReport
from inspector_app.engines.conversation import Form
from inspector_app.engines.language_engine import LanguageEngine
from inspector_app.engines.language_prompts import language_texts

if TYPE_CHECKING:
    from inspector_app.engines.qwen_model import QwenModel
    from inspector_app.engines.sampling import Sampler
    from inspector_app.engines.sequence import Prompt


def create(card: Card) -> QwenEngine:
    """Makes the engine; nothing is loaded yet."""
    return QwenEngine(card)


class QwenEngine(LanguageEngine):
    """See the module's docstring."""

    def open_model(self, folder: Path, report: LoadReport, min_pixels: int) -> QwenModel:
        from inspector_app.engines.qwen_model import QwenModel

        return QwenModel(folder, report, min_pixels)

    def words(self, language: str) -> dict[str, str]:
        return language_texts(language)

    def form(self, model: Any, request: InspectRequest, scope: tuple[str, ...]) -> Form:
        from inspector_app.engines.qwen_prompt import make_form

        context = int(self.options.get("context_tokens", 4096))
        return make_form(model, self.words(request.language), self.card.dialect, context, scope)

    def sampler(self, request: InspectRequest, prompt: Prompt) -> Sampler:
        from inspector_app.engines.sampling import Sampler

        return Sampler(request.sampling, prompt.ids)
