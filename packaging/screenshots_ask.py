"""Pictures of the ways of asking in the Ask panel; the answers are written beforehand."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from inspector_app.domain.events import Event, Finished, Provenance, Started, TextDelta
from inspector_app.engines.proxy import ProcessEngine
from inspector_app.ui.chat_tasks import task_words

if TYPE_CHECKING:
    from inspector_app.ui.main_window import MainWindow

TALKER = "qwen2-vl-2b"
REASON = {
    "en": "A bright line runs across the upper left face. It has sharp edges and no shadow beside"
    " it, so it lies in the surface.",
    "vi": "Một vệt sáng chạy ngang mặt trên bên trái. Mép sắc và không có bóng bên cạnh, nên vệt"
    " nằm trong bề mặt.",
}
ANSWER = {"en": "A scratch.", "vi": "Một vết xước."}
CITED = {
    "en": "The part is not good: there is a scratch [1]. What was found as [2] is only the edge.",
    "vi": "Chi tiết không đạt: có một vết xước [1]. Thứ được thấy ở [2] chỉ là mép.",
}
OPTIONS = {"en": ["scratch", "dent", "no defect"], "vi": ["vết xước", "vết lõm", "không có lỗi"]}


class Played:
    """Stands in for the engine process: says the next of some written texts."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        ProcessEngine.stream = self.stream  # type: ignore[method-assign]
        ProcessEngine.score = lambda *_: (-1.2, -3.1, -4.6)  # type: ignore[method-assign]

    def stream(self, request: Any, stop: Any) -> Iterator[Event]:
        """Plays one answer."""
        text = self.texts.pop(0)
        yield Started(request.id, Provenance(TALKER, seed=request.sampling.seed), 640, 480)
        yield TextDelta(request.id, text)
        yield Finished(request.id, text, text, seconds=1.4, tokens=len(text.split()))


async def tell_ask(
    w: MainWindow, save: Callable[[str], Awaitable[None]], out: Path, stem: str
) -> None:
    """Asks in several ways and saves the window after each."""
    from screenshots_models import use_stand_ins

    from inspector_app.domain.geometry import Box
    from inspector_app.domain.prompting import Example, PromptCost
    from inspector_app.domain.tasks import Task

    language = w.session.language
    use_stand_ins()
    w.session.choice.use(TALKER)
    played, box = Played(), w.chat.ask
    w.resize(1280, 800)
    w.chat_dock.raise_()
    w.resizeDocks([w.chat_dock], [320], _horizontal())
    images = w.session.images()
    question = task_words(Task.VQA).prompt

    async def send(text: str, *texts: str) -> None:
        played.texts = list(texts)
        box.edit.setPlainText(text)
        box.send_button.click()
        await asyncio.sleep(0.2)
        while w.flows.running:
            await asyncio.sleep(0.05)

    def use(way: str) -> None:
        next(a for a in box.ways.way_menu.actions() if a.data() == way).trigger()

    use("two-stage")
    await send(question, REASON[language], ANSWER[language])
    use("choices")
    box.strip.options_edit.setPlainText("\n".join(OPTIONS[language]))
    await send(question)
    w.resize(1280, 960)
    await asyncio.sleep(0.2)
    message = w.chat.list.messages()[1]
    message.made_view.reasoning.button.click()
    await asyncio.sleep(0.2)
    w.chat_dock.grab().save(str(out / f"ways-reasoning-{stem}.png"))
    w.resize(1280, 800)
    if not w.session.findings():
        w.session.add_region(Box(0.2, 0.2, 0.4, 0.3), OPTIONS[language][0])
        w.session.add_region(Box(0.5, 0.5, 0.7, 0.7), OPTIONS[language][1])
    w.actions_["new_conversation"].trigger()
    use("context")
    await save("ways-context-before")
    await send("", CITED[language])
    use("few-shot-images")
    box.strip.examples.set_examples(
        [
            Example("", OPTIONS[language][0], images[0].path),
            Example("", OPTIONS[language][2], images[7].path),
        ]
    )
    w.chat.list.messages()[-1].chips[0].pointed.emit(0)
    box.strip.show_cost(w.asking.cost_words(PromptCost(1204, 1020, (324, 341))))
    await save("ways-context")
    use("caption")
    await save("ways-caption")
    box.temperature.click()
    await asyncio.sleep(0.2)
    popup = box.temperature.popup
    popup.slider.setValue(7)
    popup.fields["top_p"].setText("1.7")
    popup.fields["seed"].setText("7")
    await asyncio.sleep(0.2)
    popup.grab().save(str(out / f"ways-sampling-{stem}.png"))
    popup.close()


def _horizontal() -> Any:
    from PySide6.QtCore import Qt

    return Qt.Orientation.Horizontal
