"""A run whose process is killed goes on where it stopped."""

import json
import multiprocessing
import os
import signal
import time
from pathlib import Path

import pytest

from where_is_ai.archive.download import CONCURRENT
from where_is_ai_tests.layers.research.made_world import grid_of_metros, made_world
from where_is_ai_tests.layers.research.openalex_server import OpenAlex
from where_is_ai_tests.layers.research.standard_run import KEY, live, measure, squares
from where_is_ai_tests.layers.research.test_standard import agree_with_truth
from where_is_ai_tests.processes import LIMIT_S

METROS = grid_of_metros(6)


def run(folder: Path, mirror: str) -> None:
    measure(live(folder, mirror, KEY), squares(METROS))


def archived(folder: Path) -> list[str]:
    """The addresses in the index, as whole lines."""
    index = folder / "archive" / "index.jsonl"
    lines = index.read_text().split("\n")[:-1] if index.exists() else []
    return [json.loads(line)["url"] for line in lines]


@pytest.mark.slow
@pytest.mark.usefixtures("no_patience")
@pytest.mark.parametrize("calls", [1, 9, 25])
def test_only_what_is_not_archived_is_asked_after_a_kill(tmp_path, calls):
    world = made_world(institutions=60, metros=6, works=3_000)
    with OpenAlex(world, key=KEY, latency_s=0.05) as service:
        process = multiprocessing.get_context("spawn").Process(target=run, args=(tmp_path, service.mirror))
        process.start()
        until = time.monotonic() + LIMIT_S
        try:
            while len(service.calls) < calls and process.is_alive() and time.monotonic() < until:
                time.sleep(0.005)
        finally:
            os.kill(process.pid, signal.SIGKILL)
        process.join()
        assert process.exitcode == -signal.SIGKILL
        time.sleep(0.2)
        before, kept = len(service.calls), archived(tmp_path)
        # What was asked for and had not come to rest: no more than are asked at the same time.
        assert len(service.paid) - len([url for url in kept if "?" in url]) <= CONCURRENT
        service.latency_s, service.rate = 0.0, 1e9
        found = measure(live(tmp_path, service.mirror, KEY), squares(METROS))
        asked_again = [call for call in service.calls[before:] if call.cost_usd]
    urls = archived(tmp_path)
    assert len(urls) == len(set(urls))
    assert urls[: len(kept)] == kept
    assert len(asked_again) == len([url for url in urls[len(kept) :] if "?" in url])
    agree_with_truth(found, world)
