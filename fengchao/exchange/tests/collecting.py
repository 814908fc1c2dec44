"""ODK Collect as far as its wire: recorded requests, filled in and put before the program byte by byte."""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import md5
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler

from django.core.handlers.wsgi import WSGIHandler

RECORDED = Path(__file__).parent / "recorded"
INSTANCE = "uuid:c8b4f8b0-6a0b-4bbd-a4c5-27a9ad1b1f4e"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class Collect:
    """With the username and password somebody typed in; it asks without, is challenged, and asks again."""

    username: str
    password: str
    nonce: str = ""
    count: int = 0
    ha1: str | None = None  # instead of the password

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, "get.http")

    def head(self, path: str) -> Answer:
        return self._ask("HEAD", path, "head.http")

    def submit(self, document: bytes, *photos: bytes, incomplete: bool = False, chunked: bool = False) -> Answer:
        """`chunked`: no length is said; the server has put the chunks together before the program reads them."""
        return self._ask("POST", "/api/collect/submission", _submission(document, photos, incomplete, chunked))

    def _ask(self, method: str, path: str, recorded: str | bytes) -> Answer:
        raw = _fill(recorded) if isinstance(recorded, str) else recorded
        raw = raw.replace(b"{path}", path.encode())
        answer = self._send(raw, method, path)
        if answer.status == 401 and (found := re.search('nonce="([^"]+)"', answer.headers.get("WWW-Authenticate", ""))):
            self.nonce, self.count = found[1], 0
            answer = self._send(raw, method, path)
        return answer

    def submission(self, document: bytes) -> bytes:
        """As it goes over the wire under the nonce it was challenged with before."""
        path = "/api/collect/submission"
        return self._put(_submission(document, ()).replace(b"{path}", path.encode()), "POST", path)

    def _send(self, raw: bytes, method: str, path: str) -> Answer:
        return replay(self._put(raw, method, path))

    def _put(self, raw: bytes, method: str, path: str) -> bytes:
        signed = f"Authorization: {self.signed(method, path)}\r\n" if self.nonce else ""
        return raw.replace(b"{authorization}\r\n", signed.encode())

    def submit_signed(self, signed: str, document: bytes, *photos: bytes) -> Answer:
        """Under a signature made before, whatever it was made for."""
        raw = _submission(document, photos)
        return replay(raw.replace(b"{path}", b"/api/collect/submission").replace(
            b"{authorization}\r\n", f"Authorization: {signed}\r\n".encode()))

    def signed(self, method: str, path: str, nc: str | None = None) -> str:
        self.count += 1
        nc, cnonce = f"{self.count:08x}" if nc is None else nc, "ea4f5b1d"
        ha1 = _md5(f"{self.username}:Fengchao:{self.password}") if self.ha1 is None else self.ha1
        response = _md5(f"{ha1}:{self.nonce}:{nc}:{cnonce}:auth:{_md5(f'{method}:{path}')}")
        return (f'Digest username="{self.username}", realm="Fengchao", nonce="{self.nonce}", uri="{path}", '
                f'response="{response}", qop=auth, nc={nc}, cnonce="{cnonce}", algorithm=MD5')


def document(campaign, door, outcome="met", *, answers="", note="", instance=INSTANCE) -> bytes:
    text = (RECORDED / "document.xml").read_text()
    for key, value in {"campaign": campaign.id, "version": "0-0", "door": door, "outcome": outcome, "note": note,
                       "answers": answers, "instance": instance}.items():
        text = text.replace(f"{{{key}}}", str(value))
    return text.encode()


def _submission(document: bytes, photos: Sequence[bytes], incomplete: bool = False, chunked: bool = False) -> bytes:
    parts = b"".join(_fill("photo.part", photo_length=str(len(photo)).encode(), photo=photo) for photo in photos)
    parts += _fill("incomplete.part") if incomplete else b""
    body = _fill("submission.http", document_length=str(len(document)).encode(), document=document, photos=parts)
    length = str(len(body.partition(b"\r\n\r\n")[2])).encode()
    if chunked:
        body = body.replace(b"Content-Length: {length}", b"Transfer-Encoding: chunked", 1)
    return body.replace(b"{length}", length)


def replay(raw: bytes) -> Answer:
    """Through the server interface of Python's own library, in this thread and its transaction."""
    out = io.BytesIO()

    class Handler(WSGIRequestHandler):
        def setup(self) -> None:
            self.rfile, self.wfile = io.BufferedReader(io.BytesIO(raw)), out  # type: ignore[assignment]

        def finish(self) -> None:
            """Nothing to close."""

        def log_message(self, *_: object) -> None:
            """Quiet."""

    class Server:
        base_environ = {"SERVER_NAME": "127.0.0.1", "SERVER_PORT": "8000", "GATEWAY_INTERFACE": "CGI/1.1",
                        "REMOTE_HOST": "", "SCRIPT_NAME": "", "CONTENT_LENGTH": ""}
        get_app = staticmethod(lambda: WSGIHandler())

    Handler(None, ("127.0.0.1", 50000), Server())  # type: ignore[arg-type]
    head, _, body = out.getvalue().partition(b"\r\n\r\n")
    status, *lines = head.decode().split("\r\n")
    return Answer(int(status.split()[1]), dict(line.split(": ", 1) for line in lines), body)


def _fill(recorded: str, **values: bytes) -> bytes:
    raw = (RECORDED / recorded).read_bytes().replace(b"\n", b"\r\n")
    for key, value in values.items():
        raw = raw.replace(f"{{{key}}}".encode(), value)
    return raw


def _md5(text: str) -> str:
    return md5(text.encode()).hexdigest()
