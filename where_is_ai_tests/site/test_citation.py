"""What is cited can be found again: edition, revision, address, DOI; a sample says that it is one."""

from dataclasses import replace

import pytest

from where_is_ai.site.citation import Cited

CITED = Cited("Where is AI, 2026-Q2: Bryan & Co, TX", "2026", "revision 2", "where-is-ai-2026-q2-bryan")


def test_apa_names_what_when_and_where():
    placed = replace(
        CITED, address="https://example.org/metros/us-17780.html", kind="Data set, sample edition"
    )
    assert placed.apa == (
        "where-is-ai. (2026). Where is AI, 2026-Q2: Bryan & Co, TX (revision 2) [Data set, sample edition]. "
        "https://example.org/metros/us-17780.html"
    )
    assert replace(placed, doi="10.5555/12345678").apa.endswith("https://doi.org/10.5555/12345678")
    assert CITED.apa.endswith("[Data set].")


def test_bibtex_escapes_what_latex_reads():
    assert "title = {{Where is AI, 2026-Q2: Bryan \\& Co, TX}}" in CITED.bibtex
    assert "url" not in CITED.bibtex
    assert "doi = {10.5555/12345678}" in replace(CITED, doi="10.5555/12345678").bibtex


def test_citation_cff_is_yaml_with_all_that_the_standard_asks():
    yaml = pytest.importorskip("yaml")
    read = yaml.safe_load(replace(CITED, doi="10.5555/12345678").cff)
    assert {"cff-version", "message", "title", "authors"} <= set(read)
    assert read["cff-version"] == "1.2.0"
    assert read["type"] == "dataset"
    assert read["doi"] == "10.5555/12345678"
    assert read["authors"] == [{"name": "where-is-ai"}]
    assert "url" not in read
