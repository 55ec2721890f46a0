"""The receipt checks itself: conflicts are named and mended only on paper."""

from __future__ import annotations

from inspector_app.domain.documents import Extraction
from inspector_app.parsing.documents.checks import check
from inspector_app.parsing.documents.extract import extract
from inspector_app.parsing.documents.misread import mend
from inspector_app.parsing.documents.wording import field_named, say_conflict

from .papers import paper

BASE = """
CỬA HÀNG THỬ
5 Lê Lợi, Quận 1, TP.HCM
Ngày: 12/01/2019
Tên hàng     SL    Đơn giá    Thành tiền
Bánh mì      2     {price}    {amount}
Sữa tươi     1     35.000     35.000
Tiền hàng                     {subtotal}
Giảm giá                      5.000
Tổng cộng                     {total} đ
Khách đưa                     100.000
Tiền thừa                     {change}
"""
RIGHT = {
    "price": "15.000", "amount": "30.000", "subtotal": "65.000", "total": "60.000",
    "change": "40.000",
}  # fmt: skip


def read(**changes: str) -> Extraction:
    return extract(paper(BASE.format(**(RIGHT | changes))))


def proposals(extraction: Extraction) -> dict[str, tuple[str, str] | None]:
    return {conflict.key: conflict.proposal for conflict in extraction.conflicts}


def test_what_agrees_has_no_conflict():
    assert read().conflicts == ()
    assert all(not field.conflict for field in read().fields)


def test_a_misread_total_is_found_by_parts_and_change():
    found = read(total="80.000")
    assert proposals(found) == {
        "total": ("total", "60.000 đ"),
        "change": ("total", "60.000 đ"),
    }
    assert found.field("total").value == 80000  # never changed by itself
    assert found.field("total").conflict
    (conflict, *_) = found.conflicts
    assert (conflict.found, conflict.expected) == (80000, 60000)
    assert set(conflict.fields) == {"subtotal", "discount", "total"}
    assert conflict.places


def test_a_misread_amount_is_found_by_line_and_sum():
    found = read(amount="80.000")
    assert proposals(found) == {
        "line_amount": ("items.0.amount", "30.000"),
        "items_sum": ("items.0.amount", "30.000"),
    }
    assert found.items[0][3].conflict == "line_amount"
    assert found.items[1][0].conflict == ""


def test_a_lost_digit_and_a_lost_mark():
    assert proposals(read(change="4.000"))["change"] == ("change", "40.000")
    found = read(total="6.000")
    assert proposals(found)["total"] == ("total", "60.000 đ")


def test_a_misread_price_leaves_the_amount_that_adds_up():
    assert proposals(read(price="13.000"))["line_amount"] == ("items.0.unit_price", "15.000")


def test_two_wrong_numbers_have_no_proposal():
    found = read(total="77.123")
    assert proposals(found)["total"] is None


def test_corrected_fields_are_checked_again():
    found = read(total="80.000")
    fields = tuple(
        type(f)(f.name, 60000, "60.000", f.score, f.places) if f.name == "total" else f
        for f in found.fields
    )
    mended = Extraction(found.schema, fields, found.items)
    assert check(mended).conflicts == ()


def english(*rows: str) -> Extraction:
    head = "TEA SHOP SDN BHD\nNO 1, JALAN SATU,\n43000 KAJANG\nItem  Qty  Price  Amount\n"
    return extract(paper(head + "Tea  2  5.00  10.00\nMilk  1  2.50  2.50\n" + "\n".join(rows)))


def test_tax_inside_the_prices_is_no_conflict():
    rows = ("Total incl. GST  RM 12.50", "GST SUMMARY  AMOUNT  TAX", "SR @6%  11.79  0.71")
    assert english(*rows).conflicts == ()
    assert english("Subtotal  11.79", "GST 6%  0.71", "Total  12.50").conflicts == ()


def test_rounding_to_five_cents_is_no_conflict():
    assert english("Subtotal  12.50", "Service 10%  1.25", "Total  13.75").conflicts == ()
    found = english("Subtotal  12.50", "GST 6%  0.77", "Total  13.30")
    assert found.conflicts == ()


def test_misread_digits():
    assert mend("80.000", 80000, 60000, 0.5) == (1.0, "60.000")
    assert mend("RM 17.90", 17.9, 11.9, 0.005) == (1.0, "RM 11.90")
    assert mend("RM 71.00", 71.0, 11.0, 0.005) == (1.0, "RM 11.00")
    assert mend("3390", 3390, 33.9, 0.005) == (1.5, "33.90")
    assert mend("12.00", 12.0, 99.0, 0.005) is None
    assert mend("", 0, 1, 0.1) is None


def test_sentences():
    found = read(total="80.000")
    for language in ("en", "vi"):
        for conflict in found.conflicts:
            sentence = say_conflict(conflict, found, language)
            assert "60" in sentence
            assert "{" not in sentence
    assert field_named(found, "items.1.amount").value == 35000
    assert field_named(found, "items.9.amount").value is None
