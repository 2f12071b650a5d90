"""Run the campaigns and print the table: exit status 1 where any fault had a bad outcome."""

import argparse
import sys

from where_is_ai_tests.campaign import concurrent, inputs_boards, inputs_oews, inputs_openalex, kills, network
from where_is_ai_tests.campaign.rows import BAD, table

CAMPAIGNS = {
    "network": network.run,
    "oews": inputs_oews.run,
    "openalex": inputs_openalex.run,
    "boards": inputs_boards.run,
    "kills": kills.run,
    "concurrent": concurrent.run,
}


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
    seeds = range(arguments.first_seed, arguments.first_seed + arguments.seeds)
    bad = False
    for name in arguments.campaigns or CAMPAIGNS:
        rows = [row for seed in seeds for row in CAMPAIGNS[name](seed)]
        print(f"{name}: {len(rows):,} faults\n{table(rows)}\n", flush=True)
        bad |= any(row.verdict in BAD for row in rows)
    return int(bad)


if __name__ == "__main__":
    sys.exit(main())
