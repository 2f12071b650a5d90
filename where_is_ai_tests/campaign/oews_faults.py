"""The kinds of fault that an OEWS workbook is tried with: made-up metros in BLS's layout of 2025."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache, partial
from random import Random

import pandas as pd

from where_is_ai.layers.employment.releases import Release
from where_is_ai_tests.campaign.answers import zipped
from where_is_ai_tests.campaign.table_cases import Case, Kind, bomb, cut, garbled, member_damaged, no_archive
from where_is_ai_tests.layers.employment.workbooks import LAYOUTS, metro_zip, workbook

AREAS, LISTING = 60, 40
RELEASE = Release("2025-05", date(2026, 5, 15), AREAS)
BEFORE = Release("2024-05", date(2025, 4, 2), AREAS)
LAYOUT = LAYOUTS[-1]
LAYOUT_BEFORE = replace(LAYOUT, year=2024)
MEMBER = "oesm25ma/MSA_M2025_dl.xlsx"
SCOPE = {"AREA_TYPE": "4", "NAICS": "000000", "I_GROUP": "cross-industry", "OWN_CODE": "1235"}
TOTAL, GROUP, RESEARCH, DATA, OTHER = "00-0000", "15-0000", "15-1221", "15-2051", "15-1252"
Rows = list[dict]
Change = Callable[[Random, Rows], None]


@cache
def _figures(release: Release) -> tuple[dict, ...]:
    """Each area's rows; the AI occupations stand in the first areas alone, some suppressed."""
    random, made = Random(release.reference_month), []
    for area in range(AREAS):
        jobs = {TOTAL: 10 * random.randrange(20_000, 90_000), "11-1011": 500}
        jobs |= {GROUP: 10 * random.randrange(800, 1500), OTHER: 10 * random.randrange(30, 90)}
        if area < LISTING:
            jobs |= {RESEARCH: 10 * random.randrange(5, 90), DATA: 10 * random.randrange(5, 200)}
            jobs |= {RESEARCH: "**"} if area % 7 == 3 else {}
        for code, number in sorted(jobs.items()):
            error = number if number == "**" else round(random.uniform(0.5, 40), 1)
            names = {"AREA": f"{10_180 + 20 * area}", "AREA_TITLE": f"Metro {area}, TX", "OCC_CODE": code}
            made.append(SCOPE | names | {"TOT_EMP": number, "EMP_PRSE": error})
    return tuple(made)


def figures(release: Release = RELEASE) -> Rows:
    return [dict(row) for row in _figures(release)]


def case(content: bytes, **more: object) -> Case:
    return Case({RELEASE.metro_workbook.url: content}, **more)


def whole() -> bytes:
    return metro_zip(LAYOUT, figures())


def changed(change: Change, **more: object) -> Callable[[Random], Case]:
    """The workbook of rows that ``change`` was made to."""

    def made(random: Random) -> Case:
        rows = figures()
        change(random, rows)
        return case(metro_zip(LAYOUT, rows), **more)

    return made


def a_row(random: Random, rows: Rows, *codes: str, published: bool = True) -> dict:
    codes = codes or (TOTAL, GROUP, RESEARCH, DATA, OTHER)
    return random.choice(
        [row for row in rows if row["OCC_CODE"] in codes and (row["TOT_EMP"] != "**" or not published)]
    )


def says(column: str, *values: object, codes: tuple[str, ...] = ()) -> Callable[[Random], Case]:
    """One row says something else in ``column``."""

    def change(random: Random, rows: Rows) -> None:
        a_row(random, rows, *codes)[column] = random.choice(values)

    return changed(change)


def everywhere(column: str, write: Callable[[Random, object], object]) -> Callable[[Random], Case]:
    """Some of the rows, often all, write the same in another way."""

    def change(random: Random, rows: Rows) -> None:
        for row in random.sample(rows, random.choice((1, len(rows) // 2, len(rows)))):
            row[column] = write(random, row[column])

    return changed(change)


def _above(code: str) -> Change:
    def change(random: Random, rows: Rows) -> None:
        row = a_row(random, rows, RESEARCH, DATA, OTHER)
        most = next(
            each["TOT_EMP"] for each in rows if (each["AREA"], each["OCC_CODE"]) == (row["AREA"], code)
        )
        row["TOT_EMP"] = most + 10 * random.randrange(1, 500)

    return change


def _last_lost(random: Random, rows: Rows) -> None:
    del rows[-int(len(rows) * random.uniform(0.1, 0.4)) :]


def _areas_lost(random: Random, rows: Rows) -> None:
    lost = set(random.sample(sorted({row["AREA"] for row in rows}), random.randrange(1, 20)))
    rows[:] = [row for row in rows if row["AREA"] not in lost]


def _totals_lost(least: int, most: int) -> Change:
    def change(random: Random, rows: Rows) -> None:
        for row in random.sample(
            [row for row in rows if row["OCC_CODE"] == TOTAL], random.randint(least, most)
        ):
            rows.remove(row)

    return change


def _twice(random: Random, rows: Rows) -> None:
    again = dict(a_row(random, rows))
    again["TOT_EMP"] = random.choice((again["TOT_EMP"], again["TOT_EMP"] + 10))
    rows.insert(random.randrange(len(rows)), again)


def _row_lost(random: Random, rows: Rows) -> None:
    rows.remove(a_row(random, rows, RESEARCH, DATA))


def _digit(random: Random, rows: Rows) -> None:
    row = a_row(random, rows, RESEARCH, DATA)
    row["TOT_EMP"] = 30 + 10 * random.randrange(60)


def _state_rows(random: Random, rows: Rows) -> None:
    state = str(random.randrange(1, 57))
    for number, row in enumerate(rows):
        row |= {"AREA": state, "AREA_TYPE": "2"} if number % 9 == random.randrange(9) else {}
    rows[0] |= {"AREA": state, "AREA_TYPE": "2"}


def _only_listing(random: Random) -> Case:
    """A reconstructed extract of which areas were lost after it was made."""
    rows = [row for row in figures() if int(row["AREA"]) < 10_180 + 20 * LISTING]
    _areas_lost(random, rows)
    return case(metro_zip(LAYOUT, rows), areas=LISTING)


def _split(random: Random) -> Case:
    rows = figures()
    ends = sorted(random.sample(range(1, len(rows)), random.randrange(1, 4)))
    return case(metro_zip(LAYOUT, *(rows[a:b] for a, b in zip([0, *ends], [*ends, None], strict=True))))


def _other_release(random: Random) -> Case:
    layout = random.choice((replace(LAYOUT, year=random.choice((2022, 2023, 2024, 2026))), LAYOUTS[-2]))
    return case(metro_zip(layout, figures(BEFORE)))


def _said_by_its_sheet(random: Random) -> Case:
    year = random.choice((2019, 2020, 2021, 2022, 2023, 2024))
    sheet = random.choice((f"MSA_M{year}_dl", f"All May {year} Data", f"MSA_M{year}_dl_1"))
    return case(metro_zip(replace(LAYOUT, sheet=sheet), figures(BEFORE)))


def _of_another_year(random: Random, earlier: pd.DataFrame | None = None) -> Case:
    rows = figures(BEFORE)
    random.shuffle(rows)
    return case(metro_zip(LAYOUT, rows), earlier=earlier)


def _columns(edit: Callable[[Random, list[str]], None]) -> Callable[[Random], Case]:
    def made(random: Random) -> Case:
        names = LAYOUT.header.split()
        edit(random, names)
        return case(metro_zip(replace(LAYOUT, header=" ".join(names)), figures()))

    return made


NEEDED = ("AREA", "AREA_TITLE", "OCC_CODE", "TOT_EMP", "EMP_PRSE")


def _no_column(random: Random, names: list[str]) -> None:
    at = names.index(random.choice(NEEDED))
    names[at : at + 1] = random.choice(([], ["X"], [f"{names[at]}_2"]))


def _member(random: Random) -> bytes:
    return member_damaged(MEMBER, workbook(LAYOUT, [figures()]), random)


def _no_member(random: Random) -> bytes:
    return zipped(
        {random.choice(("BOS_M2025_dl.xlsx", "MSA.xlsx", "readme.txt", "~$MSA_M2025_dl.xlsx")): b"x"}
    )


def _lower(random: Random) -> Case:  # noqa: ARG001 (as of a kind)
    return case(metro_zip(replace(LAYOUT, lower_case=True), figures()))


def of_bytes(change: Callable[[Random], bytes]) -> Callable[[Random], Case]:
    return lambda random: case(change(random))


def _spelt(random: Random, value: object) -> object:
    if value == "**":
        return random.choice(("** ", " **", "  ** ", "**\t"))
    return random.choice((str(value), float(value), f" {value} ", f"{value:,}"))


def _code(random: Random, code: object) -> str:
    dash = random.choice("-\N{EN DASH}\N{MINUS SIGN}\N{HYPHEN}")
    return random.choice(("", " ", "  ")) + str(code).replace("-", dash) + random.choice(("", " ", "\t"))


def _area(random: Random, area: object) -> str:
    return random.choice((f"{area}.0", f"00{area}", f" {area}", f"{area} "))


def kinds(before: Callable[[], pd.DataFrame]) -> tuple[Kind, ...]:
    """``before`` gives the cells of the release before, for the kind that has them at hand."""
    kind = partial(Kind, source="oews")
    return (
        kind("another release under the name", change=_other_release),
        kind("another release, its member renamed, said by its sheet", change=_said_by_its_sheet),
        kind("another release renamed, at hand", change=lambda random: _of_another_year(random, before())),
        kind("another release renamed, not at hand", change=_of_another_year, plausible=True),
        kind("jobs no multiple of ten", change=says("TOT_EMP", "12.5", "1.230", 33, 47, 12.5, "1234", 101)),
        kind("jobs a boolean", change=says("TOT_EMP", True, False, "TRUE", "true")),
        kind("jobs below thirty", change=says("TOT_EMP", 0, 10, 20, "0", "20", -40, "-40")),
        kind("total of nothing", change=says("TOT_EMP", 0, "0", None, "", " ", -10, codes=(TOTAL,))),
        kind("jobs beyond reason", change=says("TOT_EMP", 10**9, 10**12, 10**18, "1e9", "inf", "NaN")),
        kind("an occupation above its total", change=changed(_above(TOTAL))),
        kind("an occupation above its group", change=changed(_above(GROUP))),
        kind("an error out of range", change=says("EMP_PRSE", -1, 50.1, 100, 10**9, "-0.5", "1e3", "inf")),
        kind("AREA_TYPE of another kind", change=says("AREA_TYPE", "2", "3", "5", "6", 2, "x")),
        kind("NAICS of one industry", change=says("NAICS", "541500", "61", "000001", 5415)),
        kind("I_GROUP of one industry", change=says("I_GROUP", "sector", "3-digit", "4-digit", "x")),
        kind("OWN_CODE of some owners", change=says("OWN_CODE", "1", "5", "235", "123", 5, "59")),
        kind("rows of states", change=changed(_state_rows)),
        kind("one total lost", change=changed(_totals_lost(1, 1))),
        kind("totals lost", change=changed(_totals_lost(2, 30))),
        kind("a row twice", change=changed(_twice)),
        kind("the last rows lost", change=changed(_last_lost)),
        kind("areas lost", change=changed(_areas_lost)),
        kind("areas lost from a reconstructed extract", change=_only_listing),
        kind("a code spelt otherwise", change=everywhere("OCC_CODE", _code)),
        kind(
            "a code damaged",
            change=says("OCC_CODE", "15 2051", "15-205", "152051", "", None, "15-20511", "x"),
        ),
        kind("an area spelt otherwise", change=everywhere("AREA", _area)),
        kind(
            "an area damaged",
            change=says("AREA", "x", "", None, "1018O", "101800", "1", "10180.5", "99", True),
        ),
        kind("jobs spelt otherwise", change=everywhere("TOT_EMP", _spelt)),
        kind("an unknown mark", change=says("TOT_EMP", "*", "#", "***", "n/a", "-", "(S)", "~", "**1")),
        kind("no mark at all", change=says("TOT_EMP", None, "", "  ")),
        kind("no title", change=says("AREA_TITLE", None, "", " ")),
        kind("rows over several sheets", change=_split),
        kind(
            "blank rows above the header",
            change=lambda random: case(metro_zip(LAYOUT, figures(), blank_rows=random.randrange(1, 40))),
        ),
        kind("a column missing", change=_columns(_no_column)),
        kind("columns in another order", change=_columns(lambda random, names: random.shuffle(names))),
        kind("columns in lower case", change=_lower),
        kind("the zip cut off", change=of_bytes(lambda random: cut(random, whole()))),
        kind("the zip garbled", change=of_bytes(lambda random: garbled(random, whole()))),
        kind("no zip", change=of_bytes(lambda random: no_archive(random, whole()))),
        kind("no workbook in the zip", change=of_bytes(_no_member)),
        kind("the workbook damaged", change=of_bytes(_member)),
        kind("a bomb", change=of_bytes(lambda random: bomb(MEMBER, random))),
        kind("a row lost", change=changed(_row_lost), plausible=True),
        kind("a figure that may be", change=changed(_digit), plausible=True),
    )
