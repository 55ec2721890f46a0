"""One message of the conversation: who said what, what came of it, and what can be done with it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QLocale, Qt, Signal, Slot
from PySide6.QtGui import (
    QFontDatabase,
    QGuiApplication,
    QPainter,
    QPaintEvent,
    QPalette,
)
from PySide6.QtWidgets import QVBoxLayout, QWidget

from inspector_app.domain.chat import BAD, Message
from inspector_app.ui import theme
from inspector_app.ui.chat_agreement import AgreementLines
from inspector_app.ui.chat_chip import BoxChip
from inspector_app.ui.chat_details import AnswerDetails
from inspector_app.ui.chat_made import MadeView
from inspector_app.ui.chat_marks import MarkButtons, RightAnswer
from inspector_app.ui.chat_parts import text_label, tool_button
from inspector_app.ui.chat_tasks import GIVES_BOXES
from inspector_app.ui.chat_text import MessageText
from inspector_app.ui.chat_versions import VersionSwitch
from inspector_app.ui.flow_layout import FlowLayout
from inspector_app.ui.message_bar import DetailsText
from inspector_app.ui.plain_text import visible_text

__all__ = ["AnswerDetails", "ChatMessage"]

_MOST_CHIPS = 12


class ChatMessage(QWidget):
    """Widget of one question or answer."""

    box_pointed = Signal(str, int)  # message id, index of the box or -1
    retry_requested = Signal(str)
    edit_requested = Signal(str)
    remove_requested = Signal(str)
    version_stepped = Signal(str, int)  # message id, -1 or 1
    judged = Signal(str, str, str)  # message id, mark, what would be right
    member_chosen = Signal(str, int)  # message id, place among the answers asked together

    def __init__(
        self, message: Message, details: AnswerDetails, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.message = message
        self.details = details
        self._is_user = message.role == "user"
        self._raw_shown = False
        self.who_label = text_label()
        self.notice_label = text_label()
        self.line_label = text_label()
        self.line_label.hide()  # but beside another answer
        self.made_view = MadeView()
        self.body = MessageText()
        self.body.box_pointed.connect(self._point)
        self.remarks_label = text_label()
        self.trouble_label = text_label()
        self.retry_button = tool_button("retry", self.tr("Retry"), words=True)
        self.details_button = tool_button("", self.tr("Details"), words=True)
        self.details_button.setAutoRaise(False)
        self.details_button.setCheckable(True)
        self.technical = DetailsText()
        self.technical.hide()
        self.chips: list[BoxChip] = []
        self._chip_row = QWidget()
        self._chip_flow = FlowLayout(self._chip_row)
        self.foot_label = text_label()
        self.foot_label.setWordWrap(False)
        self.copy_button = tool_button("copy", self.tr("Copy"))
        self.again_button = tool_button("retry", self.tr("Ask again"))
        self.edit_button = tool_button("edit", self.tr("Edit the question"))
        self.remove_button = tool_button("delete", self.tr("Remove this question and answer"))
        self.versions = VersionSwitch(self._is_user)
        self.agreement = AgreementLines()
        self.marks = MarkButtons()
        self.right = RightAnswer()
        self.raw_button = tool_button("", self.tr("Show raw text"), words=True)
        self.raw_button.setCheckable(True)
        self._arrange()
        self._connect()
        self._style()
        self.body.set_text(message.text)
        self.show_state()

    # -- what the panel calls --------------------------------------------------------

    def append(self, text: str) -> None:
        """Adds text that came."""
        self.message = replace(self.message, text=self.message.text + text)
        self.body.append_text(text)
        self.body.show()

    def set_state(self, status: str, details: AnswerDetails, text: str | None = None) -> None:
        """Ends or changes the answer; `text` replaces what came piece by piece."""
        self.details = details
        if text is not None and text != self.message.text:
            self.message = replace(self.message, text=text)
            self.body.set_text(text)
        self.message = replace(self.message, status=status)
        self.show_state()

    def set_versions(self, place: int, count: int) -> None:
        """Says which of several versions this is, counted from 1."""
        self.versions.set_place(place, count)
        self.show_state()

    def set_mark(self, mark: str, right: str) -> None:
        """Shows what a person says of the answer."""
        self.message = replace(self.message, mark=mark, right=right)
        self.show_state()

    def set_removable(self, removable: bool) -> None:
        """Whether it can be taken out, and marked, now."""
        self.remove_button.setEnabled(removable)
        self.marks.setEnabled(removable)
        self.right.setEnabled(removable)

    def set_removes_branch(self, branch: bool) -> None:
        """Says whether what follows goes with it, because there are other versions of it."""
        words = (
            self.tr("Remove this version and what follows")
            if branch
            else self.tr("Remove this question and answer")
        )
        self.remove_button.setToolTip(words)
        self.remove_button.setAccessibleName(words)

    def light(self, box: int) -> None:
        """Lights phrase and chip of a box; -1 lights none."""
        self.body.light(box)
        for chip in self.chips:
            chip.setDown(chip.box == box)

    def follow_in_tab_order(self, before: QWidget) -> QWidget:
        """Takes its place behind a widget in the order of the Tab key; returns its last widget."""
        for widget in (
            *self.made_view.widgets(),
            self.body,
            *self.chips,
            *self.agreement.buttons,
            self.retry_button,
            self.details_button,
            self.versions.back_button,
            self.versions.forward_button,
            self.marks.good_button,
            self.marks.bad_button,
            self.right.edit,
            self.copy_button,
            self.again_button,
            self.edit_button,
            self.remove_button,
            self.raw_button,
            self.technical,
        ):
            QWidget.setTabOrder(before, widget)
            before = widget
        return before

    def show_state(self) -> None:
        """Brings everything up to date with message and details."""
        details, status = self.details, self.message.status
        self.who_label.setText(self.tr("You") if self._is_user else visible_text(details.who))
        self.who_label.setVisible(self._is_user or bool(details.who))
        regions = len(self.message.boxes)
        about = self.tr("about %n region(s)", "", regions) if regions and self._is_user else ""
        notice = about or visible_text(details.notice)
        self.notice_label.setText(notice)
        self.notice_label.setVisible(bool(notice))
        self.made_view.show_made(details.made)
        failed = status == "failed"
        trouble = " ".join(part for part in (details.what, details.mend) if part)
        if failed and not trouble:
            trouble = self.message.text or self.tr("No answer came.")
        self.remarks_label.setText(visible_text(" ".join(details.remarks)))
        self.remarks_label.setVisible(bool(details.remarks))
        self.trouble_label.setText(visible_text(trouble))
        self.trouble_label.setVisible(failed)
        self.retry_button.setVisible(failed)
        self.details_button.setVisible(failed and bool(details.technical))
        self.technical.setPlainText(visible_text(details.technical))
        has_text = bool(self.message.text) and not (failed and trouble == self.message.text)
        self.body.setVisible(has_text)
        self.body.setAccessibleName(
            self.tr("{who}: message").format(who=self.who_label.text() or self.tr("Answer"))
        )
        if not self._raw_shown:
            self.body.set_boxes(details.boxes)
        self._show_chips()
        self._show_foot()
        answered = not self._is_user and status != "running"
        self._foot_row.setVisible(not self._is_user or not self.versions.isHidden())
        self.copy_button.setVisible(has_text and answered)
        self.again_button.setVisible(answered and not failed)
        self.edit_button.setVisible(answered)
        self.remove_button.setVisible(answered)
        self.marks.set_mark(self.message.mark)
        self.marks.setVisible(answered)
        self.right.set_text(self.message.right)
        self.right.setVisible(answered and (self.message.mark == BAD or bool(self.message.right)))
        self.raw_button.setVisible(answered and bool(details.raw))
        self.raw_button.setText(self._raw_words())

    # -- what Qt calls -------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the ground of a question."""
        if self._is_user:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.palette().brush(QPalette.ColorRole.AlternateBase))
            painter.drawRoundedRect(self.rect(), theme.TINY, theme.TINY)
            painter.end()

    def changeEvent(self, event: QEvent) -> None:
        """Follows font and theme."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.PaletteChange):
            self._style()

    # -- inside ------------------------------------------------------------------------

    def _arrange(self) -> None:
        self._foot_row = QWidget()
        foot = FlowLayout(self._foot_row)
        for widget in (
            self.retry_button,
            self.details_button,
            self.versions,
            self.marks,
            self.copy_button,
            self.again_button,
            self.edit_button,
            self.remove_button,
            self.raw_button,
            self.foot_label,
        ):
            foot.addWidget(widget)
        layout = QVBoxLayout(self)
        side = theme.SMALL if self._is_user else theme.TINY
        layout.setContentsMargins(side, theme.TINY, side, theme.TINY)
        layout.setSpacing(theme.TINY)
        for widget in (
            self.line_label,
            self.who_label,
            self.notice_label,
            self.made_view,
            self.body,
            self._chip_row,
            self.remarks_label,
            self.trouble_label,
            self.agreement,
            self._foot_row,
            self.right,
        ):
            layout.addWidget(widget)
        layout.addWidget(self.technical)

    def _connect(self) -> None:
        self.retry_button.clicked.connect(self._ask_again)
        self.again_button.clicked.connect(self._ask_again)
        self.edit_button.clicked.connect(self._edit)
        self.remove_button.clicked.connect(self._remove)
        self.versions.stepped.connect(self._step)
        self.agreement.chosen.connect(self._choose_member)
        self.marks.marked.connect(self._mark)
        self.right.changed.connect(self._put_right)
        self.copy_button.clicked.connect(self._copy)
        self.raw_button.toggled.connect(self._show_raw)
        self.details_button.toggled.connect(self.technical.setVisible)

    def _style(self) -> None:
        muted = QPalette()
        # On a ground of the base colour a label writes in the role Text.
        for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text):
            muted.setColor(role, theme.muted())
        small = theme.tabular(theme.small())
        labels = (self.line_label, self.who_label, self.notice_label, self.remarks_label)
        for label in (*labels, self.foot_label):
            label.setPalette(muted)
            label.setFont(small)
        name = theme.small()
        name.setBold(True)
        self.who_label.setFont(name)
        self.raw_button.setFont(small)
        self.versions.restyle()

    def _raw_words(self) -> str:
        if self._raw_shown:
            return self.tr("Show answer")
        if self.details.task in GIVES_BOXES and not self.details.boxes:
            return self.tr("Why no box?")
        return self.tr("Show raw text")

    def _show_chips(self) -> None:
        shown = list(self.details.boxes[:_MOST_CHIPS])
        if [chip.found for chip in self.chips] != shown:
            for chip in self.chips:
                self._chip_flow.removeWidget(chip)
                chip.deleteLater()
            self.chips = []
            for index, found in enumerate(shown):
                chip = BoxChip(index, found, self._chip_row)
                chip.pointed.connect(self._point)
                self._chip_flow.addWidget(chip)
                self.chips.append(chip)
            self.follow_in_tab_order(self.body.previousInFocusChain() or self)
        self._chip_row.setVisible(bool(self.chips))

    def _show_foot(self) -> None:
        details, status = self.details, self.message.status
        locale = QLocale()
        parts: list[str] = []
        if status == "running":
            parts.append(self.tr("answering…"))
        elif status == "cancelled":
            parts.append(self.tr("stopped"))
        hidden = len(details.boxes) - _MOST_CHIPS
        if hidden > 0:
            parts.append(self.tr("%n more in Findings", "", hidden))
        if details.seconds > 0:
            seconds = locale.toString(float(details.seconds), "f", 1)
            parts.append(self.tr("{seconds} s").format(seconds=seconds))
        if details.tokens > 0:
            parts.append(self.tr("%n token(s)", "", details.tokens))
        self.foot_label.setText(" · ".join(parts))
        drawn = self.tr("Drawn with the seed {seed}").format(seed=details.seed)
        self.foot_label.setToolTip(drawn if details.seed else "")
        self.foot_label.setVisible(bool(parts))

    @Slot(int)
    def _point(self, box: int) -> None:
        self.light(box)
        self.box_pointed.emit(self.message.id, box)

    @Slot()
    def _ask_again(self) -> None:
        self.retry_requested.emit(self.message.id)

    @Slot()
    def _edit(self) -> None:
        self.edit_requested.emit(self.message.id)

    @Slot()
    def _remove(self) -> None:
        self.remove_requested.emit(self.message.id)

    @Slot(str)
    def _mark(self, mark: str) -> None:
        self.judged.emit(self.message.id, mark, self.message.right)
        if mark == BAD and self.right.isVisible():
            self.right.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _put_right(self, right: str) -> None:
        self.judged.emit(self.message.id, self.message.mark, right)

    @Slot(int)
    def _choose_member(self, place: int) -> None:
        self.member_chosen.emit(self.message.id, place)

    @Slot(int)
    def _step(self, step: int) -> None:
        self.version_stepped.emit(self.message.id, step)

    @Slot()
    def _copy(self) -> None:
        text = self.details.raw if self._raw_shown else self.message.text
        QGuiApplication.clipboard().setText(text)

    @Slot(bool)
    def _show_raw(self, on: bool) -> None:
        self._raw_shown = on
        if on:
            self.body.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        else:
            self.body.setFont(self.font())
        self.body.set_boxes(() if on else self.details.boxes)
        self.body.set_text(self.details.raw if on else self.message.text)
        self.body.show()
        self.raw_button.setText(self._raw_words())
