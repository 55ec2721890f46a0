"""Parts that every HTML file of ours is made of: escaped text, a head that forbids the rest."""

from __future__ import annotations

import base64
import hashlib
from html import escape

from inspector_app.reports.texts import Words


def t(text: str) -> str:
    """Returns text that HTML shows as it is, also inside an attribute."""
    return escape(text, quote=True)


def jpeg_source(jpeg: bytes) -> str:
    """Returns a picture as an address that needs no other file."""
    return f"data:image/jpeg;base64,{base64.b64encode(jpeg).decode('ascii')}"


def head(title: str, words: Words, style: str, script: str = "") -> str:
    """Returns the beginning of a file up to its main part.

    Its policy allows the pictures inside it, this style and this script, and nothing from
    anywhere else.
    """
    scripts = f" script-src {_digest(script)};" if script else ""
    policy = (
        f"default-src 'none'; img-src data:; style-src {_digest(style)};{scripts}"
        " base-uri 'none'; form-action 'none'"
    )
    return (
        f'<!doctype html>\n<html lang="{words.language}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{t(policy)}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="referrer" content="no-referrer">'
        f"<title>{t(title)}</title>"
        f"<style>{style}</style></head>\n<body><main>"
    )


def _digest(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
