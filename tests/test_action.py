"""What pipelines are given: the action for GitHub and the template for GitLab are valid, and their scripts run.

The schemas are those that GitHub's and GitLab's editors use (SchemaStore), as check-jsonschema ships them. A script is
taken out of its file and run in the shell, with the options and the variables, that a runner gives it.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from copylint.reports import FORMATS

TOP = Path(__file__).parent.parent
ACTION = TOP / "action.yml"
TEMPLATE = TOP / ".gitlab" / "copylint.yml"
BAD = "# Fat freezing\n\nThe fat is gone for good.\n"
GOOD = "# Opening hours\n\nPlease ring the bell.\n"

needs_bash = pytest.mark.skipif(sys.platform == "win32" or not shutil.which("bash"), reason="no bash")


def content(path: Path) -> dict[str, Any]:
    loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(loaded, dict)
    return loaded


def errors(loaded: dict[str, Any], schema: str) -> list[str]:
    """What the published schema of this name says against the content of a file."""
    folder = resources.files("check_jsonschema") / "builtin_schemas" / "vendor"
    rules = json.loads((folder / schema).read_text(encoding="utf-8"))
    validator = jsonschema.validators.validator_for(rules)(rules)
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(loaded)]


# --- The files ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "schema"), [(ACTION, "github-actions.json"), (TEMPLATE, "gitlab-ci.json")], ids=["action", "template"]
)
def test_the_published_schema_holds(path: Path, schema: str) -> None:
    assert errors(content(path), schema) == []


def test_the_schema_would_notice_a_fault() -> None:
    broken = content(ACTION)
    del broken["runs"]["steps"][1]["shell"]
    assert errors(broken, "github-actions.json")


def snippets() -> list[tuple[str, dict[str, Any]]]:
    """The pipelines that the manual offers for copying: name of the file, and what is in it."""
    text = (TOP / "docs" / "manual" / "ci.md").read_text(encoding="utf-8")
    found = re.findall(r"^```yaml (\S*(?:workflows/|gitlab-ci)\S*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    # YAML 1.1 reads `on` as true; GitHub does not.
    return [(name, {"on" if key is True else key: value for key, value in yaml.safe_load(one).items()})
            for name, one in found]  # fmt: skip


@pytest.mark.parametrize(("name", "loaded"), snippets(), ids=lambda one: one if isinstance(one, str) else "")
def test_the_published_schema_holds_for_what_the_manual_offers(name: str, loaded: dict[str, Any]) -> None:
    assert errors(loaded, "github-workflows.json" if "workflows" in name else "gitlab-ci.json") == []


def test_what_the_manual_gives_to_the_action_exists() -> None:
    used = [step for _, one in snippets() for job in one.get("jobs", {}).values() for step in job["steps"]]
    ours = [step for step in used if step["uses"].startswith("team/copylint@")]
    assert len(ours) == 3
    for step in ours:
        assert set(step.get("with", {})) <= set(content(ACTION)["inputs"])


@pytest.mark.parametrize(("kind", "values"), [("input", "inputs"), ("variable", "variables")])
def test_the_manual_names_each_with_its_default(kind: str, values: str) -> None:
    text = (TOP / "docs" / "manual" / "ci.md").read_text(encoding="utf-8")
    table = text[text.index(f"| {kind} | default |") :].split("\n\n", 1)[0]
    rows = dict(re.findall(r"^\| `([\w-]+)` \| (?:`([^`]*)` )?\|", table, re.MULTILINE))
    given = content(ACTION if kind == "input" else TEMPLATE)[values]
    assert rows == {name: one.get("default", one.get("value")) for name, one in given.items()}


def steps() -> dict[str, dict[str, Any]]:
    """The steps of the action that run a script, by their id."""
    return {step["id"]: step for step in content(ACTION)["runs"]["steps"] if "run" in step}


def test_no_input_is_written_into_a_script() -> None:
    assert [name for name, step in steps().items() if "${{" in step["run"]] == []


def test_every_input_is_used_and_every_name_is_known() -> None:
    action = content(ACTION)
    used = set(re.findall(r"\$\{\{ inputs\.([a-z-]+) \}\}", ACTION.read_text(encoding="utf-8")))
    assert used == set(action["inputs"])
    ids = {step["id"] for step in action["runs"]["steps"]}
    assert set(re.findall(r"\$\{\{ steps\.([a-z-]+)\.", ACTION.read_text(encoding="utf-8"))) == ids
    assert action["inputs"]["format"]["default"] in FORMATS


def test_every_variable_of_a_script_is_given() -> None:
    """By the step, by the script itself or by the runner."""
    for step in steps().values():
        used = set(re.findall(r"\$\{?([A-Z_]+)\b", step["run"]))
        runner = {"GITHUB_OUTPUT", "GITHUB_SERVER_URL", "GITHUB_STEP_SUMMARY", "RUNNER_TEMP"}
        assert used <= set(step["env"]) | runner
        assert set(step["env"]) <= used


# --- The action, run ---------------------------------------------------------------------------------------------


class Runner:
    """Runs steps of the action as a runner for Linux does: bash -e, inputs in the environment, outputs in a file."""

    def __init__(self, folder: Path, workspace: Path) -> None:
        self.folder = folder
        self.workspace = workspace
        self.summary = folder / "summary.md"
        self.outputs: dict[str, dict[str, str]] = {"python": {"python-path": sys.executable}}
        self.github = {"action_path": str(TOP), "action_repository": "", "server_url": "https://git.example"}

    def run(self, name: str, **inputs: str) -> subprocess.CompletedProcess[str]:
        """Runs the step of this id. inputs: with _ for -; the others have their default."""
        step = steps()[name]
        given = {name: one["default"] for name, one in content(ACTION)["inputs"].items()}
        given |= {name.replace("_", "-"): value for name, value in inputs.items()}
        output, script = self.folder / f"{name}.output", self.folder / f"{name}.sh"
        output.write_bytes(b"")
        self.summary.write_bytes(b"")
        script.write_text(step["run"], encoding="utf-8", newline="\n")
        environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith(("INPUT_", "GIT_", "COPYLINT"))},
            "GITHUB_OUTPUT": str(output),
            "GITHUB_STEP_SUMMARY": str(self.summary),
            "GITHUB_SERVER_URL": self.github["server_url"],
            "RUNNER_TEMP": str(self.folder),
            **{key: self._value(value, given) for key, value in step["env"].items()},
        }
        command = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", str(script)]
        done = subprocess.run(
            command, cwd=self.workspace, env=environment, capture_output=True, encoding="utf-8", check=False
        )
        lines = output.read_text(encoding="utf-8").splitlines()
        self.outputs[name] = dict(line.split("=", 1) for line in lines)
        return done

    def _value(self, expression: str, inputs: dict[str, str]) -> str:
        """What an expression of the file stands for."""
        match = re.fullmatch(r"\$\{\{ (\w+)\.([\w-]+)(?:\.outputs\.([\w-]+))? \}\}", expression)
        assert match, expression
        where, name, output = match.groups()
        if where == "steps":
            return self.outputs.get(name, {}).get(output, "")
        return {"inputs": inputs, "github": self.github}[where][name]


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    """One whose copylint is that of this environment."""
    (tmp_path / "temp").mkdir()
    (tmp_path / "site").mkdir()
    made = Runner(tmp_path / "temp", tmp_path / "site")
    made.outputs["install"] = {"program": str(Path(sys.executable).parent / "copylint")}
    return made


def put(runner: Runner, name: str, text: str) -> None:
    path = runner.workspace / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@needs_bash
def test_bad_copy_fails_the_step_with_annotations_and_a_summary(runner: Runner) -> None:
    put(runner, "bad.md", BAD)
    put(runner, "good.md", GOOD)
    done = runner.run("check")
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith("::error file=bad.md,line=3,")
    assert runner.outputs["check"] == {"exit-code": "1"}
    assert "| error | bad.md | 3 |" in runner.summary.read_text(encoding="utf-8")


@needs_bash
def test_good_copy_passes(runner: Runner) -> None:
    put(runner, "good.md", GOOD)
    done = runner.run("check")
    assert (done.returncode, done.stdout) == (0, "")
    assert runner.outputs["check"] == {"exit-code": "0"}


@needs_bash
def test_trouble_fails_the_step(runner: Runner) -> None:
    done = runner.run("check", paths="missing")
    assert done.returncode == 2
    assert "missing: error: does not exist." in done.stderr
    assert runner.outputs["check"] == {"exit-code": "2"}


@needs_bash
def test_every_input_reaches_copylint(runner: Runner) -> None:
    put(runner, "two words/bad.md", BAD)
    put(runner, "posts/bad.md", BAD)
    put(runner, "left/bad.md", BAD)
    done = runner.run(
        "check", paths="two words\n\nposts/*.md\r\n", format="concise", fail_on="never",
        reports="sarif=copylint.sarif\njunit=copylint.xml\n", args="--jurisdiction  uk,us\n--ignore accuracy",
        summary="false",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert {line.split(":")[0] for line in done.stdout.splitlines()} == {"posts/bad.md", "two words/bad.md"}
    assert "jurisdictions: us, uk" in done.stderr
    assert (runner.workspace / "copylint.sarif").is_file()
    assert (runner.workspace / "copylint.xml").is_file()
    assert runner.summary.read_bytes() == b""


@needs_bash
def test_no_paths_are_the_whole_repository(runner: Runner) -> None:
    put(runner, "bad.md", BAD)
    assert runner.run("check", paths="").returncode == 1


@needs_bash
@pytest.mark.parametrize("name", ["paths", "format", "reports", "fail_on", "args"])
@pytest.mark.parametrize("value", ["$(touch hacked)", "`touch hacked`", "x; touch hacked", '"; touch hacked; "', "*"])
def test_what_stands_in_an_input_is_never_run(name: str, value: str, runner: Runner) -> None:
    put(runner, "bad.md", BAD)
    put(runner, "--exit-zero", BAD)
    runner.run("check", **{name: value})
    assert sorted(path.name for path in runner.workspace.iterdir()) == ["--exit-zero", "bad.md"]


@needs_bash
def test_a_path_is_no_option(runner: Runner) -> None:
    put(runner, "--exit-zero", BAD)
    assert runner.run("check", paths="--exit-zero").returncode == 1


@needs_bash
def test_changed_lines_only(runner: Runner) -> None:
    if not shutil.which("git"):
        pytest.skip("no git")
    put(runner, "bad.md", BAD)
    commit(runner.workspace)
    put(runner, "bad.md", f"{BAD}\nPlease ring.\n")
    assert runner.run("check", args="--diff HEAD").returncode == 0
    put(runner, "bad.md", f"{BAD}\nResults are permanent.\n")
    done = runner.run("check", args="--diff HEAD")
    assert done.returncode == 1
    assert done.stdout.startswith("::error file=bad.md,line=5,")


@needs_bash
@pytest.mark.index
def test_the_action_installs_itself(runner: Runner) -> None:
    put(runner, "bad.md", BAD)
    done = runner.run("install")
    assert done.returncode == 0, done.stdout + done.stderr
    program = Path(runner.outputs["install"]["program"])
    assert runner.folder in program.parents
    assert runner.run("check").returncode == 1


@needs_bash
@pytest.mark.index
def test_the_action_installs_the_version_that_is_asked_for(runner: Runner, tmp_path: Path) -> None:
    if not shutil.which("git"):
        pytest.skip("no git")
    repository = tmp_path / "server" / "team" / "copylint"
    shutil.copytree(TOP / "copylint", repository / "copylint", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "hatch_build.py", "rules.yaml", "README.md", "LICENSE"):
        shutil.copyfile(TOP / name, repository / name)
    (repository / "copylint" / "version.py").write_text('"""Ours."""\n\nVERSION = "9.8.7"\n', encoding="utf-8")
    commit(repository)
    git(repository, "tag", "v9.8.7")
    runner.github |= {"server_url": (tmp_path / "server").as_uri(), "action_repository": "team/copylint"}
    done = runner.run("install", version="v9.8.7")
    assert done.returncode == 0, done.stdout + done.stderr
    said = subprocess.run([runner.outputs["install"]["program"], "-V"], capture_output=True, text=True, check=True)
    assert said.stdout == "copylint 9.8.7\n"


@needs_bash
@pytest.mark.parametrize(
    ("repository", "version", "message"),
    [
        ("", "v0.1.0", "leave the input version out"),
        ("team/copylint", "--index-url=x", "is no tag, branch or commit"),
        ("team/copylint", "v1 x", "is no tag, branch or commit"),
        ("team/copylint", "v1\n::warning::x", "is no tag, branch or commit"),
        ("team/copylint", "$(touch hacked)", "is no tag, branch or commit"),
    ],
)
def test_a_version_that_cannot_be_meant_fails(repository: str, version: str, message: str, runner: Runner) -> None:
    runner.github["action_repository"] = repository
    done = runner.run("install", version=version)
    assert done.returncode == 2
    assert done.stdout.startswith("::error title=copylint::")
    assert message in done.stdout
    assert len(done.stdout.splitlines()) == 1
    assert list(runner.workspace.iterdir()) == []


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=tester", "-c", "user.email=tester@mail.example", "-c", "init.defaultBranch=main"]
    command = ["git", *identity, "-c", "core.hooksPath=/dev/null", "-c", "commit.gpgsign=false", *arguments]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


def commit(folder: Path) -> None:
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "as it stands")


# --- The template, run -------------------------------------------------------------------------------------------


def run_template(folder: Path, script: list[str], **variables: str) -> subprocess.CompletedProcess[str]:
    """The script of the job, as a runner of GitLab joins and runs it. variables: in place of their defaults."""
    defaults = {name: one["value"] for name, one in content(TEMPLATE)["variables"].items()}
    environment = {**os.environ, "CI_PROJECT_DIR": str(folder), **defaults, **variables}
    command = ["bash", "-e", "-o", "pipefail", "-c", "\n".join(script)]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False)


def job() -> list[str]:
    script = content(TEMPLATE)["copylint"]["script"]
    assert all(isinstance(line, str) for line in script)
    return list(script)


def with_copylint(folder: Path) -> None:
    """What the first part of the script makes, with the copylint of this environment."""
    scripts = folder / ".cache" / "copylint" / "bin"
    scripts.mkdir(parents=True)
    (scripts / "copylint").symlink_to(Path(sys.executable).parent / "copylint")


@needs_bash
def test_the_template_reports_bad_copy(tmp_path: Path) -> None:
    with_copylint(tmp_path)
    (tmp_path / "two words").mkdir()
    (tmp_path / "two words" / "bad.md").write_text(BAD, encoding="utf-8")
    (tmp_path / "x.md").write_text(BAD, encoding="utf-8")
    done = run_template(tmp_path, job()[1:], COPYLINT_PATHS="two words\n[x].md\n", COPYLINT_ARGS="--jurisdiction us,uk")
    assert done.returncode == 1, done.stderr
    assert {line.split(":")[0] for line in done.stdout.splitlines()} == {"two words/bad.md", "x.md"}
    assert "jurisdictions: us, uk" in done.stderr
    named = content(TEMPLATE)["copylint"]["artifacts"]["reports"]
    found, *_ = json.loads((tmp_path / named["codequality"]).read_text(encoding="utf-8"))
    assert found["location"]["path"] == "two words/bad.md"
    assert "<failure" in (tmp_path / named["junit"]).read_text(encoding="utf-8")


@needs_bash
def test_the_template_lets_good_copy_pass(tmp_path: Path) -> None:
    with_copylint(tmp_path)
    (tmp_path / "good.md").write_text(GOOD, encoding="utf-8")
    assert run_template(tmp_path, job()[1:]).returncode == 0


@needs_bash
def test_the_template_says_what_it_lacks(tmp_path: Path) -> None:
    done = run_template(tmp_path, job())
    assert done.returncode == 2
    assert "Set the variable COPYLINT_PACKAGE" in done.stdout


@needs_bash
@pytest.mark.index
def test_the_template_installs_copylint(tmp_path: Path) -> None:
    (tmp_path / "bad.md").write_text(BAD, encoding="utf-8")
    done = run_template(tmp_path, job(), COPYLINT_PACKAGE=str(TOP))
    assert done.returncode == 1, done.stdout + done.stderr
    assert done.stdout.startswith("bad.md:3:")
