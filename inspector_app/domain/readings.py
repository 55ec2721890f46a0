"""Readings as a project keeps them."""

from __future__ import annotations

from dataclasses import dataclass

from inspector_app.domain.documents import Reading, SecondReading


@dataclass(frozen=True, slots=True)
class StoredReading:
    """A reading with when it was made, under which schema, and of which file.

    Attributes:
        image_id: The image.
        schema: As it was asked for: a name, or the path of a file; empty for text alone.
        reading: What was read.
        created: UTC time, ISO 8601.
        sha256: Hash of the image file that was read; empty where it was not known.
    """

    image_id: str
    schema: str
    reading: Reading
    created: str
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class StoredSecond:
    """What a language engine read of an image, beside the reading under the same schema.

    Attributes:
        image_id: The image.
        schema: As the reading was asked for.
        second: What the engine gave.
        created: UTC time, ISO 8601.
    """

    image_id: str
    schema: str
    second: SecondReading
    created: str
