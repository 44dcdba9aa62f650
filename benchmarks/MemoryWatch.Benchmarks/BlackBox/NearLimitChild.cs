using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using MemoryWatch.Benchmarks.Bare;
using MemoryWatch.Benchmarks.Reporting;
using MemoryWatch.BlackBox.Format;
using MemoryWatch.Read;

namespace MemoryWatch.Benchmarks.BlackBox;

/// <summary>
/// A program in a cgroup that fills it to a few megabytes below its limit. It then alternates between a bare <c>pwrite</c> in C and a black box
/// record. It prints the median nanoseconds of each, and <c>queued</c> if the disk became too slow for direct writes.
/// </summary>
internal static class NearLimitChild
{
    public const string Name = "near-limit";

    private const int Step = 1 << 20;
    private const int Writes = 2000;

    /// <param name="args">The cgroup's folder, the number of bytes to leave, the number of turns.</param>
    public static void Run(string[] args)
    {
        // Compiled before the limit applies.
        BareReads.Write(-1, 0, 1, 0);
        File.WriteAllText($"{args[0]}/cgroup.procs", Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        var answer = Measure(long.Parse(args[1], CultureInfo.InvariantCulture), int.Parse(args[2], CultureInfo.InvariantCulture));

        // Printed last, because the reader of this line ends the process.
        Console.WriteLine(answer);
    }

    private static unsafe string Measure(long leave, int turns)
    {
        using var reader = new LinuxReader(TimeProvider.System);
        using var recording = new Recording(reader);
        while (reader.Read().Container is { LimitBytes: { } limit, UsedBytes: { } used } && limit - used > leave)
        {
            new Span<byte>(NativeMemory.Alloc(Step), Step).Fill(1);
        }

        var (bare, records) = (new List<double>(), new List<double>());
        for (; turns > 0; turns--)
        {
            var started = Stopwatch.GetTimestamp();
            BareReads.Write(recording.BareFile, BoxFormat.RecordSize, recording.Places, Writes);
            bare.Add(Stopwatch.GetElapsedTime(started).TotalNanoseconds / Writes);
            started = Stopwatch.GetTimestamp();
            for (var i = 0; i < Writes; i++)
            {
                recording.Mark();
            }

            records.Add(Stopwatch.GetElapsedTime(started).TotalNanoseconds / Writes);
        }

        return string.Create(CultureInfo.InvariantCulture, $"{bare.Median()} {records.Median()} {(recording.HasQueued ? "queued" : "direct")}");
    }
}
