"""What an editor knows and rules, from seeds/<slug>.toml (DESIGN §8)."""

from collections.abc import Mapping
from typing import Any, get_args

from summarizer.errors import RefusedInputError
from summarizer.values import Ignore, RepairRuling, Role, Rulings, SpeakerRuling

_TOP = {"title_en", "date", "publisher", "url"}
_TABLES = {
    "speakers": ({"zh"}, {"en", "title_en", "role"}),
    "repairs": ({"kind", "paragraphs", "decision"}, {"after"}),
    "ignore": ({"unit", "check", "reason", "digest"}, set()),
}


def parse(data: Mapping[str, Any], where: str) -> Rulings:
    """Read the loaded TOML of one transcript's rulings.

    Raises:
        RefusedInputError: A key is unknown or missing, or a value is of the wrong type; the message
            names *where*, the table and the key.
    """
    for key, value in data.items():
        if key not in _TOP | set(_TABLES):
            raise RefusedInputError(
                f"{where}: unknown key {key!r}; known are {_listed(_TOP | set(_TABLES))}."
            )
        if key in _TOP and not isinstance(value, str):
            raise RefusedInputError(f"{where}: {key} must be a string.")
    return Rulings(
        **{key: data[key] for key in _TOP & set(data)},
        speakers=tuple(_speaker(row, where) for row in _rows(data, "speakers", where)),
        repairs=tuple(_repair(row, where) for row in _rows(data, "repairs", where)),
        ignore=tuple(Ignore(**_strings(row, "ignore", where)) for row in _rows(data, "ignore", where)),
    )


def _rows(data: Mapping[str, Any], table: str, where: str) -> list[dict[str, Any]]:
    rows = data.get(table, [])
    required, optional = _TABLES[table]
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise RefusedInputError(f"{where}: write [[{table}]] for every entry.")
    for number, row in enumerate(rows, 1):
        if missing := required - set(row):
            raise RefusedInputError(f"{where}: [[{table}]] {number} has no {_listed(missing)}.")
        if unknown := set(row) - required - optional:
            raise RefusedInputError(f"{where}: [[{table}]] {number} has the unknown key {_listed(unknown)}.")
    return rows


def _speaker(row: dict[str, Any], where: str) -> SpeakerRuling:
    strings = _strings(row, "speakers", where)
    if strings.get("role", "unknown") not in get_args(Role):
        raise RefusedInputError(f"{where}: [[speakers]] role must be one of {_listed(get_args(Role))}.")
    return SpeakerRuling(**strings)  # type: ignore[arg-type]


def _repair(row: dict[str, Any], where: str) -> RepairRuling:
    numbers = row["paragraphs"]
    if not isinstance(numbers, list) or not all(type(number) is int for number in numbers):
        raise RefusedInputError(f"{where}: [[repairs]] paragraphs must be a list of paragraph numbers.")
    if row["kind"] not in {"join", "move"} or row["decision"] not in {"apply", "reject"}:
        raise RefusedInputError(
            f"{where}: [[repairs]] needs kind 'join' or 'move' and decision 'apply' or 'reject'."
        )
    after = row.get("after")
    if after is not None and type(after) is not int:
        raise RefusedInputError(f"{where}: [[repairs]] after must be a paragraph number.")
    return RepairRuling(row["kind"], tuple(numbers), row["decision"], after)


def _strings(row: dict[str, Any], table: str, where: str) -> dict[str, str]:
    for key, value in row.items():
        if not isinstance(value, str):
            raise RefusedInputError(f"{where}: [[{table}]] {key} must be a string.")
    return row


def _listed(words: Any) -> str:
    return ", ".join(sorted(words))
