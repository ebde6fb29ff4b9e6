/* The windows that texts have most, counted in 59,526 posts of a campaign in English, Russian and
 * German, 40,000 Chinese posts and 40,000 comments, folded; of the three shares of bytes the
 * largest. Windows that hold names of persons were left out. A record is a window and a letter for
 * its frequency: A is 2^-4, each next letter half of an octave less. */
#include "rule/frequency.h"

#include <math.h>
#include <stdlib.h>

#include "rule/literals.h"

/* clang-format off */
static const char narrow[] =
    " #baW #blR #buV #chW #coV #deU #goV #heU #hiV #isV #liW #loW #maT #meV #neS #pjV #poS #prV"
    " #reU #spU #stV #tcU #teV #thU #trT #waW ...S 100W 201S @maV @miV @reV @thV aboQ accT actT"
    " admV aftS agaS airV allQ alwW ameR andN annW anoV antT anyT appT areP armV arrU artW askV"
    " assU attS awaV bacT badW banU barV basW beaT becT beeU befV beiT belU benW berW besU betU"
    " bigU bilU blaR bloV booV boyV braV breT briU broU burW busU butR calS camT canQ carS casU"
    " cauV celW chaQ cheU chiS chrU citU claT cleV cliS cloV cnnW colT comQ conP copV corU couQ"
    " craU creV criU croW danV dayS deaS debU decU defU delV demS denV depV derV desT didT dieS"
    " dirW disS doeT donQ dowT dreW driV droW druW durV earW einV eleU endU enlV entW eveQ expS"
    " facT faiV falV famU fatV feaW feeV figU filW finS firS flaV floW folU fooV forM fouU fraV"
    " freT friU froQ funU gamV genV getR girV givU godW goiU gooT gopV gotU govV graU greT groU"
    " gunU guyW hadU hanU hapU harT hasR hatU havQ he'W heaS helT herQ higV hilS himT hisR hitV"
    " holV homU hopV hosW houT howS httG i'mT ideW illV immV impU incV indV infV insT intR invU"
    " isiW islV it'T it.W itsV jobV joiV jusQ keeV kidV kilS kinW knoS lanW lasV latV lauW lawU"
    " leaR lefV legV letU libT lieV lifU likR linV lisW litV livT lonV looS losT lovT madU makS"
    " manR marS masV matV mayU meaV medT memV menU micW milT minU misU mitW momW monT morR mosU"
    " movV mucV murV musS namW natU neeS nevU newQ nexW nigV norU notP nowS obaR offR oneS onlT"
    " opeV othV ourS outQ oveS ownU parR pasV patU payW peoR perS phoU picW plaR pleV polQ posT"
    " potW powW praW preQ priT proP putV queV racT raiW reaQ recT refU regW relU remT repR resS"
    " retV revV ricV rigT runV rusT saiV samV sanU savW sayR scaV schS seaV secU seeS selV senT"
    " serU setV sexV shaT sheS shiV shoP sigW sinU slaV socW solV somS sonW sorW souU speS spoW"
    " staP steU stiU stoR strS stuT sucW supS surU susV takT talU teaU telU terT texV thaO theK"
    " thiO thoT thrT timS todU tooU topW traS treV triU truO tryV turV tweV twiV twoW u.sV undT"
    " uniU useU verT viaT vicV vidT vioW votT walV wanS warT wasQ watT wayU weaV weeU weiV welU"
    " werU whaR wheR whiR whoQ whyT wilQ winT witO womT wonU worQ wouT wroV yeaS youM#blaR#busV"
    "#demW#heaU#locV#magV#makW#merV#newS#obaW#pjnV#polS#spoU#tcoU#thiU#topU#truT'll V're T've V"
    "----V... O....J...@V.co/G.s. V//t.G/t.cG000 V016 T017 U2012V2016S2017T2020U3333T5555V://tG"
    "@reaV@theVa's VableTabouRaccoWaccuWace Tach UacheVacisTack QackeWacklTacksUact VactiUade U"
    "aderVadinWadmiVads Wady VafteRaga WagaiSage TagenWagreVaid UaignVail VailsVain SainsTair V"
    "ake QakerVakesUakinRaks Wald UaldoUaldtUale ValifWalisUalitUalk Wall PallaWalleSalliValloV"
    "allsVallyRals SalthSalwaUama Rame SamerQamesUamilUampaVams Wan'tUanceSand MandaVandiVandsV"
    "angeSank UanksUanneUanniVannoVanotVans Rant RantaWanthWantiTantsUany TappeTapplWappyVarchU"
    "ard TardsVare ParenUargeUarinVarisWark VarmyWarreUarriUars Tart SarteVartiUartyUary Rase T"
    "ash VashiVasonUass UassaVasseVassiUast SasteUat'sUatchSate PatedTaterUatesSath VatheUatinT"
    "atioOativTatorVatriUats UattaTatteRaturVaughUauseSave Qay, WayerUayinTays RbackSballUbaseW"
    "bateTbeatVbecaSbeenUbefoUbeinTbeliVber TberaTbersWbertVbestUbettUbig VbillTblacPble SblemV"
    "blicUbodyVbombVbookUboutRbreaRbuilWburgVbusiUbut Rcal ScaliWcallScameWcampUcan Qcan'UcandV"
    "cansUcareTcaseVcatiWcausSced VceleVcentUcer Vces UcessVchanScharSche WchecWchelVchenVcherV"
    "chesVchicVchilUchinTchooTchriTcht WcialScideVcismVcistUcitiWcityUckedVckerWckinUckliUcks T"
    "claiVclarVcleaVclosWcnn Vco/0Sco/1Sco/2Sco/3Sco/4Sco/5Sco/6Sco/7Sco/8Sco/9Sco/aQco/bQco/cQ"
    "co/dQco/ePco/fQco/gQco/hQco/iQco/jQco/kQco/lQco/mPco/nQco/oQco/pQco/qQco/rQco/sQco/tQco/uQ"
    "co/vQco/wQco/xQco/yQco/zQcollUcoloWcomiVcommScompTcondUconfUcongUconsTcontTcopsWcordWcorrV"
    "cot UcoulUcounScourUcoveVcrasWcratUcreaVcrimUctedUctioRctivVctorUcts VctuaWcuseVdateVday R"
    "daysVdeadVdealVdeatVdebaSded TdefeVdemoTden UdentQdeo Uder QderaVdes VdestUdge Vdia UdictW"
    "did UdidnWdie UdiesWdingRdiscVdn'tVdoesTdon'SdownTdrivWdtruUduriWe's Se...UeachUead SeadeV"
    "eadyVeak WeakiSeaksVeal TealdUealiWeallUealtSeam Vean Vear SearnWearsTeartVeaseTeasoUeastV"
    "eat SeateUeathUeatiWeaveWebalVebatTecauSecomWeconVect TecteVectiSed, Wed. VederVedgeVediaT"
    "eds Veed TeedsWeek Ween Seep Uees Veet UeetsVefenWeforUeft VefugVegalVeighVein VeineWeingT"
    "eir SeleaWelebVelecTelf VelieUelinVell SellaWelleTelliVellsWelp Vely UemaiVembeTememVemenT"
    "eminWemocUemonVems VenatVend SendeUendiWendsTenerWeninWenliVens UenseVent PentaVenteUentiS"
    "entsSeoneVeoplReporTepreWepubVer, Uer. Ver: VeralSeranWeratUere Qere'VeredVerenVeresWericQ"
    "erinUermaVern VernaVerroTers OerseWersoUerstWert VervaWerveVerviVery Ses, Ues. Uese TesidR"
    "esmaTesn'WespeWespoWess QesseUessiUest QestaVesteTestiSestrVeterVetheWethiVets TetteTettiV"
    "etweWeve VevenTeverPews SexasUexpeVexplWext WfaceUfactWfailWfakeVfallVfamiUfectVfeelVfendW"
    "fereWfferVfficSficeUficiVfighUfinaUfindVfireTfirsTfollUfor NforcVforeTforgVformTfortVfounU"
    "franWfreeTfrieTfromQfterRfuckVfugeVful UfundWgainSgameUgatiWged Ugen VgendUger Uges VgestV"
    "get RgetsVght QghteWghtsVgingVgirlTgiveUgle WgnorWgod WgoinUgoodQgop Ugot UgoveWgranVgreaT"
    "greeUgresUgrouVgtonWgun Whad UhallVhan ThandUhangUhankThappThardVhargVharlVhas Rhat Ohat'U"
    "hateThaveQhe'sVheadUhealThearTheckWhed VheirShellUhelpUhem Then Qher QhereQhersVhes UheseU"
    "hey QhighUhildUhileVhim UhingPhinkShip Whis OhistUhit VhiteShomeUhoneVhoolUhootThopeVhoseV"
    "hot VhotoUhougVhoulThousThoutVhow RhreaVhrisThterWhts VhttpGhumaWi'm Sial Sian SiansViberT"
    "ibleVica TicagWicalTicanRice QicerVich TicheWichtWiciaTick UickeWics UictiVidayWide TidenQ"
    "ideoSied UiendUies RieveVife UigatVigh WightPign UignoWigraVike Rild Vile UilitUill PilleR"
    "illiSillsVils Wily Vime SimesUiminVimmiWims Uina WinalUinatVinceVind TindeVindiVine RinesS"
    "ing King,Ving.Uing:TingeVingsRingtVininWinisUink TinneWins UinstSint WinteSinveUioleWion O"
    "ion.VionaSionsRiousUire UiredVirlsWirstTirthWise Vish VisisTislaTism UisonUissiVist QistaV"
    "isteTistiVistmVistoUistrWistsTit'sSit. WitalVitchVite RitedWiterWith PithoWiticRitieVitioV"
    "itorWits TitteTity Rive QiverUivesSivinVize WjectVjnetVjohnVjoinVjudgWjustQked TkeepVkel V"
    "ker UkersVkes UkidsWkillSkingPklivUknowSkoreWlaceWlackPlaimVlamiWlandSlassWlastUlateUlatiU"
    "law WlayeWlayiUldonUldtrUleadUleakWlearUleasTleavWlebrWlectTled SleftUlegaUlegeVlen WlencW"
    "lentVler Ules TlessTlet VlibeTlicaVliceRliesVlievVlifeTlighWlikeRlineTlingRlionTlistRlitiR"
    "lityUliveRlizeWlle UlledTllegUllenUllerUllinSllioUllowTlls Slly QlocaUlockVlongVlookSloseT"
    "lottWloveSlow UloweVlterWlwayUmadeVmailVmakeRman QmandWmanyVmarcWmariVmarkVmartVmas WmassV"
    "mateVmattSmay VmberSmeanVmed UmediSmeetWmembUmen TmentQmeonWmer UmeriQmes SmethVmichVmigrV"
    "miliVmillUmilyVminaUmindVmingTminiVmissTmit VmmerVmmunWmocrUmondWmoneUmontVmoreRmostUmotiW"
    "moveVmoviUmp: WmpaiVmuchVmuniWmurdVmusiUmuslUmustUn's Un't Pn...Wnal SnameVnateUnatiRnce Q"
    "ncerWncesWnch WndayVndedWndinUnds Sned SneedSner Unes UnessSnet UneveTnew RnewsQnextVney U"
    "ng, Vng. Vng: Tnge UngerUngreUngs TngtoWnia WnighTningRnionWnistVniteVnityUnks VnlisVnly T"
    "nmenWnna WnnedVnnerVnninUnortVnot QnothTnow Rnse WnserWnst UnsteVntedWntenWnterRntheWnti-W"
    "ntifVntinUntioWnto TntroVntryVnts RnvesUobleVocalVociaWock VockeWocksVocraUodayTody Voes U"
    "oesnVoff UoffeVoffiSoin WoingTointVoks Wold Tole VolenVolicRolitRolleVolloUologWomanUome R"
    "omenTomeoWomesWometVominUommeWommuWompaWon'tRon, Von. UonceVond WondaWondeVone QonesVoneyU"
    "ong TongrUonlyTons RonseVonstUontrVood Sook SooksVool UooooUootiUopdeWope VopenVopleRops U"
    "orceVord VordeVordsTore QoreaWorgeUorisUoritVork UorldTormeWorniUors Uort SorteUorthUortsS"
    "ory Uose Soss VossiWost Sote UotecWoterVotesTotheRothiVotinTots VotteVotusUou'rVoughSouldQ"
    "ouncWoundSoungWountSour PoursUourtVous TouseTout PouthVoutuWove SoverQovieUowerTowinVown S"
    "ows Up's Wp://MpaigVpareVparkWpartSpassWpatrUpdebWpeacVpeakWpectTped Vpen VpendVpeopRper U"
    "perfWpersUphonWphotUpingUpjneVplacWplanTplaySple RpleaVpoinWpoliPpollVportPposeVpostUpotuV"
    "poweUppenVpporTppy WprayVpremVpresQprinWprisVprobUprofWpromVprotTprovUps:/GptioWpublUquesV"
    "raceVraciTradiUrageVrainTral SrallVralsWrancVrandUransVrantUrashVrateTratiSratsVraveWrch V"
    "rderTrds Tre'sVrea WreacWreadSreakRrealQreamUreasUreatRrecoVrectVred RrediWree TreedVrefuU"
    "releWremaWremeUren WrentUrepoTrepuVres TreseVresiRrespUressRrestSreveVrgetVria WrialWrianV"
    "ricaPrichVrickWridaWrienTriesUrighSrimeVringRriotUriouWris WriseWrisoWristSriteVritiVrityU"
    "riveVrld UrmanVrms WrninUrns WroblVrockVrollVrom QrongUroriVrossVroteTrougVrounVroveVrresU"
    "rrorTrry Vrs. WrsonUrst TrterUrth UrtinWrts Urty VruptVrussSruthVryinVs...Us://GsaidVsameV"
    "san Wsay UsaysTscarVscheVschoUsdayVsecuVsed Ssee TselfUsenaVsentUservTses SsharUshe TshinU"
    "shipVshitVshooTshotVshouSshowSsia UsianVsic VsideQsignUsineUsingRsionSsis UsistWsiveVskinW"
    "slamTslimUsmatTsn'tUsociVsomeRson RsongWsoutWspeaWspecTspeeWspenVspirWsponWsporTssedVssesW"
    "ssiaTssinVssioUst. Wst: WstanSstarSstatRstayVsteaWstedUstenUsterRsticUstigVstilUstinTstmaV"
    "stocVstonVstopSstorSstraTstreUstriVstroUstruUsts TstudUsupeVsuppSsuprWsureVsuspVsyriVt's Q"
    "t...Ut.coGtackTtageWtainVtakeStal UtaliVtalkUtandTtantWtartTtaryWtateStatiUtch TtcheVtcotU"
    "teamVtechVtectWted PtellTten Tter OteraVtereWteriVternUterrTtersRtes StestStexaUthanRthatO"
    "the KtheiSthemSthenUtherPthesTtheyQthinPthisPthosVthouTthreUthroUtic VticaVticeVticiWticsS"
    "tiesUtifaWtigaWtillTtimeRtingOtionNtistVtiveStle Vtly VtmasVtockVtodaTton RtoniWtoo Vtop S"
    "tor TtoriVtorsVtoryTtp:/Mtps:GtracWtraiUtranVtratWtreaVtreeVtrioVtrolVtrutVtry UttacTttenW"
    "tterQttinUttleUttp:MttpsGtualWtubeWtudeWtureTturnUtus VtweeTtwitUtwo Wu'reVu.s.VubliTuch T"
    "uck VudgeVues VuestVugeeVugh UughtTuld RuldnWump Oump:Wund SundeSung UunitUuntrUuperVuppoT"
    "upreWurdeVure TurinVurseVurt Wuse QusedUusesWusicUusinTusliUuspeVussiSust QustiUute Wuth U"
    "utioVutubWvatiVved Uven TventVver QvernVversTveryRves SvesmTvestUvia TviceWvictVvideSviewV"
    "villVvingTviolVvoteSwakeVwallWwantSwar WwardUwas RwashWwatcTwateWway TwaysTwearWweekUweetT"
    "wellUwer UwereUwestVwhatQwhenRwherUwhilVwhitSwho Rwhy TwillQwin WwingUwishWwithOwittUwomaU"
    "womeUwoodVwordTworkSworlTwoulSwronVxas Vy's VyearSyersWyingRyoneUyou Oyou'UyounWyourQyoutV"
    "yriaWythiV";

static const char wide[] =
    "абоUавиSавтUадаUадеUадиUаетSазаSаинSакоTактTалаS"
    "алеTалиQалоUамеTамиTамоUанаTандTанеUаниQанкTаннU"
    "аноUансTантUанцUараTариTароUартTассSастQатаUатеT"
    "атиUатоTатьQациSаютTбилUблиUболSборSбудTбылUванS"
    "ватSвекUвенUверRвесUветTвидTвитTвлеUводTвоеTвозU"
    "войTворTвосTвсеTвскTвтоUвыйTглаTговUгодRгорTграS"
    "далUданUдарUделSденRдерTдетSдинUдитTдляTдноUдняU"
    "довUдолUдомUеврUегоRедеUедиUелаUелеTелиTелоTельR"
    "ениOеннRентRеньTераSервUереQержUериTернTероUертU"
    "ескTестQетаUетеTетиUетсTженSжноUзалUзапUзнаTиваT"
    "игрUидеSийсSикаSикиTикоSилаTилиRилоUильUинаRинеU"
    "иниUиноTинсUиныUионTираUириTироSистRисьUитаTитеR"
    "итиUитьRициUичеTйскRказSкакSканTкаяUкиеSкийSкихT"
    "ковRкогSкойSколTкомRконSкорUкотUкраQкрыSктоTкциU"
    "ладUланUласSлатUлейUленSлетSликUлисTлитUлицUловS"
    "лосUлсяTлучUльсUманUматTменRминTмирTможUмолUмосS"
    "назUналSнамUнарUнасUнатUначUнаяUнетUниеRнииSникR"
    "нитUнияRнкоUнноTнныSновPногSноеUнойSномTносSнскS"
    "нтаUныеSныйRнымUныхSобеUобоTобрUоваPовеRовиTовоQ"
    "овсUовыSогиUогоPодаSодеUодиTоднSодоTодуUожеTокаU"
    "окоUолеSолиSолоSольRомаUомоTонаTонеTопаUопрUораT"
    "ориSортTоскSослTоссPостPотиUоткUотоRотрTочеUпарT"
    "пасTперQплаTподRпокUполQпомUпосRпраTпреQприQпроO"
    "рабUравSрадUразSраиSракTралUранQрасRратTредRрезT"
    "рекUрелUремTренTресTретUрииTрисUритTродRроиUромU"
    "ронUропUросOротTсамTсанTсвоUсегUсерUсииSсийTсилU"
    "сирTсияTскаRсквTскиQскоPслеTсноUсовSспоTссиPсскU"
    "стаPствQстеUстиQстоQстрQстуUстьSсудUсшаSтавTтакT"
    "талTтанSтатTтвеTтвоTтелQтерQтивTтилUтитUтноUтовR"
    "толUтомTторQтреRтриUтроSтсяSтурSудаUудеUукрSустT"
    "учаUходTцииRцияTчасTчелUчемUченTчерUчесTчитUчтоR"
    "ываUьноTьныUьсяUэтоT一下Q一个N一些U一位U一切S一天S一定O"
    "一家U一心U一样S一次T一点S一直S一线Q一起R一路P上班U不了S不会R"
    "不到R不可T不好T不如U不容T不得U不想S不敢U不是N不用U不知R不管U"
    "不能O不行U不要P不起T不过R不错R专家U世界Q东西T两个T严重S严防T"
    "个人R个国U个月S中医T中华T中国K中的U为了S为什Q为啥U为我U主义T"
    "么不T么多R么时T之前T也不R也很U也是R也有U也没T也要T买不S了...S"
    "了一T了吗S了吧S了我T事情U些人T人不T人们U人员O人家T人数U人民O"
    "人的Q人类T人都S什么M今天S他们O他的T付出S代表T以为T以后S们一T"
    "们不T们也U们是S们的P们致U们辛T们这T们都S任何U休息R会好T伟大S"
    "传染T估计U但是R作为T作人T作者U你一U你们M你妹T你是U你的S使道U"
    "保护R值得T假的Q做好T做的T健康R偷笑O免疫U兔子T入境T全世U全国R"
    "全球T公司U共同T关注S关门S其他S其实S决反T减肥U几个U几天U出去T"
    "出来R出现U出门T分享U切都U刘翔S别人T到了T到底U到这T力量U加油J"
    "努力S北京S北人U医务U医护Q医生R医疗S医院S厉害S原来S去了S去的U"
    "反对R发微J发生U变态U口罩O只是T只有T只能U只要U可以O可怕T可怜Q"
    "可是U可爱Q可能R吃惊P吉林U同胞U名字U呵呵R哈哈K哪里U啊...T啊啊R"
    "喜欢P嘻嘻P回复P回家R回来Q因为R团结T围观R国人N国内T国加O国外T"
    "国家O国的Q在一T在中U在家S在这U地方S坚决S坚持T垃圾U城市T城管U"
    "基层S境外S处理U复工T外国R外输T多了T多人T多少S多的U大利T大吉S"
    "大国T大学U大家Q大的S天使S天天T太好U奥特T奥运U女人U好了R好像T"
    "好可T好多U好好R好消T好的Q好看T好自S好起S如果R如此T妈妈U威武R"
    "娘使U媒体T子的U学习T学了U学校T学生S孩子R安全R安回S安归P定会U"
    "定要Q害羞U家人S家的S家都T家里U容易T小区U小小U小心T小汤U就不S"
    "就好U就是O尼玛U山东U工作P己的T已经Q市场U希望N帮助U平凡T平安N"
    "幸福R广东T广州U应该P建议T开始R开学P开心S归来P很多R很好U微博J"
    "必胜U必须S快乐S快点S怎么O思考S总统U患者U悲伤T情况S情早U意大T"
    "意思T感动S感恩S感染Q感觉S感谢P我一U我不T我也R我们L我大T我就T"
    "我想S我是S我的Q我要U我觉U我还U我都U战胜T戴口T所以S所有Q才是T"
    "才能U抓狂R抗疫S护人R护好T挖鼻Q挺住U控制S支持R支援T政府Q敬英S"
    "数字U数据U新冠R新增T新闻S无症U日报T日本R早日Q早点T时候P时间S"
    "明天T是一R是不Q是个T是中R是人U是什U是你T是假T是在U是我R是最T"
    "是有T是的U是真R是美U是要T是这S晚安T普通U最可T最后S最近U有一S"
    "有些U有人S有什U有你T有多U有时U有点S有的S有这T朋友S望疫U期待T"
    "机会U权力U条例U来了R来吧U来的Q来越S样的R根本U检测R欢迎U正常U"
    "武汉M死了U死亡S每一S每个U每天T比较U民族T民日T民的T永久U永远T"
    "汉加P江西R汤圆T没有N河南U油中U油加S油啊U治愈U治疗U注意R流感U"
    "浙江S消息S湖北P点你U点赞T然后U照片U照顾U爆发U爱你P爱的S父亲U"
    "爸爸S牛逼U物资T特别U特曼T牺牲T献血S现在O生命S生活S男人U疫情N"
    "病人U病例S病毒O症状T發微S白衣S百姓S的一S的不S的中T的事S的人N"
    "的假S的医S的吗T的吧U的啊U的国S的地U的大U的太U的好T的家U的小T"
    "的工U的很T的时S的是R的生U的英S的话T的那T的都U直接T相信S看到Q"
    "看来U看看R真好U真心U真是R真的N真相U睡觉U知道P确实U确诊S社会S"
    "祖国R祝福U神马U科学T移动U第一R等你U管理T精神U线的T终于U经济U"
    "结婚U结束R结果S给力Q给我U绝对U继续S美国M老人U老师R老百T而且U"
    "肯定T肺炎T胜利T能不R自己N自由T致敬M花心R苦了N苦啦T英国U英雄N"
    "苹果U虽然T蜡烛R衣天T要平S要是U要求U觉得R让他T让我T记住U评论T"
    "试试U说的T谢你R谢谢Q负责U责任U走好P赶紧T起来Q越好U越来S路走P"
    "身体S轉發S转发J输入S辛苦M辽宁U过去S还不T还在U还是P还有Q还没T"
    "还要S这一U这不U这个N这么P这些R这就U这是Q这样P这次S这种Q退出U"
    "逆行U速度U造谣U道传U道理U那个S那么R那些R都不Q都会T都在T都是P"
    "都有U都没S都能U都要S鄙视S重要U重视U钟老Q门大S问题R防护T防控S"
    "防疫T阿娘U院士T隐瞒U隔离P难道U雄们T需要R韩国T领导S馋嘴T骄傲T"
    "黑龙S鼓掌Q鼻屎Q龙江S";
/* clang-format on */

#define FURTHER_BYTES 0.4       /* share of texts with four bytes in which the next two follow */
#define FURTHER_WORD 0.3        /* share of texts with one word in which the next one follows */
#define FREQUENCY_LEAST 0x1p-15 /* of the windows in the tables */

static int compare_narrow(const void *window, const void *record) {
    return memcmp(window, record, FREQUENCY_NARROW);
}

static int compare_wide(const void *window, const void *record) {
    return memcmp(window, record, FREQUENCY_WIDE);
}

static double frequency_of_six(struct str window) {
    double least = 1;
    for (size_t at = 0; at + FREQUENCY_NARROW <= window.len; at++) {
        struct str part = str_slice(window, at, at + FREQUENCY_NARROW);
        double frequency = (unsigned char)part.ptr[0] & 0x80 ? 1 : window_frequency(part);
        least = frequency < least ? frequency : least;
    }
    return least * FURTHER_BYTES;
}

double window_frequency(struct str window) {
    const char *record = NULL;
    if (window.len == FREQUENCY_WIDE && !((unsigned char)window.ptr[0] & 0x80)) {
        return frequency_of_six(window);
    }
    if (window.len == FREQUENCY_NARROW) {
        record = bsearch(window.ptr, narrow, sizeof narrow / (FREQUENCY_NARROW + 1),
                         FREQUENCY_NARROW + 1, compare_narrow);
    } else if (window.len == FREQUENCY_WIDE) {
        record = bsearch(window.ptr, wide, sizeof wide / (FREQUENCY_WIDE + 1), FREQUENCY_WIDE + 1,
                         compare_wide);
    }
    if (record) {
        return exp2(-4 - (record[window.len] - 'A') / 2.0);
    }
    double expected = literal_frequency(window);
    bool is_counted = window.len == FREQUENCY_NARROW || window.len == FREQUENCY_WIDE;
    return is_counted && expected > FREQUENCY_LEAST / 2 ? FREQUENCY_LEAST / 2 : expected;
}

double text_frequency(struct str literal) {
    double least = literal_frequency(literal);
    double further_words = 1;
    for (size_t at = 0; at < literal.len; at++) {
        unsigned char byte = (unsigned char)literal.ptr[at];
        size_t size = byte & 0x80 ? FREQUENCY_WIDE : FREQUENCY_NARROW;
        if ((byte & 0xC0) == 0x80 || at + size > literal.len) {
            continue;
        }
        double frequency = window_frequency(str_slice(literal, at, at + size));
        least = frequency < least || at == 0 ? frequency : least;
        further_words *= byte == ' ' ? FURTHER_WORD : 1;
    }
    return least * further_words;
}
