"""What the vision tower makes of an image, kept on disk: the same in every step of every run.

An entry is named after the image's bytes, the rule that pictures are made by, and the tower's
weights and precision; nothing else goes into it.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from inspector_app.store.places import cache_folder

_MOST = 20_000_000_000  # bytes of all entries; the oldest go
_LEFT_FREE = 2_000_000_000  # bytes of the disk that are left alone


class VisionCache:
    """Features by image.

    Args:
        tower: Hash of the tower's weights and of all else that they depend on.
        folder: Where they lie; the user's cache if not given.
    """

    def __init__(self, tower: str, folder: Path | None = None) -> None:
        self._all = folder or cache_folder() / "vision"
        self._folder = self._all / tower[:32]
        self._hashes: dict[str, str] = {}
        self.made = 0  # entries that had to be computed

    def get(self, image: str, make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        """Returns the tensors of an image, computed now if they are not there.

        Args:
            image: Path.
            make: Computes them.
        """
        from safetensors import SafetensorError
        from safetensors.torch import load_file

        path = self._folder / f"{self._hash(image)}.safetensors"
        if path.is_file():
            with contextlib.suppress(OSError, SafetensorError):  # half a file of a full disk
                return load_file(path)
        found = make()
        self.made += 1
        with contextlib.suppress(OSError):  # no room: computed again next time
            self._put(path, found)
        return found

    def trim(self, most: int = _MOST) -> None:
        """Deletes the oldest entries until the rest takes at most `most` bytes."""
        entries = [path for path in self._all.glob("*/*.safetensors") if path.is_file()]
        states = sorted((path.stat().st_mtime, path.stat().st_size, path) for path in entries)
        total = sum(size for _, size, _ in states)
        for _, size, path in states:
            if total <= most:
                return
            path.unlink(missing_ok=True)
            total -= size

    def _put(self, path: Path, tensors: dict[str, Any]) -> None:
        import shutil

        from safetensors.torch import save_file

        path.parent.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(path.parent).free < _LEFT_FREE:
            return
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
        os.close(handle)
        try:
            save_file({key: value.cpu().contiguous() for key, value in tensors.items()}, name)
            os.replace(name, path)
        finally:
            Path(name).unlink(missing_ok=True)

    def _hash(self, image: str) -> str:
        if image not in self._hashes:
            with open(image, "rb") as stream:
                self._hashes[image] = hashlib.file_digest(stream, "sha256").hexdigest()
        return self._hashes[image]


def hash_weights(module: Any, *more: object) -> str:
    """Hash of a module's weights, their types, and what else features depend on."""
    import torch

    digest = hashlib.sha256(repr(more).encode())
    for name, tensor in sorted(module.state_dict().items()):
        digest.update(f"{name} {tensor.dtype} {tuple(tensor.shape)}".encode())
        flat = tensor.detach().cpu().contiguous().reshape(-1).view(torch.uint8)
        digest.update(memoryview(flat.numpy()))
    return digest.hexdigest()
