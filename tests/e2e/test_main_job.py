"""The main job in the window: open, decide, look, correct, undo, report."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from inspector_app.domain.findings import FindingState
from inspector_app.domain.geometry import Box
from inspector_app.domain.tasks import Task
from inspector_app.domain.verdicts import Verdict
from inspector_app.services import projects
from inspector_app.services.engines import Patience
from inspector_app.services.settings import Settings
from inspector_app.ui.main_window import MainWindow
from inspector_app.ui.worker import Worker

Run = Callable[[Coroutine[Any, Any, Any]], Any]
Until = Callable[..., Coroutine[Any, Any, None]]


@pytest.fixture
def lot(parts: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(parts / "lot", tmp_path / "lot"))


@pytest.fixture
def story(run_async: Run, qapp: Any) -> Callable[..., None]:
    """Runs a coroutine function with a window and closes everything after it."""

    def tell(work: Callable[[MainWindow], Coroutine[Any, Any, None]]) -> None:
        async def whole() -> None:
            window = MainWindow(Settings(), Worker(Patience(silence=5.0, stop=1.0)))
            window.show()
            try:
                await work(window)
            finally:
                window.close()
                await window.shut_down()
                window.deleteLater()

        run_async(whole())

    return tell


async def opened(w: MainWindow, lot: Path, recipe: Path | None, until: Until) -> None:
    await w.flows.start(w.flows.open_folder(str(lot)))
    assert w.session.project is not None
    if recipe is not None:
        await w.flows.start(w.flows.use_recipe(str(recipe)))
    await until(w.page.is_seen)


def by_name(w: MainWindow) -> dict[str, Any]:
    return {Path(row.path).name: row for row in w.session.summaries()}


def choose(w: MainWindow, name: str) -> None:
    w.session.select(by_name(w)[name].image_id)


def test_open_decide_look_correct_report(
    story: Any, wait_until: Until, lot: Path, fitted: Path, tmp_path: Path
):
    async def work(w: MainWindow) -> None:
        await opened(w, lot, fitted, wait_until)
        w.actions_["run_all"].trigger()
        await wait_until(lambda: all(row.verdict for row in by_name(w).values()), 60)
        assert by_name(w)["part_0.png"].verdict is Verdict.ACCEPT
        assert by_name(w)["part_1.png"].verdict is Verdict.REJECT

        choose(w, "part_1.png")
        await wait_until(w.page.is_seen)
        first = w.session.findings()[0]
        assert w.actions_["heat"].isChecked()

        w.session.edit(first.id, label="scratch", box=Box(0.3, 0.4, 0.7, 0.55))
        assert [f.label for f in w.session.findings() if f.author.name] != []
        assert w.session.findings()[-1].label == "scratch"
        w.actions_["undo"].trigger()
        assert [f.id for f in w.session.findings()] == [first.id]
        w.actions_["redo"].trigger()
        assert w.session.findings()[-1].label == "scratch"

        w.viewer.region_drawn.emit(Box(0.1, 0.1, 0.2, 0.2))
        drawn = w.session.findings()[-1]
        assert drawn.state is FindingState.ACCEPTED
        assert w.findings.selected_id() == drawn.id

        w.actions_["accept"].trigger()
        assert by_name(w)["part_1.png"].verdict is Verdict.ACCEPT
        assert by_name(w)["part_1.png"].engine_verdict is Verdict.REJECT
        w.actions_["undo"].trigger()
        assert by_name(w)["part_1.png"].verdict is Verdict.REJECT

        out = tmp_path / "report"
        await w.flows.start(w.flows.export(("pdf", "json"), str(out)))
        assert any(path.suffix == ".pdf" for path in out.iterdir())
        assert any("report" in text.lower() for text in w.messages.texts())

    story(work)


def test_without_a_recipe_the_window_says_what_to_do(
    story: Any, wait_until: Until, lot: Path, parts: Path
):
    async def work(w: MainWindow) -> None:
        await opened(w, lot, None, wait_until)
        w.actions_["run_all"].trigger()
        await wait_until(lambda: w.messages.count() == 1)
        assert "good parts" in w.messages.texts()[0]

    story(work)


def test_what_is_this_is_answered_truthfully(
    story: Any, wait_until: Until, lot: Path, fitted: Path
):
    async def work(w: MainWindow) -> None:
        await opened(w, lot, fitted, wait_until)
        choose(w, "part_1.png")
        await wait_until(w.page.is_seen)
        w.viewer.region_drawn.emit(Box(0.38, 0.4, 0.66, 0.52))
        w.chat.question_asked.emit("what is this?", Task.IDENTIFY, False)
        image = w.session.image
        assert image is not None
        assert w.session.project is not None
        project = w.session.project
        await wait_until(lambda: [m.status for m in project.messages(image.id)] == ["done"] * 2, 60)
        answer = project.messages(image.id)[1].text
        assert "cannot name things" in answer
        assert "above the limit" in answer

    story(work)


def test_engine_killed_in_the_middle_of_an_answer(
    story: Any, wait_until: Until, lot: Path, fitted: Path
):
    async def work(w: MainWindow) -> None:
        await opened(w, lot, None, wait_until)
        w.settings.set("engine", "fake")
        w.session.recipe_changed.emit()
        project, image = w.session.project, w.session.image
        assert project is not None
        assert image is not None
        w.chat.question_asked.emit("script:endless", Task.VQA, False)
        await wait_until(lambda: w.worker.process.pid is not None)
        seen: list[str] = []
        w.flows.answer_grew.connect(lambda _, text: seen.append(text))
        await wait_until(lambda: len(seen) > 3)
        w.worker.kill_engine()
        await wait_until(lambda: project.messages(image.id)[-1].status == "failed")
        await wait_until(lambda: not w.flows.running)
        choose(w, "part_2.png")  # the window is usable
        assert w.session.image is not None
        second = w.session.image
        w.chat.question_asked.emit("script:good", Task.VQA, False)
        await wait_until(lambda: [m.status for m in project.messages(second.id)] == ["done"] * 2)
        assert project.messages(second.id)[1].text == "nothing found"

    story(work)


def test_stop_keeps_the_partial_answer(story: Any, wait_until: Until, lot: Path):
    async def work(w: MainWindow) -> None:
        await opened(w, lot, None, wait_until)
        w.settings.set("engine", "fake")
        project, image = w.session.project, w.session.image
        assert project is not None
        assert image is not None
        seen: list[str] = []
        w.flows.answer_grew.connect(lambda _, text: seen.append(text))
        w.chat.question_asked.emit("script:endless", Task.VQA, False)
        await wait_until(lambda: len(seen) > 3)
        w.actions_["stop"].trigger()
        await wait_until(lambda: not w.flows.running)
        message = project.messages(image.id)[-1]
        assert message.status == "cancelled"
        assert message.text.startswith("on and on")

    story(work)


def test_a_question_goes_before_a_running_batch(
    story: Any, wait_until: Until, lot: Path, fitted: Path
):
    async def work(w: MainWindow) -> None:
        for number in range(6, 40):
            shutil.copy(lot / "part_0.png", lot / f"part_{number}.png")
        await opened(w, lot, fitted, wait_until)
        project, image = w.session.project, w.session.image
        assert project is not None
        assert image is not None
        w.actions_["run_all"].trigger()
        await wait_until(lambda: any(row.verdict for row in by_name(w).values()), 60)
        w.chat.question_asked.emit("is it good?", Task.DETECTION, False)
        await wait_until(lambda: [m.status for m in project.messages(image.id)] == ["done"] * 2, 30)
        assert any(row.verdict is None for row in by_name(w).values())
        w.actions_["stop"].trigger()
        await wait_until(lambda: not w.flows.running)

    story(work)


def test_two_windows_on_one_project(story: Any, wait_until: Until, lot: Path):
    async def work(w: MainWindow) -> None:
        await opened(w, lot, None, wait_until)
        other = MainWindow(Settings(), Worker())
        try:
            await other.flows.start(other.flows.open_folder(str(lot)))
            assert other.session.read_only
            assert not w.session.read_only
            assert any("open elsewhere" in text for text in other.messages.texts())
            assert not other.actions_["run_all"].isEnabled()
        finally:
            other.close()
            await other.shut_down()
            other.deleteLater()

    story(work)


def test_folder_without_images(story: Any, tmp_path: Path):
    async def work(w: MainWindow) -> None:
        (tmp_path / "empty").mkdir()
        await w.flows.start(w.flows.open_folder(str(tmp_path / "empty")))
        assert w.stack.currentWidget() is w.empty

    story(work)


def test_missing_folder_is_one_line_in_the_bar(story: Any, tmp_path: Path):
    async def work(w: MainWindow) -> None:
        await w.flows.start(w.flows.open_folder(str(tmp_path / "gone")))
        assert w.session.project is None
        assert "There is no folder" in w.messages.texts()[0]

    story(work)


def test_unreadable_file_is_told_in_the_picture_and_the_gallery(
    story: Any, wait_until: Until, lot: Path
):
    async def work(w: MainWindow) -> None:
        (lot / "aaa.png").write_bytes(b"no image at all")
        await w.flows.start(w.flows.open_folder(str(lot)))
        await wait_until(lambda: bool(by_name(w)["aaa.png"].trouble))
        w.actions_["next"].trigger()
        await wait_until(lambda: w.viewer.has_image)

    story(work)


def test_dropping_files_on_an_open_project_adds_them(
    story: Any, wait_until: Until, lot: Path, parts: Path
):
    async def work(w: MainWindow) -> None:
        await opened(w, lot, None, wait_until)
        before = len(w.session.images())
        extra = parts / "good" / "good_00.png"
        await w.flows.start(w.flows.add_files([str(extra)]))
        assert len(w.session.images()) == before + 1
        assert w.session.image is not None
        assert w.session.image.path == str(extra)

    story(work)


def test_keys_alone_review_a_lot(
    story: Any, wait_until: Until, lot: Path, fitted: Path, qtbot: Any
):
    async def work(w: MainWindow) -> None:
        await opened(w, lot, fitted, wait_until)
        await w.flows.start(w.flows.run_all())
        w.activateWindow()
        w.viewer.setFocus()
        start = w.session.image
        qtbot.keyClick(w.viewer, Qt.Key.Key_D)
        assert w.session.image is not start
        qtbot.keyClick(w.viewer, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
        assert w.session.overrule() is not None
        assert w.session.overrule().verdict is Verdict.REJECT

    story(work)


def test_no_verdict_on_a_picture_that_is_not_shown_yet(
    story: Any, wait_until: Until, lot: Path, fitted: Path
):
    async def work(w: MainWindow) -> None:
        await opened(w, lot, fitted, wait_until)
        await w.flows.start(w.flows.run_all())
        w.viewer.zoom_to(3.0)
        choose(w, "part_5.png")  # far from the first: not looked at beforehand
        assert not w.page.is_seen()
        w.actions_["accept"].trigger()
        w.commands._verdict(Verdict.ACCEPT)
        assert w.session.overrule() is None
        await wait_until(w.page.is_seen)
        assert w.viewer.zoom() == pytest.approx(3.0)  # kept over the change
        w.actions_["accept"].trigger()
        assert w.session.overrule() is not None

    story(work)


def test_saving_over_a_project_that_is_open_elsewhere_is_refused(
    story: Any, wait_until: Until, lot: Path, tmp_path: Path
):
    async def work(w: MainWindow) -> None:
        await opened(w, lot, None, wait_until)
        other = tmp_path / "other.inspect"
        lock = projects.ProjectLock(other)
        projects.open_project(other, create=True).close()
        assert lock.acquire()
        before = other.read_bytes()
        await w.flows.start(w.flows.save_as(str(other)))
        assert any("in use by" in text for text in w.messages.texts())
        assert other.read_bytes() == before
        lock.release()
        await w.flows.start(w.flows.save_as(str(other)))
        assert w.session.project is not None
        assert w.session.project.path == other
        assert len(w.session.images()) == 6

    story(work)


def test_a_missing_bank_is_said_once_and_blames_no_image(
    story: Any, wait_until: Until, lot: Path, fitted: Path, tmp_path: Path
):
    async def work(w: MainWindow) -> None:
        recipe = Path(shutil.copytree(fitted.parent, tmp_path / "recipe")) / fitted.name
        next(recipe.parent.glob("*.safetensors")).unlink()
        await opened(w, lot, recipe, wait_until)
        await w.flows.start(w.flows.run_all())
        assert "memory bank" in w.messages.texts()[0]
        assert not any(row.trouble for row in by_name(w).values())

    story(work)
