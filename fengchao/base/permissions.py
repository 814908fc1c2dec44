"""What an actor may do. Roles (accounts.roles) are sets of these; nothing else decides."""

from enum import StrEnum


class Permission(StrEnum):
    SEE_PLACES = "see_places"
    SEE_PEOPLE = "see_people"
    REVEAL = "reveal"
    EDIT_REGISTER = "edit_register"
    IMPORT = "import"
    EXPORT = "export"
    SEE_COVERAGE = "see_coverage"
    DECLARE = "declare"
    ASSIGN = "assign"
    RECORD = "record"
    SIGN_OFF = "sign_off"
    CONFIRM_RETURN = "confirm_return"
    MANAGE_AREAS = "manage_areas"
    MANAGE_USERS = "manage_users"
    GIVE_DUTY = "give_duty"
    SEE_AUDIT = "see_audit"
    CLOSE_OUT = "close_out"
    GIVE_ACCESS = "give_access"
    REVIEW_EMERGENCY = "review_emergency"
