"""Texts that are not the window's: files in resources/prompts, one table a language."""

from __future__ import annotations

import tomllib
from functools import cache

from inspector_app.domain.errors import BadInputError
from inspector_app.domain.paths import RESOURCES

LANGUAGES = ("en", "vi")


@cache
def texts(name: str, language: str) -> dict[str, str]:
    """Reads one table of `resources/prompts/NAME.toml`; English where a language is unknown.

    Raises:
        BadInputError: The file is missing or broken.
    """
    path = RESOURCES / "prompts" / f"{name}.toml"
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadInputError(
            f"The texts {path.name} cannot be read: {error}.", "Install the program again."
        ) from error
    table = data[language if language in LANGUAGES else "en"]
    return {str(key): str(value) for key, value in table.items()}
