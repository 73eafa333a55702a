"""Duties towards the reader: the risks of what is promoted, advice to consult, and that results vary.

A text that promotes an invasive, injected or energy-based treatment owes its reader the risks of it. A risk is
disclosed where it is named as something that may happen: not in a negation or a question, not as the condition that
is treated, not of another treatment. Which risks weigh most for which treatment stands in the knowledge (core_risks).
"""

from __future__ import annotations

from collections.abc import Iterator

from copylint.checks.promoted import PROMINENT, Promoted, promoted_treatments
from copylint.checks.settings import CheckSettings
from copylint.checks.surroundings import block_sentences, found_in, listed
from copylint.findings import Candidate, Hit
from copylint.knowledge import Knowledge, Treatment
from copylint.knowledge.mentions import in_sentences, mentions_of_block, mentions_of_sentence, treatment_mentions
from copylint.language.lexicon import Mention
from copylint.language.reading import Reading, Sentence

DUTIES = ("risk/undisclosed", "risk/incomplete", "risk/no-consult", "risk/no-vary")
_DENYING = frozenset({"negated", "questioned", "refuted"})
_RARELY = frozenset({"rarely", "seldom", "hardly", "barely", "scarcely"})
"""These negate a claim, but "rarely, burns occur" discloses burns."""
_JOINS = frozenset({",", "and", "or", "nor", "/", "the", "of", "any", "a", "an", "your", "some"})
_VERBS = frozenset({
    "may", "can", "could", "might", "will", "is", "are", "was", "were", "include", "includes", "cause", "causes",
    "causing", "leave", "leaves", "develop", "experience", "notice", "expect", "but", "although", "though", "however",
    ";", ":", "(", ")", "—", "if", "such", "like",
})  # fmt: skip
_SURGERY = frozenset({"surgery", "surgical", "surgeries", "operation", "operations", "scalpel"})
_BURN = frozenset({"burn", "burns", "burned", "burning"})
_FUEL = frozenset({"fat", "calories", "the", "off", "away", "through", "more", "belly", "stubborn"})
_GAP = 2
"""Words: so many may stand between the risks of a list."""
_CLAUSE_ENDS = frozenset({",", ";", ":", "—", "(", ")", "but", "whereas", "while", "and"})
_INJECTIONS = frozenset({"injection", "injections", "injectable", "injectables", "injected"})
_LASERS = frozenset({"laser", "lasers"})
_CHANCE = frozenset({"risk", "risks", "chance", "likelihood"})
_BLOCKS_ABOVE = 12
_TREATABLE = frozenset({
    "scarring", "pigment", "redness", "contour", "acne-flare", "loose-skin", "asymmetry", "fat-loss",
})  # fmt: skip
"""Risks whose words also name what people have treated."""


class Disclosed:
    """The risks that a text names: by treatment family, of nobody in particular (""), and where (words).

    admitted: where the text speaks of risks without naming one ("like any procedure, it carries risks").
    """

    def __init__(self) -> None:
        self.by_family: dict[str, dict[str, tuple[int, int]]] = {}
        self.admitted: tuple[int, int] | None = None

    def add(self, family: str, risk: str, place: tuple[int, int]) -> None:
        """Note a risk, at its first place."""
        self.by_family.setdefault(family, {}).setdefault(risk, place)

    def of(self, family: str) -> dict[str, tuple[int, int]]:
        """The risks named of this family, and those named of nobody in particular."""
        return {**self.by_family.get("", {}), **self.by_family.get(family, {})}


def check(reading: Reading, knowledge: Knowledge, settings: CheckSettings) -> Iterator[Hit | Candidate]:
    """The duties that the text does not fulfil, and how it fulfils the others."""
    mentions = treatment_mentions(reading, knowledge)
    if not mentions:
        return
    promoted = promoted_treatments(reading, knowledge)
    owing = [item for item in promoted if item.treatment.owes_risks]
    addressed = [item for item in promoted if item.treatment.owes_risks or item.treatment.kind == "supplement"]
    if reading.word_count < settings.duty_words:
        for rule in DUTIES if addressed else ():
            start, end = reading.span(addressed[0].first.first, addressed[0].first.end)
            reason = f"a text of {reading.word_count} words owes no duty (duty-words: {settings.duty_words})"
            yield Candidate(rule, start, end, "setting", reason)
        return
    if not addressed:
        start, end = reading.span(mentions[0].first, mentions[0].end)
        for rule in DUTIES:
            yield Candidate(rule, start, end, "duty", "nothing invasive, injected or energy-based is promoted")
        return
    if owing:
        yield from _risks(reading, knowledge, owing)
    yield from _consult(reading, knowledge, addressed)
    yield from _vary(reading, knowledge, addressed)


def _subject(promoted: list[Promoted]) -> str:
    """The treatment family that a page speaks of most: what a duty of the whole page is about."""
    return min(promoted, key=lambda item: (-len(item.mentions), item.treatment.family)).treatment.family


# ---- risks


def _risks(reading: Reading, knowledge: Knowledge, owing: list[Promoted]) -> Iterator[Hit | Candidate]:
    disclosed = _disclosed(reading, knowledge, owing)
    first = reading.span(owing[0].first.first, owing[0].first.end)
    if not disclosed.by_family and disclosed.admitted is None:
        treatment = owing[0].treatment
        values = {"treatment": listed([item.treatment.name for item in owing[:4]])}
        values |= _words_for(knowledge, treatment, treatment.core_risks)
        yield Hit(DUTIES[0], *first, values, about=_subject(owing))
        return
    if disclosed.by_family:
        risk, place = next(iter(next(iter(disclosed.by_family.values())).items()))
        reason = f"the text names {knowledge.risks[risk].name}"
        yield Candidate(DUTIES[0], *first, "duty", reason, *reading.span(*place))
    elif disclosed.admitted is not None:
        cue = reading.span(*disclosed.admitted)
        yield Candidate(DUTIES[0], *first, "duty", "the text speaks of risks, though it names none", *cue)
    for item in owing:
        yield _incomplete(reading, knowledge, item, disclosed)


def _incomplete(reading: Reading, knowledge: Knowledge, item: Promoted, disclosed: Disclosed) -> Hit | Candidate:
    treatment = item.treatment
    named = disclosed.of(treatment.family)
    missing = [risk for risk in treatment.core_risks if risk not in named]
    place = reading.span(item.first.first, item.first.end)
    if not missing:
        risk = treatment.core_risks[0]
        return Candidate(DUTIES[1], *place, "duty", "the core risks are named", *reading.span(*named[risk]))
    material = [risk for risk in named if risk in treatment.material_risks]
    thorough = len(material) * 2 >= len(treatment.material_risks) and len(missing) < len(treatment.core_risks)
    if thorough and not set(missing) & set(treatment.indispensable_risks):
        reason = f"half of the material risks of {treatment.name} are named, core risks among them"
        return Candidate(DUTIES[1], *place, "duty", reason, *reading.span(*named[material[0]]))
    said = listed([knowledge.risks[risk].name for risk in material]) or "none"
    return Hit(
        DUTIES[1], *place,
        {"treatment": treatment.name, "named": said, **_words_for(knowledge, treatment, missing)},
        about=treatment.family,
    )  # fmt: skip


def _words_for(knowledge: Knowledge, treatment: Treatment, risks: list[str] | tuple[str, ...]) -> dict[str, str]:
    """missing: the names of the risks. words: for each, words that would disclose it."""
    return {
        "missing": listed([knowledge.risks[risk].name for risk in risks]),
        "words": "; ".join(f'"{knowledge.risks[risk].words[0]}"' for risk in risks if knowledge.risks[risk].words),
    }


def _disclosed(reading: Reading, knowledge: Knowledge, owing: list[Promoted]) -> Disclosed:
    found = Disclosed()
    families = {item.treatment.family for item in owing}
    owed: dict[str, frozenset[str]] = {item.treatment.family: item.treatment.material_risks for item in owing}
    owed[""] = frozenset().union(*owed.values())
    doubtful: dict[str, frozenset[str]] = {item.treatment.family: item.treatment.context_only_risks for item in owing}
    doubtful[""] = frozenset().union(*doubtful.values())
    named = list(in_sentences(knowledge.risk_terms, reading))
    inside = {at for mention in named for at in range(mention.first, mention.end)}
    for mention in named:
        if owed[""].isdisjoint(mention.ids) or _is_denied(reading, knowledge, mention, inside):
            continue
        for family in _attributed(reading, knowledge, mention, families):
            # Sorted, for the message lists risks in the order in which they were noted.
            for risk in sorted(owed[family].intersection(mention.ids)):
                if risk not in doubtful[family] or _speaks_of_risk(reading, knowledge, mention.first):
                    found.add(family, risk, (mention.first, mention.end))
    lexicon = knowledge.vocabulary("risk")
    for heading in in_sentences(lexicon, reading):
        if "headings" in heading.ids and not _is_denied(reading, knowledge, heading, inside):
            found.admitted = (heading.first, heading.end)
            break
    return found


def _is_denied(reading: Reading, knowledge: Knowledge, mention: Mention, inside: set[int]) -> bool:
    """Whether the risk is negated, asked about, belittled, or the condition that is treated.

    inside: the words of all risk names. A "not" that belongs to one ("not approved") denies no other.
    """
    keys = reading.words.keys
    for context in reading.contexts(mention.first, mention.end):
        if context.kind == "negated" and (keys[context.cue_first] in _RARELY or context.cue_first in inside):
            continue
        if context.kind in _DENYING:
            return True
    sentence = reading.sentences[reading.sentence_of(mention.first)]
    lexicon = knowledge.vocabulary("risk")
    if mention.end < sentence.last and mention.end not in inside:
        if keys[mention.first] in _BURN and keys[mention.end] in _FUEL:
            return True
        if "treated-after" in found_in(lexicon, reading, mention.end, mention.end + 1):
            return True
    if not _TREATABLE.isdisjoint(mention.ids):
        said = found_in(lexicon, reading, sentence.first, sentence.last)
        if "concerns" in said and "headings" not in said:
            return True
    return _is_governed(reading, knowledge, mention, sentence, inside)


def _is_governed(
    reading: Reading, knowledge: Knowledge, mention: Mention, sentence: Sentence, inside: set[int]
) -> bool:
    """Whether a denying or treating word governs the list that the risk stands in: "no pain or visible scars"."""
    keys = reading.words.keys
    lexicon = knowledge.vocabulary("risk")
    denying = {"belittled", "treated-before"}
    at, gap = mention.first - 1, 0
    while at >= sentence.first and gap <= _GAP:
        ending = lexicon.find(reading.words, max(at - 1, sentence.first), at + 1)
        here = {name for word in ending if word.end == at + 1 for name in word.ids}
        if (here & denying and at not in inside) or ("condition-before" in here and at == mention.first - 1):
            return True
        if keys[at] == "of" and at - 1 > sentence.first and keys[at - 1] in _CHANCE:
            # "reduces the risk of burns" boasts, "there is a risk of burns" discloses
            return bool(found_in(lexicon, reading, max(sentence.first, at - 4), at - 1) & denying)
        if keys[at] in _VERBS and at not in inside:
            return False
        gap = 0 if keys[at] in _JOINS or at in inside else gap + 1
        at -= 1
    return False


def _attributed(reading: Reading, knowledge: Knowledge, mention: Mention, families: set[str]) -> set[str]:
    """The promoted families that the risk is named of; {""}: of the subject of the text; empty: of something else."""
    index = reading.sentence_of(mention.first)
    sentence = reading.sentences[index]
    comparing = "against" in found_in(knowledge.vocabulary("comparison"), reading, sentence.first, mention.first)
    mentions = mentions_of_sentence(reading, knowledge, index)
    here = [knowledge.treatments[m.treatment].family for m in mentions]
    before = [knowledge.treatments[m.treatment].family for m in mentions if m.first <= mention.first]
    if (comparing and not before) or (before and before[-1] not in families):
        return set()
    after = [m for m in mentions if m.first >= mention.end]
    same_clause = after and _CLAUSE_ENDS.isdisjoint(reading.words.keys[mention.end : after[0].first])
    if before or same_clause:
        return families.intersection(here)
    meant = _by_kind(reading.words.keys[sentence.first : mention.first], knowledge, families)
    if meant or here:
        return meant or families.intersection(here)
    operation = not _SURGERY.isdisjoint(reading.words.keys[sentence.first : mention.first])
    if operation and not any("surgery" in knowledge.family_kinds[family] for family in families):
        return set()
    return _attributed_above(reading, knowledge, sentence.block, index, families)


def _by_kind(keys: list[str], knowledge: Knowledge, families: set[str]) -> set[str]:
    """The promoted families that "injectable treatments" or "lasers" in these words can mean."""
    injections, lasers = not _INJECTIONS.isdisjoint(keys), not _LASERS.isdisjoint(keys)
    if not injections and not lasers:
        return set()
    kinds = knowledge.family_kinds
    return {
        family
        for family in families
        if (injections and "injectable" in kinds[family]) or (lasers and "laser" in kinds[family])
    }


def _attributed_above(reading: Reading, knowledge: Knowledge, block: int, index: int, families: set[str]) -> set[str]:
    """By the paragraph so far, then by what stands above it up to the heading; else of the subject of the text."""
    blocks = reading.document.blocks
    for at in range(block, max(block - _BLOCKS_ABOVE, -1), -1):
        spoken = {
            knowledge.treatments[m.treatment].family
            for m in mentions_of_block(reading, knowledge, at)
            if m.sentence < index
        }
        if spoken and at == block:
            return spoken & families
        if spoken & families and len(families) > 1:
            return spoken & families
        if len(families) == 1 or (blocks[at].kind in PROMINENT and at != block):
            break
    return {""}


def _speaks_of_risk(reading: Reading, knowledge: Knowledge, word: int) -> bool:
    """Whether the sentence, the list above it or the heading above it is about risk."""
    index = reading.sentence_of(word)
    sentence = reading.sentences[index]
    lexicon = knowledge.vocabulary("risk")
    if any(context.kind == "risk" for context in reading.contexts(word, word + 1)):
        return True
    if found_in(lexicon, reading, sentence.first, sentence.last) & {"headings", "frames"}:
        return True
    blocks = reading.document.blocks
    block = sentence.block
    first, _ = block_sentences(reading, block)
    for earlier in reading.sentences[max(first, index - 2) : index]:
        if "headings" in found_in(lexicon, reading, earlier.first, earlier.last):
            return True
    at = block - 1
    while at >= 0 and block - at <= 12:
        kind = blocks[at].kind
        if kind == "heading" or (blocks[block].kind == "list-item" and kind == "paragraph"):
            low, high = block_sentences(reading, at)
            above = reading.sentences[low:high]
            return any("headings" in found_in(lexicon, reading, one.first, one.last) for one in above)
        at -= 1
    return False


# ---- consultation, results


def _consult(reading: Reading, knowledge: Knowledge, addressed: list[Promoted]) -> Iterator[Hit | Candidate]:
    item = addressed[0]
    place = reading.span(item.first.first, item.first.end)
    advice = _consult_advice(reading, knowledge)
    if advice is None:
        yield Hit("risk/no-consult", *place, {"treatment": item.treatment.name}, about=_subject(addressed))
    else:
        reason = "the reader is told to consult somebody qualified"
        yield Candidate("risk/no-consult", *place, "duty", reason, *reading.span(*advice))


def _consult_advice(reading: Reading, knowledge: Knowledge) -> tuple[int, int] | None:
    lexicon = knowledge.vocabulary("consult")
    for sentence in reading.sentences:
        found = list(lexicon.find(reading.words, sentence.first, sentence.last))
        if any("no-consult" in mention.ids for mention in found):
            continue
        for mention in found:
            if "words" in mention.ids and not _is_negated(reading, mention):
                return mention.first, mention.end
            if "people" in mention.ids and not _is_negated(reading, mention):
                for verb in found:
                    if "verbs" in verb.ids and abs(mention.first - verb.first) <= 8:
                        return min(verb.first, mention.first), max(verb.end, mention.end)
    return None


def _vary(reading: Reading, knowledge: Knowledge, addressed: list[Promoted]) -> Iterator[Hit | Candidate]:
    item = addressed[0]
    place = reading.span(item.first.first, item.first.end)
    described: Mention | None = None
    for mention in in_sentences(knowledge.vocabulary("results"), reading):
        if not _is_negated(reading, mention):
            described = mention
            break
    if described is None:
        yield Candidate("risk/no-vary", *place, "duty", "no results are described")
        return
    said = _said_to_vary(reading, knowledge)
    if said is None:
        yield Hit("risk/no-vary", *place, {"treatment": item.treatment.name}, about=_subject(addressed))
    else:
        yield Candidate("risk/no-vary", *place, "duty", "results are said to vary", *reading.span(*said))


def _said_to_vary(reading: Reading, knowledge: Knowledge) -> tuple[int, int] | None:
    lexicon = knowledge.vocabulary("vary")
    for sentence in reading.sentences:
        found = list(lexicon.find(reading.words, sentence.first, sentence.last))
        for mention in found:
            if "plain" in mention.ids:
                return mention.first, mention.end
            if "words" in mention.ids and _joined(found, mention, "outcomes", "people"):
                return mention.first, mention.end
            if "groups" in mention.ids and any(
                "group-verbs" in verb.ids and 0 <= verb.first - mention.end <= 1 for verb in found
            ):
                return mention.first, mention.end
    return None


def _joined(found: list[Mention], word: Mention, *lists: str) -> bool:
    """Whether an outcome and the varying word, or the varying word and then a person, belong together."""
    outcomes = any("outcomes" in m.ids and m is not word for m in found)
    people = any("people" in m.ids and 0 <= m.first - word.end <= 8 for m in found)
    return outcomes or people


def _is_negated(reading: Reading, mention: Mention) -> bool:
    return any(context.kind in ("negated", "refuted") for context in reading.contexts(mention.first, mention.end))
