"""A paragraph about a document, written from its fields: what is missing is left out."""

from __future__ import annotations

from inspector_app.domain.documents import Extraction
from inspector_app.parsing.documents.schemas import Schema
from inspector_app.parsing.documents.wording import say
from inspector_app.parsing.texts import texts

_MOST_GOODS = 5
_CARD = ("number", "name", "date_of_birth", "sex", "nationality", "place_of_origin",
         "place_of_residence", "expiry")  # fmt: skip


def summarize(
    extraction: Extraction,
    language: str = "vi",
    *,
    long: bool = False,
    formal: bool = True,
    schema: Schema | None = None,
) -> str:
    """Writes the summary.

    Args:
        extraction: The fields.
        language: "vi" or "en".
        long: Goods, tax and payment too, not only who, when and how much.
        formal: Whole sentences instead of notes.
        schema: For the titles of the user's own fields; their names without it.
    """
    words = texts("document_summary", language)
    if all(field.value is None for field in extraction.fields) and not extraction.items:
        return words["nothing"]
    style = "formal" if formal else "plain"
    if extraction.schema == "receipt":
        return _receipt(extraction, words, language, style, long=long)
    if extraction.schema == "id-card":
        return _card(extraction, words, language, style, long=long)
    titles = {field.name: field.title(language) for field in schema.fields} if schema else {}
    parts = [
        words["other"].format(
            title=titles.get(field.name, field.name), value=say(field, extraction, language)
        )
        for field in extraction.fields
        if field.value is not None
    ]
    return f"{'; '.join(parts)}."


def _receipt(
    extraction: Extraction, words: dict[str, str], language: str, style: str, *, long: bool
) -> str:
    said = {field.name: say(field, extraction, language) for field in extraction.fields}
    known = {name: text for name, text in said.items() if text}
    head = words[f"receipt_{style}"]
    if "shop" in known:
        head += words["shop"].format(**known)
    order = ("number", "branch", "address", "date", "time", "total") if long else ("date", "total")
    parts = [head, *(words[name].format(**known) for name in order if name in known)]
    sentences = [_ended(words["comma"].join(parts))]
    if long:
        sentences += _details(extraction, words, language, style, known)
    if extraction.conflicts:
        sentences.append(words["conflict"])
    return " ".join(sentences)


def _details(
    extraction: Extraction, words: dict[str, str], language: str, style: str, known: dict[str, str]
) -> list[str]:
    sentences: list[str] = []
    goods = list_goods(extraction, language)
    if goods:
        count = sum(bool(name) for name in _names(extraction))
        sentences.append(words[f"goods_{style}"].format(count=count, list=goods))
    for name, key in (("subtotal", "sums"), ("discount", "discount"), ("service", "service"),
                      ("tax", "tax")):  # fmt: skip
        value = extraction.field(name).value
        if (
            name in known
            and value
            and not (name == "subtotal" and known.get("total") == known[name])
        ):
            sentences.append(words[f"{key}_{style}"].format(**known))
    if "paid" in known:
        key = "paid_change" if extraction.field("change").value else "paid"
        sentences.append(words[f"{key}_{style}"].format(**known))
    if "cashier" in known:
        sentences.append(words[f"cashier_{style}"].format(**known))
    return sentences


def list_goods(extraction: Extraction, language: str, most: int = _MOST_GOODS) -> str:
    """Names the goods with their amounts, a few of them; empty when none has a name."""
    words = texts("document_summary", language)
    parts: list[str] = []
    for item in extraction.items:
        said = {field.name: say(field, extraction, language) for field in item}
        if said.get("name"):
            parts.append(words["good" if said.get("amount") else "good_bare"].format(**said))
    if len(parts) > most:
        parts = [*parts[:most], words["more"].format(count=len(parts) - most)]
    if len(parts) > 1:
        return words["comma"].join(parts[:-1]) + words["and"] + parts[-1]
    return "".join(parts)


def _names(extraction: Extraction) -> list[str]:
    return [
        str(field.value or "")
        for item in extraction.items
        for field in item
        if field.name == "name"
    ]


def _card(
    extraction: Extraction, words: dict[str, str], language: str, style: str, *, long: bool
) -> str:
    wanted = _CARD if long else ("number", "name", "date_of_birth", "expiry")
    parts = [words[f"card_{style}"]]
    for name in wanted:
        text = say(extraction.field(name), extraction, language)
        if text:
            parts.append(words[f"card_{name}"].format(**{name: text}))
    first, *rest = parts
    if rest and rest[0].startswith(words["card_number"].split("{")[0]):
        first, rest = f"{first} {rest[0]}", rest[1:]
    return _ended(words["comma"].join((first, *rest)))


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith(".") else f"{sentence}."
