from django.urls import path

from . import views

urlpatterns = [
    path("phones", views.phones, name="phones"),
    path("phones/<uuid:device>/revoke", views.phone_revoke, name="phone_revoke"),
    path("phones/held", views.held, name="held"),
    path("phones/held/<uuid:held>/resolve", views.held_resolve, name="held_resolve"),
    path("phones/held/<uuid:held>/retry", views.held_retry, name="held_retry"),
    path("phones/conflicts", views.conflicts, name="conflicts"),
    path("phones/conflicts/<uuid:record>", views.conflict_decide, name="conflict_decide"),
    path("phones/complaints", views.complaints, name="complaints"),
    path("phones/complaints/<uuid:complaint>", views.complaint_answer, name="complaint_answer"),
    path("phones/outbox", views.outbox_file, name="outbox"),
]
