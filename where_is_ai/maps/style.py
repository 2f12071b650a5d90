"""The visual language that all pictures share: colours, formats and sizes of type."""

from dataclasses import dataclass, replace

PAPER = "#fbfaf7"
LAND = "#e9e6df"
BORDER = "#fbfaf7"
INK = "#1c1a22"
SOFT = "#56535c"
FAINT = "#8d8a92"
RULE = "#d5d1c8"
MUTED = "#b5b1ab"  # circles whose number doesn't qualify
OUTLINE = "#33202f"
# Text on areas, whose colours stay in the dark.
ON_LIGHT, ON_DARK = "#000000", "#ffffff"
FILL_OPACITY = 0.84


@dataclass(frozen=True)
class Layout:
    """A format: pixels, margins and sizes of type that stay readable where it is shown."""

    name: str
    width: int
    height: int
    margin: int
    title: int
    subtitle: int
    body: int
    label: int
    small: int
    radius: float
    stroke: float


#: For a page or a slide; shown at half size on a laptop, labels are still 11 pixels.
WIDE = Layout(
    "wide", 1920, 1080, 56, title=50, subtitle=27, body=23, label=22, small=19, radius=54, stroke=1.4
)
#: For a phone held upright, whose 360 pixels show it at a third: no text of it is smaller than 11 pixels there.
VERTICAL = Layout(
    "vertical", 1080, 1920, 40, title=56, subtitle=33, body=33, label=33, small=33, radius=50, stroke=1.8
)
#: For what is a picture alone, and no map of a page: ten rows fit into it.
CARD = replace(VERTICAL, margin=48, title=60, subtitle=32, body=31, label=31, small=31)
