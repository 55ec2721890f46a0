"""Words of ways of asking in the user's language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from inspector_app.domain.asking import Form, Way, WayTexts
from inspector_app.domain.errors import InspectorError
from inspector_app.services import ways


def shown_language() -> str:
    """Returns the language of the window, as the texts of services have it."""
    return "vi" if QLocale().language() is QLocale.Language.Vietnamese else "en"


def way_texts(way: Way) -> WayTexts:
    """Returns a way's texts in the user's language."""
    return way.words(shown_language())


def way_name(way_id: str) -> str:
    """Returns a way's name; the id of one that was taken away since."""
    try:
        return way_texts(ways.way(way_id)).name
    except InspectorError:
        return way_id


def form_words() -> dict[Form, str]:
    """Returns what the forms of an answer are called, in the order they are offered."""
    translate = QCoreApplication.translate
    return {
        Form.NONE: translate("Form", "as it comes"),
        Form.LINE: translate("Form", "a line “Answer: …”"),
        Form.WORD: translate("Form", "one word"),
        Form.YES_NO: translate("Form", "yes or no"),
        Form.NUMBER: translate("Form", "a number"),
        Form.JSON: translate("Form", "JSON"),
        Form.OWN: translate("Form", "in my words"),
    }
