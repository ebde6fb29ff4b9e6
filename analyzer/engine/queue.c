#include <stdlib.h>

#include "engine/engine.h"

bool queue_init(struct block_queue *queue, size_t capacity) {
    queue->capacity = capacity;
    if (pthread_mutex_init(&queue->lock, NULL) != 0) {
        return false;
    }
    if (pthread_cond_init(&queue->not_empty, NULL) != 0) {
        pthread_mutex_destroy(&queue->lock);
        return false;
    }
    if (pthread_cond_init(&queue->not_full, NULL) != 0) {
        pthread_cond_destroy(&queue->not_empty);
        pthread_mutex_destroy(&queue->lock);
        return false;
    }
    return true;
}

bool queue_push(struct block_queue *queue, struct block *block, _Atomic bool *stop) {
    pthread_mutex_lock(&queue->lock);
    while (queue->count == queue->capacity && !atomic_load(stop)) {
        pthread_cond_wait(&queue->not_full, &queue->lock);
    }
    bool is_taken = !atomic_load(stop);
    if (is_taken) {
        queue->items[(queue->first + queue->count) % queue->capacity] = block;
        queue->count++;
        pthread_cond_signal(&queue->not_empty);
    }
    pthread_mutex_unlock(&queue->lock);
    if (!is_taken) {
        block_free(block);
    }
    return is_taken;
}

struct block *queue_pop(struct block_queue *queue, _Atomic bool *stop) {
    struct block *block = NULL;
    pthread_mutex_lock(&queue->lock);
    while (queue->count == 0 && !queue->is_closed && !atomic_load(stop)) {
        pthread_cond_wait(&queue->not_empty, &queue->lock);
    }
    if (queue->count > 0 && !atomic_load(stop)) {
        block = queue->items[queue->first];
        queue->first = (queue->first + 1) % queue->capacity;
        queue->count--;
        pthread_cond_signal(&queue->not_full);
    }
    pthread_mutex_unlock(&queue->lock);
    return block;
}

void queue_close(struct block_queue *queue) {
    pthread_mutex_lock(&queue->lock);
    queue->is_closed = true;
    pthread_cond_broadcast(&queue->not_empty);
    pthread_mutex_unlock(&queue->lock);
}

void queue_wake(struct block_queue *queue) {
    pthread_mutex_lock(&queue->lock);
    pthread_cond_broadcast(&queue->not_empty);
    pthread_cond_broadcast(&queue->not_full);
    pthread_mutex_unlock(&queue->lock);
}

void queue_free(struct block_queue *queue) {
    for (size_t i = 0; i < queue->count; i++) {
        block_free(queue->items[(queue->first + i) % queue->capacity]);
    }
    queue->count = 0;
    pthread_cond_destroy(&queue->not_full);
    pthread_cond_destroy(&queue->not_empty);
    pthread_mutex_destroy(&queue->lock);
}
