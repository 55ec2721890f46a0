"""What the model answers in the middle of a run: picture with boxes, question, wanted, answer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImageReader, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from inspector_app.domain.findings import FoundBox
from inspector_app.domain.training import Predicted, TrainEvent
from inspector_app.ui import theme
from inspector_app.ui.colors import label_color
from inspector_app.ui.fact_form import FactForm

_SIDE = 144  # logical pixels


class TrainSamples(QWidget):
    """The predictions of the newest validation."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = QLabel()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.SMALL)
        self._column.addWidget(self.title)
        self.cards: list[_Card] = []
        self.hide()

    def show_events(self, events: Sequence[TrainEvent]) -> None:
        """Shows those of the last step that has some."""
        found = [event for event in events if isinstance(event, Predicted)]
        found = [event for event in found if event.step == found[-1].step]
        while len(self.cards) < len(found):
            card = _Card()
            self.cards.append(card)
            self._column.addWidget(card)
        for place, card in enumerate(self.cards):
            card.setVisible(place < len(found))
            if place < len(found):
                card.show_event(found[place])
        if found:
            self.title.setText(
                self.tr(
                    "Answers to validation samples at step {step} (solid: found, dashed: true)"
                ).format(step=found[-1].step)
            )
        self.setVisible(bool(found))


class _Card(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._shown: Predicted | None = None
        self.picture = QLabel()
        self.picture.setFixedWidth(_SIDE)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self.facts = FactForm()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.MEDIUM)
        line.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.facts, 1, Qt.AlignmentFlag.AlignTop)

    def show_event(self, event: Predicted) -> None:
        if event == self._shown:
            return
        self._shown = event
        self.picture.setVisible(bool(event.image))
        if event.image:
            self.picture.setPixmap(draw(event.image, event.boxes, event.truth))
        self.facts.set_rows(
            [
                (self.tr("Question"), event.question or "–"),
                (self.tr("Wanted"), event.wanted or "–"),
                (self.tr("Answer"), event.answer or "–"),
            ]
        )


def draw(path: str, found: Sequence[FoundBox], truth: Sequence[FoundBox]) -> QPixmap:
    """Draws a small picture with boxes; an empty one when the file cannot be read."""
    reader = QImageReader(path)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid():
        reader.setScaledSize(size.scaled(QSize(_SIDE, _SIDE), Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        return QPixmap()
    picture = QPixmap.fromImage(image)
    painter = QPainter(picture)
    for boxes, style in ((truth, Qt.PenStyle.DashLine), (found, Qt.PenStyle.SolidLine)):
        for each in boxes:
            box = each.box
            width, height = picture.width(), picture.height()
            rect = QRectF(
                box.x1 * width,
                box.y1 * height,
                (box.x2 - box.x1) * width,
                (box.y2 - box.y1) * height,
            )
            for color, thick in ((QColor(0, 0, 0), 3), (label_color(each.label), 1.5)):
                painter.setPen(QPen(color, thick, style))
                painter.drawRect(rect)
    painter.end()
    return picture
