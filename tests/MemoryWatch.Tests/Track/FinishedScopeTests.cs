using System.Runtime.CompilerServices;
using MemoryWatch.Tests.Support;
using MemoryWatch.Track;

namespace MemoryWatch.Tests.Track;

public class FinishedScopeTests
{
    private readonly OperationsBench _bench = new();

    [Fact]
    public void A_finished_scope_keeps_nothing_of_its_operation_alive()
    {
        using var root = _bench.Track("Root");
        var (scope, context, failure, parent) = Finished();

        // The journal keeps its last 256 entries; here they are others by now.
        for (var i = 0; i < Journal.Capacity; i++)
        {
            _bench.Mark("Other");
        }

        _bench.ForgetTold();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        context.IsAlive.Should().BeFalse();
        failure.IsAlive.Should().BeFalse();
        parent.IsAlive.Should().BeFalse();
        GC.KeepAlive(scope);
    }

    [Fact]
    public async Task A_flow_that_outlives_its_operation_keeps_the_scope_alive_and_nothing_else()
    {
        using var goOn = new SemaphoreSlim(0);
        var (loop, context, scope) = Outlived(goOn);
        for (var i = 0; i < Journal.Capacity; i++)
        {
            _bench.Mark("Other");
        }

        _bench.ForgetTold();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        loop.IsCompleted.Should().BeFalse();
        scope.IsAlive.Should().BeTrue("what the loop allocates is told apart as after the end");
        context.IsAlive.Should().BeFalse();
        goOn.Release();
        await loop.WaitAsync(Deadline.Backstop);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private (Task Loop, WeakReference Context, WeakReference Scope) Outlived(SemaphoreSlim goOn)
    {
        (Task, WeakReference, WeakReference) result = default;
        var thread = new Thread(() =>
        {
            var value = new string('v', 10);
            using var scope = _bench.Tracker.Start("Download", new OperationContext("x").With("value", value));
            result = (Task.Run(async () => await goOn.WaitAsync()), new(value), new(scope));
        });
        thread.Start();
        thread.Join(Deadline.Backstop).Should().BeTrue();
        return result;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private (OperationScope Scope, WeakReference Context, WeakReference Failure, WeakReference Parent) Finished()
    {
        // On a thread of its own, so that no flow and no register of this one still holds any of it.
        (OperationScope, WeakReference, WeakReference, WeakReference) result = default;
        var thread = new Thread(() => result = Finish(_bench));
        thread.Start();
        thread.Join(Deadline.Backstop).Should().BeTrue();
        return result;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (OperationScope Scope, WeakReference Context, WeakReference Failure, WeakReference Parent) Finish(
        OperationsBench bench)
    {
        var value = new string('v', 10);
        var failure = new IOException("x");
        var parent = bench.Tracker.Start("Parent", default);
        var scope = bench.Tracker.Start("Download", new OperationContext("x").With("value", value));
        scope.Fail(failure);
        parent.Dispose();
        scope.Dispose();
        return (scope, new(value), new(failure), new(parent));
    }
}
