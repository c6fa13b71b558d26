"""What works and what does not, on one screen: everything a brief needs, tried as far as it can be."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

from summarizer import library, tokens
from summarizer.asking import recorded
from summarizer.errors import SummarizerError
from summarizer.prompting import DEFAULT_MODEL
from summarizer.session import Desk, Session
from summarizer.settings import Settings, price
from summarizer.values import Request

_PROBE = {
    "messages": [
        {"role": "system", "content": 'Answer with the JSON object {"ok": true}.'},
        {"role": "user", "content": "{}"},
    ],
    "response_format": {
        "type": "json_schema",
        "json_schema": {
            "name": "probe",
            "strict": True,
            "schema": {
                "type": "object",
                "properties": {"ok": {"type": "boolean"}},
                "required": ["ok"],
                "additionalProperties": False,
            },
        },
    },
}


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing that was looked at: whether it is well, and what was seen."""

    name: str
    is_well: bool
    words: str


async def examine(settings: Settings) -> AsyncIterator[Sign]:
    """Look at everything a brief needs, in the order in which it needs it.

    One small request is sent if an endpoint is given and the run is not offline.
    """
    for sign in _stores(settings):
        yield sign
    found = price(settings)
    effort = f", effort {settings.model.effort}" if settings.model.effort else ""
    cost = f"${found.input:g} in, ${found.output:g} out a million tokens" if found else "price unknown"
    default = " (default)" if settings.model == DEFAULT_MODEL else ""
    yield Sign("model", is_well=True, words=f"{settings.model.name}{default}{effort}; {cost}")
    async for sign in _endpoint(settings):
        yield sign


def _stores(settings: Settings) -> list[Sign]:
    return [
        _tried("prompts", lambda: ", ".join(f"{t} {p.digest[:8]}" for t, p in library.templates().items())),
        _tried("termbase", lambda: f"{len(library.terms())} terms"),
        _tried("vocabulary", lambda: f"o200k_base; 中文 is {tokens.count('中文')} tokens"),
        _tried("cache", lambda: _cache(settings)),
        _tried("recorded answers", lambda: _recorded(settings)),
    ]


def _cache(settings: Settings) -> str:
    where = settings.cache_dir
    if not where.exists():
        return f"{where} (empty; it is made when the first answer is stored)"
    with Session(Desk(where, warn=settings.warn), None).cache as cache:
        cache.get("probe")
    return f"{where}, {sum(f.stat().st_size for f in where.rglob('*') if f.is_file()):,} bytes"


def _recorded(settings: Settings) -> str:
    folder = settings.project / "cassettes" / "answers"
    counts = {path.stem: len(recorded(path)) for path in sorted(folder.glob("*.jsonl"))}
    return ", ".join(f"{slug}: {number}" for slug, number in counts.items()) or f"none in {folder}"


async def _endpoint(settings: Settings) -> AsyncIterator[Sign]:
    conditions = settings.conditions
    if settings.offline or not conditions.is_given:
        reason = "offline" if settings.offline else "no OPENAI_API_KEY and no --base-url"
        words = f"none ({reason}); the stores serve, and 'batch export' writes out the rest"
        yield Sign("endpoint", is_well=True, words=words)
        return
    where = conditions.base_url or "https://api.openai.com/v1"
    body = {"model": settings.model.name, **_PROBE}
    if settings.model.effort:
        body["reasoning_effort"] = settings.model.effort
    try:
        async with Session(Desk(settings.cache_dir, warn=settings.warn), conditions) as session:
            assert session.flow is not None  # noqa: S101 - somebody is given
            response, _ = await session.flow.complete(Request("doctor", "terms", ("probe",), body))
            learnt = session.flow.learnt
    except SummarizerError as error:
        yield Sign("endpoint", is_well=False, words=str(error))
        return
    key = "with a key" if conditions.api_key else "without a key"
    yield Sign("endpoint", is_well=True, words=f"{where}, {key}; {response.get('model', 'it')} answers")
    steps = {0: "by JSON schema", 1: "as a JSON object, the schema told in words", 2: "told in words"}
    formats = sum(name in {"json_schema", "json_object"} for name in learnt)
    rest = [name for name in learnt if name not in {"json_schema", "json_object"}]
    dropped = f"; does not know {', '.join(rest)}" if rest else ""
    yield Sign("structured output", is_well=True, words=steps[formats] + dropped)


def _tried(name: str, look: Callable[[], str]) -> Sign:
    try:
        return Sign(name, is_well=True, words=look())
    except (SummarizerError, OSError) as error:
        return Sign(name, is_well=False, words=str(error))
