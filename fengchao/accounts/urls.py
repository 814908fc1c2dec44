from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.urls import path
from django.views.generic import RedirectView

from .views import duties, identity, matrix, me, overlays, users

# Of allauth's pages only those we use: accounts are opened by an administrator, so nobody signs up or asks for mail.
urlpatterns = [
    path("accounts/login/", account.login, name="account_login"),
    path("accounts/logout/", account.logout, name="account_logout"),
    path("accounts/inactive/", account.account_inactive, name="account_inactive"),
    path("accounts/reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("accounts/password/", account.password_change, name="account_change_password"),
    path("accounts/password/set/", account.password_set, name="account_set_password"),
    path("accounts/2fa/", RedirectView.as_view(pattern_name="account"), name="mfa_index"),
    path("accounts/2fa/authenticate/", mfa.authenticate, name="mfa_authenticate"),
    path("accounts/2fa/reauthenticate/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("accounts/2fa/activate/", totp.activate_totp, name="mfa_activate_totp"),
    path("accounts/2fa/deactivate/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("accounts/2fa/codes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("accounts/2fa/codes/generate/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("accounts/2fa/codes/download/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("accounts/passkeys/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("accounts/passkeys/add/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path("accounts/passkeys/login/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("accounts/passkeys/reauthenticate/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("accounts/passkeys/<int:pk>/edit/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    path("accounts/passkeys/<int:pk>/remove/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
    path("accounts/oidc/<slug:provider_id>/login/", identity.login, name="openid_connect_login"),
    path("accounts/oidc/<slug:provider_id>/login/callback/", identity.callback, name="openid_connect_callback"),

    path("areas/overlays", overlays.overlays, name="overlays"),
    path("areas/overlays/add", overlays.add, name="overlay_add"),
    path("areas/overlays/<uuid:id>/<slug:deed>", overlays.change, name="overlay_change"),
    path("account", me.account, name="account"),
    path("account/sessions/others/end", me.end_others, name="end_other_sessions"),
    path("account/sessions/<int:id>/end", me.end_one, name="end_session"),
    path("account/phones/<uuid:id>/end", me.end_phone, name="end_phone"),
    path("matrix", matrix.matrix, name="matrix"),
    path("duties/give", duties.give, name="duty_give"),
    path("duties/choose", duties.choose, name="duty_choose"),
    path("duties/<uuid:id>/end", duties.end, name="duty_end"),
    path("users", users.users, name="users"),
    path("users/new", users.new, name="user_new"),
    path("users/<uuid:id>", users.user, name="user"),
    path("users/<uuid:id>/reset", users.reset, name="user_reset"),
    path("users/<uuid:id>/sign-out", users.sign_out, name="user_sign_out"),
    path("users/<uuid:id>/close", users.close, name="user_close"),
    path("users/<uuid:id>/loosen", users.loosen, name="user_loosen"),
    path("users/<uuid:id>/open", users.open_again, name="user_open"),
]
