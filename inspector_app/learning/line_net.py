"""The network of the line recogniser: convolutions down to one row, then mixing along the line.

Torch is imported by whoever builds it; the running program only needs the exported ONNX file.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from inspector_app.experts.line_charset import CHARSET

CLASSES = len(CHARSET) + 1


@dataclass(frozen=True, slots=True)
class NetSizes:
    """Sizes of the network.

    Attributes:
        stem: Channels of the first convolutions; doubled with every halving of the height.
        width: Channels of the blocks along the line.
        blocks: Their number.
        reach: Columns that one block sees (4 pixels each).
    """

    stem: int = 24
    width: int = 256
    blocks: int = 6
    reach: int = 9


def build(sizes: NetSizes | None = None) -> Any:
    """Builds the network: [n, 1, 32, w] to scores [n, classes, w / 4] (no softmax)."""
    from torch import nn

    sizes = sizes or NetSizes()
    c, d = sizes.stem, sizes.width

    def conv(
        given: int,
        made: int,
        kernel: int | tuple[int, int] = 3,
        stride: int | tuple[int, int] = 1,
        pad: int = 1,
    ) -> Any:
        layer = nn.Conv2d(given, made, kernel, stride, pad, bias=False)
        return nn.Sequential(layer, nn.BatchNorm2d(made), nn.ReLU(inplace=True))

    class Mix(nn.Module):
        """Looks along the line, then mixes channels; added to what came in."""

        def __init__(self) -> None:
            super().__init__()
            reach = sizes.reach
            self.look = nn.Conv2d(d, d, (1, reach), padding=(0, reach // 2), groups=d, bias=False)
            self.norm = nn.BatchNorm2d(d)
            self.wide = nn.Conv2d(d, 2 * d, 1)
            self.narrow = nn.Conv2d(2 * d, d, 1)

        def forward(self, x: Any) -> Any:
            return x + self.narrow(self.wide(self.norm(self.look(x))).relu())

    return nn.Sequential(
        conv(1, c, stride=2),
        conv(c, c),
        conv(c, 2 * c, stride=2),
        conv(2 * c, 2 * c),
        conv(2 * c, 4 * c, stride=(2, 1)),
        conv(4 * c, 4 * c),
        conv(4 * c, d, kernel=(4, 1), pad=0),
        *(Mix() for _ in range(sizes.blocks)),
        nn.BatchNorm2d(d),
        nn.Conv2d(d, CLASSES, 1),
        nn.Flatten(2),
    )
