/* The reads and writes that the watch does, and nothing else: no parsing, no checks. Each loops, so that the call from .NET vanishes. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static char buffer[16 * 1024];

/* One positional read of each piece: a file and where to begin in it. */
void bare_reads(const int *files, const long *offsets, int count, long loops)
{
    for (; loops > 0; loops--)
        for (int i = 0; i < count; i++)
            (void)!pread(files[i], buffer, sizeof buffer, offsets[i]);
}

/* One positional read of a file that is known to be short. */
void bare_quick_read(int file, long loops)
{
    char line[160];
    for (; loops > 0; loops--)
        (void)!pread(file, line, sizeof line, 0);
}

/* Link count, size and identity of each path. */
void bare_status(const char *const *paths, int count, long loops)
{
    struct statx status;
    for (; loops > 0; loops--)
        for (int i = 0; i < count; i++)
            (void)!statx(AT_FDCWD, paths[i], 0, STATX_NLINK | STATX_SIZE | STATX_INO, &status);
}

/* Each path opened, read once and closed. */
void bare_opens(const char *const *paths, int count, long loops)
{
    for (; loops > 0; loops--)
        for (int i = 0; i < count; i++) {
            int file = open(paths[i], O_RDONLY | O_CLOEXEC);
            if (file >= 0) {
                (void)!read(file, buffer, sizeof buffer);
                close(file);
            }
        }
}

/* One positional write after another, round and round in a file of so many places. */
void bare_writes(int file, int size, int places, long loops)
{
    for (long i = 0; i < loops; i++)
        (void)!pwrite(file, buffer, size, i % places * size);
}
