using System.Runtime.InteropServices;
using MemoryWatch.Files;
using MemoryWatch.Read;
using MemoryWatch.Tell;
using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Act;

/// <summary>
/// A program in a group of 200 MB that fills it with small blocks of native memory and frees nearly all of them, which the C library keeps. It prints
/// what the native heap was trimmed by.
/// </summary>
internal static unsafe class NativeHeapChild
{
    public const string Name = "native heap";

    private const int Block = 1000;
    private const int KeptOf = 256;
    private const long Enough = 175L << 20;

    public static int Run()
    {
        if (!HeapTrim.IsAvailable)
        {
            Console.WriteLine("unavailable");
            return 0;
        }

        using var reader = new LinuxReader(TimeProvider.System);
        var blocks = new List<nint>(1 << 18);
        while (reader.Read().Container.UsedBytes < Enough)
        {
            for (var i = 0; i < KeptOf; i++)
            {
                var block = NativeMemory.Alloc(Block);
                NativeMemory.Fill(block, Block, 1);
                blocks.Add((nint)block);
            }
        }

        for (var i = 0; i < blocks.Count; i++)
        {
            if (i % KeptOf != 0)
            {
                NativeMemory.Free((void*)blocks[i]);
            }
        }

        using var log = new LogCapture();
        using var watch = MemoryWatcher.Start(
            builder => builder.Configure(options =>
            {
                options.EnableCollectionWhenHigh = false;
                options.Interval = TimeSpan.FromMilliseconds(100);
            }),
            log);
        Deadline.Until(() => log.Of(LogEvents.Relief).Any(), "memory is high, so the native heap is trimmed");
        var line = log.Of(LogEvents.Relief).First();
        Console.WriteLine(FormattableString.Invariant(
            $"{line.State["relief"]} {line.State["freed_bytes"]} {line.State["used_before_bytes"]} {line.State["used_after_bytes"]}"));
        return 0;
    }
}
