#if NET10_0_OR_GREATER
using System.Collections.Concurrent;
using MemoryWatch.Tests.Support;
using Xunit.Abstractions;

namespace MemoryWatch.Tests.Simulation.Faults;

/// <summary>
/// Whichever single operation on a file fails, and however it does: the watch goes on, invents no number, loses no line and says what it could not
/// read or write. For the newest framework only: these are thousands of runs, and what fails in them is the disk.
/// </summary>
public sealed class FailTheNthFileTests(ITestOutputHelper output)
{
    /// <summary>More than any run needs: if operations grow in number, this shows it.</summary>
    private const int Most = 2000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Whichever_operation_on_a_file_fails_only_what_depends_on_it_is_missing(int version)
    {
        var problems = new ConcurrentQueue<string>();
        var (operations, runs) = (0, 0);
        Workers.Run(worker =>
        {
            // Runs change the files of their machine.
            using var machine = new FaultMachine(version);
            for (var n = worker + 1; n < Most && Fails(machine, n, FileFault.Error, out var possible); n += Workers.Count)
            {
                Interlocked.Increment(ref operations);
                foreach (var fault in possible.Where(fault => fault != FileFault.Error))
                {
                    Fails(machine, n, fault, out _);
                }
            }
        });

        output.WriteLine($"{operations} operations on files, {runs} runs.");
        string.Join("\n", problems).Should().BeEmpty();
        operations.Should().BeLessThan(Most - Workers.Count).And.BeGreaterThan(100, "a run must be seen to pass untouched");

        bool Fails(FaultMachine machine, int nth, FileFault fault, out FileFault[] possible)
        {
            using var run = new FaultRun(machine, nth, fault);
            var found = run.Play();
            Interlocked.Increment(ref runs);
            possible = run.Possible;
            if (found.Count > 0)
            {
                problems.Enqueue($"{nth} {fault} of {run.Failed}: {string.Join("; ", found.Distinct())}");
            }

            return run.Failed is not null;
        }
    }
}
#endif
