from django.urls import path

from .views import assigning, board, building, campaigns, coverage, door, doors

urlpatterns = [
    path("board", board.board, name="board"),
    path("doors", doors.doors, name="doors"),
    path("doors/paper", doors.paper, name="doors_paper"),
    path("doors/export", doors.export, name="doors_export"),
    path("doors/assign", assigning.assign, name="doors_assign"),
    path("doors/exclude", assigning.exclude, name="doors_exclude"),
    path("doors/include", assigning.include, name="doors_include"),
    path("doors/hand-over", assigning.hand_over, name="doors_hand_over"),
    path("doors/undo", assigning.undo, name="doors_undo"),
    path("doors/<uuid:task>", door.door, name="door"),
    path("doors/<uuid:task>/record", door.record, name="door_record"),
    path("coverage", coverage.coverage, name="coverage"),
    path("coverage/sign", coverage.sign, name="sign_off"),
    path("coverage/signed/<uuid:sign_off>/withdraw", coverage.withdraw, name="sign_off_withdraw"),
    path("buildings/<uuid:building>", building.building, name="building"),
    path("campaigns", campaigns.campaigns, name="campaigns"),
    path("campaigns/declare", campaigns.declare, name="declare"),
    path("campaigns/<uuid:campaign>", campaigns.campaign, name="campaign"),
    path("campaigns/<uuid:campaign>/close", campaigns.close, name="campaign_close"),
]
