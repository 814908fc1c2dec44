from django.urls import path

from . import views

urlpatterns = [
    path("returns", views.returns, name="returns"),
    path("returns/confirm", views.confirm, name="returns_confirm"),
    path("returns.xlsx", views.download, name="returns_xlsx"),
]
