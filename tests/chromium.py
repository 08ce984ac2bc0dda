"""Headless Chromium for tests of the review page; `make test` sets it up where it may (scripts/setup_browser.sh)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from samples import ROOT

SCENARIOS = ROOT / "tests" / "browser"
MODULES = Path(os.environ.get("PLAYWRIGHT_CORE") or ROOT / ".venv" / "browser" / "node_modules")
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome") or ""


def _missing() -> str:
    """What keeps a browser from being run here, "" for nothing."""
    lacking = [name for name, found in (("node", shutil.which("node")), ("chromium", CHROMIUM)) if not found]
    if not (MODULES / "playwright-core").is_dir():
        lacking.append("playwright-core")
    return f"not installed: {', '.join(lacking)} (scripts/setup_browser.sh)" if lacking else ""


NO_BROWSER = _missing()


def played(scenario: str, page: Path, argument: Any = None) -> Any:
    """The result of a scenario on a page; no console line, no dialog and no request may have come of it."""
    command = ["node", str(SCENARIOS / scenario), str(page), *([json.dumps(argument)] if argument is not None else [])]
    environment = {**os.environ, "NODE_PATH": str(MODULES), "CHROMIUM": CHROMIUM}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["errors"] == [] and said["requests"] == []
    return said["result"]
