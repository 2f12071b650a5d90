"""What the documents say is there is there, and what is there is said in them."""

import argparse
import re
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest

from where_is_ai.cli import _parser, main

PROJECT = Path(__file__).resolve().parents[1]
README = PROJECT / "README.md"
SETTING = re.compile(r"""["']((?:WHERE_IS_AI|DAGSTER|OPENALEX|BROWSER)_[A-Z_]+[A-Z])["']""")
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)\)")
CODE = re.compile(r"`([^`\n]+)`")


def linked(page: Path) -> set[Path]:
    return {(page.parent / address).resolve() for address in LINK.findall(page.read_text())}


PAGES = sorted({README, *(page for page in linked(README) if page.suffix == ".md" and page.is_file())})
WORDS = "\n".join(page.read_text() for page in PAGES)


def test_every_setting_is_in_the_documents():
    modules = (PROJECT / "where_is_ai").rglob("*.py")
    read = {name for module in modules for name in SETTING.findall(module.read_text())}
    assert {"WHERE_IS_AI_DATA", "OPENALEX_API_KEY"} <= read
    assert {name for name in read if f"`{name}`" not in WORDS} == set()


def commands(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    subparsers = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    return subparsers[0].choices


def test_every_command_and_its_words_are_in_the_documents():
    reference = (PROJECT / "docs" / "reference.md").read_text()
    for name, parser in commands(_parser()).items():
        rows = [row for row in reference.split("\n") if row.startswith(f"| `where-is-ai {name}")]
        assert len(rows) == 1, name
        for action in parser._actions:
            options = [word for word in action.option_strings if word not in ("-h", "--help")]
            named = options or [] if action.option_strings else [str(action.metavar or action.dest).upper()]
            row = rows[0] if options else rows[0].upper()
            assert all(re.search(rf"(?<![\w-]){re.escape(word)}\b", row) for word in named), (name, named)


def test_no_command_or_option_is_made_up():
    there = commands(_parser())
    options = {
        word for parser in [_parser(), *there.values()] for a in parser._actions for word in a.option_strings
    }
    for said in CODE.findall(WORDS):
        if said.startswith("where-is-ai ") and not said.startswith("where-is-ai --"):
            assert said.split()[1] in {*there, "COMMAND"}, said
        elif said.startswith("--"):
            assert said.split()[0] in options | {"--hypothesis-profile=explore"}, said


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_a_page_links_to_is_there(page):
    assert {str(target) for target in linked(page) if not target.exists()} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_path_that_a_page_names_is_there(page):
    rooms = ("where_is_ai/", "where_is_ai_tests/", "benchmarks/", "docs/", "data/sample", ".github/", "defs/")
    named = {said for said in CODE.findall(page.read_text()) if said.startswith(rooms)}
    # NAME stands for a layer that is not there yet.
    missing = {
        said
        for said in named
        if "NAME" not in said
        and not (PROJECT / said).exists()
        and not (PROJECT / "where_is_ai" / said).exists()
    }
    assert missing == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_target_that_a_page_names_is_there(page):
    targets = set(re.findall(r"^([a-z-]+):", (PROJECT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"(?:`|^\s*|&& )make ([a-z-]+)", page.read_text(), re.MULTILINE))
    assert named <= targets


def test_the_tree_in_the_readme_names_the_rooms():
    tree = re.search(r"^    where_is_ai/\n((?:      .*\n)+)", README.read_text(), re.MULTILINE).group(1)
    named = re.findall(r"^      ([a-z_]+)/", tree, re.MULTILINE)
    rooms = sorted(init.parent.name for init in (PROJECT / "where_is_ai").glob("*/__init__.py"))
    assert sorted(named) == rooms


def test_the_version_is_said_once(capsys):
    declared = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]["version"]
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"where-is-ai {declared}\n"
    assert version("where-is-ai") == declared
    headings = re.findall(r"^## (.+)$", (PROJECT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert headings[:2] == ["Unreleased", declared]


def test_every_version_says_what_became_of_the_published_columns():
    versions = re.split(r"^## ", (PROJECT / "CHANGELOG.md").read_text(), flags=re.MULTILINE)[1:]
    assert [text.split("\n")[0] for text in versions if "**Columns**: " not in text] == []


TESTED = re.compile(r"`([a-z_]+/test_[a-z_]+\.py)::(test_\w+)`")


def test_each_feature_that_is_compared_has_a_page_and_a_test_that_is_there():
    rows = [
        [cell.strip() for cell in row.strip("|").split("|")]
        for row in (PROJECT / "docs" / "comparison.md").read_text().split("\n")
        if row.startswith("| ") and not row.startswith(("| Feature", "| -"))
    ]
    assert len(rows) == 19
    for feature, own, *others in rows:
        assert len(others) == 4, feature
        ((file, name),) = TESTED.findall(own)
        assert f"\ndef {name}(" in (PROJECT / "where_is_ai_tests" / file).read_text(), feature
        assert all(others), feature
