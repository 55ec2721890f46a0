from __future__ import annotations

import sqlite3

import pytest

from inspector_app.domain.errors import StoreError
from inspector_app.domain.heat import HeatMap
from inspector_app.store.project import Project
from inspector_app.store.trouble import read_error, save_error


def fill_until_full(
    project: Project, image_id: str, make_result, make_finding
) -> tuple[list[str], str]:
    noise = bytes(i * 7919 % 251 for i in range(64 * 64))
    stored: list[str] = []
    for _ in range(500):
        result = make_result(image_id, raw="x" * 3000)
        heat = HeatMap(64, 64, noise, 0, 1)
        try:
            project.add_result(result, [make_finding(image_id)], heat, replace=False)
        except StoreError as error:
            return stored, str(error)
        stored.append(result.id)
    return stored, ""


def test_full_disk(project: Project, image, make_result, make_finding):
    connection = project._connection
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages + 60}")
    stored, told = fill_until_full(project, image.id, make_result, make_finding)
    assert told == (
        "The project could not be saved: the disk is full. "
        "Free some space; nothing stored so far is lost."
    )
    assert stored
    assert [r.id for r in project.results(image.id)] == stored[::-1]
    assert len(project.findings(image.id)) == len(stored)
    assert project.summary(image.id).findings == len(stored)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.execute(f"PRAGMA max_page_count = {pages + 5000}")  # some space was freed
    project.add_result(make_result(image.id), replace=False)
    assert len(project.results(image.id)) == len(stored) + 1


@pytest.mark.parametrize("step", ["_set_state", "insert_finding", "tally"])
def test_trouble_at_any_step_leaves_the_action_undone(
    project: Project, image, make_finding, monkeypatch: pytest.MonkeyPatch, step: str
):
    finding = make_finding(image.id)
    project.add_finding(finding)
    before = (project.findings(image.id, replaced=True), project.summary(image.id))

    def fail(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(f"inspector_app.store.findings.{step}", fail)
        with pytest.raises(StoreError):
            project.edit_finding(finding.id, label="x", person="An")
    assert (project.findings(image.id, replaced=True), project.summary(image.id)) == before
    project.edit_finding(finding.id, label="x", person="An")
    assert project.summary(image.id).label == "x"


@pytest.mark.parametrize(
    ("code", "saving", "reading"),
    [
        (sqlite3.SQLITE_FULL, "the disk is full", "Cannot read"),
        (sqlite3.SQLITE_READONLY, "write-protected", "Cannot read"),
        (sqlite3.SQLITE_IOERR, "the disk reports an error", "the disk reports an error"),
        (sqlite3.SQLITE_IOERR | 3 << 8, "the disk reports an error", "the disk reports an error"),
        (sqlite3.SQLITE_BUSY, "another program is writing", "another program is writing"),
        (sqlite3.SQLITE_CORRUPT, "the file is damaged", "is damaged"),
        (sqlite3.SQLITE_NOTADB, "the file is damaged", "is damaged"),
        (sqlite3.SQLITE_CONSTRAINT, "no longer there", "Cannot read"),
        (0, "boom", "boom"),
    ],
)
def test_codes_in_words(tmp_path, code: int, saving: str, reading: str):
    error = sqlite3.OperationalError("boom")
    if code:
        error.sqlite_errorcode = code
    assert saving in str(save_error(error))
    assert reading in str(read_error(error, tmp_path / "a.inspect"))
    for told in (save_error(error), read_error(error, tmp_path / "a.inspect")):
        assert told.mend
        assert "!" not in str(told)
        assert "SQLITE" not in str(told)
