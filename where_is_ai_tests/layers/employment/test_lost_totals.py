"""An area that has lost its row of all jobs is warned of, and is unknown where its jobs would be needed."""

import pandas as pd
import pytest

from where_is_ai.archive.fetch import Replay
from where_is_ai.archive.store import Archive
from where_is_ai.defs.employment.checks import without_nation
from where_is_ai.geography.source import GAZETTEER, POPULATION, read_places
from where_is_ai.layers.employment import pictures, words
from where_is_ai.layers.employment.findings import METROS, usa_findings
from where_is_ai.layers.employment.metro import roll_up
from where_is_ai.layers.employment.notes import notes
from where_is_ai.layers.employment.rules import areas_without_total
from where_is_ai.layers.employment.schema import MetroChange, MetroEmployment
from where_is_ai.layers.employment.schema_cells import OewsCells
from where_is_ai.layers.layer import Material
from where_is_ai.quarters import Quarter
from where_is_ai.settings import SAMPLE_ARCHIVE
from where_is_ai_tests.layers.employment.cells import cells

QUARTER = Quarter(2026, 2)
CELLS = cells(
    "2025-05",
    ("10180", "00-0000", 75_000, 0.5),
    ("10180", "15-1221", 40, 5.0),
    ("10180", "15-2051", 90, 5.0),
    ("12420", "15-1221", 400, 5.0),
    ("12420", "15-2051", 900, 5.0),
)


@pytest.fixture
def material() -> Material:
    sample = Replay(Archive(SAMPLE_ARCHIVE))
    places = read_places(sample, sample.get(GAZETTEER, QUARTER), sample.get(POPULATION, QUARTER))
    metros = MetroEmployment.validate(roll_up(CELLS, places, ("15-1221", "15-2051")))
    return Material(QUARTER, {METROS: metros})


def test_findings_pictures_and_words_say_unknown(material):
    findings = usa_findings(material)
    assert "In BLS's published figures Metro 12420, ST has the most AI workers, 1,300.\n" in findings
    assert "| 1 | Metro 12420, ST | 1,300 | unknown |" in findings
    first = next(material.tables[METROS].itertuples(index=False))
    assert (words.workers_text(first), words.share_text(first)) == ("1,300", "unknown")
    assert "1,300 AI workers (rank 1)" in "".join(words.hover(first, notes(material)))
    assert "1,300" in pictures.usa_heatmap(material).alt


def test_findings_of_metros_without_any_figure_say_so(material):
    none = material.tables[METROS].assign(rank_workers=pd.NA, rank_concentration=pd.NA)
    assert "BLS publishes no AI workers of any metro." in usa_findings(Material(QUARTER, {METROS: none}))


def test_a_card_without_changes_compares_with_nothing(material):
    changes = {pictures.CHANGES: MetroChange.empty()}
    drawing = pictures.usa_card(Material(QUARTER, {**material.tables, **changes}))
    (figure,) = drawing.figures.values()
    said = figure.to_json()
    assert "no earlier edition to compare with" in said
    assert "not comparable" not in said


def test_areas_without_a_total_are_listed():
    assert areas_without_total(CELLS).to_dict("records") == [
        {"release": "2025-05", "area_code": "12420", "area_title": "Metro 12420, ST"}
    ]


def test_without_a_national_file_a_comparison_warns_instead_of_passing():
    told = without_nation(CELLS)
    assert (told.passed, told.severity.value) == (False, "WARN")
    assert "no national file" in told.description
    assert without_nation(OewsCells.empty()).passed
