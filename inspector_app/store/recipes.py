"""The texts of the recipes that results were decided by, kept with the project."""

from __future__ import annotations

from inspector_app.store.clock import stamp
from inspector_app.store.database import Database
from inspector_app.store.rows import clean


class Recipes(Database):
    """Recipe files as they were, by hash: a report can show them when the file has changed."""

    def save_recipe(self, sha256: str, title: str, text: str) -> None:
        """Keeps the text of a recipe; the same text once.

        Raises:
            StoreError: Not stored.
        """
        with self._transaction() as connection:
            connection.execute(
                "INSERT INTO recipes (sha256, title, text, created) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (sha256) DO UPDATE SET title = excluded.title",
                (sha256, clean(title), clean(text), stamp()),
            )

    def recipe_texts(self) -> list[tuple[str, str, str]]:
        """Returns hash, title and text of every recipe, oldest first."""
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT sha256, title, text FROM recipes ORDER BY created, sha256"
            )
            return [(sha256, title, text) for sha256, title, text in rows]
