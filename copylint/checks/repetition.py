"""Structure: does a page say the same thing again?

structure/repeated  a paragraph or a section says what an earlier one has said

Copy that was spun or pasted together repeats itself in other words, so comparing letters is not enough. Two signs are
looked for: paragraphs that share their word pairs and their vocabulary (the shingles of Broder 1997, over the stems of
content words), and sections whose headings have the same idea and whose words are much the same. A strong sign is
enough by itself; of weak ones there must be two, because one may be chance.

What a page says twice on purpose is let through: a summary or a box of key points, risks, a disclaimer, the same
passage for another treatment or another part of the body. List items and short paragraphs are not compared.

Every passage is compared with a limited number of earlier ones, so the work grows with the length of the page only.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from math import log

from copylint.checks.settings import CheckSettings
from copylint.documents.document import Document
from copylint.findings import Candidate, Hit
from copylint.knowledge import Knowledge
from copylint.language.lexicon import Lexicon
from copylint.language.reading import Reading
from copylint.record import Record

RULE = "structure/repeated"

_LEAST_STEMS = 18
"""Different content words that a passage has at least, or it is too short to be told from chance."""
_STRONG_PAIRS, _WEAK_PAIRS = 0.55, 0.38
"""Share of the shorter paragraph's word pairs that the other has as well: strong sign, weak sign."""
_PAIRS_VOCABULARY = 0.3
"""Share of the words of both paragraphs together that both have."""
_SAME_HEADING = 0.5
"""The same for the words of two headings, to have one idea. What most headings of a page say is no idea of one."""
_STRONG_SECTION, _WEAK_SECTION = 0.5, 0.27
"""Share of the smaller section's words, weighed by their rarity, that the other section has as well."""
_UNWRAPPED = 140
_HEADING_LENGTH = 80
"""Both in characters."""
_MANY_RISKS = 3
_MOST_EARLIER = 10
_MOST_PASSAGES = 3_000
_MOST_STEMS = 2_000
_FIRST_WORDS = 12
"""Keys: where a passage says what it is about."""
_OPENING_WORDS = 8

_SUMMARY_HEADINGS = frozenset((
    "conclusion", "summary", "takeaway", "takeaways", "overview", "glance", "recap", "tl", "highlights", "final",
    "key", "closing",
))  # fmt: skip
_SUMMARY_OPENINGS = (
    ("in", "summary"), ("in", "conclusion"), ("in", "short"), ("to", "sum", "up"), ("to", "conclude"), ("overall",),
    ("to", "summarise"), ("to", "summarize"), ("key", "points"), ("at", "a", "glance"), ("the", "bottom", "line"),
)  # fmt: skip
_DISCLAIMERS = (
    "medical advice", "substitute for", "disclaimer", "results vary", "results may vary", "results will vary",
    "affiliate", "all rights reserved", "general information", "for information only", "advertisement",
)  # fmt: skip
_STOP_WORDS = frozenset(
    """a about above after again all also although an and any are as at be because been before being below between both
    but by can could did do does doing down during each either even ever every few for from further get had has have
    having he her here hers him his how however i if in into is it its itself just like make many may me might more most
    much must my neither no nor not of off often on once one only onto or other our ours out over own per quite rather
    same several shall she should since so some such than that the their theirs them then there these they this those
    through to too under until up upon us very via was way we well were what when where whether which while who whom
    whose why will with within without would yet you your yours""".split()
)
_ENDINGS = (
    "ations", "ation", "ically", "ings", "ing", "ments", "ment", "ness", "ies", "ied", "edly", "ed", "ers", "er", "es",
    "ly", "s", "e", "y",
)  # fmt: skip


class _Passage(Record):
    """A paragraph, or a section as a whole. start and end: where it is shown; visible offsets."""

    start: int
    end: int
    title: tuple[str, ...]
    """The words of its heading."""
    heading: frozenset[str]
    """The stems of the content words of its heading."""
    summary: bool
    stems: tuple[str, ...]
    vocabulary: frozenset[str]
    first: int
    last: int
    """Indexes of its words, the last exclusive; a section begins with its heading."""
    above: tuple[int, int]
    """Indexes of the words of the heading over it."""


_NO_HEADING = _Passage(0, 0, (), frozenset(), False, (), frozenset(), 0, 0, (0, 0))


class _Likeness(Record):
    """That a passage says again what an earlier one says. reason: why it is let through, if it is."""

    earlier: _Passage
    later: _Passage
    strong: bool
    reason: str = ""


def check(reading: Reading, knowledge: Knowledge, settings: CheckSettings) -> Iterator[Hit | Candidate]:
    """The passages that repeat an earlier one; those that may, as candidates."""
    paragraphs, sections = _passages(reading)
    found: dict[int, _Likeness] = {}
    for alike in (*_alike_sections(sections), *_alike_paragraphs(paragraphs)):
        likeness = alike._replace(reason=_excuse(reading, knowledge, alike))
        known = found.get(likeness.later.first)
        if known is None or (bool(known.reason), not known.strong) > (bool(likeness.reason), not likeness.strong):
            found[likeness.later.first] = likeness
    signs = [likeness for likeness in found.values() if not likeness.reason]
    repeated = len(signs) > 1 or any(likeness.strong for likeness in signs)
    for likeness in sorted(found.values(), key=lambda likeness: likeness.later.start):
        start, end = likeness.later.start, likeness.later.end
        opening = _opening(reading, likeness.earlier)
        if likeness.reason:
            yield Candidate(RULE, start, end, "let-through", f'like "{opening}": {likeness.reason}')
        elif not repeated:
            yield Candidate(RULE, start, end, "requires", f'somewhat like "{opening}", and the only passage that is so')
        else:
            # The same two passages, whichever comes first.
            both = " / ".join(sorted((opening, _opening(reading, likeness.later))))
            yield Hit(RULE, start, end, {"first": opening}, about=both)


def _passages(reading: Reading) -> tuple[list[_Passage], list[_Passage]]:
    """The paragraphs and the sections that are long enough to be compared."""
    words = reading.words
    paragraphs: list[_Passage] = []
    sections: list[_Passage] = []
    heading = _NO_HEADING
    own: list[str] = []
    last = 0
    for kind, block_start, block_end in _pieces(reading.document):
        if len(paragraphs) + len(sections) > _MOST_PASSAGES:
            break
        first = bisect_left(words.starts, block_start)
        end = bisect_left(words.starts, block_end, first)
        keys = words.keys[first:end]
        if kind == "heading":
            sections += _section(heading, own, last)
            idea = frozenset(_stem(key) for key in keys if key.isalnum() and key not in _STOP_WORDS)
            summary = not _SUMMARY_HEADINGS.isdisjoint(keys) and len(keys) < 6
            above = (first, end)
            heading = _Passage(block_start, block_end, tuple(keys), idea, summary, (), frozenset(), first, end, above)
            own = []
        else:
            stems = tuple(_stem(key) for key in keys if len(key) > 2 and key not in _STOP_WORDS and key.isalpha())
            own.extend(stems)
            vocabulary = frozenset(stems)
            if kind == "paragraph" and len(vocabulary) >= _LEAST_STEMS:
                sentence = reading.sentences[reading.sentence_of(first)]
                paragraphs.append(heading._replace(
                    start=max(sentence.start, block_start), end=sentence.end,
                    stems=stems, vocabulary=vocabulary,
                    summary=heading.summary or any(tuple(keys[: len(cue)]) == cue for cue in _SUMMARY_OPENINGS),
                    first=first, last=end,
                ))  # fmt: skip
        last = end
    sections += _section(heading, own, last)
    return paragraphs, sections


def _pieces(document: Document) -> Iterator[tuple[str, int, int]]:
    """Kind and visible offsets of what is compared. Copy pasted into Markdown often has no blank lines: a paragraph
    with a line too long to be wrapped by hand is taken line by line, its short lines without a full stop as headings.
    """
    for block in document.blocks:
        if block.hidden or block.kind not in ("heading", "paragraph", "list-item"):
            continue
        lines = document.text[block.start : block.end].split("\n") if block.kind == "paragraph" else []
        if len(lines) < 2 or max(map(len, lines)) < _UNWRAPPED:
            yield block.kind, block.start, block.end
            continue
        at = block.start
        for line in lines:
            is_heading = len(line) < _HEADING_LENGTH and not line.rstrip().endswith((".", "!", ":", ",", ";"))
            yield "heading" if is_heading else "paragraph", at, at + len(line)
            at += len(line) + 1


def _section(heading: _Passage, stems: list[str], last: int) -> list[_Passage]:
    """The section under a heading, if it is long enough."""
    vocabulary = frozenset(stems)
    if not heading.heading or len(vocabulary) < _LEAST_STEMS:
        return []
    return [heading._replace(stems=tuple(stems), vocabulary=vocabulary, last=last)]


def _alike_paragraphs(paragraphs: list[_Passage]) -> Iterator[_Likeness]:
    """Paragraphs that share word pairs with an earlier one; the most alike of those for each."""
    by_pair: dict[tuple[str, str], list[int]] = {}
    pairs_of = [
        set(zip(passage.stems[:_MOST_STEMS], passage.stems[1:_MOST_STEMS], strict=False)) for passage in paragraphs
    ]
    for index, passage in enumerate(paragraphs):
        pairs = pairs_of[index]
        shared: Counter[int] = Counter()
        for pair in pairs:
            earlier = by_pair.setdefault(pair, [])
            shared.update(earlier)
            if len(earlier) < _MOST_EARLIER:
                earlier.append(index)
        best, share = -1, 0.0
        for other, count in sorted(shared.items()):
            its_share = count / max(min(len(pairs), len(pairs_of[other])), 1)
            both = passage.vocabulary & paragraphs[other].vocabulary
            either = passage.vocabulary | paragraphs[other].vocabulary
            if its_share > share and len(both) >= _PAIRS_VOCABULARY * len(either):
                best, share = other, its_share
        if share >= _WEAK_PAIRS:
            yield _Likeness(paragraphs[best], passage, share >= _STRONG_PAIRS)


def _alike_sections(sections: list[_Passage]) -> Iterator[_Likeness]:
    """Sections whose heading has the idea of an earlier one, and whose words are much the same."""
    number = len(sections)
    frequency = Counter(stem for section in sections for stem in section.vocabulary)
    common = Counter(stem for section in sections for stem in section.heading)
    ideas = [
        frozenset(stem for stem in section.heading if common[stem] < 3 or common[stem] * 3 < number)
        for section in sections
    ]
    by_stem: dict[str, list[int]] = {}

    def weight(vocabulary: frozenset[str]) -> float:
        # In the order of the alphabet: the sum of floats depends on the order, that of a set on the run.
        return sum(log(1 + number / frequency[stem]) for stem in sorted(vocabulary))

    weights = [weight(section.vocabulary) for section in sections]
    for index, section in enumerate(sections):
        others: set[int] = set()
        for stem in sorted(section.heading):
            earlier = by_stem.setdefault(stem, [])
            others.update(earlier)
            if len(earlier) < _MOST_EARLIER:
                earlier.append(index)
        best, share = -1, 0.0
        for other in sorted(others):
            idea, other_idea = ideas[index], ideas[other]
            if idea and other_idea:
                alike = len(idea & other_idea) >= _SAME_HEADING * len(idea | other_idea)
            else:
                alike = section.title == sections[other].title
            if not alike:
                continue
            its_share = weight(section.vocabulary & sections[other].vocabulary) / min(weights[index], weights[other])
            if its_share > share:
                best, share = other, its_share
        if share >= _WEAK_SECTION:
            yield _Likeness(sections[best], section, share >= _STRONG_SECTION)


def _excuse(reading: Reading, knowledge: Knowledge, likeness: _Likeness) -> str:
    """Why two passages may say the same, or ""."""
    one, other = likeness.earlier, likeness.later
    if one.summary != other.summary:
        return "one of the two sums up"
    if _topics_differ(reading, knowledge, one, other):
        return "it is about another treatment or another place"
    risks = [
        {mention.ids for mention in knowledge.risk_terms.find(reading.words, passage.first, passage.last)}
        for passage in (one, other)
    ]
    if min(map(len, risks)) >= _MANY_RISKS:
        return "risks may be told twice"
    start, end = reading.span(other.first, other.last)
    text = " ".join(reading.document.text[start:end].lower().split())
    if any(cue in text for cue in _DISCLAIMERS):
        return "a disclaimer"
    return ""


def _topics_differ(reading: Reading, knowledge: Knowledge, one: _Passage, other: _Passage) -> bool:
    """Whether the two are about different treatments, or about different areas of the body.

    A heading that names some settles it, else the passage's own words; of areas its first words only, because in
    passing every text names some.
    """
    places = knowledge.area_terms
    areas = [
        _named(reading, places, *passage.above)
        or _named(reading, places, passage.first, min(passage.first + _FIRST_WORDS, passage.last))
        for passage in (one, other)
    ]
    if all(areas) and areas[0].isdisjoint(areas[1]):
        return True
    terms = knowledge.treatment_terms
    treatments = [
        _named(reading, terms, *passage.above) or _named(reading, terms, passage.first, passage.last)
        for passage in (one, other)
    ]
    return all(treatments) and treatments[0].isdisjoint(treatments[1])


def _named(reading: Reading, terms: Lexicon, first: int, last: int) -> set[str]:
    return {name for mention in terms.find(reading.words, first, last) for name in mention.ids}


def _opening(reading: Reading, passage: _Passage) -> str:
    """The first words of a passage, to know it by; of a section, its heading."""
    words = reading.document.text[passage.start : passage.end].split()
    return " ".join(words[:_OPENING_WORDS]) + (" …" if len(words) > _OPENING_WORDS else "")


@lru_cache(maxsize=20_000)
def _stem(key: str) -> str:
    for ending in _ENDINGS:
        if key.endswith(ending) and len(key) - len(ending) > 2:
            return key[: -len(ending)]
    return key
