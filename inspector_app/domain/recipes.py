"""Recipes: product, golden images, engine and limits under which a lot is inspected."""

from __future__ import annotations

from dataclasses import dataclass

from inspector_app.domain.verdicts import Limits, RejectCode

Value = str | int | float | bool


@dataclass(frozen=True, slots=True)
class Recipe:
    """A recipe as read from its TOML file.

    Attributes:
        name: Product name shown to people.
        version: Counts up with every change.
        engine: Card id of the engine that decides.
        limits: Verdict limits.
        golden: Absolute paths of the golden images to compare with by eye (first is the default).
        bank: Absolute path of the memory bank, empty when the engine needs none.
        bank_sha256: Its hash.
        anomaly: Settings of the memory bank, as fitted.
        comparison: Settings of the golden-image comparison; empty when it is off.
        comparison_limits: Its own limits; None when it is off.
        reject_codes: Codes offered when a person overrules.
        language: Language of prompts and reasons, "en" or "vi".
        created: UTC time, ISO 8601.
        notes: What `fit` had to say (one sentence each).
        path: Where the file lies.
        sha256: Hash of the file, recorded with every result.
    """

    name: str
    version: int
    engine: str
    limits: Limits
    golden: tuple[str, ...] = ()
    bank: str = ""
    bank_sha256: str = ""
    anomaly: tuple[tuple[str, Value], ...] = ()
    comparison: tuple[tuple[str, Value], ...] = ()
    comparison_limits: Limits | None = None
    reject_codes: tuple[RejectCode, ...] = ()
    language: str = "en"
    created: str = ""
    notes: tuple[str, ...] = ()
    path: str = ""
    sha256: str = ""

    @property
    def title(self) -> str:
        """Name and version as shown: "nut M8 v3"."""
        return f"{self.name} v{self.version}"
