"""The register: buildings, dwellings, households, persons, where they live, and premises.

`building` stands on every row below a building, so that one policy can narrow a building captain to it; it is the
building of the row's dwelling, which has the constraint, so the database need not look it up a second time for each
of a million people. What is shown to whom is decided by the policies; which columns are personal by privacy_classes.
"""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from fengchao.base.models import PlaceBound


class Building(PlaceBound):
    """A building of a grid. `number` is the name without its unit (3号楼 -> 3): what addresses are matched by."""

    compound = models.CharField(_("小区"), max_length=60, blank=True, default="")
    name = models.CharField(_("楼栋"), max_length=60)
    number = models.CharField(max_length=30, blank=True, default="")
    road = models.CharField(_("道路"), max_length=60, blank=True, default="")
    house_number = models.CharField(_("门牌"), max_length=30, blank=True, default="")
    entrances = models.SmallIntegerField(_("单元数"), default=1)
    floors = models.SmallIntegerField(_("层数"), default=1)
    seq = models.IntegerField(_("走访顺序"), default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(F("grid") / 1000, "compound", "road", "house_number", "name", name="building_once"),
            models.CheckConstraint(condition=Q(floors__range=(1, 200), entrances__range=(1, 99)), name="building_size"),
        ]
        indexes = [models.Index(fields=["grid", "tx"], name="building_grid_tx"),
                   models.Index(fields=["number", "grid"], name="building_number"),
                   models.Index(fields=["compound"], name="building_compound"),
                   models.Index(fields=["road"], name="building_road")]

    def __str__(self) -> str:
        return f"{self.compound}{self.name}"


class Dwelling(PlaceBound):
    """A door. `walk` orders the doors of a building as a person walks them: entrance, floor from the top, room."""

    class State(models.TextChoices):
        UNKNOWN = "unknown", _("未知")
        OCCUPIED = "occupied", _("有人住")
        VACANT = "vacant", _("空置")
        NOT_HOME = "not_home", _("非住宅")
        GONE = "gone", _("已拆除")

    building = models.ForeignKey(Building, models.PROTECT, related_name="dwellings", db_index=False)
    entrance = models.CharField(_("单元"), max_length=10, blank=True, default="")
    floor = models.SmallIntegerField(_("楼层"), default=0)
    room = models.CharField(_("房号"), max_length=20, blank=True, default="")
    label = models.CharField(max_length=120)
    walk = models.IntegerField(default=0)
    state = models.CharField(max_length=10, choices=State, default=State.UNKNOWN)
    source = models.CharField(max_length=60, blank=True, default="", db_default="")
    confirmed = models.DateField(_("核实日期"), null=True, blank=True)  # when somebody last saw the state

    class Meta:
        constraints = [models.UniqueConstraint(fields=["building", "entrance", "room"], name="dwelling_once")]
        indexes = [
            models.Index(fields=["grid", "tx"], name="dwelling_grid_tx"),
            models.Index(fields=["room", "grid"], name="dwelling_room"),
        ]

    def __str__(self) -> str:
        return self.label


class Household(PlaceBound):
    building = models.ForeignKey(Building, models.PROTECT,
                                 db_constraint=False, related_name="households", db_index=False)
    dwelling = models.ForeignKey(Dwelling, models.PROTECT, related_name="households", db_index=False)
    number = models.CharField(_("户号"), max_length=30, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dwelling", "number"], name="household_once")]
        indexes = [models.Index(fields=["grid", "tx"], name="household_grid_tx")]


class Sex(models.IntegerChoices):
    """GB/T 2261.1."""

    UNKNOWN = 0, _("未知")
    MALE = 1, _("男")
    FEMALE = 2, _("女")


class IdKind(models.TextChoices):
    RIC = "ric", _("居民身份证")
    RESIDENCE_PERMIT = "residence_permit", _("港澳台居民居住证")
    TRAVEL_PERMIT = "travel_permit", _("港澳台通行证")
    PASSPORT = "passport", _("护照")
    FOREIGNER = "foreigner", _("外国人永久居留身份证")
    OTHER = "other", _("其他证件")
    NONE = "none", _("无证件")


class Basis(models.TextChoices):
    OWNER = "owner", _("自住")
    TENANT = "tenant", _("租住")
    LODGER = "lodger", _("寄住")
    UNKNOWN = "unknown", _("未知")


class Presence(models.TextChoices):
    PRESENT = "present", _("在家")
    AWAY = "away", _("外出未归")
    RETURNED = "returned", _("已返回")
    LEFT = "left", _("已搬离")


class Person(PlaceBound):
    """One person, one row. Where they live now stands here; where they lived before in Residence."""

    building = models.ForeignKey(Building, models.PROTECT, null=True, db_constraint=False, related_name="people")
    dwelling = models.ForeignKey(Dwelling, models.PROTECT, null=True, related_name="people")
    household = models.ForeignKey(Household, models.SET_NULL, null=True, related_name="people", db_index=False)
    name = models.CharField(_("姓名"), max_length=60)
    initials = models.CharField(max_length=20, blank=True, default="")
    sex = models.SmallIntegerField(_("性别"), choices=Sex, default=Sex.UNKNOWN)
    born = models.DateField(_("出生日期"), null=True, blank=True)
    id_kind = models.CharField(_("证件类型"), max_length=20, choices=IdKind, default=IdKind.NONE)
    ric_sealed = models.BinaryField(default=b"")
    ric_blind = models.BinaryField(null=True)
    ric_tail = models.BinaryField(null=True)
    phone_sealed = models.BinaryField(default=b"")
    phone_blind = models.BinaryField(null=True)
    phone_tail = models.BinaryField(null=True)
    relation = models.CharField(_("与户主关系"), max_length=20, blank=True, default="")
    basis = models.CharField(_("居住方式"), max_length=10, choices=Basis, default=Basis.UNKNOWN)
    presence = models.CharField(_("在住情况"), max_length=10, choices=Presence, default=Presence.PRESENT)
    workplace = models.CharField(_("工作单位"), max_length=120, blank=True, default="")
    hukou = models.CharField(_("户籍地址"), max_length=200, blank=True, default="")
    remark = models.CharField(_("备注"), max_length=200, blank=True, default="")
    source = models.CharField(max_length=60, blank=True, default="")
    confirmed = models.DateField(_("核实日期"), null=True, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged", db_index=False)

    class Meta:
        constraints = [
            # Inside a community. Over its border the same id is somebody who moved, or a mistake, and a person who
            # sees both places decides; an import must not fail on a row that its owner may not see.
            models.UniqueConstraint(
                "ric_blind", F("grid") / 1000, condition=Q(merged_into__isnull=True), name="person_one_row_per_id"
            ),
        ]
        indexes = [
            models.Index(fields=["grid", "tx"], name="person_grid_tx"),
            models.Index(fields=["name", "grid"], name="person_name"),
            models.Index(fields=["initials", "grid"], name="person_initials"),
            models.Index(fields=["merged_into"], name="person_merged", condition=Q(merged_into__isnull=False)),
            models.Index(fields=["phone_blind"], name="person_phone", condition=Q(phone_blind__isnull=False)),
            models.Index(fields=["phone_tail", "grid"], name="person_phone_tail",
                         condition=Q(phone_tail__isnull=False)),
            models.Index(fields=["ric_tail", "grid"], name="person_ric_tail",
                         condition=Q(ric_tail__isnull=False)),
        ]

    def __str__(self) -> str:
        return str(self.id)  # a name must not slip into a log


class Residence(PlaceBound):
    """A person lived at a dwelling from a day to a day; the open row is where they live now."""

    building = models.ForeignKey(Building, models.PROTECT, db_constraint=False, related_name="+", db_index=False)
    dwelling = models.ForeignKey(Dwelling, models.PROTECT, related_name="residences")
    person = models.ForeignKey(Person, models.CASCADE, related_name="residences")
    basis = models.CharField(max_length=10, choices=Basis, default=Basis.UNKNOWN)
    since = models.DateField(db_default=Now())
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(until__isnull=True), name="residence_one_open"),
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="residence_dates"),
        ]
        indexes = [models.Index(fields=["grid", "id"], name="residence_grid")]


class CareTag(PlaceBound):
    """A reason to look after somebody, or a priority group; the codes are data of a pack."""

    building = models.ForeignKey(Building, models.PROTECT, null=True,
                                 db_constraint=False, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="tags")
    code = models.CharField(max_length=30)
    since = models.DateField(db_default=Now())
    until = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "code"], condition=Q(until__isnull=True), name="tag_once_open"),
        ]
        indexes = [models.Index(fields=["grid", "code"], name="tag_grid_code")]


class Merge(PlaceBound):
    """Two rows that were one person: what `gone` was before, so that the merge can be undone."""

    kept = models.ForeignKey(Person, models.CASCADE, related_name="+")
    gone = models.ForeignKey(Person, models.CASCADE, related_name="+")
    before = models.JSONField()
    by = models.UUIDField(null=True)
    at = models.DateTimeField(db_default=Now())
    undone = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["grid", "id"], name="merge_grid")]


class Premises(PlaceBound):
    """A shop, hotel, enterprise, school or site: what is visited that nobody lives in."""

    class Kind(models.TextChoices):
        SHOP = "shop", _("商铺")
        SMALL = "small_premises", _("三小场所")
        HOTEL = "hotel", _("酒店旅馆")
        ENTERPRISE = "enterprise", _("企业")
        SCHOOL = "school", _("学校")
        SITE = "site", _("工地")
        OTHER = "other", _("其他")

    building = models.ForeignKey(Building, models.PROTECT, null=True, related_name="premises")
    name = models.CharField(_("名称"), max_length=120)
    kind = models.CharField(_("类型"), max_length=20, choices=Kind, default=Kind.OTHER)
    uscc = models.CharField(_("统一社会信用代码"), max_length=18, blank=True, default="")
    address = models.CharField(_("地址"), max_length=200, blank=True, default="")
    contact = models.CharField(_("联系人"), max_length=60, blank=True, default="")
    phone_sealed = models.BinaryField(default=b"")
    staff = models.IntegerField(_("人数"), default=0)
    walk = models.IntegerField(default=0)
    closed = models.DateField(_("停业日期"), null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["grid", "tx"], name="premises_grid_tx")]

    def __str__(self) -> str:
        return self.name


from .importing.models import ImportRun  # noqa: E402, F401  (a table of this app, described beside its import)
