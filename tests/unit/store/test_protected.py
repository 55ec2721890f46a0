"""Folders and files that may not be written; done for real, as another user where we are root."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from inspector_app.domain.errors import StoreError
from inspector_app.store.lock import ProjectLock
from inspector_app.store.project import Project

if sys.platform == "win32":
    pytest.skip("needs Unix permissions", allow_module_level=True)
NOBODY = 65534


@pytest.fixture
def folder() -> Iterator[Path]:
    # Not tmp_path: its parents are closed to other users.
    made = Path(tempfile.mkdtemp(prefix="inspector-test-"))
    made.chmod(0o755)
    yield made
    made.chmod(0o755)
    shutil.rmtree(made)


def as_plain_user(work: Callable[[], str]) -> str:
    """Runs `work` without root's rights and returns its text."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            if os.geteuid() == 0:
                os.setgid(NOBODY)
                os.setuid(NOBODY)
            text = work()
        except BaseException as error:  # noqa: BLE001  told to the parent
            text = f"{type(error).__name__}: {error}"
        os.write(write, text.encode())
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as pipe:
        told = pipe.read()
    os.waitpid(child, 0)
    return told


def look(path: Path) -> str:
    with Project.open(path) as project:
        images = ",".join(Path(i.path).name for i in project.images())
        try:
            project.set_meta("a", "b")
            return f"written|{images}"
        except StoreError as error:
            return f"{project.read_only_reason}|{images}|{error}"


def made(folder: Path) -> Path:
    path = folder / "a.inspect"
    with Project.create(path) as project:
        project.add_images(["/1.png"])
    return path


def test_protected_folder(folder: Path):
    path = made(folder)
    path.chmod(0o666)
    folder.chmod(0o555)
    told = as_plain_user(lambda: look(path))
    assert told.startswith(f"The folder {folder.name} is write-protected.|1.png|")
    assert "cannot be changed: The folder" in told


def test_protected_file(folder: Path):
    path = made(folder)
    path.chmod(0o444)
    folder.chmod(0o777)
    assert as_plain_user(lambda: look(path)).startswith(
        "The file a.inspect is write-protected.|1.png|"
    )
    path.chmod(0o644)


def test_protected_folder_with_changes_still_in_the_log(folder: Path):
    path = made(folder)
    crashed = folder / "crashed"
    crashed.mkdir()
    with Project.open(path) as project:
        project.add_images(["/2.png"])
        for suffix in ("", "-wal"):  # as a crash leaves it, copied without the -shm
            shutil.copy(f"{path}{suffix}", f"{crashed / path.name}{suffix}")
    with closing(sqlite3.connect(f"file:{crashed / path.name}?immutable=1", uri=True)) as only_file:
        assert only_file.execute("SELECT COUNT(*) FROM images").fetchone() == (1,)
    crashed.chmod(0o555)
    assert "|1.png,2.png|" in as_plain_user(lambda: look(crashed / path.name))
    crashed.chmod(0o755)


def test_protected_old_project_is_brought_up_to_date_in_memory_only(
    folder: Path, monkeypatch: pytest.MonkeyPatch
):
    path = made(folder)
    before = path.read_bytes()
    from inspector_app.store import migrations

    def add(connection: sqlite3.Connection) -> None:
        connection.execute("UPDATE images SET path = '/new.png'")

    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, add))
    folder.chmod(0o555)
    path.chmod(0o444)
    assert "|new.png|" in as_plain_user(lambda: look(path))
    with Project.open(path, read_only=True) as project:
        assert project.images()[0].path == "/new.png"
    folder.chmod(0o755)
    assert path.read_bytes() == before


def test_unreadable_file(folder: Path):
    path = made(folder)
    path.chmod(0o000)
    assert "StoreError: Cannot open a.inspect: permission denied." in as_plain_user(
        lambda: look(path)
    )


def test_create_in_a_protected_folder(folder: Path):
    folder.chmod(0o555)
    told = as_plain_user(lambda: str(Project.create(folder / "a.inspect")))
    assert "StoreError: Cannot make a.inspect: permission denied." in told


def take(path: Path) -> str:
    lock = ProjectLock(path)
    told = f"{lock.acquire()} {lock.owner()!r}"
    lock.release()
    return told


def test_protected_folder_needs_no_lock(folder: Path):
    path = made(folder)
    folder.chmod(0o555)
    assert as_plain_user(lambda: take(path)) == "True ''"


@pytest.mark.skipif(os.geteuid() != 0, reason="needs two users")
def test_lock_file_of_another_user(folder: Path):
    path = made(folder)
    folder.chmod(0o777)
    mine = ProjectLock(path)
    assert mine.acquire()
    path.with_name("a.inspect.lock").chmod(0o644)
    told = as_plain_user(lambda: take(path))
    assert told.startswith("False '")
    assert f"(process {os.getpid()})" in told
    assert mine._handle is not None
    os.close(mine._handle)  # as a crash leaves it: the file stays, its lock does not
    mine._handle = None
    assert as_plain_user(lambda: take(path)).startswith("True")
