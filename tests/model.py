"""A model that answers every request by rule: well-formed, sound, and worth nothing to a reader."""

import json
import re
from typing import Any

from .loopback import completion


def reply(body: dict[str, Any]) -> dict[str, Any]:
    """Answer the body of a request as a chat completion."""
    task = body["response_format"]["json_schema"]["name"]
    material = json.loads(body["messages"][-1]["content"])
    return completion(json.dumps(ANSWERS[task](material), ensure_ascii=False))


def terms(material: dict[str, Any]) -> dict[str, Any]:
    """Every speaker under their romanised name, and no term."""
    people = [
        {
            "id": one["id"],
            "name_en": one["romanized"] or "Reporter",
            "title_en": "Official" if one["title"] else "",
        }
        for one in material["speakers"]
    ]
    return {"speakers": people, "terms": []}


def translate(material: dict[str, Any]) -> dict[str, Any]:
    """One sentence a passage, with its figures."""
    return {"segments": [{"id": p["id"], "sentences": [_english(p)]} for p in material["passages"]]}


def summarize(material: dict[str, Any]) -> dict[str, Any]:
    """A claim on each of the eight longest passages of the speaker's own."""
    own = [passage for passage in material["passages"] if passage["kind"] == "answer"]
    found = []
    for passage in sorted(own, key=lambda passage: -len(passage["zh"]))[:8]:
        if quote := re.search(r"[\u4e00-\u9fff]{8,30}", passage["zh"]):
            claim = {"passage": passage["id"], "quote": quote[0], "en": "Work went on.", "zh": "工作继续。"}
            found.append(claim)
    return {"claims": found}


def overview(material: dict[str, Any]) -> dict[str, Any]:
    """A headline, and each claim at a glance."""
    glance = [{"en": claim["en"], "claims": [claim["id"]]} for claim in material["claims"]]
    return {
        "headline": "Officials speak",
        "headline_zh": "官员讲话",
        "deck": "Officials spoke.",
        "glance": glance,
    }


def repair(material: dict[str, Any]) -> dict[str, Any]:
    """What was wrong, said again as it would be said the first time."""
    first = material["passages"][0]
    if material["kind"] == "translation":
        return {"sentences": [_english(first)], "passage": first["id"], "quote": "", "zh": ""}
    quote = re.search(r"[\u4e00-\u9fff]{8,30}", first["zh"])
    return {
        "sentences": ["Work went on."],
        "passage": first["id"],
        "quote": quote[0] if quote else first["zh"][:8],
        "zh": "工作继续。",
    }


def _english(passage: dict[str, Any]) -> str:
    return " ".join(["Words", *(gloss.split(" = ")[1] for gloss in passage["figures"])]) + "."


ANSWERS = {
    "terms": terms,
    "translate": translate,
    "summarize": summarize,
    "overview": overview,
    "repair": repair,
}
