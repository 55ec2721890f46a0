from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from inspector_app.store.lock import ProjectLock

HOLDER = """
import sys
from inspector_app.store.lock import ProjectLock
lock = ProjectLock(sys.argv[1])
print(lock.acquire(), flush=True)
sys.stdin.readline()
"""


def holder(path: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[3],
    )


def test_one_holder(tmp_path: Path):
    path = tmp_path / "a.inspect"
    first, second = ProjectLock(path), ProjectLock(path)
    assert first.owner() == ""
    assert first.acquire()
    assert first.acquire()  # mine already
    assert not second.acquire()
    assert f"(process {os.getpid()})" in second.owner()
    first.release()
    assert second.acquire()
    second.release()
    second.release()
    assert list(tmp_path.iterdir()) == []


def test_context_manager_gives_it_back(tmp_path: Path):
    with ProjectLock(tmp_path / "a"):
        assert not ProjectLock(tmp_path / "a").acquire()
    assert ProjectLock(tmp_path / "a").acquire()


def test_other_process_holds_it_until_it_is_killed(tmp_path: Path):
    path = tmp_path / "a.inspect"
    with holder(path) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "True\n"
        mine = ProjectLock(path)
        assert not mine.acquire()
        assert f"(process {other.pid})" in mine.owner()
        other.kill()
        other.wait()
        assert path.with_name("a.inspect.lock").exists()  # left behind, and no hindrance
        assert mine.acquire()
        assert f"(process {os.getpid()})" in mine.owner()
        mine.release()


def test_nonsense_in_the_lock_file_is_no_hindrance(tmp_path: Path):
    (tmp_path / "a.lock").write_bytes(b"\xff\x00" * 5000)
    lock = ProjectLock(tmp_path / "a")
    assert lock.owner() == ""
    assert lock.acquire()
    assert f"(process {os.getpid()})" in lock.owner()
    lock.release()


def test_where_nothing_can_be_written_nothing_needs_a_lock(tmp_path: Path):
    lock = ProjectLock(tmp_path / "no folder" / "a")
    assert lock.acquire()
    assert lock.owner() == ""
    lock.release()


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be removed there")
def test_lock_on_a_file_removed_meanwhile_does_not_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    from inspector_app.store import lock as module

    first, second = ProjectLock(tmp_path / "a"), ProjectLock(tmp_path / "a")
    assert first.acquire()
    real = module._lock
    calls = 0

    def release_just_before(handle: int) -> bool:
        nonlocal calls
        calls += 1
        if calls == 1:
            first.release()  # between the second one's opening and locking
        return real(handle)

    monkeypatch.setattr(module, "_lock", release_just_before)
    assert second.acquire()
    assert calls == 2
    assert not ProjectLock(tmp_path / "a").acquire()
    second.release()


def test_same_project_through_a_link(tmp_path: Path):
    path = tmp_path / "a.inspect"
    path.write_text("")
    link = tmp_path / "link.inspect"
    try:
        link.symlink_to(path)
    except OSError:
        pytest.skip("this system does not let us make links")
    with ProjectLock(path):
        assert not ProjectLock(link).acquire()
