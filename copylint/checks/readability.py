"""Readability: can the people whom the page is for read it?

readability/grade            the prose needs more years of school than the setting allows
readability/sentence-length  a sentence has more words than the setting allows
readability/jargon           a word of the trade is used without a plain word for it

The grade stands for the page, so it is said once, on the sentence that weighs most. A term of the trade is asked for
its explanation once, where a reader meets it first; "oedema (swelling)", "a thin tube, known as a cannula" and
"Erythema is a reddening of the skin" all explain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from copylint.checks.settings import CheckSettings
from copylint.findings import Candidate, Hit
from copylint.knowledge import Knowledge
from copylint.language.readability import PROSE, SentenceCounts, measure, sentence_counts
from copylint.language.reading import Reading, Sentence
from copylint.language.words import PUNCTUATION, words_of

GRADE = "readability/grade"
SENTENCE_LENGTH = "readability/sentence-length"
JARGON = "readability/jargon"

_WORTH_POINTING_AT = 8
"""Words: a shorter sentence is hard by its words alone, and splitting it would not help."""
_NEAR_LIMIT = 0.75
"""A sentence that comes so near to the limit is shown by `why`."""
_OPENING_WORDS = 6
_ITEM_WORDS = 8
"""An item of an enumeration has no more words than this, on average."""

_ARTICLES = frozenset(("a", "an", "the"))
_NAMING = (
    ("known", "as"), ("called",), ("termed",), ("named",), ("referred", "to", "as"), ("call", "it"), ("call", "this"),
    ("call", "these"), ("term", "is"), ("term", "for", "this", "is"), ("name", "is"), ("name", "for", "this", "is"),
)  # fmt: skip
"""Stand before a term whose explanation came first: "a thin tube, known as a cannula"."""
_DEFINING = (
    ("means",), ("refers", "to"), ("describes",), (",", "which", "is"), (",", "which", "are"), (",", "which", "means"),
    (",", "that", "is"), (",", "meaning"), (",", "i", ".", "e"), (",", "in", "other", "words"), (",", "also", "known"),
    (",", "also", "called"), (",", "or", "simply"), ("is", "the", "medical"), ("is", "the", "name"),
    ("is", "the", "term"), ("is", "the", "word"), ("is", "the", "technical"), ("is", "when"), ("are", "when"),
    ("is", "where"), ("is", "another"), ("is", "simply"), ("is", "just"), ("is", "a"), ("is", "an"), ("are", "a"),
    ("are", "small"), ("are", "tiny"),
)  # fmt: skip
"""Stand after a term that is explained now: "Erythema means redness"."""
_LEADING_IN = frozenset((
    "after", "before", "because", "by", "during", "for", "if", "in", "once", "through", "under", "using", "via", "when",
    "while", "with", "without",
))  # fmt: skip
"""A sentence that begins so has a comma that ends this part, not one that begins an explanation."""
_NO_EXPLANATION = frozenset(("see", "below", "above", "figure", "table", "ref", "page", "note", "eg", "e", "g"))
_EMPTY_WORDS = frozenset((
    "a", "an", "and", "by", "from", "in", "it", "its", "made", "not", "of", "on", "or", "that", "the", "to", "too",
    "your", "what", "with", "how", "under",
))  # fmt: skip


def check(reading: Reading, knowledge: Knowledge, settings: CheckSettings) -> Iterator[Hit | Candidate]:
    """The readability findings of a document, and what came near to one."""
    sentences = sentence_counts(reading, knowledge.treatment_terms)
    if sentences:
        yield from _grade(reading, knowledge, settings, sentences)
        yield from _sentence_length(reading, settings, sentences)
        yield from _jargon(reading, knowledge)


def _grade(
    reading: Reading, knowledge: Knowledge, settings: CheckSettings, sentences: Sequence[SentenceCounts]
) -> Iterator[Hit | Candidate]:
    measured = measure(reading, knowledge.treatment_terms)
    worth = [counts for counts in sentences if counts.words >= _WORTH_POINTING_AT] or sentences
    hardest = sorted(worth, key=lambda counts: -counts.grade)[:3]
    start, end = _place(reading, hardest[0])
    grade = f"{measured.flesch_kincaid_grade:.1f}"
    limit = f"{settings.max_grade:g}"
    if measured.words < settings.grade_words:
        reason = f"{measured.words} words of prose; a grade is asked of {settings.grade_words} or more"
        yield Candidate(GRADE, start, end, "duty", reason)
    elif float(grade) <= settings.max_grade:
        yield Candidate(GRADE, start, end, "setting", f"grade {grade}; up to {limit} is let through")
    else:
        values = {
            "grade": grade,
            "limit": limit,
            "words_per_sentence": f"{measured.words_per_sentence:.0f}",
            "syllables_per_word": f"{measured.syllables_per_word:.2f}",
            "next": ", ".join(f'"{_opening(reading, counts)} …"' for counts in hardest[1:]) or "none",
        }
        yield Hit(GRADE, start, end, values, about="page")


def _sentence_length(
    reading: Reading, settings: CheckSettings, sentences: Sequence[SentenceCounts]
) -> Iterator[Hit | Candidate]:
    limit = settings.max_sentence_words
    for counts in sentences:
        if counts.words < limit * _NEAR_LIMIT:
            continue
        start, end = _place(reading, counts)
        if counts.words <= limit:
            reason = f"{counts.words} words; up to {limit} are let through"
            yield Candidate(SENTENCE_LENGTH, start, end, "setting", reason)
        elif _is_enumeration(reading.document.text[start:end], limit):
            yield Candidate(SENTENCE_LENGTH, start, end, "let-through", "a list after a colon, read item by item")
        else:
            yield Hit(SENTENCE_LENGTH, start, end, {"words": str(counts.words), "limit": str(limit)})


def _is_enumeration(sentence: str, limit: int) -> bool:
    """Whether most of a sentence is three or more short items after a colon: a list, but for its line breaks."""
    introduction, colon, rest = sentence.partition(": ")
    if not colon or len(introduction.split()) > limit:
        return False
    items = rest.split(";") if rest.count(";") > 1 else rest.split(",")
    return len(items) > 2 and len(rest.split()) <= _ITEM_WORDS * len(items)


def _jargon(reading: Reading, knowledge: Knowledge) -> Iterator[Hit | Candidate]:
    """Each term once: where prose uses it first, unless a heading before that asks what it is."""
    keys = reading.words.keys
    blocks = reading.document.blocks
    seen: set[str] = set()
    for mention in knowledge.jargon_terms.find(reading.words):
        term = mention.ids[0]
        if term in seen:
            continue
        sentence = reading.sentences[reading.sentence_of(mention.first)]
        block = blocks[sentence.block]
        start, end = reading.span(mention.first, mention.end)
        if block.kind == "heading" and not block.hidden and _is_asked(keys, mention.first, sentence):
            seen.add(term)
            yield Candidate(JARGON, start, end, "let-through", "the text asks what it is")
        if block.kind not in PROSE or block.hidden:
            continue
        name = _longer_name(reading, knowledge, sentence, mention.first, mention.end)
        if name:
            # Not in `seen`: the term may still be used by itself.
            yield Candidate(JARGON, start, end, "let-through", f"part of the name {name}")
            continue
        seen.add(term)
        plain = knowledge.jargon[term]
        how = _explanation(reading, sentence, mention.first, mention.end, plain)
        if how:
            yield Candidate(JARGON, start, end, "let-through", how)
        else:
            yield Hit(JARGON, start, end, {"plain": plain, "term": term}, about=term)


def _is_asked(keys: list[str], first: int, sentence: Sentence) -> bool:
    before = [key for key in keys[sentence.first : first] if key not in _ARTICLES]
    return before[-2:] in (["what", "is"], ["what", "are"], ["what", "'s"], ["is", "what"])


def _longer_name(reading: Reading, knowledge: Knowledge, sentence: Sentence, first: int, end: int) -> str:
    """The name of a treatment or brand that the term is a part of ("dermal" in "dermal filler"), or ""."""
    for mention in knowledge.treatment_terms.find(reading.words, sentence.first, sentence.last):
        if mention.first <= first and end <= mention.end and mention.end - mention.first > end - first:
            start, stop = reading.span(mention.first, mention.end)
            return f'"{reading.document.text[start:stop]}"'
    return ""


def _explanation(reading: Reading, sentence: Sentence, first: int, end: int, plain: str) -> str:
    """How the term is explained where it stands, for `why`; "" where it is not."""
    keys = reading.words.keys
    before = keys[sentence.first : first]
    after = keys[end : sentence.last]
    if _in_parentheses(before, after):
        return "stands in brackets after its explanation"
    if before and before[-1] in _ARTICLES:
        before = before[:-1]
    if any(tuple(before[-len(cue) :]) == cue for cue in _NAMING):
        return f'named after its explanation ("{" ".join(before[-2:])}")'
    if any(tuple(after[: len(cue)]) == cue for cue in _DEFINING):
        return f'explained in its sentence ("{" ".join(after[:3])}")'
    if after[:1] == ["("] and _explains(after[1:]):
        return "explained in brackets"
    if after[:1] == ["—"] and after[1:2] and after[1] in _ARTICLES:
        return "explained after a dash"
    if after[:1] == [":"] and len(before) < 2:
        return "explained after a colon"
    begins = keys[sentence.first]
    if after[:1] == [","] and after[1:2] and after[1] in ("a", "an") and begins not in _LEADING_IN:
        return "explained after a comma"
    said = _said_plainly(reading, first, end, plain)
    return f'the plain word "{said}" stands near' if said else ""


def _in_parentheses(before: list[str], after: list[str]) -> bool:
    opened = before[-1:] == ["("] or (len(before) > 1 and before[-2] == "(" and before[-1] in ("or", "called", "a"))
    return opened and after[:1] == [")"] and len(before) > 1


def _explains(bracket: list[str]) -> bool:
    """Whether what stands in a bracket can be an explanation: a word that is no abbreviation, number or pointer."""
    inside = bracket[: bracket.index(")")] if ")" in bracket else bracket
    words = [key for key in inside if key.isalpha() and len(key) > 3]
    return bool(words) and not _NO_EXPLANATION.intersection(inside[:2])


def _said_plainly(reading: Reading, first: int, end: int, plain: str) -> str:
    """The plain wording that stands in the sentence of the term, or the one before or after it in the same block."""
    index = reading.sentence_of(first)
    block = reading.sentences[index].block
    near = [sentence for sentence in reading.sentences[max(index - 1, 0) : index + 2] if sentence.block == block]
    stems = {
        _stem(key)
        for place, key in enumerate(reading.words.keys[near[0].first : near[-1].last], near[0].first)
        if not first <= place < end
    }
    for wording, needed in _wordings(plain):
        if needed <= stems:
            return wording
    return ""


@cache
def _wordings(plain: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """The alternatives of a plain wording ("wasting, thinning"), each with the stems of its telling words."""
    found = []
    for wording in re.split(r"[,()]| or ", plain):
        keys = [key for key in words_of(wording).keys if key not in PUNCTUATION and key not in _EMPTY_WORDS]
        if keys:
            found.append((wording.strip(), frozenset(map(_stem, keys))))
    return tuple(found)


def _stem(key: str) -> str:
    for ending in ("ing", "ed", "es", "s", "e"):
        if key.endswith(ending) and len(key) - len(ending) > 2:
            return key[: -len(ending)]
    return key


def _place(reading: Reading, counts: SentenceCounts) -> tuple[int, int]:
    sentence = reading.sentences[counts.sentence]
    return sentence.start, sentence.end


def _opening(reading: Reading, counts: SentenceCounts) -> str:
    start, end = _place(reading, counts)
    return " ".join(reading.document.text[start:end].split()[:_OPENING_WORDS])
