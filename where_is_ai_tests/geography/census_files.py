"""Census files as the bureau publishes them, whole: all areas of July 2023 under made-up names and figures."""

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import BytesIO

from where_is_ai.geography.rules import AREAS

GAZETTEER_COLUMNS = (
    "CSAFP", "GEOID", "NAME", "CBSA_TYPE", "ALAND", "AWATER", "ALAND_SQMI", "AWATER_SQMI", "INTPTLAT", "INTPTLONG",
)  # fmt: skip
TITLES = {"1": "Metropolitan Statistical Area", "2": "Micropolitan Statistical Area"}
KINDS = {"1": "Metro", "2": "Micro"}
SIZE = ("7105669751", "36754978", "2743.515", "14.191")
# Among the first areas, one of each part of the USA; Puerto Rico has no estimate of residents.
FAR_OFF = (
    ("Attu", "AK", 52.9, 172.9),
    ("Juneau", "AK", 58.37291, -134.178445),
    ("Kapaa", "HI", 22.012038, -159.705965),
    ("Mayagüez", "PR", 18.01917, -67.166597),
    ("Hagåtña", "GU", 13.47, 144.75),
    ("Pago Pago", "AS", -14.27, -170.7),
)


@dataclass(frozen=True)
class Area:
    """A made-up core based statistical area; ``kind`` is 1 for a metro, 2 for a micro area."""

    code: str
    name: str
    kind: str
    lat: float
    lon: float
    residents: int | None


def made_areas() -> list[Area]:
    kinds = ["1"] * AREAS["metro"] + ["2"] * AREAS["micro"]
    areas = [
        Area(str(10_100 + 40 * at), f"Place {at}, TX", kind, 26 + at % 20, -120 + at % 50, 20_000 + 137 * at)
        for at, kind in enumerate(kinds)
    ]
    for at, (city, state, lat, lon) in enumerate(FAR_OFF):
        residents = None if state == "PR" else 60_000
        areas[at] = replace(areas[at], name=f"{city}, {state}", lat=lat, lon=lon, residents=residents)
    return areas


def gazetteer_text(areas: Sequence[Area], separator: str = "\t") -> str:
    """The header's last cell is padded with blanks, as the bureau's is."""
    rows = [
        (
            "",
            each.code,
            f"{each.name} {KINDS[each.kind]} Area",
            each.kind,
            *SIZE,
            f"{each.lat:.6f}",
            f"{each.lon:.6f}",
        )
        for each in areas
    ]
    return "".join(separator.join(row) + "\n" for row in ((*GAZETTEER_COLUMNS[:-1], "INTPTLONG    "), *rows))


def gazetteer(text: str, encoding: str = "utf-8", member: str = "2024_Gaz_cbsa_national.txt") -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(member), text.encode(encoding), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def population_text(areas: Sequence[Area], vintage: int = 2023) -> str:
    """A row for each area that has an estimate, and one for a county of it."""
    lines = [f"CBSA,MDIV,STCOU,NAME,LSAD,POPESTIMATE{vintage - 1},POPESTIMATE{vintage}"]
    for each in areas:
        if each.residents is not None:
            figures = f"{each.residents - 100},{each.residents}"
            lines.append(f'{each.code},,,"{each.name}",{TITLES[each.kind]},{figures}')
            lines.append(f'{each.code},,48001,"A county",County or equivalent,{figures}')
    return "\n".join([*lines, ""])
