using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Tell.History;

/// <summary>Readers copy while the watch writes: each copy is whole, and neither waits for long.</summary>
public sealed class HistoryConcurrencyTests
{
    [Fact]
    public void A_copy_that_is_made_while_the_watch_writes_is_whole()
    {
        var bench = new HistoryBench();
        var (stop, reads, problem) = (false, 0, (string?)null);
        bench.Tick(1);
        var readers = Enumerable.Range(0, 2).Select(_ => new Thread(() =>
        {
            while (!Volatile.Read(ref stop) && problem is null)
            {
                var history = bench.ReadMinutes(10);
                problem = Problem(history);
                Interlocked.Increment(ref reads);
            }
        })).ToList();
        readers.ForEach(reader => reader.Start());

        // Every number of a reading is the same, and each reading is one second and one megabyte after the one before.
        var written = 1;
        while ((written < 100_000 || Volatile.Read(ref reads) < 200) && problem is null)
        {
            written++;
            bench.Time.Advance(TimeSpan.FromSeconds(1));
            var bytes = Bytes.Megabytes(written);
            bench.Tick(new MemorySnapshot
            {
                Usage = new() { UsedBytes = bytes },
                Process = new() { ResidentBytes = bytes, SharedBytes = bytes },
            });
            if (written % 50 == 0)
            {
                bench.Tracker.Start("Download", "User 5").Dispose();
            }
        }

        Volatile.Write(ref stop, true);
        readers.ForEach(reader => reader.Join());
        problem.Should().BeNull();
    }

    private static string? Problem(MemoryHistory history)
    {
        for (var i = 1; i < history.Points.Count; i++)
        {
            var (before, point) = (history.Points[i - 1], history.Points[i]);
            if (point.UsedMaxBytes != point.UsedMinBytes || point.UsedMaxBytes != point.SharedBytes && point.SharedBytes is not null
                || point.Time - before.Time != TimeSpan.FromSeconds(1) || point.UsedMaxBytes - before.UsedMaxBytes != 1 << 20)
            {
                return $"{point.Time} {point} follows {before.Time} {before}";
            }
        }

        return history.Operations.FirstOrDefault(span => span.Name != "Download" || span.Context.Text != "User 5")?.ToString();
    }
}
