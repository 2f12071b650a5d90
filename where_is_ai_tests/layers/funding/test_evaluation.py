"""How far tiers can be trusted: labels made by hand, and a person's verdicts on machine matches of names."""

import csv
import json
from io import TextIOWrapper
from zipfile import ZipFile

import pytest

from where_is_ai.errors import UsageError
from where_is_ai.layers.funding.evaluation import (
    Share,
    labels,
    machine_matches,
    main,
    match_precision,
    tier_b_precision,
)
from where_is_ai.layers.funding.names import INDUSTRIES, says_ai
from where_is_ai_tests.shared_folder import SHARED, needs_shared

FUNDING = SHARED / "layers" / "funding"
REAL = FUNDING / "formd_2024_reconstructed_d.zip"
MATCHES = FUNDING / "edgar_formd_matches_ai_fintech.json"


def test_each_label_has_a_reason_and_unclear_ones_count_as_wrong():
    rows = labels()
    assert rows["accession_number"].is_unique
    assert rows.notna().all(axis=None)
    assert set(rows["ai"]) == {"yes", "no", "unclear"}
    taken = rows[rows["tier_b"] == "yes"]
    assert tier_b_precision() == Share(int((taken["ai"] == "yes").sum()), len(taken))
    assert (taken["ai"] == "unclear").any()


@pytest.mark.parametrize(("right", "of"), [(9, 10), (1, 7), (42, 56)])
def test_a_share_has_wilson_s_interval(right, of):
    share = Share(right, of)
    assert share.low < share.pct < share.high
    for bound in (share.low / 100, share.high / 100):
        # Where the observed share is as far away as 1.645 standard errors of the bound itself.
        assert (right / of - bound) ** 2 == pytest.approx(1.645**2 * bound * (1 - bound) / of)


def test_matches_that_a_person_judged_are_measured_by_whether_the_names_are_the_same(tmp_path, capsys):
    judged = {
        "acme": ("Acme, Inc.", "approved"),
        "made-up": ("Made-Up Corp", "approved"),
        "ramp": ("Ramp Sports LLC", "rejected"),
        "open": ("Open Skies LLC", "approved"),
        "later": ("Later Inc.", None),
    }
    file = tmp_path / "matches.json"
    matches = {name: {"entity_name": filer, "validated": said} for name, (filer, said) in judged.items()}
    file.write_text(json.dumps({"matches": matches}))
    assert match_precision(machine_matches(file)) == (Share(3, 4), Share(2, 2))
    main([str(file)])
    assert "3 of 4 (75 %" in capsys.readouterr().out
    file.write_text("[]")
    with pytest.raises(UsageError, match="is no file of matches"):
        machine_matches(file)


@needs_shared
def test_the_measured_precision_of_real_matches_is_as_the_documents_say():
    every, same = match_precision(machine_matches(MATCHES))
    assert (every, same) == (Share(88, 150), Share(55, 55))


@needs_shared
def test_the_labels_are_of_the_real_filings_and_tier_b_s_rule_says_of_each_what_they_say():
    with ZipFile(REAL) as archive:
        tables = {
            name.rpartition("/")[2]: list(
                csv.DictReader(TextIOWrapper(archive.open(name), "utf-8"), delimiter="\t")
            )
            for name in archive.namelist()
        }
    industries = {row["ACCESSIONNUMBER"]: row["INDUSTRYGROUPTYPE"] for row in tables["OFFERING.tsv"]}
    ruled = {
        row["ACCESSIONNUMBER"]: "yes"
        if says_ai(row["ENTITYNAME"]) and industries[row["ACCESSIONNUMBER"]] in INDUSTRIES
        else "no"
        for row in tables["ISSUERS.tsv"]
    }
    assert len(ruled) == 92
    assert dict(zip(labels()["accession_number"], labels()["tier_b"], strict=True)) == ruled
