from django.urls import path

from .views import person, register

urlpatterns = [
    path("register", register.register, name="register"),
    path("register/households/<uuid:dwelling>", register.household, name="household"),
    path("register/people/<uuid:person>", person.person, name="person"),
    path("register/people/<uuid:person>/edit", person.edit, name="person_edit"),
    path("register/people/<uuid:person>/merge", person.merge, name="person_merge"),
    path("register/merges/<uuid:merge>/undo", person.unmerge, name="person_unmerge"),
]
