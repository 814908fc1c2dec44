"""What a household says to the questions of the verify visit (packs/base/forms/verify_visit)."""

from random import Random

HELP = ("送药上门", "帮忙买菜", "轮椅下楼", "水管漏水", "联系家属")
FROM = ("湖北武汉", "广东深圳", "上海浦东", "江西南昌")


def verify_visit(rng: Random, people: int) -> dict[str, object]:
    """Answers that hold against the form; most households have nothing to report."""
    if people == 0:
        return {"people": 0}
    answers: dict[str, object] = {"people": people, "changed": "no", "returned": "no", "help": "no"}
    if rng.random() < 0.05:
        answers |= {"returned": "yes", "returned_from": rng.choice(FROM)}
    if rng.random() < 0.04:
        answers |= {"help": "yes", "help_with": rng.choice(HELP)}
    if rng.random() < 0.06:
        answers["care"] = ["alone"]
    return answers
