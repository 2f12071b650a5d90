"""What a map looks like on pages, by daylight and in the dark: one style for the site and for maps of one file."""

from functools import cache
from pathlib import Path

from where_is_ai.maps import style
from where_is_ai.maps.typeface import STACK

# Each colour of the pictures, and what it is where people read on a dark screen. Colours of values stay.
DARK = {
    style.PAPER: "#1f1c25",
    style.LAND: "#423c4d",
    style.INK: "#eeebf2",
    style.SOFT: "#b6b0c0",
    style.FAINT: "#9a93a6",
    style.RULE: "#4d4659",
    style.MUTED: "#7b7585",
    style.OUTLINE: "#f1e9f4",
}


@cache
def map_css() -> str:
    """The style of drawings as ``svg`` makes them, within an element of class ``map``."""
    path = Path(__file__).with_name("map.css")
    return f"{_palette()}\n{path.read_text(encoding='utf-8')}"


def _palette() -> str:
    """Each colour as a property, and what the drawings colour with it; attributes give way to rules."""
    names = {getattr(style, name): f"--map-{name.lower()}" for name in ("PAPER", "INK", "OUTLINE", "RULE")}
    names |= {colour: names.get(colour, f"--map-{number}") for number, colour in enumerate(DARK)}
    light, dark = (
        " ".join(f"{names[colour]}: {shown};" for colour, shown in shades.items())
        for shades in ({colour: colour for colour in DARK}, DARK)
    )
    rules = [
        f'.map [{kind}="{colour}"] {{ {kind}: var({name}); }}'
        for colour, name in names.items()
        for kind in ("fill", "stroke")
    ]
    return "\n".join(
        (
            f".map {{ {light} --map-opacity: {style.FILL_OPACITY}; --map-font: {STACK}; }}",
            f"@media screen and (prefers-color-scheme: dark) {{ .map {{ {dark} }} }}",
            *rules,
        )
    )
