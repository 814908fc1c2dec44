from django.urls import path

from . import views

urlpatterns = [
    path("staff", views.staff, name="staff"),
    path("staff/upload", views.upload, name="staff_upload"),
    path("staff/template.xlsx", views.template, name="staff_template"),
    path("staff/<uuid:id>", views.one, name="staff_list"),
    path("staff/<uuid:id>/confirm", views.confirm, name="staff_confirm"),
    path("staff/<uuid:id>/drop", views.drop, name="staff_drop"),
]
