"""The page without its data: HTML, style, words and scripts from the files beside this one."""

from __future__ import annotations

import base64
import hashlib
import html
import re
import tomllib
from importlib.resources import files

from vndirective.errors import Lang
from vndirective.export.html.packing import embedded

STYLES = ("page.css",)
# in the order in which they need each other
SCRIPTS = (
    "blocks.js",
    "elements.js",
    "values.js",
    "corrections.js",
    "documents.js",
    "source.js",
    "fields.js",
    "forms.js",
    "agenda.js",
    "timeline.js",
    "keys.js",
    "start.js",
)
_WORD = re.compile(r"\{\{([a-z_]+)\}\}")


def words(lang: Lang) -> dict[str, str]:
    """Words of the interface by key."""
    table = tomllib.loads(_text("words.toml"))
    return {key: said[lang] for key, said in table.items()}


def page(lang: Lang) -> tuple[str, str]:
    """What comes before and after the data. A policy in the head lets only this page's own script run, and nothing load."""
    said = words(lang)
    style = "\n".join(map(_text, STYLES))
    script = "(function () {\n'use strict';\n" + "\n".join(map(_text, SCRIPTS)) + "})();\n"
    policy = (
        f"default-src 'none'; script-src '{_digest(script)}'; style-src '{_digest(style)}'; img-src data:; "
        "form-action 'none'; base-uri 'none'"
    )
    shell = _text("page.html")
    shell = _WORD.sub(lambda match: html.escape(said[match[1]]) if match[1] in said else match[0], shell)
    shell = shell.replace("{{policy}}", policy).replace("{{lang}}", lang).replace("{{style}}", style)
    head, foot = shell.split("{{data}}\n")
    return head + embedded("words", said), foot.replace("{{script}}", script)


def _text(name: str) -> str:
    return (files("vndirective.export.html") / "page" / name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
