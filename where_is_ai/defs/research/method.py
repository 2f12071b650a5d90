"""The method of a run, in the revision that its archive answers."""

from where_is_ai.defs.partitions import quarter_of
from where_is_ai.defs.resources import Choices
from where_is_ai.layers.research.answers import as_archived
from where_is_ai.layers.research.methods import Method


def method_of(context, choices: Choices) -> Method:
    return as_archived(choices.library(context), choices.research_method, quarter_of(context))
