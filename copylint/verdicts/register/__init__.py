"""The register of approved claims: claims.yaml, in which a reviewer has written down what may be said.

Copy that uses an approved wording word for word, about what it is approved for, in a run whose jurisdictions it is
approved for, is no open finding: it is marked "approved", with the id of the claim. Everything else stays a finding
and says what stands in the way. An approval that has expired, or whose evidence is missing, approves nothing, and each
use of it is a finding of its own.

    entries    what a register says, as plain data
    reader     claims.yaml, and what is said of its faults
    subjects   what a claim is about, and whether a sentence speaks of it
    wordings   phrases over the word classes of the rules
    uses       where copy uses a wording
    notices    uses of claims that do not hold, as findings
    near       copy that says almost what a claim says

Nothing of this is imported where no register is configured.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from copylint.findings import Finding, Severity
from copylint.language.phrases import PhraseError
from copylint.language.reading import Reading
from copylint.rules.errors import RulesError
from copylint.verdicts.clock import Clock, today
from copylint.verdicts.register.entries import Claim
from copylint.verdicts.register.near import Comparison, Forms
from copylint.verdicts.register.notices import notices
from copylint.verdicts.register.reader import read
from copylint.verdicts.register.subjects import speaks_of
from copylint.verdicts.register.uses import Use, UseIndex, Wordings, uses_in
from copylint.verdicts.register.wordings import matcher_of

if TYPE_CHECKING:
    from copylint.rules.policy import Policy

FILE_NAME = "claims.yaml"
LONGEST_QUOTE = 100
"""Characters of a wording that a message quotes."""


class Register:
    """The claims of one file, for one policy. Read-only."""

    def __init__(self, path: Path, claims: tuple[Claim, ...], policy: Policy) -> None:
        """Raises RulesError where a wording cannot be looked for."""
        self.path = path
        self.claims = claims
        self._knowledge = policy.knowledge
        numbered = [(claim, wording) for claim in claims for wording in claim.wordings]
        try:
            matcher = matcher_of([wording.node for _, wording in numbered], policy.class_texts)
        except PhraseError as error:
            raise RulesError(str(path), 0, 0, error.message, error.hint) from None
        self._wordings = Wordings(matcher, tuple(claim for claim, _ in numbered))

    @cached_property
    def forms(self) -> Forms:
        """What near wordings are compared with."""
        return Forms(self.claims)

    def uses(self, reading: Reading) -> tuple[Use, ...]:
        """Where a document uses the claims, by place. Found once per reading."""
        name = f"uses of {self.path}"
        if name not in reading.notes:
            reading.notes[name] = uses_in(reading, self._wordings, self._knowledge)
        uses: tuple[Use, ...] = reading.notes[name]
        return uses


_KNOWN: WeakKeyDictionary[Policy, dict[Path, Register]] = WeakKeyDictionary()
"""The registers that were read with a policy: a run loads its policy anew, and so its registers.

A register must not hold its policy, or both would stay for ever.
"""


def load(path: Path, policy: Policy) -> Register:
    """The register in a file, read once for a policy. Raises ConfigError and RulesError."""
    known = _KNOWN.setdefault(policy, {})
    if path not in known:
        known[path] = Register(path, read(path, policy), policy)
    return known[path]


def with_misuse(
    findings: Iterable[Finding],
    reading: Reading,
    policy: Policy,
    path: Path,
    selects: Callable[[str], bool],
    *,
    severity_of: Callable[[str], Severity | None] = lambda _: None,
    clock: Clock = today,
) -> list[Finding]:
    """The findings with those on uses of claims that have expired or lack their evidence, by place.

    selects: whether findings of a rule are wanted. severity_of: a severity of the user's own for a rule, if any.
    Raises ConfigError and RulesError for a register that cannot be read.
    """
    made = notices(reading, policy, load(path, policy).uses(reading), clock())
    wanted = [one._replace(severity=severity_of(one.rule) or one.severity) for one in made if selects(one.rule)]
    return sorted((*findings, *wanted), key=lambda finding: (finding.start, finding.rule, finding.end))


def approve(
    findings: Iterable[Finding],
    reading: Reading,
    policy: Policy,
    path: Path,
    jurisdictions: Sequence[str],
    *,
    clock: Clock = today,
) -> list[Finding]:
    """The findings, in their order; what a claim covers is marked "approved", with the id of the claim as the reason.

    The message of one that stays open, although its words are those of a claim or nearly so, tells what stands in the
    way. jurisdictions: of the run. Raises ConfigError and RulesError for a register that cannot be read.
    """
    work = _Approval(reading, policy, load(path, policy), jurisdictions, clock())
    judged = [work.judged(finding) for finding in findings]
    if work.comparison.notice:
        reading.notices.append(work.comparison.notice)
    return judged


class _Approval:
    """The findings of one document against the register."""

    def __init__(
        self, reading: Reading, policy: Policy, register: Register, jurisdictions: Sequence[str], day: str
    ) -> None:
        self._reading = reading
        self._policy = policy
        self._index = UseIndex(register.uses(reading))
        self._jurisdictions = jurisdictions
        self._day = day
        self._covered = {rule for claim in register.claims for rule in claim.covers}
        self.comparison = Comparison(reading, register.forms)

    def judged(self, finding: Finding) -> Finding:
        """The finding, as the register sees it."""
        # What a finding is about is the page: no words in one place answer it.
        if finding.status != "open" or finding.about or finding.rule not in self._covered:
            return finding
        obstacles = []
        for use in self._index.overlapping(finding.start, finding.end):
            obstacle = self._obstacle(use, finding)
            if obstacle is None:
                return finding._replace(status="approved", reason=use.claim.id)
            obstacles.append(obstacle)
        note = next(filter(None, obstacles), "") or self._proposal(finding)
        return finding._replace(message=f"{finding.message} {note}") if note else finding

    def _obstacle(self, use: Use, finding: Finding) -> str | None:
        """What keeps a use from covering a finding on its words, as a sentence; None: nothing does.

        The sentence is empty where a finding of its own tells it.
        """
        claim = use.claim
        if not use.in_scope:
            return f"Claim {claim.id} has these words, approved for {claim.subject.name} only."
        if finding.rule not in claim.covers:
            return f"Claim {claim.id} has these words, but its approval does not cover {finding.rule}."
        if finding.start < use.start or use.end < finding.end:
            return f"This goes beyond claim {claim.id}: '{quoted(claim.wordings[0].text)}'."
        if not claim.is_in_force(self._day):
            return ""
        missing = [place for place in self._jurisdictions if place not in claim.jurisdictions]
        if missing:
            return f"Claim {claim.id} has these words, but is not approved for {', '.join(missing)}."
        return None

    def _proposal(self, finding: Finding) -> str:
        """The claim that was probably meant, as a question, or ""."""

        def allowed(claim: Claim, sentence: int) -> bool:
            return (
                finding.rule in claim.covers
                and self._is_good_here(claim)
                and speaks_of(self._reading, self._policy.knowledge, sentence, claim.subject)
            )

        form = self.comparison.nearest(finding, allowed)
        return f"Did you mean claim {form.claim.id}: '{quoted(form.wording.text)}'?" if form else ""

    def _is_good_here(self, claim: Claim) -> bool:
        """Whether its words would be approved if they stood in the copy."""
        return claim.is_in_force(self._day) and set(self._jurisdictions) <= set(claim.jurisdictions)


def quoted(text: str) -> str:
    """A wording, cut short."""
    return text if len(text) <= LONGEST_QUOTE else f"{text[: LONGEST_QUOTE - 1].rstrip()}…"
