"""Fetching from a hub: a server of our own answers as the hub does, and breaks as networks do."""

from __future__ import annotations

import hashlib
import http.server
import json
import shutil
import threading
from collections import namedtuple
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from inspector_app.domain.cards import Card, CardFile
from inspector_app.domain.errors import BadInputError, EngineError
from inspector_app.engines.files import choose_folder, folder_of, model_folder
from inspector_app.services import model_fetch, models
from inspector_app.services.inspect import never

BIG = bytes(range(256)) * 20_000  # 5 MB, several blocks


@dataclass
class Hub:
    """What the server has and how it misbehaves.

    `/hub/NAME` answers as a hub does: large files by a redirect that states size and hash.
    """

    address: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    large: set[str] = field(default_factory=set)  # by redirect
    cut_after: list[int] = field(default_factory=list)  # bytes of each body to come
    lie: bool = False  # states a wrong hash
    head: int = 0  # status of an answer to HEAD, if it refuses
    get: int = 0
    ranges: bool = True
    asked: list[tuple[str, str, str]] = field(default_factory=list)


class Handler(http.server.BaseHTTPRequestHandler):
    hub: Hub

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def do_GET(self) -> None:
        self._answer(body=True)

    def log_message(self, format: str, *args: object) -> None: ...

    def _answer(self, body: bool) -> None:
        hub = self.hub
        hub.asked.append((self.command, self.path, self.headers.get("Range", "")))
        _, where, name = self.path.split("/", 2)
        refused = hub.get if body else hub.head
        if name not in hub.files or refused:
            self.send_error(refused if name in hub.files else 404)
            return
        data = hub.files[name]
        if where == "hub" and name in hub.large:
            digest = hashlib.sha256(b"other" if hub.lie else data).hexdigest()
            self.send_response(302)
            self.send_header("X-Linked-Size", str(len(data)))
            self.send_header("X-Linked-Etag", f'"{digest}"')
            self.send_header("Location", f"/storage/{name}")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self._send(data, body)

    def _send(self, data: bytes, body: bool) -> None:
        begin = 0
        asked = self.headers.get("Range", "")
        if asked and self.hub.ranges:
            begin = int(asked.removeprefix("bytes=").rstrip("-"))
            if begin >= len(data):
                self.send_error(416)
                return
            self.send_response(206)
        else:
            self.send_response(200)
        self.send_header("ETag", '"' + "a" * 40 + '"')
        self.send_header("Content-Length", str(len(data) - begin))
        self.end_headers()
        if body:
            cut = self.hub.cut_after.pop(0) if self.hub.cut_after else len(data)
            self.wfile.write(data[begin : begin + cut])


@pytest.fixture(autouse=True)
def own_home(models_home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(model_fetch, "PAUSE_SECONDS", 0.0)
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)
    return models_home


@pytest.fixture
def hub() -> Iterator[Hub]:
    hub = Hub()
    handler = type("Bound", (Handler,), {"hub": hub})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = False  # so that closing waits for them
    hub.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield hub
    server.shutdown()
    thread.join()
    server.server_close()


def card(hub: Hub, *files: str, kind: str = "anomaly", **more: object) -> Card:
    return Card(
        "m", "M", kind, "", "", frozenset(),
        files=tuple(CardFile(name, url=f"{hub.address}/hub/{name}", **more) for name in files),
    )  # fmt: skip


def language_card(hub: Hub, folder: Path, optional: str = "chat_template.json") -> Card:
    """Puts a model's files on the server; its card names the index but no shard."""
    for path in folder.iterdir():
        hub.files[path.name] = path.read_bytes()
    shards = {name for name in hub.files if name.endswith(".safetensors")}
    hub.large |= shards
    made = card(hub, *sorted(set(hub.files) - shards), kind="qwen-vl")
    extra = CardFile(optional, url=f"{hub.address}/hub/{optional}", optional=True)
    return replace(made, files=(extra, *made.files))


def test_a_model_with_shards_is_fetched_whole(
    hub: Hub, tmp_path: Path, make_model: Callable[..., Path]
):
    source = make_model(tmp_path / "source", shards=3)
    made = language_card(hub, source)
    assert models.state(made).can_pull
    seen = list(models.pull(made, never()))
    folder = folder_of(made)
    assert model_folder(made) == folder
    assert models.state(made).ready
    for path in source.iterdir():
        assert (folder / path.name).read_bytes() == path.read_bytes()
    assert not list(folder.glob("*.part"))
    # Shards and the index were checked against the sums that the server states.
    assert set(model_fetch.read_hashes(folder)) == hub.large
    assert models.check(made) == []
    # The sum over all files only grows, and ends at the total.
    total = sum(path.stat().st_size for path in source.iterdir())
    index = (source / "model.safetensors.index.json").stat().st_size
    counted = [progress for progress in seen if progress.total]
    assert {progress.total for progress in counted} == {total - index}
    assert [p.done for p in counted] == sorted(p.done for p in counted)
    assert counted[-1].done == counted[-1].total
    hub.asked.clear()
    assert list(models.pull(made, never())) == []
    assert hub.asked == []


def test_a_cut_connection_goes_on_by_itself(hub: Hub):
    hub.files["a.onnx"] = BIG
    hub.large.add("a.onnx")
    hub.cut_after = [2_000_000, 1_000_000]
    list(models.pull(card(hub, "a.onnx"), never()))
    assert (folder_of(card(hub)) / "a.onnx").read_bytes() == BIG
    ranges = [asked for method, path, asked in hub.asked if method == "GET" and "storage" in path]
    assert ranges == ["", "bytes=2000000-", "bytes=3000000-"]


def test_a_connection_that_is_always_cut_ends_and_keeps_what_came(hub: Hub):
    hub.files["a.onnx"] = BIG
    hub.cut_after = [1_000_000] + [0] * 10
    made = card(hub, "a.onnx")
    with pytest.raises(EngineError, match=r"a\.onnx of M from 127.*cut.*what arrived is kept"):
        list(models.pull(made, never()))
    assert (folder_of(made) / "a.onnx.part").stat().st_size == 1_000_000
    hub.cut_after.clear()
    hub.asked.clear()
    first = next(progress for progress in models.pull(made, never()) if progress.total)
    assert first.done > 1_000_000
    list(models.pull(made, never()))
    assert hub.asked[1][2] == "bytes=1000000-"
    assert (folder_of(made) / "a.onnx").read_bytes() == BIG


def test_stopped_and_gone_on_with(hub: Hub):
    hub.files["a.onnx"] = BIG
    made = card(hub, "a.onnx")
    stop = threading.Event()
    for progress in models.pull(made, stop):
        if progress.done:
            stop.set()
    part = folder_of(made) / "a.onnx.part"
    have = part.stat().st_size
    assert 0 < have < len(BIG)
    assert not (folder_of(made) / "a.onnx").exists()
    stop.clear()
    list(models.pull(made, stop))
    assert hub.asked[-1][2] == f"bytes={have}-"
    assert (folder_of(made) / "a.onnx").read_bytes() == BIG


def test_stopped_before_it_began(hub: Hub):
    hub.files["a.onnx"] = BIG
    stop = threading.Event()
    stop.set()
    list(models.pull(card(hub, "a.onnx"), stop))
    assert hub.asked == []
    list(models.pull(card(hub, "config.json", kind="qwen-vl"), stop))
    assert hub.asked == []


@pytest.mark.parametrize("have", [len(BIG), len(BIG) + 5])
def test_a_part_that_is_whole_or_too_long(hub: Hub, have: int):
    hub.files["a.onnx"] = BIG
    hub.large.add("a.onnx")
    made = card(hub, "a.onnx")
    folder_of(made).mkdir(parents=True)
    (folder_of(made) / "a.onnx.part").write_bytes((BIG + b"extra")[:have])
    list(models.pull(made, never()))
    assert (folder_of(made) / "a.onnx").read_bytes() == BIG
    fetched = [asked for asked in hub.asked if asked[0] == "GET"]
    assert bool(fetched) is (have > len(BIG))


@pytest.mark.parametrize("ranges", [True, False])
def test_servers_that_know_no_head_or_no_ranges(hub: Hub, ranges: bool):
    hub.files["a.onnx"] = BIG
    hub.head = 405
    hub.ranges = ranges
    made = card(hub, "a.onnx")
    folder_of(made).mkdir(parents=True)
    # Longer than the file: with ranges the server says 416, without it sends the whole.
    (folder_of(made) / "a.onnx.part").write_bytes(BIG + b"extra")
    list(models.pull(made, never()))
    assert (folder_of(made) / "a.onnx").read_bytes() == BIG


@pytest.mark.parametrize(
    ("more", "lie", "says"),
    [
        ({"sha256": "0" * 64}, False, "the card"),
        ({"size": 3}, False, "the card"),
        ({}, True, "the server"),
    ],
)
def test_wrong_bytes_are_thrown_away(hub: Hub, more: dict[str, object], lie: bool, says: str):
    hub.files["a.onnx"] = b"abcdef"
    hub.large.add("a.onnx")
    hub.lie = lie
    made = card(hub, "a.onnx", **more)
    with pytest.raises(EngineError, match=f"arrived damaged.*{says} says"):
        list(models.pull(made, never()))
    assert list(folder_of(made).iterdir()) == []


def test_the_hash_of_the_card_goes_before_the_servers(hub: Hub):
    hub.files["a.onnx"] = b"abcdef"
    hub.large.add("a.onnx")
    hub.lie = True
    made = card(hub, "a.onnx", sha256=hashlib.sha256(b"abcdef").hexdigest())
    list(models.pull(made, never()))
    assert models.state(made).ready


def test_a_file_that_is_missing(hub: Hub):
    made = card(hub, "a.onnx")
    with pytest.raises(EngineError, match=r"a\.onnx of M is not at .* any more"):
        list(models.pull(made, never()))
    list(models.pull(card(hub, "a.onnx", optional=True), never()))


@pytest.mark.parametrize(("status", "says"), [(403, "not give it to everyone"), (500, "HTTP 500")])
def test_a_server_that_refuses(hub: Hub, status: int, says: str):
    hub.files["a.onnx"] = b"abc"
    hub.head = hub.get = status
    with pytest.raises(EngineError, match=says):
        list(models.pull(card(hub, "a.onnx"), never()))


def test_no_network(make_model: Callable[..., Path], tmp_path: Path):
    made = card(Hub("http://127.0.0.1:9"), "a.onnx")
    with pytest.raises(EngineError, match="connection refused") as told:
        list(models.pull(made, never()))
    assert str(folder_of(made)) in told.value.mend
    assert "\n" not in str(told.value)


def test_a_full_disk_is_told_before(hub: Hub, monkeypatch: pytest.MonkeyPatch):
    hub.files["a.onnx"] = BIG
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(9, 9, 150_000_000))
    with pytest.raises(EngineError, match=r"needs 0\.0 GB more .* where 0\.1 GB are free"):
        list(models.pull(card(hub, "a.onnx"), never()))
    assert [method for method, _, _ in hub.asked] == ["HEAD"]


def test_an_index_of_nonsense(hub: Hub):
    hub.files |= {
        "model.safetensors.index.json": json.dumps({"weight_map": {"a": "../b"}}).encode()
    }
    made = card(hub, "model.safetensors.index.json", kind="qwen-vl")
    with pytest.raises(BadInputError, match="not a safetensors file beside it"):
        list(models.pull(made, never()))
    assert not (folder_of(made) / "model.safetensors.index.json").exists()


def test_a_card_whose_files_make_no_model(hub: Hub):
    hub.files["config.json"] = b"{}"
    with pytest.raises(EngineError, match="not complete although all files"):
        list(models.pull(card(hub, "config.json", kind="qwen-vl"), never()))


def test_nothing_to_fetch(hub: Hub, tmp_path: Path):
    with pytest.raises(EngineError, match=r"cannot be fetched.*models use m FOLDER"):
        list(models.pull(card(hub, kind="qwen-vl"), never()))
    made = replace(card(hub), files=(CardFile("w", package="no-such-package"),))
    with pytest.raises(EngineError, match="no-such-package is not installed"):
        list(models.pull(made, never()))
    made = replace(card(hub), files=(CardFile("w.onnx"),))
    with pytest.raises(EngineError, match="cannot be fetched"):
        list(models.pull(made, never()))
    choose_folder("m", tmp_path / "gone")
    with pytest.raises(EngineError, match=r"folder chosen for it cannot be used.*models use m"):
        list(models.pull(card(hub, "config.json", kind="qwen-vl"), never()))


def test_what_is_here_is_not_fetched_again(hub: Hub):
    hub.files |= {"a.onnx": b"abc", "b.onnx": b"def"}
    made = card(hub, "a.onnx", "b.onnx")
    folder_of(made).mkdir(parents=True)
    (folder_of(made) / "a.onnx").write_bytes(b"abc")
    list(models.pull(made, never()))
    assert {path for _, path, _ in hub.asked} == {"/hub/b.onnx"}
