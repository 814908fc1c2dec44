from django.urls import path

from . import views

urlpatterns = [
    path("forms", views.forms, name="forms"),
    path("forms/<uuid:form>", views.form, name="form"),
    path("forms/<uuid:form>/workbook.xlsx", views.workbook, name="form_workbook"),
    path("campaigns/<uuid:campaign>/answers.xlsx", views.answers, name="answers"),
]
