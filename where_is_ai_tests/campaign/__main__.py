"""Run the campaigns and print the table: exit status 1 where any fault had a bad outcome.

What is stopped (Ctrl-C, SIGTERM) prints the table of what it tried until then.
"""

import argparse
import signal
import sys
from collections.abc import Iterator

from where_is_ai_tests.campaign import (
    concurrent,
    downloads,
    inputs_boards,
    inputs_oews,
    inputs_openalex,
    kills,
    network,
)
from where_is_ai_tests.campaign.rows import BAD, Row, table

CAMPAIGNS = {
    "network": network.run,
    "oews": inputs_oews.run,
    "openalex": inputs_openalex.run,
    "boards": inputs_boards.run,
    "kills": kills.run,
    "downloads": downloads.run,
    "concurrent": concurrent.run,
}
# Of those that take seconds a try, each is told as it is judged.
SLOW = ("kills", "downloads", "concurrent")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m where_is_ai_tests.campaign", description=__doc__)
    parser.add_argument(
        "campaigns", nargs="*", metavar="CAMPAIGN", help=f"of {', '.join(CAMPAIGNS)}; default: all"
    )
    parser.add_argument(
        "--seeds", type=int, default=1, metavar="N", help="how often each fault is tried anew"
    )
    parser.add_argument("--first-seed", type=int, default=0, metavar="N")
    arguments = parser.parse_args()
    if unknown := set(arguments.campaigns) - set(CAMPAIGNS):
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    seeds = range(arguments.first_seed, arguments.first_seed + arguments.seeds)
    bad = [name for name in arguments.campaigns or CAMPAIGNS if _is_bad(name, seeds)]
    return int(bool(bad))


def _is_bad(name: str, seeds: range) -> bool:
    """Run a campaign and print its table; whether any fault had a bad outcome. A stop ends all campaigns."""
    rows: list[Row] = []
    stopped = False
    try:
        for row in _tried(name, seeds):
            rows.append(row)
    except KeyboardInterrupt:
        stopped = True
    print(f"{name}: {len(rows):,} faults{', stopped before its end' * stopped}\n{table(rows)}\n", flush=True)
    if stopped:
        sys.exit(1)
    return any(row.verdict in BAD for row in rows)


def _tried(name: str, seeds: range) -> Iterator[Row]:
    for seed in seeds:
        for row in CAMPAIGNS[name](seed):
            if name in SLOW:
                print(f"{row.verdict}: {row.kind}: {row.fault}: {row.said}".removesuffix(": "), flush=True)
            yield row


if __name__ == "__main__":
    sys.exit(main())
