"""The first quarter on offer, 2020-Q2 with May 2019, published by a whole run over made-up workbooks."""

from pathlib import Path

import pandas as pd
import pytest

from where_is_ai.archive.fetch import Replay
from where_is_ai.archive.store import Archive
from where_is_ai.cli import main
from where_is_ai.geography.source import GAZETTEER, POPULATION
from where_is_ai.layers.employment.releases import known_releases
from where_is_ai.quarters import Quarter
from where_is_ai.settings import SAMPLE_ARCHIVE
from where_is_ai_tests.layers.employment.workbooks import LAYOUTS, metro_zip

MAY_2019 = known_releases()[0]
METROS = (("10180", "Abilene, TX"), ("12060", "Atlanta-Sandy Springs-Roswell, GA"), ("12420", "Austin, TX"))


def of_may_2019() -> list[dict]:
    return [
        {"AREA": code, "AREA_TITLE": metro, "OCC_CODE": occupation, "TOT_EMP": jobs * number, "EMP_PRSE": 5.0}
        for number, (code, metro) in enumerate(METROS, start=1)
        for occupation, jobs in (("00-0000", 100_000), ("15-1221", 100), ("15-2098", 400))
        if (code, occupation) != ("12420", "00-0000")
    ]


def mirror_of(folder: Path, contents: dict[str, bytes]) -> Path:
    for url, content in contents.items():
        path = folder / url.removeprefix("https://")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def test_before_the_first_release_there_is_none():
    assert MAY_2019.previous is None


@pytest.mark.slow
def test_the_first_quarter_is_published_without_a_nation_and_with_a_lost_total(tmp_path, monkeypatch, capsys):
    sample = Replay(Archive(SAMPLE_ARCHIVE))
    census = {each.url: sample.read(sample.get(each, Quarter(2026, 2))) for each in (GAZETTEER, POPULATION)}
    workbook = metro_zip(LAYOUTS[2], of_may_2019())
    mirror = mirror_of(tmp_path / "mirror", {MAY_2019.metro_workbook.url: workbook, **census})
    monkeypatch.delenv("DAGSTER_HOME", raising=False)
    monkeypatch.setenv("WHERE_IS_AI_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("WHERE_IS_AI_MIRROR", str(mirror))
    monkeypatch.setenv("WHERE_IS_AI_CONTACT", "maps@example.org")

    assert main(["run", "--live", "--only", "employment", "--quarter", "2020-Q2"]) == 0
    told = capsys.readouterr()
    assert "no national file" in told.out + told.err
    assert "a row 00-0000 for each area" in told.out + told.err
    edition = tmp_path / "data" / "published" / "2020-Q2"
    metros = pd.read_csv(edition / "usa_ai_employment_by_msa.csv", dtype={"area_code": str})
    metros = metros.set_index("area_code")
    assert metros["ai_workers"].to_dict() == {"10180": 500, "12060": 1000, "12420": 1500}
    assert metros["ai_per_1000"].isna().to_dict() == {"10180": False, "12060": False, "12420": True}
    assert "| 1 | Austin, TX | 1,500 | unknown |" in (edition / "usa_findings.md").read_text()
    assert not (edition / "usa_yoy_findings.md").exists()
