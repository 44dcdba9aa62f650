using System.Globalization;

namespace MemoryWatch.Tell;

/// <summary>A leak verdict in words.</summary>
internal static class LeakText
{
    private const double Megabyte = 1024 * 1024;

    // A slower growth would show as 0.x MB/h.
    private const double LeastPerHour = Megabyte;

    public static string Format(LeakAssessment assessment) => assessment.Verdict switch
    {
        LeakVerdict.Leaking => $"Leak ({Memory(assessment.Track)}): confirmed, {Growth(assessment)}",
        LeakVerdict.Suspected => $"Leak ({Memory(assessment.Track)}): suspected, {Growth(assessment)}; {Explain(assessment)}",
        LeakVerdict.WarmingUp or LeakVerdict.Unknown => $"Leak ({Memory(assessment.Track)}): not known, {Explain(assessment)}",
        LeakVerdict.LevelShift => $"No leak ({Memory(assessment.Track)}): memory rose to a new level ({Explain(assessment)})",
        _ => $"No leak ({Memory(assessment.Track)}): {Explain(assessment)}",
    };

    /// <summary>Which condition is not met.</summary>
    public static string Explain(LeakAssessment assessment) => assessment.HeldBackBy switch
    {
        LeakGate.None => "all conditions of a leak are met",
        LeakGate.NotReadable => "this memory cannot be read",
        LeakGate.TooShort => $"there are too few readings in {Span(assessment.Observed)}",
        LeakGate.TooFewCollections => $"there have been too few gen-2 GCs in {Span(assessment.Observed)}",
        LeakGate.NoNewHigh => "memory has not exceeded its earlier maximum",
        LeakGate.OneHalfOnly => "memory grew in only one half of the time",
        LeakGate.NotSignificant => "the growth is not significant",
        LeakGate.TooSmall => "the growth is within the noise, or too small to matter",
        LeakGate.SlowingDown => "the growth is slowing down",
        LeakGate.InSteps => "memory rose in a few steps and was level between them",
        LeakGate.EqualAtEqualLoad => "at equal load, memory is what it was before",
        LeakGate.GrowsWithLoad => assessment.GrowsWith is { } cost
            ? $"memory grows with {cost.Metric.Name}, {Bytes(cost.BytesPerUnit)} each"
            : "memory grows with a metric",
        _ => "it is not certain yet that the growth goes on",
    };

    /// <summary>The growth of a leak: how fast, for how long, with what, and until when.</summary>
    public static string Growth(LeakAssessment assessment)
    {
        var rate = assessment.BytesPerHour is { } bytes ? Rate(bytes) : Change(assessment.GrownBytes);
        var operation = assessment is { Operation: { } name, BytesPerOperation: { } each } ? $", {Bytes(each)} per {name}" : string.Empty;
        return $"{rate} over {Span(assessment.GrowingFor)}{operation}{Limit(assessment.TimeToLimit)}";
    }

    private static string Memory(LeakTrack track) => track switch
    {
        LeakTrack.Managed => "managed",
        LeakTrack.Native => "native",
        _ => "resident",
    };

    private static string Limit(TimeToLimit? time) => time switch
    {
        { Latest: { } latest } => $", {Name(time.Source)} in {Range(time.Soonest, latest)}",
        { } => $", {Name(time.Source)} in {Span(time.Soonest)} at the earliest",
        _ => string.Empty,
    };

    private static string Name(LimitSource source) => source == LimitSource.Setting ? "limit" : $"{UsageText.Source(source)} limit";

    /// <summary>Such as <c>+12.4 MB/h (11.0-13.9)</c>, or by day if it is slow.</summary>
    private static string Rate(in Estimate perHour)
    {
        var (factor, unit) = Math.Abs(perHour.Value) < LeastPerHour ? (24 / Megabyte, "MB/day") : (1 / Megabyte, "MB/h");
        return Text($"{perHour.Value * factor:+0.0;-0.0} {unit} ({perHour.Low * factor:0.0}-{perHour.High * factor:0.0})");
    }

    private static string Bytes(in Estimate bytes)
    {
        var (factor, unit) = Math.Abs(bytes.Value) < Megabyte / 10 ? (1 / 1024d, "KB") : (1 / Megabyte, "MB");
        return Text($"{bytes.Value * factor:0.0} {unit} ({bytes.Low * factor:0.0}-{bytes.High * factor:0.0})");
    }

    private static string Change(long bytes) => MemoryText.Change(bytes);

    private static string Range(TimeSpan from, TimeSpan to)
    {
        var (low, high) = (Span(from), Span(to));
        var unit = high[high.IndexOf(' ', StringComparison.Ordinal)..];
        return low == high ? high : low.EndsWith(unit, StringComparison.Ordinal) ? $"{low[..^unit.Length]}-{high}" : $"{low}-{high}";
    }

    private static string Span(TimeSpan span) => span.TotalSeconds switch
    {
        < 120 => Text($"{span.TotalSeconds:0} s"),
        < 7200 => Text($"{span.TotalMinutes:0} min"),
        < 48 * 3600 => Text($"{span.TotalHours:0.0} h"),
        _ => Text($"{span.TotalDays:0.0} days"),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
