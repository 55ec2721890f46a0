"""Settings: each declared once; only what differs from the default is saved."""

from __future__ import annotations

import getpass
import json
import logging
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from inspector_app.domain.documents import READERS
from inspector_app.domain.images import PDF_DPI, PDF_DPIS
from inspector_app.store.places import config_folder

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting.

    Attributes:
        key: Name in the file.
        default: Value when nothing is saved; its type is the setting's type.
        choices: Allowed values; empty for any value of the type.
        low: Smallest number allowed.
        high: Largest number allowed.
    """

    key: str
    default: Any
    choices: tuple[object, ...] = ()
    low: float | None = None
    high: float | None = None

    def accepts(self, value: object) -> bool:
        """Whether a value read from a file may be used."""
        kind = cast("type[object]", type(self.default))
        if kind is float and isinstance(value, int) and not isinstance(value, bool):
            value = float(value)
        if type(value) is not kind:
            return False
        if self.choices and value not in self.choices:
            return False
        if isinstance(value, int | float):
            return (self.low is None or value >= self.low) and (
                self.high is None or value <= self.high
            )
        return True


SETTINGS: dict[str, Setting] = {
    setting.key: setting
    for setting in (
        Setting("language", "system", ("system", "en", "vi")),
        Setting("theme", "system", ("system", "light", "dark")),
        Setting("operator", ""),
        Setting("engine", ""),  # card id; "" leaves the choice to the program
        Setting("adapter", {}),  # card id -> adapter id
        Setting("temperature", 0.0, low=0.0, high=1.5),  # of language engines
        Setting("sampling", {}),  # what is set besides: name in `domain.engine.Sampling` -> value
        Setting("system", ""),  # message before every question to a language engine; "" for its own
        Setting("false_alarm_rate", 0.10, low=0.001, high=0.5),
        Setting("heat_opacity", 0.55, low=0.0, high=1.0),
        Setting("lock_view", True),
        Setting("reader", READERS[0], READERS),  # of the text of documents
        Setting("pdf_dpi", PDF_DPI, PDF_DPIS),  # at which pages of PDFs are drawn
        Setting("read_schema", "receipt"),  # a name, the path of a JSON Schema file, or ""
        Setting("second_with_text", True),  # the language engine is shown what was read
        Setting("summary_long", False),
        Setting("summary_formal", True),
        Setting("recent", []),
        Setting("shortcuts", {}),
        Setting("first_start", True),
    )
}
RECENT_LENGTH = 10


class Settings:
    """The settings of this user; read once, written whole on every change."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or config_folder() / "settings.json"
        self._values: dict[str, Any] = {}
        try:
            saved = json.loads(self.path.read_text("utf-8"))
        except FileNotFoundError:
            return
        except (OSError, ValueError) as error:
            log.warning("settings ignored: %s: %s", self.path, error)
            return
        if isinstance(saved, dict):
            for key, value in cast("dict[str, object]", saved).items():
                if key in SETTINGS and SETTINGS[key].accepts(value):
                    self._values[key] = value

    def get(self, key: str) -> Any:
        """Returns a setting's value."""
        return self._values.get(key, SETTINGS[key].default)

    def set(self, key: str, value: Any) -> None:
        """Changes a setting and saves.

        Raises:
            ValueError: The value is not allowed.
        """
        setting = SETTINGS[key]
        if not setting.accepts(value):
            raise ValueError(f"{value!r} is not allowed for {key}")
        if value == setting.default:
            self._values.pop(key, None)
        else:
            self._values[key] = value
        self._save()

    @property
    def operator(self) -> str:
        """Name under which corrections are stored: the setting, else the login name."""
        name: str = self.get("operator")
        if name:
            return name
        try:
            return getpass.getuser()
        except (OSError, KeyError, ImportError):
            return "operator"

    def add_recent(self, path: str) -> None:
        """Puts a project first in the recent list."""
        recent = [path, *(item for item in self.get("recent") if item != path)]
        self.set("recent", recent[:RECENT_LENGTH])

    def _save(self) -> None:
        # A full or read-only disk must not stop the work; the setting then holds for this session.
        try:
            handle, name = tempfile.mkstemp(dir=self.path.parent, suffix=".part")
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(self._values, file, indent=2, ensure_ascii=False, sort_keys=True)
            os.replace(name, self.path)
        except OSError as error:
            log.warning("settings not saved: %s", error)
