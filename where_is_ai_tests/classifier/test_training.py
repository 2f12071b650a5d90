"""Running the script again gives the numbers that ship."""

import hashlib

import numpy as np
import pytest

from where_is_ai.classifier.encoder import shared_encoder
from where_is_ai.classifier.head import load_head
from where_is_ai.classifier.readings import Readings
from where_is_ai_tests.classifier.installed import needs_embedding
from where_is_ai_tests.shared_folder import SHARED, needs_shared

pytestmark = [needs_embedding, pytest.mark.slow]
LABELLED = [SHARED / "postings" / name for name in ("labelled_postings.jsonl", "postings_all_sectors.jsonl")]


def test_the_made_up_lists_give_the_language_weights_that_ship():
    from where_is_ai.classifier.fitting import fit_language

    made, shipped = fit_language(shared_encoder().encode), load_head().language
    for name, value in vars(shipped).items():
        assert np.allclose(getattr(made, name), value, atol=5e-3), name


@needs_shared
def test_the_labelled_postings_give_the_weights_that_ship():
    from where_is_ai.classifier.cross_validation import read_labelled
    from where_is_ai.classifier.fitting import fit_calibrated, fit_title
    from where_is_ai.classifier.train import read_made_up, read_tables

    head = load_head()
    readings = Readings(head.language, shared_encoder())
    assert [hashlib.sha256(path.read_bytes()).hexdigest() for path in LABELLED] == (
        head.record["labelled"]["sha256"]
    )
    labelled, made = read_labelled(read_tables(LABELLED), readings), read_made_up(readings)
    every = np.arange(len(labelled.ai_job))
    posting, _ = fit_calibrated(labelled.posting_examples(every), labelled.employer, made.postings)
    title = fit_title(labelled.title_examples(every), made.titles)
    for again, shipped, rows in (
        (posting, head.posting, labelled.rows),
        (title, head.title, labelled.title_rows),
    ):
        assert np.abs(again.probabilities(rows) - shipped.probabilities(rows)).max() < 0.02
