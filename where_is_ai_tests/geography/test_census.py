"""The Census Bureau's gazetteer and population: what is read however it is written, and what is refused."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest

from where_is_ai.archive.fetch import Replay
from where_is_ai.archive.store import Archive
from where_is_ai.errors import BadUpstream
from where_is_ai.geography.nation import national_population, read_nation
from where_is_ai.geography.schema import CbsaPlaces, NationResidents
from where_is_ai.geography.source import (
    GAZETTEER,
    POPULATION,
    population,
    populations_known_in,
    read_places,
    read_residents,
)
from where_is_ai.quarters import Quarter
from where_is_ai.settings import SAMPLE_ARCHIVE
from where_is_ai_tests.geography.census_files import gazetteer, gazetteer_text, made_areas, population_text

AREAS = made_areas()
NOW = datetime(2026, 7, 20, tzinfo=UTC)
GAZ, POP = r"2024_Gaz_cbsa_national\.zip", r"cbsa-est2023-alldata\.csv"


def read(folder, points: bytes | None = None, residents: bytes | None = None, **made) -> pd.DataFrame:
    archive = Archive(folder)
    points = points or gazetteer(gazetteer_text(AREAS))
    residents = residents or population_text(AREAS).encode("latin-1")
    entries = (archive.keep(points, GAZETTEER, NOW, **made), archive.keep(residents, POPULATION, NOW, **made))
    return CbsaPlaces.validate(read_places(Replay(archive), *entries)).set_index("area_code")


@pytest.mark.parametrize("separator", ["\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1"])
def test_a_gazetteer_is_read_as_it_was_written_over_the_years(tmp_path, separator, encoding):
    places = read(tmp_path, gazetteer(gazetteer_text(AREAS, separator), encoding))
    assert len(places) == 935
    for area in AREAS:
        assert places.loc[area.code, ["name", "lat", "lon"]].to_list() == [
            area.name,
            pytest.approx(area.lat),
            pytest.approx(area.lon),
        ]
    assert places["population"].to_list() == [pd.NA if a.residents is None else a.residents for a in AREAS]


def test_every_estimate_of_whole_areas_is_given_by_year(tmp_path):
    archive = Archive(tmp_path)
    entry = archive.keep(population_text(AREAS).encode("latin-1"), POPULATION, NOW)
    residents = read_residents(Replay(archive), entry).set_index(["area_code", "year"])["population"]
    assert residents.loc[(AREAS[0].code, 2022)] == AREAS[0].residents - 100
    assert len(residents) == 2 * 934


@pytest.mark.parametrize(
    ("quarter", "vintages"),
    [("2023-Q2", [2023]), ("2025-Q4", [2024, 2023]), ("2026-Q1", [2025, 2024, 2023])],
)
def test_a_quarter_asks_for_the_vintages_that_may_be_out_by_its_end_newest_first(quarter, vintages):
    assert populations_known_in(Quarter.parse(quarter)) == [population(vintage) for vintage in vintages]


def test_a_later_vintage_gives_its_own_year_and_says_that_it_is_it(tmp_path):
    archive = Archive(tmp_path)
    points = archive.keep(gazetteer(gazetteer_text(AREAS)), GAZETTEER, NOW)
    residents = archive.keep(population_text(AREAS, 2025).encode("latin-1"), population(2025), NOW)
    places = CbsaPlaces.validate(read_places(Replay(archive), points, residents)).set_index("area_code")
    assert places.loc[AREAS[0].code, ["population", "population_year", "population_vintage"]].tolist() == [
        AREAS[0].residents,
        2025,
        2025,
    ]


# The Aleutians lie on both sides of the date line: there a longitude without its sign is not seen.
FLIPS = [
    (at, flip)
    for at in (0, 1, 2, 3, 4, 5, 200)
    for flip in (("lat",), ("lon",), ("lat", "lon"))
    if (at, flip) != (0, ("lon",))
]


@pytest.mark.parametrize(("at", "flip"), FLIPS)
def test_a_lost_sign_puts_no_area_elsewhere(tmp_path, at, flip):
    moved = replace(AREAS[at], **{name: -getattr(AREAS[at], name) for name in flip})
    text = gazetteer_text([*AREAS[:at], moved, *AREAS[at + 1 :]])
    with pytest.raises(
        BadUpstream, match=rf"Row {at + 2} of .*{GAZ} .*{moved.name}.* the point is in the USA"
    ):
        read(tmp_path, gazetteer(text))


def test_swapped_columns_of_coordinates_are_refused(tmp_path):
    text = gazetteer_text([replace(area, lat=area.lon, lon=area.lat) for area in AREAS])
    with pytest.raises(BadUpstream, match=r"the point is in the USA; \d+ such rows"):
        read(tmp_path, gazetteer(text))


def test_populations_of_a_few_areas_alone_are_refused(tmp_path):
    few = population_text(AREAS[10:23]).encode()
    with pytest.raises(BadUpstream, match=rf"{POP} has no estimate of residents for 921 of 934 areas"):
        read(tmp_path, residents=few)


def test_areas_lost_from_the_gazetteer_are_noticed(tmp_path):
    with pytest.raises(BadUpstream, match=rf"{GAZ} should list 393 metro .* lists 393 metro and 448 micro"):
        read(tmp_path, gazetteer(gazetteer_text(AREAS[:-94])))


def test_a_reconstructed_gazetteer_has_the_areas_it_was_made_with(tmp_path):
    some = gazetteer(gazetteer_text(AREAS[:40]))
    assert len(read(tmp_path, some, reconstructed=True, areas=40)) == 40
    with pytest.raises(BadUpstream, match="should list 41 areas but lists 40 metro"):
        read(tmp_path, some, reconstructed=True, areas=41)


def test_duplicate_rows_are_refused(tmp_path):
    with pytest.raises(BadUpstream, match=rf"{GAZ} .*an area has one row; 2 such rows"):
        read(tmp_path, gazetteer(gazetteer_text([*AREAS, AREAS[7]])))
    with pytest.raises(BadUpstream, match=rf"{POP} .*an area has one row; 2 such rows"):
        read(tmp_path, residents=population_text([*AREAS, AREAS[7]]).encode())


@pytest.mark.parametrize(
    ("residents", "says"),
    [
        ("0", "an area has residents"),
        ("-5", "is no number"),
        ("1.5", "is no number"),
        ("n/a", "an area has residents"),
        ("1e6", "is no number"),
    ],
)
def test_a_number_of_residents_that_can_not_be_is_refused(tmp_path, residents, says):
    text = population_text(AREAS).replace(f",{AREAS[9].residents}\n", f",{residents}\n", 1)
    with pytest.raises(BadUpstream, match=rf"{POP} .*{says}"):
        read(tmp_path, residents=text.encode())


def test_a_lost_digit_is_seen_beside_the_year_before(tmp_path):
    text = population_text(AREAS).replace(f",{AREAS[9].residents}\n", f",{AREAS[9].residents // 10}\n", 1)
    with pytest.raises(BadUpstream, match="residents change by at most 15 %"):
        read(tmp_path, residents=text.encode())


@pytest.mark.parametrize("content", [b"\x00\xff\x00", b"", b"<html>no</html>", b'"CBSA,LSAD\n'])
def test_what_is_no_table_is_one_clear_error(tmp_path, content):
    with pytest.raises(BadUpstream, match=POP):
        read(tmp_path, residents=content or b"\n")
    with pytest.raises(BadUpstream, match=GAZ):
        read(tmp_path, gazetteer(content.decode("latin-1")))


# ---- The nation ----

HEAD = "SUMLEV,REGION,DIVISION,STATE,NAME,POPESTIMATE2023,POPESTIMATE2024\n"
STATES = "040,3,6,01,Alabama,30,31\n040,4,8,02,Alaska,10,11\n040,X,X,72,Puerto Rico,5,6\n"


def read_made_nation(folder, rows: str) -> dict:
    archive = Archive(folder)
    entry = archive.keep((HEAD + rows).encode(), national_population(2024), NOW)
    return NationResidents.validate(read_nation(Replay(archive), entry)).iloc[0].to_dict()


@pytest.mark.parametrize("states", ["", STATES])
def test_the_nation_has_the_residents_of_its_vintage_without_puerto_rico(tmp_path, states):
    found = read_made_nation(tmp_path, "010,0,0,00,United States,40,42\n" + states)
    assert found == {"population": 42, "population_year": 2024, "population_vintage": 2024}


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        (STATES, "0 rows of the nation"),
        ("010,0,0,00,United States,40,\n", "1 rows of the nation"),
        ("010,0,0,00,United States,40,43\n" + STATES, "the nation 43 residents and its states 42"),
        ("010,0,0,00,United States,40,many\n", "NST-EST2024-ALLDATA.csv"),
    ],
)
def test_a_file_of_the_nation_that_does_not_add_up_is_refused(tmp_path, rows, why):
    with pytest.raises(BadUpstream, match=why):
        read_made_nation(tmp_path, rows)


def test_the_sample_has_the_nation_in_the_vintage_of_its_metros():
    library = Replay(Archive(Path(SAMPLE_ARCHIVE)))
    (entry,) = (library.get(request, Quarter(2026, 2)) for request in [national_population(2023)])
    assert entry.reconstructed
    assert read_nation(library, entry)["population"].item() == 334_914_895
