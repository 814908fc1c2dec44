"""The people in every test, always the same, with the duties their names stand for."""

from collections.abc import Iterable
from uuid import UUID

from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.test import Client

from fengchao.accounts.gate import has_second_factor
from fengchao.accounts.models import Duty, User
from fengchao.accounts.roles import ROLES
from fengchao.base.actor import Actor, Grant
from fengchao.base.places import Area

HONGQIAO = 350181005004          # the community of Alice, Bob and Carol
GRID, NEXT_GRID = 350181005004001, 350181005004002
ELSEWHERE = 350181005001001      # Frank's grid, in another community of the same street


def actor(name: str, number: int, *duties: tuple[str, int]) -> Actor:
    grants = tuple(Grant(role, ROLES[role].permissions, Area.of(code)) for role, code in duties)
    return Actor(id=UUID(f"00000000-0000-7000-8000-{number:012d}"), name=name, grants=grants)


ALICE = actor("Alice", 1, ("grid_worker", GRID))
BOB = actor("Bob", 2, ("grid_worker", GRID))
CAROL = actor("Carol", 3, ("community_secretary", HONGQIAO))
DAVE = actor("Dave", 4, ("street_officer", 350181005))
ERIN = actor("Erin", 5, ("inspector", 350181))
FRANK = actor("Frank", 6, ("grid_worker", ELSEWHERE))
GRACE = actor("Grace", 7, ("data_steward", HONGQIAO))
HEIDI = actor("Heidi", 8, ("system_administrator", 35))
CAST = (ALICE, BOB, CAROL, DAVE, ERIN, FRANK, GRACE, HEIDI)


def users_of(cast: Iterable[Actor]) -> dict[str, User]:
    """By name the accounts of some of the cast, with the duties of their names, in the database of the test. Made at
    once: nearly every test begins with them."""
    members = {UUID(str(member.id)): member for member in cast}
    users = User.objects.in_bulk(members)
    users |= {user.id: user for user in User.objects.bulk_create(
        User(id=id, username=member.name.lower(), name=member.name, password="!")
        for id, member in members.items() if id not in users)}
    held = set(Duty.objects.filter(user__in=users).values_list("user", "role", "lo", "hi", "building"))
    wanted = [(id, grant.role, grant.area.lo, grant.area.hi, grant.building)
              for id, member in members.items() for grant in member.grants]
    Duty.objects.bulk_create(Duty(user_id=id, role=role, lo=lo, hi=hi, building=building)
                             for id, role, lo, hi, building in wanted if (id, role, lo, hi, building) not in held)
    for id, member in members.items():
        if not settings.SECOND_FACTOR_ROLES.isdisjoint(member.roles) and not has_second_factor(users[id]):
            TOTP.activate(users[id], "JBSWY3DPEHPK3PXP")
    return {member.name: users[id] for id, member in members.items()}


def user_of(actor: Actor) -> User:
    return users_of([actor])[actor.name]


def browser(actor: Actor, **headers: str) -> Client:
    """A browser in which one of the cast is signed in."""
    client = Client(headers=headers)
    client.force_login(user_of(actor), backend="fengchao.accounts.backend.Backend")
    return client
