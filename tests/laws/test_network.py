"""Tests stay on this machine (see conftest.py)."""

import socket

import pytest


def test_a_test_that_asks_for_the_network_fails():
    with pytest.raises(RuntimeError, match="asked for the network"), socket.socket() as outside:
        outside.connect(("192.0.2.1", 80))
