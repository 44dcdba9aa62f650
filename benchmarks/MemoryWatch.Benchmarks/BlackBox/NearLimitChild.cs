using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using MemoryWatch.Benchmarks.Bare;
using MemoryWatch.Benchmarks.Reporting;
using MemoryWatch.BlackBox.Format;
using MemoryWatch.Read;

namespace MemoryWatch.Benchmarks.BlackBox;

/// <summary>
/// A program in a memory group that fills it up to a few megabytes below its limit, and then writes: a bare <c>pwrite</c> in C and a record in
/// turns. It prints the median nanoseconds of each, and <c>queued</c> where the disk became too slow for writes at once.
/// </summary>
internal static class NearLimitChild
{
    public const string Name = "near-limit";

    private const int Step = 1 << 20;
    private const int Writes = 2000;

    /// <param name="args">The group's folder, how many bytes to leave, how many turns.</param>
    public static void Run(string[] args)
    {
        // Compiled before there is a limit.
        BareReads.Write(-1, 0, 1, 0);
        File.WriteAllText($"{args[0]}/cgroup.procs", Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        var answer = Measure(long.Parse(args[1], CultureInfo.InvariantCulture), int.Parse(args[2], CultureInfo.InvariantCulture));

        // Now that nothing is left to be taken away: whoever reads this line ends the process.
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
