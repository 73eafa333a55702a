"""Measuring: every definition on a corpus small enough to count by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from copylint.documents.document import Source
from copylint.measure.compare import Found, Passage, merge
from copylint.measure.corpus import (
    DOCUMENT_LABELS,
    SPAN_LABELS,
    CorpusError,
    Record,
    Span,
    Vocabulary,
    read,
    vocabulary,
)
from copylint.measure.table import as_json, case_line, table
from copylint.measure.tally import Measurement, measure

TOP = Path(__file__).parent.parent
OWN = TOP / "benchmarks" / "corpus" / "own.jsonl"
MANUAL = TOP / "docs" / "manual" / "measuring.md"
RULES = {
    "overclaim/hype": "hype",
    "overclaim/downtime": "downtime",
    "regulator/approval": "regulator",
    "regulator/seal": "regulator",
    "regulator/prescription-only": "prescription",
    "risk/undisclosed": "no-risks",
    "structure/repeated": "repeated",
    "copylint/unknown-rule": "notice",
}
TEXT = "A miracle laser with zero downtime. The FDA endorsed our clinic and its miracle lamp."
"""The text that most cases are about; findings are written as the words that they stand on."""


def place(words: str, text: str = TEXT) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def span(words: str, label: str, *, optional: bool = False, by_regulator: bool = False) -> Span:
    return Span(label.removeprefix("ok:"), *place(words), label.startswith("ok:"), optional, by_regulator)


def measured(
    found: list[tuple[str, str]], spans: list[Span], *, kind: str = "clinic", whole: bool = False, document: str = ""
) -> Measurement:
    record = Record("corpus.jsonl:1", "one", TEXT, kind, "md", whole, tuple(spans), frozenset(document.split()))
    findings = [(rule, *place(words)) for words, rule in found]
    return measure([(record, findings)], RULES, Vocabulary())


def shares(measurement: Measurement, label: str) -> tuple[float | None, float | None]:
    row = measurement.labels[label]
    return row.precision, row.recall


@pytest.mark.parametrize(
    ("found", "passages"),
    [
        pytest.param([(0, 4), (2, 9)], [(0, 9)], id="that overlap"),
        pytest.param([(0, 4), (4, 9)], [(0, 9)], id="that touch"),
        pytest.param([(0, 9), (2, 4)], [(0, 9)], id="one inside the other"),
        pytest.param([(4, 9), (0, 4)], [(0, 9)], id="in any order"),
        pytest.param([(0, 4), (5, 9)], [(0, 4), (5, 9)], id="but not across a character between them"),
    ],
)
def test_findings_of_a_label_become_one_passage(found: list[tuple[int, int]], passages: list[tuple[int, int]]) -> None:
    merged = merge(Found("overclaim/hype", "hype", start, end) for start, end in found)
    assert [(one.start, one.end) for one in merged] == passages


def test_two_rules_of_one_label_share_a_passage_and_have_their_own() -> None:
    found = [Found("regulator/seal", "regulator", 0, 4), Found("regulator/approval", "regulator", 2, 9)]
    both = frozenset({"regulator/approval", "regulator/seal"})
    assert merge(found) == [Passage("regulator", "regulator", 0, 9, both)]
    assert [(one.name, one.start, one.end) for one in merge(found, by_rule=True)] == [
        ("regulator/approval", 2, 9),
        ("regulator/seal", 0, 4),
    ]


def test_findings_of_different_labels_stay_apart() -> None:
    found = [Found("overclaim/hype", "hype", 0, 4), Found("overclaim/downtime", "downtime", 0, 4)]
    assert [one.name for one in merge(found)] == ["downtime", "hype"]


def test_precision_recall_and_f1_are_counted_by_hand() -> None:
    """Two passages of hype, one of them found; two findings of hype, one of them right."""
    measurement = measured(
        [("miracle laser", "overclaim/hype"), ("clinic", "overclaim/hype")],
        [span("miracle", "hype"), span("miracle lamp", "hype")],
    )
    assert shares(measurement, "hype") == (0.5, 0.5)
    assert measurement.labels["hype"].f1 == 0.5


@pytest.mark.parametrize(
    ("words", "right"),
    [
        pytest.param("downtime. The", 1, id="some of the passage"),
        pytest.param("with zero", 1, id="its beginning"),
        pytest.param(
            "A miracle laser with zero downtime. The FDA endorsed our clinic and its miracle lamp", 1, id="all"
        ),
        pytest.param(" laser with ", 0, id="touching is not sharing"),
    ],
)
def test_one_shared_character_is_a_hit(words: str, right: int) -> None:
    row = measured([(words, "overclaim/downtime")], [span("zero downtime", "downtime")]).labels["downtime"]
    assert (row.findings, row.right, row.hit) == (1, right, right)


@pytest.mark.parametrize(("words", "right"), [(16, 1), (17, 0)])
def test_a_finding_of_more_than_16_words_hits_nothing(words: int, right: int) -> None:
    text = "miracle " + "and so on " * 6
    end = len(" ".join(text.split()[:words]))
    record = Record("c:1", "one", text, "neutral", spans=(Span("hype", 0, 7),))
    measurement = measure([(record, [("overclaim/hype", 0, end)])], RULES, Vocabulary())
    row = measurement.labels["hype"]
    assert (row.findings, row.right, row.hit, measurement.any_label.right) == (1, right, right, right)
    assert measurement.alarms["neutral"].alarms == 1 - right


def test_findings_that_touch_are_counted_in_words_together() -> None:
    """Two of ten words each hit the passage apart, and nothing once they are one."""
    text = "miracle " + "word " * 19
    half = len("miracle " + "word " * 9)
    record = Record("c:1", "one", text, spans=(Span("hype", 0, 7),))
    found = [("overclaim/hype", 0, half), ("overclaim/hype", half, len(text))]
    assert measure([(record, found[:1])], RULES, Vocabulary()).labels["hype"].right == 1
    assert measure([(record, found)], RULES, Vocabulary()).labels["hype"].right == 0


def test_a_finding_too_long_to_hit_still_disturbs_a_decoy() -> None:
    text = "no miracle " + "word " * 20
    record = Record("c:1", "one", text, spans=(Span("hype", 0, 10, decoy=True),))
    row = measure([(record, [("overclaim/hype", 0, len(text))])], RULES, Vocabulary()).labels["hype"]
    assert (row.decoys, row.kept) == (1, 0)


@pytest.mark.parametrize(
    ("found", "findings", "spans"),
    [
        pytest.param([], 0, 0, id="passed over: no miss"),
        pytest.param([("miracle", "overclaim/hype")], 0, 0, id="found: neither right nor false"),
        pytest.param([("miracle", "overclaim/downtime")], 1, 0, id="found under another label: counts there"),
    ],
)
def test_an_optional_passage_counts_neither_way(found: list[tuple[str, str]], findings: int, spans: int) -> None:
    total = measured(found, [span("miracle", "hype", optional=True)]).total
    assert (total.findings, total.spans) == (findings, spans)


def test_a_finding_on_an_optional_passage_still_finds_what_else_it_lies_on() -> None:
    """It is left out of precision, and the labelled passage is no miss."""
    measurement = measured(
        [("miracle laser", "overclaim/hype")], [span("miracle", "hype"), span("laser", "hype", optional=True)]
    )
    assert shares(measurement, "hype") == (None, 1.0)


def test_under_any_label_a_finding_on_an_optional_passage_of_another_is_right() -> None:
    measurement = measured(
        [("miracle", "overclaim/downtime")], [span("miracle", "hype", optional=True)], kind="neutral"
    )
    assert measurement.any_label.precision == 1.0
    assert measurement.alarms["neutral"].alarms == 0


@pytest.mark.parametrize(
    ("rule", "kept"),
    [
        pytest.param("overclaim/downtime", 0.0, id="found under its label"),
        pytest.param("overclaim/hype", 1.0, id="found under another label"),
    ],
)
def test_a_decoy_is_kept_unless_its_own_label_is_found_on_it(rule: str, kept: float) -> None:
    measurement = measured([("zero", rule)], [span("zero downtime", "ok:downtime")])
    assert measurement.labels["downtime"].decoys_kept == kept
    assert measurement.total.spans == 0
    assert measurement.any_label.right == 0


def test_an_optional_decoy_is_none() -> None:
    measurement = measured([("zero", "overclaim/downtime")], [span("zero downtime", "ok:downtime", optional=True)])
    assert measurement.labels["downtime"].decoys == 0
    assert measurement.labels["downtime"].precision == 0.0


def test_a_passage_may_carry_two_labels() -> None:
    """Found under one of them: hit there, missed under the other, and sent back under any label both times."""
    spans = [span("miracle laser", "hype"), span("miracle laser", "downtime")]
    measurement = measured([("miracle", "overclaim/hype")], spans)
    assert (shares(measurement, "hype"), shares(measurement, "downtime")) == ((1.0, 1.0), (None, 0.0))
    assert (measurement.total.recall, measurement.any_label.recall) == (0.5, 1.0)


def test_under_any_label_the_wrong_label_is_good_enough() -> None:
    measurement = measured([("miracle", "overclaim/downtime")], [span("miracle laser", "hype")])
    assert (measurement.total.precision, measurement.total.recall) == (0.0, 0.0)
    assert (measurement.any_label.precision, measurement.any_label.recall) == (1.0, 1.0)


def test_rules_of_one_label_are_each_measured_on_all_of_it() -> None:
    measurement = measured(
        [("FDA endorsed", "regulator/seal"), ("clinic", "regulator/approval"), ("endorsed", "regulator/approval")],
        [span("FDA endorsed our clinic", "regulator"), span("zero downtime", "regulator")],
    )
    seal, approval = measurement.by_rule["regulator/seal"], measurement.by_rule["regulator/approval"]
    assert (seal.findings, seal.precision, seal.recall) == (1, 1.0, 0.5)
    assert (approval.findings, approval.precision, approval.recall) == (2, 1.0, 0.5)
    assert shares(measurement, "regulator") == (1.0, 0.5)
    assert measurement.labels["regulator"].findings == 2  # "FDA endorsed" holds "endorsed"


def test_what_regulators_objected_to_is_counted_under_any_label() -> None:
    spans = [span("miracle laser", "hype", by_regulator=True), span("zero downtime", "downtime", by_regulator=True)]
    measurement = measured([("miracle", "overclaim/downtime")], spans)
    assert (measurement.regulator.spans, measurement.regulator.recall) == (2, 0.5)


@pytest.mark.parametrize(("kind", "alarms"), [("clinic", None), ("regulator", None), ("neutral", 1), ("other", 1)])
def test_alarms_are_false_findings_in_texts_that_sell_nothing(kind: str, alarms: int | None) -> None:
    """One finding on nothing, one on a passage of another label; 15 words."""
    measurement = measured(
        [("clinic", "overclaim/hype"), ("zero", "overclaim/hype")], [span("zero downtime", "downtime")], kind=kind
    )
    rate = measurement.alarms.get(kind)
    assert (rate and rate.alarms) == alarms
    if rate:
        assert rate.per_1000_words == pytest.approx(1000 / 15)


@pytest.mark.parametrize(
    ("document", "fired", "whole", "counts"),
    [
        pytest.param("no-risks", True, True, (1, 1, 1), id="asked and found"),
        pytest.param("no-risks", False, True, (0, 0, 1), id="asked and missed"),
        pytest.param("", True, True, (1, 0, 0), id="not asked"),
        pytest.param("no-risks", True, False, (0, 0, 0), id="an excerpt is not asked"),
    ],
)
def test_document_labels_count_documents(document: str, fired: bool, whole: bool, counts: tuple[int, int, int]) -> None:
    found = [("laser", "risk/undisclosed"), ("lamp", "risk/undisclosed")] if fired else []
    measurement = measured(found, [], whole=whole, document=document)
    for row in (measurement.documents["no-risks"], measurement.by_document_rule["risk/undisclosed"]):
        assert (row.findings, row.right, row.spans) == counts
    assert measurement.total.findings == 0


@pytest.mark.parametrize("rule", ["regulator/prescription-only", "copylint/unknown-rule", "house/unheard-of"])
def test_rules_whose_label_is_not_counted_are_left_out(rule: str) -> None:
    measurement = measured([("clinic", rule)], [], kind="neutral")
    assert measurement.total.findings == 0
    assert measurement.alarms["neutral"].alarms == 0


def test_the_macro_f1_leaves_rare_labels_out() -> None:
    """15 of hype, all found: 1.0. 15 of downtime, none found: 0.0. 14 of regulator: not asked."""
    text = "word " * 50
    spans = [
        Span(label, 5 * at, 5 * at + 4)
        for at, label in enumerate(["hype"] * 15 + ["downtime"] * 15 + ["regulator"] * 14)
    ]
    found = [("overclaim/hype", one.start, one.end) for one in spans if one.label == "hype"]
    measurement = measure([(Record("c:1", "one", text, spans=tuple(spans)), found)], RULES, Vocabulary())
    assert measurement.common == ("hype", "downtime")
    assert measurement.macro_f1 == 0.5


def test_where_there_is_nothing_there_is_no_share() -> None:
    measurement = measured([], [])
    assert (measurement.total.precision, measurement.total.recall, measurement.macro_f1) == (None, None, None)
    assert measurement.total.f1 == 0.0


def test_cases_are_what_a_reader_wants_to_look_at() -> None:
    measurement = measured(
        [("clinic", "overclaim/hype"), ("zero", "overclaim/downtime"), ("lamp", "structure/repeated")],
        [span("miracle laser", "hype"), span("zero downtime", "ok:downtime")],
        whole=True,
        document="no-risks",
    )
    assert sorted((case.what, case.label, case.rules) for case in measurement.cases) == [
        ("decoys", "downtime", ("overclaim/downtime",)),
        ("false", "downtime", ("overclaim/downtime",)),
        ("false", "hype", ("overclaim/hype",)),
        ("false", "repeated", ("structure/repeated",)),
        ("misses", "hype", ("overclaim/hype",)),
        ("misses", "no-risks", ("risk/undisclosed",)),
    ]


def test_a_case_line_is_safe_for_a_terminal_and_shows_the_context() -> None:
    text = "Our\x1b[2J new\u202e miracle\nlaser is here."
    record = Record("c.jsonl:3", "ad\x1b", text, spans=(Span("hype", *place("miracle\nlaser", text)),))
    (case,) = measure([(record, [])], RULES, Vocabulary()).cases
    assert case_line(case) == "c.jsonl:3: ad\\x1b: hype: Our\\x1b[2J new\\u202e [[miracle laser]] is here."


def test_a_case_of_a_whole_document_shows_none_of_it() -> None:
    (case,) = measured([], [], whole=True, document="no-risks").cases
    assert case_line(case) == "corpus.jsonl:1: one: no-risks: the whole document"


def test_the_table_has_a_row_for_every_label_and_rule_that_occurs() -> None:
    measurement = measured(
        [("miracle", "overclaim/hype"), ("clinic", "overclaim/hype")],
        [span("miracle laser", "hype", by_regulator=True), span("zero downtime", "ok:downtime")],
        kind="neutral",
    )
    assert (
        table(measurement, ("us", "uk"))
        == """\
label               findings  precision  labelled  recall     F1  decoys   kept
hype                       2       0.50         1    1.00   0.67       -      -
downtime                   0          -         0       -      -       1   1.00
all together               2       0.50         1    1.00   0.67       1   1.00
any label                  2       0.50         1    1.00   0.67       -      -

rule                findings  precision  labelled  recall     F1  decoys   kept
overclaim/hype             2       0.50         1    1.00   0.67       -      -
overclaim/downtime         0          -         0       -      -       1   1.00

texts: 1 of 15 words; jurisdictions: us, uk
macro F1: - (labels with 15 labelled passages or more: 0)
passages that regulators objected to, found under any label: 1.00 of 1
alarms in neutral texts: 66.67 per 1,000 words (1 in 15)
"""
    )


def test_json_holds_text_only_with_cases() -> None:
    measurement = measured([], [span("miracle laser", "hype")])
    assert "miracle" not in json.dumps(as_json(measurement))
    assert "miracle laser" in json.dumps(as_json(measurement, measurement.cases))


# Reading a corpus


def corpus(tmp_path: Path, *lines: object) -> Path:
    path = tmp_path / "c.jsonl"
    path.write_text("\n".join(one if isinstance(one, str) else json.dumps(one) for one in lines), encoding="utf-8")
    return path


def test_only_id_and_text_are_required(tmp_path: Path) -> None:
    path = corpus(tmp_path, {"id": "a", "text": "x"})
    assert read(path, Vocabulary()) == [Record(f"{path}:1", "a", "x", "clinic", "md", False, (), frozenset())]


def test_a_record_is_read_with_all_that_it_says(tmp_path: Path) -> None:
    plain = {
        "id": "a", "text": "no pain, no pain", "kind": "other", "format": "html", "whole": True, "source": "a page",
        "spans": [
            {"quote": "no pain", "nth": 2, "label": "painless", "by": "regulator", "note": "ruling of 2021"},
            {"quote": "no pain", "label": "ok:painless", "optional": True},
        ],
        "document": ["no-risks", "hard-to-read"],
    }  # fmt: skip
    (record,) = read(corpus(tmp_path, "", plain, ""), Vocabulary())
    assert (record.kind, record.format, record.whole) == ("other", "html", True)
    assert record.place.endswith("c.jsonl:2")
    assert record.spans == (Span("painless", 9, 16, regulator=True), Span("painless", 0, 7, decoy=True, optional=True))
    assert record.document == {"no-risks", "hard-to-read"}


def test_a_label_that_is_not_counted_is_optional(tmp_path: Path) -> None:
    plain = {"id": "a", "text": "Botox", "spans": [{"quote": "Botox", "label": "prescription"}]}
    assert read(corpus(tmp_path, plain), Vocabulary())[0].spans[0].optional


def test_occurrences_may_overlap(tmp_path: Path) -> None:
    plain = {"id": "a", "text": "aaa", "spans": [{"quote": "aa", "nth": 2, "label": "hype"}]}
    assert read(corpus(tmp_path, plain), Vocabulary())[0].spans[0].start == 1


def test_rules_of_a_house_bring_their_own_labels(tmp_path: Path) -> None:
    labels = vocabulary(["hype", "tone", "notice", "no-risks", "tone"])
    assert labels == Vocabulary((*SPAN_LABELS, "tone"), DOCUMENT_LABELS)
    plain = {"id": "a", "text": "Hiya", "spans": [{"quote": "Hiya", "label": "tone"}]}
    assert read(corpus(tmp_path, plain), labels)[0].spans[0].label == "tone"


def with_span(**span: object) -> dict[str, object]:
    return {"id": "a", "text": "Zero downtime and zero pain", "spans": [{"quote": "zero", "label": "downtime", **span}]}


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "is no JSON (column 2: Expecting property name enclosed in double quotes): one JSON object stands on"),
        ('{"id": "a", "text": "x"},', "is no JSON (column 25: Extra data)"),
        ("[" * 100_000, "is no JSON that can be read"),
        ("[]", "is no JSON object"),
        ({"text": "x"}, 'lacks "id"'),
        ({"id": "a"}, 'lacks "text"'),
        ({"id": 7, "text": "x"}, '"id" must be a string'),
        ({"id": "a", "text": "x", "whole": 1}, '"whole" must be true or false'),
        ({"id": "a", "text": "x", "spans": {}}, '"spans" must be a list'),
        ({"id": "a", "text": "x", "spans": None}, '"spans" must be a list'),
        ({"id": "a", "text": "x", "span": []}, 'has an unknown key. Did you mean "spans"?'),
        ({"id": "a", "text": "x", "kind": "netural"}, 'unknown kind. Did you mean "neutral"?'),
        ({"id": "a", "text": "x", "format": "pdf"}, "write md, mdx, html or txt"),
        ({"id": "a", "text": "x", "document": ["no-risk"]}, 'unknown label of the document. Did you mean "no-risks"?'),
        ({"id": "a", "text": "x", "document": [["no-risks"]]}, "unknown label of the document. Known are no-risks"),
        ({"id": "a", "text": "x", "spans": ["x"]}, "span 1: is no JSON object with a quote and a label"),
        (with_span(label="down-time"), 'span 1: unknown label. Did you mean "downtime"?'),
        (with_span(label="no-risks"), 'span 1: "no-risks" is said of a whole text: write it under "document"'),
        (with_span(optionl=True), 'span 1: has an unknown key. Did you mean "optional"?'),
        (with_span(nth=0), 'span 1: "nth" counts from 1'),
        (with_span(nth=True), 'span 1: "nth" must be a whole number'),
        (with_span(nth=2), 'span 1: "nth" is 2, but its quote stands in the text once only: count again'),
        (with_span(quote=""), 'span 1: "quote" must not be empty'),
        (with_span(quote="no pain"), "span 1: its quote does not stand in the text: copy it from there"),
        (with_span(quote="zero  downtime"), "(it does with other capitals, spaces or line ends): copy it from there"),
    ],
)
def test_a_fault_is_told_with_its_place_and_what_to_do(line: object, message: str, tmp_path: Path) -> None:
    path = corpus(tmp_path, {"id": "first", "text": "x"}, line)
    with pytest.raises(CorpusError) as raised:
        read(path, Vocabulary())
    assert str(raised.value).startswith(f"{path}:2: ")
    assert message in str(raised.value)


def test_no_message_holds_text_of_the_corpus(tmp_path: Path) -> None:
    with pytest.raises(CorpusError) as raised:
        read(corpus(tmp_path, with_span(quote="secret launch")), Vocabulary())
    assert "secret" not in str(raised.value)
    assert "pain" not in str(raised.value)


def test_an_id_stands_once_in_a_file(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"c\.jsonl:3: has the id of line 1"):
        read(corpus(tmp_path, {"id": "a", "text": "x"}, "", {"id": "a", "text": "y"}), Vocabulary())


def test_a_file_that_is_not_utf_8_is_told_with_line_and_byte(tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"id": "a", "text": "x"}\n{"id": "\xe9"}')
    with pytest.raises(CorpusError, match=r"c\.jsonl:2: is not UTF-8 \(byte 9 of the line\)"):
        read(path, Vocabulary())


@pytest.mark.parametrize(("name", "message"), [("none.jsonl", "cannot be read"), ("empty.jsonl", "holds no records")])
def test_a_file_without_records_is_an_error(name: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_text("\n\n")
    with pytest.raises(CorpusError, match=message):
        read(tmp_path / name, Vocabulary())


def test_a_line_separator_of_unicode_ends_no_record(tmp_path: Path) -> None:
    assert len(read(corpus(tmp_path, '{"id": "a", "text": "one\u2028two\x85"}'), Vocabulary())) == 1


# The corpus that ships with the repository


def test_our_own_corpus_can_be_read_and_has_texts_of_several_kinds() -> None:
    records = read(OWN, Vocabulary())
    assert len(records) >= 10
    assert {"clinic", "neutral", "other"} <= {record.kind for record in records}
    assert any(record.whole for record in records)
    assert any(one.decoy for record in records for one in record.spans)


def test_the_manual_explains_every_label_and_its_example_can_be_read(tmp_path: Path) -> None:
    manual = MANUAL.read_text(encoding="utf-8")
    rows = {line.split("`")[1]: line.count("|") for line in manual.splitlines() if line.startswith("| `")}
    assert {rows.get(label) for label in (*SPAN_LABELS, *DOCUMENT_LABELS)} == {5}
    example = manual.partition("```json\n")[2].partition("```")[0]
    assert [one.label for one in read(corpus(tmp_path, example), Vocabulary())[0].spans] == [
        "painless", "downtime", "permanence",
    ]  # fmt: skip


def test_the_linter_reads_our_own_corpus_as_its_readers_did() -> None:
    """A floor, for what rules say changes: nothing false in leaflets, decoys kept, most passages found."""
    from copylint.config import LintSettings
    from copylint.engine import lint
    from copylint.rules.policy import load

    policy, settings = load(), LintSettings()
    rules = {rule.id: rule.label for rule in policy.rules.values()}
    labels = vocabulary(rules.values())
    results = []
    for record in read(OWN, labels):
        report = lint(Source(f"{record.id}.{record.format}", record.text), policy, settings)
        results.append((record, [(finding.rule, finding.start, finding.end) for finding in report.findings]))
    measurement = measure(results, rules, labels)
    assert measurement.alarms["neutral"].alarms == 0
    assert measurement.total.decoys_kept == 1.0
    assert (measurement.any_label.precision or 0) >= 0.8
    assert (measurement.any_label.recall or 0) >= 0.8
