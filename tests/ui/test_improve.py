"""The Improve page: five steps of a round, what stops it, and how it goes on after a restart."""

from __future__ import annotations

import threading
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QLocale

from inspector_app.domain.improving import PROMOTED, ROLLED_BACK
from inspector_app.domain.jobs import Progress
from inspector_app.domain.judging import MODEL, SECOND, Match, Standing, Vote
from inspector_app.domain.loading import LoadReport
from inspector_app.domain.training import DataSource, RunStopped, StepDone, Validated
from inspector_app.services import improve, improve_data, judging, run_evaluation
from inspector_app.store import matches
from inspector_app.ui import improve_page, improve_slot
from inspector_app.ui.comparison_dialog import ComparisonDialog
from inspector_app.ui.improve_flows import ImproveFlows, match_of
from inspector_app.ui.improve_page import ImprovePage
from inspector_app.ui.improve_state import Mark, Phase
from inspector_app.ui.improve_train import TrainStep
from inspector_app.ui.main_window import MainWindow
from inspector_app.ui.train_plot import TrainPlot
from tests.ui.improve_fake import STEPS, FakeJobs, write_manifest

Until = Callable[..., Coroutine[Any, Any, None]]


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch) -> FakeJobs:
    return FakeJobs(monkeypatch)


@pytest.fixture
def manifest(tmp_path: Path) -> Path:
    return write_manifest(tmp_path)


async def opened(w: MainWindow, until: Until) -> tuple[ImprovePage, ImproveFlows]:
    w.actions_["page_improve"].trigger()
    page, flows = w.improve.page, w.improve.flows
    assert page is not None
    assert flows is not None
    await until(lambda: page.data.base.count() > 0)
    return page, flows


async def checked(page: ImprovePage, flows: ImproveFlows, manifest: Path, until: Until) -> None:
    page.data.name.setText("Nut 2")
    page.data.add_source(DataSource(str(manifest), split="train"))
    page.data.manifest.set_path(str(manifest))
    page.data.check_button.click()
    await until(lambda: flows.current.config is not None and flows.busy is None)


async def trained(page: ImprovePage, flows: ImproveFlows, jobs: FakeJobs, until: Until) -> None:
    jobs.steps(STEPS)
    page.train.start_button.click()
    await until(lambda: adapter(flows) == "nut-2" and flows.busy is None)


def adapter(flows: ImproveFlows) -> str:
    return flows.current.stored.adapter if flows.current.stored is not None else ""


def marks(page: ImprovePage) -> str:
    letters = {Mark.DONE: "d", Mark.NOW: "n", Mark.LATER: "l"}
    return "".join(letters[section.mark] for section in page.sections.values())


def done_steps(flows: ImproveFlows) -> list[int]:
    return [event.step for event in flows.current.events if isinstance(event, StepDone)]


def test_without_a_model_the_page_says_where_to_get_one(
    story: Any, wait_until: Until, jobs: FakeJobs
):
    async def work(w: MainWindow) -> None:
        assert w.improve.page is None  # nothing of it is made before it is wanted
        w.actions_["page_improve"].trigger()
        page = w.improve.page
        assert page is not None
        await wait_until(page.empty.isVisible)
        assert not page.area.isVisible()
        page.empty.buttons[0].click()
        assert w.models_page.isVisible()

    story(work)


def test_all_five_steps(
    story: Any, wait_until: Until, jobs: FakeJobs, speaker: str, manifest: Path
):
    async def work(w: MainWindow) -> None:
        page, flows = await opened(w, wait_until)
        assert marks(page) == "nllll"
        assert "Give the new adapter a name." in page.data.note.text()
        await checked(page, flows, manifest, wait_until)
        assert marks(page) == "dnlll"
        assert "tested on 4 items of test" in page.sections["data"].summary.text()
        page.data.found_button.click()
        assert any("good parts" in text for text in page.data.concerns.texts())
        assert page.data.sheet.isVisible()

        page.train.steps.setValue(STEPS)
        page.train.unit.setCurrentIndex(0)
        page.train.rank.setValue(4)
        await trained(page, flows, jobs, wait_until)
        config, resumed = jobs.configs[0]
        assert (config.schedule.steps, config.lora.rank, resumed) == (STEPS, 4, False)
        assert config.base == speaker
        assert marks(page) == "ddnll"
        assert "holds the weights of step 12" in page.train.state.text()
        assert dict(page.train.facts.rows())["Validation loss"].startswith(
            "2.5000 at first, 0.2083"
        )
        assert (
            dict(page.train.samples.cards[0].facts.rows())["Answer"] == "scratch, seen at step 12"
        )
        assert not page.train.samples.cards[0].picture.pixmap().isNull()

        page.evaluate.start_button.click()
        await wait_until(lambda: marks(page) == "dddnn")
        assert [request.adapter for request in jobs.requests] == ["", "nut-2"]
        assert ["accuracy", "0.5 (0.3 to 0.5)", "1 (0.8 to 1)", "+0.500", "4"] in (
            page.evaluate.table.texts()
        )
        assert "2 are right only with the new adapter, 0 only" in page.compare.words.text()
        assert [row[0] for row in page.compare.table.texts()] == [
            "type of defect: scratch",
            "type of defect: stain",
        ]
        page.compare.look_button.click()
        await wait_until(lambda: page.findChildren(ComparisonDialog))
        both = page.findChildren(ComparisonDialog)[0]
        assert "only speaker+nut-2 has 2 right" in both.summary.text()
        both.close()
        assert page.compare.blind_button.isEnabled()
        assert not page.compare.judge_button.isEnabled()  # no language model is loaded

        page.decide.promote_button.click()
        assert marks(page) == "ddddd"
        assert w.session.choice.engine_id() == speaker
        assert w.session.choice.adapter(speaker) == "nut-2"
        page.decide.keep_button.click()  # Roll back
        assert w.session.choice.adapter(speaker) == ""
        assert improve.improvements()[0].decision == ROLLED_BACK
        page.decide.promote_button.click()
        assert improve.improvements()[0].decision == PROMOTED

    story(work)


def test_an_error_in_the_data_forbids_going_on(
    story: Any, wait_until: Until, jobs: FakeJobs, speaker: str, manifest: Path
):
    async def work(w: MainWindow) -> None:
        page, flows = await opened(w, wait_until)
        page.data.name.setText("Nut 2")
        page.data.add_source(DataSource(str(manifest), split="train"))
        page.data.manifest.set_path(str(manifest.with_name("gone.jsonl")))
        page.data.check_button.click()
        await wait_until(lambda: flows.current.look is not None and flows.busy is None)
        assert marks(page) == "nllll"
        assert page.data.concerns.texts()[0].startswith("✕ error: There is no manifest")
        assert "Mend what is marked ✕" in page.data.note.text()
        page.data.manifest.set_path(str(manifest))
        page.data.check_button.click()
        await wait_until(lambda: marks(page) == "dnlll")
        assert len(improve.improvements()) == 1  # the same round, mended

    story(work)


def test_images_of_the_test_set_that_are_learned_from_are_told(
    story: Any, wait_until: Until, jobs: FakeJobs, speaker: str, manifest: Path
):
    async def work(w: MainWindow) -> None:
        page, flows = await opened(w, wait_until)
        page.data.name.setText("Nut 2")
        page.data.add_source(DataSource(str(manifest)))  # all of it, the test set too
        page.data.manifest.set_path(str(manifest))
        page.data.check_button.click()
        await wait_until(lambda: flows.current.config is not None and flows.busy is None)
        page.data.found_button.click()
        told = page.data.concerns.texts()
        assert any("figures on it say too much" in text for text in told), told

    story(work)


def test_pause_stop_and_resume(
    story: Any, wait_until: Until, jobs: FakeJobs, speaker: str, manifest: Path
):
    async def work(w: MainWindow) -> None:
        page, flows = await opened(w, wait_until)
        await checked(page, flows, manifest, wait_until)
        page.train.start_button.click()
        jobs.steps(5)
        await wait_until(lambda: len(done_steps(flows)) == 5)
        assert page.train.pause_button.isVisible()
        assert dict(page.train.facts.rows())["Time left"] == "35 s"
        page.train.pause_button.click()
        await wait_until(lambda: flows.current.phase is Phase.PAUSED)
        assert "Paused" in page.train.state.text()
        page.train.go_on_button.click()
        jobs.steps(1)
        await wait_until(lambda: len(done_steps(flows)) == 6)
        w.actions_["page_inspect"].trigger()  # the run goes on, and the status bar tells of it
        assert "Training Nut 2" in w.status._text.text()
        w.actions_["page_improve"].trigger()
        page.train.stop_button.click()
        await wait_until(lambda: flows.busy is None)
        assert isinstance(flows.current.events[-1], RunStopped)
        assert page.train.state.text() == "Stopped after step 6. Resume goes on from there."
        assert marks(page) == "dnlll"
        jobs.steps(STEPS)
        page.train.resume_button.click()
        await wait_until(lambda: adapter(flows) == "nut-2")
        assert jobs.configs[-1][1]
        assert done_steps(flows) == list(range(1, STEPS + 1))

    story(work)


def test_a_failed_run_says_why_and_can_be_resumed(
    story: Any, wait_until: Until, jobs: FakeJobs, speaker: str, manifest: Path
):
    async def work(w: MainWindow) -> None:
        page, flows = await opened(w, wait_until)
        await checked(page, flows, manifest, wait_until)
        jobs.fail_at = 6
        jobs.steps(6)
        page.train.start_button.click()
        await wait_until(lambda: flows.current.trouble is not None and flows.busy is None)
        assert page.train.state.text() == "The engine process ended. Free memory and resume."
        assert page.train.resume_button.isVisible()
        jobs.fail_at = 0
        jobs.steps(STEPS)
        page.train.resume_button.click()
        await wait_until(lambda: adapter(flows) == "nut-2")
        assert done_steps(flows) == list(range(1, STEPS + 1))  # 5 came again after checkpoint 4

    story(work)


def test_settings_that_cannot_be_run_are_told_before_anything_loads(
    story: Any, wait_until: Until, jobs: FakeJobs, speaker: str, manifest: Path
):
    async def work(w: MainWindow) -> None:
        page, flows = await opened(w, wait_until)
        await checked(page, flows, manifest, wait_until)
        page.train.rate.setText("much")
        page.train.start_button.click()
        await wait_until(lambda: flows.current.trouble is not None)
        assert "schedule.rate" in page.train.state.text()
        assert not jobs.configs
        assert flows.current.stored is not None
        assert improve_data.settings(flows.current.stored).schedule.rate > 0  # as it was before

    story(work)


def test_a_round_goes_on_after_a_restart(
    story: Any, wait_until: Until, jobs: FakeJobs, speaker: str, manifest: Path
):
    async def before(w: MainWindow) -> None:
        page, flows = await opened(w, wait_until)
        await checked(page, flows, manifest, wait_until)
        page.train.rank.setValue(4)
        page.train.start_button.click()
        jobs.steps(5)
        await wait_until(lambda: len(done_steps(flows)) == 5)

    async def after(w: MainWindow) -> None:
        page, flows = await opened(w, wait_until)
        await wait_until(lambda: flows.current.config is not None)
        assert marks(page) == "dnlll"
        assert page.data.name.text() == "Nut 2"
        assert page.train.rank.value() == 4
        assert "Stopped after step 5" in page.train.state.text()
        assert page.train.plot is not None
        assert [step for step, _ in page.train.plot.train_points] == [1, 2, 3, 4, 5]
        jobs.steps(STEPS)
        page.train.resume_button.click()
        await wait_until(lambda: adapter(flows) == "nut-2" and flows.busy is None)

    async def at_last(w: MainWindow) -> None:
        page, _ = await opened(w, wait_until)
        await wait_until(lambda: marks(page) == "ddnll")
        page.evaluate.start_button.click()
        await wait_until(lambda: marks(page) == "dddnn")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(improve_slot, "confirmed", lambda *_: True)
        story(before)
    story(after)
    story(at_last)


def test_the_window_asks_before_it_ends_a_run(
    story: Any, wait_until: Until, jobs: FakeJobs, speaker: str, manifest: Path,
    monkeypatch: pytest.MonkeyPatch,
):  # fmt: skip
    answers = [False, True]
    monkeypatch.setattr(improve_slot, "confirmed", lambda *_: answers.pop(0))

    async def work(w: MainWindow) -> None:
        page, flows = await opened(w, wait_until)
        await checked(page, flows, manifest, wait_until)
        page.train.start_button.click()
        await wait_until(lambda: flows.current.phase is Phase.TRAINING)
        assert not w.close()
        assert flows.is_training
        assert w.close()

    story(work)
    assert not answers


def test_rounds_can_be_opened_begun_and_deleted(
    story: Any, wait_until: Until, jobs: FakeJobs, speaker: str, manifest: Path,
    monkeypatch: pytest.MonkeyPatch,
):  # fmt: skip
    monkeypatch.setattr(improve_page, "confirmed", lambda *_: True)

    async def work(w: MainWindow) -> None:
        page, flows = await opened(w, wait_until)
        await checked(page, flows, manifest, wait_until)
        page.new_button.click()
        assert marks(page) == "nllll"
        assert page.data.name.text() == ""
        assert page.data.sources.count() == 0
        assert "Nut 2" in page.list.item(0).text()
        page.list.itemClicked.emit(page.list.item(0))  # nothing is chosen yet
        page.list.setCurrentRow(0)
        page.list.itemClicked.emit(page.list.item(0))
        await wait_until(lambda: marks(page) == "dnlll")
        page.delete_button.click()
        await wait_until(lambda: page.list.count() == 0)
        assert not improve.improvements()
        assert flows.current.stored is None

    story(work)


def test_changing_the_data_forgets_what_came_of_them(
    story: Any, wait_until: Until, jobs: FakeJobs, speaker: str, manifest: Path,
    monkeypatch: pytest.MonkeyPatch,
):  # fmt: skip
    monkeypatch.setattr(improve_page, "confirmed", lambda *_: True)

    async def work(w: MainWindow) -> None:
        page, flows = await opened(w, wait_until)
        await checked(page, flows, manifest, wait_until)
        await trained(page, flows, jobs, wait_until)
        page.data.back_button.click()
        assert marks(page) == "nllll"
        assert page.data.sources.count() == 1
        assert adapter(flows) == ""
        assert page.train.plot is not None
        assert not page.train.plot.train_points

    story(work)


def test_what_judges_say_is_shown(
    story: Any, wait_until: Until, jobs: FakeJobs, speaker: str, manifest: Path,
    monkeypatch: pytest.MonkeyPatch,
):  # fmt: skip
    class Dialog:
        def __init__(self, match: Any, name: str, parent: Any) -> None:
            self.match = match

        def exec(self) -> None:
            for duel in self.match.duels[:2]:
                side = "left" if duel.swapped else "right"  # the new one
                improve.judging.vote(self.match, duel, "Linh", side)

        def deleteLater(self) -> None:  # noqa: N802 - as QDialog
            pass

    monkeypatch.setattr(improve_page, "BlindDialog", Dialog)

    async def work(w: MainWindow) -> None:
        page, flows = await opened(w, wait_until)
        await checked(page, flows, manifest, wait_until)
        await trained(page, flows, jobs, wait_until)
        page.evaluate.start_button.click()
        await wait_until(lambda: marks(page) == "dddnn")
        stored = flows.current.stored
        assert stored is not None
        assert match_of(stored) is not None
        page.compare.blind_button.click()
        await wait_until(lambda: page.compare.votes.isVisible())
        assert "of 2 judged, the new one wins 2, the one of now 0" in page.compare.votes.text()
        assert all(isinstance(each, Standing) for each in flows.current.standings)

    story(work)


def test_the_plot_shows_the_points(qapp: Any):
    plot = TrainPlot()
    plot.show_events([Validated(0, 2.5, True), StepDone(1, 3, 2.0, 1e-4, 1, 100, 2)])
    plot.add(StepDone(2, 3, 1.5, 1e-4, 1, 100, 1))
    plot.add(Validated(2, 1.25, True))
    assert [list(values) for values in plot.train_curve.getData()] == [[1, 2], [2.0, 1.5]]
    assert [list(values) for values in plot.validation_curve.getData()] == [[0, 2], [2.5, 1.25]]
    assert plot.plot.getAxis("bottom").labelText == "Step"
    plot.deleteLater()


def test_a_loaded_model_judges_and_makes_room_for_a_run(
    story: Any, wait_until: Until, jobs: FakeJobs, speaker: str, manifest: Path,
    monkeypatch: pytest.MonkeyPatch,
):  # fmt: skip
    unloaded: list[str] = []

    def judge(match: Match, engine: Any, stop: Any, language: str) -> Any:
        for number, duel in enumerate(match.duels, 1):
            yield Progress(number, len(match.duels))
            vote = Vote(duel.id, engine.id, MODEL, SECOND, "clearer", (4, 8))
            matches.add_votes(match.id, [vote])

    monkeypatch.setattr(judging, "judge_by_model", judge)

    async def work(w: MainWindow) -> None:
        async def unload(card_id: str) -> None:
            unloaded.append(card_id)
            w.models._reports.clear()

        monkeypatch.setattr(w.models, "unload", unload)
        page, flows = await opened(w, wait_until)
        await checked(page, flows, manifest, wait_until)
        w.models._reports[speaker] = LoadReport("cpu", "float32")
        await trained(page, flows, jobs, wait_until)
        assert unloaded == [speaker]
        page.evaluate.start_button.click()
        await wait_until(lambda: marks(page) == "dddnn")
        w.models._reports[speaker] = LoadReport("cpu", "float32")
        w.models.changed.emit()
        assert page.compare.judge_button.isEnabled()
        page.compare.judge_button.click()
        await wait_until(lambda: page.compare.votes.isVisible())
        said = page.compare.votes.text()
        assert f"Model {speaker}: of 4 judged, the new one wins 4, the one of now 0" in said

    story(work)


def test_a_project_without_corrections_is_told(
    story: Any, wait_until: Until, jobs: FakeJobs, speaker: str, manifest: Path, lot: Path
):
    async def work(w: MainWindow) -> None:
        page, flows = await opened(w, wait_until)
        assert not page.data.corrections.isEnabled()
        await w.flows.start(w.flows.open_folder(str(lot)))
        await wait_until(w.page.is_seen)
        w.actions_["page_improve"].trigger()
        page.data.corrections.click()
        assert not page.data.corrections.isEnabled()  # once is enough
        assert page.data.sources.item(0).text().startswith("Corrections of a project")
        page.data.name.setText("Nut 2")
        page.data.manifest.set_path(str(manifest))
        page.data.check_button.click()
        await wait_until(lambda: flows.current.look is not None and flows.busy is None)
        assert any("no sample that can be used" in text for text in page.data.concerns.texts())
        assert marks(page) == "nllll"

    story(work)


def test_a_stopped_evaluation_goes_on_with_what_is_left(
    story: Any, wait_until: Until, jobs: FakeJobs, speaker: str, manifest: Path,
    monkeypatch: pytest.MonkeyPatch,
):  # fmt: skip
    go = threading.Event()

    def slow(request: Any, stop: threading.Event) -> Any:
        yield Progress(1, 4)
        while request.adapter and not go.wait(0.005):
            if stop.is_set():
                return
        yield from jobs.evaluate(request, stop)

    monkeypatch.setattr(run_evaluation, "evaluate_in_process", slow)

    async def work(w: MainWindow) -> None:
        page, flows = await opened(w, wait_until)
        await checked(page, flows, manifest, wait_until)
        await trained(page, flows, jobs, wait_until)
        page.evaluate.start_button.click()
        await wait_until(lambda: page.evaluate.state.text().endswith("(2 of 2)."))
        page.evaluate.stop_button.click()
        await wait_until(lambda: flows.busy is None)
        assert marks(page) == "ddnll"
        assert "what is left is measured next" in page.evaluate.state.text()
        go.set()
        page.evaluate.start_button.click()
        await wait_until(lambda: marks(page) == "dddnn")
        assert [request.adapter for request in jobs.requests] == ["", "nut-2"]

    story(work)


def test_a_second_click_starts_nothing(
    story: Any, wait_until: Until, jobs: FakeJobs, speaker: str, manifest: Path
):
    async def work(w: MainWindow) -> None:
        page, flows = await opened(w, wait_until)
        await checked(page, flows, manifest, wait_until)
        for _ in range(2):  # before anything was read or unloaded
            flows.start(flows.train(page.train.changes(), resume=False))
        await wait_until(lambda: flows.current.phase is Phase.TRAINING)
        jobs.steps(STEPS)
        await wait_until(lambda: adapter(flows) == "nut-2" and flows.busy is None)
        assert len(jobs.configs) == 1
        assert done_steps(flows) == list(range(1, STEPS + 1))
        for _ in range(2):
            flows.start(flows.evaluate())
        await wait_until(lambda: marks(page) == "dddnn" and flows.busy is None)
        assert [request.adapter for request in jobs.requests] == ["", "nut-2"]
        assert len(judging.matches()) == 1

    story(work)


def test_a_run_that_is_stopped_before_the_model_loads_does_not_begin(
    story: Any, wait_until: Until, jobs: FakeJobs, speaker: str, manifest: Path
):
    async def work(w: MainWindow) -> None:
        page, flows = await opened(w, wait_until)
        await checked(page, flows, manifest, wait_until)
        flows.start(flows.train(page.train.changes(), resume=False))
        await wait_until(lambda: flows.busy is not None)
        assert page.train.stop_button.isVisible()
        assert not page.train.start_button.isVisible()
        flows.halt()
        await wait_until(lambda: flows.busy is None)
        assert not jobs.configs
        assert page.train.start_button.isVisible()

    story(work)


@pytest.mark.parametrize("language", ["en", "vi"])
def test_a_rate_is_read_with_a_point_in_both_languages(qapp: Any, language: str):
    before = QLocale()
    QLocale.setDefault(QLocale(language))
    try:
        step = TrainStep()
        for text in ("0.001", "1e-3", QLocale().toString(0.001, "g", 6)):
            step.rate.setText(text)
            schedule = step.changes()["schedule"]
            assert isinstance(schedule, dict)
            assert schedule["rate"] == 0.001
        step.deleteLater()
    finally:
        QLocale.setDefault(before)


def test_a_warm_up_that_is_longer_than_the_run_is_shortened(
    story: Any, wait_until: Until, jobs: FakeJobs, speaker: str, manifest: Path
):
    assert improve_data.preset_warmup("minigpt-v2-vivqa") == 500

    async def work(w: MainWindow) -> None:
        page, flows = await opened(w, wait_until)
        await checked(page, flows, manifest, wait_until)
        page.train.unit.setCurrentIndex(0)
        page.train.steps.setValue(100)
        assert not page.train.short.isVisible()  # 5 fit
        page.train.steps.setValue(4)
        assert page.train.short.text() == "The warm-up of 5 steps does not fit: 0 steps."
        assert page.train.short.isVisible()
        await trained(page, flows, jobs, wait_until)
        assert jobs.configs[0][0].schedule.warmup == 0

    story(work)
