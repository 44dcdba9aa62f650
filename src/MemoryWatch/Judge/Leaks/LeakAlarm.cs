namespace MemoryWatch.Judge;

/// <summary>Decides which judgments of a memory raise an alert: the first that confirms a leak, and each that is much worse than the last alert.</summary>
internal sealed class LeakAlarm
{
    // The rate that counts as much worse; a shorter time to the limit alone does not, because it comes with time.
    private const double Worse = 2;

    private double _toldRate;

    /// <summary>Adds an alert if the judgment deserves one.</summary>
    /// <returns>The judgment.</returns>
    public LeakAssessment Next(LeakAssessment assessment, List<MemoryAlert> alerts)
    {
        if (assessment is { Verdict: LeakVerdict.Leaking, BytesPerHour: { } rate } && (_toldRate == 0 || rate.Value >= Worse * _toldRate))
        {
            var isWorse = _toldRate > 0;
            _toldRate = rate.Value;
            alerts.Add(new LeakAlert(assessment) { IsWorse = isWorse });
        }

        return assessment;
    }
}
