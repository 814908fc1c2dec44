"""Who goes first when pages are asked for while phones send."""

import os
import sys
from threading import Event, Thread, get_native_id

import pytest

from fengchao import uploads
from fengchao.uploads import NICE, UPLOAD, PagesFirst, UploadsBehind


class Said(list):
    """What an application answers: pieces, and that it was ended."""

    ended = False

    def close(self):
        self.ended = True


def niceness(environ, start_response):
    return Said([str(os.getpriority(os.PRIO_PROCESS, get_native_id())).encode()])


def test_an_upload_waits_while_a_page_is_made_and_not_for_ever(monkeypatch):
    first, begun, done = PagesFirst(), Event(), Event()
    upload = Thread(target=lambda: (begun.set(), first.wait(), done.set()))
    monkeypatch.setattr(uploads, "PATIENCE", 60)
    with first.page():
        upload.start()
        assert begun.wait(10) and not done.wait(0.05)
    assert done.wait(10)
    monkeypatch.setattr(uploads, "PATIENCE", 0.01)
    with first.page():
        first.wait()


@pytest.mark.skipif(sys.platform != "linux", reason="only there has each thread a priority of its own")
def test_the_system_runs_uploads_in_the_time_that_pages_leave():
    service, mine = UploadsBehind(niceness), os.getpriority(os.PRIO_PROCESS, 0)
    assert int(b"".join(service({"PATH_INFO": UPLOAD}, print))) == max(mine, NICE)
    for path in ("/board", "/api/v1/sync/pull"):
        assert int(b"".join(service({"PATH_INFO": path}, print))) == mine


def test_an_upload_is_ended_in_the_thread_it_was_made_in():
    ended = []

    def application(environ, start_response):
        said = Said([b"all ", b"of it"])
        said.close = lambda: ended.append(get_native_id())
        made.append(get_native_id())
        return said

    made = []
    assert UploadsBehind(application)({"PATH_INFO": UPLOAD}, print) == [b"all of it"]
    assert ended == made and made != [get_native_id()]


def test_what_goes_wrong_in_an_upload_is_not_swallowed():
    def application(environ, start_response):
        raise RuntimeError("no")

    with pytest.raises(RuntimeError):
        UploadsBehind(application)({"PATH_INFO": UPLOAD}, print)
