"""The tables that may leave: what each column holds, from which version on, and the statement it is read by.

A published column is never renamed, retyped, moved or taken away: programs of others read by these names. A new one
goes to the end of its feed with `since` the next `SCHEMA` (tests/published.json holds what was promised).

No feed holds somebody's name, identity number, phone, door or registered address, or who recorded what: an analyst
counts, and a worker is not ranked. What was typed as text stays behind too where it may name people. A dwelling has no
room: its id stands beside people and tasks, and with the room a row of the register would be somebody's door.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from fengchao.base.permissions import Permission as P
from fengchao.base.rls import IN_BOUNDS, SCOPE

SCHEMA = 2


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

    `table`: whose `tx` and tombstones say what has changed and gone, empty for a feed that is always told whole: a
    small one of a table without them. `where`: what else a row must be to be told; one that is not so any more is told
    as gone. Of tables without a policy, `source` or `where` keeps to the scope. `since`: the schema version it came
    with.
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
    since: int = 1

    @property
    def whole(self) -> bool:
        return not self.table

    @property
    def version(self) -> int:
        """The schema version of its last change: only cursors of this feed from before it are void."""
        return max(self.since, *(column.since for column in self.columns))


_ID = Column("id", "uuid", "t.id", _("编号，不变"))
_GRID = Column("grid", "integer", "t.grid", _("网格代码，15 位；前 12 位是社区，前 9 位是街道"))
_CAMPAIGN = Column("campaign", "uuid", "t.campaign_id", _("走访的编号，见走访表"))
_BUILDING = Column("building", "uuid", "t.building_id", _("楼栋的编号，见楼栋表"))
_DWELLING = Column("dwelling", "uuid", "t.dwelling_id", _("户室的编号，见户室表"))
_FROM = Column("since", "date", "t.since", _("第一天"))
_TO = Column("until", "date", "t.until", _("最后一天，空为没有期限；早于第一天的从未生效"))
_CONFIRMED = Column("confirmed", "date", "t.confirmed", _("最近核实的日期"))

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
        _ID, _GRID, _CAMPAIGN, _BUILDING, _DWELLING,
        Column("person", "uuid", "t.person_id", _("人员的编号，见名册表")),
        Column("premises", "uuid", "t.premises_id", _("场所的编号，见场所表")),
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
        _ID, _GRID, _BUILDING, _DWELLING,
        Column("household", "uuid", "t.household_id", _("户的编号，见住户表")),
        Column("sex", "code", "(ARRAY['', 'male', 'female'])[t.sex + 1]", _("male 男，female 女，空为未知")),
        Column("born_year", "integer", "extract(year FROM t.born)::int", _("出生年份")),
        Column("basis", "code", "t.basis", _("居住方式：owner 自住，tenant 租住，lodger 寄住")),
        Column("presence", "code", "t.presence", _("present 在家，away 外出，returned 已返回，left 已搬离")),
        Column("tags", "json", "(SELECT coalesce(json_agg(g.code ORDER BY g.code), '[]')::text FROM people_caretag g"
               " WHERE g.person_id = t.id AND g.until IS NULL)", _("照护标签的代码，JSON")),
        _CONFIRMED,
    ),
    table="people_person", where="t.merged_into_id IS NULL",
)
HOUSEHOLDS = Feed(
    "households", _("住户表"), _("每一户住在哪一户室；户里有谁，见名册表的户。"), frozenset({P.SEE_PEOPLE, P.EXPORT}),
    "people_household t", (_ID, _GRID, _BUILDING, _DWELLING), table="people_household", since=2,
)
SIGHTINGS = Feed(
    "sightings", _("看见未登记表"),
    _("别的名单上有、名册里没有的人，没有姓名、证件、电话和地址。登记后或名单到期后，按编号删除。"),
    frozenset({P.SEE_PEOPLE, P.EXPORT}),
    "sightings_sighting t LEFT JOIN sightings_source s ON s.id = t.source_id", (
        _ID, _GRID, _BUILDING, _DWELLING,
        Column("source", "uuid", "t.source_id", _("来源的编号")),
        Column("source_name", "text", "s.name", _("来源的名称")),
        Column("born_year", "integer", "extract(year FROM t.born)::int", _("出生年份")),
        Column("seen_on", "date", "t.seen_on", _("最近看见的日期")),
        Column("expires", "date", "t.expires", _("资料保存至")),
        Column("dismissed", "code", "t.dismissed", _("空为待核实，not_here 已核实不住这里")),
    ),
    table="sightings_sighting", where="t.person_id IS NULL", since=2,
)
PREMISES = Feed(
    "premises", _("场所表"), _("商铺、企业、学校等的名称和类型，没有联系人、电话和地址。"),
    frozenset({P.SEE_PEOPLE, P.EXPORT}), "people_premises t", (
        _ID, _GRID, _BUILDING,
        Column("name", "text", "t.name", _("名称")),
        Column("kind", "code", "t.kind",
               _("shop 商铺，small_premises 三小场所，hotel 酒店旅馆，enterprise 企业，"
                 "school 学校，site 工地，other 其他")),
        Column("uscc", "code", "t.uscc", _("统一社会信用代码")),
        Column("staff", "integer", "t.staff", _("人数")),
        Column("closed", "date", "t.closed", _("停业日期，空为还在营业")),
    ),
    table="people_premises", since=2,
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
DWELLINGS = Feed(
    "dwellings", _("户室表"), _("每一扇门在哪栋楼、哪一层，有没有人住；没有房号。"), frozenset({P.SEE_PLACES}),
    "people_dwelling t", (
        _ID, _GRID, _BUILDING,
        Column("entrance", "text", "t.entrance", _("单元")),
        Column("floor", "integer", "t.floor", _("楼层")),
        Column("state", "code", "t.state",
               _("unknown 未知，occupied 有人住，vacant 空置，not_home 非住宅，gone 已拆除")),
        _CONFIRMED,
    ),
    table="people_dwelling", since=2,
)
GRIDS = Feed(
    "grids", _("网格表"), _("网格的名称、类型和起止日期，包括已停用和尚未启用的。"), frozenset({P.SEE_PLACES}),
    "(SELECT code AS grid, name, kind, since, until FROM areas_grid) t", (
        _GRID,
        Column("name", "text", "t.name", _("名称")),
        Column("kind", "code", "t.kind", _("base_grid 基础网格，dedicated_grid 专属网格")),
        _FROM, _TO,
    ),
    where=IN_BOUNDS, key="grid", since=2,
)
OVERLAYS = Feed(
    "overlays", _("片区与线路表"), _("功能区、围合、巡查线路和管控区，一段连续的网格一行；只有您范围内的部分。"),
    frozenset({P.SEE_PLACES}),
    f"""(SELECT o.*, lower(r) AS lo, upper(r) AS hi
  FROM areas_overlay o JOIN areas_overlaypart p ON p.overlay_id = o.id,
  unnest(int8multirange(int8range(p.lo, p.hi)) * (SELECT {SCOPE})) AS r) t""", (
        Column("overlay", "uuid", "t.id", _("片区或线路的编号，不变")),
        Column("name", "text", "t.name", _("名称")),
        Column("kind", "code", "t.kind", _("functional_area 功能区，enclosure 围合，circuit 巡查线路，zone 管控区")),
        _FROM, _TO,
        Column("lo", "integer", "t.lo", _("这一段的第一个网格代码（含）")),
        Column("hi", "integer", "t.hi", _("这一段的最后一个网格代码（不含）")),
    ),
    key="overlay, lo", since=2,
)
# What somebody wrote beside a figure stays behind; so do its words, which are those of the page.
RETURNS = Feed(
    "returns", _("日报表"), _("每个社区每天确认的日报，确认后不变。令牌要包括整个社区。"), frozenset({P.SEE_COVERAGE}),
    "reports_dailyreturn t", (
        _ID,
        Column("community", "integer", "t.grid / 1000", _("社区代码，12 位")),
        Column("day", "date", "t.day", _("哪一天的日报")),
        Column("since", "time", "t.since", _("从这一刻之后（不含）")),
        Column("until", "time", "t.until", _("到这一刻为止（含）")),
        Column("nil", "boolean", "t.nil", _("true：零报告")),
        Column("late", "boolean", "t.late", _("true：过了时限才确认")),
        Column("confirmed", "time", "t.confirmed", _("确认的时间")),
        Column("figures", "json", "(SELECT json_object_agg(line->>'code', line->'value')::text"
               " FROM jsonb_array_elements(t.lines) line)", _("各项数字，JSON，按项目的代码")),
    ),
    table="reports_dailyreturn", since=2,
)

FEEDS = {feed.code: feed for feed in (
    CAMPAIGNS, COVERAGE, TASKS, RECORDS, RETURNS, REGISTER, HOUSEHOLDS, SIGHTINGS, PREMISES, BUILDINGS, DWELLINGS,
    GRIDS, OVERLAYS)}
GONE = Column("gone", "boolean", "", _("true：这一行已经不在您的范围内，请按编号删除"))


def columns(feed: Feed) -> Sequence[Column]:
    """With the mark of a row that has gone, for feeds that tell changes."""
    return feed.columns if feed.whole else (*feed.columns, GONE)
