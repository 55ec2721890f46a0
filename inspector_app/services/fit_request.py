"""What to fit: apart from the fitting itself, which needs the experts and is slow to import."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from inspector_app.domain.errors import BadInputError
from inspector_app.domain.images import PDFS, SUFFIXES
from inspector_app.domain.recipes import Value
from inspector_app.experts.limits import images_needed
from inspector_app.learning.manifest import good, read_detect
from inspector_app.services.images import list_images

PROMISE_IMAGES = images_needed(0.10, 0.95)


@dataclass(frozen=True, slots=True)
class FitRequest:
    """What to fit.

    Attributes:
        images: Paths of good images.
        out: Path of the recipe to write; the bank is written beside it.
        name: Product name; the recipe's file name when empty.
        held_back: More good images, for the limits only.
        false_alarm_rate: Share of good parts that may go to review, 0..1.
        bank: Whether to learn a memory bank.
        settings: Overrides of the bank's settings, by name.
        comparison: Whether to compare with the golden image.
        comparison_settings: Overrides of the comparison's settings, by name.
        language: Language of the recipe's reasons and notes.
    """

    images: tuple[str, ...]
    out: str
    name: str = ""
    held_back: tuple[str, ...] = ()
    false_alarm_rate: float = 0.10
    bank: bool = True
    settings: tuple[tuple[str, Value], ...] = ()
    comparison: bool = False
    comparison_settings: tuple[tuple[str, Value], ...] = ()
    language: str = "en"


def request_from(
    *,
    folder: str | None,
    manifest: str | None,
    out: str,
    name: str,
    false_alarm_rate: float,
    overrides: Sequence[str],
    comparison: bool,
    bank: bool,
    language: str,
) -> FitRequest:
    """Builds a request from what the command line gives.

    Raises:
        BadInputError: No images, both or neither source, or a garbled override.
    """
    if (folder is None) == (manifest is None):
        raise BadInputError(
            "Give either a folder of good images or --manifest.", "See: inspector fit --help"
        )
    if not 0.0 < false_alarm_rate < 1.0:
        raise BadInputError(
            f"A false-alarm rate of {false_alarm_rate} is not between 0 and 1.",
            "Give for instance --false-alarm-rate 0.1",
        )
    held_back: tuple[str, ...] = ()
    if manifest is not None:
        samples = good(read_detect(manifest))
        images = tuple(sample.image for sample in samples if sample.split == "train")
        held_back = tuple(sample.image for sample in samples if sample.split == "val")
    else:
        images = tuple(sorted(list_images(folder or "", SUFFIXES - PDFS)))
    if not images and (bank or manifest is None):
        raise BadInputError(
            f"There is no good image in {folder or manifest}.",
            "Choose a folder with JPEG, PNG, TIFF, BMP or WebP files of good parts.",
        )
    bank_settings, comparison_settings = _overrides(overrides)
    return FitRequest(
        images,
        out,
        name,
        held_back,
        false_alarm_rate,
        bank,
        bank_settings,
        comparison,
        comparison_settings,
        language,
    )


def _overrides(
    items: Sequence[str],
) -> tuple[tuple[tuple[str, Value], ...], tuple[tuple[str, Value], ...]]:
    bank: list[tuple[str, Value]] = []
    comparison: list[tuple[str, Value]] = []
    for item in items:
        name, equals, text = item.partition("=")
        if not equals or not name:
            raise BadInputError(f"--set {item!r} is not NAME=VALUE.", "For instance: --set seed=1")
        table, _, rest = name.partition(".")
        if table == "comparison" and rest:
            comparison.append((rest, _value(text)))
        else:
            bank.append((name, _value(text)))
    return tuple(bank), tuple(comparison)


def _value(text: str) -> Value:
    if text.lower() in ("true", "false"):
        return text.lower() == "true"
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text
