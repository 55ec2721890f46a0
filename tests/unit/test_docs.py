"""The documents are true: links, commands, keys and settings in them exist in the program."""

from __future__ import annotations

import argparse
import re
import shlex
import subprocess
from dataclasses import fields
from pathlib import Path
from urllib.parse import unquote

import pytest

from inspector_app.cli.main import build_parser
from inspector_app.domain.recipes import Recipe
from inspector_app.domain.verdicts import Limits, RejectCode
from inspector_app.experts.comparison import ComparisonSettings
from inspector_app.experts.settings import AnomalySettings
from inspector_app.parsing.recipe_files import write_recipe
from inspector_app.services.report import FORMATS
from inspector_app.ui.actions import ENTRIES

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "guide.md"
RECIPE = ROOT / "docs" / "recipe.md"
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_CODE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`[^`\n]*`")
# What a standard key is on most systems; Qt's own answer depends on the desktop.
_STANDARD = {
    "StandardKey.Open": "Ctrl+O",
    "StandardKey.Save": "Ctrl+S",
    "StandardKey.Quit": "Ctrl+Q",
    "StandardKey.Undo": "Ctrl+Z",
    "StandardKey.Redo": "Ctrl+Shift+Z",
    "StandardKey.Paste": "Ctrl+V",
    "StandardKey.Find": "Ctrl+F",
}


def documents() -> list[Path]:
    """The Markdown files of the repository: tracked or new, but not what git ignores."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z", "-c", "-o", "--exclude-standard", "*.md"],
            cwd=ROOT,
            capture_output=True,
            check=True,
        ).stdout.decode("utf-8")
        found = [ROOT / name for name in listed.split("\0") if name]
    except (OSError, subprocess.CalledProcessError):  # not a checkout: an unpacked archive
        found = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    return sorted(path for path in set(found) if path.is_file())


def prose(path: Path) -> str:
    """The text without code."""
    return _INLINE.sub("", _CODE.sub("", path.read_text("utf-8")))


def anchors(path: Path) -> set[str]:
    """The anchors that GitHub gives the headings of a file."""
    text = _CODE.sub("", path.read_text("utf-8"))
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def code_lines(path: Path) -> list[str]:
    """The lines of the code blocks, fenced and indented."""
    text = path.read_text("utf-8")
    fenced = [line for block in _CODE.findall(text) for line in block.splitlines()]
    return [*fenced, *re.findall(r"^ {4}(\S.*)$", _CODE.sub("", text), re.MULTILINE)]


def commands(inline: bool = False) -> list[tuple[str, str]]:
    """The `inspector ...` lines of the documents, with the file's name.

    Args:
        inline: Those that are named in running text instead of those in code blocks.
    """
    found: set[tuple[str, str]] = set()
    for path in documents():
        spans = (
            span.strip("`") for span in _INLINE.findall(_CODE.sub("", path.read_text("utf-8")))
        )
        for line in spans if inline else code_lines(path):
            line = re.split(r" {3,}", line.strip())[0]  # what stands further right explains it
            line = line.removeprefix("$ ").removeprefix(".venv/bin/")
            if re.match(r"inspector +[a-z-]", line):
                found.add((path.relative_to(ROOT).as_posix(), line))
    return sorted(found)


def table(path: Path, heading: str) -> list[list[str]]:
    """The cells of the tables under a heading, without head and rule."""
    section = path.read_text("utf-8").split(f"\n## {heading}", 1)[1].split("\n## ", 1)[0]
    rows = [
        [cell.strip() for cell in line.strip().strip("|").split("|")]
        for line in section.splitlines()
        if line.startswith("|")
    ]
    return [row for row in rows[1:] if not set(row[0]) <= set("-: ")]


def named(path: Path, heading: str) -> list[str]:
    return [row[0].strip("`") for row in table(path, heading)]


@pytest.mark.parametrize("path", documents(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_and_images_exist(path: Path):
    missing: list[str] = []
    for target in _LINK.findall(prose(path)):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = unquote(target).partition("#")
        file = (path.parent / name).resolve() if name else path
        if not file.exists() or (anchor and anchor not in anchors(file)):
            missing.append(target)
    assert not missing


def test_there_are_commands():
    assert len(commands()) > 20


@pytest.mark.parametrize(("where", "line"), commands())
def test_commands_in_code_blocks_parse(where: str, line: str, capsys: pytest.CaptureFixture[str]):
    words = shlex.split(line, comments=True)[1:]
    if words[0] == "window":
        return  # its arguments are parsed by the window
    try:
        options = build_parser().parse_args(words)
    except SystemExit:
        pytest.fail(f"{where}: {line}\n{capsys.readouterr().err}")
    if options.command == "report":
        assert set(options.format.split(",")) <= set(FORMATS)
    for name in (item.partition("=")[0] for item in getattr(options, "set", [])):
        table_, _, rest = name.rpartition(".")
        assert rest in _settings(ComparisonSettings if table_ else AnomalySettings)


@pytest.mark.parametrize(("where", "line"), commands(inline=True))
def test_commands_in_the_text_exist(where: str, line: str):
    """In running text a command is named, with some of its options or with `...`."""
    words = line.split()[1:]
    if words[0] == "COMMAND":
        return
    parser = build_parser()
    while words and (choices := _choices(parser)):
        if words[0].startswith("-"):
            break
        assert words[0] in choices, f"{where}: {line}"
        parser = choices[words.pop(0)]
    known = {option for action in parser._actions for option in action.option_strings}
    assert {word for word in words if word.startswith("-")} <= known, f"{where}: {line}"


def _choices(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            return action.choices
    return {}


def _settings(kind: type) -> set[str]:
    return {field.name for field in fields(kind)}


def test_keys_are_those_of_the_program():
    wanted = [
        [
            entry.text.replace("&", "").rstrip("…"),
            ", ".join(dict.fromkeys(_STANDARD.get(key, key) for key in entry.keys)) or "–",
            f"`{entry.name}`",
        ]
        for entry in ENTRIES
    ]
    assert table(GUIDE, "9. Keys") == wanted


@pytest.mark.parametrize(
    ("heading", "kind"),
    [("`[anomaly]`", AnomalySettings), ("`[comparison]`", ComparisonSettings)],
)
def test_every_setting_is_documented_with_its_default(heading: str, kind: type):
    told = {row[0].strip("`"): row[1].strip("`") for row in table(RECIPE, heading)}
    assert set(told) == _settings(kind)
    for name, default in kind().to_dict().items():
        shown = str(default).lower() if isinstance(default, bool) else f"{default}"
        assert told[name] in (shown, shown.removesuffix(".0")), name


def test_every_key_of_a_recipe_file_is_documented(tmp_path: Path):
    import tomllib

    limits = Limits(1.0, 2.0, 3.0)
    recipe = Recipe(
        "nut",
        1,
        "anomaly",
        limits,
        bank=str(tmp_path / "nut.bank.safetensors"),
        anomaly=(("seed", 0),),
        comparison=(("contrast", 40.0),),
        comparison_limits=limits,
        reject_codes=(RejectCode("S1", "scratch"),),
    )
    data = tomllib.loads(Path(write_recipe(recipe, tmp_path / "r.toml").path).read_text("utf-8"))
    text = RECIPE.read_text("utf-8")
    product = {key for key, value in data.items() if not isinstance(value, dict | list)}
    assert set(named(RECIPE, "Top and")) == product | set(data["product"])
    assert set(named(RECIPE, "`[limits]`")) == set(data["limits"])
    assert set(named(RECIPE, "`[bank]`")) == set(data["bank"])
    for key in data.keys() - product:
        assert f"[{key}]" in text, key


def test_every_report_format_is_in_the_guide():
    assert named(GUIDE, "5. Reports") == list(FORMATS)
