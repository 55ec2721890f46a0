"""Rows of the gallery: filtered and sorted as arrays of indices, without proxy models.

Twenty thousand rows are filtered on every key press; a QSortFilterProxyModel would call Python
twice a row for that.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QLocale,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QUrl,
)

from inspector_app.domain.results import ImageSummary
from inspector_app.domain.verdicts import Verdict
from inspector_app.services.filters import Predicate, file_name, parse
from inspector_app.ui.plain_text import plain_tip
from inspector_app.ui.verdict_words import verdict_word

_Index = QModelIndex | QPersistentModelIndex
_Key = tuple[float, ...]
_RANK = {Verdict.REJECT: 0.0, Verdict.REVIEW: 1.0, Verdict.ACCEPT: 2.0, None: 3.0}


class Role(IntEnum):
    """What a row can be asked for besides its texts."""

    ID = Qt.ItemDataRole.UserRole + 1
    SUMMARY = Qt.ItemDataRole.UserRole + 2


class Sort(IntEnum):
    """Orders of the gallery."""

    NAME = 0
    SCORE = 1
    VERDICT = 2
    DIFFERS = 3
    CONFLICTS = 4


def _by_score(row: ImageSummary, place: int) -> _Key:
    score = row.score
    # NaN is the one number that differs from itself; it would spoil the order.
    return (math.inf if score is None or score != score else -score, place)


def _by_verdict(row: ImageSummary, place: int) -> _Key:
    rank = 4.0 if row.trouble else _RANK[row.verdict]
    return (rank, *_by_score(row, place))


def _by_differences(row: ImageSummary, place: int) -> _Key:
    return (-row.differs, -row.conflicts, place)


def _by_conflicts(row: ImageSummary, place: int) -> _Key:
    return (-row.conflicts, -row.differs, place)


# In the order by name the place itself is the key.
_KEYS: dict[Sort, Callable[[ImageSummary, int], _Key]] = {
    Sort.SCORE: _by_score,
    Sort.VERDICT: _by_verdict,
    Sort.DIFFERS: _by_differences,
    Sort.CONFLICTS: _by_conflicts,
}


class GalleryModel(QAbstractListModel):
    """List of images as the gallery shows them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[ImageSummary] = []
        self._places: dict[str, int] = {}
        self._shown: list[int] = []  # places of the shown rows, in the order of the view
        self._keys: list[Any] = []  # sort keys of the shown rows, as they were placed
        self._sort = Sort.NAME
        self._filter = ""
        self._test: Predicate = parse("")
        self._held: str | None = None

    # -- what Qt asks ------------------------------------------------------------

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Returns how many rows are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Rows can be dragged, to where images are taken."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else flags

    def mimeTypes(self) -> list[str]:
        """Returns the form in which rows are dragged: files."""
        return ["text/uri-list"]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:  # noqa: N802 - Qt calls it
        """Returns the files of rows."""
        data = QMimeData()
        rows = (index.data(Role.SUMMARY) for index in indexes)
        data.setUrls([QUrl.fromLocalFile(row.path) for row in rows])
        return data

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Returns a row's texts, id or summary."""
        if not index.isValid() or not 0 <= index.row() < len(self._shown):
            return None
        row = self._rows[self._shown[index.row()]]
        if role == Role.SUMMARY:
            return row
        if role == Role.ID:
            return row.image_id
        if role == Qt.ItemDataRole.DisplayRole:
            return title(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip("\n".join(part for part in (row.path, row.trouble) if part))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(row)
        return None

    def _spoken(self, row: ImageSummary) -> str:
        parts = [title(row)]
        if row.trouble:
            parts.append(row.trouble)
        else:
            parts.append(verdict_word(row.verdict))
            if row.score is not None:
                parts.append(QLocale().toString(row.score, "f", 2))
            if row.label:
                parts.append(row.label)
        if row.conflicts:
            parts.append(self.tr("%n conflict(s)", "", row.conflicts))
        if row.differs:
            parts.append(self.tr("%n difference(s)", "", row.differs))
        if row.edited:
            parts.append(self.tr("edited"))
        return ", ".join(parts)

    # -- what the gallery asks -----------------------------------------------------

    @property
    def total(self) -> int:
        """How many images there are, shown or not."""
        return len(self._rows)

    @property
    def filter_text(self) -> str:
        """The filter as it was typed."""
        return self._filter

    @property
    def sort_order(self) -> Sort:
        """The order of the rows."""
        return self._sort

    def summary_at(self, row: int) -> ImageSummary:
        """Returns the summary of a shown row."""
        return self._rows[self._shown[row]]

    def summary(self, image_id: str) -> ImageSummary | None:
        """Returns the summary of an image, shown or not."""
        place = self._places.get(image_id)
        return None if place is None else self._rows[place]

    def row_of(self, image_id: str | None) -> int:
        """Returns the row at which an image is shown, -1 if it is not."""
        place = self._places.get(image_id) if image_id is not None else None
        if place is None:
            return -1
        try:
            return self._shown.index(place)
        except ValueError:
            return -1

    def row_near(self, image_id: str) -> int:
        """Returns the row before which a filtered-out image would stand."""
        place = self._places.get(image_id)
        if place is None:
            return 0
        return bisect_left(self._keys, self._key(place))

    def set_rows(self, rows: list[ImageSummary]) -> None:
        """Replaces all rows; the order given is the order by name."""
        self.beginResetModel()
        self._rows = list(rows)
        self._places = {row.image_id: place for place, row in enumerate(self._rows)}
        self._arrange()
        self.endResetModel()

    def set_filter(self, text: str) -> None:
        """Shows only the images that the text (see `services.filters`) is true of."""
        self.beginResetModel()
        self._filter = text
        self._test = parse(text)
        self._arrange()
        self.endResetModel()

    def set_sort(self, sort: Sort) -> None:
        """Changes the order."""
        self.beginResetModel()
        self._sort = sort
        self._arrange()
        self.endResetModel()

    def hold(self, image_id: str | None) -> None:
        """Names the image a person is looking at: it stays where it is while results come in.

        The one held before goes where it belongs by now.
        """
        released, self._held = self._held, image_id
        if released is not None and released != image_id and released in self._places:
            self._replace(self._places[released])

    def update_row(self, row: ImageSummary) -> None:
        """Takes over the new state of one image; an image that is not listed is ignored."""
        place = self._places.get(row.image_id)
        if place is None:
            return
        self._rows[place] = row
        shown = self.row_of(row.image_id)
        if shown >= 0:
            index = self.index(shown)
            self.dataChanged.emit(index, index)
        if row.image_id != self._held or shown < 0:
            self._replace(place)

    def _key(self, place: int) -> Any:
        make = _KEYS.get(self._sort)
        return place if make is None else make(self._rows[place], place)

    def _arrange(self) -> None:
        rows, test = self._rows, self._test
        make = _KEYS.get(self._sort)
        if self._filter.strip():
            self._shown = [place for place, row in enumerate(rows) if test(row)]
        else:
            self._shown = list(range(len(rows)))
        if make is None:
            self._keys = list(self._shown)
        else:
            # Keys end with the place, so that sorted keys are sorted places too.
            keys = sorted([make(rows[place], place) for place in self._shown])
            self._keys = list(keys)
            self._shown = [int(key[-1]) for key in keys]

    def _replace(self, place: int) -> None:
        """Puts one row where it belongs now, in or out of the shown ones."""
        row = self._rows[place]
        key, wanted = self._key(place), self._test(row)
        at = self.row_of(row.image_id)
        if at >= 0 and wanted and self._keys[at] == key:
            return
        if at >= 0:
            self.beginRemoveRows(QModelIndex(), at, at)
            del self._shown[at], self._keys[at]
            self.endRemoveRows()
        if wanted:
            # A held row may stand out of order; that moves an insertion by one place at most.
            at = bisect_left(self._keys, key)
            self.beginInsertRows(QModelIndex(), at, at)
            self._shown.insert(at, place)
            self._keys.insert(at, key)
            self.endInsertRows()


def title(row: ImageSummary) -> str:
    """Returns the name shown for an image: the file's, with the page of a multipage one."""
    name = file_name(row.path)
    return f"{name} · {row.page + 1}" if row.page else name
