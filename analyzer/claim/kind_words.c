#include "claim/kind_words.h"

struct kind_row {
    unsigned kind;
    const char *words; /* folded, parted by spaces; a word ending in '-' also begins longer ones */
    const char *han;
};

static const struct kind_row rows[] = {
    {KIND_FILLER,
     "the of and for in de del la las los el le les des du da do dos e y et und der die das von al "
     "group group's grupo groupe gruppe группа группы inc ltd llc corp gmbh sa ag plc co company "
     "компани- compan- empresa- entreprise- société- companhia unternehmen firma- شركة شركه "
     "شرکت servers server database data portal website site сайт- сервер- баз- данны- national "
     "national- nacional- национальн- federal- федеральн- state- state estatal- государственн- "
     "customers clients client customer клиент- клиентов clientes users user usuarios utilisateurs "
     "пользовател- موقع بيانات",
     "集团 有限公司 公司 股份 国家 国立 官网 网站 网 数据库 数据 用户 客户 系统 平台"},
    {2, "bank bank- banco- banque- банк- بنك مصرف بانک banka- banca-", "银行 銀行"},
    {3,
     "ministry minister- ministère ministere ministerio- ministério министерств- минист- وزارة "
     "وزاره bakanlığı",
     "部委"},
    {4,
     "university univers- университет- جامعة جامعه دانشگاه üniversite- college colleges collège "
     "колледж- институт- institut- instituto",
     "大学 学院"},
    {5,
     "hospital- hôpital hopital больниц- مستشفى مستشفي بیمارستان hastane- krankenhaus clinic "
     "clinic- clínica- clinica- clinique- клиник- klinik-",
     "医院 诊所"},
    {6, "airline- airways aerol- aérien- compagnie авиакомпани- авиалини- طيران خطوط fluglinie",
     "航空"},
    {7, "telecom telecom- télécom- телеком- связь связи اتصالات mobile móvil mobil- telekom",
     "电信 "
     "通信 移动"},
    {8,
     "city ciudad ville город- городск- мэри- بلدية بلديه مدينة municipal- ayuntamiento mairie "
     "council stadt",
     "市政府 市"},
    {9, "police policía policia полици- шرطة شرطة الشرطة polizei", "警察 公安 公安局"},
    {10, "railway- rail ferrocarril- ferroviari- ferroviaire- chemins железн- дорог- سكك قطار bahn",
     "铁路 铁道"},
    {11, "port puerto порт- ميناء harbour harbor hafen", "港口 港务 港"},
    {12, "insur- seguro- assurance- страхов- تأمين تامين versicherung-", "保险"},
    {13,
     "energy energ- énergie- энерг- электр- طاقة كهرباء power electric- électric- eléctric- "
     "grid strom-",
     "能源 电力 电网"},
    {14, "school- colegio escuela- école- школ- مدرسة schule", "学校 中学 小学"},
    {15, "forum forums foro- форум- منتدى", "论坛"},
    {16, "exchange- bourse bolsa бирж- بورصة börse", "交易所"},
    {17, "insider store stores shop shops tienda- magasin- boutique- магазин- متجر retail-",
     "商城 "
     "商店 超市"},
    {18, "water agua- eau eaux водоканал- вод- مياه wasser-", "水务 自来水"},
    {19, "tax taxes impuest- tributari- impôts налог- ضرائب steuer-", "税务"},
    {20, "post postal poste correos почт- بريد", "邮政"},
    {21, "television tv télévision televisi- телеканал- телевид- تلفزيون قناة channel canal chaîne",
     "电视台 电视"},
    {22, "logistics logíst- logist- логист- shipping transport- транспорт- شحن нقل fret",
     "物流 快递"},
    {23, "library bibliot- biblioth- библиотек- مكتبة", "图书馆"},
    {24, "hotel hotels hôtel- hoteles отел- гостиниц- فندق فنادق", "酒店"},
    {25, "court tribunal- juzgado суд суда محكمة", "法院"},
    {26, "museum museo musée музе- متحف", "博物馆"},
    {27, "airport aeropuerto aéroport аэропорт- مطار flughafen", "机场"},
    {28, "pharma- farma- pharmac- фарма- аптек- صيدلية", "药业 制药 药房"},
};

/* Walks the words of a list; false at its end. */
static bool next_word(struct str *rest, struct str *word) {
    while (rest->len > 0 && rest->ptr[0] == ' ') {
        *rest = str_slice(*rest, 1, rest->len);
    }
    size_t end = str_find_byte(*rest, ' ', 0);
    *word = str_slice(*rest, 0, end == STR_NOT_FOUND ? rest->len : end);
    *rest = str_slice(*rest, word->len, rest->len);
    return word->len > 0;
}

/* Words with equal first two bytes share a chain, whose order is that of the rows. No word of the
 * table that begins longer ones has less than two. */
static uint32_t chain_of(struct str word) {
    uint32_t second = word.len > 1 ? (uint8_t)word.ptr[1] : 0;
    return ((uint32_t)(uint8_t)word.ptr[0] * 31u + second) % KIND_CHAINS;
}

void kind_index_make(struct kind_index *index) {
    uint16_t *ends[KIND_CHAINS];
    index->count = 0;
    for (size_t i = 0; i < KIND_CHAINS; i++) {
        index->first[i] = KIND_ENTRIES_MOST;
        ends[i] = &index->first[i];
    }
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct str rest = str_from_c(rows[i].words);
        struct str word;
        while (next_word(&rest, &word) && index->count < KIND_ENTRIES_MOST) {
            uint16_t at = (uint16_t)index->count++;
            bool is_open = word.ptr[word.len - 1] == '-';
            index->entries[at] = (struct kind_entry){.word = str_slice(word, 0, word.len - is_open),
                                                     .kind = (uint8_t)rows[i].kind,
                                                     .is_open = is_open,
                                                     .next = KIND_ENTRIES_MOST};
            uint32_t chain = chain_of(word);
            *ends[chain] = at;
            ends[chain] = &index->entries[at].next;
        }
    }
}

/* The first entry that the word is a form of; KIND_ENTRIES_MOST: none. */
static uint16_t entry_of(const struct kind_index *index, struct str word) {
    uint16_t at = word.len == 0 ? (uint16_t)KIND_ENTRIES_MOST : index->first[chain_of(word)];
    while (at != KIND_ENTRIES_MOST) {
        const struct kind_entry *entry = &index->entries[at];
        if (entry->is_open ? str_starts_with(word, entry->word) : str_equal(word, entry->word)) {
            return at;
        }
        at = entry->next;
    }
    return at;
}

unsigned kind_of_word(const struct kind_index *index, struct str word) {
    static const struct str article = {"\xd8\xa7\xd9\x84",
                                       4}; /* the Arabic one, written together */
    bool has_article = str_starts_with(word, article) && word.len > article.len + 4;
    uint16_t at = entry_of(index, word);
    if (has_article) {
        uint16_t bare = entry_of(index, str_slice(word, article.len, word.len));
        at = bare < at ? bare : at;
    }
    return at == KIND_ENTRIES_MOST ? KIND_NONE : index->entries[at].kind;
}

unsigned kind_of_han(struct str text, size_t at, size_t *len) {
    struct str here = str_slice(text, at, text.len);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct str rest = str_from_c(rows[i].han);
        struct str entry;
        while (next_word(&rest, &entry)) {
            if (str_starts_with(here, entry)) {
                *len = entry.len;
                return rows[i].kind;
            }
        }
    }
    return KIND_NONE;
}
