"""The Batch API: requests up as a file, a batch made of it, results down as files; for half the price.

The provider's list of batches is the only record: nothing is remembered here, so that a run that was stopped
between any two steps finds what it had done. A batch of ours says so in its metadata, with the digest of its
plan. When its answers are stored its files are deleted, which is also how a batch is known to be collected.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from summarizer.batch import URL
from summarizer.llm import Endpoint

if TYPE_CHECKING:
    import openai

_OURS = "summarizer"  # the key of our metadata
_PAGE = 100  # batches or files of one page of a list: the most that the API gives
_OPEN = frozenset({"validating", "in_progress", "finalizing", "cancelling"})


@dataclass(frozen=True, slots=True)
class Job:
    """A batch of ours at the provider.

    Attributes:
        id: The provider's.
        plan: The digest of its requests' keys.
        status: As the provider has it: ``in_progress``, ``completed``, ``expired``, …
        input: The file of its requests; "" once it is deleted.
        results: The files of its answers and errors that are still there.
        faults: Why it was refused as a whole.
    """

    id: str
    plan: str
    status: str
    input: str
    results: tuple[str, ...]
    faults: tuple[str, ...]

    @property
    def is_open(self) -> bool:
        """Whether answers are still to come."""
        return self.status in _OPEN


class Batches:
    """The batches of one account."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint

    async def jobs(self) -> list[Job]:
        """List our batches, the newest first.

        Raises:
            EndpointError: The provider cannot be asked.
        """
        return await self._endpoint.call(_jobs)

    async def text(self, file: str) -> str | None:
        """Read a file; None if it is gone.

        Raises:
            EndpointError: The provider cannot be asked.
        """
        import openai  # noqa: PLC0415 - see summarizer.llm

        async def read(client: "openai.AsyncOpenAI") -> str | None:
            try:
                return (await client.files.content(file)).content.decode("utf-8", "replace")
            except openai.NotFoundError:
                return None

        return await self._endpoint.call(read)

    async def submit(self, lines: str, plan: str) -> None:
        """Upload requests and have a batch made of them.

        Raises:
            EndpointError: It was not made, or nobody knows; the list of jobs tells.
        """

        async def make(client: "openai.AsyncOpenAI") -> None:
            name = f"summarizer-{plan[:16]}.jsonl"
            file = await client.files.create(file=(name, lines.encode("utf-8")), purpose="batch")
            await client.batches.create(
                input_file_id=file.id,
                endpoint=URL,
                completion_window="24h",
                metadata={_OURS: "1", "plan": plan},
            )

        await self._endpoint.call(make)

    async def delete(self, job: Job) -> None:
        """Delete the files of a batch whose answers are stored; results first, because the input tells.

        Raises:
            EndpointError: The provider cannot be asked.
        """
        import openai  # noqa: PLC0415

        async def remove(client: "openai.AsyncOpenAI") -> None:
            for file in (*job.results, job.input):
                try:
                    await client.files.delete(file)
                except openai.NotFoundError:
                    continue

        await self._endpoint.call(remove)


async def _jobs(client: "openai.AsyncOpenAI") -> list[Job]:
    there = {file.id async for file in client.files.list(limit=_PAGE)}
    return [_job(row, there) async for row in _rows(client) if _OURS in (row.metadata or {})]


async def _rows(client: "openai.AsyncOpenAI") -> AsyncIterator[Any]:
    async for row in client.batches.list(limit=_PAGE):
        yield row


def _job(row: Any, there: set[str]) -> Job:
    faults = (row.errors.data or []) if row.errors else []
    return Job(
        id=row.id,
        plan=row.metadata.get("plan", ""),
        status=row.status,
        input=row.input_file_id if row.input_file_id in there else "",
        results=tuple(file for file in (row.output_file_id, row.error_file_id) if file and file in there),
        faults=tuple(f"{fault.message or fault.code}" for fault in faults),
    )
