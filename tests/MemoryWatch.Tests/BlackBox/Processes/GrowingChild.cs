using System.Runtime.InteropServices;

namespace MemoryWatch.Tests.BlackBox.Processes;

/// <summary>
/// A program that takes more and more memory until it is killed, with some operations in flight and others ended. It prints those in flight, then
/// <c>ready</c>. What it takes, it takes for the download.
/// </summary>
internal static class GrowingChild
{
    public const string Name = "grow";
    public const string Managed = "managed";
    public const string Native = "native";
    public const string Mixed = "mixed";

    private const int Step = 1 << 20;

    // Some 30 MB a second: as much as a busy bot, and slow enough for a tick of the watch to see it coming even below 48 MB.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(30);

    /// <param name="args">The black box, the kind of memory, and how many megabytes of native memory it has from the start.</param>
    public static int Run(string[] args)
    {
        for (var held = int.Parse(args[2], null); held > 0; held--)
        {
            Take();
        }

        using var watch = MemoryWatcher.Start(builder => builder.AddBlackBox(args[0]));

        for (var i = 0; i < 50; i++)
        {
            watch.Track("Ended", $"Number {i}").Dispose();
        }

        using var batch = watch.Track("Batch", "User 1");
        using var part = watch.Track("Part", "User 1 | 3 of 7");
        using var download = watch.Track("Download", "User 2 | File size: 45.3 MB");
        watch.Track("Ended", "The last one").Dispose();
        using var thumbnail = watch.Track("Thumbnail", "User 3");
        foreach (var operation in watch.InFlight)
        {
            Console.WriteLine(ReportingChild.Line(operation));
        }

        Console.WriteLine("ready");
        Grow(args[1], download);
        return 0;
    }

    private static void Grow(string kind, OperationScope download)
    {
        using var never = new ManualResetEvent(false);
        var held = new List<byte[]>();
        for (var step = 0; ; step++)
        {
            if (kind == Managed || (kind == Mixed && step % 4 == 0))
            {
                using (download.Enter())
                {
                    var block = new byte[Step];
                    Array.Fill(block, (byte)1);
                    held.Add(block);
                }
            }
            else
            {
                Take();
            }

            never.WaitOne(Pause);
        }
    }

    private static unsafe void Take() => new Span<byte>(NativeMemory.Alloc(Step), Step).Fill(1);
}
