"""Simple questions about a document, answered from its fields, with the places they stand at."""

from __future__ import annotations

import re
from dataclasses import dataclass

from inspector_app.domain.documents import Extraction, Field
from inspector_app.parsing.documents.folding import fold, similarity, squeeze
from inspector_app.parsing.documents.schemas import Schema, load_schema
from inspector_app.parsing.documents.summary import list_goods
from inspector_app.parsing.documents.wording import say
from inspector_app.parsing.texts import texts

_MOST_WORDS = 14
_ASKS = re.compile(
    r"\?|bao nhieu|\bmay\b|\bgi\b|\bnao\b|o dau|\bai\b|khi nao|what|when|where|which|who\b|"
    r"how much|"
    r"how many|cho biet|tell me|la gi"
)
_BEYOND = re.compile(
    r"\bwhy\b|tai sao|vi sao|compare|so sanh|explain|giai thich|average|trung binh|describe|mo ta|"
    r"\bif\b|\bneu\b|more than|less than|higher|lower|cheaper|dat hon|re hon|translate|dich sang|"
    r"percent|phan tram|picture|image|\banh\b|photo|colou?r|mau gi|logo|scratch|defect|\bloi\b"
)
# The first that fits decides, so the narrow ones stand first.
_CUES: tuple[tuple[str, str], ...] = (
    ("tax_code", r"ma so thue|\bmst\b|tax (?:code|number|id)|gst (?:no|number|id)"),
    ("change", r"tien thua|tien thoi|thoi lai|tra lai|\bchange\b"),
    ("paid", r"khach (?:dua|tra)|da (?:tra|thanh toan|dua)|\bpaid\b|\bpay\b|tien mat"),
    ("discount", r"giam gia|duoc giam|chiet khau|khuyen mai|discount|reduction"),
    ("service", r"phi (?:phuc vu|dich vu)|service"),
    ("rounding", r"lam tron|rounding"),
    ("subtotal", r"tien hang|tam tinh|sub ?total|before tax|truoc thue"),
    ("tax", r"\bthue\b|\bvat\b|\bgst\b|\btax\b"),
    ("expiry", r"het han|gia tri den|expir|valid until"),
    ("date_of_birth", r"ngay sinh|sinh (?:ngay|nam)|\bborn\b|date of birth|birthday"),
    ("place_of_origin", r"que quan|que o dau|place of origin|\borigin\b"),
    ("place_of_residence", r"thuong tru|noi o|residence|where .*\blive"),
    ("nationality", r"quoc tich|nationality"),
    ("sex", r"gioi tinh|\bsex\b|\bgender\b|nam hay nu"),
    ("time", r"may gio|luc may gio|gio nao|what time|at what hour"),
    ("date", r"khi nao|ngay (?:nao|may|bao nhieu|thang|mua)|hom nao|\bwhen\b|what (?:date|day)|"
    r"\bdate\b|^ngay\b"),
    ("number", r"so (?:hoa don|phieu|can cuoc|cccd|giay to|the)|ma hoa don|"
               r"(?:receipt|invoice|bill|card|id|document) (?:number|no)|what number"),
    ("cashier", r"thu ngan|nhan vien|cashier|who served|served by"),
    ("phone", r"dien thoai|so dt|\bsdt\b|phone|telephone"),
    ("branch", r"chi nhanh|\bbranch\b|outlet"),
    ("address", r"dia chi|\baddress\b|where (?:is|was)|o dau"),
    ("currency", r"loai tien|don vi tien|currency"),
    ("shop", r"cua hang|(?:what|which) (?:shop|store|company|restaurant)|(?:shop|store|"
    r"company)(?:'s)? name|"
             r"name of the (?:shop|store|company)|quan (?:nao|gi|ten)|ten (?:quan|cua hang|"
             r"cong ty|shop)|"
             r"cong ty nao|noi ban|ben ban|who sold|mua cua ai|sieu thi nao|nha hang nao"),
    ("name", r"ho (?:va )?ten|ten (?:gi|la gi|nguoi)|\bname\b|\bwho\b"),
    ("total", r"tong (?:cong|tien|so tien|hoa don|la|het)?|\btotal\b|het bao nhieu|"
    r"how much (?:was it|is it|did (?:it|this|i)|in all|altogether|overall)|"
              r"phai tra|bao nhieu tien\W*$|thanh tien"),
)  # fmt: skip
_ITEMS = re.compile(
    r"mua (?:nhung )?gi|(?:nhung )?(?:mon|mat hang|san pham) (?:nao|gi)|gom (?:nhung )?gi|"
    r"what (?:was|were|did .*) (?:bought|buy|purchased|ordered|order)|(?:what|which) (?:items|"
    r"goods|products)"
)
_COUNT = re.compile(
    r"(?:bao nhieu|may) (?:mon|mat hang|san pham)|how many (?:items|products|goods)"
)
_OF_ITEM = (
    re.compile(r"how much (?:was|is|were|are|did|does|for) (?:the |a |"
    r"an )?(?P<words>.+?)(?: cost| costs)?\W*$"),
    re.compile(r"(?:price|cost) of (?:the |a |an )?(?P<words>.+?)\W*$"),
    re.compile(r"^(?P<words>.+?) (?:gia|het|co gia|la)? ?bao nhieu(?: tien)?\W*$"),
    re.compile(r"^gia (?:cua )?(?P<words>.+?)(?: la)?(?: bao nhieu)?(?: tien)?\W*$"),
)  # fmt: skip
_QUANTITY_OF = (
    re.compile(r"how many (?P<words>.+?)(?: were| was| did| are| is|\W*$)"),
    re.compile(r"(?:mua )?(?:may|bao nhieu) (?:cai |chai |hop |lon |ly |goi )?(?P<words>.+?)\W*$"),
)
_NEAR = 0.62


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer from fields.

    Attributes:
        text: A sentence.
        fields: Those it was taken from, with their places; empty when the document lacks it.
    """

    text: str
    fields: tuple[Field, ...] = ()


def answer(
    question: str, extraction: Extraction, language: str = "", schema: Schema | None = None
) -> Answer | None:
    """Answers a question about the document.

    Args:
        question: In Vietnamese (accents may be missing) or English.
        extraction: The fields.
        language: Of the answer; that of the question when empty.
        schema: For titles of fields; the one of the extraction when it is one of ours.

    Returns:
        None when this is no such question: a language engine may know more.
    """
    plain = " ".join(fold(question).split())
    if not plain or len(plain.split()) > _MOST_WORDS or _BEYOND.search(plain):
        return None
    if not _ASKS.search(plain):
        return None
    language = language or _language(question, plain)
    names = {field.name for field in extraction.fields}
    about_goods = None
    if _has_goods(extraction):
        about_goods = _about_goods(plain, question.strip(), extraction, language)
    if about_goods is not None:
        return about_goods
    for name, pattern in _CUES:
        if name in names and re.search(pattern, plain):
            return _about(extraction.field(name), extraction, language, schema)
    return _about_own(plain, extraction, language, schema)


def _has_goods(extraction: Extraction) -> bool:
    return extraction.schema == "receipt" or bool(extraction.items)


def _language(question: str, plain: str) -> str:
    if plain != " ".join(question.casefold().split()):
        return "vi"
    english = r"\b(?:what|when|where|which|who|how|is|was|the|total|tell)\b"
    return "en" if re.search(english, plain) else "vi"


def _about(field: Field, extraction: Extraction, language: str, schema: Schema | None) -> Answer:
    words = texts("document_answers", language)
    title = _title(field.name, extraction, language, schema)
    if field.value is None:
        return Answer(words["missing"].format(title=title))
    text = words["value"].format(title=title, value=say(field, extraction, language).rstrip("."))
    if field.conflict:
        text = f"{text} {words['conflict']}"
    return Answer(text, (field,))


def _title(name: str, extraction: Extraction, language: str, schema: Schema | None) -> str:
    if schema is None and extraction.schema in ("receipt", "id-card"):
        schema = load_schema(extraction.schema)
    for field in schema.fields if schema else ():
        if field.name == name:
            return field.title(language)
    return name


def _about_goods(plain: str, question: str, extraction: Extraction, language: str) -> Answer | None:
    words = texts("document_answers", language)
    named = [item for item in extraction.items if _part(item, "name").value]
    if _ITEMS.search(plain) or _COUNT.search(plain):
        if not named:
            return Answer(words["no_items"])
        fields = tuple(_part(item, "name") for item in named)
        return Answer(
            words["items"].format(count=len(named), list=list_goods(extraction, language, 12)),
            fields,
        )
    for patterns, part, key in (
        (_QUANTITY_OF, "quantity", "item_quantity"),
        (_OF_ITEM, "amount", "item_amount"),
    ):
        for pattern in patterns:
            match = pattern.search(plain)
            item = _find_item(match["words"], named) if match else None
            if item is None:
                continue
            value = _part(item, part)
            if value.value is None:
                continue
            name = _part(item, "name")
            said = {"name": str(name.value), part: say(value, extraction, language)}
            return Answer(words[key].format(**said), (value, name))
    if not named or any(re.search(pattern, plain) for _, pattern in _CUES):
        return None
    for pattern in _OF_ITEM:
        match = pattern.search(plain)
        if match and not re.fullmatch(r"it|this|that|no|cai nay|gia", match["words"]):
            same = len(plain) == len(question)
            asked = question[match.start("words") : match.end("words")] if same else match["words"]
            return Answer(words["item_unknown"].format(words=asked))
    return None


def _find_item(words: str, items: list[tuple[Field, ...]]) -> tuple[Field, ...] | None:
    """The item whose name is nearest to these words, by words in common and by letters."""
    wanted = [squeeze(word) for word in words.split() if len(squeeze(word)) > 1]
    if not wanted or len(" ".join(wanted)) < 3:
        return None
    best: tuple[float, tuple[Field, ...]] | None = None
    for item in items:
        name = str(_part(item, "name").value)
        parts = [squeeze(word) for word in re.split(r"[\s/,.\-]+", name)]
        hits = sum(
            max((similarity(word, part) for part in parts if part), default=0.0) >= 0.8
            for word in wanted
        )
        score = hits / len(wanted) + 0.3 * similarity(words, name)
        if best is None or score > best[0]:
            best = score, item
    return best[1] if best and best[0] >= _NEAR else None


def _about_own(
    plain: str, extraction: Extraction, language: str, schema: Schema | None
) -> Answer | None:
    """A field of the user's own schema that the question names."""
    for field in extraction.fields:
        title = _title(field.name, extraction, language, schema)
        for name in (field.name.replace("_", " "), title):
            if len(squeeze(name)) > 2 and re.search(rf"\b{re.escape(fold(name))}\b", plain):
                return _about(field, extraction, language, schema)
    return None


def _part(item: tuple[Field, ...], name: str) -> Field:
    return next((field for field in item if field.name == name), Field(name))
