"""An edition's story says what its tables say, how sure that is, and leads to its rows."""

import shutil
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from lxml import html

from where_is_ai import layers
from where_is_ai.claims.schema import Statements
from where_is_ai.columns import UNKNOWN
from where_is_ai.publication.catalog import published_tables
from where_is_ai.publication.measures import measures_of
from where_is_ai.site.read import Published
from where_is_ai.site.story import how_sure, sayable, story
from where_is_ai.tables import as_table
from where_is_ai_tests.site.published import publish_editions
from where_is_ai_tests.toy_layer.layer import TOY

pytestmark = pytest.mark.slow
LAST = "2026-Q2"


def text(element) -> str:
    return " ".join(" ".join(element.itertext()).split())


@pytest.fixture(scope="module")
def edition(published) -> Published:
    return Published(published / LAST)


def test_each_sentence_has_its_number_its_uncertainty_and_its_row(edition):
    told = story(edition)
    assert 3 <= len(told) <= 5
    first = told[0]
    assert (
        "New York-Newark-Jersey City, NY-NJ comes first of 289 metros with 25,260 AI workers (22,957 to 27,563)"
        in (first.text)
    )
    assert first.uncertain == "Nobody can say that it has the most: 222 of 290 others have no upper bound."
    assert first.link == "jobs.html#usa_ai_employment_by_msa-35620"
    assert told[1].uncertain == (
        "The source gives no range, so that nobody can say how sure it is that it has the most."
    )
    changed = next(each for each in told if "rose by 4,020" in each.text)
    assert changed.uncertain.startswith("More than noise (give or take 3,018)")
    middle = next(each for each in told if "the one in the middle" in each.text)
    assert middle.uncertain == "Of 291 metros 220 have a lower bound only and 2 are unknown."
    assert all(each.uncertain for each in told)


def test_a_layer_that_compares_editions_is_given_the_one_before(tmp_path, edition, monkeypatch):
    papers = "world_ai_research_by_metro"
    folder = Path(shutil.copytree(edition.folder, tmp_path / "2026-Q1"))
    rows = edition.tables[papers]
    rows.assign(ai_works=rows["ai_works"] - 100).to_parquet(folder / f"{papers}.parquet")

    def change(row, edition, earlier):  # noqa: ARG001
        more = earlier and row["ai_works"] - earlier.row["ai_works"]
        return f"AI papers rose by {more} since {earlier.quarter}: nobody knows their noise." if more else ""

    (research,) = (each for each in layers.LAYERS if each.name == "research")
    comparing = replace(research, on_metro=replace(research.on_metro, change=change))
    monkeypatch.setattr(layers, "LAYERS", (comparing,))
    assert not [each for each in story(edition) if "rose" in each.text]
    (told,) = (each for each in story(edition, Published(folder)) if "rose" in each.text)
    assert told.text.endswith("AI papers rose by 100 since 2026-Q1.")
    assert told.uncertain == "Nobody knows their noise."


def test_made_up_figures_tell_no_story(edition):
    assert "usa_ai_postings_by_metro" in edition.tables
    assert not [each for each in story(edition) if "posting" in each.text.lower()]


def test_the_front_of_an_edition_tells_it_and_the_story_page_says_more(published):
    for name in ("index.html", "story.html"):
        shown = html.fromstring((published / LAST / name).read_text())
        assert "222 of 290 others have no upper bound" in text(shown.xpath("//ol[@class='story']")[0])
        assert "where-is-ai. (2026). Where is AI, 2026-Q2" in text(
            shown.xpath("//section[@aria-labelledby='cite']")[0]
        )
    assert 'type: "dataset"' in (published / LAST / "CITATION.cff").read_text()


def test_what_stands_may_be_said_and_what_does_not_has_its_reason_and_something_else(tmp_path, published):
    folder = Path(shutil.copytree(published / LAST, tmp_path / LAST))
    common = {
        "layer": "employment",
        "answered_by": "usa_ai_employment_by_msa",
        "measure": "ai_workers",
        "places": "35620",
    }
    rows = [
        {"statement_id": "a", "said": "A leads", "stands": True, "why": None, "wording": "A leads"},
        {"statement_id": "b", "said": "B leads here", "stands": False, "why": "C may", "wording": "B leads"},
        {
            "statement_id": "c",
            "said": None,
            "stands": False,
            "why": "too small",
            "wording": "C leads",
            "places": "x",
        },
    ]
    table = as_table(pd.DataFrame([common | row for row in rows]).assign(disputed_by=None), Statements)
    table.to_parquet(folder / "statements.parquet")
    stand, fall = sayable(Published(folder))
    assert [(each.said, each.link) for each in stand] == [
        ("A leads", "jobs.html#usa_ai_employment_by_msa-35620")
    ]
    assert [(each.wording, each.why, each.said) for each in fall] == [
        ("B leads", "C may", "B leads here"), ("C leads", "too small", "")
    ]  # fmt: skip
    assert fall[1].link == "jobs.html"


def test_trust_speaks_to_people_first_and_to_pipelines_behind_a_fold(published):
    shown = html.fromstring((published / LAST / "trust.html").read_text())
    order = [text(each) for each in shown.xpath("//main//section/h2")]
    assert order[:5] == [
        "What counts as AI here?",
        "What is most uncertain?",
        "Who made this?",
        "Is a number wrong?",
        "Checks of this edition",
    ]
    assert "An AI worker is somebody employed as a data scientist" in text(shown)
    assert "for 222 of 291 metros AI workers may be more than any range says" in text(shown)
    uncertain = [text(each) for each in shown.xpath("//section[@aria-labelledby='uncertain']//li")]
    assert uncertain[0] == "AI postings: the figures are made up and say nothing about the world."
    assert "A number is wrong" in text(shown.xpath("//section[@aria-labelledby='report']")[0])
    fold = shown.xpath("//section[@aria-labelledby='checks']/details")[0]
    assert "1 of 3 checks passed" in text(fold.xpath("summary")[0])
    assert fold.get("open") is not None, "a failed check is not folded away"
    assert fold.xpath(".//table")


def test_readers_report_where_the_setting_says(tmp_path, monkeypatch):
    monkeypatch.setenv("WHERE_IS_AI_REPORTS", "mailto:numbers@example.org")
    page = (publish_editions(tmp_path, pngs=False) / LAST / "trust.html").read_text()
    assert '<a href="mailto:numbers@example.org">numbers@example.org</a>' in page


def test_a_dash_is_never_said_where_there_is_nothing_to_know():
    wrong = [
        f"{table.name}.{name}"
        for table in published_tables().values()
        for name, column in table.columns().items()
        if column.nullable
        and column.kind == "string"
        and "empty where there is none" in column.description
        and column.unknown == UNKNOWN
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([(10, 9, 11), (5, 4, 6)], "That range lies above all others': it has the most."),
        (
            [(10, 5, 11), (5, 4, 6)],
            "Nobody can say that it has the most: another's upper bound reaches",
        ),
        (
            [(10, 9, 11), (5, 4, None)],
            "Nobody can say that it has the most: 1 of 1 others have no upper bound.",
        ),
        (
            [(10, None, None), (5, None, None)],
            "The source gives no range, so that nobody can say how sure it is",
        ),
    ],
)
def test_a_first_place_is_judged_as_every_superlative_is(values, said):
    table = TOY.by_metro
    rows = pd.DataFrame(values, columns=["value", "low", "high"]).astype("Float64")
    rows["area_code"] = ["35620", "14460"]
    assert how_sure(table, measures_of(TOY)[0], rows, rows.head(1)).startswith(said)
