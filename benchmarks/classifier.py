"""Classifiers side by side in one run: the lexicon before the model, postings per second, memory."""

import json
import os
import random
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.child import child_output
from benchmarks.rows import Row
from where_is_ai.classifier import Classifier, Posting, Verdict, classifier, lexicon, made_up, title_only
from where_is_ai.classifier.cascade import Cascade, is_hopeless
from where_is_ai.classifier.choice import PROCESSES_SETTING
from where_is_ai.classifier.encoder import embedding_obtainable, model_source, sentence_transformer
from where_is_ai.classifier.features import read_posting
from where_is_ai.classifier.text import sentences

TEXT_CHARS = 1_200
AI_SHARE, NEW_SHARE = 0.05, 0.59
"""How many postings get past the lexicon, and how many of their sentences stand in no other (of 600 real: 59 %)."""
MIXED = 4_000
FASTER, KEPT = 5, 0.98
TITLES, TITLE_SECONDS = 100_000, 30
FEW, MANY, MEMORY_GROWTH = 1_000_000, 5_000_000, 1.2
CHILD = """
import io, resource, sys
from pathlib import Path
from where_is_ai.classifier import classify_file
class Sink(io.TextIOBase):
    write = lambda self, text: len(text)
classify_file(Path(sys.argv[1]), Sink(), "keywords")
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""
VERDICTS_CHILD = """
import resource, sys
from pathlib import Path
from where_is_ai.classifier import classifier
from where_is_ai.layers.postings.verdicts import write_verdicts
write_verdicts(Path(sys.argv[1]), classifier("keywords"), Path(sys.argv[2]))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def measure() -> Iterator[Row]:
    yield lexicon_recall()
    yield Row("keywords", f"{1 / seconds_each(classifier('keywords'), mix(MIXED)):,.0f} postings/s")
    yield titles()
    yield memory()
    yield memory_of_a_quarter()
    if not embedding_obtainable():
        yield Row("embedding", "not installed (make classifier)")
        return
    postings = mix(MIXED)
    behind = seconds_each(classifier("embedding"), postings)
    plain = seconds_each(Cascade(PostingByPosting()), postings)
    yield Row(
        "embedding behind the lexicon",
        f"{1 / behind:,.0f} postings/s of CPU, {AI_SHARE:.0%} of them speak of AI",
    )
    yield Row(
        "embedding behind the lexicon, to encoding posting by posting",
        f"{plain / behind:.1f} times faster",
        f"at least {FASTER} times",
        plain / behind >= FASTER,
    )
    yield in_processes(postings)


class PostingByPosting:
    """The plain way: every sentence of a posting is encoded, four at a time, whatever was read before."""

    name = label = "posting by posting"

    def __init__(self) -> None:
        self._model = sentence_transformer(model_source())

    def verdicts(self, postings: Iterator[Posting]) -> Iterator[Verdict]:
        for posting in postings:
            read = read_posting(*posting)
            self._model.encode([read.title, *read.sentences], batch_size=4, show_progress_bar=False)
            yield Verdict(False, 0.0)


def titles() -> Row:
    """Judging distinct titles alone."""
    draw = random.Random(0)
    known = made_up.lines("titles_ai") + made_up.lines("titles_other")
    written = pd.Series([f"{draw.choice(known)}, team {number}" for number in range(TITLES)])
    start = time.perf_counter()
    title_only(written)
    seconds = time.perf_counter() - start
    return Row(
        f"{TITLES:,} titles alone", f"{seconds:.1f} s", f"within {TITLE_SECONDS} s", seconds <= TITLE_SECONDS
    )


def in_processes(postings: list[Posting]) -> Row:
    """As many processes as cores against one, by the clock, their start left out."""
    cores = os.cpu_count() or 1
    one, many = (_clocked(postings, processes) for processes in (1, cores))
    return Row(f"embedding in {cores} processes, to one", f"{one / many:.1f} times faster")


def _clocked(postings: list[Posting], processes: int) -> float:
    os.environ[PROCESSES_SETTING] = str(processes)
    try:
        judge = classifier("embedding")
    finally:
        del os.environ[PROCESSES_SETTING]
    verdicts = judge.verdicts(postings * 3)
    next(verdicts)
    start = time.perf_counter()
    rest = sum(1 for _ in verdicts)
    return (time.perf_counter() - start) / max(rest, 1)


def lexicon_recall() -> Row:
    """How many AI jobs get past the lexicon to the model, among made-up ones of every kind."""
    jobs = [Posting("", one.title, one.text) for one in made_up.compose(6_000, seed=5) if one.ai_job]
    kept = 1 - sum(map(is_hopeless, jobs)) / len(jobs)
    return Row(
        f"AI jobs that the lexicon keeps, of {len(jobs):,}", f"{kept:.4f}", f"at least {KEPT}", kept >= KEPT
    )


def mix(count: int) -> list[Posting]:
    """Postings of TEXT_CHARS characters; AI_SHARE of them speak of AI, the rest are of every other trade."""
    draw = random.Random(0)
    speaking = [Posting("", one.title, one.text) for one in made_up.compose(400, seed=3)]
    speaking = [posting for posting in speaking if not is_hopeless(posting)]
    silent = [
        line
        for name in ("other_duties", "around", "company")
        for line in made_up.lines(name)
        if not lexicon.HOPE_IN_TEXT.search(line)
    ]
    titles = [title for title in made_up.lines("titles_other") if is_hopeless(Posting("", title, ""))]
    found = []
    for number in range(count):
        speaks = number % round(1 / AI_SHARE) == 0
        one = draw.choice(speaking) if speaks else Posting("", draw.choice(titles), "")
        one = one._replace(text=f"{one.text} {' '.join(draw.choices(silent, k=30))}"[:TEXT_CHARS])
        found.append(_with_new_sentences(one, draw, number))
    return found


def _with_new_sentences(posting: Posting, draw: random.Random, number: int) -> Posting:
    """``posting`` with NEW_SHARE of its sentences made its own."""
    said = [
        f"{sentence.rstrip('.')} (team {number})." if draw.random() < NEW_SHARE else sentence
        for _, sentence in sentences(posting.text)
    ]
    return posting._replace(text=" ".join(said))


def seconds_each(judge: Classifier, postings: list[Posting]) -> float:
    """Seconds of CPU for a posting: what else the machine does at the time hardly counts."""
    for _ in judge.verdicts([Posting("", "Machine Learning Engineer", "You train models.")]):
        pass
    start = time.process_time()
    for _ in judge.verdicts(postings):
        pass
    return (time.process_time() - start) / len(postings)


def memory() -> Row:
    """Peak memory of judging a file, at ten times its length."""
    with tempfile.TemporaryDirectory() as folder:
        small, large = (peak_mb(Path(folder) / "postings.jsonl", count) for count in (2_000, 20_000))
    return Row(
        "memory for 20,000 postings in a file, over that for 2,000",
        f"{large:.0f} MB over {small:.0f} MB",
        "not a tenth more",
        large < 1.1 * small,
    )


def memory_of_a_quarter() -> Row:
    """Peak memory of writing the verdicts of a quarter's postings, at five times their number.

    Postings are short and judged by keywords: what grows is what the stream holds, and that is the same for all.
    """
    with tempfile.TemporaryDirectory() as folder:
        postings, out = Path(folder) / "postings.parquet", Path(folder) / "verdicts.parquet"
        peaks = []
        for count in (FEW, MANY):
            write_quarter(postings, count)
            peaks.append(float(child_output("-c", VERDICTS_CHILD, str(postings), str(out))))
    few, many = peaks
    return Row(
        f"memory for the verdicts on {MANY:,} postings, over that on {FEW:,}",
        f"{many:.0f} MB over {few:.0f} MB",
        f"at most {MEMORY_GROWTH} times",
        many <= MEMORY_GROWTH * few,
    )


def write_quarter(path: Path, count: int, rows: int = 100_000) -> None:
    """A parquet file of ``count`` short postings, in groups of ``rows``."""
    known = made_up.lines("titles_other")
    schema = pa.schema([(name, pa.string()) for name in ("posting_id", "company", "title", "text")])
    numbers = iter(range(count))
    with pq.ParquetWriter(path, schema) as writer:
        while group := list(islice(numbers, rows)):
            columns = {
                "posting_id": [f"posting-{number}" for number in group],
                "company": [f"Employer {number % 5_000}" for number in group],
                "title": [known[number % len(known)] for number in group],
                "text": [f"You do the work that team {number} is there for." for number in group],
            }
            writer.write_table(pa.table(columns, schema))


def peak_mb(path: Path, count: int) -> float:
    postings = mix(500)
    with path.open("w") as lines:
        for number in range(count):
            lines.write(json.dumps({"id": number, **postings[number % len(postings)]._asdict()}) + "\n")
    return float(child_output("-c", CHILD, str(path)))
