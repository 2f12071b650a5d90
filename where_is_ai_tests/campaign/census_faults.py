"""The kinds of fault that the Census Bureau's gazetteer, population and delineation are tried with."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache, partial
from io import BytesIO
from random import Random

import xlsxwriter

from where_is_ai.geography.delineation import DELINEATION
from where_is_ai.geography.source import GAZETTEER, POPULATION
from where_is_ai_tests.campaign.answers import zipped
from where_is_ai_tests.campaign.table_cases import (
    PAGE,
    Case,
    Kind,
    bomb,
    cut,
    garbled,
    member_damaged,
    no_archive,
)
from where_is_ai_tests.geography.census_files import (
    TITLES,
    Area,
    gazetteer,
    gazetteer_text,
    made_areas,
    population_text,
)
from where_is_ai_tests.geography.delineation_sample import HEADINGS

MEMBER = "2024_Gaz_cbsa_national.txt"
AREAS = tuple(made_areas())
COUNTIES = [
    [
        area.code,
        "",
        "",
        area.name,
        TITLES[area.kind],
        "",
        "",
        f"County {at}",
        "Texas",
        "48",
        f"{at:03}",
        "Central",
    ]
    for at, area in enumerate(AREAS)
]


def places(points: bytes | None = None, residents: bytes | None = None) -> Case:
    whole_points, whole_residents = _whole()
    return Case(
        {
            GAZETTEER.url: whole_points if points is None else points,
            POPULATION.url: whole_residents if residents is None else residents,
        }
    )


@cache
def _whole() -> tuple[bytes, bytes]:
    return gazetteer(gazetteer_text(AREAS)), population_text(AREAS).encode("latin-1")


def counties(content: bytes) -> Case:
    return Case({DELINEATION.url: content})


def delineation(rows: Sequence[Sequence[str]], titles: int = 2, headings: Sequence[str] = HEADINGS) -> bytes:
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet("List 1")
        for at in range(titles):
            sheet.write(at, 0, "List 1. CORE BASED STATISTICAL AREAS")
        for at, row in enumerate([headings, *rows], start=titles):
            sheet.write_row(at, 0, row)
        sheet.write(titles + len(rows) + 2, 0, "Note: the delineation is current as of July 2023.")
    return content.getvalue()


def _points(change: Callable[[Random, list[Area]], None]) -> Callable[[Random], Case]:
    def made(random: Random) -> Case:
        areas = list(AREAS)
        change(random, areas)
        return places(gazetteer(gazetteer_text(areas)))

    return made


def _an_area(change: Callable[[Random, Area], Area], least: int = 0) -> Callable[[Random, list[Area]], None]:
    def made(random: Random, areas: list[Area]) -> None:
        at = random.randrange(least, len(areas))
        areas[at] = change(random, areas[at])

    return made


def _sign_lost(random: Random, area: Area) -> Area:
    flipped = random.choice((("lat",), ("lon",), ("lat", "lon")))
    return replace(area, **{name: -getattr(area, name) for name in flipped})


def _all_signs_lost(random: Random, areas: list[Area]) -> None:  # noqa: ARG001 (as of a kind)
    areas[:] = [replace(area, lon=abs(area.lon)) for area in areas]


def _swapped(random: Random, areas: list[Area]) -> None:
    some = random.choice((1, len(areas)))
    for at in random.sample(range(len(areas)), some):
        areas[at] = replace(areas[at], lat=areas[at].lon, lon=areas[at].lat)


def _last_lost(random: Random, rows: list) -> None:
    del rows[-int(len(rows) * random.uniform(0.1, 0.4)) :]


def _some_lost(random: Random, rows: list) -> None:
    for _ in range(random.randrange(1, 40)):
        rows.pop(random.randrange(len(rows)))


def _twice(random: Random, rows: list) -> None:
    rows.insert(random.randrange(len(rows)), random.choice(rows))


def _cell(column: int, *values: str) -> Callable[[Random], Case]:
    """One cell of the gazetteer says something else."""

    def made(random: Random) -> Case:
        lines = gazetteer_text(AREAS).splitlines()
        at = random.randrange(1, len(lines))
        cells = lines[at].split("\t")
        cells[column] = random.choice(values)
        lines[at] = "\t".join(cells)
        return places(gazetteer("\n".join([*lines, ""])))

    return made


def _written(random: Random) -> Case:
    text = gazetteer_text(AREAS, random.choice(("\t", "|")))
    text = random.choice((text, text.replace("\n", "\r\n"), text.replace("INTPTLONG    ", "INTPTLONG")))
    return places(gazetteer(text, random.choice(("utf-8", "latin-1", "utf-8-sig"))))


def _no_column(random: Random, text: str, columns: Sequence[str]) -> str:
    name = random.choice(columns)
    return text.replace(name, random.choice(("X", f"{name}_2", "")), 1)


def _residents(change: Callable[[Random, list[Area]], None]) -> Callable[[Random], Case]:
    def made(random: Random) -> Case:
        areas = list(AREAS)
        change(random, areas)
        return places(residents=population_text(areas).encode("latin-1"))

    return made


def _estimate(write: Callable[[Random, str], str]) -> Callable[[Random], Case]:
    """The estimate of one whole area says something else."""

    def made(random: Random) -> Case:
        lines = population_text(AREAS).splitlines()
        at = random.randrange(1, len(lines), 2)
        head, _, number = lines[at].rpartition(",")
        lines[at] = f"{head},{write(random, number)}"
        return places(residents="\n".join([*lines, ""]).encode("latin-1"))

    return made


def _one_of(*values: str) -> Callable[[Random, str], str]:
    return lambda random, number: random.choice(values)


def _few(random: Random, areas: list[Area]) -> None:
    areas[:] = random.sample(areas, 13)


def _counties(change: Callable[[Random, list[list[str]]], None]) -> Callable[[Random], Case]:
    def made(random: Random) -> Case:
        rows = [list(row) for row in COUNTIES]
        change(random, rows)
        return counties(delineation(rows))

    return made


def _county_cell(column: int, *values: str) -> Callable[[Random], Case]:
    def change(random: Random, rows: list[list[str]]) -> None:
        random.choice(rows)[column] = random.choice(values)

    return _counties(change)


def _headings_lost(random: Random) -> Case:
    names = [name if name != "County/County Equivalent" else "County" for name in HEADINGS]
    return counties(delineation(COUNTIES, headings=random.choice((names, HEADINGS[::-1][:5], HEADINGS[1:]))))


def _bytes_of(
    content: Callable[[], bytes], change: Callable[[Random, bytes], bytes], case: Callable
) -> Callable:
    return lambda random: case(change(random, content()))


def kinds() -> tuple[Kind, ...]:
    point, county = partial(Kind, source="places"), partial(Kind, source="counties")
    gaz, pop = lambda: _whole()[0], lambda: _whole()[1]
    workbook = cache(lambda: delineation(COUNTIES))
    to_pop = lambda content: places(residents=content)  # noqa: E731
    needed = ("GEOID", "NAME", "CBSA_TYPE", "INTPTLAT", "INTPTLONG")
    return (
        point("a sign lost", change=_points(_an_area(_sign_lost, least=1))),
        point("all signs lost", change=_points(_all_signs_lost)),
        point("coordinates swapped", change=_points(_swapped)),
        point(
            "a coordinate malformed", change=_cell(8, "", "x", "91", "-45", "NaN", "inf", "32,45", "1e9", "0")
        ),
        point("an area's code malformed", change=_cell(1, "", "x", "1018", "101800", "1018O", "10180.0")),
        point("an area's kind malformed", change=_cell(3, "", "0", "3", "M", "1.0")),
        point("an area's name lost", change=_cell(2, "", "   ")),
        point("gazetteer rows twice", change=_points(_twice)),
        point("gazetteer rows lost", change=_points(_some_lost)),
        point("the last rows of the gazetteer lost", change=_points(_last_lost)),
        point("gazetteer written otherwise", change=_written),
        point(
            "gazetteer column missing",
            change=lambda random: places(gazetteer(_no_column(random, gazetteer_text(AREAS), needed))),
        ),
        point("gazetteer zip cut off", change=_bytes_of(gaz, cut, places)),
        point("gazetteer zip garbled", change=_bytes_of(gaz, garbled, places)),
        point("no gazetteer zip", change=_bytes_of(gaz, no_archive, places)),
        point(
            "no gazetteer in the zip",
            change=lambda random: places(zipped({random.choice(("a.csv", "b.xml", "read.me")): PAGE})),
        ),
        point(
            "gazetteer damaged in its zip",
            change=lambda random: places(member_damaged(MEMBER, gazetteer_text(AREAS).encode(), random)),
        ),
        point("gazetteer a bomb", change=lambda random: places(bomb(MEMBER, random))),
        point("residents of a few areas", change=_residents(_few)),
        point("rows of residents lost", change=_residents(_some_lost)),
        point("the last rows of residents lost", change=_residents(_last_lost)),
        point("rows of residents twice", change=_residents(_twice)),
        point(
            "residents malformed", change=_estimate(_one_of("", "0", "-5", "x", "1.5", "1e6", "n/a", "NaN"))
        ),
        point(
            "residents of another size", change=_estimate(lambda random, n: random.choice((n[:-1], n + "0")))
        ),
        point(
            "residents that may be",
            change=_estimate(lambda random, n: str(int(n) + random.randrange(-200, 900))),
            plausible=True,
        ),
        point(
            "column of residents missing",
            change=lambda random: to_pop(
                _no_column(random, population_text(AREAS), ("CBSA", "LSAD", "POPESTIMATE2023")).encode()
            ),
        ),
        point("residents cut off", change=_bytes_of(pop, cut, to_pop)),
        point("no residents", change=_bytes_of(pop, no_archive, to_pop)),
        county("a county twice", change=_counties(_twice)),
        county("a county's code malformed", change=_county_cell(10, "", "x", "1234", "0x1", "12.5")),
        county("an area of counties malformed", change=_county_cell(0, "", "x", "1018", "1018O")),
        county("an area's kind unknown", change=_county_cell(4, "", "x", "Metropolitan Division")),
        county("counties lost", change=_counties(_some_lost)),
        county("the last counties lost", change=_counties(_last_lost)),
        county(
            "titles of other length",
            change=lambda random: counties(delineation(COUNTIES, titles=random.randrange(9))),
        ),
        county("headings lost", change=_headings_lost),
        county("delineation cut off", change=_bytes_of(workbook, cut, counties)),
        county("delineation garbled", change=_bytes_of(workbook, garbled, counties)),
        county("no delineation", change=_bytes_of(workbook, no_archive, counties)),
    )
