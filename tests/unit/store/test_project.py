from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from inspector_app import __version__
from inspector_app.domain.errors import StoreError
from inspector_app.store.migrations import STEPS
from inspector_app.store.project import Project


def change(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(statement)


def test_create_open_and_meta(tmp_path: Path):
    path = tmp_path / "a.inspect"
    with Project.create(path, title="Nuts") as project:
        assert project.path == path.resolve()
        assert not project.read_only
        assert project.read_only_reason == ""
        project.set_meta("folder", "/lot")
        project.set_meta("folder", "/lot 2")
    with Project.open(path) as project:
        assert project.get_meta("title") == "Nuts"
        assert project.get_meta("folder") == "/lot 2"
        assert project.get_meta("nothing", "else") == "else"
        assert project.get_meta("saved_by") == __version__


@pytest.mark.parametrize("name", ["100% ok?.inspect", "a#b&c=d.inspect", "Dự án số 1.inspect"])
def test_names_that_mean_something_in_a_uri(tmp_path: Path, name: str):
    with Project.create(tmp_path / name) as project:
        project.set_meta("a", "b")
    assert (tmp_path / name).stat().st_size > 0
    with Project.open(tmp_path / name) as project:
        assert project.get_meta("a") == "b"


def test_nothing_is_left_beside_a_closed_project(tmp_path: Path):
    with Project.create(tmp_path / "a.inspect") as project:
        project.set_meta("a", "b")
    assert [p.name for p in tmp_path.iterdir()] == ["a.inspect"]


def test_create_refuses_to_overwrite(tmp_path: Path):
    path = tmp_path / "a.inspect"
    path.write_text("precious")
    with pytest.raises(StoreError, match=r"there is a file of that name\. Choose another"):
        Project.create(path)
    assert path.read_text() == "precious"


def test_create_in_a_folder_that_is_not_there(tmp_path: Path):
    with pytest.raises(StoreError, match="no such file or directory"):
        Project.create(tmp_path / "no" / "a.inspect")


def test_failed_create_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def fail(_: sqlite3.Connection) -> None:
        raise sqlite3.OperationalError("boom")

    monkeypatch.setattr("inspector_app.store.migrations.STEPS", (fail,))
    with pytest.raises(StoreError, match="could not be saved"):
        Project.create(tmp_path / "a.inspect")
    assert list(tmp_path.iterdir()) == []


def test_open_missing(tmp_path: Path):
    with pytest.raises(StoreError, match=r"Cannot open a\.inspect: there is no such file\."):
        Project.open(tmp_path / "a.inspect")
    assert list(tmp_path.iterdir()) == []


def test_open_folder(tmp_path: Path):
    with pytest.raises(StoreError, match="it is a folder"):
        Project.open(tmp_path)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty"),
        (b"PNG" * 99, "not an Inspector project"),
        (b"SQL", "not an Insp"),
    ],
)
def test_open_something_else(tmp_path: Path, content: bytes, said: str):
    path = tmp_path / "a.inspect"
    path.write_bytes(content)
    with pytest.raises(StoreError, match=said):
        Project.open(path)
    assert path.read_bytes() == content


def test_open_a_database_of_another_program(tmp_path: Path):
    path = tmp_path / "a.db"
    change(path, "CREATE TABLE t (a)")
    before = path.read_bytes()
    with pytest.raises(StoreError, match="a database, but not an Inspector project"):
        Project.open(path)
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["a.db"]


def test_newer_version_names_both(tmp_path: Path):
    path = tmp_path / "a.inspect"
    with Project.create(path):
        pass
    change(path, "UPDATE meta SET value = '9.9.9' WHERE key = 'saved_by'")
    change(path, "PRAGMA user_version = 99")
    expected = (
        rf"Inspector 9\.9\.9 \(project format 99\); "
        rf"this is Inspector {__version__} \(project format {len(STEPS)}\)"
    )
    for read_only in (False, True):
        with pytest.raises(StoreError, match=expected) as caught:
            Project.open(path, read_only=read_only)
        assert "\n" not in str(caught.value)


def fill(path: Path) -> None:
    with Project.create(path) as project:
        project.add_images([f"/lot/{i}.png" for i in range(2000)])


@pytest.mark.parametrize("damage", ["body", "short", "header"])
def test_damaged_file_is_told_and_left_alone(tmp_path: Path, damage: str):
    path = tmp_path / "a.inspect"
    fill(path)
    good = path.read_bytes()
    match damage:
        case "body":
            bad = good[:200] + b"\xaa" * (len(good) - 200)
        case "short":
            bad = good[: len(good) // 2]
        case _:
            bad = good[:16] + b"\xff" * 84 + good[100:]
    path.write_bytes(bad)

    def use(read_only: bool) -> None:
        with Project.open(path, read_only=read_only) as project:
            project.summaries()
            project.images()

    for read_only in (False, True):
        with pytest.raises(StoreError, match=r"damaged.*backup.*nothing was changed"):
            use(read_only)
        assert path.read_bytes() == bad


def test_impossible_value_is_damage(tmp_path: Path):
    path = tmp_path / "a.inspect"
    with Project.create(path) as project:
        project.add_images(["/a.png"])
    change(path, "UPDATE images SET engine_verdict = 'perhaps'")
    with Project.open(path) as project, pytest.raises(StoreError, match="damaged"):
        project.summaries()


def test_read_only_on_request(tmp_path: Path):
    path = tmp_path / "a.inspect"
    fill(path)
    with Project.open(path, read_only=True) as project:
        assert project.read_only
        assert project.read_only_reason == "It was opened for reading only."
        assert len(project.images()) == 2000
        with pytest.raises(StoreError, match="cannot be changed: It was opened for reading only"):
            project.set_meta("a", "b")
        with pytest.raises(StoreError, match="cannot be changed"):
            project.add_images(["/b.png"])


def test_reader_sees_what_a_writer_stored_meanwhile(tmp_path: Path):
    path = tmp_path / "a.inspect"
    with Project.create(path) as writer, Project.open(path, read_only=True) as reader:
        writer.add_images(["/a.png"])
        assert len(reader.images()) == 1


def test_two_threads_with_an_object_each_write_at_once(tmp_path: Path):
    path = tmp_path / "a.inspect"
    Project.create(path).close()
    troubles: list[Exception] = []

    def write(name: str) -> None:
        try:
            with Project.open(path) as project:
                for i in range(40):
                    project.add_images([f"/{name}/{i}.png"])
        except StoreError as error:
            troubles.append(error)

    threads = [threading.Thread(target=write, args=(name,)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert troubles == []
    with Project.open(path) as project:
        assert len(project.images()) == 80


def test_busy_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("inspector_app.store.database.BUSY_SECONDS", 0.05)
    path = tmp_path / "a.inspect"
    Project.create(path).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as other, Project.open(path) as mine:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="another program is writing to it"):
            mine.set_meta("a", "b")
        assert mine.get_meta("title", "none") == ""  # reading goes on meanwhile
        other.execute("ROLLBACK")
        mine.set_meta("a", "b")


def test_use_after_close_is_a_store_error(project: Project):
    project.close()
    project.close()
    with pytest.raises(StoreError):
        project.images()
    with pytest.raises(StoreError):
        project.set_meta("a", "b")


def test_settings_that_safety_rests_on(project: Project):
    def pragma(name: str) -> object:
        return project._connection.execute(f"PRAGMA {name}").fetchone()[0]

    assert pragma("journal_mode") == "wal"
    assert pragma("synchronous") == 2
    assert pragma("foreign_keys") == 1
    assert pragma("trusted_schema") == 0


def test_open_through_a_link_is_the_same_project(tmp_path: Path):
    path = tmp_path / "a.inspect"
    Project.create(path).close()
    link = tmp_path / "link.inspect"
    try:
        link.symlink_to(path)
    except OSError:
        pytest.skip("this system does not let us make links")
    with Project.open(link) as project:
        assert project.path == path.resolve()
