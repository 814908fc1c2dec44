"""A campaign as a form that ODK Collect can fill in: which door, what came of it, then the campaign's own questions.

The doors are a list beside the form (doors.csv), so that it can change while the form stays. The task's version comes
along from that list, so that a visit made without knowing of a colleague's is marked as on our own phone.
Our questions stand in a group whose name no questionnaire can have: a hyphen is not allowed there.
"""

from collections.abc import Iterable
from hashlib import md5
from uuid import UUID

from lxml import etree

from fengchao.packs import Outcome, Words
from fengchao.work.models import Campaign
from fengchao.work.showing import outcomes as outcomes_of

XF, JR, ORX = "http://www.w3.org/2002/xforms", "http://openrosa.org/javarosa", "http://openrosa.org/xforms"
NS = {"x": XF, "h": "http://www.w3.org/1999/xhtml"}
VISIT = "/data/fc-visit"
ITEMS = "/".join(("instance('{}')", "root", "item"))
PREFIX = "fengchao-"
PIXELS = "1600"  # the longer side of a photo, so that it stays under what a record may carry
DOOR, OUTCOME, NOTE = Words("哪一户", "Which door"), Words("结果", "Outcome"), Words("备注", "Note")
SEARCH = Words("输入楼号或房号查找；这里只有还没完成的户。", "Type a building or room. Only what remains is listed.")

EMPTY = f"""<h:html xmlns="{XF}" xmlns:h="{NS['h']}" xmlns:jr="{JR}" xmlns:orx="{ORX}"><h:head><h:title/><model
><itext><translation lang="中文 (zh)" default="true()"/><translation lang="English (en)"/></itext
><instance><data id="" version=""><meta><instanceID/></meta></data></instance
><bind nodeset="/data/meta/instanceID" type="string" readonly="true()" jr:preload="uid"/></model></h:head
><h:body/></h:html>"""


def form_id(campaign: UUID) -> str:
    return f"{PREFIX}{campaign}"


def campaign_of(form: str) -> UUID | None:
    try:
        return UUID(form.removeprefix(PREFIX)) if form.startswith(PREFIX) else None
    except ValueError:
        return None


def xform(campaign: Campaign) -> tuple[bytes, str]:
    """The form and its version, which changes whenever anything in it does."""
    tree = etree.fromstring((campaign.form.xform if campaign.form else EMPTY).encode())
    model, body = tree.find("h:head/x:model", NS), tree.find("h:body", NS)
    data = model.find("x:instance/x:data", NS)
    tree.find("h:head/h:title", NS).text = campaign.name
    data.set("id", form_id(campaign.id))
    outcomes = list(outcomes_of(campaign).values())
    _ask_only_if_somebody_was_there(model, data, outcomes)
    _speak(model, outcomes)
    _visit(model, data, outcomes)
    for place, question in enumerate(etree.fromstring(QUESTIONS)):
        body.insert(place, question)
    for upload in body.iterfind(".//x:upload", NS):
        for bind in model.iterfind("x:bind", NS):
            if bind.get("nodeset") == upload.get("ref"):
                bind.set(f"{{{ORX}}}max-pixels", PIXELS)
    data.set("version", "")
    version = f"{campaign.form.version if campaign.form else 0}-{md5(etree.tostring(tree)).hexdigest()[:8]}"
    data.set("version", version)
    return etree.tostring(tree, xml_declaration=True, encoding="utf-8"), version


def _ask_only_if_somebody_was_there(model: etree._Element, data: etree._Element, outcomes: list[Outcome]) -> None:
    """The campaign's questions belong to the outcomes that need them; questions inside a group follow the group."""
    asked = " or ".join(f"{VISIT}/outcome = '{one.code}'" for one in outcomes if one.needs_form) or "false()"
    binds = {bind.get("nodeset"): bind for bind in model.iterfind("x:bind", NS)}
    for name in dict.fromkeys(etree.QName(child).localname for child in data):
        if name == "meta":
            continue
        path = f"/data/{name}"
        bind = binds.get(path)
        if bind is None:
            bind = etree.SubElement(model, f"{{{XF}}}bind", nodeset=path)
        before = bind.get("relevant")
        bind.set("relevant", f"({asked}) and ({before})" if before else asked)


def _speak(model: etree._Element, outcomes: list[Outcome]) -> None:
    said = {f"fc-{outcome.code}": outcome.words for outcome in outcomes}
    said |= {"fc:door": DOOR, "fc:search": SEARCH, "fc:outcome": OUTCOME, "fc:note": NOTE}
    for translation in model.iterfind("x:itext/x:translation", NS):
        english = translation.get("lang", "").endswith("(en)")
        for key, words in said.items():
            text = etree.SubElement(translation, f"{{{XF}}}text", id=key)
            etree.SubElement(text, f"{{{XF}}}value").text = words.en if english else words.zh


def _visit(model: etree._Element, data: etree._Element, outcomes: list[Outcome]) -> None:
    group = etree.Element(f"{{{XF}}}fc-visit")
    for name in ("door", "version", "outcome", "note", "end"):
        etree.SubElement(group, f"{{{XF}}}{name}")
    data.insert(0, group)
    first = model.find("x:instance", NS)
    for instance in (_list("fc-outcomes", outcomes), etree.Element(f"{{{XF}}}instance", id="fc-doors",
                                                                   src="jr://file-csv/doors.csv")):
        first.addnext(instance)
    version = f"{ITEMS.format('fc-doors')}[name = {VISIT}/door]/version"
    for name, said in {
        "door": {"type": "string", "required": "true()"},
        "version": {"type": "int", "calculate": version},
        "outcome": {"type": "string", "required": "true()"},
        "note": {"type": "string", "constraint": "string-length(.) <= 500"},
        "end": {"type": "dateTime", f"{{{JR}}}preload": "timestamp", f"{{{JR}}}preloadParams": "end"},
    }.items():
        etree.SubElement(model, f"{{{XF}}}bind", {"nodeset": f"{VISIT}/{name}", **said})


def _list(name: str, outcomes: Iterable[Outcome]) -> etree._Element:
    instance = etree.Element(f"{{{XF}}}instance", id=name)
    root = etree.SubElement(instance, f"{{{XF}}}root")
    for outcome in outcomes:
        item = etree.SubElement(root, f"{{{XF}}}item")
        etree.SubElement(item, f"{{{XF}}}itextId").text = f"fc-{outcome.code}"
        etree.SubElement(item, f"{{{XF}}}name").text = outcome.code
    return instance


QUESTIONS = f"""<h:body xmlns="{XF}" xmlns:h="{NS['h']}">
<select1 ref="{VISIT}/door" appearance="minimal autocomplete">
<label ref="jr:itext('fc:door')"/><hint ref="jr:itext('fc:search')"/>
<itemset nodeset="{ITEMS.format('fc-doors')}"><value ref="name"/><label ref="label"/></itemset></select1>
<select1 ref="{VISIT}/outcome"><label ref="jr:itext('fc:outcome')"/>
<itemset nodeset="{ITEMS.format('fc-outcomes')}">
<value ref="name"/><label ref="jr:itext(itextId)"/></itemset></select1>
<input ref="{VISIT}/note" appearance="multiline"><label ref="jr:itext('fc:note')"/></input>
</h:body>"""
