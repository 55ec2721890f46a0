"""Pictures with their questions as tokens: several questions share one look at a picture.

Questions about the same picture do not see one another, unless they are turns of one conversation:
each is read as the program would ask it by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inspector_app.domain.engine import InspectRequest
from inspector_app.domain.errors import BadInputError
from inspector_app.domain.loading import SeenImage
from inspector_app.engines.language_prompts import language_texts, question_text
from inspector_app.imaging.model_pixels import PixelRule
from inspector_app.learning.answer_logits import IGNORED
from inspector_app.learning.starter.asker import DIALECT, Asked, Asker
from inspector_app.learning.starter.dense import CELL, Dense, dense
from inspector_app.learning.starter.labels import label
from inspector_app.learning.starter.parts import part
from inspector_app.learning.starter.questions import draw
from inspector_app.learning.starter.samples import SampleParts
from inspector_app.learning.starter.scene import Scene
from inspector_app.learning.starter.shapes import shapes

# Rows and columns of tokens, and how often a batch has them: what pictures of usual shapes become.
GRIDS = {(7, 7): 0.36, (6, 8): 0.36, (8, 6): 0.09, (5, 9): 0.08, (6, 6): 0.07, (9, 5): 0.04}
_MOST = 8  # questions about one picture
HELD_SEED = 900_000_000  # pictures of the test split


@dataclass(frozen=True, slots=True)
class Mix:
    """What pictures a stage shows.

    Attributes:
        parts: Share of parts.
        labels: Share of printed labels; the rest are shapes.
        samples: Share of parts that are of the sample project's kinds.
        hardness: How faint damage may be, 0..1.
        tokens: Of questions and answers about each picture, at most; 0 for the dense stage.
        talks: Share of pictures whose questions are turns of one conversation.
        ways: Questions are put in the ways of the Ask panel too.
    """

    parts: float = 0.62
    labels: float = 0.12
    samples: float = 0.2
    hardness: float = 0.5
    tokens: int = 160
    talks: float = 0.12
    ways: bool = False


@dataclass(slots=True)
class Batch:
    """Pictures of one size with their targets; b pictures, n cells each, T tokens at most.

    Attributes:
        grid: 1, patches down, patches across.
        patches: float32 `[b * 4n, 1176]`.
        targets: Fields of `Dense`, stacked.
        ids: int64 `[b, T]`; prefix with the picture, then the questions one after the other.
        labels: int64 `[b, T]`, `IGNORED` where nothing is to be learned.
        positions: int64 `[b, 3, T]`.
        parts: int64 `[b, T]`: 0 for the prefix, then the number of the question, -1 for padding.
        image: First and last place of the picture's tokens.
    """

    grid: tuple[int, int, int]
    patches: NDArray[np.float32]
    targets: dict[str, NDArray[Any]]
    ids: NDArray[np.int64]
    labels: NDArray[np.int64]
    positions: NDArray[np.int64]
    parts: NDArray[np.int64]
    image: tuple[int, int]


class Lessons:
    """Makes batches; the same number gives the same batch.

    Args:
        tokenizer: Folder of the tokenizer.
        samples: File of `samples`; None leaves those parts out.
        seed: Of the whole run.
        size: Pictures in a batch.
    """

    def __init__(self, tokenizer: Path, samples: Path | None, seed: int, size: int) -> None:
        from tokenizers import Tokenizer

        self.tokenizer = Tokenizer.from_file(str(tokenizer / "tokenizer.json"))
        self._samples = SampleParts(samples) if samples is not None else None
        self._seed, self._size = seed, size
        self._end: int = self._id("<|im_end|>")
        self._picture: int = self._id("<|image_pad|>")
        self._rule = PixelRule(min_pixels=CELL**2, max_pixels=200 * CELL**2)

    def batch(self, number: int, mix: Mix) -> Batch:
        """Makes the batch of a number."""
        rng = np.random.default_rng([self._seed, number])
        grids = list(GRIDS)
        chosen = grids[int(rng.choice(len(grids), p=list(GRIDS.values())))]
        scenes = [self.scene(rng, chosen, mix) for _ in range(self._size)]
        return self.collated(rng, scenes, mix)

    def scene(self, rng: np.random.Generator, grid: tuple[int, int], mix: Mix) -> Scene:
        """Draws a picture."""
        size = (grid[1] * CELL, grid[0] * CELL)
        kind = rng.random()
        if kind < mix.parts:
            if self._samples is not None and rng.random() < mix.samples:
                return self._samples.draw(rng, size)
            return part(rng, size, hardness=mix.hardness)
        if kind < mix.parts + mix.labels:
            return label(rng, size)
        return shapes(rng, size)

    def collated(self, rng: np.random.Generator, scenes: Sequence[Scene], mix: Mix) -> Batch:
        """Puts pictures of one size and questions about them side by side."""
        height, width = scenes[0].pixels.shape[:2]
        seen = SeenImage(width, height, (height // CELL) * (width // CELL))
        targets = [dense(scene) for scene in scenes]
        patches = [self._rule.patches(scene.pixels) for scene in scenes]
        grid = patches[0][1]
        prefix = self._prefix(seen.tokens)
        start = prefix.index(self._picture)
        rows: list[list[tuple[list[int], list[int]]]] = []
        for scene in scenes:
            language = "vi" if rng.random() < 0.5 else "en"
            asked = (
                draw(Asker(rng, scene, language, seen), _MOST, ways=mix.ways) if mix.tokens else []
            )
            rows.append(self._segments(rng, asked, seen, mix))
        longest = len(prefix) + max((sum(len(s[0]) for s in row) for row in rows), default=0)
        count = len(scenes)
        ids = np.full((count, longest), self._end, np.int64)
        labels = np.full((count, longest), IGNORED, np.int64)
        parts = np.full((count, longest), -1, np.int64)
        positions = np.zeros((count, 3, longest), np.int64)
        before, following = _positions(len(prefix), start, seen, height // CELL, width // CELL)
        for number, row in enumerate(rows):
            at = len(prefix)
            ids[number, :at], parts[number, :at] = prefix, 0
            positions[number, :, :at] = before
            for which, (tokens, wanted) in enumerate(row, 1):
                to = at + len(tokens)
                ids[number, at:to], labels[number, at:to] = tokens, wanted
                parts[number, at:to] = which
                positions[number, :, at:to] = following + np.arange(len(tokens))
                at = to
        return Batch(
            grid,
            np.concatenate([p for p, _ in patches]),
            {
                name: np.stack([getattr(each, name) for each in targets])
                for name in Dense.__dataclass_fields__
            },
            ids,
            labels,
            positions,
            parts,
            (start, start + seen.tokens),
        )

    def _segments(
        self, rng: np.random.Generator, asked: list[Asked], seen: SeenImage, mix: Mix
    ) -> list[tuple[list[int], list[int]]]:
        """Tokens and labels of each question with its answer, as many as fit."""
        made: list[tuple[list[int], list[int]]] = []
        left = mix.tokens
        for each in asked:
            turn = self._turn(question_of(rng, each, seen), each.answer)
            if len(turn[0]) <= left or not made:
                made.append(turn)
                left -= len(turn[0])
        if len(made) < 2 or rng.random() >= mix.talks:
            return made
        ids, labels = list(made[0][0]), list(made[0][1])
        opening = self._encode("\n<|im_start|>user\n")
        for tokens, wanted in made[1:3]:
            ids += [*opening, *tokens]
            labels += [*[IGNORED] * len(opening), *wanted]
        return [(ids, labels), *made[3:]]

    def _turn(self, question: str, answer: str) -> tuple[list[int], list[int]]:
        asked = self._encode(f"{question}<|im_end|>\n<|im_start|>assistant\n")
        told = [*self._encode(answer), self._end]
        return [*asked, *told], [*[IGNORED] * len(asked), *told]

    def _id(self, token: str) -> int:
        found = self.tokenizer.token_to_id(token)
        if found is None:
            raise BadInputError(f"The tokenizer lacks {token}.", "Start the run anew.")
        return int(found)

    def _encode(self, text: str) -> list[int]:
        return self.tokenizer.encode(text, add_special_tokens=False).ids

    def _prefix(self, tokens: int) -> list[int]:
        return list(self._prefixes(tokens))

    @lru_cache(64)  # noqa: B019  one object lives as long as the run
    def _prefixes(self, tokens: int) -> tuple[int, ...]:
        system = language_texts("en")["system"]
        picture = "<|image_pad|>" * tokens
        return tuple(
            self._encode(
                f"<|im_start|>system\n{system}<|im_end|>\n"
                f"<|im_start|>user\n<|vision_start|>{picture}<|vision_end|>"
            )
        )


def request_of(asked: Asked, image: str = "") -> InspectRequest:
    """A question as a request to an engine."""
    return InspectRequest(
        (image,),
        asked.task,
        asked.question,
        asked.boxes,
        language=asked.language,
        steps=asked.steps,
        schema=asked.schema,
        verbatim=asked.own,
    )


def question_of(rng: np.random.Generator, asked: Asked, seen: SeenImage) -> str:
    """A question as the program writes it; sometimes as a user typed it, with nothing added."""
    request = request_of(asked)
    plainly = bool(asked.question) and not (asked.steps or asked.schema) and rng.random() < 0.25
    if plainly:
        request = InspectRequest(
            request.images,
            request.task,
            request.question,
            request.boxes,
            language=asked.language,
            verbatim=True,
        )
    return question_text(request, language_texts(asked.language), DIALECT, seen)


def _positions(
    length: int, start: int, seen: SeenImage, rows: int, columns: int
) -> tuple[NDArray[np.int64], int]:
    """Positions of the prefix, as `engines.qwen_prompt.mrope_positions`, and the one after it."""
    from types import SimpleNamespace

    from inspector_app.engines.qwen_prompt import mrope_positions

    image: Any = SimpleNamespace(grid=(1, 2 * rows, 2 * columns), seen=seen)
    span: Any = SimpleNamespace(start=start, end=start + seen.tokens, image=image)
    return mrope_positions(length, [span], 2)
