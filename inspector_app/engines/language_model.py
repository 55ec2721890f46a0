"""What the language engine asks of a model in memory, whatever its architecture."""

from __future__ import annotations

import shutil
from abc import ABC, abstractmethod
from collections import OrderedDict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from inspector_app.domain.loading import LoadReport
from inspector_app.engines.decoder import Decoder
from inspector_app.engines.memory import free_memory
from inspector_app.engines.token_text import Decoding
from inspector_app.imaging.image_rule import ImageRule

Found = TypeVar("Found")
_CACHED_IMAGES = 16
PROBE_TOKENS = 16
_COPIED = (
    "tokenizer.json",
    "tokenizer.model",
    "tokenizer_config.json",
    "vocab.json",
    "merges.txt",
    "special_tokens_map.json",
    "added_tokens.json",
    "chat_template.json",
    "chat_template.jinja",
    "preprocessor_config.json",
)


class LanguageModel(ABC):
    """A loaded model.

    Attributes:
        folder: Its files.
        report: How it was loaded.
        model: The module tree that adapters act on.
        decoder: Runs the language layers.
        tokenizer: A fast tokenizer of transformers, for grammars.
        vocabulary: Rows of the output layer.
        stops: Ids that end an answer.
        end: The id that the model writes at the end of an answer.
    """

    folder: Path
    report: LoadReport
    model: Any
    decoder: Decoder
    tokenizer: Any
    vocabulary: int
    stops: tuple[int, ...]
    end: int

    def __init__(self) -> None:
        self._features: OrderedDict[tuple[Any, ...], Any] = OrderedDict()
        self._numbers: dict[tuple[Any, ...], int] = {}

    @property
    @abstractmethod
    def rule(self) -> ImageRule:
        """How images are made for it."""

    @abstractmethod
    def encode_answer(self, text: str) -> list[int]:
        """Tokens of an answer as the model would write it, without the one that ends it."""

    @abstractmethod
    def decoding(self) -> Decoding:
        """What turns the tokens of one answer into text."""

    @abstractmethod
    def probe(self, adapters: Sequence[str]) -> tuple[Any, ...]:
        """What comes of a short text, and of a small image where adapters may act on those.

        Args:
            adapters: Hashes of the active ones.
        """

    @property
    def replaceable(self) -> dict[str, Any]:
        """Small linear layers that an adapter may bring whole, by name in the module tree."""
        return {}

    @abstractmethod
    def save(self, folder: Path, dtype: str) -> None:
        """Writes weights and all that a model's folder holds.

        Args:
            folder: Made here.
            dtype: Of the language model's weights.

        Raises:
            OSError: It cannot be written.
        """

    def number(self, key: tuple[Any, ...]) -> int:
        """A number for an image, the same for the same key, to tell image tokens apart."""
        return self._numbers.setdefault(key, len(self._numbers) + 1)

    def free(self) -> None:
        """Frees what is cached."""
        self._features.clear()
        free_memory()

    def _save_weights(self, folder: Path, dtype: str) -> None:
        """Writes the module tree, and what else the folder held besides weights."""
        import torch

        self.model.to(getattr(torch, dtype)).save_pretrained(folder)
        for name in _COPIED:
            if (self.folder / name).is_file():
                shutil.copyfile(self.folder / name, folder / name)

    def _kept(self, key: tuple[Any, ...], make: Callable[[], Found]) -> Found:
        """What was made of an image before, else what is made of it now."""
        found: Found | None = self._features.pop(key, None)
        if found is None:
            found = make()
        self._features[key] = found
        while len(self._features) > _CACHED_IMAGES:
            self._features.popitem(last=False)
        return found

    def _probe_text(self) -> Any:
        import torch

        decoder = self.decoder
        ids = torch.arange(PROBE_TOKENS, device=decoder.device)
        rotary = decoder.rotary(ids.expand(3, 1, -1))
        return decoder.run(
            decoder.embeddings(ids[None]), rotary, decoder.new_cache(PROBE_TOKENS), 0
        )
