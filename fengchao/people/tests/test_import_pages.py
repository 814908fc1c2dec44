"""The way of a workbook through the pages: upload, columns, what it would do, confirm."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from fengchao.base.jobs import run_here
from fengchao.base.scope import acting
from fengchao.people.importing import waiting
from fengchao.people.importing.models import ImportRun
from fengchao.people.jobs import import_run
from fengchao.people.models import Person
from fengchao.people.tests.test_importing import HEADS, ROWS, workbook
from fengchao.testing import CAROL, FRANK, HONGQIAO, browser

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, settings) -> None:
    settings.HOME = tmp_path


@pytest.fixture
def carol() -> Client:
    return browser(CAROL)


def upload(client: Client, path: Path, name: str = "花名册.xlsx"):
    file = SimpleUploadedFile(name, path.read_bytes())
    return client.post(f"/imports/upload?area={HONGQIAO}", {"file": file})


def only_run() -> ImportRun:
    with acting(CAROL):
        return ImportRun.objects.get()


def work(run: ImportRun, *, write: bool) -> None:
    """What the worker would do with the job that the page has queued."""
    run_here(import_run, by=CAROL, run=str(run.id), write=write)


def test_a_workbook_goes_in_step_by_step(carol: Client, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [*ROWS, ["融侨城", "3号楼", "2", "504", "", *[""] * 6]])
    page = upload(carol, path)
    run = only_run()
    assert page.url == f"/imports/{run.id}" and waiting.path_of(run.id).stat().st_mode & 0o077 == 0
    columns = carol.get(page.url).content.decode()
    assert "身份证号" in columns and 'value="id_number" selected' in columns
    chosen = {f"col-{place}": name for place, name in run.mapping}
    assert carol.post(f"{page.url}/try", {"sheet": run.sheet, "source": "楼长名单", **chosen}).status_code == 302
    work(run, write=False)
    tried = carol.get(page.url).content.decode()
    assert "确认导入" in tried and "没有填写" in tried and "王五" in tried
    with acting(CAROL):
        assert not Person.objects.exists()
    marked = carol.get(f"{page.url}/refused.xlsx")
    assert marked.status_code == 200 and marked.content.startswith(b"PK")
    assert carol.post(f"{page.url}/confirm").status_code == 302
    work(run, write=True)
    assert "打开名册" in carol.get(page.url).content.decode()
    with acting(CAROL):
        assert Person.objects.filter(source="楼长名单").count() == 4
    assert "楼长名单" in carol.get(f"/imports?area={HONGQIAO}").content.decode()


def test_a_confirmed_run_cannot_be_confirmed_again(carol: Client, tmp_path: Path) -> None:
    upload(carol, workbook(tmp_path / "a.xlsx", ROWS))
    run = only_run()
    work(run, write=False)
    work(run, write=True)
    with pytest.raises(Exception, match="import_gone"):
        work(run, write=True)


def test_a_file_that_is_no_table_is_refused_in_words_and_not_kept(carol: Client, tmp_path: Path) -> None:
    path = tmp_path / "letter.xlsx"
    path.write_bytes(b"%PDF-1.7")
    page = upload(carol, path)
    assert page.status_code == 422 and "认不出" in page.content.decode()
    assert not list((tmp_path / "uploads").iterdir())


def test_a_file_for_what_no_noun_knows_is_not_kept(carol: Client, tmp_path: Path) -> None:
    file = SimpleUploadedFile("a.xlsx", workbook(tmp_path / "a.xlsx", ROWS).read_bytes())
    assert carol.post(f"/imports/upload?area={HONGQIAO}", {"file": file, "target": "moon"}).status_code == 404
    assert not (tmp_path / "uploads").exists()


def test_a_dropped_run_leaves_no_file(carol: Client, tmp_path: Path) -> None:
    upload(carol, workbook(tmp_path / "a.xlsx", ROWS))
    run = only_run()
    carol.post(f"/imports/{run.id}/drop")
    assert not waiting.path_of(run.id).exists() and only_run().state == ImportRun.State.DROPPED


def test_a_worker_of_another_community_does_not_learn_that_a_run_exists(tmp_path: Path, carol: Client) -> None:
    upload(carol, workbook(tmp_path / "a.xlsx", ROWS, HEADS))
    assert browser(FRANK).get(f"/imports/{only_run().id}").status_code == 403
