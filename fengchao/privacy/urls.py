from django.urls import path

from .views import closing, looking, trail

urlpatterns = [
    path("register/people/<uuid:person>/reveal/<slug:what>", looking.reveal, name="person_reveal"),
    path("register/people/<uuid:person>/access", looking.access, name="person_access"),
    path("close-outs", closing.close_outs, name="close_outs"),
    path("close-outs/<uuid:campaign>", closing.close_out, name="close_out"),
    path("close-outs/<uuid:campaign>/count", closing.count, name="close_out_count"),
    path("close-outs/<uuid:campaign>/approve", closing.approve, name="close_out_approve"),
    path("close-outs/<uuid:campaign>/erase", closing.erase, name="close_out_erase"),
    path("close-outs/<uuid:campaign>/certificate", closing.certificate, name="certificate"),
    path("audit", trail.audit, name="audit"),
    path("audit/verify", trail.verify, name="audit_verify"),
]
