"""Names of countries. The rules name the markets that they know; price lists go to many more, by code only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desktop.core.text import Text, both, text_of

_OTHERS = """
AD Andorra|安道尔; AF Afghanistan|阿富汗; AG Antigua and Barbuda|安提瓜和巴布达; AI Anguilla|安圭拉;
AL Albania|阿尔巴尼亚; AM Armenia|亚美尼亚; AN Netherlands Antilles|荷属安的列斯; AO Angola|安哥拉;
AR Argentina|阿根廷; AS American Samoa|美属萨摩亚; AW Aruba|阿鲁巴; AZ Azerbaijan|阿塞拜疆;
BA Bosnia and Herzegovina|波黑; BB Barbados|巴巴多斯; BD Bangladesh|孟加拉国; BF Burkina Faso|布基纳法索;
BH Bahrain|巴林; BI Burundi|布隆迪; BJ Benin|贝宁; BM Bermuda|百慕大; BN Brunei|文莱; BO Bolivia|玻利维亚;
BS Bahamas|巴哈马; BT Bhutan|不丹; BW Botswana|博茨瓦纳; BY Belarus|白俄罗斯; BZ Belize|伯利兹;
CC Cocos Islands|科科斯群岛; CD Congo (Kinshasa)|刚果（金）; CF Central African Republic|中非;
CG Congo (Brazzaville)|刚果（布）; CH Switzerland|瑞士; CI Côte d’Ivoire|科特迪瓦; CK Cook Islands|库克群岛;
CM Cameroon|喀麦隆; CO Colombia|哥伦比亚; CR Costa Rica|哥斯达黎加; CU Cuba|古巴; CV Cabo Verde|佛得角;
CX Christmas Island|圣诞岛; DJ Djibouti|吉布提; DM Dominica|多米尼克; DO Dominican Republic|多米尼加;
DZ Algeria|阿尔及利亚; EC Ecuador|厄瓜多尔; EG Egypt|埃及; EH Western Sahara|西撒哈拉;
ER Eritrea|厄立特里亚; ET Ethiopia|埃塞俄比亚; FJ Fiji|斐济; FK Falkland Islands|福克兰群岛;
FM Micronesia|密克罗尼西亚; FO Faroe Islands|法罗群岛; GA Gabon|加蓬; GD Grenada|格林纳达;
GE Georgia|格鲁吉亚; GF French Guiana|法属圭亚那; GG Guernsey|根西岛; GH Ghana|加纳; GI Gibraltar|直布罗陀;
GL Greenland|格陵兰; GM Gambia|冈比亚; GN Guinea|几内亚; GP Guadeloupe|瓜德罗普;
GQ Equatorial Guinea|赤道几内亚; GT Guatemala|危地马拉; GU Guam|关岛; GW Guinea-Bissau|几内亚比绍;
GY Guyana|圭亚那; HK Hong Kong|中国香港; HN Honduras|洪都拉斯; HT Haiti|海地; IM Isle of Man|马恩岛;
IQ Iraq|伊拉克; IR Iran|伊朗; IS Iceland|冰岛; JE Jersey|泽西岛; JM Jamaica|牙买加; JO Jordan|约旦;
KE Kenya|肯尼亚; KG Kyrgyzstan|吉尔吉斯斯坦; KH Cambodia|柬埔寨; KI Kiribati|基里巴斯; KM Comoros|科摩罗;
KN Saint Kitts and Nevis|圣基茨和尼维斯; KP North Korea|朝鲜; KW Kuwait|科威特; KY Cayman Islands|开曼群岛;
LA Laos|老挝; LB Lebanon|黎巴嫩; LC Saint Lucia|圣卢西亚; LI Liechtenstein|列支敦士登;
LK Sri Lanka|斯里兰卡; LR Liberia|利比里亚; LS Lesotho|莱索托; LY Libya|利比亚; MA Morocco|摩洛哥;
MC Monaco|摩纳哥; MD Moldova|摩尔多瓦; ME Montenegro|黑山; MG Madagascar|马达加斯加;
MH Marshall Islands|马绍尔群岛; MK North Macedonia|北马其顿; ML Mali|马里; MM Myanmar|缅甸;
MN Mongolia|蒙古; MO Macao|中国澳门; MP Northern Mariana Islands|北马里亚纳群岛; MQ Martinique|马提尼克;
MR Mauritania|毛里塔尼亚; MS Montserrat|蒙特塞拉特; MU Mauritius|毛里求斯; MV Maldives|马尔代夫;
MW Malawi|马拉维; MZ Mozambique|莫桑比克; NA Namibia|纳米比亚; NC New Caledonia|新喀里多尼亚;
NE Niger|尼日尔; NF Norfolk Island|诺福克岛; NI Nicaragua|尼加拉瓜; NO Norway|挪威; NP Nepal|尼泊尔;
NR Nauru|瑙鲁; NU Niue|纽埃; NZ New Zealand|新西兰; OM Oman|阿曼; PA Panama|巴拿马; PE Peru|秘鲁;
PF French Polynesia|法属波利尼西亚; PG Papua New Guinea|巴布亚新几内亚; PK Pakistan|巴基斯坦;
PM Saint Pierre and Miquelon|圣皮埃尔和密克隆; PN Pitcairn|皮特凯恩群岛; PR Puerto Rico|波多黎各;
PS Palestine|巴勒斯坦; PW Palau|帕劳; PY Paraguay|巴拉圭; QA Qatar|卡塔尔; RE Réunion|留尼汪;
RS Serbia|塞尔维亚; RW Rwanda|卢旺达; SB Solomon Islands|所罗门群岛; SC Seychelles|塞舌尔; SD Sudan|苏丹;
SH Saint Helena|圣赫勒拿; SL Sierra Leone|塞拉利昂; SM San Marino|圣马力诺; SN Senegal|塞内加尔;
SO Somalia|索马里; SR Suriname|苏里南; SS South Sudan|南苏丹; ST São Tomé and Príncipe|圣多美和普林西比;
SV El Salvador|萨尔瓦多; SY Syria|叙利亚; SZ Eswatini|斯威士兰;
TC Turks and Caicos Islands|特克斯和凯科斯群岛; TD Chad|乍得; TG Togo|多哥; TJ Tajikistan|塔吉克斯坦;
TK Tokelau|托克劳; TL Timor-Leste|东帝汶; TM Turkmenistan|土库曼斯坦; TN Tunisia|突尼斯; TO Tonga|汤加;
TP Timor-Leste (old code)|东帝汶（旧代码）; TT Trinidad and Tobago|特立尼达和多巴哥; TV Tuvalu|图瓦卢;
TW Taiwan|中国台湾; TZ Tanzania|坦桑尼亚; UG Uganda|乌干达; UY Uruguay|乌拉圭; UZ Uzbekistan|乌兹别克斯坦;
VA Vatican City|梵蒂冈; VC Saint Vincent and the Grenadines|圣文森特和格林纳丁斯; VE Venezuela|委内瑞拉;
VG British Virgin Islands|英属维尔京群岛; VI US Virgin Islands|美属维尔京群岛; VU Vanuatu|瓦努阿图;
WF Wallis and Futuna|瓦利斯和富图纳; WS Samoa|萨摩亚; XK Kosovo|科索沃; YE Yemen|也门; YT Mayotte|马约特;
ZM Zambia|赞比亚; ZR Congo (Kinshasa, old code)|刚果（金）（旧代码）; ZW Zimbabwe|津巴布韦
"""


def _read(table: str) -> dict[str, Text]:
    found = {}
    for entry in table.split(";"):
        code, _, names = entry.strip().partition(" ")
        en, _, zh = names.partition("|")
        found[code] = Text(en, zh)
    return found


OTHERS = _read(_OTHERS)


def country(rules: Mapping[str, Any], code: str) -> Text:
    """The name of a country; its code where nobody names it."""
    for area in (rules["markets"]["countries"], rules["border"]["destinations"]):
        if code in area:
            return text_of(area[code]["name"])
    return OTHERS.get(code) or both(code)
