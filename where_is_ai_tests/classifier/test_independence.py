"""Nothing in one posting can change another's verdict."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from where_is_ai.classifier import Posting, classifier
from where_is_ai_tests.classifier.installed import needs_embedding
from where_is_ai_tests.classifier.made_up_postings import INJECTION, postings

CASES = postings()
others = st.lists(
    st.one_of(
        st.sampled_from(CASES),
        st.builds(
            Posting,
            st.sampled_from([one.company for one in CASES]),
            st.text(max_size=30),
            st.text(max_size=80),
        ),
        st.sampled_from([Posting(one.company, one.title, f"{INJECTION} {one.text}") for one in CASES[:10]]),
        st.just(Posting(CASES[0].company, "Baker", INJECTION * 100)),
    ),
    max_size=4,
)


def verdict_among(name: str, posting: Posting, before: list[Posting], after: list[Posting]):
    return list(classifier(name).verdicts([*before, posting, *after]))[len(before)]


@given(st.sampled_from(CASES), others, others)
def test_by_keywords(posting, before, after):
    assert verdict_among("keywords", posting, before, after) == verdict_among("keywords", posting, [], [])


@needs_embedding
@pytest.mark.slow
@settings(max_examples=10)
@given(st.sampled_from(CASES), others, others)
def test_by_embedding_to_the_last_bit(posting, before, after):
    assert verdict_among("embedding", posting, before, after) == verdict_among("embedding", posting, [], [])


@pytest.mark.parametrize("name", ["keywords", pytest.param("embedding", marks=needs_embedding)])
def test_copying_another_posting_s_sentences_does_not_make_them_boilerplate(name):
    judged = CASES[1]
    copies = [Posting(judged.company, f"Baker {n}", judged.text) for n in range(5)]
    assert verdict_among(name, judged, copies, copies) == verdict_among(name, judged, [], [])
