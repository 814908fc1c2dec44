"""How personal each column is, as in people.privacy_classes."""

CLASSES: dict[str, dict[str, str]] = {
    "Sighting": dict.fromkeys(
        ("id", "grid", "tx", "source", "building", "dwelling", "person", "seen_on", "expires", "dismissed"), "open",
    ) | {
        "name": "scoped", "initials": "scoped", "born": "scoped", "place": "scoped",
        "ric_sealed": "masked", "ric_blind": "sealed", "phone_sealed": "masked", "phone_blind": "sealed",
        "identity": "sealed",
    },
}  # fmt: skip
