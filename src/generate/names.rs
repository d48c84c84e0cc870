//! Names that the generator hands out: invented people and firms, and real places with what lies in them.

use super::random::Random;

const SURNAMES: &str = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜路詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边";
const GIVEN: &str = "伟芳娜秀敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华玉萍红鹏飞鑫波斌宇浩凯健俊帆雪倩婷怡茜晨琳雯佳欣建国志海东辉力涵梓萱思远诺可馨春生长庆立新宏学文正义光荣福根水木金土山川河秋冬梅兰竹菊松柏青云月星辰雨露风清泉溪石岩峰岭林森禾苗穗丰小大晓亚亦若如之安宁康乐喜悦顺和";
const COMPOUND: [&str; 8] = ["欧阳", "司徒", "上官", "诸葛", "夏侯", "皇甫", "慕容", "令狐"];
const OTHER: [&str; 10] = [
    "阿依古丽",
    "买买提·依明",
    "巴特尔",
    "卓玛央金",
    "古丽娜尔",
    "扎西平措",
    "其其格",
    "阿木古郎",
    "努尔兰·赛力克",
    "木呷",
];

/// A person's name; now and then one of two surname characters, or one that is not Han.
pub(super) fn person(random: &mut Random) -> String {
    if random.chance(0.01) {
        return (*random.pick(&OTHER)).to_owned();
    }
    let mut name = String::with_capacity(12);
    if random.chance(0.02) {
        name.push_str(COMPOUND[random.below(COMPOUND.len())]);
    } else {
        name.push(character(SURNAMES, random));
    }
    for _ in 0..if random.chance(0.25) { 1 } else { 2 } {
        name.push(character(GIVEN, random));
    }
    name
}

/// A character of a list of characters that all take three bytes.
fn character(list: &str, random: &mut Random) -> char {
    let at = 3 * random.below(list.len() / 3);
    list[at..].chars().next().unwrap_or('王')
}

const BRANDS: [&str; 96] = [
    "澄湖", "云帆", "瑞禾", "鼎川", "望江", "恒岳", "启宁", "北辰", "南屿", "东陌", "西岭", "金穗", "银湾", "青屏",
    "蓝岸", "红枫", "白鹭", "黑松", "翠微", "丹霞", "海沃", "江澜", "河曲", "湖畔", "溪口", "泉映", "沧浪", "潮生",
    "山行", "岭秀", "岩松", "石磐", "谷雨", "田园", "禾丰", "麦浪", "稻香", "棉纺", "桑梓", "茶语", "竹海", "松涛",
    "柳岸", "梅岭", "兰亭", "菊圃", "荷塘", "桂园", "晨曦", "朝晖", "晚晴", "夕照", "星源", "月泊", "日升", "霞光",
    "风顺", "雨泽", "雪峰", "霜林", "远航", "长风", "通达", "广济", "博济", "厚德", "诚至", "信合", "和众", "睦邻",
    "安泰", "康宁", "福临", "寿昌", "隆盛", "兴邦", "振业", "宏图", "伟力", "卓群", "精诚", "匠心", "巧工", "良作",
    "恒久", "永固", "坚朗", "磐安", "创想", "智联", "数源", "云谷", "极光", "未来", "新程", "起点",
];

/// A firm's brand: what is put before its trade.
pub(super) fn brand(random: &mut Random) -> &'static str {
    BRANDS[random.below(BRANDS.len())]
}

/// A city and what lies in it.
#[derive(Debug)]
pub(super) struct Region {
    /// The city or prefecture.
    pub(super) city: &'static str,
    /// Its districts.
    pub(super) districts: &'static [&'static str],
    /// Its counties.
    pub(super) counties: &'static [&'static str],
    /// Its towns and townships.
    pub(super) towns: &'static [&'static str],
}

const fn region(
    city: &'static str,
    districts: &'static [&'static str],
    counties: &'static [&'static str],
    towns: &'static [&'static str],
) -> Region {
    Region { city, districts, counties, towns }
}

/// Real places, so that what reads them finds them.
pub(super) const REGIONS: [Region; 36] = [
    region("杭州市", &["萧山区", "余杭区", "拱墅区"], &["桐庐县", "淳安县"], &["瓜沥镇", "塘栖镇", "分水镇"]),
    region("宁波市", &["鄞州区", "北仑区", "镇海区"], &["宁海县", "象山县"], &["泗门镇", "观海卫镇", "石浦镇"]),
    region("温州市", &["鹿城区", "瓯海区", "龙湾区"], &["永嘉县", "平阳县", "苍南县"], &["柳市镇", "鳌江镇", "桥头镇"]),
    region("绍兴市", &["越城区", "柯桥区", "上虞区"], &["新昌县"], &["店口镇", "钱清镇", "崧厦镇"]),
    region("金华市", &["婺城区", "金东区"], &["武义县", "浦江县", "磐安县"], &["横店镇", "古山镇", "佛堂镇"]),
    region("台州市", &["椒江区", "黄岩区", "路桥区"], &["天台县", "仙居县"], &["大溪镇", "泽国镇", "杜桥镇"]),
    region("南京市", &["江宁区", "浦口区", "栖霞区"], &[], &["汤山街道", "桠溪镇"]),
    region("苏州市", &["吴中区", "吴江区", "相城区"], &[], &["盛泽镇", "同里镇", "浏河镇"]),
    region("南通市", &["崇川区", "海门区"], &["如东县"], &["川姜镇", "吕四港镇"]),
    region("徐州市", &["铜山区", "贾汪区", "云龙区"], &["沛县", "睢宁县"], &["利国镇", "大屯街道"]),
    region("合肥市", &["蜀山区", "包河区", "庐阳区"], &["肥西县", "长丰县"], &["三河镇", "双墩镇", "长临河镇"]),
    region("芜湖市", &["镜湖区", "繁昌区", "鸠江区"], &["南陵县"], &["荻港镇", "许镇镇"]),
    region("福州市", &["鼓楼区", "马尾区", "长乐区"], &["连江县", "闽侯县"], &["琯头镇", "上街镇", "金峰镇"]),
    region("泉州市", &["丰泽区", "洛江区"], &["惠安县", "安溪县", "德化县"], &["陈埭镇", "崇武镇", "龙门镇"]),
    region("南昌市", &["青云谱区", "西湖区", "新建区"], &["南昌县", "进贤县"], &["向塘镇", "李渡镇", "文港镇"]),
    region("赣州市", &["章贡区", "南康区"], &["寻乌县", "信丰县", "大余县"], &["南桥镇", "唐江镇"]),
    region("济南市", &["历城区", "章丘区", "槐荫区"], &["平阴县", "商河县"], &["刁镇街道", "孝直镇"]),
    region("青岛市", &["城阳区", "黄岛区", "即墨区"], &[], &["泊里镇", "南村镇", "姜山镇"]),
    region("烟台市", &["福山区", "牟平区"], &[], &["高疃镇", "张格庄镇"]),
    region("郑州市", &["中原区", "惠济区", "上街区"], &["中牟县"], &["官渡镇", "郑庵镇"]),
    region("洛阳市", &["西工区", "涧西区", "偃师区"], &["栾川县", "宜阳县", "新安县"], &["铁门镇", "潭头镇"]),
    region("武汉市", &["青山区", "黄陂区", "江夏区"], &[], &["五里界街道", "姚家集街道"]),
    region("宜昌市", &["夷陵区", "猇亭区"], &["秭归县", "兴山县"], &["茅坪镇", "龙泉镇", "三斗坪镇"]),
    region("长沙市", &["岳麓区", "望城区", "雨花区"], &["长沙县"], &["铜官街道", "黄花镇", "金井镇"]),
    region("佛山市", &["顺德区", "南海区", "高明区"], &[], &["北滘镇", "西樵镇", "乐从镇"]),
    region("柳州市", &["柳南区", "鱼峰区", "柳江区"], &["融安县", "三江侗族自治县"], &["长安镇", "穿山镇"]),
    region("成都市", &["金牛区", "双流区", "青白江区"], &["金堂县", "大邑县"], &["安仁镇", "淮口街道"]),
    region("绵阳市", &["涪城区", "游仙区"], &["三台县", "梓潼县"], &["青义镇", "芦溪镇"]),
    region("遵义市", &["汇川区", "红花岗区", "播州区"], &["习水县", "湄潭县"], &["茅台镇", "永兴镇", "土城镇"]),
    region("昆明市", &["呈贡区", "官渡区", "西山区"], &["宜良县", "嵩明县"], &["匡远街道", "杨林镇"]),
    region("西安市", &["未央区", "灞桥区", "阎良区"], &["蓝田县", "周至县"], &["汤峪镇", "草堂街道"]),
    region("宝鸡市", &["金台区", "渭滨区", "陈仓区"], &["扶风县", "眉县"], &["蟠龙镇", "虢镇街道"]),
    region("太原市", &["小店区", "杏花岭区", "晋源区"], &["清徐县", "阳曲县"], &["东于镇", "黄寨镇"]),
    region("沈阳市", &["铁西区", "浑南区", "沈北新区"], &["康平县", "法库县"], &["胡台镇", "新城子街道"]),
    region("大连市", &["金州区", "旅顺口区", "普兰店区"], &[], &["长兴岛街道", "皮口街道"]),
    region("兰州市", &["七里河区", "西固区", "红古区"], &["榆中县", "永登县"], &["河口镇", "窑街街道"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_what_the_picks_expect() {
        assert!(SURNAMES.chars().chain(GIVEN.chars()).all(|c| c.len_utf8() == 3));
        assert!(REGIONS.iter().all(|r| !r.districts.is_empty() && !r.towns.is_empty()));
        let mut random = Random::of(&[5]);
        for _ in 0..500 {
            let name = person(&mut random);
            assert!((2..=7).contains(&name.chars().count()), "{name}");
        }
    }
}
