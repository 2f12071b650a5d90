"""See that a Chromium is there for the pictures, and fetch one where there is none: a step of setting up.

Tried in turn: one at hand; the system's package manager, where it may install; plotly_get_chrome, which downloads one.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from where_is_ai.maps.render import find_browser

# What installs a Chromium where a package manager of this name is there.
PACKAGE_MANAGERS = {
    "apt-get": (
        ("apt-get", "update", "-q"),
        ("apt-get", "install", "-q", "-y", "--no-install-recommends", "chromium"),
    ),
    "dnf": (("dnf", "install", "-q", "-y", "chromium"),),
    "pacman": (("pacman", "-S", "--noconfirm", "chromium"),),
    "apk": (("apk", "add", "chromium"),),
}


def ensure_browser() -> Path | None:
    """The Chromium to draw with, installed if need be; None where none can be had."""
    for commands in (None, *_ways_to_install()):
        if commands and not all(_succeeds(command) for command in commands):
            continue
        if browser := find_browser():
            return browser
    return None


def _ways_to_install() -> Iterator[Sequence[Sequence[str]]]:
    prefix = _may_install()
    for manager, commands in PACKAGE_MANAGERS.items():
        if prefix is not None and shutil.which(manager):
            yield [(*prefix, *command) for command in commands]
    yield [(str(Path(sys.executable).with_name("plotly_get_chrome")), "-y")]


def _may_install() -> tuple[str, ...] | None:
    """What to put before a command that installs: nothing for root, sudo where it asks for no password."""
    if os.geteuid() == 0:
        return ()
    return ("sudo", "-n") if shutil.which("sudo") and _succeeds(("sudo", "-n", "true")) else None


def _succeeds(command: Sequence[str]) -> bool:
    print(f"$ {' '.join(command)}", flush=True)
    try:
        return subprocess.run(command, check=False, stdin=subprocess.DEVNULL).returncode == 0
    except OSError:
        return False


if __name__ == "__main__":
    browser = ensure_browser()
    print(f"Chromium: {browser}" if browser else "No Chromium could be had; the PNGs will be missing.")
