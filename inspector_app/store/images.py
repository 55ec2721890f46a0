"""Images of a project, as stored."""

# ruff: noqa: S608  only column names of ours are put into statements; values are always bound

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from uuid import uuid4

from inspector_app.domain.errors import StoreError
from inspector_app.domain.images import ImageRef
from inspector_app.store.clock import stamp
from inspector_app.store.database import Database
from inspector_app.store.naming import path_key
from inspector_app.store.rows import IMAGE, clean, image_of

_OF_IMAGES = ("results", "findings", "overrules", "messages", "readings", "corrections")


class Images(Database):
    """The images of the project: which files, and what is known of them."""

    def add_images(self, paths: Iterable[str | Path], pages: int | Mapping[str, int] = 1) -> int:
        """Adds images; those that are there already stay as they are.

        Args:
            paths: Files; relative ones are made absolute.
            pages: How many pages each file has: one number for all, or a mapping from path (as
                given, or absolute) to number, 1 where it says nothing.

        Returns:
            How many images (pages) are new.

        Raises:
            StoreError: Not stored; or a name is not valid text.
        """
        now = stamp()
        rows: list[tuple[str, str, int, str, str]] = []
        for given in paths:
            path = os.path.abspath(given)
            if clean(path) != path:
                raise StoreError(
                    f"Cannot add {clean(Path(path).name)}: its name is not valid text.",
                    "Rename the file, then add it again.",
                )
            key = path_key(path)
            if isinstance(pages, int):
                count = pages
            else:
                count = pages.get(path, pages.get(str(given), 1))
            rows.extend((uuid4().hex, path, page, key, now) for page in range(max(1, count)))
        with self._transaction() as connection:
            before = connection.total_changes
            connection.executemany(
                # The pages of a PDF were chosen once; it does not come back as a whole.
                "INSERT INTO images (id, path, page, sort_key, added)"
                " SELECT ?1, ?2, ?3, ?4, ?5"
                " WHERE NOT EXISTS (SELECT 1 FROM images WHERE path = ?2 AND dpi > 0)"
                " ON CONFLICT (path, page) DO NOTHING",
                rows,
            )
            return connection.total_changes - before

    def choose_pages(self, path: str | Path, pages: Sequence[int], dpi: int) -> int:
        """Chooses pages of a PDF; those that are there already stay.

        Only the page that stood for the whole file until now goes again, where it is not among
        those chosen and nothing is known of it.

        Args:
            path: The file.
            pages: Counted from 0.
            dpi: At which its pages are drawn from now on.

        Returns:
            How many images (pages) are new.

        Raises:
            StoreError: Not stored.
        """
        path = os.path.abspath(path)
        key, now = path_key(path), stamp()
        with self._transaction() as connection:
            before = connection.total_changes
            connection.executemany(
                "INSERT INTO images (id, path, page, sort_key, added) VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT (path, page) DO NOTHING",
                [(uuid4().hex, path, page, key, now) for page in pages],
            )
            new = connection.total_changes - before
            if pages and 0 not in pages:
                unknown = " AND ".join(
                    f"NOT EXISTS (SELECT 1 FROM {table} WHERE image = images.seq)"
                    for table in _OF_IMAGES
                )
                connection.execute(
                    f"DELETE FROM images WHERE path = ? AND page = 0 AND dpi = 0 AND {unknown}",
                    (path,),
                )
            # The size in pixels goes with the dpi; it is looked up again at the next look.
            connection.execute(
                "UPDATE images SET dpi = ?, width = 0, height = 0, trouble = ''"
                " WHERE path = ? AND dpi != ?",
                (dpi, path, dpi),
            )
            return new

    def image(self, image_id: str) -> ImageRef:
        """Returns one image.

        Raises:
            StoreError: It is not in this project.
        """
        with self._reading() as connection:
            row = connection.execute(
                f"SELECT {IMAGE} FROM images i WHERE i.id = ?", (image_id,)
            ).fetchone()
            if row is None:
                raise StoreError("The image is not in this project.", "Open the project again.")
            return image_of(row)

    def image_by_path(self, path: str | Path, page: int = 0) -> ImageRef | None:
        """Returns the image of a file, or None when it is not in this project."""
        with self._reading() as connection:
            row = connection.execute(
                f"SELECT {IMAGE} FROM images i WHERE i.path = ? AND i.page = ?",
                (clean(os.path.abspath(path)), page),
            ).fetchone()
            return None if row is None else image_of(row)

    def images(self) -> list[ImageRef]:
        """Returns all images in natural order of their paths (img2 before img10)."""
        with self._reading() as connection:
            rows = connection.execute(
                f"SELECT {IMAGE} FROM images i ORDER BY i.sort_key, i.path, i.page"
            )
            return [image_of(row) for row in rows]

    def update_image(
        self, image_id: str, *, width: int, height: int, sha256: str, trouble: str
    ) -> None:
        """Stores what decoding told; size is upright, in pixels.

        Raises:
            StoreError: Not stored, or the image is not in this project.
        """
        with self._transaction() as connection:
            done = connection.execute(
                "UPDATE images SET width = ?, height = ?, sha256 = ?, trouble = ? WHERE id = ?",
                (width, height, sha256, clean(trouble), image_id),
            )
            if done.rowcount == 0:
                raise StoreError("The image is not in this project.", "Open the project again.")
