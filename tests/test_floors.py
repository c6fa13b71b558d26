"""Imports go down only, never sideways, and each outside package has one door (DESIGN §3)."""

import ast
from pathlib import Path

import pytest

import summarizer

PACKAGE = Path(summarizer.__file__).parent

FLOORS = {
    "values": 0,
    "errors": 0,
    "letters": 0,
    "quantities": 1,
    "names": 1,
    "termbase": 1,
    "provenance": 1,
    "prices": 1,
    "markup": 1,
    "rulings": 1,
    "cues": 1,
    "excerpts": 2,
    "records": 2,
    "database": 2,
    "sentences": 2,
    "transcript": 3,
    "chunking": 3,
    "prompting": 3,
    "answers": 3,
    "checks": 3,
    "review": 3,
    "merging": 3,
    "edition": 3,
    "proofread": 3,
    "files": 3,
    "lock": 3,
    "signals": 3,
    "llm": 3,
    "cache": 3,
    "batch": 3,
    "batches": 4,
    "tokens": 3,
    "markdown": 3,
    "render": 3,
    "brief": 3,
    "totals": 2,
    "outlet": 3,
    "progress": 4,
    "gate": 3,
    "purse": 3,
    "flow": 4,
    "session": 6,
    "library": 4,
    "signing": 4,
    "asking": 5,
    "naming": 4,
    "keeping": 7,
    "run": 4,
    "translating": 5,
    "repairing": 5,
    "summarizing": 5,
    "drafting": 6,
    "planning": 7,
    "settings": 8,
    "sources": 9,
    "pages": 10,
    "pipeline": 11,
    "batching": 12,
    "update": 13,
    "reporting": 14,
    "doctor": 9,
    "reviewing": 12,
    "commands": 15,
    "cli": 16,
    "__main__": 17,
}

# Decisions two steps share: the page prints what the checks decided.
SHARED = {("brief", "checks"), ("render", "checks")}

DOORS = {
    "openai": ("llm", "batches"),
    "diskcache": ("database",),
    "tiktoken": ("tokens",),
    "markdown_it": ("markdown",),
    "click": ("cli", "commands"),
    "ruamel": ("files",),
    "pydantic": ("answers",),
    "pypinyin": ("names",),
    "genai_prices": ("prices",),
    "rich": ("progress",),
    "filelock": ("lock",),
}


def modules():
    return sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


def room(path):
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            if node.module == "summarizer":
                yield from (f"summarizer.{alias.name}" for alias in node.names)
            else:
                yield node.module


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_module_imports_only_from_floors_below_it(path):
    own = room(path)
    for name in imported(path):
        parts = name.split(".")
        if parts[0] != "summarizer" or len(parts) == 1 or parts[1] in {own, "__version__"}:
            continue
        assert FLOORS[parts[1]] < FLOORS[own] or (own, parts[1]) in SHARED, f"{own} imports {name}"


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_an_outside_package_is_imported_through_its_one_door(path):
    for name in imported(path):
        doors = DOORS.get(name.partition(".")[0])
        assert doors is None or room(path) in doors, f"{room(path)} imports {name}"


def test_every_room_has_a_floor():
    assert {room(path) for path in modules()} == set(FLOORS)
