from django.urls import path

from . import views

urlpatterns = [
    path("designs", views.designs, name="designs"),
    path("designs/<uuid:design>", views.design, name="design"),
    path("designs/<uuid:design>/again", views.again, name="design_again"),
    path("designs/<uuid:design>/<int:number>/plan.xlsx", views.plan, name="design_plan"),
    path("designs/<uuid:design>/<int:number>/accept", views.accept, name="design_accept"),
]
