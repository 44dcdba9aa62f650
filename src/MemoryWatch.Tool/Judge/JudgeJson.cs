namespace MemoryWatch.Tool.Judge;

/// <summary>Verdicts as JSON. Sizes are in bytes, and a number that is not known is null.</summary>
internal sealed record JudgeJson(IEnumerable<JudgeJson.TraceJson> Traces)
{
    public string Kind { get; init; } = "traces";

    public static JudgeJson Of(IEnumerable<JudgedTrace> traces) => new(traces.Select(trace => new TraceJson(trace)));

    internal sealed class TraceJson(JudgedTrace trace)
    {
        public string File => trace.Name;

        public string? Problem => trace.Problem;

        public long? RowCount => trace.Report?.RowCount;

        public long? SkippedRowCount => trace.Report?.SkippedRowCount;

        public IReadOnlyList<long>? SkippedLines => trace.Report?.SkippedLines;

        public double? LengthSeconds => trace.Report?.Length.TotalSeconds;

        public IEnumerable<VerdictJson>? Verdicts => trace.Report?.Verdicts.Select(verdict => new VerdictJson(verdict));
    }

    internal sealed class VerdictJson(MemoryTraceVerdict verdict)
    {
        public LeakTrack Memory => verdict.Worst.Track;

        public AssessmentJson Worst => new(verdict.Worst);

        public double WorstAtSeconds => verdict.WorstAt.TotalSeconds;

        public AssessmentJson AtEnd => new(verdict.Final);

        public double? SuspectedAtSeconds => verdict.SuspectedAt?.TotalSeconds;

        public double? LeakingAtSeconds => verdict.LeakingAt?.TotalSeconds;
    }

    internal sealed class AssessmentJson(LeakAssessment assessment)
    {
        public LeakVerdict Verdict => assessment.Verdict;

        public LeakGate HeldBackBy => assessment.HeldBackBy;

        public Estimate? BytesPerHour => assessment.BytesPerHour;

        public double ObservedSeconds => assessment.Observed.TotalSeconds;

        public string Text => assessment.Describe();
    }
}
