"""inspector models list | pull | check | remove | use | add, and the same for adapters."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace

from inspector_app.cli.console import ProgressLine, say, stop_on_interrupt, warn
from inspector_app.domain.conversions import DTYPES, LORA_FORMS, Converted, ConvertRequest
from inspector_app.domain.jobs import JobCancelled, Progress
from inspector_app.services import adapters, engines, models


def list_(options: argparse.Namespace) -> int:
    """Shows every card with its state."""
    for card in engines.cards():
        state = models.state(card)
        need = models.need(card)
        mark = "+" if state.ready else "-"
        say(f"{mark} {card.id:<22} {card.name}{' (added by you)' if card.own else ''}")
        say(f"    {card.summary}")
        if state.disk:
            disk = f"{_size(state.disk)} on disk; "
        else:
            how = "when converted" if models.convertible(card) else "to fetch"
            disk = f"about {_size(need.disk)} {how}; " if need.disk else ""
        memory = f"needs about {_size(need.memory)} of memory"
        say(f"    licence {card.licence}; {disk}{memory}; {state.text}")
        if state.folder:
            say(f"    folder {state.folder}")
        if "adapters" in card.abilities:
            names = ", ".join(adapter.id for adapter in adapters.adapters(card.id))
            say(f"    adapters: {names or 'none'}")
    for trouble in models.troubles():
        warn(trouble)
    return 0


def pull(options: argparse.Namespace) -> int:
    """Fetches a model."""
    card = engines.card(options.id)
    line = ProgressLine()
    with stop_on_interrupt() as stop:
        for progress in models.pull(card, stop):
            done, total = progress.done // 1_000_000, progress.total // 1_000_000
            line.show(replace(progress, done=done, total=total, text=f"MB, {progress.text}"))
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
        troubles += [
            f"the adapter {adapter.id} cannot be used: {trouble}."
            for adapter in adapters.adapters(card.id)
            if (trouble := adapters.verify(adapter))
        ]
        bad += bool(troubles)
        for trouble in troubles:
            warn(f"{card.id}: {trouble}")
        if not troubles:
            say(f"{card.id}: {state.text if state.ready else f'not fetched: {state.text}'}")
    for trouble in () if options.id else models.troubles():
        bad += 1
        warn(trouble)
    return 1 if bad else 0


def remove(options: argparse.Namespace) -> int:
    """Deletes what was fetched or made; a folder that the user chose is only forgotten."""
    card = engines.card(options.id)
    chosen = models.state(card).folder
    freed = models.remove(card)
    kept = f" {chosen} was left as it is." if chosen else ""
    say(f"{card.name}: {freed / 1e6:.1f} MB freed.{kept}")
    return 0


def use(options: argparse.Namespace) -> int:
    """Chooses the folder of a language model, or forgets it."""
    card = engines.card(options.id)
    if options.folder:
        models.use_folder(card.id, options.folder)
    else:
        models.forget_folder(card.id)
    say(f"{card.name}: {models.state(card).text}.")
    return 0


def add(options: argparse.Namespace) -> int:
    """Adds a checkpoint of the user's own."""
    card = models.add_folder(options.folder, options.name)
    say(f"{card.name} was added as {card.id}: {models.state(card).text}.")
    return 0


def convert(options: argparse.Namespace) -> int:
    """Turns published weights into a model that can be loaded."""
    from inspector_app.services.convert import run_convert

    request = ConvertRequest(
        options.checkpoint,
        options.vit,
        options.llama,
        options.out,
        options.id,
        options.name,
        options.lora,
        options.dtype,
        options.vit_heads,
    )
    line = ProgressLine()
    with stop_on_interrupt() as stop:
        for event in run_convert(request, stop):
            match event:
                case Progress(done=done, total=total, text=text) if total:
                    done, total = done // 1_000_000, total // 1_000_000
                    line.show(Progress(done, total, f"MB, {text}"))
                case Converted():
                    for note in event.notes:
                        warn(note)
                    say(f"{event.folder}: {_size(event.bytes)}. Ask it with: ")
                    say(f"    inspector inspect IMAGE --engine {event.card_id} --task detection")
                    return 0
                case JobCancelled():
                    warn("Stopped; nothing was changed.")
    return 1


def list_adapters(options: argparse.Namespace) -> int:
    """Shows the adapters of one model or of all."""
    card_id = engines.card(options.id).id if options.id else ""
    found = adapters.adapters(card_id)
    for adapter in found:
        say(f"{'-' if adapter.trouble else '+'} {adapter.id:<22} {adapter.name}")
        told = [f"for {adapter.base or 'an unknown model'}"]
        told += [f"trained on {adapter.base_model}"] if adapter.base_model else []
        told += [f"rank {adapter.rank}"] if adapter.rank else []
        told += [f"licence {adapter.licence}"] if adapter.licence else []
        told += [f"cannot be used: {adapter.trouble}"] if adapter.trouble else []
        say(f"    {'; '.join(told)}")
    if not found:
        say("There is no adapter. Add one with: inspector models add-adapter")
    return 0


def add_adapter(options: argparse.Namespace) -> int:
    """Copies an adapter to the others."""
    adapter = adapters.add(options.folder, options.id, options.name)
    say(f"{adapter.name} was added as {adapter.id}, for {adapter.base}.")
    return 0


def remove_adapter(options: argparse.Namespace) -> int:
    """Deletes an adapter that the user added."""
    adapters.remove(options.name)
    say(f"The adapter {options.name} was removed.")
    return 0


def merge(options: argparse.Namespace) -> int:
    """Writes a model with adapters merged in."""
    folder = adapters.merge(options.id, options.adapter, options.out, options.dtype)
    say(f"{folder}: written. Use it with: inspector models add {folder}")
    return 0


def add_parser(models_parser: argparse.ArgumentParser) -> None:
    """Adds the actions of `inspector models`; without one it lists."""
    models_parser.set_defaults(run=list_)
    actions = models_parser.add_subparsers(
        dest="action", metavar="ACTION", parser_class=type(models_parser)
    )

    def action(
        name: str, text: str, run: Callable[[argparse.Namespace], int]
    ) -> argparse.ArgumentParser:
        parser = actions.add_parser(name, help=text)
        parser.set_defaults(run=run)
        return parser

    action("list", "show all models", list_)
    action("pull", "fetch a model", pull).add_argument("id", metavar="ID")
    action("check", "compare files with their hashes", check).add_argument(
        "id", metavar="ID", nargs="?"
    )
    action("remove", "delete what was fetched", remove).add_argument("id", metavar="ID")
    parser = action("use", "read a language model from a folder you have", use)
    parser.add_argument("id", metavar="ID")
    parser.add_argument("folder", metavar="FOLDER", nargs="?", help="without it: forget the folder")
    parser = action("add", "add a fine-tuned model of your own", add)
    parser.add_argument("folder", metavar="FOLDER")
    parser.add_argument("--name", default="", help="name shown to people")
    parser = action("convert", "turn published weights into a model to load", convert)
    parser.add_argument("model", choices=("minigpt-v2",))
    parser.add_argument("--checkpoint", required=True, metavar="X.pth", help="trained weights")
    parser.add_argument("--vit", required=True, metavar="eva_vit_g.pth", help="vision tower")
    parser.add_argument("--llama", required=True, metavar="DIR", help="language model's folder")
    parser.add_argument("--out", default="", metavar="FOLDER", help="where to; else the cache")
    parser.add_argument("--id", default="", metavar="ID", help="minigpt-v2, or minigpt-v2-test")
    parser.add_argument("--name", default="", help="makes it a model of its own with this name")
    parser.add_argument(
        "--lora", choices=LORA_FORMS, default="adapter", help="keep the pairs beside, or add them"
    )
    parser.add_argument("--dtype", choices=DTYPES, default="keep", help="of the language model")
    parser.add_argument("--vit-heads", type=int, default=0, metavar="N", help="of a small tower")
    action("adapters", "show the adapters of a model", list_adapters).add_argument(
        "id", metavar="ID", nargs="?"
    )
    parser = action("add-adapter", "add a LoRA adapter to a model", add_adapter)
    parser.add_argument("id", metavar="ID")
    parser.add_argument("folder", metavar="FOLDER")
    parser.add_argument("--name", default="", help="name shown to people")
    parser = action("merge", "write a model with adapters merged in, for serving", merge)
    parser.add_argument("id", metavar="ID")
    parser.add_argument("adapter", metavar="ADAPTER", help='several joined by "+"')
    parser.add_argument("--out", required=True, metavar="FOLDER")
    parser.add_argument("--dtype", choices=("bfloat16", "float16", "float32"), default="bfloat16")
    action("remove-adapter", "delete an adapter you added", remove_adapter).add_argument(
        "name", metavar="NAME"
    )


def _size(count: int) -> str:
    return f"{count / 1e9:.1f} GB" if count >= 1_000_000_000 else f"{count / 1e6:.0f} MB"
