"""One query that tells the gallery and the reports all about every image."""

# ruff: noqa: S608  only column names of ours are put into statements; values are always bound

from __future__ import annotations

from inspector_app.domain.errors import StoreError
from inspector_app.domain.results import ImageSummary
from inspector_app.domain.verdicts import Verdict
from inspector_app.store.database import Database
from inspector_app.store.rows import summary_of, verdict_of

# A finding counts unless a person replaced it or said that it is none.
_COUNTS = "state NOT IN ('edited', 'rejected')"

# The result that tells verdict and score: the newest with a verdict, else the newest with a score.
_DECIDING = """
    SELECT image, COALESCE(
        MAX(CASE WHEN verdict IS NOT NULL THEN seq END),
        MAX(CASE WHEN score IS NOT NULL THEN seq END)) AS seq
    FROM results WHERE status = 'finished' {one} GROUP BY image"""

# MAX() with one bare column beside it takes that column from the row of the maximum (documented
# behaviour of SQLite): the label is that of a person's finding before an engine's, then of the
# highest score.
_FINDINGS = f"""
    SELECT image,
        SUM({_COUNTS}) AS live,
        MAX(author_kind = 'person' OR state <> 'proposed') AS touched
    FROM findings WHERE 1 {{one}} GROUP BY image"""
_LABELS = f"""
    SELECT image, label, MAX((author_kind = 'person') * 1e300 + COALESCE(score, -1e299)) AS rank
    FROM findings WHERE {_COUNTS} {{one}} GROUP BY image"""

_OVERRULES = """
    SELECT image, MAX(seq), verdict FROM overrules WHERE 1 {one} GROUP BY image"""

_ALL = f"""
    SELECT i.id, i.path, i.page, i.width, i.height, i.trouble,
        r.verdict, o.verdict, r.score, r.seconds, l.label, f.live, f.touched
    FROM images i
    LEFT JOIN ({_DECIDING}) d ON d.image = i.seq
    LEFT JOIN results r ON r.seq = d.seq
    LEFT JOIN ({_OVERRULES}) o ON o.image = i.seq
    LEFT JOIN ({_FINDINGS}) f ON f.image = i.seq
    LEFT JOIN ({_LABELS}) l ON l.image = i.seq"""

ALL_SQL = _ALL.format(one="") + " ORDER BY i.sort_key, i.path, i.page"
_SEQ = "(SELECT seq FROM images WHERE id = :id)"
ONE_SQL = _ALL.format(one=f"AND image = {_SEQ}") + " WHERE i.id = :id"
_COUNT_SQL = f"""
    SELECT COALESCE(o.verdict, r.verdict), COUNT(*)
    FROM images i
    LEFT JOIN ({_DECIDING.format(one="")}) d ON d.image = i.seq
    LEFT JOIN results r ON r.seq = d.seq
    LEFT JOIN ({_OVERRULES.format(one="")}) o ON o.image = i.seq
    GROUP BY 1"""


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
            return [summary_of(row) for row in connection.execute(ALL_SQL)]

    def summary(self, image_id: str) -> ImageSummary:
        """Returns the summary of one image.

        Raises:
            StoreError: The image is not in this project.
        """
        with self._reading() as connection:
            row = connection.execute(ONE_SQL, {"id": image_id}).fetchone()
            if row is None:
                raise StoreError("The image is not in this project.", "Open the project again.")
            return summary_of(row)

    def counts(self) -> dict[Verdict | None, int]:
        """Returns how many images have which verdict (the one that counts); None is undecided."""
        found: dict[Verdict | None, int] = dict.fromkeys((*Verdict, None), 0)
        with self._reading() as connection:
            for text, count in connection.execute(_COUNT_SQL):
                found[verdict_of(text)] += count
        return found
