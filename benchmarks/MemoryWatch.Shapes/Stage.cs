using System.Diagnostics;

namespace MemoryWatch.Shapes;

/// <summary>What a shape works with: the watch, and memory that is taken at a steady pace and kept.</summary>
internal sealed class Stage(IMemoryWatch watch)
{
    public const string Guilty = "Guilty";
    public const int Steps = 150;

    public static readonly OperationContext User = "User 1";
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>How long an operation stays in flight at its top.</summary>
    public static readonly TimeSpan AtTop = TimeSpan.FromSeconds(2.5);

    private const int Megabyte = 1 << 20;

    private readonly List<object> _kept = [];
    private readonly object _never = new();
    private readonly TaskCompletionSource _top = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IMemoryWatch Watch => watch;

    /// <summary>Completes when all memory is taken.</summary>
    public Task Top => _top.Task;

    public void ReachTop() => _top.TrySetResult();

    public OperationScope Track() => watch.Track(Guilty, User);

    /// <summary>Allocates a megabyte on the managed heap, writes to it and keeps it.</summary>
    public void Take(int bytes = Megabyte)
    {
        var block = new byte[bytes];
        Array.Fill(block, (byte)1);
        Keep(block);
    }

    public void Keep(object memory)
    {
        lock (_kept)
        {
            _kept.Add(memory);
        }
    }

    /// <summary>Blocks the thread for a step.</summary>
    public void Rest()
    {
        lock (_never)
        {
            Monitor.Wait(_never, Pause);
        }
    }

    /// <summary>Uses the processor for a step.</summary>
    public static void Compute()
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < Pause;)
        {
            Thread.SpinWait(100);
        }
    }

    public async Task TakeAllAsync()
    {
        for (var step = 0; step < Steps; step++)
        {
            Take();
            await Task.Delay(Pause, TimeProvider.System);
        }
    }

    public void TakeAll(Action pause)
    {
        for (var step = 0; step < Steps; step++)
        {
            Take();
            pause();
        }
    }
}
