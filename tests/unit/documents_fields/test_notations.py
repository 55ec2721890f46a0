"""Amounts, dates, times and numbers in every notation that receipts were seen to use."""

from __future__ import annotations

import pytest

from inspector_app.parsing.documents.amounts import Notation, decide_notation, find_amounts
from inspector_app.parsing.documents.dates import find_dates, find_time, month_comes_first
from inspector_app.parsing.documents.numbers import find_phone, find_tax_code


def values(text: str, decimal: str) -> list[float | int | None]:
    return [Notation(decimal).read(amount) for amount in find_amounts(text)]


@pytest.mark.parametrize(
    ("text", "decimal", "value"),
    [
        ("114.000", "", 114000),
        ("1.250.000đ", "", 1250000),
        ("1.250.000 VND", "", 1250000),
        ("114,000 VND", "", 114000),
        ("1.892.000 đồng", "", 1892000),
        ("50k", "", 50000),
        ("500đ", "", 500),
        ("10,5", "", 10.5),
        ("1,234.50", ".", 1234.5),
        ("1.234,50", ",", 1234.5),
        ("RM 33.90", ".", 33.9),
        ("RM33.90", ".", 33.9),
        ("$12.00", ".", 12),
        ("R288.40", ".", 288.4),
        ("12.00-", ".", -12),
        ("(12.00)", ".", -12),
        ("-RM 0.02", ".", -0.02),
        ("-15.200đ", "", -15200),
        (".02", ".", 0.02),
        ("35.0000", ".", 35),
        # what readers do to them
        ("33. 90", ".", 33.9),
        ("33 .90", ".", 33.9),
        ("33,90", ".", 33.9),
        ("1.234.50", ".", 1234.5),
        ("90.O00", "", 90000),
        ("12O.000đ", "", 120000),
        ("5O.0O", ".", 50),
        ("l.50", ".", 1.5),
        ("17.00SR", ".", 17),
        ("1.80S", ".", 1.8),
    ],
)
def test_an_amount(text: str, decimal: str, value: float):
    assert values(text, decimal) == [pytest.approx(value)]


def test_whole_amounts_are_whole_numbers():
    assert isinstance(values("114.000", "")[0], int)
    assert isinstance(values("114.00", ".")[0], float)


def test_several_in_a_line_and_none_in_codes():
    assert values("2 X 5.51 11.02", ".") == [2, 5.51, 11.02]
    assert not any(amount.marked for amount in find_amounts("9555112901406 TAPE 48MM 80Y"))
    assert values("0.434 X 39.90", ".") == [0.434, 39.9]


@pytest.mark.parametrize(
    ("texts", "vietnamese", "decimal"),
    [
        (["114.000", "1.250.000"], False, ""),
        (["114,000", "25,000"], False, ""),
        (["12.00", "1,234.50"], False, "."),
        (["0.434", "39.90", "17.32"], False, "."),
        (["5,90", "28,02"], False, ","),
        (["1.234,50"], False, ","),
        (["50k"], False, ""),
        ([], True, ""),
        ([], False, "."),
        (["10,5", "23.540", "247.170"], True, ""),
    ],
)
def test_the_whole_document_decides_the_marks(texts: list[str], vietnamese: bool, decimal: str):
    amounts = [amount for text in texts for amount in find_amounts(text)]
    assert decide_notation(amounts, vietnamese=vietnamese).decimal == decimal


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("12-01-19 21:13 SH01", "2019-01-12"),
        ("12/01/2019", "2019-01-12"),
        ("2019-01-12", "2019-01-12"),
        ("2018/02/22 13 : 34 : 14", "2018-02-22"),
        ("12 JAN 2019", "2019-01-12"),
        ("Jan 12, 2019", "2019-01-12"),
        ("APRIL1,2016", "2016-04-01"),
        ("05February2017", "2017-02-05"),
        ("17JUL89", "1989-07-17"),
        ("22Aug'16", "2016-08-22"),
        ("01-NOV-2017", "2017-11-01"),
        ("12.01.19", "2019-01-12"),
        ("Ngày 12 tháng 01 năm 2019", "2019-01-12"),
        ("ngày 3 tháng 4 năm 2021", "2021-04-03"),
        ("25032018", "2018-03-25"),
        # a time without a space, a misread mark
        ("12/01/201921:13", "2019-01-12"),
        ("12-01-1921:13", "2019-01-12"),
        ("Sep1.20173:05:24pm", "2017-09-01"),
        ("27:03/2018", "2018-03-27"),
        ("05~05-17", "2017-05-05"),
        ("OR.....07/25/2014", "2014-07-25"),
    ],
)
def test_a_date(text: str, date: str):
    (hit,) = find_dates(text)
    read = hit.read()
    assert read is not None
    assert read.isoformat() == date
    assert hit.text in text


@pytest.mark.parametrize(
    "text",
    ["MAY 2017", "017-7765076", "6.00 5.57 0.33", "31/02/2019", "99/99/2019", "Jun 15 12:47", ""],
)
def test_no_date(text: str):
    assert not find_dates(text)


def test_the_order_of_day_and_month_is_decided_by_the_document():
    hits = find_dates("03/04/2018") + find_dates("25/12/2018")
    assert not month_comes_first(hits, usual=True)
    hits = find_dates("03/04/2018") + find_dates("12/25/2018")
    assert month_comes_first(hits)
    assert month_comes_first(find_dates("03/04/2018"), usual=True)


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("21:13", "21:13"),
        ("15:17:00", "15:17:00"),
        ("1:22:56PM", "13:22:56"),
        ("12:05 am", "00:05"),
        ("8:13 PM", "20:13"),
        ("02:49PM", "14:49"),
        ("13 : 34 : 14", "13:34:14"),
        ("11h05", "11:05"),
        ("13.11", "13:11"),
    ],
)
def test_a_time(text: str, time: str):
    found = find_time(text, loose=True)
    assert found is not None
    assert found[0] == time


def test_amounts_are_no_times():
    assert find_time("19.00 19.00") is None
    assert find_time("25:61") is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("MST: 0101234567-012", "0101234567-012"),
        ("Mã số thuế: 0312345678", "0312345678"),
        ("M.S.T 0304443332", "0304443332"),
        ("GST ID NO :000306020352", "000306020352"),
        ("(GST REG. NO : 000435761152)", "000435761152"),
        ("GST NO: 0010 9010 5344", "001090105344"),
        ("GST 6% + 0.51", None),
        ("TAX INVOICE", None),
    ],
)
def test_a_tax_code(text: str, code: str | None):
    found = find_tax_code(text)
    assert (found[0] if found else None) == code


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("ĐT: 028 3822 1234", "02838221234"),
        ("Điện thoại: (028) 3991 2345", "02839912345"),
        ("TEL:03-3362 4395 FAX:03-3362 4395", "0333624395"),
        ("Hotline: 1900 6868", "19006868"),
        ("(415)398-3173", "4153983173"),
        ("+6566046861", "+6566046861"),
        ("LOT 1851-A & 1851-B, JALAN KPB 6", None),
    ],
)
def test_a_phone(text: str, phone: str | None):
    found = find_phone(text)
    assert (found[0] if found else None) == phone
