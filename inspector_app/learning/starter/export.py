"""Writes the averaged weights of a run as the model that ships, and as a test bench for it.

python -m inspector_app.learning.starter.export --run DIR --out models/starter
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path
from typing import Any

# What lies beside the weights, as in a released model's folder.
_FILES = (
    "config.json",
    "generation_config.json",
    "preprocessor_config.json",
    "tokenizer.json",
    "tokenizer_config.json",
)


def export(run: Path, out: Path) -> Path:
    """Writes the model in bfloat16.

    Args:
        run: Folder of `recipe`, with base/ and last.pt.
        out: Folder of the model; made if it is not there.

    Returns:
        Path of the weights.

    Raises:
        OSError: A file cannot be read or written.
    """
    import torch
    import transformers

    transformers.logging.set_verbosity_error()
    model: Any = transformers.AutoModelForImageTextToText.from_pretrained(
        run / "base", dtype=torch.float32
    )
    state = torch.load(run / "last.pt", weights_only=True, map_location="cpu")
    model.load_state_dict(state["average"])
    model.to(torch.bfloat16).save_pretrained(out)
    for name in _FILES:
        if name != "config.json":  # saved with the type of the weights
            shutil.copyfile(run / "base" / name, out / name)
    return out / "model.safetensors"


def main(arguments: list[str] | None = None) -> int:
    """Runs the command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    chosen = parser.parse_args(arguments)
    path = export(chosen.run, chosen.out)
    sys.stdout.write(f"{path}: {path.stat().st_size / 1e6:.1f} MB\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
