"""Files on a web server: what the server says of one, and fetching one with resume."""

from __future__ import annotations

import errno
import http.client
import os
import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import IO

from inspector_app.domain.engine import StopFlag

TIMEOUT_SECONDS = 20
_BLOCK = 1 << 20  # bytes
_SHA256 = re.compile(r"[0-9a-f]{64}")


class WebError(Exception):
    """The server answered, but not with the file."""


@dataclass(frozen=True, slots=True)
class Remote:
    """What a server says of a file.

    Attributes:
        size: Bytes, 0 if it does not say.
        sha256: Hash in hex, empty if it does not say.
    """

    size: int = 0
    sha256: str = ""


class _StopAtLink(urllib.request.HTTPRedirectHandler):
    """Does not follow the redirect that carries the facts: a model hub states them there.

    The hub's answer to a `resolve` address leads to a storage server and says in X-Linked-Size
    and X-Linked-Etag (the SHA-256 for large files) what lies there.
    Source: https://huggingface.co/docs/huggingface_hub, `get_hf_file_metadata`.
    """

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        if "X-Linked-Size" in headers:
            return None
        follow = super().redirect_request(req, fp, code, msg, headers, newurl)
        if follow is not None:
            follow.method = req.get_method()  # HEAD stays HEAD
        return follow


def ask(address: str) -> Remote | None:
    """Asks about a file without fetching it; None if the server has no such file.

    Raises:
        OSError, WebError: There is no connection, or no answer.
    """
    request = urllib.request.Request(address, method="HEAD")  # noqa: S310 - cards allow http(s) only
    try:
        with urllib.request.build_opener(_StopAtLink).open(
            request, timeout=TIMEOUT_SECONDS
        ) as reply:
            return _remote(reply.headers)
    except urllib.error.HTTPError as answer:
        with answer:
            if answer.code in (http.client.NOT_FOUND, http.client.GONE):
                return None
            if "X-Linked-Size" in answer.headers:
                return _remote(answer.headers)
        # Some servers refuse HEAD; the fetch itself says whether the file can be had.
        return Remote()
    except http.client.HTTPException as error:
        raise WebError(type(error).__name__) from error


def fetch(address: str, part: Path, stop: StopFlag) -> Iterator[int]:
    """Appends to a partly fetched file what is missing; yields the bytes that are here.

    Ends early without an error when `stop` is set. What was fetched before is thrown away when
    the server says that it does not fit.

    Raises:
        OSError, WebError: The connection is lost or refused, or the disk is full.
    """
    done = part.stat().st_size if part.exists() else 0
    request = urllib.request.Request(address)  # noqa: S310 - cards allow http(s) only
    if done:
        request.add_header("Range", f"bytes={done}-")
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as reply:  # noqa: S310
            if done and reply.status != http.client.PARTIAL_CONTENT:
                done = 0
            length = reply.headers.get("Content-Length")
            end = done + int(length) if length else None
            with part.open("ab" if done else "wb") as out:
                while block := reply.read1(_BLOCK):
                    if stop.is_set():
                        return
                    out.write(block)
                    done += len(block)
                    yield done
            if end is not None and done < end:
                raise WebError("the connection was cut")
    except urllib.error.HTTPError as answer:
        with answer:
            if done and answer.code == http.client.REQUESTED_RANGE_NOT_SATISFIABLE:
                part.unlink()
            else:
                raise
        yield from fetch(address, part, stop)
    except http.client.HTTPException as error:
        raise WebError(f"the connection was cut ({type(error).__name__})") from error


def host(address: str) -> str:
    """Returns the name of the server in an address."""
    return urllib.parse.urlsplit(address).netloc


def reason(error: BaseException) -> str:
    """Returns in a few words why a connection failed."""
    if isinstance(error, urllib.error.HTTPError):
        if error.code in (http.client.UNAUTHORIZED, http.client.FORBIDDEN):
            return f"the server does not give it to everyone (HTTP {error.code})"
        return f"the server says HTTP {error.code} {error.reason}"
    inner = getattr(error, "reason", error)
    if isinstance(inner, TimeoutError):
        return f"no answer within {TIMEOUT_SECONDS} seconds"
    if isinstance(inner, OSError) and inner.errno and inner.errno > 0:
        return os.strerror(inner.errno).lower()
    return str(inner).rstrip(".") or type(inner).__name__


def is_full(error: BaseException) -> bool:
    """Whether it failed because the disk is full."""
    return isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)


def _remote(headers: Message) -> Remote:
    size = headers.get("X-Linked-Size") or headers.get("Content-Length") or "0"
    mark = (headers.get("X-Linked-Etag") or "").removeprefix("W/").strip('"').lower()
    return Remote(int(size) if size.isdigit() else 0, mark if _SHA256.fullmatch(mark) else "")
