"""The lexicon before the model, and the order of verdicts."""

from hypothesis import given
from hypothesis import strategies as st

from where_is_ai.classifier import Posting, Verdict
from where_is_ai.classifier.cascade import DISMISSED, WINDOW, Cascade, is_hopeless
from where_is_ai_tests.classifier.made_up_postings import ALL, postings

HOPELESS = Posting("Bakery", "Baker", "You bake bread at night.")


class Echo:
    """A model that says of each posting it is asked what stands in its text, reading ``ahead`` before it answers."""

    name = label = "echo"

    def __init__(self, ahead: int = 0):
        self.asked: list[Posting] = []
        self._ahead = ahead

    def verdicts(self, asked):
        waiting = []
        for posting in asked:
            self.asked.append(posting)
            waiting.append(Verdict(True, float(posting.text.split()[-1])))
            if len(waiting) > self._ahead:
                yield waiting.pop(0)
        yield from waiting


@given(st.lists(st.one_of(st.none(), st.floats(0, 1))), st.integers(0, 5))
def test_verdicts_keep_the_order_of_the_postings(numbers, ahead):
    echo = Echo(ahead)
    mixed = [HOPELESS if n is None else Posting("", "Machine Learning Engineer", f"{n}") for n in numbers]
    expected = [DISMISSED if n is None else Verdict(True, float(f"{n}")) for n in numbers]
    assert list(Cascade(echo).verdicts(mixed)) == expected
    assert len(echo.asked) == sum(n is not None for n in numbers)


def test_no_ai_job_is_hopeless():
    assert not [
        one["title"]
        for one, posting in zip(ALL, postings(), strict=True)
        if one["ai_job"] and is_hopeless(posting)
    ]


def test_an_employer_s_name_is_no_hope():
    text = "You cook for Deep Learning Cafe."
    assert is_hopeless(Posting("Deep Learning Cafe", "Line Cook", text))
    assert not is_hopeless(Posting("Cafe", "Line Cook", text))


def test_boasts_of_the_employer_and_ai_in_hiring_are_no_hope():
    boasts = "We are the AI platform for modern kitchens. We use AI tools in our hiring process."
    assert is_hopeless(Posting("Hearth", "Line Cook", f"{boasts} You cook."))
    assert not is_hopeless(Posting("Hearth", "Line Cook", f"{boasts} You train machine learning models."))


def test_only_a_window_of_postings_is_read_ahead_though_none_is_hopeful():
    read = []

    def each():
        for _ in range(3 * WINDOW):
            read.append(1)
            yield HOPELESS

    assert next(Cascade(Echo()).verdicts(each())) == DISMISSED
    assert len(read) == WINDOW


def test_an_empty_posting_is_left_to_the_model():
    assert not is_hopeless(Posting("Hearth", "", " "))
