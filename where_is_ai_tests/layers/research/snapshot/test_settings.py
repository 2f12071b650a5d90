"""Settings of the method snapshot that are off are said before anything is read, with exit status 2."""

import pytest

from where_is_ai.cli import main
from where_is_ai.defs.outcome import Outcome
from where_is_ai.errors import UsageError
from where_is_ai.layers.research.snapshot.folder import open_snapshot
from where_is_ai.layers.research.snapshot.steps import require

LIVE = ["run", "--archive", "--only", "research", "--method", "snapshot"]
FOLDER, ENGINE = "WHERE_IS_AI_SNAPSHOT", "WHERE_IS_AI_ENGINE"


@pytest.fixture(autouse=True)
def nothing_set(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WHERE_IS_AI_DATA", str(tmp_path / "data"))
    for name in (FOLDER, ENGINE):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("words", "settings", "said"),
    [
        (LIVE, {}, f"{FOLDER} is not set"),
        (LIVE, {FOLDER: "openalex", ENGINE: "dask"}, "engine 'dask' is unknown"),
        (LIVE, {FOLDER: "nobody://openalex"}, "of the scheme nobody, which can't be read here"),
        (LIVE, {FOLDER: "memory://openalex", ENGINE: "local[2]"}, "which Spark's workers can't"),
        ([*LIVE, "--sample"], {FOLDER: "openalex"}, "sample archive holds no snapshot"),
    ],
    ids=["folder", "engine", "scheme", "spark", "sample"],
)
def test_a_setting_that_is_off_ends_the_run_with_2_before_it_begins(
    monkeypatch, capsys, tmp_path, words, settings, said
):
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    assert main([word for word in words if "--sample" not in words or word != "--archive"]) == 2
    told = capsys.readouterr()
    assert said in told.err
    assert "Measuring" not in told.out
    assert not (tmp_path / "data" / "tables").exists()


def test_a_run_of_another_layer_does_not_need_them(monkeypatch):
    asked, done = [], Outcome(succeeded=True, failures={}, left_out={}, errors={}, warnings={})
    monkeypatch.setattr("where_is_ai.defs.launch.launch", lambda *given: asked.append(given) or done)
    assert main(["run", "--sample", "--only", "employment", "--method", "snapshot"]) == 0
    assert len(asked) == 1


def test_without_a_folder_the_setting_is_named():
    with pytest.raises(UsageError, match="WHERE_IS_AI_SNAPSHOT is not set"):
        open_snapshot("")
    with pytest.raises(UsageError, match="WHERE_IS_AI_SNAPSHOT is not set"):
        require({}, "archive")
