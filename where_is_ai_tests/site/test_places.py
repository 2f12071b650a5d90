"""Areas of every geography and delineation come to the page of their place, whichever edition has them."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from where_is_ai.layers.layer import Layer
from where_is_ai.site.metros import Places, places_of
from where_is_ai.site.outline import OutlinedRow
from where_is_ai.site.read import Published

EMPLOYMENT, RESEARCH = "usa_ai_employment_by_msa", "world_ai_research_by_metro"
WORLD_COMPUTE = "world_ai_compute_by_metro"


class WithTables(Published):
    """An edition of a few columns, which has no history to tell."""

    def outlined_rows(self, layer: Layer, table) -> list[OutlinedRow]:  # noqa: ARG002
        rows = self.tables.get(table.name, pd.DataFrame())
        order = np.argsort(-rows[table.measure], kind="stable") if len(rows) else ()
        return [
            OutlinedRow(
                at,
                str(rows[table.place][at]),
                rows[table.place][at],
                rows[table.names][at],
                rows["country_code"][at] if "country_code" in rows else None,
                *(None if pd.isna(rows[name][at]) else float(rows[name][at]) for name in ("lat", "lon")),
                residents=_residents(rows, table.residents, at),
            )
            for at in map(int, order)
        ]


def _residents(rows: pd.DataFrame, column: str, at: int) -> int | None:
    return int(rows[column][at]) if column in rows and pd.notna(rows[column][at]) else None


def edition(
    quarter: str, employment: list[tuple], research: list[tuple] = (), compute: list[tuple] = ()
) -> Published:
    tables = {
        EMPLOYMENT: pd.DataFrame(employment, columns=["area_code", "metro", "ai_workers", "lat", "lon"]),
        RESEARCH: pd.DataFrame(
            research, columns=["metro_id", "metro", "ai_works", "lat", "lon", "country_code"]
        ),
        WORLD_COMPUTE: pd.DataFrame(
            compute, columns=["metro_id", "metro", "h100e", "lat", "lon", "country_code"]
        ),
    }
    made = WithTables(Path(quarter))
    made.__dict__["tables"] = tables
    return made


@pytest.fixture(scope="module")
def places() -> Places:
    newest = edition(
        "2026-Q2",
        [("14460", "Boston-Cambridge-Newton, MA-NH", 9550, 42.5, -71.0)],
        [
            ("US/Cambridge", "Cambridge", 900, 42.37, -71.11, "US"),
            ("US/Boston", "Boston", 4000, 42.36, -71.06, "US"),
            ("US/SF-San Jose Bay Area", "SF-San Jose Bay Area", 6997, 37.5, -122.2, "US"),
            ("GB/Boston", "Boston", 5, 52.98, -0.02, "GB"),
            ("US/At sea", "At sea", 1, 30.0, -60.0, "US"),
            ("CN/Suzhou", "Suzhou", 50, 31.3, 120.6, "CN"),
            ("JP/Tokyo", "Tokyo", 90, 35.7, 139.7, "JP"),
        ],
        [
            ("US/14460", "Boston-Cambridge-Newton, MA-NH", 10.0, 42.5, -71.0, "US"),
            ("GHSL R2024A/12345", "Tōkyō", 30.0, 35.6, 139.8, "JP"),
            ("CN/Suzhou Anhui", "Suzhou", 20.0, 33.6, 117.0, "CN"),
            ("AE/Abu Dhabi", "Abu Dhabi", 40.0, None, None, "AE"),
        ],
    )
    before = edition(
        "2023-Q2",
        [
            ("76900", "Portsmouth, NH-ME", 40, 43.07, -70.76),
            ("71650", "Boston-Cambridge-Nashua, MA-NH", 1560, 42.4, -71.1),
        ],
    )
    return places_of([newest, before])


def test_a_place_is_known_by_its_code_and_every_area_of_it_leads_there(places):
    boston = next(metro for metro in places.metros if metro.slug == "us-14460")
    assert boston.name == "Boston-Cambridge-Newton, MA-NH"
    assert boston.residents == 4_919_179
    for old in ("us-71650", "us-76900", "us-cambridge", "us-boston", "us-14460"):
        assert places.pages[old] == "us-14460", old
    assert "us-14460" not in places.moved


def test_of_several_areas_that_with_the_most_comes_first_and_none_is_added(places):
    boston = next(metro for metro in places.metros if metro.slug == "us-14460")
    assert [(each.area, each.row["ai_works"]) for each in boston.rows["research"]] == [
        ("Boston", 4000),
        ("Cambridge", 900),
    ]
    assert [each.area for each in boston.beside("research")] == ["Cambridge"]
    assert [each.edition.quarter for each in boston.rows["employment"]] == ["2026-Q2", "2023-Q2", "2023-Q2"]
    assert boston.rows["employment"][1].row["ai_workers"] == 1560


def test_an_area_of_two_metros_is_on_both_pages_and_its_address_leads_to_the_larger(places):
    assert places.pages["us-sf-san-jose-bay-area"] == "us-41860"
    for slug in ("us-41860", "us-41940"):
        metro = next(each for each in places.metros if each.slug == slug)
        assert metro.newest("research").shared == ("41860", "41940")


def test_a_namesake_abroad_and_what_lies_nowhere_keep_pages_of_their_own(places):
    assert places.pages["gb-boston"] == "gb-boston"
    assert places.pages["us-at-sea"] == "us-at-sea"


def by_slug(places, slug):
    return next(metro for metro in places.metros if metro.slug == slug)


def test_a_layer_of_the_usa_with_a_table_of_the_world_is_on_the_pages_of_metros_abroad(places):
    abu_dhabi = by_slug(places, "ae-abu-dhabi")
    newest = abu_dhabi.newest("compute")
    assert (newest.table.name, newest.row["h100e"]) == (WORLD_COMPUTE, 40)
    assert (abu_dhabi.in_usa, abu_dhabi.where) == (False, "United Arab Emirates")
    assert by_slug(places, "us-14460").newest("compute") is None


def test_areas_of_two_geographies_abroad_with_one_name_are_one_place_and_far_namesakes_are_not(places):
    tokyo = by_slug(places, "jp-tokyo")
    assert tokyo.rows.keys() == {"research", "compute"}
    assert places.pages["ghsl-r2024a-12345"] == "jp-tokyo"
    assert by_slug(places, "cn-suzhou").rows.keys() == {"research"}
    assert by_slug(places, "cn-suzhou-anhui").rows.keys() == {"compute"}


def test_residents_of_a_city_abroad_are_those_of_its_urban_centre_where_an_edition_has_them():
    newest, before = (WithTables(Path(quarter)) for quarter in ("2026-Q2", "2026-Q1"))
    names = ["metro_id", "metro", "ai_works", "lat", "lon", "country_code", "population"]
    lyon = ("FR/Lyon", "Lyon", 90, 45.76, 4.84, "FR")
    newest.__dict__["tables"] = {RESEARCH: pd.DataFrame([(*lyon, pd.NA)], columns=names)}
    before.__dict__["tables"] = {RESEARCH: pd.DataFrame([(*lyon, 1_500_000)], columns=names)}
    (metro,) = places_of([newest, before]).metros
    assert metro.residents == 1_500_000
    (unknown,) = places_of([newest]).metros
    assert unknown.residents is None
