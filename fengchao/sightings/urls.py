from django.urls import path

from .views import lists, page

urlpatterns = [
    path("seen", page.seen, name="sightings"),
    path("seen/dismiss", page.dismiss, name="sightings_dismiss"),
    path("seen/reopen/<uuid:sighting>", page.reopen, name="sighting_reopen"),
    path("seen/lists/upload", lists.upload, name="sighting_upload"),
    path("seen/lists/<uuid:run>", lists.run, name="sighting_list"),
    path("seen/lists/<uuid:run>/try", lists.try_it, name="sighting_try"),
    path("seen/lists/<uuid:run>/change", lists.change, name="sighting_change"),
    path("seen/lists/<uuid:run>/confirm", lists.confirm, name="sighting_confirm"),
    path("seen/lists/<uuid:run>/drop", lists.drop, name="sighting_drop"),
    path("seen/lists/<uuid:run>/refused.xlsx", lists.errors, name="sighting_errors"),
]
