"""Make the sample archive from published figures: ``python data/sample/make.py FIGURES INSTITUTIONS``.

FIGURES is a folder of files as their publishers serve them, under HOST/PATH (a mirror folder, see the README):
BLS OEWS metro and national zips of May 2022, May 2024 and May 2025, the Census gazetteer, population estimates,
the delineation of metropolitan areas, the BTOS workbook by state, and Epoch AI's data centres with their timelines,
copied on 27 May 2026.
INSTITUTIONS is a CSV of the 200 institutions to which OpenAlex's API attributes most works tagged with the concept
Artificial Intelligence (C154945302) from 6 May 2025 to 6 May 2026: institution_id, institution, ai_works, city,
country_code, lat, lon, type.

What is written keeps the publishers' layouts (workbooks in zips, JSON answers) and their marks, but only the rows
that the sample needs; of wages only the annual median and quartiles. Every entry says that it is reconstructed.
"""

import json
import sys
import zipfile
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import fastexcel
import pandas as pd
import xlsxwriter

from where_is_ai.archive.entry import Request
from where_is_ai.archive.mirror import file_in_mirror
from where_is_ai.archive.store import Archive
from where_is_ai.geography.delineation import DELINEATION
from where_is_ai.geography.nation import national_population
from where_is_ai.geography.source import GAZETTEER, POPULATION
from where_is_ai.layers.adoption import source as btos
from where_is_ai.layers.compute import source as epoch
from where_is_ai.layers.employment.releases import Release, known_releases
from where_is_ai.layers.employment.workbook import METRO_MEMBER, NATIONAL_MEMBER
from where_is_ai.layers.research import source as openalex
from where_is_ai.layers.research.methods import METHODS
from where_is_ai.quarters import Quarter

FOLDER = Path(__file__).parent
READ_ON = datetime(2026, 11, 22, tzinfo=UTC)
MONTHS = ("2022-05", "2024-05", "2025-05")
NOTE = "reconstructed from the publisher's figures: {}"
AI_OCCUPATIONS = ("15-1221", "15-2051")
KEPT_FIGURES = ("TOT_EMP", "EMP_PRSE", "JOBS_1000", "LOC_QUOTIENT", "A_PCT25", "A_MEDIAN", "A_PCT75")
IDENTIFYING = 11
MARKS = (
    "Note: * = indicates that a wage estimate is not available",
    "** = indicates that an employment estimate is not available",
    "# = indicates a wage at or above the highest that is published",
)
QUARTER = Quarter(2026, 2)
EPOCH_COPIED_ON = datetime(2026, 5, 27, tzinfo=UTC)
EPOCH_COLUMNS = {
    epoch.SITES: ("Name", "Owner", "Users", "Country", "Address"),
    epoch.TIMELINES: ("Date", "Data center", "H100 equivalents", "Power (MW)", "Buildings operational"),
}


def main(figures: Path, institutions: Path) -> None:
    for old in (FOLDER / "index.jsonl", FOLDER / ".lock", *FOLDER.glob("objects/*/*")):
        old.unlink(missing_ok=True)
    archive = Archive(FOLDER)
    for release in (release for release in known_releases() if release.reference_month in MONTHS):
        keep_employment(archive, figures, release)
    keep_places(archive, figures)
    keep_research(archive, pd.read_csv(institutions, keep_default_na=False, na_values=[""]))
    keep_delineation(archive, figures)
    keep_adoption(archive, figures)
    keep_compute(archive, figures)
    keep_nation(archive)
    (FOLDER / ".lock").unlink(missing_ok=True)


# Residents on 1 July by the bureau's vintage 2023, without Puerto Rico, as it published them.
NATION = {2020: 331_526_933, 2021: 332_048_977, 2022: 333_271_411, 2023: 334_914_895}


def keep_nation(archive: Archive) -> None:
    """The nation's row of the estimates of the nation and its states, in the layout of the bureau's file."""
    heads = ",".join(f"POPESTIMATE{year}" for year in NATION)
    figures = ",".join(map(str, NATION.values()))
    content = f"SUMLEV,REGION,DIVISION,STATE,NAME,{heads}\n010,0,0,00,United States,{figures}\n"
    keep(archive, content.encode(), national_population(2023), "residents of the nation, vintage 2023")


def keep(archive: Archive, content: bytes, request: Request, what: str, areas: int | None = None) -> None:
    archive.keep(content, request, READ_ON, reconstructed=True, note=NOTE.format(what), areas=areas)


def keep_employment(archive: Archive, figures: Path, release: Release) -> None:
    """All SOC-15 rows: of every area in May 2022, later of the areas that list either AI occupation."""
    metro = rows_of(file_in_mirror(release.metro_workbook, figures), METRO_MEMBER)
    if release.reference_month != "2022-05":
        listing = metro.loc[metro["OCC_CODE"].isin(AI_OCCUPATIONS), "AREA"]
        metro = metro[metro["AREA"].isin(listing)]
    national = rows_of(file_in_mirror(release.national_workbook, figures), NATIONAL_MEMBER)
    for request, rows in ((release.metro_workbook, metro), (release.national_workbook, national)):
        what = f"SOC 00-0000 and 15-xxxx rows of {request.url}"
        keep(archive, zipped_workbook(rows), request, what, rows["AREA"].nunique())


def rows_of(path: Path, member) -> pd.DataFrame:
    """The computer and mathematical rows and totals of the estimates' sheet, all columns as text."""
    with zipfile.ZipFile(path) as archive:
        name = next(name for name in archive.namelist() if member.search(name))
        reader = fastexcel.read_excel(archive.read(name))
    sheet = reader.sheet_names[0]
    rows = reader.load_sheet(sheet, dtypes="string").to_pandas()
    rows = rows[rows["OCC_CODE"].str.startswith(("00-0000", "15-"))]
    rows.loc[:, [column for column in rows.columns[IDENTIFYING:] if column not in KEPT_FIGURES]] = None
    rows.attrs |= {"member": name, "sheet": sheet}
    return rows


def zipped_workbook(rows: pd.DataFrame) -> bytes:
    """A zip with one workbook in BLS's layout: the estimates' sheet, then the marks' meanings."""
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as workbook:
        workbook.set_properties({"created": READ_ON.replace(tzinfo=None)})
        estimates = workbook.add_worksheet(rows.attrs["sheet"])
        estimates.write_row(0, 0, rows.columns)
        for number, row in enumerate(rows.itertuples(index=False), start=1):
            for column, value in enumerate(row):
                if not pd.isna(value):
                    estimates.write(number, column, as_cell(value, column))
        workbook.add_worksheet("Field Descriptions").write_column(0, 0, MARKS)
    return zipped(rows.attrs["member"], content.getvalue())


def as_cell(value: str, column: int) -> str | float:
    """Figures as numbers, codes and marks as text, as BLS stores them."""
    if column < IDENTIFYING:
        return value
    try:
        return float(value)
    except ValueError:
        return value


def zipped(name: str, content: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr(
            zipfile.ZipInfo(name, date_time=READ_ON.timetuple()[:6]), content, zipfile.ZIP_DEFLATED
        )
    return out.getvalue()


def keep_places(archive: Archive, figures: Path) -> None:
    """Points and residents of all metropolitan areas."""
    with zipfile.ZipFile(file_in_mirror(GAZETTEER, figures)) as found:
        name = found.namelist()[0]
        header, *lines = found.read(name).decode().splitlines()
    metros = [line for line in lines if line.split("\t")[3] == "1"]
    points = "\n".join([header, *metros, ""]).encode()
    keep(archive, zipped(name, points), GAZETTEER, f"the metropolitan rows of {GAZETTEER.url}", len(metros))
    residents = pd.read_csv(file_in_mirror(POPULATION, figures), encoding="latin-1", dtype=str)
    residents = residents[residents["LSAD"] == "Metropolitan Statistical Area"]
    content = residents.to_csv(index=False, lineterminator="\n").encode("latin-1")
    keep(archive, content, POPULATION, f"the metropolitan rows of {POPULATION.url}", len(residents))


def keep_delineation(archive: Archive, figures: Path) -> None:
    """Which counties make up which area, in the publisher's columns and under its titles, without the footnotes."""
    reader = fastexcel.read_excel(file_in_mirror(DELINEATION, figures).read_bytes())
    rows = reader.load_sheet(0, header_row=None, dtypes="string").to_pandas()
    rows = rows[rows[rows.columns[1:]].notna().any(axis=1) | (rows.index == 0)]
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as workbook:
        workbook.set_properties({"created": READ_ON.replace(tzinfo=None)})
        sheet = workbook.add_worksheet("List 1")
        for number, row in enumerate(rows.itertuples(index=False)):
            for column, value in enumerate(row):
                if not pd.isna(value):
                    sheet.write_string(number, column, value)
    areas = rows[rows.columns[0]].str.fullmatch(r"\d{5}", na=False)
    areas = rows.loc[areas, rows.columns[0]].nunique()
    keep(archive, content.getvalue(), DELINEATION, f"the rows of {DELINEATION.url}", areas)


def keep_adoption(archive: Archive, figures: Path) -> None:
    """The states' answers Yes to use of AI in the publisher's layout: shares, errors and dates of the cycles."""
    reader = fastexcel.read_excel(file_in_mirror(btos.STATES, figures).read_bytes())
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as workbook:
        workbook.set_properties({"created": READ_ON.replace(tzinfo=None)})
        for name in (btos.ESTIMATES, btos.ERRORS, btos.DATES):
            rows = reader.load_sheet(name, header_row=None, dtypes="string").to_pandas()
            if name != btos.DATES:
                asked = rows.iloc[:, 2].str.contains("Artificial Intelligence", na=False)
                rows = rows[(asked & (rows.iloc[:, 4] == "Yes")) | (rows.index == 0)]
            sheet = workbook.add_worksheet(name)
            for number, row in enumerate(rows.itertuples(index=False)):
                for column, value in enumerate(row):
                    if not pd.isna(value):
                        sheet.write_string(number, column, value)
    what = f"the answers Yes to use of AI of {btos.STATES.url}"
    keep(archive, content.getvalue(), btos.STATES, what)


def keep_compute(archive: Archive, figures: Path) -> None:
    """Names, places, owners and users of Epoch AI's data centres (CC BY 4.0), and dates and capacities of timelines.

    The copy says no day: 27 May 2026 is the last on which its current figures are what its timelines give.
    """
    for request, columns in EPOCH_COLUMNS.items():
        rows = pd.read_csv(file_in_mirror(request, figures), dtype=str, keep_default_na=False)
        content = rows[list(columns)].to_csv(index=False, lineterminator="\n").encode()
        note = NOTE.format(f"{', '.join(columns)} of {request.url} by Epoch AI, CC BY 4.0")
        archive.keep(content, request, EPOCH_COPIED_ON, reconstructed=True, note=note)


def keep_research(archive: Archive, institutions: pd.DataFrame) -> None:
    """OpenAlex's answers to the method article's three calls; what is not known of them is null."""
    article = METHODS["article"]
    groups = [
        {
            "key": f"https://openalex.org/{row.institution_id}",
            "key_display_name": row.institution,
            "count": row.ai_works,
        }
        for row in institutions.itertuples()
    ]
    counts = {
        "meta": {"count": None, "page": 1, "per_page": 200, "groups_count": len(groups)},
        "group_by": groups,
    }
    keep(
        archive,
        as_json(counts),
        openalex.works_by_institution(article, QUARTER),
        "works by institution from the API",
    )
    for start, request in enumerate(openalex.institutions(list(institutions["institution_id"]))):
        some = institutions.iloc[start * openalex.IDS_PER_CALL : (start + 1) * openalex.IDS_PER_CALL]
        answer = {
            "meta": {"count": len(some), "page": 1, "per_page": openalex.IDS_PER_CALL, "groups_count": None},
            "results": [institution_object(row) for row in some.to_dict("records")],
            "group_by": [],
        }
        keep(archive, as_json(answer), request, "institutions from the API")


def institution_object(row: dict) -> dict:
    known = {name: None if pd.isna(value) else value for name, value in row.items()}
    return {
        "id": f"https://openalex.org/{known['institution_id']}",
        "display_name": known["institution"],
        "type": known["type"],
        "country_code": known["country_code"],
        "geo": {
            "city": known["city"],
            "geonames_city_id": None,
            "region": None,
            "country_code": known["country_code"],
            "country": None,
            "latitude": known["lat"],
            "longitude": known["lon"],
        },
        "lineage": None,
        "works_count": None,
    }


def as_json(answer: dict) -> bytes:
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
