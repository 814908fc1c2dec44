"""Every column about a person says how personal it is, and what is masked or sealed is stored so."""

import pytest
from django.apps import apps
from django.db import models

from fengchao.people import privacy_classes as people
from fengchao.sightings import privacy_classes as sightings

CLASSES = people.CLASSES | sightings.CLASSES
NOUNS = ("people", "sightings")
MODELS = [model for noun in NOUNS for model in apps.get_app_config(noun).get_models()]
NOBODY = {"Building", "Dwelling", "Source", "Estimate"}  # places, names of lists, and counts
LEVELS = {"open", "scoped", "masked", "sealed"}
PERSONAL = [model for model in MODELS if model.__name__ not in NOBODY]


@pytest.mark.parametrize("model", PERSONAL, ids=lambda m: m.__name__)
def test_every_column_about_a_person_has_a_privacy_class(model):
    columns = {field.name for field in model._meta.concrete_fields}
    classes = CLASSES.get(model.__name__, {})
    assert columns <= set(classes), f"give a class to {columns - set(classes)} in privacy_classes.py"
    assert set(classes.values()) <= LEVELS


def test_no_class_is_kept_for_a_table_that_is_gone():
    assert set(CLASSES) <= {model.__name__ for model in MODELS}


@pytest.mark.parametrize("model", PERSONAL, ids=lambda m: m.__name__)
def test_ids_and_phones_are_never_stored_in_clear(model):
    for field in model._meta.concrete_fields:
        if any(word in field.name for word in ("ric", "phone")) and not field.name.startswith("id_"):
            assert isinstance(field, models.BinaryField), field.name
