#include "engine/texts.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "coordination/crew.h"

/* Behind the evidence of an action (struct action) in the log: this, then the words. */
struct words_header {
    uint32_t platform; /* hash: equal for equal platforms */
    uint32_t len;
};

struct partition {
    struct near_text *texts; /* sorted by object */
    uint32_t count;
    uint32_t first; /* index of its first text among all */
};

struct stage {
    const struct texts_options *options;
    struct table_writer **tables; /* the workers' texts */
    struct partition partitions[TABLE_PARTITIONS];
    struct near_text *all;
    uint32_t count;
};

bool texts_log_words(struct buffer *entry, struct str platform, struct str words) {
    words = utf8_clip(words, NEAR_TEXT_LIMIT);
    struct words_header header = {(uint32_t)hash64(platform), (uint32_t)words.len};
    return buffer_append(entry, &header, sizeof header) && buffer_append_str(entry, words);
}

/* Where the words of an action begin, and their platform. */
static enum hearsay_status words_find(const struct log *log, const struct action *action,
                                      struct near_text *text) {
    uint16_t lengths[2];
    struct words_header header;
    enum hearsay_status status = log_read(log, action->evidence, lengths, sizeof lengths);
    if (status == HEARSAY_OK) {
        text->place = action->evidence + sizeof lengths + lengths[0] + lengths[1];
        status = log_read(log, text->place, &header, sizeof header);
    }
    if (status == HEARSAY_OK) {
        text->platform = header.platform;
    }
    return status;
}

static enum hearsay_status words_read(void *context, const struct near_text *text, char *out,
                                      size_t *len) {
    const struct stage *stage = context;
    const struct log *log = &stage->options->workers[text->writer].log;
    struct words_header header;
    enum hearsay_status status = log_read(log, text->place, &header, sizeof header);
    if (status == HEARSAY_OK && header.len > NEAR_TEXT_LIMIT) {
        status = HEARSAY_BAD_ARGUMENT;
    }
    if (status == HEARSAY_OK) {
        *len = header.len;
        status = log_read(log, text->place + sizeof header, out, header.len);
    }
    return status;
}

/* By object; among equal ones by post, so that the words that are compared do not depend on who
 * came first (texts that differ in their spaces only are equal). */
static int action_compare(const void *left, const void *right) {
    const struct action *a = left;
    const struct action *b = right;
    int order = digest_compare(a->object, b->object);
    return order != 0 ? order : digest_compare(a->post, b->post);
}

/* The actions of one partition, for the caller to free with actions_free. *actions is NULL when
 * there are none or on failure. */
static enum hearsay_status actions_read(const struct stage *stage, unsigned partition,
                                        struct action **actions, size_t *count) {
    *count = (size_t)table_count(stage->tables, stage->options->threads, partition);
    *actions = NULL;
    if (*count == 0) {
        return HEARSAY_OK;
    }
    struct action *read = malloc(*count * sizeof *read);
    if (!read) {
        return HEARSAY_NO_MEMORY;
    }
    memory_force(stage->options->budget, *count * sizeof *read);
    *actions = read;
    return table_read(stage->tables, stage->options->threads, partition, read);
}

static void actions_free(const struct stage *stage, struct action *actions, size_t count) {
    if (actions) {
        memory_give(stage->options->budget, count * sizeof *actions);
        free(actions);
    }
}

/* Lists the distinct texts of sorted actions. */
static enum hearsay_status distinct_list(const struct stage *stage, const struct action *actions,
                                         size_t count, struct partition *partition) {
    size_t distinct = 0;
    for (size_t i = 0; i < count; i++) {
        distinct += i == 0 || !digest_equal(actions[i - 1].object, actions[i].object);
    }
    partition->texts = calloc(distinct ? distinct : 1, sizeof *partition->texts);
    if (!partition->texts) {
        return HEARSAY_NO_MEMORY;
    }
    enum hearsay_status status = HEARSAY_OK;
    for (size_t i = 0; i < count && status == HEARSAY_OK; i++) {
        if (i > 0 && digest_equal(actions[i - 1].object, actions[i].object)) {
            continue;
        }
        struct near_text *text = &partition->texts[partition->count++];
        text->object = actions[i].object;
        text->writer = actions[i].writer;
        status = words_find(&stage->options->workers[text->writer].log, &actions[i], text);
    }
    return status;
}

static enum hearsay_status collect_task(void *context, unsigned worker, unsigned index) {
    (void)worker;
    struct stage *stage = context;
    struct action *actions;
    size_t count;
    enum hearsay_status status = actions_read(stage, index, &actions, &count);
    if (status == HEARSAY_OK && count > 0) {
        qsort(actions, count, sizeof *actions, action_compare);
        status = distinct_list(stage, actions, count, &stage->partitions[index]);
    }
    actions_free(stage, actions, count);
    return status;
}

/* One list of all texts, in order of their digests since the partitions are. */
static enum hearsay_status gather(struct stage *stage) {
    uint64_t total = 0;
    for (unsigned i = 0; i < TABLE_PARTITIONS; i++) {
        stage->partitions[i].first = (uint32_t)total;
        total += stage->partitions[i].count;
    }
    if (total >= UINT32_MAX) {
        return HEARSAY_LIMIT;
    }
    stage->all = calloc(total ? total : 1, sizeof *stage->all);
    if (!stage->all) {
        return HEARSAY_NO_MEMORY;
    }
    stage->count = (uint32_t)total;
    memory_force(stage->options->budget, total * sizeof *stage->all);
    for (unsigned i = 0; i < TABLE_PARTITIONS; i++) {
        struct partition *partition = &stage->partitions[i];
        if (partition->count > 0) {
            memcpy(stage->all + partition->first, partition->texts,
                   partition->count * sizeof *stage->all);
        }
        free(partition->texts);
        partition->texts = NULL;
    }
    return HEARSAY_OK;
}

static int text_compare(const void *key, const void *text) {
    return digest_compare(*(const struct digest *)key, ((const struct near_text *)text)->object);
}

/* The representative's object, or the text's own where nothing was compared. */
static struct digest object_of(const struct stage *stage, const struct partition *partition,
                               struct digest object) {
    if (!stage->all) {
        return object;
    }
    const struct near_text *text = bsearch(&object, stage->all + partition->first, partition->count,
                                           sizeof *text, text_compare);
    return text ? stage->all[text->representative].object : object;
}

static enum hearsay_status move_task(void *context, unsigned worker, unsigned index) {
    struct stage *stage = context;
    struct table_writer *out = &stage->options->workers[worker].actions;
    struct action *actions;
    size_t count;
    enum hearsay_status status = actions_read(stage, index, &actions, &count);
    for (unsigned i = 0; i < stage->options->threads && status == HEARSAY_OK; i++) {
        table_release(stage->tables[i], index);
    }
    for (size_t i = 0; i < count && status == HEARSAY_OK; i++) {
        actions[i].object = object_of(stage, &stage->partitions[index], actions[i].object);
        status = table_add(out, (unsigned)(actions[i].object.high >> 56), &actions[i]);
    }
    actions_free(stage, actions, count);
    return status;
}

static enum hearsay_status compare_all(struct stage *stage, struct near_report *report) {
    const struct texts_options *options = stage->options;
    enum hearsay_status status = crew_run(options->threads, TABLE_PARTITIONS, collect_task, stage);
    if (status == HEARSAY_OK) {
        status = gather(stage);
    }
    if (status != HEARSAY_OK) {
        return status;
    }
    struct near_options near = {.similarity = options->similarity,
                                .unit = options->unit,
                                .threads = options->threads,
                                .budget = options->budget,
                                .read_text = words_read,
                                .context = stage};
    return near_find(&near, stage->all, stage->count, report);
}

enum hearsay_status texts_cluster(const struct texts_options *options, struct near_report *report) {
    struct stage *stage = calloc(1, sizeof *stage);
    struct table_writer **tables = calloc(options->threads, sizeof(struct table_writer *));
    enum hearsay_status status = stage && tables ? HEARSAY_OK : HEARSAY_NO_MEMORY;
    *report = (struct near_report){0};
    if (status == HEARSAY_OK) {
        stage->options = options;
        stage->tables = tables;
        for (unsigned i = 0; i < options->threads; i++) {
            tables[i] = &options->workers[i].texts;
        }
        status = compare_all(stage, report);
    }
    if (status == HEARSAY_OK) {
        status = crew_run(options->threads, TABLE_PARTITIONS, move_task, stage);
    }
    if (stage) {
        for (unsigned i = 0; i < TABLE_PARTITIONS; i++) {
            free(stage->partitions[i].texts);
        }
        if (stage->all) {
            memory_give(options->budget, stage->count * sizeof *stage->all);
        }
        free(stage->all);
    }
    free(stage);
    free(tables);
    return status;
}
