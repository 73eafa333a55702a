"""The phrase language: what a phrase matches, and what it says of a fault in it."""

from __future__ import annotations

import pytest

from copylint.language.anchors import Classes, compile_phrases
from copylint.language.inflect import forms, spellings
from copylint.language.matcher import Compiled, Matcher
from copylint.language.patterns import ClassTable
from copylint.language.phrases import PhraseError, parse
from copylint.language.signs import Signs
from copylint.language.words import words_of

CLASSES = {
    "fat": ["fat", "fat cell~", "{belly|back} fat"],
    "none": ["no", "without [any]", "free of", "not {a|any}"],
    "price": ["from <money>", "<fat> for <money>"],
}


def _matcher(compiled: Compiled) -> Matcher:
    return Matcher(compiled, ClassTable(compiled.classes), Signs(compiled.signs))


def matches(phrase: str, text: str) -> list[str]:
    """What the phrase matches in the text, read as one sentence."""
    classes = Classes({name: [parse(entry) for entry in entries] for name, entries in CLASSES.items()})
    compiled = compile_phrases([parse(phrase)], classes)
    words = words_of(text)
    found = _matcher(compiled).find(words, text, [(0, len(words))])
    return [text[words.starts[match.first] : words.ends[match.end - 1]] for match in found]


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("gone for good", "The fat is gone for good.", ["gone for good"]),
        ("{gone|removed} forever", "removed forever, gone  forever", ["removed forever", "gone  forever"]),
        ("results [that] last", "results last; results that last", ["results last", "results that last"]),
        ("<fat> gone", "back fat gone", ["back fat gone", "fat gone"]),
        ("<none> pain", "without any pain", ["without any pain"]),
        ("<fat> ... forever", "fat cells are destroyed forever", ["fat cells are destroyed forever"]),
        ("pain-free", "pain-free, pain free, painfree, pain‑free", ["pain-free", "pain free", "painfree", "pain‑free"]),
        ("last~ years", "lasts years lasted years lasting years", ["lasts years", "lasted years", "lasting years"]),
        ("get~ rid", "got rid getting rid", ["got rid", "getting rid"]),
        ("you will look", "you'll look; you’ll look; YOU WILL LOOK", ["you'll look", "you’ll look", "YOU WILL LOOK"]),
        ("can not", "cannot can't can’t", ["cannot", "can't", "can’t"]),
        ("anti-ageing", "anti-aging antiageing", ["anti-aging", "antiageing"]),
        ("minimise", "minimize", ["minimize"]),
        ("100 % safe", "100% safe", ["100% safe"]),
        ("from <money>", "from £99 and from $1,500.50", ["from £99", "from $1,500.50"]),
        ("<percent> of", "30% of, 30 per cent of", ["30% of", "30 per cent of"]),
        ("<price>", "from £5 or fat for $6", ["from £5", "fat for $6"]),
        ("says <name>", "it hurts, says Leslie", ["says Leslie"]),
        ("says <name>", "it hurts, says everyone", []),
        ("^ book now", "Book now", ["Book now"]),
        ("^ book now", "Please book now", []),
        ("we are the best $", "we are the best!", ["we are the best"]),
        ("we are the best $", "we are the best clinic", []),
        ("zero downtime", "zero\ndowntime", ["zero\ndowntime"]),
        ("FDA approved", "FDA®-approved", ["FDA®-approved"]),
        ("miracle", "“miracle”", ["miracle"]),
    ],
)
def test_phrase_matches(phrase: str, text: str, expected: list[str]) -> None:
    assert matches(phrase, text) == expected


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("must", "mustache"),  # never inside a word
        ("<fat> ... forever", "fat is gone, forever"),  # a gap ends at a comma
        ("<fat> ... forever", "fat but forever"),
        ("<fat> ... forever", "fat one two three four five forever"),
        ("safe and effective", "safe, effective"),
        ("İstanbul", "istanbul"),  # lower case of İ has two characters: no match, and no fault
    ],
)
def test_phrase_does_not_match(phrase: str, text: str) -> None:
    assert matches(phrase, text) == []


@pytest.mark.parametrize(
    ("phrase", "at", "message"),
    [
        ("{gone", 0, "never closed"),
        ("gone}", 4, "closes nothing"),
        ("a <Class>", 2, "begins no word class"),
        ("a||b", 1, "outside of"),
        ("{a||b}", 3, "empty alternative"),
        ("[gone]", 0, "nothing at all"),
        ("...", 0, "nothing at all"),
    ],
)
def test_fault_in_a_phrase_is_told_with_its_place(phrase: str, at: int, message: str) -> None:
    with pytest.raises(PhraseError, match=message) as caught:
        parse(phrase)
    assert caught.value.at == at


def test_class_made_of_itself_is_an_error() -> None:
    classes = Classes({"a": [parse("<b>")], "b": [parse("<a>")]})
    with pytest.raises((PhraseError, RecursionError)):
        compile_phrases([parse("<a>")], classes)


def test_anchor_is_the_rarest_part() -> None:
    classes = Classes({"fat": [parse("fat")]})
    anchors = compile_phrases([parse("the <fat> is {permanently|forever} gone")], classes).anchors
    assert anchors == {"permanently": "0 3 3", "forever": "0 3 3"}


def test_each_phrase_is_decoded_only_where_an_anchor_stands() -> None:
    plain = compile_phrases([parse("miracle cure"), parse("gone for good")], Classes({}))
    plain.phrases[1] = "not even JSON"
    words = words_of("a miracle cure")
    assert [match.phrase for match in _matcher(plain).find(words, "a miracle cure", [(0, 3)])] == [0]


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ("get", {"get", "gets", "got", "getting"}),
        ("promise", {"promise", "promises", "promised", "promising"}),
        ("stop", {"stop", "stops", "stopped", "stopping"}),
        ("cure", {"cured", "curing"}),
        ("defy", {"defies", "defied", "defying"}),
        ("woman", {"women"}),
        ("erase", {"erases", "erased", "erasing"}),
        ("vanish", {"vanishes", "vanished"}),
        ("scar", {"scars", "scarred", "scarring"}),
    ],
)
def test_forms(base: str, expected: set[str]) -> None:
    assert expected <= set(forms(base))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ageing", "aging"), ("colour", "color"), ("anaesthesia", "anesthesia"), ("oedema", "edema"),
        ("revolutionise", "revolutionize"), ("centre", "center"), ("haematoma", "hematoma"), ("tumour", "tumor"),
        ("licence", "license"), ("programme", "program"), ("grey", "gray"),
    ],
)  # fmt: skip
def test_spellings_go_both_ways(one: str, other: str) -> None:
    assert other in spellings(one)
    assert one in spellings(other)
