"""The embedding classifier with its real model."""

import io
import json
import random

import numpy as np
import pytest

from where_is_ai.classifier import Posting, classifier, classify, classify_file, made_up
from where_is_ai.classifier.cascade import WINDOW
from where_is_ai.classifier.embedding import EmbeddingClassifier, check_encoder
from where_is_ai.classifier.encoder import MODEL_SETTING, shared_encoder
from where_is_ai.classifier.head import HeadOutOfDate, load_head
from where_is_ai.classifier.protocol import UNKNOWN, ClassifierUnavailable
from where_is_ai_tests.classifier.installed import needs_embedding
from where_is_ai_tests.classifier.made_up_postings import FILE, frame, postings

pytestmark = needs_embedding


@pytest.fixture(scope="module")
def embedding():
    return EmbeddingClassifier()


def test_it_tells_ai_jobs_from_the_rest_at_made_up_employers():
    found = classify(frame(), classifier("embedding"))
    right = found["ai_job"] == frame()["ai_job"]
    assert right.mean() >= 0.95
    assert found["classifier"].str.startswith("embedding ").all()


def test_who_employs_matters_less_than_what_the_role_does(embedding):
    boast = "We are an AI company. Our mission is to build safe artificial intelligence. We train frontier models. "
    roles = [
        ("Accountant", "You close the books each month and prepare for audits."),
        ("Software Engineer, Billing", "You build invoices and payments in Go."),
        ("Account Executive", "You sell our AI platform to large customers and exceed your quota."),
        (
            "Software Engineer",
            "You train and fine-tune large language models and evaluate them. You build the pipelines that train "
            "and serve our models. Experience with PyTorch.",
        ),
    ]
    found = embedding.verdicts(Posting("Boastful", title, boast + text) for title, text in roles)
    assert [verdict.ai_job for verdict in found] == [False, False, False, True]


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Special Agent",
            "Agents carry firearms, investigate crimes with analysts of AI-enabled fraud and testify.",
        ),
        ("Front Desk Agent", "Our agents welcome guests. We use AI tools in our hiring process."),
        ("Ramp Agent", "Ramp agents load baggage. The airline invests in artificial intelligence."),
        (
            "Border Patrol Agent",
            "You detect unlawful entry with sensors and machine learning systems of vendors.",
        ),
        ("Neural Monitoring Technologist", "You monitor patients' nervous systems. The hospital uses AI."),
        (
            "Model Casting Assistant",
            "You schedule models for shoots and keep their agents informed. AI is welcome.",
        ),
        ("Alignment Technician", "You align wheels by the machine's inference of angles."),
        ("Account Executive, AI", "You sell generative AI to large customers and exceed your quota."),
    ],
)
def test_a_word_of_the_field_in_another_trade_makes_no_ai_job(embedding, title, text):
    assert next(embedding.verdicts([Posting("Agency", title, text)])).ai_job is False


@pytest.mark.parametrize(
    "title",
    [
        "AI Assistant Engineer",
        "AI Security Engineer",
        "Legal AI Engineer",
        "Machine Learning Engineer, Events",
        "Machine Learning Engineer, Tax",
        "Research Assistant, Machine Learning",
    ],
)
def test_a_business_word_in_an_ai_title_vetoes_nothing(embedding, title):
    text = "You build and evaluate machine learning models and run them in production."
    assert next(embedding.verdicts([Posting("Firm", title, text)])).ai_job


BOILERPLATE = (
    "About us We are the AI platform for modern finance teams, backed by leading investors. "
    "We are an equal opportunity employer."
)


@pytest.mark.parametrize(
    ("title", "ai_job"),
    [
        ("Machine Learning Engineer", True),
        ("Applied Scientist", True),
        ("Software Engineer, ML Platform", True),
        ("Software Engineer, Payments", False),
        ("Software Engineer", False),
    ],
)
def test_where_the_text_is_boilerplate_the_title_decides(embedding, title, ai_job):
    assert next(embedding.verdicts([Posting("Purse", title, BOILERPLATE)])).ai_job is ai_job


@pytest.mark.parametrize("title", ["Data Scientist", "Software Engineer, Inference"])
def test_a_title_that_is_often_but_not_always_an_ai_job_s_stays_open_until_the_text_speaks(embedding, title):
    duty = (
        "You train and evaluate machine learning models and run their inference in production with PyTorch."
    )
    silent, spoken, plain = embedding.verdicts(
        [
            Posting("Purse", title, BOILERPLATE),
            Posting("Purse", title, f"{BOILERPLATE} {duty}"),
            Posting("Purse", "Software Engineer", BOILERPLATE),
        ]
    )
    assert plain.probability + 0.3 < silent.probability < spoken.probability
    assert spoken.ai_job


@pytest.mark.slow
def test_the_verdict_is_stable_between_the_start_of_a_text_and_the_whole(embedding):
    """Behind the first 1,200 characters stand more duties of the same sort, benefits, tools and talk, up to 20,000."""
    draw = random.Random(0)
    lists = {name: made_up.lines(name) for name in ("ai_duties", "other_duties", "around", "company")}
    whole = []
    for one in made_up.compose(60, seed=99):
        behind = lists["around"] + lists["company"] + lists["ai_duties" if one.ai_job else "other_duties"]
        whole.append(Posting("", one.title, f"{one.text} {' '.join(draw.choices(behind, k=300))}"[:20_000]))
    start = [posting._replace(text=posting.text[:1200]) for posting in whole]
    verdicts = zip(embedding.verdicts(start), embedding.verdicts(whole), strict=True)
    assert np.mean([of_start.ai_job == of_whole.ai_job for of_start, of_whole in verdicts]) >= 0.95


def test_a_posting_without_words_is_unknown(embedding):
    assert list(embedding.verdicts([Posting("X", " ", ""), Posting("X", "", "\n")])) == [UNKNOWN, UNKNOWN]


def test_a_posting_with_a_title_or_a_text_alone_is_judged(embedding):
    only_title, only_text = embedding.verdicts(
        [
            Posting("", "Machine Learning Engineer", ""),
            Posting("", "", "You will train deep learning models."),
        ]
    )
    assert only_title.ai_job
    assert only_text.ai_job


def test_its_probabilities_are_the_same_in_every_run_and_order():
    some = frame().iloc[:20]
    one = classify(some, classifier("embedding"))
    other = classify(some.iloc[::-1], classifier("embedding")).iloc[::-1]
    assert one["probability"].tolist() == other["probability"].tolist()


def test_a_file_says_which_classifier_judged_it(tmp_path):
    path, out = tmp_path / "postings.jsonl", io.StringIO()
    path.write_text("\n".join(FILE.read_text().splitlines()[:10]))
    done = classify_file(path, out, "embedding")
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    assert len(lines) == 10 == done.postings
    assert {line["classifier"] for line in lines} == {done.classifier}
    assert load_head().version in done.classifier


def test_another_model_than_the_head_s_is_refused():
    class Shuffled:
        source = "another-model"

        def encode(self, texts):
            return shared_encoder().encode(texts)[:, ::-1]

    with pytest.raises(HeadOutOfDate, match="another-model isn't the one"):
        check_encoder(load_head(), Shuffled())


def test_a_model_that_is_nowhere_is_one_clear_error(monkeypatch, tmp_path):
    monkeypatch.setenv(MODEL_SETTING, str(tmp_path / "nothing"))
    shared_encoder.cache_clear()
    try:
        with pytest.raises(ClassifierUnavailable, match="make classifier"):
            EmbeddingClassifier()
    finally:
        shared_encoder.cache_clear()


def test_postings_are_judged_as_they_come():
    read = []

    def one_by_one():
        for posting in postings() * 200:
            read.append(posting)
            yield posting

    found = classifier("embedding").verdicts(one_by_one())
    next(found)
    assert len(read) <= WINDOW
