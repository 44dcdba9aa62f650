using MemoryWatch.Track;

namespace MemoryWatch.Judge;

/// <summary>
/// Finds an operation during which memory grew by the spike threshold, once it has ended; this mainly catches growth too slow for a spike. Each
/// climb is reported once: not again after its spike, not if it was the start of the process or a known swing, and if several operations ran
/// during it, only for the one that allocated most. Used by the watch thread only.
/// </summary>
internal sealed class GrowthJudge(OperationStore operations, TimeProvider time)
{
    private readonly List<EndedOperation> _ended = [];
    private long _last;
    private long? _toldAt;
    private long _toldResident;

    /// <summary>Notes that a climb was reported as a spike, or needs no report, and how high resident memory was.</summary>
    public void ClimbTold(long residentBytes) => (_toldAt, _toldResident) = (time.GetTimestamp(), residentBytes);

    /// <returns>The operation to report; <see langword="null"/> if there is none.</returns>
    public EndedOperation? Judge(long thresholdBytes, TimeSpan window)
    {
        _ended.Clear();
        while (operations.Handover.Ended.TryGetNext(ref _last, out var ended))
        {
            if (ended.ChangeBytes >= thresholdBytes && IsNews(ended, thresholdBytes, window))
            {
                _ended.Add(ended);
            }
        }

        if (_ended.Count == 0)
        {
            return null;
        }

        _ended.Sort(static (a, b) => (b.Allocation.AllocatedBytes + b.Allocation.ChargedBytes)
            .CompareTo(a.Allocation.AllocatedBytes + a.Allocation.ChargedBytes));
        (_toldAt, _toldResident) = (time.GetTimestamp(), _ended.Max(e => e.ResidentBytes ?? 0));
        return _ended[0];
    }

    public static OperationGrowthAlert Describe(in EndedOperation ended, long thresholdBytes, bool isMetered) =>
        new(ended.OperationId, ended.Name, ended.Context)
        {
            ResidentChangeBytes = ended.ChangeBytes,
            AllocatedBytes = isMetered ? ended.Allocation.AllocatedBytes : null,
            Duration = ended.Duration,
            ThresholdBytes = thresholdBytes,
        };

    private bool IsNews(in EndedOperation ended, long threshold, TimeSpan window)
    {
        if (_toldAt is not { } told)
        {
            return true;
        }

        var isSameClimb = told >= ended.StartTimestamp && ended.ResidentBytes - _toldResident < threshold;
        var isSameHeight = time.GetElapsedTime(told) < window && ended.ResidentBytes <= _toldResident + (threshold / 10);
        return !isSameClimb && !isSameHeight;
    }
}
