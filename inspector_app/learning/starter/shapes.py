"""Simple scenes: coloured shapes to count, to compare and to find."""

from __future__ import annotations

import numpy as np

from inspector_app.learning.starter import surface
from inspector_app.learning.starter.scene import COLOURS, SHAPES, Pixels, Scene, Thing
from inspector_app.learning.starter.surface import Rng

MOST = 6


def shapes(rng: Rng, size: tuple[int, int], *, held: bool = False) -> Scene:
    """Renders up to `MOST` shapes that do not touch.

    Args:
        rng: Source of chance.
        size: Width and height in pixels.
        held: A ground that the train split does not have.
    """
    shape = (size[1], size[0])
    count = int(rng.integers(1, MOST + 1))
    tone = np.full(3, rng.uniform(0.02, 1), np.float32)
    if rng.random() < 0.35:
        tone = rng.uniform(0, 1, 3).astype(np.float32)
    image = np.ones((*shape, 3), np.float32) * tone
    if held:
        image = image * surface.texture(rng, shape, "crosshatch")[..., None]
    elif rng.random() < 0.5:
        wide = float(rng.uniform(3, 60))
        image = image * (1 + 0.06 * surface.soft_noise(rng, shape, wide))[..., None]
    # Few colours and kinds in one picture make questions about several of them.
    kinds = rng.choice(SHAPES, min(len(SHAPES), int(rng.integers(1, 4))), replace=False)
    colours = [
        c
        for c in rng.permutation(list(COLOURS))
        if np.abs(np.array(COLOURS[str(c)]) - tone).max() > 0.28
    ][: int(rng.integers(1, 5))]
    things: list[Thing] = []
    taken = np.zeros(shape, bool)
    if not colours:
        colours = ["black" if tone.mean() > 0.5 else "white"]
    for _ in range(count * 6):
        if len(things) == count:
            break
        radius = float(rng.uniform(9, 30))
        x = float(rng.uniform(radius + 2, shape[1] - radius - 2))
        y = float(rng.uniform(radius + 2, shape[0] - radius - 2))
        kind, colour = str(rng.choice(kinds)), str(rng.choice(colours))
        drawn = outline(rng, shape, kind, (x, y), radius)
        near = surface.blurred(drawn, 2.0) > 0.02
        if (near & taken).any():
            continue
        taken |= near
        image += (surface.painted(colour, rng, 0.03) - image) * drawn[..., None]
        things.append(Thing(kind, drawn > 0.4, colour))
    order = sorted(things, key=lambda thing: (thing.box[1], thing.box[0]))
    pixels = surface.exposed(rng, image.astype(np.float32))
    return Scene(pixels, "shapes", things=tuple(order))


def outline(
    rng: Rng, shape: tuple[int, int], kind: str, at: tuple[float, float], radius: float
) -> Pixels:
    """A shape, 0..1."""
    turn = float(rng.uniform(0, 2 * np.pi))

    def polygon(corners: int, inner: float = 1.0, reach: float = radius) -> Pixels:
        return surface.filled(shape, surface.regular(at, reach, corners, turn, inner))

    if kind == "circle":
        return polygon(48)
    if kind == "ring":
        return polygon(48) * (1 - polygon(48, reach=radius * float(rng.uniform(0.45, 0.65))))
    if kind == "star":
        return polygon(5, float(rng.uniform(0.38, 0.48)))
    if kind == "cross":
        arm = float(rng.uniform(0.26, 0.36))
        quarter = np.array([(arm, 1), (arm, arm), (1, arm)], np.float32)
        points = np.concatenate(
            [
                quarter @ np.array([(c, s), (-s, c)], np.float32)
                for c, s in ((1, 0), (0, -1), (-1, 0), (0, 1))
            ]
        )
        tilt = float(rng.uniform(-0.4, 0.4))
        c, s = np.cos(tilt), np.sin(tilt)
        spun = points @ np.array([(c, s), (-s, c)], np.float32) * np.float32(radius * 0.9)
        return surface.filled(shape, spun + np.array(at, np.float32))
    if kind == "square":
        turn = float(rng.normal(0.785, 0.25))
        return polygon(4)
    return polygon(3)
