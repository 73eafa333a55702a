"""Write a rule file with many more templates, to see what a rule costs an article that it does not concern.

    python benchmarks/more_rules.py FILE [--times 10] [--seed 1]
    copylint check --config FILE.toml ...      with rules = ["FILE"] in it

The templates are built as ours are, from the word classes and the words of the shipped rules, so their anchors stand in
real copy and the matcher has to look; hardly one of them ever matches.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

import yaml

RULES = Path(__file__).parents[1] / "rules.yaml"
HEAD = """rules:
  - id: overclaim/generated-{number}
    label: hype
    title: Generated
    severity: suggestion
    message: '"{{match}}" is generated.'
    why: It measures what a rule costs.
    better: ['Nothing.']
    citations: {{}}
    kind: claim
    flag:
"""
PER_RULE = 500


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--times", type=int, default=10, help="templates, as a multiple of the shipped ones")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    chance = random.Random(given.seed)
    shipped = yaml.load(RULES.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    classes = sorted(name for name, entries in shipped["classes"].items() if len(entries) < 40)
    flagged = [entry for rule in shipped["rules"] for entry in rule.get("flag", ())]
    said = [entry if isinstance(entry, str) else entry.get("say", "") for entry in flagged]
    words = sorted({word for phrase in said for word in phrase.split() if word.isalpha()})
    templates = [
        f"{chance.choice(words)} {chance.choice(words)} <{chance.choice(classes)}> ... {chance.choice(words)}"
        for _ in range(len(said) * (given.times - 1))
    ]
    text = HEAD.format(number=0)
    for number, template in enumerate(templates):
        if number and number % PER_RULE == 0:
            text += HEAD.format(number=number // PER_RULE).removeprefix("rules:\n")
        text += f"      - '{template}'\n"
    given.file.write_text(text, encoding="utf-8", newline="\n")
    print(f"{len(templates)} templates beside {len(said)} shipped ones")


if __name__ == "__main__":
    main()
