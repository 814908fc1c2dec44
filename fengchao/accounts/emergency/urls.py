from django.urls import path

from . import views

urlpatterns = [
    path("emergency", views.emergency, name="emergency"),
    path("emergency/places", views.places, name="emergency_places"),
    path("emergency/all", views.emergencies, name="emergencies"),
    path("emergency/<uuid:id>", views.one, name="emergency_one"),
    path("emergency/<uuid:id>/end", views.end, name="emergency_end"),
]
