using System.Globalization;

namespace MemoryWatch.Tell;

/// <summary>
/// Costs and capacity in words: <c>This load needs about 640 MB (590-700); in 512 MB it runs with at most 3 Sessions</c>. Sizes are rounded here, not
/// in the data.
/// </summary>
internal static class CapacityText
{
    private const double Megabyte = 1 << 20;
    private const int Rounding = 10;
    private static readonly int[] Boxes = [64, 128, 192, 256, 384, 512, 640, 768, 1024, 1280, 1536, 2048];

    /// <summary>One sentence.</summary>
    public static string Format(CapacityEstimate capacity)
    {
        var needed = capacity.NeededBytes;
        var most = capacity is { Cost: { } cost, MostUnits: { } units }
            ? Text($"; in {Limit(capacity)} it runs with at most {units} {cost.Metric.Name}")
            : string.Empty;
        return Text($"This load needs about {Round(needed.Value)} MB ({Round(needed.Low)}-{Round(needed.High)}){most}");
    }

    /// <summary>The same for a finding, with the maximum that does not fit.</summary>
    public static string Finding(CapacityEstimate capacity)
    {
        if (capacity.IsTooSmall || capacity is not { Cost: { Metric.Maximum: { } maximum } cost, MostUnits: { } units })
        {
            var text = Format(capacity);
            return string.Concat(char.ToLowerInvariant(text[0]).ToString(), text.AsSpan(1));
        }

        return Text($"the maximum of {cost.Metric.Name} is {maximum}, and {Limit(capacity)} have room for about {units} at {Cost(cost)}");
    }

    /// <summary>The size to use, or the maximum to set.</summary>
    public static string Advice(CapacityEstimate capacity)
    {
        var box = Text($"box of {Box(capacity.IsTooSmall ? capacity.NeededBytes : capacity.NeededAtMaximumBytes ?? capacity.NeededBytes)} MB");
        var less = capacity is { Cost: { } cost, MostUnits: { } units } ? Text($"eep {cost.Metric.Name} at {units} or fewer") : null;
        return less is null ? $"Use a {box}"
            : capacity.IsTooSmall ? $"Use a {box}, or k{less}"
            : $"K{less}, or use a {box}";
    }

    /// <summary>Such as <c>40.1 MB each (38.9-41.0, 9 changes)</c>.</summary>
    public static string Cost(MetricCost cost)
    {
        var bytes = cost.BytesPerUnit;
        var together = cost.Together.Count > 0 ? $", together with {string.Join(", ", cost.Together.Select(metric => metric.Name))}" : string.Empty;
        return Text(
            $"{bytes.Value / Megabyte:0.0} MB each ({bytes.Low / Megabyte:0.0}-{bytes.High / Megabyte:0.0}, {cost.Changes} changes{together})");
    }

    /// <summary>The next usual size that holds all of the interval, in MB.</summary>
    private static int Box(Estimate bytes)
    {
        var needed = (int)Math.Ceiling(bytes.High / Megabyte);
        var index = Array.FindIndex(Boxes, size => size >= needed);
        return index >= 0 ? Boxes[index] : (needed + 1023) / 1024 * 1024;
    }

    private static string Limit(CapacityEstimate capacity) => MemoryText.Limit(capacity.LimitBytes);

    private static long Round(double bytes) => (long)Math.Round(bytes / Megabyte / Rounding) * Rounding;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
