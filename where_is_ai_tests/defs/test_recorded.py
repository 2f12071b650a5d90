"""A run is recorded with its choices and its errors, and with nothing secret among them."""

from pathlib import Path

import pytest

from where_is_ai.archive import download
from where_is_ai.cli import main
from where_is_ai.redaction import redacted
from where_is_ai_tests.loopback import Answer, Asked, Loopback

KEY, PASSWORD, CONTACT = "K3y/+s3cr3t", "p4ssw/rd", "reader@example.org"


def echo(asked: Asked, number: int) -> Answer:  # noqa: ARG001
    """A source that refuses and gives back all that it was told."""
    said = f"{asked.path} {asked.headers} {KEY} {PASSWORD}"
    return Answer(f"<html><title>No access: {said}</title></html>".encode(), 403)


@pytest.mark.slow
@pytest.mark.parametrize("layer", ["research", "employment"])
def test_a_failed_run_records_neither_key_nor_contact_nor_password(tmp_path, monkeypatch, capfd, layer):
    monkeypatch.setattr(download, "FIRST_WAIT_S", 0.001)
    monkeypatch.delenv("DAGSTER_HOME", raising=False)
    with Loopback(echo) as server:
        for name, value in {
            "WHERE_IS_AI_DATA": str(tmp_path),
            "WHERE_IS_AI_CONTACT": CONTACT,
            "WHERE_IS_AI_MIRROR": server.url.replace("://", "://user:p4ssw%2Frd@"),
            "OPENALEX_API_KEY": KEY,
        }.items():
            monkeypatch.setenv(name, value)
        assert main(["run", "--live", "--only", layer, "--quarter", "2026-Q2"]) == 1
    assert CONTACT in server.asked[0].headers["User-Agent"]
    told = capfd.readouterr()
    assert "No access" in told.err
    for where, text in [("output", told.out + told.err), *_texts_in(tmp_path)]:
        assert redacted(text, (KEY, PASSWORD, CONTACT)) == text, where


def _texts_in(folder: Path) -> list[tuple[str, str]]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert any(path.suffix == ".db" for path in files)
    return [(path.name, path.read_bytes().decode("latin-1")) for path in files]
