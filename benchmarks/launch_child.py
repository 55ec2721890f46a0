"""Shows a window, tells the seconds since a given moment on its first paint, and ends.

Imports nothing that the program itself does not: every import here would count.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

# These belong to the engine process.
HEAVY = ("torch", "transformers", "cv2", "onnxruntime", "onnx", "sklearn", "scipy", "reportlab")


def main(kind: str, begun: float) -> None:
    """Shows the program's window, or a bare one.

    Args:
        kind: "window" or "bare".
        begun: When this process was started; `time.monotonic` counts from the same moment in
            every process of a machine.
    """
    if kind == "bare":
        _bare(begun)
        return
    from inspector_app.ui import app

    # What `inspector` does, except that it opens no project and closes once it has been painted.
    setattr(app, "_first", lambda *_: lambda window: _on_paint(window, begun))  # noqa: B010
    app.run([])


def _bare(begun: float) -> None:
    from PySide6.QtWidgets import QApplication, QMainWindow

    app = QApplication(["bare"])
    window = QMainWindow()
    window.resize(1280, 720)
    window.show()
    _on_paint(window, begun)
    app.exec()


def _on_paint(window: Any, begun: float) -> None:
    from PySide6.QtCore import QEvent, QObject, QTimer

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                watched.removeEventFilter(self)
                # The children are painted in the same go; the timer fires after it.
                QTimer.singleShot(0, self.tell)
            return False

        def tell(self) -> None:
            seconds = time.monotonic() - begun
            told = {"seconds": seconds, "heavy": [name for name in HEAVY if name in sys.modules]}
            sys.stdout.write(json.dumps(told))
            sys.stdout.flush()
            window.close()

    window._watch = Watch(window)
    window.installEventFilter(window._watch)


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
