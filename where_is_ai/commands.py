"""What each command of ``where-is-ai`` does, of the words that were given with it: its exit status."""

import argparse
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from where_is_ai.errors import UsageError, WhereIsAIError
from where_is_ai.files import file_or_standard_input
from where_is_ai.quarters import FIRST_QUARTER, Quarter, week_of
from where_is_ai.settings import SAMPLE_QUARTER, Settings, read_settings

SOURCE_WORDS = {
    "sample": "the sample archive",
    "archive": "what was archived",
    "live": "the sources, live",
}


def run(arguments: argparse.Namespace) -> int:
    """Measure and publish one quarter."""
    from where_is_ai.defs.launch import launch
    from where_is_ai.publication.catalog import default_method, methods, require_method
    from where_is_ai.running import tell

    settings = read_settings()
    settings = replace(settings, source=arguments.source or settings.source)
    quarter = _quarter(arguments.quarter, settings)
    job, method = arguments.only or "quarter", arguments.method or default_method(settings.source)
    if method not in methods():
        raise UsageError(f"The method {method!r} is unknown.", f"Choose one of {', '.join(methods())}.")
    require_method(method, arguments.only, settings)
    print(f"Measuring {quarter} from {SOURCE_WORDS[settings.source]}.")
    outcome = launch(job, quarter, settings, method, arguments.afresh)
    tell(outcome)
    page = settings.published / str(quarter) / "index.html"
    if outcome.succeeded and page.is_file():
        print(f"Published: {page}")
    return outcome.exit_status


def snapshot(arguments: argparse.Namespace) -> int:  # noqa: ARG001
    """Keep what sources show this week and never again, such as open postings on job boards; live, by hand or by cron.

    Ends with 1 where too many of them did not answer; what did is kept.
    """
    from where_is_ai.running import take_snapshots

    return take_snapshots(replace(read_settings(), source="live"), week_of(datetime.now(UTC).date()))


def explain(arguments: argparse.Namespace) -> int:
    """Walk a published number back to the cells it was made from and the archived answers that hold them."""
    from where_is_ai.publication import explain as walking
    from where_is_ai.publication.evidence import EditionEvidence

    settings = read_settings()
    quarter = _measured(arguments.quarter) if arguments.quarter else _latest_edition(settings)
    which = (arguments.layer, arguments.place, arguments.column, arguments.table, arguments.release)
    told = walking.explain(EditionEvidence(settings, quarter), *which, arguments.id)
    print(walking.as_json(told) if arguments.json else walking.as_text(told))
    return 0


def classify(arguments: argparse.Namespace) -> int:
    """Tell AI jobs from the rest: a JSON object per line in (id, company, title, text), one per line out.

    In is a file, or with - standard input.
    Out come id, ai_job, probability and classifier. ai_job is the classifier's own verdict (of keywords: whether any
    keyword was found); probability is the chance that it really is an AI job, calibrated on labelled postings (of
    llm: as the model states it). Where ai_job is true and probability below 0.5, such verdicts are more often wrong
    than right.
    """
    from where_is_ai.classifier.jsonl import classify_file

    with file_or_standard_input(arguments.postings) as postings:
        done = classify_file(postings, sys.stdout, arguments.classifier)
    unknown = f", {done.unknown:,} unknown" * bool(done.unknown)
    print(
        f"{done.postings:,} postings, {done.ai_jobs:,} AI jobs{unknown}, by {done.classifier}",
        file=sys.stderr,
    )
    return 0


def publish(arguments: argparse.Namespace) -> int:
    """Copy an edition to a folder or store that a web server or a static host serves, and make the site there."""
    from where_is_ai.site.build import site_address
    from where_is_ai.site.publish import publish as publish_to
    from where_is_ai.site.publish import publish_to_store
    from where_is_ai.site.upload import Store, is_address

    settings = read_settings()
    quarter = _measured(arguments.quarter) if arguments.quarter else _latest_edition(settings)
    edition, address = (settings.published, str(quarter)), arguments.address or site_address()
    if is_address(arguments.to):
        front = publish_to_store(*edition, Store.at(arguments.to), address)
    else:
        front = publish_to(*edition, Path(arguments.to), address)
    print(f"Published {quarter}: {front}")
    return 0


def set_aside(arguments: argparse.Namespace) -> int:
    """Let no run use kept bytes any more that were found bad. They stay in the archive as evidence."""
    from where_is_ai.archive.store import Archive

    archive = Archive(read_settings().own_archive)
    for entry in archive.set_aside(arguments.sha256, arguments.why, datetime.now(UTC)):
        print(f"Set aside: {entry.url} of {entry.retrieved_at}, {entry.sha256}")
    return 0


def prune(arguments: argparse.Namespace) -> int:
    """Forget old runs: what Dagster recorded of them, where later runs have said the same of every result since.

    What was archived, made and published stays as it is.
    """
    from where_is_ai.defs.pruning import prune as forget_runs
    from where_is_ai.site.writing import human_size

    before = datetime.now(UTC) - timedelta(days=arguments.older_than_days)
    done = forget_runs(read_settings(), before)
    print(f"Forgotten: {done.forgotten:,} runs, {human_size(done.freed_bytes)}; {done.left:,} are left.")
    return 0


def doctor(arguments: argparse.Namespace) -> int:
    """See whether all is there that a run needs, or whether the archive is whole, and how to mend what is not."""
    from where_is_ai.doctor import BROKEN, examine, in_words, verify_archive

    if arguments.archive:
        return verify_archive(read_settings())
    states = set()
    for finding in examine(read_settings()):
        print(in_words(finding), flush=True)
        states.add(finding.state)
    return int(BROKEN in states)


def _latest_edition(settings: Settings) -> Quarter:
    from where_is_ai.publication.edition import editions

    published = editions(settings.published)
    if not published:
        raise WhereIsAIError(f"{settings.published} holds no edition.", "Make one with where-is-ai run.")
    return Quarter.parse(published[0])


def _quarter(words: str | None, settings: Settings) -> Quarter:
    today = datetime.now(UTC).date()
    if words is None:
        return Quarter.parse(SAMPLE_QUARTER) if settings.source == "sample" else Quarter.last_ended(today)
    quarter = _measured(words)
    quarter.require_ended(today)
    return quarter


def _measured(words: str) -> Quarter:
    """The quarter that ``words`` name; raises UsageError for one too early to have an edition."""
    quarter = Quarter.parse(words)
    if quarter < Quarter.parse(FIRST_QUARTER):
        raise UsageError(
            f"{quarter} is before {FIRST_QUARTER}, the first that is measured.", "Choose a later one."
        )
    return quarter
