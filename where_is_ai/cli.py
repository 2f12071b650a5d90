"""The command ``where-is-ai``. Exit status: 0 done, 1 the run or a check failed, 2 the words are off."""

import argparse
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from where_is_ai import commands
from where_is_ai.commands import SOURCE_WORDS
from where_is_ai.endings import ended, take_over_interruptions
from where_is_ai.settings import SAMPLE_QUARTER, SOURCES


def main(words: Sequence[str] | None = None) -> int:
    """Run the command with ``words`` (the process's own by default) and give its exit status."""
    if words is None:
        take_over_interruptions()
    return ended(lambda: _obey(words))


def _obey(words: Sequence[str] | None) -> int:
    # Only now are the layers loaded, which takes seconds: an interruption may fall into that.
    arguments = _parser().parse_args(words)
    return arguments.command(arguments)


def _layer_names() -> list[str]:
    from where_is_ai.layers import LAYERS

    return [layer.name for layer in LAYERS]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="where-is-ai", description="Where AI actually happens, by metro, from primary sources."
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {version('where-is-ai')}")
    known = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_run(known)
    _add_snapshot(known)
    _add_explain(known)
    _add_classify(known)
    _add_publish(known)
    _add_archive(known)
    _add_prune(known)
    _add_doctor(known)
    return parser


def _add_run(known) -> None:
    command = known.add_parser(
        "run", help="measure and publish one quarter", description=commands.run.__doc__
    )
    command.add_argument(
        "--quarter",
        metavar="2026-Q2",
        help=f"default: the latest that has ended; {SAMPLE_QUARTER} for the sample",
    )
    sources = command.add_mutually_exclusive_group()
    for source in SOURCES:
        sources.add_argument(
            f"--{source}",
            dest="source",
            action="store_const",
            const=source,
            help=f"take answers from {SOURCE_WORDS[source]}",
        )
    command.add_argument("--only", choices=_layer_names(), help="one layer and what is published of it")
    command.add_argument(
        "--method",
        metavar="NAME",
        help="method of the layer that knows several; default: article for the sample, else standard",
    )
    command.add_argument(
        "--afresh", action="store_true", help="make everything again, also what nothing has changed for"
    )
    command.set_defaults(command=commands.run)


def _add_snapshot(known) -> None:
    command = known.add_parser(
        "snapshot", help="keep what job boards show this week", description=commands.snapshot.__doc__
    )
    command.set_defaults(command=commands.snapshot)


def _add_explain(known) -> None:
    command = known.add_parser(
        "explain", help="walk a published number back to its source", description=commands.explain.__doc__
    )
    command.add_argument("layer", choices=_layer_names())
    command.add_argument("place", metavar="PLACE", help='a metro or institution by name or id, "New York"')
    command.add_argument("column", metavar="COLUMN", help="a column of a published table, ai_workers")
    command.add_argument("--quarter", metavar="2026-Q2", help="default: the latest edition")
    command.add_argument("--table", metavar="NAME", help="default: the layer's first that has the column")
    command.add_argument(
        "--release", metavar="2024-05", help="of several rows of a place; default: the latest"
    )
    command.add_argument(
        "--id", action="append", default=[], help="which of several rows of a place: 15-1221"
    )
    command.add_argument("--json", action="store_true", help="for programs")
    command.set_defaults(command=commands.explain)


def _add_classify(known) -> None:
    command = known.add_parser(
        "classify", help="tell AI jobs from the rest", description=commands.classify.__doc__
    )
    command.add_argument("postings", metavar="POSTINGS.jsonl", type=Path)
    command.add_argument(
        "--classifier",
        metavar="NAME",
        help="keywords, title, embedding or llm; default: WHERE_IS_AI_CLASSIFIER, else the best that is installed",
    )
    command.set_defaults(command=commands.classify)


def _add_publish(known) -> None:
    command = known.add_parser(
        "publish", help="copy an edition to where it is served", description=commands.publish.__doc__
    )
    command.add_argument(
        "--to",
        metavar="FOLDER",
        required=True,
        help="made where it is missing; or an address, s3://BUCKET/PATH",
    )
    command.add_argument("--quarter", metavar="2026-Q2", help="default: the latest edition")
    command.add_argument(
        "--address",
        metavar="URL",
        help="where the site will be, so that shared links show their picture; default: WHERE_IS_AI_SITE",
    )
    command.set_defaults(command=commands.publish)


def _add_archive(known) -> None:
    command = known.add_parser("archive", help="look after what was archived")
    actions = command.add_subparsers(required=True, metavar="ACTION")
    action = actions.add_parser(
        "set-aside",
        help="let no run use kept bytes that were found bad",
        description=commands.set_aside.__doc__,
    )
    action.add_argument("sha256", metavar="SHA256", help="of the kept bytes, or how it begins")
    action.add_argument("--why", metavar="TEXT", required=True, help="what is wrong with them")
    action.set_defaults(command=commands.set_aside)


def _add_prune(known) -> None:
    command = known.add_parser("prune", help="forget old runs", description=commands.prune.__doc__)
    command.add_argument(
        "--older-than-days",
        metavar="DAYS",
        type=_days,
        default=30,
        help="runs that ended later stay; default: 30",
    )
    command.set_defaults(command=commands.prune)


def _days(words: str) -> int:
    if not words.isdecimal():
        raise argparse.ArgumentTypeError(f"{words!r} is no number of days, such as 30")
    return int(words)


def _add_doctor(known) -> None:
    command = known.add_parser(
        "doctor", help="see whether all is there that a run needs", description=commands.doctor.__doc__
    )
    command.add_argument(
        "--archive", action="store_true", help="verify every kept answer against its sha256 and the index"
    )
    command.set_defaults(command=commands.doctor)


if __name__ == "__main__":
    sys.exit(main())
