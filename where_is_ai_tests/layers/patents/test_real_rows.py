"""Real rows of one company's patents: how many are AI by grant year, and where their inventors live."""

from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from where_is_ai.archive.fetch import Replay
from where_is_ai.archive.store import Archive
from where_is_ai.geography.delineation import DELINEATION, read_counties
from where_is_ai.geography.source import GAZETTEER, POPULATION
from where_is_ai.geography.source import read_places as read_cbsas
from where_is_ai.layers.patents.bulk_tables import TABLES, open_tables
from where_is_ai.layers.patents.schema import AiPatents, PatentPlaces, PatentShares
from where_is_ai.layers.patents.source import read_ai_patents, read_places, read_shares
from where_is_ai.quarters import Quarter
from where_is_ai.settings import SAMPLE_ARCHIVE
from where_is_ai_tests.shared_folder import SHARED, needs_shared

PATENTS = SHARED / "layers" / "patents"
G06N = {
    2019: (12, 10),
    2020: (21, 21),
    2021: (46, 43),
    2022: (61, 56),
    2023: (122, 120),
    2024: (130, 126),
    2025: (44, 43),
}
pytestmark = needs_shared


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    folder, zips = tmp_path_factory.mktemp("patents"), {}
    for table in TABLES:
        file = next(PATENTS.glob(f"{table.name}.*.tsv"))
        zips[table] = folder / f"{table.name}.tsv.zip"
        with ZipFile(zips[table], "w", ZIP_DEFLATED) as archive:
            archive.write(file, f"{table.name}.tsv")
    with open_tables(zips, folder) as opened:
        yield opened


def quarters(year: int) -> list[Quarter]:
    return [Quarter(year, number) for number in range(1, 5)]


def test_ai_patents_by_grant_year_are_those_that_were_counted_before(database):
    for year, expected in G06N.items():
        found = [AiPatents.validate(read_ai_patents(database, each)) for each in quarters(year)]
        assert (
            sum(each["g06n"].sum() for each in found),
            sum(each["g06n_inventional"].sum() for each in found),
        ) == expected
        assert sum(each["wide"].sum() for each in found) > expected[0]


@pytest.mark.slow
def test_inventors_live_where_they_were_counted_before(database):
    sample = Replay(Archive(SAMPLE_ARCHIVE))
    newest = Quarter(2026, 2)
    counties = read_counties(sample, sample.get(DELINEATION, newest))
    cbsas = read_cbsas(sample, sample.get(GAZETTEER, newest), sample.get(POPULATION, newest))
    towns, metros = {}, {}
    for year in (2012, 2017, 2018, *G06N):
        for quarter in quarters(year):
            patents = read_ai_patents(database, quarter)
            shares = PatentShares.validate(read_shares(database, quarter))
            places = PatentPlaces.validate(read_places(database, shares, counties, cbsas)).set_index(
                "location_id"
            )
            assert shares.groupby("patent_id")["share"].sum().round(9).eq(1).all()
            ai = shares[shares["patent_id"].isin(patents.loc[patents["g06n"], "patent_id"])]
            for row in ai.dropna(subset="location_id").itertuples():
                place = places.loc[row.location_id]
                towns[place["city"]] = towns.get(place["city"], 0) + row.share
                metros[place["area_code"]] = metros.get(place["area_code"], 0) + row.share
    counted = {
        "Santa Clara": 58.4,
        "San Jose": 45.5,
        "Austin": 13.1,
        "Seattle": 12.5,
        "Lexington": 10.6,
        "Helsinki": 10.5,
    }
    assert {name: round(towns[name], 1) for name in counted} == counted
    assert metros["41940"] > towns["Santa Clara"] + towns["San Jose"]
    assert "12420" in metros
