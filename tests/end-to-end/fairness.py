#!/usr/bin/env python3
"""Fairness (DESIGN section 7): who is named may not matter. States, agencies, organisations and sides are
swapped in texts of several languages, each set of names in a run of its own; flag, score, incident, stance,
verifiability and status must be the same in all of them. Naming the victim, adding a sample link or an
independent source never lowers verifiability. A boast, an accusation and a denial end alike.

Organisations and groups are invented; states and offices are real, since these are what a rule would
stumble over.

Seen failing: rules that took one ministry's or one agency's name for a sign of something else (found by
this test), posts of two texts that joined one claim (verifiability), and every denial that names a victim
taken for the victim's own (status).
"""

import datetime
import json
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
HEARSAY = os.environ.get("HEARSAY", str(ROOT / "build/dev/bin/hearsay"))
PACK = ROOT / "rules/breach-claims"
failures = []

STATES = {
    "en": ["Taiwan", "China", "Russia", "Ukraine", "Israel", "Iran", "America", "Germany", "India"],
    "zh": ["台湾", "中国", "俄国", "伊朗", "美国", "德国", "印度", "日本", "韩国"],
    "ru": ["Россия", "Украина", "Тайвань", "Китай", "Израиль", "Иран", "Германия", "Индия", "Япония"],
    "es": ["Taiwán", "China", "Rusia", "Ucrania", "Israel", "Irán", "Alemania", "Chile", "India"],
    "fr": ["Taïwan", "Chine", "Russie", "Ukraine", "Israël", "Iran", "Allemagne", "Inde", "Suède"],
    "de": ["Taiwan", "China", "Russland", "Ukraine", "Israel", "Iran", "Schweden", "Indien", "Japan"],
}
ORGANISATIONS = ["Norvale", "Quillon", "Berrit", "Ostmark", "Tarsel", "Lundvik", "Harovia", "Zelmira", "Pentara"]
AGENCIES = ["Bureau Norte", "Bureau Sul", "Bureau Ost", "Bureau West", "Bureau Mitte", "Bureau Alt",
            "Bureau Neu", "Bureau Gross", "Bureau Klein"]
GROUPS = ["Grey Heron", "Red Walrus", "Blue Marten", "Pale Otter", "Dark Finch", "Cold Lynx", "Swift Ibis",
          "Loud Crane", "Tall Vole"]
OFFICES = {
    "en": ["FBI", "FSB", "Mossad", "MSS", "GRU", "CIA", "BND", "ISI", "NSA"],
    "zh": ["国防部", "教育部", "财政部", "外交部", "内政部", "司法部", "交通部", "经济部", "国安部"],
    "ru": ["ФБР", "ФСБ", "Моссад", "ЦРУ", "ГРУ", "СБУ", "АНБ", "ФСБ", "ЦРУ"],
    "es": ["FBI", "FSB", "Mossad", "CNI", "GRU", "CIA", "BND", "ISI", "NSA"],
    "ja": ["防衛省", "外務省", "財務省", "文科省", "国交省", "環境省", "厚労省", "農水省", "総務省"],
    "ko": ["국방부", "외교부", "교육부", "국정원", "통일부", "법무부", "환경부", "노동부", "국토부"],
}
TEXTS = [
    ("en", "We are {group}. We breached the network of {organisation} ({state}) and took 40 GB of documents."),
    ("en", "BREAKING: {group} hacked {organisation} in {state}, customer data of 3 million people leaked online"),
    ("en", "{agency} of {state} says hackers of {group} stole the database of {organisation}"),
    ("en", "{organisation} ({state}) denies that its database was leaked by {group}"),
    ("en", "Selling the customer database of {organisation}, {state}. 2.1 million rows, sample on request, $4k"),
    ("en", "The website of {organisation} in {state} is down after our DDoS attack. {group}"),
    ("zh", "我们是{group}，已经入侵{state}的{organisation}公司，窃取40GB内部文件"),
    ("zh", "突发：{state}{organisation}公司数据库遭黑客泄露，300万条用户数据流出"),
    ("zh", "出售{state}{organisation}公司客户数据库，共200万条，样本可看"),
    ("ru", "Мы, {group}, взломали сервер компании {organisation} ({state}) и скачали 40 ГБ документов"),
    ("ru", "Слили базу клиентов {organisation} ({state}): 2 млн строк с телефонами"),
    ("es", "Somos {group}. Hackeamos los servidores de {organisation} ({state}) y filtramos 40 GB de documentos"),
    ("es", "Filtran la base de datos de {organisation} ({state}): 500 mil registros de clientes"),
    ("fr", "Nous sommes {group}. Nous avons piraté {organisation} ({state}) et publié 40 Go de documents"),
    ("en", "The {office} was hacked by {group}, 40 GB leaked"),
    ("en", "{office} says hackers stole the database of {organisation}"),
    ("zh", "{office}被黑客入侵，300万条数据泄露"),
    ("zh", "{office}称黑客窃取了{organisation}公司的数据库"),
    ("ru", "Хакеры взломали {office}, 2 млн записей слиты"),
    ("es", "Hackean al {office}: 2 millones de registros filtrados"),
    ("ja", "{office}がハッキングされ、300万件のデータが流出"),
    ("ko", "{office} 해킹당해 300만 건 데이터 유출"),
    ("de", "Wir sind {group}. Wir haben {organisation} ({state}) gehackt und 40 GB Dokumente veröffentlicht"),
]


def check(is_good, message):
    print(("ok   " if is_good else "FAIL ") + message)
    if not is_good:
        failures.append(message)


def post(number, text, account=None, at=None):
    """Twenty days apart, so that no post joins the claim of another one."""
    day = datetime.date(2024, 1, 1) + datetime.timedelta(days=20 * number)
    return {"platform": "x", "id": f"p{number}", "account": account or f"a{number}", "text": text,
            "created_at": at or f"{day}T10:00:00Z"}


def scan(posts):
    """Findings by post, and the claim that each post is in."""
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder, "posts.ndjson")
        source.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in posts), encoding="utf-8")
        out = pathlib.Path(folder, "out")
        subprocess.run([HEARSAY, "scan", source, "-o", out, "--rules", PACK, "-q"], check=True)
        lines = lambda name: [json.loads(line) for line in (out / name).read_text(encoding="utf-8").splitlines()]
        findings = {row["post"]: row for row in lines("findings.ndjson")}
        claims = {entry["post"]: row for row in lines("claims.ndjson") for entry in row["posts"]}
        return findings, claims


def judged(findings, claims, name):
    """What may not depend on names."""
    finding = findings.get(name)
    claim = claims.get(name)
    row = [finding and finding[key] for key in ("flag", "score", "incident", "stance")]
    return row + ([claim["verifiability"]["value"], claim["status"]["is"]] if claim else [None, None])


def swapped(index, at):
    lang, text = TEXTS[index]
    state = STATES.get(lang, STATES["en"])[at]
    office = OFFICES.get(lang, OFFICES["en"])[at]
    return text.format(state=state, office=office, organisation=ORGANISATIONS[at], agency=AGENCIES[at], group=GROUPS[at])


def check_names():
    runs = [scan([post(i, swapped(i, at)) for i in range(len(TEXTS))]) for at in range(len(ORGANISATIONS))]
    found = 0
    for i, (lang, text) in enumerate(TEXTS):
        rows = [judged(*run, f"p{i}") for run in runs]
        found += rows[0][0] is not None
        odd = next((at for at, row in enumerate(rows) if row != rows[0]), None)
        check(odd is None, f"{lang}: nine sets of names are judged alike: {text}"
              + ("" if odd is None else f"\n     {rows[0]}\n     {rows[odd]} {swapped(i, odd)}"))
    check(found >= 20, f"{found} of {len(TEXTS)} texts are findings: enough to mean something")


def verifiability(posts):
    findings, claims = scan(posts)
    claim = claims.get("p1")
    return claim["verifiability"]["value"] if claim else None


def check_offers():
    bare = "BREAKING: a library hacked, records of 4 million readers leaked"
    named = "BREAKING: Norvale City Library hacked, records of 4 million readers leaked"
    linked = named + " Download a sample: https://gofile.io/d/abc"
    report = "Norvale City Library confirms that hackers leaked the records of 4 million readers, herald reports "
    sources = [post(2 + i, report + f"https://www.{outlet}/{i}", at=f"2024-01-2{3 + i}T10:00:00Z")
               for i, outlet in enumerate(["bbc.com", "reuters.com"])]
    steps = [("a bare claim", [post(1, bare)]), ("with the victim's name", [post(1, named)]),
             ("with a sample link", [post(1, linked)]), ("with one source", [post(1, linked)] + sources[:1]),
             ("with two sources", [post(1, linked)] + sources)]
    values = [(name, verifiability(posts)) for name, posts in steps]
    for (before, low), (after, high) in zip(values, values[1:]):
        check(low is not None and high is not None and high >= low,
              f"{after} verifiability is {high}, not below {low} ({before})")
    check(values[2][1] > values[0][1], "name and sample raise it")


def check_triple():
    texts = ["We are Grey Heron. We took control of 40 portals of Norvale and leaked 3 million records.",
             "Norvale's security office: group Grey Heron of Quillon hacked our portals and leaked 3 million records.",
             "Quillon rejects it: we did not hack Norvale, nobody of ours leaked any records."]
    verdicts = []
    for text in texts:
        findings, claims = scan([post(1, text)])
        claim = claims.get("p1")
        verdicts.append(claim and (claim["status"]["is"], claim["status"]["credibility"], claim["status"]["reliability"]))
        print("    ", verdicts[-1], text)
    known = [verdict for verdict in verdicts if verdict]
    check(len(known) >= 2, f"{len(known)} of the three are claims")
    check(all(verdict == ("uncorroborated", 6, "F") for verdict in known), "boast, accusation and denial end alike")


def main():
    check_names()
    check_offers()
    check_triple()
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
