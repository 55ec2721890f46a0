"""Names inside LoRA files, which moved when transformers moved its modules.

transformers 4.52 renamed `model.layers` to `model.language_model.layers` and `visual` to
`model.visual`. An adapter of the other layout loads there with warnings only and then changes
nothing (colpali issue 424, peft issue 2574). Here a name that fits nowhere is an error.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from inspector_app.domain.errors import BadInputError

# Name of a layout: prefixes of the language model's and of the vision tower's modules.
LAYOUTS = {
    "transformers>=4.52": ("model.language_model.", "model.visual."),
    "transformers<4.52": ("model.", "visual."),
}
# Layers that adapters may hold whole: that of MiniGPT-v2 is trained so, as published.
WHOLE = ("llama_proj",)
_WHOLE = re.compile(
    r"(?:base_model\.model\.)?(?P<module>" + "|".join(WHOLE) + r")\.(?P<side>weight|bias)"
)
_KEY = re.compile(r"(?:base_model\.model\.)?(?P<module>.+)\.lora_(?P<side>[AB])(?:\.\w+)?\.weight")


@dataclass(frozen=True, slots=True)
class AdapterKey:
    """A tensor of a LoRA file: the module it belongs to, and what of it.

    Attributes:
        module: Name.
        side: "A" or "B" of a pair; "weight" or "bias" of a layer that is held whole.
    """

    module: str
    side: str

    @property
    def whole(self) -> bool:
        """Whether it takes the place of the model's own."""
        return self.side not in ("A", "B")


def read_key(key: str) -> AdapterKey:
    """Reads the name of a tensor.

    Raises:
        BadInputError: It is none of a plain LoRA.
    """
    found = _KEY.fullmatch(key) or _WHOLE.fullmatch(key)
    if found is None:
        raise BadInputError(
            f"The adapter holds {key}, which is no part of a LoRA.",
            "Save it again without modules_to_save and without biases, or merge it into its base.",
        )
    return AdapterKey(found["module"], found["side"])


def layout_of(modules: Iterable[str]) -> str:
    """Returns the layout that module names follow; empty if they follow none."""
    names = [name for name in modules if name not in WHOLE]
    for layout, prefixes in LAYOUTS.items():
        if names and all(name.startswith(prefixes) for name in names):
            return layout
    return ""


def remap(modules: Collection[str], known: Collection[str]) -> dict[str, str]:
    """Finds the modules of a model that an adapter's names mean.

    Args:
        modules: Names in the adapter.
        known: Names of the model's modules.

    Returns:
        Name in the adapter -> name in the model, for every name.

    Raises:
        BadInputError: A name fits nowhere in any known layout; nothing may be left unused.
    """
    known = frozenset(known)
    best: list[str] = sorted(modules)
    for source in LAYOUTS.values():
        for target in LAYOUTS.values():
            found = {name: _moved(name, source, target) for name in modules}
            unused = sorted(name for name, new in found.items() if new not in known)
            if not unused:
                return found
            best = min(best, unused, key=len)
    raise BadInputError(
        f"The adapter does not fit the model: {len(best)} of its {len(modules)} layers are not "
        f"there, for instance {best[0]}.",
        "Use it with the model it was trained on.",
    )


def _moved(name: str, source: tuple[str, str], target: tuple[str, str]) -> str:
    # The vision tower first: in the newer layout both prefixes begin alike.
    for old, new in reversed(list(zip(source, target, strict=True))):
        if name.startswith(old):
            return new + name[len(old) :]
    return name
