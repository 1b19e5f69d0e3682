#pragma once
// libcurl, loaded when the first of its functions is called. On a usual Linux it brings some thirty more libraries (LDAP, Kerberos,
// GnuTLS, ...), whose loading takes longer than all the rest of a program's start, and most commands make no request. So nothing
// links with it: each wrapper below finds its function in the library and calls it. The wrappers of setters and getters also fix one
// argument type, since they are variadic, which Swift does not import.
#include <curl/curl.h>
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

#ifdef __APPLE__
#define CLIBCURL_FILE "/usr/lib/libcurl.4.dylib"
#else
#define CLIBCURL_FILE "libcurl.so.4"
#endif

// The address of the function of that name. A machine without the library ends the program, as it would have at its start.
static inline void *clibcurl_symbol(const char *name) {
  void *library = dlopen(CLIBCURL_FILE, RTLD_NOW | RTLD_LOCAL);
  void *symbol = library ? dlsym(library, name) : 0;
  if (!symbol) {
    fprintf(stderr, "error: libcurl, which every request goes through, could not be loaded: %s\n", dlerror());
    fprintf(stderr, "  = help: install it from the system's packages (Debian and Ubuntu: apt-get install libcurl4)\n");
    exit(1);
  }
  return symbol;
}

// The function `name` with its own type; looked for once. Two threads that look at once find the same.
#define CLIBCURL(name)                                                                   \
  ({                                                                                     \
    static void *known;                                                                  \
    void *found = __atomic_load_n(&known, __ATOMIC_ACQUIRE);                             \
    if (!found) __atomic_store_n(&known, found = clibcurl_symbol(#name), __ATOMIC_RELEASE); \
    (__typeof__(&name))found;                                                            \
  })

static inline CURLcode clibcurl_global_init(void) { return CLIBCURL(curl_global_init)(CURL_GLOBAL_DEFAULT); }

// A transfer.
static inline CURL *clibcurl_easy_init(void) { return CLIBCURL(curl_easy_init)(); }
static inline void clibcurl_easy_reset(CURL *handle) { CLIBCURL(curl_easy_reset)(handle); }
static inline void clibcurl_easy_cleanup(CURL *handle) { CLIBCURL(curl_easy_cleanup)(handle); }

typedef size_t (*clibcurl_io)(char *, size_t, size_t, void *);
typedef int (*clibcurl_seek)(void *, curl_off_t, int);
static inline CURLcode clibcurl_set_long(CURL *handle, CURLoption option, long value) {
  return CLIBCURL(curl_easy_setopt)(handle, option, value);
}
static inline CURLcode clibcurl_set_offset(CURL *handle, CURLoption option, curl_off_t value) {
  return CLIBCURL(curl_easy_setopt)(handle, option, value);
}
static inline CURLcode clibcurl_set_string(CURL *handle, CURLoption option, const char *value) {
  return CLIBCURL(curl_easy_setopt)(handle, option, value);
}
static inline CURLcode clibcurl_set_pointer(CURL *handle, CURLoption option, void *value) {
  return CLIBCURL(curl_easy_setopt)(handle, option, value);
}
static inline CURLcode clibcurl_set_io(CURL *handle, CURLoption option, clibcurl_io value) {
  return CLIBCURL(curl_easy_setopt)(handle, option, value);
}
static inline CURLcode clibcurl_set_seek(CURL *handle, CURLoption option, clibcurl_seek value) {
  return CLIBCURL(curl_easy_setopt)(handle, option, value);
}
static inline CURLcode clibcurl_set_list(CURL *handle, CURLoption option, struct curl_slist *value) {
  return CLIBCURL(curl_easy_setopt)(handle, option, value);
}
static inline CURLcode clibcurl_set_buffer(CURL *handle, CURLoption option, char *value) {
  return CLIBCURL(curl_easy_setopt)(handle, option, value);
}
static inline CURLcode clibcurl_get_offset(CURL *handle, CURLINFO info, curl_off_t *value) {
  return CLIBCURL(curl_easy_getinfo)(handle, info, value);
}
static inline CURLcode clibcurl_get_long(CURL *handle, CURLINFO info, long *value) {
  return CLIBCURL(curl_easy_getinfo)(handle, info, value);
}
static inline CURLcode clibcurl_get_string(CURL *handle, CURLINFO info, char **value) {
  return CLIBCURL(curl_easy_getinfo)(handle, info, value);
}

// Many transfers at once.
static inline CURLM *clibcurl_multi_init(void) { return CLIBCURL(curl_multi_init)(); }
static inline void clibcurl_multi_cleanup(CURLM *multi) { CLIBCURL(curl_multi_cleanup)(multi); }
static inline CURLMcode clibcurl_multi_add(CURLM *multi, CURL *handle) { return CLIBCURL(curl_multi_add_handle)(multi, handle); }
static inline CURLMcode clibcurl_multi_remove(CURLM *multi, CURL *handle) {
  return CLIBCURL(curl_multi_remove_handle)(multi, handle);
}
static inline CURLMcode clibcurl_multi_perform(CURLM *multi, int *running) {
  return CLIBCURL(curl_multi_perform)(multi, running);
}
static inline CURLMcode clibcurl_multi_poll(CURLM *multi, int milliseconds) {
  return CLIBCURL(curl_multi_poll)(multi, 0, 0, milliseconds, 0);
}
static inline CURLMcode clibcurl_multi_wakeup(CURLM *multi) { return CLIBCURL(curl_multi_wakeup)(multi); }
static inline CURLMcode clibcurl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
  return CLIBCURL(curl_multi_setopt)(multi, option, value);
}
static inline CURL *clibcurl_next_finished(CURLM *multi, CURLcode *result) {
  int remaining;
  CURLMsg *message;
  while ((message = CLIBCURL(curl_multi_info_read)(multi, &remaining)))
    if (message->msg == CURLMSG_DONE) {
      *result = message->data.result;
      return message->easy_handle;
    }
  return 0;
}

// Header fields.
static inline struct curl_slist *clibcurl_list_append(struct curl_slist *list, const char *line) {
  return CLIBCURL(curl_slist_append)(list, line);
}
static inline void clibcurl_list_free(struct curl_slist *list) { CLIBCURL(curl_slist_free_all)(list); }

// Addresses.
static inline CURLU *clibcurl_url(void) { return CLIBCURL(curl_url)(); }
static inline void clibcurl_url_cleanup(CURLU *url) { CLIBCURL(curl_url_cleanup)(url); }
static inline CURLUcode clibcurl_url_get(CURLU *url, CURLUPart part, char **text, unsigned flags) {
  return CLIBCURL(curl_url_get)(url, part, text, flags);
}
static inline CURLUcode clibcurl_url_set(CURLU *url, CURLUPart part, const char *text, unsigned flags) {
  return CLIBCURL(curl_url_set)(url, part, text, flags);
}
static inline void clibcurl_free(void *text) { CLIBCURL(curl_free)(text); }
