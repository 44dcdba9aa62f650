using Xunit.Abstractions;

namespace MemoryWatch.Tests.Simulation.Faults;

/// <summary>
/// Whichever single operation on a file fails, and however it does: the watch goes on, invents no number, loses no line and says what it could not
/// read or write.
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
        using var machine = new FaultMachine(version);
        var problems = new List<string>();
        var runs = 0;
        var n = 1;
        for (; n < Most && Fails(n, FileFault.Error, out var possible); n++)
        {
            foreach (var fault in possible.Where(fault => fault != FileFault.Error))
            {
                Fails(n, fault, out _);
            }
        }

        output.WriteLine($"{n - 1} operations on files, {runs} runs.");
        string.Join("\n", problems).Should().BeEmpty();
        n.Should().BeLessThan(Most).And.BeGreaterThan(100, "a run must be seen to pass untouched");

        bool Fails(int nth, FileFault fault, out FileFault[] possible)
        {
            using var run = new FaultRun(machine, nth, fault);
            var found = run.Play();
            runs++;
            possible = run.Possible;
            if (found.Count > 0)
            {
                problems.Add($"{nth} {fault} of {run.Failed}: {string.Join("; ", found.Distinct())}");
            }

            return run.Failed is not null;
        }
    }
}
