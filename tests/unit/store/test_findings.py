from __future__ import annotations

import pytest

from inspector_app.domain.errors import StoreError
from inspector_app.domain.findings import AuthorKind, FindingState
from inspector_app.domain.geometry import Box
from inspector_app.store.project import Project

NEW_BOX = Box(0.5, 0.5, 0.75, 0.75)


def test_every_field_comes_back(project: Project, image, make_finding):
    finding = make_finding(
        image.id,
        score=0.123456789,
        state=FindingState.UNSURE,
        note="xem lại",
        result_id="r",
        supersedes="s",
        created="2026-01-01T00:00:00+00:00",
    )
    whole = make_finding(image.id, "ok", person="An", box=None)
    project.add_finding(finding)
    project.add_finding(whole)
    assert project.finding(finding.id) == finding
    assert project.finding(whole.id).box is None
    assert project.finding(whole.id).created


def test_add_twice_and_unknown(project: Project, image, make_finding):
    finding = make_finding(image.id)
    project.add_finding(finding)
    with pytest.raises(StoreError, match="could not be saved"):
        project.add_finding(finding)
    for change in (
        lambda: project.finding("no"),
        lambda: project.remove_finding("no"),
        lambda: project.set_finding_state("no", FindingState.ACCEPTED),
        lambda: project.edit_finding("no", label="x", person="An"),
        lambda: project.unedit_finding("no"),
    ):
        with pytest.raises(StoreError, match="finding is not in this project"):
            change()


def test_state_and_note(project: Project, image, make_finding):
    finding = make_finding(image.id, note="old")
    project.add_finding(finding)
    project.set_finding_state(finding.id, FindingState.REJECTED)
    assert project.finding(finding.id).note == "old"
    project.set_finding_state(finding.id, FindingState.ACCEPTED, note="")
    found = project.finding(finding.id)
    assert (found.state, found.note) == (FindingState.ACCEPTED, "")


def test_removed_finding_comes_back_where_it_was(project: Project, image, make_finding):
    findings = [make_finding(image.id, label) for label in "abc"]
    for finding in findings:
        project.add_finding(finding)
    before = project.findings(image.id)
    removed = project.remove_finding(findings[1].id)
    assert removed == before[1]
    assert [f.label for f in project.findings(image.id)] == ["a", "c"]
    project.restore_finding(removed)
    assert project.findings(image.id) == before


def test_editing_an_engines_finding_keeps_both(project: Project, image, make_finding):
    old = make_finding(image.id, score=0.9, note="n", result_id="r")
    project.add_finding(old)
    new = project.edit_finding(old.id, box=NEW_BOX, person="An")
    assert (new.author.kind, new.author.name) == (AuthorKind.PERSON, "An")
    assert (new.label, new.box, new.note, new.result_id) == (old.label, NEW_BOX, "n", "r")
    assert (new.score, new.state) == (None, FindingState.ACCEPTED)
    assert new.supersedes == old.id
    assert project.findings(image.id) == [new]
    kept = project.findings(image.id, replaced=True)
    assert [f.state for f in kept] == [FindingState.EDITED, FindingState.ACCEPTED]
    assert (kept[0].box, kept[0].score, kept[0].author) == (old.box, 0.9, old.author)
    with pytest.raises(StoreError, match="replaced already"):
        project.edit_finding(old.id, label="x", person="An")


@pytest.mark.parametrize("state", [FindingState.PROPOSED, FindingState.UNSURE])
def test_taking_an_edit_back(project: Project, image, make_finding, state: FindingState):
    old = make_finding(image.id)
    project.add_finding(old)
    project.set_finding_state(old.id, state)
    before = project.findings(image.id)
    new = project.edit_finding(old.id, label="dent", person="An")
    project.edit_finding(new.id, label="crack", person="An")
    assert project.unedit_finding(new.id) == before[0]
    assert project.findings(image.id, replaced=True) == before
    with pytest.raises(StoreError, match="did not replace"):
        project.unedit_finding(old.id)


def test_taking_an_edit_back_after_the_old_one_is_gone(project: Project, image, make_finding):
    old = make_finding(image.id)
    project.add_finding(old)
    new = project.edit_finding(old.id, label="dent", person="An")
    project.remove_finding(old.id)
    with pytest.raises(StoreError, match="not in this project"):
        project.unedit_finding(new.id)
    assert project.findings(image.id) == [new]


def test_own_finding_is_changed_in_place(project: Project, image, make_finding):
    mine = make_finding(image.id, person="An", state=FindingState.ACCEPTED)
    project.add_finding(mine)
    before = project.finding(mine.id)
    changed = project.edit_finding(mine.id, label="dent", box=NEW_BOX, person="An")
    assert (changed.id, changed.label, changed.box) == (mine.id, "dent", NEW_BOX)
    assert project.findings(image.id, replaced=True) == [changed]
    project.restore_finding(before)  # undo
    assert project.findings(image.id, replaced=True) == [before]


def test_finding_of_another_person_is_superseded(project: Project, image, make_finding):
    theirs = make_finding(image.id, person="Bình")
    project.add_finding(theirs)
    new = project.edit_finding(theirs.id, label="dent", person="An")
    assert (new.supersedes, new.author.name) == (theirs.id, "An")
    assert project.finding(theirs.id).label == "scratch"


def test_redo_of_an_edit_through_restore(project: Project, image, make_finding):
    old = make_finding(image.id)
    project.add_finding(old)
    project.set_finding_state(old.id, FindingState.UNSURE)
    new = project.edit_finding(old.id, label="dent", person="An")
    edited = project.finding(old.id)
    project.unedit_finding(new.id)
    project.restore_finding(edited)
    project.restore_finding(new)
    assert project.findings(image.id) == [new]
    assert project.unedit_finding(new.id).state is FindingState.UNSURE


def test_restore_into_a_project_without_the_image(project: Project, make_finding):
    with pytest.raises(StoreError, match="could not be saved"):
        project.restore_finding(make_finding("no"))
