"""The conversation about one image, as it is stored."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import uuid4

from inspector_app.domain.geometry import Box


@dataclass(frozen=True, slots=True)
class Message:
    """One message: the user's question or the engine's answer.

    Attributes:
        role: "user" or "assistant".
        status: "done", "cancelled" (partial text kept), or "failed".
        boxes: Regions the question was about.
        result_id: The result behind an answer.
    """

    image_id: str
    role: str
    text: str
    status: str = "done"
    boxes: tuple[Box, ...] = ()
    result_id: str | None = None
    id: str = field(default_factory=lambda: uuid4().hex)
    created: str = ""
