"""Classifiers side by side in one run: the lexicon before the model, postings per second, memory."""

import json
import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.child import child_output
from benchmarks.rows import Row
from where_is_ai.classifier import Classifier, Posting, classifier, made_up
from where_is_ai.classifier.cascade import is_hopeless
from where_is_ai.classifier.embedding import EmbeddingClassifier, embedding_obtainable

TEXT_CHARS = 1_200
AI_SHARE = 0.05
MIXED, ALONE = 800, 40
FASTER, KEPT = 10, 0.98
CHILD = """
import io, resource, sys
from pathlib import Path
from where_is_ai.classifier import classify_file
class Sink(io.TextIOBase):
    write = lambda self, text: len(text)
classify_file(Path(sys.argv[1]), Sink(), "keywords")
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def measure() -> Iterator[Row]:
    yield lexicon_recall()
    yield Row("keywords", f"{1 / seconds_each(classifier('keywords'), mix(4 * MIXED)):,.0f} postings/s")
    yield memory()
    if not embedding_obtainable():
        yield Row("embedding", "not installed (make classifier)")
        return
    alone = seconds_each(EmbeddingClassifier(), mix(ALONE))
    behind = seconds_each(classifier("embedding"), mix(MIXED))
    yield Row("embedding alone", f"{1 / alone:,.1f} postings/s of {TEXT_CHARS:,} characters")
    yield Row(
        "embedding behind the lexicon", f"{1 / behind:,.0f} postings/s, {AI_SHARE:.0%} of them mention AI"
    )
    yield Row(
        "model alone to model behind the lexicon",
        f"{alone / behind:.1f} times faster",
        f"at least {FASTER} times",
        alone / behind >= FASTER,
    )


def lexicon_recall() -> Row:
    """How many AI jobs get past the lexicon to the model, among made-up ones of every kind."""
    jobs = [Posting("", one.title, one.text) for one in made_up.compose(6_000, seed=5) if one.ai_job]
    kept = 1 - sum(map(is_hopeless, jobs)) / len(jobs)
    return Row(
        f"AI jobs that the lexicon keeps, of {len(jobs):,}", f"{kept:.4f}", f"at least {KEPT}", kept >= KEPT
    )


def mix(count: int) -> list[Posting]:
    """Postings of TEXT_CHARS characters; AI_SHARE of them mention AI, the rest are of every other trade."""
    draw = random.Random(0)
    speaking = [Posting("", one.title, one.text) for one in made_up.compose(400, seed=3)]
    speaking = [posting for posting in speaking if not is_hopeless(posting)]
    silent = [
        line
        for name in ("other_duties", "around", "company")
        for line in made_up.lines(name)
        if is_hopeless(Posting("", "", line))
    ]
    titles = [title for title in made_up.lines("titles_other") if is_hopeless(Posting("", title, ""))]
    found = [
        draw.choice(speaking) if number % round(1 / AI_SHARE) == 0 else Posting("", draw.choice(titles), "")
        for number in range(count)
    ]
    return [
        one._replace(text=f"{one.text} {' '.join(draw.choices(silent, k=30))}"[:TEXT_CHARS]) for one in found
    ]


def seconds_each(judge: Classifier, postings: list[Posting]) -> float:
    for _ in judge.verdicts(postings[:2]):
        pass
    start = time.perf_counter()
    for _ in judge.verdicts(postings):
        pass
    return (time.perf_counter() - start) / len(postings)


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


def peak_mb(path: Path, count: int) -> float:
    postings = mix(500)
    with path.open("w") as lines:
        for number in range(count):
            lines.write(json.dumps({"id": number, **postings[number % len(postings)]._asdict()}) + "\n")
    return float(child_output("-c", CHILD, str(path)))
