#include "text/quantity_words.h"

/* Things that are counted in claims; a "*" stands for any ending. */
const struct quantity_group quantity_nouns[] = {
    /* Counted things: English */
    {"record*;course*;user*;account*;line*;passport*;row*;email*;e-mail*;people;person*;"
     "customer*;client*;citizen*;resident*;voter*;patient*;student*;employee*;"
     "worker*;member*;subscriber*;household*;file*;document*;photo*;image*;video*;"
     "message*;password*;credential*;hash*;login*;address*;number*;phone*;card*;"
     "device*;server*;computer*;machine*;system*;website*;site*;page*;domain*;"
     "database*;table*;entr*;item*;order*;transaction*;contact*;profile*;player*;"
     "victim*;compan*;business*;organi*;college*;school*;universit*;hospital*;bank*;"
     "portal*;camera*;screen*;forum*;post*;tweet*;ticket*;booking*;passenger*;"
     "guest*;tenant*;driver*;licen*;certificate*;name*;tax*;wallet*;session*;token*;"
     "key*;log*;dataset*;id;ids;ssn*;pii;combo*;installation*;install*;"
     "download*;router*;host*;endpoint*;soldier*;officer*;staff;agent*;children;"
     "kids;women;men;families;individuals;folks;americans;europeans",
     1, QUANTITY_NOUN, false, true},
    /* Counted things: Russian, Ukrainian */
    {"запис*;пользовател*;аккаунт*;акаунт*;учетн*;учётн*;строк*;строч*;паспорт*;"
     "клієнт*;клиент*;человек*;людей;люди;граждан*;громадян*;адрес*;номер*;телефон*;"
     "имейл*;документ*;файл*;карт*;парол*;абонент*;жител*;россиян*;украинц*;"
     "українц*;покупател*;заказ*;сотрудник*;працівник*;компани*;сайт*;сервер*;"
     "компьютер*;камер*;школ*;вуз*;колледж*;анкет*;профил*;користувач*;рядк*;осіб;"
     "особ;лиц;контакт*;логин*;дамп*;баз;пациент*;пассажир*;студент*;избирател*;"
     "военн*;семей;станци*;скан*;форум*;терминал*;банкомат*;писем;листів;лист;"
     "пацієнт*;мешканц*;вкладчик*;фото;медкарт*;билет*;доноров;донорів",
     1, QUANTITY_NOUN, true, false},
    /* Counted things: Spanish, Portuguese, French, German, Italian, Turkish and others */
    {"registro*;servidor*;servicio*;serviço*;usuario*;usuário*;cuenta*;conta*;línea*;linea*;linha*;"
     "pasaporte*;"
     "passaporte*;fila*;correo*;persona*;pessoa*;cliente*;ciudadano*;cidadão*;"
     "cidadãos;contraseña*;senha*;archivo*;arquivo*;documento*;teléfono*;número*;"
     "tarjeta*;cartões;dirección*;direcciones;empresa*;paciente*;alumno*;"
     "estudiante*;serveur*;enregistrement*;utilisateur*;compte*;ligne*;passeport*;adresse*;"
     "personne*;citoyen*;mot;mots;fichier*;numéro*;carte*;entreprise*;abonné*;"
     "habitant*;salarié*;foyers;assuré*;datens*;datensätze*;nutzer*;"
     "benutzer*;konten;konto;zeilen;pässe;reisepässe;personen;menschen;kunden;"
     "bürger*;passwörter;dateien;dokumente;nummern;karten;einträge;patienten;"
     "mitarbeiter;firmen;unternehmen;utenti;utente;righe;record;persone;clienti;"
     "foro;foros;equipo*;expediente*;empleado*;portal*;pantalla*;cámara*;ficha*;fórum;"
     "fóruns;máquina*;brasileiro*;funcionário*;foto*;cpf;cpfs;aluno*;forum;forums;machine*;"
     "identifiant*;élève*;dossier*;client*;site;sites;mail;mails;courriel*;poste;postes;"
     "foren;akte;akten;rechner;server*;zugangsdaten;schüler*;mails;seiten;webseiten;geräte;"
     "websites;e-mails;şifre*;parola*;hasta;hastanın;sunucu*;abone*;öğrenci*;dosya*;"
     "bilgisayar*;belge*;site;cihaz*;çalışan*;cittadini;kayıt*;kaydı*;kullanıcı*;hesap*;hesab*;"
     "satır*;pasaport*;kişi*;"
     "müşteri*;vatandaş*;adres*;numara*;pengguna*;data;akun*;orang;baris;người*;tài;"
     "bản",
     1, QUANTITY_NOUN, true, false},
    /* Counted things: Arabic, Persian, Hindi */
    {"كلمة;كلمات;مريض*;مرضى;مشترك*;منتدى;منتديات;جهاز*;أجهزة;خادم*;خوادم;طالب*;طلاب;بطاقة;"
     "بطاقات;صورة;صور;موظف*;موقع;مواقع;وثيقه;بيانات;رسالة;رسائل;رمز*;بیمار*;انجمن*;سرور*;"
     "دانشجو*;پرونده*;عکس*;شماره*;فایل*;سایت*;ایمیل*;پیام*;رایانه*;کارمند*;مسافر*;مشترک*;"
     "سجل*;مستخدم*;حساب*;شخص*;مواطن*;عميل*;عملاء;ملف*;بريد;سطر*;جواز*;رقم;رقما;"
     "وثيقة;وثائق;زبون;کاربر*;رکورد*;نفر;مشتری*;شهروند*;سند;خط;ردیف;यूजर*;यूज़र*;"
     "उपयोगकर्ता*;रिकॉर्ड*;लोग*;खाते*;खातों;नागरिक*;ग्राहक*;पासपोर्ट*",
     1, QUANTITY_NOUN, false, false},
};
const size_t quantity_nouns_count = sizeof quantity_nouns / sizeof quantity_nouns[0];

/* Time, money, parts of dates and measures: what they follow is not a quantity here. */
const struct quantity_group quantity_outs[] = {
    /* Time, money and parts of dates */
    {"second*;minute*;min;mins;hour*;hr;hrs;day*;week*;month*;year*;yr;yrs;decade*;"
     "centur*;am;pm;st;nd;rd;th;percent*;pct;dollar*;usd;usdt;euro*;eur;gbp;pound*;"
     "rub;rubles;ruble*;rouble*;rupee*;rs;inr;yuan;rmb;cny;yen;jpy;won;krw;btc;"
     "bitcoin*;eth;xmr;monero;bucks;cents;followers;likes;retweets;views;km;kg;mph;"
     "meters;metres;miles per;degrees;january;february;march;april;may;june;july;"
     "august;september;october;november;december;jan;feb;mar;apr;jun;jul;aug;sep;"
     "sept;oct;nov;dec;секунд*;минут*;мин;час;часа;часов;часу;день;дня;дней;суток;"
     "сутки;недел*;месяц*;год;года;году;годов;лет;годы;г;гг;рік;років;року;роки;"
     "годин*;хвилин*;днів;дні;процент*;рубл*;руб;долл*;доларів;грн;гривен*;гривн*;"
     "евро;євро;баксов;биткоин*;января;февраля;марта;апреля;мая;июня;июля;августа;"
     "сентября;октября;ноября;декабря;січня;лютого;березня;квітня;травня;червня;"
     "липня;серпня;вересня;жовтня;листопада;грудня;hora*;día*;dia*;dias;semana*;mes;"
     "meses;mês;año*;ano*;minuto*;segundo*;dólar*;peso*;reais;real;enero;febrero;"
     "marzo;abril;mayo;junio;julio;agosto;septiembre;octubre;noviembre;diciembre;"
     "janeiro;fevereiro;março;maio;junho;julho;setembro;outubro;novembro;dezembro;"
     "heure*;h;jour*;semaine*;mois;an;ans;année*;janvier;février;mars;avril;mai;"
     "juin;juillet;août;septembre;octobre;novembre;décembre;stunden;stunde;uhr;tag;"
     "tage;tagen;wochen;woche;monat*;jahr*;januar;februar;märz;juni;juli;oktober;"
     "dezember;prozent;gün*;saat*;hafta*;ay;yıl*;yaşında;lira*;tl;dolar*;tahun;hari;"
     "jam;năm;giờ;ngày;ساعة;ساعات;يوم;أيام;دقيقة;دقائق;سنة;سنوات;عام;أعوام;شهر;أشهر;"
     "دولار*;ريال*;درهم;يورو;ساعت;روز;سال;ماه;دقیقه;دلار;تومان;ریال;घंटे;दिन;साल;"
     "महीने;रुपये;रुपए;डॉलर",
     0, QUANTITY_OUT, false, false},
};
const size_t quantity_outs_count = sizeof quantity_outs / sizeof quantity_outs[0];

/* Scripts without spaces, and Korean, whose particles are written on to the noun. */
const struct quantity_group quantity_alone[] = {
    /* Amounts of data */
    {"テラバイト;テラ;테라바이트;테라", 1e12, QUANTITY_SIZE, false, false},
    {"ギガバイト;ギガ;기가바이트;기가", 1e9, QUANTITY_SIZE, false, false},
    /* Scripts without spaces: counters and things */
    {"医院;服务器;伺服器;主机;电脑;病历;订单;纪录;档案;学员;持卡人;信息;考生;论坛;摄像头;业主;车主;"
     "司机;教师;老师;简历;合同;源码;社;校;サイト;サーバ;サーバー;画像;端末;文书;名簿;장;"
     "곳;대;사이트;"
     "서버;데이터;문서;메일;도면;환자;학생;직원;条;笔;件;份;行;组;张;个;名;位;户;台;部;家;所;座;辆;"
     "封;人;人次;人分;名分;件分;"
     "用户;使用者;账户;账号;帐户;帐号;记录;数据;资料;个资;个人资料;个人信息;个人情报;公民;居民;"
     "房客;旅客;客户;顾客;会员;学生;大学生;中学生;小学生;研究生;员工;患者;病人;选民;护照;身份证;"
     "手机号;手机号码;电话;"
     "电话号码;邮箱;邮件;电子邮件;密码;文件;照片;网站;学校;大学;公司;企业;民众;国民;人口;"
     "ユーザー;アカウント;レコード;ファイル;メール;パスワード;건;명;개;사용자;계정;레코드;고객;"
     "회원;국민;이용자;파일;라인;줄;여권;비밀번호;이메일;기록;รายการ;คน;บัญชี;ผู้ใช้;ราย;ไฟล์",
     1, QUANTITY_NOUN, false, false},
    {"年;月;日;号;时;点;分;分钟;秒;天;周;小时;个小时;个月;个星期;个工作日;个多月;星期;年代;岁;元;"
     "块;块钱;"
     "美元;美金;人民币;欧元;台币;新台币;"
     "港币;日元;韩元;卢布;比特币;円;ドル;时间;日间;か月;ヶ月;カ月;歳;才;倍;度;公里;米;年间;년;월;"
     "일;시;시간;분;초;세;살;원;달러;"
     "유로;엔;개월;주;년간;번째;배;ปี;เดือน;วัน;ชั่วโมง;นาที;บาท;届;楼;层;路;期;版;级;级别;强;大",
     0, QUANTITY_OUT, false, false},
    /* Scripts without spaces: words that multiply */
    {"ล้าน", 1e6, QUANTITY_MULTIPLIER, false, false},
    {"แสน", 1e5, QUANTITY_MULTIPLIER, false, false},
    {"หมื่น", 1e4, QUANTITY_MULTIPLIER, false, false},
    {"พัน", 1e3, QUANTITY_MULTIPLIER, false, false},
};
const size_t quantity_alone_count = sizeof quantity_alone / sizeof quantity_alone[0];
