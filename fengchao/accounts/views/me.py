"""My account: what I answer for, where I am signed in, my password and second factor."""

from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fengchao.areas.queries import names
from fengchao.web.notices import done
from fengchao.web.pages import Request

from ..actions import end_session, end_sessions, revoke_device
from ..gate import has_second_factor, needs_second_factor
from ..models import Device
from ..queries import duties_of
from ..roles import ROLES
from ..showing import signed_in


@login_required
def account(request: Request) -> HttpResponse:
    held = list(duties_of(request.user))
    known = names(duty.area.code or duty.lo for duty in held)
    kinds = list(request.user.authenticator_set.values_list("type", flat=True))
    return render(request, "accounts/account.html", {
        "duties": [(ROLES[duty.role], known[duty.area.code or duty.lo], duty) for duty in held],
        "totp": Authenticator.Type.TOTP in kinds, "passkeys": kinds.count(Authenticator.Type.WEBAUTHN),
        "bound": request.user.socialaccount_set.exists(),
        "second_factor": has_second_factor(request.user), "needed": needs_second_factor(request.user),
        **signed_in(request.user, request.session.session_key),
    })


@login_required
@require_POST
def end_one(request: Request, id: int) -> HttpResponse:
    end_session(by=request.actor, session=get_object_or_404(UserSession, id=id, user=request.user))
    done(request, _("已退出那一处的登录。"))
    return redirect("account")


@login_required
@require_POST
def end_others(request: Request) -> HttpResponse:
    count = end_sessions(by=request.actor, user=request.user, keep=request.session.session_key)
    done(request, _("已从 %(n)s 处退出登录。") % {"n": count})
    return redirect("account")


@login_required
@require_POST
def end_phone(request: Request, id: UUID) -> HttpResponse:
    revoke_device(by=request.actor, device=get_object_or_404(Device, id=id, user=request.user))
    done(request, _("那台手机已退出登录，下次联网时会清除数据。"))
    return redirect("account")
