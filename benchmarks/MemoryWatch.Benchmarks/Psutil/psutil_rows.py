"""psutil's equivalents of a quick reading and of a full snapshot; prints nanoseconds per call: median and fastest of 25."""
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


function, calls = {"quick": (quick, 5000), "full": (full, 500)}[sys.argv[1]]
calls = int(sys.argv[2]) if len(sys.argv) > 2 else calls
times = timeit.repeat(function, number=calls, repeat=25)
print(statistics.median(times) / calls * 1e9, min(times) / calls * 1e9)
