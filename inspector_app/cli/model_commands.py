"""inspector models list | pull | check | remove."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from inspector_app.cli.console import ProgressLine, say, stop_on_interrupt, warn
from inspector_app.services import engines, models


def list_(options: argparse.Namespace) -> int:
    """Shows every card with its state."""
    for card in engines.cards():
        state = models.state(card)
        mark = "+" if state.ready else "-"
        say(f"{mark} {card.id:<22} {card.name}")
        say(f"    {card.summary}")
        say(f"    licence {card.licence}; needs about {card.memory_mb} MB; {state.text}")
    return 0


def pull(options: argparse.Namespace) -> int:
    """Fetches a model."""
    card = engines.card(options.id)
    line = ProgressLine()
    with stop_on_interrupt() as stop:
        for progress in models.pull(card, stop):
            line.show(progress)
        if stop.is_set():
            warn("Stopped; what was fetched is kept and the next pull goes on from there.")
            return 1
    say(f"{card.name}: {models.state(card).text}.")
    return 0


def check(options: argparse.Namespace) -> int:
    """Compares files with the cards."""
    cards = [engines.card(options.id)] if options.id else engines.cards()
    bad = 0
    for card in cards:
        state = models.state(card)
        troubles = models.check(card)
        bad += bool(troubles)
        for trouble in troubles:
            warn(f"{card.id}: {trouble}")
        if not troubles:
            say(f"{card.id}: {state.text if state.ready else f'not fetched: {state.text}'}")
    return 1 if bad else 0


def remove(options: argparse.Namespace) -> int:
    """Deletes what was fetched or made."""
    card = engines.card(options.id)
    freed = models.remove(card)
    say(f"{card.name}: {freed / 1e6:.1f} MB freed.")
    return 0


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "list": list_,
    "pull": pull,
    "check": check,
    "remove": remove,
}
