"""The workflows and issue forms are what a code host can read, and name what is there."""

import re
from pathlib import Path

import pytest
import yaml

from where_is_ai_tests.processes import finished

PROJECT = Path(__file__).resolve().parents[1]
WORKFLOWS = sorted((PROJECT / ".github" / "workflows").glob("*.yml"))
QUARTERLY = PROJECT / ".github" / "workflows" / "quarterly.yml"
FORMS = sorted((PROJECT / ".github" / "ISSUE_TEMPLATE").glob("*.yml"))
QUESTIONS = [form for form in FORMS if form.name != "config.yml"]
# Every new repository has these.
LABELS = {"bug", "documentation", "duplicate", "enhancement", "help wanted", "invalid", "question", "wontfix"}
ATTRIBUTES = {
    "input": {"label", "description", "placeholder", "value"},
    "textarea": {"label", "description", "placeholder", "value", "render"},
}
PINNED = re.compile(r"[\w.-]+/[\w./-]+@(v\d+(\.\d+)*|[0-9a-f]{40})")


def read(path: Path) -> dict:
    # YAML 1.1 reads the key "on" as true; the base loader leaves every scalar a text.
    return yaml.load(path.read_text(), yaml.BaseLoader)


def steps(workflow: dict) -> list[dict]:
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_pins_its_actions_limits_its_time_and_says_what_it_may(path):
    workflow = read(path)
    assert {"name", "on", "permissions", "jobs"} <= set(workflow)
    assert all("timeout-minutes" in job for job in workflow["jobs"].values())
    used = [step["uses"] for step in steps(workflow) if "uses" in step]
    assert [action for action in used if not PINNED.fullmatch(action)] == []


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_makes_targets_that_are_there(path):
    makefile = (PROJECT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z./-]+):", makefile, re.MULTILINE))
    commands = [step["run"] for step in steps(read(path)) if step.get("run", "").startswith("make ")]
    made = {word for command in commands for word in command.split()[1:] if "=" not in word}
    assert made
    assert made <= targets


def test_every_change_is_tested_on_each_python_that_is_supported():
    workflow = read(PROJECT / ".github" / "workflows" / "check.yml")
    job = workflow["jobs"]["test"]
    assert {"push", "pull_request"} <= set(workflow["on"])
    assert job["strategy"]["matrix"]["python"] == ["3.11", "3.12", "3.13"]
    assert any(step.get("run", "").startswith("make test") for step in job["steps"])


@pytest.mark.parametrize("path", QUESTIONS, ids=lambda path: path.name)
def test_a_form_has_what_the_host_asks_of_it(path):
    form = read(path)
    assert {"name", "description", "body"} <= set(form)
    assert set(form) <= {"name", "description", "title", "labels", "body"}
    assert set(form["labels"]) <= LABELS
    ids = [question["id"] for question in form["body"]]
    assert len(ids) == len(set(ids))
    for question in form["body"]:
        assert set(question["attributes"]) <= ATTRIBUTES[question["type"]], question["id"]
        assert question["attributes"]["label"]
        assert set(question.get("validations", {})) <= {"required"}


def test_the_forms_are_for_wrong_numbers_and_changed_sources():
    assert {read(form)["name"] for form in QUESTIONS} == {"A number is wrong", "A source changed"}
    assert read(PROJECT / ".github" / "ISSUE_TEMPLATE" / "config.yml")["blank_issues_enabled"] in (
        "true",
        "false",
    )


def test_what_names_people_or_is_too_large_stays_out_of_the_public_branch(tmp_path):
    keep = next(step for step in steps(read(QUARTERLY)) if step.get("name", "").startswith("Keep "))
    script = tmp_path / "keep.sh"
    script.write_text(keep["run"])
    branch, host = tmp_path / keep["working-directory"], tmp_path / "host"
    for words in (["init", "--quiet", "--bare", str(host)], ["clone", "--quiet", str(host), str(branch)]):
        assert finished(["git", *words]).returncode == 0
    assert finished(["git", "checkout", "--quiet", "-b", "kept"], cwd=branch).returncode == 0
    for name in ("archive/answer", "archive/people", "archive/large", "tables/table", "published/edition"):
        (branch / name).parent.mkdir(exist_ok=True)
        (branch / name).write_text(name)
    (branch / "archive" / "people").chmod(0o600)
    with (branch / "archive" / "large").open("r+b") as file:
        file.truncate(101 * 2**20)
    for _ in range(2):
        kept = finished(["bash", "-e", str(script)], cwd=branch)
        assert kept.returncode == 0, kept.stderr
    listed = finished(["git", "-C", str(host), "ls-tree", "-r", "--name-only", "kept"]).stdout.split()
    assert listed == ["archive/answer", "published/edition", "tables/table"]
