"""A row of widgets that breaks into lines where there is no room."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from inspector_app.ui import theme


class FlowLayout(QLayout):
    """Lays widgets out like words of a text."""

    def __init__(self, parent: QWidget | None = None, spacing: int = theme.TINY) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802 - Qt calls it
        """Takes one more item."""
        self._items.append(item)

    def count(self) -> int:
        """Returns how many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802
        """Returns an item, None behind the last."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802
        """Gives an item away."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802
        """Grows in no direction by itself."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        """Whether the height follows from the width; it does."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """Returns the height that the lines take."""
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802
        """Places the items."""
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        """Returns the smallest size: width is taken as it comes."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:  # noqa: N802
        """Returns the size of the widest item."""
        size = QSize()
        for item in self._shown():
            size = size.expandedTo(item.minimumSize())
        return size

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _place(self, rect: QRect, *, move: bool) -> int:
        x, y = rect.x(), rect.y()
        line: list[tuple[QLayoutItem, int, QSize]] = []
        for item in self._shown():
            size = item.sizeHint()
            size.setWidth(min(size.width(), max(1, rect.width())))
            if line and x + size.width() > rect.right() + 1:
                y += _place_line(line, y, move=move) + self.spacing()
                x, line = rect.x(), []
            line.append((item, x, size))
            x += size.width() + self.spacing()
        return y + _place_line(line, y, move=move) - rect.y()


def _place_line(line: list[tuple[QLayoutItem, int, QSize]], y: int, *, move: bool) -> int:
    """Places the items of one line on one middle; returns its height."""
    height = max((size.height() for _, _, size in line), default=0)
    if move:
        for item, x, size in line:
            item.setGeometry(QRect(QPoint(x, y + (height - size.height()) // 2), size))
    return height
