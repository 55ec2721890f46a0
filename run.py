#!/usr/bin/env python3
"""Sets the program up and starts it, or its tests. Standard library only; Python 3.11 or newer.

python3 run.py              set up, then the window (without a display: the same job headless)
python3 run.py test         set up, then lint, types, import contracts, translations, tests
python3 run.py COMMAND ...  set up, then any command of the program, for instance: doctor
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
LOCK = ROOT / "packaging" / "lock.txt"
LOCK_DEV = ROOT / "packaging" / "lock-dev.txt"

# Libraries that the Qt wheel expects of the system, and the Debian/Ubuntu package of each.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
}
# Needed besides those for a window on X11.
X11_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}


def main(arguments: list[str]) -> int:
    """Sets up, then does what the arguments ask; returns the exit code."""
    if sys.version_info < (3, 11):  # noqa: UP036 - the point is to say so clearly
        print(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
        return 2
    testing = arguments[:1] == ["test"]
    if not set_up(testing):
        return 1
    missing = missing_libraries(testing)
    packages = " ".join(sorted({(QT_LIBRARIES | X11_LIBRARIES)[name] for name in missing}))
    if arguments[:1] == ["libraries"]:
        print(packages)
        return 0
    if missing and (testing or has_display()):
        print(f"Qt needs system libraries that are not here: {', '.join(missing)}.")
        print(f"Install them with: sudo apt-get install -y {packages}")
        return 1
    if testing:
        return run_checks(arguments[1:])
    if not arguments:
        arguments = ["window", "--sample"]
        if not has_display():
            print("No display: doing the sample job without a window.", flush=True)
            arguments = ["demo"]
    return subprocess.call([str(PYTHON), "-m", "inspector_app", *arguments])


def set_up(testing: bool) -> bool:
    """Makes the virtual environment as the lock file says; quick when nothing changed."""
    locks = [LOCK, LOCK_DEV] if testing else [LOCK]
    stamp = VENV / (".dev" if testing else ".run")
    state = hashlib.sha256(b"".join(lock.read_bytes() for lock in locks)).hexdigest()
    state += sys.version.split()[0]
    if stamp.exists() and stamp.read_text() == state and PYTHON.exists():
        return True
    print(f"Setting up {VENV.name} (once; several hundred megabytes) ...", flush=True)
    if not PYTHON.exists() and subprocess.call([sys.executable, "-m", "venv", str(VENV)]):
        shutil.rmtree(VENV, ignore_errors=True)
        print(
            "Could not make the virtual environment. On Debian: sudo apt-get install python3-venv"
        )
        return False
    pip = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "-q"]
    requirements = [part for lock in locks for part in ("-r", str(lock))]
    if subprocess.call([*pip, *requirements]):
        print("Could not install the packages. Check the network or the package index and retry.")
        return False
    if subprocess.call([*pip, "--no-deps", "--no-build-isolation", "-e", str(ROOT)]):
        print("Could not install the program itself into the environment.")
        return False
    stamp.write_text(state)
    return True


def has_display() -> bool:
    """Whether a window can be shown."""
    if sys.platform.startswith("linux"):
        return bool(
            os.environ.get("DISPLAY")
            or os.environ.get("WAYLAND_DISPLAY")
            or os.environ.get("QT_QPA_PLATFORM")
        )
    return True


def missing_libraries(testing: bool) -> list[str]:
    """Names the system libraries that Qt needs and that cannot be loaded (Linux only)."""
    if not sys.platform.startswith("linux"):
        return []
    wanted = list(QT_LIBRARIES)
    if os.environ.get("DISPLAY") and not testing:  # the tests draw offscreen
        wanted += list(X11_LIBRARIES)
    code = (
        "import ctypes, sys\n"
        "for name in sys.argv[1:]:\n"
        "    try: ctypes.CDLL(name)\n"
        "    except OSError: print(name)\n"
    )
    done = subprocess.run(
        [str(PYTHON), "-c", code, *wanted], capture_output=True, text=True, check=False
    )
    return done.stdout.split()


def run_checks(extra: list[str]) -> int:
    """Runs every check in turn; the first failure ends the run."""
    environment = dict(
        os.environ,
        QT_QPA_PLATFORM=os.environ.get("QT_QPA_PLATFORM", "offscreen"),
        ORT_DISABLE_TELEMETRY="1",
        OMP_NUM_THREADS="1",
        PYTHONDONTWRITEBYTECODE="1",
    )
    checks = [
        ("lint", ["ruff", "check", "."]),
        ("format", ["ruff", "format", "--check", "."]),
        ("types", ["basedpyright"]),
        ("import contracts", ["lint-imports", "--no-cache"]),
        ("translations", ["python", "packaging/translations.py", "check"]),
        ("tests", ["python", "-m", "pytest", *extra]),
    ]
    if extra:
        checks = checks[-1:]
    for name, command in checks:
        print(f"== {name}", flush=True)
        code = subprocess.call([str(BIN / command[0]), *command[1:]], cwd=ROOT, env=environment)
        if code:
            print(f"== {name} failed", flush=True)
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
