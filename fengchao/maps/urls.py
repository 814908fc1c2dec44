from django.urls import path

from .views import imports, map

urlpatterns = [
    path("map", map.map_page, name="map"),
    path("map/imports", imports.imports, name="map_imports"),
    path("map/imports/<uuid:row>", imports.preview, name="map_import"),
    path("map/imports/<uuid:row>/restate", imports.restate, name="map_import_restate"),
    path("map/imports/<uuid:row>/confirm", imports.confirm, name="map_import_confirm"),
    path("map/imports/<uuid:row>/drop", imports.drop, name="map_import_drop"),
]
