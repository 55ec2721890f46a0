"""One query that tells the gallery and the reports all about every image.

The columns are kept up to date by `tally`.
"""

from __future__ import annotations

import gc
from collections.abc import Generator
from contextlib import contextmanager

from inspector_app.domain.errors import StoreError
from inspector_app.domain.results import ImageSummary
from inspector_app.domain.verdicts import Verdict
from inspector_app.store.database import Database
from inspector_app.store.rows import summary_of, verdict_of

_FROM = """
    SELECT id, path, page, width, height, trouble, engine_verdict, person_verdict, score, seconds,
        label, live, touched, conflicts, differs
    FROM images"""


class Summaries(Database):
    """What the project knows of its images, in short."""

    def summaries(self) -> list[ImageSummary]:
        """Returns one summary an image, in natural order of the paths.

        `score` and `seconds` are of the newest finished result with a verdict, else of the newest
        with a score. `findings` leaves out replaced and rejected ones. `label` is of the most
        telling finding: a person's before an engine's, then the highest score. `edited` says
        whether a person has touched any finding.
        """
        with self._reading() as connection:
            return [
                summary_of(row)
                for row in connection.execute(f"{_FROM} ORDER BY sort_key, path, page")
            ]

    def summary(self, image_id: str) -> ImageSummary:
        """Returns the summary of one image.

        Raises:
            StoreError: The image is not in this project.
        """
        with self._reading() as connection:
            row = connection.execute(f"{_FROM} WHERE id = ?", (image_id,)).fetchone()
            if row is None:
                raise StoreError("The image is not in this project.", "Open the project again.")
            return summary_of(row)

    def counts(self) -> dict[Verdict | None, int]:
        """Returns how many images have which verdict (the one that counts); None is undecided."""
        found: dict[Verdict | None, int] = dict.fromkeys((*Verdict, None), 0)
        with self._reading() as connection:
            for text, count in connection.execute(
                "SELECT COALESCE(person_verdict, engine_verdict), COUNT(*) FROM images GROUP BY 1"
            ):
                found[verdict_of(text)] += count
        return found


@contextmanager
def _collector_paused() -> Generator[None]:
    # 20,000 new objects set off Python's search for cycles again and again, which takes as long as
    # all the rest; there are none among rows and summaries.
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
