"""What was changed so that a model fits, in words."""

from __future__ import annotations

from inspector_app.domain.loading import LoadNote, LoadReport
from inspector_app.parsing.texts import texts


def note_texts(report: LoadReport, language: str) -> tuple[str, ...]:
    """Returns a sentence for each note of a report."""
    return tuple(_text(note, language) for note in report.notes)


def _text(note: LoadNote, language: str) -> str:
    words = texts("loading", language)
    values = dict(note.values)
    if "gb" in values:
        values["gb"] = values["gb"].replace(".", words["decimal"])
    if "place" in values:
        values["free"] = words[f"free_{values['place']}"].format(gb=values["gb"])
    return words[note.key].format(**values)
