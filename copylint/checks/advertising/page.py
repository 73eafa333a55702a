"""What the search for plugs asks of a page: its wording by sentence, its names, who speaks."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property

from copylint.checks.advertising.disclosures import UNSEEN
from copylint.findings import Severity
from copylint.knowledge.affiliates import Affiliates, Cue
from copylint.language.lexicon import Lexicon
from copylint.language.reading import Reading, Sentence
from copylint.record import Record

LONGEST = 10
"""Words of a span at most: what a reviewer would underline."""
NEAR = 15
"""Words within which two signs of one sentence are one plug, and within which a call steers to an address."""
OWN = frozenset(("we", "our", "ours", "us"))
"""Words by which a page speaks for itself."""
MOST_CUES = 200
"""Cues of one sentence that are looked at: more stand in no sentence that a person wrote."""

_THIRD = frozenset(("them", "their", "they"))
_NAME_LINKS = frozenset(("of", "and", "&", "the", "for", "'s", "de", "la"))
_PLACED = frozenset(("in", "near", "around", "outside", "across", "between"))
_CAPITALS = UNSEEN | {"heading", "button", "front-matter", "caption"}
_CLAUSE_ENDS = frozenset(
    (".", ";", ":", "(", ")", "!", "?", "—", "…", "that", "which", "because", "so", "while", "when")
)


class Plug(Record):
    """Words first..end steer. sign: what gave it away. excuse: why it is let through whatever is disclosed."""

    first: int
    end: int
    sign: str
    severity: Severity | None = None
    excuse: str = ""
    excuse_kind: str = "let-through"
    own_text: tuple[int, int] | None = None
    """Words of the link: a disclosure inside of them stands early enough."""
    place: tuple[int, int] | None = None
    """Source offsets of the whole link, where its address is what gives it away."""


class Page:
    """A reading with what plugs ask of it again and again."""

    def __init__(self, reading: Reading, facts: Affiliates, treatments: Lexicon) -> None:
        self.reading = reading
        self.facts = facts
        self.treatments = treatments
        ranges = [(sentence.first, sentence.last) for sentence in reading.sentences]
        self.cues = list(facts.cues(reading.words, reading.document.text, ranges))

    @cached_property
    def by_sentence(self) -> dict[int, list[Cue]]:
        """The index of a sentence -> its cues."""
        found: dict[int, list[Cue]] = {}
        for cue in self.cues:
            cues = found.setdefault(self.reading.sentence_of(cue.first), [])
            if len(cues) < MOST_CUES:
                cues.append(cue)
        return found

    def roles(self, sentence: int, *roles: str) -> list[Cue]:
        """The cues of these roles in a sentence, in their order."""
        return [cue for cue in self.by_sentence.get(sentence, ()) if cue.role in roles]

    @cached_property
    def own_sentences(self) -> set[int]:
        """Indexes of the sentences that speak as the page's owner ("our website"), not of a partner or of a link."""
        words, text, found = self.reading.words, self.reading.document.text, set()
        for at, key in enumerate(words.keys):
            if key in OWN and text[words.starts[at] : words.ends[at]] != "US":
                found.add(self.reading.sentence_of(at))
        return {
            number
            for number in found
            if not self.roles(number, "disclosure", "partner", "bio", "endorsement", "reader-offer", "sent-you")
        }

    @cached_property
    def third_sentences(self) -> set[int]:
        """Indexes of the sentences that speak of somebody else ("contact them")."""
        keys = self.reading.words.keys
        return {self.reading.sentence_of(at) for at, key in enumerate(keys) if key in _THIRD}

    @property
    def speaks_for_itself(self) -> bool:
        """Whether the page speaks as the business: "we" or "our" in at least two sentences, and no "dear readers"."""
        return len(self.own_sentences) > 1 and not any(cue.role == "editorial" for cue in self.cues)

    @cached_property
    def source_blocks(self) -> set[int]:
        """Indexes of the blocks under a heading such as References."""
        found, inside = set(), False
        blocks, text = self.reading.document.blocks, self.reading.document.text
        headings = {
            self.reading.sentences[number].block
            for number, cues in self.by_sentence.items() if any(cue.role == "sources" for cue in cues)
        }  # fmt: skip
        for index, block in enumerate(blocks):
            if block.kind == "heading" or (index in headings and len(text[block.start : block.end].split()) <= 3):
                inside = index in headings and len(text[block.start : block.end].split()) <= 4
            elif inside:
                found.add(index)
        return found

    def name_after(self, at: int, limit: int) -> int:
        """Where the capitalised name ends that begins at word `at`; `at` if none does."""
        words, text = self.reading.words, self.reading.document.text
        end = at
        position = at
        while position < limit and position - at < 8:
            key = words.keys[position]
            if position > at and "\n" in text[words.ends[position - 1] : words.starts[position]]:
                break
            if text[words.starts[position]].isupper() or (position > at and key == "'s"):
                position += 1
                end = position
            elif position > at and (key in _NAME_LINKS or key.isdigit()):
                position += 1
            else:
                break
        return end

    def is_business(self, sentence: int, first: int, end: int, *, brands: bool = False) -> bool:
        """Whether a name may be a business: no treatment, no day, no body of authority, no mere acronym.

        brands: the name of a device or a product may be one too.
        """
        others = self.roles(sentence, "not-a-business", "authority-name")
        if any(cue.first < end and cue.end > first for cue in others):
            return False
        start, stop = self.reading.span(first, end)
        name = self.reading.document.text[start:stop]
        if name.isupper() and len(name) <= 5:
            return False
        return brands or next(self.treatments.find(self.reading.words, first, end), None) is None

    def is_host(self, first: int, end: int) -> bool:
        """Whether the name is the page's own: it stands in a heading or title, or is named again and again."""
        keys, reading = self.reading.words.keys, self.reading
        name = keys[first : min(end, first + 2)]
        places = [at for at in range(len(keys)) if keys[at] == name[0] and keys[at : at + len(name)] == name]
        return len(places) > 2 or any(reading.block_of(at).kind in _CAPITALS for at in places)

    def is_titled(self, sentence: Sentence) -> bool:
        """Whether capitals say nothing in a sentence: a heading a button, one without a long word in lower case."""
        if self.reading.document.blocks[sentence.block].kind in _CAPITALS:
            return True
        words, text = self.reading.words, self.reading.document.text
        return not any(
            text[words.starts[at]].islower() and len(words.keys[at]) > 3 for at in range(sentence.first, sentence.last)
        )

    def names_inside(self, low: int, at: int) -> Iterator[tuple[int, int]]:
        """The capitalised names among the words low..at, as first and end, the last first; no places ("in NAME").

        A capital at the head of the sentence says nothing, unless another or a possessive follows.
        """
        words, text = self.reading.words, self.reading.document.text
        end = at
        while end > low:
            if not text[words.starts[end - 1]].isupper():
                end -= 1
                continue
            first = self.name_before(low, end)
            opens = self.reading.sentences[self.reading.sentence_of(first)].first == first
            owned = words.keys[end : end + 1] == ["'s"]
            place = first > low and words.keys[first - 1] in _PLACED
            if not place and not (opens and end - first == 1 and not owned):
                yield first, end
            end = min(first, end - 1)

    def name_before(self, low: int, at: int) -> int:
        """Where the capitalised name begins that ends right before word `at`; `at` if none does."""
        words, text = self.reading.words, self.reading.document.text
        first = position = at
        while position > low and at - position < 8:
            key = words.keys[position - 1]
            if position < at and "\n" in text[words.ends[position - 1] : words.starts[position]]:
                break
            if text[words.starts[position - 1]].isupper():
                position -= 1
                first = position
            elif first < at and key in _NAME_LINKS:
                position -= 1
            else:
                break
        return first


def words_in(reading: Reading, start: int, end: int) -> tuple[int, int]:
    """The words of a visible run; of an empty one (an image's link) the next word, else the one before."""
    words = reading.words
    first, last = bisect_left(words.starts, start), bisect_left(words.starts, end)
    if first == last and len(words):
        first = min(first, len(words) - 1)
        last = first + 1
    while first < last - 1 and not spoken(words.keys[first]):
        first += 1
    while last - 1 > first and not spoken(words.keys[last - 1]):
        last -= 1
    return first, last


def spoken(key: str) -> bool:
    """Whether a key is a word or a figure, no mark."""
    return key[0].isalnum()


def clause_end(keys: list[str], at: int, limit: int) -> int:
    """Where the clause ends that goes on at word `at`, at `limit` the latest."""
    while at < limit and keys[at] not in _CLAUSE_ENDS:
        at += 1
    while at - 1 > 0 and not spoken(keys[at - 1]):
        at -= 1
    return at


def last_block(reading: Reading) -> int:
    """The index of the last block of running text."""
    blocks = reading.document.blocks
    seen = [at for at, block in enumerate(blocks) if block.kind not in UNSEEN and not block.hidden]
    return seen[-1] if seen else 0
