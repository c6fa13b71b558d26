"""One run over one transcript: what its steps share, and how they ask for what no former run has stored."""

import asyncio
from collections.abc import Awaitable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from summarizer import chunking, excerpts
from summarizer.edition import Edition
from summarizer.errors import UnansweredError
from summarizer.provenance import recipe
from summarizer.values import (
    Answer,
    Chunk,
    Complete,
    CountTokens,
    Model,
    Passage,
    Request,
    Rulings,
    Task,
    Template,
    Term,
    Transcript,
    Turn,
)

T = TypeVar("T")

LONG = 20  # budgets of a translation that are summarised, or searched for terms, as a whole
QUESTION = "question"  # who asks, where only one person's answers are looked at


@dataclass(frozen=True, slots=True)
class Material:
    """What a draft is made from."""

    slug: str
    transcript: Transcript
    rulings: Rulings
    termbase: tuple[Term, ...]
    templates: Mapping[Task, Template]
    model: Model
    budget: int
    edition: Edition | None
    filled: frozenset[str] = frozenset()  # passages that people translated where nothing was written


class Run:
    """The material of a run, its answers and its notes."""

    def __init__(
        self,
        material: Material,
        complete: Complete,
        count_tokens: CountTokens,
        *,
        mends: bool = True,
        insists: bool = False,
    ) -> None:
        self.it = material
        self.mends = mends  # whether what fails a check is asked for again
        self.insists = insists  # also for what was asked for as often as it may
        self.filled = material.filled  # passages that people translated
        self.stored = material.edition
        self.models: dict[str, None] = {}
        self.outdated: list[str] = []
        self.failures: list[str] = []
        self.unreachable: set[str] = set()  # passages for which the endpoint failed, not the answer
        self.turns = excerpts.translated_turns(material.transcript)
        self.passages = {p.id: p for turn in material.transcript.turns for p in turn.passages}
        self.attempts = dict(self.stored.attempts) if self.stored else {}
        self.instructions = tuple(template.text for template in material.templates.values())
        self._complete = complete
        self._count = count_tokens
        asking = (speaker.id for speaker in material.transcript.speakers if speaker.role == "questioner")
        self._questioners = frozenset((*asking, QUESTION))

    async def ask(self, request: Request) -> Answer:
        """Have a request answered, and remember by which model."""
        answer = await self._complete(request)
        self.models[answer.model] = None
        return answer

    def made_by(self, task: Task) -> tuple[Template, Model]:
        """What a request of a task is made with."""
        return self.it.templates[task], self.it.model

    def recipe(self, task: Task, material: Iterable[str], entries: Iterable[Term]) -> str:
        """The recipe of a unit that is made today."""
        return recipe(tuple(material), tuple(entries), *self.made_by(task))

    def holds(self, unit: str, today: str, stored: str | None) -> str | None:
        """Give the stored recipe if what it made still stands for *today*'s, else None."""
        if stored == today:
            return stored
        if stored is not None and stored.partition("-")[0] == today.partition("-")[0]:
            self.outdated.append(unit)
            return stored
        return None

    def chunks(self) -> tuple[Chunk, ...]:
        """What is translated in one request each, where nothing is stored."""
        return self._split(self.turns, self.it.budget)

    def groups(self, turns: tuple[Turn, ...]) -> list[tuple[Turn, ...]]:
        """Cut what is asked for as a whole, only where it is too long for that."""
        budget = LONG * self.it.budget
        texts = (passage.text for turn in turns for passage in turn.passages)
        # No token is shorter than a byte: most documents need not be counted.
        if sum(len(text.encode("utf-8", "surrogatepass")) for text in texts) <= budget:
            return [turns]
        return [chunk.turns for chunk in self._split(turns, budget)]

    def fits(self, text: str) -> bool:
        """Whether a text can be asked for in one request."""
        return self._count(text) <= self.it.budget

    def passages_of(self, exchanges: excerpts.Exchanges) -> dict[str, Passage]:
        """What each id stands for: every passage, and the passage of each part that is shown."""
        parts = ((passage.id, chunking.whole(passage.id)) for _, passage in exchanges)
        return self.passages | {part: self.passages[whole] for part, whole in parts if whole in self.passages}

    def _split(self, turns: Iterable[Turn], budget: int) -> tuple[Chunk, ...]:
        return chunking.split(turns, budget=budget, count_tokens=self._count, questioners=self._questioners)


async def wait_for(*work: Awaitable[T]) -> list[T]:
    """Wait for all of *work*, so that no failure cancels what others have paid for."""
    results = await asyncio.gather(*work, return_exceptions=True)
    for unanswered in (True, False):
        for result in results:
            if isinstance(result, BaseException) and isinstance(result, UnansweredError) is not unanswered:
                raise result
    return [result for result in results if not isinstance(result, BaseException)]
