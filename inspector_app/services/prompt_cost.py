"""What a question would cost, told before it is sent: from the tokenizer files, no weights."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from inspector_app.domain.asking import Ask
from inspector_app.domain.engine import InspectRequest, StopFlag
from inspector_app.domain.errors import EngineError
from inspector_app.domain.prompting import Example, PromptCost
from inspector_app.engines import registry
from inspector_app.engines.files import model_folder
from inspector_app.services.asking import stage_request
from inspector_app.services.seen import image_rule
from inspector_app.services.ways import way

COST_JOB = "inspector_app.services.prompt_cost:cost"


def cost(
    card_id: str,
    ask: Ask,
    request: InspectRequest,
    max_pixels: int,
    stop: StopFlag | None = None,
) -> Iterator[PromptCost]:
    """Yields what the last stage of a question takes; a job for the engine process.

    What a stage before it will say is not known, so it is not counted.

    Args:
        card_id: A language model's card.
        ask: What was chosen, see `asking.check`.
        request: Image, region, history and language.
        max_pixels: Limit under which the model was loaded; 0 for the card's own.
        stop: Not looked at: it takes no time.

    Raises:
        EngineError: The engine is no language model, or its files are not here.
        BadInputError: It is too long for the model, or an image cannot be read.
    """
    # NumPy comes with these; the window, which only names the job, does without at its start.
    from inspector_app.engines.conversation import load_scene, write_prompt
    from inspector_app.engines.language_engine import LanguageEngine
    from inspector_app.engines.unloaded import SizedImages, square_rule, unloaded

    del stop
    card = registry.card(card_id)
    folder = model_folder(card) if card.kind in registry.LANGUAGE_KINDS else None
    if folder is None:
        raise EngineError(f"{card.name} has no tokenizer here.", "Choose a language model.")
    engine = registry.create(card_id)
    assert isinstance(engine, LanguageEngine)
    square = card.dialect == "minigpt-v2"
    rule = square_rule(folder, engine.options) if square else image_rule(card, max_pixels)
    model = unloaded(card, folder, rule)
    images = SizedImages()
    stage = way(ask.way).stages[-1]
    asked = stage_request(ask, stage, request, load_scene(request, images, rule).size)
    form = engine.form(model, asked, ())

    def tokens(examples: Sequence[Example]) -> tuple[int, int, int]:
        put = replace(asked, examples=tuple(examples))
        talk = write_prompt(put, load_scene(put, images, rule), images, rule, form)
        pictures = sum(symbol < 0 for symbol in talk.prompt.symbols)
        return len(talk.prompt.ids), pictures, talk.left_out

    total, pictures, left_out = tokens(asked.examples)
    # Without its history, so that a message that falls out of it is no part of the difference.
    asked = replace(asked, history=())
    alone = tokens(asked.examples)[0]
    each = [
        alone - tokens([*asked.examples[:at], *asked.examples[at + 1 :]])[0]
        for at in range(len(asked.examples))
    ]
    yield PromptCost(total, pictures, tuple(each), left_out)
