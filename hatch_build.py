"""Build hook: compiles the rules into the wheel, so that the first run is as fast as every other.

The cache is known by the content of what it was made from (copylint.rules.cache); if a file beside it is changed
after installation, it is passed over.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PrebuiltCache(BuildHookInterface):  # type: ignore[type-arg]
    """Adds copylint/prebuilt.cache to wheels. An editable install compiles on its first run instead."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before a wheel is put together."""
        if self.target_name != "wheel" or version == "editable":
            return
        sys.path.insert(0, self.root)
        from copylint.rules import cache, policy
        from copylint.rules.build import build

        files = [policy.shipped_rules()]
        content = cache.encode(policy.digest_of(policy.inputs_of(files)), "", build(files))
        folder = Path(tempfile.mkdtemp(prefix="copylint-build-"))
        (folder / "prebuilt.cache").write_bytes(content)
        build_data["force_include"][str(folder / "prebuilt.cache")] = "copylint/prebuilt.cache"
