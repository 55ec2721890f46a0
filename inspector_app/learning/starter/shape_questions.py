"""Questions about coloured shapes: counting, colours, comparison, places."""

from __future__ import annotations

from collections.abc import Callable

from inspector_app.domain.tasks import Task
from inspector_app.learning.starter.asker import Asked, Asker
from inspector_app.learning.starter.scene import COLOURS, SHAPES, Thing


def ask_count(a: Asker) -> Asked:
    return a.made("count", Task.VQA, str(len(a.scene.things)))


def ask_count_kind(a: Asker) -> Asked:
    names = a.words.names
    things = a.scene.things
    one = things[int(a.rng.integers(len(things)))]
    kind, colour = one.label, one.colour
    if a.rng.random() < 0.25:
        kind = str(a.rng.choice(SHAPES))
    if a.rng.random() < 0.15:
        colour = str(a.rng.choice(list(COLOURS)))
    which = int(a.rng.integers(3))
    if which == 0:
        count, text = sum(t.label == kind for t in things), _several(a, names[kind])
    elif which == 1:
        count = sum(t.colour == colour for t in things)
        text = a.words.answer("coloured", colour=names[colour], thing=_shapes_word(a))
    else:
        count = sum(t.label == kind and t.colour == colour for t in things)
        text = _several(a, a.coloured(kind, colour))
    return a.made("count_kind", Task.VQA, str(count), things=text)


def _several(a: Asker, name: str) -> str:
    if a.language != "en":
        return name
    return name + ("es" if name.endswith("ss") else "s")


def _shapes_word(a: Asker) -> str:
    return "shapes" if a.language == "en" else "hình"


def _unique(a: Asker, key: Callable[[Thing], str]) -> Thing | None:
    counts: dict[str, int] = {}
    for thing in a.scene.things:
        counts[key(thing)] = counts.get(key(thing), 0) + 1
    single = [thing for thing in a.scene.things if counts[key(thing)] == 1]
    return single[int(a.rng.integers(len(single)))] if single else None


def ask_colour_of(a: Asker) -> Asked | None:
    one = _unique(a, lambda thing: thing.label)
    if one is None:
        return None
    names = a.words.names
    return a.made("colour_of", Task.VQA, names[one.colour], thing=names[one.label])


def ask_shape_of(a: Asker) -> Asked | None:
    one = _unique(a, lambda thing: thing.colour)
    if one is None:
        return None
    names = a.words.names
    return a.made("shape_of", Task.VQA, names[one.label], colour=names[one.colour])


def ask_only(a: Asker) -> Asked | None:
    if len({(t.label, t.colour) for t in a.scene.things}) != 1:
        return None
    one = a.scene.things[0]
    kind = str(a.rng.choice(["only_shape", "only_colour"]))
    return a.made(kind, Task.VQA, a.words.names[one.label if kind == "only_shape" else one.colour])


def ask_exists(a: Asker) -> Asked:
    names = a.words.names
    one = a.scene.things[int(a.rng.integers(len(a.scene.things)))]
    kind, colour = one.label, one.colour
    if a.rng.random() < 0.6:
        kind = str(a.rng.choice(SHAPES))
    if a.rng.random() < 0.5:
        return a.made(
            "exists",
            Task.VQA,
            a.yes(any(t.label == kind for t in a.scene.things)),
            thing=names[kind],
        )
    there = any(t.label == kind and t.colour == colour for t in a.scene.things)
    return a.made("exists", Task.VQA, a.yes(there), thing=a.coloured(kind, colour))


def _pair(a: Asker) -> tuple[Thing, Thing] | None:
    counts: dict[str, int] = {}
    for thing in a.scene.things:
        counts[a.called(thing)] = counts.get(a.called(thing), 0) + 1
    single = [thing for thing in a.scene.things if counts[a.called(thing)] == 1]
    if len(single) < 2:
        return None
    one, other = a.rng.choice(len(single), 2, replace=False)
    return single[int(one)], single[int(other)]


def ask_bigger(a: Asker) -> Asked | None:
    pair = _pair(a)
    if pair is None:
        return None
    sizes = [(t.box[2] - t.box[0]) * (t.box[3] - t.box[1]) for t in pair]
    if max(sizes) < 1.3 * min(sizes):
        return None
    larger = pair[0] if sizes[0] > sizes[1] else pair[1]
    return a.made(
        "bigger", Task.VQA, a.called(larger), thing=a.called(pair[0]), other=a.called(pair[1])
    )


def _beside(a: Asker, kind: str, axis: int) -> Asked | None:
    pair = _pair(a)
    if pair is None:
        return None
    first, second = ((t.box[axis] + t.box[axis + 2]) / 2 for t in pair)
    if abs(first - second) < 10:
        return None
    return a.made(
        kind, Task.VQA, a.yes(first < second), thing=a.called(pair[0]), other=a.called(pair[1])
    )


def ask_find_shapes(a: Asker) -> Asked:
    names = a.words.names
    one = a.scene.things[int(a.rng.integers(len(a.scene.things)))]
    if a.rng.random() < 0.5:
        same = [t for t in a.scene.things if t.label == one.label]
        text = _several(a, names[one.label])
    else:
        same = [t for t in a.scene.things if a.called(t) == a.called(one)]
        text = _several(a, a.called(one))
    task = Task.DETECTION if a.rng.random() < 0.5 else Task.GROUNDING
    return a.boxed("find_shapes", task, [a.found(t) for t in same], things=text)


def ask_all_shapes(a: Asker) -> Asked:
    return a.boxed("all_shapes", Task.DETECTION, [a.found(t) for t in a.scene.things])


def ask_left_of(a: Asker) -> Asked | None:
    return _beside(a, "left_of", 0)


def ask_above(a: Asker) -> Asked | None:
    return _beside(a, "above", 1)
