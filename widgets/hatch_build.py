"""Build the front end while the Python package is built, if it isn't current.

An sdist carries the built files with their stamp, so installing from one needs no Node; in a
clone an edited source changes the digest, so ``pip install .`` compiles it anew.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# node.py stands beside this file, and neither is in a package.
sys.path.insert(0, str(Path(__file__).parent))
import node


class FrontEndHook(BuildHookInterface[Any]):
    """Hatchling's hook for wheels, editable installs and sdists."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Ask for Node from PyPI only where it's needed and missing."""
        if node.is_current() or node.system_npm():
            return []
        return [f"{node.WHEEL}>=22"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Compile before hatchling collects the files."""
        if node.is_current():
            self.app.display_info("The front end is current.")
            return
        self.app.display_info("Compiling the front end …")
        node.step("build")
