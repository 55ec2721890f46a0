"""The decoder's step recorded as a CUDA graph: one launch a token instead of hundreds."""

from __future__ import annotations

import logging
from typing import Any

from inspector_app.engines.decoder import Decoder
from inspector_app.engines.kv_cache import KVCache

log = logging.getLogger(__name__)
_WARM = 3  # runs before recording, as the documentation of CUDA graphs in torch asks for


class GraphStep:
    """`Decoder.step` on tensors that stay where they are.

    A recorded step has no lengths in it: it attends to the whole cache under a mask and writes
    where a tensor says. Where recording fails the same step runs unrecorded.

    Args:
        decoder: Runs the layers.
        cache: The cache that the recording is bound to.
        record: Whether to record; False runs the same arithmetic without a graph (tests).
    """

    def __init__(self, decoder: Decoder, cache: KVCache, record: bool = True) -> None:
        import torch

        self.cache = cache
        self._decoder = decoder
        self._record = record
        self._graph: Any = None
        device = decoder.device
        self._place = torch.zeros(1, dtype=torch.long, device=device)
        batch = cache.both[0].shape[0]
        self._mask = torch.zeros(batch, 1, 1, cache.length, dtype=torch.bool, device=device)
        self._inputs: tuple[Any, Any, Any] | None = None
        self._output: Any = None

    @property
    def recorded(self) -> bool:
        """Whether steps are replayed from a recording."""
        return self._graph is not None

    def __call__(self, x: Any, cos: Any, sin: Any, place: int) -> Any:
        """Runs the step at a place; everything up to it is looked at. See `Decoder.step`."""
        self._mask[..., : place + 1] = True
        self._mask[..., place + 1 :] = False
        self._place.fill_(place)
        if self._inputs is None:
            self._inputs = (x.clone(), cos.clone(), sin.clone())
            if self._record:
                self._try_recording()
        else:
            for kept, new in zip(self._inputs, (x, cos, sin), strict=True):
                kept.copy_(new)
        if self._graph is None:
            return self._run()
        self._graph.replay()
        return self._output.clone()

    def _run(self) -> Any:
        assert self._inputs is not None
        return self._decoder.step(*self._inputs, self.cache, self._place, self._mask)

    def _try_recording(self) -> None:
        import torch

        try:
            stream = torch.cuda.Stream()
            stream.wait_stream(torch.cuda.current_stream())
            with torch.cuda.stream(stream):
                for _ in range(_WARM):
                    self._run()
            torch.cuda.current_stream().wait_stream(stream)
            graph = torch.cuda.CUDAGraph()
            with torch.cuda.graph(graph):
                self._output = self._run()
            self._graph = graph
        except RuntimeError as error:
            log.warning("the step could not be recorded as a CUDA graph: %s", error)
