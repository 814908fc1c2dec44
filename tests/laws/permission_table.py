"""Who may open what: one line an address. A new address is added here, or the law beside this fails.

Columns: nobody signed in, Alice (grid worker), Carol (secretary of the community), Dave (officer of the street),
Erin (inspector of the county), Frank (grid worker of another community), Grace (data steward of the community),
Heidi (system administrator of the province). Places in braces are of Hongqiao, where Frank has no duty: 404, and
not even that they exist. 302 without sign-in leads to it.
"""

COLUMNS = ("nobody", "Alice", "Carol", "Dave", "Erin", "Frank", "Grace", "Heidi")

TABLE = """
# name               method path                             nobody Alice Carol Dave Erin Frank Grace Heidi
home                 GET    /                                302    302   302   302  302  302   302   302
set_language         POST   /language                        302    302   302   302  302  302   302   302
place_menu           GET    /places                          302    200   200   200  200  200   200   200
place_menu           GET    /places?area={community}         302    404   200   200  200  404   200   200
filter_save          POST   /filters/save                    302    400   400   400  400  400   400   400
filter_drop          POST   /filters/{person}/drop           302    404   404   404  404  404   404   404
register_bulk        POST   /register/bulk                   302    422   422   422  403  422   422   403
me_menu              GET    /me                              302    200   200   200  200  200   200   200
returns              GET    /returns                         302    403   200   200  200  403   200   403
returns              GET    /returns?area={community}        302    404   200   200  200  404   200   403
returns_confirm      POST   /returns/confirm?area={community} 302   403   302   302  403  403   403   403
returns_xlsx         GET    /returns.xlsx?area={community}   302    403   200   200  403  403   200   403
phones               GET    /phones                          302    403   200   200  403  403   403   403
phone_revoke         POST   /phones/{task}/revoke            302    403   404   404  403  403   403   403
held                 GET    /phones/held                     302    403   200   200  403  403   403   403
held                 GET    /phones/held?area={community}    302    403   200   200  403  403   403   403
held_resolve         POST   /phones/held/{task}/resolve      302    403   404   404  403  403   403   403
held_retry           POST   /phones/held/{task}/retry        302    403   404   404  403  403   403   403
conflicts            GET    /phones/conflicts                302    403   200   200  403  403   403   403
conflict_decide      POST   /phones/conflicts/{task}         302    403   404   404  403  403   403   403
complaints           GET    /phones/complaints               302    403   200   200  403  403   403   403
complaint_answer     POST   /phones/complaints/{task}        302    403   404   404  403  403   403   403
outbox               GET    /phones/outbox                   302    403   200   200  403  403   403   403
account              GET    /account                         302    200   200   200  200  200   200   200
end_other_sessions   POST   /account/sessions/others/end     302    302   302   302  302  302   302   302
end_session          POST   /account/sessions/1/end          302    404   404   404  404  404   404   404
end_phone            POST   /account/phones/{person}/end     302    404   404   404  404  404   404   404
matrix               GET    /matrix                          302    200   200   200  200  200   200   200
matrix               GET    /matrix?area={community}         302    404   200   200  200  404   200   200
duty_give            GET    /duties/give?area={grid}         302    403   200   200  403  403   403   200
duty_give            POST   /duties/give?area=350206&role=grid_worker 302 403 404 404 403  403   403   404
duty_choose          GET    /duties/choose?q=frank           302    403   200   200  403  403   403   200
duty_end             POST   /duties/{person}/end             302    403   404   404  403  403   403   404
users                GET    /users                           302    403   200   200  403  403   403   200
user_new             GET    /users/new                       302    403   200   200  403  403   403   200
user                 GET    /users/{frank}                   302    403   404   200  403  403   403   200
user_reset           POST   /users/{frank}/reset             302    403   404   200  403  403   403   200
user_sign_out        POST   /users/{frank}/sign-out          302    403   404   302  403  403   403   302
user_close           POST   /users/{frank}/close             302    403   404   302  403  403   403   302
user_open            POST   /users/{frank}/open              302    403   404   302  403  403   403   302
areas                GET    /areas                           302    200   200   200  200  200   200   200
areas                GET    /areas?area={community}          302    404   200   200  200  404   200   200
area_pick            GET    /areas/pick?place_words=x        302    200   200   200  200  200   200   200
area_change          POST   /areas/{community}/add-grid      302    403   404   404  403  403   403   404
healthz              GET    /healthz                         200    200   200   200  200  200   200   200
progress             GET    /progress/{person}               302    404   404   404  404  404   404   404
board                GET    /board                           302    200   200   200  200  200   200   403
board                GET    /board?area={community}          302    404   200   200  200  404   200   403
doors                GET    /doors?area={grid}               302    200   200   200  200  404   200   403
doors                GET    /doors?area={community}&show=all 302    404   200   200  200  404   200   403
doors_paper          GET    /doors/paper?area={grid}         302    200   200   200  200  404   200   403
doors_export         GET    /doors/export?area={grid}        302    403   200   200  403  403   200   403
door                 GET    /doors/{task}                    302    200   200   200  200  404   200   403
door_record          POST   /doors/{task}/record             302    422   422   422  403  404   403   403
doors_assign         POST   /doors/assign                    302    403   422   422  403  403   403   403
doors_exclude        POST   /doors/exclude                   302    403   422   422  403  403   403   403
doors_include        POST   /doors/include                   302    403   422   422  403  403   403   403
doors_hand_over      POST   /doors/hand-over                 302    403   400   400  403  403   403   403
doors_undo           POST   /doors/undo                      302    403   302   302  403  403   403   403
coverage             GET    /coverage?area={grid}            302    200   200   200  200  404   200   403
coverage             GET    /coverage?area={community}       302    404   200   200  200  404   200   403
sign_off             POST   /coverage/sign?area={grid}       302    400   400   400  400  400   400   403
sign_off_withdraw    POST   /coverage/signed/{signed}/withdraw 302  302   302   302  403  404   403   403
building             GET    /buildings/{building}            302    200   200   200  200  404   200   403
campaigns            GET    /campaigns                       302    200   200   200  200  200   200   403
declare              GET    /campaigns/declare               302    403   200   200  403  403   403   403
campaign             GET    /campaigns/{campaign}            302    200   200   200  200  404   200   403
campaign_close       POST   /campaigns/{campaign}/close      302    403   302   302  403  403   403   403
register             GET    /register                        302    200   200   200  403  200   200   403
register             GET    /register?area={grid}            302    200   200   200  403  404   200   403
register             GET    /register?q=ZW                   302    200   200   200  403  200   200   403
household            GET    /register/households/{door}      302    200   200   200  403  404   200   403
person               GET    /register/people/{person}        302    200   200   200  403  404   200   403
person_edit          GET    /register/people/{person}/edit   302    200   200   200  403  404   200   403
person_reveal        POST   /register/people/{person}/reveal/phone 302 422 422 422  403  422   422   403
forms                GET    /forms                           302    403   200   200  403  403   403   403
forms                POST   /forms                           302    403   422   422  403  403   403   403
form                 GET    /forms/{form}                    302    200   200   200  200  200   200   403
form_workbook        GET    /forms/{form}/workbook.xlsx      302    403   200   200  403  403   403   403
answers              GET    /campaigns/{campaign}/answers.xlsx 302  403   200   200  403  403   200   403
person_access        GET    /register/people/{person}/access 302    200   200   200  403  404   200   403
close_outs           GET    /close-outs                      302    403   200   200  403  403   200   403
close_out            GET    /close-outs/{campaign}           302    403   200   200  403  403   200   403
close_out_count      POST   /close-outs/{campaign}/count     302    403   409   409  403  403   409   403
close_out_approve    POST   /close-outs/{campaign}/approve   302    403   404   404  403  403   404   403
close_out_erase      POST   /close-outs/{campaign}/erase     302    403   409   409  403  403   409   403
certificate          GET    /close-outs/{campaign}/certificate 302  403   404   404  403  403   404   403
designs              GET    /designs                         302    403   200   200  403  403   403   200
designs              GET    /designs?area={community}        302    403   200   200  403  403   403   200
designs              POST   /designs?area={community}        302    403   422   422  403  403   403   200
design               GET    /designs/{design}                302    403   200   200  403  403   403   200
design_again         POST   /designs/{design}/again          302    403   302   302  403  403   403   403
design_plan          GET    /designs/{design}/1/plan.xlsx    302    403   200   200  403  403   403   200
audit                GET    /audit                           302    403   403   200  200  403   200   200
audit_verify         POST   /audit/verify                    302    403   403   302  302  403   302   302
person_merge         POST   /register/people/{person}/merge  302    400   400   400  403  400   400   403
register_export      GET    /register.xlsx?area={grid}       302    403   200   200  403  403   200   403
register_export      POST   /register.xlsx?area={grid}       302    403   422   422  403  403   422   403
register_template    GET    /imports/template.xlsx           302    403   200   200  403  403   200   403
imports              GET    /imports                         302    403   200   200  403  403   200   403
imports              GET    /imports?area={community}        302    403   200   200  403  403   200   403
import_upload        POST   /imports/upload?area={community} 302    403   422   422  403  403   422   403
import_run           GET    /imports/{run}                   302    403   200   200  403  403   200   403
import_try           POST   /imports/{run}/try               302    403   302   302  403  403   302   403
import_change        POST   /imports/{run}/change            302    403   409   409  403  403   409   403
import_confirm       POST   /imports/{run}/confirm           302    403   302   302  403  403   302   403
import_drop          POST   /imports/{run}/drop              302    403   302   302  403  403   302   403
import_errors        GET    /imports/{run}/refused.xlsx      302    403   409   409  403  403   409   403
person_unmerge       POST   /register/merges/{person}/undo   302    404   404   404  403  404   404   403
"""

# Addresses that guard themselves: sign-in pages are for everybody, the rest asks for a session or a device's token,
# and its own tests say so. The phone's program holds nothing until somebody signs in on it.
GUARDED_ELSEWHERE = ("account_", "mfa_", "api:", "static", "phone")
