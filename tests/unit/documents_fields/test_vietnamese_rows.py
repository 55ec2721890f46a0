"""Habits of Vietnamese receipts: wrapped names, units, weights, labels above their values."""

from __future__ import annotations

import pytest

from inspector_app.domain.documents import Value
from inspector_app.parsing.documents.extract import extract
from inspector_app.parsing.documents.head_words import mend_marks

from .papers import paper

HEAD = """
QUÁN CƠM BÀ TƯ
12 Lê Lợi, P. Bến Nghé, 0.1, TP. Hổ Chí Minh
HÓA ĐƠN
Ngày: 05/03/2024 12:30
"""


def goods(text: str, total: str) -> list[tuple[Value | None, ...]]:
    read = extract(paper(f"{HEAD}{text.strip(chr(10))}\nTỔNG CỘNG                    {total}"))
    return [tuple(field.value for field in row) for row in read.items]


@pytest.mark.parametrize(
    ("text", "total", "rows"),
    [
        (
            """
TT Tên món        SL   Đ.Giá    T.Tiền
1 Nước ép dứa cà  2   20.000    40.000
  rốt
2 Trà đào cam     1   30.000    30.000
""",
            "70.000",
            [("Nước ép dứa cà rốt", 2, 20000, 40000), ("Trà đào cam", 1, 30000, 30000)],
        ),
        (
            """
1. Cồn 70 độ 60ml
4 Chai x 8.000               32.000
2. Men vi sinh ống
1 H0p x18.000                18.000
""",
            "50.000",
            [("Cồn 70 độ 60ml", 4, 8000, 32000), ("Men vi sinh ống", 1, 18000, 18000)],
        ),
        (
            """
Nước suối chai               10.000
   2 x 5.000
Khăn giấy                    16.000
""",
            "26.000",
            [("Nước suối chai", 2, 5000, 10000), ("Khăn giấy", None, None, 16000)],
        ),
        (
            """
Bạc xỉu nóng x10            240.000
Trà sữa trân châu đường      42.000
đen x3
""",
            "282.000",
            [("Bạc xỉu nóng", 10, None, 240000), ("Trà sữa trân châu đường đen", 3, None, 42000)],
        ),
        (
            """
SL            Đơn giá    Thành tiền
Cải ngọt
0,703          40.000        28.120
Trứng gà
2              30.000        60.000
""",
            "88.120",
            [("Cải ngọt", 0.703, 40000, 28120), ("Trứng gà", 2, 30000, 60000)],
        ),
    ],
)
def test_goods(text: str, total: str, rows: list[tuple[Value | None, ...]]):
    assert goods(text, total) == rows


def test_a_total_on_two_lines_is_not_left_to_the_subtotal():
    text = """
QUÁN ỐC BÌNH DÂN
CS2: 5 Lê Lợi, P. Bến Nghé, TP.HCM
Đặt bàn: 1900 3803
HÓA ĐƠN THANH TOÁN
No: B89424
Ngày: 05/03/2024
Phục vụ: Mạc Vỹ
STT  Món          ĐVT   SL    Giá      T.Tiền
1    Trà đào      Ly    3     30.000   90.000
Cộng tiền món                          90.000
Bớt                                    10.000
TỔNG THANH                             80.000
TOÁN
Quẹt thẻ                               80.000
"""
    read = extract(paper(text))
    wanted = {
        "address": "5 Lê Lợi, P. Bến Nghé, TP.HCM", "phone": "19003803", "number": "B89424",
        "cashier": "Mạc Vỹ", "subtotal": 90000, "discount": 10000, "total": 80000, "paid": 80000,
    }  # fmt: skip
    assert {name: read.field(name).value for name in wanted} == wanted
    rows = [tuple(field.value for field in row) for row in read.items]
    assert rows == [("Trà đào", 3, 30000, 90000)]


def test_a_quantity_before_the_name_and_two_languages():
    text = """
SIÊU THỊ MƯỜI MÍT
Cửa hàng Trường Sa
5 Lê Lợi, P. Bến Nghé, TP.HCM
Mã đơn hàng
#A89564
Thu ngân/Cashier: Mạc Vỹ
2 x Cacao dừa       60.000
T.CỘNG              60.000
"""
    read = extract(paper(text))
    wanted = {
        "shop": "SIÊU THỊ MƯỜI MÍT", "branch": "Cửa hàng Trường Sa", "number": "A89564",
        "cashier": "Mạc Vỹ", "total": 60000,
    }  # fmt: skip
    assert {name: read.field(name).value for name in wanted} == wanted
    assert [tuple(field.value for field in row)[:2] for row in read.items] == [("Cacao dừa", 2)]


def test_what_would_have_fitted_is_no_rest_of_a_name():
    text = """
Trà đào                      40.000
ít đá
Bánh flan nhà làm hai tầng   30.000
"""
    assert goods(text, "70.000")[0][0] == "Trà đào"


def test_an_address_is_mended_where_it_can_be_read_in_one_way():
    read = extract(paper(f"{HEAD}Trà đào     30.000\nTổng cộng   30.000"))
    address = read.field("address")
    assert address.value == "12 Lê Lợi, P. Bến Nghé, Q.1, TP. Hồ Chí Minh"
    assert "0.1, TP. Hổ" in address.text


@pytest.mark.parametrize(
    ("text", "towns", "wanted"),
    [
        ("CÔNG TY CỔ PHẨN AN", False, "CÔNG TY CỔ PHẦN AN"),
        ("Nha thuốc Đức", False, "Nhà thuốc Đức"),
        ("NHA THUOC DUC", False, "NHA THUOC DUC"),
        ("Cơ sở Thanh Hoa", False, "Cơ sở Thanh Hoa"),
        ("Lê Lợi, Hả Nội", True, "Lê Lợi, Hà Nội"),
    ],
)
def test_marks_of_words_with_one_spelling(text: str, towns: bool, wanted: str):
    assert mend_marks(text, towns=towns) == wanted


def test_values_below_and_beside_their_labels():
    text = """
ĐƠN GIAO HÀNG
TIỆM TRÀ SƯƠNG MAI
5 Lê Lợi, P. Bến Nghé, TP. Buôn
Ma Thuột
Mã đơn:
HD538129
Bàn: 5        Thu ngân: Lê Thu
              Hà
Trà đào         30.000
Tổng cộng       30.000
"""
    read = extract(paper(text))
    values = {name: read.field(name).value for name in ("shop", "number", "cashier", "address")}
    assert values == {
        "shop": "TIỆM TRÀ SƯƠNG MAI",
        "number": "HD538129",
        "cashier": "Lê Thu Hà",
        "address": "5 Lê Lợi, P. Bến Nghé, TP. Buôn Ma Thuột",
    }
    seller = extract(paper(text.replace("Thu ngân", "Người bán"))).field("cashier")
    assert seller.value == "Lê Thu Hà"
