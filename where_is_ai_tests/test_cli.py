"""The command: its words, its exit status, and what it refuses before anything is asked of a source."""

import io
import json
import sys
from types import SimpleNamespace

import pytest

from where_is_ai.cli import main
from where_is_ai_tests.processes import finished


@pytest.fixture(autouse=True)
def own_data(tmp_path, monkeypatch):
    for name in ("SOURCE", "CONTACT", "MIRROR"):
        monkeypatch.delenv(f"WHERE_IS_AI_{name}", raising=False)
    monkeypatch.setenv("WHERE_IS_AI_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["run", "--quarter", "2026-Q5"], "'2026-Q5' is not a quarter. Write 2026-Q2"),
        (["run", "--quarter", "2099-Q1"], "2099-Q1 has not ended: it runs until 2099-03-31."),
        (["run", "--quarter", "2001-Q1"], "is before"),
        (["explain", "employment", "Boise", "rank", "--quarter", "2020-Q1"], "2020-Q1 is before 2020-Q2"),
        (["run", "--method", "astrology"], "The method 'astrology' is unknown. Choose one of"),
        (["run", "--live"], "Live mode needs WHERE_IS_AI_CONTACT"),
    ],
)
def test_words_that_are_off_are_explained(words, said, capsys, tmp_path):
    assert main(words) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "data" / "published").exists()


@pytest.mark.parametrize(
    "words", [[], ["measure"], ["run", "--only", "astrology"], ["run", "--live", "--sample"]]
)
def test_words_that_argparse_knows_to_be_off(words):
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2


def test_a_setting_that_is_off_is_explained(monkeypatch, capsys):
    monkeypatch.setenv("WHERE_IS_AI_SOURCE", "smaple")
    assert main(["run"]) == 2
    assert "The source 'smaple' is unknown. Choose one of sample, archive, live." in capsys.readouterr().err


@pytest.mark.slow
def test_every_command_tells_its_words():
    for command in ("run", "explain", "doctor"):
        told = finished([sys.executable, "-m", "where_is_ai.cli", command, "--help"])
        assert told.returncode == 0, told.stderr
        assert command in told.stdout


def test_postings_come_by_standard_input_too(monkeypatch, capsys):
    line = {
        "id": 7,
        "company": "X",
        "title": "Machine Learning Engineer",
        "text": "You train deep learning models.",
    }
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(json.dumps(line).encode())))
    assert main(["classify", "-", "--classifier", "keywords"]) == 0
    verdict = json.loads(capsys.readouterr().out)
    assert (verdict["id"], verdict["ai_job"]) == (7, True)


def test_what_is_off_in_standard_input_is_named_by_its_line(monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"[]")))
    assert main(["classify", "-", "--classifier", "keywords"]) == 1
    assert "standard input, line 1 is not a JSON object" in capsys.readouterr().err
