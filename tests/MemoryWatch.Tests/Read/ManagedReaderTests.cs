using MemoryWatch.Read;
using Microsoft.Extensions.Time.Testing;

namespace MemoryWatch.Tests.Read;

[Collection(RunsAlone.Name)]
public class ManagedReaderTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly List<byte[]> _kept = [];

    [Fact]
    public void After_a_collection_its_figures_are_told()
    {
        var kept = new byte[4 * 1024 * 1024];
        GC.Collect();

        var reading = new ManagedReader(_time).Read();

        reading.LiveBytes.Should().BeGreaterThan(kept.Length);
        reading.CommittedBytes.Should().BeGreaterOrEqualTo(reading.LiveBytes!.Value);
        reading.FragmentedBytes.Should().BeGreaterOrEqualTo(0);
        reading.HeapLimitBytes.Should().BePositive();
        reading.HeapBytes.Should().BeGreaterThan(kept.Length);
        reading.TotalAllocatedBytes.Should().BeGreaterThan(kept.Length);
        reading.Generation2Collections.Should().BePositive();
        reading.Generation0Collections.Should().BeGreaterOrEqualTo(reading.Generation2Collections);
        reading.TotalPause.Should().BePositive();
        GC.KeepAlive(kept);
    }

    [Fact]
    public void The_age_of_the_last_collection_runs_from_the_reading_that_noticed_it()
    {
        GC.Collect();
        var reader = new ManagedReader(_time);
        reader.Read().LastCollectionAge.Should().Be(TimeSpan.Zero);

        // A collection in between starts the age anew, so that it is tried again.
        Eventually.IsTrue(() =>
        {
            reader.Read();
            _time.Advance(TimeSpan.FromSeconds(5));
            return reader.Read().LastCollectionAge >= TimeSpan.FromSeconds(5);
        });

        GC.Collect();
        reader.Read().LastCollectionAge.Should().Be(TimeSpan.Zero);
    }

    [Fact]
    public void A_background_collections_figures_are_found_though_it_files_them_late()
    {
        var reader = new ManagedReader(_time);
        for (var round = 1; round <= 20; round++)
        {
            // All arrays so far are held, so each collection finds more alive than the one before.
            _kept.Add(new byte[1024 * 1024]);
            GC.Collect(2, GCCollectionMode.Forced, blocking: false);

            Eventually.IsTrue(() => reader.Read().LiveBytes > _kept.Count * 1024 * 1024);
        }
    }
}
