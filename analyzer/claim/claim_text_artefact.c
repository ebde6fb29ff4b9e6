#include "base/buffer.h"
#include "claim/claim_text_parts.h"
#include "claim/claim_words.h"
#include "claim/source_domain.h"
#include "text/entity.h"

/* `canonical` is host and path without scheme (text/entity.h). */
static bool is_file_link(struct str canonical) {
    size_t slash = str_find_byte(canonical, '/', 0);
    struct str host = str_slice(canonical, 0, slash == STR_NOT_FOUND ? canonical.len : slash);
    return host_keeps_files(host);
}

static bool has_file_link(struct str_list links, bool *is_memory_out) {
    struct buffer canonical = {0};
    bool is_found = false;
    for (size_t i = 0; i < links.count && !is_found; i++) {
        buffer_clear(&canonical);
        is_found =
            url_canonical(links.items[i], &canonical) && is_file_link(buffer_str(&canonical));
    }
    *is_memory_out = canonical.failed;
    buffer_free(&canonical);
    return is_found;
}

/* A line of a table: an address of a mailbox and at least one column more. */
static bool is_record(struct str line) {
    size_t at = str_find_byte(line, '@', 0);
    bool has_mailbox = at != STR_NOT_FOUND && at > 0 && at + 1 < line.len &&
                       (unsigned char)line.ptr[at - 1] > ' ' &&
                       (unsigned char)line.ptr[at + 1] > ' ' &&
                       str_find_byte(line, '.', at) != STR_NOT_FOUND;
    size_t columns = 0;
    for (size_t i = 0; i < line.len; i++) {
        columns += memchr("|;,:\t", line.ptr[i], 5) != NULL;
    }
    return (has_mailbox && columns >= 1) || columns >= 5;
}

#define RECORDS_LEAST 2

static bool has_records(struct str raw) {
    size_t records = 0;
    for (size_t at = 0; at < raw.len;) {
        size_t end = str_find_byte(raw, '\n', at);
        end = end == STR_NOT_FOUND ? raw.len : end;
        records += is_record(str_slice(raw, at, end));
        at = end + 1;
    }
    return records >= RECORDS_LEAST;
}

static bool has(struct str folded, enum claim_word_kind kind) {
    return claim_words_count(folded, kind) > 0;
}

/* By links and words: a link beside the word for a sample leads to a sample, else one to a place of
 * files, or beside "download", to all of it. */
static enum claim_artefact linked(struct str folded, size_t link_count, bool is_file) {
    if (link_count == 0) {
        return CLAIM_ARTEFACT_NONE;
    }
    if (has(folded, CLAIM_WORD_SAMPLE)) {
        return CLAIM_ARTEFACT_SAMPLE_LINK;
    }
    bool is_download = has(folded, CLAIM_WORD_DOWNLOAD);
    return is_file && is_download   ? CLAIM_ARTEFACT_DUMP_LINK
           : is_file || is_download ? CLAIM_ARTEFACT_SAMPLE_LINK
                                    : CLAIM_ARTEFACT_NONE;
}

static enum claim_artefact told(const struct claim_text_input *input) {
    struct str folded = input->folded->text;
    if (has(folded, CLAIM_WORD_LISTING)) {
        return CLAIM_ARTEFACT_LISTING;
    }
    if (has_records(input->raw)) {
        return CLAIM_ARTEFACT_SAMPLE_TEXT;
    }
    if (has(folded, CLAIM_WORD_VIDEO)) {
        return CLAIM_ARTEFACT_VIDEO;
    }
    if (has(folded, CLAIM_WORD_SCREENSHOT) || input->picture_count > 0) {
        return CLAIM_ARTEFACT_SCREENSHOT;
    }
    bool is_described = has(folded, CLAIM_WORD_SAMPLE) ||
                        (has(folded, CLAIM_WORD_PROOF) && !has(folded, CLAIM_WORD_NO_PROOF));
    return is_described ? CLAIM_ARTEFACT_DESCRIBED : CLAIM_ARTEFACT_NONE;
}

bool claim_text_artefact(const struct claim_text_input *input, struct claim_text *text) {
    bool is_memory_out;
    bool is_file = has_file_link(input->links, &is_memory_out);
    enum claim_artefact by_link = linked(input->folded->text, input->links.count, is_file);
    enum claim_artefact by_words = told(input);
    text->artefact = (uint8_t)(by_link > by_words ? by_link : by_words);
    return !is_memory_out;
}
