// A clock that is wrong by CLOCK_OFFSET seconds; to be preloaded into a program.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>

int clock_gettime(clockid_t clock, struct timespec *moment) {
  static int (*real)(clockid_t, struct timespec *);
  if (real == NULL) real = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
  int answer = real(clock, moment);
  const char *offset = getenv("CLOCK_OFFSET");
  if (answer == 0 && clock == CLOCK_REALTIME && offset != NULL) moment->tv_sec += atoll(offset);
  return answer;
}
