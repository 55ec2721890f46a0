"""Entry point: without a command the window, else the command line."""

from __future__ import annotations

import os
import sys

# Before anything can import onnxruntime: it reports to its makers otherwise.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
# Two inference threads on a loaded machine were twenty times slower than one.
os.environ.setdefault("OMP_NUM_THREADS", "1")


def main(arguments: list[str] | None = None) -> int:
    """Runs the program; returns the exit code (0 done, 1 failed, 2 bad input)."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if not arguments or arguments[0] == "window":
        from inspector_app.ui.app import run

        return run(arguments[1:])
    from inspector_app.cli.main import run as run_command

    return run_command(arguments)


if __name__ == "__main__":
    sys.exit(main())
