"""What has moved is told to an address, signed, again and again until it is heard, and never into our own network."""

import http.server
import ipaddress
import json
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from fengchao.accounts.models import Duty
from fengchao.base.actor import system_actor
from fengchao.base.errors import Refused
from fengchao.base.places import Area
from fengchao.base.scope import acting
from fengchao.exchange import actions
from fengchao.exchange.hooks import sending
from fengchao.exchange.hooks.sending import allowed, check_url, send
from fengchao.exchange.hooks.signing import sign, verify
from fengchao.exchange.jobs import deliver
from fengchao.exchange.models import Delivery, Webhook
from fengchao.people.actions import add_building, add_person
from fengchao.testing import ALICE, CAROL, ELSEWHERE, GRACE, GRID, HEIDI, HONGQIAO, browser, user_of

LOOPBACK = [ipaddress.ip_network("127.0.0.0/8"), ipaddress.ip_network("::1/128")]


@dataclass
class Receiver:
    """Another system's server, for real."""

    port: int = 0
    answers: list[int] = field(default_factory=list)
    heard: list[tuple[str, dict, bytes]] = field(default_factory=list)
    wait: float = 0
    drip: bool = False
    size: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/told?from=fengchao"


@contextmanager
def receiving(receiver: Receiver, tls: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            receiver.heard.append((self.path, dict(self.headers), body))
            time.sleep(receiver.wait)
            if receiver.drip:
                for _ in range(100):
                    self.wfile.write(b"H")
                    time.sleep(0.05)
            status = receiver.answers.pop(0) if receiver.answers else 200
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", f"http://127.0.0.1:{receiver.port}/elsewhere")
            self.send_header("Content-Length", str(receiver.size))
            self.end_headers()
            self.wfile.write(bytes(receiver.size))

        def log_message(self, *_: object) -> None:
            """Quiet."""

    class Server(http.server.ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """A caller that hangs up is what some of these tests are about."""

    server = Server(("127.0.0.1", 0), Handler)
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    receiver.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield receiver
    server.shutdown()
    server.server_close()


@pytest.fixture
def receiver(settings) -> Iterator[Receiver]:
    settings.WEBHOOK_NETWORKS = LOOPBACK
    with receiving(Receiver()) as one:
        yield one


def hook(receiver: Receiver, who=GRACE, area=HONGQIAO, feeds=("buildings", "register")) -> tuple[Webhook, str]:
    user_of(who)
    with acting(who):
        return actions.make_webhook(by=who, name="区数据组", url=receiver.url, area=Area.of(area), feeds=feeds)


def minute() -> list[Delivery]:
    with acting(system_actor()) as system:
        return actions.notice(by=system)


def one() -> Delivery:
    with acting(system_actor()):
        return Delivery.objects.select_related("webhook").get()


def moved(name: str = "9号楼", grid: int = GRID) -> None:
    with acting(system_actor()) as system:
        add_building(by=system, grid=grid, name=name, number=name)


def test_what_has_moved_is_told_with_ids_and_counts_and_a_signature(receiver, doors):
    made, secret = hook(receiver)
    moved()
    with acting(CAROL):
        add_person(by=CAROL, dwelling=doors[0].dwelling, name="示例甲", phone="19900000001")
    [message] = minute()
    deliver(delivery=str(message.id))
    [(path, headers, body)] = receiver.heard
    assert path == "/told?from=fengchao"
    assert verify(secret, headers["X-Fengchao-Signature"], body, time.time())
    said = json.loads(body)
    assert (said["id"], said["webhook"], said["event"]) == (str(message.id), str(made.id), "feeds.changed")
    assert {row["feed"] for row in said["feeds"]} == {"buildings", "register"}
    assert all(set(row) == {"feed", "changed", "gone", "full"} for row in said["feeds"])
    assert "示例甲" not in body.decode() and "19900000001" not in body.decode()
    assert (one().state, one().status, one().attempts) == ("delivered", 200, 1)


def test_nothing_moved_is_not_told_and_what_moved_elsewhere_neither(committed, receiver):
    from .conftest import quiet
    quiet()
    hook(receiver, feeds=("buildings",))
    assert minute() == []
    moved(grid=ELSEWHERE)
    quiet()
    assert minute() == []
    moved()
    quiet()
    [message] = minute()
    assert message.payload["feeds"] == [{"feed": "buildings", "changed": 1, "gone": 0, "full": False}]
    moved("10号楼")
    quiet()
    assert minute() == [], "while one waits to be heard there is no second"
    deliver(delivery=str(message.id))
    [message] = minute()
    assert message.payload["feeds"][0]["changed"] == 1
    deliver(delivery=str(message.id))
    assert minute() == [], "once told is told"


def test_a_message_that_fails_is_tried_later_and_later_and_then_given_up(receiver, doors):
    hook(receiver)
    moved()
    [message] = minute()
    receiver.answers = [500] * 7
    waits = []
    for _ in range(7):
        deliver(delivery=str(message.id))
        row = one()
        waits.append(row.next_try and round((row.next_try - datetime.now(UTC)).total_seconds() / 60))
    assert waits == [1, 5, 30, 120, 360, 720, None]
    assert (row.state, row.status, row.problem, row.attempts) == ("failed", 500, "hook_status", 7)
    deliver(delivery=str(message.id))
    assert len(receiver.heard) == 7, "given up is given up"
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'exchange.deliver'"
                       " AND scheduled_at > now()")
        assert cursor.fetchone() == (6,)


def test_a_given_up_message_is_sent_again_from_its_page_with_the_same_id(receiver, doors):
    made, _ = hook(receiver)
    moved()
    [message] = minute()
    with acting(system_actor()):
        Delivery.objects.update(state=Delivery.State.FAILED, attempts=7, problem="hook_down")
    page = browser(GRACE)
    assert "连不上对方" in page.get(f"/exchange/webhooks/{made.id}").content.decode()
    assert page.post(f"/exchange/webhooks/{made.id}/again/{message.id}").status_code == 302
    deliver(delivery=str(message.id))
    assert receiver.heard[0][1]["X-Fengchao-Delivery"] == str(message.id)
    assert "已送达" in page.get(f"/exchange/webhooks/{made.id}").content.decode()
    assert page.post(f"/exchange/webhooks/{made.id}/again/{made.id}").status_code == 404


def test_a_redirect_is_not_followed(receiver):
    receiver.answers = [302]
    assert send(receiver.url, b"{}", {}).problem == "hook_status"
    assert [path for path, _, _ in receiver.heard] == ["/told?from=fengchao"]


def test_neither_time_nor_size_is_the_receivers_to_choose(receiver, monkeypatch):
    monkeypatch.setattr(sending, "STEP_SECONDS", 0.2)
    monkeypatch.setattr(sending, "DEADLINE_SECONDS", 0.4)
    receiver.size = 5_000_000
    assert send(receiver.url, b"{}", {}).problem == ""
    receiver.wait = 1
    assert send(receiver.url, b"{}", {}).problem == "hook_slow"
    receiver.wait, receiver.drip = 0, True
    began = time.monotonic()
    assert send(receiver.url, b"{}", {}).problem == "hook_slow"
    assert time.monotonic() - began < 2


def test_a_receiver_that_is_not_there_is_said_to_be_down(receiver):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert send(f"http://127.0.0.1:{port}/", b"", {}).problem == "hook_down"


def test_a_handshake_that_drips_ends_too(settings, monkeypatch):
    settings.WEBHOOK_NETWORKS = LOOPBACK
    monkeypatch.setattr(sending, "DEADLINE_SECONDS", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent:  # takes the call and says nothing
        began = time.monotonic()
        assert send(f"https://127.0.0.1:{silent.getsockname()[1]}/", b"", {}).problem == "hook_slow"
    assert time.monotonic() - began < 2


def test_a_name_is_reached_by_the_address_that_answers(receiver, monkeypatch):
    monkeypatch.setattr(sending, "_resolved", lambda _: ["::1", "127.0.0.1"])
    assert send(receiver.url, b"{}", {}).status == 200


def test_a_certificate_that_nobody_vouches_for_is_refused(settings, tmp_path):
    settings.WEBHOOK_NETWORKS = LOOPBACK
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(_self_signed(tmp_path))
    with receiving(Receiver(), tls) as one:
        assert send(f"https://127.0.0.1:{one.port}/", b"", {}).problem == "hook_tls"
        assert one.heard == []


def _self_signed(folder):
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
                   .serial_number(1).not_valid_before(now).not_valid_after(now + timedelta(days=1))
                   .add_extension(x509.SubjectAlternativeName([x509.IPAddress(LOOPBACK[0][1])]), False)
                   .sign(key, hashes.SHA256()))
    file = folder / "pair.pem"
    file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM) + key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
    return file


@pytest.mark.parametrize("address", [
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
    "255.255.255.255", "198.18.0.1", "::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:7f00:1::", "::127.0.0.1",
])
def test_no_address_inside_is_allowed_however_it_is_written(address):
    assert not allowed(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["1.2.4.8", "2400:3200::1"])
def test_a_public_address_is_allowed_with_encryption_only(address):
    assert allowed(ipaddress.ip_address(address))
    assert not allowed(ipaddress.ip_address(address), encrypted=False)


@pytest.mark.parametrize("url", ["https://127.0.0.1/", "https://localhost/", "https://[::1]/", "https://2130706433/",
                                 "https://0x7f.1/", f"https://{'a' * 70}.example/"])
def test_nothing_is_sent_inside_without_the_deployers_word(url, monkeypatch):
    monkeypatch.setattr(socket, "create_connection", lambda *_, **__: pytest.fail("connected"))
    assert send(url, b"", {}).problem in ("hook_inside", "hook_unknown")


def test_a_name_with_one_address_inside_is_refused_at_every_attempt(monkeypatch):
    """Looked up anew each time, and connected to what was looked at: a name that changes its mind gains nothing."""
    answers = [["1.2.4.8", "10.0.0.1"], ["169.254.169.254"]]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(2, 1, 6, "", (a, 443)) for a in answers.pop(0)])
    monkeypatch.setattr(socket, "create_connection", lambda *_, **__: pytest.fail("connected"))
    assert [send("https://partner.example/", b"", {}).problem for _ in range(2)] == ["hook_inside"] * 2


@pytest.mark.parametrize("url", [
    "http://partner.example/", "ftp://partner.example/", "file:///etc/passwd", "https://",
    "https://a:b@partner.example/",
    "https://partner.example:99999/", "https://partner.example/\r\nX: y", "javascript:alert(1)", "//partner.example",
    "https://例子.example/ ",
])
def test_addresses_that_are_none_are_refused_when_they_are_typed(url):
    with pytest.raises(Refused, match="hook_url"):
        check_url(url)


@pytest.mark.parametrize("host", ["127.0.0.1", "169.254.169.254", "[::1]", "10.1.2.3", "2130706433", "0x7f.1",
                                  "[::ffff:10.0.0.1]", "[fe80::1%25eth0]"])
def test_an_address_inside_is_refused_when_it_is_typed(host, settings):
    with pytest.raises(Refused, match="hook_inside|hook_url"):
        check_url(f"https://{host}/")
    settings.WEBHOOK_NETWORKS = [ipaddress.ip_network("10.0.0.0/8")]
    assert check_url("https://10.1.2.3/").hostname == "10.1.2.3"


def test_a_name_is_not_looked_up_while_somebody_types(monkeypatch):
    monkeypatch.setattr(sending, "_resolved", lambda *_: pytest.fail("looked up"))
    assert check_url("https://partner.example/") and check_url("https://1.2.4.8/")


def test_a_signature_holds_for_one_body_one_secret_and_five_minutes():
    header = sign("secret", b"{}", 1_000_000)
    assert verify("secret", header, b"{}", 1_000_200)
    assert not verify("secret", header, b"{ }", 1_000_000)
    assert not verify("other", header, b"{}", 1_000_000)
    assert not verify("secret", header, b"{}", 1_000_301)
    assert not verify("secret", header.replace("1000000", "1000200"), b"{}", 1_000_200)
    for wrong in ("", "t=,v1=", "v1=x", "t=1e9,v1=x", "t=１,v1=x"):
        assert not verify("secret", wrong, b"{}", 1_000_000)


def test_an_owner_whose_duty_has_ended_hears_nothing_more(receiver, doors):
    hook(receiver)
    Duty.objects.filter(user=user_of(GRACE)).update(ended=datetime.now(UTC))
    moved()
    assert minute() == []


@pytest.mark.parametrize(("who", "area", "feeds", "code"), [
    (ALICE, HONGQIAO, ["buildings"], "not_allowed"), (CAROL, HONGQIAO, ["buildings"], "not_allowed"),
    (GRACE, 350181005, ["buildings"], "not_allowed"), (HEIDI, HONGQIAO, ["register"], "feed_not_yours"),
    (GRACE, HONGQIAO, [], "allows_nothing"), (GRACE, HONGQIAO, ["coverage"], "no_such_feed"),
])
def test_nobody_is_told_of_what_its_maker_may_not_hand_out(who, area, feeds, code, receiver, town):
    with pytest.raises(Refused) as error:
        hook(receiver, who, area, feeds)
    assert error.value.code == code


def test_an_ended_webhook_is_silent_and_its_secret_is_kept_sealed(receiver, doors):
    made, secret = hook(receiver)
    with acting(system_actor()):
        assert secret.encode() not in bytes(Webhook.objects.get().secret_sealed)
    moved()
    [message] = minute()
    page = browser(GRACE)
    assert page.post(f"/exchange/webhooks/{made.id}/try").status_code == 302
    assert page.post(f"/exchange/webhooks/{made.id}/end").status_code == 302
    deliver(delivery=str(message.id))
    moved("10号楼")
    assert (minute(), receiver.heard) == ([], [])
    assert page.post(f"/exchange/webhooks/{made.id}/try").status_code == 409


def test_a_webhook_is_made_on_its_page_and_its_secret_shown_once(receiver, doors):
    page = browser(GRACE)
    wrong = page.post("/exchange/webhooks/new", {"name": "x", "url": "ftp://x", "feeds": ["tasks"]})
    assert "https://" in wrong.content.decode() and wrong.status_code == 200
    made = page.post("/exchange/webhooks/new", {"name": "区数据组", "url": receiver.url, "feeds": ["tasks"]})
    assert made["Cache-Control"] == "no-store"
    assert "区数据组" in page.get("/exchange/webhooks").content.decode()
