using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using MemoryWatch.Tests.Support;
using Xunit.Abstractions;

namespace MemoryWatch.Tests.Simulation.Seeds;

/// <summary>
/// Thousands of simulated machines, each driven by one seed: the watch never throws, its zones follow from the numbers, and every alert is
/// justified by a reading. <c>MEMORYWATCH_SEED</c> plays one seed again, <c>MEMORYWATCH_RUNS</c> plays more.
/// </summary>
public sealed class SeedTests(ITestOutputHelper output)
{
#if NET10_0_OR_GREATER
    private const int Runs = 10_000;
#else
    // What is judged is arithmetic, which no framework changes.
    private const int Runs = 500;
#endif

    private const int MostFailures = 10;

    [Fact]
    public void Whatever_a_machine_does_every_judgement_follows_from_a_reading()
    {
        var one = Number("MEMORYWATCH_SEED");
        var (first, runs) = one is { } seed ? (seed, 1) : (Environment.TickCount, Number("MEMORYWATCH_RUNS") ?? Runs);
        var watch = Stopwatch.StartNew();
        var failures = new ConcurrentQueue<string>();
        Workers.Run(worker =>
        {
            for (var i = worker; i < runs && failures.Count < MostFailures; i += Workers.Count)
            {
                var found = new SimulatedRun(unchecked(first + i)).Play();
                if (found.Count > 0)
                {
                    failures.Enqueue($"MEMORYWATCH_SEED={unchecked(first + i)}: {string.Join("; ", found)}");
                }
            }
        });

        output.WriteLine($"{runs} runs from seed {first} in {watch.Elapsed.TotalSeconds:0.0} s.");
        string.Join("\n", failures).Should().BeEmpty();
    }

    [Fact]
    public void A_seed_plays_the_same_run_again() =>
        new SimulatedRun(5).Play().Should().Equal(new SimulatedRun(5).Play());

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;
}
