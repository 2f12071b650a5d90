"""Running the script again gives the numbers that ship."""

import hashlib

import numpy as np
import pandas as pd
import pytest

from where_is_ai.classifier.embedding import shared_encoder
from where_is_ai.classifier.head import load_head
from where_is_ai_tests.classifier.installed import needs_embedding
from where_is_ai_tests.shared_folder import SHARED, needs_shared

pytestmark = [needs_embedding, pytest.mark.slow]
LABELLED = SHARED / "postings" / "labelled_postings.jsonl"


def test_the_made_up_lists_give_the_language_weights_that_ship():
    from where_is_ai.classifier.train import fit_language

    made, shipped = fit_language(shared_encoder()), load_head().language
    for name, value in vars(shipped).items():
        assert np.allclose(getattr(made, name), value, atol=5e-3), name


@needs_shared
def test_the_labelled_postings_give_the_posting_weights_that_ship():
    from where_is_ai.classifier.train import fit_calibrated, read_labelled, read_made_up

    head, encoder = load_head(), shared_encoder()
    assert hashlib.sha256(LABELLED.read_bytes()).hexdigest() == head.record["labelled"]["sha256"]
    labelled = read_labelled(pd.read_json(LABELLED, lines=True), head.language, encoder)
    synthetic = read_made_up(head.language, encoder)
    made, _ = fit_calibrated(labelled, synthetic, np.arange(len(labelled.ai_job)))
    assert np.abs(made.probabilities(labelled.rows) - head.posting.probabilities(labelled.rows)).max() < 0.02
