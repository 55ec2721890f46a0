"""Judging blind in the window: keys, going on later, changing one's mind, and being unblinded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QPushButton

from inspector_app.domain.errors import StoreError
from inspector_app.domain.evaluation import Evaluation, Item
from inspector_app.domain.judging import FIRST, MODEL, SECOND, TIE, Duel, Match, Vote
from inspector_app.services import judging
from inspector_app.store import matches as store
from inspector_app.ui import blind_dialog
from inspector_app.ui.blind_dialog import BlindDialog

Open = Callable[..., BlindDialog]
OLD, NEW = "talker", "talker+nut"


def evaluation(adapter: str, answers: list[str], images: list[str]) -> Evaluation:
    items = tuple(
        Item(image, "một vết xước", answer, None if not answer else True, f"Question {n}?")
        for n, (image, answer) in enumerate(zip(images, answers, strict=True))
    )
    return Evaluation("talker", adapter, "vqa", "m.jsonl", "test", {}, items, {}, "", "abc")


@pytest.fixture
def match(parts: Path) -> Match:
    """Four pairs: two with a picture, one whose picture is missing, one of words alone."""
    images = [str(parts / "lot" / f"part_{n}.png") for n in range(2)] + ["/nowhere/x.png", ""]
    old = evaluation("", [f"old {n}" for n in range(4)], images)
    new = evaluation("nut", [f"new {n}" for n in range(4)], images)
    return judging.make_match(old, new, "Nuts", seed=3)


@pytest.fixture
def open_dialog(qapp: QApplication) -> Iterator[Open]:
    opened: list[BlindDialog] = []

    def make(match: Match, judge: str = "Lan") -> BlindDialog:
        dialog = BlindDialog(match, judge)
        dialog.show()
        qapp.processEvents()
        opened.append(dialog)
        return dialog

    yield make
    for dialog in opened:
        dialog.close()
        dialog.deleteLater()


def winner(match: Match, duel: Duel, judge: str = "Lan") -> str:
    return next(v.winner for v in judging.votes(match) if (v.duel, v.judge) == (duel.id, judge))


def told(dialog: BlindDialog) -> str:
    """Everything that can be read in the dialog now, tooltips too."""
    found = [dialog.windowTitle()]
    for kind in (QLabel, QPushButton):
        found += [w.text() for w in dialog.findChildren(kind) if w.isVisible()]
    found += [w.toPlainText() for w in dialog.findChildren(QPlainTextEdit) if w.isVisible()]
    found += [head.text() for head in dialog.duel.heads]
    return "\n".join(found)


def test_keys_choose_and_the_vote_counts_for_whose_answer_it_was(match: Match, open_dialog: Open):
    dialog = open_dialog(match)
    assert {duel.swapped for duel in match.duels} == {False, True}  # else nothing is shown below
    for duel, key in zip(match.duels, (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_0), strict=False):
        shown = [answer.toPlainText() for answer in dialog.duel.answers]
        assert shown == [duel.left, duel.right]
        QTest.keyClick(dialog, key)
        QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    one, two, three = match.duels[:3]
    assert winner(match, one) == (SECOND if one.swapped else FIRST)
    assert winner(match, two) == (FIRST if two.swapped else SECOND)
    assert winner(match, three) == TIE
    assert dialog.progress.text().startswith("4 of 4")


def test_nothing_tells_whose_an_answer_is(match: Match, open_dialog: Open):
    dialog = open_dialog(match)
    for _ in match.duels[1:]:
        text = told(dialog)
        assert OLD not in text
        assert match.name not in text
        assert "một vết xước" not in text  # what is right is hidden until it is asked for
        dialog.duel.show_wanted.click()
        assert "một vết xước" in told(dialog)
        QTest.keyClick(dialog, Qt.Key.Key_2)
        dialog.next_button.click()
        assert not dialog.duel.wanted.isVisible()


def test_one_goes_on_where_one_stopped(match: Match, open_dialog: Open):
    dialog = open_dialog(match)
    QTest.keyClick(dialog, Qt.Key.Key_1)
    dialog.next_button.click()
    QTest.keyClick(dialog, Qt.Key.Key_2)
    dialog.reason.setText("  rõ hơn ")
    dialog.close()  # without going on: the choice and its reason are kept
    last = next(v for v in judging.votes(match) if v.duel == match.duels[1].id)
    assert last.reason == "rõ hơn"
    again = open_dialog(judging.matches()[0])
    assert again.progress.text() == "3 of 4 · 2 judged"
    again.back_button.click()
    assert again.buttons["right"].isChecked()
    assert again.reason.text() == "rõ hơn"
    other = open_dialog(match, "Minh")
    assert other.progress.text().startswith("1 of 4")


def test_a_vote_can_be_changed(match: Match, open_dialog: Open):
    dialog = open_dialog(match)
    QTest.keyClick(dialog, Qt.Key.Key_1)
    dialog.next_button.click()
    dialog.back_button.click()
    QTest.keyClick(dialog, Qt.Key.Key_0)
    assert winner(match, match.duels[0]) == TIE
    assert len(judging.votes(match)) == 1


def test_digits_in_the_reason_are_no_votes(match: Match, open_dialog: Open):
    dialog = open_dialog(match)
    dialog.activateWindow()
    dialog.reason.setFocus()
    QTest.keyClicks(dialog.reason, "12 mm")
    assert dialog.reason.text() == "12 mm"
    assert judging.votes(match) == ()
    assert not dialog.next_button.isEnabled()


def test_pictures_words_alone_and_a_missing_file(match: Match, open_dialog: Open):
    dialog = open_dialog(match)
    seen: dict[str, tuple[bool, bool]] = {}
    for duel in match.duels:
        picture = dialog.duel.picture
        kind = Path(duel.image).name
        seen[kind] = (picture.isVisible(), picture.viewer.has_image())
        if kind == "x.png":
            assert "x.png" in picture.viewer.accessibleDescription()
        QTest.keyClick(dialog, Qt.Key.Key_1)
        dialog.next_button.click()
    assert seen == {
        "part_0.png": (True, True),
        "part_1.png": (True, True),
        "x.png": (True, False),
        "": (False, False),
    }


def test_at_the_end_it_says_who_is_who(match: Match, open_dialog: Open):
    for duel in match.duels[:3]:
        judging.vote(match, duel, "Lan", "right" if duel.swapped else "left", "shorter")
    store.add_votes(match.id, [Vote(match.duels[0].id, "judge", MODEL, FIRST, "ok", (8.0, 5.0))])
    dialog = open_dialog(match)
    QTest.keyClick(dialog, Qt.Key.Key_0)
    assert dialog.next_button.text() == "Finish"
    dialog.next_button.click()
    results = dialog.results
    assert results.isVisible()
    summary = results.summary.text()
    assert f"{OLD} better 3 times, {NEW} better 0 times, as good 1 times" in summary
    assert "p = 0.250" in summary  # 2 * 0.5 ** 3, by hand
    assert "100 % of 1 pairs" in summary
    rows = results.standings.rowCount()
    assert rows == 3  # all people, Lan, the model
    assert results.standings.item(rows - 1, 7).text() == "8.0 : 5.0"
    assert results.votes.rowCount() == 5
    results.votes.setCurrentCell(4, 0)
    assert results.duel.answers[0].toPlainText() == match.duels[3].first
    assert [head.text() for head in results.duel.heads] == [OLD, NEW]
    results.on_button.click()  # all are judged: from the first one, to change one's mind
    assert dialog.progress.text().startswith("1 of 4")


def test_results_before_the_end_warn(
    match: Match, open_dialog: Open, monkeypatch: pytest.MonkeyPatch
):
    asked: list[str] = []
    answer = False

    def confirmed(_parent: object, _title: str, text: str, _button: str) -> bool:
        asked.append(text)
        return answer

    monkeypatch.setattr(blind_dialog, "confirmed", confirmed)
    dialog = open_dialog(match)
    QTest.keyClick(dialog, Qt.Key.Key_1)
    dialog.results_button.click()
    assert "3 pair" in asked[0]
    assert dialog.judging.isVisible()
    answer = True
    dialog.results_button.click()
    assert dialog.results.isVisible()
    assert dialog.results.votes.rowCount() == 1  # the others stay unseen
    dialog.results.on_button.click()
    assert dialog.progress.text().startswith("2 of 4")


def test_a_full_disk_is_told_and_nothing_is_lost(
    match: Match, open_dialog: Open, monkeypatch: pytest.MonkeyPatch
):
    def full(*_: object) -> None:
        raise StoreError("The disk is full.", "Free some space.")

    dialog = open_dialog(match)
    with monkeypatch.context() as patch:
        patch.setattr(store, "add_votes", full)
        QTest.keyClick(dialog, Qt.Key.Key_1)
        dialog.next_button.click()
        assert dialog.progress.text() == "1 of 4 · 0 judged"
        assert "The disk is full." in dialog.messages.texts()[0]
    dialog.next_button.click()
    assert dialog.progress.text() == "2 of 4 · 1 judged"
