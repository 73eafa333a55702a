"""What a register says, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from copylint.language.phrases import Node

EvidenceKind = Literal["doi", "address", "file"]
SubjectKind = Literal["treatment", "product", "any"]
Product = tuple[str, str]
"""The id of a treatment, and the name of a brand of it; no name for all of the treatment."""


class Evidence(NamedTuple):
    """What a claim rests on, as it is written. missing: it is a file, and the file is not there."""

    text: str
    kind: EvidenceKind
    missing: bool = False


class Subject(NamedTuple):
    """What a claim is about. name: as it is written. products: what that may mean; none for kind "any"."""

    kind: SubjectKind
    name: str
    products: frozenset[Product] = frozenset()


class Wording(NamedTuple):
    """Approved words: a phrase as it is written, and its node."""

    text: str
    node: Node


class Claim(NamedTuple):
    """One entry. jurisdictions: in our order. rules: as they are written, none for every claim rule.

    covers: the ids of the rules that the approval speaks of. valid_until: the last day, as 2027-03-01. line: from 1.
    """

    id: str
    wordings: tuple[Wording, ...]
    subject: Subject
    jurisdictions: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    owner: str
    approved_by: str
    valid_until: str
    rules: tuple[str, ...]
    covers: frozenset[str]
    line: int

    @property
    def missing_evidence(self) -> tuple[str, ...]:
        """The files of its evidence that are not there."""
        return tuple(one.text for one in self.evidence if one.missing)

    def has_expired(self, day: str) -> bool:
        """Whether its last day is before this one."""
        return self.valid_until < day

    def is_in_force(self, day: str) -> bool:
        """Whether it approves anything on this day."""
        return not self.has_expired(day) and not self.missing_evidence

    def values(self) -> Mapping[str, str]:
        """What fills the {names} of a message."""
        return {
            "claim": self.id, "owner": self.owner, "approver": self.approved_by, "date": self.valid_until,
            "wording": self.wordings[0].text,
        }  # fmt: skip
