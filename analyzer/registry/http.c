#include "registry/http.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <strings.h>

#include "base/failure.h"

#define CONNECT_TIMEOUT_S 10L
/* A server that sends less than this for so long has stalled. */
#define STALL_BYTES_PER_S 10L
#define STALL_S 15L
/* Registries refuse requests that do not say who asks. */
#define USER_AGENT "hearsay/" HEARSAY_VERSION

struct transfer {
    struct http_answer *answer;
    size_t limit_bytes;
    bool is_too_large;
};

static size_t take_body(char *bytes, size_t size, size_t count, void *context) {
    struct transfer *transfer = context;
    size_t len = size * count;
    if (len > transfer->limit_bytes - transfer->answer->body.len) {
        transfer->is_too_large = true;
        return 0;
    }
    return buffer_append(&transfer->answer->body, bytes, len) ? len : 0;
}

/* Value of the header `name` if the line is that header. */
static bool header_value(struct str line, const char *name, char out[HTTP_VALIDATOR_SIZE]) {
    size_t colon = str_find_byte(line, ':', 0);
    if (colon == STR_NOT_FOUND ||
        !str_equal_ascii_case(str_slice(line, 0, colon), str_from_c(name))) {
        return false;
    }
    struct str value = str_trim(str_slice(line, colon + 1, line.len));
    if (value.len >= HTTP_VALIDATOR_SIZE) {
        return false; /* no validator of use is so long */
    }
    memcpy(out, value.ptr, value.len);
    out[value.len] = '\0';
    return true;
}

/* The signature is libcurl's. NOLINTNEXTLINE(readability-non-const-parameter) */
static size_t take_header(char *bytes, size_t size, size_t count, void *context) {
    struct http_answer *answer = ((struct transfer *)context)->answer;
    struct str line = {bytes, size * count};
    if (!header_value(line, "etag", answer->etag)) {
        header_value(line, "last-modified", answer->last_modified);
    }
    return size * count;
}

static enum hearsay_status host_check(const struct http_request *request,
                                      struct hearsay_failure *failure) {
    char *host = NULL;
    char *scheme = NULL;
    CURLU *url = curl_url();
    bool is_allowed = url && curl_url_set(url, CURLUPART_URL, request->url, 0) == CURLUE_OK &&
                      curl_url_get(url, CURLUPART_HOST, &host, 0) == CURLUE_OK &&
                      curl_url_get(url, CURLUPART_SCHEME, &scheme, 0) == CURLUE_OK &&
                      (strcmp(scheme, "https") == 0 || strcmp(scheme, "http") == 0) &&
                      strcasecmp(host, request->allowed_host) == 0;
    enum hearsay_status status = HEARSAY_OK;
    if (!is_allowed) {
        status = failure_set(failure, HEARSAY_BAD_ARGUMENT, str_from_c(request->url), 0, 0,
                             "only http(s) to the host %s is allowed", request->allowed_host);
    }
    curl_free(host);
    curl_free(scheme);
    curl_url_cleanup(url);
    return status;
}

static struct curl_slist *condition(struct curl_slist *list, const char *name, const char *value) {
    if (!value || !value[0]) {
        return list;
    }
    struct buffer line = {0};
    buffer_printf(&line, "%s: %s", name, value);
    struct curl_slist *longer =
        buffer_append_byte(&line, '\0') ? curl_slist_append(list, line.ptr) : NULL;
    buffer_free(&line);
    return longer ? longer : list; /* an unconditional request is right too, only larger */
}

static void transfer_set(CURL *curl, const struct http_request *request, struct transfer *transfer,
                         struct curl_slist *headers) {
    curl_easy_setopt(curl, CURLOPT_URL, request->url);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_USERAGENT, USER_AGENT);
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, CONNECT_TIMEOUT_S);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, request->timeout_s);
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, STALL_BYTES_PER_S);
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, STALL_S);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, transfer);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, transfer);
}

static enum hearsay_status perform(CURL *curl, const struct http_request *request,
                                   struct transfer *transfer, struct hearsay_failure *failure) {
    CURLcode result = curl_easy_perform(curl);
    if (transfer->is_too_large) {
        return failure_set(failure, HEARSAY_LIMIT, str_from_c(request->url), 0, 0,
                           "the answer is larger than %zu bytes", request->limit_bytes);
    }
    if (result != CURLE_OK) {
        return failure_set(failure, HEARSAY_IO, str_from_c(request->url), 0, 0, "%s",
                           curl_easy_strerror(result));
    }
    curl_off_t retry_after = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &transfer->answer->code);
    curl_easy_getinfo(curl, CURLINFO_RETRY_AFTER, &retry_after);
    transfer->answer->retry_after_s = (long)retry_after;
    return HEARSAY_OK;
}

enum hearsay_status http_get(const struct http_request *request, struct http_answer *answer,
                             struct hearsay_failure *failure) {
    *answer = (struct http_answer){0};
    enum hearsay_status status = host_check(request, failure);
    if (status != HEARSAY_OK) {
        return status;
    }
    CURL *curl = curl_easy_init();
    if (!curl) {
        return failure_memory(failure);
    }
    struct transfer transfer = {answer, request->limit_bytes, false};
    struct curl_slist *headers = condition(NULL, "If-None-Match", request->etag);
    headers = condition(headers, "If-Modified-Since", request->last_modified);
    transfer_set(curl, request, &transfer, headers);
    status = perform(curl, request, &transfer, failure);
    curl_slist_free_all(headers);
    curl_easy_cleanup(curl);
    return status;
}

void http_answer_free(struct http_answer *answer) {
    buffer_free(&answer->body);
}
