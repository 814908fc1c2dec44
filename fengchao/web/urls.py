from django.urls import path
from django.views.generic import RedirectView
from django.views.i18n import set_language

from . import progress, saved, views
from .phone import phone

urlpatterns = [
    path("", views.home, name="home"),
    path("language", set_language, name="set_language"),
    path("places", views.place_menu, name="place_menu"),
    path("progress/<uuid:id>", progress.progress, name="progress"),
    path("filters/save", saved.save, name="filter_save"),
    path("filters/<uuid:saved>/drop", saved.drop, name="filter_drop"),
    path("me", views.me_menu, name="me_menu"),
    path("field", RedirectView.as_view(url="/field/"), name="phone_slash"),
    path("field/", phone, name="phone"),
    path("field/<path:path>", phone, name="phone_file"),
]
