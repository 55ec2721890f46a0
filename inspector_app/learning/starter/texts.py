"""What the starter model's tokenizer learns from: its lessons and the program's words."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from inspector_app.domain.loading import SeenImage
from inspector_app.engines.language_prompts import language_texts
from inspector_app.learning.starter.asker import Asker
from inspector_app.learning.starter.labels import label
from inspector_app.learning.starter.parts import part
from inspector_app.learning.starter.questions import draw
from inspector_app.learning.starter.shapes import shapes

_SIZE = (196, 196)
_PICTURES = 600


def corpus(seed: int) -> Iterator[str]:
    """Questions and answers about pictures of their own, in both languages."""
    for language in ("en", "vi"):
        yield from language_texts(language).values()
        yield from language_texts(language, "document").values()
    renderers = (part, shapes, label)
    for number in range(_PICTURES):
        rng = np.random.default_rng([seed, 500_000_000, number])
        scene = renderers[number % 3](rng, _SIZE)
        seen = SeenImage(*_SIZE, 49)
        for language in ("en", "vi"):
            for asked in draw(Asker(rng, scene, language, seen), 6):
                yield asked.question
                yield asked.answer
