"""``where-is-ai publish``: an edition arrives whole or not at all, and the front page tells of it last."""

import json
import shutil
from pathlib import Path

import pytest

from where_is_ai import cli
from where_is_ai.errors import WhereIsAIError
from where_is_ai.site import publish as publishing
from where_is_ai.site.publish import publish
from where_is_ai.site.record import FOLDER as RECORD
from where_is_ai_tests.site.published import publish_editions

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> Path:
    data = tmp_path_factory.mktemp("data")
    publish_editions(data, pngs=False)
    return data


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_command_copies_an_edition_and_makes_the_site_of_what_is_there(
    data, tmp_path, monkeypatch, capsys
):
    monkeypatch.setenv("WHERE_IS_AI_DATA", str(data))
    to = tmp_path / "www"
    assert cli.main(["publish", "--to", str(to), "--quarter", "2026-Q1"]) == 0
    assert "2026-Q2/" not in (to / "index.html").read_text()
    assert cli.main(["publish", "--to", str(to), "--address", "https://example.org/ai/"]) == 0
    assert str(to / "index.html") in capsys.readouterr().out
    front = (to / "index.html").read_text()
    assert front.index("2026-Q2/index.html") < front.index("2026-Q1/index.html")
    for name in ("usa_ai_employment_by_msa.csv", "datapackage.json", "provenance.json"):
        assert (to / "2026-Q2" / name).read_bytes() == (data / "published/2026-Q2" / name).read_bytes()
    assert (to / "where-is-ai.duckdb").is_file()
    assert [path.name for path in to.rglob(".*")] == [RECORD]


def test_the_front_page_is_written_last(data, tmp_path, monkeypatch):
    to = tmp_path / "www"
    publish(data / "published", "2026-Q1", to)
    before = (to / "index.html").read_bytes()
    monkeypatch.setattr(publishing, "build_site", lambda *_: pytest.fail("stopped before the site"))
    with pytest.raises(pytest.fail.Exception):
        publish(data / "published", "2026-Q2", to)
    assert (to / "index.html").read_bytes() == before
    assert (to / "2026-Q2/datapackage.json").is_file()


def test_a_copy_that_breaks_off_changes_nothing(data, tmp_path, monkeypatch):
    to = tmp_path / "www"
    publish(data / "published", "2026-Q2", to)
    before = files(to)

    def half(source, target, **_):
        target.mkdir(parents=True, exist_ok=True)
        shutil.copy(source / "provenance.json", target)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(publishing.shutil, "copytree", half)
    with pytest.raises(WhereIsAIError, match=r"2026-Q2: No space left on device\. Nothing there was changed"):
        publish(data / "published", "2026-Q2", to)
    assert files(to) == before


def test_of_many_files_that_can_not_be_copied_one_is_told(data, tmp_path, monkeypatch):
    def fail(*_, **__):
        raise shutil.Error([(f"a{number}", f"b{number}", "No space left on device") for number in range(300)])

    monkeypatch.setattr(publishing.shutil, "copytree", fail)
    with pytest.raises(WhereIsAIError, match=r"2026-Q2: No space left on device\. Nothing there") as said:
        publish(data / "published", "2026-Q2", tmp_path / "www")
    assert len(str(said.value)) < 500


def test_an_edition_that_is_not_there_is_refused_by_name(data, tmp_path):
    with pytest.raises(WhereIsAIError, match=r"no edition 2025-Q4.*2026-Q2, 2026-Q1"):
        publish(data / "published", "2025-Q4", tmp_path / "www")


@pytest.mark.parametrize("where", [".", "2026-Q2", "..", "below"])
def test_editions_are_not_published_into_themselves(data, where):
    with pytest.raises(WhereIsAIError, match="Choose another folder"):
        publish(data / "published", "2026-Q2", data / "published" / where)


@pytest.mark.parametrize(("source", "said"), [("live", "a live"), ("archive", "an archive")])
def test_a_sample_never_replaces_what_was_received(data, tmp_path, source, said):
    to = tmp_path / "www"
    publish(data / "published", "2026-Q2", to)
    path = to / "2026-Q2/provenance.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"source": source}))
    with pytest.raises(WhereIsAIError, match=f"holds {said} edition"):
        publish(data / "published", "2026-Q2", to)
