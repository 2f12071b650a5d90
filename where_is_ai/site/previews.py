"""Small versions of an edition's pictures: what pages show until the map is there, and what a shared link shows."""

import os
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image

from where_is_ai.site.writing import write

WIDTH_PX = {"": 1200, "-Vertical": 720}
QUALITY = 80


@dataclass(frozen=True)
class Picture:
    """A file in the edition's folder, and its size in pixels."""

    name: str
    width: int
    height: int


def preview(edition: Path, stem: str, form: str = "") -> Picture | None:
    """``STEM-Preview.jpg`` (``form`` "" or "-Vertical") made from the PNG; None where there is no PNG."""
    source = edition / f"{stem}{form}.png"
    path = edition / f"{stem}{form}-Preview.jpg"
    if not source.is_file():
        path.unlink(missing_ok=True)
        return None
    if not path.is_file() or path.stat().st_mtime < source.stat().st_mtime:
        write(path, _smaller(source, WIDTH_PX[form]))
        os.utime(path)
    with Image.open(path) as image:
        return Picture(path.name, *image.size)


def _smaller(source: Path, width: int) -> bytes:
    content = BytesIO()
    with Image.open(source) as image:
        height = round(image.height * width / image.width)
        image.convert("RGB").resize((width, height), Image.Resampling.LANCZOS).save(
            content, "jpeg", quality=QUALITY, optimize=True, progressive=True
        )
    return content.getvalue()
