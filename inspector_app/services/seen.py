"""What a language model sees of an image: the size after resizing, its tokens, and the picture.

The numbers come from the card alone, so that the window can tell them before anything is loaded.
NumPy and Pillow are imported when a picture is asked for.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from inspector_app.domain.cards import Card
from inspector_app.domain.images import ImageRef
from inspector_app.domain.loading import SeenImage

if TYPE_CHECKING:
    from inspector_app.imaging.image_rule import ImageRule

# Side of a patch in pixels, and patches a token has in each direction.
_SQUARE = "minigpt-v2"  # the one that sees a square of one size
_GRIDS = {"qwen2-vl": (14, 2), "qwen2.5-vl": (14, 2), "qwen3-vl": (16, 2)}
_MIN_TOKENS, _MAX_TOKENS = 256, 1280


def is_language(card: Card) -> bool:
    """Whether a card's model turns images into tokens in a way that is known here."""
    return card.dialect in _GRIDS or card.dialect == _SQUARE


def seen(card: Card, width: int, height: int, max_pixels: int = 0) -> SeenImage | None:
    """Returns what a card's model sees of an image; None when it is no language model.

    Args:
        card: The model's card.
        width: Width of the upright image, in pixels.
        height: Its height.
        max_pixels: Limit under which the model was loaded, when that is lower than the card's;
            0 for the card's own.

    Raises:
        ImageError: The image is too narrow for the model.
    """
    if not is_language(card) or width < 1 or height < 1:
        return None
    return image_rule(card, max_pixels).seen(width, height)


def preview(image: ImageRef, card: Card, max_pixels: int = 0) -> Any:
    """Returns the very picture that the model gets; callable from any thread.

    Args:
        image: The image.
        card: A language model's card.
        max_pixels: See `seen`.

    Returns:
        uint8 array `[height, width, 3]`, RGB.

    Raises:
        ImageError: The file cannot be read, or the image is too narrow for the model.
    """
    from inspector_app.imaging.decode import decode

    return image_rule(card, max_pixels).shrunk(
        decode(image.path, None, image.page, image.dpi).pixels
    )


def image_rule(card: Card, max_pixels: int = 0, tokens: int = 0, side: int = 0) -> ImageRule:
    """Returns how pictures are made for a language model, as its card says.

    Args:
        card: Its card.
        max_pixels: See `seen`.
        tokens: Of a picture at most, instead of what the card says; 0 for that.
        side: Of the square, for models that take those; 0 for the usual one.
    """
    from inspector_app.imaging.model_pixels import PixelRule
    from inspector_app.imaging.square_pixels import SquareRule

    options = dict(card.options)
    if card.dialect == _SQUARE:
        rule = SquareRule(squash=bool(options.get("squash", True)))
        return replace(rule, side=side) if side else rule
    patch, merge = _GRIDS[card.dialect]
    token = (patch * merge) ** 2
    low = int(options.get("min_tokens", _MIN_TOKENS)) * token
    high = int(options.get("max_tokens", _MAX_TOKENS)) * token
    if tokens:
        low, high = min(low, tokens * token), tokens * token
    if max_pixels:
        high = max(low, min(high, max_pixels))
    # Mean and deviation are left out: the picture is shown as it is before normalising.
    return PixelRule(min_pixels=low, max_pixels=high, patch=patch, merge=merge)
