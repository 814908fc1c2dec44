"""Two programs that want one port: the second says so, whenever the first came."""

import socket

from fengchao import serve


def test_a_port_that_was_taken_while_data_was_prepared_is_not_shared(tmp_path, monkeypatch, capsys):
    """Two demonstrations that prepare for minutes at once: Linux would let both listen and deal requests to each."""
    monkeypatch.setattr(serve, "ready", lambda home: None)
    with socket.socket() as first:
        first.bind(("127.0.0.1", 0))
        port = first.getsockname()[1]
        first.close()
        other = socket.socket()

        def prepare() -> str:
            other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)  # as the web processes do
            other.bind(("127.0.0.1", port))
            other.listen()
            return ""

        with other:
            assert serve.serve(tmp_path, port, prepare=prepare) == 2
    assert "in use" in capsys.readouterr().err
