from django.urls import path

from .views import collect, tokens, webhooks

urlpatterns = [
    path("exchange", tokens.tokens, name="tokens"),
    path("exchange/tokens/new", tokens.new, name="token_new"),
    path("exchange/tokens/collect", tokens.new_collect, name="token_collect"),
    path("exchange/tokens/<uuid:id>/revoke", tokens.revoke, name="token_revoke"),
    path("exchange/feeds", tokens.dictionary, name="feeds"),
    path("exchange/webhooks", webhooks.webhooks, name="webhooks"),
    path("exchange/webhooks/new", webhooks.new, name="webhook_new"),
    path("exchange/webhooks/<uuid:id>", webhooks.webhook, name="webhook"),
    path("exchange/webhooks/<uuid:id>/try", webhooks.try_now, name="webhook_try"),
    path("exchange/webhooks/<uuid:id>/end", webhooks.end, name="webhook_end"),
    path("exchange/webhooks/<uuid:id>/again/<uuid:message>", webhooks.again, name="webhook_again"),
    path("api/collect/formList", collect.form_list, name="collect_list"),
    path("api/collect/submission", collect.submission, name="collect_submission"),
    path("api/collect/forms/<uuid:id>.xml", collect.form, name="collect_form"),
    path("api/collect/forms/<uuid:id>/manifest", collect.manifest, name="collect_manifest"),
    path("api/collect/forms/<uuid:id>/doors.csv", collect.doors, name="collect_doors"),
]
