"""A question before what cannot be undone."""

from __future__ import annotations

from PySide6.QtWidgets import QMessageBox, QWidget


def confirmed(parent: QWidget, title: str, text: str, button: str) -> bool:
    """Asks; returns whether the person wants it.

    Args:
        parent: The window.
        title: What it is about.
        text: What will be gone, and what stays.
        button: Words of the button that does it; the other one is Cancel and the default.
    """
    box = QMessageBox(QMessageBox.Icon.Question, title, text, parent=parent)
    yes = box.addButton(button, QMessageBox.ButtonRole.DestructiveRole)
    cancel = box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(cancel)
    box.setEscapeButton(cancel)
    box.exec()
    found = box.clickedButton() is yes
    box.deleteLater()
    return found
