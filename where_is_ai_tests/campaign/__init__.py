"""Faults by the hundred, each judged by what came of it. ``python -m where_is_ai_tests.campaign`` prints the table."""
