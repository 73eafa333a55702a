"""Profiles: sets of defaults for a stage that copy is in. What a configuration gives itself outweighs them.

Written with the keys of the configuration, and read like a file, so that a profile can say nothing that a user cannot.
"""

from __future__ import annotations

from collections.abc import Mapping

PROFILES: Mapping[str, Mapping[str, object]] = {
    # Copy that is being written: no run fails, and what only a finished text can be held to is left out.
    "draft": {
        "fail-on": "never",
        "require-reason": False,
        "severity": {
            "risk/undisclosed": "off",
            "risk/incomplete": "off",
            "risk/no-consult": "off",
            "risk/no-vary": "off",
            "readability": "off",
            "structure": "off",
        },
    },
    # Copy that goes out: the defaults.
    "publish": {},
    # Copy that a reviewer signs: warnings are settled too, short texts owe what long ones do, and prose is plain.
    "strict": {
        "fail-on": "warning",
        "duty-words": 60,
        "grade-words": 100,
        "max-grade": 10.0,
        "max-sentence-words": 30,
    },
}
