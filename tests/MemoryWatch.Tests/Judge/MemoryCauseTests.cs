using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Judge;

/// <summary>Who made memory grow, by real allocations; what the machine says is made up.</summary>
public sealed class MemoryCauseTests
{
    private readonly DiagnosisBench _bench = new();

    [Fact]
    public void The_operation_that_allocated_is_named_with_what_nobody_did()
    {
        _bench.Tick();
        using var download = _bench.TrackApart("Download", "User 55555");
        _bench.Operations.Time.Advance(TimeSpan.FromSeconds(12));
        DiagnosisBench.AllocateFor(download, 118.4);
        _bench.Grow(managed: 121, native: 2.1, allocated: 128.9);

        _bench.Explain()!.Describe().Should().Be(
            "Likely cause: Download (User 55555) allocated 118.4 MB of 128.9 MB in the last 12 s (unattributed 10.5 MB); managed +121.0 MB, native +2.1 MB");
    }

    [Fact]
    public void The_cause_carries_its_values()
    {
        _bench.Tick();
        using var download = _bench.TrackApart("Download", "User 5");
        _bench.Operations.Time.Advance(TimeSpan.FromSeconds(3));
        DiagnosisBench.AllocateFor(download, 30);
        _bench.Grow(managed: 50, native: 5, fileBacked: 2, allocated: 40);

        var cause = _bench.Explain()!;

        cause.Window.Should().Be(TimeSpan.FromSeconds(3));
        (cause.RiseBytes, cause.ResidentChangeBytes).Should().Be((Bytes.Megabytes(57), Bytes.Megabytes(57)));
        (cause.ManagedChangeBytes, cause.NativeChangeBytes, cause.SharedChangeBytes, cause.FileBackedChangeBytes)
            .Should().Be((Bytes.Megabytes(50), Bytes.Megabytes(5), 0L, Bytes.Megabytes(2)));
        cause.AllocatedBytes.Should().Be(Bytes.Megabytes(40));
        ShouldBe(cause.UnattributedBytes!.Value, 10);
        var operation = cause.Operations.Should().ContainSingle().Which;
        (operation.Name, operation.Context.Text, operation.OperationId, operation.Count, operation.IsRunning)
            .Should().Be(("Download", "User 5", download.Id, 1, true));
        ShouldBe(operation.AllocatedBytes, 30);
        operation.Share.Should().BeApproximately(0.75, 0.01);
    }

    [Fact]
    public void What_was_allocated_before_the_window_does_not_count()
    {
        using var old = _bench.TrackApart("Import", "long ago");
        DiagnosisBench.AllocateFor(old, 200);
        _bench.Tick();
        using var download = _bench.TrackApart("Download");
        DiagnosisBench.AllocateFor(old, 10);
        DiagnosisBench.AllocateFor(download, 40);
        _bench.Grow(managed: 50);

        var cause = _bench.Explain()!;

        cause.Operations.Select(o => o.Name).Should().Equal("Download", "Import");
        ShouldBe(cause.Operations[0].AllocatedBytes, 40);
        ShouldBe(cause.Operations[1].AllocatedBytes, 10);
    }

    [Fact]
    public void An_operation_that_has_ended_within_the_window_is_named_with_what_it_allocated_in_it()
    {
        var import = _bench.TrackApart("Import", "File 7");
        DiagnosisBench.AllocateFor(import, 100);
        _bench.Tick();
        DiagnosisBench.AllocateFor(import, 60);
        import.Dispose();
        _bench.Grow(managed: 60);

        // Its place is another's by now.
        using var next = _bench.TrackApart("Next");

        var operation = _bench.Explain()!.Operations.Should().ContainSingle().Which;
        (operation.Name, operation.Context.Text, operation.Count, operation.IsRunning).Should().Be(("Import", "File 7", 1, false));
        ShouldBe(operation.AllocatedBytes, 60);
    }

    [Fact]
    public void An_operation_that_ended_before_the_window_is_not_named()
    {
        _bench.Run("Early", 60);
        _bench.Tick();
        _bench.Run("Late", 20);
        _bench.Grow(managed: 20);

        _bench.Explain()!.Operations.Select(o => o.Name).Should().Equal("Late");
    }

    [Fact]
    public void Small_operations_are_added_up_by_name()
    {
        _bench.Tick();
        for (var i = 0; i < 200; i++)
        {
            _bench.Run("Request", 0.25, $"GET /{i}");
        }

        _bench.Grow(managed: 60);

        var cause = _bench.Explain()!;
        var sum = cause.Operations.Should().ContainSingle().Which;
        (sum.Name, sum.Count, sum.OperationId, sum.Context.Text).Should().Be(("Request", 200, 0, ""));
        ShouldBe(sum.AllocatedBytes, 50);
        cause.Describe().Should().StartWith("Likely cause: Request: 200 operations allocated 50.");
    }

    [Fact]
    public void What_small_ones_had_before_the_window_is_not_in_their_sum()
    {
        var scopes = Enumerable.Range(0, 40).Select(_ => _bench.TrackApart("Request")).ToList();
        scopes.ForEach(s => DiagnosisBench.AllocateFor(s, 0.9));
        _bench.Tick();
        scopes.ForEach(s => DiagnosisBench.AllocateFor(s, 0.5));
        scopes.Take(30).ToList().ForEach(s => s.Dispose());
        _bench.Grow(managed: 15);
        _bench.Tick();
        scopes.Skip(30).Take(5).ToList().ForEach(s => s.Dispose());
        _bench.Grow(managed: 5);

        var sum = _bench.Explain()!.Operations.Should().ContainSingle().Which;
        (sum.Name, sum.Count, sum.IsRunning).Should().Be(("Request", 40, true));
        ShouldBe(sum.AllocatedBytes, 20);
    }

    [Fact]
    public void A_large_one_stands_beside_the_sum_of_its_name_and_is_not_in_it()
    {
        _bench.Tick();
        for (var i = 0; i < 20; i++)
        {
            _bench.Run("Request", 0.5);
        }

        _bench.Run("Request", 25, "GET /export");
        _bench.Grow(managed: 35);

        var operations = _bench.Explain()!.Operations;
        operations.Select(o => (o.Name, o.Context.Text, o.Count)).Should().Equal(("Request", "GET /export", 1), ("Request", "", 20));
        ShouldBe(operations[0].AllocatedBytes, 25);
        ShouldBe(operations[1].AllocatedBytes, 10);
    }

    [Fact]
    public void Five_are_named_and_the_others_told_in_one_number()
    {
        _bench.Tick();
        for (var i = 1; i <= 7; i++)
        {
            _bench.Run($"Download {i}", i * 2, $"User {i}");
        }

        _bench.Grow(managed: 60);

        var cause = _bench.Explain()!;
        cause.Operations.Select(o => o.Context.Text).Should().Equal("User 7", "User 6", "User 5", "User 4", "User 3");
        ShouldBe(cause.OtherAllocatedBytes, 6);
        ShouldBe(cause.UnattributedBytes!.Value, 4);
        cause.Describe().Should().Be(
            "Likely cause: Download 7 (User 7) allocated 14.0 MB, Download 6 (User 6) allocated 12.0 MB, Download 5 (User 5) allocated 10.0 MB, "
            + "Download 4 (User 4) allocated 8.0 MB, Download 3 (User 3) allocated 6.0 MB, of 60.0 MB in the last 0 s "
            + "(others 6.0 MB, unattributed 4.0 MB); managed +60.0 MB, native +0.0 MB");
    }

    [Fact]
    public void An_operation_inside_of_another_is_told_once()
    {
        _bench.Tick();
        using (var outer = _bench.Track("Outer"))
        {
            DiagnosisBench.AllocateFor(outer, 10);
            using var inner = _bench.Track("Inner");
            DiagnosisBench.AllocateFor(inner, 30);
        }

        _bench.Grow(managed: 40);

        var cause = _bench.Explain()!;
        cause.Operations.Select(o => o.Name).Should().Equal("Inner", "Outer");
        ShouldBe(cause.Operations[0].AllocatedBytes, 30);
        ShouldBe(cause.Operations[1].AllocatedBytes, 10);
    }

    [Fact]
    public void The_unattributed_rest_is_never_below_zero_and_nobody_allocated_more_than_the_process()
    {
        // A flow that computes without a hop is counted at its end, though it began before the window.
        _bench.Tick();
        _bench.Run("Compute", 90);
        _bench.Grow(managed: 30, allocated: 30);

        var cause = _bench.Explain()!;
        cause.UnattributedBytes.Should().Be(0);
        cause.Operations.Single().AllocatedBytes.Should().Be(Bytes.Megabytes(30));
        cause.Operations.Single().Share.Should().Be(1);
    }

    [Fact]
    public void Where_most_is_unattributed_that_stands_first()
    {
        _bench.Tick();
        _bench.Run("Download", 8, "User 5");
        _bench.Operations.Time.Advance(TimeSpan.FromSeconds(3.5));
        _bench.Grow(managed: 60, allocated: 64);

        _bench.Explain()!.Describe().Should().Be(
            "Likely cause: unattributed 56.0 MB of 64.0 MB allocated in the last 3.5 s, Download (User 5) allocated 8.0 MB; "
            + "managed +60.0 MB, native +0.0 MB");
    }

    [Fact]
    public void With_no_operation_at_all_the_rest_is_all_there_is_to_say()
    {
        _bench.Tick();
        _bench.Grow(managed: 60, allocated: 64);

        _bench.Explain()!.Describe().Should().Be(
            "Likely cause: unattributed 64.0 MB of 64.0 MB allocated in the last 0 s; managed +60.0 MB, native +0.0 MB");
    }

    [Fact]
    public void What_is_charged_is_told_as_charged_and_stays_unattributed()
    {
        _bench.Tick();
        using var download = _bench.TrackApart("Download", "User 5");
        DiagnosisBench.AllocateFor(download, 2);
        download.Charge(Bytes.Megabytes(50));
        _bench.Grow(managed: 55, allocated: 60);

        var cause = _bench.Explain()!;
        cause.Operations.Single().ChargedBytes.Should().Be(Bytes.Megabytes(50));
        ShouldBe(cause.UnattributedBytes!.Value, 58);
        cause.Describe().Should().Be(
            "Likely cause: Download (User 5) allocated 2.0 MB (charged 50.0 MB) of 60.0 MB in the last 0 s (unattributed 58.0 MB); "
            + "managed +55.0 MB, native +0.0 MB");
    }

    [Fact]
    public async Task What_outlives_its_operation_is_told_as_after_its_end()
    {
        _bench.Tick();
        var scope = _bench.TrackApart("Short");
        using var goOn = new SemaphoreSlim(0);
        Task late;
        using (scope.Enter())
        {
            late = Task.Run(async () =>
            {
                await goOn.WaitAsync();

                // Resumed after the end for sure, also if this thread was delayed before it waited.
                await Task.Yield();
                Allocate.Megabytes(30);
            });
        }

        scope.Dispose();
        goOn.Release();
        await late.WaitAsync(Deadline.Backstop);
        Deadline.Until(() => _bench.Operations.TotalsByName.Single().AfterEndBytes >= 30 << 20, "it was counted when it left its thread");
        _bench.Grow(managed: 30, allocated: 32);

        _bench.Explain()!.Describe().Should().StartWith("Likely cause: Short after its end allocated 30.0 MB of 32.0 MB in the last");
    }

    [Fact]
    public void A_spike_that_is_over_is_explained_by_who_allocated()
    {
        _bench.Tick();
        _bench.Run("Buffer", 80);
        _bench.Peak = 180;
        _bench.Grow(managed: 0.3, allocated: 81);

        _bench.Explain()!.Describe().Should().Be(
            "Likely cause: Buffer allocated 80.0 MB of 81.0 MB in the last 0 s (unattributed 1.0 MB); +0.3 MB of the rise remains");
    }

    [Fact]
    public void Of_a_spike_after_which_memory_is_lower_than_before_nothing_remains()
    {
        _bench.Tick();
        _bench.Run("Buffer", 80);
        _bench.Peak = 180;
        _bench.Grow(managed: -5, allocated: 81);

        _bench.Explain()!.Describe().Should().EndWith("; nothing of the rise remains");
    }

    [Fact]
    public void A_spike_that_is_over_and_was_not_allocated_only_names_what_was_in_flight()
    {
        _bench.Tick();
        using var upload = _bench.TrackApart("Upload", "User 5");
        _bench.Peak = 180;

        _bench.Explain()!.Describe().Should().Be(
            "Likely cause: rise ended before it could be analyzed, while Upload (User 5) was in flight; +0.0 MB of the rise remains");
    }

    [Fact]
    public void Memory_that_did_not_grow_has_no_cause()
    {
        _bench.Explain().Should().BeNull("there is nothing to compare with yet");
        _bench.Tick();
        _bench.Run("Download", 50);
        _bench.Allocated += 50;

        _bench.Explain().Should().BeNull("garbage that was collected is no growth");
    }

    [Fact]
    public void Numbers_that_are_not_known_are_left_out()
    {
        _bench.Allocated = null;
        _bench.Tick();
        _bench.Run("Download", 50, "User 5");
        _bench.Grow(managed: 50);

        var cause = _bench.Explain()!;
        (cause.AllocatedBytes, cause.UnattributedBytes).Should().Be((null, null));
        cause.Describe().Should().Be("Likely cause: Download (User 5) allocated 50.0 MB in the last 0 s; managed +50.0 MB, native +0.0 MB");
    }

    [Fact]
    public void Without_tracked_allocations_nobody_is_said_to_have_allocated()
    {
        var bench = new DiagnosisBench(isMetered: false);
        bench.Tick();
        using var download = bench.TrackApart("Download", "User 5");
        DiagnosisBench.AllocateFor(download, 30);
        bench.Grow(managed: 60);

        var cause = bench.Explain()!;
        cause.Operations.Should().BeEmpty();
        cause.UnattributedBytes.Should().BeNull();
        cause.Describe().Should().Be("Likely cause: managed +60.0 MB in the last 0 s while Download (User 5) was in flight; native +0.0 MB");
    }

    private static void ShouldBe(long bytes, double megabytes) =>
        bytes.Should().BeCloseTo(Bytes.Megabytes(megabytes), (ulong)Bytes.Megabytes(megabytes * 0.02));
}
