"""US Census: from the archived gazetteer and population estimates to one table of CBSAs."""

import re
from io import StringIO

import pandas as pd

from where_is_ai.archive.content import has_columns, has_member
from where_is_ai.archive.entry import Entry, Request, Source
from where_is_ai.archive.fetch import Library
from where_is_ai.archive.unpack import open_zip
from where_is_ai.borders import reading
from where_is_ai.errors import BadUpstream
from where_is_ai.geography import rules
from where_is_ai.geography.schema import CbsaPlaces
from where_is_ai.quarters import Quarter
from where_is_ai.tables import as_table

CENSUS = Source(
    name="U.S. Census Bureau",
    licence="public domain",
    homepage="https://www.census.gov/programs-surveys/metro-micro.html",
)
_BASE = "https://www2.census.gov"
POPULATION_ESTIMATES = f"{_BASE}/programs-surveys/popest/datasets"
GAZETTEER = Request(
    f"{_BASE}/geo/docs/maps-data/data/gazetteer/2024_Gazetteer/2024_Gaz_cbsa_national.zip",
    CENSUS,
    "application/zip",
    promise=has_member(re.compile(r"\.txt$")),
)
FIRST_VINTAGE = 2023
_VINTAGE = re.compile(r"(?:cbsa-est|NST-EST)(\d{4})-")
_KINDS = {"1": "metro", "2": "micro"}
POPULATED = {"Metropolitan Statistical Area", "Micropolitan Statistical Area"}


def population(vintage: int) -> Request:
    """The file of the estimates that the bureau made in ``vintage``; each revises all July estimates since 2020."""
    return Request(
        f"{POPULATION_ESTIMATES}/2020-{vintage}/metro/totals/cbsa-est{vintage}-alldata.csv",
        CENSUS,
        "text/csv",
        promise=has_columns("CBSA", "LSAD"),
    )


POPULATION = population(FIRST_VINTAGE)


def populations_known_in(quarter: Quarter) -> list[Request]:
    """The vintages that may be out by the quarter's end, newest first: each comes in the March after its July."""
    newest = max(quarter.last_day.year - 1, FIRST_VINTAGE)
    return [population(vintage) for vintage in range(newest, FIRST_VINTAGE - 1, -1)]


def vintage_of(entry: Entry) -> int:
    """The year that the estimates of an archived population file were made in, by its address."""
    found = _VINTAGE.search(entry.url)
    return int(found[1]) if found else FIRST_VINTAGE


def read_places(library: Library, gazetteer: Entry, population: Entry) -> pd.DataFrame:
    """CbsaPlaces from the two archived files; raises BadUpstream where one can't be read or breaks a rule."""
    places = _read_gazetteer(library.read(gazetteer), gazetteer)
    residents = _read_population(library.read(population), population)
    with reading(population.url):
        places = places.merge(residents, on="area_code", how="left", validate="one_to_one")
        rules.require_residents(places, population.url)
    return as_table(places, CbsaPlaces)


def read_residents(library: Library, population: Entry) -> pd.DataFrame:
    """area_code, year, population: every July estimate that the archived population file gives of whole CBSAs."""
    with reading(population.url):
        whole = _whole_areas(library.read(population), population.url)
        years = whole.set_index("area_code").filter(regex=r"^POPESTIMATE\d{4}$").apply(_whole_numbers)
        years.columns = years.columns.str.removeprefix("POPESTIMATE").astype(int)
        return years.melt(ignore_index=False, var_name="year", value_name="population").reset_index()


def _read_gazetteer(zipped: bytes, entry: Entry) -> pd.DataFrame:
    with reading(entry.url):
        text = _text(_gazetteer_member(zipped, entry.url))
        separator = "|" if "|" in text.partition("\n")[0] else "\t"
        rows = pd.read_csv(StringIO(text), sep=separator, dtype=str, keep_default_na=False, na_values=[""])
        rows.columns = rows.columns.str.strip()
        _require(rows, ("GEOID", "NAME", "CBSA_TYPE", "INTPTLAT", "INTPTLONG"), entry.url)
        rows = rows.apply(lambda column: column.str.strip().replace("", None))
        places = pd.DataFrame(
            {
                "row": range(2, len(rows) + 2),
                "area_code": rows["GEOID"],
                "name": rows["NAME"].str.replace(r" (Metro|Micro) Area$", "", regex=True),
                "kind": rows["CBSA_TYPE"].map(_KINDS),
                "lat": pd.to_numeric(rows["INTPTLAT"]),
                "lon": pd.to_numeric(rows["INTPTLONG"]),
            }
        )
        rules.require(rules.PLACE_RULES, places, entry.url, "name")
        rules.require_areas(places, entry)
        return places.drop(columns="row")


def _gazetteer_member(zipped: bytes, url: str) -> bytes:
    with open_zip(zipped, url) as archive:
        names = [name for name in archive.names if name.lower().endswith(".txt")]
        if len(names) != 1:
            raise BadUpstream(
                f"{url} should hold one .txt but holds {', '.join(archive.names) or 'nothing'}.",
                rules.FETCH_AGAIN,
            )
        return archive.read(names[0])


def _read_population(content: bytes, entry: Entry) -> pd.DataFrame:
    year = vintage_of(entry)
    with reading(entry.url):
        whole = _whole_areas(content, entry.url)
        _require(whole, (_estimate(year),), entry.url)
        before = whole.get(_estimate(year - 1), pd.Series(pd.NA, index=whole.index, dtype="str"))
        residents = pd.DataFrame(
            {
                "row": whole.index + 2,
                "area_code": whole["area_code"],
                "population": _whole_numbers(whole[_estimate(year)]),
                "population_before": _whole_numbers(before),
                "population_year": year,
                "population_vintage": year,
            }
        )
        rules.require(rules.RESIDENT_RULES, residents, entry.url, "population_year")
        return residents.drop(columns=["row", "population_before"])


def _whole_areas(content: bytes, url: str) -> pd.DataFrame:
    """The rows of whole areas, all as text, not those of their counties and divisions."""
    rows = pd.read_csv(StringIO(_text(content)), dtype=str)
    rows.columns = rows.columns.str.strip()
    _require(rows, ("CBSA", "LSAD"), url)
    rows = rows.apply(lambda column: column.str.strip())
    return rows[rows["LSAD"].isin(POPULATED)].rename(columns={"CBSA": "area_code"})


def _estimate(year: int) -> str:
    return f"POPESTIMATE{year}"


def _whole_numbers(text: pd.Series) -> pd.Series:
    """Int64 of digits; anything else raises ValueError."""
    wrong = text[text.notna() & ~text.str.fullmatch(r"\d+", na=False)]
    if len(wrong):
        raise ValueError(f"{wrong.iloc[0]!r} is no number of residents")
    return text.astype("Int64")


def _text(content: bytes) -> str:
    """What the bureau writes in UTF-8 or, at times, in Latin-1."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _require(rows: pd.DataFrame, columns: tuple[str, ...], url: str) -> None:
    missing = [column for column in columns if column not in rows.columns]
    if missing:
        raise BadUpstream(
            f"{url} lacks the columns {', '.join(missing)}; it has {', '.join(rows.columns)}.",
            "The Census Bureau has changed the layout: adapt where_is_ai/geography/source.py.",
        )
