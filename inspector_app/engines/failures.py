"""What is said of a request that failed."""

from __future__ import annotations

from inspector_app.domain.engine import InspectRequest
from inspector_app.domain.events import Failed


def failure(
    request: InspectRequest, error: Exception, details: str, *, lacking: bool, again: bool
) -> Failed:
    """The last event of a request that failed.

    Args:
        request: Which.
        error: What happened.
        details: Technical text.
        lacking: Whether memory ran out.
        again: Whether smaller images were tried.
    """
    if not lacking:
        return Failed(
            request.id, f"The model failed: {type(error).__name__}: {error}.", "", details
        )
    tried = ", with smaller images too" if again else ""
    return Failed(
        request.id,
        f"Memory ran out while the model answered{tried}.",
        "Allow smaller images in the model's card, close other programs, or use a smaller model.",
        details,
    )
