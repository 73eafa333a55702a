"""The pages of the rules, made from rules.yaml: python docs/make_rule_pages.py

Writes docs/rules/: an index and one page a rule, in a folder for each group. All that they say comes from rules.yaml
and the knowledge; even the words in bold and the reasons behind the examples are what copylint answers when it reads
them. Nobody edits these pages; tests/test_docs.py holds them to the rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from copylint.documents import parse
from copylint.documents.document import Source
from copylint.engine import judge
from copylint.findings import JURISDICTIONS
from copylint.knowledge import Regulation
from copylint.language.reading import Reading
from copylint.rules.policy import Policy, Rule, load
from copylint.rules.testing import EverySetting

FOLDER = Path(__file__).parent / "rules"
GROUPS = {
    "overclaim": "Claims that go too far",
    "regulator": "What regulators are said to have approved, and what may not be advertised",
    "risk": "Risks: left out, told in part, made small",
    "promotion": "Plugs, pressure, testimonials",
    "respect": "Respect for the reader",
    "trust": "Authority that nobody can check",
    "accuracy": "Statements and terms that are wrong",
    "readability": "Readability",
    "structure": "Structure",
    "copylint": "Notices on suppressions and approved claims",
}
JURISDICTION_NAMES = {
    "us": "United States", "uk": "United Kingdom", "au": "Australia", "ca": "Canada", "eu": "European Union",
}  # fmt: skip
CONTEXTS = {
    "negated": "it is denied (“not permanent”)",
    "questioned": "it is asked, not said (“Is it permanent?”)",
    "refuted": "others are said to claim it, or it is called a myth (“beware of clinics that promise …”)",
    "conditional": "it stands under a condition (“if …”)",
    "hedged": "it is hedged (“may”, “can”, “in some people”)",
    "quoted": "it stands in quotation marks",
    "signed": "it stands in a quotation with its author's name behind it, or stars before it: a review",
    "risk": "it tells what may go wrong (“can leave permanent scars”)",
    "sourced": "a footnote mark or a link to a source stands in the sentence",
    "historical": "it tells what was once thought (“was once hailed as …”)",
}
WINDOWS = {
    "clause": "in the same clause",
    "sentence": "in the same sentence",
    "previous-sentence": "in the same sentence or the one before",
    "next-sentence": "in the same sentence or the next",
    "block": "in the same paragraph",
    "document": "anywhere in the text",
}
SETTINGS = {
    "readability/grade": ("max-grade", "grade-words"),
    "readability/sentence-length": ("max-sentence-words",),
    "promotion/plug": ("own-sites",),
    "promotion/late-disclosure": ("own-sites",),
    "risk/undisclosed": ("duty-words",),
    "risk/incomplete": ("duty-words",),
    "risk/no-consult": ("duty-words",),
    "risk/no-vary": ("duty-words",),
}
"""Rules that a key of the configuration changes."""
_MADE = "<!-- Made from rules.yaml by docs/make_rule_pages.py. Do not edit: change the rule and run the script. -->"
_MARKUP = re.compile(r"`[^`]*`|[\\*_\[\]<>|#~{}]")
_ANY_MARKUP = re.compile(r"[\\`*_\[\]<>|#~{}]")


def pages(policy: Policy) -> Mapping[str, str]:
    """Every page by its path below docs/rules, in the order of groups and rules."""
    made = {"README.md": "\n".join(_index(policy)) + "\n"}
    for rule in policy.rules.values():
        made[f"{rule.id}.md"] = "\n".join(_page(rule, policy)) + "\n"
    return made


def _groups(policy: Policy) -> Mapping[str, list[Rule]]:
    grouped: dict[str, list[Rule]] = {group: [] for group in GROUPS}
    for rule in policy.rules.values():
        grouped.setdefault(rule.id.partition("/")[0], []).append(rule)
    return {group: rules for group, rules in grouped.items() if rules}


def _index(policy: Policy) -> Iterator[str]:
    yield from (_MADE, "", "# The rules", "")
    yield f"{len(policy.rules)} rules, as of {policy.knowledge.date}. To write a rule of your own, or to change one"
    yield "of these, see [Rules and phrases](../manual/rules-and-phrases.md)."
    for group, rules in _groups(policy).items():
        yield from ("", f"## {group}: {GROUPS.get(group, group)}", "", "| rule | what it finds | severity |")
        yield "| --- | --- | --- |"
        for rule in rules:
            differing = ", ".join(f"{where}: {severity}" for where, severity in rule.severity_in.items())
            severity = rule.severity + (f" ({differing})" if differing else "")
            yield f"| [{rule.id}]({rule.id}.md) | {_plain(rule.title)} | {severity} |"


def _page(rule: Rule, policy: Policy) -> Iterator[str]:
    page = policy.page(rule.id)
    yield from (_MADE, "", f"# {rule.id}", "", f"{_plain(rule.title)}. It is reported as:", "")
    yield f"> {_said(rule.message)}"
    if rule.kind not in ("claim", "notice"):
        yield from ("", f"Found by the check `{rule.kind}`, which knows more than phrases.")
    if rule.id in SETTINGS:
        keys = " and ".join(f"[`{key}`](../../manual/configuration.md#{key})" for key in SETTINGS[rule.id])
        yield from ("", f"Settings that change it: {keys}.")
    yield from _severities(rule)
    yield from ("", "## Why", "", _said(rule.why))
    yield from _list("What to write instead", (_said(line) for line in rule.better))
    excuses = [CONTEXTS[kind] for kind in page.excused_by]
    excuses += [
        CONTEXTS[source] if within == "context" else f"`{source}` stands {WINDOWS[within]}"
        for source, within in page.unless
    ]
    if page.let_through:
        excuses.append("an exception of the rule covers it")
    yield from _list("It is let through when", excuses)
    if rule.kind == "claim":
        yield from ("", f"All phrases, written out: `copylint explain {rule.id} --expand`")
    yield from _list("It flags", (_flagged(rule, example, policy) for example in page.flag_examples))
    yield from _list("It lets through", (_passed(rule, example, policy) for example in page.pass_examples))
    yield from _regulations(rule, policy)


def _severities(rule: Rule) -> Iterator[str]:
    if rule.kind == "notice":
        yield from ("", f"Severity: {rule.severity}.")
        return
    severities = (
        rule.severity_in.get(where, rule.severity) if where in rule.jurisdictions else "does not apply"
        for where in JURISDICTIONS
    )
    yield from ("", "## Severity", "", "| " + " | ".join(JURISDICTIONS) + " |", "|" + " --- |" * len(JURISDICTIONS))
    yield "| " + " | ".join(severities) + " |"


def _list(title: str, items: Iterable[str]) -> Iterator[str]:
    """A section of one list, or nothing where it is empty."""
    for number, item in enumerate(items):
        if number == 0:
            yield from ("", f"## {title}", "")
        yield f"- {item}"


def _regulations(rule: Rule, policy: Policy) -> Iterator[str]:
    if not rule.citations:
        return
    yield from ("", "## The regulations behind it", "")
    yield f"As of {policy.knowledge.date}. Not legal advice."
    for where, citations in rule.citations.items():
        yield from ("", f"{JURISDICTION_NAMES[where]} (`{where}`):", "")
        for citation in citations:
            regulation = policy.knowledge.regulations.get(citation)
            yield f"- {_regulation(regulation) if regulation else f'`{citation}`'}"


def _regulation(regulation: Regulation) -> str:
    title = _plain(regulation.title)
    linked = f"[{title}]({_address(regulation.url)})" if regulation.url else title
    named = ", ".join(part for part in (_plain(regulation.body), linked, _plain(regulation.section)) if part)
    if not regulation.verified:
        return f"{named}. Not yet checked against the text."
    if regulation.checked and regulation.checked != regulation.url:
        return f"{named}. Checked on [this page]({_address(regulation.checked)})."
    return f"{named}. Checked."


def _address(url: str) -> str:
    return url.replace(" ", "%20").replace("(", "%28").replace(")", "%29")


def _flagged(rule: Rule, example: str, policy: Policy) -> str:
    """The example, with the words that are underlined in bold where they can be told apart."""
    if rule.kind == "notice" or _ANY_MARKUP.search(example) or "\n" in example:
        return _shown(example)
    findings, _ = judge(Reading(parse(Source("example", example), "markdown"), policy.cues), policy, EverySetting())
    spans = sorted((one.start, one.end) for one in findings if one.rule == rule.id)
    shown, at = "", 0
    for start, end in spans:
        if start >= at:
            shown += f"{example[at:start]}**{example[start:end]}**"
            at = end
    return shown + example[at:]


def _passed(rule: Rule, example: str, policy: Policy) -> str:
    """The example, and why it is no finding."""
    if rule.kind == "notice":
        return _shown(example)
    _, looked_at = judge(Reading(parse(Source("example", example), "markdown"), policy.cues), policy, EverySetting())
    reasons = [one.reason for one in looked_at if one.rule == rule.id]
    shown = _shown(example)
    between = "\n\n  " if shown.startswith("```") else "  \n  "
    return f"{shown}{between}*{_plain(reasons[0])}*" if reasons else shown


def _shown(example: str) -> str:
    if _ANY_MARKUP.search(example) or "\n" in example:
        lines = "\n".join(f"  {line}".rstrip() for line in example.splitlines())
        return f"```text\n{lines}\n  ```"
    return example


def _said(text: str) -> str:
    """What a rule says, with "…" for the words that are found and a name for each other value."""

    def value(name: re.Match[str]) -> str:
        return "…" if name[1] == "match" else f"⟨{name[1].replace('_', ' ')}⟩"

    shown = re.sub(r"\{([a-z_]+)\}", value, text)
    return _plain(shown)


def _plain(text: str) -> str:
    """Text in which no character is Markdown, but for `code`, which rules write so."""
    return _MARKUP.sub(lambda match: match[0] if match[0][0] == "`" else f"\\{match[0]}", " ".join(text.split()))


def main() -> None:
    """Write the pages, and take away those of rules that are gone."""
    made = pages(load())
    for old in FOLDER.rglob("*.md"):
        if old.relative_to(FOLDER).as_posix() not in made:
            old.unlink()
    for name, text in made.items():
        path = FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
