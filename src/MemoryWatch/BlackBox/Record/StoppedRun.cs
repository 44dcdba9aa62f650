using MemoryWatch.BlackBox.Format;
using MemoryWatch.Files;

namespace MemoryWatch.BlackBox.Record;

/// <summary>A run whose file is closed. The file is reopened for a mark if it still belongs to this run.</summary>
internal sealed class StoppedRun(IFiles files, string path, RunIdentity identity, TimeProvider time, long started, long lastSequence)
{
    public void Mark(RecordKind kind, long number, string? error)
    {
        try
        {
            if (!files.IsRegular(path))
            {
                return;
            }

            using var handle = files.Open(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            Span<byte> runId = stackalloc byte[16];
            if (files.Read(handle, runId, BoxHeader.RunIdOffset) != runId.Length || new Guid(runId) != identity.RunId)
            {
                return;
            }

            Span<byte> record = stackalloc byte[BoxFormat.RecordSize];
            RecordFields.Begin(record, kind, time.GetUtcNow(), time.GetElapsedTime(started));
            EndMarkRecord.Write(record, number, error);
            RecordFields.Seal(record, identity.Tag, ++lastSequence);
            files.Write(handle, record, EndMarkRecord.OffsetOf(kind));
        }
        catch (Exception)
        {
            // The file is gone or already belongs to the next run. This process is ending; nothing more can be done.
        }
    }
}
