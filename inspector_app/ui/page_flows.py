"""Pages of PDFs: found when a project is opened, chosen, and unlocked with a password."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal

from inspector_app.domain.errors import ImageError
from inspector_app.services import pages, projects
from inspector_app.services.inspect import refresh_image
from inspector_app.services.pages import Expanded, LongPdf
from inspector_app.ui.read_flows import ReadFlows


class PageFlows(ReadFlows):
    """The part of the window's jobs that is about files with several pages."""

    pages_wanted = Signal(list)  # LongPdf: which of their pages?
    password_refused = Signal(str)  # path
    unlocked = Signal(str)  # path

    async def expand_pages(self, path: Path) -> None:
        """Adds further pages of the files of a project; asks about those of long PDFs."""
        dpi: int = self._session.settings.get("pdf_dpi")

        def expand() -> Expanded:
            with projects.open_project(path) as own:
                return pages.expand_pages(own, dpi)

        found = await self._away(expand)
        if not self._is_shown(path):
            return
        if found.new:
            self._session.take_pages()
        if found.long:
            self.pages_wanted.emit(list(found.long))

    async def ask_pages(self, file: str) -> None:
        """Asks again which pages of a PDF are wanted."""
        project = self._session.project
        if project is None:
            return
        path = project.path

        def look() -> LongPdf | None:
            with projects.open_project(path, read_only=True) as own:
                return pages.long_pdf(own, file)

        found = await self._away(look)
        if found is not None and self._is_shown(path):
            self.pages_wanted.emit([found])

    async def choose_pages(
        self, files: Sequence[LongPdf], wanted: Sequence[int] | None, dpi: int
    ) -> None:
        """Puts the chosen pages of PDFs into the project.

        Args:
            files: The PDFs; all of one project, the one on show.
            wanted: Pages from 0; those that a file does not have are left out. None for all.
            dpi: At which they are drawn.
        """
        project = self._session.project
        if project is None:
            return
        path = project.path

        def choose() -> None:
            with projects.open_project(path) as own:
                for file in files:
                    there = range(file.pages)
                    chosen = there if wanted is None else [page for page in wanted if page in there]
                    own.choose_pages(file.path, chosen or (0,), dpi)

        await self._away(choose)
        if self._is_shown(path):
            self._session.take_pages()

    async def unlock(self, file: str, password: str) -> None:
        """Tries a password on a PDF; it is kept in memory alone, until the program ends."""
        project = self._session.project
        if project is None:
            return
        path, stored = project.path, not project.read_only
        if not await self._away(pages.unlock, file, password):
            self.password_refused.emit(file)
            return

        def look_again() -> None:
            with projects.open_project(path) as own:
                for image in own.images():
                    if image.path == file and image.trouble:
                        try:
                            refresh_image(own, image)
                        except ImageError:
                            continue  # its own trouble is stored

        if stored:
            await self._away(look_again)
        if self._is_shown(path):
            self._session.take_pages()
            self.unlocked.emit(file)
        if stored:
            await self.expand_pages(path)

    def _is_shown(self, path: Path) -> bool:
        project = self._session.project
        return project is not None and project.path == path
