"""Fonts for rendered lines: where they come from, which are held out, what each can write.

No font is kept in the repository. Debian packages and the npm packages `@expo-google-fonts/*` carry
them under free licences; `find_fonts` takes what is installed and tells what is missing.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from inspector_app.experts.line_charset import ACCENTED, CHARSET

# Family as its files begin: package, licence. Packages that do not begin with "fonts-" are npm's
# "@expo-google-fonts/NAME".
FAMILIES: dict[str, tuple[str, str]] = {
    "Andika": ("fonts-sil-andika", "OFL-1.1"),
    "Anton": ("anton", "OFL-1.1"),
    "Arimo": ("arimo", "OFL-1.1"),
    "Barlow": ("barlow", "OFL-1.1"),
    "BarlowCondensed": ("barlow-condensed", "OFL-1.1"),
    "BarlowSemiCondensed": ("barlow-semi-condensed", "OFL-1.1"),
    "BeVietnamPro": ("be-vietnam-pro", "OFL-1.1"),
    "Carlito": ("fonts-crosextra-carlito", "OFL-1.1"),
    "CharisSIL": ("fonts-sil-charis", "OFL-1.1"),
    "ChivoMono": ("chivo-mono", "OFL-1.1"),
    "Comfortaa": ("fonts-comfortaa", "OFL-1.1"),
    "Cousine": ("fonts-croscore", "Apache-2.0"),
    "DejaVuSans": ("fonts-dejavu", "Bitstream Vera"),
    "DejaVuSansCondensed": ("fonts-dejavu", "Bitstream Vera"),
    "DejaVuSerif": ("fonts-dejavu", "Bitstream Vera"),
    "DejaVuSerifCondensed": ("fonts-dejavu", "Bitstream Vera"),
    "EBGaramond12": ("fonts-ebgaramond", "OFL-1.1"),
    "GeistMono": ("geist-mono", "OFL-1.1"),
    "GentiumPlus": ("fonts-sil-gentiumplus", "OFL-1.1"),
    "GoogleSansCode": ("google-sans-code", "OFL-1.1"),
    "IBMPlexMono": ("ibm-plex-mono", "OFL-1.1"),
    "Inconsolata": ("inconsolata", "OFL-1.1"),
    "Inter": ("fonts-inter", "OFL-1.1"),
    "JetBrainsMono": ("fonts-jetbrains-mono", "OFL-1.1"),
    "Lato": ("fonts-lato", "OFL-1.1"),
    "LeagueMono": ("fonts-league-mono", "OFL-1.1"),
    "Lora": ("lora", "OFL-1.1"),
    "Merriweather": ("merriweather", "OFL-1.1"),
    "MerriweatherSans": ("merriweather-sans", "OFL-1.1"),
    "Montserrat": ("montserrat", "OFL-1.1"),
    "Mplus1": ("fonts-mplus", "OFL-1.1"),
    "MplusCodeLatin50": ("fonts-mplus", "OFL-1.1"),
    "NotoSans": ("fonts-noto-core", "OFL-1.1"),
    "NotoSansDisplay": ("fonts-noto-core", "OFL-1.1"),
    "NotoSansMono": ("fonts-noto-mono", "OFL-1.1"),
    "NotoSerif": ("fonts-noto-core", "OFL-1.1"),
    "NotoSerifDisplay": ("fonts-noto-core", "OFL-1.1"),
    "Nunito": ("nunito", "OFL-1.1"),
    "OpenSans": ("fonts-open-sans", "Apache-2.0"),
    "Oswald": ("oswald", "OFL-1.1"),
    "OverpassMono": ("overpass-mono", "OFL-1.1"),
    "PlayfairDisplay": ("playfair-display", "OFL-1.1"),
    "Quicksand": ("fonts-quicksand", "OFL-1.1"),
    "Raleway": ("raleway", "OFL-1.1"),
    "Roboto": ("fonts-roboto-unhinted", "Apache-2.0"),
    "RobotoCondensed": ("roboto-condensed", "OFL-1.1"),
    "RobotoMono": ("roboto-mono", "Apache-2.0"),
    "RobotoSlab": ("roboto-slab", "Apache-2.0"),
    "SourceCodePro": ("source-code-pro", "OFL-1.1"),
    "SpaceMono": ("space-mono", "OFL-1.1"),
    "Tinos": ("fonts-croscore", "Apache-2.0"),
    "VT323": ("vt323", "OFL-1.1"),
    "Vollkorn": ("fonts-vollkorn", "OFL-1.1"),
}
# Families that training never sees.
HELD_OUT = {
    "val": ("BarlowSemiCondensed", "MerriweatherSans", "OverpassMono"),
    "test": ("OpenSans", "IBMPlexMono", "Lora", "Nunito", "RobotoCondensed"),
}
_WEIGHTS = (
    "regular",
    "bold",
    "medium",
    "semibold",
    "light",
    "italic",
    "bolditalic",
    "book",
    "oblique",
)
_SKIPPED = (
    "thin",
    "hairline",
    "extralight",
    "ultralight",
    "math",
    "outline",
    "black",
    "heavy",
    "extrabold",
)


@dataclass(frozen=True, slots=True)
class Font:
    """One font file.

    Attributes:
        path: The file.
        family: Key of `FAMILIES`.
        lacks: Characters of the charset that it cannot write.
    """

    path: str
    family: str
    lacks: frozenset[str]


def folders(extra: Path | None = None) -> list[Path]:
    """Where fonts are looked for: the system's, and npm packages under `extra`."""
    named = extra or Path(os.environ.get("INSPECTOR_LINE_FONTS", "fonts"))
    return [Path("/usr/share/fonts"), named / "node_modules" / "@expo-google-fonts"]


@cache
def find_fonts(split: str, extra: Path | None = None, per_family: int = 6) -> tuple[Font, ...]:
    """The fonts of a split that are installed, in a fixed order.

    Args:
        split: "train", "val" or "test".
        extra: Folder where npm packages are installed; by default `INSPECTOR_LINE_FONTS`.
        per_family: Files of one family at most.
    """
    held = {name: key for key, names in HELD_OUT.items() for name in names}
    by_family: dict[str, list[Path]] = {}
    for folder in folders(extra):
        for path in folder.rglob("*.[to]tf"):
            family = _family(path)
            if family in FAMILIES and held.get(family, "train") == split:
                by_family.setdefault(family, []).append(path)
    found: list[Font] = []
    for family, paths in sorted(by_family.items()):
        kept: dict[str, Path] = {}
        for path in sorted(paths, key=lambda p: (p.name.lower(), str(p))):
            weight = _weight(path)
            if weight in _WEIGHTS:
                kept.setdefault(weight, path)
        for weight in _WEIGHTS[:per_family]:
            if weight in kept:
                lacks = _lacking(kept[weight])
                if not any(c in lacks for c in ACCENTED):
                    found.append(Font(str(kept[weight]), family, lacks))
    return tuple(found)


def missing_families(extra: Path | None = None) -> list[str]:
    """Families of the table of which no file is installed, with the package that has them."""
    there = {font.family for split in ("train", "val", "test") for font in find_fonts(split, extra)}
    return [f"{name} ({FAMILIES[name][0]})" for name in FAMILIES if name not in there]


def _family(path: Path) -> str:
    return path.stem.replace(" ", "").replace("_", "-").split("-")[0]


def _weight(path: Path) -> str:
    tail = path.stem.replace(" ", "").replace("_", "-").split("-")[1:]
    text = "".join(part for part in tail).lower().lstrip("0123456789")
    text = text.replace("roman", "")
    if any(word in text for word in _SKIPPED):
        return ""
    if text in ("boldoblique", "regularitalic"):
        return {"boldoblique": "bolditalic"}.get(text, "italic")
    return text or "regular"


def _lacking(path: Path) -> frozenset[str]:
    from PIL import ImageFont

    font = ImageFont.truetype(str(path), 24, layout_engine=ImageFont.Layout.BASIC)
    absent = _picture(font, "\U0010fffd")
    return frozenset(c for c in CHARSET[1:] if _picture(font, c) in (absent, b""))


def _picture(font: Any, letter: str) -> bytes:
    return bytes(font.getmask(letter, mode="L"))
