"""A model that answers from real source–target pairs: each request gets the English of just its passages."""

import json
from pathlib import Path
from typing import Any

from .loopback import completion
from .model import ANSWERS

PAGES = Path(__file__).parent / "data" / "checks" / "open"


class Pairs:
    """The page of a translator as a transcript, and as the answers a good model would give for it."""

    def __init__(self, name: str) -> None:
        self.page = json.loads((PAGES / f"{name}.json").read_text(encoding="utf-8"))
        self._english = {row["zh"]: row["en"] for row in self.page["paragraphs"]}

    def transcript(self) -> str:
        """The paragraphs under the names of their speakers."""
        names = {row["id"]: row["zh"] for row in self.page["speakers"]}
        return "\n\n".join(f"{names[row['speaker']]}：{row['zh']}" for row in self.page["paragraphs"]) + "\n"

    def reply(self, body: dict[str, Any]) -> dict[str, Any]:
        """Answer a request as a chat completion."""
        return completion(json.dumps(self.answer(body), ensure_ascii=False))

    def answer(self, body: dict[str, Any]) -> dict[str, Any]:
        """Answer a request by its task."""
        material = json.loads(body["messages"][-1]["content"])
        task = name(body)
        own = {"terms": self._terms, "translate": self._translate, "summarize": self._summarize}
        return (own.get(task) or ANSWERS[task])(material)

    def english(self, source: str) -> str:
        """The translator's English of a passage."""
        return self._english[source]

    def _terms(self, material: dict[str, Any]) -> dict[str, Any]:
        known = {row["zh"]: row for row in self.page["speakers"]}
        people = [
            {"id": one["id"], "name_en": known[one["name"]]["en"], "title_en": known[one["name"]]["title_en"]}
            for one in material["speakers"]
        ]
        terms = [{"zh": row["zh"], "en": row["en"], "kind": "person"} for row in self.page["people"]]
        return {"speakers": people, "terms": terms}

    def _translate(self, material: dict[str, Any]) -> dict[str, Any]:
        rows = [{"id": p["id"], "sentences": [self._english[p["zh"]]]} for p in material["passages"]]
        return {"segments": rows}

    def _summarize(self, material: dict[str, Any]) -> dict[str, Any]:
        ids = {passage["zh"]: passage["id"] for passage in material["passages"]}
        found = []
        for row in self.page["claims"]:
            cited = self.page["paragraphs"][row["cites"][0] - 1]["zh"]
            if cited in ids and len(row["cites"]) == 1:
                found.append(
                    {"passage": ids[cited], "quote": row["quotes"][0], "en": row["en"], "zh": row["zh"]}
                )
        return {"claims": found}


def name(body: dict[str, Any]) -> str:
    """The task of a request; where the schema is told in words, by what its prompt begins with."""
    asked = body.get("response_format", {}).get("json_schema")
    if asked:
        return str(asked["name"])
    system = body["messages"][0]["content"]
    heads = {"You translate": "translate", "You prepare": "terms", "You write the summary": "summarize",
             "You write the top": "overview", "You mend": "repair"}  # fmt: skip
    return next(task for head, task in heads.items() if system.startswith(head))
