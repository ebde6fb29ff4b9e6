/* hearsay reports observations: a rule's name and note may say what a text does, never that it is
 * untrue, why it was written or who is behind it. Words in quotes or backticks are quotations and
 * pass. */
#include "rule/check.h"
#include "rule/vocabulary.h"

struct words {
    struct str text;
    size_t at;
    char quote; /* open quotation, 0: none */
};

static bool is_word_byte(char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '-' ||
           (unsigned char)byte >= 0x80;
}

/* A quote opens before a word and closes behind one, so that apostrophes do neither. */
static void read_quote(struct words *words, size_t at) {
    char byte = words->text.ptr[at];
    bool is_before = at == 0 || !is_word_byte(words->text.ptr[at - 1]);
    if (byte != '\'' && byte != '"' && byte != '`') {
        return;
    }
    if (words->quote == byte) {
        words->quote = 0;
    } else if (!words->quote && is_before) {
        words->quote = byte;
    }
}

/* The next word outside quotations, cut at everything but letters and hyphens. */
static bool next_word(struct words *words, struct str *word) {
    while (words->at < words->text.len) {
        size_t start = words->at;
        while (words->at < words->text.len && is_word_byte(words->text.ptr[words->at])) {
            words->at++;
        }
        if (words->at > start) {
            if (!words->quote) {
                *word = str_slice(words->text, start, words->at);
                return true;
            }
        } else {
            read_quote(words, words->at++);
        }
    }
    return false;
}

static void refuse(struct checker *checker, struct place place, struct str word,
                   const char *reason) {
    struct diagnostic *diagnostic =
        check_error(checker, E_WORDING, place, "`%.*s` %s", (int)(word.len > 60 ? 60 : word.len),
                    word.ptr, reason);
    if (diagnostic) {
        diagnostic->help = STR("say what the text does (\"the post calls a claim 'fake'\"); "
                               "quoted words pass");
    }
}

static void check_text(struct checker *checker, struct str text, struct place place) {
    struct words words = {.text = text};
    struct str word;
    bool after_nation = false;
    while (next_word(&words, &word)) {
        const char *reason = wording_reason(word);
        if (reason) {
            refuse(checker, place, word, reason);
        } else if (after_nation && is_actor(word)) {
            refuse(checker, place, word, "beside the name of a nation says who is behind it");
        }
        after_nation = is_nation(word);
    }
}

void check_wording(struct checker *checker, const struct rule *rule) {
    check_text(checker, rule->name, rule->name_place);
    check_text(checker, rule->meta.note, rule->meta.note_place);
    for (uint32_t i = 0; i < rule->outcome.label_count; i++) {
        check_text(checker, rule->outcome.labels[i].name, rule->outcome.labels[i].place);
    }
}
