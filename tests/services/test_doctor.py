"""What the doctor says of a home that is not one, and what the check of models counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from inspector_app.domain.cards import Card, CardFile
from inspector_app.domain.errors import StoreError
from inspector_app.services import models
from inspector_app.services.doctor import examine
from inspector_app.store.places import cache_folder


def card(*files: CardFile) -> Card:
    return Card("m", "M", "fake", "", "", frozenset(), files=files)


def test_a_home_that_is_a_file_is_told_and_the_rest_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "file").touch()
    monkeypatch.setenv("INSPECTOR_HOME", str(tmp_path / "file"))
    with pytest.raises(StoreError, match="a file is in its place"):
        cache_folder()
    checks = {check.name: check for check in examine()}
    assert checks["Settings"].ok is False
    assert "INSPECTOR_HOME" in checks["Cache"].text
    assert checks["Engine anomaly"].ok is None
    assert checks["Resources"].ok is True


def test_a_model_that_was_never_fetched_is_no_trouble():
    wanted = card(CardFile("w.onnx", sha256="0" * 64, url="http://example.com/w"))
    assert models.check(wanted) == []
    assert not models.state(wanted).ready


@pytest.mark.parametrize(
    ("file", "says"),
    [
        (CardFile("w.onnx", size=5, url="http://example.com/w"), "the card says 5"),
        (CardFile("w.onnx", sha256="0" * 64, url="http://example.com/w"), "another hash"),
    ],
)
def test_wrong_bytes_are_trouble(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file, says: str):
    monkeypatch.setenv("INSPECTOR_HOME", str(tmp_path))
    folder = tmp_path / "cache" / "models" / "m"
    folder.mkdir(parents=True)
    (folder / "w.onnx").write_bytes(b"abc")
    (trouble,) = models.check(card(file))
    assert says in trouble
