"""What a column's field says is read by everything that shows the column, and what it leaves out is refused."""

from dataclasses import replace

import duckdb
import pandas as pd
import pandera.pandas as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandera.typing import Series

from where_is_ai import layers
from where_is_ai.columns import Column, column, columns_of, require_described
from where_is_ai.layers.layer import PublishedTable
from where_is_ai.publication.datapackage import field
from where_is_ai.publication.dictionary import dictionary
from where_is_ai.publication.duckdb_file import write_duckdb
from where_is_ai.publication.edition import as_csv
from where_is_ai.site.table_view import view
from where_is_ai.tables import Table
from where_is_ai_tests.toy_layer.layer import TOY

ROWS = pd.DataFrame({"area_code": ["35620"], "power": [1234.5678]})


def power_table(**said) -> PublishedTable:
    """A published table whose number is described as ``said``."""

    class Power(Table):
        area_code: Series[str] = column("CBSA code")
        power: Series[float] = column(**said)

    return replace(
        TOY.by_metro, name="power", model=Power, key=("area_code",), shown=("area_code", "power"),
        measure="power", place="", ids="", names="", lower_bounds={},
    )  # fmt: skip


MEGAWATTS = power_table(description="As listed", heading="Power, MW", unit="MW", decimals=1)
GIGAWATTS = power_table(description="In the owner's words", heading="Power, GW", unit="GW", decimals=3)


@pytest.fixture
def published(tmp_path):
    (tmp_path / "2026-Q2").mkdir()
    ROWS.to_parquet(tmp_path / "2026-Q2" / "power.parquet", index=False)
    return tmp_path


@pytest.mark.parametrize(
    ("table", "cell", "shown", "heading", "unit", "meaning"),
    [
        (MEGAWATTS, "1234.6", "1,234.6", "Power, MW", "MW", "As listed"),
        (GIGAWATTS, "1234.568", "1,234.568", "Power, GW", "GW", "In the owner's words"),
    ],
    ids=["megawatts", "gigawatts"],
)
def test_what_a_field_says_is_in_file_page_dictionary_and_data_package(
    table, cell, shown, heading, unit, meaning
):
    assert as_csv(ROWS, table.columns()) == f"area_code,power\n35620,{cell}\n"
    page = view(table, ROWS)
    assert (page.columns[1].heading, page.columns[1].about) == (heading, meaning)
    assert page.rows[0].cells[1].text == shown
    explained = dictionary([table])[1]
    assert (explained["unit"], explained["meaning"]) == (unit, meaning)
    packaged = field(table.columns()["power"])
    assert (packaged["unit"], packaged["description"]) == (unit, meaning)


def test_a_field_that_says_something_else_says_it_in_the_database_of_the_same_editions(
    published, monkeypatch
):
    for table in (MEGAWATTS, GIGAWATTS):
        monkeypatch.setattr(layers, "LAYERS", (replace(TOY, tables=(table,)),))
        path = write_duckdb(published, ["2026-Q2"])
        said = table.columns()["power"]
        assert comments(path) == {
            "edition": "Quarter of the edition that holds the row",
            "area_code": "CBSA code",
            "power": f"{said.description} [{said.unit}]",
        }
    before = path.read_bytes()
    assert write_duckdb(published, ["2026-Q2"]).read_bytes() == before


def test_a_column_that_only_an_older_edition_has_is_kept_without_a_comment(published, monkeypatch):
    ROWS.assign(given_up=1).to_parquet(published / "2026-Q2" / "power.parquet", index=False)
    monkeypatch.setattr(layers, "LAYERS", (replace(TOY, tables=(MEGAWATTS,)),))
    path = write_duckdb(published, ["2026-Q2"])
    before = path.read_bytes()
    assert comments(path)["given_up"] is None
    assert write_duckdb(published, ["2026-Q2"]).read_bytes() == before


def comments(path) -> dict[str, str | None]:
    with duckdb.connect(str(path), read_only=True) as database:
        return dict(
            database.execute(
                "SELECT column_name, comment FROM duckdb_columns() WHERE table_name = 'power'"
            ).fetchall()
        )


@pytest.mark.parametrize(
    ("number", "missing"),
    [
        (column("Megawatts", unit="MW"), "decimals"),
        (column("Megawatts", decimals=1), "a unit"),
        (pa.Field(), "a description"),
        (column("", unit="MW", decimals=1), "a description"),
    ],
)
def test_what_a_published_number_lacks_is_named_where_its_table_is_declared(number, missing):
    class Rough(Table):
        power: Series[float] = number

    with pytest.raises(TypeError, match=rf"Rough\.power is published without {missing}"):
        replace(MEGAWATTS, model=Rough, key=("power",))


def test_a_column_of_a_type_that_no_file_of_ours_has_is_named():
    class Dated(Table):
        day: Series[pd.Timestamp] = column("Day")

    with pytest.raises(TypeError, match=r"day is of type datetime64"):
        require_described(Dated)


def test_a_limit_on_a_text_is_one_on_its_length_and_one_on_a_number_on_its_value():
    class Limited(Table):
        name: Series[str] = column("Name", str_length={"min_value": 1})
        share_pct: Series[float] = column("Share", unit="percent", decimals=1, ge=0, le=100)

    known = columns_of(Limited)
    assert known["name"].constraints == {"minLength": 1}
    assert known["share_pct"].constraints == {"minimum": 0, "maximum": 100}


def described(kind: str, **more) -> Column:
    return Column(
        "x",
        kind,
        "X",
        "X",
        "",
        (decimals := more.pop("decimals", 0)),
        more.pop("decimals_read", decimals),
        True,
        False,
        **more,
    )


@pytest.mark.parametrize(
    ("said", "value", "text"),
    [
        (described("integer"), 1234, "1,234"),
        (described("integer"), -20.0, "−20"),
        (described("integer", signed=True), 4020, "+4,020"),
        (described("integer", signed=True), -20, "−20"),
        (described("number", decimals=1, signed=True), 0.04, "0.0"),
        (described("number", decimals=2), 1.5, "1.50"),
        (described("number", decimals=1, decimals_read=0), 1881.2, "1,881"),
        (described("number", decimals=1), float("nan"), "—"),
        (described("integer"), pd.NA, "—"),
        (described("boolean"), True, "yes"),
        (described("boolean"), None, "—"),
        (described("string"), "suppressed", "suppressed"),
        (described("string", words={"suppressed": "withheld"}), "suppressed", "withheld"),
        (described("string", words={"suppressed": "withheld"}), "other", "other"),
        (described("string", words=str.upper), "us", "US"),
        (described("string", unknown=""), None, ""),
    ],
)
def test_a_value_reads_as_people_write_it(said, value, text):
    assert said.text(value) == text


@given(st.floats(-1e9, 1e9), st.integers(0, 4))
def test_no_number_is_a_negative_zero(value, decimals):
    said = described("number", decimals=decimals)
    (written,) = as_csv(pd.DataFrame({"x": [value]}), {"x": said}).splitlines()[1:]
    for text in (written, said.text(value).replace("−", "-")):
        assert not (text.startswith("-") and float(text.replace(",", "")) == 0)


def test_a_row_that_takes_no_part_in_a_ranking_is_not_said_to_have_an_unknown_rank():
    frame = pd.DataFrame(
        {
            "area_code": ["35620", "14460"],
            "metro": ["New York", "Boston"],
            "rank": [1, None],
            "power_mw": [2.0, None],
        }
    )
    rows = view(TOY.by_metro, frame).rows
    assert [cell.text for cell in rows[0].cells] == ["1", "New York", "2.00"]
    assert [cell.text for cell in rows[1].cells] == ["not ranked", "Boston", "—"]
    assert rows[1].cells[0].value is None
