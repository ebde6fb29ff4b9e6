#include <stdlib.h>

#include "engine/worker.h"

/* Could the text hold an entity at all? Most texts of plain prose stop here. */
static bool may_have_entities(struct str text) {
    return memchr(text.ptr, '#', text.len) || memchr(text.ptr, '@', text.len) ||
           str_find(text, STR("\xef\xbc\x83"), 0) != STR_NOT_FOUND || /* U+FF03 */
           str_find(text, STR("://"), 0) != STR_NOT_FOUND ||
           str_find(text, STR("www."), 0) != STR_NOT_FOUND ||
           str_find(text, STR("WWW."), 0) != STR_NOT_FOUND;
}

static bool texts_ready(struct worker *worker) {
    size_t wanted = worker->entities.count;
    if (wanted <= worker->entity_text_capacity) {
        return true;
    }
    struct str *texts = realloc(worker->entity_texts, wanted * sizeof *texts);
    if (!texts) {
        return false;
    }
    worker->entity_texts = texts;
    worker->entity_text_capacity = wanted;
    return true;
}

/* Gathers the entities of one kind behind those gathered before; returns them as a list. */
static struct str_list gather(struct worker *worker, enum entity_kind kind, size_t *used) {
    struct str_list list = {worker->entity_texts + *used, 0};
    for (size_t i = 0; i < worker->entities.count; i++) {
        if (worker->entities.items[i].kind == kind) {
            worker->entity_texts[(*used)++] = worker->entities.items[i].text;
            list.count++;
        }
    }
    return list;
}

enum hearsay_status worker_entities(struct worker *worker, struct post *post) {
    bool is_wanted =
        post->urls.count == 0 || post->hashtags.count == 0 || post->mentions.count == 0;
    if (!is_wanted || post->text.len == 0 || !may_have_entities(post->text)) {
        return HEARSAY_OK;
    }
    if (!entities_of(post->text, &worker->entities) || !texts_ready(worker)) {
        return HEARSAY_NO_MEMORY;
    }
    size_t used = 0;
    if (post->urls.count == 0) {
        post->urls = gather(worker, ENTITY_LINK, &used);
    }
    if (post->hashtags.count == 0) {
        post->hashtags = gather(worker, ENTITY_HASHTAG, &used);
    }
    if (post->mentions.count == 0) {
        post->mentions = gather(worker, ENTITY_MENTION, &used);
    }
    return HEARSAY_OK;
}
