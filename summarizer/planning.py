"""What a brief would ask, before anything is sent: the run, rehearsed with a stand-in for the model.

The rehearsal goes through the same steps as the run, so that a request is planned where it is sent and
nowhere else. Where an answer is not stored, the stand-in gives one that asks for no less than a real one
would; what depends on it is planned with an upper bound instead of its exact text.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from summarizer import drafting
from summarizer.prices import Price, cost
from summarizer.provenance import canonical_json, request_key
from summarizer.run import Material, Run
from summarizer.values import Answer, Chunk, CountTokens, Request, Task

_FRAME = 24  # tokens that a provider puts around messages and schema
_TERMS = 1_200  # tokens of the most terms that an answer not yet known can add to a request
_CLAIMS = 8  # of one answer, at most
_CLAIM = 190  # tokens of a long claim, as an overview is shown it
# Tokens of an answer: for each request, each unit asked for, each token of Chinese. Measured on the first
# transcript's recorded answers.
_OUTPUT: Mapping[Task, tuple[int, int, float]] = {
    "terms": (1_100, 0, 0.05),
    "translate": (10, 16, 1.3),
    "summarize": (950, 0, 0.0),
    "overview": (520, 0, 0.0),
    "repair": (60, 0, 1.3),
}
# What is not known beforehand: how much a model thinks (billed as output), and how long-winded it is.
_LEAST, _MOST = 0.8, 2.5


@dataclass(frozen=True, slots=True)
class Planned:
    """A request that a brief needs."""

    task: Task
    key: str | None  # None where its text depends on an answer that is not stored
    exact: bool
    stored: bool
    prompt_tokens: int  # as counted here; an upper bound if not exact
    fixed_tokens: int  # of the prompt, the same in every request of the task
    output_tokens: int  # expected


@dataclass(frozen=True, slots=True)
class Plan:
    """The chunks of a transcript and the requests of its brief."""

    slug: str
    chunks: tuple[Chunk, ...]
    requests: tuple[Planned, ...]

    @property
    def to_send(self) -> tuple[Planned, ...]:
        """The requests that nothing stored answers."""
        return tuple(request for request in self.requests if not request.stored)


async def plan(
    material: Material, stored: Callable[[Request], Answer | None], count_tokens: CountTokens
) -> Plan:
    """Plan the brief of one transcript.

    Args:
        material: What the brief is made from.
        stored: What cache and recorded answers have.
        count_tokens: How tokens are counted.
    """
    rehearsal = _Rehearsal(stored, count_tokens)
    run = Run(material, rehearsal.complete, count_tokens, mends=False)
    await drafting.draft(run)
    return Plan(material.slug, run.chunks(), tuple(rehearsal.planned()))


def price_range(plan: Plan, price: Price | None) -> tuple[float, float] | None:
    """What sending a plan would cost in US dollars, at least and at most; None if the price is not known."""
    if not plan.to_send:
        return 0.0, 0.0
    if price is None:
        return None
    least = most = 0.0
    for request in plan.to_send:
        expected = request.output_tokens
        least += cost(price, request.prompt_tokens, int(expected * _LEAST), cached=request.fixed_tokens)
        most += cost(price, request.prompt_tokens, int(expected * _MOST))
    return round(least, 4), round(most, 4)


class _Rehearsal:
    """Answers what is stored, stands in for the rest, and notes every request."""

    def __init__(self, stored: Callable[[Request], Answer | None], count_tokens: CountTokens) -> None:
        self._stored = stored
        self._count = count_tokens
        self._requests: list[Planned] = []
        self._fixed: dict[Task, int] = {}
        self._open: set[tuple[Task, str]] = set()  # what is not answered: of which task, for which unit
        self._summarised: set[tuple[str, str]] = set()  # whose passages a summary was asked for

    async def complete(self, request: Request) -> Answer:
        """Answer *request*, really or for show."""
        is_exact = not self._depends_on_open(request)
        answer = self._stored(request) if is_exact else None
        self._note(request, is_exact=is_exact, is_stored=answer is not None)
        if answer is not None:
            return answer
        if request.task in ("terms", "summarize"):
            self._open.add((request.task, request.units[0]))
        return Answer(json.dumps(_stand_in(request), ensure_ascii=False), "", "stop", None, None, None)

    def planned(self) -> list[Planned]:
        """All requests; one for the overview too, where only real claims can tell whether it is asked for."""
        summaries = sum(request.task == "summarize" for request in self._requests)
        is_asked = any(request.task == "overview" for request in self._requests)
        if not is_asked and any(task == "summarize" for task, _ in self._open):
            bound = self._fixed["summarize"] + _TERMS + summaries * _CLAIMS * _CLAIM
            self._requests.append(
                Planned(
                    "overview",
                    key=None,
                    exact=False,
                    stored=False,
                    prompt_tokens=bound,
                    fixed_tokens=0,
                    output_tokens=_OUTPUT["overview"][0],
                )
            )
        return self._requests

    def _depends_on_open(self, request: Request) -> bool:
        """Whether the text of a request depends on an answer that is not stored."""
        if request.task == "terms" or not self._open:
            return False
        if request.task == "overview" or ("terms", "terms") in self._open:
            return True
        if request.task != "summarize":
            return False
        # A passage that was asked about before comes again when its parts are summarised as a whole.
        speaker = request.units[0]
        shown = {(speaker, passage["id"]) for passage in _passages(request) if passage["kind"] == "answer"}
        is_again = bool(shown & self._summarised)
        self._summarised |= shown
        return is_again and ("summarize", speaker) in self._open

    def _note(self, request: Request, *, is_exact: bool, is_stored: bool) -> None:
        system, user = (message["content"] for message in request.body["messages"])
        if request.task not in self._fixed:
            schema = canonical_json(request.body["response_format"])
            self._fixed[request.task] = self._count(system) + self._count(schema) + _FRAME
        prompt = self._fixed[request.task] + self._count(user) + (0 if is_exact else _TERMS)
        each_request, each_unit, each_token = _OUTPUT[request.task]
        chinese = sum(self._count(passage["zh"]) for passage in _passages(request))
        output = each_request + each_unit * len(request.units) + int(each_token * chinese)
        key = request_key(request) if is_exact else None
        fixed = self._fixed[request.task]
        self._requests.append(Planned(request.task, key, is_exact, is_stored, prompt, fixed, output))


def _passages(request: Request) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(request.body["messages"][-1]["content"]).get("passages", [])
    return found


def _stand_in(request: Request) -> dict[str, Any]:
    """An answer in place of a model's: it names nothing, translates nothing and claims as much as it may."""
    if request.task == "terms":
        return {"speakers": [], "terms": []}
    if request.task == "translate":
        return {"segments": []}
    if request.task == "overview":
        return {"headline": "", "headline_zh": "", "deck": "", "glance": []}
    own = [passage for passage in _passages(request) if passage["kind"] == "answer"]
    longest = sorted(own, key=lambda passage: -len(passage["zh"]))[:_CLAIMS]
    return {
        "claims": [
            {
                "passage": passage["id"],
                "quote": passage["zh"][:60],
                "en": "Work went on. " * 12,
                "zh": "工作继续" * 15,
            }
            for passage in longest
        ]
    }
