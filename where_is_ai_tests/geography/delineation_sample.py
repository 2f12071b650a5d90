"""A delineation of a few counties in the publisher's layout, for tests that must run without ``../shared``."""

from io import BytesIO

import pandas as pd
import xlsxwriter

HEADINGS = (
    "CBSA Code", "Metropolitan Division Code", "CSA Code", "CBSA Title", "Metropolitan/Micropolitan Statistical Area",
    "Metropolitan Division Title", "CSA Title", "County/County Equivalent", "State Name", "FIPS State Code",
    "FIPS County Code", "Central/Outlying County",
)  # fmt: skip
BOSTON, NEW_YORK, SAN_FRANCISCO, SAN_JOSE, WASHINGTON = "14460", "35620", "41860", "41940", "47900"
COUNTIES = {
    (BOSTON, "Boston-Cambridge-Newton, MA-NH"): [
        ("Massachusetts", "25", "025", "Suffolk County"), ("Massachusetts", "25", "017", "Middlesex County"),
    ],
    (NEW_YORK, "New York-Newark-Jersey City, NY-NJ"): [
        ("New York", "36", number, name)
        for number, name in (("061", "New York County"), ("047", "Kings County"), ("081", "Queens County"))
    ] + [("New York", "36", "005", "Bronx County"), ("New Jersey", "34", "035", "Somerset County")],
    (SAN_FRANCISCO, "San Francisco-Oakland-Fremont, CA"): [
        ("California", "06", "075", "San Francisco County"), ("California", "06", "081", "San Mateo County"),
    ],
    (SAN_JOSE, "San Jose-Sunnyvale-Santa Clara, CA"): [("California", "06", "085", "Santa Clara County")],
    ("19740", "Denver-Aurora-Centennial, CO"): [
        ("Colorado", "08", "031", "Denver County"), ("Colorado", "08", "005", "Arapahoe County"),
    ],
    ("42660", "Seattle-Tacoma-Bellevue, WA"): [("Washington", "53", "033", "King County")],
    ("12420", "Austin-Round Rock-San Marcos, TX"): [("Texas", "48", "453", "Travis County")],
    ("19100", "Dallas-Fort Worth-Arlington, TX"): [
        ("Texas", "48", "113", "Dallas County"), ("Texas", "48", "439", "Tarrant County"),
        ("Texas", "48", "121", "Denton County"),
    ],
    ("31080", "Los Angeles-Long Beach-Anaheim, CA"): [("California", "06", "037", "Los Angeles County")],
    ("48680", "Wildwood-The Villages, FL"): [("Florida", "12", "119", "Sumter County")],
    ("39580", "Raleigh-Cary, NC"): [("North Carolina", "37", "183", "Wake County")],
    ("20500", "Durham-Chapel Hill, NC"): [("North Carolina", "37", "063", "Durham County")],
    (WASHINGTON, "Washington-Arlington-Alexandria, DC-VA-MD-WV"): [
        ("District of Columbia", "11", "001", "District of Columbia"), ("Virginia", "51", "013", "Arlington County"),
        ("Virginia", "51", "059", "Fairfax County"),
    ],
    ("38900", "Portland-Vancouver-Hillsboro, OR-WA"): [("Oregon", "41", "051", "Multnomah County")],
    ("38860", "Portland-South Portland, ME"): [("Maine", "23", "005", "Cumberland County")],
    ("25540", "Hartford-West Hartford-East Hartford, CT"): [
        ("Connecticut", "09", "110", "Capitol Planning Region")
    ],
}  # fmt: skip


def workbook() -> bytes:
    """The counties above as the Census Bureau lays the workbook out: two title rows, header, footnotes."""
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet("List 1")
        sheet.write(
            0,
            0,
            "List 1. CORE BASED STATISTICAL AREAS, METROPOLITAN DIVISIONS, AND COMBINED STATISTICAL AREAS",
        )
        sheet.write(1, 0, "(CBSAs are defined by the Office of Management and Budget, July 2023)")
        sheet.write_row(2, 0, HEADINGS)
        rows = [
            (
                code,
                "",
                "",
                title,
                "Metropolitan Statistical Area",
                "",
                "",
                county,
                state,
                fips,
                number,
                "Central",
            )
            for (code, title), counties in COUNTIES.items()
            for state, fips, number, county in counties
        ]
        for at, row in enumerate(rows, start=3):
            sheet.write_row(at, 0, row)
        sheet.write(len(rows) + 4, 0, "Note: the delineation is current as of July 2023.")
    return content.getvalue()


def counties() -> pd.DataFrame:
    """The same as CbsaCounties."""
    rows = [
        (fips + number, county, state, code, title, "metro", True)
        for (code, title), group in COUNTIES.items()
        for state, fips, number, county in group
    ]
    columns = ["county_fips", "county", "state_name", "area_code", "area_name", "kind", "central"]
    return pd.DataFrame(rows, columns=columns)
