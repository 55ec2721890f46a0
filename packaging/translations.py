"""Translations: `update` reads the sources into the .ts files, `check` fails on stale ones.

python packaging/translations.py update    after changing a string; then translate and commit
python packaging/translations.py check     what `run.py test` runs
"""

from __future__ import annotations

import argparse
import ast
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "i18n"
LANGUAGES = ("en", "vi")


def main() -> int:
    """Runs the action; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("action", choices=("update", "check"))
    action = parser.parse_args().action
    return update() if action == "update" else check()


def update() -> int:
    """Merges the sources' strings into the .ts files and compiles them."""
    for language in LANGUAGES:
        path = FOLDER / f"inspector_{language}.ts"
        _lupdate(path, language)
        _release(path, path.with_suffix(".qm"))
        missing = unfinished(path, language)
        print(f"{path.name}: {len(missing)} unfinished")
    return 0


def check() -> int:
    """Fails when a string of the sources is missing, stale or unfinished, or a .qm is old."""
    known = {text for _, text in sources(FOLDER / f"inspector_{LANGUAGES[0]}.ts")}
    troubles = unseen(known)
    with tempfile.TemporaryDirectory() as name:
        for language in LANGUAGES:
            kept = FOLDER / f"inspector_{language}.ts"
            fresh = Path(name) / kept.name
            fresh.write_bytes(kept.read_bytes())
            _lupdate(fresh, language)
            if sources(fresh) != sources(kept):
                gone = sources(kept) - sources(fresh)
                new = sources(fresh) - sources(kept)
                troubles += [f"{kept.name}: new: {text!r}" for _, text in sorted(new)]
                troubles += [f"{kept.name}: no longer there: {text!r}" for _, text in sorted(gone)]
            troubles += [
                f"{kept.name}: unfinished: {text!r}" for text in unfinished(kept, language)
            ]
            compiled = Path(name) / "fresh.qm"
            _release(kept, compiled)
            qm = kept.with_suffix(".qm")
            if not qm.exists() or qm.read_bytes() != compiled.read_bytes():
                troubles.append(f"{qm.name}: older than {kept.name}")
    for trouble in troubles:
        print(trouble)
    if troubles:
        print("Run: python packaging/translations.py update, then translate what is unfinished.")
    return 1 if troubles else 0


def unseen(found: set[str]) -> list[str]:
    """Returns the texts of `tr` calls that lupdate overlooks, as it does within f-strings."""
    texts: list[str] = []
    for file in sorted((ROOT / "inspector_app" / "ui").glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            if node.func.attr == "tr" and node.args and isinstance(node.args[0], ast.Constant):
                text = node.args[0].value
                if text not in found:
                    texts.append(f"{file.name}:{node.lineno}: {text!r} is not found: take tr out")
    return texts


def sources(path: Path) -> set[tuple[str, str]]:
    """Returns the (context, source text) pairs of a .ts file, without those marked as gone."""
    found: set[tuple[str, str]] = set()
    for context in ET.parse(path).getroot().iter("context"):
        name = context.findtext("name") or ""
        for message in context.iter("message"):
            translation = message.find("translation")
            kind = translation.get("type") if translation is not None else None
            if kind not in ("vanished", "obsolete"):
                found.add((name, message.findtext("source") or ""))
    return found


def unfinished(path: Path, language: str) -> list[str]:
    """Returns the source texts without a whole translation (English: only plurals need one)."""
    found: list[str] = []
    for message in ET.parse(path).getroot().iter("message"):
        translation = message.find("translation")
        if translation is None or translation.get("type") in ("vanished", "obsolete"):
            continue
        plural = message.get("numerus") == "yes"
        if language == "en" and not plural:
            continue
        forms = [form.text or "" for form in translation.iter("numerusform")]
        texts = forms if plural else [translation.text or ""]
        if translation.get("type") == "unfinished" or not all(texts) or not texts:
            found.append(message.findtext("source") or "")
    return found


def _lupdate(path: Path, language: str) -> None:
    files = sorted(str(file) for file in (ROOT / "inspector_app" / "ui").glob("*.py"))
    files.append(str(FOLDER / "qt_texts.py"))
    _run(
        "pyside6-lupdate",
        *files,
        "-no-obsolete",
        "-locations",
        "none",
        "-source-language",
        "en",
        "-target-language",
        language,
        "-ts",
        str(path),
    )


def _release(path: Path, target: Path) -> None:
    _run("pyside6-lrelease", str(path), "-qm", str(target))


def _run(tool: str, *arguments: str) -> None:
    program = Path(sys.executable).with_name(tool)
    done = subprocess.run([program, *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{tool} failed: {done.stdout}{done.stderr}")


if __name__ == "__main__":
    sys.exit(main())
