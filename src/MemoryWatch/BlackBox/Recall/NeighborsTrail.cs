using MemoryWatch.BlackBox.Format;
using static MemoryWatch.BlackBox.Format.RecordFields;

namespace MemoryWatch.BlackBox.Recall;

/// <summary>Keeps the last record of who else was in the container. Records may come in any order.</summary>
internal sealed class NeighborsTrail
{
    /// <summary>A run that is near its limit reads them this often, so an older record is of a time before.</summary>
    private static readonly long Recent = BoxTime.Of(TimeSpan.FromSeconds(15));

    private (long Sequence, long Clock, ContainerProcesses Processes)? _last;

    public void Add(ReadOnlySpan<byte> record)
    {
        if (_last is null || Sequence(record) > _last.Value.Sequence)
        {
            _last = (Sequence(record), Int64(record, ClockOffset), ProcessesRecord.Read(record));
        }
    }

    /// <summary>Adds who was there to the last sample, if it is of that time.</summary>
    public RunRecording.Sample? AddTo(RunRecording.Sample? sample)
    {
        if (sample is not null && _last is { } last && Math.Abs((decimal)BoxTime.Of(sample.Clock) - last.Clock) <= Recent)
        {
            sample.Snapshot.Add(last.Processes);
        }

        return sample;
    }
}
