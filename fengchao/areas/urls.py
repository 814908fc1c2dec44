from django.urls import path, register_converter

from . import views


class Deed:
    regex = "|".join(sorted(views.DEEDS, key=len, reverse=True))

    def to_python(self, value: str) -> str:
        return value

    to_url = to_python


register_converter(Deed, "area_deed")

urlpatterns = [
    path("areas", views.areas, name="areas"),
    path("areas/pick", views.pick, name="area_pick"),
    path("areas/<int:code>/<area_deed:deed>", views.change, name="area_change"),
]
