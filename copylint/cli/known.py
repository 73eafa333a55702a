"""The baselines of a run: which one counts for which file, and the report with the known findings marked.

One that is named on the command line counts for every file. Else each file has the one of its own configuration.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from copylint.cli.options import Judgings, Scope
from copylint.config import ConfigError, LintSettings
from copylint.findings import FileReport, Report
from copylint.paths import shown_path
from copylint.verdicts import baseline, comparison
from copylint.verdicts.baseline import Baseline


class Baselines(NamedTuple):
    """Those of a run. by_path: which one counts for a file, by the path that it is shown as. contents: of each."""

    by_path: Mapping[str, Path]
    contents: Mapping[Path, Baseline]


class Known(NamedTuple):
    """A baseline file, what it holds, what the run could see of it, and what came of it."""

    path: Path
    content: Baseline
    scope: comparison.Scope
    compared: comparison.Comparison


def of_run(judgings: Judgings, named: Path | None) -> Baselines:
    """The baselines that are named and configured, read. Raises ConfigError."""
    by_path = dict.fromkeys(judgings.by_path, named) if named is not None else configured(judgings)
    paths = dict.fromkeys((*([named] if named is not None else []), *by_path.values()))
    check_existing(paths, judgings, named)
    return Baselines(by_path, load(paths))


def configured(judgings: Judgings) -> dict[str, Path]:
    """The baseline that is configured for each file, by the path that the file is shown as; where there is one."""
    found = ((path, one.settings.baseline) for path, one in judgings.by_path.items())
    return {path: file for path, file in found if file is not None}


def check_existing(baselines: Iterable[Path], judgings: Judgings, named: Path | None) -> None:
    """Raises ConfigError for a baseline that is no file. named: the one of the command line, if any."""
    for path in baselines:
        if path.is_file():
            continue
        told = shown(path)
        if path == named:
            raise ConfigError(
                f"--baseline: there is no file {told}. Write it with `copylint baseline --baseline {told}`."
            )
        settings = next(one.settings for one in judgings.used if one.settings.baseline == path)
        advice = 'Write it with `copylint baseline`, or take "baseline" out.'
        raise ConfigError(f"{_place_of_key(settings)}: there is no baseline {told}. {advice}")


def _place_of_key(settings: LintSettings) -> str:
    """FILE:LINE where the baseline is configured."""
    from copylint.config.layers import layers, merged

    assert settings.origin is not None
    layer = merged(layers(settings.origin))["baseline"].said[-1]
    return f"{layer.name}:{layer.line('baseline')}"


def load(paths: Iterable[Path]) -> dict[Path, Baseline]:
    """What each baseline holds. Raises ConfigError."""
    return {path: baseline.load(path) for path in paths}


def compare(
    report: Report, baselines: Baselines, *, scope: Scope, judgings: Judgings, paths: Sequence[str]
) -> tuple[Report, list[Known]]:
    """The report with the known findings marked, and what came of each baseline.

    A file that has no baseline stays as it is. paths: that the user gave.
    """
    searched = tuple(Path(os.path.abspath(path)) for path in paths if os.path.isdir(path))
    marked: dict[str, FileReport] = {}
    known = []
    for path, content in baselines.contents.items():
        mine = [file for file in report.files if baselines.by_path.get(file.path) == path]
        folder = Path(os.path.abspath(path)).parent
        seen = comparison.Scope(folder, _selects(scope), _jurisdictions(mine, judgings), searched)
        compared = comparison.compare(mine, content, seen)
        marked.update((file.path, file) for file in compared.files)
        known.append(Known(path, content, seen, compared))
    files = tuple(marked.get(file.path, file) for file in report.files)
    return report._replace(files=files, baseline=True), known


def remarks(known: Iterable[Known]) -> list[str]:
    """A line for the user about each baseline that could be shorter."""
    return [
        f"{shown(one.path)}: {_count(len(one.compared.stale))} found no more; take out with `copylint baseline --prune`"
        for one in known
        if one.compared.stale
    ]


def _count(number: int) -> str:
    return f"{number:,} known finding{' is' if number == 1 else 's are'}"


def _jurisdictions(files: Sequence[FileReport], judgings: Judgings) -> tuple[str, ...]:
    """Those of these files together; of the whole run where there are none."""
    used = tuple(judgings.by_path[file.path] for file in files if file.path in judgings.by_path)
    return judgings._replace(used=used or judgings.used).jurisdictions


def _selects(scope: Scope) -> comparison.Selects:
    def selects(path: Path, rule: str) -> bool:
        return scope.of_folder(path.parent).settings.unwanted(rule, shown(path)) is None

    return selects


def shown(path: Path) -> str:
    """A path as the user sees it."""
    return shown_path(Path(os.path.abspath(path)), Path.cwd())
