"""PDFs written byte by byte, as no program for documents would write them."""

from __future__ import annotations

import zlib
from pathlib import Path


def raw_pdf(path: Path, *objects: bytes) -> Path:
    """Writes a PDF of these objects, the first of which is its catalogue."""
    out, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n" % (len(objects) + 1)
    path.write_bytes(out + b"%d\n%%%%EOF" % start)
    return path


def one_page(path: Path, media_box: bytes, *more: bytes, entries: bytes = b"") -> Path:
    return raw_pdf(
        path,
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[%s]%s>>" % (media_box, entries),
        *more,
    )


def stream(entries: bytes, data: bytes) -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(data), data)


def bomb(path: Path, side: int) -> Path:
    """A small file whose page shows a picture of `side` by `side` pixels, inside a form."""
    squeezed = zlib.compressobj(9)
    data = b"".join(squeezed.compress(bytes(1 << 20)) for _ in range(4)) + squeezed.flush()
    picture = b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray"
    picture += b"/BitsPerComponent 8/Filter/FlateDecode"
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 1 1]/Resources<</XObject<</I 6 0 R>>>>"
    return one_page(
        path,
        b"0 0 600 600",
        stream(b"", b"q 500 0 0 500 50 50 cm /F Do Q"),
        stream(form, b"/I Do"),
        stream(picture % (side, side), data),
        entries=b"/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>",
    )


def zero_pages(path: Path) -> Path:
    """A whole file without a page."""
    return raw_pdf(path, b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>")
