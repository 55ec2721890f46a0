"""What a language engine fills in, beside what was read: places, made-up numbers, differences."""

from __future__ import annotations

import json
from typing import Any

import pytest

from inspector_app.domain.documents import SecondReading
from inspector_app.domain.errors import EngineError
from inspector_app.parsing.documents.extract import extract
from inspector_app.parsing.documents.schemas import load_schema
from inspector_app.parsing.documents.second import compare, same_value, strange_figures

from .papers import paper

TEXT = """
SUNRISE MARKET SDN BHD
12 JALAN MERAH, 50450 KUALA LUMPUR
Date: 05/11/2024 18:25
Green tea             12.50
Rice 5 kg             28.90
TOTAL RM              41.40
CASH                  50.00
CHANGE                 8.60
"""


def second(**values: Any) -> SecondReading:
    document = paper(TEXT)
    first = extract(document)
    told: dict[str, Any] = {field.name: field.value for field in first.fields}
    told["items"] = [{field.name: field.value for field in item} for item in first.items]
    told |= values
    return compare("qwen", json.dumps(told), document, first, load_schema("receipt"))


def test_the_same_fields_differ_in_nothing():
    found = second()
    assert found.differing == ()
    assert found.unseen == ()
    (total,) = found.extraction.field("total").places
    assert 0.6 < total.box.y1 < 0.9
    assert found.extraction.field("date").places
    assert found.extraction.field("shop").places


def test_a_number_that_nobody_saw_is_told():
    found = second(total=47.4)
    assert found.differing == ("total",)
    assert found.unseen == ("total",)
    assert found.extraction.field("total").places == ()


def test_a_number_that_stands_elsewhere_differs_and_was_seen():
    found = second(total=50.0)
    assert found.differing == ("total",)
    assert found.unseen == ()


def test_dates_are_seen_in_any_order_and_texts_without_case():
    assert second(date="2024-11-05", shop="Sunrise Market Sdn. Bhd.").differing == ()
    found = second(date="2023-01-09")
    assert found.unseen == found.differing == ("date",)


def test_rows_are_looked_at_too():
    rows = [{"name": "Green tea", "amount": 12.5}, {"name": "Milk", "amount": 99.99}, "no row"]
    found = second(items=rows)
    assert [item[0].value for item in found.extraction.items] == ["Green tea", "Milk"]
    assert found.unseen == ("items.1.amount",)
    assert found.differing == ("items.1.name", "items.1.amount")


def test_rows_stand_beside_those_of_the_reader():
    milk = {"name": "Milk", "amount": 8.6}
    rice = {"name": "Rice 5 kg", "amount": 28.9}
    found = second(items=[{"name": "Green tea", "amount": 12.5}, milk, rice])
    names = [item[0].value for item in found.extraction.items]
    assert names == ["Green tea", "Rice 5 kg", "Milk"]
    assert found.differing == ("items",)
    found = second(items=[rice])
    assert [item[0].value for item in found.extraction.items] == [None, "Rice 5 kg"]
    assert found.differing == ("items",)
    found = second(items=[rice, milk])  # as many rows: one of them was read differently
    assert [item[0].value for item in found.extraction.items] == ["Milk", "Rice 5 kg"]
    assert found.differing == ("items.0.name", "items.0.amount")


@pytest.mark.parametrize(
    "value", [None, True, [], {}, " ", 1e300, pytest.param(10**400, id="endless"), "N/A "]
)
def test_odd_values_are_no_fields_or_just_text(value: Any):
    found = second(total=value)
    assert found.extraction.field("total").value in (None, "N/A ")


@pytest.mark.parametrize("answer", ["", "no json", "[1]", "3"])
def test_an_answer_that_is_no_object_is_told(answer: str):
    document = paper(TEXT)
    with pytest.raises(EngineError, match="did not answer with fields"):
        compare("qwen", answer, document, extract(document), load_schema("receipt"))


def test_values_are_compared_by_what_they_mean():
    assert same_value(41.4, 41.40)
    assert same_value("KUALA LUMPUR", "Kuala-Lumpur")
    assert same_value(None, None)
    assert not same_value(41.4, None)
    assert not same_value(41.4, 41.5)


def test_figures_of_a_text_are_sought_in_the_fields():
    read = extract(paper(TEXT))
    known = "2 items, 5 November 2024 (05/11/2024), 18:25: 41.40, 41.4 or RM 50; 12 Jalan, 50450"
    assert strange_figures(known, read) == ()
    assert strange_figures("41.40 with 10 % off, 7.55 of it and 7.55 again", read) == ("10", "7.55")
