"""Requests and answers on their way through batch engines: as files by hand, or through the Batch API.

A batch holds whatever can be asked of any transcript at that moment; what is asked because of its answers
comes in the next one. What is under way at the provider is never asked for again, what it lost is.
"""

import contextlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summarizer import batch, files
from summarizer.asking import recorded
from summarizer.batches import Batches, Job
from summarizer.cache import AnswerCache
from summarizer.errors import EndpointError, SummarizerError
from summarizer.llm import answer_from
from summarizer.pipeline import session, unanswered, writing
from summarizer.provenance import digest, request_key
from summarizer.settings import Settings, recorded_path
from summarizer.values import Request

STAGES = {"terms": 1, "translate": 2, "summarize": 2, "overview": 3, "repair": 4}
MOST_LINES, MOST_BYTES = 50_000, 200_000_000  # of one file, as the Batch API has it


@dataclass(frozen=True, slots=True)
class Collected:
    """What the provider had.

    Attributes:
        stored: How many answers were stored.
        failed: Requests that it could not answer, and batches that it refused, with the reasons.
        under_way: Keys of requests whose answers are still to come.
        refused: Plans of batches that it refused as a whole.
        strange: Answers by key to requests that nobody submitted from here, or nobody remembers.
    """

    stored: int
    failed: tuple[str, ...]
    under_way: frozenset[str]
    refused: frozenset[str]
    strange: Mapping[str, dict[str, Any]]


async def export(paths: Iterable[Path], settings: Settings) -> tuple[int, list[Request]]:
    """Give the next stage of requests that no store answers: its number and the requests.

    The cache remembers each request, so that an import can check its answer.

    Raises:
        RefusedInputError: A transcript cannot be used.
    """
    async with session(settings, offline=True) as opened:
        pending = [request for path in paths for request in await unanswered(path, settings, opened)]
        stage = min((STAGES[request.task] for request in pending), default=0)
        requests = [request for request in pending if STAGES[request.task] == stage]
        for request in requests:
            opened.cache.put_request(request_key(request), request)
    return stage, requests


def import_answers(path: Path, settings: Settings, *, record: bool) -> tuple[int, list[str]]:
    """Check and store the answers of a batch file: how many were stored, and what was refused.

    Args:
        path: The answer lines, in any of the forms that :func:`summarizer.batch.read` knows.
        settings: Where the cache and the project are.
        record: Also add them to the recorded answers in cassettes/answers/.

    Raises:
        RefusedInputError: The file cannot be read.
    """
    from summarizer import answers  # noqa: PLC0415 - pydantic is slow to load; other verbs do without

    refused: list[str] = []
    kept: dict[str, dict[str, Any]] = {}
    stored = 0
    with AnswerCache(settings.cache_dir, settings.warn) as cache:
        for line in batch.read(files.read_text(path)):
            request = cache.get_request(line.key) if line.key else None
            if request is None or line.key is None or line.fault:
                refused.append(f"line {line.number} {line.fault or 'answers no request exported here'}")
                if request is not None and line.key and line.body is not None:
                    cache.put(line.key, request, line.body)  # the engine's last word: asking again is vain
                continue
            try:
                answers.conform(request, answer_from(line.body))
            except SummarizerError as error:
                refused.append(f"line {line.number}: {error}")
                continue
            cache.put(line.key, request, line.body)
            kept.setdefault(request.slug, {})[line.key] = line.body
            stored += 1
    if record:
        for slug, found in kept.items():
            _record(slug, found, settings)
    return stored, refused


async def submit_all(paths: Iterable[Path], settings: Settings) -> tuple[Collected, frozenset[str]]:
    """Collect what has come in, then submit what can be asked of these transcripts now.

    Raises:
        RefusedInputError: A transcript cannot be used, or there is nobody to ask.
        LockedError: Another run may be submitting the same.
    """
    async with writing(settings) as opened:
        opened.hold()
        provider = opened.batches()
        found = await collect(provider, opened.cache)
        while True:
            pending = [request for path in paths for request in await unanswered(path, settings, opened)]
            if not adopt(pending, found, opened.cache):
                break
        submitted = await submit(pending, found, provider, opened.cache, insists=settings.retry)
    return found, submitted


async def collect_all(settings: Settings) -> Collected:
    """Store what has come in.

    Raises:
        RefusedInputError: There is nobody to ask.
    """
    async with session(settings) as opened:
        return await collect(opened.batches(), opened.cache)


async def collect(provider: Batches, cache: AnswerCache) -> Collected:
    """Store every answer that has come in, and tell what is still under way.

    Raises:
        EndpointError: The provider cannot be asked; what was stored by then is.
    """
    stored = 0
    failed: list[str] = []
    under_way: set[str] = set()
    refused: set[str] = set()
    strange: dict[str, dict[str, Any]] = {}
    for job in await provider.jobs():
        if job.is_open:
            under_way |= await _keys(provider, job)
        elif job.status == "failed":
            refused.add(job.plan)
            failed.append(f"batch {job.id} was refused: {'; '.join(job.faults) or 'no reason was given'}")
        else:
            taken, left, unknown = await _taken(provider, job, cache)
            stored += taken
            failed += left
            strange |= unknown
    return Collected(stored, tuple(failed), frozenset(under_way), frozenset(refused), strange)


def adopt(requests: Iterable[Request], found: Collected, cache: AnswerCache) -> int:
    """Store what another machine, or this one before it lost its cache, has bought of what is to be asked.

    A key is the digest of all that is asked, so that the answer is the same whoever asked. Its files are left
    to whoever submitted it.
    """
    wanted = {request_key(request): request for request in requests}
    for key in wanted.keys() & found.strange.keys():
        cache.put(key, wanted[key], found.strange[key])
    return len(wanted.keys() & found.strange.keys())


async def submit(
    requests: Sequence[Request], found: Collected, provider: Batches, cache: AnswerCache, *, insists: bool
) -> frozenset[str]:
    """Submit what is not under way; gives the keys of what was submitted.

    Args:
        requests: What is to be asked.
        found: What the provider had a moment ago.
        provider: The Batch API.
        cache: Where requests are remembered, so that their answers are known.
        insists: Whether a plan is submitted again that the provider refused.

    Raises:
        EndpointError: A batch was not made, or nobody knows; run again to find out.
    """
    wanted = {request_key(request): request for request in requests}
    wanted = {key: request for key, request in wanted.items() if key not in found.under_way}
    submitted: set[str] = set()
    for part in parts(list(wanted.values())):
        plan = digest(*sorted(request_key(request) for request in part))
        if plan in found.refused and not insists:
            continue
        for request in part:
            cache.put_request(request_key(request), request)
        await provider.submit(batch.write(part), plan)
        submitted |= {request_key(request) for request in part}
    return frozenset(submitted)


def parts(
    requests: Sequence[Request], most_lines: int = MOST_LINES, most_bytes: int = MOST_BYTES
) -> Iterator[list[Request]]:
    """Cut requests where a file would have too many lines or bytes."""
    part: list[Request] = []
    size = 0
    for request in requests:
        line = len(batch.write([request]).encode("utf-8"))
        if part and (len(part) == most_lines or size + line > most_bytes):
            yield part
            part, size = [], 0
        part.append(request)
        size += line
    if part:
        yield part


async def _keys(provider: Batches, job: Job) -> set[str]:
    """The keys of the requests of a batch."""
    text = await provider.text(job.input) if job.input else None
    return {line.key for line in batch.read(text or "", is_answers=False) if line.key}


async def _taken(
    provider: Batches, job: Job, cache: AnswerCache
) -> tuple[int, list[str], dict[str, dict[str, Any]]]:
    """Store the answers of a batch that has ended, and delete its files when none of them is strange."""
    stored = 0
    failed: list[str] = []
    strange: dict[str, dict[str, Any]] = {}
    is_ours = True
    for file in job.results:
        for line in batch.read(await provider.text(file) or ""):
            request = cache.get_request(line.key) if line.key else None
            if request is None or line.key is None:
                is_ours = False
                if line.key is not None and line.body is not None:
                    strange[line.key] = line.body
                continue
            if line.body is not None:
                cache.put(line.key, request, line.body)
                stored += not line.fault
            if line.fault:
                failed.append(f"{request.slug}: {request.task} {line.fault}")
    if job.input and is_ours:
        with contextlib.suppress(EndpointError):  # all is stored; the next run deletes
            await provider.delete(job)
    return stored, failed, strange


def _record(slug: str, found: dict[str, Any], settings: Settings) -> None:
    path = recorded_path(slug, settings)
    rows = recorded(path) | found
    path.parent.mkdir(parents=True, exist_ok=True)
    files.write_atomically(path, "".join(batch.answer_line(key, body) for key, body in rows.items()))
