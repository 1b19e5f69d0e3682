#pragma once
// What Swift cannot reach by itself: system calls without a function in the C library, and what is not in every C library.
#include <errno.h>
#include <fcntl.h>
#if defined(__GLIBC__)
#include <malloc.h>
#endif
#if defined(__linux__)
#include <sys/syscall.h>
#include <unistd.h>
#if defined(SYS_openat2) && __has_include(<linux/openat2.h>)
#include <linux/openat2.h>
#endif
#endif

// open(2) of a relative path that goes through no symbolic link and does not leave `folder`: what is opened is what the path says.
// Returns a descriptor, or -1 with errno: ELOOP or EXDEV where the path is otherwise; ENOSYS, or whatever a sandbox says that does
// not let the call through, where that cannot be asked for.
static inline int cplatform_open_beneath(int folder, const char *path, int flags) {
#if defined(RESOLVE_NO_SYMLINKS)
  struct open_how how = {0};
  how.flags = (unsigned long long)flags;
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS;
  return (int)syscall(SYS_openat2, folder, path, &how, sizeof how);
#elif defined(O_NOFOLLOW_ANY)
  return openat(folder, path, flags | O_NOFOLLOW_ANY);
#else
  errno = ENOSYS;
  return -1;
#endif
}

// How many bytes more than it needs the heap asks the system for at a time. glibc asks for a few pages, which is a call for every few
// files read, and each makes the other threads wait. Memory that is asked for and not touched costs nothing.
static inline void cplatform_grow_heap_by(int bytes) {
#if defined(M_TOP_PAD)
  mallopt(M_TOP_PAD, bytes);
#endif
}
