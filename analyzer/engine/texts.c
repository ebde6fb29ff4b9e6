#include "engine/texts.h"

#include <stdlib.h>

#include "base/radix.h"
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

/* An action's place in its partition, to sort by the upper half of its object. */
struct text_place {
    uint64_t high;
    uint32_t action;
    uint32_t unused;
};

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

/* Orders actions by the upper half of their objects; NULL: memory is out. Free the result. */
static struct text_place *places_sort(const struct action *actions, size_t count) {
    static const size_t offsets[] = {offsetof(struct text_place, high) + RADIX_UPPER_HALF,
                                     offsetof(struct text_place, high) + RADIX_LOWER_HALF};
    struct text_place *places = malloc(2 * count * sizeof *places); /* half of it to sort through */
    if (places) {
        for (size_t i = 0; i < count; i++) {
            places[i] = (struct text_place){.high = actions[i].object.high, .action = (uint32_t)i};
        }
        radix_sort(places, places + count, count, sizeof *places, offsets, 2);
    }
    return places;
}

/* Of actions whose objects share their upper half: the first one by object, then by post, so that
 * the words that are compared do not depend on who came first (texts that differ in their spaces
 * only are equal). Of objects at most `after`, if there is one, none is taken. NULL: none is left.
 */
static const struct action *next_object(const struct action *actions,
                                        const struct text_place *places, size_t count,
                                        const struct digest *after) {
    const struct action *best = NULL;
    for (size_t i = 0; i < count; i++) {
        const struct action *action = &actions[places[i].action];
        if (after && digest_compare(action->object, *after) <= 0) {
            continue;
        }
        int order = best ? digest_compare(action->object, best->object) : -1;
        if (order < 0 || (order == 0 && digest_compare(action->post, best->post) < 0)) {
            best = action;
        }
    }
    return best;
}

/* Lists the distinct texts in order of their objects. */
static enum hearsay_status distinct_list(const struct stage *stage, const struct action *actions,
                                         const struct text_place *places, size_t count,
                                         struct partition *partition) {
    partition->texts = malloc(count * sizeof *partition->texts);
    enum hearsay_status status = partition->texts ? HEARSAY_OK : HEARSAY_NO_MEMORY;
    size_t end = 0;
    for (size_t i = 0; i < count && status == HEARSAY_OK; i = end) {
        while (end < count && places[end].high == places[i].high) {
            end++;
        }
        const struct action *action = next_object(actions, places + i, end - i, NULL);
        while (action && status == HEARSAY_OK) {
            struct near_text *text = &partition->texts[partition->count++];
            *text = (struct near_text){.object = action->object, .writer = action->writer};
            status = words_find(&stage->options->workers[text->writer].log, action, text);
            action = next_object(actions, places + i, end - i, &text->object);
        }
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
        struct text_place *places = places_sort(actions, count);
        status = places ? distinct_list(stage, actions, places, count, &stage->partitions[index])
                        : HEARSAY_NO_MEMORY;
        free(places);
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
