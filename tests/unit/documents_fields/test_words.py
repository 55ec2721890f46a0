"""Summaries and answers, in both languages and all styles."""

from __future__ import annotations

import pytest

from inspector_app.domain.documents import Extraction
from inspector_app.parsing.documents.extract import extract
from inspector_app.parsing.documents.questions import answer
from inspector_app.parsing.documents.schemas import load_schema, parse_schema
from inspector_app.parsing.documents.summary import summarize

from .papers import paper, read_papers
from .test_other_documents import CARD

PAPERS = {known.name: known for known in read_papers("vietnamese_known.txt")}


def receipt(name: str = "restaurant_vat") -> Extraction:
    return extract(PAPERS[name].document)


def test_a_short_summary():
    assert summarize(receipt(), "vi") == (
        "Hóa đơn bán hàng của CÔNG TY TNHH ẨM THỰC SÔNG HƯƠNG, ngày 12/08/2023, "
        "tổng cộng 548.625 đ."
    )
    assert summarize(receipt(), "en", formal=False) == (
        "Receipt from CÔNG TY TNHH ẨM THỰC SÔNG HƯƠNG, dated 12 August 2023, total 548,625 VND."
    )


def test_a_long_summary():
    text = summarize(receipt(), "vi", long=True)
    for part in (
        "số 0003312", "lúc 20:41", "3 mặt hàng", "Nem lụi (160.000 đ)", "Tiền thuế là 49.875 đ",
        "Phí phục vụ là 23.750 đ", "đã đưa 600.000 đ và được trả lại 51.375 đ", "Thu ngân là Hoàng",
    ):  # fmt: skip
        assert part in text
    plain = summarize(receipt(), "vi", long=True, formal=False)
    assert "thối lại" in plain
    assert len(plain) < len(text)


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("long", [False, True])
@pytest.mark.parametrize("formal", [False, True])
def test_what_is_missing_is_left_out(language: str, long: bool, formal: bool):
    for name in PAPERS:
        text = summarize(receipt(name), language, long=long, formal=formal)
        assert "None" not in text
        assert "{" not in text
        assert ",," not in text
    empty = extract(paper("?"))
    nothing = summarize(empty, language, long=long, formal=formal)
    assert "0" not in nothing


def test_a_conflict_is_mentioned():
    text = "SHOP SDN BHD\nTea  2  5.00  10.00\nSubtotal  10.00\nTotal  16.00"
    assert "do not agree" in summarize(extract(paper(text)), "en")


def test_summary_of_a_card_and_of_a_users_document():
    text = summarize(extract(paper(CARD), "id-card"), "vi", long=True)
    assert text.startswith("Căn cước công dân số 001099012345, họ và tên NGUYỄN VĂN AN, sinh ngày")
    schema = parse_schema('{"properties": {"patient": {"title": "Patient"}}}', "mine")
    read = extract(paper("Patient: John"), schema)
    assert summarize(read, "en", schema=schema) == "Patient: John."


@pytest.mark.parametrize(
    ("question", "said", "fields"),
    [
        ("tổng cộng bao nhiêu?", "Tổng cộng: 548.625 đ.", ["total"]),
        ("Tong cong la bao nhieu", "Tổng cộng: 548.625 đ.", ["total"]),
        ("how much tax?", "Tax: 49,875 VND.", ["tax"]),
        ("when was it?", "Date: 12 August 2023.", ["date"]),
        ("what shop?", "Shop: CÔNG TY TNHH ẨM THỰC SÔNG HƯƠNG.", ["shop"]),
        ("mua ở cửa hàng nào?", "Cửa hàng: CÔNG TY TNHH ẨM THỰC SÔNG HƯƠNG.", ["shop"]),
        ("cửa hàng ở đâu?", "Địa chỉ: 8 Lê Lợi, Phường Vĩnh Ninh, Thành phố Huế.", ["address"]),
        ("mã số thuế là gì?", "Mã số thuế: 3301234567.", ["tax_code"]),
        ("thuế bao nhiêu?", "Thuế: 49.875 đ.", ["tax"]),
        ("tiền thừa bao nhiêu?", "Tiền thừa: 51.375 đ.", ["change"]),
        ("what time was it?", "Time: 20:41.", ["time"]),
        ("who was the cashier?", "Cashier: Hoàng.", ["cashier"]),
        ("nem lụi giá bao nhiêu?", "Nem lụi: 160.000 đ.", ["amount", "name"]),
        ("how much was the bia huda?", "Bia Huda lon: 120,000 VND.", ["amount", "name"]),
        ("mấy lon bia Huda?", "Bia Huda lon: 6.", ["quantity", "name"]),
        ("how much was the milk?", "There is no “milk” among the items that were read.", []),
        ("how much was the discount?", "The document does not say (Discount).", []),
        ("được giảm giá bao nhiêu?", "Tài liệu không ghi (Giảm giá).", []),
    ],
)
def test_an_answer(question: str, said: str, fields: list[str]):
    found = answer(question, receipt())
    assert found is not None
    assert found.text == said.replace("huda", "Huda") or found.text == said
    assert [field.name for field in found.fields] == fields
    assert all(field.places for field in found.fields)


def test_which_goods():
    found = answer("mua những gì?", receipt())
    assert found is not None
    assert "Nem lụi" in found.text
    assert len(found.fields) == 3


@pytest.mark.parametrize(
    "question",
    [
        "", "hello", "Is there a scratch?", "describe the picture", "why is the total wrong?",
        "translate the address to English", "vì sao tổng cộng sai?", "total",
        "is the tax higher than the average of the other receipts in this folder this month",
    ],
)  # fmt: skip
def test_other_questions_are_left_to_others(question: str):
    assert answer(question, receipt()) is None


def test_questions_about_a_card():
    card = extract(paper(CARD), "id-card")
    found = answer("ngày sinh là ngày nào?", card)
    assert found is not None
    assert found.text == "Ngày sinh: 15/08/1999."
    found = answer("what is the name?", card, schema=load_schema("id-card"))
    assert found is not None
    assert found.text == "Full name: NGUYỄN VĂN AN."
