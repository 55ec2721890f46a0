from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from inspector_app.domain.errors import StoreError
from inspector_app.store import migrations
from inspector_app.store.project import Project

NOW = len(migrations.STEPS)  # steps there are; the tests add theirs behind


def add_column(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE images ADD COLUMN weight REAL NOT NULL DEFAULT 1.5")


def fail_half_way(connection: sqlite3.Connection) -> None:
    connection.execute("DROP TABLE recipes")
    raise sqlite3.OperationalError("no such column: nonsense")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "old.inspect"
    with Project.create(path) as project:
        project.add_images(["/1.png"])
    return path


def column(path: Path, statement: str) -> list[object]:
    with closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute(statement)]


def names(path: Path) -> list[str]:
    return sorted(p.name for p in path.parent.iterdir())


def use(monkeypatch: pytest.MonkeyPatch, *steps: migrations.Step) -> None:
    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, *steps))


def test_old_project_is_brought_up_to_date_and_backed_up(
    old: Path, monkeypatch: pytest.MonkeyPatch
):
    use(monkeypatch, add_column)
    with Project.open(old) as project:
        assert [i.path for i in project.images()] == [str(Path("/1.png"))]
        assert migrations.version_of(project._connection) == len(migrations.STEPS)
    backup = old.with_name(f"old.inspect.bak-{NOW}")
    assert names(old) == ["old.inspect", f"old.inspect.bak-{NOW}"]
    assert column(old, "SELECT weight FROM images") == [1.5]
    assert column(backup, "PRAGMA user_version") == [NOW]
    assert column(backup, "SELECT path FROM images") == [str(Path("/1.png"))]
    with Project.open(old):
        pass
    assert names(old) == ["old.inspect", f"old.inspect.bak-{NOW}"]  # nothing to do the second time


def test_backup_has_what_is_still_in_the_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "old.inspect"
    with Project.create(path) as before:
        before.add_images(["/late.png"])
        assert path.with_name("old.inspect-wal").stat().st_size > 0
        use(monkeypatch, add_column)
        Project.open(path).close()
    backup = path.with_name(f"old.inspect.bak-{NOW}")
    assert column(backup, "SELECT COUNT(*) FROM images") == [1]


def test_backup_opens_as_a_project(old: Path, monkeypatch: pytest.MonkeyPatch):
    with monkeypatch.context() as patched:
        use(patched, add_column)
        Project.open(old).close()
    with Project.open(old.with_name(f"old.inspect.bak-{NOW}")) as backup:
        assert len(backup.images()) == 1


def test_earlier_backup_is_never_overwritten(old: Path, monkeypatch: pytest.MonkeyPatch):
    old.with_name(f"old.inspect.bak-{NOW}").write_text("an earlier one")
    use(monkeypatch, add_column)
    Project.open(old).close()
    assert old.with_name(f"old.inspect.bak-{NOW}").read_text() == "an earlier one"
    assert column(old.with_name(f"old.inspect.bak-{NOW}-2"), "PRAGMA user_version") == [NOW]


def test_failed_migration_changes_nothing(old: Path, monkeypatch: pytest.MonkeyPatch):
    before = old.read_bytes()
    use(monkeypatch, add_column, fail_half_way)
    with pytest.raises(StoreError, match=r"nonsense\. The project was not changed"):
        Project.open(old)
    assert old.read_bytes() == before
    assert names(old) == ["old.inspect"]
    assert column(old, "SELECT name FROM sqlite_schema WHERE name = 'recipes'") == ["recipes"]


def test_failed_backup_stops_the_migration(old: Path, monkeypatch: pytest.MonkeyPatch):
    def fail(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    before = old.read_bytes()
    monkeypatch.setattr(migrations, "backup", fail)
    use(monkeypatch, add_column)
    with pytest.raises(StoreError, match="its backup could not be written"):
        Project.open(old)
    assert old.read_bytes() == before


def test_half_a_backup_is_not_left(old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def fail(*_: object) -> None:
        raise OSError("gone")

    monkeypatch.setattr("inspector_app.store.migrations.os.replace", fail)
    with closing(sqlite3.connect(old)) as source, pytest.raises(OSError, match="gone"):
        migrations.backup(source, tmp_path / "copy")
    assert names(old) == ["old.inspect"]


def test_steps_done_by_another_window_are_not_done_again(old: Path):
    with closing(sqlite3.connect(old, isolation_level=None)) as connection:
        steps = (*migrations.STEPS, add_column)
        migrations.migrate(connection, steps)
        migrations.migrate(connection, steps)  # adding the column twice would fail
    assert column(old, "PRAGMA user_version") == [NOW + 1]
