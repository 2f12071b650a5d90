"""What a title alone says, without a model of language."""

import pandas as pd
import pytest

from where_is_ai.classifier import Posting, classifier, title_only
from where_is_ai_tests.shared_folder import SHARED, needs_shared

CERTIFIED = SHARED / "layers" / "visas" / "LCA_FY2020_Q1_first5000rows_personal_columns_blanked.csv"


@pytest.mark.parametrize(
    "title",
    [
        "Machine Learning Engineer",
        "SENIOR MACHINE LEARNING ENGINEER",
        "Data Scientist",
        "AI Assistant Engineer",
        "AI Security Engineer",
        "Legal AI Engineer",
        "Machine Learning Engineer, Events",
        "Machine Learning Engineer, Tax",
        "Research Assistant, Machine Learning",
        "Computer Vision Scientist",
    ],
)
def test_a_builder_of_the_field_is_an_ai_job_whatever_business_word_stands_beside(title):
    assert title_only(pd.Series([title]))["ai_job"].item()


@pytest.mark.parametrize(
    "title",
    [
        "Special Agent",
        "Front Desk Agent",
        "Ramp Agent",
        "Border Patrol Agent",
        "Neural Monitoring Technologist",
        "Neural Monitoring",
        "Model Casting",
        "Model Casting Assistant",
        "Generative Designer",
        "Alignment Technician",
        "Sales Engineer, AI",
        "Recruiter, Machine Learning",
        "AI Trainer",
        "Software Engineer",
        "Data Scientist, Analytics",
    ],
)
def test_a_word_of_the_field_in_another_trade_is_none(title):
    assert title_only(pd.Series([title]))["ai_job"].item() is False


def test_titles_are_judged_each_by_itself_and_empty_ones_stay_unknown():
    written = pd.Series(["Baker", None, "ML Engineer", " ", "Baker"], index=[5, 3, 1, 2, 4], dtype="string")
    found = title_only(written)
    assert found.index.tolist() == [5, 3, 1, 2, 4]
    assert found["ai_job"].isna().tolist() == [False, True, False, True, False]
    assert found.loc[5].equals(found.loc[4])
    assert found.loc[1, "probability"] > found.loc[5, "probability"]


def test_as_a_classifier_it_does_not_look_at_the_text():
    judged = list(
        classifier("title").verdicts(
            [Posting("", "Baker", "You train language models."), Posting("", "Baker", "You bake.")]
        )
    )
    assert judged[0] == judged[1]
    assert classifier("title").label.startswith("title ")


def test_the_employer_s_name_in_a_title_is_no_word_of_the_field():
    named, bare = classifier("title").verdicts(
        [Posting("Hearth AI", "Engineer, Hearth AI", ""), Posting("", "Engineer", "")]
    )
    assert named == bare


@needs_shared
def test_of_certified_titles_in_other_occupations_hardly_any_is_called_an_ai_job():
    """SOC groups that hold AI jobs: computing, engineering, science, and computer managers (11-3021)."""
    table = pd.read_csv(CERTIFIED, usecols=["JOB_TITLE", "SOC_CODE"], dtype="string").dropna()
    others = ~table["SOC_CODE"].str.contains(r"^(?:15-|17-|19-|11-3021)")
    assert others.sum() > 500
    assert title_only(table.loc[others, "JOB_TITLE"])["ai_job"].mean() <= 0.01
