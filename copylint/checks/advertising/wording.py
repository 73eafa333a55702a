"""Plugs by wording: codes, shops and businesses named, products recommended, lines that sell."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator

from copylint.checks.advertising.page import LONGEST, OWN, Page, Plug, clause_end, last_block, spoken, words_in
from copylint.findings import Severity
from copylint.knowledge.affiliates import Cue
from copylint.language.reading import Sentence

CLOSING_WORDS = 20
"""A closing line is no longer than this."""
_LIKE_A_CODE = re.compile(r"[A-Z]{4,15}-?\d{1,4}")
_BEFORE_NAME = frozenset({
    "the", "our", "a", "an", "my", "one", "online", "shop", "clinic", "brand", "store", "salon", "spa", "people",
    "folks", "team", "at", "good", "lovely", "dear", "local", "little", "new", "wonderful", ",", ":",
})  # fmt: skip
"""Words that may stand between a call and the name that it leads to: "goes to the online shop NAME"."""
_PEOPLE = frozenset({"dr", "doctor", "mr", "mrs", "ms", "miss", "professor", "prof", "nurse", "sister"})
_INTRODUCTION = 5
"""Words after "code" among which the colon stands that the code itself follows."""
_SUBJECT = 10
"""Words before the praise among which its subject stands."""
_ANSWER = 5
"""Words of an answer that is no more than a name."""
_CODE = re.compile(r"[A-Z0-9]*[A-Z][A-Z0-9]+|[A-Z]+-?\d+")


def from_wording(page: Page, number: int, sentence: Sentence) -> Iterator[Plug]:
    """The plugs that the wording of a sentence makes."""
    for cue in page.by_sentence[number]:
        finder = _WORDING.get(cue.role)
        if finder is not None:
            yield from finder(page, number, sentence, cue)
    yield from _placeholder(page, number, sentence)
    yield from _closing_line(page, number, sentence)


Finder = Callable[[Page, int, Sentence, Cue], Iterator[Plug]]


def _code(page: Page, number: int, sentence: Sentence, cue: Cue) -> Iterator[Plug]:
    """A code: "use code GLOW20", "10% off (code: glow)"; a postal code or a code of conduct is none."""
    words, text = page.reading.words, page.reading.document.text
    at = cue.end
    for skipped in range(at, min(at + _INTRODUCTION, sentence.last)):
        if words.keys[skipped] == ":":  # "a code for all of you: HELLO10"
            at = skipped
            break
    while at < sentence.last and words.keys[at] in (":", "is", "of", "—"):
        at += 1
    if at >= sentence.last or not spoken(words.keys[at]):
        return
    start = words.starts[at]
    stop = start
    while stop < len(text) and (text[stop].isalnum() or text[stop] in "-_"):
        stop += 1
    end = max(bisect_left(words.starts, stop), at + 1)
    promising = {"discount", "off", "promo", "coupon", "voucher", "promotional", "referral", "affiliate", "creator"}
    nearby = set(words.keys[max(sentence.first, cue.first - 8) : min(sentence.last, end + 10)])
    looks_like_one = bool(_CODE.fullmatch(text[start:stop]))
    announced = nearby & promising and (looks_like_one or words.keys[cue.end : cue.end + 1] == [":"])
    plain = _LIKE_A_CODE.fullmatch(text[start:stop]) is not None
    if not (announced or plain or (looks_like_one and cue.end - cue.first > 1)):
        return
    first = max(sentence.first, cue.first)
    for back in range(cue.first - 1, max(sentence.first, cue.first - 5) - 1, -1):
        if words.keys[back] == "%" and back > sentence.first:
            first = back - 1
    yield Plug(first, end, "a discount code")


def _redeem(page: Page, number: int, sentence: Sentence, cue: Cue) -> Iterator[Plug]:
    """A code without the word: "enter HELLO10 at NAME", "Yours is CONTOUR5" after "a promo code?"."""
    reading = page.reading
    words = reading.words
    if cue.end >= sentence.last:
        return
    start = words.starts[cue.end]
    match = _LIKE_A_CODE.match(reading.document.text, start)
    if match is None or reading.document.text[match.end() : match.end() + 1].isalnum():
        return
    end = max(bisect_left(words.starts, match.end()), cue.end + 1)
    if next(page.treatments.find(words, cue.end, end), None) is None:
        yield Plug(cue.first, end, "a discount code")


def _choose(page: Page, number: int, sentence: Sentence, cue: Cue) -> Iterator[Plug]:
    """A business or a brand to choose: "choose NAME", "our vote goes to the online shop NAME"."""
    keys = page.reading.words.keys
    at = cue.end
    while at < min(sentence.last, cue.end + 4) and keys[at] in _BEFORE_NAME and not _is_capital(page, at):
        at += 1
    end = page.name_after(at, sentence.last)
    while end > at and keys[end - 1] == "'s":
        end -= 1
    firm = end > at and (_business_word(page, number, at, end) or "&" in keys[at:end])
    named = end > at and not page.is_titled(sentence) and page.is_business(number, at, end)
    if keys[cue.first] == "try" and end - at < 2:
        named = False  # "try Pilates"
    if cue.role == "choose-firm" and not (named and firm):
        return  # "call", "see" and "text" are everyday words: not worth a line
    if not named or (keys[at] in _PEOPLE and not firm):
        yield Plug(cue.first, cue.end, "", excuse="no business is named", excuse_kind="requires")
        return
    excuse = "the page speaks for the business itself" if _is_own(page, at, end) else ""
    yield Plug(cue.first, min(end, cue.first + LONGEST), "a business or a brand named to choose", None, excuse)


def _is_capital(page: Page, at: int) -> bool:
    return page.reading.document.text[page.reading.words.starts[at]].isupper()


def _praised(page: Page, number: int, sentence: Sentence, cue: Cue) -> Iterator[Plug]:
    """A business or its wares praised as an advertisement would: "NAME deserves your call", "NAME is on offer"."""
    keys = page.reading.words.keys
    low = max(sentence.first, cue.first - _SUBJECT)
    for at in range(cue.first - 1, low - 1, -1):
        if keys[at] in (";", ":", "?", "!", "but"):
            low = at + 1
            break
    for first, end in page.names_inside(low, cue.first) if not page.is_titled(sentence) else ():
        if keys[first] not in _PEOPLE and page.is_business(number, first, end):
            excuse = "the page speaks for the business itself" if _is_own(page, first, end) else ""
            yield Plug(first, min(cue.end, first + LONGEST), "a business or its wares praised by name", None, excuse)
            return
    yield Plug(cue.first, cue.end, "", excuse="no business is named", excuse_kind="requires")


def _is_own(page: Page, first: int, end: int) -> bool:
    return page.speaks_for_itself or page.is_host(first, end)


def _answer(page: Page, number: int, sentence: Sentence, cue: Cue) -> Iterator[Plug]:
    """A question about what to buy or where to go, and a name for an answer: "Which serum? NAME's, obviously."."""
    reading = page.reading
    keys = reading.words.keys
    if keys[sentence.last - 1] != "?" or number + 1 >= len(reading.sentences):
        return
    answer = reading.sentences[number + 1]
    end = page.name_after(answer.first, answer.last)
    said = [key for key in keys[end : answer.last] if spoken(key)]
    if end == answer.first or len(said) > _ANSWER or answer.block not in (sentence.block, sentence.block + 1):
        return
    several = end - answer.first > 1
    if several and not page.is_titled(sentence) and page.is_business(number + 1, answer.first, end):
        yield from _named(page, answer.first, max(end, answer.first + 1), "a name for an answer")


def _order(page: Page, number: int, sentence: Sentence, cue: Cue) -> Iterator[Plug]:
    """An order to buy, or to say who sent you, outside the page's own voice."""
    own = number in page.own_sentences and cue.role == "sent"
    excuse = "the page speaks for the business itself" if own or page.speaks_for_itself else ""
    yield Plug(cue.first, min(cue.end, cue.first + LONGEST), "an order to buy", None, excuse)


def _plain(sign: str) -> Finder:
    def finder(_page: Page, _number: int, _sentence: Sentence, cue: Cue) -> Iterator[Plug]:
        yield Plug(cue.first, cue.end, sign)

    return finder


def _discount(page: Page, _number: int, sentence: Sentence, cue: Cue) -> Iterator[Plug]:
    keys = page.reading.words.keys
    first = cue.first
    while first > sentence.first and (keys[first - 1] == "%" or keys[first - 1].isdigit()):
        first -= 1
    yield Plug(first, cue.end, "a discount tied to a link")


def _segue(page: Page, number: int, sentence: Sentence, cue: Cue) -> Iterator[Plug]:
    """A change of subject that ends at a business: "speaking of which, NAME offers ..."."""
    for offer in page.roles(number, "offers", "trades"):
        first = page.name_before(cue.end, offer.first)
        if first < offer.first and page.is_business(number, first, offer.first):
            if cue.role == "looking-for" and not _business_word(page, number, first, offer.first):
                continue
            end = clause_end(page.reading.words.keys, offer.end, min(sentence.last, first + LONGEST))
            yield from _named(page, first, end, "a change of subject that ends at a business")
            return


def _business_word(page: Page, number: int, first: int, end: int) -> bool:
    """Whether a name says itself that it is a business: two capitals, one of them Clinic, Shop ..."""
    return end - first > 1 and any(
        first <= cue.first and cue.end <= end for cue in page.roles(number, "business", "retailer")
    )


def _named(page: Page, first: int, end: int, sign: str, severity: Severity | None = None) -> Iterator[Plug]:
    excuse = "the page speaks for the business itself" if page.speaks_for_itself else ""
    yield Plug(first, min(end, first + LONGEST), sign, severity, excuse)


def _shop_at(page: Page, number: int, sentence: Sentence, cue: Cue) -> Iterator[Plug]:
    """A shop to buy from: "order it from NAME", "available on Amazon", "check price on NAME"."""
    words = page.reading.words
    at = cue.end
    if at < sentence.last and words.keys[at] in ("the", "our", "your"):
        at += 1
    for shop in page.roles(number, "retailer"):
        if shop.first == at:
            yield Plug(cue.first, shop.end, "a shop named to buy from")
            return
    name_end = page.name_after(at, sentence.last)
    # A maker's own name may be a treatment's too; "get ... from" and "available from" say too little for that.
    buying = words.keys[cue.first] not in ("available", "get", "got", "grab", "pick")
    if name_end > at and page.is_business(number, at, name_end, brands=buying):
        if words.keys[at - 1] == "our":
            return
        if words.keys[cue.first] == "available" and not _business_word(page, number, at, name_end):
            return
        yield Plug(cue.first, min(name_end, cue.first + LONGEST), "a shop named to buy from")
    elif name_end > at:
        yield Plug(cue.first, name_end, "", excuse="no shop is named", excuse_kind="requires")


def _steer(page: Page, number: int, sentence: Sentence, cue: Cue) -> Iterator[Plug]:
    """A business to visit: "check out NAME Skincare"; the name must say that it is a business."""
    words = page.reading.words
    at = cue.end
    if at < sentence.last and words.keys[at] == "the":
        at += 1
    end = page.name_after(at, sentence.last)
    if end - at < 2:
        return
    for cue_of_name in page.roles(number, "authority-name"):
        if at <= cue_of_name.first < end:
            yield Plug(cue.first, end, "", excuse="a health service, a regulator or a society")
            return
    if page.is_business(number, at, end) and _business_word(page, number, at, end):
        yield from _named(page, cue.first, end, "a business named to visit")


def _partner(page: Page, number: int, sentence: Sentence, cue: Cue) -> Iterator[Plug]:
    at = cue.end
    keys = page.reading.words.keys
    while at < sentence.last and keys[at] in (",", "the", "is", "at", "clinic", "brand", "shop", "store"):
        at += 1
    end = page.name_after(at, sentence.last)
    if end > at and page.is_business(number, at, end):
        yield Plug(cue.first, min(end, cue.first + LONGEST), "a business partner named")
    else:
        yield Plug(cue.first, cue.end, "", excuse="no business is named", excuse_kind="requires")


def _them(page: Page, number: int, sentence: Sentence, cue: Cue) -> Iterator[Plug]:
    """A business recommended: "call them", "their website", of a name in this sentence or the two before."""
    for back in (number, number - 1, number - 2):
        if back < 0 or page.reading.sentences[back].block != sentence.block:
            continue
        before = page.reading.sentences[back]
        for noun in page.roles(back, "business"):
            first = page.name_before(before.first, noun.end)
            if noun.end - first < 2 or noun.first >= cue.first:
                continue
            if page.is_business(back, first, noun.end):
                yield from _named(page, cue.first, cue.end, "a business recommended in the third person")
                return


def _last_word_on(page: Page, number: int, sentence: Sentence, cue: Cue) -> Iterator[Plug]:
    """The last paragraph names a business for the first time, and what it offers."""
    reading = page.reading
    if number == 0 or sentence.block < last_block(reading):
        return
    first = page.name_before(sentence.first, cue.first)
    # "NAME Clinic in Leeds offers"
    if first == cue.first:
        return
    keys = reading.words.keys
    start = first
    if keys[first - 1] in ("in", "of", "at") and first - 1 > sentence.first:
        start = page.name_before(sentence.first, first - 1)
    if not page.is_business(number, start, cue.first) or not _business_word(page, number, start, cue.first):
        return
    name = tuple(keys[start : min(first if start < first else cue.first, cue.first)])
    earlier = keys[: sentence.first]
    if any(tuple(earlier[at : at + 2]) == name[:2] for at in range(len(earlier) - 1)):
        return
    end = clause_end(keys, cue.end, min(sentence.last, start + LONGEST))
    yield from _named(page, start, end, "a closing paragraph that ends at a business")


def _product(page: Page, number: int, sentence: Sentence, cue: Cue) -> Iterator[Plug]:
    """A product recommended by name: "try a serum like NAME NAME"."""
    end = page.name_after(cue.end, sentence.last)
    if end - cue.end < 2 or not page.is_business(number, cue.end, end):
        return
    if any(verb.end <= cue.first for verb in page.roles(number, "recommends")):
        yield from _named(page, cue.end, end, "a product recommended by name", "warning")


def _blend(page: Page, number: int, sentence: Sentence, cue: Cue) -> Iterator[Plug]:
    """A product praised by name: "NAME NAME contains a proprietary blend", as nobody but its seller says."""
    first = page.name_before(sentence.first, cue.first)
    if cue.first - first > 1 and page.is_business(number, first, cue.first):
        yield from _named(page, first, cue.first, "a product recommended by name", "warning")


def _trades(page: Page, number: int, sentence: Sentence, cue: Cue) -> Iterator[Plug]:
    """A maker named in passing: "(NAME NAME makes some)"."""
    first = page.name_before(sentence.first, cue.first)
    if cue.first - first > 1 and page.is_business(number, first, cue.first):
        yield from _named(page, first, cue.end, "a maker named in passing", "warning")


def _pasted_keyword(page: Page, number: int, sentence: Sentence, cue: Cue) -> Iterator[Plug]:
    """A search phrase pasted into the text, capital and all, without its "in": "the Best lip clinic Leeds"."""
    words, text = page.reading.words, page.reading.document.text
    if not text[words.starts[cue.first]].isupper() or page.reading.block_of(cue.first).kind == "heading":
        return
    for what in page.roles(number, "best-what"):
        if not 0 <= what.first - cue.end <= 3 or what.end >= sentence.last:
            continue
        between = text[words.ends[what.end - 1] : words.starts[what.end]]
        end = page.name_after(what.end, min(sentence.last, what.end + 2))
        if end > what.end and between == " " and cue.first > sentence.first:
            yield from _named(page, cue.first, end, "a search phrase pasted into the text", "warning")
            return


def _placeholder(page: Page, number: int, sentence: Sentence) -> Iterator[Plug]:
    """A placeholder forgotten in the visible text: [AFFILIATE LINK]."""
    text = page.reading.document.text[sentence.start : sentence.end]
    if "_" not in text and "[" not in text:
        return
    for match in re.finditer(r"\[[^\[\]]{3,60}\]|\b[A-Z0-9]+(?:[_-][A-Z0-9]+)+\b", text):
        if page.facts.placeholder(match.group()):
            first, end = words_in(page.reading, sentence.start + match.start(), sentence.start + match.end())
            yield Plug(first, end, "a placeholder for an affiliate address")


def _closing_line(page: Page, number: int, sentence: Sentence) -> Iterator[Plug]:
    """A last line such as "Discover ... with our collection", of an article that has spoken of no "us" before."""
    reading = page.reading
    if number < len(reading.sentences) - 1 and sentence.block < last_block(reading):
        return
    if number == 0 or sentence.last - sentence.first > CLOSING_WORDS:
        return
    opening = [cue for cue in page.roles(number, "closing") if cue.first == sentence.first]
    things = page.roles(number, "closing-thing")
    ours = [cue for cue in page.roles(number, "closing-with") if reading.words.keys[cue.end - 1] == "our"]
    if not (opening and things and ours and min(cue.first for cue in ours) < max(cue.first for cue in things)):
        return
    end = min(*(cue.first for cue in ours), sentence.first + LONGEST)
    end = clause_end(reading.words.keys, opening[0].end, max(end, opening[0].end + 1))
    excuse = ""
    if set(reading.words.keys[: sentence.first]) & OWN:
        excuse = "the page speaks for the business itself"
    yield Plug(sentence.first, end, "a closing line that sells", "warning", excuse)


_WORDING: dict[str, Finder] = {
    "code": _code,
    "redeem": _redeem,
    "choose": _choose,
    "choose-firm": _choose,
    "praised": _praised,
    "asked": _answer,
    "hurry": _order,
    "sent": _order,
    "sent-you": _plain("somebody else is told who sent the reader"),
    "reader-offer": _order,
    "discount-without-code": _discount,
    "bio": _plain("a link that pays"),
    "segue": _segue,
    "looking-for": _segue,
    "shop-at": _shop_at,
    "steer": _steer,
    "partner": _partner,
    "them": _them,
    "offers": _last_word_on,
    "product": _product,
    "blend": _blend,
    "trades": _trades,
    "best": _pasted_keyword,
}
