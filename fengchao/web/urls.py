from django.urls import path
from django.views.i18n import set_language

from . import views

urlpatterns = [
    path("", views.home, name="home"),
    path("language", set_language, name="set_language"),
    path("places", views.place_menu, name="place_menu"),
    path("me", views.me_menu, name="me_menu"),
]
