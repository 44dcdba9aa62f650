using MemoryWatch.BlackBox.Format;
using MemoryWatch.BlackBox.Recall;
using MemoryWatch.Files;
using MemoryWatch.Read;
using MemoryWatch.Tell;
using MemoryWatch.Track;
using Microsoft.Extensions.Logging;

namespace MemoryWatch.BlackBox.Record;

/// <summary>Reads and logs the previous run, and creates this run's file.</summary>
internal sealed class BoxOpening(BlackBoxSettings settings, RunIdentity identity, IFiles files, ILogger logger, HistoryKeeper history)
{
    /// <summary>Maximum number of ended runs that are reported.</summary>
    private const int MostReported = 5;

    private readonly List<PreviousRun> _runs = [];

    /// <summary>The previous run; <see langword="null"/> if there was none or its file cannot be read.</summary>
    public PreviousRun? Previous { get; private set; }

    /// <summary>The restarts on purpose of earlier runs.</summary>
    public RestartLedger Restarts { get; private set; } = RestartLedger.None;

    /// <summary>The most native memory that the previous run is known to have had, in bytes; <see langword="null"/> if unknown.</summary>
    public long? NativePeak { get; private set; }

    /// <exception cref="Exception">The file cannot be created; the previous run may have been logged all the same.</exception>
    public RunFile Open(
        MemorySnapshot first, IReadOnlyList<MetricDefinition> metrics, OperationTracker operations, IMemoryReader reader, TimeProvider time)
    {
        var paths = new BoxPaths(settings.Path!, files);
        var (watchRecords, operationRecords) = BoxFormat.Rings(settings.Size);
        var own = BuiltInMetrics.Without(metrics).ToArray();
        var header = new BoxHeader(identity, watchRecords, operationRecords, own.Length) { HistoryRecords = BoxFormat.History(settings.Size) };
        var carry = new HistoryCarry(history, first, header.HistoryRecords);
        var folder = new BoxFolder(paths, settings.KeptFiles);
        string path;
        BoxFile file;
        try
        {
            (file, path) = folder.Make(
                header, Define(own), path => (new BoxFile(files, path), path),
                () => new(Carry(carry, folder.Ended, time.LocalTimeZone, reader), CarryRestarts(folder)));
        }
        finally
        {
            Tell(folder.Ended);
        }

        if (path != paths.Path)
        {
            BlackBoxLog.Elsewhere(logger, SafeText.Context(paths.Path), SafeText.Context(path));
        }

        return new(file, paths, path, header, operations, reader, logger, time, carry);
    }

    private byte[] Define(MetricDefinition[] metrics)
    {
        var records = new byte[BoxFormat.DefinitionCount * BoxFormat.RecordSize];
        for (var i = 0; i < Math.Min(metrics.Length, BoxFormat.DefinitionCount); i++)
        {
            var record = records.AsSpan(i * BoxFormat.RecordSize, BoxFormat.RecordSize);
            RecordFields.Begin(record, RecordKind.MetricDefinition, identity.Started, TimeSpan.Zero);
            DefinitionRecord.Write(record, i, metrics[i]);
            RecordFields.Seal(record, identity.Tag, 0);
        }

        return records;
    }

    /// <summary>Adds up the restarts of earlier runs; they are in the file from its creation, so that no kill loses the count.</summary>
    private byte[] CarryRestarts(BoxFolder folder)
    {
        Restarts = RunRestarts.Ledger(folder.Ended, folder.Kept, identity.Started);
        NativePeak = folder.Ended.FirstOrDefault(left => left.Recording is not null)?.Recording is { } last
            ? last.History.NativePeak(last.Identity.Started)
            : null;
        var record = new byte[BoxFormat.RecordSize];
        RecordFields.Begin(record, RecordKind.Restart, identity.Started, TimeSpan.Zero);
        RestartRecord.Write(record, Restarts, own: null);
        RecordFields.Seal(record, identity.Tag, 0);
        return record;
    }

    /// <summary>Judges the runs that have ended, the last started first, and carries the history of that one over.</summary>
    private byte[] Carry(HistoryCarry carry, IReadOnlyList<LeftBox> ended, TimeZoneInfo zone, IMemoryReader reader)
    {
        var log = new Lazy<KernelLog?>(reader.ReadKernelLog);
        foreach (var left in ended)
        {
            if (left.Recording is { } recording)
            {
                _runs.Add(PostMortem.Of(recording, identity, left.Path, zone, () => log.Value));
            }
        }

        try
        {
            return carry.Take(ended.FirstOrDefault(left => left.Recording is not null)?.Recording, _runs.FirstOrDefault(), identity);
        }
        catch (Exception)
        {
            // A file may hold anything. A run without its history is better than one without its black box.
            return [];
        }
    }

    /// <summary>
    /// Reports the ended runs: the last started in full, each earlier one in a line. Runs that did not end in an orderly way come first, in case
    /// there are too many.
    /// </summary>
    private void Tell(IReadOnlyList<LeftBox> ended)
    {
        foreach (var left in ended)
        {
            if (left.Recording is null && (left == ended[0] || left.Path.Length > 0))
            {
                BlackBoxLog.Unreadable(logger, left.Problem, left.Path.Length == 0 ? MemoryText.NotAvailable : SafeText.Context(left.Path));
            }
        }

        var runs = _runs;

        if (runs.Count == 0)
        {
            return;
        }

        Previous = runs[0];
        PreviousRunLog.Write(logger, Previous);
        var earlier = runs.Skip(1).OrderBy(run => run.Verdict == RunVerdict.Clean).Take(MostReported - 1).ToList();
        foreach (var run in earlier)
        {
            PreviousRunLog.WriteEarlier(logger, run);
        }

        if (runs.Count - 1 - earlier.Count is var more and > 0)
        {
            PreviousRunLog.WriteMore(logger, more);
        }
    }
}
