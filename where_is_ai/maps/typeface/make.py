"""Make the maps' typeface: two weights of Source Sans 3, cut down to the Latin alphabets.

    pip install fonttools brotli; pip download fontpkg-source-sans-3   # unzip it
    python -m where_is_ai.maps.typeface.make "SourceSans3[wght].ttf" LICENSE

The SIL Open Font License reserves the name "Source" for the original, so the cut carries a name of its own; that
also keeps a browser from mixing it up with another version on the machine. The widths of all characters go into
widths.json, so that laying out text needs no font library. Browsers get the same font from typeface.css, as WOFF2.
"""

import base64
import json
import shutil
import sys
from io import BytesIO
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

from where_is_ai.maps.typeface import FAMILY, FOLDER, font_files

WEIGHTS = {"Regular": 400, "Bold": 640}
RANGES = [
    (0x20, 0x7E), (0xA0, 0x17F), (0x1CD, 0x1DC), (0x218, 0x21B), (0x2C6, 0x2DC), (0x1E00, 0x1EFF),
    (0x2009, 0x2009), (0x2010, 0x2027), (0x202F, 0x203A), (0x20AC, 0x20AC), (0x2190, 0x2193), (0x2212, 0x2212),
    (0x2248, 0x2248), (0x2260, 0x2265), (0x25B2, 0x25BC),
]  # fmt: skip


def cut(source: Path, weight: int, style: str) -> TTFont:
    font = instancer.instantiateVariableFont(TTFont(source), {"wght": weight})
    options = subset.Options(layout_features=["kern", "mark", "mkmk", "ccmp", "locl"], hinting=False)
    options.name_IDs = ["*"]
    options.notdef_outline = True
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[code for first, last in RANGES for code in range(first, last + 1)])
    cutter.subset(font)
    _rename(font, style)
    return font


def _rename(font: TTFont, style: str) -> None:
    names = {1: FAMILY, 2: style, 3: f"{FAMILY} {style}", 4: f"{FAMILY} {style}",
             6: f"{FAMILY.replace(' ', '')}-{style}"}  # fmt: skip
    for record in list(font["name"].names):
        if record.nameID in (16, 17, 21, 22, 25) or record.nameID > 255:
            font["name"].removeNames(nameID=record.nameID)
    for number, text in names.items():
        font["name"].removeNames(nameID=number)
        font["name"].setName(text, number, 3, 1, 0x409)
    bold = style == "Bold"
    font["OS/2"].usWeightClass = 700 if bold else 400
    font["OS/2"].fsSelection = 0x20 if bold else 0x40
    font["head"].macStyle = 1 if bold else 0
    if "STAT" in font:
        del font["STAT"]


def font_face_rule(font: TTFont, style: str) -> str:
    """The font inside the CSS rule that names it, compressed as WOFF2."""
    font.flavor = "woff2"
    font.save(compressed := BytesIO())
    content = base64.b64encode(compressed.getvalue()).decode()
    weight = {"Regular": 400, "Bold": 700}[style]
    return (
        f"@font-face {{ font-family: '{FAMILY}'; font-weight: {weight}; "
        f"src: url(data:font/woff2;base64,{content}) format('woff2'); }}\n"
    )


def write_css() -> None:
    """Write typeface.css from the fonts as they lie here."""
    rules = [
        font_face_rule(TTFont(path, recalcTimestamp=False), style) for style, path in font_files().items()
    ]
    (FOLDER / "typeface.css").write_text("".join(rules), encoding="utf-8")


def main(source: str, licence: str) -> None:
    widths = {}
    for style, weight in WEIGHTS.items():
        font = cut(Path(source), weight, style)
        font["head"].modified = font["head"].created
        font.recalcTimestamp = False
        font.save(FOLDER / f"{FAMILY.replace(' ', '')}-{style}.ttf")
        em, advances = font["head"].unitsPerEm, font["hmtx"]
        widths[style] = {
            chr(code): round(advances[glyph][0] / em, 3) for code, glyph in sorted(font.getBestCmap().items())
        }
    (FOLDER / "widths.json").write_text(
        json.dumps(widths, ensure_ascii=False, indent=0, allow_nan=False) + "\n", encoding="utf-8"
    )
    write_css()
    shutil.copyfile(licence, FOLDER / "OFL.txt")


if __name__ == "__main__":
    main(*sys.argv[1:3])
