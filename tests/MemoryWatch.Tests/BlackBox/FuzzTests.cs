using System.Globalization;
using MemoryWatch.BlackBox.Format;
using MemoryWatch.BlackBox.Recall;
using MemoryWatch.Tests.Support;
using MemoryWatch.Track;
using Xunit.Abstractions;

namespace MemoryWatch.Tests.BlackBox;

/// <summary>
/// The reader and all that is made of what it reads, against files that were changed at random, most of them behind a right checksum so that
/// the change is believed. <c>MEMORYWATCH_FUZZ_FILES</c> says how many.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    // The same files each time, so more of them would show more in a long run only.
#if NET10_0_OR_GREATER
    private const int FilesInCi = 40_000;
#else
    private const int FilesInCi = 10_000;
#endif

    /// <summary>Smaller than any real one: what is found by chance is found sooner.</summary>
    private const int FileSize = BoxFormat.WatchRingOffset + 128 * BoxFormat.RecordSize;

    /// <summary>
    /// The texts of a full file, as .NET holds them and puts them together, take some times the bytes that they are in the file; all that is ever
    /// allocated counts here.
    /// </summary>
    private const int MostTimesTheFile = 6;

    [Fact]
    public void No_file_makes_the_reader_throw_or_take_much_memory()
    {
        var files = int.Parse(Environment.GetEnvironmentVariable("MEMORYWATCH_FUZZ_FILES") ?? $"{FilesInCi}", CultureInfo.InvariantCulture);
        var (read, damaged, inFlight, grown, most) = (0L, 0L, 0L, 0L, 0L);
        var parts = files > FilesInCi ? Environment.ProcessorCount : 1;
        Parallel.For(0, parts, part =>
        {
            var mutant = new Mutant(FullBox(), new Random(part * 7919 + 1));
            for (var i = part; i < files; i += parts)
            {
                mutant.Change();
                var before = GC.GetAllocatedBytesForCurrentThread();
                var run = Read(mutant);
                var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
                mutant.Restore();

                if (allocated > MostTimesTheFile * FileSize)
                {
                    throw new InvalidOperationException($"File {i} of part {part} took {allocated} B.");
                }

                Interlocked.Add(ref read, run is null ? 0 : 1);
                Interlocked.Add(ref damaged, run?.DamagedRecords > 0 ? 1 : 0);
                Interlocked.Add(ref inFlight, run?.InFlight.Count > 0 ? 1 : 0);
                Interlocked.Add(ref grown, run?.Cause is null ? 0 : 1);
                InterlockedMax(ref most, allocated);
            }
        });

        output.WriteLine($"{files} files: {read} read, {damaged} of them with damaged records, {inFlight} with operations in flight, {grown} with growth; "
            + FormattableString.Invariant($"at most {(double)most / FileSize:0.0} times the file's size allocated"));
        grown.Should().BePositive();
        read.Should().BeInRange(files / 2, files - 1, "some headers are beyond reading and most are not");
        damaged.Should().BePositive();
        inFlight.Should().BePositive();
    }

    private static PreviousRun? Read(Mutant mutant)
    {
        if (RecordingReader.Read(mutant.Read, mutant.Length, out var problem) is not { } recording)
        {
            problem.Should().NotBeEmpty();
            return null;
        }

        var now = recording.Identity with { GroupKills = 1, MachineKills = 1 };
        var run = PostMortem.Of(recording, now, "kept", TimeZoneInfo.Utc);
        run.Describe().Should().NotBeEmpty();
        return run;
    }

    /// <summary>A small file with some of everything.</summary>
    private static BoxBench FullBox()
    {
        var metrics = new MetricDefinition[] { new("Sessions"), new("Cache", new() { Unit = "items", Maximum = 5 }) };
        var bench = new BoxBench(FileSize, metrics: metrics);
        bench.WriteHistory();
        List<OperationScope> running = [];
        for (var i = 0; i < 100; i++)
        {
            running.Add(bench.Track("Download", $"User {i} | File size: 45.3 MB"));
            running[^1].Charge(i << 20);
            bench.TrackQuiet($"GET /{i}").Charge(i << 16);
            bench.Tracker.Store.RecentProcessor = new(
                [new(running[^1].Inside(), RunState.Ran, TimeSpan.FromSeconds(1), default)], TimeSpan.Zero, OutsideRan: i % 5 == 0);
            bench.Reader.ResidentMegabytes = 150 + 4 * i;
            bench.Allocated = (long)i << 23;
            bench.Mark("Session Created", "Größe: 5 MB 😀");
            bench.Tick(100 + 4 * i, seconds: 0.5, zone: (MemoryZone)(i / 26), kills: i / 50);
            if (i % 3 > 0)
            {
                running[i / 2].Fail(new IOException("broken"));
                running[i / 2].Dispose();
            }

            if (i % 7 == 0)
            {
                bench.Recorder.OnReport(BoxBench.Report(
                    bench.Snapshot(zone: MemoryZone.Critical), new CustomAlert("spike", AlertSeverity.Warning, "+75.3 MB")));
                bench.Recorder.OnRelief(new()
                {
                    Name = "GC", Time = bench.Time.GetUtcNow(), Duration = default, Before = default, After = default, Error = "too late",
                });
            }
        }

        bench.Recorder.WriteEnd(RecordKind.OutOfMemory, 1, "OutOfMemoryException", default);
        return bench;
    }

    private static void InterlockedMax(ref long most, long value)
    {
        for (var seen = Volatile.Read(ref most); value > seen; seen = Volatile.Read(ref most))
        {
            Interlocked.CompareExchange(ref most, value, seen);
        }
    }
}
