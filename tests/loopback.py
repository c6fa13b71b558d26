"""A small OpenAI-compatible server on 127.0.0.1, so that tests go through real sockets."""

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple, Self


class Raw(NamedTuple):
    """An answer sent as it stands, where a dict would be too well-behaved."""

    body: bytes
    status: int = 200
    content_type: str = "application/json"
    headers: tuple[tuple[str, str], ...] = ()
    drip: float = 0.0  # seconds between two bytes


class Received(NamedTuple):
    """A request as it arrived."""

    path: str
    headers: dict[str, str]  # names in lower case
    body: dict[str, Any]


Reply = Callable[[dict[str, Any]], dict[str, Any] | Raw]


def completion(text: str | None, **message: Any) -> dict[str, Any]:
    """Write a chat completion the way OpenAI does, with numbers that never change."""
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": "loopback-1",
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": text, "refusal": None, **message},
                "finish_reason": "stop",
            }
        ],
        "usage": {"prompt_tokens": 70_000, "completion_tokens": 3, "total_tokens": 70_003},
    }


class Serving:
    """A server in a thread of its own, as long as the context lasts."""

    def __init__(self, handler: type[BaseHTTPRequestHandler]) -> None:
        self.stopping = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = False  # server_close waits for them, so no socket outlives a test
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopping.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class Loopback(Serving):
    """The endpoint; ``reply`` may be exchanged at any time."""

    def __init__(self, reply: Reply) -> None:
        self.reply = reply
        self.received: list[Received] = []
        super().__init__(self._handler())

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        loopback = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["content-length"])))
                loopback.received.append(
                    Received(self.path, {k.lower(): v for k, v in self.headers.items()}, body)
                )
                answer = Raw(b"{}", 404) if self.path != "/v1/chat/completions" else loopback.reply(body)
                if isinstance(answer, dict):
                    answer = Raw(json.dumps(answer, ensure_ascii=False).encode())
                self.send_response(answer.status)
                self.send_header("content-type", answer.content_type)
                self.send_header("content-length", str(len(answer.body)))
                for name, value in answer.headers:
                    self.send_header(name, value)
                self.end_headers()
                self._send(answer)

            def _send(self, answer: Raw) -> None:
                step = 1 if answer.drip else len(answer.body) or 1
                try:
                    for at in range(0, len(answer.body), step):
                        self.wfile.write(answer.body[at : at + step])
                        if answer.drip and loopback.stopping.wait(answer.drip):
                            return
                except OSError:
                    return  # the client has had enough

            def log_message(self, *_: object) -> None:
                """Keep quiet: the test says what went wrong."""

        return Handler
