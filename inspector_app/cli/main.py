"""Parses the command line and runs the command; exit codes 0 done, 1 failed, 2 bad input."""

from __future__ import annotations

import argparse
import errno
import io
import logging
import os
import re
import sys
from collections.abc import Sequence
from typing import NoReturn

from inspector_app import __version__
from inspector_app.cli import ask, asking, commands, inspecting, model_commands, reading, training
from inspector_app.cli.console import drop_rest, warn
from inspector_app.domain.documents import READERS
from inspector_app.domain.errors import BadInputError, InspectorError
from inspector_app.domain.tasks import Task

log = logging.getLogger(__name__)


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line instead of printing the whole usage."""

    def error(self, message: str) -> NoReturn:
        warn(f"{message[0].upper()}{message[1:]}. See: {self.prog} --help")
        sys.exit(2)


def build_parser() -> argparse.ArgumentParser:
    """Builds the parser of the stable command-line contract."""
    parser = _Parser(prog="inspector", description="Inspect parts and read documents.")
    parser.add_argument("--version", action="version", version=f"inspector {__version__}")
    sub = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)
    sub.add_parser("window", help="open the window (also without any command)")

    sub.add_parser("doctor", help="say what works here, and why not").set_defaults(
        run=commands.doctor
    )

    demo = sub.add_parser("demo", help="do the main job on the sample project, headless")
    demo.add_argument("--out", default="inspector-demo", metavar="DIR")
    demo.add_argument("--language", choices=("en", "vi"), default="en")
    demo.set_defaults(run=commands.demo)

    inspect = sub.add_parser("inspect", help="decide about images, or ask about them")
    inspect.add_argument("images", nargs="+", metavar="IMAGE")
    inspect.add_argument("--recipe", metavar="R.toml")
    inspect.add_argument("--engine", metavar="ID")
    inspect.add_argument("--task", choices=[task.value for task in Task])
    inspect.add_argument("--question", default="")
    inspect.add_argument("--box", metavar="x1,y1,x2,y2", help="region, in pixels of the original")
    inspect.add_argument("--page", type=int, metavar="N", help="of a PDF or TIFF, from 1")
    inspect.add_argument("--golden", metavar="IMAGE", help="golden image to compare with")
    inspect.add_argument("--language", choices=("en", "vi"), default="en")
    inspect.add_argument("--json", action="store_true")
    asking.add_options(inspect)
    inspect.set_defaults(run=inspecting.inspect)

    ask.add_parser(sub.add_parser("ask", help="ask a language engine in one of several ways"))

    fit = sub.add_parser("fit", help="golden images -> recipe with memory bank and limits")
    fit.add_argument("folder", metavar="GOOD_FOLDER", nargs="?")
    fit.add_argument("--manifest", metavar="M.jsonl", help="good images of its train split instead")
    fit.add_argument("--out", required=True, metavar="R.toml")
    fit.add_argument("--name", default="", help="product name")
    fit.add_argument("--false-alarm-rate", type=float, default=0.10, metavar="RATE")
    fit.add_argument("--comparison", action="store_true", help="also compare with the golden image")
    fit.add_argument("--no-bank", action="store_true", help="no memory bank, comparison only")
    fit.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="override a setting of the memory bank",
    )
    fit.add_argument("--language", choices=("en", "vi"), default="en")
    fit.set_defaults(run=commands.fit)

    batch = sub.add_parser("batch", help="inspect a folder into a project")
    batch.add_argument("folder", metavar="FOLDER")
    batch.add_argument("--recipe", required=True, metavar="R.toml")
    batch.add_argument("--project", required=True, metavar="P.inspect")
    batch.add_argument("--resume", action="store_true", help="go on; done images are skipped")
    batch.add_argument("--json", action="store_true")
    batch.set_defaults(run=commands.batch)

    reading.add_parser(sub.add_parser("read", help="read the text of document images and PDFs"))

    report = sub.add_parser("report", help="write reports of a project")
    report.add_argument("project", metavar="P.inspect")
    report.add_argument("--format", default="pdf,html,xlsx,csv,json,coco", metavar="LIST")
    report.add_argument("--out", required=True, metavar="DIR")
    report.add_argument("--language", choices=("en", "vi"), default="en")
    report.set_defaults(run=commands.report)

    evaluate = sub.add_parser("evaluate", help="measure an engine on a manifest")
    evaluate.add_argument("--manifest", required=True, metavar="M.jsonl")
    evaluate.add_argument("--split", default="test")
    evaluate.add_argument("--task", required=True, choices=("detect", "receipt", "vqa"))
    evaluate.add_argument(
        "--engine", default="", metavar="ID", help="anomaly by default, ocr for receipts"
    )
    evaluate.add_argument("--adapter", default="", metavar="ID", help="of a language engine")
    evaluate.add_argument(
        "--without-text", action="store_true", help="receipts: the engine sees the picture alone"
    )
    evaluate.add_argument("--recipe", metavar="R.toml")
    evaluate.add_argument(
        "--reader", choices=READERS, default=READERS[0], help="of the text of receipts"
    )
    evaluate.add_argument("--json", required=True, metavar="OUT")
    evaluate.set_defaults(run=commands.evaluate)

    compare = sub.add_parser("compare", help="compare two evaluations of the same data")
    compare.add_argument("first", metavar="A.json")
    compare.add_argument("second", metavar="B.json")
    compare.add_argument("--json", metavar="OUT")
    compare.add_argument("--judge", metavar="ENGINE", help="a language engine that gives points")
    compare.add_argument("--most", type=int, default=0, metavar="N", help="items judged; 0 for all")
    compare.add_argument("--language", default="en", choices=("en", "vi"), help="of the judge")
    compare.set_defaults(run=commands.compare)

    training.add_parser(sub.add_parser("train", help="fine-tune a model on your own data"))

    model_commands.add_parser(
        sub.add_parser("models", help="list, fetch, check, add or remove models and adapters")
    )

    benchmark = sub.add_parser("benchmark", help="measure speed and memory on this machine")
    benchmark.add_argument("--json", metavar="OUT")
    benchmark.add_argument("--rows", default="", metavar="LIST", help="only these rows")
    benchmark.set_defaults(run=commands.benchmark)
    return parser


def run(arguments: list[str]) -> int:
    """Runs one command; never raises, every trouble is said in a line."""
    try:
        if isinstance(sys.stdout, io.TextIOWrapper):
            # A file name may hold what the output's encoding does not.
            sys.stdout.reconfigure(errors="backslashreplace")
        code = _guarded(arguments)
        if code == 0 and sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        code = 0  # the reader of our output went away (for instance `| head`): not our failure
    except OSError as error:  # the output is full
        log.debug("details", exc_info=True)
        warn(_told(error))
        code = 1
    finally:
        drop_rest(sys.stdout)
        drop_rest(sys.stderr)
    return code


def _guarded(arguments: list[str]) -> int:
    parser = build_parser()
    try:
        options = parser.parse_args(_joined(arguments))
        logging.basicConfig(level=_level(), format="%(name)s: %(message)s")
        if options.command is None:
            parser.print_help()
            return 0
        return options.run(options)
    except SystemExit as exit_:
        return int(exit_.code or 0)
    except BadInputError as error:
        warn(str(error))
        return 1 if _is_full(error.__cause__) else 2
    except InspectorError as error:
        warn(str(error))
        return 1
    except KeyboardInterrupt:
        warn("Stopped.")
        return 1
    except OSError:
        raise
    except Exception as error:  # the last guard: nobody should have to read a traceback
        log.debug("details", exc_info=True)
        if os.strerror(errno.ENOSPC) in str(error):  # libraries that write files in other languages
            warn(_told(OSError(errno.ENOSPC, "")))
            return 1
        told = " ".join(f"{type(error).__name__}: {error}".split()).rstrip(".")
        warn(f"Something went wrong: {told}; run again with INSPECTOR_LOG=DEBUG for details.")
        return 1


def _is_full(error: BaseException | None) -> bool:
    return isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)


def _told(error: OSError) -> str:
    """Returns one line on what the system refused."""
    reason = error.strerror or str(error) or type(error).__name__
    name = error.filename2 or error.filename
    if _is_full(error):
        what = f"Cannot write {os.fsdecode(name)}" if name else "Cannot write the output or a file"
        return f"{what}: the disk is full. Free some space."
    what = f"Cannot use {os.fsdecode(name)}" if name else "Cannot read or write"
    return f"{what}: {reason[:1].lower()}{reason[1:].rstrip('.')}."


def _level() -> int:
    name = os.environ.get("INSPECTOR_LOG", "").strip().upper()
    return logging.getLevelNamesMapping().get(name, logging.WARNING)


def _joined(arguments: Sequence[str]) -> list[str]:
    """Joins `--box` to a value that begins with a minus, which else looks like an option."""
    joined: list[str] = []
    for argument in arguments:
        if joined and joined[-1] == "--box" and re.match(r"-[\d.]", argument):
            joined[-1] = f"--box={argument}"
        else:
            joined.append(argument)
    return joined
