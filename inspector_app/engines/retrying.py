"""What is tried again when memory runs out, and what is said when that does not help."""

from __future__ import annotations

from dataclasses import replace

from inspector_app.domain.engine import InspectRequest
from inspector_app.domain.events import Failed
from inspector_app.imaging.model_pixels import PixelRule


def smaller(rule: PixelRule) -> PixelRule:
    """Half the pixels; the smallest size gives way with them."""
    side = (rule.patch * rule.merge) ** 2
    most = max(4 * side, rule.max_pixels // 2)
    return replace(rule, max_pixels=most, min_pixels=min(rule.min_pixels, most))


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
