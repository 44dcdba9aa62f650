using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MemoryWatch.Read;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;

namespace MemoryWatch.Benchmarks.Relief;

/// <summary>
/// A program that fills its memory in one way, starts a watch whose limit makes that memory high, and prints what each relief step freed until none
/// is left to call.
/// </summary>
internal static unsafe class ReliefChild
{
    public const string Name = "relief";
    public const string Cache = "cache";
    public const string NativeHeap = "native heap";
    public const string Garbage = "garbage";

    private const int Megabyte = 1 << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // What stays alive for the whole run.
    private static readonly List<object> Held = [];

    /// <param name="args">What fills memory, and which part of the limit that is, in 512ths.</param>
    public static void Run(string[] args)
    {
        var services = new ServiceCollection();
        var builder = services.AddMemoryWatch();
        Fill(args[0], builder);
        using var reader = new LinuxReader(TimeProvider.System);
        var limit = reader.ReadResidentBytes()!.Value * 512 / int.Parse(args[1], CultureInfo.InvariantCulture);
        var outcomes = new Outcomes();
        builder.AddObserver(outcomes).Configure(options =>
        {
            options.Limit = new MemorySize(limit);
            options.Interval = TimeSpan.FromMilliseconds(100);
            options.EnableCollectionWhenHigh = args[0] != NativeHeap;
            options.Relief.TrimNativeHeap = args[0] == NativeHeap;
        });
        using var provider = services.BuildServiceProvider();
        var watch = provider.GetRequiredService<MemoryWatcher>();
        watch.StartWatching(builder, provider);
        using var never = new ManualResetEvent(false);
        for (var start = TimeProvider.System.GetTimestamp();
            !outcomes.Any || watch.Relief == ReliefStanding.Relieving;
            never.WaitOne(TimeSpan.FromMilliseconds(50)))
        {
            if (TimeProvider.System.GetElapsedTime(start) > Patience)
            {
                break;
            }
        }

        outcomes.Print();
        GC.KeepAlive(Held);
    }

    private static void Fill(string what, HostedMemoryWatchBuilder builder)
    {
        switch (what)
        {
            case Cache:
                var cache = new MemoryCache(new MemoryCacheOptions());
                for (var i = 0; i < 1000; i++)
                {
                    // Written to, because a page that nobody has touched is not resident.
                    var entry = new byte[100 * 1024];
                    Array.Fill(entry, (byte)1);
                    cache.Set(i, entry);
                }

                builder.Services.AddSingleton<IMemoryCache>(cache);
                builder.AddMemoryCacheRelief();
                break;
            case NativeHeap:
                FillNativeHeap();
                break;
            default:
                FillHeap();
                break;
        }
    }

    /// <summary>128 MB in blocks of 1 KB, of which one in 256 stays: the C library can return none of it from the end of its heap.</summary>
    private static void FillNativeHeap()
    {
        const int Block = 1000;
        const int KeptOf = 256;
        var blocks = new nint[128 * Megabyte / Block];
        for (var i = 0; i < blocks.Length; i++)
        {
            blocks[i] = (nint)NativeMemory.Alloc(Block);
            NativeMemory.Fill((void*)blocks[i], Block, 1);
        }

        for (var i = 0; i < blocks.Length; i++)
        {
            if (i % KeptOf != 0)
            {
                NativeMemory.Free((void*)blocks[i]);
            }
        }
    }

    /// <summary>50 MB that stay, and between them 150 MB that do not.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void FillHeap()
    {
        const int Size = 4000;
        const int KeptOf = 4;
        var all = new List<byte[]>();
        for (var i = 0; i < 200 * Megabyte / Size; i++)
        {
            all.Add(new byte[Size]);
        }

        Held.AddRange(all.Where((_, i) => i % KeptOf == 0));
    }

    private sealed class Outcomes : IMemoryObserver
    {
        private readonly Lock _lock = new();
        private readonly List<ReliefOutcome> _outcomes = [];

        public bool Any
        {
            get
            {
                lock (_lock)
                {
                    return _outcomes.Count > 0;
                }
            }
        }

        public void OnRelief(ReliefOutcome outcome)
        {
            lock (_lock)
            {
                _outcomes.Add(outcome);
            }
        }

        public void Print()
        {
            lock (_lock)
            {
                foreach (var one in _outcomes)
                {
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                        $"{one.Name}|{one.FreedBytes}|{one.Before.HeapBytes - one.After.HeapBytes}|{one.Before.CommittedBytes - one.After.CommittedBytes}|{one.Duration.TotalMilliseconds}"));
                }
            }
        }
    }
}
