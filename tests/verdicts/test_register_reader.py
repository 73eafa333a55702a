"""claims.yaml is read, or its author is told what is wrong where."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from copylint.config import ConfigError
from copylint.rules.errors import RulesError
from copylint.rules.policy import Policy, load
from copylint.verdicts.register import reader
from copylint.verdicts.register.entries import Claim, Evidence
from copylint.verdicts.register.reader import claims_in, read

ENTRY = {
    "id": "C-014",
    "wording": "'results last for two years'",
    "treatment": "cryolipolysis",
    "jurisdictions": "[us, uk]",
    "evidence": "doi:10.1000/182",
    "owner": "Marketing",
    "approved-by": "J. Doe",
    "valid-until": "2027-06-30",
}


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load()


def entry(**changed: str | None) -> str:
    """The text of a register with one claim. None takes a key out."""
    values = ENTRY | {key.replace("_", "-"): value for key, value in changed.items()}
    lines = [f"{key}: {value}" for key, value in values.items() if value is not None]
    return "claims:\n  - " + "\n    ".join(lines) + "\n"


def claims(text: str, policy: Policy, folder: Path = Path()) -> tuple[Claim, ...]:
    return claims_in(text, "claims.yaml", policy, folder=folder)


def test_an_entry_is_read(policy: Policy) -> None:
    (claim,) = claims(entry(), policy)
    assert [one.text for one in claim.wordings] == ["results last for two years"]
    assert (claim.subject.kind, claim.subject.products) == ("treatment", {("cryolipolysis", "")})
    assert (claim.id, claim.jurisdictions, claim.owner, claim.approved_by) == (
        "C-014",
        ("us", "uk"),
        "Marketing",
        "J. Doe",
    )
    assert claim.evidence == (Evidence("doi:10.1000/182", "doi"),)
    assert claim.line == 2
    assert "overclaim/permanence" in claim.covers
    assert "risk/undisclosed" not in claim.covers


def test_lists_may_be_one_text(policy: Policy) -> None:
    (claim,) = claims(
        entry(
            wording="['one good result', 'two good results']", evidence="[a.pdf, https://a.example]", jurisdictions="au"
        ),
        policy,
    )
    assert len(claim.wordings) == len(claim.evidence) == 2
    assert claim.jurisdictions == ("au",)


def test_a_wording_may_have_many_alternatives(policy: Policy) -> None:
    (claim,) = claims(entry(wording="'{10|15|20|25|30|35|40|45|50}% less'"), policy)
    assert claim.wordings[0].node[0] == "q"


def test_a_register_may_be_empty(policy: Policy) -> None:
    assert claims("# none yet\nclaims: []\n", policy) == ()


def test_rules_may_be_named_by_group(policy: Policy) -> None:
    (claim,) = claims(entry(rules="[overclaim/number, regulator]"), policy)
    assert {"overclaim/number", "regulator/approval"} <= claim.covers
    assert "overclaim/hype" not in claim.covers


FAULTS = {
    "empty": ("", "1:1: the register is empty"),
    "only comments": ("# claims\n", "1:1: the register is empty"),
    "no mapping": ("- id: C-1\n", "1:1: a mapping is wanted here"),
    "no list": ("claims:\n", "1:8: a list of claims is wanted here"),
    "no claims": ("{}\n", "1:1: no list of claims"),
    "unknown part": ("claim: []\n", '1:1: unknown key "claim"'),
    "no YAML": ("claims:\n  - id: [\n", "3:1: not valid YAML"),
    "a claim that is a text": ("claims:\n  - C-014\n", "2:5: a mapping is wanted here"),
    "unknown key": (entry(ownr="x"), '10:5: unknown key "ownr"'),
    "key twice": (entry(id="C-1\n    id: C-2"), '3:5: "id" stands twice here'),
    "missing key": (entry(owner=None), '2:5: a claim lacks "owner"'),
    "empty text": (entry(owner="''"), "7:12: an empty text"),
    "list for a text": (entry(owner="[a, b]"), "7:12: a text is wanted here"),
    "empty list": (entry(evidence="[]"), "6:15: an empty list"),
    "very long text": (entry(owner="x" * 501), "7:12: a text of more than 500 characters"),
    "hidden character": (entry(owner='"J.\\u202e Doe"'), "7:12: \"J.\\u202e Doe\" holds a character"),
    "bad id": (entry(id="'C 014'"), '2:9: "C 014" is no id'),
    "id twice": (entry() + entry().removeprefix("claims:\n"), '10:9: a second claim "C-014"'),
    "bad phrase": (entry(wording="'results {last|stay'"), "3:23: in 'results {last|stay': \"{\" is never closed"),
    "phrase without a word": (entry(wording="'.'"), "3:15: in '.': an empty alternative"),
    "phrase of nothing": (entry(wording="'[results]'"), "3:15: in '[results]': the phrase could match nothing at all"),
    "unknown class": (entry(wording="'no <fatt>'"), "3:14: no word class <fatt> in the rules"),
    "two sentences": (entry(wording="'It lasts. It is safe.'"), "3:14: a wording is of one sentence"),
    "deep brackets": (entry(wording="'" + "[a " * 11 + "]" * 11 + " b'"), "3:14: too many brackets"),
    "many hyphens": (entry(wording="'" + "colour-" * 40 + "b'"), "3:14: a run of more than 6 words"),
    "many words in one": (entry(wording="'" + "colour/" * 40 + "-b'"), "3:14: a run of more than 6 words"),
    "no subject": (entry(treatment=None), '2:5: a claim has either "treatment" or "product"'),
    "two subjects": (entry(product="Botox"), '2:5: a claim has either "treatment" or "product"'),
    "unknown treatment": (entry(treatment="cryolipolyses"), '4:16: no treatment "cryolipolyses" in the knowledge'),
    "product for a treatment": (entry(treatment="CoolSculpting"), '4:16: "CoolSculpting" is a product, no treatment'),
    "unknown product": (entry(treatment=None, product="CoolSculptin"), '9:14: no product "CoolSculptin"'),
    "treatment for a product": (entry(treatment=None, product="liposuction"), '9:14: "liposuction" is a treatment'),
    "ambiguous treatment": (entry(treatment="BBL"), '4:16: "BBL" may mean several treatments'),
    "unknown jurisdiction": (entry(jurisdictions="[us, gb]"), '5:25: no jurisdiction "gb"'),
    "file elsewhere": (entry(evidence="/etc/hosts"), '6:15: "/etc/hosts" is no evidence'),
    "other machine": (entry(evidence="'//server/share'"), '6:15: "//server/share" is no evidence'),
    "backslashes": (entry(evidence="'a\\b.pdf'"), '6:15: "a\\b.pdf" is no evidence'),
    "drive": (entry(evidence="'C:/a.pdf'"), '6:15: "C:/a.pdf" is no evidence'),
    "other scheme": (entry(evidence="ftp://a.example/b"), '6:15: "ftp://a.example/b" is no evidence'),
    "no DOI": (entry(evidence="doi:182"), '6:15: "doi:182" is no evidence'),
    "no date": (entry(valid_until="soon"), '9:18: "soon" is no day'),
    "no day of the calendar": (entry(valid_until="2027-02-30"), '9:18: "2027-02-30" is no day'),
    "day as others write it": (entry(valid_until="30.6.2027"), '9:18: "30.6.2027" is no day'),
    "unknown rule": (entry(rules="overclaim/permanance"), '10:12: no rule or group "overclaim/permanance"'),
    "rule about the page": (entry(rules="risk/undisclosed"), '10:12: an approval of words cannot cover'),
    "alias": ("a: &a [x]\nclaims: *a\n", '1:1: unknown key "a"'),
}  # fmt: skip


@pytest.mark.parametrize(("text", "message"), FAULTS.values(), ids=FAULTS)
def test_faults_name_file_line_and_column(text: str, message: str, policy: Policy) -> None:
    with pytest.raises(RulesError) as caught:
        claims(text, policy)
    assert str(caught.value).startswith(f"claims.yaml:{message}")
    assert caught.value.hint, "it says what to do"


def test_near_names_are_proposed(policy: Policy) -> None:
    for text, hint in (
        (entry(treatment="cryolipolyses"), 'Did you mean "cryolipolysis"?'),
        (entry(wording="'no <fatt>'"), 'Did you mean "fat"?'),
        (entry(treatment="CoolSculpting"), "Write `product: CoolSculpting`."),
        (entry(treatment="BBL"), "Write one of gluteal-fat-grafting, ipl-photofacial."),
        (entry(rules="overclaim/permanance"), 'Did you mean "overclaim/permanence"?'),
    ):
        with pytest.raises(RulesError) as caught:
            claims(text, policy)
        assert caught.value.hint == hint


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("doi:10.1000/182", "doi"),
        ("10.1016/j.jaad.2020.01.001", "doi"),
        ("https://doi.org/10.1000/182", "doi"),
        ("https://studies.example/a?b=1", "address"),
        ("http://studies.example", "address"),
        ("evidence/study one.pdf", "file"),
        ("../studies/10.1000.pdf", "file"),
    ],
)
def test_kinds_of_evidence(written: str, kind: str, policy: Policy) -> None:
    (claim,) = claims(entry(evidence=f"'{written}'"), policy)
    assert [one.kind for one in claim.evidence] == [kind]


def test_files_of_evidence_are_looked_for_from_the_folder_of_the_register(policy: Policy, tmp_path: Path) -> None:
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "a.pdf").write_bytes(b"%PDF")
    (claim,) = claims(entry(evidence="[evidence/a.pdf, evidence/b.pdf, evidence]"), policy, tmp_path)
    assert claim.missing_evidence == ("evidence/b.pdf", "evidence")


def test_a_name_too_long_for_a_file_is_missing(policy: Policy) -> None:
    (claim,) = claims(entry(evidence="a" * 400), policy)
    assert len(claim.missing_evidence) == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, 'claims.yaml: there is no such register. Write it, or take "claims" out'),
        (b"claims: []\n# \xff\n", "claims.yaml:2: is not UTF-8."),
        (b"#" * (reader.LARGEST + 1), "claims.yaml: is larger than 2 MB."),
    ],
)
def test_files_that_are_no_text(
    content: bytes | None, message: str, policy: Policy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    if content is not None:
        Path("claims.yaml").write_bytes(content)
    with pytest.raises(ConfigError) as caught:
        read(Path("claims.yaml"), policy)
    assert str(caught.value).startswith(message)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="folders are opened otherwise there")
def test_a_folder_is_no_register(policy: Policy, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        read(tmp_path, policy)


def test_windows_line_ends_and_a_byte_order_mark_do_no_harm(policy: Policy, tmp_path: Path) -> None:
    path = tmp_path / "claims.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + entry().replace("\n", "\r\n").encode())
    assert [claim.line for claim in read(path, policy)] == [2]


_VALUES = st.one_of(
    st.sampled_from(["us", "any", "cryolipolysis", "2027-06-30", "a.pdf", "[]", "{}", "[a, [b]]", "&a x", "*a", "~"]),
    st.text(alphabet="ab {}[]|<>~.^$-'\":#&*!%@\\\t\u202e\u00e9\u4e2d1", max_size=30),
)
_KEPT: list[Policy] = []


def read_or_refused(text: str) -> tuple[Claim, ...] | None:
    """The claims, or None where they are refused with a place. One policy serves all examples of a property."""
    if not _KEPT:
        _KEPT.append(load())
    try:
        return claims(text, _KEPT[0])
    except RulesError as error:
        return None if error.path == "claims.yaml" else ()


@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from([*ENTRY, "product", "rules", "other"]), _VALUES, max_size=3))
@example({"wording": "'" + "{a|" * 9 + "b" + "}" * 9 + "'"})
@example({"wording": "'<treatment> <risk> <subject>'"})
def test_whatever_an_entry_holds_it_is_read_or_refused(changed: dict[str, str]) -> None:
    found = read_or_refused(entry(**changed))
    assert found is None or all(one.id and one.wordings and one.jurisdictions and one.evidence for one in found)
    assert found != ()


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=200))
@example("[" * 5000)
@example("{a: " * 3000)
@example("claims: [" + "[" * 300)
@example("? " * 2000)
@example("\x00")
@example("---\n---\n")
def test_whatever_a_file_holds_it_is_refused(text: str) -> None:
    assert read_or_refused(text) is None
