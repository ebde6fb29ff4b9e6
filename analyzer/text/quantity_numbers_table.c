#include "text/quantity_words.h"

/* Numbers in words; they count only in front of a multiplier. */
const struct quantity_group quantity_numerals[] = {
    /* English */
    {"a;one", 1, QUANTITY_NUMERAL, false, false},
    {"two", 2, QUANTITY_NUMERAL, false, false},
    {"three", 3, QUANTITY_NUMERAL, false, false},
    {"four", 4, QUANTITY_NUMERAL, false, false},
    {"five", 5, QUANTITY_NUMERAL, false, false},
    {"six", 6, QUANTITY_NUMERAL, false, false},
    {"seven", 7, QUANTITY_NUMERAL, false, false},
    {"eight", 8, QUANTITY_NUMERAL, false, false},
    {"nine", 9, QUANTITY_NUMERAL, false, false},
    {"ten", 10, QUANTITY_NUMERAL, false, false},
    {"eleven", 11, QUANTITY_NUMERAL, false, false},
    {"twelve", 12, QUANTITY_NUMERAL, false, false},
    {"fifteen", 15, QUANTITY_NUMERAL, false, false},
    {"twenty", 20, QUANTITY_NUMERAL, false, false},
    {"twentyfive", 25, QUANTITY_NUMERAL, false, false},
    {"thirty", 30, QUANTITY_NUMERAL, false, false},
    {"forty", 40, QUANTITY_NUMERAL, false, false},
    {"fifty", 50, QUANTITY_NUMERAL, false, false},
    {"sixty", 60, QUANTITY_NUMERAL, false, false},
    {"seventy", 70, QUANTITY_NUMERAL, false, false},
    {"eighty", 80, QUANTITY_NUMERAL, false, false},
    {"ninety", 90, QUANTITY_NUMERAL, false, false},
    {"half a", 0.5, QUANTITY_NUMERAL, false, false},
    /* Russian, Ukrainian */
    {"один;одна;одну", 1, QUANTITY_NUMERAL, true, false},
    {"два;две;двое;дві", 2, QUANTITY_NUMERAL, true, false},
    {"три", 3, QUANTITY_NUMERAL, true, false},
    {"четыре;чотири", 4, QUANTITY_NUMERAL, true, false},
    {"пять", 5, QUANTITY_NUMERAL, true, false},
    {"шесть;шість", 6, QUANTITY_NUMERAL, true, false},
    {"семь;сім", 7, QUANTITY_NUMERAL, true, false},
    {"восемь;вісім;вісiм", 8, QUANTITY_NUMERAL, true, false},
    {"девять", 9, QUANTITY_NUMERAL, true, false},
    {"десять", 10, QUANTITY_NUMERAL, true, false},
    {"полтора;півтора", 1.5, QUANTITY_NUMERAL, true, false},
    /* Spanish */
    {"medio", 0.5, QUANTITY_NUMERAL, true, false},
    {"un;una", 1, QUANTITY_NUMERAL, true, false},
    {"dos", 2, QUANTITY_NUMERAL, true, false},
    {"tres", 3, QUANTITY_NUMERAL, true, false},
    {"cuatro", 4, QUANTITY_NUMERAL, true, false},
    {"cinco", 5, QUANTITY_NUMERAL, true, false},
    {"seis", 6, QUANTITY_NUMERAL, true, false},
    {"siete", 7, QUANTITY_NUMERAL, true, false},
    {"ocho", 8, QUANTITY_NUMERAL, true, false},
    {"nueve", 9, QUANTITY_NUMERAL, true, false},
    {"diez", 10, QUANTITY_NUMERAL, true, false},
    /* Portuguese */
    {"meio", 0.5, QUANTITY_NUMERAL, true, false},
    {"um;uma", 1, QUANTITY_NUMERAL, true, false},
    {"dois;duas", 2, QUANTITY_NUMERAL, true, false},
    {"três", 3, QUANTITY_NUMERAL, true, false},
    {"quatro", 4, QUANTITY_NUMERAL, true, false},
    {"sete", 7, QUANTITY_NUMERAL, true, false},
    {"oito", 8, QUANTITY_NUMERAL, true, false},
    {"nove", 9, QUANTITY_NUMERAL, true, false},
    {"dez", 10, QUANTITY_NUMERAL, true, false},
    /* French */
    {"deux", 2, QUANTITY_NUMERAL, true, false},
    {"trois", 3, QUANTITY_NUMERAL, true, false},
    {"quatre", 4, QUANTITY_NUMERAL, true, false},
    {"cinq", 5, QUANTITY_NUMERAL, true, false},
    {"sept", 7, QUANTITY_NUMERAL, true, false},
    {"huit", 8, QUANTITY_NUMERAL, true, false},
    {"neuf", 9, QUANTITY_NUMERAL, true, false},
    {"dix", 10, QUANTITY_NUMERAL, true, false},
    /* German */
    {"eine", 1, QUANTITY_NUMERAL, true, false},
    {"zwei", 2, QUANTITY_NUMERAL, true, false},
    {"drei", 3, QUANTITY_NUMERAL, true, false},
    {"vier", 4, QUANTITY_NUMERAL, true, false},
    {"fünf", 5, QUANTITY_NUMERAL, true, false},
    {"sechs", 6, QUANTITY_NUMERAL, true, false},
    {"sieben", 7, QUANTITY_NUMERAL, true, false},
    {"acht", 8, QUANTITY_NUMERAL, true, false},
    {"neun", 9, QUANTITY_NUMERAL, true, false},
    {"zehn", 10, QUANTITY_NUMERAL, true, false},
    {"eine halbe", 0.5, QUANTITY_NUMERAL, true, false},
    /* Turkish */
    {"bir", 1, QUANTITY_NUMERAL, true, false},
    {"iki", 2, QUANTITY_NUMERAL, true, false},
    {"üç", 3, QUANTITY_NUMERAL, true, false},
    {"dört", 4, QUANTITY_NUMERAL, true, false},
    {"beş", 5, QUANTITY_NUMERAL, true, false},
    /* Persian, Arabic, Hindi */
    {"یک;एक", 1, QUANTITY_NUMERAL, false, false},
    {"دو;दो", 2, QUANTITY_NUMERAL, false, false},
    {"سه;ثلاثة;ثلاث;तीन", 3, QUANTITY_NUMERAL, false, false},
    {"چهار;أربعة;أربع;चार", 4, QUANTITY_NUMERAL, false, false},
    {"پنج;خمسة;خمس;पांच;पाँच", 5, QUANTITY_NUMERAL, false, false},
    {"شش;ستة;छह", 6, QUANTITY_NUMERAL, false, false},
    {"هفت;سبعة;सात", 7, QUANTITY_NUMERAL, false, false},
    {"هشت;ثمانية;आठ", 8, QUANTITY_NUMERAL, false, false},
    {"تسعة;नौ", 9, QUANTITY_NUMERAL, false, false},
    {"ده;عشرة;दस", 10, QUANTITY_NUMERAL, false, false},
};
const size_t quantity_numerals_count = sizeof quantity_numerals / sizeof quantity_numerals[0];

/* Multipliers written on to the number. */
const struct quantity_group quantity_suffixes[] = {
    {"w", 1e4, QUANTITY_MULTIPLIER, false, false}, /* for the Chinese ten thousand */
    {"k;к", 1e3, QUANTITY_MULTIPLIER, false, false},
    {"m;kk;mm;mn;mln;кк", 1e6, QUANTITY_MULTIPLIER, false, false},
    {"b;bn;kkk;ккк", 1e9, QUANTITY_MULTIPLIER, false, false},
};
const size_t quantity_suffixes_count = sizeof quantity_suffixes / sizeof quantity_suffixes[0];

/* Multipliers. A French or English "million" is told apart by the digits around it. */
const struct quantity_group quantity_multipliers[] = {
    /* English */
    {"hundred", 1e2, QUANTITY_MULTIPLIER, false, false},
    {"thousand;thousands;grand", 1e3, QUANTITY_MULTIPLIER, false, false},
    {"million;millions;mio;mln;mn", 1e6, QUANTITY_MULTIPLIER, false, false},
    {"billion;billions;bln;bn", 1e9, QUANTITY_MULTIPLIER, false, false},
    {"trillion;trillions;tn", 1e12, QUANTITY_MULTIPLIER, false, false},
    {"lakh;lakhs;lac;lacs", 1e5, QUANTITY_MULTIPLIER, false, false},
    {"crore;crores", 1e7, QUANTITY_MULTIPLIER, false, false},
    {"dozen", 12, QUANTITY_MULTIPLIER, false, false},
    /* Russian, Ukrainian */
    {"тыс;тысяча;тысячи;тысяч;тысячам;тисяч;тисячі;тисяча;тис", 1e3, QUANTITY_MULTIPLIER, true,
     false},
    {"млн;миллион;миллиона;миллионов;миллионам;миллионами;мільйон;мільйона;мільйони;"
     "мільйонів;мільйонам;лям;ляма;лямов",
     1e6, QUANTITY_MULTIPLIER, true, false},
    {"млрд;миллиард;миллиарда;миллиардов;мільярд;мільярда;мільярди;мільярдів", 1e9,
     QUANTITY_MULTIPLIER, true, false},
    {"трлн;триллион;триллиона;триллионов;трильйон;трильйонів", 1e12, QUANTITY_MULTIPLIER, true,
     false},
    {"сот;сотен", 1e2, QUANTITY_MULTIPLIER, true, false},
    /* Spanish */
    {"mil millones;millardo;millardos", 1e9, QUANTITY_MULTIPLIER, true, false},
    {"miles;mil", 1e3, QUANTITY_MULTIPLIER, true, false},
    {"millón;millones;millon", 1e6, QUANTITY_MULTIPLIER, true, false},
    {"billón;billones", 1e12, QUANTITY_MULTIPLIER, true, false},
    /* Portuguese */
    {"milhão;milhões;milhao;milhoes;mi", 1e6, QUANTITY_MULTIPLIER, true, false},
    {"bilhão;bilhões;bilhao;bilhoes;mil milhões;bi", 1e9, QUANTITY_MULTIPLIER, true, false},
    {"trilhão;trilhões;tri", 1e12, QUANTITY_MULTIPLIER, true, false},
    /* French */
    {"mille;milliers", 1e3, QUANTITY_MULTIPLIER, true, false},
    {"millionen;millions d;million de", 1e6, QUANTITY_MULTIPLIER, true, false},
    {"milliard;milliards;mds", 1e9, QUANTITY_MULTIPLIER, true, false},
    /* German */
    {"tausend;tsd", 1e3, QUANTITY_MULTIPLIER, true, false},
    {"mill", 1e6, QUANTITY_MULTIPLIER, true, false},
    {"milliarde;milliarden;mrd", 1e9, QUANTITY_MULTIPLIER, true, false},
    {"billionen;bio", 1e12, QUANTITY_MULTIPLIER, true, false},
    /* Turkish */
    {"bin", 1e3, QUANTITY_MULTIPLIER, true, false},
    {"milyon", 1e6, QUANTITY_MULTIPLIER, true, false},
    {"milyar", 1e9, QUANTITY_MULTIPLIER, true, false},
    {"trilyon", 1e12, QUANTITY_MULTIPLIER, true, false},
    /* Other European languages */
    {"tusen;tysiąc;tysiące;tysięcy;tys;duizend", 1e3, QUANTITY_MULTIPLIER, true, false},
    {"miljoen;miljoner;milioni;milione;milionów;miliony;milion;milionů;milioane;"
     "miljoonaa",
     1e6, QUANTITY_MULTIPLIER, true, false},
    {"miljard;miljarder;miliardi;miliardo;miliardów;miliarde;miliard", 1e9, QUANTITY_MULTIPLIER,
     true, false},
    /* Arabic */
    {"ألف;الف;آلاف;الاف;ألفا", 1e3, QUANTITY_MULTIPLIER, false, false},
    {"مليون;ملايين;مليونا;مليوني", 1e6, QUANTITY_MULTIPLIER, false, false},
    {"مليار;مليارات;بليون", 1e9, QUANTITY_MULTIPLIER, false, false},
    {"تريليون;ترليون", 1e12, QUANTITY_MULTIPLIER, false, false},
    /* Persian, Urdu */
    {"هزار;ہزار", 1e3, QUANTITY_MULTIPLIER, false, false},
    {"میلیون;ملیون;ملین", 1e6, QUANTITY_MULTIPLIER, false, false},
    {"میلیارد;ارب", 1e9, QUANTITY_MULTIPLIER, false, false},
    {"لاکھ", 1e5, QUANTITY_MULTIPLIER, false, false},
    {"کروڑ", 1e7, QUANTITY_MULTIPLIER, false, false},
    /* Hindi */
    {"हजार;हज़ार", 1e3, QUANTITY_MULTIPLIER, false, false},
    {"लाख", 1e5, QUANTITY_MULTIPLIER, false, false},
    {"करोड़;करोड", 1e7, QUANTITY_MULTIPLIER, false, false},
    {"अरब", 1e9, QUANTITY_MULTIPLIER, false, false},
    {"मिलियन", 1e6, QUANTITY_MULTIPLIER, false, false},
    /* Indonesian, Malay, Vietnamese, Tagalog */
    {"ribu;nghìn;ngàn;libo", 1e3, QUANTITY_MULTIPLIER, true, false},
    {"juta;triệu;milyong", 1e6, QUANTITY_MULTIPLIER, true, false},
    {"miliar;tỷ;tỉ", 1e9, QUANTITY_MULTIPLIER, true, false},
    /* Italian */
    {"mila", 1e3, QUANTITY_MULTIPLIER, true, false},
};
const size_t quantity_multipliers_count =
    sizeof quantity_multipliers / sizeof quantity_multipliers[0];

/* Amounts of data in bytes: decimal prefixes, binary ones where they are written as such. */
const struct quantity_group quantity_sizes[] = {
    {"kbs", 1e3, QUANTITY_SIZE, false, false},
    {"mbs", 1e6, QUANTITY_SIZE, false, false},
    {"gbs", 1e9, QUANTITY_SIZE, false, false},
    {"tbs", 1e12, QUANTITY_SIZE, false, false},
    /* Amounts of data */
    {"kb;ko;kilobyte;kilobytes", 1e3, QUANTITY_SIZE, false, false},
    {"kib", 1024.0, QUANTITY_SIZE, false, false},
    {"mb;mo;megabyte;megabytes", 1e6, QUANTITY_SIZE, false, false},
    {"mib", 1048576.0, QUANTITY_SIZE, false, false},
    {"gb;go;gigabyte;gigabytes;gigs;gig;гигов;гига;гиг;гігабайт*;جيجابايت;غيغابايت;"
     "گیگابایت;जीबी",
     1e9, QUANTITY_SIZE, false, false},
    {"gib", 1073741824.0, QUANTITY_SIZE, false, false},
    {"tb;to;terabyte;terabytes;terabayt;تيرابايت;ترابایت", 1e12, QUANTITY_SIZE, false, false},
    {"tib", 1099511627776.0, QUANTITY_SIZE, false, false},
    {"pb;po;petabyte;petabytes", 1e15, QUANTITY_SIZE, false, false},
    {"pib", 1125899906842624.0, QUANTITY_SIZE, false, false},
    {"кб;kilooctet;kilooctets;килобайт*", 1e3, QUANTITY_SIZE, true, false},
    {"мб;megaoctet;megaoctets;мегабайт*", 1e6, QUANTITY_SIZE, true, false},
    {"гб;gigaoctet;gigaoctets;гигабайт*", 1e9, QUANTITY_SIZE, true, false},
    {"тб;teraoctet;teraoctets;терабайт*", 1e12, QUANTITY_SIZE, true, false},
    {"пб;petaoctet;petaoctets;петабайт*", 1e15, QUANTITY_SIZE, true, false},
    {"bytes;байт", 1, QUANTITY_SIZE, false, false},
};
const size_t quantity_sizes_count = sizeof quantity_sizes / sizeof quantity_sizes[0];
