"""One hypothesis profile for the whole suite.

No deadline: a machine under load is no error. Derandomised: the same code meets the same examples everywhere, so that
what fails once fails again. ``--hypothesis-profile=explore`` looks for new ones and prints how to see one again; those
found belong into the test, as an ``@example``.
"""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "suite", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "explore", parent=settings.get_profile("suite"), derandomize=False, print_blob=True, max_examples=1_000
)
settings.load_profile("suite")
