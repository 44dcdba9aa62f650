using MemoryWatch.BlackBox.Format;
using MemoryWatch.BlackBox.Recall;
using MemoryWatch.Read;
using MemoryWatch.Tell;
using MemoryWatch.Track;
using Microsoft.Extensions.Logging;

namespace MemoryWatch.BlackBox.Record;

/// <summary>Reads and logs the previous run, and creates this run's file.</summary>
internal sealed class BoxOpening(BlackBoxSettings settings, RunIdentity identity, ILogger logger)
{
    /// <summary>The previous run; <see langword="null"/> if there was none or its file cannot be read.</summary>
    public PreviousRun? Previous { get; private set; }

    /// <exception cref="Exception">The file cannot be created; the previous run may have been logged all the same.</exception>
    public RunFile Open(IReadOnlyList<MetricDefinition> metrics, OperationTracker operations, IMemoryReader reader, TimeProvider time)
    {
        var paths = new BoxPaths(settings.Path!);
        var (watchRecords, operationRecords) = BoxFormat.Rings(settings.Size);
        var own = BuiltInMetrics.Without(metrics).ToArray();
        var header = new BoxHeader(identity, watchRecords, operationRecords, own.Length);
        var folder = new BoxFolder(paths, settings.KeptFiles);
        string path;
        BoxFile file;
        try
        {
            (file, path) = folder.Make(header, Define(own), static path => (new BoxFile(path), path));
        }
        finally
        {
            if (folder.Previous is { } left)
            {
                Tell(left, time.LocalTimeZone);
            }
        }

        if (path != paths.Path)
        {
            BlackBoxLog.Elsewhere(logger, SafeText.Context(paths.Path), SafeText.Context(path));
        }

        return new(file, path, header, operations, reader, logger, time);
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

    private void Tell(LeftBox left, TimeZoneInfo zone)
    {
        if (left.Recording is { } recording)
        {
            Previous = PostMortem.Of(recording, identity, left.Path, zone);
            PreviousRunLog.Write(logger, Previous);
        }
        else
        {
            BlackBoxLog.Unreadable(logger, left.Problem, SafeText.Context(left.Path));
        }
    }
}
