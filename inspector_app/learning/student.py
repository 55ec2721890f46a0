"""A model that learns: the engine's own, with a new adapter on it.

Prompts are written by the engine's code and answers in the middle of a run come from the engine's
loop, so that what is learned is what is asked later.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from inspector_app.domain.cards import Card
from inspector_app.domain.errors import EngineError
from inspector_app.domain.training import TrainConfig
from inspector_app.engines.adapter_store import WEIGHTS
from inspector_app.engines.adapters import AdapterSet
from inspector_app.engines.conversation import ChatTurn
from inspector_app.engines.language_engine import LanguageEngine
from inspector_app.engines.language_model import LanguageModel
from inspector_app.engines.model_images import ModelImage, ModelImages
from inspector_app.engines.sequence import Prompt
from inspector_app.learning.train_machine import RunMachine

NAME = "default"  # of the new adapter in peft, which writes it into no file


class Student(ABC):
    """See the module's docstring. A kind of model adds which layers learn and how images go in.

    Args:
        config: Of the run.
        card: Of the base.
        engine: Of the card; not loaded.
        folder: Of the base's files.
        machine: Where it runs.

    Attributes:
        model: As the engine has it.
        words: Texts that the engine asks with.
        peft: The module tree with the adapter, which is trained.
    """

    max_grad_norm = 1.0

    def __init__(
        self,
        config: TrainConfig,
        card: Card,
        engine: LanguageEngine,
        folder: Path,
        machine: RunMachine,
    ) -> None:
        import peft
        import torch

        self.config = config
        self.card = card
        self.words = engine.words("en")
        self._images = ModelImages()
        self.model: LanguageModel = engine.open_model(folder, machine.report, machine.min_pixels)
        own = engine.own_adapters(folder)
        if own:
            AdapterSet(self.model, own)
        self._own = list(getattr(self.model.model, "peft_config", {}))
        layers, whole = self.layers()
        settings = config.lora
        torch.manual_seed(config.seed)  # of the pairs' first values
        self.peft: Any = peft.get_peft_model(
            self.model.model,
            peft.LoraConfig(
                r=settings.rank,
                lora_alpha=settings.alpha,  # type: ignore[arg-type]  # peft takes any number
                lora_dropout=settings.dropout,
                target_modules=layers,
                modules_to_save=whole or None,
                bias="none",
            ),
            adapter_name=NAME,
        )
        self.switch_on()

    def load(self, path: str) -> ModelImage:
        """An image file as the tower takes it.

        Raises:
            ImageError: It cannot be read.
        """
        return self._images.get(path, 0, self.model.rule)[0]

    @property
    def network(self) -> Any:
        """The model of transformers inside."""
        return self.model.model

    def switch_on(self) -> None:
        """The new adapter learns; what the model was published with acts beside it, frozen."""
        from peft.tuners.lora import LoraLayer

        for layer in self.network.modules():
            if isinstance(layer, LoraLayer):
                names = [name for name in (*self._own, NAME) if name in layer.lora_A]
                layer.set_adapter(names)
        for name, weight in self.peft.named_parameters():
            weight.requires_grad = f".{NAME}." in name
            if weight.requires_grad:  # in 16 bits a step of 1e-5 would be rounded away
                weight.data = weight.data.float()

    def save(self, folder: Path) -> None:
        """Writes the new adapter as peft does.

        Raises:
            OSError: It cannot be written.
        """
        # Its name, not where it lies on this computer.
        self.peft.peft_config[NAME].base_model_name_or_path = self.card.base
        self.peft.save_pretrained(folder, selected_adapters=[NAME], save_embedding_layers=False)
        (folder / "README.md").unlink(missing_ok=True)  # peft's, with nothing in it

    def restore(self, folder: Path) -> None:
        """Takes over an adapter that `save` wrote.

        Raises:
            EngineError: It is not of the same layers.
        """
        import peft
        from safetensors.torch import load_file

        tensors = load_file(folder / WEIGHTS)
        expected = peft.get_peft_model_state_dict(
            self.peft, adapter_name=NAME, save_embedding_layers=False
        )
        if {name: tensor.shape for name, tensor in tensors.items()} != {
            name: tensor.shape for name, tensor in expected.items()
        }:
            raise EngineError(
                f"The adapter in {folder} is of other layers or another rank than this run.",
                "Set lora as it was there, or start anew.",
            )
        peft.set_peft_model_state_dict(self.peft, tensors, adapter_name=NAME)

    @abstractmethod
    def layers(self) -> tuple[list[str], list[str]]:
        """Names of the layers that get a low-rank pair, and of those that are learned whole."""

    @abstractmethod
    def prompt(self, turns: Sequence[ChatTurn], scope: tuple[str, ...]) -> Prompt:
        """A conversation as the engine writes it."""

    @abstractmethod
    def pictures(self, images: Sequence[str]) -> dict[str, Any]:
        """What a batch needs of its image files, in their order."""

    @abstractmethod
    def embed(self, network: Any, batch: dict[str, Any]) -> dict[str, Any]:
        """Arguments of the backbone for a batch."""


def linear_layers(network: Any, prefix: str) -> list[str]:
    """Names of the linear layers under a part of a model, adapters of the model's own left out."""
    import torch

    found: list[str] = []
    for name, layer in network.named_modules():
        base = getattr(layer, "base_layer", layer)
        inside = ".base_layer" in name or ".lora_" in name
        if name.startswith(prefix) and isinstance(base, torch.nn.Linear) and not inside:
            found.append(name)
    return found
