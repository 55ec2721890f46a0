"""A small MiniGPT-v2, converted and loaded once; nobody changes a shared one."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from inspector_app.domain.conversions import ConvertRequest
from inspector_app.domain.loading import LoadReport
from inspector_app.engines.minigpt_convert import read_originals, write_model
from inspector_app.engines.minigpt_model import MiniGPTModel
from inspector_app.engines.minigpt_quirks import Quirks
from inspector_app.engines.model_images import ModelImage
from inspector_app.learning.minigpt_files import Files

Convert = Callable[..., Path]
Load = Callable[..., MiniGPTModel]


def request_for(files: Files, **changes: object) -> ConvertRequest:
    made = ConvertRequest(str(files.checkpoint), str(files.vit), str(files.llama))
    return replace(made, **changes)  # type: ignore[arg-type]


@pytest.fixture
def convert(minigpt_files: Files, tmp_path: Path) -> Convert:
    """`convert(files, lora=..., dtype=...)`: the folder of a model, without a card."""

    def made(files: Files = minigpt_files, **changes: object) -> Path:
        folder = tmp_path / f"model-{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        request = request_for(files, **changes)
        list(write_model(request, read_originals(request), folder, threading.Event()))
        return folder

    return made


@pytest.fixture(scope="session")
def load(minigpt_folder: Path) -> Load:
    """`load(folder, dtype="float32", two_bos=False, ...)`: a model of one's own."""

    def made(
        folder: Path = minigpt_folder, dtype: str = "float32", **quirks: object
    ) -> MiniGPTModel:
        report = LoadReport("cpu", dtype)
        return MiniGPTModel(folder, report, Quirks(**quirks))

    return made


@pytest.fixture(scope="session")
def mini(load: Load) -> MiniGPTModel:
    """The model with every published habit; its own LoRA pairs are not on."""
    return load()


def picture(model: MiniGPTModel, seed: int = 0, height: int = 60, width: int = 80) -> ModelImage:
    """A picture of noise."""
    pixels = np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)
    patches, grid = model.rule.patches(pixels)
    return ModelImage(("noise", seed), patches, grid, model.rule.seen(width, height))


def pixels_of(image: ModelImage) -> torch.Tensor:
    return torch.from_numpy(image.patches)[None]
