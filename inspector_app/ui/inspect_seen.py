"""What the language model sees of the current image: the line, and the look at the picture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QImage

from inspector_app.domain.cards import Card
from inspector_app.domain.errors import InspectorError
from inspector_app.domain.images import ImageRef
from inspector_app.domain.loading import SeenImage
from inspector_app.services import engines, seen
from inspector_app.ui.seen_dialog import SeenDialog

if TYPE_CHECKING:
    from inspector_app.ui.main_window import MainWindow


class InspectSeen(QObject):
    """Glue between the line in the Ask panel and the image on show."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.w = window

    def connect_all(self) -> None:
        """Connects everything once the window is built."""
        w = self.w
        w.page.picture_shown.connect(self.show_line)
        w.session.image_changed.connect(self.show_line)
        w.session.recipe_changed.connect(self.show_line)
        w.session.choice.changed.connect(self.show_line)
        w.models.changed.connect(self.show_line)
        w.flows.answer_seen.connect(self._take)
        w.flows.answer_ended.connect(self._look_again)
        w.chat.seen_line.preview_requested.connect(self._preview)

    @Slot()
    def show_line(self) -> None:
        """Shows what the chosen engine sees of the current image."""
        size = self.w.page.picture_size()
        card = engines.card(self.w.session.engine_id())
        found = None
        if size is not None:
            try:
                found = seen.seen(card, *size, self._limit(card))
            except InspectorError:  # too thin for the model: the answer will say so
                found = None
        self.w.chat.seen_line.set_seen(found)

    @Slot(str, object)
    def _take(self, message_id: str, found: SeenImage) -> None:
        # The engine knows best; it told this of the image that was on show when it was asked.
        if self.w.conversation.is_about_shown(message_id):
            self.w.chat.seen_line.set_seen(found)

    @Slot()
    def _look_again(self) -> None:
        # The answer may have loaded the engine, maybe with smaller pictures than the card says.
        self.w.models.start(self.w.models.refresh_loaded())

    @Slot()
    def _preview(self) -> None:
        image = self.w.session.image
        if image is not None:
            card = engines.card(self.w.session.engine_id())
            self.w.flows.start(self._show_preview(image, card))

    async def _show_preview(self, image: ImageRef, card: Card) -> None:
        pixels = await self.w.flows.preview_seen(image, card, self._limit(card))
        height, width = pixels.shape[:2]
        # The image shares the array's memory, so the copy must be made while that is there.
        picture = QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()
        found = seen.seen(card, width, height, self._limit(card))
        if found is not None:
            words = self.w.chat.seen_line.words(found)
            SeenDialog(picture, words, Path(image.path).name, self.w).show()

    def _limit(self, card: Card) -> int:
        report = self.w.models.report(card.id)
        return report.max_pixels if report is not None else 0
