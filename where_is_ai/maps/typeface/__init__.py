"""The typeface of all pictures, shipped with the package, and how wide a text is in it.

Because the browser is handed this very font, a label is as wide on a bare server as on a designer's machine, and
where it goes can be decided before anything is drawn.
"""

import json
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
FAMILY = "Where Is AI Sans"
#: What a page names as its font; the rest only serves where the shipped font can't be loaded.
STACK = f"{FAMILY}, Source Sans Pro, Arial, Liberation Sans, sans-serif"
#: Distance between baselines, as plotly.js sets it, in font sizes.
LINE_HEIGHT = 1.3
#: Height of the box that a browser gives one line in this font, in font sizes.
BOX_HEIGHT = 1.45
#: From the top of that box to the line that letters stand on, in font sizes.
ASCENT = 1.024


def text_width(text: str, size: float, bold: bool = False) -> float:
    """The width of one line in pixels; a character that the font lacks counts as a wide one."""
    widths = _widths()["Bold" if bold else "Regular"]
    return size * sum(widths.get(character, 1.0) for character in text)


def wrapped(text: str, size: float, width: float, bold: bool = False) -> list[str]:
    """Break a text into as few lines of at most ``width`` pixels as it needs, and these evenly.

    A single word may stand out.
    """
    lines = _filled(text, size, width, bold)
    while len(lines) > 1:
        width = min(width, max(text_width(line, size, bold) for line in lines)) - 1
        tighter = _filled(text, size, width, bold)
        if len(tighter) > len(lines) or tighter == lines:
            break
        lines = tighter
    return lines


def _filled(text: str, size: float, width: float, bold: bool) -> list[str]:
    lines: list[str] = []
    for word in filter(None, text.split(" ")):  # a no-break space holds a word together
        if lines and text_width(f"{lines[-1]} {word}", size, bold) <= width:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    return lines


def font_files() -> dict[str, Path]:
    """The font file of each style, Regular and Bold."""
    return {style: FOLDER / f"{FAMILY.replace(' ', '')}-{style}.ttf" for style in ("Regular", "Bold")}


@cache
def font_face_css() -> str:
    """The @font-face rules with the font inside, compressed (WOFF2), for a page that may fetch nothing."""
    return (FOLDER / "typeface.css").read_text(encoding="utf-8").rstrip()


@cache
def _widths() -> dict[str, dict[str, float]]:
    return json.loads((FOLDER / "widths.json").read_text(encoding="utf-8"))
