"""The Batch API on 127.0.0.1: files, batches, and results when a test says so."""

import json
import re
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlsplit

from .loopback import Serving

Reply = Callable[[dict[str, Any]], dict[str, Any]]


class BatchServer(Serving):
    """Stores what is uploaded; :meth:`finish` answers it.

    Attributes:
        files: What is stored, by id.
        batches: What was made, the oldest first.
        page: Rows of one page of a list.
        before: Called with method and path before anything is done; gives a status to fail with.
    """

    def __init__(self) -> None:
        self.files: dict[str, str] = {}
        self.batches: list[dict[str, Any]] = []
        self.page = 100
        self.calls: list[str] = []
        self.before: Callable[[str, str], int | None] = lambda _method, _path: None
        super().__init__(self._handler())

    def requests(self) -> list[str]:
        """The keys of everything that was ever submitted, once for each time."""
        return [json.loads(line)["custom_id"] for batch in self.batches for line in batch["lines"]]

    def finish(
        self,
        reply: Reply,
        status: str = "completed",
        *,
        fails: Callable[[dict[str, Any]], Any] = lambda _: None,
    ) -> None:
        """End every batch that is open: answer it, in another order than it was asked in.

        Args:
            reply: The answer to a body.
            status: How it ends.
            fails: Gives the error line's fields for a body that is not answered.
        """
        for batch in self.batches:
            if batch["status"] != "in_progress":
                continue
            batch["status"] = status
            good, bad = [], []
            for line in reversed(batch["lines"]):
                row = json.loads(line)
                if fault := fails(row["body"]):
                    bad.append({"id": "batch_req", "custom_id": row["custom_id"], **fault})
                else:
                    response = {"status_code": 200, "request_id": "r", "body": reply(row["body"])}
                    good.append(
                        {
                            "id": "batch_req",
                            "custom_id": row["custom_id"],
                            "response": response,
                            "error": None,
                        }
                    )
            batch["output_file_id"] = self._stored(good) if good else None
            batch["error_file_id"] = self._stored(bad) if bad else ""

    def refuse(self) -> None:
        """Refuse every open batch as a whole."""
        for batch in self.batches:
            if batch["status"] == "in_progress":
                fault = {"code": "model_mismatch", "message": "one model a file", "line": 1, "param": None}
                batch |= {"status": "failed", "errors": {"object": "list", "data": [fault]}}

    def _stored(self, rows: list[dict[str, Any]]) -> str:
        return self._kept("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))

    def _kept(self, text: str) -> str:
        name = f"file-{len(self.files) + len(self.calls)}-{len(text)}"
        self.files[name] = text
        return name

    def _made(self, asked: dict[str, Any]) -> dict[str, Any]:
        number = len(self.batches)
        batch = {
            "id": f"batch_{number}", "object": "batch", "endpoint": asked["endpoint"], "created_at": number,
            "completion_window": asked["completion_window"], "input_file_id": asked["input_file_id"],
            "status": "in_progress", "metadata": asked.get("metadata"), "output_file_id": None,
            "error_file_id": None, "errors": None, "lines": self.files[asked["input_file_id"]].splitlines(),
        }  # fmt: skip
        self.batches.append(batch)
        return batch

    def _listed(self, rows: list[dict[str, Any]], query: dict[str, list[str]]) -> dict[str, Any]:
        after = query.get("after", [""])[0]
        ids = [row["id"] for row in rows]
        start = ids.index(after) + 1 if after else 0
        shown = rows[start : start + self.page]
        return {"object": "list", "data": shown, "has_more": start + self.page < len(rows)}

    def _handler(self) -> type[BaseHTTPRequestHandler]:  # noqa: C901 - a list of routes
        api = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                path, query = self._begun()
                if path == "/v1/files":
                    rows = [{"id": name, "object": "file", "bytes": len(text), "created_at": 0, "filename": name,
                             "purpose": "batch", "status": "processed"} for name, text in api.files.items()]  # fmt: skip
                    self._send(api._listed(rows, query))
                elif path == "/v1/batches":
                    rows = [{k: v for k, v in row.items() if k != "lines"} for row in reversed(api.batches)]
                    self._send(api._listed(rows, query))
                elif found := re.fullmatch(r"/v1/files/([^/]+)/content", path):
                    self._send_text(api.files.get(found[1]))

            def do_POST(self) -> None:
                path, _ = self._begun()
                content = self.rfile.read(int(self.headers["content-length"]))
                if status := api.before("POST", path):
                    self._send({"error": {"message": "down"}}, status)
                elif path == "/v1/files":
                    boundary = self.headers["content-type"].partition("boundary=")[2].encode()
                    part = next(p for p in content.split(b"--" + boundary) if b'name="file"' in p)
                    text = part.partition(b"\r\n\r\n")[2].removesuffix(b"\r\n").decode()
                    name = api._kept(text)
                    self._send({"id": name, "object": "file", "bytes": len(text), "created_at": 0,
                                "filename": name, "purpose": "batch", "status": "processed"})  # fmt: skip
                elif path == "/v1/batches":
                    batch = api._made(json.loads(content))
                    lost = api.before("SENT", path)  # made, and nobody hears of it
                    self._send(batch if not lost else {"error": {"message": "down"}}, lost or 200)

            def do_DELETE(self) -> None:
                path, _ = self._begun()
                if status := api.before("DELETE", path):
                    self._send({"error": {"message": "down"}}, status)
                    return
                name = path.rpartition("/")[2]
                there = api.files.pop(name, None) is not None
                self._send({"id": name, "object": "file", "deleted": True}, 200 if there else 404)

            def _begun(self) -> tuple[str, dict[str, list[str]]]:
                parts = urlsplit(self.path)
                api.calls.append(f"{self.command} {parts.path}")
                return parts.path, parse_qs(parts.query)

            def _send(self, value: Any, status: int = 200) -> None:
                self._send_text(json.dumps(value), status)

            def _send_text(self, text: str | None, status: int = 200) -> None:
                content = (text or "").encode()
                self.send_response(404 if text is None else status)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: object) -> None:
                """Keep quiet."""

        return Handler
