"""The office's pages of work: they show what is there, do what the buttons say, and cost the same at any size."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fengchao.base.actor import system_actor
from fengchao.base.clock import today
from fengchao.base.models import AuditEntry
from fengchao.base.scope import acting
from fengchao.people.actions import add_person
from fengchao.testing import ALICE, BOB, CAROL, DAVE, ERIN, FRANK, GRID, HONGQIAO, browser, user_of
from fengchao.work.actions import accept
from fengchao.work.models import Campaign, Record, Task
from fengchao.work.templatetags.work import counted

from .conftest import pack_form, past_deadline, saw

pytestmark = pytest.mark.django_db
ENDS = {"deadline": f"{today() + timedelta(days=9)}T20:00", "expires": str(today() + timedelta(days=60))}


@pytest.fixture
def office(doors):
    user_of(ALICE)
    return browser(CAROL, **{"accept-language": "zh"})


def text(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def now(task: Task) -> Task:
    with acting(system_actor()):
        return Task.objects.get(id=task.id)


def test_the_remaining_doors_are_those_without_a_result(office, doors):
    with acting(ALICE):
        accept([saw(doors[0], "met"), saw(doors[1], "nobody_home")], by=ALICE)
    page = text(office.get(f"/doors?area={GRID}"))
    assert doors[1].dwelling.label in page and doors[0].dwelling.label not in page
    assert "共 6 户，已完成 1（" in page


def test_every_figure_of_the_coverage_leads_to_exactly_its_rows(office, doors):
    with acting(ALICE):
        accept([saw(doors[0], "met"), saw(doors[1], "nobody_home"), saw(doors[2], "refused")], by=ALICE)
    page = office.get(f"/coverage?area={GRID}").content.decode()
    links = re.findall(r'<a class="stat[^"]*" href="(/doors[^"]+)"><b>(\d+)</b><span>(?!上门次数)', page)
    assert len(links) == 6
    for href, count in links:
        rows = office.get(href.replace("&amp;", "&")).content.decode()
        assert len(re.findall(r'<td class="wide"><a', rows)) == int(count), href


def test_who_did_what_leads_to_exactly_its_doors_and_names_those_too_who_did_nothing(office, campaign, doors):
    user_of(BOB)
    with acting(ALICE):
        accept([saw(doors[0], "met"), saw(doors[1], "nobody_home"), saw(doors[2], "refused")], by=ALICE)
    with acting(CAROL):
        accept([saw(doors[3], "by_phone"), saw(doors[4], "nobody_home")], by=CAROL)
    past_deadline(campaign)
    table = office.get(f"/coverage?area={GRID}").content.decode().split("谁做了什么")[-1]
    lines = {name: re.findall(r'href="(/doors[^"]+)">(?:<b>)?(\d+)<', cells)
             for name, cells in re.findall(r'<th scope="row" class="nowrap">(\w+)</th>(.*?)</tr>', table, re.S)}
    assert list(lines) == ["Alice", "Bob", "Carol"]
    assert [int(n) for _, n in lines["Alice"]] == [3, 1, 1, 1, 2, 2]  # doors, three outcomes, remaining, overdue
    assert sum(int(n) for _, n in lines["Bob"]) == 0
    for href, count in lines["Alice"] + lines["Bob"] + lines["Carol"]:
        rows = office.get(href.replace("&amp;", "&")).content.decode()
        assert len(re.findall(r'<td class="wide"><a', rows)) == int(count), href


def test_somebody_met_without_the_questionnaire_is_kept_and_shown_to_whoever_can_have_them_asked(
        office, campaign, doors):
    with acting(system_actor()):
        Campaign.objects.filter(id=campaign.id).update(form=pack_form("verify_visit"))
    with acting(ALICE):
        seen = [saw(doors[0], "met"), saw(doors[1], "met", answers={"people": 0}), saw(doors[2], "vacant")]
        assert [result.status for result in accept(seen, by=ALICE)] == ["accepted"] * 3
    page = office.get(f"/coverage?area={GRID}").content.decode()
    [(href, count)] = re.findall(r'href="(/doors[^"]+)"><b>(\d+)</b><span>见到了但没有问卷答案', page)
    rows = office.get(href.replace("&amp;", "&")).content.decode()
    assert count == "1" and re.findall(r'href="/doors/([^"]+)"><b>', rows) == [str(doors[0].id)]
    assert ["没有问卷答案" in text(office.get(f"/doors/{door.id}")) for door in doors[:3]] == [True, False, False]


def test_the_visits_lead_to_the_doors_where_they_were_made(office, doors):
    with acting(ALICE):
        accept([saw(doors[0], "nobody_home"), saw(doors[0], "met", base_version=2), saw(doors[1], "met")], by=ALICE)
    page = office.get(f"/coverage?area={GRID}").content.decode()
    [(href, count)] = re.findall(r'href="(/doors[^"]+)"><b>(\d+)</b><span>上门次数', page)
    rows = office.get(href.replace("&amp;", "&")).content.decode()
    tries = re.findall(r'<td class="num" data-label="次数">(\d+)<', rows)
    assert len(tries) == 2 and sum(map(int, tries)) == int(count) == 3


def test_doors_are_given_to_a_worker_and_taken_back(office, doors):
    ticked = [str(task.id) for task in doors[:2]]
    office.post("/doors/assign", {"task": ticked, "to": str(ALICE.id)})
    assert now(doors[0]).assigned_to == now(doors[1]).assigned_to == ALICE.id
    office.post("/doors/undo")
    assert now(doors[0]).assigned_to is None


def test_a_door_left_out_says_why_and_can_be_taken_back(office, doors):
    office.post("/doors/exclude", {"task": [str(doors[0].id)], "reason": "正在装修"})
    assert "正在装修" in text(office.get(f"/doors?area={GRID}&show=excluded"))
    office.post("/doors/undo")
    assert now(doors[0]).state == Task.State.OPEN


def test_a_grid_is_handed_over_whole(office, doors, campaign):
    office.post("/doors/hand-over", {"campaign": str(campaign.id), "grid": str(GRID), "to": str(ALICE.id)})
    with acting(CAROL):
        assert Task.objects.filter(grid=GRID, assigned_to=ALICE.id).count() == 6


def test_a_form_that_was_tampered_with_is_refused_and_changes_nothing(office, doors, campaign):
    said = {"campaign": str(campaign.id), "grid": str(GRID), "to": str(ALICE.id)}
    for wrong in ({"campaign": "x"}, {"grid": "9" * 5000}, {"to": "x"}, {"grid": ""}):
        assert office.post("/doors/hand-over", said | wrong).status_code == 400
    assert office.post("/doors/hand-over", said | {"campaign": str(doors[0].id)}).status_code == 404
    assert now(doors[0]).assigned_to is None


def test_without_a_tick_nothing_happens_and_the_page_says_so(office):
    response = office.post("/doors/assign", {"to": str(ALICE.id)})
    assert response.status_code == 422 and "选中" in text(response)


def test_a_result_by_telephone_is_a_record_like_any_other(office, doors):
    office.post(f"/doors/{doors[0].id}/record", {"outcome": "by_phone", "note": "外地上班", "version": "1"})
    with acting(CAROL):
        assert Record.objects.get(task=doors[0]).by == CAROL.id
    assert now(doors[0]).state == Task.State.DONE


def test_the_paper_list_has_every_remaining_door(office, doors):
    page = text(office.get(f"/doors/paper?area={GRID}"))
    assert all(task.dwelling.label in page for task in doors)


def test_the_workbook_is_a_workbook_and_is_written_down(office, doors):
    response = office.get(f"/doors/export?area={GRID}")
    assert b"".join(response.streaming_content).startswith(b"PK")
    with acting(system_actor()), connection.cursor() as cursor:
        cursor.execute("SELECT detail->>'rows' FROM base_auditentry WHERE action = 'export_doors'")
        assert cursor.fetchall() == [("6",)]


def test_an_inspector_sees_progress_but_no_residents(doors):
    page = text(browser(ERIN).get(f"/doors/{doors[0].id}"))
    assert doors[0].dwelling.label in page and "1990" not in page


def test_the_neighbouring_community_does_not_exist_for_an_outsider(doors, town):
    frank = browser(FRANK)
    assert frank.get(f"/doors/{doors[0].id}").status_code == 404
    assert frank.get(f"/buildings/{town.here.id}").status_code == 404


def test_a_campaign_is_declared_in_three_steps(office, doors):
    said = {"name": "问需", "purpose": "了解需要", "basis": "应急预案", **ENDS}
    assert "缺什么" in text(office.get("/campaigns/declare"))
    assert "将生成的任务" in text(office.post("/campaigns/declare?kind=needs_visit", said))
    response = office.post("/campaigns/declare?kind=needs_visit", said | {"sure": "yes"})
    assert response.status_code == 302 and "/campaigns/" in response["Location"]


def test_a_campaign_about_people_of_a_province_and_an_age_in_some_buildings_is_counted_before_it_is_declared(
        office, doors, town):
    with acting(CAROL):
        for dwelling, hukou, years in ((doors[0].dwelling, "湖北省武汉市", 85), (doors[1].dwelling, "湖北省", 30),
                                       (doors[2].dwelling, "福建省福清市", 85)):
            add_person(by=CAROL, dwelling=dwelling, name="林", hukou=hukou, born=today() - timedelta(days=366 * years))
    said = {"name": "核实", "purpose": "了解", "basis": "预案", **ENDS}

    def declare(**conditions):
        return office.post(f"/campaigns/declare?kind=person_check&area={HONGQIAO}", said | conditions)

    def targets(**conditions) -> int:
        page = declare(**conditions)
        return int(re.search(r"<b>(\d+)</b><span>将生成的任务", page.content.decode())[1])

    assert targets(hukou="湖北") == 2
    assert targets(age_from="80") == 2 and targets(age_to="79") == 1
    assert targets(hukou="湖北", age_from="80", buildings=[str(town.here.id)]) == 1
    assert targets(buildings=[str(town.next.id)]) == 0
    page = declare(hukou="湖北", sure="yes")
    with acting(CAROL):
        row = Campaign.objects.get(id=page["Location"].strip("/").split("/")[-1])
        assert row.where == {"hukou": "湖北"}
        assert AuditEntry.objects.get(action="declare", object=str(row.id)).detail["hukou"] == "湖北"
    page = declare(age_from="80", age_to="9")
    assert page.status_code == 422 and "不能小于前面的年龄" in text(page)


def test_a_campaign_says_to_whom_it_was_narrowed_and_not_by_what_is_masked(office, doors):
    said = {"name": "核实", "purpose": "了解", "basis": "预案", "age_from": "80", "hukou": "福建", "tags": ["alone"],
            "sure": "yes", **ENDS}
    with acting(CAROL):
        add_person(by=CAROL, dwelling=doors[0].dwelling, name="林", hukou="福建省", born=date(1930, 1, 1))
    made = office.post(f"/campaigns/declare?kind=person_check&area={HONGQIAO}", said)
    page = text(office.get(made["Location"]))
    assert "独居老人" in page and "只限满这个岁数的" in page and "只限不超过这个岁数的" not in page
    assert "只限户籍地址里有这几个字的" in page and "****" in page and "福建" not in page


def test_the_questionnaire_is_seen_before_the_campaign_is_declared(office, doors):
    with acting(DAVE):
        form = pack_form("needs_visit")
    said = {"name": "问需", "purpose": "了解需要", "basis": "应急预案", **ENDS, "form": str(form.id)}
    assert "问需行动 · 1" in text(office.get("/campaigns/declare?kind=needs_visit"))  # its title, not its number
    page = text(office.post("/campaigns/declare?kind=needs_visit", said))
    assert "在手机上这样问" in page and form.fields[0]["label"]["zh"] in page


def test_the_list_says_by_when_and_why_it_is_not_sorted_by_it(office, doors):
    assert "全部相同，所以不按截止时间排" in text(office.get("/doors"))


def test_a_campaign_that_ends_before_it_begins_is_sent_back_in_words(office, doors):
    said = {"name": "问需", "purpose": "了解", "basis": "预案", "deadline": "2001-01-01T20:00", "expires": "2001-04-01",
            "sure": "yes"}
    assert "截止时间" in text(office.post("/campaigns/declare?kind=needs_visit", said))


QUERIES = {"/doors": 17, "/board": 18, "/coverage": 17, f"/doors?area={HONGQIAO}&show=all": 19, "/campaigns": 14}


@pytest.mark.parametrize("path", QUERIES)
def test_a_page_asks_the_database_a_fixed_number_of_times(office, doors, path):
    office.get(path)
    with CaptureQueriesContext(connection) as asked:
        office.get(path)
    assert len(asked) <= QUERIES[path], "\n".join(q["sql"][:150] for q in asked)


def test_people_are_counted_as_people_and_doors_as_doors():
    said = [counted(1234, Campaign(subject=subject)) for subject in ("dwelling", "person", "sighting", "premises")]
    assert said == ["1,234 户", "1,234 人", "1,234 人", "1,234 家场所"]
