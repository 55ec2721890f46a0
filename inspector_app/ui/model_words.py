"""Words for models: what state they are in, sizes, how one was loaded, how a fetch goes."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from inspector_app.domain.adapters import AdapterCard
from inspector_app.domain.loading import LoadReport
from inspector_app.ui.model_info import ModelView, Phase, Pull

# The shape says it too, so that colour is never alone.
SIGNS = {
    Phase.FETCHING: "↓",
    Phase.CONVERTING: "◐",
    Phase.LOADING: "◐",
    Phase.LOADED: "●",
    Phase.READY: "✓",
    Phase.ABSENT: "○",
}
_HASH_LETTERS = 12


def phase_word(view: ModelView) -> str:
    """Returns the state in a word or two."""
    translate = QCoreApplication.translate
    pull = view.pull
    percent = QLocale().toString(100 * pull.done // pull.total) if pull and pull.total else ""
    if view.phase is Phase.FETCHING:
        if percent:
            return translate("ModelWords", "Fetching, {percent} %").format(percent=percent)
        return translate("ModelWords", "Fetching")
    if view.phase is Phase.CONVERTING:
        if percent:
            return translate("ModelWords", "Converting, {percent} %").format(percent=percent)
        return translate("ModelWords", "Converting")
    if view.phase is Phase.LOADING:
        return translate("ModelWords", "Loading")
    if view.phase is Phase.LOADED:
        return translate("ModelWords", "Loaded")
    if view.phase is Phase.READY:
        return translate("ModelWords", "Ready")
    return translate("ModelWords", "Not here")


def size_text(size: int) -> str:
    """Returns bytes as people write them: "4.43 GB"."""
    return QLocale().formattedDataSize(size, 2, QLocale.DataSizeFormat.DataSizeSIFormat)


def about(size: int) -> str:
    """Returns a size that is only an estimate; a dash where there is none."""
    if not size:
        return "–"
    digits = 1 if size >= 1_000_000_000 else 0
    text = QLocale().formattedDataSize(size, digits, QLocale.DataSizeFormat.DataSizeSIFormat)
    return QCoreApplication.translate("ModelWords", "about {size}").format(size=text)


def loaded_text(report: LoadReport) -> str:
    """Returns where and how a model was loaded: "GPU cuda:0 · bfloat16 · 6.1 GB"."""
    translate = QCoreApplication.translate
    parts: list[str] = []
    if report.device.startswith("cuda"):
        parts.append(translate("ModelWords", "GPU {device}").format(device=report.device))
    elif report.device:
        parts.append(translate("ModelWords", "processor"))
    parts += [part for part in (report.dtype, report.quantisation) if part]
    if report.memory_mb:
        parts.append(about(report.memory_mb * 1_000_000))
    return " · ".join(parts) or translate("ModelWords", "in the engine process")


def pull_text(pull: Pull) -> str:
    """Returns how a fetch goes: "1.20 GB of 4.43 GB · 8.3 MB/s · model.safetensors"."""
    translate = QCoreApplication.translate
    parts: list[str] = []
    if pull.total:
        parts.append(
            translate("ModelWords", "{done} of {total}").format(
                done=size_text(pull.done), total=size_text(pull.total)
            )
        )
    elif pull.done:
        parts.append(size_text(pull.done))
    speed = pull.speed()
    if speed > 0:
        parts.append(
            translate("ModelWords", "{size}/s").format(
                size=QLocale().formattedDataSize(
                    round(speed), 1, QLocale.DataSizeFormat.DataSizeSIFormat
                )
            )
        )
    if pull.resumed_at:
        parts.append(
            translate("ModelWords", "went on at {size}").format(size=size_text(pull.resumed_at))
        )
    # The name last: a long one may be cut off.
    if pull.converting:
        parts.append(pull.name or translate("ModelWords", "Reading and checking the files…"))
    else:
        parts.append(pull.name or translate("ModelWords", "Connecting…"))
    return " · ".join(parts)


def absent_text(view: ModelView) -> str:
    """Returns what to do for a model that is not here."""
    translate = QCoreApplication.translate
    state = view.info.state
    if state.folder:
        return translate(
            "ModelWords",
            "The folder you chose is gone or not complete. Choose it again, or forget it.",
        )
    if view.info.convertible and state.disk:
        return translate(
            "ModelWords",
            "Only {size} of it are on this computer, which cannot be loaded. Remove them, then "
            "convert it again.",
        ).format(size=size_text(state.disk))
    if view.info.convertible:
        return translate(
            "ModelWords",
            "It is published in three parts that are converted once. Convert them, or choose a "
            "folder that holds it converted.",
        )
    if state.can_pull and state.disk:
        return translate(
            "ModelWords",
            "Only {size} of its files are on this computer; fetching goes on from there.",
        ).format(size=size_text(state.disk))
    if state.can_pull and view.info.language:
        return translate(
            "ModelWords",
            "Its files are not on this computer. Fetch them, or choose a folder that has them.",
        )
    if state.can_pull:
        return translate("ModelWords", "Its files are not on this computer. Fetch them.")
    if view.info.language:
        return translate(
            "ModelWords",
            "Its files are not on this computer and there is no address to fetch them from. Copy "
            "the model folder here and choose it.",
        )
    return translate(
        "ModelWords",
        "What it needs is not on this computer and cannot be fetched: {reason}",
    ).format(reason=state.text)


def adapter_rows(card: AdapterCard) -> list[tuple[str, str]]:
    """Returns the rows of an adapter's card: words and values, without the empty ones."""
    translate = QCoreApplication.translate
    locale = QLocale()
    figures = ", ".join(f"{name} {locale.toString(value, 'g', 4)}" for name, value in card.metrics)
    versions = ", ".join(f"{name} {version}" for name, version in card.versions)
    rows = [
        (translate("ModelWords", "Trained on"), card.base_model or card.base),
        (translate("ModelWords", "Rank"), locale.toString(card.rank) if card.rank else ""),
        (translate("ModelWords", "Data"), card.data),
        (translate("ModelWords", "Figures"), figures),
        (translate("ModelWords", "Libraries"), versions),
        (translate("ModelWords", "Licence"), card.licence),
        (translate("ModelWords", "Hash"), card.sha256[:_HASH_LETTERS]),
        (translate("ModelWords", "Folder"), card.path),
    ]
    return [(words, value) for words, value in rows if value]
