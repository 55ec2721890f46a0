"""The Qt binding must not take references away: PySide6 6.12.0 did and ended the interpreter."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QObject, Signal


class Sender(QObject):
    happened = Signal(object)


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None and True are not counted there")
def test_calls_leave_the_reference_counts_as_they_are():
    sender = Sender()
    keep = [[None] * 5_000, [True] * 5_000]
    none, true = sys.getrefcount(None), sys.getrefcount(True)
    for _ in range(2_000):
        sender.setObjectName("x")
        sender.happened.emit(sender)
    assert abs(sys.getrefcount(None) - none) < 500
    assert abs(sys.getrefcount(True) - true) < 500
    del keep
