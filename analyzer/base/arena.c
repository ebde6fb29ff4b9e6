#include "base/arena.h"

#include <stdalign.h>
#include <stdlib.h>

struct arena_block {
    struct arena_block *next;
    size_t size;
    size_t used;
    alignas(max_align_t) char bytes[];
};

#define ARENA_FIRST_BLOCK 4096u
#define ARENA_LARGEST_BLOCK (1u << 20)

static struct arena_block *block_add(struct arena *arena, size_t size) {
    size_t wanted = arena->head ? arena->head->size * 2 : ARENA_FIRST_BLOCK;
    if (wanted > ARENA_LARGEST_BLOCK) {
        wanted = ARENA_LARGEST_BLOCK;
    }
    if (wanted < size) {
        wanted = size;
    }
    if (wanted > SIZE_MAX - sizeof(struct arena_block)) {
        return NULL;
    }
    struct arena_block *block = malloc(sizeof *block + wanted);
    if (!block) {
        return NULL;
    }
    block->next = arena->head;
    block->size = wanted;
    block->used = 0;
    arena->head = block;
    arena->bytes_held += sizeof *block + wanted;
    return block;
}

void *arena_alloc(struct arena *arena, size_t size) {
    const size_t align = alignof(max_align_t);
    if (size > SIZE_MAX - align) {
        return NULL;
    }
    size = (size + align - 1) / align * align;
    struct arena_block *block = arena->head;
    if (!block || block->size - block->used < size) {
        block = block_add(arena, size);
        if (!block) {
            return NULL;
        }
    }
    void *object = block->bytes + block->used;
    block->used += size;
    memset(object, 0, size);
    return object;
}

void *arena_array(struct arena *arena, size_t count, size_t size) {
    if (size != 0 && count > SIZE_MAX / size) {
        return NULL;
    }
    return arena_alloc(arena, count * size);
}

bool arena_copy(struct arena *arena, struct str text, struct str *copy) {
    if (text.len == SIZE_MAX) {
        return false;
    }
    char *bytes = arena_alloc(arena, text.len + 1);
    if (!bytes) {
        return false;
    }
    if (text.len > 0) {
        memcpy(bytes, text.ptr, text.len);
    }
    *copy = (struct str){bytes, text.len};
    return true;
}

static void free_blocks(struct arena_block *block) {
    while (block) {
        struct arena_block *next = block->next;
        free(block);
        block = next;
    }
}

void arena_reset(struct arena *arena) {
    if (!arena->head) {
        return;
    }
    struct arena_block *largest = arena->head;
    struct arena_block **link = &arena->head;
    struct arena_block **largest_link = link;
    for (struct arena_block *block = arena->head; block; link = &block->next, block = *link) {
        if (block->size > largest->size) {
            largest = block;
            largest_link = link;
        }
    }
    *largest_link = largest->next;
    free_blocks(arena->head);
    largest->next = NULL;
    largest->used = 0;
    arena->head = largest;
    arena->bytes_held = sizeof *largest + largest->size;
}

void arena_free(struct arena *arena) {
    free_blocks(arena->head);
    *arena = (struct arena){0};
}
