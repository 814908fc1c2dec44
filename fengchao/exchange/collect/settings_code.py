"""The square code with which ODK Collect is told where to connect: its settings as JSON, deflated, in base64.

Source: docs.getodk.org/collect-import-export. The code holds the password, so it is drawn here and never stored.
"""

import base64
import json
import zlib

import qrcode
from qrcode.image.svg import SvgPathImage


def settings_code(address: str, username: str, password: str) -> str:
    """An SVG image to place into a page."""
    said = {"general": {"protocol": "odk_default", "server_url": address, "username": username, "password": password,
                        "form_update_mode": "match_exactly", "autosend": "wifi_and_cellular"},
            "admin": {}, "project": {"name": "蜂巢", "icon": "蜂"}}
    packed = base64.b64encode(zlib.compress(json.dumps(said, ensure_ascii=False).encode(), 9)).decode()
    image = qrcode.make(packed, image_factory=SvgPathImage, border=2)
    return image.to_string(encoding="unicode")
