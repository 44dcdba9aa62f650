using MemoryWatch.BlackBox.Format;
using MemoryWatch.BlackBox.Recall;
using MemoryWatch.Read;

namespace MemoryWatch.Tool.Inspect;

/// <summary>Reads a black box, from a file or from what was piped in.</summary>
internal static class BoxFile
{
    /// <summary>Larger than any black box that this version writes.</summary>
    private const long MostBytes = 2 * BoxFormat.LargestSize;

    /// <summary>A run writes each second, so its end is not much later than its last record, even on a machine that was out of memory.</summary>
    private static readonly TimeSpan SoonAfter = TimeSpan.FromMinutes(1);

    public static bool IsBox(ReadOnlySpan<byte> beginning) => beginning.StartsWith(BoxHeader.Magic);

    /// <param name="name">The file, or what stands for standard input.</param>
    /// <param name="path">The path of the file; null if there is none.</param>
    /// <param name="bytes">The content; it can be read again.</param>
    /// <param name="shell">The time, and its zone.</param>
    /// <param name="cancellation">Ends a second look.</param>
    /// <exception cref="UnreadableException">It cannot be read.</exception>
    public static async Task<InspectedBox> Inspect(string name, string? path, Stream bytes, Shell shell, CancellationToken cancellation)
    {
        var (recording, header) = Read(name, bytes);
        using var reader = MemoryReader.Create(shell.Time);
        var machine = KernelView.ThisMachine(reader, shell.Time);
        var isAlive = Liveness.IsKnown(recording, path, machine);
        if (!isAlive && path is not null && Liveness.NeedsSecondLook(recording, shell.Time))
        {
            await Liveness.WaitForSecondLook(shell.Time, cancellation).ConfigureAwait(false);
            var (later, _) = Read(name, bytes);
            isAlive = later.LastSequence > recording.LastSequence && later.Identity.RunId == recording.Identity.RunId;
        }

        var (run, basis) = Judge(recording, KernelView.Of(recording, path, machine), machine, shell.Time.LocalTimeZone, reader.ReadKernelLog);
        return new()
        {
            Name = name,
            Recording = recording,
            Run = isAlive ? Alive(run, recording) : run,
            IsAlive = isAlive,
            Basis = isAlive || run.Verdict == RunVerdict.Clean || recording.Mark(RecordKind.Crashed) is not null ? VerdictBasis.NotNeeded : basis,
            WholeLength = bytes.Length < header.FileSize ? header.FileSize : null,
            Length = bytes.Length,
        };
    }

    /// <summary>
    /// Judges a run. Where counts rose at some time since, only the kernel's log can tell whether that was this run: it has the time of each kill.
    /// </summary>
    internal static (PreviousRun Run, VerdictBasis Basis) Judge(
        RunRecording recording, KernelView view, RunIdentity machine, TimeZoneInfo zone, Func<KernelLog?> readLog)
    {
        if (view.Basis == VerdictBasis.CountsRoseSince && Of(machine) is var named && named.Evidence.Any(evidence => evidence.Kind == RunEvidenceKind.KernelLog))
        {
            return (named, VerdictBasis.ThisMachine);
        }

        return (Of(view.Identity), view.Basis);

        PreviousRun Of(RunIdentity now) => PostMortem.Of(recording, now, string.Empty, zone, () => UpToItsEnd(recording, machine, readLog));
    }

    private static (RunRecording Recording, BoxHeader Header) Read(string name, Stream bytes)
    {
        var page = new byte[BoxFormat.HeaderSize];
        if (bytes.Length < page.Length)
        {
            throw new UnreadableException($"{name} is cut off: it has {bytes.Length} bytes, and the first page of a black box has {page.Length}");
        }

        bytes.Position = 0;
        bytes.ReadExactly(page);
        if (BoxHeader.Read(page, out var problem) is not { } header)
        {
            throw new UnreadableException($"{name} cannot be read: {problem}");
        }

        if (header.FileSize > MostBytes)
        {
            throw new UnreadableException($"{name} cannot be read: it claims to have {header.FileSize} bytes, and no black box has more than {MostBytes}");
        }

        var recording = RecordingReader.Read((buffer, offset) => ReadAt(bytes, buffer, offset), Math.Min(bytes.Length, header.FileSize), out problem);
        return (recording ?? throw new UnreadableException($"{name} cannot be read: {problem}"), header);
    }

    private static int ReadAt(Stream bytes, Span<byte> buffer, long offset)
    {
        bytes.Position = offset;
        return bytes.Read(buffer);
    }

    /// <summary>
    /// The kernel's log up to the time of the run's end: a process id may be given to another process later.
    /// </summary>
    private static KernelLog? UpToItsEnd(RunRecording recording, RunIdentity machine, Func<KernelLog?> readLog) =>
        recording.Identity is { BootClock: { } started } run && run.BootId == machine.BootId && readLog() is { } log
            ? log with { Kills = [.. log.Kills.Where(kill => kill.Time <= started + recording.LastClock + SoonAfter)] }
            : null;

    /// <summary>A run that is alive has numbers, but no verdict.</summary>
    private static PreviousRun Alive(PreviousRun run, RunRecording recording) => new()
    {
        Verdict = RunVerdict.Unknown,
        RunId = run.RunId,
        ProcessId = run.ProcessId,
        Started = run.Started,
        LastSeen = run.LastSeen,
        Lifetime = run.Lifetime,
        LastSnapshot = run.LastSnapshot,
        InFlight = run.InFlight,
        MoreInFlight = run.MoreInFlight,
        QuietInFlight = run.QuietInFlight,
        QuietOperations = run.QuietOperations,
        Cause = recording.Growth,
        RecentEntries = run.RecentEntries,
        Alerts = run.Alerts,
        Findings = run.Findings,
        Reliefs = run.Reliefs,
        DamagedRecords = run.DamagedRecords,
        LostRecords = run.LostRecords,
        MoreMetrics = run.MoreMetrics,
        TimeZone = run.TimeZone,
    };
}
