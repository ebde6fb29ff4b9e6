#include "claim/claim_words.h"

/* One row a kind and group of languages. Folded: lower case, simplified characters. */
const struct claim_word_row claim_word_rows[] = {
    {CLAIM_WORD_PROOF, "proof;proofs;evidence;proof of concept;доказательств*;пруф*;докази;доказів;"
                       "prueba;pruebas;preuve;preuves;beweis;beweise;prova;provas;kanıt*"},
    {CLAIM_WORD_PROOF, "证据;实锤;支持验数;验数;*دليل*;*أدلة*;مدرک;مدارک;证拠;증거*;증빙*"},
    {CLAIM_WORD_NO_PROOF, "no proof;no evidence;without proof;without evidence;zero evidence;"
                          "без доказательств;нет доказательств;без доказів;sin pruebas;"
                          "sans preuve;sans preuves;ohne beweise;ohne beweis;sem provas;"
                          "kanıt yok;没有证据;无证据;没证据;دون دليل;بلا دليل;بدون مدرک;"
                          "证拠はない;证拠なし;증거 없*;증거는 없*"},
    {CLAIM_WORD_SCREENSHOT, "screenshot*;screen shot*;screencap*;скрин*;скріншот*;captura;capturas;"
                            "pantallazo*;capture d'écran;captures d'écran;capture d’écran;"
                            "captures d’écran;bildschirmfoto*;print da tela;prints;"
                            "ekran görüntü*"},
    {CLAIM_WORD_SCREENSHOT, "截图;截屏;*لقطة شاشة*;*لقطات*;*سكرين*;اسکرین*;اسکرین شات*;スクショ;"
                            "スクリーンショット;캡처*;캡쳐*;스크린샷*"},
    {CLAIM_WORD_VIDEO, "video;videos;footage;screen recording;видео*;відео*;vídeo;vídeos;vidéo;"
                       "vidéos;视频;录像;录屏;*فيديو*;ویدیو*;ویدئو*;动画;动画;영상*;동영상*"},
    {CLAIM_WORD_SAMPLE, "sample;samples;preview of the data;образец;образц*;пробник*;семпл*;сэмпл*;"
                        "зразок;зразк*;muestra;muestras;échantillon*;stichprobe*;probedaten;"
                        "beispieldaten;amostra;amostras;örnek veri*;numune*"},
    {CLAIM_WORD_SAMPLE, "样本;样品;样例;试阅;抽样数据;*عينة*;*عينات*;نمونه*;サンプル;샘플*"},
    {CLAIM_WORD_LISTING, "file listing;file tree;directory listing;list of files;data catalog;"
                         "table names;список файлов;дерево файлов;список таблиц;перелік файлів;"
                         "lista de archivos;listado de archivos;liste des fichiers;"
                         "dateiliste;lista de arquivos;dosya listesi;文件列表;目录列表;文件清单;"
                         "قائمة الملفات;فهرست فایل*;ファイル一覧;파일 목록*"},
    {CLAIM_WORD_DOWNLOAD, "download*;full dump;full database;full archive;grab it;get it here;"
                          "скачать;скачивайте;скачивай;ссылка на архив;качайте;завантажити;"
                          "descarga*;descárg*;télécharge*;herunterladen;zum download;baixar;baixe;"
                          "indir*"},
    {CLAIM_WORD_DOWNLOAD,
     "下载;链接自取;自取链接;网盘;*تحميل*;*تنزيل*;دانلود*;ダウンロード;다운로드*;"
     "내려받*"},
    {CLAIM_WORD_TOTALITY,
     "all;entire;every;everything;complete;completely;total;totally;whole;full;"
     "fully;все;всё;всех;всю;вся;весь;полностью;целиком;абсолютно;полный;"
     "полная;полную;усі;всі;повністю;увесь;цілком"},
    {CLAIM_WORD_TOTALITY,
     "todo;todos;toda;todas;completo;completa;completamente;entero;entera;tout;"
     "toute;tous;toutes;entier;entière;entièrement;intégralité;complet;"
     "complète;totalement;alle;alles;komplett*;gesamt*;sämtlich*;vollständig*;"
     "tudo;inteiro;inteira;completamente;tüm;bütün;hepsi;tamamen;tamamı"},
    {CLAIM_WORD_TOTALITY, "全部;所有;整个;完全;彻底;统统;كل;جميع;بالكامل;كامل;همه;کامل;تمام;"
                          "すべて;全て;まるごと;全サーバー;완전히;전부;모든;모두;전체*"},
    {CLAIM_WORD_RETRACTION, "i take it back;we take it back;i retract*;we retract*;i made it up;"
                            "we made it up;i made this up;we made this up;we withdraw our claim;"
                            "i withdraw my claim;our claim was wrong;my claim was wrong"},
    {CLAIM_WORD_RETRACTION, "беру слова назад;берём слова назад;берем слова назад;я всё выдумал*;"
                            "я все выдумал*;мы всё выдумали;мы все выдумали;забираю слова назад;"
                            "ми все вигадали;я все вигадав;me retracto;nos retractamos;"
                            "me lo inventé;nos lo inventamos;je me rétracte;nous nous rétractons;"
                            "j'ai tout inventé;nous avons tout inventé;j’ai tout inventé;"
                            "ich nehme das zurück;wir nehmen das zurück;wir haben das erfunden;"
                            "ich habe das erfunden;retiro o que disse;retiramos o que dissemos;"
                            "inventei tudo;inventamos tudo;sözümü geri alıyorum;"
                            "iddiamızı geri alıyoruz;uydurduk;uydurdum"},
    {CLAIM_WORD_RETRACTION,
     "收回之前的说法;收回此前的说法;收回说法;是我编的;是我们编造的;是我们编的;"
     "نسحب ادعاءنا;أسحب ادعائي;اختلقنا;ادعای خود را پس "
     "میگیریم;"
     "ادعای خود را پس میگیریم;حرفم را پس میگیرم;حرفم را "
     "پس "
     "میگیرم;"
     "主张を撤回します;主张を撤回します;撤回します;でっち上げでした;"
     "주장을 철회*;지어낸 이야기였*;지어낸 것이었*"},
    {CLAIM_WORD_PRICE,
     "$;€;£;¥;₽;₩;₺;₴;usd;usdt;eur;btc;xmr;bitcoin;bitcoins;monero;dollar*;euro;"
     "euros;rub;руб*;долл*;доллар*;биткоин*;грн;dólar*;pesos;reais;tl;lira;"
     "美元;美金;镁;镁;万元;دولار*;دلار*;تومان;ریال;ドル;万円;달러*;만원*;원에"},
    {CLAIM_WORD_CONTACT, "t.me/;telegram;tox id;tox:;session id;dm me;dm us;pm me;pm us;dms open;"
                         "escrow;middleman;contact us;в лс;в личку;пишите в;гарант;в приват;"
                         "у лс;por privado;por interno;en mp;en privé;message privé;per pn;"
                         "per dm;no pv;no privado;chama no;özelden;dm'den;dm’den"},
    {CLAIM_WORD_CONTACT, "私信;私讯;加v;加微;飞机;担保;中间人;التواصل خاص;على الخاص;تواصل خاص;"
                         "پیام بدید;پیام خصوصی;pv;dmで;dmまで;디엠*;쪽지*;텔레그램*"},
    {CLAIM_WORD_DEADLINE, "deadline;ultimatum;countdown;hours left;days left;or we publish;"
                          "or we will publish;time is running out;дедлайн*;ультиматум*;"
                          "иначе опубликуем;или опубликуем;осталось часов;інакше опублікуємо;"
                          "ultimátum;plazo;cuenta atrás;ultimatum;compte à rebours;"
                          "sinon nous publierons;frist;sonst veröffentlichen;prazo;"
                          "ou publicamos;süre doluyor;son tarih;aksi halde yayınla*"},
    {CLAIM_WORD_DEADLINE, "最后通牒;倒计时;期限;逾期;مهلة;المهلة;إنذار "
                          "أخير;مهلت;ضربالاجل;"
                          "最后通牒;カウントダウン;최후통첩*;시한*;카운트다운*"},
};
const size_t claim_word_row_count = sizeof claim_word_rows / sizeof claim_word_rows[0];
