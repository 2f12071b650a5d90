"""From bulk tables to shares of inventors: quoted newlines, other layouts, what counts and where it is."""

import json
from datetime import UTC, datetime

import pandas as pd
import pytest

from where_is_ai.archive.fetch import Replay
from where_is_ai.archive.store import Archive
from where_is_ai.errors import BadUpstream
from where_is_ai.geography.delineation import DELINEATION, read_counties
from where_is_ai.geography.source import GAZETTEER, POPULATION
from where_is_ai.geography.source import read_places as read_cbsas
from where_is_ai.layers.patents.bulk_tables import CPC, INVENTORS, PATENTS, open_tables
from where_is_ai.layers.patents.made_up import HEADINGS
from where_is_ai.layers.patents.schema import AiPatents, PatentPlaces, PatentShares
from where_is_ai.layers.patents.source import (
    LISTING,
    definitions,
    file_of,
    listed,
    read_ai_patents,
    read_places,
    read_shares,
)
from where_is_ai.quarters import Quarter
from where_is_ai.settings import SAMPLE_ARCHIVE
from where_is_ai_tests.layers.patents.tables import (
    HELSINKI,
    NOWHERE,
    SAN_JOSE,
    STAMFORD,
    TABLES,
    written,
)

QUARTER = Quarter(2026, 2)


def read(folder, **headings) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    sample = Replay(Archive(SAMPLE_ARCHIVE))
    with open_tables(written(folder / "zips", TABLES, **headings), folder) as database:
        shares = read_shares(database, QUARTER)
        counties = read_counties(sample, sample.get(DELINEATION, QUARTER))
        cbsas = read_cbsas(sample, sample.get(GAZETTEER, QUARTER), sample.get(POPULATION, QUARTER))
        places = read_places(database, shares, counties, cbsas)
        found = read_ai_patents(database, QUARTER), shares, places
    assert [path.name for path in folder.iterdir()] == ["zips"]
    return found


def test_utility_patents_of_the_quarter_are_ai_by_class_and_position(tmp_path):
    patents = AiPatents.validate(read(tmp_path)[0]).set_index("patent_id")
    assert patents[["g06n", "g06n_inventional", "wide"]].to_numpy().tolist() == [
        [True, True, True],
        [True, False, True],
        [False, False, True],
    ]
    assert patents["granted"].to_list() == ["2026-05-05", "2026-05-05", "2026-06-30"]


def test_inventors_count_in_parts_where_they_live_also_in_connecticut(tmp_path):
    _, shares, places = read(tmp_path)
    shares, places = PatentShares.validate(shares), PatentPlaces.validate(places).set_index("location_id")
    first = shares[shares["patent_id"] == "1"].set_index("location_id")["share"]
    assert first.to_dict() == {SAN_JOSE: 0.5, STAMFORD: 0.25, HELSINKI: 0.25}
    assert shares[shares["location_id"].isna()]["share"].to_list() == [0.5]
    assert set(shares["patent_id"]) == {"1", "2", "3", "4"}
    assert places.loc[SAN_JOSE, ["placed", "area_code", "county_fips"]].to_list() == [
        "metro",
        "41940",
        "06085",
    ]
    assert places.loc[STAMFORD, ["placed", "area_code"]].to_list() == ["metro", "14860"]
    assert places.loc[[NOWHERE, HELSINKI], "placed"].to_list() == ["unplaced", "abroad"]
    assert places.loc[HELSINKI, "lat"] == 60.17


def test_columns_may_move_and_come_and_a_missing_one_is_named(tmp_path):
    moved = ["new_column", *reversed(HEADINGS[PATENTS].split())]
    assert len(read(tmp_path / "a", g_patent=moved)[0]) == 3
    lacking = ["patent_id", "cpc_subclass", "cpc_group"]
    with pytest.raises(
        BadUpstream, match="g_cpc_current lacks the columns cpc_type; it has patent_id, cpc_sub"
    ):
        read(tmp_path / "b", g_cpc_current=lacking)


def test_each_table_that_is_unpacked_is_told(tmp_path):
    said: list[str] = []
    with open_tables(written(tmp_path / "zips"), tmp_path, said.append):
        assert [each.split(",")[0] for each in said] == [f"Unpacked {table.name}" for table in TABLES]


def test_a_damaged_or_wrong_zip_is_one_error(tmp_path):
    paths = written(tmp_path / "zips")
    paths[PATENTS].write_bytes(paths[PATENTS].read_bytes()[:-40])
    with pytest.raises(BadUpstream, match=r"g_patent\.tsv\.zip is"), open_tables(paths, tmp_path):
        pass
    paths = written(tmp_path / "zips")
    wrong = paths | {CPC: paths[INVENTORS]}
    with pytest.raises(BadUpstream, match=r"no g_cpc_current\.tsv, only g_inv"), open_tables(wrong, tmp_path):
        pass


def listing_of(folder, files: list[dict]) -> list[str]:
    archive = Archive(folder)
    said = {"bulkDataProductBag": [{"productFileBag": {"fileDataBag": files}}]}
    entry = archive.keep(json.dumps(said).encode(), LISTING, datetime(2026, 7, 15, tzinfo=UTC))
    return [request.url for request in listed(Replay(archive), entry)]


def test_the_patent_office_s_list_says_where_its_files_are(tmp_path):
    files = [
        {"fileName": file_of(table), "fileDownloadURI": f"https://api.uspto.gov/files/{file_of(table)}"}
        for table in TABLES
    ]
    assert listing_of(tmp_path, files) == [file["fileDownloadURI"] for file in files]
    with pytest.raises(BadUpstream, match=r"lists no address of its own for g_patent\.tsv\.zip"):
        listing_of(tmp_path, files[1:])
    elsewhere = [{**files[0], "fileDownloadURI": "https://uspto.gov.example/g_patent.tsv.zip"}, *files[1:]]
    with pytest.raises(BadUpstream, match="lists no address of its own"):
        listing_of(tmp_path, elsewhere)


def test_definitions_name_their_source():
    assert definitions().notna().all(axis=None)
    assert "G06N" in set(definitions().query("definition == 'wide'")["cpc"])
