"""A phone's line to the server: plain HTTP, gzip both ways, and as bad as a stairwell.

A call is lost in one of two ways: it never arrived, or the server did everything and only its answer was lost. The
phone cannot tell them apart, which is why every operation has an id and may be sent again.
"""

import gzip
import http.client
import json
from dataclasses import dataclass, field
from random import Random
from typing import Any
from urllib.parse import urlsplit

WORTH_PACKING = 1000  # bytes


class Lost(Exception):
    """No answer. Whether the server did it, nobody knows."""


class Refusal(Exception):
    """The server answered, and not with yes."""

    def __init__(self, status: int, body: Any):
        super().__init__(f"{status} {body}")
        self.status, self.body = status, body


@dataclass
class Line:
    url: str
    rng: Random
    loss: float = 0.0  # share of calls lost, half of them after the server has done its work
    timeout: float = 60.0
    token: str = ""
    lost: int = 0
    calls: int = 0
    _open: http.client.HTTPConnection | None = field(default=None, repr=False)

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """The decoded answer. Raises Lost, or Refusal for any status from 400 up."""
        self.calls += 1
        fate = self.rng.random()
        if fate < self.loss / 2:
            self._drop()
            raise Lost("never arrived")
        status, answer = self._exchange(method, path, body)
        if fate < self.loss:
            self._drop()
            raise Lost("answer lost")
        if status >= 400:
            raise Refusal(status, answer)
        return answer

    def close(self) -> None:
        if self._open:
            self._open.close()
            self._open = None

    def _drop(self) -> None:
        self.lost += 1
        self.close()

    def _exchange(self, method: str, path: str, body: Any) -> tuple[int, Any]:
        content, headers = self._packed(body)
        try:
            connection = self._connection()
            connection.request(method, path, content, headers)
            response = connection.getresponse()
            raw = response.read()
        except (OSError, http.client.HTTPException) as problem:
            self._drop()
            raise Lost(str(problem)) from problem
        if response.headers.get("Content-Encoding") == "gzip":
            raw = gzip.decompress(raw)
        return response.status, json.loads(raw) if raw else None

    def _packed(self, body: Any) -> tuple[bytes | None, dict[str, str]]:
        headers = {"Accept-Encoding": "gzip", "Accept-Language": "en"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        if body is None:
            return None, headers
        content = json.dumps(body, ensure_ascii=False).encode()
        headers["Content-Type"] = "application/json"
        if len(content) > WORTH_PACKING:
            headers["Content-Encoding"] = "gzip"
            content = gzip.compress(content, 1)
        return content, headers

    def _connection(self) -> http.client.HTTPConnection:
        if self._open is None:
            parts = urlsplit(self.url)
            kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
            self._open = kind(parts.hostname or "127.0.0.1", parts.port, timeout=self.timeout)
        return self._open
