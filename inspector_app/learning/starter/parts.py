"""Rendered parts for the starter model: many outlines and finishes, eight kinds of defects."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from inspector_app.learning.starter import surface
from inspector_app.learning.starter.damage import Canvas, damage, marked, shaded
from inspector_app.learning.starter.scene import DEFECTS, Mask, Pixels, Scene, Thing
from inspector_app.learning.starter.surface import Rng

# Parts that fill the picture have no outline, so nothing can be chipped off it.
SHEETS = ("fabric", "tile", "wood", "metal sheet", "leather")
OUTLINED = ("nut", "washer", "disc", "plate", "gear", "bracket", "tablet", "cap")
HELD_SHEETS = ("mesh",)  # met in the test split alone
HELD_OUTLINED = ("flange", "wedge", "bar")
_METALS = ("grey", "grey", "brown", "yellow", "black", "white")
_ANY = ("red", "green", "blue", "yellow", "orange", "purple", "black", "white", "grey", "brown")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece that belongs on a part: a screw, a pad, a drilled hole."""

    points: Pixels
    colour: Pixels
    lift: float


def part(
    rng: Rng, size: tuple[int, int], *, held: bool = False, hardness: float = 0.5, good: float = 0.4
) -> Scene:
    """Renders a part.

    Args:
        rng: Source of chance.
        size: Width and height in pixels.
        held: Draws the parts and finishes that are kept for the test split.
        hardness: 0..1, how faint damage may be.
        good: Share of good parts.
    """
    shape = (size[1], size[0])
    outlined = HELD_OUTLINED if held else OUTLINED
    sheets = HELD_SHEETS if held else SHEETS
    sheet = rng.random() < 0.33
    name = str(rng.choice(sheets if sheet else outlined))
    strength = float(rng.uniform(1.0 - hardness, 1.0))
    colour = str(rng.choice(_ANY if sheet or rng.random() < 0.4 else _METALS))
    canvas = (
        _sheet(rng, shape, name, colour) if sheet else _outlined(rng, shape, name, colour, held)
    )
    canvas.strength = strength
    pieces = [] if sheet and rng.random() < 0.8 else _pieces(rng, canvas, name)
    wanted: list[str] = []
    if rng.random() >= good:
        kinds = [
            d for d in DEFECTS if (d != "chip" or not sheet) and (pieces or d not in _OF_PIECES)
        ]
        count = int(rng.choice([1, 1, 1, 1, 1, 2, 2, 3]))
        wanted = [str(kind) for kind in rng.choice(kinds, count)]
    things = _assembled(rng, canvas, pieces, [w for w in wanted if w in _OF_PIECES][:1])
    for kind in wanted:
        if kind in _OF_PIECES:
            continue
        mask = damage(rng, canvas, kind)
        if mask is not None and not any((mask & thing.mask).any() for thing in things):
            things.append(Thing(kind, mask))
        elif mask is not None:  # two that touch are one place to look at: the first names it
            things = [Thing(t.label, t.mask | mask) if (mask & t.mask).any() else t for t in things]
    image = surface.lit(rng, canvas.image, shaded(canvas, float(rng.uniform(0.9, 2.2))))
    pixels = surface.exposed(rng, image)
    order = sorted(things, key=lambda thing: (thing.box[1], thing.box[0]))
    return Scene(pixels, "part", name, colour, tuple(order))


_OF_PIECES = ("missing", "swapped")


def _sheet(rng: Rng, shape: tuple[int, int], name: str, colour: str) -> Canvas:
    make = {
        "fabric": surface.weave,
        "tile": surface.tiles,
        "wood": surface.wood,
        "mesh": surface.mesh,
    }.get(name)
    if make is not None:
        field = make(rng, shape)
    else:
        kind = "hammered" if name == "leather" else str(rng.choice(surface.TEXTURES[:4]))
        field = surface.texture(rng, shape, kind)
    image = surface.painted(colour, rng) * field[..., None]
    full = np.ones(shape, np.float32)
    ground = np.full((*shape, 3), rng.uniform(0, 0.2), np.float32)
    return Canvas(image.astype(np.float32), np.zeros(shape, np.float32), full, ground, 1.0)


def _outlined(rng: Rng, shape: tuple[int, int], name: str, colour: str, held: bool) -> Canvas:
    tone = rng.uniform(0.03, 0.95)
    ground = np.full((*shape, 3), tone, np.float32) * rng.normal(1, 0.04, 3).astype(np.float32)
    ground *= (1 + rng.uniform(0.01, 0.06) * surface.soft_noise(rng, shape, rng.uniform(2, 40)))[
        ..., None
    ]
    outline = _outline(rng, shape, name)
    paint = surface.painted(colour, rng)
    if abs(float(paint.mean()) - tone) < 0.14:  # a part must show against what it lies on
        ground = np.clip(ground + (0.3 if tone < 0.5 else -0.3), 0.02, 0.98).astype(np.float32)
    kind = str(
        rng.choice(surface.HELD_TEXTURES + surface.TEXTURES[:2] if held else surface.TEXTURES)
    )
    body = paint * surface.texture(rng, shape, kind)[..., None]
    if rng.random() < 0.6:  # a shadow on what it lies on
        shift = rng.uniform(-5, 5, 2)
        shadow = np.roll(outline, (int(shift[0]), int(shift[1])), (0, 1))
        ground *= (1 - rng.uniform(0.2, 0.6) * surface.blurred(shadow, rng.uniform(2, 5)))[
            ..., None
        ]
    image = ground + (body - ground) * outline[..., None]
    return Canvas(
        image.astype(np.float32),
        np.zeros(shape, np.float32),
        outline,
        ground.astype(np.float32),
        1.0,
    )


def _outline(rng: Rng, shape: tuple[int, int], name: str) -> Pixels:
    rows, columns = shape
    reach = min(rows, columns) * float(rng.uniform(0.33, 0.47))
    centre = (
        columns / 2 + float(rng.uniform(-0.5, 0.5)) * max(0.0, columns - 2.1 * reach),
        rows / 2 + float(rng.uniform(-0.5, 0.5)) * max(0.0, rows - 2.1 * reach),
    )
    turn = float(rng.uniform(0, 2 * np.pi))

    def polygon(corners: int, inner: float = 1.0, radius: float = reach) -> Pixels:
        return surface.filled(shape, surface.regular(centre, radius, corners, turn, inner))

    def block(half: tuple[float, float], shift: tuple[float, float] = (0, 0)) -> Pixels:
        corners = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)], np.float32)
        points = corners * np.array(half, np.float32) + np.array(shift, np.float32)
        c, s = np.cos(turn), np.sin(turn)
        spun = points @ np.array([(c, s), (-s, c)], np.float32)
        return surface.filled(shape, spun + np.array(centre, np.float32))

    bore = polygon(64, radius=reach * float(rng.uniform(0.3, 0.5)))
    if name == "nut":
        return polygon(6) * (1 - bore)
    if name == "washer":
        return polygon(64) * (1 - bore)
    if name in ("disc", "cap"):
        return polygon(64) if name == "disc" else polygon(18, 0.94)
    if name == "plate":
        if rng.random() < 0.5:
            turn = float(rng.normal(0, 0.06))
        return block((reach * 0.98, reach * float(rng.uniform(0.55, 0.75))))
    if name == "gear":
        return polygon(int(rng.integers(9, 16)), float(rng.uniform(0.78, 0.86))) * (1 - bore)
    if name == "bracket":
        arm = reach * float(rng.uniform(0.26, 0.36))
        upright = block((arm, reach * 0.9), (-reach * 0.6, 0))
        return np.maximum(upright, block((reach * 0.9, arm), (0, reach * 0.6)))
    if name == "tablet":
        half = reach * float(rng.uniform(0.4, 0.6))
        ends = [
            surface.filled(
                shape,
                surface.regular(
                    (
                        centre[0] + side * (reach - half) * float(np.cos(turn)),
                        centre[1] + side * (reach - half) * float(np.sin(turn)),
                    ),
                    half,
                    48,
                    0,
                ),
            )
            for side in (-1, 1)
        ]
        return np.maximum(block((reach - half, half)), np.maximum(*ends))
    if name == "flange":
        return np.maximum(polygon(3), polygon(64, radius=reach * 0.62)) * (1 - bore)
    if name == "wedge":
        return polygon(3)
    return block((reach, reach * float(rng.uniform(0.25, 0.4))))


def _pieces(rng: Rng, canvas: Canvas, name: str) -> list[Piece]:
    """Screws, pads or drilled holes in a regular pattern, where the part has room for all."""
    if rng.random() < 0.35 and name not in ("plate", "flange", "bar"):
        return []
    kind = str(rng.choice(["hole", "screw", "pad"]))
    colour = (
        np.full(3, rng.uniform(0.02, 0.12), np.float32)
        if kind == "hole"
        else surface.painted(str(rng.choice(["grey", "yellow", "white", "black", "green"])), rng)
    )
    if abs(float(colour.mean()) - float(canvas.image[canvas.part > 0.5].mean())) < 0.12:
        colour = np.clip(colour + (0.35 if colour.mean() < 0.5 else -0.35), 0, 1)
    lift = {"hole": -3.0, "screw": 2.5, "pad": 0.8}[kind]
    for _ in range(5):
        pieces = _pattern(rng, canvas, {"hole": 32, "screw": 6, "pad": 4}[kind])
        if pieces:
            return [Piece(points, colour, lift) for points in pieces]
    return []


def _pattern(rng: Rng, canvas: Canvas, corners: int) -> list[Pixels]:
    """Outlines of the pieces; empty if one of them does not fit."""
    ys, xs = np.nonzero(canvas.part > 0.5)
    middle = np.array((float(xs.mean()), float(ys.mean())), np.float32)
    reach = float(np.sqrt(len(xs) / np.pi))
    size = reach * float(rng.uniform(0.1, 0.17))
    if rng.random() < 0.55:
        radius = reach * float(rng.uniform(0.5, 1.0))
        count = int(rng.integers(4, 9))
        spots = surface.regular((0, 0), radius, count, float(rng.uniform(0, 6.28)))
    else:
        across, down = int(rng.integers(2, 5)), int(rng.integers(1, 4))
        gap = reach * float(rng.uniform(0.38, 0.6))
        xy = np.mgrid[0:across, 0:down].reshape(2, -1).T.astype(np.float32)
        spots = (xy - xy.mean(0)) * np.float32(gap)
        if len(spots) < 4:
            return []
    turn = 0.785 if corners == 4 else float(rng.uniform(0, 1))
    pieces = []
    for spot in spots:
        at = middle + spot
        points = surface.regular((float(at[0]), float(at[1])), size, corners, turn)
        place = surface.filled(canvas.shape, points) > 0.5
        edge = (canvas.shape[1] - 2, canvas.shape[0] - 2)
        if points.min() < 2 or (points.max(0) > edge).any() or not place.any():
            return []
        if (canvas.part[place] < 0.9).any():
            return []
        pieces.append(points)
    return pieces


def _assembled(rng: Rng, canvas: Canvas, pieces: list[Piece], wanted: list[str]) -> list[Thing]:
    """Puts the pieces on; one of them is left out or another one put in its place."""
    things: list[Thing] = []
    odd = int(rng.integers(len(pieces))) if pieces and wanted else -1
    for number, piece in enumerate(pieces):
        if number != odd:
            marked(canvas, piece.points, piece.colour, piece.lift)
            continue
        place: Mask = surface.filled(canvas.shape, piece.points) > 0.5
        if wanted[0] == "missing":
            if piece.lift > 0:  # where it was, the finish is paler or darker
                trace = surface.filled(canvas.shape, piece.points)
                canvas.image *= (1 + float(rng.choice([-0.25, 0.2])) * trace)[..., None]
            things.append(Thing("missing", place))
            continue
        middle = piece.points.mean(0)
        radius = float(np.linalg.norm(piece.points[0] - middle))
        corners = int(rng.choice([3, 4, 5, 32]))
        if corners == len(piece.points):
            corners = 3
        points = surface.regular((float(middle[0]), float(middle[1])), radius * 1.1, corners, 0.5)
        colour = surface.painted(str(rng.choice(["red", "blue", "orange", "purple"])), rng)
        mask = marked(canvas, points, colour, abs(piece.lift)) > 0.3
        things.append(Thing("swapped", mask))
    return things
