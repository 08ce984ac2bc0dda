"""Write the pages of docs/ that the code knows better: errors, warnings, command line, and the picture of the README.

python scripts/write_docs.py            tests/test_docs.py fails where a page is not current
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from vndirective import errors
from vndirective.errors import VndirectiveError
from vndirective.schema.warnings import WARNINGS

ROOT = Path(__file__).resolve().parent.parent
COMMANDS = (
    [],
    ["extract"],
    ["merge"],
    ["export"],
    ["view"],
    ["apply"],
    ["tasks"],
    ["show"],
    ["explain"],
    ["evaluate"],
    ["text"],
    ["ocr"],
    ["schema"],
    ["doctor"],
)


def all_errors(base: type[VndirectiveError] = VndirectiveError) -> Iterator[type[VndirectiveError]]:
    yield base
    for sub in base.__subclasses__():
        if sub.__module__ == errors.__name__:
            yield from all_errors(sub)


def errors_page() -> str:
    rows = [
        f"| {e.exit_code} | `{e.code}` | {e.what['vi']}<br>{e.what['en']} | {e.next['vi']}<br>{e.next['en']} |"
        for e in sorted(all_errors(), key=lambda e: e.exit_code)
    ]
    head = "# Errors: what is said, and what to do\n\nWritten by `make docs` from `errors.py`. A run over many files ends with the one kind of failure's own code, or with 1 where kinds differ.\n\n"
    return head + "| exit code | code | message | next step |\n|---|---|---|---|\n" + "\n".join(rows) + "\n"


def warnings_page() -> str:
    rows = [f"| `{code}` | {said['vi']} | {said['en']} |" for code, said in sorted(WARNINGS.items())]
    head = "# Warnings: what a record is unsure of\n\nWritten by `make docs` from `schema/warnings.py`.\n\n"
    return head + "| code | nghĩa | meaning |\n|---|---|---|\n" + "\n".join(rows) + "\n"


def cli_page() -> str:
    from typer.testing import CliRunner

    from vndirective.cli import app

    os.environ.update(COLUMNS="100", NO_COLOR="1", TERM="dumb")
    parts = ["# Command line\n\nWritten by `make docs` from the program's own help."]
    for command in COMMANDS:
        said = CliRunner().invoke(app, [*command, "--help"]).output
        text = "\n".join(line.rstrip() for line in said.strip().splitlines())
        parts.append(f"## {' '.join(['vndirective', *command])}\n\n```text\n{text}\n```")
    return "\n\n".join(parts) + "\n"


def picture() -> str:
    """The README's picture: real output of `vndirective explain` on a sample."""
    import io

    from rich.console import Console

    from vndirective import extract
    from vndirective.explain import tables

    console = Console(record=True, width=150, file=io.StringIO())
    for record in extract(ROOT / "samples" / "notices" / "s07-qd-ubnd-tinh.pdf"):
        for table in tables(record, "vi"):
            console.print(table)
    svg = console.export_svg(title="vndirective explain s07-qd-ubnd-tinh.pdf", unique_id="vndirective")
    return re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)  # no fonts from elsewhere


PAGES = {"errors.md": errors_page, "warnings.md": warnings_page, "cli.md": cli_page}


def main() -> None:
    for name, page in PAGES.items():
        (ROOT / "docs" / name).write_text(page(), encoding="utf-8")
    (ROOT / "docs" / "images").mkdir(exist_ok=True)
    (ROOT / "docs" / "images" / "explain.svg").write_text(picture(), encoding="utf-8")


if __name__ == "__main__":
    main()
