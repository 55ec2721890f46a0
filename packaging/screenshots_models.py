"""Pictures of the Models page and of a language model in the Ask panel.

The models are stand-ins: no weights are needed to look at the window.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

from inspector_app.domain.adapters import AdapterCard
from inspector_app.domain.cards import Card
from inspector_app.domain.errors import EngineError
from inspector_app.domain.jobs import Progress
from inspector_app.domain.loading import LoadNote, LoadReport
from inspector_app.services import adapters, models
from inspector_app.services.models import ModelState

if TYPE_CHECKING:
    from inspector_app.ui.main_window import MainWindow

TALKER, FETCHED, CONVERTED = "qwen2-vl-2b", "qwen2-vl-7b", "minigpt-v2"
LORA = AdapterCard(
    "nut-lora",
    "nut-lora",
    TALKER,
    base_model="Qwen/Qwen2-VL-2B-Instruct",
    rank=16,
    versions=(("peft", "0.18.0"), ("torch", "2.9.1")),
    data="1,204 images of nuts, corrected by hand",
    metrics=(("exact_match", 0.912), ("iou_mean", 0.71)),
    licence="Apache-2.0",
    sha256="5f2ab94c01e7d8836f10" + "0" * 44,
    path="/home/lan/adapters/nut-lora",
)
FREE = (("place", "gpu"), ("gb", "4.1"))
REPORT = LoadReport(
    "cuda:0",
    "bfloat16",
    "nf4",
    1_003_520,
    3100,
    (
        LoadNote("fewer_pixels", (("tokens", "640"), ("before", "1280"), *FREE)),
        LoadNote("four_bits", FREE),
    ),
)


def use_stand_ins() -> None:
    """Makes one model look as if it were here, with an adapter."""
    real = models.state

    def state(card: Card) -> ModelState:
        if card.id == TALKER:
            return ModelState(True, "ready", 4_430_000_000, "/data/models/Qwen2-VL-2B-Instruct")
        return real(card)

    models.state = state
    adapters.adapters = lambda card_id="": [LORA] if card_id == TALKER else []


async def tell_models(
    w: MainWindow, save: Callable[[str], Awaitable[None]], out: Path, stem: str
) -> None:
    """Walks through the states of the Models page and saves a picture of each."""
    from inspector_app.ui.convert_dialog import ConvertDialog
    from inspector_app.ui.model_info import Pull
    from inspector_app.ui.seen_dialog import SeenDialog

    use_stand_ins()
    w.resize(1280, 720)
    w.actions_["page_models"].trigger()
    await w.models.start(w.models.refresh())
    await asyncio.sleep(0.3)  # the page's own look
    w.models_page.list.choose(FETCHED)
    await save("models")
    w.models_page.list.choose(CONVERTED)
    await save("models-convert")
    dialog = ConvertDialog("MiniGPT-v2", parent=w)
    dialog.out.set_hint("/home/lan/.cache/inspector/models/minigpt-v2")
    dialog.show()
    await asyncio.sleep(0.2)
    dialog.grab().save(str(out / f"convert-{stem}.png"))
    dialog.close()
    dialog.deleteLater()
    pull = Pull(converting=True)
    for second in range(5):
        at = 9_200_000_000 + second * 210_000_000
        pull.add(Progress(at, 45_100_000_000, "model-00001-of-00002.safetensors"), now=second)
    w.models._pulls[CONVERTED] = pull
    w.models.changed.emit()
    await save("models-converting")
    w.models._pulls.clear()
    w.models_page.list.choose(FETCHED)
    pull = Pull()
    for second in range(5):
        at = 1_200_000_000 + second * 21_000_000
        pull.add(Progress(at, 16_590_000_000, "model-00001-of-00005.safetensors"), now=second)
    w.models._pulls[FETCHED] = pull
    w.models._reports[TALKER] = REPORT
    w.session.choice.use(TALKER, LORA.id)
    w.models.changed.emit()
    await save("models-fetching")
    w.models_page.list.choose(TALKER)
    await save("models-loaded")
    w.models._pulls.clear()
    w.models.changed.emit()
    w.models_page.list.choose(FETCHED)
    error = EngineError(
        "Cannot fetch config.json of Qwen2-VL 7B from huggingface.co: no network.",
        "Try again later; what arrived is kept.",
    )
    error.add_note("URLError(gaierror(-3, 'Temporary failure in name resolution'))")
    w.show_trouble(error)
    await save("models-failed")
    w.messages.clear()
    w.actions_["page_inspect"].trigger()
    w.chat_dock.raise_()
    await save("ask-model")
    w.engine_button.fill()
    menu = w.engine_button.menu()
    menu.adjustSize()
    menu.grab().save(str(out / f"engine-menu-{stem}.png"))
    w.chat.seen_line.button.click()
    for _ in range(100):
        await asyncio.sleep(0.05)
        if dialogs := w.findChildren(SeenDialog):
            dialogs[0].grab().save(str(out / f"seen-{stem}.png"))
            dialogs[0].close()
            break
    w.resize(960, 600)
    w.actions_["page_models"].trigger()
    w.models_page.list.choose(TALKER)
    await save("models-narrow")
