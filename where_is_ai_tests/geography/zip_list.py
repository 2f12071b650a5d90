"""The Census Bureau's list of ZIP code areas and the counties that they touch, small and made up."""

from collections.abc import Iterable

# The first columns say which ZIP code area, the next which county, the last what they share.
ZIP_LAYOUT = [
    *(
        f"{name}_{area}_20"
        for area in ("ZCTA5", "COUNTY")
        for name in ("OID", "GEOID", "NAMELSAD", "AREALAND", "AREAWATER", "MTFCC", "CLASSFP", "FUNCSTAT")
    ),
    "AREALAND_PART",
    "AREAWATER_PART",
]


def zip_rows(rows: Iterable[tuple[str, str, str, int]]) -> bytes:
    """ZIP code, county code, county's name and the square metres that they share, as the bureau lays them out."""
    lines = ["|".join(ZIP_LAYOUT)]
    for code, fips, county, land in rows:
        cells = dict.fromkeys(ZIP_LAYOUT, "") | {
            "GEOID_ZCTA5_20": code,
            "GEOID_COUNTY_20": fips,
            "NAMELSAD_COUNTY_20": county,
            "AREALAND_PART": str(land),
        }
        lines.append("|".join(cells.values()))
    return ("\ufeff" + "\n".join(lines) + "\n").encode()
