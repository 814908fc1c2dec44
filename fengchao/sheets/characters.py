"""Characters that look different and mean the same: full width, traditional office words, odd spaces."""

import re
import unicodedata

# Only the characters that occur in headings, choices and units; a person's name is never converted.
_TRADITIONAL = (
    "號号 樓楼 棟栋 單单 層层 戶户 區区 縣县 鎮镇 鄉乡 黨党 員员 證证 電电 話话 聯联 繫系 係系 關关 與与 "
    "類类 別别 齡龄 齊齐 備备 註注 說说 碼码 機机 業业 職职 務务 現现 貫贯 國国 際际 時时 間间 麼么 無无 "
    "離离 歸归 來来 從从 遷迁 滿满 納纳 網网 組组 長长 媽妈 爺爷 孫孙 婦妇 兒儿 殘残 獨独 過过 還还 為为 "
    "歲岁 產产 權权 車车 門门 開开 閉闭 實实 屬属 貧贫 難难 學学 醫医 療疗 護护 養养 團团 軍军 復复 選选 "
    "擇择 標标 題题 內内 項项 數数 據据 總总 計计 頁页 簽签 責责 審审 製制 報报 導导 體体 檢检 測测 龍龙 "
    "鳳凤 華华 東东 廣广 蘭兰 園园 橋桥 漢汉 濱滨 溝沟 島岛 嶺岭 鐵铁 銀银 錦锦 莊庄 廠厂 場场 壩坝 灣湾 "
    "衖弄 臺台 壹一 貳二 貮二 參三 叁三 肆四 伍五 陸六 陆六 柒七 捌八 玖九 拾十 僑侨 聖圣 羅罗 蘇苏 陽阳 "
    "陰阴 運运 遠远 達达 馬马 魚鱼 鳥鸟 麗丽 豐丰 寶宝 慶庆 榮荣 順顺 興兴 義义 節节 "
)
SIMPLIFIED = str.maketrans({pair[0]: pair[1] for pair in _TRADITIONAL.split()})

_CONTROLS = (
    "\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u00ad\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2064\ufeff\ue000-\uf8ff"
)
_INVISIBLE = re.compile(f"[{_CONTROLS}]")
_ODD = re.compile(f"[{_CONTROLS}\t\r\n\u00a0\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\uff01-\uff5e]")
_SPACES = re.compile(r"\s+")
_WIDTH = {full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)} | {0x3000: 32}


def tidy(text: str) -> str:
    """Half-width, no invisible characters, single spaces inside and none at the ends."""
    if text.isascii():
        if text.isprintable() and "  " not in text:  # nearly all digits, dates and ids
            return text.strip()
    elif text.isalpha():  # nearly all names: letters of any script are never odd
        return text
    if _ODD.search(text):
        text = _INVISIBLE.sub("", text).translate(_WIDTH)
    if "  " in text or not text.isprintable():
        text = _SPACES.sub(" ", text)
    return text.strip()


def plain(text: str) -> str:
    """For comparing labels and choices: simplified, half-width, lower case, without any space."""
    text = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).translate(SIMPLIFIED)
    return _SPACES.sub("", text).lower()
