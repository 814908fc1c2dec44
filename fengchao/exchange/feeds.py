"""The tables that may leave: what each column holds, from which version on, and the statement it is read by.

A published column is never renamed, retyped, moved or taken away: programs of others read by these names. A new one
goes to the end of its feed with `since` the next `SCHEMA` (tests/published.json holds what was promised).

No feed holds a name, an identity number, a phone, a registered address or who recorded what: an analyst counts, and a
worker is not ranked. Answers typed as text stay behind too, since they may name people.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from fengchao.base.permissions import Permission as P

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Column:
    """`type`: uuid, code, text, integer, boolean, date, time (UTC) or json (an object as text). `value` is SQL over
    the feed's source; `text` is what somebody typed."""

    name: str
    type: str
    value: str
    words: Any
    since: int = 1


@dataclass(frozen=True, slots=True)
class Feed:
    """`source`: tables with `t` the one whose rows are told. `key`: the columns by which a reader replaces rows.

    `table`: whose tombstones say what has gone, empty for a feed that is always told whole. `where`: what else a row
    must be to be told; one that is not so any more is told as gone.
    """

    code: str
    words: Any
    sentence: Any
    permissions: frozenset[P]
    source: str
    columns: tuple[Column, ...]
    table: str = ""
    where: str = "true"
    key: str = "id"

    @property
    def whole(self) -> bool:
        return not self.table


_ID = Column("id", "uuid", "t.id", _("编号，不变"))
_GRID = Column("grid", "integer", "t.grid", _("网格代码，15 位；前 12 位是社区，前 9 位是街道"))
_CAMPAIGN = Column("campaign", "uuid", "t.campaign_id", _("走访的编号，见走访表"))
_BUILDING = Column("building", "uuid", "t.building_id", _("楼栋的编号，见楼栋表"))

CAMPAIGNS = Feed(
    "campaigns", _("走访表"), _("每次走访的名称、类型和日期。"), frozenset({P.SEE_COVERAGE}),
    "work_campaign t", (
        _ID,
        Column("name", "text", "t.name", _("名称")),
        Column("kind", "code", "t.kind", _("任务类型的代码")),
        Column("subject", "code", "t.subject", _("对象：dwelling 户，person 人，premises 场所")),
        Column("purpose", "text", "t.purpose", _("目的")),
        Column("lo", "integer", "t.lo", _("范围的第一个网格代码（含）")),
        Column("hi", "integer", "t.hi", _("范围的最后一个网格代码（不含）")),
        Column("starts", "time", "t.starts", _("开始时间")),
        Column("deadline", "time", "t.deadline", _("截止时间")),
        Column("expires", "date", "t.expires", _("资料保存至")),
        Column("state", "code", "t.state", _("preparing 准备中，running 进行中，closed 已结束")),
    ),
)
COVERAGE = Feed(
    "coverage", _("覆盖计数表"), _("每次走访在每个网格按结果分组的任务数，和看板上的数字同源。"),
    frozenset({P.SEE_COVERAGE}), "work_counter t", (
        _CAMPAIGN, _GRID,
        Column("state", "code", "(ARRAY['open', 'done', 'excluded'])[t.state + 1]",
               _("open 待办，done 完成，excluded 不计入")),
        Column("outcome", "code", "t.outcome", _("最近结果的代码，空为未上门")),
        Column("level", "integer", "t.level", _("由谁处理：0 网格，1 社区，2 街道")),
        Column("tasks", "integer", "t.n", _("任务数")),
        Column("attempts", "integer", "t.attempts", _("上门次数合计")),
    ),
    where="t.n <> 0", key="campaign, grid, state, outcome, level",
)
TASKS = Feed(
    "tasks", _("任务表"), _("每一户、每一人或每一场所的一项任务，现在怎样。"), frozenset({P.SEE_COVERAGE}),
    "work_task t", (
        _ID, _GRID, _CAMPAIGN, _BUILDING,
        Column("dwelling", "uuid", "t.dwelling_id", _("户室的编号")),
        Column("person", "uuid", "t.person_id", _("人员的编号，见名册表")),
        Column("premises", "uuid", "t.premises_id", _("场所的编号")),
        Column("state", "code", "(ARRAY['open', 'done', 'excluded'])[t.state + 1]",
               _("open 待办，done 完成，excluded 不计入")),
        Column("outcome", "code", "t.outcome", _("最近结果的代码，空为未上门")),
        Column("attempts", "integer", "t.attempts", _("上门次数")),
        Column("level", "integer", "t.level", _("由谁处理：0 网格，1 社区，2 街道")),
        Column("due", "time", "t.due", _("截止时间")),
        Column("next_try", "time", "t.next_try", _("下次上门的时间")),
        Column("last_at", "time", "t.last_at", _("最近一次登记的时间")),
        Column("version", "integer", "t.version", _("第几次变化，从 1 起")),
        Column("excluded", "text", "t.excluded", _("不计入的原因")),
    ),
    table="work_task",
)
# What was typed, photographed or repeated may name people; without a form nothing is known of an answer.
RECORDS = Feed(
    "records", _("记录表"), _("每一次上门看到的情况。登记后不变；资料销毁后，回答会以空值再发一次。"),
    frozenset({P.SEE_PEOPLE, P.EXPORT}),
    """work_record t JOIN (SELECT c.id, c.form_id, ARRAY(SELECT q->>'name' FROM jsonb_array_elements(f.fields) q
  WHERE q->>'type' NOT IN ('select_one', 'select_multiple', 'integer', 'decimal', 'date')) AS typed
  FROM work_campaign c LEFT JOIN work_form f ON f.id = c.form_id OFFSET 0) c ON c.id = t.campaign_id""", (
        _ID, _GRID, _CAMPAIGN, _BUILDING,
        Column("task", "uuid", "t.task_id", _("任务的编号，见任务表")),
        Column("outcome", "code", "t.outcome", _("结果的代码")),
        Column("at", "time", "t.at", _("服务器收到的时间")),
        Column("supersedes", "uuid", "t.supersedes", _("它更正的那条记录")),
        Column("conflict", "code", "(ARRAY['', 'soft', 'hard'])[t.conflict + 1]",
               _("和别人的记录：soft 可以都对，hard 互相矛盾")),
        Column("answers", "json", "CASE WHEN c.form_id IS NULL THEN '{}' ELSE (t.answers - c.typed)::text END",
               _("问卷里选择、数字和日期题的回答，JSON；文字题不外送")),
    ),
    table="work_record",
)
REGISTER = Feed(
    "register", _("名册表"), _("住在这里的人，没有姓名、证件、电话和地址，可按编号连到任务。"),
    frozenset({P.SEE_PEOPLE, P.EXPORT}), "people_person t", (
        _ID, _GRID, _BUILDING,
        Column("dwelling", "uuid", "t.dwelling_id", _("户室的编号")),
        Column("household", "uuid", "t.household_id", _("户的编号")),
        Column("sex", "code", "(ARRAY['', 'male', 'female'])[t.sex + 1]", _("male 男，female 女，空为未知")),
        Column("born_year", "integer", "extract(year FROM t.born)::int", _("出生年份")),
        Column("basis", "code", "t.basis", _("居住方式：owner 自住，tenant 租住，lodger 寄住")),
        Column("presence", "code", "t.presence", _("present 在家，away 外出，returned 已返回，left 已搬离")),
        Column("tags", "json", "(SELECT coalesce(json_agg(g.code ORDER BY g.code), '[]')::text FROM people_caretag g"
               " WHERE g.person_id = t.id AND g.until IS NULL)", _("照护标签的代码，JSON")),
        Column("confirmed", "date", "t.confirmed", _("最近核实的日期")),
    ),
    table="people_person", where="t.merged_into_id IS NULL",
)
BUILDINGS = Feed(
    "buildings", _("楼栋表"), _("楼栋的名称、门牌和大小。"), frozenset({P.SEE_PLACES}), "people_building t", (
        _ID, _GRID,
        Column("compound", "text", "t.compound", _("小区")),
        Column("name", "text", "t.name", _("楼栋")),
        Column("road", "text", "t.road", _("道路")),
        Column("house_number", "text", "t.house_number", _("门牌")),
        Column("entrances", "integer", "t.entrances", _("单元数")),
        Column("floors", "integer", "t.floors", _("层数")),
    ),
    table="people_building",
)

FEEDS = {feed.code: feed for feed in (CAMPAIGNS, COVERAGE, TASKS, RECORDS, REGISTER, BUILDINGS)}
GONE = Column("gone", "boolean", "", _("true：这一行已经不在您的范围内，请按编号删除"))


def columns(feed: Feed) -> Sequence[Column]:
    """With the mark of a row that has gone, for feeds that tell changes."""
    return feed.columns if feed.whole else (*feed.columns, GONE)
