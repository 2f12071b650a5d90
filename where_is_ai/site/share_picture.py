"""The picture that a shared link to a metro shows: its name and its first numbers with their ranges, drawn by Pillow.

Four shades of one ink and no map: ten milliseconds and as many kilobytes each, so that every metro can have its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from where_is_ai.maps.typeface import font_files, text_width, wrapped
from where_is_ai.site.frame import Shared

WIDTH, HEIGHT, EDGE = 960, 504, 52
PAPER, INK = (251, 250, 246), (42, 18, 50)
# How much ink, of SHADES - 1: none is paper.
SHADES = 4
FULL, SOFT = 255, 170
NAME_PX, VALUE_PX, TEXT_PX, SMALL_PX = 48, 42, 23, 20
MOST_LINES = 3


@dataclass(frozen=True)
class Number:
    """A measure as it is drawn: ``value``, what it counts, and a line on its range and rank."""

    value: str
    what: str
    about: str


@dataclass(frozen=True)
class SharePicture:
    """What is drawn for a metro: its ``name``, up to MOST_LINES ``numbers``, and a line at the ``foot``."""

    name: str
    numbers: Sequence[Number]
    foot: str

    @property
    def alt(self) -> str:
        """The same as text."""
        told = "; ".join(f"{each.value} {each.what}, {each.about}" for each in self.numbers)
        return f"{self.name}: {told}. {self.foot}"

    def shared(self, path: str) -> Shared:
        """Where it lies under the site's root, and what it shows, for the head of a page."""
        return Shared(path, self.alt, WIDTH, HEIGHT)

    def png(self) -> bytes:
        """The picture in two bits a pixel."""
        content = BytesIO()
        drawn(self).save(content, "png", bits=2)
        return content.getvalue()


def drawn(picture: SharePicture) -> Image.Image:
    """The image: a palette from paper to ink."""
    image = Image.new("L", (WIDTH, HEIGHT), 0)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, WIDTH, 10), fill=FULL)
    width = WIDTH - 2 * EDGE
    y = 34.0
    pen.text((EDGE, y), "where-is-ai", font=_font("Bold", SMALL_PX), fill=FULL)
    y += 36
    size = NAME_PX if len(wrapped(picture.name, NAME_PX, width, bold=True)) == 1 else NAME_PX * 3 // 4
    for line in wrapped(picture.name, size, width, bold=True)[:2]:
        pen.text((EDGE, y), _known(line), font=_font("Bold", size), fill=FULL)
        y += size * 1.2
    y += 16
    for each in picture.numbers[:MOST_LINES]:
        pen.text((EDGE, y), _known(each.value), font=_font("Bold", VALUE_PX), fill=FULL)
        left = EDGE + text_width(each.value, VALUE_PX, bold=True) + 14
        what = _fitted(each.what, TEXT_PX, WIDTH - EDGE - left)
        pen.text((left, y + VALUE_PX - TEXT_PX - 3), _known(what), font=_font("Regular", TEXT_PX), fill=FULL)
        about = _fitted(each.about, SMALL_PX, width)
        pen.text((EDGE, y + VALUE_PX * 1.25), _known(about), font=_font("Regular", SMALL_PX), fill=SOFT)
        y += VALUE_PX * 1.25 + SMALL_PX * 1.9
    foot = _fitted(picture.foot, SMALL_PX, width)
    pen.text((EDGE, HEIGHT - 44), _known(foot), font=_font("Regular", SMALL_PX), fill=SOFT)
    return _inked(image)


def _inked(amounts: Image.Image) -> Image.Image:
    """From amounts of ink (0 to 255) to the shades of the palette."""
    step = 255 // (SHADES - 1)
    image = amounts.point([round(amount / step) for amount in range(256)])
    image = Image.frombytes("P", amounts.size, image.tobytes())
    image.putpalette(
        [
            round(paper + (ink - paper) * shade / (SHADES - 1))
            for shade in range(SHADES)
            for paper, ink in zip(PAPER, INK, strict=True)
        ]
    )
    return image


@cache
def _font(weight: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(font_files()[weight]), size)


def _fitted(text: str, size: float, width: float) -> str:
    """The first line of a text that is too long for one, with a mark that more follows."""
    if text_width(text, size) <= width:
        return text
    return f"{wrapped(text, size, width - text_width(' …', size))[0]} …"


def _known(text: str) -> str:
    """Without control characters, which a font draws as boxes."""
    return "".join(character for character in text if character.isprintable())
