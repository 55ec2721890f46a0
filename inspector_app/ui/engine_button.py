"""The button of the toolbar that says which engine answers, and its menu."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton, QWidget

from inspector_app.ui.engine_choice import EngineChoice, answers_questions
from inspector_app.ui.model_flows import ModelFlows
from inspector_app.ui.model_info import ModelView, Phase
from inspector_app.ui.plain_text import plain_tip, visible_text

_LETTERS = 26


class EngineButton(QToolButton):
    """Offers the engines that are ready, each with its adapters."""

    engine_chosen = Signal(str, str)  # card id, adapter id

    def __init__(
        self,
        choice: EngineChoice,
        models: ModelFlows,
        manage: QAction,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._choice = choice
        self._models = models
        self._manage = manage
        self._who = ""
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._menu = QMenu(self)
        self._menu.setToolTipsVisible(True)
        self._menu.aboutToShow.connect(self.fill)
        self.setMenu(self._menu)

    def show_engine(self, who: str) -> None:
        """Shows engine and adapter that answer questions."""
        self._who = who
        letter = self.fontMetrics().averageCharWidth()
        shown = self.fontMetrics().elidedText(
            visible_text(who), Qt.TextElideMode.ElideMiddle, letter * _LETTERS
        )
        # Room at the right, where the style draws the arrow over the text's end.
        self.setText(shown.replace("&", "&&") + "  ")
        words = self.tr("Questions are answered by {who}").format(who=who)
        self.setToolTip(plain_tip(words))
        self.setAccessibleName(words)

    def menu_texts(self) -> list[str]:
        """Returns what the menu offers, for tests."""
        self.fill()
        return [action.text() for action in self._menu.actions() if not action.isSeparator()]

    @Slot()
    def fill(self) -> None:
        """Builds the menu from what is known now."""
        self._menu.clear()
        group = QActionGroup(self._menu)
        deciding = self._choice.deciding_id()
        now = self._choice.engine_id()
        self._add(group, deciding, "", self._choice.who(deciding, ""), now == deciding)
        for view in self._models.views():
            card = view.info.card
            if card.id == deciding or not answers_questions(card) or not _is_here(view):
                continue
            adapters = [each for each in view.info.adapters if not each.trouble]
            chosen = self._choice.adapter(card.id)
            for adapter in ("", *(each.id for each in adapters)):
                is_on = now == card.id and adapter == chosen
                self._add(group, card.id, adapter, self._choice.who(card.id, adapter), is_on)
        self._menu.addSeparator()
        manage = self._menu.addAction(self.tr("Manage models…"))
        manage.triggered.connect(self._manage.trigger)

    def _add(self, group: QActionGroup, card_id: str, adapter: str, words: str, on: bool) -> None:
        action = self._menu.addAction(visible_text(words).replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(on)
        action.setData((card_id, adapter))
        action.triggered.connect(self._choose)
        group.addAction(action)

    @Slot()
    def _choose(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            card_id, adapter = action.data()
            self.engine_chosen.emit(card_id, adapter)


def _is_here(view: ModelView) -> bool:
    return view.phase in (Phase.READY, Phase.LOADED, Phase.LOADING)
