from django.urls import path

from .views import bulk, exports, imports, moving, national, person, register, regridding

urlpatterns = [
    path("register", register.register, name="register"),
    path("register/households/<uuid:dwelling>", register.household, name="household"),
    path("register/people/<uuid:person>", person.person, name="person"),
    path("register/people/<uuid:person>/edit", person.edit, name="person_edit"),
    path("register/people/<uuid:person>/move", moving.move, name="person_move"),
    path("register/people/<uuid:person>/lives-here", moving.settle, name="person_lives_here"),
    path("register/twice", moving.twice, name="twice"),
    path("register/people/<uuid:person>/merge", person.merge, name="person_merge"),
    path("register/merges/<uuid:merge>/undo", person.unmerge, name="person_unmerge"),
    path("register/bulk", bulk.bulk, name="register_bulk"),
    path("register.xlsx", exports.register_export, name="register_export"),
    path("areas/national", national.files, name="national"),
    path("areas/national/<uuid:id>", national.one, name="national_file"),
    path("areas/national/<uuid:id>/<slug:deed>", national.decide, name="national_decide"),
    path("areas/regridding", regridding.regriddings, name="regriddings"),
    path("areas/regridding/new", regridding.draft, name="regrid_draft"),
    path("areas/regridding/sheet.xlsx", regridding.sheet, name="regrid_sheet"),
    path("areas/regridding/<uuid:id>", regridding.regridding, name="regridding"),
    path("areas/regridding/<uuid:id>/<slug:deed>", regridding.decide, name="regrid_decide"),
    path("imports/template.xlsx", exports.template, name="register_template"),
    path("imports", imports.imports, name="imports"),
    path("imports/upload", imports.upload, name="import_upload"),
    path("imports/<uuid:run>", imports.run, name="import_run"),
    path("imports/<uuid:run>/try", imports.try_it, name="import_try"),
    path("imports/<uuid:run>/change", imports.change, name="import_change"),
    path("imports/<uuid:run>/confirm", imports.confirm, name="import_confirm"),
    path("imports/<uuid:run>/drop", imports.drop, name="import_drop"),
    path("imports/<uuid:run>/refused.xlsx", imports.errors, name="import_errors"),
]
