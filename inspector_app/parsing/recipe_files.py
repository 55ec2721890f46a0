"""Recipe files: TOML that an engineer can read and diff."""

from __future__ import annotations

import hashlib
import os
import tempfile
import tomllib
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, cast

import tomli_w

from inspector_app.domain.errors import RecipeError
from inspector_app.domain.recipes import Recipe, Value
from inspector_app.domain.verdicts import Limits, RejectCode

_FORM = 1  # of the file; a newer one is refused


def read_recipe(path: str | Path) -> Recipe:
    """Reads a recipe; relative paths in it are taken from its folder.

    Raises:
        RecipeError: It is missing, broken, from a newer version, or names a file that is not there.
    """
    path = Path(path).resolve()
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise RecipeError(
            f"There is no recipe {path}.", "Make one with: inspector fit GOOD_FOLDER --out R.toml"
        ) from None
    except OSError as error:
        raise RecipeError(f"Cannot read the recipe {path.name}: {error.strerror}.") from error
    try:
        data = tomllib.loads(raw.decode("utf-8"))
        recipe = _from_data(data, path.parent)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RecipeError(
            f"The recipe {path.name} is not valid TOML: {error}.", "Mend the line it names."
        ) from error
    except KeyError as error:
        raise RecipeError(
            f"The recipe {path.name} lacks {error}.", "Add it, or fit the recipe again."
        ) from error
    except (TypeError, ValueError, AttributeError) as error:
        raise RecipeError(
            f"The recipe {path.name} says something impossible: {error}.", "Mend that line."
        ) from error
    return replace(recipe, path=str(path), sha256=hashlib.sha256(raw).hexdigest())


def write_recipe(recipe: Recipe, path: str | Path) -> Recipe:
    """Writes a recipe whole or not at all; returns it with its path and hash.

    Raises:
        RecipeError: The file cannot be written.
    """
    path = Path(path).resolve()
    text = tomli_w.dumps(_to_data(recipe, path.parent))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
            os.replace(name, path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise RecipeError(
            f"Cannot write the recipe {path}: {error.strerror}.",
            "Choose another folder or free some space.",
        ) from error
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    return replace(recipe, path=str(path), sha256=digest)


def _from_data(data: dict[str, Any], folder: Path) -> Recipe:
    if data.get("form", _FORM) > _FORM:
        raise ValueError("it was written by a newer version of the program")
    product = data["product"]
    codes = cast("list[dict[str, str]]", data.get("reject_codes", []))
    bank = data.get("bank", {})
    return Recipe(
        name=str(product["name"]),
        version=int(product["version"]),
        engine=str(product["engine"]),
        limits=Limits(**data["limits"]),
        golden=tuple(str(folder / image) for image in product.get("golden", [])),
        bank=str(folder / bank["file"]) if bank else "",
        bank_sha256=str(bank.get("sha256", "")),
        anomaly=_settings(data.get("anomaly", {})),
        comparison=_settings(data.get("comparison", {})),
        comparison_limits=(
            Limits(**data["comparison_limits"]) if "comparison_limits" in data else None
        ),
        reject_codes=tuple(RejectCode(code["code"], code["text"]) for code in codes),
        language=str(product.get("language", "en")),
        created=str(product.get("created", "")),
        notes=tuple(product.get("notes", [])),
    )


def _settings(table: dict[str, Value]) -> tuple[tuple[str, Value], ...]:
    return tuple(sorted(table.items()))


def _to_data(recipe: Recipe, folder: Path) -> dict[str, Any]:
    data: dict[str, Any] = {
        "form": _FORM,
        "product": {
            "name": recipe.name,
            "version": recipe.version,
            "engine": recipe.engine,
            "language": recipe.language,
            "created": recipe.created,
            "golden": [_relative(image, folder) for image in recipe.golden],
            "notes": list(recipe.notes),
        },
        "limits": asdict(recipe.limits),
    }
    if recipe.bank:
        data["bank"] = {"file": _relative(recipe.bank, folder), "sha256": recipe.bank_sha256}
    if recipe.anomaly:
        data["anomaly"] = dict(recipe.anomaly)
    if recipe.comparison:
        data["comparison"] = dict(recipe.comparison)
    if recipe.comparison_limits is not None:
        data["comparison_limits"] = asdict(recipe.comparison_limits)
    if recipe.reject_codes:
        data["reject_codes"] = [{"code": c.code, "text": c.text} for c in recipe.reject_codes]
    return data


def _relative(path: str, folder: Path) -> str:
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:  # another drive on Windows
        return str(path)
