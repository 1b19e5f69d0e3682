// Makes the n-th call that writes to the disk fail, of those on files below one folder; to be preloaded into a program.
//
//   FAIL_FOLDER  files below this folder count
//   FAIL_AT      which call fails, from 1; 0 counts only
//   FAIL_CALL    write, fsync, rename, truncate or open
//   FAIL_ERRNO   with which number; for write, 0 writes half of the bytes and no more after them
//   FAIL_COUNT   a file that gets a line for each call that counts
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static int calls;
static int is_full;

static int is_below(const char *path) {
  const char *folder = getenv("FAIL_FOLDER");
  return folder != NULL && path != NULL && strncmp(path, folder, strlen(folder)) == 0;
}

static int counts(int descriptor) {
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return is_below(path);
}

// Whether this call is the one, its turn taken.
static int fails(const char *call) {
  const char *wanted = getenv("FAIL_CALL"), *at = getenv("FAIL_AT"), *count = getenv("FAIL_COUNT");
  if (wanted == NULL || strcmp(wanted, call) != 0) return 0;
  int number = __sync_add_and_fetch(&calls, 1);
  if (count != NULL) {
    int file = (int)syscall(257 /* openat */, AT_FDCWD, count, O_WRONLY | O_CREAT | O_APPEND, 0644);
    if (file >= 0) {
      syscall(1 /* write */, file, "x\n", 2);
      close(file);
    }
  }
  return at != NULL && number == atoi(at);
}

static int number(void) {
  const char *text = getenv("FAIL_ERRNO");
  return text == NULL ? EIO : atoi(text);
}

static ssize_t written(int descriptor, size_t size, ssize_t (*real)(int, const void *, size_t, off_t), const void *bytes, off_t offset) {
  if (counts(descriptor)) {
    if (is_full) { errno = ENOSPC; return -1; }
    if (fails("write")) {
      if (number() != 0) { errno = number(); return -1; }
      is_full = 1;
      if (size > 1) return real(descriptor, bytes, size / 2, offset);
      errno = ENOSPC;
      return -1;
    }
  }
  return real(descriptor, bytes, size, offset);
}

static ssize_t real_write(int descriptor, const void *bytes, size_t size, off_t offset) {
  (void)offset;
  static ssize_t (*real)(int, const void *, size_t);
  if (real == NULL) real = (ssize_t (*)(int, const void *, size_t))dlsym(RTLD_NEXT, "write");
  return real(descriptor, bytes, size);
}

static ssize_t real_pwrite(int descriptor, const void *bytes, size_t size, off_t offset) {
  static ssize_t (*real)(int, const void *, size_t, off_t);
  if (real == NULL) real = (ssize_t (*)(int, const void *, size_t, off_t))dlsym(RTLD_NEXT, "pwrite");
  return real(descriptor, bytes, size, offset);
}

ssize_t write(int descriptor, const void *bytes, size_t size) { return written(descriptor, size, real_write, bytes, 0); }
ssize_t pwrite(int descriptor, const void *bytes, size_t size, off_t offset) {
  return written(descriptor, size, real_pwrite, bytes, offset);
}
ssize_t pwrite64(int descriptor, const void *bytes, size_t size, off_t offset) { return pwrite(descriptor, bytes, size, offset); }

int fsync(int descriptor) {
  static int (*real)(int);
  if (real == NULL) real = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
  if (counts(descriptor) && fails("fsync")) { errno = number(); return -1; }
  return real(descriptor);
}

int rename(const char *from, const char *to) {
  static int (*real)(const char *, const char *);
  if (real == NULL) real = (int (*)(const char *, const char *))dlsym(RTLD_NEXT, "rename");
  if (is_below(to) && fails("rename")) { errno = number(); return -1; }
  return real(from, to);
}

int ftruncate(int descriptor, off_t length) {
  static int (*real)(int, off_t);
  if (real == NULL) real = (int (*)(int, off_t))dlsym(RTLD_NEXT, "ftruncate");
  if (counts(descriptor) && fails("truncate")) { errno = number(); return -1; }
  return real(descriptor, length);
}
int ftruncate64(int descriptor, off_t length) { return ftruncate(descriptor, length); }

int open(const char *path, int flags, ...) {
  static int (*real)(const char *, int, ...);
  if (real == NULL) real = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, "open");
  va_list arguments;
  va_start(arguments, flags);
  mode_t mode = (flags & (O_CREAT | O_TMPFILE)) ? va_arg(arguments, mode_t) : 0;
  va_end(arguments);
  if ((flags & O_CREAT) && is_below(path) && fails("open")) { errno = number(); return -1; }
  return real(path, flags, mode);
}
