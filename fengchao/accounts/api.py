"""A phone signs in once, and leaves."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from fengchao.areas.queries import label
from fengchao.base.actor import Actor
from fengchao.base.scope import acting

from .actions import enrol_device, revoke_device
from .bearer import BearerAuth
from .models import Device, Duty
from .queries import actor_of, duties_of
from .sign_in import check_password_and_code
from .tokens import hash_of, new_token

router = Router(tags=["devices"])


class Enrolment(Schema):
    username: str = Field(max_length=60)
    password: str = Field(max_length=200)
    code: str = Field("", max_length=20)
    device_name: str = Field(max_length=60)


class DutyOut(Schema):
    role: str
    area: int
    area_name: str
    until: str | None = None


class UserOut(Schema):
    id: UUID
    name: str
    duties: list[DutyOut]


class DeviceOut(Schema):
    id: UUID


class Enrolled(Schema):
    token: str
    device: DeviceOut
    user: UserOut
    expires_at: str


class Refusal(Schema):
    code: str
    message: str
    fields: list[str] | None = None


REFUSALS = {401: Refusal, 403: Refusal, 400: Refusal, 429: Refusal}


@router.post("/devices/enrol", response={201: Enrolled, **REFUSALS}, summary="Sign in on a phone")
def enrol(request: HttpRequest, payload: Enrolment) -> Status:
    user = check_password_and_code(request, payload.username, payload.password, payload.code)
    token = new_token()
    with acting(actor_of(user, address=request.META.get("REMOTE_ADDR", ""))) as actor:
        device = enrol_device(by=actor, user=user, name=payload.device_name, token_hash=hash_of(token))
        duties = [duty_out(duty) for duty in duties_of(user)]
    return Status(201, {
        "token": token, "device": {"id": device.id}, "expires_at": device.expires.isoformat(),
        "user": {"id": user.id, "name": user.name, "duties": duties},
    })


def duty_out(duty: Duty) -> dict:
    code = duty.area.code or duty.lo
    return {"role": duty.role, "area": code, "area_name": label(code), "until": duty.until and duty.until.isoformat()}


@router.post("/devices/leave", auth=BearerAuth(), response={204: None, 401: Refusal}, summary="Sign this phone out")
def leave(request: HttpRequest) -> Status:
    actor: Actor = request.auth
    with acting(actor):
        revoke_device(by=actor, device=Device.objects.get(id=actor.device_id))
    return Status(204, None)
