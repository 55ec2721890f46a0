"""Pictures of the Ask panel with branches, repeated answers, two engines, and answers marked.

python packaging/screenshots_talk.py OUT [--theme dark] [--language vi]

Both language models are stand-ins that play written answers: no weights are needed.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

_CARD = """
id = "{id}"
name = "{name}"
kind = "fake"
summary = "Plays written answers as a language model would."
licence = "BSD-3-Clause"
tasks = ["vqa", "caption", "grounding", "refer", "identify", "detection"]
abilities = ["boxes", "adapters"]
"""
_WORDS = {
    "en": (
        "Is there a defect?",
        "Is there a defect on the ring?",
        ("Yes, a scratch.", "Yes, a scratch on the ring.", "yes", "Yes.", "no", "Yes!", "yes"),
        "Where is the scratch?",
        ("A scratch on the left.", "A scratch, and a stain below it."),
        "a scratch 12 mm long",
    ),
    "vi": (
        "Có khuyết tật không?",
        "Vòng ngoài có khuyết tật không?",
        ("Có, một vết xước.", "Có, một vết xước ở vòng.", "có", "Có.", "không", "Có!", "có"),
        "Vết xước ở đâu?",
        ("Vết xước ở bên trái.", "Vết xước, và một vết bẩn ở dưới."),
        "vết xước dài 12 mm",
    ),
}


async def tell(out: Path, stem: str, language: str) -> None:
    """Walks through the states and saves a picture of each."""
    from inspector_app.domain.tasks import Task
    from inspector_app.engines import registry
    from inspector_app.services.settings import Settings
    from inspector_app.ui.main_window import MainWindow
    from inspector_app.ui.worker import Worker

    folder = registry.own_cards_folder()
    folder.mkdir(parents=True, exist_ok=True)
    for card_id, name in (("talker", "Talker 2B"), ("listener", "Listener 7B")):
        (folder / f"{card_id}.toml").write_text(_CARD.format(id=card_id, name=name), "utf-8")
    question, better, said, where, places, right = _WORDS[language]
    _play([*said, *places], language)
    w = MainWindow(Settings(), Worker())
    w.resize(1280, 900)
    w.show()

    async def save(name: str) -> None:
        await asyncio.sleep(0.4)
        w.grab().save(str(out / f"{name}-{stem}.png"))

    async def done(count: int) -> None:
        await _until(lambda: len(_asked) == count and not w.flows.running)

    with tempfile.TemporaryDirectory() as lot:
        _draw(Path(lot))
        pictures = next(Path(lot).rglob("*.png")).parent
        await w.flows.start(w.flows.open_folder(str(pictures)))
        await _until(w.page.is_seen)
        w.session.choice.use("talker")
        w.chat_dock.raise_()
        w.chat.question_asked.emit(question, Task.VQA, False)
        await done(1)
        answer = w.chat.list.messages()[-1]
        answer.edit_button.click()
        await save("talk-editing")
        w.chat.ask.edit.setPlainText(better)
        w.chat.ask.send_button.click()
        await done(2)
        answer = w.chat.list.messages()[-1]
        answer.marks.bad_button.click()
        answer.right.edit.setText(right)
        answer.right.edit.editingFinished.emit()
        await save("talk-branches")
        many = w.chat.ask.many
        w.chat.fill(question)
        many.click()
        await asyncio.sleep(0.2)
        many.popup.grab().save(str(out / f"talk-many-{stem}.png"))
        many.popup.warmer_button.click()
        many.popup.repeat_button.click()
        await done(7)
        await save("talk-repeat")
        w.chat.fill(where, Task.GROUNDING)
        many.click()
        many.popup.pair_button.click()
        await done(9)
        w.chat.list.pair_of(w.chat.list.messages()[-1].message.id).buttons["second"].click()
        await save("talk-two")
        w.resizeDocks([w.chat_dock], [640], _horizontal())
        await save("talk-two-wide")
        from inspector_app.ui.talk_export_dialog import TalkExportDialog

        dialog = TalkExportDialog(2, True, (), None, w)
        dialog.show()
        await asyncio.sleep(0.2)
        dialog.grab().save(str(out / f"talk-export-{stem}.png"))
        dialog.close()
        w.actions_["new_conversation"].trigger()
        await save("talk-new")
        w.close()
        await w.shut_down()
        w.deleteLater()


_asked: list[Any] = []


def _play(answers: list[str], language: str) -> None:
    """Puts written answers in the place of the engine process."""
    from inspector_app.domain.events import Event, Finished, Provenance, Started
    from inspector_app.domain.findings import FoundBox
    from inspector_app.domain.geometry import Box
    from inspector_app.domain.tasks import Task
    from inspector_app.engines.proxy import ProcessEngine

    scratch, stain = ("vết xước", "vết bẩn") if language == "vi" else ("scratch", "stain")
    found = (
        (FoundBox(scratch, Box(0.22, 0.30, 0.42, 0.46)),),
        (
            FoundBox(scratch, Box(0.20, 0.27, 0.45, 0.49)),
            FoundBox(stain, Box(0.55, 0.62, 0.72, 0.78)),
        ),
    )

    def stream(self: ProcessEngine, request: Any, stop: Any) -> Iterator[Event]:
        number = len(_asked)
        boxes = found[self.id == "listener"] if request.task is Task.GROUNDING else ()
        yield Started(request.id, Provenance(self.id, seed=request.sampling.seed), 640, 480)
        time.sleep(0.05)
        text = answers[number]
        _asked.append(request)
        yield Finished(request.id, text, text, boxes, seconds=1.2 + 0.3 * number, tokens=7 + number)

    ProcessEngine.stream = stream


def _draw(folder: Path) -> None:
    from inspector_app.imaging.sample_files import write_sample

    write_sample(folder, 0, 2, seed=5, part_types=("nut",))


def _horizontal() -> Any:
    from PySide6.QtCore import Qt

    return Qt.Orientation.Horizontal


async def _until(condition: Callable[[], object], seconds: float = 60.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(condition)
        await asyncio.sleep(0.01)


def main() -> int:
    """Makes the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--theme", default="light", choices=("light", "dark"))
    parser.add_argument("--language", default="en", choices=("en", "vi"))
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as home:
        os.environ["INSPECTOR_HOME"] = home
        import qasync
        from PySide6.QtWidgets import QApplication  # before qasync chooses its binding

        from inspector_app.services.settings import Settings
        from inspector_app.ui.app import make_application

        settings = Settings()
        for name, value in (("theme", options.theme), ("language", options.language)):
            settings.set(name, value)
        settings.set("operator", "Lan")
        app = make_application(settings)
        assert isinstance(app, QApplication)
        app.setQuitOnLastWindowClosed(False)
        loop = qasync.QEventLoop(app)
        asyncio.set_event_loop(loop)
        with loop:
            stem = f"{options.theme}-{options.language}"
            loop.run_until_complete(tell(options.out, stem, options.language))
    return 0


if __name__ == "__main__":
    sys.exit(main())
