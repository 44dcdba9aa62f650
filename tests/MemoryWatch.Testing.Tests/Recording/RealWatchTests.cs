namespace MemoryWatch.Testing.Tests.Recording;

/// <summary>The fake journals what a real watch journals, for the same calls.</summary>
public sealed class RealWatchTests
{
    [Fact]
    public async Task The_fake_and_a_real_watch_record_the_same()
    {
        using var real = MemoryWatcher.Start();
        var fake = new FakeMemoryWatch();

        await PlayAsync(real);
        await PlayAsync(fake);

        fake.RecentEntries.Select(Essence).Should().Equal(real.RecentEntries.Select(Essence));
        fake.RecentEntries.Should().HaveCount(14);
        fake.TotalsByName.Select(t => (t.Name, t.Count, t.Failures, t.Cancellations, t.ChargedTotalBytes)).Should()
            .BeEquivalentTo(real.TotalsByName.Select(t => (t.Name, t.Count, t.Failures, t.Cancellations, t.ChargedTotalBytes)));
        fake.InFlight.Select(o => (o.OperationId, o.ParentId, o.Name, o.Allocation.ChargedBytes)).Should()
            .Equal(real.InFlight.Select(o => (o.OperationId, o.ParentId, o.Name, o.Allocation.ChargedBytes)));
    }

    private static async Task PlayAsync(IMemoryWatch watch)
    {
        watch.Mark("Session Created", "User 7");
        var job = watch.Track("Job", "Number 1");
        var request = watch.Track("Request", "User 7");
        await Task.Run(() => watch.Track("Step", default, () => 1));
        using (job.Enter())
        {
            watch.Track("Quiet", default, OperationVerbosity.Quiet).Dispose();
            using var step = watch.Track("Step");
            step.Charge(100);
            step.Fail("HTTP 503");
            step.Fail(new OperationCanceledException());
        }

        watch.Fail("Download", "User 7", new InvalidOperationException("No disk"));
        job.Dispose();
        job.Charge(5);
        watch.Snapshot("Afterwards");
        watch.Fail("Upload", default, new OperationCanceledException("Stopped"));
        request.SetBudget(allocated: "1MB");
        _ = watch.Track("Left behind");
    }

    private static string Essence(JournalEntry e) => $"{e.Sequence} {e.Kind} {e.OperationId}<{e.ParentId} {e.Name} {e.Context} {e.Outcome} {e.Error}";
}
