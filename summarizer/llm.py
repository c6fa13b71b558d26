"""Requests to raw chat completions: the only door to openai.

The endpoint is not trusted to be one. Behind a wrong base URL stands a web page,
gateways answer 200 with an error inside, and servers repeat a rejected key in the
message; each becomes an :class:`~summarizer.errors.EndpointError` that says so and
never holds the key.
"""

import asyncio
import json
import re
import types
from collections.abc import Callable, Coroutine, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Self, TypeVar
from urllib.parse import quote, urlsplit

from summarizer.errors import EndpointError, FaultKind, RefusedInputError
from summarizer.values import Answer, Request

if TYPE_CHECKING:
    import openai

T = TypeVar("T")

_DEFAULT_URL = "https://api.openai.com/v1"
_LOCAL_KEY = "none"  # the SDK insists on a key, a local server on none
_EXCERPT = 300  # characters of a foreign text that a message repeats
_REAL_KEY = 16  # characters; a local server's "none" or "ollama" may well be a word of an answer

# What a person can do about a status; elsewhere the server's own words must do.
_TOO_LONG = re.compile(
    r"context_length|context (?:length|window|size)|maximum context|too many tokens|prompt is too long"
)
_FILTERED = re.compile(
    r"content_filter|content_policy|content management policy|responsible ?ai|safety system"
)
_PARAMETER = re.compile(r"\b(response_format|json_schema|reasoning_effort|temperature|seed|max_tokens)\b")
_ADVICE = {
    401: "check the key",
    403: "check what the key may do and which models it may use",
    404: "check the model's name and the base URL",
    402: "check the billing of the account",
    429: "wait, or check the quota and the billing of the account",
}


def answer_from(response: Any) -> Answer:
    """Raw chat completion to answer: take its first choice, and refuse what is no completion.

    Args:
        response: The JSON as it arrived, or whatever stood in its place.

    Returns:
        The answer, with the text still unread; a refusal is an answer too.

    Raises:
        EndpointError: It is a web page or other text, an error, or has no choice or no content.
    """
    choice = _first_choice(response)
    message = choice.get("message")
    if not isinstance(message, dict):
        raise EndpointError(
            "the answer's first choice has no message; is the base URL an OpenAI-compatible one?"
        )
    content, refusal = message.get("content"), message.get("refusal")
    refusal = refusal if isinstance(refusal, str) and refusal else None
    reason = choice.get("finish_reason")
    if not isinstance(content, str):
        if refusal is None:
            raise EndpointError(
                f"the answer has no text (content is {_shown(content)}, finish_reason {_shown(reason)}); "
                f"if the reason is length, allow more output tokens or a lower effort"
            )
        content = ""
    model = response.get("model")
    usage = response.get("usage")
    usage = usage if isinstance(usage, dict) else {}  # local servers may leave it out
    return Answer(
        text=content,
        model=model if isinstance(model, str) else "",
        finish_reason=reason if isinstance(reason, str) else None,
        refusal=refusal,
        prompt_tokens=_tokens(usage.get("prompt_tokens")),
        completion_tokens=_tokens(usage.get("completion_tokens")),
    )


class Endpoint:
    """One OpenAI-compatible server and one client for a whole run.

    The client is made at the first request, because importing the SDK takes a second that a
    run answered from the stores must not pay.
    """

    def __init__(
        self,
        base_url: str | None,
        api_key: str | None,
        timeout: float = 600.0,
        hear: Callable[[Mapping[str, str]], None] | None = None,
    ) -> None:
        """Check the key and the address; nothing is sent.

        Args:
            base_url: The server's address up to ``/v1``; None is OpenAI's own.
            api_key: The key; a server of one's own may need none.
            timeout: Seconds of wall-clock time for one call.
            hear: Told the headers of every response: the endpoint's rates stand there.

        Raises:
            RefusedInputError: The key is missing or no header can carry it, or the address is none.
        """
        self._url = _checked_url(base_url or _DEFAULT_URL)
        self._key = _checked_key(api_key or "")
        if base_url is None and not self._key:
            raise RefusedInputError(
                "no API key: set OPENAI_API_KEY, name a local server with --base-url, or use batch export"
            )
        self._timeout = timeout
        self._hear = hear
        self._client: openai.AsyncOpenAI | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: types.TracebackType | None,
    ) -> None:
        if self._client is not None:
            # Left open, it complains about a closed event loop when the process ends.
            await self._client.close()
            self._client = None

    async def complete(self, request: Request) -> dict[str, Any]:
        """Send a request's body exactly as it stands and wait for the whole answer.

        Args:
            request: What to ask.

        Returns:
            The chat completion as the server wrote it, paid for and not yet judged: store it
            before :func:`answer_from` is asked about it.

        Raises:
            EndpointError: The server refused, could not be reached in time, or sent no completion.
        """
        return await self.call(lambda client: self._completion(client, request))

    async def call(self, work: Callable[["openai.AsyncOpenAI"], Coroutine[Any, Any, T]]) -> T:
        """Do something with the client within the time of one call, and say of what fails what it means.

        Args:
            work: What to do; whatever it raises never carries the key past here.

        Raises:
            EndpointError: The server refused, could not be reached in time, or answered with something else.
        """
        import openai  # noqa: PLC0415 - see the class

        fault: EndpointError
        try:
            # The SDK's timeout is per read; a server that drips a byte a second would never meet it.
            return await asyncio.wait_for(work(self._opened()), self._timeout)
        except TimeoutError:
            limit = f"{self._timeout:g} seconds"
            fault = EndpointError(f"no complete answer within {limit}; raise --timeout or try later")
        except openai.APIStatusError as error:
            fault = _of_status(error)
        except openai.APIConnectionError as error:
            reason = f"{error.message} {error.__cause__ or ''}".strip()
            hint = "check the base URL, the network and the CA certificates"
            fault = EndpointError(f"{reason}; {hint}", kind="transient")
        except EndpointError as error:
            fault = error
        except (openai.OpenAIError, json.JSONDecodeError) as error:
            fault = EndpointError(str(error), kind="transient")
        # Raised outside the handlers: a chained exception would carry the key past the redaction.
        message = self._redacted(f"{self._place()}: {fault}")
        raise EndpointError(
            message, kind=fault.kind, retry_after=fault.retry_after, parameter=fault.parameter
        )

    async def _completion(self, client: "openai.AsyncOpenAI", request: Request) -> dict[str, Any]:
        # `post` rather than `chat.completions.create`: that one refuses parameters it does not know,
        # which local servers need, and fills the answer's gaps with values of its own.
        text = await client.post("/chat/completions", cast_to=str, body=request.body)
        response = _json(self._redacted(text) if len(self._key) >= _REAL_KEY else text)
        _first_choice(response)
        return dict(response)

    def _opened(self) -> "openai.AsyncOpenAI":
        """Make the client at first use."""
        import openai  # noqa: PLC0415

        if self._client is None:
            hooks: dict[str, list[Any]] = {"response": [self._heard]} if self._hear else {}
            self._client = openai.AsyncOpenAI(
                base_url=self._url,
                api_key=self._key or _LOCAL_KEY,
                timeout=self._timeout,
                max_retries=0,
                http_client=openai.DefaultAsyncHttpx2Client(event_hooks=hooks),
            )
        return self._client

    async def _heard(self, response: Any) -> None:
        if self._hear is not None:
            self._hear(response.headers)

    def _redacted(self, text: str) -> str:
        """Take the key out of *text*, in each form in which a server repeats it."""
        for form in {self._key, json.dumps(self._key)[1:-1], quote(self._key, safe="")} - {""}:
            text = text.replace(form, "[key]")
        return text

    def _place(self) -> str:
        """The address without the name and password that may stand in it."""
        parts = urlsplit(self._url)
        return parts._replace(netloc=parts.netloc.rpartition("@")[2], query="", fragment="").geturl()


def _of_status(error: "openai.APIStatusError") -> EndpointError:
    """What a status means for the run, by its number, its code and its words."""
    body = error.body if isinstance(error.body, dict) else {}
    code, parameter = str(body.get("code") or ""), body.get("param")
    words = f"{code} {error.message}".lower()
    advice = _ADVICE.get(error.status_code)
    message = f"status {error.status_code}: {_shown(error.message)}" + (f"; {advice}" if advice else "")
    named = parameter if isinstance(parameter, str) else next(iter(_PARAMETER.findall(words)), None)
    kinds: tuple[tuple[bool, FaultKind], ...] = (
        (error.status_code in {401, 402, 403, 404} or "insufficient_quota" in words, "fatal"),
        (error.status_code in {429, 503}, "refused"),
        (error.status_code in {408, 409} or error.status_code >= 500, "transient"),
        (_TOO_LONG.search(words) is not None, "too-long"),
        (_FILTERED.search(words) is not None, "filtered"),
        (named is not None, "parameter"),
    )
    kind: FaultKind = next((kind for applies, kind in kinds if applies), "other")
    wait = _retry_after(error.response.headers) if kind in {"refused", "transient"} else None
    parameter = named.partition(".")[0] if named and kind == "parameter" else None
    return EndpointError(message, kind=kind, retry_after=wait, parameter=parameter)


def _retry_after(headers: Any) -> float | None:
    """Seconds that the endpoint asks to wait, never below zero; a date in the past is none."""
    for name, unit in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        try:
            return max(0.0, float(headers.get(name, "")) * unit)
        except ValueError:
            continue
    try:
        then = parsedate_to_datetime(headers.get("retry-after", ""))
    except ValueError:
        return None
    return max(0.0, (then - datetime.now(tz=UTC)).total_seconds())


def _checked_url(url: str) -> str:
    """Refuse an address that the SDK would only stumble over after its retries."""
    try:
        parts = urlsplit(url.strip())
        sound = parts.scheme in {"http", "https"} and bool(parts.hostname)
        _ = parts.port  # raises on a port that is no number
    except ValueError:
        sound = False
    if not sound:
        # Not repeated: a password may stand in it.
        raise RefusedInputError("the base URL is no address; expected one like http://127.0.0.1:8080/v1")
    return url.strip()


def _checked_key(key: str) -> str:
    """Strip the key, and refuse one that no header can carry, without repeating it."""
    key = key.strip()
    for place, character in enumerate(key, start=1):
        if not "!" <= character <= "~":
            raise RefusedInputError(
                f"the API key has a blank, line break or non-ASCII character (U+{ord(character):04X}) "
                f"at place {place}; copy it again"
            )
    return key


def _json(text: str) -> Any:
    """Read an answer's body; a text that is no JSON stays a text."""
    try:
        return json.loads(text)
    except (json.JSONDecodeError, RecursionError):
        return text


def _first_choice(response: Any) -> dict[str, Any]:
    """Take the first choice of what should be a chat completion."""
    if isinstance(response, str):
        kind = "a web page" if response.lstrip()[:1] == "<" else "a text that is no JSON"
        raise EndpointError(
            f"the server sent {kind} instead of an answer ({_shown(response)}); "
            f"check the base URL (it often ends in /v1) and any proxy or login page",
            kind="fatal" if kind == "a web page" else "transient",
        )
    if not isinstance(response, dict):
        raise EndpointError(f"the server sent {_shown(response)} instead of an answer; check the base URL")
    if fault := response.get("error"):
        words = fault.get("message") if isinstance(fault, dict) else fault
        raise EndpointError(f"the server answered with an error: {_shown(words or fault)}")
    choices = response.get("choices")
    if not isinstance(choices, list) or not choices or not isinstance(choices[0], dict):
        raise EndpointError(
            f"the answer has no choices (choices is {_shown(choices)}); "
            f"try again, and check the base URL if it stays so"
        )
    return choices[0]


def _shown(value: Any) -> str:
    """A foreign value on one line, cut to a length that a message can bear."""
    if value is None:
        return "null"
    text = " ".join((value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)).split())
    return text if len(text) <= _EXCERPT else text[:_EXCERPT] + " …"


def _tokens(value: Any) -> int | None:
    """A number of tokens, or None for anything else; True is no number."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None
