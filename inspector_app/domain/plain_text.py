"""Foreign text (of models, files and people) made visible: no character acts unseen."""

from __future__ import annotations

import re

# Controls that a terminal or a bidirectional layout would act on instead of showing them.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_BREAKS = re.compile("\r\n?|[\u2028\u2029\x85]")


def visible_text(text: str) -> str:
    """Returns the text with line ends as newlines and control characters as the sign for them."""
    text = _BREAKS.sub("\n", text)
    return _SURROGATES.sub("\ufffd", _CONTROLS.sub("\ufffd", text))
