"""Labels and rows as shops of several trades print them, laid out in two columns."""

from __future__ import annotations

import pytest

from inspector_app.domain.documents import Document, Extraction, Page, TextLine
from inspector_app.domain.geometry import Box
from inspector_app.parsing.documents.extract import extract

HEAD = "Tiệm Hoa Lá\nĐC: 12 Lê Lợi, P. 3, TP. Vinh"
GOODS = "Nến thơm | 60.000\nBình gốm | 50.000"


def read(*parts: str) -> Extraction:
    """Rows from above; what stands behind a bar ends at the right edge."""
    lines: list[TextLine] = []
    for number, row in enumerate("\n".join(parts).split("\n")):
        y = 0.02 + 0.04 * number
        label, _, value = row.partition(" | ")
        lines.append(TextLine(label, Box(0.1, y, 0.1 + 0.018 * len(label), y + 0.022)))
        if value:
            lines.append(TextLine(value, Box(0.9 - 0.018 * len(value), y, 0.9, y + 0.022)))
    return extract(Document("x.png", (Page(0, 800, 1400, tuple(lines)),)))


@pytest.mark.parametrize(
    ("name", "row", "value"),
    [
        ("number", "Mã phiếu: | HD12345", "HD12345"),
        ("number", "Mã đặt vé | 88012024", "88012024"),
        ("number", "Số đơn: HD831409", "HD831409"),
        ("number", "Số GD: 12345678", "12345678"),
        ("number", "Số đơn vị: 3", None),
        ("cashier", "Người lập: Lê Văn An", "Lê Văn An"),
        ("cashier", "NV bán vé | Lê Văn An", "Lê Văn An"),
        ("cashier", "Lễ tân: Lê Văn An", "Lê Văn An"),
        ("cashier", "Bán hàng: Lê Văn An", "Lê Văn An"),
        ("cashier", "Bán hàng tận tâm", None),
        ("cashier", "Bán hàng: 0912 345 678", None),
        ("phone", "Liên hệ: 0912 345 678", "0912345678"),
        ("phone", "Đặt phòng: 0912 345 678", "0912345678"),
        ("phone", "SĐT khách: 0912 345 678", None),
        ("cashier", "LÊ TẤN PHÁT", None),
        ("cashier", "NGƯỜI THỤ HƯỞNG: LÊ AN", None),
    ],
)
def test_what_a_row_of_the_head_says(name: str, row: str, value: str | None):
    found = read(HEAD, row, GOODS, "Tổng cộng | 110.000")
    assert found.field(name).value == value
    assert [item[0].value for item in found.items] == ["Nến thơm", "Bình gốm"]


def test_sums_of_the_goods_are_no_goods():
    found = read(
        HEAD, GOODS, "Cộng tiền dịch vụ | 110.000", "Phí phục vụ (5%) | 5.500",
        "Thuế VAT (8%) | 9.240", "TỔNG THANH TOÁN | 124.740", "Quẹt thẻ | 124.740",
    )  # fmt: skip
    sums = {f.name: f.value for f in found.fields if f.value is not None}
    assert len(found.items) == 2
    assert sums["subtotal"] == 110_000
    assert (sums["service"], sums["tax"]) == (5_500, 9_240)
    assert (sums["total"], sums["paid"]) == (124_740, 124_740)


@pytest.mark.parametrize(
    "labels", [("Tổng cộng", "Tiền giảm", "THANH TOÁN"), ("Cộng", "Bớt", "TỔNG")]
)
def test_what_is_left_after_a_discount_is_the_total(labels: tuple[str, str, str]):
    goods, off, total = labels
    found = read(HEAD, GOODS, f"{goods} | 110.000", f"{off} | 11.000", f"{total} | 99.000")
    names = ("subtotal", "discount", "total", "paid")
    assert [found.field(name).value for name in names] == [110_000, 11_000, 99_000, None]


def test_contained_tax_small_rounding_and_change():
    found = read(
        HEAD, GOODS, "Tổng tiền hàng | 110.000", "Làm tròn | -62", "Tổng thanh toán | 109.938",
        "Trong đó VAT 8% | 8.144", "Tiền mặt | 110.000", "Trả khách | 62",
    )  # fmt: skip
    assert found.field("rounding").value == -62
    assert found.field("tax").value == 8_144
    assert found.field("total").value == 109_938


def test_a_good_whose_name_is_like_a_discount_is_a_good():
    found = read(HEAD, "Giặt giày 2 x 30.000 | 60.000", "Giặt mền | 50.000", "Tổng tiền | 110.000")
    assert found.field("discount").value is None
    assert [item[3].value for item in found.items] == [60_000, 50_000]


def test_an_address_ends_before_the_number_to_be_called_by():
    found = read(f"{HEAD}, Nghệ An", "STT: 086", "Mang đi", "Số đơn: HD8", GOODS, "Tổng | 110.000")
    assert found.field("address").value == "12 Lê Lợi, P. 3, TP. Vinh, Nghệ An"


def test_a_name_too_long_for_the_paper_goes_on():
    name = "CÔNG TY TNHH MỘT THÀNH VIÊN VĂN HÓA HOA LÁ"
    lines = [
        TextLine(name, Box(0.1, 0.02, 0.9, 0.05)),
        TextLine("PHÚ", Box(0.475, 0.055, 0.525, 0.085)),
    ]
    rest = ("ĐC: 12 Lê Lợi, P. 3, TP. Vinh", "Hóa đơn", "Tổng cộng: 110.000")
    lines += [
        TextLine(text, Box(0.1, 0.12 + 0.05 * n, 0.6, 0.15 + 0.05 * n))
        for n, text in enumerate(rest)
    ]
    found = extract(Document("x.png", (Page(0, 800, 1000, tuple(lines)),)))
    assert found.field("shop").value == f"{name} PHÚ"
    assert found.field("branch").value is None
