"""What the classifier's extra brings; a plain install has none of it."""

import importlib.util

import pytest

from where_is_ai.classifier.encoder import embedding_obtainable

needs_embedding = pytest.mark.skipif(
    not embedding_obtainable(),
    reason="sentence-transformers and its model aren't installed (make classifier)",
)
needs_openai = pytest.mark.skipif(
    importlib.util.find_spec("openai") is None, reason="the package openai isn't installed (make classifier)"
)
