"""Inflections and spellings, made when rules are compiled; nothing of this runs when a text is checked.

`forms("get")` is get, gets, got, gotten, getting; `spellings("anaesthesia")` adds anesthesia. Both may make words that
nobody writes: those cost nothing and match nothing.
"""

from __future__ import annotations

import re

_IRREGULAR_VERBS = """
be am is are was were been being|have has had having|do does did done doing|get gets got gotten getting
go goes went gone going|make makes made making|take takes took taken taking|give gives gave given giving
see sees saw seen seeing|feel feels felt feeling|lose loses lost losing|leave leaves left leaving
keep keeps kept keeping|find finds found finding|come comes came coming|become becomes became becoming
say says said saying|tell tells told telling|show shows showed shown showing|grow grows grew grown growing
know knows knew known knowing|think thinks thought thinking|buy buys bought buying|bring brings brought bringing
build builds built building|rebuild rebuilds rebuilt rebuilding|hold holds held holding|cut cuts cutting
put puts putting|set sets setting|let lets letting|shed sheds shedding|burn burns burned burnt burning
melt melts melted molten melting|freeze freezes froze frozen freezing|shrink shrinks shrank shrunk shrinking
begin begins began begun beginning|break breaks broke broken breaking|choose chooses chose chosen choosing
fall falls fell fallen falling|fight fights fought fighting|forget forgets forgot forgotten forgetting
hide hides hid hidden hiding|hurt hurts hurting|lead leads led leading|mean means meant meaning
meet meets met meeting|pay pays paid paying|read reads reading|rise rises rose risen rising|run runs ran running
sell sells sold selling|send sends sent sending|speak speaks spoke spoken speaking|spend spends spent spending
stand stands stood standing|stick sticks stuck sticking|swear swears swore sworn swearing
teach teaches taught teaching|undergo undergoes underwent undergone undergoing|undo undoes undid undone undoing
wear wears wore worn wearing|win wins won winning|write writes wrote written writing|hit hits hitting
beat beats beaten beating|fit fits fitted fitting|heal heals healed healing|throw throws threw thrown throwing
wake wakes woke woken waking|walk walks walked walking|sit sits sat sitting|hear hears heard hearing
shape shapes shaped shaping|defy defies defied defying|tie ties tied tying|die dies died dying
""".replace("\n", "|")
_IRREGULAR_NOUNS = """
woman women|man men|child children|foot feet|tooth teeth|person people persons|body bodies|life lives|knife knives
half halves|crow's crows|datum data|nucleus nuclei|bacterium bacteria|analysis analyses|diagnosis diagnoses
""".replace("\n", "|")

_DOUBLED = re.compile(r"[^aeiou][aeiou][bdgklmnprtvz]$")
_LONG_DOUBLED = frozenset(
    """prefer refer occur regret commit submit permit admit equip begin forget control compel rebel cancel
    travel model label signal dial enrol""".split()
)


def _table(text: str) -> dict[str, tuple[str, ...]]:
    rows = (row.split() for row in text.split("|") if row.strip())
    return {row[0]: tuple(row) for row in rows}


_VERBS = _table(_IRREGULAR_VERBS)
_NOUNS = _table(_IRREGULAR_NOUNS)


def forms(word: str) -> tuple[str, ...]:
    """Every inflection of a base form, as verb and as noun, the base first. Lower case in, lower case out."""
    found = [word]
    if word in _VERBS:
        found += _VERBS[word]
    if word in _NOUNS:
        found += _NOUNS[word]
    if len(found) == 1:
        found += _regular(word)
    return tuple(dict.fromkeys(found))


def _regular(word: str) -> list[str]:
    if word.endswith("e"):
        return [word + "s", word + "d", word[:-1] + "ing"]
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return [word[:-1] + "ies", word[:-1] + "ied", word + "ing"]
    plural = word + ("es" if word.endswith(("s", "x", "z", "ch", "sh")) else "s")
    stem = word
    short = len(re.findall(r"[aeiouy]+", word)) == 1
    if _DOUBLED.search(word) and (short or word in _LONG_DOUBLED):
        stem = word + word[-1]
        return [plural, stem + "ed", stem + "ing", word + "ed", word + "ing"]
    return [plural, stem + "ed", stem + "ing"]


_SUBSTITUTIONS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"is(e|ed|es|er|ers|ing|ation|ations)$", r"iz\1"),
        (r"iz(e|ed|es|er|ers|ing|ation|ations)$", r"is\1"),
        (r"ys(e|ed|es|ing)$", r"yz\1"),
        (r"yz(e|ed|es|ing)$", r"ys\1"),
        (r"^(col|fav|hon|lab|flav|neighb|behavi|harb|rum|tum|od|vig|glam|hum|rig|sav|val|endeav)our", r"\1or"),
        (r"^(col|fav|hon|lab|flav|neighb|behavi|harb|rum|tum|od|vig|glam|hum|rig|sav|val|endeav)or", r"\1our"),
        (r"^(discol)our", r"\1or"),
        (r"^(discol)or", r"\1our"),
        (r"^(cent|fib|lit|met|theat)re(s?)$", r"\1er\2"),
        (r"^(cent|fib|lit|met|theat)er(s?)$", r"\1re\2"),
        (r"ae(sth|m)", r"e\1"),
        (r"^(an)e(sth)", r"\1ae\2"),
        (r"^h(em(at|or|og))", r"ha\1"),
        (r"^oe(dem|stro|soph)", r"e\1"),
        (r"^e(dem|stro|soph)", r"oe\1"),
        (r"^(an?ti)?ageing$", r"\1aging"),
        (r"^(an?ti)?aging$", r"\1ageing"),
        (r"(ell)(ed|ing|er|ers)$", r"el\2"),
        (r"^(licen|practi|defen|offen)ce", r"\1se"),
        (r"^(licen|practi|defen|offen)se", r"\1ce"),
        (r"^grey", "gray"), (r"^gray", "grey"),
        (r"^sceptic", "skeptic"), (r"^skeptic", "sceptic"),
        (r"^mould", "mold"), (r"^mold", "mould"),
        (r"^programme(s?)$", r"program\1"), (r"^program(s?)$", r"programme\1"),
        (r"^fulfil(s?)$", r"fulfill\1"), (r"^skilful", "skillful"), (r"^skillful", "skilful"),
        (r"rr?hoea", "rrhea"), (r"paed", "ped"), (r"^gynaec", "gynec"),
    )
)  # fmt: skip
_SHORT = frozenset(
    """rise rises wise size sizes prise prize seize arise noise raise bruise bruised bruises exercise""".split()
)


def spellings(word: str) -> tuple[str, ...]:
    """The word and its UK or US twin spellings, the word itself first."""
    found = [word]
    if word not in _SHORT:
        for pattern, replacement in _SUBSTITUTIONS:
            twin, count = pattern.subn(replacement, word, count=1)
            if count and twin not in found:
                found.append(twin)
    return tuple(found)
