"""Known findings and new ones: what a baseline says of the findings of a run.

A finding that the baseline knows is marked and does not count; it is never dropped. A fingerprint says which sentence,
not where, so this decides which entry stands for which finding:

1. The entries of a file stand for findings of that file: as many are known as there are entries that are alike.
2. The entries of a file that is gone go to the new file that is most like it, for it was renamed.
3. What is left over of files that were checked or are gone goes to findings that are alike anywhere: the sentence moved
   to another page. A copy of a known claim is new, for nothing is left over where the original still stands.

Entries for what belongs to a page as a whole (a risk that it does not name) take no part in the third step: the same
duty on another page is another one. A page that was known to name no risks is not held to naming all of them, once it
names the first.
"""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path, PureWindowsPath
from typing import NamedTuple

from copylint.findings import JURISDICTIONS, FileReport, Finding, Status
from copylint.paths import shown_path
from copylint.verdicts import fingerprints
from copylint.verdicts.baseline import Baseline, Entry, distinct

_SHOWN = 60
"""Characters of a sentence that are written down for people."""
_CANDIDATES = 100
"""New files that are held against one that is gone."""

_SOLVED_IN_PART = {"risk/undisclosed": "risk/incomplete"}
"""A rule, and what it becomes when a writer begins to do what it asks for."""

Selects = Callable[[Path, str], bool]
"""Whether findings of a rule are wanted in a file (an absolute path)."""
_Supply = dict[str, list[Entry]]
"""Entries that are still to be had, by identity; the next one is the last of its list."""


class Scope(NamedTuple):
    """What a run could see, and so what it may say of entries that it did not find.

    folder: of the baseline; its paths begin there. selects: whether findings of a rule are wanted in a file. searched:
    folders all of whose copy was checked. All paths are absolute.
    """

    folder: Path
    selects: Selects
    jurisdictions: tuple[str, ...]
    searched: tuple[Path, ...] = ()


class Comparison(NamedTuple):
    """The files of a run, their known findings marked.

    stale: entries that the run looked for and did not find open. unseen: entries that it did not look for.
    """

    files: tuple[FileReport, ...]
    stale: tuple[Entry, ...]
    unseen: tuple[Entry, ...]


def compare(files: Sequence[FileReport], baseline: Baseline, scope: Scope) -> Comparison:
    """Give the open findings that the baseline knows the status "baseline". The files keep their order."""
    matching = _Matching(files, baseline, scope)
    matching.give_to_same_files()
    matching.give_to_renamed_files()
    matching.give_to_moved_sentences()
    complete = set(baseline.jurisdictions) <= set(scope.jurisdictions)
    stale: list[Entry] = []
    unseen: list[Entry] = []
    for entry in matching.left_over():
        seen = complete and matching.was_searched(entry.path) and matching.was_selected(entry)
        (stale if seen else unseen).append(entry)
    return Comparison(matching.marked(), tuple(stale), tuple(unseen))


def renewed(compared: Comparison, baseline: Baseline, scope: Scope) -> Baseline:
    """The baseline with all that is open now. What the run did not look for stays."""
    looked_for = {*baseline.jurisdictions, *scope.jurisdictions}
    jurisdictions = tuple(place for place in JURISDICTIONS if place in looked_for)
    entries = _entries(compared.files, scope.folder, ("open", "baseline"))
    return Baseline(jurisdictions, distinct((*entries, *compared.unseen)))


def pruned(compared: Comparison, baseline: Baseline, scope: Scope) -> Baseline:
    """The baseline without its stale entries; those of findings that moved name their new file."""
    entries = _entries(compared.files, scope.folder, ("baseline",))
    return Baseline(baseline.jurisdictions, distinct((*entries, *compared.unseen)))


def _entries(files: Sequence[FileReport], folder: Path, statuses: Sequence[Status]) -> list[Entry]:
    return [
        _entry(_path(file, folder), finding, fingerprint)
        for file in files
        for finding, fingerprint in zip(file.findings, fingerprints.of(file), strict=True)
        if finding.status in statuses
    ]


def _entry(path: str, finding: Finding, fingerprint: str) -> Entry:
    if finding.about:
        return Entry(path, finding.rule, fingerprint, about=_shortened(finding.about))
    return Entry(path, finding.rule, fingerprint, text=_shortened(finding.sentence or finding.text))


def _shortened(text: str) -> str:
    if len(text) <= _SHOWN:
        return text
    cut = text[: _SHOWN - 1]
    return (cut.rpartition(" ")[0] or cut) + " …"


def _path(file: FileReport, folder: Path) -> str:
    """The path of a file as the baseline in this folder names it. Paths of reports begin in the working folder."""
    return shown_path(Path(os.path.abspath(file.path)), folder)


class _Matching:
    """Entries that are still to be had, and findings that are still without one."""

    def __init__(self, files: Sequence[FileReport], baseline: Baseline, scope: Scope) -> None:
        self._files = files
        self._scope = scope
        self._paths = [_path(file, scope.folder) for file in files]
        self._identities = [fingerprints.identities(file) for file in files]
        self._checked = frozenset(
            path for path, file in zip(self._paths, files, strict=True) if not file.error
        )  # fmt: skip
        self._unknown = [
            [at for at, finding in enumerate(file.findings) if finding.status == "open"] for file in files
        ]  # fmt: skip
        """The open findings of each file that have no entry yet."""
        self._supplies: dict[str, _Supply] = {}
        for entry in reversed(baseline.entries):
            self._supplies.setdefault(entry.path, {}).setdefault(entry.identity, []).append(entry)
        self._settled: list[Entry] = []
        """Entries of findings that are suppressed or approved."""
        self._moved: set[Entry] = set()
        self._found: dict[str, bool] = {}

    def give_to_same_files(self) -> None:
        """Step 1."""
        for number, path in enumerate(self._paths):
            if path in self._supplies:
                self._give_all(self._supplies[path], number)

    def give_to_renamed_files(self) -> None:
        """Step 2."""
        new = [
            number for number, path in enumerate(self._paths) if self._unknown[number] and path not in self._supplies
        ]
        if not new:
            return
        wanted = {number: self._wanted(number) for number in new}
        places: dict[str, list[int]] = defaultdict(list)
        for number, identities in wanted.items():
            for identity in identities:
                places[identity].append(number)
        taken: set[int] = set()
        for path in sorted(self._supplies):
            become = self._become(path, wanted, places, taken) if self._is_gone(path) else None
            if become is not None:
                taken.add(become)
                self._give_all(self._supplies[path], become)

    def give_to_moved_sentences(self) -> None:
        """Step 3, in the order of the files."""
        wanted = {identity for number in range(len(self._files)) for identity in self._wanted(number)}
        supply: _Supply = defaultdict(list)
        for path in sorted(self._supplies, reverse=True):
            alike = wanted & self._supplies[path].keys()
            if alike and (path in self._checked or self._is_gone(path)):
                for identity in alike:
                    supply[identity] += [entry for entry in self._supplies[path][identity] if not entry.about]
        for number in range(len(self._files)):
            self._moved.update(self._give(supply, number))

    def left_over(self) -> list[Entry]:
        """The entries that no open finding has, sorted."""
        unused = [entry for supply in self._supplies.values() for alike in supply.values() for entry in alike]
        return sorted(entry for entry in (*unused, *self._settled) if entry not in self._moved)

    def marked(self) -> tuple[FileReport, ...]:
        """All files of the run. A finding that was open and is not unknown any more is known."""
        return tuple(
            file._replace(findings=_marked(file, frozenset(unknown)))
            for file, unknown in zip(self._files, self._unknown, strict=True)
        )

    def was_searched(self, path: str) -> bool:
        """Whether the run has seen all that there is of a path: it was checked, or is gone from a searched folder."""
        return path in self._checked or (self._is_below_searched(path) and self._is_gone(path))

    def was_selected(self, entry: Entry) -> bool:
        """Whether findings of its rule are wanted in its file."""
        return self._scope.selects(Path(os.path.abspath(self._scope.folder / entry.path)), entry.rule)

    def _give_all(self, supply: _Supply, number: int) -> None:
        """Entries for the open findings of a file. Settled ones take what they can: it is not left over for others."""
        self._give(supply, number)
        self._give_for_parts(supply, number)
        for finding, identity in zip(self._files[number].findings, self._identities[number], strict=True):
            if finding.status != "open" and supply.get(identity):
                self._settled.append(supply[identity].pop())

    def _give_for_parts(self, supply: _Supply, number: int) -> None:
        """Entries for findings that tell of an improvement: one stands for all of the file."""
        findings = self._files[number].findings
        for alike in supply.values():
            milder = _SOLVED_IN_PART.get(alike[-1].rule) if alike else None
            found = {at for at in self._unknown[number] if findings[at].rule == milder}
            if found:
                alike.pop()
                self._unknown[number] = [at for at in self._unknown[number] if at not in found]

    def _give(self, supply: _Supply, number: int) -> list[Entry]:
        """Entries for the open findings of a file. Returns those that were given away."""
        given, unknown = [], []
        for at in self._unknown[number]:
            alike = supply.get(self._identities[number][at])
            if alike:
                given.append(alike.pop())
            else:
                unknown.append(at)
        self._unknown[number] = unknown
        return given

    def _wanted(self, number: int) -> Counter[str]:
        """The identities of the findings of a file that have no entry yet."""
        return Counter(self._identities[number][at] for at in self._unknown[number])

    def _become(
        self, path: str, wanted: dict[int, Counter[str]], places: dict[str, list[int]], taken: set[int]
    ) -> int | None:
        """The new file that shares most findings with one that is gone, and at least half of them.

        wanted: the identities of each new file. places: the new files by identity. taken: those that are spoken for.
        """
        offered = Counter({
            identity: len(alike) for identity, alike in self._supplies[path].items()
            if alike and self.was_selected(alike[0])
        })  # fmt: skip
        scores = []
        for number in _candidates(offered, places, taken):
            other = self._paths[number]
            shared = (offered & wanted[number]).total()
            if 2 * shared >= offered.total():
                scores.append((-shared, _name(other) != _name(path), other, number))
        return min(scores)[-1] if scores else None

    def _is_gone(self, path: str) -> bool:
        if path not in self._found:
            # Only paths from the folder on are looked up: no baseline shall make us reach for another machine.
            elsewhere = PureWindowsPath(path).anchor != ""
            self._found[path] = elsewhere or path in self._checked or os.path.lexists(self._scope.folder / path)
        return not self._found[path]

    def _is_below_searched(self, path: str) -> bool:
        if not self._scope.searched:
            return False
        place = Path(os.path.abspath(self._scope.folder / path))
        return any(place.is_relative_to(folder) for folder in self._scope.searched)


def _candidates(offered: Counter[str], places: dict[str, list[int]], taken: set[int]) -> list[int]:
    """The new files that a gone one may have become: what few files say is what tells them apart."""
    found: dict[int, None] = {}
    for identity in sorted(offered.keys() & places.keys(), key=lambda identity: (len(places[identity]), identity)):
        for number in places[identity]:
            if len(found) == _CANDIDATES:
                return list(found)
            if number not in taken:
                found[number] = None
    return list(found)


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _marked(file: FileReport, unknown: frozenset[int]) -> tuple[Finding, ...]:
    return tuple(
        finding._replace(status="baseline") if finding.status == "open" and at not in unknown else finding
        for at, finding in enumerate(file.findings)
    )
