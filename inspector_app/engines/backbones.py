"""Backbones by name: written once from a package, or fetched as a card says."""

from __future__ import annotations

from inspector_app.domain.cards import Card
from inspector_app.domain.errors import EngineError
from inspector_app.engines import registry
from inspector_app.engines.files import find_file, folder_of
from inspector_app.experts.backbones import BACKBONES, FeatureExtractor, export_backbone
from inspector_app.experts.token_backbone import TokenExtractor, TokenSpec


def open_backbone(name: str) -> FeatureExtractor:
    """Opens a backbone by its name in recipes.

    Raises:
        EngineError: There is no such backbone, or its file is not here; the message says how to
            get it.
    """
    if name in BACKBONES:
        return FeatureExtractor(export_backbone(name, folder_of(registry.card("anomaly"))))
    for card in registry.cards().values():
        options = dict(card.options)
        if card.kind == "anomaly" and options.get("backbone") == name:
            return _open_tokens(card, name, options)
    raise EngineError(
        f"There is no backbone named {name!r}.",
        f"Use one of: {', '.join([*BACKBONES, *_card_names()])}.",
    )


def _card_names() -> list[str]:
    names = (dict(card.options).get("backbone") for card in registry.cards().values())
    return [str(name) for name in names if name]


def _open_tokens(
    card: Card, name: str, options: dict[str, str | int | float | bool]
) -> FeatureExtractor:
    path = find_file(card, card.files[0])
    if path is None:
        raise EngineError(
            f"The file {card.files[0].name} of {card.name} is not here.",
            f"Fetch it with: inspector models pull {card.id}",
        )
    spec = TokenSpec(name, int(options.get("patch", 14)), int(options.get("leading", 1)))
    return TokenExtractor(path, spec)
