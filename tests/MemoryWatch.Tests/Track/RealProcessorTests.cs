using System.IO.Pipes;
using System.Runtime.InteropServices;
using MemoryWatch.Files;
using MemoryWatch.Read;
using MemoryWatch.Tests.Read;
using MemoryWatch.Tests.Support;
using MemoryWatch.Track;

namespace MemoryWatch.Tests.Track;

/// <summary>Real threads and the real kernel: who computes is told apart from who waits.</summary>
[Collection(RunsAlone.Name)]
public sealed class RealProcessorTests : IDisposable
{
    private readonly OperationsBench _bench = new();
    private readonly OperationStore _store;
    private readonly ProcessorHistory _history;
    private readonly List<Thread> _threads = [];
    private readonly object _lock = new();
    private readonly AnonymousPipeServerStream _pipe = new(PipeDirection.In);
    private volatile bool _stop;

    public RealProcessorTests()
    {
        _store = _bench.Tracker.Store;
        _history = new(new LinuxThreadTimes(new()), OperationFlows.Threads, static () => Environment.TickCount64, o => o.Nearest(_store));
    }

    [Fact]
    public void The_one_that_computes_is_named_and_those_that_wait_in_a_lock_or_for_input_are_not()
    {
        if (new LinuxThreadTimes(new()).Read(Libc.GetThreadId()) is null)
        {
            return; // The kernel does not count.
        }

        Monitor.Enter(_lock);
        Start("Locked", () => { lock (_lock) { } });
        Start("Reading", () => _pipe.ReadByte());
        Start("Computing", () =>
        {
            while (!_stop)
            {
            }
        });
        SpinWait.SpinUntil(() => _store.InFlight.All().Length == 3, Deadline.Backstop).Should().BeTrue();
        _history.Keep(1, isKept: true);

        var ran = new HashSet<string>();
        SpinWait.SpinUntil(
            () =>
            {
                ran.UnionWith(_history.Since(1).Ran.Select(o => o.Operation.Name));
                return ran.Count > 0 && _history.Since(1).Operations.Count(o => o.State == RunState.Waited) == 2;
            },
            Deadline.Backstop).Should().BeTrue();

        ran.Should().Equal("Computing");
    }

    [Fact]
    public unsafe void The_one_that_fills_memory_with_pauses_is_named_although_another_one_computes()
    {
        var times = new LinuxThreadTimes(new());
        if (times.Read(Libc.GetThreadId()) is null || times.ReadTouched(Libc.GetThreadId()) is null)
        {
            return; // The kernel does not count.
        }

        const int Block = 1 << 20;
        const int Blocks = 64;
        var (filled, memory) = (0, (nint)NativeMemory.Alloc(Blocks * Block));
        using var begin = new ManualResetEventSlim();
        Start("Filling", () =>
        {
            begin.Wait();
            for (; filled < Blocks; Volatile.Write(ref filled, filled + 1))
            {
                new Span<byte>((byte*)memory + (filled * Block), Block).Fill(1);
                Thread.Yield();
            }

            SpinWait.SpinUntil(() => _stop);
        });
        Start("Computing", () =>
        {
            while (!_stop)
            {
            }
        });
        SpinWait.SpinUntil(() => _store.InFlight.All().Length == 2, Deadline.Backstop).Should().BeTrue();
        _history.Keep(1, isKept: true);
        var before = times.ReadProcessTouched();
        begin.Set();
        SpinWait.SpinUntil(() => Volatile.Read(ref filled) == Blocks, Deadline.Backstop).Should().BeTrue();

        // With huge pages the kernel counts far less, and the processor decides.
        if (times.ReadProcessTouched() - before >= Blocks * Block)
        {
            _history.Since(1, Blocks * Block).Ran.Should().ContainSingle().Which
                .Should().Match<RunningOperation>(o => o.Operation.Name == "Filling" && o.State == RunState.Touched);
        }

        _stop = true;
        _threads.ForEach(t => t.Join());
        NativeMemory.Free((void*)memory);
    }

    public void Dispose()
    {
        _stop = true;
        _pipe.DisposeLocalCopyOfClientHandle();
        if (Monitor.IsEntered(_lock))
        {
            Monitor.Exit(_lock);
        }

        _threads.ForEach(t => t.Join());
        _pipe.Dispose();
    }

    private void Start(string name, Action body)
    {
        var thread = new Thread(() =>
        {
            using var scope = _bench.Track(name);
            body();
        });
        _threads.Add(thread);
        thread.Start();
    }
}
