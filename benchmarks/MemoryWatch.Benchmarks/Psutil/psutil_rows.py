"""psutil's equivalents of a quick reading and of a full snapshot; prints nanoseconds per call, the median of five."""
import statistics
import sys
import timeit

import psutil

process = psutil.Process()


def quick():
    return process.memory_info().rss


def full():
    with process.oneshot():
        memory = process.memory_info()
        threads = process.num_threads()
        files = process.num_fds()
    return memory.rss, memory.vms, threads, files, psutil.virtual_memory()


function, calls = {"quick": (quick, 2000), "full": (full, 400)}[sys.argv[1]]
calls = int(sys.argv[2]) if len(sys.argv) > 2 else calls
times = timeit.repeat(function, number=calls, repeat=5)
print(statistics.median(times) / calls * 1e9)
