#include "claim/source_domain.h"

static const char *const others[] = {
    /* shorteners */
    "t.co", "bit.ly", "ow.ly", "buff.ly", "dlvr.it", "goo.gl", "tinyurl.com", "is.gd", "ift.tt",
    "lnkd.in", "fb.me", "trib.al", "rb.gy", "cutt.ly", "shorturl.at", "j.mp", "youtu.be", "wp.me",
    "clck.ru", "t.cn", "dwz.cn", "vk.cc", "tcrn.ch", "amzn.to", "rebrand.ly", "soo.gd", "tiny.cc",
    "zpr.io", "spr.ly", "hubs.ly", "snip.ly", "po.st", "shar.es", "owl.li", "su.pr",
    /* platforms and messengers */
    "twitter.com", "x.com", "facebook.com", "instagram.com", "youtube.com", "reddit.com", "redd.it",
    "vk.com", "ok.ru", "weibo.com", "weibo.cn", "tiktok.com", "douyin.com", "threads.net",
    "bsky.app", "mastodon.social", "linkedin.com", "tumblr.com", "pinterest.com", "t.me",
    "telegram.me", "telegram.org", "telegra.ph", "discord.com", "discord.gg", "wa.me",
    "whatsapp.com", "line.me", "gab.com", "truthsocial.com", "rumble.com", "plurk.com", "zhihu.com",
    "bilibili.com", "twitch.tv", "4chan.org", "livejournal.com"};

/* Places of files and pastes: a link there seems to lead to something. */
static const char *const file_hosts[] = {
    "pastebin.com",    "ghostbin.com",   "rentry.co",       "mega.nz",        "mega.io",
    "gofile.io",       "anonfiles.com",  "mediafire.com",   "files.fm",       "pixeldrain.com",
    "dropmefiles.com", "transfer.sh",    "sendspace.com",   "filebin.net",    "wetransfer.com",
    "ufile.io",        "workupload.com", "krakenfiles.com", "bayfiles.com",   "zippyshare.com",
    "justpaste.it",    "paste.ee",       "0bin.net",        "privatebin.net", "dropbox.com",
    "google.com",      "github.com",     "archive.org",     "send.cm"};

static bool is_in(struct str domain, const char *const *list, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (str_is(domain, list[i])) {
            return true;
        }
    }
    return false;
}

bool host_keeps_files(struct str host) {
    struct str rest = host;
    while (rest.len > 0) {
        if (is_in(rest, file_hosts, sizeof file_hosts / sizeof file_hosts[0]) ||
            str_is(rest, "onion")) {
            return true;
        }
        size_t dot = str_find_byte(rest, '.', 0);
        rest = dot == STR_NOT_FOUND ? STR_EMPTY : str_slice(rest, dot + 1, rest.len);
    }
    return str_starts_with(host, STR("paste."));
}

bool source_domain_counts(struct str domain) {
    return domain.len > 0 && !host_keeps_files(domain) &&
           !is_in(domain, others, sizeof others / sizeof others[0]);
}
