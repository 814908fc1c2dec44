"""Accounts: find, open, hand over a one-time password, sign out, close."""

from uuid import UUID

from allauth.socialaccount.models import SocialAccount
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from fengchao.areas.queries import label, names
from fengchao.base.errors import Refused
from fengchao.base.lists import Filter, Listing, Order
from fengchao.base.permissions import Permission as P
from fengchao.base.places import Area
from fengchao.web.notices import done
from fengchao.web.pages import Request, page

from .. import actions
from ..forms import NewUser
from ..gate import has_second_factor
from ..models import Duty, User
from ..people_in import visible_user, visible_users
from ..queries import in_force
from ..roles import ROLES
from ..rules import givable, may_manage
from ..showing import signed_in

ORDERS = (Order("name", gettext_lazy("姓名"), ("name", "id")),
          Order("username", gettext_lazy("用户名"), ("username", "id")))


def _called(users: QuerySet, text: str) -> QuerySet:
    return users.filter(Q(name__icontains=text) | Q(username__icontains=text) | Q(unit__icontains=text))


def _with_role(users: QuerySet, role: str) -> QuerySet:
    return users.filter(Exists(Duty.objects.filter(in_force(), user=OuterRef("pk"), role=role)))


FILTERS = (
    Filter("q", gettext_lazy("姓名、用户名或单位"), _called),
    Filter("role", gettext_lazy("角色"), _with_role, [(role.code, role.name) for role in ROLES.values()]),
    Filter("state", gettext_lazy("状态"), lambda users, value: users.filter(is_active=value == "open"),
           [("open", gettext_lazy("启用")), ("closed", gettext_lazy("停用"))]),
)


@page(P.GIVE_DUTY)
def users(request: Request) -> HttpResponse:
    listing = Listing(request.GET, orders=ORDERS, filters=FILTERS)
    page_ = listing.page(visible_users(request.actor))
    duties: dict[UUID, list[Duty]] = {}
    for duty in Duty.objects.filter(in_force(), user__in=page_.rows).order_by("lo"):
        duties.setdefault(duty.user_id, []).append(duty)
    known = names(duty.area.code or duty.lo for held in duties.values() for duty in held)
    rows = [(user, [(ROLES[d.role].name, known[d.area.code or d.lo]) for d in duties.get(user.id, [])])
            for user in page_.rows]
    return render(request, "accounts/users.html", {"listing": listing, "page": page_, "rows": rows})


@page(P.GIVE_DUTY)
def new(request: Request) -> HttpResponse:
    form = NewUser(request.POST or None, by=request.actor)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data | {"home": Area.of(form.cleaned_data["home"])}
        try:
            user, password = actions.create_user(by=request.actor, **asked)
        except Refused as refused:
            form.add_error("username", refused.message)
        else:
            return _once(request, user, password)
    return render(request, "accounts/user_new.html", {"form": form})


def _once(request: Request, user: User, password: str) -> HttpResponse:
    """The one page that ever shows it; no copy of it is kept, by us or by the browser."""
    response = render(request, "accounts/one_time.html", {"user_": user, "password": password})
    response["Cache-Control"] = "no-store"
    return response


@page(P.GIVE_DUTY)
def user(request: Request, id: UUID) -> HttpResponse:
    user_ = visible_user(request.actor, id)
    held = list(user_.duties.order_by("-since", "lo"))
    known = names(duty.area.code or duty.lo for duty in held)
    current = set(Duty.objects.filter(in_force(), user=user_).values_list("id", flat=True))
    duties = [(duty, ROLES[duty.role], known[duty.area.code or duty.lo], duty.id in current,
               ROLES[duty.role] in givable(request.actor, duty.area)) for duty in held]
    home = label(user_.home.code) if user_.home.code else _("全国")
    managed = user_.id != request.actor.id and may_manage(request.actor, user_)
    return render(request, "accounts/user.html", {
        "user_": user_, "duties": duties, "may_manage": managed, "home": home,
        "second_factor": has_second_factor(user_),
        "bound": SocialAccount.objects.filter(user_id=user_.id).exists(), **signed_in(user_),
    })


@page(P.GIVE_DUTY)
@require_POST
def reset(request: Request, id: UUID) -> HttpResponse:
    user_ = visible_user(request.actor, id)
    return _once(request, user_, actions.reset_password(by=request.actor, user=user_))


@page(P.GIVE_DUTY)
@require_POST
def sign_out(request: Request, id: UUID) -> HttpResponse:
    count = actions.end_sessions(by=request.actor, user=visible_user(request.actor, id))
    done(request, _("已从 %(n)s 处退出登录。") % {"n": count})
    return redirect("user", id)


@page(P.GIVE_DUTY)
@require_POST
def loosen(request: Request, id: UUID) -> HttpResponse:
    actions.loosen_identity(by=request.actor, user=visible_user(request.actor, id))
    done(request, _("已解除绑定，各处已退出登录。下次可以绑定新的单位账号。"))
    return redirect("user", id)


@page(P.GIVE_DUTY)
@require_POST
def close(request: Request, id: UUID) -> HttpResponse:
    actions.deactivate(by=request.actor, user=visible_user(request.actor, id))
    done(request, _("账号已停用，各处已退出登录。"))
    return redirect("user", id)


@page(P.GIVE_DUTY)
@require_POST
def open_again(request: Request, id: UUID) -> HttpResponse:
    actions.activate(by=request.actor, user=visible_user(request.actor, id))
    done(request, _("账号已启用。"))
    return redirect("user", id)
