"""Pages as people write them: "1-3, 7" counts from 1, the program from 0."""

from __future__ import annotations

import re
from collections.abc import Iterable

_MOST = 10_000  # pages in one range


def parse_pages(text: str) -> list[int] | None:
    """Reads "1-3, 7" as pages from 0, in the order given.

    Returns:
        None when it is no list of pages.
    """
    found: list[int] = []
    for part in text.split(","):
        match = re.fullmatch(r"\s*(\d{1,7})(?:\s*[-\u2013]\s*(\d{1,7}))?\s*", part, re.ASCII)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not 1 <= first <= last < first + _MOST:
            return None
        found += range(first - 1, last)
    return found


def page_runs(pages: Iterable[int]) -> list[tuple[int, int]]:
    """Returns first and last page of every run without a gap, in order."""
    runs: list[tuple[int, int]] = []
    for page in sorted(set(pages)):
        if runs and page == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], page)
        else:
            runs.append((page, page))
    return runs


def pages_text(pages: Iterable[int]) -> str:
    """Writes pages from 0 as "1-3, 7"."""
    return ", ".join(
        str(first + 1) if first == last else f"{first + 1}-{last + 1}"
        for first, last in page_runs(pages)
    )
