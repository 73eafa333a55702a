"""Plugs: what steers a reader to a business, what is let through, and where a disclosure must stand."""

from __future__ import annotations

import json
import time

import pytest

from copylint.checks.plugs import LATE, PLUG, check
from copylint.checks.settings import CheckSettings
from copylint.documents import parse
from copylint.documents.document import Source
from copylint.findings import Candidate, Hit
from copylint.knowledge import Knowledge
from copylint.knowledge.affiliates import Affiliates, compile_affiliates, parse_address
from copylint.knowledge.compile import compile_knowledge
from copylint.language.reading import Reading

AMAZON = "https://www.amazon.com/dp/B000000000?tag=notes-20"


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Knowledge(json.loads(json.dumps(compile_knowledge())))


@pytest.fixture(scope="module")
def affiliates() -> Affiliates:
    return Affiliates(json.loads(json.dumps(compile_affiliates())))


def results(
    text: str, knowledge: Knowledge, settings: CheckSettings | None = None, format: str = "markdown"
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """(rule, words) of the hits and (words, reason) of what was let through."""
    document = parse(Source("copy", text), format)
    hits, candidates = [], []
    for one in check(Reading(document), knowledge, settings or CheckSettings()):
        words = document.text[one.start : one.end]
        if isinstance(one, Hit):
            hits.append((one.rule, words))
        elif isinstance(one, Candidate) and one.rule == PLUG:
            candidates.append((words, one.reason))
    return hits, candidates


FLAGGED = [
    # addresses in running text
    ("Speaking of which, mugsandplates.example offers sturdy, colourful cups that last.",
     "mugsandplates.example offers sturdy, colourful cups"),
    ("For a roller of your own, head over to rollerworld.example.", "head over to rollerworld.example"),
    ("RollerWorld.com sells rollers of every size.", "RollerWorld.com sells rollers of every size"),
    ("Check out www.rollerworld.example today.", "Check out www.rollerworld.example"),
    ("If you are looking for a lamp, https://lamps.example/red has three.", "https://lamps.example/red has three"),
    # links
    (f"We compared six [collagen powders]({AMAZON}).", "collagen powders"),
    ("Our favourite is [this balm](https://amzn.to/0000000).", "this balm"),
    ("See [the lamp](https://lamps.example/?awc=123_456).", "the lamp"),
    ("See [the lamp](https://lamps.example/?utm_medium=affiliate).", "the lamp"),
    ("Read [more](/recommends/red-lamp).", "more"),
    ("[Get started](YOUR_CPA_LINK_HERE)", "Get started"),
    ("A [silk cover](https://pillows.example/products/silk-cover) keeps hair smooth.", "silk cover"),
    ("[Shop now](https://pillows.example)", "Shop now"),
    ('<p>A <a rel="sponsored" href="https://pillows.example/">silk cover</a> keeps hair smooth.</p>', "silk cover"),
    ("Not sure? Some towns have [the best lip clinic](https://marram.example) of all.", "the best lip clinic"),
    # codes
    ("Use code DEWY15 at checkout.", "Use code DEWY15"),
    ("Enter the promo code DEWY15 when you pay.", "Enter the promo code DEWY15"),
    ("The lamp comes with 12% off (code: redlamp).", "12% off (code: redlamp"),
    ("There is a 12% discount automatically applied.", "12% discount automatically applied"),
    # shops and businesses by name
    ("The balm is available on Amazon.", "available on Amazon"),
    ("Order it from Velvet Dermal Supplies.", "Order it from Velvet Dermal Supplies"),
    ("Check Price on GlowCart", "Check Price on GlowCart"),
    ("Our partner Rivermark Skincare ships everywhere.", "Our partner Rivermark Skincare"),
    ("The new roller is out. Link in bio!", "Link in bio"),
    ("Speaking of which, Rivermark stocks a good balm.", "Rivermark stocks a good balm"),
    ("In the north, Harbour Skin Clinic is well known. Call them about dates.", "Call them"),
    ("Peels come in three strengths.\n\nHarbour Skin Clinic in Millbrook offers all of them.",
     "Harbour Skin Clinic in Millbrook offers all of them"),
    ("After a month of visits we know whom to see: choose Marram Skin.", "choose Marram Skin"),
    ("For hair loss we send readers to Nordlight House.", "we send readers to Nordlight House"),
    ("Of nine salons in town only one, Marram Lane, deserves your visit.", "Marram Lane, deserves your visit"),
    ("A mask may help; the one from Nordlight is on offer.", "Nordlight is on offer"),
    ("Which balm should you buy first? Marram & Fen, of course.", "Marram & Fen"),
    ("For the toner, enter GLADE15 when you pay.", "enter GLADE15"),
    ("The lamp is a bargain, so grab one before Sunday.", "so grab one before"),
    ("The salon is lovely; tell them I sent you.", "tell them I sent you"),
    ("If you must needle at home, the kits from rollerworld.example are sterile.", "rollerworld.example"),
    # products by name, pasted keywords, closing lines
    ("In winter, try a cream like Nordlight Barrier Balm.", "Nordlight Barrier Balm"),
    ("Serums from algae (Nordlight Labs makes some) are new.", "Nordlight Labs makes some"),
    ("Hyaluronic acid is the choice of the Best lip clinic Millbrook.", "Best lip clinic Millbrook"),
    ("Peels come in three strengths.\n\nDiscover gentle ways to care for your skin with our curated collection.",
     "Discover gentle ways to care for your skin"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words"), FLAGGED)
def test_a_plug_without_disclosure_is_found(text: str, words: str, knowledge: Knowledge) -> None:
    assert results(text, knowledge)[0] == [(PLUG, words)]


LET_THROUGH = [
    ("Visit gmc-uk.org to look up a doctor.", "a regulator"),
    ("[The FDA's page](https://www.fda.gov/fillers) lists approved fillers.", "a regulator"),
    ("Order the leaflet from [the NHS](https://www.nhs.uk/conditions).", "a regulator"),
    ("See [Doe 2021](https://doi.org/10.1000/182).", "a regulator"),
    ("Visit the Mayo Clinic website.", "a health service"),
    ("Follow the clinic on [Instagram](https://www.instagram.com/clinic).", "a profile"),
    ("[Book now](https://www.fresha.com/a/clinic).", "a diary"),
    ("Book with us at roseandfern.example or call.", "own site"),
    ("Visit our website: www.roseandfern.example", "own site"),
    ("Numbers come from skinpanel.example of last year.", "steer nowhere"),
    ("## References\n\n- Doe J. Skin care. https://shop.example/products/book", "list of sources"),
    ("Never buy fillers from bargainfillers.example.", "turned away"),
    ("Be wary of anyone who tells you to order from bargainfillers.example.", "turned away"),
    ("Would you buy it from Velvet Dermal Supplies?", "a question"),
]


@pytest.mark.parametrize(("text", "reason"), LET_THROUGH)
def test_what_is_no_plug_is_let_through_with_the_reason(text: str, reason: str, knowledge: Knowledge) -> None:
    hits, candidates = results(text, knowledge)
    assert hits == []
    assert [reason in said for _, said in candidates] == [True] * len(candidates) != []


SILENT = [
    "Write to hello@roseandfern.example, e.g. about prices in the U.S. or the file notes.md.",
    "The serum softens the skin.Use it twice a day.",
    "Follow the code of conduct, and enter your postal code 90210 on the form.",
    "The CPT code 15877 stands for the trunk.",
    "If you have a fever after the treatment, tell your surgeon; the ward can call them at night.",
    "Speaking of which, Botox is also used for migraine.",
    "If you are looking for a gentle option, CoolSculpting is done without a cut.",
    "Many people get good results from Sculptra.",
    "A leaflet is available from the NCI.",
    "Explore your options with our doctors before you decide.",
    "We are the best clinic in Millbrook.",
    "Choose carefully, and try Pilates or a walk meanwhile.",
    "Choose Botox, or call Dr Lopez about a cup of tea.",
    "The study is on sale to nobody, and London is worth a visit.",
    "Our nurses will look after you, and parking is on offer.",
    "Send the form to your doctor and mention your allergies.",
    "## Why Choose A Peel\n\nIt depends on the skin.",
    "Enter SPF50 in your diary for the summer.",
    "[Read about peels](/peels) or [call](tel:+15550100).",
]


@pytest.mark.parametrize("text", SILENT)
def test_everyday_wording_makes_no_finding(text: str, knowledge: Knowledge) -> None:
    assert results(text, knowledge)[0] == []


BEFORE = [
    "Advertisement", "Ad", "Sponsored", "**Ad:** a word from a friend.", "This post contains affiliate links.",
    "We may earn a small commission if you buy.", "As an Amazon Associate I earn from qualifying purchases.",
    "#ad", "Paid partnership", "This article is sponsored by a maker of balms.", "Affiliate disclosure",
]  # fmt: skip
NO_DISCLOSURE = [
    "This post is not sponsored.", "We use no affiliate links.", "Alzheimer's disease (AD) is common.",
    "AD begins slowly.", "An ad that promises miracles deserves doubt.", "The trial was sponsored by its maker.",
    '<p hidden>Advertisement</p>', '<p style="display:none">This post contains affiliate links.</p>',
    "<!-- Advertisement -->", '<img src="a.png" alt="Advertisement">',
]  # fmt: skip
BUY = "Order it from Velvet Dermal Supplies."


@pytest.mark.parametrize("label", BEFORE)
def test_a_disclosure_before_the_plug_lets_it_through(label: str, knowledge: Knowledge) -> None:
    hits, candidates = results(f"{label}\n\n{BUY}", knowledge)
    assert hits == []
    assert [reason.startswith("disclosed before it") for _, reason in candidates] == [True]


@pytest.mark.parametrize("label", BEFORE)
def test_a_disclosure_after_the_plug_comes_too_late(label: str, knowledge: Knowledge) -> None:
    assert [rule for rule, _ in results(f"{BUY}\n\n{label}", knowledge)[0]] == [LATE]


@pytest.mark.parametrize("text", NO_DISCLOSURE)
def test_what_nobody_sees_or_what_is_taken_back_discloses_nothing(text: str, knowledge: Knowledge) -> None:
    assert [rule for rule, _ in results(f"{text}\n\n{BUY}", knowledge)[0]] == [PLUG]


def test_a_late_disclosure_is_quoted_with_its_line(knowledge: Knowledge) -> None:
    text = f"{BUY}\r\n\r\nMore text.\r\n\r\nThis post contains affiliate links.\r\n"
    document = parse(Source("copy", text), "markdown")
    (hit,) = check(Reading(document), knowledge, CheckSettings())
    assert isinstance(hit, Hit)
    assert (hit.values["disclosure"], hit.values["line"]) == ("contains affiliate links", "5")


def test_a_label_inside_the_link_text_stands_early_enough(knowledge: Knowledge) -> None:
    assert results(f"Try [this powder (affiliate link)]({AMAZON}).", knowledge)[0] == []


@pytest.mark.parametrize(("jurisdictions", "found"), [(("us",), []), (("us", "uk"), [PLUG]), (("uk",), [PLUG])])
def test_a_vague_label_does_not_do_in_the_uk(
    jurisdictions: tuple[str, ...], found: list[str], knowledge: Knowledge
) -> None:
    text = f"In collaboration with a maker of balms.\n\n{BUY}"
    assert [rule for rule, _ in results(text, knowledge, CheckSettings(jurisdictions=jurisdictions))[0]] == found


OWN_SITE = [
    ("markdown", "---\nurl: https://roseandfern.example/balm\n---\n\n{}"),
    ("markdown", "{}\n\nWrite to hello@roseandfern.example."),
    ("html", '<head><link rel="canonical" href="https://roseandfern.example/balm"></head><p>{}</p>'),
    ("html", '<head><meta property="og:url" content="https://www.roseandfern.example/"></head><p>{}</p>'),
]


@pytest.mark.parametrize(("format", "frame"), OWN_SITE)
def test_the_page_may_steer_to_its_own_site(format: str, frame: str, knowledge: Knowledge) -> None:
    line = "Head over to shop.roseandfern.example for the balm."
    hits, candidates = results(frame.format(line), knowledge, format=format)
    assert hits == []
    assert any("own site" in reason for _, reason in candidates)
    assert results(line, knowledge)[0] != []


def test_a_site_may_be_set_as_the_users_own(knowledge: Knowledge) -> None:
    settings = CheckSettings(own_sites=("https://www.roseandfern.example",))
    assert results("Head over to shop.roseandfern.example.", knowledge, settings)[0] == []


def test_an_affiliate_address_is_never_ones_own(knowledge: Knowledge) -> None:
    assert results("You find our balm at https://amzn.to/0000000 and with us.", knowledge)[0] != []


def test_a_hidden_plug_is_not_shown_and_not_reported(knowledge: Knowledge) -> None:
    assert results(f"<p hidden>{BUY}</p><p>Peels differ.</p>", knowledge, format="html")[0] == []


def test_each_link_of_a_list_is_one_plug(knowledge: Knowledge) -> None:
    text = "\n".join(f"- [Powder {number}]({AMAZON}{number})" for number in range(5))
    assert [words for _, words in results(text, knowledge)[0]] == [f"Powder {number}" for number in range(5)]


PAID = [
    ("https://www.amazon.co.uk/dp/B0?tag=x-21", True),
    ("https://www.amazon.co.uk/dp/B0", False),
    ("https://blog.example/?tag=peels", False),
    ("https://blog.example/?utm_source=newsletter&utm_medium=email", False),
    ("https://blog.example/?utm_medium=cpa", True),
    ("https://blog.example/?ref=", False),
    ("https://go.skimresources.com/?id=1", True),
    ("https://en.wikipedia.org/?ref=1", False),
    ("{{ affiliate_link }}", True),
    ("INSERT-AFFILIATE-URL", True),
    ("/go/lamp", True),
    ("/go", False),
    ("#offer-id", False),
    ("/our-partner-links", False),
    ("https://YOUR_CPA_LINK", True),
    ("mailto:affiliate@blog.example", False),
]


@pytest.mark.parametrize(("target", "paid"), PAID)
def test_addresses_that_pay_are_known(target: str, paid: bool, affiliates: Affiliates) -> None:
    assert bool(affiliates.paid_sign(target)) is paid


ADDRESSES = [
    ("https://Shop.Example:8080/a/B?x=1&amp;y=2#z", ("shop.example", ("a", "b"), (("x", "1"), ("y", "2")))),
    ("//www.shop.example", ("shop.example", (), ())),
    ("https://user@evil.example/", ("evil.example", (), ())),
    ("/peels", None), ("peels.html", None), ("mailto:a@b.example", None), ("javascript://x.example", None), ("", None),
]  # fmt: skip


@pytest.mark.parametrize(("target", "parts"), ADDRESSES)
def test_an_address_is_taken_apart(target: str, parts: tuple[object, ...] | None) -> None:
    address = parse_address(target)
    assert (address and (address.host, address.path, address.parameters)) == parts


HOSTILE = [
    "a." * 30_000, "-a.a" * 20_000, "our link " * 20_000, "use code ABC1 " * 10_000,
    "[x](https://a.example/?ref=1) " * 4_000, "canonical " * 30_000, "<link canonical " * 10_000, "[" * 5_000,
    "A_B-" * 20_000, "visit Aa Bb " * 10_000, "---\n" + "url: x\n" * 20_000,
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_ends_soon(text: str, knowledge: Knowledge) -> None:
    reading = Reading(parse(Source("copy", text), "plain"))
    assert reading.sentences or not reading.words
    start = time.process_time()
    list(check(reading, knowledge, CheckSettings()))
    assert time.process_time() - start < 2
