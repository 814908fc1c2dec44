"""The base map under the drawing: only from a source that the deployer names together with its approval.

Nothing is asked of anybody else's server unless FENGCHAO_TILES is set; then the page of the map, and no other page,
may load pictures from that one origin.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from csp.decorators import csp_update
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

if TYPE_CHECKING:
    from fengchao.engines.geometry import Datum

PLACES = ("{z}", "{x}", "{y}")


@dataclass(frozen=True, slots=True)
class Tiles:
    """`url` with {z}, {x} and {y}; `credit` the approval number and owner that stand on the map."""

    url: str
    credit: str
    datum: "Datum"

    @property
    def origin(self) -> str:
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"


def configured() -> Tiles | None:
    """Raises ImproperlyConfigured for a source nobody could use, or without its approval."""
    url, credit, datum = settings.MAP_TILES
    if not url:
        return None
    from fengchao.engines.geometry import Datum  # here: every start asks, and few have a source that needs geometry

    parts = urlsplit(url)
    if parts.scheme not in ("https", "http") or not parts.netloc or any(place not in url for place in PLACES):
        raise ImproperlyConfigured("FENGCHAO_TILES must be an address with {z}, {x} and {y}")
    if any(letter in parts.netloc for letter in " ;,'\"{}*@"):
        raise ImproperlyConfigured("FENGCHAO_TILES must name one host, without a login or a placeholder")
    if not credit.strip():
        raise ImproperlyConfigured("FENGCHAO_TILES needs FENGCHAO_TILES_CREDIT: the approval number (审图号) and owner")
    if datum not in list(Datum):
        raise ImproperlyConfigured(f"FENGCHAO_TILES_DATUM must be one of {', '.join(Datum)}")
    return Tiles(url, credit.strip(), Datum(datum))


def allowed(request: HttpRequest, response: HttpResponse, tiles: Tiles | None) -> HttpResponseBase:
    """The response, with pictures of the tiles' origin let in."""
    if tiles is None:
        return response
    return csp_update({"img-src": [tiles.origin]})(lambda _: response)(request)
