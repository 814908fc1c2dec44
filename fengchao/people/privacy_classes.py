"""How personal each column of the register is. A column without a class fails a law.

open: no person behind it · scoped: seen by whoever is in scope · masked: shown masked, revealed for a purpose ·
sealed: never shown, only matched.
"""

_PLACE = dict.fromkeys(("id", "grid", "tx", "building", "dwelling", "household"), "open")

CLASSES: dict[str, dict[str, str]] = {
    "Household": _PLACE | {"number": "scoped"},
    "Person": _PLACE | {
        "name": "scoped", "initials": "scoped", "sex": "scoped", "born": "scoped", "id_kind": "scoped",
        "ric_sealed": "masked", "ric_blind": "sealed", "ric_tail": "sealed",
        "phone_sealed": "masked", "phone_blind": "sealed", "phone_tail": "sealed",
        "relation": "scoped", "basis": "scoped", "presence": "scoped", "workplace": "scoped", "hukou": "masked",
        "remark": "scoped", "source": "open", "confirmed": "open", "merged_into": "open",
    },
    "Residence": _PLACE | {"person": "open", "basis": "scoped", "since": "scoped", "until": "scoped"},
    "CareTag": _PLACE | {"person": "open", "code": "scoped", "since": "scoped", "until": "scoped", "source": "open"},
    "Merge": _PLACE | {"kept": "open", "gone": "open", "before": "sealed", "by": "open", "at": "open",
                       "undone": "open"},
    "ImportRun": _PLACE | {
        "target": "open", "source": "open", "file_name": "open", "file_hash": "open", "signature": "open",
        "sheet": "open", "header": "open", "mapping": "open", "state": "open", "counts": "open",
        "findings": "scoped", "by": "open", "at": "open", "finished": "open",
    },
    "Premises": _PLACE | {"name": "open", "kind": "open", "uscc": "open", "address": "open", "contact": "scoped",
                          "phone_sealed": "masked", "staff": "open", "walk": "open",
                          "closed": "open"},
}
