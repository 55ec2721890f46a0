"""Row memory: how much a prompt of 2,000 tokens adds to the peak, in a process of its own each."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
from timing import Samples, make_row, peak_megabytes

TOKENS = 2000
UNIT = (
    "MB added to the peak by a prompt of 2,000 tokens, 151,936 words, fp32; baseline: forward of "
    "transformers with the logits of all positions, as a likelihood is usually taken"
)


def measure(folder: Path, quick: bool) -> list[dict[str, Any]]:
    """Measures the row."""
    values: dict[str, list[float]] = {"ours": [], "plain": []}
    last: dict[str, int] = {}
    for _ in range(1 if quick else 4):
        for side in ("ours", "plain", "plain", "ours"):
            done = subprocess.run(
                [sys.executable, __file__, side, str(folder)],
                check=True,
                capture_output=True,
                text=True,
            )
            told = json.loads(done.stdout.splitlines()[-1])
            values[side].append(told["grown"])
            last[side] = told["token"]
    samples = Samples(
        np.array(values["ours"]).reshape(-1, 2), np.array(values["plain"]).reshape(-1, 2)
    )
    return [make_row("memory", samples, UNIT, last["ours"] == last["plain"])]


def _child(side: str, folder: Path) -> None:
    import torch
    from language import pair, plain_inputs, prompt

    from inspector_app.engines.sequence import TokenSequence
    from inspector_app.learning.checkpoints import Sizes

    both = pair(folder, Sizes(64, 4, 4, 2, 176, 151_936, 32, 2, 2))
    asked = prompt(both.ours, "a " * TOKENS)
    assert len(asked) >= TOKENS
    inputs = plain_inputs(both.ours, asked, None)
    with torch.inference_mode():
        both.plain(**plain_inputs(both.ours, prompt(both.ours, "a"), None))
        before = peak_megabytes()
        if side == "plain":
            token = int(both.plain(**inputs).logits[0, -1].argmax())
        else:
            hidden = TokenSequence(both.ours.decoder).prefill(asked, 8)
            token = int(both.ours.decoder.logits(hidden)[0].argmax())
    grown = max(0.1, peak_megabytes() - before)
    print(json.dumps({"grown": grown, "token": token}))


if __name__ == "__main__":
    _child(sys.argv[1], Path(sys.argv[2]))
