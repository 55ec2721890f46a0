"""What can be done on the Inspect page now: which actions and widgets are enabled."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inspector_app.ui.main_window import MainWindow

# What makes no sense on another page: its keys would change what nobody sees.
_ONLY_HERE = (
    *("run_this", "accept", "review", "reject", "region_tool", "select_tool", "pan_tool"),
    *("previous", "next", "next_review", "fit_view", "actual_size", "zoom_in", "zoom_out"),
    *("finding_yes", "finding_no", "finding_unsure", "delete", "undo", "redo", "paste"),
    *("golden", "heat", "boxes", "overlay", "lock_view", "copy_picture", "filter", "panels"),
    *("new_conversation", "copy_conversation", "export_conversation"),
    *("answer_good", "answer_bad"),
    *("read_this", "read_all", "read_again", "next_doubt", "places", "copy_document"),
    *("export_document", "export_documents", "read_second", "second_with_text"),
    *("use_second", "forget_second", "write_summary"),
)
# Of these nothing else depends on the state.
_ALWAYS = (
    *("select_tool", "pan_tool", "zoom_in", "zoom_out", "paste", "heat", "boxes", "overlay"),
    *("lock_view", "filter", "panels", "places", "second_with_text"),
)


def enable(w: MainWindow) -> None:
    """Enables what the state of session, flows and page allows."""
    s, a = w.session, w.actions_
    has_image, may_write = s.image is not None, not s.read_only
    seen = w.page.is_seen()
    running = w.flows.running
    for name in ("run_this",):
        a[name].setEnabled(has_image and may_write)
    a["run_all"].setEnabled(bool(s.images()) and may_write and not running)
    a["stop"].setEnabled(running)
    for name in ("save_as", "export"):
        a[name].setEnabled(s.project is not None)
    for name in ("accept", "review", "reject", "region_tool"):
        a[name].setEnabled(seen and may_write)
    for name in ("previous", "next", "next_review", "fit_view", "actual_size", "copy_picture"):
        a[name].setEnabled(has_image)
    selected = w.findings.selected_id() is not None
    for name in ("finding_yes", "finding_no", "finding_unsure", "delete"):
        a[name].setEnabled(selected and may_write)
    a["golden"].setEnabled(s.recipe is not None and bool(s.recipe.golden))
    a["undo"].setEnabled(s.undo_stack.canUndo())
    a["redo"].setEnabled(s.undo_stack.canRedo())
    w.verdict.setEnabled(seen and may_write)
    w.viewer.set_editable(may_write)
    w.findings.set_read_only(not may_write)
    w.turns.enable()
    w.reading.enable()
    w.files.enable()
    w.second.enable()
    for name in _ALWAYS:
        a[name].setEnabled(True)
    if not w.pages.is_inspect:
        for name in _ONLY_HERE:
            a[name].setEnabled(False)
