"""Confusion tables: cells hold items, rare names go together."""

from inspector_app.domain.evaluation import Item, confusion


def item(wanted: str, given: str, right: bool | None = True) -> Item:
    return Item("x.png", wanted, given, right)


def test_cells_hold_the_items() -> None:
    items = [
        item("good", "good"),
        item("defect", "good"),
        item("defect", "defect"),
        item("good", "", None),  # failed: nowhere
        item("good", "good"),
    ]
    table = confusion(items)
    assert table.wanted == ("defect", "good")
    assert table.given == ("defect", "good")
    assert table.items == (((2,), (1,)), ((), (0, 4)))


def test_rare_names_share_a_row() -> None:
    items = [item(f"answer {n}", "x") for n in range(5)] + [item("often", "often")] * 3
    table = confusion(items, most=3)
    assert table.wanted == ("often", "answer 0", "…")
    assert table.given == ("often", "x")
    assert [len(row[1]) for row in table.items] == [0, 1, 4]


def test_no_items() -> None:
    assert confusion([]).items == ()
