"""A quarter's run leaves a folder that any static host can serve, with the results of its own checks."""

import json

import frictionless
import pytest
from lxml import html

from where_is_ai import cli
from where_is_ai.site.build import build_site
from where_is_ai_tests.strict_json import no_json

pytestmark = pytest.mark.slow


def test_a_run_publishes_the_site_with_what_its_checks_found(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("WHERE_IS_AI_DATA", str(tmp_path))
    monkeypatch.delenv("WHERE_IS_AI_SOURCE", raising=False)
    assert cli.main(["run", "--quarter", "2026-Q2", "--only", "employment"]) == 0, capsys.readouterr()
    published = tmp_path / "published"
    trust = html.fromstring((published / "2026-Q2/trust.html").read_text())
    checks = [row.text_content() for row in trust.xpath("//section[@aria-labelledby='checks']//tbody/tr")]
    told = next(row for row in checks if "metro totals match source rows" in row)
    assert "passed" in told
    assert "each area of the workbook once, with the sum of its published AI cells" in told
    assert not [row for row in checks if "not run" in row or "openalex" in row]
    assert "oesm25ma.zip" in trust.xpath("//section[@aria-labelledby='sources']")[0].text_content()
    walk = html.fromstring((published / "metros/us-35620.html").read_text()).xpath("//details/pre")[0].text
    inputs = json.loads((published / "2026-Q2/provenance.json").read_text())["inputs"]
    assert any(given["sha256"] in walk for given in inputs)
    research = html.fromstring((published / "2026-Q2/research.html").read_text())
    assert "Not measured in this edition" in research.find_class("lead")[0].text
    assert frictionless.validate(str(published / "2026-Q2/datapackage.json")).valid
    assert (published / "where-is-ai.duckdb").is_file()
    assert len(list(published.rglob("*.json"))) > 3
    assert no_json(tmp_path) == {}
    pages = {path: path.read_bytes() for path in published.rglob("*.html")}
    build_site(published)
    assert {path: path.read_bytes() for path in published.rglob("*.html")} == pages
