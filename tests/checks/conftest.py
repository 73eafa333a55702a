"""Readings with cues and knowledge, as a run has them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from copylint.documents import parse
from copylint.documents.document import Source
from copylint.knowledge import Knowledge
from copylint.language.reading import Reading
from copylint.rules.policy import Policy, load


@pytest.fixture(scope="session")
def policy() -> Policy:
    return load()


@pytest.fixture(scope="session")
def knowledge(policy: Policy) -> Knowledge:
    return policy.knowledge


@pytest.fixture(scope="session")
def read(policy: Policy) -> Callable[..., Reading]:
    """A function of a text and its format (markdown) that gives the reading."""

    def read(text: str, format: str = "markdown") -> Reading:
        return Reading(parse(Source("copy", text), format), policy.cues)

    return read
