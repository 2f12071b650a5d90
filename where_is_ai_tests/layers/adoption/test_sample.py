"""What the sample archive's real figures say of the states, and how a quarter without metros is published."""

from pathlib import Path

import pandas as pd
import pytest

from where_is_ai import cli
from where_is_ai.archive.fetch import Replay
from where_is_ai.archive.store import Archive
from where_is_ai.geography.names import state_names_by_code
from where_is_ai.layers.adoption.checks import outside_their_cycles, strata_lost
from where_is_ai.layers.adoption.origin import RECEIVED
from where_is_ai.layers.adoption.pictures import states_map
from where_is_ai.layers.adoption.quarter import by_state
from where_is_ai.layers.adoption.source import STATES, read_answers, read_cycles
from where_is_ai.maps.notes import EditionNotes
from where_is_ai.maps.style import LAND, MUTED
from where_is_ai.quarters import Quarter
from where_is_ai.settings import SAMPLE_ARCHIVE

QUARTER = Quarter(2025, 2)
NOTES = EditionNotes(str(QUARTER), "Census BTOS", str(QUARTER), "mean of two-week cycles")
LIBRARY = Replay(Archive(Path(SAMPLE_ARCHIVE)))


@pytest.fixture(scope="module")
def answers() -> pd.DataFrame:
    return read_answers(LIBRARY, LIBRARY.get(STATES, QUARTER))


@pytest.fixture(scope="module")
def states(answers) -> pd.DataFrame:
    cycles = read_cycles(LIBRARY, LIBRARY.get(STATES, QUARTER))
    return by_state(answers, cycles, state_names_by_code(), QUARTER, RECEIVED).set_index("state", drop=False)


def test_the_real_file_has_six_of_the_quarter_s_seven_cycles(states):
    assert (states.loc["CA", "cycles"], states.loc["CA", "cycles_in_quarter"]) == (6, 7)
    assert states.loc["CA", "ai_use_pct"] == pytest.approx((11.5 + 9.4 + 9.8 + 9.3 + 10.1 + 8.6) / 6)


def test_mississippi_is_suppressed_throughout_and_the_district_in_part(states):
    assert pd.isna(states.loc["MS", "ai_use_pct"])
    assert states.loc["DC", "selected"]
    assert pd.isna(states.loc["DC", "rank"])


def test_the_checks_find_a_share_that_its_cycles_don_t_have_and_a_state_that_is_lost(states, answers):
    assert outside_their_cycles(states, answers, "state").empty
    wrong = states.assign(ai_use_pct=states["ai_use_pct"].where(states["state"] != "UT", 99.0))
    assert list(outside_their_cycles(wrong, answers, "state")["state"]) == ["UT"]
    assert list(strata_lost(states["state"].drop("UT"), state_names_by_code())["lost"]) == ["UT"]


@pytest.mark.slow
def test_a_quarter_without_metros_is_published_by_state(tmp_path, monkeypatch):
    monkeypatch.setenv("WHERE_IS_AI_DATA", str(tmp_path))
    assert cli.main(["run", "--sample", "--only", "adoption", "--quarter", "2025-Q2"]) == 0
    edition = tmp_path / "published" / "2025-Q2"
    assert not (edition / "usa_ai_adoption_by_metro.csv").exists()
    assert "6 of the quarter's 7 cycles" in (edition / "adoption-by-state.html").read_text().replace(
        "&#39;", "'"
    )
    assert "where-is-ai explain adoption " in (edition / "trust.html").read_text()


def test_states_are_coloured_by_their_share_hatched_where_unknown_and_grey_where_a_cycle_is_suppressed(
    states,
):
    drawn = states_map(states.reset_index(drop=True), NOTES)
    fills = {
        shape.name.rpartition(":")[2]: shape.fillcolor
        for shape in drawn.draw().layout.shapes
        if (shape.name or "").startswith("area:")
    }
    assert fills.keys() == state_names_by_code().keys()
    assert fills["MS"] == LAND
    assert fills["DC"] == MUTED
    assert fills["CA"] == drawn.colours(states.loc["CA", "ai_use_pct"])
    unknown = states.loc[states["ai_use_pct"].isna(), "name"].sort_values()
    assert f"Unknown: {', '.join(unknown)}." in drawn.alt
