from django.urls import path
from django.views.generic import RedirectView

from .views import page

urlpatterns = [
    path("seen", page.seen, name="sightings"),
    path("seen/dismiss", page.dismiss, name="sightings_dismiss"),
    path("seen/reopen/<uuid:sighting>", page.reopen, name="sighting_reopen"),
    path("seen/lists/<uuid:run>", RedirectView.as_view(pattern_name="import_run"), name="sighting_list"),  # as it was
]
