"""The phone's program: the files that Vite built, served where its service worker may rule them."""

import gzip
from functools import lru_cache
from mimetypes import guess_type
from pathlib import Path

from csp.decorators import csp_replace
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

FOLDER = Path(settings.ROOT) / "web/static/built/field"

# Stricter than the console's but for one thing: the parser of questionnaires is WebAssembly.
POLICY = {
    "script-src": ["'self'", "'wasm-unsafe-eval'"],
    "style-src-attr": ["'none'"],
    "font-src": ["'none'"],
    "form-action": ["'none'"],
}
TYPES = {".webmanifest": "application/manifest+json", ".js": "text/javascript; charset=utf-8"}
FOR_EVER = "public, max-age=31536000, immutable"  # the name says the content


@require_safe
@csp_replace(POLICY)
def phone(request: HttpRequest, path: str = "") -> HttpResponse:
    file = _file(path or "index.html")
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    body = _packed(file, file.stat().st_mtime_ns) if packed else file.read_bytes()
    kind = TYPES.get(file.suffix) or guess_type(file.name)[0] or "application/octet-stream"
    response = HttpResponse(body, content_type=kind)
    if packed:
        response["Content-Encoding"] = "gzip"
    response["Cache-Control"] = FOR_EVER if path.startswith("assets/") else "no-cache"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _file(path: str) -> Path:
    file = (FOLDER / path).resolve()
    if not file.is_relative_to(FOLDER.resolve()) or not file.is_file():
        raise Http404
    return file


@lru_cache(maxsize=128)
def _packed(file: Path, _changed: int) -> bytes:
    """Once per process and file: a phone on a bad line loads 280 kB of questionnaire engine instead of 920."""
    return gzip.compress(file.read_bytes(), 9)
