"""The head's numbers belong to exactly the code and lists that are here."""

import copy

import pytest

from where_is_ai.classifier import features, head, made_up, titles
from where_is_ai.classifier.head import HeadOutOfDate, check_head, load_head

RECORD = load_head().record


def test_the_head_that_ships_is_the_one_the_script_here_makes():
    check_head(RECORD)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda record: record["features"].pop(), "feature names"),
        (lambda record: record.update(recipe_sha256="0" * 64), "training script"),
        (lambda record: record["made_up"].update(sha256="0" * 64), "made-up training lists"),
    ],
)
def test_a_head_of_another_recipe_is_refused(change, named):
    record = copy.deepcopy(RECORD)
    change(record)
    with pytest.raises(HeadOutOfDate, match=f"{named}.*Train it again"):
        check_head(record)


def test_a_changed_script_is_noticed(monkeypatch, tmp_path):
    for name in head.RECIPE:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text((head.FOLDER / name).read_text())
    monkeypatch.setattr(head, "FOLDER", tmp_path)
    check_head(RECORD)
    with (tmp_path / "lexicon.py").open("a") as lexicon:
        lexicon.write("# one word more\n")
    with pytest.raises(HeadOutOfDate, match="training script"):
        check_head(RECORD)


def test_a_changed_list_is_noticed(monkeypatch):
    monkeypatch.setattr(made_up, "lines", lambda _: ["You will train models."])
    monkeypatch.setattr(made_up, "FOLDER", made_up.FOLDER.parent)
    with pytest.raises((HeadOutOfDate, FileNotFoundError)):
        check_head(RECORD)


def test_it_says_what_it_was_trained_on_and_how_it_did():
    assert RECORD["labelled"]["postings"] == 613
    assert {len(of_file) for of_file in RECORD["labelled"]["sha256"]} == {64}
    assert RECORD["features"] == list(features.NAMES)
    for held_out in ("employer", "sector"):
        value, low, high = RECORD["scores"]["embedding"][held_out]["accuracy"]
        assert low <= value <= high


def test_no_text_is_in_the_head():
    def words(value):
        if isinstance(value, dict):
            return [word for part in value.values() for word in words(part)]
        if isinstance(value, list):
            return [word for part in value for word in words(part)]
        return [value] if isinstance(value, str) else []

    assert set(words(RECORD)) <= {
        *features.NAMES,
        *titles.NAMES,
        RECORD["recipe_sha256"],
        RECORD["encoder"]["model"],
        *RECORD["labelled"]["sha256"],
        RECORD["made_up"]["sha256"],
    }
