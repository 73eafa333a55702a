"""What a text is about, and whose words it tells."""

from __future__ import annotations

import pytest

from copylint.checks import claims
from copylint.documents import parse
from copylint.documents.document import Source
from copylint.findings import Hit
from copylint.language.reading import Reading
from copylint.rules.policy import load

SOFTWARE = (
    "Release notes. The server restarts with zero downtime, and the painless import reads every file. "
    "Instant search finds a password, a folder or a spreadsheet while you type. The sidebar had a facelift. "
    "Update the plugin, then log in again; the browser cache is cleared. "
)
RULING = (
    "The watchdog upheld the complaint. The advertiser had claimed that the peel was “completely safe” and “painless”. "
    "The ads were misleading, the ruling said, since no evidence was held. The clinic must not use them again. "
)
LEAFLET = (
    "This leaflet is for patients of the day unit. Ring the ward if you have a fever. Take paracetamol if needed. "
    "Tell us if you take blood thinners. The stitches of the facelift come out in a week. You feel "
    "no pain then. Bring a list of your medicines, and ask who will change the dressing. "
)
COPY = "Our facelift is completely safe and painless, with zero downtime. It lifts cheeks, neck and jowls. "


def hits(text: str) -> int:
    policy = load()
    reading = Reading(parse(Source("text", text), "plain"), policy.cues)
    return sum(isinstance(found, Hit) for found in claims.check(reading, policy))


@pytest.mark.parametrize("text", [SOFTWARE, SOFTWARE * 4, RULING, RULING * 4, LEAFLET])
def test_texts_that_are_no_copy(text: str) -> None:
    assert not hits(text)


@pytest.mark.parametrize(
    "text", [COPY, COPY * 20, "Zero downtime.", "Painless lips. Book today.", SOFTWARE[:60] + COPY * 8]
)
def test_copy_short_and_long(text: str) -> None:
    assert hits(text)


def test_a_short_text_of_another_trade() -> None:
    assert not hits("Zero downtime for every server, painless login for every browser.")


def test_a_claim_outside_the_quotes_of_a_thin_report() -> None:
    text = "Our filler is painless. Other adverts claim too much, and the law says so. "
    assert hits(text + "We treat lips gently here. " * 12)
