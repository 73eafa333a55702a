"""Statements that are plainly wrong, as far as knowledge is needed to see it.

Two kinds: a term that stands for another (lymphoma for lipoma), reported only beside the words that make it wrong; and
"non-invasive" of something that pierces or cuts the skin, for which one must know what the treatment is.
"""

from __future__ import annotations

from collections.abc import Iterator

from copylint.checks.promoted import promoted_treatments
from copylint.checks.settings import CheckSettings
from copylint.checks.surroundings import cue_of, found_in
from copylint.findings import Candidate, Hit
from copylint.knowledge import Confusable, Knowledge, Treatment
from copylint.knowledge.mentions import has_phrase, in_sentences, mentions_of_sentence
from copylint.language.lexicon import Mention
from copylint.language.reading import Reading, Sentence

FALSE_STATEMENT = "accuracy/false-statement"
_EXCUSES = frozenset({"negated", "questioned", "refuted"})
_PIERCING = frozenset({"rf-microneedling", "microneedling", "dermaroller-home", "permanent-makeup"})
"""Treatments of other kinds than surgery and injection that go through the skin all the same."""
_BACK = 6
"""Sentences that are searched backwards for the treatment that "it" and "the procedure" stand for."""
_POINTERS = frozenset({"it", "this", "that", "which"})
"""Words before "non-invasive" that stand for a treatment named earlier."""
_TERM_QUOTED = 5
"""Words; so short a quotation speaks of a term, it does not use it."""


def check(reading: Reading, knowledge: Knowledge, settings: CheckSettings) -> Iterator[Hit | Candidate]:
    """Terms confused, and treatments called non-invasive that are not."""
    for mention in in_sentences(knowledge.confusable_terms, reading):
        sentence = reading.sentences[reading.sentence_of(mention.first)]
        for identifier in mention.ids:
            yield _judged_term(reading, knowledge.confusables[identifier], mention, sentence)
    yield from _non_invasive(reading, knowledge)


def _judged_term(reading: Reading, term: Confusable, mention: Mention, sentence: Sentence) -> Hit | Candidate:
    place = reading.span(mention.first, mention.end)
    keys = reading.words.keys
    if _is_spoken_of(reading, mention.first, mention.end):
        return Candidate(term.rule, *place, "context", "the term stands in quotation marks: it is spoken of")
    for context in reading.contexts(mention.first, mention.end):
        if context.kind in _EXCUSES and not (context.kind == "negated" and context.cue_first >= mention.end):
            reason = f"{context.kind}, so nothing is claimed"
            return Candidate(term.rule, *place, "context", reason, *cue_of(reading, context))
    if has_phrase(keys, sentence.first, sentence.last, term.unless):
        return Candidate(term.rule, *place, "unless", "another word of the sentence shows that the term is meant")
    if term.cues:
        index = reading.sentence_of(mention.first)
        low = high = sentence
        if index and reading.sentences[index - 1].block == sentence.block:
            low = reading.sentences[index - 1]
        if index + 1 < len(reading.sentences) and reading.sentences[index + 1].block == sentence.block:
            high = reading.sentences[index + 1]
        if not has_phrase(keys, low.first, high.last, term.cues):
            return Candidate(term.rule, *place, "requires", "nothing near shows that the term is wrong here")
    return Hit(term.rule, *place, {"right": term.right, "correction": term.right})


def _non_invasive(reading: Reading, knowledge: Knowledge) -> Iterator[Hit | Candidate]:
    for first, end, index in _calls(reading):
        treatment = _called(reading, knowledge, first, end, index)
        if treatment is None:
            continue
        place = reading.span(first, end)
        if not _pierces(treatment):
            yield Candidate(FALSE_STATEMENT, *place, "let-through", f"{treatment.name} does not go through the skin")
            continue
        if _is_spoken_of(reading, first, end):
            yield Candidate(FALSE_STATEMENT, *place, "context", "the term stands in quotation marks: it is spoken of")
            continue
        excuse = next((c for c in reading.contexts(first, end) if c.kind in _EXCUSES), None)
        if excuse is not None:
            reason = f"{excuse.kind}, so nothing is claimed"
            yield Candidate(FALSE_STATEMENT, *place, "context", reason, *cue_of(reading, excuse))
        else:
            yield Hit(FALSE_STATEMENT, *place, {"correction": f"{treatment.name} goes through the skin"})


def _calls(reading: Reading) -> Iterator[tuple[int, int, int]]:
    """Every "non-invasive": its words and its sentence."""
    keys = reading.words.keys
    for index, sentence in enumerate(reading.sentences):
        for at in range(sentence.first, sentence.last):
            if keys[at] == "noninvasive":
                yield at, at + 1, index
            elif keys[at] == "invasive" and at > sentence.first and keys[at - 1] == "non":
                yield at - 1, at + 1, index


def _called(reading: Reading, knowledge: Knowledge, first: int, end: int, index: int) -> Treatment | None:
    """The one treatment that is called non-invasive; None where it is unclear."""
    sentence = reading.sentences[index]
    comparison = knowledge.vocabulary("comparison")
    here = mentions_of_sentence(reading, knowledge, index)
    for mention in here:
        low = max(sentence.first, mention.first - 6)
        if found_in(comparison, reading, low, mention.first) or any(
            c.kind == "negated" for c in reading.contexts(mention.first, mention.end)
        ):
            # "a non-invasive alternative to liposuction": the other one is meant
            return None
    treatments = [knowledge.treatments[mention.treatment] for mention in here]
    points_back = any(key in _POINTERS for key in reading.words.keys[max(sentence.first, first - 5) : first])
    for back in range(1, min(_BACK, index) + 1):
        if treatments or not (points_back or (reading.sentences[index - back].block == sentence.block and back == 1)):
            break
        # The nearest treatment named before: in the same paragraph, or in the heading above it.
        earlier = mentions_of_sentence(reading, knowledge, index - back)
        treatments = [knowledge.treatments[mention.treatment] for mention in earlier]
    if not treatments:
        treatments = [item.treatment for item in promoted_treatments(reading, knowledge)]
    if not treatments or len({_pierces(treatment) for treatment in treatments}) > 1:
        return None
    return treatments[0]


def _is_spoken_of(reading: Reading, first: int, end: int) -> bool:
    """Whether the words stand in quotation marks with few others, as a term that a text discusses does."""
    return any(
        context.kind == "quoted"
        and context.cue_first == context.scope_first
        and context.scope_end - context.scope_first <= _TERM_QUOTED
        for context in reading.contexts(first, end)
    )


def _pierces(treatment: Treatment) -> bool:
    return treatment.kind == "surgery" or treatment.is_injection or treatment.id in _PIERCING
