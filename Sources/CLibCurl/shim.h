#pragma once
// libcurl's setters and getters are variadic, which Swift does not import; each wrapper fixes one argument type.
#include <curl/curl.h>

typedef size_t (*clibcurl_io)(char *, size_t, size_t, void *);

static inline CURLcode clibcurl_set_long(CURL *handle, CURLoption option, long value) {
  return curl_easy_setopt(handle, option, value);
}
static inline CURLcode clibcurl_set_offset(CURL *handle, CURLoption option, curl_off_t value) {
  return curl_easy_setopt(handle, option, value);
}
static inline CURLcode clibcurl_set_string(CURL *handle, CURLoption option, const char *value) {
  return curl_easy_setopt(handle, option, value);
}
static inline CURLcode clibcurl_set_pointer(CURL *handle, CURLoption option, void *value) {
  return curl_easy_setopt(handle, option, value);
}
static inline CURLcode clibcurl_set_io(CURL *handle, CURLoption option, clibcurl_io function) {
  return curl_easy_setopt(handle, option, function);
}
typedef int (*clibcurl_seek)(void *, curl_off_t, int);
static inline CURLcode clibcurl_set_seek(CURL *handle, CURLoption option, clibcurl_seek function) {
  return curl_easy_setopt(handle, option, function);
}
static inline CURLcode clibcurl_set_list(CURL *handle, CURLoption option, struct curl_slist *list) {
  return curl_easy_setopt(handle, option, list);
}
static inline CURLcode clibcurl_set_buffer(CURL *handle, CURLoption option, char *buffer) {
  return curl_easy_setopt(handle, option, buffer);
}
static inline CURLcode clibcurl_get_offset(CURL *handle, CURLINFO info, curl_off_t *value) {
  return curl_easy_getinfo(handle, info, value);
}
static inline CURLcode clibcurl_get_long(CURL *handle, CURLINFO info, long *value) {
  return curl_easy_getinfo(handle, info, value);
}
static inline CURLcode clibcurl_get_string(CURL *handle, CURLINFO info, char **value) {
  return curl_easy_getinfo(handle, info, value);
}
static inline CURLMcode clibcurl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
  return curl_multi_setopt(multi, option, value);
}
static inline CURL *clibcurl_next_finished(CURLM *multi, CURLcode *result) {
  int remaining;
  CURLMsg *message;
  while ((message = curl_multi_info_read(multi, &remaining)))
    if (message->msg == CURLMSG_DONE) {
      *result = message->data.result;
      return message->easy_handle;
    }
  return 0;
}
