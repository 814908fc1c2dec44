from django.urls import path

from .views import collect, tokens

urlpatterns = [
    path("exchange", tokens.tokens, name="tokens"),
    path("exchange/tokens/new", tokens.new, name="token_new"),
    path("exchange/tokens/collect", tokens.new_collect, name="token_collect"),
    path("exchange/tokens/<uuid:id>/revoke", tokens.revoke, name="token_revoke"),
    path("exchange/feeds", tokens.dictionary, name="feeds"),
    path("api/collect/formList", collect.form_list, name="collect_list"),
    path("api/collect/submission", collect.submission, name="collect_submission"),
    path("api/collect/forms/<uuid:id>.xml", collect.form, name="collect_form"),
    path("api/collect/forms/<uuid:id>/manifest", collect.manifest, name="collect_manifest"),
    path("api/collect/forms/<uuid:id>/doors.csv", collect.doors, name="collect_doors"),
]
