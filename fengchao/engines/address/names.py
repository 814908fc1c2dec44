"""How divisions are named and shortened, and what many people still call those that are gone."""

import re

_ETHNIC = (
    "蒙古族|蒙古|回族|藏族|维吾尔|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克|傣族|黎族|"
    "傈僳族|佤族|畲族|高山族|拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜|土族|达斡尔族|达斡尔|仫佬族|羌族|布朗族|撒拉族|"
    "毛南族|仡佬族|锡伯族|锡伯|阿昌族|普米族|塔吉克|怒族|鄂温克族|鄂温克|德昂族|保安族|裕固族|独龙族|鄂伦春|赫哲族|"
    "门巴族|珞巴族|各族"
)
_AUTONOMOUS = re.compile(rf"(?:{_ETHNIC})*自治(?P<rank>[区州县旗])$")
_RANK = re.compile("(?:特别行政区|地区|新区|林区|特区|矿区|[省市区县盟旗州])$")

# Not the name of a place: only a heading in the statistical codes.
HEADINGS = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})

STREET_SUFFIX = re.compile("街道办事处|街道办|街道|(?:民族|[一-龥]{1,3}族)?[乡镇]|(?:地区)?办事处|地区|苏木")
COMMUNITY_SUFFIX = re.compile(
    "社区居民委员会|社区居委会|社区村委会|社区|村民委员会|村委会|村委|居民委员会|居委会|居委|村(?![民花苑])|嘎查"
)
_STREET_END = re.compile(f"(?:{STREET_SUFFIX.pattern})$")
# Longer endings first. Not the pattern above: this is asked 620,000 times.
_COMMUNITY_ENDS = (
    "社区居民委员会", "社区居委会", "社区村委会", "村民委员会", "居民委员会", "村委会", "居委会", "社区", "村", "嘎查"
)  # fmt: skip


def forms(name: str, level: int) -> tuple[str, ...]:
    """The ways to write a division: in full first; streets and communities only without what follows the name."""
    if level == 4:
        return (_STREET_END.sub("", name) or name,)
    if level == 5:
        end = next((end for end in _COMMUNITY_ENDS if name.endswith(end)), "")
        return (name.removesuffix(end) or name,)
    if name in HEADINGS:
        return ()
    found = _AUTONOMOUS.search(name)
    if found and found["rank"] == "州":  # 延边州 is as common as 延边
        short = name[: found.start()]
        return (name, short + "州", short)
    short = name[: found.start()] if found else _RANK.sub("", name)
    return (name, short) if len(short) > 1 else (name,)


# (city, former county, county that now has most of it). A county that only changed from 县 to 市 or 区 needs no line:
# its name is matched without that last character.
FORMER = (
    ("北京市", "崇文区", "东城区"),
    ("北京市", "宣武区", "西城区"),
    ("天津市", "塘沽区", "滨海新区"),
    ("天津市", "汉沽区", "滨海新区"),
    ("天津市", "大港区", "滨海新区"),
    ("上海市", "卢湾区", "黄浦区"),
    ("上海市", "南市区", "黄浦区"),
    ("上海市", "闸北区", "静安区"),
    ("上海市", "南汇区", "浦东新区"),
    ("杭州市", "江干区", "上城区"),
    ("杭州市", "下城区", "拱墅区"),
    ("宁波市", "江东区", "鄞州区"),
    ("绍兴市", "绍兴县", "柯桥区"),
    ("南京市", "下关区", "鼓楼区"),
    ("南京市", "白下区", "秦淮区"),
    ("南京市", "大厂区", "六合区"),
    ("苏州市", "沧浪区", "姑苏区"),
    ("苏州市", "平江区", "姑苏区"),
    ("苏州市", "金阊区", "姑苏区"),
    ("苏州市", "吴县", "吴中区"),
    ("无锡市", "崇安区", "梁溪区"),
    ("无锡市", "南长区", "梁溪区"),
    ("无锡市", "北塘区", "梁溪区"),
    ("常州市", "戚墅堰区", "武进区"),
    ("徐州市", "九里区", "泉山区"),
    ("扬州市", "维扬区", "邗江区"),
    ("淮安市", "清河区", "清江浦区"),
    ("淮安市", "清浦区", "清江浦区"),
    ("南通市", "港闸区", "崇川区"),
    ("广州市", "东山区", "越秀区"),
    ("广州市", "芳村区", "荔湾区"),
    ("广州市", "萝岗区", "黄埔区"),
    ("汕头市", "达濠区", "濠江区"),
    ("福州市", "郊区", "晋安区"),
    ("厦门市", "开元区", "思明区"),
    ("厦门市", "鼓浪屿区", "思明区"),
    ("厦门市", "杏林区", "海沧区"),
    ("三明市", "梅列区", "三元区"),
    ("青岛市", "四方区", "市北区"),
    ("青岛市", "胶南市", "黄岛区"),
    ("济南市", "历城县", "历城区"),
    ("济南市", "莱芜市", "莱芜区"),
    ("德州市", "陵县", "陵城区"),
    ("石家庄市", "桥东区", "长安区"),
    ("邢台市", "桥东区", "襄都区"),
    ("邢台市", "桥西区", "信都区"),
    ("保定市", "新市区", "竞秀区"),
    ("保定市", "北市区", "莲池区"),
    ("保定市", "南市区", "莲池区"),
    ("秦皇岛市", "抚宁县", "抚宁区"),
    ("沈阳市", "东陵区", "浑南区"),
    ("沈阳市", "新城子区", "沈北新区"),
    ("哈尔滨市", "动力区", "香坊区"),
    ("哈尔滨市", "太平区", "道外区"),
    ("长沙市", "东区", "芙蓉区"),
    ("武汉市", "汉阳县", "蔡甸区"),
    ("襄阳市", "襄阳区", "襄州区"),
    ("十堰市", "郧县", "郧阳区"),
    ("成都市", "郫县", "郫都区"),
    ("西安市", "户县", "鄠邑区"),
    ("三门峡市", "陕县", "陕州区"),
    ("洛阳市", "吉利区", "孟津区"),
    ("洛阳市", "郊区", "洛龙区"),
    ("昆明市", "呈贡县", "呈贡区"),
    ("芜湖市", "三山区", "弋江区"),
    ("合肥市", "东市区", "瑶海区"),
    ("重庆市", "万盛区", "綦江区"),
    ("重庆市", "双桥区", "大足区"),
)
