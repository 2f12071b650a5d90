"""What lies in deploy/ holds together: the compose file has its schema, and names what is there."""

import re
import sys
from pathlib import Path

import pytest
import yaml

from where_is_ai.settings import SETTINGS, Secrecy
from where_is_ai_tests.processes import finished

PROJECT = Path(__file__).resolve().parents[1]
DEPLOY = PROJECT / "deploy"
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
OURS = {name: service for name, service in COMPOSE["services"].items() if service["image"] == "where-is-ai"}


def test_the_compose_file_keeps_the_schema_of_compose_files():
    check = [
        str(Path(sys.executable).with_name("check-jsonschema")),
        "--builtin-schema",
        "vendor.compose-spec",
    ]
    checked = finished([*check, str(DEPLOY / "compose.yaml")])
    assert checked.returncode == 0, checked.stdout


def test_all_services_of_ours_are_of_one_image_and_share_the_data():
    assert set(OURS) == {"home", "code", "webserver", "daemon"}
    assert {tuple(service["volumes"]) for service in OURS.values()} == {("data:/data",)}
    assert {name for service in OURS.values() for name in service["depends_on"]} <= set(COMPOSE["services"])


@pytest.mark.parametrize("name", OURS)
def test_a_service_is_given_settings_that_are_read_and_no_secret_in_clear(name):
    secrecy = {setting.name: setting.secrecy for setting in SETTINGS}
    given = {
        name: value for name, value in OURS[name]["environment"].items() if not name.startswith("DAGSTER_")
    }
    assert given.keys() <= secrecy.keys()
    secrets = {each for each in given if secrecy[each] is not Secrecy.OPEN}
    assert {"WHERE_IS_AI_DATABASE", "WHERE_IS_AI_NOTIFY", "OPENALEX_API_KEY"} <= secrets
    assert [each for each in secrets if "${" not in given[each]] == []


def test_postgres_is_ready_only_once_it_answers_at_its_address():
    """While it sets itself up it answers at its socket, and then stops once more."""
    asked = COMPOSE["services"]["postgres"]["healthcheck"]["test"]
    assert asked[asked.index("--host") + 1] == "127.0.0.1"


def test_webserver_and_daemon_look_for_the_code_where_it_is_served():
    (found,) = yaml.safe_load((DEPLOY / "workspace.yaml").read_text())["load_from"]
    code = COMPOSE["services"]["code"]["command"]
    server = found["grpc_server"]
    assert server["host"] == "code"
    assert str(server["port"]) == code[code.index("--port") + 1]
    assert server["location_name"] == code[code.index("--location-name") + 1]
    for name in ("webserver", "daemon"):
        assert COMPOSE["services"][name]["command"][-1] == "deploy/workspace.yaml"


def test_the_image_is_made_of_files_that_are_there_and_without_what_is_local():
    words = (DEPLOY / "Dockerfile").read_text()
    named = set(re.findall(r"requirements[a-z-]*\.txt", words))
    assert named == {"requirements-deploy.txt", "requirements-cloud.txt"}
    assert all((PROJECT / name).is_file() for name in named)
    ignored = (PROJECT / ".dockerignore").read_text().split()
    assert {"**/.env", ".git", ".venv", "data/*", "!data/sample"} <= set(ignored)


@pytest.mark.parametrize("extra", ["ui", "deploy", "cloud"])
def test_what_an_extra_pins_is_what_was_tested(extra):
    tested, pinned = (
        {
            line.rstrip(" \\")
            for line in (PROJECT / f"requirements-{name}.txt").read_text().split("\n")
            if "==" in line
        }
        for name in ("test", extra)
    )
    assert pinned
    assert {line.partition(" ;")[0] for line in pinned} <= {line.partition(" ;")[0] for line in tested}
